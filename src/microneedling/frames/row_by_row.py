"""
Rows decided one by one, each distinct one once.

For what the tables of the decision do not hold: clearances, devices, preferences, earlier
sessions, and editions whose decision does not factor. The same columns come of it, much more
slowly.
"""

from datetime import date
from typing import Any, Final, NamedTuple

import narwhals.stable.v2 as nw

from microneedling.deciding.recommending import recommend
from microneedling.frames.answer_columns import (
    VERDICTS,
    Figures,
    course_columns,
    deciding_of,
    figures_of,
    roles_of,
)
from microneedling.frames.column_names import ERRORS, INPUTS, LISTS, Problems
from microneedling.frames.days import Days
from microneedling.frames.engines import Column, Engine, Kind, members
from microneedling.frames.input_columns import Inputs
from microneedling.frames.row_reading import RowReader
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.recommendations import Defer

__all__ = ["Keyed"]

# Distinct rows that are remembered; a hundred megabytes or so.
_KEPT: Final = 1 << 18


class _Told(NamedTuple):
    """All that a table tells of a row."""

    verdict: str
    until: date | None = None
    figures: Figures = Figures()
    deciding: str | None = None
    roles: str | None = None
    problem: int = 0
    assumed: bool = False


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
        self._reader = RowReader(knowledge, inputs, self._problems)

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
            "clear_first_roles": Column([one.roles for one in told], Kind.TEXT),
            "assumed_absent": Column([one.assumed for one in told], Kind.FLAG),
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
        read, assumed = self._reader.read(row), self._reader.assumed(row)
        if isinstance(read, int):
            return _Told("invalid", problem=read, assumed=assumed)
        answer = recommend(read, self._knowledge)
        return _Told(
            answer.verdict.value,
            answer.until if isinstance(answer, Defer) else None,
            figures_of(answer),
            " ".join(deciding_of(answer)) or None,
            " ".join(roles_of(answer)) or None,
            assumed=assumed,
        )
