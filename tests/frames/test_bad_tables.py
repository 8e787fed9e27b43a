"""A table that cannot be decided is refused at once, with all that is wrong, and no value of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from tests.frames import drawing, kinds
from tests.frames.kinds import Kind

KNOWLEDGE = mn.load("2026.1")
PATIENT = "Jane Doe"
COLUMNS = (*kinds.BASE, "findings", "pregnancy", "tattoo_last_on")


def table() -> pl.DataFrame:
    return kinds.table([drawing.usual(COLUMNS)] * 2, COLUMNS)


# Dask tells types by a sample without rows.
@kinds.each(*(kind for kind in kinds.LIBRARIES if kind is not kinds.DASK))
def test_all_that_is_missing_wrong_or_in_the_way(kind: Kind) -> None:
    """One error names every column."""
    given = (
        table()
        .drop("site", "setting")
        .with_columns(
            pl.lit(34.5).alias("age_years"),
            pl.lit(7).alias("pregnancy"),
            pl.lit(8).alias("indication"),
            pl.lit(PATIENT).alias("verdict"),
            pl.lit(PATIENT).alias("until"),
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
        ("findings", pl.lit(PATIENT)),
        ("findings", pl.lit(1).reshape((1, 1)).first().implode()),
        ("pregnancy", pl.lit(1)),
        ("pregnancy", pl.lit(PATIENT).cast(pl.Binary)),
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
        assert PATIENT not in str(caught.value)


def test_objects_of_pandas() -> None:
    """What pandas keeps as objects is read where that is exact, and refused where it is not."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    given = kinds.to_pandas(table())
    odd: dict[str, list[Any]] = {
        "on": [PATIENT, 5],
        "age_years": [34.5, None],
        "pregnancy": [PATIENT, True],
        "tattoo_last_on": [PATIENT, 1.5],
    }
    held = given.astype(dict.fromkeys(odd, object))
    for name, values in odd.items():
        held[name] = held[name].astype(object)
        for place, value in enumerate(values):
            held.at[place, name] = value
    with pytest.raises(mn.InputError) as caught:
        frames.recommend(held, KNOWLEDGE)
    assert {(p.code, p.path) for p in caught.value.problems} == {("wrong_type", n) for n in odd}
    assert PATIENT not in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"colour": "x"}, ("unknown_key", "columns")),
        ([("on", "x")], ("wrong_type", "columns")),
        ({"on": 5}, ("wrong_type", "columns")),
        ("on", ("wrong_type", "columns")),
        ({"diabetes_controlled_last_on": "x"}, ("missing_column", "x")),
        ({"diabetes_controlled": "d"}, ("missing_column", "d")),
        ({"verdict": "until"}, ("name_taken", "until")),
        ({"verdict": "site"}, ("name_taken", "site")),
    ],
)
def test_names_that_cannot_be(columns: Any, problem: tuple[str, str]) -> None:
    with kinds.refused(problem):
        frames.recommend(table(), KNOWLEDGE, columns)


@pytest.mark.parametrize("frame", [None, [], {"on": []}, PATIENT, table()["on"]])
def test_no_frame(frame: Any) -> None:
    """It is told what a frame is; for the decision and for its sum."""
    works: list[Callable[[], object]] = [
        lambda: frames.recommend(frame, KNOWLEDGE),
        lambda: frames.cohort(frame),
    ]
    for work in works:
        with pytest.raises(mn.InputError) as caught:
            work()
        assert (caught.value.code, caught.value.path) == ("wrong_type", "frame")
        assert PATIENT not in str(caught.value)


def test_no_edition() -> None:
    with kinds.refused(("wrong_type", "knowledge")):
        frames.recommend(table(), "2026.1")  # type: ignore[arg-type]


def test_a_column_twice() -> None:
    """Two of our columns may not be one of the table's."""
    names = {"on": "tattoo_last_on"}
    given = table().drop("on")
    made = frames.recommend(given, KNOWLEDGE, names)
    assert made["error"].to_list() == ["missing", "missing"]


@pytest.mark.cluster
def test_dask_finds_wrong_values_when_it_runs() -> None:
    """Ages that are no whole numbers are refused by then; none is made one."""
    kinds.DASK.available()
    given = kinds.to_dask(table().with_columns(pl.lit(17.9).alias("age_years")))
    made = frames.recommend(given, KNOWLEDGE)
    with kinds.refused(("wrong_type", "age_years")):
        made.compute(scheduler="synchronous")


@pytest.mark.cluster
def test_dask_has_lists_of_arrow() -> None:
    """Objects of Dask may be lists or texts, which nobody knows before it runs."""
    kinds.DASK.available()
    given = kinds.to_dask(table())
    with kinds.refused(("wrong_type", "findings")):
        frames.recommend(given.astype({"findings": object}), KNOWLEDGE)
