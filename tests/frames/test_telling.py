"""Progress is told as it is made."""

import sys
from typing import Any

import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from microneedling.frames import frame_kinds
from tests.frames import kinds
from tests.frames.kinds import Kind
from tests.frames.test_keeping import SIMPLE, some_table

KNOWLEDGE = mn.load("2026.1")


@kinds.each(kinds.POLARS[0], kinds.PANDAS, kinds.ARROW)
def test_a_function_is_told(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rising counts, the last of them all rows; what comes is what comes without."""
    monkeypatch.setattr(frame_kinds, "_ROWS", 20)
    told: list[tuple[int, int | None]] = []
    given = kind.given(some_table(50, SIMPLE))
    names = ["on", "verdict", "deciding_findings", "until", "shortest_um"]
    made = frames.recommend(given, KNOWLEDGE, progress=lambda done, rows: told.append((done, rows)))
    assert told[-1] == (50, 50)
    assert told == sorted(told)
    assert {rows for _, rows in told} == {50}
    assert kind.read(made, names) == kind.read(frames.recommend(given, KNOWLEDGE), names)


def test_of_what_is_lazy_the_total_is_not_known() -> None:
    told: list[tuple[int, int | None]] = []
    made = frames.recommend(
        some_table(50, SIMPLE).lazy(),
        KNOWLEDGE,
        progress=lambda done, rows: told.append((done, rows)),
    )
    assert told == []
    made.collect(engine="streaming")
    assert told[-1] == (50, None)


def test_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """True gives tqdm's, with the rows as its total; it is closed at the end."""
    said: list[Any] = []

    class Bar:
        def __init__(self, **given: Any) -> None:
            said.append(given["total"])

        def update(self, rows: int) -> None:
            said.append(rows)

        def close(self) -> None:
            said.append("closed")

    tqdm = pytest.importorskip("tqdm", reason="tqdm is not installed")
    monkeypatch.setattr(tqdm, "tqdm", Bar)
    frames.recommend(some_table(50, SIMPLE), KNOWLEDGE, progress=True)
    assert said[0] == 50
    assert said[-1] == "closed"
    assert sum(said[1:-1]) == 50


def test_a_bar_without_tqdm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(mn.MicroneedlingError, match="tqdm"):
        frames.recommend(some_table(50, SIMPLE), KNOWLEDGE, progress=True)


@kinds.each(kinds.DUCKDB, *kinds.CLUSTERS, own=kinds.CLUSTERS)
def test_engines_tell_for_themselves(kind: Kind) -> None:
    """What is run later by others is told by them."""
    with kinds.refused(("unsupported", "progress")):
        frames.recommend(kind.given(some_table(50, SIMPLE)), KNOWLEDGE, progress=True)


def test_neither_yes_nor_a_function() -> None:
    with kinds.refused(("wrong_type", "progress")):
        frames.recommend(pl.DataFrame(some_table(50, SIMPLE)), KNOWLEDGE, progress=5)  # type: ignore[arg-type]
