"""A table that cannot be decided is refused at once, with all that is wrong, and no value of it."""

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from tests.frames import drawing, kinds
from tests.frames.kinds import Kind

KNOWLEDGE = mn.load("2026.1")
SECRET = "Jane Doe"  # noqa: S105 - no password
COLUMNS = (*kinds.BASE, "findings", "pregnancy", "tattoo_last_on")


def table() -> pl.DataFrame:
    return kinds.table([drawing.usual(COLUMNS)] * 2, COLUMNS)


@kinds.each(*kinds.LIBRARIES)
def test_all_that_is_missing_wrong_or_in_the_way(kind: Kind) -> None:
    """One error names every column."""
    given = (
        table()
        .drop("site", "setting")
        .with_columns(
            pl.lit(34.5).alias("age_years"),
            pl.lit(7).alias("pregnancy"),
            pl.lit(8).alias("indication"),
            pl.lit(SECRET).alias("verdict"),
            pl.lit(SECRET).alias("until"),
        )
    )
    with kinds.refused(
        ("missing_column", "site"),
        ("missing_column", "setting"),
        ("wrong_type", "age_years"),
        ("wrong_type", "pregnancy"),
        ("wrong_type", "indication"),
        ("name_taken", "verdict"),
        ("name_taken", "until"),
    ):
        frames.recommend(kind.given(given), KNOWLEDGE)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("on", pl.lit(20261122)),
        ("on", pl.lit(datetime(2026, 11, 22, tzinfo=UTC))),
        ("on", pl.lit(True)),  # noqa: FBT003
        ("site", pl.lit(3)),
        ("age_years", pl.lit(34.0)),
        ("age_years", pl.lit(True)),  # noqa: FBT003
        ("findings", pl.lit(SECRET)),
        ("findings", pl.lit(1).reshape((1, 1)).first().implode()),
        ("pregnancy", pl.lit(1)),
        ("pregnancy", pl.lit(SECRET).cast(pl.Binary)),
        ("tattoo_last_on", pl.lit(1.5)),
    ],
)
def test_wrong_types(name: str, values: pl.Expr) -> None:
    """Lazily or not, each is told by its name."""
    given = table().with_columns(values.alias(name))
    for each in (given, given.lazy()):
        with pytest.raises(mn.InputError) as caught:
            frames.recommend(each, KNOWLEDGE)
        assert [(p.code, p.path) for p in caught.value.problems] == [("wrong_type", name)]
        assert SECRET not in str(caught.value)


def test_objects_of_pandas() -> None:
    """What pandas keeps as objects is read where that is exact, and refused where it is not."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    given = kinds.to_pandas(table())
    odd = {
        "on": [SECRET, 5],
        "age_years": [34.5, None],
        "pregnancy": [SECRET, True],
        "tattoo_last_on": [SECRET, 1.5],
    }
    held = given.astype(dict.fromkeys(odd, object))
    for name, values in odd.items():
        held[name] = held[name].astype(object)
        each: Any = values
        for place, value in enumerate(each):
            held.at[place, name] = value
    with pytest.raises(mn.InputError) as caught:
        frames.recommend(held, KNOWLEDGE)
    assert {(p.code, p.path) for p in caught.value.problems} == {("wrong_type", n) for n in odd}
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"colour": "x"}, ("unknown_key", "columns")),
        ([("on", "x")], ("wrong_type", "columns")),
        ({"on": 5}, ("wrong_type", "columns")),
        ("on", ("wrong_type", "columns")),
        ({"on": "visit"}, ("missing_column", "visit")),
        ({"diabetes_controlled": "d"}, ("missing_column", "d")),
        ({"verdict": "until"}, ("name_taken", "until")),
        ({"verdict": "site"}, ("name_taken", "site")),
    ],
)
def test_names_that_cannot_be(columns: Any, problem: tuple[str, str]) -> None:
    with kinds.refused(problem):
        frames.recommend(table(), KNOWLEDGE, columns)


@pytest.mark.parametrize("frame", [None, [], {"on": []}, SECRET, table()["on"]])
def test_no_frame(frame: Any) -> None:
    """It is told what a frame is; for the decision and for its sum."""
    works: tuple[Any, ...] = (
        lambda: frames.recommend(frame, KNOWLEDGE),
        lambda: frames.cohort(frame),
    )
    for work in works:
        with pytest.raises(mn.InputError) as caught:
            work()
        assert (caught.value.code, caught.value.path) == ("wrong_type", "frame")
        assert SECRET not in str(caught.value)


def test_no_edition() -> None:
    with kinds.refused(("wrong_type", "knowledge")):
        frames.recommend(table(), "2026.1")  # type: ignore[arg-type]


def test_a_column_twice() -> None:
    """Two of our columns may not be one of the table's."""
    names = {"on": "tattoo_last_on"}
    given = table().drop("on")
    made = frames.recommend(given, KNOWLEDGE, names)
    assert made["error"].to_list() == ["missing", "missing"]
