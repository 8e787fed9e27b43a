"""A row that is no assessment is invalid, says why and where, and harms no other row."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from tests.frames import drawing, kinds
from tests.frames.kinds import Kind
from tests.frames.rows import ANSWERS

KNOWLEDGE = mn.load("2026.1")
DAY = "dermal_filler_last_on"
COLUMNS = (*kinds.BASE, "findings", "absent", "dermal_filler", DAY, "everything_asked")
# What is wrong, told by the first column that is, and its code.
WRONG: list[tuple[dict[str, Any], str, str]] = [
    *(({name: None}, "missing", name) for name in ("on", "indication", "site", "setting")),
    *(({name: "none such"}, "unknown_code", name) for name in kinds.BASE[1:6]),
    *(({name: ""}, "unknown_code", name) for name in kinds.BASE[1:6]),
    ({"site": "Abdomen"}, "unknown_code", "site"),
    ({"on": date(1899, 12, 31)}, "out_of_range", "on"),
    ({"on": date(2200, 1, 1)}, "out_of_range", "on"),
    ({"age_years": -1}, "out_of_range", "age_years"),
    ({"age_years": 131}, "out_of_range", "age_years"),
    ({"age_years": 2**40}, "out_of_range", "age_years"),
    ({"findings": ["none such"]}, "unknown_code", "findings"),
    ({"findings": ["pregnancy", None]}, "unknown_code", "findings"),
    ({"absent": ["tattoo", "Tattoo"]}, "unknown_code", "absent"),
    ({"findings": ["tattoo"], "absent": ["tattoo"]}, "contradiction", "findings"),
    ({"findings": ["dermal_filler"], "dermal_filler": False}, "contradiction", "findings"),
    ({"absent": ["dermal_filler"], "dermal_filler": True}, "contradiction", "dermal_filler"),
    ({"dermal_filler": False, DAY: date(2026, 1, 1)}, "contradiction", DAY),
    ({DAY: date(1899, 12, 31)}, "out_of_range", DAY),
    ({DAY: date(2026, 11, 23)}, "after_assessment", DAY),
    # Of several the first column's.
    ({"on": None, "site": "x", "age_years": 200}, "missing", "on"),
    ({"site": "x", "age_years": 200, "findings": ["x"]}, "unknown_code", "site"),
    ({"age_years": 200, "findings": ["x"], DAY: date(2027, 1, 1)}, "out_of_range", "age_years"),
]


@pytest.mark.parametrize("named", [False, True], ids=["ours", "theirs"])
@kinds.each(*kinds.LIBRARIES)
def test_what_is_wrong_is_told(kind: Kind, *, named: bool) -> None:
    """By its code and the table's own name of its column; every other row is as it would be."""
    usual = drawing.usual(COLUMNS) | {"dermal_filler": None}
    rows = [usual, *(usual | wrong for wrong, _, _ in WRONG), usual]
    names = {name: f"their {name}" for name in COLUMNS} if named else {}
    table = kinds.table(rows, COLUMNS).rename(names)
    made = kind.read(frames.recommend(kind.given(table), KNOWLEDGE, names), ANSWERS)
    for told, (_, code, column) in zip(made[1:-1], WRONG, strict=True):
        assert (told["verdict"], told["error"]) == ("invalid", code), (column, told)
        assert told["error_column"] == names.get(column, column)
        given = {n for n, v in told.items() if v is not None}
        assert given == {"verdict", "assumed_absent", "edition", "error", "error_column"}
    assert kinds.same([usual] * 2, [made[0], made[-1]], KNOWLEDGE) == 2


@kinds.each(*kinds.POLARS[:2], kinds.PANDAS, kinds.ARROW, kinds.DUCKDB)
def test_days_that_are_times(kind: Kind) -> None:
    """At midnight they are days; at any other time they are not."""
    rows = [drawing.usual(COLUMNS) | {"dermal_filler": None, DAY: date(2026, 1, 1)}] * 3
    table = kinds.table(rows, COLUMNS).with_columns(
        pl.Series("on", [datetime(2026, 11, 22), datetime(2026, 11, 22, 9), None]),  # noqa: DTZ001
        pl.Series(DAY, [datetime(2026, 5, 26)] * 2 + [datetime(2026, 1, 1, 1)]),  # noqa: DTZ001
    )
    native = kind.given(table)
    if kind.name == "pandas":
        native = native.assign(on=table["on"].to_list(), **{DAY: table[DAY].to_list()})
    made = kind.read(frames.recommend(native, KNOWLEDGE), ANSWERS)
    assert [row["error"] for row in made] == [None, "not_a_date", "missing"]
    row = rows[0] | {"on": date(2026, 11, 22), DAY: date(2026, 5, 26)}
    assert kinds.same([row], made[:1], KNOWLEDGE) == 1


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
@pytest.mark.parametrize("far", [date(1500, 1, 1), date(2262, 1, 1), date(9999, 12, 31)], ids=str)
@kinds.each(*kinds.POLARS[:2], kinds.PANDAS, kinds.ARROW, kinds.DUCKDB)
def test_days_that_other_types_cannot_hold(kind: Kind, far: date, unit: Any) -> None:
    """A last day that is far off, as some files say "never", is out of range, whatever "on" is."""
    usual = drawing.usual(COLUMNS) | {"dermal_filler": None}
    rows = [usual | {DAY: far}, usual | {DAY: date(2026, 1, 1)}]
    table = kinds.table(rows, COLUMNS).with_columns(pl.col("on").cast(pl.Datetime(unit)))
    native = kind.given(table)
    if kind.name == "pandas":
        native["on"] = native["on"].astype(f"datetime64[{unit}]")
    made = kind.read(frames.recommend(native, KNOWLEDGE), ANSWERS)
    assert (made[0]["error"], made[0]["error_column"]) == ("out_of_range", DAY)
    assert kinds.same(rows[1:], made[1:], KNOWLEDGE) == 1


@pytest.mark.parametrize("keyed", [False, True], ids=["tables", "row by row"])
@pytest.mark.parametrize("days", [2**31 - 1, -(2**31), 6_682_000], ids=str)
@kinds.each(*kinds.POLARS[:2], kinds.ARROW, kinds.DUCKDB)
@pytest.mark.filterwarnings("ignore::microneedling.frames.SlowTableWarning")
def test_days_that_python_cannot_hold(kind: Kind, days: int, *, keyed: bool) -> None:
    """Of the last day, and of the assessment itself."""
    usual = drawing.usual(COLUMNS) | {"dermal_filler": None, DAY: date(2026, 1, 1)}
    if keyed:
        usual |= {"most_visits": 99}
    columns = tuple(usual)
    far = pl.Series([days, None], dtype=pl.Int32).cast(pl.Date)
    for name in ("on", DAY):
        table = kinds.table([usual] * 2, columns).with_columns(
            pl.when(pl.int_range(pl.len()) == 0).then(far).otherwise(name).alias(name)
        )
        if kind is kinds.DUCKDB and abs(days) > 2**30:
            continue  # It has no such days itself.
        made = kind.read(frames.recommend(kind.given(table), KNOWLEDGE), ANSWERS)
        assert (made[0]["error"], made[0]["error_column"]) == ("out_of_range", name)
        assert kinds.same([usual], made[1:], KNOWLEDGE) == 1


@pytest.mark.parametrize("age", [340, 131, 2**40])
@pytest.mark.parametrize("dtype", ["int64", "uint64", "Int64", "float64", "object", "str"])
def test_ages_of_pandas(dtype: str, age: int) -> None:
    """Out of bounds they make their own row invalid, however pandas holds them."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    usual = drawing.usual(COLUMNS) | {"dermal_filler": None}
    given = kinds.to_pandas(kinds.table([usual] * 2, COLUMNS))
    given["age_years"] = pd.Series([age, 34]).astype(dtype)
    made = kinds.PANDAS.read(frames.recommend(given, KNOWLEDGE), ANSWERS)
    code = "unreadable" if dtype == "str" else "out_of_range"
    assert (made[0]["error"], made[0]["error_column"]) == (code, "age_years")
    assert kinds.same([usual], made[1:], KNOWLEDGE) == 1


@pytest.mark.parametrize("ages", [["34", None], ["abc", "34"]], ids=str)
def test_ages_of_pandas_as_texts(ages: list[Any]) -> None:
    """Nothing is nothing, and a text that is no number makes its own row invalid."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    usual = drawing.usual(COLUMNS) | {"dermal_filler": None}
    given = kinds.to_pandas(kinds.table([usual] * 2, COLUMNS))
    for dtype in ("str", object, "category"):
        held = given.assign(age_years=pd.Series(ages, dtype=dtype))
        made = kinds.PANDAS.read(frames.recommend(held, KNOWLEDGE), ANSWERS)
        wrong = [age if age is None or age.isdecimal() else "unreadable" for age in ages]
        for age, told in zip(wrong, made, strict=True):
            if age == "unreadable":
                assert (told["error"], told["error_column"]) == (age, "age_years")
            else:
                row = usual | {"age_years": age and int(age)}
                assert kinds.same([row], [told], KNOWLEDGE) == 1


def test_text_is_read_from_one_spelling() -> None:
    """As in a CSV file: days, ages and booleans; anything else cannot be read."""
    row = drawing.usual(("on", *kinds.BASE[1:], "everything_asked", "pregnancy"))
    table = kinds.table([row] * 4, row).with_columns(
        pl.Series("on", ["2026-11-22", "22.11.2026", "2026-11-22", "2026-11-22"]),
        pl.Series("age_years", ["34", "34", "034", "34"]),
        pl.Series("pregnancy", ["false", "False", "false", "no"]),
    )
    made = kinds.read_polars(frames.recommend(table, KNOWLEDGE, assume_absent=True), ANSWERS)
    told = [(one["verdict"], one["error"], one["error_column"]) for one in made]
    assert told == [
        ("offer", None, None),
        ("invalid", "unreadable", "on"),
        ("invalid", "unreadable", "age_years"),
        ("invalid", "unreadable", "pregnancy"),
    ]
