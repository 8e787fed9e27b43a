"""The summary of a table counts what a person would count."""

from collections import Counter
from random import Random
from typing import Any

import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from tests.frames.rows import Row, answer, drawn
from tests.frames.test_editions import COLUMNS, table

Count = tuple[str, str | None, str, int, int, int]


def counted(rows: list[Row], knowledge: mn.Knowledge) -> list[Count]:
    """Count by hand."""
    found: dict[tuple[str, str | None, str], Counter[str]] = {}
    for row in rows:
        told = answer(row, knowledge)
        named = [("verdict", told["verdict"])]
        if told["verdict"] == "defer":
            named += [("deferral", code) for code in told["deciding_findings"].split()]
        if told["verdict"] == "offer":
            named.append(("sessions", told["protocol"]))
        for part, code in named:
            counts = found.setdefault((part, row["indication"], code), Counter())
            counts["rows"] += 1
            if part != "deferral":
                counts["fewest"] += told["fewest_sessions"] or 0
                counts["most"] += told["most_sessions"] or 0
    return sorted(
        ((*key, c["rows"], c["fewest"], c["most"]) for key, c in found.items()),
        key=lambda count: (count[0], count[1] or "", count[2]),
    )


def rows_of(library: str, frame: pl.DataFrame, knowledge: mn.Knowledge) -> list[Any]:
    """Sum a table up by a library, and read the summary as rows."""
    if library == "polars":
        return [*frames.cohort(frames.recommend(frame, knowledge)).rows()]
    if library == "polars lazy":
        lazy = frames.cohort(frames.recommend(frame.lazy(), knowledge))
        assert isinstance(lazy, pl.LazyFrame)
        return lazy.collect().rows()
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    if library == "duckdb":
        duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
        relation = duckdb.connect().from_arrow(frame.to_arrow())
        return [*frames.cohort(frames.recommend(relation, knowledge)).fetchall()]
    if library == "pandas":
        pytest.importorskip("pandas", reason="pandas is not installed")
        summed = frames.cohort(frames.recommend(frame.to_pandas(), knowledge))
        return [*summed.itertuples(index=False, name=None)]
    arrow = frames.cohort(frames.recommend(frame.to_arrow(), knowledge))
    return [tuple(row.values()) for row in arrow.to_pylist()]


@pytest.mark.parametrize("library", ["polars", "polars lazy", "pandas", "pyarrow", "duckdb"])
def test_counts(library: str) -> None:
    """Verdicts, deferrals and sessions by indication, whatever counts them."""
    knowledge = mn.load("2026.1")
    rng = Random(11)
    rows = [drawn(rng, COLUMNS) for _ in range(1200)]
    # Where nothing stands, each library has a place of its own for it.
    rows = [row for row in rows if row["indication"] is not None]
    expected = counted(rows, knowledge)
    got = rows_of(library, table(rows), knowledge)

    assert [tuple(row) for row in got] == expected
    assert {part for part, *_ in expected} == {"verdict", "deferral", "sessions"}


def test_other_names_and_parts() -> None:
    """A part of the rows, under other names, is summed up, too."""
    knowledge = mn.load("2026.1")
    rng = Random(12)
    rows = [drawn(rng, COLUMNS, wrong_ones=0) for _ in range(200)]
    names = {"indication": "diagnosis", "verdict": "advice"}
    renamed = table(rows).rename({"indication": "diagnosis"})
    decided = frames.recommend(renamed, knowledge, names)
    some = decided.head(50).select("diagnosis", "advice", *_READ)

    assert frames.cohort(some, names).rows() == counted(rows[:50], knowledge)


_READ = ("protocol", "deciding_findings", "fewest_sessions", "most_sessions")


def test_nothing() -> None:
    """An empty table comes to nothing."""
    knowledge = mn.load("2026.1")
    empty = table([drawn(Random(1), COLUMNS)]).clear()

    assert frames.cohort(frames.recommend(empty, knowledge)).rows() == []


def test_refused() -> None:
    """All columns that lack are named; what is no frame is said to be none."""
    undecided = table([drawn(Random(1), COLUMNS)])
    with pytest.raises(mn.InputError) as caught:
        frames.cohort(undecided)
    assert {problem.path for problem in caught.value.problems} == {"verdict", *_READ}
    with pytest.raises(mn.InputError, match="give a frame"):
        frames.cohort([1, 2, 3])
