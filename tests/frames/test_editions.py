"""Editions of one's own: those that factor by the tables, the others row by row; always equal."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from microneedling.frames import decision_tables, frame_kinds, row_by_row
from tests.conftest import share
from tests.frames.rows import ANSWERS, CODES, Row, disagreement, drawn

COLUMNS = (
    *("on", "indication", "severity", "site", "setting", "skin_type", "age_years"),
    *("everything_asked", "findings", "dermal_filler", "dermal_filler_last_on", "young_scar"),
    *("topical_anaesthetic_barred", "anaesthetic_allergy", "rosacea", "dermal_filler_last_on"),
)
KEYED = ("label_maximum_um", "longest_downtime_days", "numbing", "most_visits")


def table(rows: list[Row]) -> pl.DataFrame:
    """Make a frame of rows, with a type for each column."""

    def kind(name: str) -> Any:
        if name in CODES:
            return pl.String
        if name == "on" or name.endswith("_last_on"):
            return pl.Date
        if name == "findings":
            return pl.List(pl.String)
        whole = name == "age_years" or (name in KEYED and name != "numbing")
        return pl.Int64 if whole else pl.Boolean

    return pl.DataFrame(rows, schema={name: kind(name) for name in rows[0]}, orient="row")


def agree(rows: list[Row], decided: pl.DataFrame, knowledge: mn.Knowledge) -> None:
    """Every row is what the one function gives."""
    assert len(decided) == len(rows)
    plain = decided.with_columns(pl.col(pl.Enum).cast(pl.String)).select(ANSWERS)
    for row, got in zip(rows, plain.iter_rows(named=True), strict=True):
        assert not disagreement(row, got, knowledge), row


def altered(change: Callable[[dict[str, Any]], None]) -> mn.Knowledge:
    """Give the first edition with something else in it."""
    tables = json.loads(mn.load("2026.1").canonical)
    tables["edition"]["id"] = "own-1"
    change(tables)
    return mn.from_tables(tables)


def finding(tables: dict[str, Any], name: str) -> dict[str, Any]:
    """Give a finding's row."""
    rows: list[dict[str, Any]] = tables["findings"]
    return next(row for row in rows if row["code"] == name)


def _another_wait(tables: dict[str, Any]) -> None:
    finding(tables, "dermal_filler")["wait"]["days"] = 29


def _another_age(tables: dict[str, Any]) -> None:
    finding(tables, "age_under_18")["age_under_years"] = 30


def _another_level(tables: dict[str, Any]) -> None:
    del finding(tables, "rosacea")["ends"]
    finding(tables, "rosacea").update(level="refer", urgency="routine")


def _asked_elsewhere(tables: dict[str, Any]) -> None:
    finding(tables, "rosacea")["sites"] = ["hand"]


def _not_at_home(tables: dict[str, Any]) -> None:
    finding(tables, "rosacea")["not_at_home"] = True
    finding(tables, "herpes_history")["not_at_home"] = True


def _never_at_home(tables: dict[str, Any]) -> None:
    tables["protocols"] = [row for row in tables["protocols"] if row["settings"] == ["clinic"]]
    figures = [
        part for row in tables["protocols"] for part in row.values() if isinstance(part, dict)
    ]
    behind = {study for figure in figures for study in figure.get("studies", ())}
    for study in tables["studies"]:
        if study["id"] not in behind:
            study.setdefault("unused_because", "not_covered")
    cited = json.dumps({name: rows for name, rows in tables.items() if name != "sources"})
    tables["sources"] = [row for row in tables["sources"] if f'"{row["id"]}"' in cited]


def _milder_afterwards(tables: dict[str, Any]) -> None:
    finding(tables, "dermal_filler")["wait"]["level"] = "limit"
    finding(tables, "dermal_filler")["must"] = "Do not needle over the filler."


@pytest.mark.parametrize(
    "change",
    [
        _another_wait,
        _another_age,
        _not_at_home,
        pytest.param(_never_at_home, marks=pytest.mark.heavy),
        pytest.param(_milder_afterwards, marks=pytest.mark.heavy),
        pytest.param(_another_level, marks=pytest.mark.heavy),
        pytest.param(_asked_elsewhere, marks=pytest.mark.heavy),
    ],
)
def test_own_editions(change: Callable[[dict[str, Any]], None]) -> None:
    """Nothing of the first edition stands in the tables' code: another gives its own answers."""
    knowledge = altered(change)
    rng = Random(7)
    rows = [drawn(rng, COLUMNS) for _ in range(share(3000).max_examples)]
    decided = frames.recommend(table(rows), knowledge)

    agree(rows, decided, knowledge)
    first = frames.recommend(table(rows), mn.load("2026.1"))
    assert not decided.drop("edition").equals(first.drop("edition")), "the change shows"
    assert set(decided["edition"]) == {"own-1"}


def test_an_edition_that_does_not_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the tables do not hold, rows are decided one by one, and it is said."""

    def not_factored(*_: object) -> None:
        message = "odd for a test"
        raise decision_tables.NotFactoredError(message)

    monkeypatch.setattr(decision_tables.Tables, "__init__", not_factored)
    knowledge = altered(_another_wait)
    rng = Random(8)
    rows = [drawn(rng, (*COLUMNS, "herpes_history")) for _ in range(300)]

    with pytest.warns(frames.SlowTableWarning, match="odd for a test"):
        decided = frames.recommend(table(rows), knowledge)
    agree(rows, decided, knowledge)
    with pytest.warns(frames.SlowTableWarning):
        lazy = frames.recommend(table(rows).lazy(), knowledge)
    assert lazy.collect().equals(decided)


def test_an_answer_that_the_tables_do_not_come_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables that do not come to what the function says are not used."""
    real = mn.recommend
    both = {mn.Finding.ROSACEA, mn.Finding.TATTOO}

    def odd(assessment: mn.Assessment, knowledge: mn.Knowledge) -> mn.Answer:
        # What no table of single findings can hold: two that are milder together.
        present = {exposure.finding for exposure in assessment.screening.present}
        if len(present) > 1 and len(present) < len(mn.Finding):
            less = mn.Screening.complete(present=present - both)
            import attrs

            return real(attrs.evolve(assessment, screening=less), knowledge)
        return real(assessment, knowledge)

    monkeypatch.setattr(decision_tables, "recommend", odd)
    with pytest.raises(decision_tables.NotFactoredError, match="not what the tables come to"):
        decision_tables.Tables(mn.load("2026.1"))


def _keyed(rng: Random) -> Row:
    row = drawn(rng, COLUMNS)
    return row | {
        "label_maximum_um": rng.choice([None, 250, 500, 1000, 1500]),
        "longest_downtime_days": rng.choice([None, 0, 2, 7]),
        "numbing": rng.choice([None, True, False]),
        "most_visits": rng.choice([None, 1, 4]),
    }


def _to_polars(library: str, frame: pl.DataFrame, knowledge: mn.Knowledge) -> pl.DataFrame:
    if library == "polars lazy":
        lazy: pl.DataFrame = frames.recommend(frame.lazy(), knowledge).collect(engine="streaming")
        return lazy
    if library == "pyarrow":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        made = pl.from_arrow(frames.recommend(frame.to_arrow(), knowledge))
        assert isinstance(made, pl.DataFrame)
        return made
    if library == "duckdb":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
        relation: pl.DataFrame = frames.recommend(
            duckdb.from_arrow(frame.to_arrow()), knowledge
        ).pl()
        return relation
    eager: pl.DataFrame = frames.recommend(frame, knowledge)
    return eager


@pytest.mark.parametrize("library", ["polars", "polars lazy", "pyarrow", "duckdb"])
@pytest.mark.filterwarnings("ignore::microneedling.frames.SlowTableWarning")
def test_labels_and_preferences(library: str) -> None:
    """What the tables do not hold is decided row by row, and is what the function gives."""
    knowledge = mn.load("2026.1")
    rng = Random(9)
    rows = [_keyed(rng) for _ in range(400)]

    agree(rows, _to_polars(library, table(rows), knowledge), knowledge)


@pytest.mark.filterwarnings("ignore::microneedling.frames.SlowTableWarning")
def test_labels_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is alike is decided once, in whatever pieces it comes, and however much is kept."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    knowledge, rng = mn.load("2026.1"), Random(10)
    rows = [_keyed(rng) for _ in range(30)]
    given = pl.concat([table(rows)] * 3).to_arrow()
    calls = 0
    real = mn.recommend

    def counted(assessment: mn.Assessment, knowledge: mn.Knowledge) -> mn.Answer:
        nonlocal calls
        calls += 1
        return real(assessment, knowledge)

    monkeypatch.setattr(row_by_row, "recommend", counted)
    whole = frames.recommend(given, knowledge)
    once, calls = calls, 0
    monkeypatch.setattr(frame_kinds, "_ROWS", 7)
    assert frames.recommend(given, knowledge).equals(whole)
    assert 0 < calls == once <= 30
    monkeypatch.setattr(row_by_row, "_KEPT", 2)
    assert frames.recommend(given, knowledge).equals(whole)


def test_labels_are_said_to_be_slow() -> None:
    """It is said that it takes long, and of which column that comes; at the caller's line."""
    rows = [_keyed(Random(1))]

    with pytest.warns(frames.SlowTableWarning, match="label_maximum_um") as caught:
        frames.recommend(table(rows), mn.load("2026.1"))
    assert caught[0].filename == __file__


def test_a_label_out_of_bounds() -> None:
    """A length that is none makes the row invalid, not the table."""
    row = drawn(Random(2), COLUMNS, wrong_ones=0) | {"label_maximum_um": 40}
    with pytest.warns(frames.SlowTableWarning):
        decided = frames.recommend(table([row]), mn.load("2026.1"))

    assert decided["error"].to_list() == ["out_of_range"]
    assert decided["error_column"].to_list() == ["label_maximum_um"]


@pytest.mark.heavy
def test_the_tables_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many calls however many the rows, and none for the next table."""
    calls = 0
    real = mn.recommend

    def counted(assessment: mn.Assessment, knowledge: mn.Knowledge) -> mn.Answer:
        nonlocal calls
        calls += 1
        return real(assessment, knowledge)

    monkeypatch.setattr(decision_tables, "recommend", counted)
    asked = []
    for count in (1, 500):
        knowledge = altered(lambda _: None)
        rng = Random(3)
        rows = [drawn(rng, COLUMNS) for _ in range(count)]
        before = calls
        frames.recommend(table(rows), knowledge)
        asked.append(calls - before)
        frames.recommend(table(rows), knowledge)
        assert calls - before == asked[-1]
    assert asked[0] == asked[1] > 0


@pytest.mark.heavy
def test_threads_agree() -> None:
    """Several threads at once on one edition that is still unread give the same."""
    knowledge = altered(lambda _: None)
    rng = Random(4)
    rows = [drawn(rng, COLUMNS) for _ in range(300)]
    frame = table(rows)

    with ThreadPoolExecutor(3) as pool:
        made = [*pool.map(lambda _: frames.recommend(frame, knowledge), range(3))]
    assert all(other.equals(made[0]) for other in made)
    agree(rows, made[0], knowledge)
