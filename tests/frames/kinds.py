"""
Every kind of frame, made of rows, and read back as rows.

Each kind takes a frame of polars, which all tables here begin as, and gives its own; what
comes back is read by the library itself, not by narwhals.
"""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from math import isnan
from typing import Any, Final, NamedTuple

import polars as pl
import pytest

import microneedling as mn
from tests.frames import rows as oracle
from tests.frames.rows import Row

FINDINGS: Final = tuple(finding.value for finding in mn.Finding)
DAYS: Final = tuple(f"{finding}_last_on" for finding in FINDINGS)
REQUIRED: Final = oracle.REQUIRED
LISTS: Final = ("findings", "absent")
ONGOING: Final = tuple(f"{finding}_ongoing" for finding in FINDINGS)
CLEARED: Final = tuple((f"{finding}_cleared_on", f"{finding}_cleared_by") for finding in FINDINGS)
SESSION: Final = tuple(
    f"earlier_session_{part}"
    for part in ("on", "from", "to", "site", "length_um", "setting", "device")
)
# What makes a table one that is decided row by row.
KEYED: Final = (
    *("device_kind", "label_maximum_um", "longest_downtime_days", "numbing", "most_visits"),
    *SESSION,
    *(name for pair in CLEARED for name in pair),
)
BASE: Final = ("on", "indication", "severity", "site", "setting", "skin_type", "age_years")
OPTIONAL: Final = (
    *("severity", "skin_type", "age_years", "everything_asked"),
    *(*LISTS, *FINDINGS, *DAYS, *ONGOING),
)
_WHOLE: Final = (
    *("age_years", "label_maximum_um", "longest_downtime_days", "most_visits"),
    "earlier_session_length_um",
)


def is_day(name: str) -> bool:
    """Tell whether one of our columns holds days."""
    return name == "on" or name.endswith(("_on", "_from", "_to"))


def type_of(name: str) -> Any:
    """Give the type that polars has for one of our columns."""
    if name in oracle.CODES:
        return pl.String
    if name in LISTS:
        return pl.List(pl.String)
    if is_day(name):
        return pl.Date
    return pl.Int64 if name in _WHOLE else pl.Boolean


def table(rows: Sequence[Row], columns: Iterable[str]) -> pl.DataFrame:
    """Make a frame of rows, with a type for each column whatever stands there."""
    return pl.DataFrame(rows, schema={name: type_of(name) for name in columns}, orient="row")


class Kind(NamedTuple):
    """
    One kind of frame.

    Args:
        name: What a test's name shows.
        given: Makes one of a frame of polars.
        read: Gives some columns of what came back, as rows.
        needs: The packages that have to be there.
    """

    name: str
    given: Callable[[pl.DataFrame], Any]
    read: Callable[[Any, Sequence[str]], list[Row]]
    needs: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not installed of what has to be there."""
        tops = dict.fromkeys(package.partition(".")[0] for package in self.needs)
        return tuple(top for top in tops if find_spec(top) is None)

    def available(self) -> None:
        """Skip the test where a package is missing, and say which."""
        for package in self.needs:
            top = package.partition(".")[0]
            pytest.importorskip(package, reason=f"{top} is not installed")


def plain(value: Any) -> Any:
    """Give what each library calls nothing, a day or a number as Python has it."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, float) and isnan(value):
        return None
    if isinstance(value, datetime):
        assert value == datetime.combine(value.date(), datetime.min.time()), value
        return value.date()
    if isinstance(value, (date, str)):
        return value
    assert value == int(value), value
    return int(value)


def _rows(columns: Mapping[str, Sequence[Any]]) -> list[Row]:
    values = zip(*columns.values(), strict=True)
    return [dict(zip(columns, map(plain, row), strict=True)) for row in values]


def read_polars(frame: Any, names: Sequence[str]) -> list[Row]:
    """Read polars, lazy or not."""
    held = frame.lazy().select(names).collect()
    return _rows({name: held[name].to_list() for name in names})


def _read_streamed(frame: Any, names: Sequence[str]) -> list[Row]:
    return read_polars(frame.collect(engine="streaming"), names)


def _read_pandas(frame: Any, names: Sequence[str]) -> list[Row]:
    return _rows({name: frame[name].tolist() for name in names})


def read_arrow(frame: Any, names: Sequence[str]) -> list[Row]:
    """Read Arrow tables."""
    return _rows({name: frame[name].to_pylist() for name in names})


def _read_duckdb(frame: Any, names: Sequence[str]) -> list[Row]:
    quoted = ", ".join(f'"{name}"' for name in names)
    found = frame.project(quoted).fetchall()
    return [dict(zip(names, map(plain, row), strict=True)) for row in found]


def _read_ibis(frame: Any, names: Sequence[str]) -> list[Row]:
    return read_arrow(frame.select(*names).to_pyarrow(), names)


def _read_dask(frame: Any, names: Sequence[str]) -> list[Row]:
    return _read_pandas(frame.compute(scheduler="synchronous"), names)


def _read_spark(frame: Any, names: Sequence[str]) -> list[Row]:
    return read_arrow(frame.select(*names).toArrow(), names)


def _coded(frame: pl.DataFrame) -> list[str]:
    return [name for name in frame.columns if name in oracle.CODES]


def _categorical(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(_coded(frame)).cast(pl.Categorical))


def _enums(frame: pl.DataFrame) -> pl.DataFrame:
    """Give codes as enumerations, in no order of ours, and with what is no code."""
    for name in _coded(frame):
        held = sorted(frame[name].drop_nulls().unique(), reverse=True)
        frame = frame.with_columns(pl.col(name).cast(pl.Enum(["never", *held])))
    return frame


def to_pandas(frame: pl.DataFrame) -> Any:
    """Make a frame of pandas whose columns have types that know nulls."""
    import pandas as pd

    made = {}
    for name, kind in frame.schema.items():
        values = frame[name].to_list()
        if kind == pl.Boolean:
            made[name] = pd.array(values, dtype="boolean")
        elif kind.is_float():
            made[name] = pd.array(values, dtype="float64")
        elif kind.is_integer():
            made[name] = pd.array(values, dtype="Int64")
        elif kind == pl.Date:
            made[name] = pd.Series(pd.to_datetime(values)).astype("datetime64[us]").array
        elif kind == pl.String:
            made[name] = pd.array(values, dtype="str")
        else:
            made[name] = pd.Series(values, dtype=object).array
    return pd.DataFrame(made)


def untyped_pandas(frame: pl.DataFrame) -> Any:
    """Make a frame of pandas as it comes of plain Python values: objects and floats."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series(frame[name].to_list()) for name in frame.columns})


def _pandas_categories(frame: pl.DataFrame) -> Any:
    return to_pandas(frame).astype(dict.fromkeys(_coded(frame), "category"))


def _pandas_arrow(frame: pl.DataFrame) -> Any:
    import pandas as pd

    return frame.to_arrow().to_pandas(types_mapper=pd.ArrowDtype)


def _arrow_dictionaries(frame: pl.DataFrame) -> Any:
    held = frame.to_arrow()
    for name in _coded(frame):
        place = held.column_names.index(name)
        held = held.set_column(place, name, held[name].dictionary_encode())
    return held


def _in_chunks(frame: pl.DataFrame) -> Any:
    """Make an Arrow table of several chunks, one of them empty."""
    import pyarrow as pa

    held, middle = frame.to_arrow(), len(frame) // 3
    return pa.concat_tables([held[:middle], held[:0], held[middle:]])


def to_duckdb(frame: pl.DataFrame) -> Any:
    """Make a relation of a connection of its own."""
    import duckdb

    return duckdb.connect().from_arrow(frame.to_arrow())


def _duckdb_enums(frame: pl.DataFrame) -> Any:
    held, names = to_duckdb(frame), _coded(frame)
    for name in names:
        known = ", ".join(f"'{text}'" for text in sorted({"never", *frame[name].drop_nulls()}))
        held = held.project(f'* replace (cast("{name}" as enum ({known})) as "{name}")')
    return held


def to_ibis(frame: pl.DataFrame) -> Any:
    """Make an expression of ibis, which DuckDB runs."""
    import ibis

    held = ibis.memtable(frame)
    return held.select(*held.columns)


def to_dask(frame: pl.DataFrame) -> Any:
    """Make a frame of Dask of three partitions; lists have Arrow's type, as it wants them."""
    import dask.dataframe as dd
    import pandas as pd
    import pyarrow as pa

    held = to_pandas(frame)
    lists = pd.ArrowDtype(pa.list_(pa.string()))
    kinds = {name: lists for name, kind in frame.schema.items() if kind == pl.List(pl.String)}
    from_pandas: Any = dd.from_pandas
    return from_pandas(held.astype(kinds), npartitions=3, sort=False)


def to_spark(frame: pl.DataFrame) -> Any:
    """Make a frame of Spark, of the session that the fixture has started."""
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    assert session is not None, "the test needs the fixture"
    return session.createDataFrame(frame.to_arrow())


POLARS: Final = (
    Kind("polars", lambda frame: frame, read_polars),
    Kind("polars-lazy", lambda frame: frame.lazy(), read_polars),
    Kind("polars-streaming", lambda frame: frame.lazy(), _read_streamed),
    Kind("polars-categorical", _categorical, read_polars),
    Kind("polars-enum", lambda frame: _enums(frame).lazy(), read_polars),
)
PANDAS: Final = Kind("pandas", to_pandas, _read_pandas, ("pandas",))
ARROW: Final = Kind("pyarrow", lambda frame: frame.to_arrow(), read_arrow, ("pyarrow",))
DUCKDB: Final = Kind("duckdb", to_duckdb, _read_duckdb, ("duckdb", "pyarrow"))
IBIS: Final = Kind("ibis", to_ibis, _read_ibis, ("ibis", "duckdb", "pyarrow"))
DASK: Final = Kind("dask", to_dask, _read_dask, ("dask.dataframe", "pyarrow"))
SPARK: Final = Kind("pyspark", to_spark, _read_spark, ("pyspark", "pyarrow"))
MORE: Final = (
    PANDAS,
    Kind("pandas-categories", _pandas_categories, _read_pandas, ("pandas",)),
    Kind("pandas-arrow", _pandas_arrow, _read_pandas, ("pandas", "pyarrow")),
    ARROW,
    Kind("pyarrow-dictionaries", _arrow_dictionaries, read_arrow, ("pyarrow",)),
    Kind("pyarrow-chunks", _in_chunks, read_arrow, ("pyarrow",)),
    DUCKDB,
    Kind("duckdb-enums", _duckdb_enums, _read_duckdb, ("duckdb", "pyarrow")),
    IBIS,
    DASK,
    SPARK,
)
# What needs Dask, or Java, and takes seconds where others take none.
CLUSTERS: Final = (DASK, SPARK)
# One of each library.
LIBRARIES: Final = (*POLARS[:2], PANDAS, ARROW, DUCKDB, IBIS, DASK, SPARK)


def each(*kinds: Kind, own: Collection[Kind] = ()) -> pytest.MarkDecorator:
    """
    Run a test for each of some kinds.

    Of a library that is not installed there is no case: `test_installed.py` skips once for each,
    and says so. On the engines of `CLUSTERS` a test that others share is heavy, too.

    Args:
        kinds: Which ones.
        own: Those of `CLUSTERS` of which the test shows what is special of them.
    """
    here = [kind for kind in kinds if not kind.missing]
    if here:
        cases = [
            pytest.param(kind, id=kind.name, marks=_marks(kind, own=kind in own)) for kind in here
        ]
    else:
        reason = f"none of these is installed: {', '.join(kind.name for kind in kinds)}"
        cases = [pytest.param(kinds[0], id="none", marks=pytest.mark.skip(reason))]
    return pytest.mark.parametrize("kind", cases, indirect=True)


def _marks(kind: Kind, *, own: bool) -> list[pytest.MarkDecorator]:
    if kind not in CLUSTERS:
        return []
    return [pytest.mark.cluster] if own else [pytest.mark.cluster, pytest.mark.heavy]


def same(rows: Sequence[Row], got: Sequence[Row], knowledge: mn.Knowledge) -> int:
    """Check that every row got what the one function gives; give how many were compared."""
    assert len(got) == len(rows)
    for row, told in zip(rows, got, strict=True):
        wrong = oracle.disagreement(row, told, knowledge)
        assert wrong is None, (wrong, {name: v for name, v in row.items() if v not in (None, [])})
    return len(got)


@contextlib.contextmanager
def refused(*problems: tuple[str, str]) -> Iterator[None]:
    """Check that one error tells of exactly these problems: codes and columns."""
    with pytest.raises(mn.InputError) as caught:
        yield
    assert {(p.code, p.path) for p in caught.value.problems} == set(problems)
