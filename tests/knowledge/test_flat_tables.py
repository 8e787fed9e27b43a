"""Flat tables: every scalar of every row, under a documented column, and nothing else."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import reduce
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import microneedling as mn
from microneedling.display.flat_tables import BETWEEN, flattened
from microneedling.knowledge.edition_tables import TABLES
from microneedling.values.tables import Cell, Column, Table
from tests.ledgers import FOUR_WEEKLY

NAMES = sorted({*TABLES, "edition"})
EDITION = mn.load("2026.1")
ROWS = [row for name in sorted(TABLES) for row in getattr(EDITION, name)[:1]] + [EDITION.edition]
PYTHON = {"text": str, "list": str, "whole": int, "flag": bool, "day": date, "decimal": Decimal}


def rows_of(knowledge: mn.Knowledge, name: str) -> tuple[Any, ...]:
    held = getattr(knowledge, name)
    return (held,) if name == "edition" else tuple(held)


def scalars(value: object, *, top: bool = True) -> Iterator[str]:
    """Walk through a value, by what it holds and not by what it declares."""
    if isinstance(value, mn.Source) and not top:
        yield value.id
    elif isinstance(value, Enum):
        yield value.value
    elif isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, tuple):
        for one in value:
            yield from scalars(one, top=False)
    elif attrs.has(kind := type(value)):
        for field in attrs.fields(kind):
            yield from scalars(getattr(value, field.name), top=False)
    elif value not in (None, ""):
        yield str(value)


def members(cell: str) -> list[str]:
    """Take a joined text apart."""
    parts = [cell]
    for sign in BETWEEN:
        parts = [one for part in parts for one in part.split(f" {sign} ")]
    return [re.sub(r"(?<!\S)(\|+|;+)(?!\S)", lambda m: m[0][: len(m[0]) // 2], p) for p in parts]


def shown(column: Column, cell: Cell) -> list[str]:
    if cell is None:
        return []
    if isinstance(cell, bool):
        return [str(cell).lower()]
    return [text for text in (members(str(cell)) if column.kind == "list" else [str(cell)]) if text]


def check_nothing_lost(table: Table, rows: tuple[object, ...]) -> None:
    for row, cells in zip(rows, table.cells, strict=True):
        found = Counter(
            text
            for column, cell in zip(table.columns, cells, strict=True)
            if (table.name, column.name) != ("sources", "link")
            for text in shown(column, cell)
        )
        assert found == Counter(scalars(row))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_and_nothing_added(knowledge: mn.Knowledge, name: str) -> None:
    """Each scalar of a row stands in its row of the table as often as in the row itself."""
    table, rows = knowledge.table(name), rows_of(knowledge, name)
    assert len(table) == len(rows) > 0
    check_nothing_lost(table, rows)


@pytest.mark.parametrize("kind", [type(row) for row in ROWS], ids=lambda kind: kind.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_nothing_is_lost_of_any_row(kind: type, data: st.DataObject) -> None:
    """Whatever an edition may hold, with texts at random."""
    rows = tuple(data.draw(st.lists(st.from_type(kind), max_size=2)))
    check_nothing_lost(flattened("drawn", kind, rows), rows)


@pytest.mark.parametrize("name", [*NAMES, "options"])
def test_columns(knowledge: mn.Knowledge, name: str) -> None:
    """Each has a name of its own, says what it holds, and holds that kind of thing alone."""
    table = knowledge.table(name)
    assert table.columns == knowledge.columns(name)
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    for place, column in enumerate(table.columns):
        assert re.fullmatch(r"[a-z_]+", column.name)
        assert column.about.endswith(".")
        kinds = {type(cells[place]) for cells in table.cells} - {type(None)}
        assert kinds <= {PYTHON[column.kind]}, column
        # What is a number says of what, or is a count.
        if column.kind == "decimal":
            assert column.name.endswith("_mm")


def test_the_order_stays(knowledge: mn.Knowledge) -> None:
    """The edition's own, whatever the order in which its tables were written."""
    for name, key in {"studies": "id", "sources": "id", "protocols": "id"}.items():
        told = [row[key] for row in knowledge.table(name)]
        assert told == [row.id for row in getattr(knowledge, name)]
        assert knowledge.table(name).cells == mn.load("2026.1").table(name).cells


def test_sources_tell_where_they_lead(knowledge: mn.Knowledge) -> None:
    """By a column more, that of `Source.link`."""
    for row, source in zip(knowledge.table("sources"), knowledge.sources, strict=True):
        assert row["link"] == source.link


@pytest.mark.parametrize("name", ["study", "", "__class__", "digest", None, 3])
def test_no_such_table(knowledge: mn.Knowledge, name: Any) -> None:  # noqa: ANN401 - what is no name
    """Is refused, and the tables are named."""
    for ask in (knowledge.table, knowledge.columns, knowledge.to_frame):
        with pytest.raises(mn.InputError) as caught:
            ask(name)
        problem = caught.value.problems[0]
        assert problem.path == "name"
        if isinstance(name, str):
            assert all(known in problem.message for known in ("studies", "options", "edition"))


@given(st.lists(st.lists(st.text("|; ab", max_size=6), min_size=1, max_size=3), min_size=1))
def test_joined_texts_come_apart(lists: list[list[str]]) -> None:
    """Whatever the texts hold, also the signs that stand between them."""
    from microneedling.display.flat_tables import _plain

    outer, inner = BETWEEN
    joined = f" {outer} ".join(f" {inner} ".join(map(_plain, held)) for held in lists)
    flat = reduce(list.__add__, lists)
    assert members(joined) == flat


class TestOptions:
    """The figures of what is documented, and of what is offered."""

    def test_of_an_edition(self, knowledge: mn.Knowledge) -> None:
        table = knowledge.table("options")
        for row, protocol in zip(table, knowledge.protocols, strict=True):
            assert row["protocol"] == protocol.id
            check_figures(row, protocol)

    def test_of_an_answer(self, knowledge: mn.Knowledge) -> None:
        answer = offered(knowledge)
        assert len(answer.table()) == len(answer.options) > 1
        for place, (row, option) in enumerate(
            zip(answer.table(), answer.options, strict=True), start=1
        ):
            assert (row["option"], row["rank"]) == (place, option.standing.rank)
            assert str(row["protocols"]).split(" | ") == list(option.protocols)
            check_figures(row, option)

    @settings(max_examples=20)
    @given(answer=st.from_type(mn.Offer))
    def test_of_any_answer(self, answer: mn.Offer) -> None:
        for row, option in zip(answer.table(), answer.options, strict=True):
            check_figures(row, option)

    def test_of_an_answer_without_options(self, knowledge: mn.Knowledge) -> None:
        """Has the same columns, and no row."""
        answer = offered(knowledge)
        asked = mn.recommend(
            attrs.evolve(answer.assessment, screening=mn.Screening()), knowledge
        ).table()
        assert (len(asked), asked.columns) == (0, answer.table().columns)
        assert asked.to_csv().count("\r\n") == 1


def offered(knowledge: mn.Knowledge) -> mn.Answer:
    concern = FOUR_WEEKLY.concerns[0]
    return mn.recommend(
        mn.Assessment(
            on=date(2026, 11, 22),
            concerns=[concern],
            site=mn.Site.CHEEK,
            setting=mn.Setting.CLINIC,
            age_years=34,
            skin_type=mn.SkinType.III,
            screening=mn.Screening.complete(present=[]),
        ),
        knowledge,
    )


def check_figures(row: Mapping[str, Cell], option: mn.Protocol | mn.Course) -> None:
    """Each figure is that of the option, exactly, and each source stands under its key."""
    for end in ("shortest", "longest"):
        length = getattr(option.lengths, end)
        assert row[f"{end}_mm"] == Decimal(length.um) / 1000
        assert row[f"{end}_um"] == length.um
    count, gap = option.sessions, option.interval
    assert row["fewest_sessions"] == (count and count.fewest)
    assert row["most_sessions"] == (count and count.most)
    for name in ("minimum_days", "preferred_days", "maximum_days"):
        assert row[name] == (gap and getattr(gap, name))
    assert (row["grade"], row["backing"]) == (option.grade.value, option.backing.value)
    assert set(str(row["sources"]).split(" | ")) == {cited.source.id for cited in option.citations}
    for figure in ("lengths", "sessions", "interval"):
        ids = {cited.source.id for cited in option.citations if cited.supports == figure}
        assert set(filter(None, str(row[f"{figure}_sources"]).split(" | "))) == ids


@pytest.mark.parametrize("name", ["options", "studies", "edition", "findings"])
def test_as_text(knowledge: mn.Knowledge, name: str) -> None:
    """CSV and Markdown hold every cell; CSV is read back by the standard library."""
    table = knowledge.table(name)
    told = [["" if cell is None else str(cell) for cell in row] for row in table.cells]
    told = [[{"True": "true", "False": "false"}.get(cell, cell) for cell in row] for row in told]
    header, *rows = csv.reader(io.StringIO(table.to_csv(), newline=""))
    assert header == [column.name for column in table.columns]
    assert rows == told
    lines = table.to_markdown().splitlines()
    assert len(lines) == len(table) + 2
    for line, row in zip(lines[2:], told, strict=True):
        cells = re.split(r"(?<!\\) ?\| ?", line)[1:-1]
        plain = [re.sub(r"\\([\\|])", r"\1", cell).strip() for cell in cells]
        assert plain == [" ".join(cell.split()) for cell in row]
