"""
How values are drawn: field by field, by what each field declares it may hold.

A new field is drawn by its annotation, without a line of code here. What fields must agree in
besides is told to `drawn` as a function that makes them agree, so that nothing drawn is thrown
away.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import Enum
from functools import cache
from inspect import cleandoc, signature
from typing import Any, ParamSpec, TypeAlias, TypeVar
from zlib import crc32

from hypothesis import reject, strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation import checks
from microneedling._foundation.checks import FIRST_DATE, LAST_DATE
from microneedling._foundation.field_bounds import (
    AtLeastOne,
    Each,
    Line,
    NoteCode,
    Rule,
    Shape,
    Whole,
    declared,
)

__all__ = [
    "BETWEEN",
    "FIRST_START",
    "LAST_START",
    "OF_AN_ASSESSMENT",
    "OF_A_COURSE",
    "RECORDED",
    "STRATEGIES",
    "Fields",
    "codes",
    "days",
    "drawn",
    "draws",
    "given",
    "in_order",
    "lines",
    "named",
    "of",
    "pick",
    "picks",
    "rising",
    "texts",
    "wholes",
]

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., object])
Fields: TypeAlias = dict[str, Any]

# Days that leave room in the calendar: for care before the first session, and for waiting times
# and whole courses to end.
FIRST_START = date(FIRST_DATE.year + 10, 1, 1)
LAST_START = date(LAST_DATE.year - 50, 12, 31)

# How many parts a collection has above the fewest: enough to differ, few enough to be read.
_MORE = 2
_LONGEST = 30
_NOTE_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789._-"
# A text of them is one choice, so that any failure is told with the plainest of them.
_PLAIN = (
    "a",
    "mild redness",
    "not known",
    "two weeks",
    "before a session",
    "after the second session",
    "as stated, no more",
    "1.5 mm",
)
_any_text = st.text(max_size=_LONGEST)
_any_line = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=_LONGEST
).filter(str.strip)

# The function that draws each class.
STRATEGIES: dict[type, Callable[..., SearchStrategy[Any]]] = {}


# What functions tell of what they are given, and refuse.
BETWEEN = """
Args:
    {0}: Nothing below or before it.
    {1}: Nothing above or after it.

Raises:
    InputError: If a bound is of another type or no possible one, or they are the wrong way round.
"""
RECORDED = """
Args:
    {0}: None recorded before this day.
    {1}: None recorded after this day.

Raises:
    InputError: If the bounds are the wrong way round, or no days.
"""
OF_AN_ASSESSMENT = """
Args:
    {0}: The edition; the latest where none is given, loaded when first drawn.
    {1}: None for an assessment before this day.
    {2}: None for an assessment after this day; there is room for waiting times by default.

Raises:
    InputError: If the bounds are the wrong way round, or something is of another type.
"""
OF_A_COURSE = """
Args:
    {0}: The edition; the latest where none is given, loaded when first drawn.
    {1}: None of a course assessed before this day.
    {2}: None of a course assessed after this day; there is room for courses by default.

Raises:
    InputError: If the bounds are the wrong way round, or something is of another type.
"""


def given(told: str) -> Callable[[F], F]:
    """
    Put what many functions tell alike into the documentation of each, before its examples.

    Args:
        told: With a place for the name of each argument.
    """

    def documented(strategy: F) -> F:
        names = signature(strategy).parameters
        # None by `python -OO`.
        if strategy.__doc__:
            text, mark, examples = cleandoc(strategy.__doc__).partition("\n\n>>> ")
            strategy.__doc__ = f"{text}\n{told.format(*names)}{mark[1:]}{examples}"
        return strategy

    return documented


def draws(
    kind: type[T], told: str = ""
) -> Callable[[Callable[P, SearchStrategy[T]]], Callable[P, SearchStrategy[T]]]:
    """
    Say of a function that it draws the values of a class, wherever one is wanted.

    Args:
        kind: The class.
        told: What is told of its arguments; see `given`.
    """

    def kept(strategy: Callable[P, SearchStrategy[T]]) -> Callable[P, SearchStrategy[T]]:
        STRATEGIES[kind] = strategy
        return given(told)(strategy) if told else strategy

    return kept


def of(kind: type[T]) -> SearchStrategy[T]:
    """Draw values of a class of ours."""
    return _of_kind(kind)  # type: ignore[arg-type]  # classes can be hashed


def drawn(
    kind: type[T],
    agree: Callable[[Fields], Fields] = dict,
    /,
    **given: SearchStrategy[Any],
) -> SearchStrategy[T]:
    """
    Draw values of a class field by field.

    Args:
        kind: The class.
        agree: Makes fields agree that are right one by one.
        given: Strategies for some fields; the others are drawn by what they declare.
    """
    fields = {
        name: given[name] if name in given else _of_shape(held)
        for name, held in declared(kind).items()  # type: ignore[arg-type]  # classes can be hashed
    }
    return st.fixed_dictionaries(fields).map(lambda held: kind(**agree(held)))


def named(name: str, agree: Callable[[Fields], Fields] = dict) -> Callable[[Fields], Fields]:
    """
    Make an id depend on all else: where two parts of a value have one id, they are one part.

    Args:
        name: The field of the id.
        agree: What has to agree besides.
    """

    def agreed(held: Fields) -> Fields:
        others = repr([part for field, part in agree(held).items() if field != name])
        return agree(held) | {name: f"{held[name]}-{crc32(others.encode('utf-8')):08x}"}

    return agreed


def rising(*names: str) -> Callable[[Fields], Fields]:
    """Put what some fields hold in rising order; what is None stays so."""

    def agree(held: Fields) -> Fields:
        known = [name for name in names if held[name] is not None]
        return held | dict(zip(known, sorted(held[name] for name in known), strict=True))

    return agree


def in_order(low: T, high: T, name: str) -> None:
    """Refuse bounds between which there is nothing."""
    if high < low:  # type: ignore[operator]  # both of one ordered type
        checks.refuse("wrong_order", name, "give an upper bound not below the lower one")


def days(*, earliest: date = FIRST_DATE, latest: date = LAST_DATE) -> SearchStrategy[date]:
    """Draw days of the years that make sense."""
    earliest, latest = checks.day(earliest, "earliest"), checks.day(latest, "latest")
    in_order(earliest, latest, "latest")
    return st.dates(earliest, latest)


def codes(kind: type[E], **bounds: E) -> SearchStrategy[E]:
    """
    Draw members of an enumeration from one to another, in the order they are written.

    Args:
        kind: The enumeration.
        bounds: The first and the last by their names.
    """
    for place, bound in bounds.items():
        checks.member(bound, place, kind)
    members = list(kind)
    first, last = (members.index(bound) for bound in bounds.values())
    in_order(first, last, list(bounds)[-1])
    return st.sampled_from(members[first : last + 1])


def wholes(kind: type, name: str, **bounds: int | None) -> SearchStrategy[int]:
    """
    Draw whole numbers between a lower and an upper bound, as a field takes them.

    Args:
        kind: The class with the field.
        name: The field.
        bounds: The two bounds by their names, the lower first; None for the field's own.
    """
    rule = next(rule for rule in declared(kind)[name].rules if isinstance(rule, Whole))
    for place, bound in bounds.items():
        checks.optional_whole(bound, place, rule.low, rule.high, rule.unit)
    low, high = bounds.values()
    least, most = rule.low if low is None else low, rule.high if high is None else high
    in_order(least, most, list(bounds)[-1])
    return st.integers(least, most)


def pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    """
    Draw one of some values, the first first; where there is none, nothing can be drawn.

    By its place: `sampled_from` would look into the values, and ours hold many others.
    """
    return options[draw(st.integers(0, len(options) - 1))] if options else reject()


def picks(draw: st.DrawFn, options: Sequence[T], *, least: int = 0, most: int = 2) -> list[T]:
    """Draw some of some values, no place twice; none first."""
    if not options:
        return []
    places = st.lists(
        st.integers(0, len(options) - 1),
        min_size=least,
        max_size=min(most, len(options)),
        unique=True,
    )
    return [options[place] for place in draw(places)]


def texts() -> SearchStrategy[str]:
    """Draw any text that can be written; mostly none or a few plain words."""
    return st.sampled_from(("", *_PLAIN)) | _any_text


def lines(most: int = _LONGEST) -> SearchStrategy[str]:
    """Draw one line of text that says something; mostly a few plain words."""
    return (st.sampled_from(_PLAIN) | _any_line).map(lambda line: line[:most])


# Kept, since a strategy that is made anew for every draw takes longer than the draw.
@cache
def _of_shape(held: Shape) -> SearchStrategy[Any]:
    if held.parts:
        found = _collection(held)
    else:
        ruled = _by_rule(held.rules)
        found = st.one_of([_of_kind(kind) for kind in held.kinds]) if ruled is None else ruled
    return st.none() | found if held.optional else found


def _by_rule(rules: Iterable[Rule]) -> SearchStrategy[Any] | None:
    for rule in rules:
        if isinstance(rule, Whole):
            return st.integers(rule.low, rule.high)
        if isinstance(rule, Line):
            return lines(rule.most)
        if isinstance(rule, NoteCode):
            return st.text(_NOTE_CHARACTERS, max_size=_LONGEST)
    return None


@cache
def _of_kind(kind: type) -> SearchStrategy[Any]:
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    if checks.is_day(kind):
        return days()
    plain = {bool: st.booleans, str: texts}
    return plain[kind]() if kind in plain else STRATEGIES[kind]()


def _collection(held: Shape) -> SearchStrategy[Any]:
    if held.fixed:
        return st.tuples(*(_of_shape(part) for part in held.parts))
    (part,) = held.parts
    fewest = int(any(isinstance(rule, AtLeastOne) for rule in held.rules))
    told_apart = [rule.name for rule in held.rules if isinstance(rule, Each)]
    found = st.lists(
        _of_shape(part),
        min_size=fewest,
        max_size=fewest + _MORE,
        unique_by=_apart(held.kind, part.kind, told_apart),
    )
    return found.map(held.kind)


def _apart(
    kind: type, part: type, names: list[str]
) -> Callable[[Any], Any] | tuple[Callable[[Any], Any], ...] | None:
    """Say in what the parts of a collection differ; no code is worth naming twice."""
    if names:
        return lambda value: tuple(getattr(value, name) for name in names)
    return (lambda value: value) if kind is frozenset or issubclass(part, Enum) else None
