"""What a clinic's table comes to: verdicts, reasons for deferral, sessions to come."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Final

import narwhals.stable.v2 as nw

from microneedling._foundation.errors import InputError, Problem
from microneedling.frames.column_choices import renamed
from microneedling.frames.input_columns import Frame
from microneedling.values.reasons import Verdict
from microneedling.values.vocabulary import Finding

__all__ = ["summed_up"]

_READ: Final = ("indication", "verdict", "protocol", "deciding_findings")
_SUMMED: Final = ("fewest_sessions", "most_sessions")


def summed_up(frame: Frame, columns: Mapping[str, str] | None) -> Frame:
    """
    Sum up a frame that has the answers' columns.

    Raises:
        InputError: If one of the columns that are read is missing.
    """
    names = renamed(columns)
    wanted = {name: names.get(name, name) for name in (*_READ, *_SUMMED)}
    schema = frame.collect_schema()
    problems = [
        Problem("missing_column", column, f"the table needs a column for {name}; `recommend` it")
        for name, column in wanted.items()
        if column not in schema
    ]
    if problems:
        raise InputError(*problems)
    read = [nw.col(wanted[name]).cast(nw.String).alias(name) for name in _READ]
    summed = [_numbers(wanted[name], schema).alias(name) for name in _SUMMED]
    held = frame.select(*read, *summed)
    parts = [_verdicts(held), _deferrals(held), _sessions(held)]
    whole = _together(parts).sort("part", "indication", "code")
    if whole.implementation.is_pandas():
        # The rows' own, in place of those of what was put together.
        whole = nw.from_native(whole.to_native().reset_index(drop=True))
    return whole


def _numbers(column: str, schema: Mapping[str, nw.dtypes.DType]) -> nw.Expr:
    # A file that says nothing there is read as texts.
    held = nw.col(column)
    return held.cast(nw.Int64) if schema[column] == nw.String else held


def _together(parts: list[Frame]) -> Frame:
    if parts[0].implementation.is_duckdb():
        # Narwhals would look for the relations on another connection than theirs.
        first, *others = (part.to_native() for part in parts)
        united: Frame = nw.from_native(reduce(lambda whole, part: whole.union(part), others, first))
        return united
    whole: Frame = nw.concat(parts)  # type: ignore[type-var]  # all of one kind
    return whole


def _long(wide: Frame, names: Sequence[str]) -> Frame:
    if wide.implementation.is_duckdb():
        listed = ", ".join(f'"{name}"' for name in names)
        query = f"from wide unpivot (rows for code in ({listed}))"
        long: Frame = nw.from_native(wide.to_native().query("wide", query))
        return long
    return wide.unpivot(on=list(names), index="indication", variable_name="code", value_name="rows")


def _told(frame: Frame, part: str, code: str) -> Frame:
    return frame.select(
        nw.lit(part).alias("part"),
        nw.col("indication"),
        nw.col(code).cast(nw.String).alias("code"),
        nw.col("rows").cast(nw.Int64),
        *(nw.col(name).cast(nw.Int64) for name in _SUMMED),
    )


def _verdicts(held: Frame) -> Frame:
    return _told(_counted(held, "verdict"), "verdict", "verdict")


def _deferrals(held: Frame) -> Frame:
    """Count for each finding the rows that it defers; one row may count for several."""
    deferred = held.filter(nw.col("verdict") == Verdict.DEFER.value)
    deciding = nw.concat_str(nw.lit(" "), nw.col("deciding_findings"), nw.lit(" "))
    named = {
        f.value: deciding.str.contains(f" {f.value} ", literal=True).cast(nw.Int64) for f in Finding
    }
    counted = (
        deferred.with_columns(**named)
        .group_by("indication")
        .agg(*(nw.col(name).sum() for name in named))
    )
    long = _long(counted, list(named))
    none = {name: nw.lit(0) for name in _SUMMED}
    return _told(long.filter(nw.col("rows") > 0).with_columns(**none), "deferral", "code")


def _sessions(held: Frame) -> Frame:
    """Add up the sessions of the courses on offer; what is not published adds nothing."""
    offered = held.filter(nw.col("verdict") == Verdict.OFFER.value)
    return _told(_counted(offered, "protocol"), "sessions", "protocol")


def _counted(held: Frame, code: str) -> Frame:
    return held.group_by("indication", code).agg(
        nw.len().alias("rows"), *(nw.col(name).sum() for name in _SUMMED)
    )
