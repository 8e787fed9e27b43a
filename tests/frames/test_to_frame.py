"""Tables of an edition as frames: in every library the same values, exactly."""

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

import microneedling as mn
from microneedling.frames.table_frames import ENGINES

NAMES = ("options", "studies", "clearances", "edition", "sources", "effects")
IN_MEMORY = ("polars", "pandas", "pyarrow", "duckdb", "ibis")
NEEDS = {"dask": ("dask.dataframe", "pyarrow"), "ibis": ("ibis", "duckdb", "pyarrow")}


def made(knowledge: mn.Knowledge, name: str, engine: str) -> Any:
    for needed in NEEDS.get(engine, (engine,)):
        pytest.importorskip(needed, reason=f"{needed} is not installed")
    return knowledge.to_frame(name, engine)


def plain(value: Any) -> Any:
    """Give a value as Python has it: pandas has nothings of its own."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, datetime):
        return value.date()
    if type(value).__module__ == "numpy":
        return value.item()
    assert not isinstance(value, float)
    return value


def read(frame: Any, engine: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Read a frame by the library itself."""
    if engine == "polars":
        names, rows = frame.columns, frame.rows()
    elif engine == "pandas":
        names, rows = list(frame.columns), frame.itertuples(index=False, name=None)
    elif engine == "dask":
        return read(frame.compute(), "pandas")
    elif engine == "ibis":
        return read(frame.to_pyarrow(), "pyarrow")
    elif engine == "pyarrow":
        names, rows = frame.column_names, zip(*(c.to_pylist() for c in frame.columns), strict=True)
    elif engine == "duckdb":
        names, rows = frame.columns, frame.fetchall()
    else:
        names, rows = frame.columns, map(tuple, frame.collect())
    return list(names), [tuple(map(plain, row)) for row in rows]


def check(knowledge: mn.Knowledge, name: str, engine: str) -> None:
    table = knowledge.table(name)
    names, rows = read(made(knowledge, name, engine), engine)
    assert names == [column.name for column in table.columns]
    assert rows == list(table.cells)
    for row, cells in zip(rows, table.cells, strict=True):
        assert [type(cell) for cell in row] == [type(cell) for cell in cells]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("engine", IN_MEMORY)
def test_each_library_holds_the_same(knowledge: mn.Knowledge, name: str, engine: str) -> None:
    """Whole numbers, decimals, days and nothings, row by row in their order."""
    check(knowledge, name, engine)


@pytest.mark.cluster
@pytest.mark.parametrize("name", ["options", "clearances"])
def test_dask(knowledge: mn.Knowledge, name: str) -> None:
    check(knowledge, name, "dask")


@pytest.mark.cluster
@pytest.mark.usefixtures("spark")
def test_spark(knowledge: mn.Knowledge) -> None:
    check(knowledge, "options", "pyspark")


def test_types_of_columns(knowledge: mn.Knowledge) -> None:
    """Have no floats: whole numbers stay whole where some are missing."""
    polars = pytest.importorskip("polars")
    options = knowledge.to_frame("options", "polars").schema
    assert options["shortest_mm"] == polars.Decimal(9, 3)
    assert options["fewest_sessions"] == polars.Int64
    assert options["assembled"] == polars.Boolean
    assert knowledge.to_frame("clearances", "polars").schema["decided_on"] == polars.Date
    pandas = pytest.importorskip("pandas")
    held = knowledge.to_frame("options", pandas)
    assert isinstance(held["shortest_mm"][0], Decimal)
    assert held["fewest_sessions"].dtype == "Int64"
    days = knowledge.to_frame("clearances", pandas)["decided_on"].dropna()
    assert {type(day) for day in days} == {date}


def test_an_answer_without_options_keeps_its_types() -> None:
    """A frame without rows has the columns of one with rows."""
    polars = pytest.importorskip("polars")
    answer = mn.recommend(
        mn.Assessment(
            on=date(2026, 11, 22),
            concerns=[mn.Concern(indication=mn.Indication.MELASMA)],
            site=mn.Site.CHEEK,
            setting=mn.Setting.CLINIC,
        ),
        mn.load("2026.1"),
    )
    frame = answer.table().to_frame("polars")
    assert frame.shape == (0, len(answer.table().columns))
    assert frame.schema["longest_mm"] == polars.Decimal(9, 3)


def test_a_library_may_be_given_itself(knowledge: mn.Knowledge) -> None:
    """Or by its name, or not at all: then one that is there is taken."""
    polars = pytest.importorskip("polars")
    named = knowledge.to_frame("terms", "polars")
    assert knowledge.to_frame("terms", polars).equals(named)
    assert knowledge.to_frame("terms").equals(named)


@pytest.mark.parametrize("engine", ["numpy", "", "Polars", 3, sys])
def test_no_such_engine(knowledge: mn.Knowledge, engine: Any) -> None:
    """Is refused, and the engines are named."""
    with pytest.raises(mn.InputError) as caught:
        knowledge.to_frame("terms", engine)
    problem = caught.value.problems[0]
    assert problem.path == "engine"
    assert all(known in problem.message for known in ENGINES)


@pytest.mark.parametrize(
    ("barred", "told"),
    [("narwhals", "microneedling[frames]"), ("pandas", "needs pandas, which is not installed")],
)
def test_what_is_missing_is_named(barred: str, told: str) -> None:
    """Plain tables need nothing; a frame says what it lacks."""
    script = (
        f"import sys; sys.modules[{barred!r}] = None\n"
        "import microneedling as mn\n"
        "table = mn.load('2026.1').table('terms')\n"
        "assert table.to_csv() and table.to_markdown()\n"
        "try: table.to_frame('pandas')\n"
        "except mn.MicroneedlingError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert told in done.stdout
