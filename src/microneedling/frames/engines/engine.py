"""What every engine can do."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import Enum
from math import isnan
from typing import Any, Final, NamedTuple, Protocol

import narwhals.stable.v2 as nw

__all__ = [
    "NO_CODE",
    "Column",
    "Engine",
    "Kind",
    "Text",
    "is_nothing",
    "members",
    "told_by_branches",
    "told_by_sums",
]

# Counted for a text in a list that is none of those known; no sum of others outweighs it.
NO_CODE: Final = -1_000_000


class Text(NamedTuple):
    """A column of texts, and the texts that have a number: their places."""

    column: str
    texts: Sequence[str]


class Kind(Enum):
    """What a column holds that is looked up."""

    WHOLE = "whole"
    TEXT = "text"
    DAY = "day"
    FLAG = "flag"


class Column(NamedTuple):
    """
    What is looked up, by number.

    Args:
        values: The value of each number.
        kind: What they are.
        codes: Where only these texts may stand there, all of them, in their order.
        fixed: Whether these are the same for every table and edition.
    """

    values: Sequence[int | str | date | bool | None]
    kind: Kind = Kind.WHOLE
    codes: tuple[str, ...] = ()
    fixed: bool = True


def is_nothing(value: object) -> bool:
    """Tell whether a value is what some library calls nothing."""
    return (
        value is None
        # Pandas has nothings of its own.
        or type(value).__name__ in {"NAType", "NaTType"}
        or (isinstance(value, float) and isnan(value))
    )


def members(value: object) -> tuple[str | None, ...]:
    """Give the texts that stand in a list, None for what is no text, also in place of a list."""
    if is_nothing(value):
        return ()
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Collection):
        return (None,)
    return tuple(text if isinstance(text, str) else None for text in value)


def told_by_branches(held: nw.Expr, stride: int) -> nw.Expr:
    """Count as `Engine.told` does: quick where a row takes one branch only."""
    told = nw.when(held).then(nw.lit(2 * stride)).when(held.is_null()).then(nw.lit(stride))
    return told.otherwise(nw.lit(0))


def told_by_sums(held: nw.Expr, stride: int) -> nw.Expr:
    """Count as `Engine.told` does: quick where every branch is a column for all rows."""
    return (held.cast(nw.Int32) * (2 * stride)).fill_null(stride)


class Engine(Protocol):
    """
    One library's own ways with its frames.

    Args:
        most: How many numbers may be looked up at once.
        day: The type of a day that is looked up; None where texts cannot be read as days.
        folds: Whether names of columns that differ in capitals alone are one.
    """

    most: int
    day: nw.dtypes.DType | None
    folds: bool

    def names(self, frame: Any) -> Sequence[object]:
        """Name a frame's columns, also those that stand there twice."""
        raise NotImplementedError

    def typeless(self, frame: Any, column: str) -> bool:
        """Tell whether a column has no type, and so holds nothing but nulls."""
        raise NotImplementedError

    def textual(self, frame: Any, column: str) -> bool:
        """Tell whether the categories of a column are texts."""
        raise NotImplementedError

    def told(self, held: nw.Expr, stride: int) -> nw.Expr:
        """Count a flag: nothing where it is false, a stride where it is null, two where true."""
        raise NotImplementedError

    def numbered(self, frame: Any, texts: Mapping[str, Text]) -> Any:
        """Add each text's number; one more than the last for null, two more for any other."""

    def looked_up(self, frame: Any, number: str, columns: Mapping[str, Column]) -> Any:
        """Add what stands at a number."""

    def listed(self, frame: Any, column: str, sums: Mapping[str, Mapping[str, int]]) -> Any:
        """Add up what the texts of a list count, every text once, `NO_CODE` for any other."""
