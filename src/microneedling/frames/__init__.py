"""
Whole tables: the same decision, row for row, by the dataframe library that is already there.

Needs the extra `frames`. Frames of polars, pandas, pyarrow, DuckDB, ibis, Dask and PySpark are
taken, and frames of the same kind given back; what was lazy stays lazy. The page on tables tells
of every column. It imports the decision and what lies below it, and alone knows dataframes.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

import narwhals.stable.v2 as nw

from microneedling._foundation.checks import refuse
from microneedling.frames.cohort_counts import summed_up
from microneedling.frames.column_choices import Choices
from microneedling.frames.frame_kinds import SlowTableWarning, answered, names_of
from microneedling.frames.input_columns import Use, uses
from microneedling.frames.progress_bar import Progress
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.vocabulary import Finding

# A frame of any library; what comes back is of the same kind.
F = TypeVar("F")

__all__ = ["Progress", "SlowTableWarning", "Use", "cohort", "columns", "recommend"]


def __dir__() -> list[str]:
    return __all__


def recommend(
    frame: F,
    knowledge: Knowledge,
    columns: Mapping[str, str] | None = None,
    *,
    keep: Collection[str] = (),
    asked: Iterable[Finding | str] = (),
    assume_absent: bool = False,
    strict: bool = False,
    progress: Progress = False,
) -> F:
    """
    Decide every row of a table.

    A row is an assessment of one concern. It needs ``on``, ``indication``, ``site`` and
    ``setting``; ``severity``, ``skin_type``, ``age_years``, a boolean column for any finding
    (null is unknown), ``<finding>_last_on`` and ``<finding>_ongoing``, the lists ``findings`` and
    ``absent`` and ``everything_asked`` may be there. A finding of which no column speaks is
    unknown and asked for, also where ``everything_asked`` is true: that is about the findings
    that have a column, or all where there is a column ``findings``. Clearances, an earlier
    session, the device and preferences have columns, too, with which each distinct row is decided
    by itself.

    Args:
        frame: A frame of polars, pandas, pyarrow, DuckDB, ibis over DuckDB, Dask or PySpark, lazy
            or not.
        knowledge: The edition.
        columns: The table's own names for our columns, read or made.
        keep: Columns of the table that pass untouched though they are called nearly like one
            that is read; without this such a column stops the table.
        asked: Findings that were asked about, too, where everything was, though the table has
            no column for them.
        assume_absent: True takes every finding without a column for one that was asked about;
            each row that does so says it in ``assumed_absent``.
        strict: True refuses every column that is neither read nor kept.
        progress: True for a bar, which needs tqdm; or a function that is told the rows that are
            done and all rows, where these are known. Not for what an engine runs later.

    Returns:
        A frame of the same kind, with its rows in their order and these columns more:
        ``verdict`` (or ``invalid``), ``until``, the preferred course's ``shortest_um`` and
        ``longest_um`` in micrometres, ``fewest_sessions``, ``most_sessions``, ``minimum_days``,
        ``preferred_days``, ``maximum_days``, ``anaesthesia``, ``protocol``, ``fit``,
        ``sharing_rank`` and ``adjuncts``, then ``deciding_findings``, ``clear_first_roles``,
        ``assumed_absent``, ``edition``, ``error`` and ``error_column``.

    Raises:
        InputError: With every column that is missing, has a wrong type, is in the way or is
            called nearly like one that is read, by name; and for what is no frame. A row that
            is no assessment raises nothing: it is invalid.

    >>> import datetime
    >>> import polars as pl
    >>> import microneedling as mn
    >>> table = pl.DataFrame(
    ...     {
    ...         "on": [datetime.date(2026, 11, 22)] * 2,
    ...         "indication": ["striae", "melasma"],
    ...         "site": ["abdomen", "cheek"],
    ...         "setting": ["clinic", "clinic"],
    ...         "severity": ["mild", None],
    ...         "age_years": [34, 41],
    ...         "skin_type": ["II", "IV"],
    ...         "everything_asked": [True, True],
    ...         "pregnancy": [False, True],
    ...     }
    ... )
    >>> decided = recommend(table, mn.load("2026.1"), assume_absent=True)
    >>> decided["verdict"].to_list(), decided["longest_um"].to_list()
    (['offer', 'defer'], [1500, None])
    """
    choices = Choices.of(columns, keep, asked, assume_absent=assume_absent, strict=strict)
    decided: F = answered(frame, knowledge, choices, progress)
    return decided


def columns(  # noqa: D417 - the others are told where rows are decided
    frame: object,
    columns: Mapping[str, str] | None = None,
    *,
    keep: Collection[str] = (),
    strict: bool = False,
) -> tuple[Use, ...]:
    """
    Say what each column of a table would be taken for, before any row is looked at.

    Args:
        frame: A frame of any library that `recommend` takes; the others as for `recommend`.

    Returns:
        A `Use` for each column: ``read`` (as which input), ``kept``, ``near`` (which input it may
        mean; it stops the table) or ``passed`` untouched.

    Raises:
        InputError: For what is no frame.

    >>> import polars as pl
    >>> table = pl.DataFrame({"site": ["cheek"], "pregnant": [True], "lot": ["A7"]})
    >>> for use in columns(table):
    ...     print(use.column, use.taken, use.means or "-")
    site read site
    pregnant near pregnancy
    lot passed -
    """
    choices = Choices.of(columns, keep, strict=strict)
    return tuple(uses(names_of(frame), choices))


def cohort(frame: F, columns: Mapping[str, str] | None = None) -> F:
    """
    Sum up a table that `recommend` has decided.

    Args:
        frame: What `recommend` gave, or any part of its rows.
        columns: The same names as were given to `recommend`.

    Returns:
        A frame of the same kind, lazy where that was, sorted, with one row for each count:
        ``part`` is ``verdict``, ``deferral`` or ``sessions``; ``code`` the verdict, the finding
        that defers or the protocol on offer; ``rows`` how many; ``fewest_sessions`` and
        ``most_sessions`` what is on offer, added up where it is published.

    Raises:
        InputError: If a column is missing, or for what is no frame.

    >>> import datetime
    >>> import polars as pl
    >>> import microneedling as mn
    >>> table = pl.DataFrame(
    ...     {
    ...         "on": [datetime.date(2026, 11, 22)],
    ...         "indication": ["striae"],
    ...         "site": ["abdomen"],
    ...         "setting": ["clinic"],
    ...         "severity": ["mild"],
    ...         "age_years": [34],
    ...         "everything_asked": [True],
    ...     }
    ... )
    >>> decided = recommend(table, mn.load("2026.1"), assume_absent=True)
    >>> cohort(decided).select("part", "code", "rows").rows()
    [('sessions', 'striae-monthly-mild', 1), ('verdict', 'offer', 1)]
    """
    held: object = nw.from_native(frame, pass_through=True)
    if not isinstance(held, (nw.DataFrame, nw.LazyFrame)):
        refuse("wrong_type", "frame", "give a frame that `recommend` has given")
    made: Any = summed_up(held, columns)
    summed: F = made if held is frame else made.to_native()
    return summed
