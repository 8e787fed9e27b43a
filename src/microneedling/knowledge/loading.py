"""Which editions ship, and how one is had. The only reading of files in the core."""

import json
from collections.abc import Mapping
from functools import cache
from os.path import dirname, join
from typing import TypedDict
from zlib import crc32

from microneedling._foundation.errors import KnowledgeError, UnknownEditionError
from microneedling.knowledge.edition_tables import canonical_form
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.reading.rows import Tables

__all__ = ["Release", "audited", "editions", "from_tables", "latest", "load", "releases"]

_HOME = join(dirname(__file__), "editions")


class Release(TypedDict):
    """What is recorded of an edition's canonical form: its SHA-256, and a sum quick to check."""

    sha256: str
    crc32: int


@cache
def releases() -> Mapping[str, Release]:
    """Give the record of every edition that ships, the oldest edition first."""
    released: dict[str, Release] = json.loads(_content("releases"))
    return released


def _content(name: str) -> bytes:
    # By the loader, so that it is read where the package stands in an archive, too.
    read = getattr(__spec__.loader, "get_data", None)
    path = join(_HOME, f"{name}.json")
    try:
        if read is not None:
            return bytes(read(path))
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        message = "its file is missing or cannot be read; install again"
        raise KnowledgeError("edition", name, "", message) from None


def editions() -> tuple[str, ...]:
    """
    Give the ids of the editions that ship, the oldest first.

    >>> editions()[0]
    '2026.1'
    """
    return tuple(releases())


def load(edition: str) -> Knowledge:
    """
    Load a released edition. It gives for ever what it gave when released.

    Args:
        edition: One of `editions`; there is no default, since advice
            must not change by itself.

    Raises:
        UnknownEditionError: If no such edition ships.
        KnowledgeError: If its file is not the one that was released.

    >>> load("2026.1").id
    '2026.1'
    """
    if type(edition) is not str or edition not in editions():
        message = f"no such edition ships; choose one of {', '.join(editions())}"
        raise UnknownEditionError(message)
    return _loaded(edition)


@cache
def _loaded(edition: str) -> Knowledge:
    release = releases()[edition]
    canonical = _content(edition)
    if crc32(canonical) != release["crc32"]:
        raise KnowledgeError(
            "edition", edition, "", "the file is not the one that was released; install again"
        )
    knowledge = Knowledge(canonical)
    # Recorded, and checked when it is: to hash anew takes longer than to read all that a
    # decision needs, most of it to load the library for it.
    vars(knowledge)["digest"] = release["sha256"]
    return knowledge


def latest() -> Knowledge:
    """
    Load the newest edition. Results then change with the release: pin an id where that matters.

    >>> latest().id in editions()
    True
    """
    return load(editions()[-1])


def from_tables(tables: Tables) -> Knowledge:
    """
    Make an edition of tables of one's own, after checking all of it.

    Args:
        tables: Plain lists, dicts, texts, whole numbers and booleans in the form
            that `Knowledge.plain` gives.

    Raises:
        KnowledgeError: If anything in them is not of its form, a number has no
            source, an id dangles, a source is unused or rules disagree; or if their id is that
            of an edition that ships, and they are not that edition.
    """
    knowledge = audited(tables)
    release = releases().get(knowledge.id)
    if release is not None and release["sha256"] != knowledge.digest:
        message = "an edition of this id ships, and is another one; give an id of your own"
        raise KnowledgeError("edition", knowledge.id, "id", message)
    return knowledge


def audited(tables: Tables) -> Knowledge:
    """
    Make an edition of tables and check all of it, whatever its id.

    Args:
        tables: As for `from_tables`.

    Raises:
        KnowledgeError: As for `from_tables`, but for the id.
    """
    from microneedling.knowledge.auditing import audit

    knowledge = Knowledge(canonical_form(tables))
    audit(knowledge)
    return knowledge
