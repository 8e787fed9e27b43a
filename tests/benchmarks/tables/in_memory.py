"""Frames in memory: the plan beside a chain written by hand, a bare gather, and a loop."""

from collections.abc import Callable
from typing import Any, Final

import microneedling as mn
from microneedling import frames
from tests.benchmarks.table import (
    EDITION,
    DifferenceError,
    Row,
    at_least,
    at_most,
    measured,
    paired,
)
from tests.frames.rows import answer, assessment

from .chain import COLUMNS, chained, numbered
from .files import made, seconds
from .making import FORMS
from .process import UndoneError, asked, peak

__all__ = ["eager", "in_memory", "raced"]

_COMPARED: Final = 200_000
_LOOPED: Final = 2_000
_ROUNDS: Final = 5
_SHARED: Final = ("indication", "severity", "site", "setting")


def _compare(name: str, given: Any, theirs: Any) -> None:  # noqa: ANN401 - frames of polars
    for column in COLUMNS:
        if not given[column].cast(theirs[column].dtype).eq_missing(theirs[column]).all():
            message = f"{name} has another {column} than the library"
            raise DifferenceError(message)


def raced(path: str, rounds: int) -> dict[str, list[float]]:
    """Decide a frame of polars by the library and by hand, and gather, in turns."""
    import numpy as np
    import polars as pl

    knowledge = mn.load(EDITION)
    frame: Any = pl.read_parquet(path)
    few = frame.sample(min(len(frame), _COMPARED), seed=3)
    ours = frames.recommend(few, knowledge, assume_absent=True)
    chain, number = (write(frame.columns, knowledge) for write in (chained, numbered))
    for name, by_hand in (("The chain", chain), ("The numbered chain", number)):
        _compare(name, ours, by_hand.applied(few.lazy()).collect())
    codes = [frame[name].to_physical().to_numpy().astype("i4") for name in _SHARED]
    heights = [len(frame[name].dtype.categories) for name in _SHARED]
    outcomes = np.random.default_rng(4).integers(0, 100, np.prod(heights), dtype="i4")

    def gather() -> Any:  # noqa: ANN401 - an array
        index = codes[0]
        for held, height in zip(codes[1:], heights[1:], strict=True):
            index = index * height + held
        return np.take(outcomes, index)

    calls: dict[str, Callable[[], object]] = {
        "eager": lambda: frames.recommend(frame, knowledge, assume_absent=True),
        "lazy": lambda: frames.recommend(frame.lazy(), knowledge, assume_absent=True).collect(),
        "chain": lambda: chain.applied(frame.lazy()).collect(),
        "numbered": lambda: number.applied(frame.lazy()).collect(),
        "gather": gather,
    }
    taken: dict[str, list[float]] = {name: [] for name in (*calls, "assessments", "rows")}
    loop = _Loop(frame, knowledge, rounds)
    for _ in range(rounds):
        for name, call in calls.items():
            taken[name].append(seconds(call))
        for name, one in zip(("assessments", "rows"), loop.run(), strict=True):
            taken[name].append(one)
    return taken


class _Loop:
    """Rows decided one by one: others in every round, since answers share what they can."""

    def __init__(self, frame: Any, knowledge: mn.Knowledge, rounds: int) -> None:  # noqa: ANN401
        count = min(len(frame) // (rounds + 1), _LOOPED)
        rows = frame.sample((rounds + 1) * count, seed=5).to_dicts()
        self.count = count
        self._knowledge = knowledge
        self._rows = [rows[n : n + count] for n in range(0, len(rows), count)]
        # Warms what is shared, and is not timed.
        for row in self._rows.pop():
            answer(row, knowledge)

    def run(self) -> tuple[float, float]:
        """Give the seconds for a row: of assessments made before, and from rows to figures."""
        rows = self._rows.pop()
        given = [assessment(row) for row in rows]

        def recommend() -> None:
            for one in given:
                mn.recommend(one, self._knowledge)

        def read() -> None:
            for row in rows:
                answer(row, self._knowledge)

        # Whoever is first finds less that is shared.
        return seconds(recommend) / self.count, seconds(read) / self.count


def eager(engine: str, path: str, rounds: int) -> dict[str, Any]:
    """Decide a frame that is in memory already."""
    knowledge = mn.load(EDITION)
    frame = _READERS[engine](path)
    frames.recommend(frame[:10], knowledge, assume_absent=True)
    taken = [
        seconds(lambda: frames.recommend(frame, knowledge, assume_absent=True))
        for _ in range(rounds)
    ]
    return {"taken": taken, "peak": peak()}


def _polars(path: str) -> Any:  # noqa: ANN401
    import polars as pl

    return pl.read_parquet(path)


def _pandas(path: str) -> Any:  # noqa: ANN401
    import pandas as pd

    return pd.read_parquet(path, dtype_backend="numpy_nullable")


def _pyarrow(path: str) -> Any:  # noqa: ANN401
    import pyarrow.parquet as pq

    return pq.read_table(path)


_READERS: Final = {"polars": _polars, "pandas": _pandas, "pyarrow": _pyarrow}


def _each(name: str, rows: int, taken: list[float]) -> Row:
    return measured(f"  {name}", [rows / 1e6 / one for one in taken], "M/s")


def _raced(rows: int, path: str) -> list[Row]:
    held = asked("in_memory.raced", path=path, rounds=_ROUNDS)
    goal = at_least(10)
    each = {name: held[name] for name in ("assessments", "rows")}
    fast = [one / rows for one in held["eager"]]
    return [
        Row(f"In memory, polars, {rows:,} rows, codes as categories: {_ROUNDS} rounds"),
        _each("the library, a DataFrame", rows, held["eager"])._replace(goal=goal),
        _each("the library, a LazyFrame", rows, held["lazy"])._replace(goal=goal),
        _each("when and then, by hand, a chain for each column", rows, held["chain"]),
        _each("when and then, by hand, one chain, figures by number", rows, held["numbered"]),
        _each("a gather by numpy from one table", rows, held["gather"]),
        paired(
            "  a LazyFrame / a chain for each column", held["lazy"], held["chain"], at_most(0.6)
        ),
        paired("  a LazyFrame / one chain, figures by number", held["lazy"], held["numbered"]),
        paired("  a LazyFrame / a gather by numpy", held["lazy"], held["gather"]),
        measured("  the library, for each row", [one * 1e9 for one in fast], "ns"),
        measured(
            "  one by one, assessments made before", [o * 1e6 for o in each["assessments"]], "us"
        ),
        measured("  one by one, from rows to figures", [o * 1e6 for o in each["rows"]], "us"),
        paired("  one by one, made before / the library", each["assessments"], fast, at_least(50)),
        paired("  one by one, from rows / the library", each["rows"], fast),
    ]


def in_memory(rows: int, folder: str) -> list[Row]:
    """
    Decide frames that are in memory already.

    Raises:
        DifferenceError: If what is written by hand decides a row otherwise.
    """
    found = _raced(rows, made(folder, rows, "categories"))
    found.append(Row(f"In memory, every library that holds tables there, {rows:,} rows: 3 rounds"))
    for engine in _READERS:
        for form in FORMS:
            try:
                held = asked(
                    "in_memory.eager", engine=engine, path=made(folder, rows, form), rounds=3
                )
            except UndoneError as undone:
                found.append(Row(f"  {engine}: left out, since {undone}"))
                continue
            found += [
                _each(f"{engine}, codes as {form}", rows, held["taken"]),
                Row("    peak memory, with the table and its result", held["peak"], "MiB"),
            ]
    return found
