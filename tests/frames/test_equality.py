"""A table's row is told what the one function gives for it, by every library."""

from random import Random

import pytest
from hypothesis import given, settings

import microneedling as mn
from microneedling import frames
from tests.frames import drawing, kinds, rows as oracle
from tests.frames.kinds import BASE, CLEARED, DAYS, FINDINGS, ONGOING, REQUIRED, SESSION, Kind
from tests.frames.rows import ANSWERS, Row

KNOWLEDGE = mn.load("2026.1")
pytestmark = pytest.mark.filterwarnings("ignore::microneedling.frames.SlowTableWarning")
# Tables as they come: what is told, and how.
SETS = {
    "required alone": REQUIRED,
    "flags": (
        *(*BASE, *FINDINGS[::4], "topical_anaesthetic_barred", "young_scar", "everything_asked"),
        *("dermal_filler", "dermal_filler_last_on", "dermal_filler_last_on"),
    ),
    "every finding with its day": (*BASE, *FINDINGS, *DAYS),
    "lists": (
        *(*BASE, "findings", "absent", "everything_asked"),
        *("laser_or_ipl_last_on", "tattoo", "inside_orbital_rim"),
    ),
    "what goes on": (
        *(*BASE, *FINDINGS[::4], *ONGOING[::4], *DAYS[::8], "absent", "everything_asked"),
    ),
    "row by row": (
        *(*BASE, *FINDINGS[::6], "findings", "everything_asked", "device_kind", *SESSION),
        *(name for pair in CLEARED[::3] for name in pair),
        *("isotretinoin", "isotretinoin_ongoing", "isotretinoin_last_on", "bleeding_disorder"),
    ),
    "few": (*REQUIRED, "everything_asked", "findings"),
}


def decided(kind: Kind, rows: list[Row], columns: tuple[str, ...] | list[str]) -> int:
    """Decide rows as a frame of a kind; give how many are what they have to be."""
    frame = frames.recommend(kind.given(kinds.table(rows, columns)), KNOWLEDGE)
    return kinds.same(rows, kind.read(frame, ANSWERS), KNOWLEDGE)


def some_rows(columns: tuple[str, ...], count: int, seed: int) -> list[Row]:
    rng = Random(seed)
    return [oracle.drawn(rng, columns) for _ in range(count)]


def compared(kind: Kind, name: str, count: int) -> bool:
    columns = SETS[name]
    return decided(kind, some_rows(columns, count, seed=len(columns)), columns) == count


@pytest.mark.parametrize("name", SETS)
@kinds.each(kinds.POLARS[0], kinds.ARROW, kinds.DUCKDB)
def test_every_row_is_what_the_one_function_gives(kind: Kind, name: str) -> None:
    """Equality, on rows at random, for tables that tell much and tables that tell little."""
    assert compared(kind, name, 300)


@kinds.each(*kinds.POLARS[1:], *(kind for kind in kinds.MORE if "-" in kind.name))
def test_however_the_columns_are_typed(kind: Kind) -> None:
    """Equality for categories, dictionaries, chunks and types of Arrow in pandas; lazily, too."""
    assert compared(kind, "lists", 300)


@pytest.mark.parametrize("name", ["flags", "lists", "row by row"])
@kinds.each(kinds.PANDAS, kinds.IBIS, *kinds.CLUSTERS, own=kinds.CLUSTERS)
def test_by_partitions(kind: Kind, name: str) -> None:
    """Equality where a table is decided in parts, elsewhere."""
    assert compared(kind, name, 300)


@kinds.each(*kinds.LIBRARIES)
def test_every_set_of_columns(kind: Kind) -> None:
    """
    Equality, whatever the columns are and in whatever order they stand.

    ``pytest -s -k every_set tests/frames --hypothesis-profile thorough`` goes through more and
    prints the counts.
    """
    frames_of_rows: list[int] = []
    # Each example is a plan of its own, and Spark starts a job for it.
    share = {kinds.IBIS: 75, kinds.DASK: 75, kinds.SPARK: 100}.get(kind, 25)

    @settings(max_examples=max(1, settings().max_examples // share))
    @given(drawing.tables())
    def holds(table: tuple[list[str], list[Row]]) -> None:
        columns, rows = table
        assert decided(kind, rows, columns) == len(rows)
        frames_of_rows.append(len(rows))

    holds()
    print(f"\n{kind.name}: {len(frames_of_rows)} random frames, {sum(frames_of_rows)} rows")


def test_verdicts_of_every_kind_are_among_what_is_drawn() -> None:
    """The rows above are worth comparing: every verdict and many an error occur."""
    seen = set()
    for name, columns in SETS.items():
        for row in some_rows(columns, 1000, seed=len(columns)):
            told = oracle.answer(row, KNOWLEDGE)
            seen |= {told["verdict"], *told.get("problems", {}).values()}
            seen |= {name} if told["verdict"] == "offer" else set()
    codes = {"missing", "unknown_code", "out_of_range", "after_assessment", "contradiction"}
    assert seen >= {*(verdict.value for verdict in mn.Verdict), "invalid", *codes, "lists"}
