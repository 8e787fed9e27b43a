"""Pandas, by way of numpy."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from microneedling.frames.engines.engine import NO_CODE, Column, Kind, Text, members, told_by_sums

__all__ = ["Pandas", "counted"]


def counted(lists: Iterable[object], sums: Sequence[Mapping[str, int]]) -> npt.NDArray[np.int32]:
    """Add up what the texts of lists count, a column for each way of counting."""
    # Patients have few combinations of findings, so the same lists recur.
    kept: dict[tuple[str | None, ...], tuple[int, ...]] = {}
    made: list[tuple[int, ...]] = []
    for texts in lists:
        key = members(texts)
        if key not in kept:
            kept[key] = tuple(
                sum(NO_CODE if text is None else counts.get(text, NO_CODE) for text in held)
                for held in [set(key)]
                for counts in sums
            )
        made.append(kept[key])
    return np.array(made, dtype=np.int32).reshape(len(made), len(sums))


class Pandas:
    """Categoricals by their categories, all else by an index."""

    most = 1 << 16
    day: nw.dtypes.DType | None = nw.Datetime()
    folds = False

    def told(self, held: nw.Expr, stride: int) -> nw.Expr:
        """See `Engine`."""
        return told_by_sums(held, stride)

    def names(self, frame: pd.DataFrame) -> Sequence[object]:
        """See `Engine`."""
        return list(frame.columns)

    def typeless(self, frame: pd.DataFrame, column: str) -> bool:
        """See `Engine`."""
        held = frame[column]
        if not bool(held.isna().all()):
            return False
        # What floats there will be cannot be seen where there is none yet.
        return bool(len(held)) or not pd.api.types.is_float_dtype(held.dtype)

    def textual(self, frame: pd.DataFrame, column: str) -> bool:
        """See `Engine`."""
        kind: Any = frame[column].dtype
        if not isinstance(kind, pd.CategoricalDtype):
            return True
        return all(isinstance(text, str) for text in kind.categories)

    def numbered(self, frame: pd.DataFrame, texts: Mapping[str, Text]) -> pd.DataFrame:
        """See `Engine`."""
        made = {name: _number(frame[text.column], text.texts) for name, text in texts.items()}
        return _with(frame, made)

    def looked_up(
        self, frame: pd.DataFrame, number: str, columns: Mapping[str, Column]
    ) -> pd.DataFrame:
        """See `Engine`."""
        numbers = frame[number].to_numpy(dtype=np.int32)
        made = {name: _taken(column, numbers) for name, column in columns.items()}
        return _with(frame, made)

    def listed(
        self, frame: pd.DataFrame, column: str, sums: Mapping[str, Mapping[str, int]]
    ) -> pd.DataFrame:
        """See `Engine`."""
        table = counted(frame[column], list(sums.values()))
        return _with(frame, {name: table[:, place] for place, name in enumerate(sums)})


def _with(frame: pd.DataFrame, made: Mapping[str, Any]) -> pd.DataFrame:
    # At once: pandas warns of frames that grow column by column.
    return pd.concat([frame, pd.DataFrame(dict(made), index=frame.index)], axis=1)


def _number(column: Any, known: Sequence[str]) -> npt.NDArray[np.int32]:
    index, missing, other = pd.Index(known), len(known), len(known) + 1
    if isinstance(column.dtype, pd.CategoricalDtype):
        places = index.get_indexer(column.cat.categories)
        codes = column.cat.codes.to_numpy()
    else:
        codes, distinct = pd.factorize(column)
        places = index.get_indexer(pd.Index(distinct))
    # The code of what is missing is -1: the last place.
    of_code = np.append(np.where(places < 0, other, places), missing)
    made: npt.NDArray[np.int32] = of_code.astype(np.int32)[codes]
    return made


def _taken(column: Column, numbers: npt.NDArray[np.int32]) -> Any:
    held = list(column.values)
    if column.codes:
        place = {code: n for n, code in enumerate(column.codes)}
        codes = np.array([place.get(str(value), -1) for value in held], dtype=np.int16)
        known = list(column.codes)
        return pd.Categorical.from_codes(codes[numbers], categories=known, ordered=True)
    if column.kind is Kind.FLAG:
        return pd.array(held, dtype="boolean").take(numbers)
    if column.kind is Kind.DAY:
        return np.array(held, dtype="datetime64[ms]")[numbers]
    if column.kind is Kind.TEXT:
        return pd.array(held, dtype="str").take(numbers)
    if None in held:
        return pd.array(held, dtype="Int32").take(numbers)
    return np.array(held, dtype=np.int32)[numbers]
