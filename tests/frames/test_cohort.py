"""The sum of a table is what counting its rows gives."""

from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from tests.frames import kinds, rows as oracle
from tests.frames.kinds import Kind
from tests.frames.test_keeping import some_table

KNOWLEDGE = mn.load("2026.1")
NAMES = ("part", "indication", "code", "rows", "fewest_sessions", "most_sessions")


def counted(rows: list[oracle.Row]) -> Counter[tuple[object, ...]]:
    """Count in plain Python: one line for each part, indication and code."""
    lines: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(part: str, row: oracle.Row, code: object, told: oracle.Row) -> None:
        line = lines[part, row["indication"], code]
        line[0] += 1
        line[1] += told["fewest_sessions"] or 0
        line[2] += told["most_sessions"] or 0

    for row in rows:
        told = oracle.answer(row, KNOWLEDGE)
        add("verdict", row, told["verdict"], told)
        if told["verdict"] == "defer":
            for finding in (told["deciding_findings"] or "").split():
                add("deferral", row, finding, told)
        if told["verdict"] == "offer":
            add("sessions", row, told["protocol"], told)
    return Counter((*key, *line) for key, line in lines.items())


@kinds.each(*kinds.LIBRARIES, own=kinds.CLUSTERS)
def test_counts(kind: Kind) -> None:
    """Verdicts, what defers, and sessions, by indication."""
    table = some_table(600, (*kinds.BASE, "everything_asked", "findings", "rosacea"))
    made = frames.cohort(frames.recommend(kind.given(table), KNOWLEDGE))
    told = kind.read(made, NAMES)
    lines = Counter(tuple(row.values()) for row in told)
    assert lines == counted(table.to_dicts())
    assert sum(row["rows"] for row in told if row["part"] == "verdict") == 600


@kinds.each(*kinds.LIBRARIES[:-1])
def test_it_is_sorted(kind: Kind) -> None:
    made = frames.cohort(frames.recommend(kind.given(some_table(200)), KNOWLEDGE))
    told = [tuple(map(str, row.values())) for row in kind.read(made, NAMES[:3])]
    known = [line for line in told if "None" not in line]
    assert known == sorted(known)


def test_columns_that_are_missing() -> None:
    """All of them are named, by the table's own names."""
    with kinds.refused(
        *(("missing_column", name) for name in ("their verdict", "protocol", "deciding_findings")),
        ("missing_column", "fewest_sessions"),
        ("missing_column", "most_sessions"),
    ):
        frames.cohort(some_table(), {"verdict": "their verdict"})


def test_names_of_the_table() -> None:
    names = {"verdict": "their verdict", "indication": "what"}
    table = some_table()
    plainly = frames.cohort(frames.recommend(table, KNOWLEDGE))
    renamed = frames.recommend(table.rename({"indication": "what"}), KNOWLEDGE, names)
    assert frames.cohort(renamed, names).equals(plainly)


def test_decided_files(tmp_path: Path) -> None:
    """A file in which nothing is on offer says nothing of sessions, and has no numbers there."""
    given = some_table(50, (*kinds.BASE, "everything_asked"))
    table = given.with_columns(pl.lit(value=True).alias("pregnancy"))
    decided = frames.recommend(table, KNOWLEDGE)
    path = tmp_path / "decided.csv"
    decided.write_csv(path)
    assert decided["fewest_sessions"].null_count() == len(decided)
    read = pl.read_csv(path)
    assert read.schema["fewest_sessions"] == pl.String
    assert frames.cohort(read).equals(frames.cohort(decided))
    if find_spec("pandas"):
        import pandas as pd

        assert len(frames.cohort(pd.read_csv(path))) == len(frames.cohort(decided))
    if find_spec("duckdb"):
        import duckdb

        sums = frames.cohort(duckdb.read_csv(str(path)))
        assert kinds.DUCKDB.read(sums, NAMES) == frames.cohort(decided).to_dicts()


def test_nothing() -> None:
    """An empty table comes to nothing."""
    assert not len(frames.cohort(frames.recommend(some_table(0), KNOWLEDGE)))


def test_no_frame() -> None:
    """What is no frame is said to be none."""
    with pytest.raises(mn.InputError, match="give a frame"):
        frames.cohort([1, 2, 3])
