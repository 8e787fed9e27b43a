"""
The language in which something is told: English is the source, catalogues hold the others.

A catalogue is found by the key of a text and its English together: where the English has changed,
what was translated before is not found any more, and the English is told.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LANGUAGE", "SOURCE", "counted", "in_language", "say"]

SOURCE = "en"
LANGUAGE: ContextVar[str] = ContextVar("language", default=SOURCE)


@contextmanager
def in_language(language: str) -> "Iterator[None]":
    """Tell everything inside in one language."""
    before = LANGUAGE.set(language)
    try:
        yield
    finally:
        LANGUAGE.reset(before)


def say(key: str, english: str, /, **values: object) -> str:  # noqa: ARG001 - for catalogues
    """
    Tell a text in the language that is asked for.

    Args:
        key: What the text is called in every language; translators see it.
        english: The text, with ``{names}`` where values stand.
        values: What stands there.
    """
    return english.format(**values) if values else english


def counted(
    key: str,  # noqa: ARG001 - for catalogues
    one: str,
    many: str,
    count: int,
    /,
    **values: object,
) -> str:
    """Tell a text with a number, ``{count}``, in the form that the number asks for."""
    return (one if count == 1 else many).format(count=count, **values)
