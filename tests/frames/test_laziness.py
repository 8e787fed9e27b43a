"""What is lazy stays lazy: nothing is read before somebody asks for it."""

from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from tests.frames import kinds
from tests.frames.kinds import Kind
from tests.frames.test_keeping import SIMPLE, some_table

KNOWLEDGE = mn.load("2026.1")


@kinds.each(*kinds.LIBRARIES, own=kinds.CLUSTERS)
def test_the_same_kind_comes_back(kind: Kind) -> None:
    """Of polars lazy or not, a relation, a frame of Dask or Spark."""
    given = kind.given(some_table(50, SIMPLE))
    made = frames.recommend(given, KNOWLEDGE)
    assert type(made) is type(given)
    assert type(frames.cohort(made)) is type(given)


def test_a_frame_of_narwhals_comes_back_as_one() -> None:
    for given in (
        nw.from_native(some_table(50, SIMPLE)),
        nw.from_native(some_table(50, SIMPLE).lazy()),
    ):
        made = frames.recommend(given, KNOWLEDGE)
        assert type(made) is type(given)
        assert type(frames.cohort(made)) is type(given)


def _boom(_: pl.DataFrame) -> pl.DataFrame:
    raise AssertionError


def test_polars_runs_nothing() -> None:
    """Neither for the decision nor for its sum."""
    table = some_table(50, SIMPLE)
    given = table.lazy().map_batches(_boom, schema=table.schema)
    made = frames.recommend(given, KNOWLEDGE)
    frames.cohort(made)
    with pytest.raises((AssertionError, pl.exceptions.ComputeError)):
        made.collect()


def test_duckdb_runs_nothing() -> None:
    """A table that is changed before the question gives what it then holds."""
    kinds.DUCKDB.available()
    import duckdb

    connection = duckdb.connect()
    kept = some_table(50, SIMPLE).to_arrow()
    connection.register("kept", kept)
    connection.execute("create table visits as from kept")
    made = frames.recommend(connection.table("visits"), KNOWLEDGE)
    summed = frames.cohort(made)
    connection.execute("delete from visits")
    assert made.fetchall() == []
    assert summed.fetchall() == []


@pytest.mark.cluster
def test_dask_runs_nothing() -> None:
    kinds.DASK.available()

    calls: list[int] = []

    def counted(part: Any) -> Any:
        calls.append(len(part))
        return part

    given: Any = kinds.to_dask(some_table(50, SIMPLE))
    table: Any = given.map_partitions(counted, meta=given._meta)  # noqa: SLF001 - as Dask has it
    made: Any = frames.recommend(table, KNOWLEDGE)
    frames.cohort(made)
    assert type(made) is type(given)
    assert calls == []
    assert len(made.compute(scheduler="synchronous")) == sum(calls) == 50


@pytest.mark.cluster
def test_spark_runs_nothing(spark: Any) -> None:
    given = kinds.to_spark(some_table(50, SIMPLE))
    spark.sparkContext.setJobGroup("lazy", "nothing may run here")
    made = frames.recommend(given, KNOWLEDGE)
    frames.cohort(made)
    assert list(spark.sparkContext.statusTracker().getJobIdsForGroup("lazy")) == []
    assert made.count() == 50
    assert list(spark.sparkContext.statusTracker().getJobIdsForGroup("lazy"))
