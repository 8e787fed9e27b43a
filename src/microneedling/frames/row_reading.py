"""
A row's values, read one by one: the assessment that they make, or what keeps them from being one.

What a value class would refuse is found here before it is made, with the same code, and told of
the column that it stands in.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from microneedling._foundation.checks import FIRST_DATE, LAST_DATE, iso_day, whole
from microneedling._foundation.errors import InputError
from microneedling.frames.column_names import (
    CODES_OF,
    FLAGS,
    HOLDS,
    LISTS,
    NEEDS,
    REQUIRED,
    Holds,
    Problems,
)
from microneedling.frames.decision_tables import OLDEST
from microneedling.frames.engines import is_nothing
from microneedling.frames.finding_columns import FINDING_COLUMNS, Claims, Part
from microneedling.frames.input_columns import Inputs
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.assessments import Assessment, Concern, Device, Preferences
from microneedling.values.codes import Code
from microneedling.values.earlier import EarlierSession
from microneedling.values.findings import Exposure, MedicalClearance, Screening
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import DeviceKind, Finding

__all__ = ["RowReader"]

_AGES: Final = {str(age): age for age in range(OLDEST + 1)}
_NUMBERS: Final = {str(number): number for number in range(10_000)}
_BOUNDED: Final[Mapping[str, Callable[[int], object]]] = {
    "age_years": lambda years: whole(years, "age_years", 0, OLDEST, "years"),
    "label_maximum_um": NeedleLength,
    "longest_downtime_days": lambda days: Preferences(longest_downtime_days=days),
    "most_visits": lambda visits: Preferences(most_visits=visits),
    "earlier_session_length_um": NeedleLength,
}


class _WrongError(Exception):
    """A value that cannot be part of an assessment; its code."""


class RowReader:
    """
    Reads the rows of tables that have some columns.

    Args:
        knowledge: The edition.
        inputs: The columns.
        problems: What may be wrong with a row, by numbers.
    """

    def __init__(self, knowledge: Knowledge, inputs: Inputs, problems: Problems) -> None:
        self._inputs = inputs
        self._problems = problems
        self._has = inputs.named.has
        self._needs = [(name, needed) for name, needed in NEEDS.items() if self._has(name)]
        # Of each finding that has columns, those by which it is claimed, whether the table has
        # them or not; and those that are cleared.
        spoken = {FINDING_COLUMNS[name][0] for name in filter(self._has, FINDING_COLUMNS)}
        self._claimed = {
            finding: tuple(part.of(finding) for part in _CLAIMED) for finding in spoken
        }
        self._cleared = [
            (finding, Part.CLEARED_ON.of(finding), Part.CLEARED_BY.of(finding))
            for finding in Finding
            if finding in spoken and self._has(Part.CLEARED_ON.of(finding))
        ]
        self._derived = {
            rule.finding
            for rule in knowledge.findings
            if rule.age_under_years is not None or rule.skin_types
        }

    def read(self, row: Mapping[str, Any]) -> Assessment | int:
        """Give the assessment of a row's values by our names, or the number of what is wrong."""
        problem, values = 0, {}
        for name, value in row.items():
            try:
                values[name] = self._value(name, value)
            except _WrongError as wrong:
                problem = max(problem, self._problems.number(str(wrong), name))
        claims = self._claims(values)
        problem = max([problem, *self._between(values, claims)])
        return problem or self._assessment(values, claims)

    def assumed(self, row: Mapping[str, Any]) -> bool:
        """Tell whether a row takes findings for absent of which the table has no column."""
        try:
            asked = self._value("everything_asked", row.get("everything_asked"))
        except _WrongError:
            return False
        return self._inputs.assumed and bool(asked)

    def _value(self, name: str, value: Any) -> Any:
        """Give what a value of the table means; None where nothing stands there."""
        holds = HOLDS[name]
        if holds is Holds.LIST:
            return frozenset(_coded(Finding, text) for text in value)
        if is_nothing(value):
            if name in REQUIRED:
                raise _WrongError("missing")
            return None
        if holds is Holds.CODE:
            return _coded(CODES_OF[name], value)
        if name in self._inputs.texts:
            value = _read_text(name, value)
        if holds is Holds.DAY:
            return _day(value)
        if holds is Holds.FLAG:
            return bool(value)
        try:
            _BOUNDED[name](int(value))
        except InputError as error:
            raise _WrongError(error.code) from None
        return int(value)

    def _claims(self, values: Mapping[str, Any]) -> Mapping[Finding, Claims]:
        """Say what is claimed of each finding that the table or the row speaks of."""
        listed, ruled_out = (values.get(name) or frozenset() for name in LISTS)
        get = values.get
        found = {}
        for finding in Finding:
            names = self._claimed.get(finding, _NO_COLUMNS)
            if names is _NO_COLUMNS and finding not in listed and finding not in ruled_out:
                continue
            flag, last, ongoing = map(get, names)
            found[finding] = Claims(
                flag, last is not None, ongoing, finding in listed, finding in ruled_out
            )
        return found

    def _between(
        self, values: Mapping[str, Any], claims: Mapping[Finding, Claims]
    ) -> Iterator[int]:
        """Say what is wrong between columns."""
        number = self._problems.number
        for finding, claim in claims.items():
            column = claim.contradiction(finding)
            if column:
                yield number("contradiction", column)
        for name, needed in self._needs:
            if values.get(name) is not None and all(values.get(need) is None for need in needed):
                # What cannot be read is told by itself, and is not missing.
                unread = any(self._has(need) and need not in values for need in needed)
                missing = next(need for need in needed if self._has(need))
                yield 0 if unread else number("missing", missing)
        on = values.get("on")
        for name, value in values.items():
            if HOLDS[name] is Holds.DAY and None not in (on, value) and value > on:
                yield number("after_assessment", name)
        day, first, last = map(values.get, _SESSION_DAYS)
        for name, other in zip(_SESSION_DAYS[1:], (first, last), strict=True):
            if None not in (day, other) and day != other:
                yield number("contradiction", name)
        if first is not None and last is not None and last < first:
            yield number("wrong_order", _SESSION_DAYS[2])

    def _assessment(
        self, values: Mapping[str, Any], claims: Mapping[Finding, Claims]
    ) -> Assessment:
        return Assessment(
            on=values["on"],
            site=values["site"],
            setting=values["setting"],
            concerns=[Concern(indication=values["indication"], severity=values.get("severity"))],
            skin_type=values.get("skin_type"),
            age_years=values.get("age_years"),
            screening=self._screening(values, claims),
            device=_device(values),
            preferences=Preferences(
                longest_downtime_days=values.get("longest_downtime_days"),
                numbing=values.get("numbing"),
                most_visits=values.get("most_visits"),
            ),
            clearances=[
                MedicalClearance(finding=finding, by=values[by], on=values[day])
                for finding, day, by in self._cleared
                if values[day] is not None
            ],
            earlier_sessions=_earlier_sessions(values),
        )

    def _screening(self, values: Mapping[str, Any], claims: Mapping[Finding, Claims]) -> Screening:
        present: list[Exposure] = []
        absent: set[Finding] = set()
        unknown: set[Finding] = set()
        for finding, claim in claims.items():
            if claim.present:
                last = values.get(Part.LAST_ON.of(finding))
                present.append(Exposure(finding=finding, last_on=last, ongoing=claim.ongoing))
            elif claim.absent:
                absent.add(finding)
            elif self._has(Part.FLAG.of(finding)):
                unknown.add(finding)
        asked = bool(values.get("everything_asked"))
        covered = self._inputs.named.asked
        if asked and not unknown and len(covered) == len(Finding):
            return Screening.complete(present=present, absent=absent)
        if asked:
            # A column of its own that says nothing says that it is not known.
            named = {exposure.finding for exposure in present}
            absent |= covered - named - unknown - self._derived
        return Screening(present=present, absent=absent)


_CLAIMED: Final = (Part.FLAG, Part.LAST_ON, Part.ONGOING)
_NO_COLUMNS: Final = ("", "", "")
_SESSION_DAYS: Final = ("earlier_session_on", "earlier_session_from", "earlier_session_to")


def _device(values: Mapping[str, Any]) -> Device | None:
    kind, label = values.get("device_kind"), values.get("label_maximum_um")
    if kind is None and label is None:
        return None
    return Device(
        # A label alone is that of a pen.
        kind=kind or DeviceKind.PEN,
        label_maximum=None if label is None else NeedleLength(label),
    )


def _earlier_sessions(values: Mapping[str, Any]) -> tuple[EarlierSession, ...] | None:
    """Give the session that a row tells; none where all was asked; None where nobody asked."""
    days = [day for day in map(values.get, _SESSION_DAYS) if day is not None]
    if not days:
        return () if values.get("everything_asked") else None
    length = values.get("earlier_session_length_um")
    session = EarlierSession(
        from_day=min(days),
        to_day=max(days),
        site=values.get("earlier_session_site") or values["site"],
        needle_length=None if length is None else NeedleLength(length),
        setting=values.get("earlier_session_setting"),
        device=values.get("earlier_session_device"),
    )
    return (session,)


def _coded(codes: type[Code], value: object) -> Code:
    found = codes._value2member_map_.get(value)
    if not isinstance(found, codes):
        raise _WrongError("unknown_code")
    return found


def _read_text(name: str, value: str) -> object:
    """Read a value from its one spelling; what lies outside its bounds has none."""
    holds = HOLDS[name]
    if holds is Holds.DAY:
        try:
            return _day(iso_day(value, name))
        except (InputError, _WrongError):
            raise _WrongError("unreadable") from None
    known = FLAGS if holds is Holds.FLAG else _AGES if name == "age_years" else _NUMBERS
    if value not in known:
        raise _WrongError("unreadable")
    return known[value]


def _day(value: date) -> date:
    if isinstance(value, datetime):
        if value.time() != time():
            raise _WrongError("not_a_date")
        value = value.date()
    if not FIRST_DATE <= value <= LAST_DATE:
        raise _WrongError("out_of_range")
    return value
