"""What documents that are read and those that are written share."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache, lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from microneedling._foundation.errors import Problem
from microneedling._foundation.field_bounds import Shape, declared
from microneedling._foundation.public_names import HOME, load
from microneedling._foundation.value_class import Value
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.ledger import Progress
from microneedling.treating.treatment import Treatment
from microneedling.values.effects import SideEffect
from microneedling.values.events import EVENTS
from microneedling.values.evidence import Source
from microneedling.values.lengths import NeedleLength, PenetrationDepth
from microneedling.values.next_steps import NEXT_STEPS
from microneedling.values.recommendations import ANSWERS, Recommendation
from microneedling.values.responses import Response
from microneedling.values.session_rows import CareStep, SessionNeed

__all__ = [
    "ANSWER_FAMILY",
    "FAMILIES",
    "FORM",
    "KEYS",
    "NAMED",
    "REFERENCE",
    "SCHEMA",
    "SHARED",
    "STEP_FAMILY",
    "TEXTS",
    "VALUE",
    "WHOLE",
    "Family",
    "bare",
    "caps",
    "family_of",
    "is_public",
    "key",
    "name_of",
    "shared_by",
]

SCHEMA = 1

# Anything may be asked for, so what was is not kept for ever. There are some hundred kinds.
_MOST_ASKED = 256

# Looked at before anything is read. An answer is some hundred thousand bytes and ten deep.
MOST_BYTES = 1_000_000
MOST_ITEMS = 50_000
MOST_DEPTH = 32
# Twice what the longest ledger needs, each entry with the longest text in it, and nine times what
# an edition does; to tell of as many wrong items takes seconds.
LARGE: frozenset[type] = frozenset({Progress, Treatment, Knowledge})
MOST_LARGE_BYTES = 32_000_000
MOST_LARGE_ITEMS = 100_000

# Keys that are not named as the field is.
KEYS = {"everything_asked": "complete"}
# Under this key stands what is text or a code by itself.
VALUE = "value"
# How an answer is written: all of it, or what it can be rebuilt of.
FORM = "form"
WHOLE = "whole"
REFERENCE = "reference"
# Written as one text.
TEXTS: tuple[type[NeedleLength] | type[PenetrationDepth], ...] = (NeedleLength, PenetrationDepth)
# What has an id of its own stands once in a document, in these lists, and is named by its id
# elsewhere; each may name those before it.
SHARED: Mapping[str, type] = {
    "sources": Source,
    "needs": SessionNeed,
    "care": CareStep,
    "side_effects": SideEffect,
    "responses": Response,
}
# The field of the id.
NAMED: Mapping[type, str] = {
    Source: "id",
    SessionNeed: "id",
    CareStep: "code",
    SideEffect: "id",
    Response: "id",
}


def caps(kind: Any) -> tuple[int, int, int]:  # noqa: ANN401 - a class or union
    """Give the most bytes, items and levels of a document."""
    if kind in LARGE:
        return MOST_LARGE_BYTES, MOST_LARGE_ITEMS, MOST_DEPTH
    return MOST_BYTES, MOST_ITEMS, MOST_DEPTH


class Family:
    """
    Classes of which a document says by a tag which one it holds.

    Args:
        tag: The key of the tag.
        members: The classes, by their tags.
    """

    __slots__ = ("members", "tag", "tags")

    def __init__(self, tag: str, members: Mapping[str, type]) -> None:
        self.tag: str = tag
        self.members: Mapping[str, type] = members
        self.tags: dict[type, str] = {kind: name for name, kind in members.items()}


def name_of(kind: str) -> str:
    """Name a class as documents do, by its own name."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower()


EVENT_FAMILY = Family("kind", {name_of(event.__name__): event for event in EVENTS})
ANSWER_FAMILY = Family("verdict", {answer.verdict.value: answer for answer in ANSWERS.values()})
STEP_FAMILY = Family("move", {step.move.value: step for step in NEXT_STEPS})
FAMILIES = (EVENT_FAMILY, ANSWER_FAMILY, STEP_FAMILY)


@lru_cache(_MOST_ASKED)
def family_of(kind: Any) -> Family | None:  # noqa: ANN401 - a class, or a union of them
    """Give the family of a class, of the root of the answers or of a whole union."""
    if kind is Recommendation:
        return ANSWER_FAMILY
    kind = bare(kind)
    # Unions that are equal are one kind, in whatever order their members stand.
    members = set(get_args(kind)) if get_origin(kind) in {Union, UnionType} else set()
    for family in FAMILIES:
        if kind in family.tags or members == family.tags.keys():
            return family
    return None


def bare(kind: Any) -> Any:  # noqa: ANN401 - a class, or a union of them
    """Give the union that a public one, such as `Answer`, says more about; a class as it is."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def key(field: str) -> str:
    """Give the key of a field."""
    return KEYS.get(field, field)


@cache
def shared_by(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a class, or a union of them
    """Name the lists that the documents of a class have under ``shared``."""
    if kind in LARGE:
        return ()
    found: set[type] = set()
    family = family_of(kind)
    for member in family.tags if family else (kind,):
        _collect(member, found)
    return tuple(name for name, part in SHARED.items() if part in found)


def _collect(kind: Any, found: set[type]) -> None:  # noqa: ANN401 - classes are asked for by hash
    if not issubclass(kind, Value):
        return
    for held in declared(kind).values():
        for part in _leaves(held):
            if part not in found:
                found.add(part)
                _collect(part, found)


def _leaves(held: Shape) -> tuple[type, ...]:
    if not held.parts:
        return held.kinds
    return tuple(leaf for part in held.parts for leaf in _leaves(part))


def is_public(kind: object) -> bool:
    """Tell whether documents of a class are read and written: it is a public value."""
    try:
        return _is_public(kind)
    except Exception:  # noqa: BLE001 - nothing that cannot be hashed, or asked its name, is a class
        return False


@lru_cache(_MOST_ASKED)
def _is_public(kind: Any) -> bool:  # noqa: ANN401 - anything may be asked for
    if family_of(kind) is not None:
        return True
    name = getattr(kind, "__name__", "")
    known = name in HOME and load(name) is kind
    return known and (kind is Problem or issubclass(kind, (Value, Enum)))
