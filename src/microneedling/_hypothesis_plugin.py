"""
What Hypothesis runs when it is imported, so that it knows our types.

Everybody who imports Hypothesis pays for this room, so it loads no value and no strategy: it
registers the classes that there are, and asks to be told of those that are made later.
"""

import sys
from enum import Enum
from typing import TYPE_CHECKING

from microneedling._foundation.hypothesis_hook import LISTENERS
from microneedling._foundation.public_names import HOME, PACKAGE, is_public

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__: list[str] = []


def _hypothesis_setup_hook() -> None:
    """Register every public class, now or when it is made."""
    LISTENERS.append(_made)
    for name, room in HOME.items():
        loaded = sys.modules.get(f"{PACKAGE}.{room}")
        # A room that is being loaded holds only some of its classes; it announces the others.
        kind = vars(loaded).get(name) if loaded else None
        # Enumerations are drawn by Hypothesis as they are, the first member being the mildest.
        if isinstance(kind, type) and not issubclass(kind, Enum):
            _register(kind)


def _made(kind: type) -> None:
    """Leave out what is private, and what is a class of somebody else's."""
    if is_public(kind):
        _register(kind)


def _register(kind: type) -> None:
    from hypothesis.strategies import register_type_strategy

    def strategy(asked: object) -> "SearchStrategy[object]":
        # For this very class: what stands for `Exception` is not to change because of us.
        if asked is not kind:
            return NotImplemented  # type: ignore[no-any-return]  # as Hypothesis asks for
        from microneedling.strategies import from_fields

        return from_fields.of(kind)

    register_type_strategy(kind, strategy)
