"""
The tables of an edition, flat: a column for every field of its classes, down to the last one.

Columns are made of what the classes declare, and documented by what their docstrings say. A
value inside a row gives columns of its own, named by the way to it. A source stands as its id. What
a row has several of is joined in one text by ``" | "``, in its order; a list inside that by
``" ; "``. Such a sign that stands alone in a text is doubled, so that all can be taken apart.
"""

import re
import typing
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from functools import cache
from inspect import getdoc
from types import NoneType
from typing import Any, Final, NamedTuple, cast

from attrs import fields

from microneedling._foundation import checks
from microneedling.display.option_tables import edition_options
from microneedling.display.table_texts import cell_text
from microneedling.knowledge import facts, finding_rules, knowledge as editions, reference, rules
from microneedling.values import effects, responses, session_rows, studies
from microneedling.values.evidence import Source
from microneedling.values.tables import Cell, Column, Table

__all__ = ["BETWEEN", "edition_table", "flattened"]

OPTIONS: Final = "options"
# What stands between the members of a list, and of a list in a list.
BETWEEN: Final = ("|", ";")
_CLASSES: Final[dict[str, type]] = {
    "aspects": facts.AspectFact,
    "care": session_rows.CareStep,
    "clearances": rules.Clearance,
    "edition": facts.Edition,
    "effects": effects.SideEffect,
    "findings": finding_rules.FindingRule,
    "indications": rules.IndicationRule,
    "needs": session_rows.SessionNeed,
    "penetrations": reference.Penetration,
    "principles": reference.Principle,
    "protocols": rules.Protocol,
    "responses": responses.Response,
    "rules": rules.LogicRule,
    "settings": rules.SettingRule,
    "sites": rules.SiteRule,
    "sources": Source,
    "studies": studies.Study,
    "terms": reference.Term,
    "thickness": reference.Thickness,
}
_KINDS: Final[tuple[tuple[type, str], ...]] = (
    *((bool, "flag"), (int, "whole"), (date, "day"), (str, "text"), (Enum, "text")),
)
_LINK: Final = Column("link", "text", "Where it can be looked up; empty where nowhere.")


class _Step(NamedTuple):
    """From a value to one of its fields, which may hold several."""

    field: str
    many: bool


class _Leaf(NamedTuple):
    """A column, and the way to what stands in it."""

    column: Column
    way: tuple[_Step, ...]


def edition_table(edition: "editions.Knowledge", *, name: str) -> Table:
    """Give a table of an edition, by its name; see `Knowledge.table`."""
    checks.instance(name, "name", str)
    if name == OPTIONS:
        return edition_options(edition)
    if name not in _CLASSES:
        names = ", ".join(sorted({*_CLASSES, OPTIONS}))
        checks.refuse("unknown_code", "name", f"give one of {names}")
    held = getattr(edition, name)
    found: tuple[object, ...] = (held,) if name == "edition" else held
    table = flattened(name, _CLASSES[name], found)
    if name != "sources":
        return table
    links = [source.link for source in edition.sources]
    cells = [(*row, link) for row, link in zip(table.cells, links, strict=True)]
    return Table(name, (*table.columns, _LINK), cells)


def flattened(name: str, kind: type, rows: Iterable[object]) -> Table:
    """Make a flat table of rows of one class."""
    leaves = _leaves(kind)
    cells = [[_cell(row, leaf.way) for leaf in leaves] for row in rows]
    return Table(name, [leaf.column for leaf in leaves], cells)


@cache
def _leaves(kind: type) -> tuple[_Leaf, ...]:
    return tuple(_below(kind, (), ""))


def _below(kind: type, way: tuple[_Step, ...], told: str) -> Iterator[_Leaf]:
    """Give the columns of a class that is reached by a way."""
    hints, about = typing.get_type_hints(kind), _arguments(kind)
    for field in fields(kind):
        held, many = _held(hints[field.name])
        here = (*way, _Step(field.name, many))
        says = f"{told} {about.get(field.name, '')}".strip()
        if held is Source:
            yield _leaf((*here, _Step("id", many=False)), "text", f"{says} By its id.", -1)
        elif hasattr(held, "__attrs_attrs__"):
            yield from _below(held, here, says)
        else:
            yield _leaf(here, next(name for one, name in _KINDS if issubclass(held, one)), says)


def _leaf(way: tuple[_Step, ...], kind: str, about: str, last: int | None = None) -> _Leaf:
    name = "_".join(step.field for step in way[:last])
    many = any(step.many for step in way)
    return _Leaf(Column(name, "list" if many else kind, about), way)


def _held(hint: Any) -> tuple[type, bool]:  # noqa: ANN401 - an annotation
    """Give the class of what a field holds, and whether it holds several."""
    parts = [part for part in typing.get_args(hint) if part not in {NoneType, Ellipsis}]
    if typing.get_origin(hint) is tuple:
        return parts[0], True
    return _held(parts[0]) if parts else (hint, False)


@cache
def _arguments(kind: type) -> dict[str, str]:
    """Read what a docstring says of each argument."""
    told = (getdoc(kind) or "").partition("Args:\n")[2].partition("\n\n")[0]
    entries = re.findall(r"^    (\w+): (.*(?:\n {8,}.*)*)", told, re.MULTILINE)
    return {name: " ".join(text.replace("``", "`").split()) for name, text in entries}


def _cell(value: Any, way: tuple[_Step, ...], depth: int = 0) -> Cell:  # noqa: ANN401 - any row
    """Follow a way to what stands at its end."""
    if value is None:
        return None
    if not way:
        return value.value if isinstance(value, Enum) else cast("Cell", value)
    step, rest = way[0], way[1:]
    held = getattr(value, step.field)
    if not step.many or held is None:
        return _cell(held, rest, depth)
    sign = BETWEEN[depth]
    texts = [cell_text(_cell(one, rest, depth + 1)) for one in held]
    inner = any(after.many for after in rest)
    return f" {sign} ".join(texts if inner else map(_plain, texts))


def _plain(text: str) -> str:
    """Double what would be taken for a sign between members."""
    return re.sub(r"(?<!\S)(\|+|;+)(?!\S)", r"\1\1", text)
