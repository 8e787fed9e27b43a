"""
What a header may mean: names made comparable, and near names that are not ours.

A column that says something of a patient under another name would be passed by, and count as
"no" where everything is said to be asked. So what is near a name of ours stops a table.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from rapidfuzz.distance import DamerauLevenshtein

from microneedling.frames.column_names import HOLDS
from microneedling.frames.finding_columns import FINDING_COLUMNS

__all__ = ["folded", "near"]

# Of short names every other one would be near.
_LEAST: Final = 4
_SHORT: Final = 6


def folded(name: object) -> tuple[str, ...]:
    """
    Make a name comparable: its words without case, accents, signs and plural.

    Args:
        name: As it stands in a table; words may be joined by signs or by capitals.

    >>> folded("ActiveAcnés ") == folded("active_acne")
    True
    """
    plain = unicodedata.normalize("NFKD", str(name).replace("ß", "ss"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plain)
    return tuple(_singular(word) for word in re.findall(r"[^\W_]+", parted.casefold()))


def _singular(word: str) -> str:
    if len(word) > _LEAST and word.endswith("ies"):
        return f"{word[:-3]}y"
    plural = len(word) >= _LEAST and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def _bare(words: tuple[str, ...]) -> Iterator[str]:
    """Give the ways in which some words can be meant, with less and less of what is around them."""
    first, last, around = 0, len(words), _words()
    while first < last - 1 and words[first] in around["before"]:
        first += 1
    while last > first + 1 and words[last - 1] in around["after"]:
        last -= 1
    for begin in range(first + 1):
        for end in range(last, len(words) + 1):
            yield "".join(words[begin:end])


@cache
def _words() -> dict[str, Any]:
    """Give what the package has as data: words around a name, synonyms and translations."""
    home = files("microneedling.frames") / "header_synonyms.json"
    held: dict[str, Any] = json.loads(home.read_text(encoding="utf-8"))
    return held


@cache
def _meant() -> dict[str, str]:
    """Give our name for each comparable one: ours first, then synonyms and translations."""
    found: dict[str, str] = {}
    for name in HOLDS:
        found.setdefault("".join(folded(name)), name)
    for name, others in _words()["means"].items():
        for other in others:
            found.setdefault("".join(folded(other)), name)
    # What is put around the name of a finding: its own columns are known by then.
    for name in HOLDS:
        if name in FINDING_COLUMNS:
            for way in _bare(folded(name)):
                found.setdefault(way, name)
    return found


@cache
def _own() -> frozenset[str]:
    return frozenset("".join(folded(name)) for name in HOLDS)


@cache
def near(name: str) -> tuple[str, bool] | None:
    """
    Say what a column that is not ours would seem to mean.

    Args:
        name: The column's own.

    Returns:
        The input that it is near, and whether it is called the same but for its form, or by a
        synonym, rather than a few letters away; None where it is near nothing.

    >>> near("Pregnant"), near("isotretinion"), near("lot")
    (('pregnancy', True), ('isotretinoin', False), None)
    """
    known, words = _meant(), folded(name)
    ways = sorted(set(_bare(words)), key=len, reverse=True)
    for way in ways:
        if way in known:
            return known[way], True
    best: tuple[int, str] | None = None
    for way in ways:
        best = min(filter(None, (best, _spelt(way, known))), default=None)
    return None if best is None else (best[1], False)


def _spelt(way: str, known: Mapping[str, str]) -> tuple[int, str] | None:
    """Find the name that is few letters away: of ours up to two, of a synonym one."""
    found = None
    for other in known:
        # Of a short synonym every other word would be near.
        most = (2 if other in _own() else 1) - (min(len(way), len(other)) < _SHORT)
        if most <= 0 or min(len(way), len(other)) < _LEAST or abs(len(way) - len(other)) > most:
            continue
        apart = DamerauLevenshtein.distance(way, other, score_cutoff=most)
        if apart <= most and (found is None or apart < found[0]):
            found = (apart, known[other])
    return found
