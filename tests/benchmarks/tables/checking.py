"""Whether what an engine wrote is, row for row, what the one function gives."""

import os
import re
from collections.abc import Sequence
from glob import glob
from random import Random
from typing import Any, Final

import microneedling as mn
from tests.benchmarks.table import EDITION, DifferenceError
from tests.frames.rows import disagreement

__all__ = ["check"]

_SAMPLE: Final = 2_000


def _parts(path: str) -> list[str]:
    """Name the files of what was written, in the order of their numbers."""
    if not os.path.isdir(path):
        return [path]
    return sorted(
        glob(f"{path}/*.parquet"),
        key=lambda part: [int(number) for number in re.findall(r"\d+", os.path.basename(part))[:1]],
    )


def _rows(paths: Sequence[str], places: Sequence[int]) -> list[dict[str, Any]]:
    import polars as pl

    frame = pl.scan_parquet(list(paths)).with_row_index("__row")
    held = frame.filter(pl.col("__row").is_in(places)).collect(engine="streaming").sort("__row")
    # Pandas has no type for days.
    days = held.select(pl.col(pl.Datetime)).columns
    return held.drop("__row").with_columns(pl.col(days).cast(pl.Date)).to_dicts()


def check(sources: Sequence[str], made: str, rows: int) -> int:
    """
    Compare rows at random places of a file with the answers of the one function.

    Raises:
        DifferenceError: If rows are missing, moved or changed, or one is decided otherwise.
    """
    rng = Random(2)  # noqa: S311 - repeatable, and guards nothing
    places = sorted(rng.sample(range(rows), min(rows, _SAMPLE)))
    given, got = _rows(sources, places), _rows(_parts(made), places)
    if len(got) != len(given) or len(given) != len(places):
        message = f"{made}: {len(got)} rows of {len(places)}"
        raise DifferenceError(message)
    knowledge = mn.load(EDITION)
    for place, row, answer in zip(places, given, got, strict=True):
        if any(answer[name] != value for name, value in row.items()):
            message = f"{made}: row {place} is {answer}, not {row}"
            raise DifferenceError(message)
        different = disagreement(row, answer, knowledge)
        if different is not None:
            message = f"{made}: row {place}, {row}: {different}"
            raise DifferenceError(message)
    return len(places)
