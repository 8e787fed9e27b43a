"""
Files of any length, decided in the little memory that polars' streaming needs.

CSV has no types: what is known is read from its one spelling, lists are texts with spaces. A
file that is not plain is made so first.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import polars as pl

from microneedling._foundation.checks import refuse
from microneedling._foundation.errors import MicroneedlingError
from microneedling.frames.answer_columns import VERDICTS
from microneedling.frames.column_choices import Choices, renamed
from microneedling.frames.column_names import INPUTS, LISTS
from microneedling.frames.csv_files import CsvForm, converted, header, looked_at
from microneedling.frames.frame_kinds import answered
from microneedling.frames.input_columns import Use, uses, what_was_read
from microneedling.frames.progress_bar import Progress, passing, told_by
from microneedling.knowledge.knowledge import Knowledge

__all__ = ["columns_of", "counted", "recommend_file"]

_KINDS: Final = (".parquet", ".csv")


def recommend_file(
    source: str,
    target: str,
    knowledge: Knowledge,
    choices: Choices | None = None,
    *,
    form: CsvForm | None = None,
    progress: Progress = False,
) -> int:
    """
    Decide every row of a file and write them all to another.

    The other file appears when it is whole: what is cut off leaves nothing behind.

    Args:
        source: A Parquet or CSV file, told by its ending.
        target: Where to write; its ending says as what. A file that is there is replaced.
        knowledge: The edition.
        choices: What is said about the columns, as `recommend` takes it.
        form: How a CSV file is written; without it, as plain CSV is.
        progress: As `recommend` takes it.

    Returns:
        The number of rows.

    Raises:
        InputError: If a column is missing or has a wrong type, or a name has another ending.
        MicroneedlingError: If a file cannot be read or written.
    """
    _check_ending(source, "source")
    _check_ending(target, "target")
    if not os.path.isfile(source):
        message = "The table cannot be read: there is no such file."
        raise MicroneedlingError(message)
    if os.path.exists(target) and os.path.samefile(source, target):
        refuse("contradiction", "target", "give another file; the source is read to its end")
    with _telling(source, "read or written"):
        said = Said(choices or Choices({}), (form or CsvForm()).checked())
        return _written(source, target, knowledge, said, progress)


def _check_ending(path: str, what: str) -> None:
    if not path.lower().endswith(_KINDS):
        refuse("wrong_type", what, f"give a file whose name ends in {' or '.join(_KINDS)}")


@contextmanager
def _telling(source: str, done: str) -> Iterator[None]:
    """Say what keeps a file from being read, by its kind."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or "there is no such place, or it is full"
    except pl.exceptions.PolarsError as error:
        demand = "it has to be a whole Parquet file, as its name says"
        if not source.lower().endswith(".parquet"):
            demand = (
                "a CSV file has to be UTF-8, with commas, as many fields in every row, and no"
                " nested columns"
            )
        reason = f"polars says {type(error).__name__}; {demand}"
    else:
        return
    # Outside the block: what was caught there may carry what stands in the file.
    message = f"The table cannot be {done}: {reason}."
    raise MicroneedlingError(message)


class Said(NamedTuple):
    """What is said about the columns of a file, and how it is written."""

    choices: Choices
    form: CsvForm


def _written(source: str, target: str, knowledge: Knowledge, said: Said, progress: Progress) -> int:
    with TemporaryDirectory() as plain:
        rows, lines = _scanned(source, said, plain)
        return _decided(rows, lines, target, knowledge, said.choices, progress)


def _decided(
    rows: pl.LazyFrame,
    lines: int | None,
    target: str,
    knowledge: Knowledge,
    choices: Choices,
    progress: Progress,
) -> int:
    made = answered(rows, knowledge, choices, progress=False)
    total = rows.select(pl.len()).collect(engine="streaming").item()
    if lines is not None and total != lines:
        message = (
            f"The table cannot be read: it has {lines} rows by its lines, and {total} were read;"
            " a quote may stand open."
        )
        raise MicroneedlingError(message)
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
                told = what_was_read(rows.collect_schema().names(), choices, knowledge.id)
                made.sink_parquet(unfinished, metadata={"microneedling": json.dumps(told)})
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


def _scanned(source: str, said: Said, plain: str) -> tuple[pl.LazyFrame, int | None]:
    """Give the rows of a file, and how many its lines make; a folder takes what is made plain."""
    # A name is a name, also with brackets and stars.
    if source.lower().endswith(".parquet"):
        return pl.scan_parquet(source, glob=False), None
    names = said.choices.columns
    read = {name: names.get(name, name) for name in INPUTS}
    look = looked_at(source, said.form)
    held = header(source, said.form, read.values())
    given = {name: column for name, column in read.items() if column in held}
    lines = look.rows
    if not look.plain:
        made = os.path.join(plain, "plain.csv")
        lines = converted(source, made, said.form, held, given)
        source = made
    rows = pl.scan_csv(source, glob=False, infer_schema=False)
    # A blank is a blank, also in quotes.
    filled = {name: pl.when(pl.col(column) != "").then(column) for name, column in given.items()}
    rows = rows.with_columns(
        (text.str.split(" ").list.filter(pl.element() != "") if name in LISTS else text).alias(
            given[name]
        )
        for name, text in filled.items()
    )
    return rows, lines


def columns_of(source: str, choices: Choices, form: CsvForm | None = None) -> list[Use]:
    """
    Say what each column of a file would be taken for.

    Args:
        source: A Parquet or CSV file.
        choices: What is said about its columns.
        form: How a CSV file is written.

    Raises:
        InputError: If its name has another ending.
        MicroneedlingError: If it cannot be read, or has no header.
    """
    _check_ending(source, "source")
    with _telling(source, "read"):
        if source.lower().endswith(".parquet"):
            return uses(pl.scan_parquet(source, glob=False).collect_schema().names(), choices)
        read = [choices.columns.get(name, name) for name in INPUTS]
        return uses(header(source, (form or CsvForm()).checked(), read), choices)


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
