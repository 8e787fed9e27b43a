"""A table's columns looked at once, before any row: what is there, what is missing or wrong."""

from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

import narwhals.stable.v2 as nw

from microneedling.errors import InputError, Problem
from microneedling.frames.naming import (
    CODED,
    INPUTS,
    LISTS,
    OUTPUTS,
    REQUIRED,
    Named,
    is_day,
    is_flag,
    is_whole,
)

__all__ = ["Frame", "Inputs", "read", "renamed"]

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"
_TEXTS = (nw.String, nw.Categorical, nw.Enum)


class Inputs(NamedTuple):
    """
    What a table gives.

    Args:
        named: Its columns, by our names.
        texts: The inputs other than codes that stand there as text, and are to be read.
        days: For each input that is a day, what type it has, or gets when it is read.
    """

    named: Named
    texts: frozenset[str]
    days: Mapping[str, nw.dtypes.DType]

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


def read(frame: Frame, columns: Mapping[str, str] | None, day: nw.dtypes.DType | None) -> Inputs:
    """
    Find a table's columns and check their types.

    Args:
        frame: The table.
        columns: Other names for ours.
        day: What texts that are read as days become; None where they cannot be read.

    Raises:
        InputError: With all that is missing or has a wrong type, each by its name.
    """
    names = renamed(columns)
    schema = frame.collect_schema()
    given = {name: names.get(name, name) for name in INPUTS}
    made = {name: names.get(name, name) for name in OUTPUTS}
    problems = [
        Problem("missing_column", given[name], f"the table needs a column for {name}")
        for name in INPUTS
        if given[name] not in schema and (name in REQUIRED or name in names)
    ]
    problems += [
        Problem("name_taken", name, "the table has this column; name it otherwise by `columns`")
        for name in made.values()
        if name in schema
    ]
    problems += _twice(made.values())
    given = {name: column for name, column in given.items() if column in schema}
    texts: set[str] = set()
    days: dict[str, nw.dtypes.DType] = {}
    for name, column in list(given.items()):
        kind = schema[column]
        if _is_untyped(name, kind, frame) and _is_empty(frame, column):
            # Nothing but nulls: what may be left out is as good as left out.
            if name not in REQUIRED:
                del given[name]
                continue
            if name == "on":
                days[name] = nw.Unknown()
        elif name not in CODED and name not in LISTS and _is_text(kind):
            texts.add(name)
            if is_day(name):
                days[name] = day or kind
        elif is_day(name):
            days[name] = kind
        if not _fits(name, kind, texts, day):
            problems.append(
                Problem("wrong_type", column, f"the column has to hold {_wanted(name)}")
            )
    if problems:
        raise InputError(*problems)
    return Inputs(Named(given, made), frozenset(texts), days)


def _twice(names: Iterable[str]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for name in names:
        if name in seen:
            problems.append(Problem("name_taken", name, "two columns would be called so"))
        seen.add(name)
    return problems


def _is_empty(frame: Frame, column: str) -> bool:
    if isinstance(frame, nw.LazyFrame):
        # The type of nulls alone; what a lazy engine calls so is nothing else.
        return frame.collect_schema()[column] == nw.Unknown
    return bool(frame[column].is_null().all())


def _is_untyped(name: str, kind: nw.dtypes.DType, frame: Frame) -> bool:
    if name in LISTS:
        # Pandas has no type of its own for lists; narwhals calls objects without any texts.
        return kind == nw.Unknown or (kind == nw.String and frame.implementation.is_pandas())
    return kind in (nw.Unknown, nw.Object)


def _is_text(kind: nw.dtypes.DType) -> bool:
    return isinstance(kind, _TEXTS)


def _fits(name: str, kind: nw.dtypes.DType, texts: Container[str], day: object) -> bool:
    if name in texts:
        return not is_day(name) or day is not None
    if name in CODED:
        return _is_text(kind) or kind == nw.Unknown
    if name in LISTS:
        inner = kind.inner if isinstance(kind, nw.List) else None
        named = inner() if isinstance(inner, type) else inner
        return kind == nw.Object or (named is not None and _is_text(named))
    if is_flag(name):
        return kind == nw.Boolean
    if is_whole(name):
        return kind.is_integer()
    return kind in (nw.Date, nw.Unknown) or (isinstance(kind, nw.Datetime) and not kind.time_zone)


def _wanted(name: str) -> str:
    if name in CODED:
        return "texts: codes, or categories of them"
    if name in LISTS:
        return "lists of texts: codes of findings"
    if is_flag(name):
        return "booleans; in pandas, astype('boolean')"
    if is_whole(name):
        return "whole numbers; in pandas, astype('Int64')"
    return "dates, or times without a zone at midnight; in pandas, to_datetime"
