"""Polars, always lazily: what was eager is collected at the end."""

from collections.abc import Mapping, Sequence
from typing import Final

import narwhals.stable.v2 as nw
import polars as pl

from microneedling.frames.engines.engine import NO_CODE, Column, Kind, Text, told_by_branches

__all__ = ["Polars"]

_KINDS: Final = {
    Kind.WHOLE: pl.Int32,
    Kind.TEXT: pl.String,
    Kind.DAY: pl.Date,
    Kind.FLAG: pl.Boolean,
}


class Polars:
    """Expressions that keep the order of rows and run in the streaming engine."""

    most = 1 << 16
    day: nw.dtypes.DType | None = nw.Date()
    folds = False

    def told(self, held: nw.Expr, stride: int) -> nw.Expr:
        """See `Engine`."""
        return told_by_branches(held, stride)

    def names(self, frame: pl.DataFrame | pl.LazyFrame) -> Sequence[object]:
        """See `Engine`."""
        return frame.collect_schema().names()

    def typeless(self, frame: pl.DataFrame | pl.LazyFrame, column: str) -> bool:
        """See `Engine`."""
        return frame.collect_schema()[column] == pl.Null

    def textual(self, frame: pl.DataFrame | pl.LazyFrame, column: str) -> bool:
        """See `Engine`."""
        return frame.collect_schema()[column] in (pl.Categorical, pl.Enum)

    def numbered(self, frame: pl.LazyFrame, texts: Mapping[str, Text]) -> pl.LazyFrame:
        """See `Engine`."""

        def number(column: str, known: Sequence[str]) -> pl.Expr:
            held = pl.col(column)
            found = held.cast(pl.Enum(known), strict=False).to_physical().cast(pl.Int32)
            missing, other = len(known), len(known) + 1
            return pl.when(held.is_null()).then(missing).otherwise(found.fill_null(other))

        return frame.with_columns(number(*text).alias(name) for name, text in texts.items())

    def looked_up(
        self, frame: pl.LazyFrame, number: str, columns: Mapping[str, Column]
    ) -> pl.LazyFrame:
        """See `Engine`."""

        def taken(column: Column) -> pl.Expr:
            kind = _coded(column) if column.codes else _KINDS[column.kind]
            return pl.lit(pl.Series(column.values, dtype=kind)).gather(pl.col(number))

        return frame.with_columns(taken(column).alias(name) for name, column in columns.items())

    def listed(
        self, frame: pl.LazyFrame, column: str, sums: Mapping[str, Mapping[str, int]]
    ) -> pl.LazyFrame:
        """See `Engine`."""

        def counted(counts: Mapping[str, int]) -> pl.Expr:
            text = pl.element().cast(pl.String)
            each = text.replace_strict(
                list(counts), list(counts.values()), default=NO_CODE, return_dtype=pl.Int32
            )
            return pl.col(column).list.unique().list.eval(each).list.sum().fill_null(0)

        return frame.with_columns(counted(counts).alias(name) for name, counts in sums.items())


def _coded(column: Column) -> pl.Enum | pl.Categorical:
    # Tables with other enumerations cannot be put below each other.
    return pl.Enum(column.codes) if column.fixed else pl.Categorical()
