"""
What a row says of its findings, as few numbers, and what each of these numbers means.

A finding may be told by several columns. What each of them says is a digit; the digits of
some findings together are one number, and a table says what that number comes to.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

from microneedling.frames.column_names import Named, Problems
from microneedling.frames.decision_tables import (
    ABSENT,
    PRESENT,
    UNKNOWN,
    Context,
    FindingEffect,
    Tables,
)
from microneedling.frames.finding_columns import Claims, Part
from microneedling.values.vocabulary import Finding

__all__ = [
    "ACTIVE",
    "ASKED",
    "CONTEXT",
    "DAY",
    "FLAG",
    "FUTURE",
    "LISTED",
    "ONGOING",
    "OUTSIDE",
    "OVER",
    "PERSON",
    "RULED_OUT",
    "TIMED",
    "Digit",
    "Group",
    "Said",
    "both",
    "grouped",
]

# Kinds of digits: what a column of its own says (no, unknown, yes), its last day, whether it
# goes on (no, unknown, yes), whether it is in the list of what is present or absent; and what
# all findings share.
FLAG, DAY, ONGOING, LISTED, RULED_OUT, ASKED, PERSON, CONTEXT = (
    "flag",
    "day",
    "ongoing",
    "listed",
    "ruled_out",
    "asked",
    "person",
    "context",
)
_SAYS: Final = (False, None, True)
# Digits of a last day; 0 is none.
ACTIVE, OVER, FUTURE, OUTSIDE, TIMED = range(1, 6)
_SIZES: Final = {FLAG: 3, DAY: 6, ONGOING: 3, LISTED: 2, RULED_OUT: 2, ASKED: 2}
_SHARED: Final = (ASKED, PERSON, CONTEXT)


class Said(NamedTuple):
    """What some findings come to."""

    weight: int = 0
    # The codes of those that carry the weight, the weightiest first.
    deciding: tuple[str, ...] = ()
    # Who has to clear them, one role for each that somebody has to clear.
    roles: tuple[str, ...] = ()
    # Whether one of them defers to a day that nobody knows.
    undated: bool = False
    problem: int = 0

    def joined(self, other: "Said") -> "Said":
        """Say what both come to together; the first is the weightier kind."""
        heard = [one for one in (self, other) if one.weight >= max(self.weight, other.weight)]
        return Said(
            max(self.weight, other.weight),
            tuple([code for one in heard for code in one.deciding]),
            tuple([role for one in heard for role in one.roles]),
            self.undated or other.undated,
            max(self.problem, other.problem),
        )


_NOTHING: Final = Said()


class Digit(NamedTuple):
    """One digit of a group's number."""

    kind: str
    finding: Finding | None
    stride: int


class Group(NamedTuple):
    """
    Some findings, and the digits of their number.

    Args:
        digits: What each column adds to the number.
        meant: For each number its place among what is said.
        said: What it comes to; nothing stands there twice.
    """

    digits: tuple[Digit, ...]
    meant: tuple[int, ...]
    said: tuple[Said, ...]


def both(one: Sequence[Said], other: Sequence[Said]) -> tuple[tuple[int, ...], tuple[Said, ...]]:
    """Join two voices: for each pair, the first fastest, its place among what both say."""
    places: dict[Said, int] = {}
    meant = [
        places.setdefault(first.joined(second), len(places)) for second in other for first in one
    ]
    return tuple(meant), tuple(places)


class _Sizes(NamedTuple):
    """How many values each shared digit has."""

    asked: int
    person: int
    context: int


class _Sayings:
    """What one table's columns can say of a finding."""

    def __init__(
        self,
        tables: Tables,
        named: Named,
        problems: Problems,
        persons: Sequence[tuple[int, ...]],
        contexts: Sequence[Context],
    ) -> None:
        self._tables = tables
        self._named = named
        self._problems = problems
        self._persons = [dict(zip(tables.derived, states, strict=True)) for states in persons]
        self._contexts = contexts
        self.sizes = _Sizes(2 if named.has("everything_asked") else 1, len(persons), len(contexts))

    def sources(self, finding: Finding) -> tuple[str, ...]:
        """Name the digits of its own that a finding has."""
        named = self._named
        given = {
            FLAG: named.has(Part.FLAG.of(finding)),
            DAY: named.has(Part.LAST_ON.of(finding)),
            ONGOING: named.has(Part.ONGOING.of(finding)),
            LISTED: named.has("findings"),
            RULED_OUT: named.has("absent"),
        }
        return tuple(kind for kind, has in given.items() if has)

    def shared(self, finding: Finding) -> frozenset[str]:
        """Name the shared digits that make a difference to a finding."""
        tables, effects = self._tables, self._tables.effects[finding]
        found = set()
        if finding in tables.derived:
            found.add(PERSON)
        elif (
            finding in self._named.asked
            and not self._named.has(finding.value)
            and any(effect.unknown for effect in effects)
        ):
            found.add(ASKED)
        if finding in {*tables.restricted, *tables.implied} or len({*effects}) > 1:
            found.add(CONTEXT)
        return frozenset(k for k in found if getattr(self.sizes, k) > 1)

    def each(self, finding: Finding, shared: tuple[int, int, int]) -> list[Said]:
        """Say what a finding comes to for each value of its own digits, the first fastest."""
        kinds = self.sources(finding)
        sizes = [range(_SIZES[kind]) for kind in reversed(kinds)]
        return [
            self._said(finding, dict(zip(kinds, reversed(values), strict=True)), *shared)
            for values in product(*sizes)
        ]

    def _said(
        self, finding: Finding, own: dict[str, int], asked: int, person: int, context: int
    ) -> Said:
        where, day = self._contexts[context], own.get(DAY, 0)
        effect = self._tables.effects[finding][where.setting]
        claims = _claims(own)
        problem = self._problem(finding, day, claims)
        if problem:
            return Said(problem=problem)
        state = self._state(finding, own, claims, asked, person)
        if finding in where.implied:
            state = PRESENT
        if state == UNKNOWN and (finding not in self._tables.restricted or finding in where.asked):
            weight = effect.unknown
            return Said(weight, (finding.value,) if weight else ())
        if state != PRESENT:
            return _NOTHING
        return _present(finding, effect, day, claims)

    def _state(
        self, finding: Finding, own: dict[str, int], claims: Claims, asked: int, person: int
    ) -> int:
        if claims.present:
            return PRESENT
        if finding in self._tables.derived:
            derived = self._persons[person][finding]
            return ABSENT if derived == UNKNOWN and claims.absent else derived
        # Its own column says it where it has one.
        covered = finding in self._named.asked and FLAG not in own
        if claims.absent or (asked and covered):
            return ABSENT
        return UNKNOWN

    def _problem(self, finding: Finding, day: int, claims: Claims) -> int:
        wrong = _WRONG_DAYS.get(day)
        if wrong is not None:
            return self._problems.number(wrong, Part.LAST_ON.of(finding))
        column = claims.contradiction(finding)
        return self._problems.number("contradiction", column) if column else 0


_WRONG_DAYS: Final = {
    TIMED: "not_a_date",
    OUTSIDE: "out_of_range",
    FUTURE: "after_assessment",
}


def _claims(own: dict[str, int]) -> Claims:
    unknown = _SAYS.index(None)
    return Claims(
        flag=_SAYS[own.get(FLAG, unknown)],
        dated=bool(own.get(DAY)),
        ongoing=_SAYS[own.get(ONGOING, unknown)],
        listed=bool(own.get(LISTED)),
        ruled_out=bool(own.get(RULED_OUT)),
    )


def _present(finding: Finding, effect: FindingEffect, day: int, claims: Claims) -> Said:
    """Say what a finding comes to that is there, or was."""
    told = effect.ended if claims.ongoing is False else effect.present
    if day and effect.wait is not None:
        if day == OVER:
            return _NOTHING
        told = effect.active._replace(undated=False)
    deciding = (finding.value,) if told.weight else ()
    return Said(told.weight, deciding, (told.role,) if told.role else (), told.undated)


def grouped(
    tables: Tables,
    named: Named,
    problems: Problems,
    persons: Sequence[tuple[int, ...]],
    contexts: Sequence[Context],
    most: int,
) -> list[Group]:
    """
    Put the findings into groups.

    Args:
        tables: The edition's.
        named: The table's columns.
        problems: What may be wrong with a row.
        persons: What a patient's age and skin type may say of the derived findings.
        contexts: The settings, and which restricted findings may be asked for.
        most: How many numbers a group may have.
    """
    sayings = _Sayings(tables, named, problems, persons, contexts)
    groups: list[Group] = []
    held: list[Finding] = []
    for finding in tables.findings:
        # What never makes a difference need not be looked at.
        if not any(any(said) for said in _group(sayings, [finding]).said):
            continue
        if held and _height(sayings, [*held, finding]) > most:
            groups.append(_group(sayings, held))
            held = []
        held.append(finding)
    if held:
        groups.append(_group(sayings, held))
    return groups


def _strides(sayings: _Sayings, findings: Sequence[Finding]) -> Iterator[Digit]:
    """Give the digits of some findings' number: their own, then what they share."""
    stride = 1
    for finding in findings:
        for kind in sayings.sources(finding):
            yield Digit(kind, finding, stride)
            stride *= _SIZES[kind]
    used = frozenset().union(*map(sayings.shared, findings))
    for kind in _SHARED:
        if kind in used:
            yield Digit(kind, None, stride)
            stride *= getattr(sayings.sizes, kind)


def _height(sayings: _Sayings, findings: Sequence[Finding]) -> int:
    height = 1
    for finding in findings:
        for kind in sayings.sources(finding):
            height *= _SIZES[kind]
    for kind in frozenset().union(*map(sayings.shared, findings)):
        height *= getattr(sayings.sizes, kind)
    return height


def _group(sayings: _Sayings, findings: Sequence[Finding]) -> Group:
    """Go through a group's numbers, in order."""
    used = frozenset().union(*map(sayings.shared, findings))
    asked, person, context = (
        range(getattr(sayings.sizes, kind) if kind in used else 1) for kind in _SHARED
    )
    places: dict[Said, int] = {}
    meant: list[int] = []
    for c, p, a in product(context, person, asked):
        numbers: tuple[int, ...] = (0,)
        said: tuple[Said, ...] = (_NOTHING,)
        for finding in findings:
            pairs, after = both(said, sayings.each(finding, (a, p, c)))
            width = len(said)
            own = len(pairs) // width
            numbers = tuple(pairs[n + width * k] for k in range(own) for n in numbers)
            said = after
        meant += [places.setdefault(said[number], len(places)) for number in numbers]
    return Group(tuple(_strides(sayings, findings)), tuple(meant), tuple(places))
