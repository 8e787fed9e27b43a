"""
Plain tables as frames: every library that tables come from, every value as it is.

Whole numbers stay whole where some are missing, millimetres are decimals, days are days.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Final, TypeAlias

import narwhals.stable.v2 as nw

from microneedling._foundation.checks import refuse
from microneedling._foundation.errors import MicroneedlingError
from microneedling.values.tables import Cell, Column, Table

__all__ = ["ENGINES", "frame_of"]

# Digits of millimetres, and those behind the point: whole micrometres.
_DECIMAL: Final = (9, 3)


def frame_of(table: Table, engine: object = None) -> Any:
    """
    Give a plain table as a frame; see `Table.to_frame`.

    >>> import microneedling as mn
    >>> frame = mn.load("2026.1").to_frame("penetrations", engine="polars")
    >>> frame["needle_um"].to_list()
    [770, 600, 500, 1500]
    """
    library = _named(engine)
    cells = list(zip(*table.cells, strict=True)) or [()] * len(table.columns)
    try:
        return ENGINES[library](dict(zip(table.columns, cells, strict=True)))
    except ModuleNotFoundError as error:
        message = f"A frame of {library} needs {error.name}, which is not installed"
        raise MicroneedlingError(message) from None


def _named(engine: object) -> str:
    """Give the name of a library that is given by it, as a module, or not at all."""
    if isinstance(engine, ModuleType):
        engine = engine.__name__
    if engine is None:
        found = [name for name in _IN_MEMORY if sys.modules.get(name)]
        found += [name for name in _IN_MEMORY if find_spec(name)]
        if not found:
            message = f"A frame needs one of {', '.join(_IN_MEMORY)}, and none is installed"
            raise MicroneedlingError(message)
        return found[0]
    if not isinstance(engine, str) or engine not in ENGINES:
        refuse("unknown_code", "engine", f"give one of {', '.join(ENGINES)}")
    return engine


_Columns: TypeAlias = Mapping[Column, Sequence[Cell]]


def _polars(columns: _Columns) -> Any:
    import polars as pl

    kinds: dict[str, Any] = {
        "whole": pl.Int64,
        "flag": pl.Boolean,
        "day": pl.Date,
        "decimal": pl.Decimal(*_DECIMAL),
    }
    return pl.DataFrame(
        [pl.Series(one.name, held, kinds.get(one.kind, pl.String)) for one, held in columns.items()]
    )


def _pandas(columns: _Columns) -> Any:
    import pandas as pd

    # Days and decimals have no type there that keeps them: as they are in Python.
    kinds = {"whole": "Int64", "flag": "boolean", "day": "object", "decimal": "object"}
    return pd.DataFrame(
        {
            one.name: pd.Series(held, dtype=kinds.get(one.kind, "string"))
            for one, held in columns.items()
        }
    )


def _arrow(columns: _Columns) -> Any:
    import pyarrow as pa

    kinds = {
        "whole": pa.int64(),
        "flag": pa.bool_(),
        "day": pa.date32(),
        "decimal": pa.decimal128(*_DECIMAL),
    }
    return pa.table(
        {
            one.name: pa.array(held, kinds.get(one.kind, pa.string()))
            for one, held in columns.items()
        }
    )


def _duckdb(columns: _Columns) -> Any:
    return _lazy(_arrow(columns), "duckdb")


def _ibis(columns: _Columns) -> Any:
    return _lazy(_arrow(columns), "ibis")


def _dask(columns: _Columns) -> Any:
    import dask.dataframe as dd
    import pandas as pd

    made: Any = dd.from_pandas
    return made(_arrow(columns).to_pandas(types_mapper=pd.ArrowDtype), npartitions=1)


def _spark(columns: _Columns) -> Any:
    from pyspark.sql import SparkSession

    return SparkSession.builder.getOrCreate().createDataFrame(_arrow(columns))


def _lazy(frame: Any, library: Any) -> Any:
    return nw.from_native(frame, eager_only=True).lazy(backend=library).to_native()


_IN_MEMORY: Final = ("polars", "pandas", "pyarrow")
ENGINES: Final[Mapping[str, Callable[[_Columns], Any]]] = {
    "polars": _polars,
    "pandas": _pandas,
    "pyarrow": _arrow,
    "duckdb": _duckdb,
    "ibis": _ibis,
    "dask": _dask,
    "pyspark": _spark,
}
