"""What cattrs found wrong, as problems with paths."""

from collections.abc import Iterable

import attrs
from cattrs import BaseValidationError, IterableValidationNote
from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError

from microneedling._foundation.errors import InputError, Problem
from microneedling.wire.document_kinds import key

__all__ = ["NO_ROOM", "UntoldError", "missing", "problems_of", "unknown_keys"]

# What a value read from one text calls itself; in a document that is the key's own place.
_WHOLE_VALUE = {"", "text", "um", "nm"}


# Nothing is wrong with the document then.
NO_ROOM = Problem("too_deep", "", "the call stack is nearly used up; read it where there is room")


class UntoldError(Exception):
    """It cannot be read because of something else, which is told."""


def problems_of(error: BaseException, path: str) -> Iterable[Problem]:
    """Flatten a tree of errors; nothing of what was given is in the problems."""
    here = path + _step(error)
    if isinstance(error, BaseValidationError):
        for part in error.exceptions:
            yield from problems_of(part, here)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [key(f.name) for f in attrs.fields(error.cl) if f.init]
        yield unknown_keys(len(error.extra_fields), known, here)
    elif isinstance(error, InputError):
        for problem in error.problems:
            yield Problem(problem.code, _joined(here, problem.path), problem.message)
    elif isinstance(error, UntoldError):
        return
    elif isinstance(error, RecursionError):
        yield NO_ROOM
    elif isinstance(error, MemoryError):
        # Nothing is wrong with the document.
        raise error
    elif isinstance(error, KeyError):
        yield missing(here)
    else:
        yield Problem("wrong_type", here, "give what the documentation says")


def missing(path: str) -> Problem:
    """Say that a key is missing."""
    return Problem("missing_key", path, "this key is missing; give it")


def unknown_keys(count: int, known: Iterable[str], path: str) -> Problem:
    """Say that there are keys too many, and which there may be; never which there are."""
    fields = ", ".join(known)
    message = f"{count} key(s) are not known here; remove them. The fields here are {fields}"
    return Problem("unknown_key", path, message)


def _joined(place: str, path: str) -> str:
    if path in _WHOLE_VALUE:
        return place
    return f"{place}{path}" if path.startswith("[") else f"{place}.{path}"


def _step(error: BaseException) -> str:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return f".{key(note.name)}"
        if isinstance(note, IterableValidationNote):
            return f"[{note.index}]"
    return ""
