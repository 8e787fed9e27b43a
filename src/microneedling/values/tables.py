"""Plain tables: rows of exact values under documented columns, for papers, files and frames."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from microneedling._foundation import rendering

__all__ = ["Cell", "Column", "Table"]

Cell: TypeAlias = str | int | bool | date | Decimal | None


class Column(NamedTuple):
    """
    A column of a table.

    Args:
        name: The same in rows, frames and files, with its unit where it has one.
        kind: ``text``, ``list`` (texts joined by ``" | "``), ``whole``, ``decimal``, ``flag`` or
            ``day``.
        about: What it holds.
    """

    name: str
    kind: str
    about: str


class Table(rendering.Shown):
    """
    Rows under documented columns, in an order that stays.

    Args:
        name: What the table is called.
        columns: In the order in which they stand.
        cells: The cells of each row, in that order.

    >>> import microneedling as mn
    >>> table = mn.load("2026.1").table("options")
    >>> table.rows[0]["protocol"], str(table.rows[0]["longest_mm"])
    ('acne-scar-4-weekly', '1.5')
    """

    __slots__ = ("cells", "columns", "name")
    name: str
    columns: tuple[Column, ...]
    cells: tuple[tuple[Cell, ...], ...]
    _card = "table"

    def __init__(
        self, name: str, columns: Sequence[Column], cells: Sequence[Sequence[Cell]]
    ) -> None:
        self.name = name
        self.columns = tuple(columns)
        self.cells = tuple(tuple(row) for row in cells)

    @property
    def rows(self) -> tuple[Mapping[str, Cell], ...]:
        """Every row, by the names of the columns."""
        names = [column.name for column in self.columns]
        return tuple(dict(zip(names, row, strict=True)) for row in self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[Mapping[str, Cell]]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"Table({self.name!r}, {len(self.columns)} columns, {len(self.cells)} rows)"

    def to_csv(self) -> str:
        r"""
        Write it as CSV: lines end as RFC 4180 says, nothing is an empty field.

        >>> import microneedling as mn
        >>> mn.load("2026.1").table("settings").to_csv().partition(",")[0]
        'setting'
        """
        return rendering.text("table_csv", self)

    def to_markdown(self) -> str:
        """
        Write it as a table of Markdown, for a paper.

        >>> import microneedling as mn
        >>> mn.load("2026.1").table("settings").to_markdown().partition(" | label")[0]
        '| setting'
        """
        return rendering.text("table_markdown", self)

    def to_frame(self, engine: object = None) -> Any:  # noqa: ANN401 - of any library
        """
        Give it as a frame of a dataframe library; needs the extra `frames`.

        Args:
            engine: ``"polars"``, ``"pandas"``, ``"pyarrow"``, ``"duckdb"``, ``"ibis"``,
                ``"dask"`` or ``"pyspark"``, or the imported library itself. None takes the first
                of the first three that the program has imported, else the first that is there.

        Raises:
            InputError: If there is no such engine.
            MicroneedlingError: If the library or narwhals is not installed.
        """
        return rendering.frame(self, engine)
