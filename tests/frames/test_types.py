"""What libraries have besides the usual types and names: decided rightly, or refused by name."""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from tests.frames import drawing, kinds, rows as oracle
from tests.frames.kinds import BASE, Kind
from tests.frames.rows import ANSWERS

KNOWLEDGE = mn.load("2026.1")
COLUMNS = (*BASE, "everything_asked")


def table(**more: Any) -> pl.DataFrame:
    """Make two unremarkable rows, and more columns."""
    rows = kinds.table([drawing.usual(COLUMNS)] * 2, COLUMNS)
    return rows.with_columns(**{name: pl.Series(values) for name, values in more.items()})


def agrees(kind: Kind, made: Any, **more: list[Any]) -> bool:
    """Tell whether each of two rows got what the one function gives."""
    told = [
        drawing.usual(COLUMNS) | {name: held[row] for name, held in more.items()} for row in (0, 1)
    ]
    return kinds.same(told, kind.read(made, ANSWERS), KNOWLEDGE) == 2


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("pregnancy", "true::variant"),
        ("pregnancy", "true::union(b boolean)"),
        ("pregnancy", "'1'::bit"),
        ("age_years", "34::variant"),
        ("findings", "['pregnancy']::variant"),
        ("site", "'abdomen'::variant"),
        ("dermal_filler_last_on", "'2026-08-01'"),
    ],
)
def test_types_that_nobody_knows_are_refused(name: str, typed: str) -> None:
    """A type that is not known is no column of nulls: what it says is not left out."""
    kinds.DUCKDB.available()
    held = kinds.to_duckdb(table())
    kept = ", ".join(f'"{column}"' for column in held.columns if column != name)
    given = held.project(f"{kept}, {typed} as {name}")
    with kinds.refused(("wrong_type", name)):
        frames.recommend(given, KNOWLEDGE)


@pytest.mark.parametrize(
    "odd",
    [{"pregnancy"}, frozenset(["pregnancy"]), {"pregnancy": 1}, "pregnancy", 5, [["pregnancy"]]],
)
@pytest.mark.parametrize("keyed", [False, True])
def test_what_stands_in_place_of_a_list(odd: object, keyed: bool) -> None:  # noqa: FBT001
    """Sets are lists, too; all else makes its row invalid, and never says that nothing is there."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    given = kinds.to_pandas(table())
    given["findings"] = pd.Series([odd, ["rosacea"]], dtype=object)
    if keyed:
        given["most_visits"] = 99
        with pytest.warns(frames.SlowTableWarning):
            made = frames.recommend(given, KNOWLEDGE)
    else:
        made = frames.recommend(given, KNOWLEDGE)
    if isinstance(odd, (set, frozenset)):
        assert made["verdict"].tolist() == ["defer", "defer"]
    else:
        assert made["error"].tolist()[0] == "unknown_code"
        assert made["verdict"].tolist() == ["invalid", "defer"]


@kinds.each(*kinds.LIBRARIES)
def test_lists_of_nothing(kind: Kind) -> None:
    """Empty lists have no type within, and say that nothing is there."""
    given = table().with_columns(pl.lit([], dtype=pl.List(pl.Null)).alias("findings"))
    if kind in (kinds.DASK, kinds.SPARK):
        given = given.cast({"findings": pl.List(pl.String)})
    assert agrees(kind, frames.recommend(kind.given(given), KNOWLEDGE), findings=[[], []])


@kinds.each(*kinds.LIBRARIES)
@pytest.mark.parametrize("texts", [["true", None], ["yes", "false"], ["True", "False"]])
def test_flags_as_texts(kind: Kind, texts: list[str | None]) -> None:
    """Texts that are flags are read, nulls among them; others make their row invalid."""
    made = frames.recommend(kind.given(table(pregnancy=texts, everything_asked=texts)), KNOWLEDGE)
    read = {"true": True, "True": True, "false": False, "False": False, None: None}
    flags = [read.get(text, "odd") for text in texts]
    got = kind.read(made, ANSWERS)
    for flag, row in zip(flags, got, strict=True):
        if flag == "odd":
            assert (row["verdict"], row["error"]) == ("invalid", "unreadable")
        else:
            told = drawing.usual(COLUMNS) | {"pregnancy": flag, "everything_asked": flag}
            assert oracle.disagreement(told, row, KNOWLEDGE) is None


@kinds.each(*kinds.POLARS[:2], kinds.DUCKDB)
def test_numbers_out_of_all_bounds(kind: Kind) -> None:
    """An age may be as large as its type allows: it is out of range, and is not shown."""
    ages = pl.Series([2**64 - 1, 34], dtype=pl.UInt64)
    made = frames.recommend(kind.given(table(age_years=ages)), KNOWLEDGE, assume_absent=True)
    made = kind.read(made, ANSWERS)
    assert [row["error"] for row in made] == ["out_of_range", None]
    assert made[1]["verdict"] == "offer"


ARROWS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "days in milliseconds": ("on", lambda pa: pa.array([date(2026, 11, 22)] * 2).cast(pa.date64())),
    "numbers in dictionaries": ("age_years", lambda pa: pa.array([34, 35]).dictionary_encode()),
    "flags in dictionaries": ("pregnancy", lambda pa: pa.array([True, False]).dictionary_encode()),
    "numbers without signs": ("age_years", lambda pa: pa.array([2**64 - 1, 34], type=pa.uint64())),
    "decimals": ("age_years", lambda pa: pa.array([Decimal(34), Decimal(35)])),
    "times": ("on", lambda pa: pa.array([datetime(2026, 11, 22).time()] * 2)),  # noqa: DTZ001
}


@pytest.mark.parametrize("what", ARROWS)
def test_types_of_arrow(what: str) -> None:
    """They are refused, by the name of the column."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    name, make = ARROWS[what]
    held = table(pregnancy=[True, False]).to_arrow()
    given = held.set_column(held.column_names.index(name), name, make(pa))
    with kinds.refused(("wrong_type", name)):
        frames.recommend(given, KNOWLEDGE)


def test_arrays_of_arrow_that_hide_something() -> None:
    """Views of texts are texts, and what a null hides is not there."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    held = table().to_arrow()
    place = held.column_names.index("site")
    given = held.set_column(place, "site", held["site"].cast(pa.string_view()))
    lists = pa.ListArray.from_arrays(
        [0, 1, 2], ["pregnancy", "rosacea"], mask=pa.array([True, False])
    )
    for held in (lists, lists.cast(pa.list_(pa.string_view()))):
        made = frames.recommend(given.append_column("findings", held), KNOWLEDGE)
        assert made["verdict"].to_pylist() == ["offer", "defer"]


def test_types_of_pandas() -> None:
    """Blank columns of files are nulls; categories are texts, or their column is refused."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    given = kinds.to_pandas(table())
    blank = ("pregnancy", "severity", "dermal_filler_last_on", "findings", "skin_type")
    made = frames.recommend(given.assign(**dict.fromkeys(blank, float("nan"))), KNOWLEDGE)
    nothing = [None, None]
    told = {"pregnancy": nothing, "severity": nothing, "skin_type": nothing, "findings": nothing}
    assert agrees(kinds.PANDAS, made, **told)

    stamps = pd.Series([datetime(2026, 11, 22)] * 2, dtype=object)  # noqa: DTZ001
    assert agrees(kinds.PANDAS, frames.recommend(given.assign(on=stamps), KNOWLEDGE))
    odd: dict[str, list[Any]] = {
        "age_years": [float("inf"), 34.0],
        "pregnancy": pd.Categorical([True, False]),
        "severity": pd.Categorical([1, 2]),
    }
    for name, values in odd.items():
        with kinds.refused(("wrong_type", name)):
            frames.recommend(given.assign(**{name: values}), KNOWLEDGE)


def test_no_rows_of_pandas() -> None:
    """Columns of nothing, which pandas calls floats, are columns without rows."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    for given in (
        pd.DataFrame({name: [] for name in COLUMNS}),
        pd.DataFrame(columns=list(COLUMNS)),
        kinds.to_pandas(table()[:0]),
    ):
        made = frames.recommend(given, KNOWLEDGE)
        assert made.columns.tolist() == [*COLUMNS, *ANSWERS]
        assert made[list(COLUMNS)].equals(given)
        assert not len(made)


def test_objects_of_pandas_that_are_no_numbers() -> None:
    """Ages are read as the page says, and from nothing that only looks like a number."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    given = kinds.to_pandas(table())
    texts = given.assign(age_years=pd.Series(["34", " 20 "], dtype=object))
    assert frames.recommend(texts, KNOWLEDGE)["error"].tolist()[1] == "unreadable"
    for values in ([True, None], [34, True], [34, "34"]):
        with kinds.refused(("wrong_type", "age_years")):
            odd = given.assign(age_years=pd.Series(values, dtype=object))
            frames.recommend(odd, KNOWLEDGE)


def test_objects_of_polars() -> None:
    """They are refused, wherever they stand."""
    given = table().with_columns(pl.Series("findings", [{"pregnancy"}, None], dtype=pl.Object))
    with kinds.refused(("wrong_type", "findings")):
        frames.recommend(given, KNOWLEDGE)


@pytest.mark.cluster
def test_parts_that_differ() -> None:
    """What Dask's sample does not show is told when the part is decided."""
    dd = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    dask = pytest.importorskip("dask", reason="dask is not installed")
    given = kinds.to_pandas(table()).assign(pregnancy=[True, None])
    made = frames.recommend(dd.from_pandas(given, npartitions=1), KNOWLEDGE)
    assert agrees(kinds.DASK, made, pregnancy=[True, None])
    texts = given.assign(pregnancy=["true", None])
    with dask.config.set({"dataframe.convert-string": False}):
        made = frames.recommend(dd.from_pandas(texts.astype(object), npartitions=1), KNOWLEDGE)
        with kinds.refused(("wrong_type", "pregnancy")):
            made.compute(scheduler="synchronous")


@pytest.mark.cluster
def test_times_of_spark(spark: Any) -> None:
    """Those with a zone pass through, and are refused where a day is meant."""
    held = kinds.to_spark(table())
    passing = held.selectExpr("*", "timestamp'2026-01-01 00:00:00' as seen")
    made = frames.recommend(passing, KNOWLEDGE)
    assert made.schema["seen"] == passing.schema["seen"]
    assert agrees(kinds.SPARK, made)
    assert spark
    with kinds.refused(("wrong_type", "on")):
        frames.recommend(held.withColumn("on", held["on"].cast("timestamp")), KNOWLEDGE)


@pytest.mark.cluster
def test_names_of_spark(spark: Any) -> None:
    """Dots are part of a name, read, made or passing; a name that stands twice is refused."""
    assert spark
    given = kinds.to_spark(table(**{"a.b": [1, 2]}).rename({"site": "where.exactly"}))
    names = {"site": "where.exactly", "verdict": "their.verdict"}
    made = frames.recommend(given, KNOWLEDGE, names, assume_absent=True)
    assert made.columns[: len(given.columns)] == given.columns
    rows = made.toArrow().to_pylist()
    assert [(row["a.b"], row["their.verdict"]) for row in rows] == [(1, "offer"), (2, "offer")]
    held = kinds.to_spark(table())
    with kinds.refused(("name_taken", "site")):
        frames.recommend(held.select("*", "site"), KNOWLEDGE)


def test_tables_that_stand_in_no_database() -> None:
    """A table of ibis that nobody has bound to one cannot be decided."""
    ibis = pytest.importorskip("ibis", reason="ibis is not installed")
    with kinds.refused(("unsupported", "frame")):
        frames.recommend(ibis.table({"on": "date", "site": "string"}, name="t"), KNOWLEDGE)


def test_decided_tables_below_each_other() -> None:
    """Tables with other columns, or decided by another edition, have answers of the same types."""
    tables = json.loads(KNOWLEDGE.canonical)
    tables["edition"]["id"] = "own-1"
    first = frames.recommend(table(), KNOWLEDGE, assume_absent=True)
    own = mn.from_tables(tables)
    other = frames.recommend(table(pregnancy=[True, None]), own, assume_absent=True)
    both: list[tuple[Any, Any]] = [(first, other), (first.lazy(), other.lazy())]
    for one, two in both:
        whole = pl.concat([one.select(ANSWERS), two.select(ANSWERS)]).lazy().collect()
        assert whole["verdict"].to_list() == ["offer", "offer", "defer", "ask"]
        assert whole["edition"].to_list() == ["2026.1"] * 2 + ["own-1"] * 2


@kinds.each(kinds.DUCKDB, kinds.SPARK, own=kinds.CLUSTERS)
def test_capitals(kind: Kind) -> None:
    """Where capitals do not count, a name that differs in nothing else is taken."""
    with kinds.refused(("name_taken", "verdict")):
        frames.recommend(kind.given(table(Verdict=[1, 2])), KNOWLEDGE)


@pytest.mark.parametrize(
    "name", ["Pregnancy", " pregnancy", "PREGNANCY ", "Active acne", "Findings"]
)
@kinds.each(*kinds.LIBRARIES)
def test_names_that_nearly_are_ours(kind: Kind, name: str) -> None:
    """They are refused, since nobody would hear what they say; and read where they are named."""
    ours = name.strip().lower().replace(" ", "_")
    held = pl.Series([["rosacea"]] * 2) if ours == "findings" else pl.Series([True, True])
    given = table(**{name: held})
    with kinds.refused(("misspelt", name)):
        frames.recommend(kind.given(given), KNOWLEDGE)
    made = frames.recommend(kind.given(given), KNOWLEDGE, {ours: name})
    assert agrees(kind, made, **{ours: held.to_list()})


@kinds.each(*kinds.LIBRARIES)
def test_names_that_are_kept(kind: Kind) -> None:
    """The plan's own columns stand in nobody's way: they are refused."""
    names = ["__mn_place"]
    if kind in (kinds.DUCKDB, kinds.IBIS, kinds.SPARK):
        names.append("__MN_place")
    for name in names:
        with kinds.refused(("name_taken", name)):
            frames.recommend(kind.given(table(**{name: [1, 2]})), KNOWLEDGE)


def test_names_that_are_no_texts() -> None:
    """What pandas calls by numbers and the like passes through."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    for name in (0, None, ("a", 1)):
        given = kinds.to_pandas(table())
        given.insert(0, name, pd.Series([5, 6]))
        made = frames.recommend(given, KNOWLEDGE)
        assert made.iloc[:, 0].tolist() == [5, 6]
        assert agrees(kinds.PANDAS, made)


def test_names_that_are_patterns() -> None:
    """Polars' patterns pass through as names; read or made, they are refused."""
    given = table(**{"^x$": [1, 2], "^o.*$": [3, 4]})
    made = frames.recommend(given, KNOWLEDGE)
    assert [made[name].to_list() for name in given.columns[-2:]] == [[1, 2], [3, 4]]
    with kinds.refused(("name_taken", "^o.*$")):
        frames.recommend(table().rename({"on": "^o.*$"}), KNOWLEDGE, {"on": "^o.*$"})


def test_names_that_stand_twice() -> None:
    """Nobody could say which column is meant."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    held = kinds.to_pandas(table())
    with kinds.refused(("name_taken", "frame")):
        frames.recommend(pd.concat([held, held[["site"]]], axis=1), KNOWLEDGE)
    kinds.DUCKDB.available()
    with kinds.refused(("name_taken", "x")):
        frames.recommend(kinds.to_duckdb(table()).project("*, 1 as x, 2 as x"), KNOWLEDGE)


@pytest.mark.parametrize("name", ["a;b", "~", "it's"])
def test_names_in_lists_of_duckdb(name: str) -> None:
    """A column with an odd name is named where it is wrong."""
    kinds.DUCKDB.available()
    given = table(site=["nowhere", "abdomen"]).rename({"site": name})
    made = frames.recommend(kinds.to_duckdb(given), KNOWLEDGE, {"site": name})
    assert made.project("error_column").fetchall() == [(name,), (None,)]
