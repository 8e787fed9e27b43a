"""
The language in which something is told: English is the source, catalogues hold the others.

A catalogue is found by the key of a text and its English together: where the English has changed,
what was translated before is not found any more, and the English is told.
"""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from os.path import dirname, join
from typing import TYPE_CHECKING, TypeVar

from microneedling._foundation.checks import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gettext import GNUTranslations

__all__ = [
    "LANGUAGE",
    "SOURCE",
    "beside",
    "counted",
    "in_language",
    "in_source",
    "languages",
    "say",
    "told",
    "unread",
    "within",
]

T = TypeVar("T")

SOURCE = "en"
LANGUAGE: ContextVar[str] = ContextVar("language", default=SOURCE)
# Named, as nothing can be listed where the package stands in an archive.
_TRANSLATED = ("de", "es")
_HOME = join(dirname(__file__), "catalogues")


def languages() -> tuple[str, ...]:
    """
    Give the languages in which briefs, questions and hand-outs are told, the source first.

    >>> languages()
    ('en', 'de', 'es')
    """
    return (SOURCE, *_TRANSLATED)


@contextmanager
def in_language(language: str) -> "Iterator[None]":
    """
    Tell everything inside in one language.

    Raises:
        InputError: If there is no catalogue of it.

    >>> with in_language("de"):
    ...     print(say("stop_signs.EXPECTED", "any expected reaction"))
    jede erwartete Reaktion
    """
    if type(language) is not str or language not in languages():
        refuse("unknown_code", "language", f"give one of {', '.join(languages())}")
    before = LANGUAGE.set(language)
    try:
        yield
    finally:
        LANGUAGE.reset(before)


@cache
def _catalogue(language: str) -> "GNUTranslations":
    from gettext import GNUTranslations
    from io import BytesIO

    # By the loader, so that it is read where the package stands in an archive, too.
    read = getattr(__spec__.loader, "get_data", None)
    path = join(_HOME, f"{language}.mo")
    if read is not None:
        return GNUTranslations(BytesIO(read(path)))
    with open(path, "rb") as file:
        return GNUTranslations(file)


def told(kind: str, text: str) -> str:
    """
    Tell a text that comes with a value, such as a question, in the language that is asked for.

    Args:
        kind: What kind of text it is; translators see it.
        text: The English, as the value has it.
    """
    language = LANGUAGE.get()
    if language == SOURCE or not text:
        return text
    return _catalogue(language).pgettext(kind, text)


def say(key: str, english: str, /, **values: object) -> str:
    """
    Tell a text in the language that is asked for.

    Args:
        key: What the text is called in every language; translators see it.
        english: The text, with ``{names}`` where values stand.
        values: What stands there.
    """
    text = told(key, english)
    return text.format(**values) if values else text


def counted(key: str, one: str, many: str, count: int, /, **values: object) -> str:
    """Tell a text with a number, ``{count}``, in the form that the number asks for."""
    language = LANGUAGE.get()
    if language == SOURCE:
        text = one if count == 1 else many
    else:
        text = _catalogue(language).npgettext(key, one, many, count)
    return text.format(count=count, **values)


def within(text: str) -> str:
    """Put a sentence within another: without its capital, but for German, where nouns keep it."""
    return text if LANGUAGE.get() == "de" else text[:1].lower() + text[1:]


def unread() -> bool:
    """Tell whether no clinician who speaks the language has read what is told in it."""
    language = LANGUAGE.get()
    if language == SOURCE:
        return False
    return _catalogue(language).info().get("clinician-read", "no") != "yes"


def in_source(make: Callable[[], T], made: T | None = None) -> T:
    """
    Make it in English: what is shown is chosen by its length, and is the same in every language.

    Args:
        make: Makes it.
        made: What was made in the language that is asked for, where it was.
    """
    if LANGUAGE.get() == SOURCE:
        return make() if made is None else made
    with in_language(SOURCE):
        return make()


def beside(make: Callable[[], Sequence[str]]) -> list[str]:
    """Tell what is of safety, each with its English where no clinician has read the other."""
    here = [*make()]
    if not unread():
        return here
    with in_language(SOURCE):
        there = [*make()]
    if len(here) != len(there):
        # Two that are told alike in one language; none may be lost for it.
        return [*here, *(f"[{english}]" for english in there)]
    return [
        one if one == english else f"{one} [{english}]"
        for one, english in zip(here, there, strict=True)
    ]
