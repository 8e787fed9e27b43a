"""What a table was it stays: its rows in their order, its columns, its kind."""

from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from microneedling.frames import frame_kinds
from tests.frames import drawing, kinds, rows as oracle
from tests.frames.kinds import BASE, Kind
from tests.frames.rows import ANSWERS

KNOWLEDGE = mn.load("2026.1")
COLUMNS = (*BASE, "everything_asked", "findings", "pregnancy", "dermal_filler_last_on")
# Lists take long to plan.
SIMPLE = tuple(name for name in COLUMNS if name != "findings")


def some_table(count: int = 50, columns: tuple[str, ...] = COLUMNS) -> pl.DataFrame:
    rng = Random(count)
    return kinds.table([oracle.drawn(rng, columns) for _ in range(count)], columns)


@kinds.each(*kinds.LIBRARIES)
def test_no_rows(kind: Kind) -> None:
    """A table without rows gets the columns, and stays without rows."""
    made = frames.recommend(kind.given(some_table(0)), KNOWLEDGE)
    assert kind.read(made, [*COLUMNS, *ANSWERS]) == []


@kinds.each(*kinds.LIBRARIES)
def test_columns_stand_where_they_stood(kind: Kind) -> None:
    """Its own columns come first, with their values; then ours, in their order."""
    table = some_table().with_columns(pl.int_range(50).alias("patient"))
    given = kind.given(table)
    before = kind.read(given, ["patient", *COLUMNS[:7]])
    made = frames.recommend(given, KNOWLEDGE)
    schema = made.collect_schema().names() if isinstance(made, pl.LazyFrame) else None
    names = schema or (made.column_names if hasattr(made, "column_names") else list(made.columns))
    assert list(names) == [*table.columns, *ANSWERS]
    assert kind.read(made, ["patient", *COLUMNS[:7]]) == before


def test_polars_gets_back_what_it_gave() -> None:
    table = some_table().with_columns(pl.lit("x").cast(pl.Categorical).alias("odd"))
    made = frames.recommend(table, KNOWLEDGE)
    assert made.select(table.columns).equals(table, null_equal=True)
    assert made.select(table.columns).schema == table.schema


def test_arrow_gets_back_what_it_gave() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    table = some_table().to_arrow()
    assert frames.recommend(table, KNOWLEDGE).select(table.column_names).equals(table)


@pytest.mark.parametrize("typed", [True, False])
def test_pandas_gets_back_what_it_gave(*, typed: bool) -> None:
    """Its index, though that names rows twice, and its columns, though they have no types."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    rows = some_table()
    table = kinds.to_pandas(rows) if typed else kinds.untyped_pandas(rows)
    table.index = pd.Index([n % 7 for n in range(len(table))], name="clinic")
    before = table.copy(deep=True)
    made = frames.recommend(table, KNOWLEDGE)
    pd.testing.assert_frame_equal(made[list(table.columns)], before)
    pd.testing.assert_frame_equal(table, before)
    assert kinds.same(rows.to_dicts(), kinds.PANDAS.read(made, ANSWERS), KNOWLEDGE) == 50


def test_pandas_as_plain_values_come() -> None:
    """Booleans, whole numbers and days with nulls among them, which pandas gives no type."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    for count in (1, 200):
        rows = some_table(count)
        made = frames.recommend(kinds.untyped_pandas(rows), KNOWLEDGE)
        assert kinds.same(rows.to_dicts(), kinds.PANDAS.read(made, ANSWERS), KNOWLEDGE) == count


def test_pandas_with_several_levels_of_columns() -> None:
    """Columns that are no texts are refused, or left alone."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    table = kinds.to_pandas(some_table())
    table.columns = pd.MultiIndex.from_product([["visit"], table.columns])
    with pytest.raises(mn.InputError):
        frames.recommend(table, KNOWLEDGE)


@kinds.each(*kinds.LIBRARIES)
def test_duplicates_stay(kind: Kind) -> None:
    """Equal rows are rows: as many come back, each with its answer."""
    table = pl.concat([some_table(10, SIMPLE)] * 5)
    made = frames.recommend(kind.given(table), KNOWLEDGE)
    assert kinds.same(table.to_dicts(), kind.read(made, ANSWERS), KNOWLEDGE) == 50


@kinds.each(*kinds.POLARS[:2], kinds.ARROW)
def test_columns_of_nulls(kind: Kind) -> None:
    """What holds nothing but nulls needs no type, and says nothing."""
    rows = [drawing.usual(COLUMNS) | dict.fromkeys(COLUMNS[:-3]) for _ in range(3)]
    nulls = [pl.lit(None).alias(name) for name in COLUMNS]
    table = kinds.table(rows, COLUMNS).with_columns(nulls)
    made = kind.read(frames.recommend(kind.given(table), KNOWLEDGE), ANSWERS)
    assert kinds.same(table.to_dicts(), made, KNOWLEDGE) == 3
    assert {row["error"] for row in made} == {"missing"}


@kinds.each(*kinds.POLARS[:2], kinds.ARROW, kinds.DUCKDB, kinds.IBIS, kinds.SPARK)
def test_optional_columns_of_nulls(kind: Kind) -> None:
    """A null is unknown, whether its column has a type or not."""
    table = some_table()
    # A null of its own stays unknown, also where everything was asked.
    table = table.with_columns(everything_asked=pl.lit(value=True))
    kept = {*oracle.REQUIRED, "everything_asked"}
    nulls = {name: pl.lit(None) for name in COLUMNS if name not in kept}
    typed = table.with_columns(
        *(held.cast(kinds.type_of(name)).alias(name) for name, held in nulls.items())
    )
    untyped = table.with_columns(*(held.alias(name) for name, held in nulls.items()))
    for given in (typed, untyped):
        made = kind.read(frames.recommend(kind.given(given), KNOWLEDGE), ANSWERS)
        assert kinds.same(typed.to_dicts(), made, KNOWLEDGE) == 50


ODD = ("select", "Tag der Beurteilung", 'say "so"', "`tick`", "it's; drop table", "größe.cm")


@kinds.each(*kinds.LIBRARIES, own=kinds.CLUSTERS)
def test_columns_may_be_called_anything(kind: Kind) -> None:
    """Keywords, spaces and quotation marks are names like others, read or made."""
    odd = ODD if kind.name != "pyspark" else (*ODD[:3], "'", "a b", "größe")
    names = dict(zip(("on", "site", "pregnancy", "findings"), odd, strict=False))
    names |= {"verdict": odd[4], "error_column": odd[5]}
    table = some_table()
    given = table.rename({name: to for name, to in names.items() if name in COLUMNS})
    made = frames.recommend(kind.given(given), KNOWLEDGE, names)
    read = _answers(kind, made, names)
    errors = [row["error_column"] for row in read]
    back = {to: name for name, to in names.items()}
    told = [
        row | {"error_column": back.get(column, column)}
        for row, column in zip(read, errors, strict=True)
    ]
    assert kinds.same(table.to_dicts(), told, KNOWLEDGE) == 50


def _answers(kind: Kind, made: Any, names: dict[str, str]) -> list[oracle.Row]:
    if kind.name == "duckdb":
        # Read by place: the names are what is tried.
        held = [dict(zip(made.columns, row, strict=True)) for row in made.fetchall()]
        return [{n: kinds.plain(row[names.get(n, n)]) for n in ANSWERS} for row in held]
    read = kind.read(made, [names.get(name, name) for name in ANSWERS])
    back = {to: name for name, to in names.items()}
    return [{back.get(name, name): value for name, value in row.items()} for row in read]


MANY = 3_000_000
TOLD = ("on", "indication", "severity", "site", "setting", "skin_type", "everything_asked")


@pytest.fixture(scope="module")
def many() -> pl.DataFrame:
    """Rows that say themselves what their verdict is."""
    row = drawing.usual(TOLD)
    number = pl.int_range(MANY).alias("number")
    return pl.select(number).select(
        "number",
        *(pl.lit(row[name]).alias(name) for name in TOLD),
        (pl.col("number") % 5 * 30).alias("age_years"),
        (pl.col("number") % 3 == 0).alias("pregnancy"),
    )


@kinds.each(kinds.PANDAS, kinds.ARROW)
def test_what_is_in_memory_is_decided_in_pieces(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where they end makes no difference: neither to rows, nor to types, nor to an odd index."""
    import narwhals.stable.v2 as nw

    given = kind.given(some_table(50, SIMPLE))
    if kind is kinds.PANDAS:
        given.index = [n % 7 for n in range(len(given))]
    whole = frames.recommend(given, KNOWLEDGE)
    for rows in (1, 7, 50):
        monkeypatch.setattr(frame_kinds, "_ROWS", rows)
        made = frames.recommend(given, KNOWLEDGE)
        assert kind.read(made, [*SIMPLE, *ANSWERS]) == kind.read(whole, [*SIMPLE, *ANSWERS])
        assert nw.from_native(made).schema == nw.from_native(whole).schema
        if kind is kinds.PANDAS:
            assert made.index.equals(given.index)
            assert [str(held) for held in made.dtypes] == [str(held) for held in whole.dtypes]


def in_order(made: pl.DataFrame) -> None:
    assert made["number"].equals(pl.int_range(MANY, eager=True).alias("number"))
    expected = (
        pl.when(pl.col("age_years") == 0)
        .then(pl.lit("refer"))
        .when(pl.col("pregnancy"))
        .then(pl.lit("defer"))
        .otherwise(pl.lit("offer"))
    )
    assert made.select((expected == pl.col("verdict").cast(pl.String)).all()).item()


def test_polars_keeps_the_order_of_many_rows(many: pl.DataFrame) -> None:
    """Three million of them, in the streaming engine."""
    made = frames.recommend(many.lazy(), KNOWLEDGE, assume_absent=True)
    in_order(made.select("number", "pregnancy", "age_years", "verdict").collect(engine="streaming"))


def test_duckdb_keeps_the_order_of_many_rows(many: pl.DataFrame) -> None:
    """Three million of them, in as many threads as there are."""
    kinds.DUCKDB.available()
    made = frames.recommend(kinds.to_duckdb(many), KNOWLEDGE, assume_absent=True)
    in_order(made.project("number, pregnancy, age_years, verdict").pl())


def test_days_far_apart() -> None:
    """The first and the last day that an assessment may have."""
    rows = [
        drawing.usual(COLUMNS) | {"on": on, "dermal_filler_last_on": last}
        for on in (date(1900, 1, 1), date(2199, 12, 31), date(2200, 1, 1), date(1899, 12, 31))
        for last in (None, on, on - timedelta(days=1), on + timedelta(days=1))
    ]
    made = frames.recommend(kinds.table(rows, COLUMNS), KNOWLEDGE)
    assert kinds.same(rows, kinds.read_polars(made, ANSWERS), KNOWLEDGE) == 16
