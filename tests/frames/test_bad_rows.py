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
DAY = "isotretinoin_last_on"
COLUMNS = (*kinds.BASE, "findings", "absent", "isotretinoin", DAY, "everything_asked")
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
    ({"findings": ["isotretinoin"], "isotretinoin": False}, "contradiction", "findings"),
    ({"absent": ["isotretinoin"], "isotretinoin": True}, "contradiction", "isotretinoin"),
    ({"isotretinoin": False, DAY: date(2026, 1, 1)}, "contradiction", DAY),
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
    usual = drawing.usual(COLUMNS) | {"isotretinoin": None}
    rows = [usual, *(usual | wrong for wrong, _, _ in WRONG), usual]
    names = {name: f"their {name}" for name in COLUMNS} if named else {}
    table = kinds.table(rows, COLUMNS).rename(names)
    made = kind.read(frames.recommend(kind.given(table), KNOWLEDGE, names), ANSWERS)
    for told, (_, code, column) in zip(made[1:-1], WRONG, strict=True):
        assert (told["verdict"], told["error"]) == ("invalid", code), (column, told)
        assert told["error_column"] == names.get(column, column)
        given = {n for n, v in told.items() if v is not None}
        assert given == {"verdict", "edition", "error", "error_column"}
    assert kinds.same([usual] * 2, [made[0], made[-1]], KNOWLEDGE) == 2


@kinds.each(*kinds.POLARS[:2], kinds.PANDAS, kinds.ARROW, kinds.DUCKDB)
def test_days_that_are_times(kind: Kind) -> None:
    """At midnight they are days; at any other time they are not."""
    rows = [drawing.usual(COLUMNS) | {"isotretinoin": None, DAY: date(2026, 1, 1)}] * 3
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


def test_text_is_read_from_one_spelling() -> None:
    """As in a CSV file: days, ages and booleans; anything else cannot be read."""
    row = drawing.usual(("on", *kinds.BASE[1:], "everything_asked", "pregnancy"))
    table = kinds.table([row] * 4, row).with_columns(
        pl.Series("on", ["2026-11-22", "22.11.2026", "2026-11-22", "2026-11-22"]),
        pl.Series("age_years", ["34", "34", "034", "34"]),
        pl.Series("pregnancy", ["false", "False", "false", "no"]),
    )
    made = kinds.read_polars(frames.recommend(table, KNOWLEDGE), ANSWERS)
    told = [(one["verdict"], one["error"], one["error_column"]) for one in made]
    assert told == [
        ("offer", None, None),
        ("invalid", "unreadable", "on"),
        ("invalid", "unreadable", "age_years"),
        ("invalid", "unreadable", "pregnancy"),
    ]
