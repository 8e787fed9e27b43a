"""Arrow tables; their dictionaries are looked at once, not row by row."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.compute

from microneedling.frames.engines.engine import NO_CODE, Column, Kind, Text, told_by_sums

__all__ = ["Arrow", "PlainArrow"]

# Its functions are made when it is imported, so no checker knows them.
pc: Any = pyarrow.compute
_KINDS: Final = {
    Kind.WHOLE: pa.int32(),
    Kind.TEXT: pa.string(),
    Kind.DAY: pa.date32(),
    Kind.FLAG: pa.bool_(),
}


class Arrow:
    """Arrow's own compute functions; columns with few texts become dictionaries."""

    _coded = True
    most = 1 << 16
    day: nw.dtypes.DType | None = nw.Date()
    folds = False

    def told(self, held: nw.Expr, stride: int) -> nw.Expr:
        """See `Engine`."""
        return told_by_sums(held, stride)

    def names(self, frame: pa.Table) -> Sequence[object]:
        """See `Engine`."""
        return list(frame.column_names)

    def typeless(self, frame: pa.Table, column: str) -> bool:
        """See `Engine`."""
        return bool(pa.types.is_null(frame.schema.field(column).type))

    def textual(self, frame: pa.Table, column: str) -> bool:
        """See `Engine`."""
        kind = frame.schema.field(column).type
        return not pa.types.is_dictionary(kind) or _is_text(kind.value_type)

    def numbered(self, frame: pa.Table, texts: Mapping[str, Text]) -> pa.Table:
        """See `Engine`."""
        for name, text in texts.items():
            chunks = [_number(chunk, text.texts) for chunk in frame[text.column].chunks]
            frame = frame.append_column(name, pa.chunked_array(chunks, type=pa.int32()))
        return frame

    def looked_up(self, frame: pa.Table, number: str, columns: Mapping[str, Column]) -> pa.Table:
        """See `Engine`."""
        numbers = frame[number]
        for name, column in columns.items():
            frame = frame.append_column(name, self._taken(column, numbers))
        return frame

    def listed(
        self, frame: pa.Table, column: str, sums: Mapping[str, Mapping[str, int]]
    ) -> pa.Table:
        """See `Engine`."""
        held = frame[column].combine_chunks()
        if pa.types.is_string_view(held.type.value_type):
            held = held.cast(pa.large_list(pa.string()))
        if held.null_count:
            # What a null hides is left out.
            held = pc.take(held, pa.array(range(len(held)), type=pa.int64()))
        # Each list's distinct texts, by the row that they are of.
        pairs = pa.table({"row": pc.list_parent_indices(held), "text": pc.list_flatten(held)})
        pairs = pairs.group_by(["row", "text"]).aggregate([])
        text = pairs["text"].cast(pa.string())
        for name, counts in sums.items():
            place = pc.index_in(text, pa.array(list(counts)))
            counted = pc.fill_null(pc.take(pa.array(list(counts.values())), place), NO_CODE)
            of_row = pa.table({"row": pairs["row"], "counted": counted})
            total = of_row.group_by("row").aggregate([("counted", "sum")])
            found = pc.index_in(pa.array(range(len(held)), type=pa.int64()), total["row"])
            added = pc.fill_null(pc.take(total["counted_sum"], found), 0)
            frame = frame.append_column(name, added.cast(pa.int32()))
        return frame

    def _taken(self, column: Column, numbers: pa.ChunkedArray) -> pa.ChunkedArray:
        if not column.codes:
            return pc.take(pa.array(column.values, type=_KINDS[column.kind]), numbers)
        if not self._coded:
            return pc.take(pa.array(column.values, type=pa.string()), numbers)
        place = {code: n for n, code in enumerate(column.codes)}
        codes = pa.array([place.get(str(value)) for value in column.values], type=pa.int16())
        known = pa.array(column.codes, type=pa.string())
        kind = pa.dictionary(pa.int16(), pa.string(), ordered=True)
        chunks = [
            pa.DictionaryArray.from_arrays(pc.take(codes, chunk), known, ordered=True)
            for chunk in numbers.chunks
        ]
        return pa.chunked_array(chunks, type=kind)


class PlainArrow(Arrow):
    """The same without dictionaries, which not everybody reads."""

    _coded = False
    # For Spark, which does not tell them apart.
    folds = True


def _is_text(kind: Any) -> bool:
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in tests)


def _number(chunk: Any, texts: Sequence[str]) -> Any:
    missing, other = len(texts), len(texts) + 1
    if pa.types.is_dictionary(chunk.type):
        held = _plain(chunk.dictionary)
        known = pa.array(texts, type=held.type)
        places = pc.fill_null(pc.index_in(held, known), other)
        # A dictionary may hold a null itself.
        places = pc.if_else(pc.is_null(held), missing, places)
        return pc.fill_null(pc.take(places, chunk.indices), missing).cast(pa.int32())
    if pa.types.is_null(chunk.type):
        return pa.array([missing] * len(chunk), type=pa.int32())
    chunk = _plain(chunk)
    found = pc.fill_null(pc.index_in(chunk, pa.array(texts, type=chunk.type)), other)
    return pc.if_else(pc.is_null(chunk), missing, found).cast(pa.int32())


def _plain(texts: Any) -> Any:
    # Arrow looks nothing up in views.
    return texts.cast(pa.string()) if pa.types.is_string_view(texts.type) else texts
