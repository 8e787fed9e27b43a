"""Documents that are given by name: read, and what is wrong with them told by file and place."""

import argparse
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from microneedling._foundation.errors import InputError, MicroneedlingError, Problem
from microneedling.cli.words import named

if TYPE_CHECKING:
    from microneedling.knowledge.knowledge import Knowledge

__all__ = ["Given", "edition", "given", "value"]

# One more than the largest document that is taken, so that a larger one shows.
_MOST_BYTES = 32_000_001
_MARKS = (
    (b"\xef\xbb\xbf", "it begins with a byte order mark; save it as UTF-8 without one"),
    (b"\xff\xfe", "it is UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "it is UTF-16; save it as UTF-8"),
)
# By how Python's own sentence begins, which repeats nothing of the document.
_EXPECTED = {
    "Expecting property name": "a key in double quotes has to stand here; after the last one "
    "there is no comma",
    "Illegal trailing comma": "after the last one there is no comma; remove it",
    "Expecting ',' delimiter": "a comma or a closing bracket has to stand here",
    "Expecting ':' delimiter": "a colon has to stand here",
    "Expecting value": "a value has to stand here: text in double quotes, a number, true, false, "
    "null, a list or an object",
    "Extra data": "the document is over here; remove what follows",
    "Unterminated string": "the text that begins here is not closed",
    "Invalid control character": "a line break or another control character stands in a text",
    "Invalid \\": "after this backslash stands what JSON does not know",
}
_UTF8 = "this is no UTF-8, but perhaps Latin-1; save the file as UTF-8"
_NO_JSON = "this is no JSON, which begins with {; give a document of the kind that is asked for"


class Given(NamedTuple):
    """
    A file that was given.

    Args:
        name: As it is called in messages.
        data: What it holds.
    """

    name: str
    data: bytes


def given(path: str) -> Given:
    """Read a file, or standard input where the path is ``-``."""
    try:
        if path == "-":
            if sys.stdin.isatty():
                print("Reading from the terminal; end with Ctrl-D.", file=sys.stderr)
            return Given("standard input", sys.stdin.buffer.read(_MOST_BYTES))
        with open(path, "rb") as file:
            return Given(named(path), file.read(_MOST_BYTES))
    except OSError as error:
        reason = error.strerror
    except (AttributeError, ValueError):
        reason = "there is no such file or input"
    # Outside the block: what was caught there may carry more.
    shown = "standard input" if path == "-" else named(path)
    message = f"The file cannot be read: {shown or 'a name without a sign'}: {reason}."
    raise MicroneedlingError(message)


def value(found: Given, kind: Any) -> Any:  # noqa: ANN401 - a value of that kind
    """
    Read what a file holds.

    Args:
        found: The file.
        kind: The class of the value, or the union.

    Raises:
        InputError: With every problem found, each with the name of the file, and line and column
            where it is not even JSON.
    """
    from microneedling.wire import from_json

    try:
        return from_json(found.data, kind)
    except InputError as error:
        problems = error.problems
    if problems[0].code == "not_json":
        place, message = _no_json(found.data, problems[0].message)
        raise InputError(Problem("not_json", f"{found.name}{place}", message))
    raise InputError(*[Problem(p.code, _at(found.name, p.path), p.message) for p in problems])


def _at(name: str, path: str) -> str:
    return f"{name}: {path}" if path else name


def _no_json(data: bytes, otherwise: str) -> tuple[str, str]:
    """Say where a document is no JSON, and what to do; nothing of what it says."""
    if not data.strip():
        return "", "it is empty; give a document"
    for mark, message in _MARKS:
        if data.startswith(mark):
            return "", message
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    else:
        return _no_syntax(text, otherwise)
    return _line(data[:place].decode("utf-8")), _UTF8


def _no_syntax(text: str, otherwise: str) -> tuple[str, str]:
    begin = len(text) - len(text.lstrip())
    if text[begin] not in "{[":
        return _line(text[:begin]), _NO_JSON
    import json

    try:
        json.loads(text, parse_int=len)
    except json.JSONDecodeError as error:
        told = (ours for theirs, ours in _EXPECTED.items() if error.msg.startswith(theirs))
        return _line(text[: error.pos]), next(told, otherwise)
    except (ValueError, RecursionError):
        pass
    return "", otherwise


def _line(before: str) -> str:
    """Tell the place after a text as line and column, both from 1."""
    return f", line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"


def edition(options: argparse.Namespace) -> "Knowledge":
    """Give the edition that was asked for, or the latest."""
    from microneedling.knowledge.loading import latest, load

    return latest() if options.edition is None else load(options.edition)
