"""A plain table as text: CSV for programs, Markdown for papers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microneedling.values.tables import Cell, Table

__all__ = ["cell_text", "table_csv", "table_markdown"]


def cell_text(cell: "Cell") -> str:
    """Write one value exactly: nothing for None, days as ISO 8601, numbers with all digits."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)


def table_csv(table: "Table") -> str:
    """Write a table as CSV by RFC 4180, with a header."""
    import csv
    from io import StringIO

    held = StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([cell_text(cell) for cell in row] for row in table.cells)
    return held.getvalue()


def table_markdown(table: "Table") -> str:
    """Write a table as a table of Markdown; what would end a cell is escaped."""
    names = [column.name for column in table.columns]
    numbers = {"whole", "decimal"}
    rule = ["---:" if column.kind in numbers else "---" for column in table.columns]
    rows = [names, rule, *([_escaped(cell_text(cell)) for cell in row] for row in table.cells)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _escaped(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())
