"""A source in full, and where it can be read: addresses of the web alone."""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from microneedling.display.labels import label
from microneedling.display.languages import say
from microneedling.values.evidence import STARTING_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from microneedling.values.evidence import Source

__all__ = ["address", "links", "reference"]

# What each kind of identifier is called, and where what it names stands.
_REGISTERS = (
    (re.compile(r"\bPMID (\d+)\b"), "PubMed", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    (re.compile(r"\b(PMC\d+)\b"), "PubMed Central", "https://pmc.ncbi.nlm.nih.gov/articles/{}/"),
)
_TRIALS = (
    (re.compile(r"\b(NCT\d+)\b"), "ClinicalTrials.gov", "https://clinicaltrials.gov/study/{}"),
)
# What an address may hold as it is; everything else is written by its number.
_PLAIN = "/:?#@!$&'*+,;=%-._~"
_SCHEMES = ("http", "https")


def reference(source: "Source") -> str:
    """Give a source as a line of a list of references, without where it stands."""
    started = STARTING_TEXT if source.is_starting_text else ""
    told = [source.authors, source.title, started, source.container]
    if source.year is not None and str(source.year) not in source.container:
        told.append(str(source.year))
    body = ". ".join(part.rstrip(".") for part in told if part)
    kind = say(
        "html.kind",
        "Kind of evidence: {grade}; read: {read}.",
        grade=label(source.grade),
        read=label(source.read),
    )
    return f"[{source.id}] {body}. {kind} {source.note}".rstrip()


def links(source: "Source") -> "Iterator[tuple[str, str]]":
    """Give where it can be read, each place with its name."""
    if source.doi:
        yield f"DOI {source.doi}", f"https://doi.org/{quote(source.doi, safe='/:;().,-_')}"
    yield from _registered(source, _REGISTERS)
    url = _web(source.url)
    if url:
        yield urlsplit(url).hostname or "", url
    # What it reports was registered there; it stands elsewhere itself.
    yield from _registered(source, _TRIALS)


def _registered(
    source: "Source", registers: "Iterable[tuple[re.Pattern[str], str, str]]"
) -> "Iterator[tuple[str, str]]":
    for held, name, place in registers:
        found = held.search(source.identifier)
        if found:
            yield f"{name} {found[1]}", place.format(found[1])


def address(source: "Source") -> str:
    """Give the first place where it can be read; nothing where there is none."""
    return next((url for _, url in links(source)), "")


def _web(url: str) -> str:
    """Take an address of the web, and nothing else."""
    try:
        parts = urlsplit(url)
        named = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or not named:
        return ""
    return quote(url, safe=_PLAIN)
