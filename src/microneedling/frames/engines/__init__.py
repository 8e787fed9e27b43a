"""
What each dataframe library does in its own way: turn texts into numbers, and look numbers up.

All else is said once, in the words of narwhals. A join would do both, too, but most
engines give back the rows of a join in another order.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from microneedling.frames.engines.engine import Column, Engine, Kind, Text, is_nothing, members

__all__ = ["ENGINES", "Column", "Engine", "Kind", "Text", "engine_of", "is_nothing", "members"]

# By the name that narwhals gives a library.
ENGINES: Final[Mapping[str, tuple[str, str]]] = {
    "polars": ("polars_engine", "Polars"),
    "pandas": ("pandas_engine", "Pandas"),
    "pyarrow": ("arrow_engine", "Arrow"),
    # For those who cannot read dictionaries.
    "plain_pyarrow": ("arrow_engine", "PlainArrow"),
    "duckdb": ("duckdb_engine", "DuckDB"),
}


def engine_of(library: str) -> Engine:
    """Give a library's own ways; only now is the library imported."""
    module, name = ENGINES[library]
    made: Callable[[], Engine] = getattr(import_module(f"{__name__}.{module}"), name)
    return made()
