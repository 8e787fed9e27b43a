"""A table's columns looked at once, before any row: what is there, what is missing or wrong."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

import narwhals.stable.v2 as nw

from microneedling._foundation.errors import InputError, Problem
from microneedling.frames.column_names import (
    HOLDS,
    INPUTS,
    LISTS,
    NEEDS,
    OUTPUTS,
    REQUIRED,
    Holds,
    Named,
)
from microneedling.frames.engines import Engine
from microneedling.frames.finding_columns import FINDING_COLUMNS, Part

__all__ = ["OURS", "Frame", "Inputs", "named_apart", "read", "renamed"]

# What the plan's own columns begin with.
OURS: Final = "__mn_"

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"
_TEXTS = (nw.String, nw.Categorical, nw.Enum)


class Inputs(NamedTuple):
    """
    What a table gives.

    Args:
        named: Its columns, by our names.
        texts: The inputs other than codes that stand there as text, and are to be read.
        days: For each input that is a day, what type it has, or gets when it is read.
        nulls: The columns that hold nothing but nulls and have no type, where a null says more
            than no column would: those of findings, and what another column needs beside it.
    """

    named: Named
    texts: frozenset[str]
    days: Mapping[str, nw.dtypes.DType]
    nulls: frozenset[str]

    @property
    def dayless(self) -> bool:
        """Tell whether the day of assessment has no type, being nothing but nulls."""
        return self.days["on"] == nw.Unknown


def renamed(columns: Mapping[str, str] | None) -> Mapping[str, str]:
    """Check the names that a user gives for ours."""
    if columns is None:
        return {}
    given: object = columns
    if not isinstance(given, Mapping) or not all(
        isinstance(text, str) for pair in given.items() for text in pair
    ):
        message = "give a mapping of our names to the table's, or leave it out"
        raise InputError(Problem("wrong_type", "columns", message))
    problems = [
        Problem("unknown_key", "columns", f"{name} is no column that is read or made")
        for name in columns
        if name not in INPUTS and name not in OUTPUTS
    ]
    if problems:
        raise InputError(*problems)
    return columns


def made_names(columns: Mapping[str, str] | None) -> list[str]:
    """Name the columns that a table gets."""
    names = renamed(columns)
    return [names.get(name, name) for name in OUTPUTS]


def read(frame: Frame, columns: Mapping[str, str] | None, engine: Engine) -> Inputs:
    """
    Find a table's columns and check their types.

    Args:
        frame: The table.
        columns: Other names for ours.
        engine: Its library's ways.

    Raises:
        InputError: With all that is missing or has a wrong type, each by its name.
    """
    names = renamed(columns)
    native, day = frame.to_native(), engine.day
    named_apart(native, engine)
    schema = frame.collect_schema()
    given = {name: names.get(name, name) for name in INPUTS}
    made = {name: names.get(name, name) for name in OUTPUTS}
    problems = [
        Problem("missing_column", given[name], f"the table needs a column for {name}")
        for name in INPUTS
        if given[name] not in schema and (name in REQUIRED or name in names)
    ]
    problems += _alone(schema, given)
    problems += _misspelt(schema, given)
    problems += _in_the_way(schema, made.values(), engine)
    problems += _patterns(frame, [*given.values(), *made.values()])
    given = {name: column for name, column in given.items() if column in schema}
    texts: set[str] = set()
    untyped: list[str] = []
    days: dict[str, nw.dtypes.DType] = {}
    for name, column in list(given.items()):
        kind = schema[column]
        if _may_be_untyped(name, kind, frame) and engine.typeless(native, column):
            untyped.append(name)
            continue
        if HOLDS[name] not in {Holds.CODE, Holds.LIST} and _is_text(kind):
            texts.add(name)
        if HOLDS[name] is Holds.DAY:
            days[name] = (day or kind) if name in texts else kind
        if not _fits(name, kind, day, frame) or not _textual(kind, native, column, engine):
            wanted = f"the column has to hold {_WANTED[HOLDS[name]]}"
            problems.append(Problem("wrong_type", column, wanted))
    if problems:
        raise InputError(*problems)
    # Nothing but nulls. A finding's own null is unknown, whatever else was asked, and what
    # another column needs is missing; all else that may be left out is as good as left out.
    needed = {need for name in {*given} - {*untyped} for need in NEEDS.get(name, ())}
    nulls = frozenset(name for name in untyped if name in needed or _is_flag_of_finding(name))
    for name in {*untyped} - nulls - {*REQUIRED}:
        del given[name]
    if "on" in untyped:
        days["on"] = nw.Unknown()
    return Inputs(Named(given, made), frozenset(texts), days, nulls)


def named_apart(native: Any, engine: Engine) -> None:
    """
    Refuse a table of whose names nobody could say what they mean.

    Raises:
        InputError: With the names that stand there twice, or are kept for the plan.
    """
    if problems := _alike(engine.names(native), engine):
        raise InputError(*problems)


def _plain(name: object) -> str:
    return re.sub(r"[\W_]+", "_", str(name).casefold()).strip("_")


def _misspelt(schema: Collection[str], given: Mapping[str, str]) -> list[Problem]:
    """Say which columns look like one that is read: left out, what they say would be lost."""
    known = {_plain(column): column for column in given.values() if column not in schema}
    told = "the column would not be read; call it {}, say so by `columns`, or rename it"
    return [
        Problem("misspelt", str(name), told.format(known[_plain(name)]))
        for name in schema
        if _plain(name) in known
    ]


def _alone(schema: Collection[str], given: Mapping[str, str]) -> list[Problem]:
    """Say which columns are missing without which another says nothing."""
    lacking = {
        needed[0]: name
        for name, needed in NEEDS.items()
        if given[name] in schema and not any(given[need] in schema for need in needed)
    }
    told = "the table needs a column for {}, since it has one for {}"
    return [
        Problem("missing_column", given[need], told.format(need, name))
        for need, name in lacking.items()
    ]


def _in_the_way(schema: Iterable[str], made: Collection[str], engine: Engine) -> list[Problem]:
    taken = {_folded(column, engine) for column in schema}
    problems = [
        Problem("name_taken", name, "the table has this column; name it otherwise by `columns`")
        for name in made
        if _folded(name, engine) in taken
    ]
    return problems + _alike(made, engine)


def _folded(name: object, engine: Engine) -> object:
    return name.casefold() if engine.folds and isinstance(name, str) else name


def _alike(names: Iterable[object], engine: Engine) -> list[Problem]:
    """Say which names stand there twice, as the library sees it, or are kept for the plan."""
    seen: set[object] = set()
    problems = []
    for name in names:
        if _folded(name, engine) in seen:
            problems.append(Problem("name_taken", str(name), "two columns would be called so"))
        if str(_folded(name, engine)).startswith(OURS):
            problems.append(
                Problem("name_taken", str(name), f"names that begin with {OURS} are kept")
            )
        seen.add(_folded(name, engine))
    return problems


def _patterns(frame: Frame, names: Iterable[str]) -> list[Problem]:
    """Say which names polars would take for more than one column."""
    if not frame.implementation.is_polars():
        return []
    message = "polars takes this name for a pattern; rename the column"
    return [
        Problem("name_taken", name, message)
        for name in names
        if name == "*" or (name.startswith("^") and name.endswith("$"))
    ]


def _is_flag_of_finding(name: str) -> bool:
    return name in FINDING_COLUMNS and FINDING_COLUMNS[name][1] is Part.FLAG


def _may_be_untyped(name: str, kind: nw.dtypes.DType, frame: Frame) -> bool:
    if frame.implementation.is_pandas():
        # It has no type of its own for lists; narwhals calls objects without any texts. What
        # a file leaves blank it calls floats.
        lists = name in LISTS and kind == nw.String
        return lists or kind.is_float() or kind in (nw.Unknown, nw.Object)
    return kind == nw.Unknown


def _is_text(kind: nw.dtypes.DType) -> bool:
    return isinstance(kind, _TEXTS)


def _textual(kind: nw.dtypes.DType, native: Any, column: str, engine: Engine) -> bool:
    """Tell whether categories, if there are some, are texts."""
    return not isinstance(kind, (nw.Categorical, nw.Enum)) or engine.textual(native, column)


def _fits_list(kind: nw.dtypes.DType, frame: Frame) -> bool:
    if not isinstance(kind, nw.List):
        # Pandas has no type of its own for lists.
        return kind == nw.Object and frame.implementation.is_pandas()
    inner = kind.inner() if isinstance(kind.inner, type) else kind.inner
    # Lists of nothing have no type within.
    return _is_text(inner) or inner == nw.Unknown


def _fits(name: str, kind: nw.dtypes.DType, day: object, frame: Frame) -> bool:
    holds = HOLDS[name]
    if holds is Holds.LIST:
        return _fits_list(kind, frame)
    if holds is Holds.CODE or _is_text(kind):
        return _is_text(kind) and (holds is not Holds.DAY or day is not None)
    if holds is Holds.FLAG:
        return kind == nw.Boolean
    if holds is Holds.WHOLE:
        # Arrow compares the largest with nothing, and tells them in its error.
        unsigned = kind == nw.UInt64 and frame.implementation.is_pyarrow()
        return kind.is_integer() and not unsigned
    return kind == nw.Date or (isinstance(kind, nw.Datetime) and not kind.time_zone)


_WANTED: Final[Mapping[Holds, str]] = {
    Holds.CODE: "texts: codes, or categories of them",
    Holds.LIST: "lists of texts: codes of findings",
    Holds.FLAG: "booleans; in pandas, astype('boolean')",
    Holds.WHOLE: "whole numbers, signed ones if in doubt; in pandas, astype('Int64')",
    Holds.DAY: "dates, or times without a zone at midnight; in pandas, to_datetime",
}
