"""Bytes to plain data: strict JSON, with caps that are looked at before anything is read."""

import json
import re
from contextlib import suppress
from types import NoneType
from typing import Any, NoReturn

from microneedling._foundation.checks import refuse
from microneedling._foundation.errors import Problem

__all__ = ["is_plain", "parsed", "plain", "text_of"]

# No bound of ours needs more, and the interpreter's own limit can be switched off.
_MOST_DIGITS = 20
_WHITESPACE = " \t\n\r"
# A text, closed or not: what stands in it is neither comma nor bracket.
_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
_LISTS = frozenset({dict, list})
_NAMES = frozenset({str})
_PLAIN = frozenset({str, int, bool, NoneType, *_LISTS})


def text_of(data: bytes | str, most_bytes: int, most_items: int, most_depth: int) -> str:
    """
    Decode a document, without looking at what it says.

    Raises:
        InputError: ``too_large``, ``too_many``, ``too_deep``, or ``not_json`` where it is no UTF-8.
    """
    if type(data) is str:
        # A text has no more characters than bytes.
        size = len(data) if len(data) > most_bytes or data.isascii() else _size(data)
    elif type(data) is bytes:
        size = len(data)
    else:
        refuse("wrong_type", "", "give a document as bytes or text")
    if size > most_bytes:
        refuse("too_large", "", f"give at most {most_bytes} bytes")
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError:
        text = None
    # Outside the block: what was caught there carries the document.
    if text is None:
        refuse("not_json", "", "give one JSON document in UTF-8, without a byte order mark")
    nested = text.count("[") + text.count("{")
    if nested > most_depth or (len(text) > most_items and text.count(",") + nested > most_items):
        _check_caps(_TEXT.sub("", text), most_items, most_depth)
    return text.strip(_WHITESPACE)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _check_caps(bare: str, most_items: int, most_depth: int) -> None:
    """Look at a document of which all text was taken out."""
    if bare.count(",") + bare.count("[") + bare.count("{") > most_items:
        _too_many(most_items)
    depth = 0
    for sign in _BRACKETS.findall(bare):
        depth += 1 if sign in "[{" else -1
        if depth > most_depth:
            _too_deep(most_depth)


def _too_many(most_items: int) -> NoReturn:
    refuse("too_many", "", f"give at most {most_items} keys and items")


def _too_deep(most_depth: int) -> NoReturn:
    refuse("too_deep", "", f"nest at most {most_depth} lists and objects")


def is_plain(document: object, most_bytes: int, most_items: int, most_depth: int) -> bool:
    """
    Tell whether objects are all of the very types that JSON has, and look at the caps of text.

    What is not is left to those who know its place; nothing of it is asked anything here.

    Raises:
        InputError: ``too_large``, ``too_many`` or ``too_deep``.
    """
    count = size = 0
    wrong = type(document) not in _LISTS
    level: list[Any] = [] if wrong else [document]
    for _ in range(most_depth):
        names: list[object] = []
        below: list[Any] = []
        for held in level:
            # As many as there are commas and brackets in its text.
            count += len(held) or 1
            if count > most_items:
                _too_many(most_items)
            if type(held) is dict:
                names += held
                below += held.values()
            else:
                below += held
        wrong = wrong or not _PLAIN.issuperset(map(type, below))
        wrong = wrong or not _NAMES.issuperset(map(type, names))
        size += sum([len(held) for held in below if type(held) is str])
        if size > most_bytes:
            refuse("too_large", "", f"give at most {most_bytes} bytes")
        level = [held for held in below if type(held) in _LISTS]
        if not level:
            return not wrong
    return _too_deep(most_depth)


class NoNumber:
    """Stands for a number that no field takes, so that it is refused in its place."""


def _whole(digits: str) -> object:
    usual = len(digits) <= _MOST_DIGITS and digits != "-0" and digits.isascii()
    return int(digits) if usual else _NO_NUMBER


_NO_NUMBER = NoNumber()
# Made once: to make one takes as long as to read a document. An object is a tuple of its keys
# and values, in which what is given twice is still there twice; no other tuple comes of a text.
_DECODER = json.JSONDecoder(
    object_pairs_hook=tuple,
    parse_int=_whole,
    parse_float=lambda _: _NO_NUMBER,
    parse_constant=lambda _: _NO_NUMBER,
)


def parsed(text: str) -> object:
    """
    Parse a document, its objects as tuples of keys and values.

    Raises:
        InputError: ``not_json``.
    """
    held, end = None, -1
    with suppress(ValueError, RecursionError):
        held, end = _DECODER.raw_decode(text)
    # Outside the block: what was caught there carries the document.
    if end != len(text):
        refuse("not_json", "", "give one JSON document in UTF-8, without a byte order mark")
    return held


def plain(held: object, path: str, known: frozenset[str], problems: list[Problem]) -> object:
    """
    Turn objects into dictionaries.

    Args:
        held: What was parsed.
        path: Where it stands.
        known: The keys that may be repeated in a path; others may tell of a patient.
        problems: Where keys that are given twice are added.
    """
    if type(held) is list:
        return [plain(part, f"{path}[{n}]", known, problems) for n, part in enumerate(held)]
    if type(held) is not tuple:
        return held
    fields = {
        name: plain(part, f"{path}.{name if name in known else '*'}", known, problems)
        for name, part in held
    }
    if len(fields) < len(held):
        message = "an object gives one key twice; keep one"
        problems.append(Problem("duplicate_key", path, message))
    return fields
