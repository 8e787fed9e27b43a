"""Whole files: what comes out is what the rows in memory come to, or nothing comes out."""

from pathlib import Path
from random import Random

import polars as pl
import pytest

import microneedling as mn
from microneedling import frames
from microneedling.frames import file_streaming
from microneedling.frames.column_choices import Choices
from tests.frames import kinds
from tests.frames.rows import Row, drawn
from tests.frames.test_editions import COLUMNS, agree, table

MARK = "PATIENT-NAME"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    rng = Random(21)
    return [drawn(rng, COLUMNS) for _ in range(2000)]


def _csv(frame: pl.DataFrame, path: Path) -> None:
    lists = pl.col("findings").list.join(" ", ignore_nulls=True)
    frame.with_columns(lists).write_csv(path)


def test_parquet(rows: list[Row], tmp_path: Path) -> None:
    """Parquet to Parquet: every row, in its order, with every other column."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    frame = table(rows).with_columns(note=pl.lit(MARK))
    frame.write_parquet(source, row_group_size=100)
    told: list[tuple[int, int | None]] = []
    count = file_streaming.recommend_file(
        str(source),
        str(target),
        mn.load("2026.1"),
        progress=lambda done, total: told.append((done, total)),
    )
    decided = pl.read_parquet(target)

    assert count == len(rows)
    assert decided.select(frame.columns).equals(frame)
    agree(rows, decided, mn.load("2026.1"))
    assert told == sorted(told)
    assert told[-1] == (len(rows), len(rows))
    # Whoever may read new files here may read this one.
    assert target.stat().st_mode == source.stat().st_mode


def test_names_of_files_are_no_patterns(rows: list[Row], tmp_path: Path) -> None:
    """Brackets and stars in a file's name stand for themselves, and capitals do not count."""
    _csv(table(rows[:2]), tmp_path / "visits1.csv")
    _csv(table(rows[:5]), tmp_path / "visits[1].CSV")
    target = str(tmp_path / "out*[1].parquet")
    names = {"verdict": "count"}
    source = str(tmp_path / "visits[1].CSV")
    said = Choices.of(names)
    assert file_streaming.recommend_file(source, target, mn.load("2026.1"), said) == 5
    assert sum(count for _, count in file_streaming.counted(target, names)) == 5


def test_csv(rows: list[Row], tmp_path: Path) -> None:
    """CSV to Parquet and to CSV: what has no types is read as it is meant."""
    knowledge = mn.load("2026.1")
    right = [row for row in rows if not _unwritable(row)]
    source = tmp_path / "in.csv"
    _csv(table(right), source)
    for target in (tmp_path / "out.parquet", tmp_path / "out.csv"):
        assert file_streaming.recommend_file(str(source), str(target), knowledge) == len(right)
    decided = pl.read_parquet(tmp_path / "out.parquet")

    agree(right, decided, knowledge)
    again = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    assert again["verdict"].to_list() == decided["verdict"].to_list()
    counts = dict(file_streaming.counted(str(tmp_path / "out.csv")))
    assert counts == dict(decided["verdict"].cast(pl.String).value_counts().rows())


@pytest.mark.filterwarnings("ignore::microneedling.frames.SlowTableWarning")
@pytest.mark.parametrize("keyed", [False, True], ids=["tables", "row by row"])
def test_csv_of_all_that_a_row_can_say(tmp_path: Path, *, keyed: bool) -> None:
    """Days, yes and no, codes and lengths of every other column are read from text, too."""
    names = (*COLUMNS, "dermal_filler_ongoing", "rosacea_ongoing")
    more = ("rosacea_cleared_on", "rosacea_cleared_by", "device_kind", "label_maximum_um")
    columns = (*names, *more, *kinds.SESSION) if keyed else names
    rng = Random(22)
    right = [drawn(rng, columns, wrong_ones=0) for _ in range(300)]
    source, target = tmp_path / "in.csv", tmp_path / "out.parquet"
    _csv(kinds.table(right, columns), source)
    file_streaming.recommend_file(str(source), str(target), mn.load("2026.1"))
    agree(right, pl.read_parquet(target), mn.load("2026.1"))
    wrong = {"rosacea_ongoing": "yes", "rosacea_cleared_on": "1.2.26", "rosacea_cleared_by": "me"}
    for name, text in wrong.items():
        if name in columns:
            _csv(kinds.table(right[:2], columns).with_columns(pl.lit(text).alias(name)), source)
            file_streaming.recommend_file(str(source), str(target), mn.load("2026.1"))
            assert set(pl.read_parquet(target)["error_column"]) == {name}


def _unwritable(row: Row) -> bool:
    """Tell whether CSV says the same row otherwise: what is out of bounds cannot be read there."""
    days = [row["on"], row["dermal_filler_last_on"], row["dermal_filler_last_on"]]
    outside = any(day is not None and not 1900 <= day.year <= 2199 for day in days)
    aged = row["age_years"] is None or 0 <= row["age_years"] <= 130
    coded = all(row[name] != "" for name in ("indication", "severity", "site", "setting"))
    listed = row["findings"] is None or None not in row["findings"]
    return outside or not aged or not coded or row["skin_type"] == "" or not listed


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("age_years", "thirty"),
        ("age_years", "34.0"),
        ("age_years", " 34"),
        ("on", "22.11.2026"),
        ("on", "2026-11-31"),
        ("on", "20261122"),
        ("dermal_filler", "yes"),
        ("dermal_filler", "1"),
        ("everything_asked", "yes"),
        ("dermal_filler_last_on", "2026-8-1"),
    ],
)
def test_unreadable(column: str, text: str, tmp_path: Path) -> None:
    """A text that has not the one spelling makes its row invalid, and no other."""
    source, target = tmp_path / "in.csv", tmp_path / "out.parquet"
    right = drawn(Random(3), COLUMNS, wrong_ones=0)
    frame = table([right, right]).with_columns(pl.all().exclude("findings").cast(pl.String))
    place = pl.int_range(pl.len()) == 1
    wrong = frame.with_columns(pl.when(place).then(pl.lit(text)).otherwise(column).alias(column))
    _csv(wrong, source)
    file_streaming.recommend_file(str(source), str(target), mn.load("2026.1"))
    decided = pl.read_parquet(target)

    assert decided["error"].to_list() == [None, "unreadable"]
    assert decided["error_column"].to_list() == [None, column]


def test_blanks(tmp_path: Path) -> None:
    """In quotes or not, a blank says nothing: what it is about is unknown, or no list at all."""
    columns = ("on", "indication", "severity", "site", "setting", "age_years", "findings")
    head = ",".join((*columns, "pregnancy"))
    usual = "2026-11-22,striae,mild,abdomen,clinic"
    source, target = tmp_path / "in.csv", tmp_path / "out.parquet"
    source.write_text(f'{head}\n{usual},,,\n{usual},"","",""\n"",striae,mild,abdomen,clinic,,,\n')
    file_streaming.recommend_file(str(source), str(target), mn.load("2026.1"))
    made = pl.read_parquet(target)
    assert made["error"].to_list() == [None, None, "missing"]
    assert made["verdict"].to_list() == ["ask", "ask", "invalid"]
    assert made["deciding_findings"][0] == made["deciding_findings"][1]


def test_names_that_stand_twice(tmp_path: Path) -> None:
    """Nobody could say which column of a CSV file is meant, so none is read."""
    head = "on,indication,site,setting,pregnancy,pregnancy,note,note,,"
    row = f"2026-11-22,striae,abdomen,clinic,false,true,{MARK},{MARK},,"
    (tmp_path / "in.csv").write_text(f"{head}\n{row}\n")
    with pytest.raises(mn.InputError) as caught:
        file_streaming.recommend_file(
            str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), mn.load("2026.1")
        )
    problems = [(problem.code, problem.path) for problem in caught.value.problems]
    assert problems == [("name_taken", "pregnancy"), ("name_taken", "note")]
    assert MARK not in str(caught.value)


def test_nothing_is_left_behind(
    rows: list[Row], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that is cut off leaves what was there before, and nothing else."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    table(rows).write_parquet(source)
    target.write_bytes(b"before")

    def cut_off(*_: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(BaseException):  # noqa: B017, PT011 - whatever polars makes of it
        file_streaming.recommend_file(str(source), str(target), mn.load("2026.1"), progress=cut_off)
    assert target.read_bytes() == b"before"
    monkeypatch.setattr(pl.LazyFrame, "sink_parquet", cut_off)
    with pytest.raises(KeyboardInterrupt):
        file_streaming.recommend_file(str(source), str(target), mn.load("2026.1"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("in.parquet", "in.parquet"),
        ("in.parquet", "out.txt"),
        ("in.txt", "out.csv"),
        ("none.csv", "out.csv"),
        ("in.parquet", "nowhere/out.csv"),
        ("garbage.parquet", "out.csv"),
        ("garbage.csv", "out.csv"),
    ],
)
def test_refused(source: str, target: str, rows: list[Row], tmp_path: Path) -> None:
    """What cannot be read or written is said; no path and no row is repeated."""
    table(rows).write_parquet(tmp_path / "in.parquet")
    for name in ("garbage.parquet", "garbage.csv"):
        (tmp_path / name).write_bytes(MARK.encode() * 3 + b"\xff\x00")
    before = sorted(tmp_path.iterdir())

    with pytest.raises(mn.MicroneedlingError) as caught:
        file_streaming.recommend_file(
            str(tmp_path / source), str(tmp_path / target), mn.load("2026.1")
        )
    told = str(caught.value)
    assert MARK not in told
    assert str(tmp_path) not in told
    assert sorted(tmp_path.iterdir()) == before


def test_a_missing_column(rows: list[Row], tmp_path: Path) -> None:
    """A file without a required column is refused by its name."""
    source = tmp_path / "in.parquet"
    table(rows).drop("site").write_parquet(source)

    with pytest.raises(mn.InputError, match="site: the table needs a column"):
        file_streaming.recommend_file(str(source), f"{source}.parquet", mn.load("2026.1"))
    with pytest.raises(mn.InputError, match="columns"):
        frames.recommend(table(rows), mn.load("2026.1"), {"nothing": "x"})
