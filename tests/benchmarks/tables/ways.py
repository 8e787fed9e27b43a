"""How each library reads Parquet and writes it: as its own documentation would have it."""

import os
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any, Final, NamedTuple

__all__ = ["WAYS", "Way"]

# A frame of the library's own kind.
Native = Any


class Way(NamedTuple):
    """
    One library.

    Args:
        version: As it is printed.
        read: Opens files, lazily where the library can.
        write: Writes a frame to a file, or to a folder of files.
    """

    version: str
    read: Callable[[str], Native]
    write: Callable[[Native, str], object]


def _polars() -> Way:
    import polars as pl

    return Way(pl.__version__, pl.scan_parquet, lambda frame, path: frame.sink_parquet(path))


def _pandas() -> Way:
    import pandas as pd

    # Its default makes objects of booleans among which some are missing.
    return Way(
        pd.__version__,
        lambda path: pd.read_parquet(path, dtype_backend="numpy_nullable"),
        lambda frame, path: frame.to_parquet(path),
    )


def _pyarrow() -> Way:
    import pyarrow as pa
    import pyarrow.parquet as pq

    return Way(pa.__version__, pq.read_table, pq.write_table)


def _duckdb(memory_limit: str | None = None) -> Way:
    import duckdb

    connection = duckdb.connect(config={"memory_limit": memory_limit} if memory_limit else {})
    return Way(
        duckdb.__version__,
        connection.read_parquet,
        lambda relation, path: relation.write_parquet(path),
    )


def _dask() -> Way:
    import dask.dataframe as dd

    return Way(
        version("dask"),
        # A partition for each row group, or one file would be one partition.
        lambda path: dd.read_parquet(path, split_row_groups=True, dtype_backend="numpy_nullable"),
        # It guesses the type of categories wrongly, and then refuses the partitions.
        lambda frame, path: frame.to_parquet(path, schema=None),
    )


def _pyspark() -> Way:
    import pyspark
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.memory", "6g")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return Way(
        pyspark.__version__,
        session.read.parquet,
        lambda frame, path: frame.write.mode("overwrite").parquet(path),
    )


WAYS: Final[Mapping[str, Callable[..., Way]]] = {
    "polars": _polars,
    "duckdb": _duckdb,
    "pyarrow": _pyarrow,
    "pandas": _pandas,
    "dask": _dask,
    "pyspark": _pyspark,
}
