"""How time grows with rows and with findings, and what does not grow."""

from time import perf_counter
from typing import Final

import microneedling as mn
from microneedling import frames
from microneedling.frames.decision_tables import Tables
from tests.benchmarks.table import EDITION, Row, measured

from .files import made
from .process import asked

__all__ = ["fixed", "growing"]

_SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)
_FINDINGS: Final = (1, 5, 10, 20, 40)
_MILLION: Final = 1_000_000
_FORM: Final = "categories"
_STARTS: Final = 3
_CORES: Final = (64, 512)


def fixed(path: str) -> dict[str, float]:
    """Give the seconds for what is made once for each process, and once for each call."""
    import polars as pl

    frame = pl.scan_parquet(path)
    frame.collect_schema()
    knowledge = mn.load(EDITION)
    start = perf_counter()
    knowledge.prepared(Tables)
    tables = perf_counter() - start
    frames.recommend(frame, knowledge, assume_absent=True)
    start = perf_counter()
    frames.recommend(frame, knowledge, assume_absent=True)
    return {"tables": tables, "plan": perf_counter() - start}


def _grown(rows: int, folder: str, findings: int = 10) -> tuple[list[float], list[float]]:
    """Give the seconds from file to file, and in memory."""
    path = made(folder, rows, _FORM, findings)
    rounds = 5 if rows <= _MILLION else 3
    flowing = asked(
        "files.measure",
        engine="polars",
        sources=[path],
        small=made(folder, 2_000, _FORM, findings),
        rows=rows,
        folder=folder,
        rounds=rounds,
    )
    held = asked("in_memory.eager", engine="polars", path=path, rounds=rounds)
    return flowing["decide"], held["taken"]


def _told(what: str, rows: int, flowing: list[float], held: list[float]) -> list[Row]:
    found = []
    for where, taken in (("Parquet to Parquet", flowing), ("in memory", held)):
        found += [
            measured(f"  {what}, {where}", taken, "s"),
            measured("    for each row", [one / rows * 1e9 for one in taken], "ns"),
        ]
    return found


def growing(most: int, folder: str) -> list[Row]:
    """
    Decide more and more rows, then rows with more and more findings.

    Raises:
        DifferenceError: If a row is decided otherwise than by the one function.
    """
    sizes = [size for size in _SIZES if size <= most]
    found = [Row("Growth with the rows: polars, ten findings, 5 rounds (3 of the largest)")]
    largest: list[float] = []
    for size in sizes:
        largest, held = _grown(size, folder)
        found += _told(f"{size:,} rows", size, largest, held)
    rows = min(_MILLION, most)
    found.append(Row(f"Growth with the findings: {rows:,} rows"))
    for findings in _FINDINGS if most >= _MILLION else _FINDINGS[:1]:
        taken, held = _grown(rows, folder, findings)
        counted = "1 finding" if findings == 1 else f"{findings} findings"
        found += _told(counted, rows, taken, held)
    once = [asked("growing.fixed", path=made(folder, 2_000, _FORM)) for _ in range(_STARTS)]
    found += [
        Row(f"What does not grow: {_STARTS} fresh processes"),
        measured("  tables of the decision, once", [one["tables"] for one in once], "s"),
        measured("  the plan, at every call", [one["plan"] for one in once], "s"),
        *_reckoned(sizes[-1] if sizes else 0, largest),
    ]
    return found


def _reckoned(rows: int, taken: list[float]) -> list[Row]:
    """Reckon what many cores would need; nothing of this is measured."""
    import os

    if not taken:
        return []
    speed = [rows / one / (os.cpu_count() or 1) for one in taken]
    return [
        Row(f"Reckoned, not measured, from {rows:,} rows and {os.cpu_count()} cores"),
        measured("  rows a second for each core, from file to file", [s / 1e6 for s in speed], "M"),
        *(
            measured(
                f"  1,000,000,000 rows on {cores} such cores", [1e9 / s / cores for s in speed], "s"
            )
            for cores in _CORES
        ),
    ]
