"""A table's columns looked at once, before any row: what is there, what is missing or wrong."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

import narwhals.stable.v2 as nw

from microneedling._foundation.errors import InputError, Problem
from microneedling.frames.column_choices import Choices
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
from microneedling.frames.header_names import folded, near
from microneedling.values.vocabulary import Finding

__all__ = ["OURS", "Frame", "Inputs", "Use", "named_apart", "read", "uses", "what_was_read"]

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
        assumed: Whether findings without a column count as absent where everything was asked.
    """

    named: Named
    texts: frozenset[str]
    days: Mapping[str, nw.dtypes.DType]
    nulls: frozenset[str]
    assumed: bool = False

    @property
    def dayless(self) -> bool:
        """Tell whether the day of assessment has no type, being nothing but nulls."""
        return self.days["on"] == nw.Unknown


def read(frame: Frame, choices: Choices, engine: Engine) -> Inputs:
    """
    Find a table's columns and check their types.

    Args:
        frame: The table.
        choices: What the caller says about its columns.
        engine: Its library's ways.

    Raises:
        InputError: With all that is missing or has a wrong type, each by its name.
    """
    names = choices.columns
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
    problems += [use.problem for use in uses(schema, choices) if use.problem is not None]
    problems += _not_there(schema, choices)
    problems += _in_the_way(schema, made.values(), engine)
    problems += _patterns(frame, [*given.values(), *made.values()])
    given = {name: column for name, column in given.items() if column in schema}
    asked = _asked(given, choices)
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
    assumed = choices.assume_absent and not _spoken(given) >= frozenset(Finding)
    return Inputs(Named(given, made, asked), frozenset(texts), days, nulls, assumed=assumed)


def named_apart(native: Any, engine: Engine) -> None:
    """
    Refuse a table of whose names nobody could say what they mean.

    Raises:
        InputError: With the names that stand there twice, or are kept for the plan.
    """
    if problems := _alike(engine.names(native), engine):
        raise InputError(*problems)


class Use(NamedTuple):
    """
    What one column of a table is taken for.

    Args:
        column: Its name.
        taken: ``read``, ``kept``, ``near`` or ``passed``.
        means: The input that it is read as, or is near.
        problem: What is wrong with that, if anything.
    """

    column: str
    taken: str
    means: str = ""
    problem: Problem | None = None


def uses(schema: Iterable[object], choices: Choices) -> list[Use]:
    """
    Say what every column of a table is taken for.

    A column that is near a name of ours and not read is a problem: what it says would be lost.
    That of a finding always; another one where the table has none of that name, or where it is
    the same name in another form.

    Args:
        schema: The names of its columns.
        choices: What the caller says about them.
    """
    names = [str(name) for name in schema]
    read_as = {choices.columns.get(name, name): name for name in INPUTS}
    had = {read_as[name] for name in names if name in read_as}
    return [_use(name, read_as, had, choices) for name in names]


def what_was_read(schema: Iterable[object], choices: Choices, edition: str) -> dict[str, object]:
    """
    Say, for a table that is passed on, which of its columns were read as what.

    Args:
        schema: The names of its columns before it was decided.
        choices: What the caller said about them.
        edition: By which it was decided.
    """
    found = uses(schema, choices)
    return {
        "edition": edition,
        "read": {use.means: use.column for use in found if use.taken == "read"},
        "not_read": [use.column for use in found if use.taken != "read"],
        "asked": sorted(finding.value for finding in choices.asked),
        "assume_absent": choices.assume_absent,
    }


def _use(name: str, read_as: Mapping[str, str], had: Collection[str], choices: Choices) -> Use:
    if name in read_as:
        return Use(name, "read", read_as[name])
    if name in choices.keep:
        return Use(name, "kept")
    found = near(name)
    if found is not None and _matters(name, *found, had):
        means = choices.columns.get(found[0], found[0])
        told = (
            f"the column would not be read, and may mean {means}: call it {means}, say so by "
            f"`columns`, or name it in `keep` to let it pass"
        )
        return Use(name, "near", found[0], Problem("misspelt", name, told))
    if choices.strict:
        told = "the column is neither read nor named in `keep`"
        return Use(name, "passed", problem=Problem("unknown_key", name, told))
    return Use(name, "passed")


def _matters(name: str, means: str, same: bool, had: Collection[str]) -> bool:  # noqa: FBT001 - as `near` gives it
    if means in FINDING_COLUMNS:
        return True
    return means not in had or (same and "".join(folded(name)) == "".join(folded(means)))


def _not_there(schema: Collection[str], choices: Choices) -> list[Problem]:
    """Say which columns are to be kept that the table does not have."""
    told = "the table has no such column; leave it out of `keep`"
    return [Problem("missing_column", name, told) for name in sorted(choices.keep - {*schema})]


def _spoken(given: Collection[str]) -> frozenset[Finding]:
    """Name the findings that a table speaks of: of all, where it has a list of them."""
    if "findings" in given:
        return frozenset(Finding)
    parts = (Part.FLAG, Part.LAST_ON, Part.ONGOING)
    named = (FINDING_COLUMNS[name] for name in given if name in FINDING_COLUMNS)
    return frozenset(finding for finding, part in named if part in parts)


def _asked(given: Collection[str], choices: Choices) -> frozenset[Finding]:
    """Name the findings that were asked about where a row says that everything was."""
    if choices.assume_absent:
        return frozenset(Finding)
    return _spoken(given) | choices.asked


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
    taken = {_as_seen(column, engine) for column in schema}
    problems = [
        Problem("name_taken", name, "the table has this column; name it otherwise by `columns`")
        for name in made
        if _as_seen(name, engine) in taken
    ]
    return problems + _alike(made, engine)


def _as_seen(name: object, engine: Engine) -> object:
    return name.casefold() if engine.folds and isinstance(name, str) else name


def _alike(names: Iterable[object], engine: Engine) -> list[Problem]:
    """Say which names stand there twice, as the library sees it, or are kept for the plan."""
    seen: set[object] = set()
    problems = []
    for name in names:
        if _as_seen(name, engine) in seen:
            problems.append(Problem("name_taken", str(name), "two columns would be called so"))
        if str(_as_seen(name, engine)).startswith(OURS):
            problems.append(
                Problem("name_taken", str(name), f"names that begin with {OURS} are kept")
            )
        seen.add(_as_seen(name, engine))
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
