"""DuckDB, in its SQL."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import uuid4

import duckdb
import narwhals.stable.v2 as nw
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from microneedling.frames.engines.engine import NO_CODE, Column, Kind, Text, told_by_branches

__all__ = ["DuckDB", "brought_back"]

_KINDS: Final = {
    Kind.WHOLE: "integer",
    Kind.TEXT: "varchar",
    Kind.DAY: "date",
    Kind.FLAG: "boolean",
}
# Between values, and in place of none: no text has them.
_BETWEEN, _NOTHING = "\x1f", "\x1e"


class DuckDB:
    """Lists that are part of the query's text, so they are kept short."""

    most = 1 << 16
    # A hundred thousand texts are too many for a list.
    day = None
    folds = True

    def told(self, held: nw.Expr, stride: int) -> nw.Expr:
        """See `Engine`."""
        return told_by_branches(held, stride)

    def names(self, frame: DuckDBPyRelation) -> Sequence[object]:
        """See `Engine`."""
        return frame.columns

    def typeless(self, frame: DuckDBPyRelation, column: str) -> bool:
        """See `Engine`."""
        return str(frame.types[frame.columns.index(column)]).strip('"') == "NULL"

    def textual(self, frame: DuckDBPyRelation, column: str) -> bool:
        """See `Engine`."""
        return str(frame.types[frame.columns.index(column)]).startswith("ENUM")

    def numbered(self, frame: DuckDBPyRelation, texts: Mapping[str, Text]) -> DuckDBPyRelation:
        """See `Engine`."""

        def number(column: str, known: Sequence[str]) -> str:
            held, listed = _name(column), ", ".join(map(_text, known))
            return (
                f"cast(coalesce(list_position([{listed}], cast({held} as varchar)) - 1, "
                f"case when {held} is null then {len(known)} else {len(known) + 1} end) as integer)"
            )

        return _with(frame, {name: number(*text) for name, text in texts.items()})

    def looked_up(
        self, frame: DuckDBPyRelation, number: str, columns: Mapping[str, Column]
    ) -> DuckDBPyRelation:
        """See `Engine`."""
        # One list whose place is found once a row, however many columns there are. In a query of
        # its own it is made once for all rows, not for each vector of them; of texts in a table,
        # for long lists take long to plan, and constants are worked out far more slowly.
        lists = ", ".join(_list(f"given.held_{n}", c) for n, c in enumerate(columns.values()))
        texts = ", ".join(_text(_joined(column.values)) for column in columns.values())
        held = ", ".join(f"held_{place}" for place in range(len(columns)))
        given = f"(values ({texts})) given({held})"
        whole = _name(f"{number}_all")
        found = f"(select list_zip({lists}) from {given})[{_name(number)} + 1]"  # noqa: S608 - ours, quoted
        made = [
            f"struct_extract_at({whole}, {place}) as {_name(name)}"
            for place, name in enumerate(columns, 1)
        ]
        frame = frame.project(f"*, {found} as {whole}")
        return frame.project(", ".join([f"* exclude ({whole})", *made]))

    def listed(
        self, frame: DuckDBPyRelation, column: str, sums: Mapping[str, Mapping[str, int]]
    ) -> DuckDBPyRelation:
        """See `Engine`."""
        held = f"cast({_name(column)} as varchar[])"

        def counted(counts: Mapping[str, int]) -> str:
            known, each = ", ".join(map(_text, counts)), ", ".join(map(str, counts.values()))
            place = f"list_position([{known}], x)"
            # `list_distinct` leaves out nulls, which are no codes either.
            return (
                f"cast(coalesce(list_sum(list_transform(list_distinct({held}), "
                f"lambda x: coalesce([{each}][{place}], {NO_CODE}))), 0) "
                f"+ case when len(list_filter({held}, lambda x: x is null)) > 0 "
                f"then {NO_CODE} else 0 end as integer)"
            )

        return _with(frame, {name: counted(counts) for name, counts in sums.items()})


def brought_back(table: object, connection: DuckDBPyConnection | None) -> DuckDBPyRelation:
    """Make an Arrow table a relation again, of a connection or the default one."""
    if connection is None:
        return duckdb.from_arrow(table)
    name = f"microneedling_{uuid4().hex}"
    return connection.register(name, table).table(name)


def _with(frame: DuckDBPyRelation, made: Mapping[str, str]) -> DuckDBPyRelation:
    return frame.project(", ".join(["*", *(f"{sql} as {_name(n)}" for n, sql in made.items())]))


def _list(joined: str, column: Column) -> str:
    """Take a list apart that was joined to one text."""
    parts = f"string_split({joined}, '{_BETWEEN}')"
    if None in column.values:
        parts = f"list_transform({parts}, lambda x: nullif(x, '{_NOTHING}'))"
    kind = _KINDS[column.kind]
    if column.codes:
        # Written without hashing each row's text.
        kind = f"enum({', '.join(map(_text, column.codes))})"
    return f"cast({parts} as {kind}[])"


def _joined(values: Sequence[object]) -> str:
    if None not in values:
        return _BETWEEN.join(map(str, values))
    return _BETWEEN.join(_NOTHING if value is None else str(value) for value in values)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
