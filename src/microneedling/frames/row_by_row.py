"""
Rows decided one by one, each distinct one once.

For what the tables of the decision do not hold: a device's label, preferences, and editions
whose decision does not factor. The same columns come of it, much more slowly.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

import narwhals.stable.v2 as nw

from microneedling._foundation.checks import FIRST_DATE, LAST_DATE, iso_day, whole
from microneedling._foundation.errors import InputError
from microneedling.deciding.recommending import recommend
from microneedling.frames.answer_columns import (
    VERDICTS,
    Figures,
    course_columns,
    deciding_of,
    figures_of,
)
from microneedling.frames.column_names import (
    CODED,
    ERRORS,
    INPUTS,
    LISTS,
    REQUIRED,
    Problems,
    is_day,
    last_day,
)
from microneedling.frames.days import Days
from microneedling.frames.decision_tables import OLDEST
from microneedling.frames.engines import Column, Engine, Kind, is_nothing, members
from microneedling.frames.input_columns import Inputs
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.assessments import Assessment, Concern, Device, Preferences
from microneedling.values.findings import Exposure, Screening
from microneedling.values.lengths import NeedleLength
from microneedling.values.recommendations import Defer
from microneedling.values.vocabulary import (
    Code,
    DeviceKind,
    Finding,
    Indication,
    Setting,
    Severity,
    Site,
    SkinType,
)

__all__ = ["Keyed"]

_CODES: Final[Mapping[str, type[Code]]] = {
    "indication": Indication,
    "severity": Severity,
    "site": Site,
    "setting": Setting,
    "skin_type": SkinType,
}
_AGES: Final = {str(age): age for age in range(OLDEST + 1)}
_NUMBERS: Final = {str(number): number for number in range(10_000)}
_FLAGS: Final = {"true": True, "false": False, "True": True, "False": False}
_BOUNDED: Final[Mapping[str, Callable[[int], object]]] = {
    "age_years": lambda years: whole(years, "age_years", 0, OLDEST, "years"),
    "label_maximum_um": NeedleLength,
    "longest_downtime_days": lambda days: Preferences(longest_downtime_days=days),
    "most_visits": lambda visits: Preferences(most_visits=visits),
}


# Distinct rows that are remembered; a hundred megabytes or so.
_KEPT: Final = 1 << 18


class _Told(NamedTuple):
    """All that a table tells of a row."""

    verdict: str
    until: date | None = None
    figures: Figures = Figures()
    deciding: str | None = None
    problem: int = 0


class _WrongError(Exception):
    """A value that cannot be part of an assessment; its code."""


class Keyed:
    """What is done with each row of tables that have some columns."""

    def __init__(self, knowledge: Knowledge, inputs: Inputs, engine: Engine) -> None:
        self._knowledge = knowledge
        self._inputs = inputs
        self._named = inputs.named
        self._engine = engine
        self._problems = Problems(inputs.named)
        # By the values of a row, for a table that comes in many pieces.
        self._seen: dict[object, _Told] = {}
        self._derived = {
            rule.finding
            for rule in knowledge.findings
            if rule.age_under_years is not None or rule.skin_types
        }

    def applied(self, native: Any) -> Any:
        """Add the answers' columns to a frame that is held in memory."""
        frame = nw.from_native(native)
        names = [name for name in INPUTS if self._named.has(name)]
        days = Days(self._inputs, self._named.given.__getitem__)
        near = {
            self._named.given[name]: days.brought_near(name)
            for name in self._inputs.days
            if name not in self._inputs.texts and not (name == "on" and self._inputs.dayless)
        }
        held = frame.with_columns(**near)
        columns = [held[self._named.given[name]].to_list() for name in names]
        numbers: dict[_Told, int] = {_Told("invalid"): 0}
        rows: list[int] = []
        for each in zip(*columns, strict=True):
            values = [
                members(value) if name in LISTS else value
                for name, value in zip(names, each, strict=True)
            ]
            key = tuple(values)
            told = self._seen.get(key)
            if told is None:
                if len(self._seen) >= _KEPT:
                    self._seen.clear()
                told = self._seen[key] = self._decided(dict(zip(names, values, strict=True)))
            rows.append(numbers.setdefault(told, len(numbers)))
        return self._shown(frame, rows, list(numbers))

    def _shown(self, frame: nw.DataFrame[Any], rows: list[int], told: list[_Told]) -> Any:
        made = self._named.made
        number = nw.new_series("__mn_number", rows, nw.Int32(), backend=frame.implementation)
        problems, edition = self._problems, self._knowledge.id
        wrong = [one.problem for one in told]
        found = {
            "verdict": Column([one.verdict for one in told], Kind.TEXT, VERDICTS),
            "until": Column([one.until for one in told], Kind.DAY),
            "deciding_findings": Column([one.deciding for one in told], Kind.TEXT),
            "edition": Column([edition] * len(told), Kind.TEXT, (edition,), fixed=False),
            "error": Column([problems.codes[number] for number in wrong], Kind.TEXT, ERRORS),
            "error_column": Column(
                [problems.columns[number] for number in wrong],
                Kind.TEXT,
                problems.known_columns,
                fixed=False,
            ),
            **course_columns(
                [one.figures for one in told], [p.id for p in self._knowledge.protocols]
            ),
        }
        lazily = frame.implementation.is_polars()
        native = frame.with_columns(number).to_native()
        native = native.lazy() if lazily else native
        named = {column: found[name] for name, column in made.items()}
        native = self._engine.looked_up(native, "__mn_number", named)
        native = nw.from_native(native).drop("__mn_number").to_native()
        return native.collect() if lazily else native

    def _decided(self, row: dict[str, Any]) -> _Told:
        problem, values = 0, {}
        for name, value in row.items():
            try:
                values[name] = self._value(name, value)
            except _WrongError as wrong:
                problem = max(problem, self._problems.number(str(wrong), name))
        problem = max([problem, *self._contradictions(values)])
        if problem:
            return _Told("invalid", problem=problem)
        answer = recommend(self._assessment(values), self._knowledge)
        return _Told(
            answer.verdict.value,
            answer.until if isinstance(answer, Defer) else None,
            figures_of(answer),
            " ".join(deciding_of(answer)) or None,
        )

    def _value(self, name: str, value: Any) -> Any:
        """Give what a value of the table means; None where nothing stands there."""
        if name in LISTS:
            return frozenset(_coded(Finding, text) for text in value)
        if is_nothing(value):
            if name in REQUIRED:
                raise _WrongError("missing")
            return None
        if name in CODED:
            return _coded(_CODES[name], value)
        if name in self._inputs.texts:
            value = _read_text(name, value)
        if is_day(name):
            return _day(value)
        if name in _BOUNDED:
            try:
                _BOUNDED[name](int(value))
            except InputError as error:
                raise _WrongError(error.code) from None
        return int(value) if name in _BOUNDED else bool(value)

    def _contradictions(self, values: Mapping[str, Any]) -> Iterator[int]:
        """Say what is wrong between columns."""
        on = values.get("on")
        for finding in Finding:
            flag, last = finding.value, last_day(finding)
            listed = finding in (values.get("findings") or ())
            ruled_out = values.get(flag) is False or finding in (values.get("absent") or ())
            said = {flag: values.get(flag), last: values.get(last), "findings": listed}
            present = [name for name, holds in said.items() if holds]
            if present and ruled_out:
                yield self._problems.number("contradiction", present[0])
            if on is not None and values.get(last) is not None and values[last] > on:
                yield self._problems.number("after_assessment", last)

    def _assessment(self, values: Mapping[str, Any]) -> Assessment:
        label = values.get("label_maximum_um")
        pen = Device(kind=DeviceKind.PEN, label_maximum=NeedleLength(label)) if label else None
        return Assessment(
            on=values["on"],
            site=values["site"],
            setting=values["setting"],
            concerns=[Concern(indication=values["indication"], severity=values.get("severity"))],
            skin_type=values.get("skin_type"),
            age_years=values.get("age_years"),
            screening=self._screening(values),
            earlier_sessions=() if values.get("everything_asked") else None,
            device=pen,
            preferences=Preferences(
                longest_downtime_days=values.get("longest_downtime_days"),
                numbing=values.get("numbing"),
                most_visits=values.get("most_visits"),
            ),
        )

    def _screening(self, values: Mapping[str, Any]) -> Screening:
        present: list[Exposure] = []
        absent: set[Finding] = set(values.get("absent") or ())
        unknown: set[Finding] = set()
        listed = values.get("findings") or ()
        for finding in Finding:
            flag, last = values.get(finding.value), values.get(last_day(finding))
            if flag or last is not None or finding in listed:
                present.append(Exposure(finding=finding, last_on=last))
            elif flag is False:
                absent.add(finding)
            elif finding.value in values and finding not in absent:
                unknown.add(finding)
        asked = bool(values.get("everything_asked"))
        if asked and not unknown:
            return Screening.complete(present=present, absent=absent)
        if asked:
            # A column of its own that says nothing says that it is not known.
            named = {exposure.finding for exposure in present}
            absent |= set(Finding) - named - unknown - self._derived
        return Screening(present=present, absent=absent)


def _coded(codes: type[Code], value: object) -> Code:
    found = codes._value2member_map_.get(value)
    if not isinstance(found, codes):
        raise _WrongError("unknown_code")
    return found


def _read_text(name: str, value: str) -> object:
    """Read a value from its one spelling; what lies outside its bounds has none."""
    if is_day(name):
        try:
            return _day(iso_day(value, name))
        except (InputError, _WrongError):
            raise _WrongError("unreadable") from None
    known = _FLAGS if name not in _BOUNDED else _AGES if name == "age_years" else _NUMBERS
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
