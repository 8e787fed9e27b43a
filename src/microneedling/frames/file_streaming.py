"""
Files of any length, decided in the little memory that polars' streaming needs.

CSV has no types: what is known is read from its one spelling, lists are texts with spaces.
"""

import os
from collections import Counter
from collections.abc import Mapping
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from microneedling._foundation.checks import refuse
from microneedling._foundation.errors import InputError, MicroneedlingError, Problem
from microneedling.frames.answer_columns import VERDICTS
from microneedling.frames.column_names import INPUTS, LISTS
from microneedling.frames.frame_kinds import answered
from microneedling.frames.input_columns import renamed
from microneedling.frames.progress_bar import Progress, passing, told_by
from microneedling.knowledge.knowledge import Knowledge

__all__ = ["counted", "recommend_file"]

_KINDS: Final = (".parquet", ".csv")


def recommend_file(
    source: str,
    target: str,
    knowledge: Knowledge,
    columns: Mapping[str, str] | None = None,
    *,
    progress: Progress = False,
) -> int:
    """
    Decide every row of a file and write them all to another.

    The other file appears when it is whole: what is cut off leaves nothing behind.

    Args:
        source: A Parquet or CSV file, told by its ending.
        target: Where to write; its ending says as what. A file that is there is replaced.
        knowledge: The edition.
        columns: Other names for ours, as `recommend` takes them.
        progress: As `recommend` takes it.

    Returns:
        The number of rows.

    Raises:
        InputError: If a column is missing or has a wrong type, or a name has another ending.
        MicroneedlingError: If a file cannot be read or written.
    """
    for path, what in ((source, "source"), (target, "target")):
        if not path.lower().endswith(_KINDS):
            refuse("wrong_type", what, f"give a file whose name ends in {' or '.join(_KINDS)}")
    if not os.path.isfile(source):
        message = "The table cannot be read: there is no such file."
        raise MicroneedlingError(message)
    if os.path.exists(target) and os.path.samefile(source, target):
        refuse("contradiction", "target", "give another file; the source is read to its end")
    try:
        return _written(source, target, knowledge, columns, progress)
    except OSError as error:
        reason = error.strerror or "there is no such place, or it is full"
    except pl.exceptions.PolarsError as error:
        reason = (
            f"polars says {type(error).__name__}; a CSV file has to be UTF-8, with commas, as many"
            " fields in every row, and no nested columns"
        )
    # Outside the block: what was caught there may carry what stands in the file.
    message = f"The table cannot be read or written: {reason}."
    raise MicroneedlingError(message)


def _written(
    source: str,
    target: str,
    knowledge: Knowledge,
    columns: Mapping[str, str] | None,
    progress: Progress,
) -> int:
    rows = _scanned(source, columns)
    made = answered(rows, knowledge, columns, progress=False)
    total = rows.select(pl.len()).collect(engine="streaming").item()
    tell, done = told_by(progress, total)
    if tell is not None:
        made = made.map_batches(passing(tell), streamable=True)
    # A folder, for a file made by `mkstemp` could be read by nobody else afterwards.
    with TemporaryDirectory(dir=os.path.dirname(target) or ".") as folder:
        unfinished = os.path.join(folder, os.path.basename(target))
        try:
            if target.lower().endswith(".csv"):
                _without_lists(made).sink_csv(unfinished)
            else:
                made.sink_parquet(unfinished)
        finally:
            done()
        os.replace(unfinished, target)
    return int(total)


def _without_lists(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Write lists as CSV can hold them: texts with spaces between."""
    kinds = rows.collect_schema()
    lists = [name for name, kind in kinds.items() if isinstance(kind, pl.List)]
    return rows.with_columns(
        pl.col(name).cast(pl.List(pl.String)).list.join(" ", ignore_nulls=True) for name in lists
    )


def _scanned(source: str, columns: Mapping[str, str] | None) -> pl.LazyFrame:
    # A name is a name, also with brackets and stars.
    if source.lower().endswith(".parquet"):
        return pl.scan_parquet(source, glob=False)
    _named_once(source)
    rows = pl.scan_csv(source, glob=False, infer_schema=False)
    names = renamed(columns)
    held = rows.collect_schema()
    given = {name: names.get(name, name) for name in INPUTS if names.get(name, name) in held}
    # A blank is a blank, also in quotes.
    filled = {name: pl.when(pl.col(column) != "").then(column) for name, column in given.items()}
    return rows.with_columns(
        (text.str.split(" ").list.filter(pl.element() != "") if name in LISTS else text).alias(
            given[name]
        )
        for name, text in filled.items()
    )


def _named_once(source: str) -> None:
    """Refuse a header in which a name stands twice: polars would call the second otherwise."""
    header = pl.read_csv(source, glob=False, has_header=False, n_rows=1, infer_schema=False).row(0)
    twice = [name for name, count in Counter(header).items() if name and count > 1]
    if twice:
        message = "two columns are called so; rename one of them"
        raise InputError(*(Problem("name_taken", name, message) for name in twice))


def counted(path: str, columns: Mapping[str, str] | None = None) -> list[tuple[str, int]]:
    """
    Count the verdicts of a file that was decided, in rising caution.

    Args:
        path: The file.
        columns: The names that it was decided with.
    """
    name = renamed(columns).get("verdict", "verdict")
    parquet = path.lower().endswith(".parquet")
    rows = pl.scan_parquet(path, glob=False) if parquet else pl.scan_csv(path, glob=False)
    verdict = rows.select(pl.col(name).cast(pl.String).alias("verdict"))
    counts = dict(verdict.group_by("verdict").len().collect(engine="streaming").rows())
    return [(name, counts[name]) for name in VERDICTS if name in counts]
