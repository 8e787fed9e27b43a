"""The parts that are measured of whole tables."""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import Final

from tests.benchmarks.table import Row

from .files import beside_copies
from .growing import growing
from .in_memory import in_memory
from .streaming import streaming

__all__ = ["PARTS", "Part", "tables"]

# Told the rows, or None for those that its goals are about, and a folder.
Part = Callable[[int | None, str], list[Row]]


def _files(rows: int | None, folder: str) -> list[Row]:
    return beside_copies([rows] if rows else [1_000_000, 10_000_000], folder)


PARTS: Final[Mapping[str, Part]] = {
    "files": _files,
    "memory": lambda rows, folder: in_memory(rows or 10_000_000, folder),
    "growth": lambda rows, folder: growing(rows or 10_000_000, folder),
    "stream": lambda rows, folder: streaming(rows or 100_000_000, folder),
}


def tables(rows: int | None, only: list[str] | None = None) -> dict[str, list[Row]]:
    """
    Measure some parts, or all; the rows are made with numpy and polars.

    Raises:
        DifferenceError: If a row is decided otherwise than by the one function.
    """
    chosen = [name for name in PARTS if not only or name in only]
    lacking = [name for name in ("narwhals", "numpy", "polars") if find_spec(name) is None]
    if lacking:
        left_out = f"left out, since there is no {', '.join(lacking)}"
        return {name: [Row(f"Tables, {name}: {left_out}")] for name in chosen}
    with TemporaryDirectory() as folder:
        return {name: PARTS[name](rows, folder) for name in chosen}
