"""
Columns of pandas that have no type of their own, given one where that is exact.

Pandas keeps booleans, whole numbers and days among which some are missing as objects or floats
unless it is told otherwise.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final, Protocol

import pandas as pd

from microneedling.frames.column_choices import made_names
from microneedling.frames.column_names import HOLDS, LISTS, Holds

__all__ = ["Tidied", "beside", "tidied"]


_infer = pd.api.types.infer_dtype
# What pandas says of objects that are numbers, and nothing else.
_NUMBERS: Final = {"integer", "floating", "mixed-integer-float", "empty"}


class Answerer(Protocol):
    """Adds the answers' columns to a frame."""

    def applied(self, native: Any) -> Any:
        """Give the frame with more columns."""


def tidied(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Give the same frame with types where its columns have none; others stay as they are."""
    made = {}
    for name in HOLDS:
        column = columns.get(name, name)
        if column in frame.columns and name not in LISTS:
            with suppress(TypeError, ValueError, OverflowError):
                made[column] = _typed(name, frame[column])
    return frame.assign(**{name: held for name, held in made.items() if held is not None})


def _typed(name: str, held: Any) -> Any:
    holds = HOLDS[name]
    if holds is Holds.FLAG and held.dtype == object:
        return held.astype("boolean")
    if holds is Holds.WHOLE and (
        pd.api.types.is_float_dtype(held.dtype)
        or (held.dtype == object and _infer(held, skipna=True) in _NUMBERS)
    ):
        # Refused where a number is not whole.
        return held.astype("Int64")
    if (
        holds is Holds.DAY
        and held.dtype == object
        and _infer(held, skipna=True) in {"date", "datetime", "empty"}
    ):
        return pd.to_datetime(held).astype("datetime64[us]")
    return None


def beside(frame: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """Give a frame as it was, with the answers' columns beside it, row for row."""
    return pd.concat([frame, made.set_axis(frame.index)], axis=1)


class Tidied:
    """
    Decides frames of pandas, one after the other, and leaves their own columns as they were.

    Args:
        answerer: What decides a frame whose columns have types.
        columns: Other names for ours.
        check: Refuses a frame whose columns have wrong types: of objects it is known only now.
    """

    def __init__(
        self,
        answerer: Answerer,
        columns: Mapping[str, str],
        check: Callable[[pd.DataFrame], object],
    ) -> None:
        self._answerer = answerer
        self._check = check
        self._columns = columns

    def applied(self, native: pd.DataFrame) -> pd.DataFrame:
        """See `Answerer`."""
        typed = tidied(native, self._columns)
        self._check(typed)
        answered = self._answerer.applied(typed)
        return beside(native, answered[made_names(self._columns)])
