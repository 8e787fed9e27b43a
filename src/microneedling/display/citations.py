"""
Sources as references: one line of text, BibTeX, RIS and CSL-JSON.

Each says what was seen of a source and no more: no author, year or type is made up. What of it was
read, its grade and its caveat go along as a note to the reader, never as a part of the reference.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from microneedling._foundation import checks
from microneedling.display.references import address
from microneedling.values.evidence import STARTING_TEXT

if TYPE_CHECKING:
    from microneedling.values.evidence import Source

__all__ = ["citation_key", "cite", "cite_all", "source_link"]

# Surname and initials, as PubMed writes them; what is not so is no person's name.
_PERSON: Final = r"(\S.*) ([A-Z]{1,4})(?: (Jr|Sr|II|III|IV))?"
# Journal, year, volume, issue and pages, as PubMed writes them.
_JOURNAL: Final = r"(.+?) (\d{4});([\w.]+)(?:\(([^()]+)\))?(?::([\w.-]+))?"
_LATEX: Final = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


class _Person(NamedTuple):
    family: str
    initials: str
    suffix: str

    @property
    def given(self) -> str:
        return " ".join(f"{letter}." for letter in self.initials)


class _Reference(NamedTuple):
    """What a source says of itself, taken apart as far as that is certain."""

    key: str
    title: str
    persons: tuple[_Person, ...]
    # Where these are no persons' names: as they were seen.
    body: str
    others: bool
    year: int | None
    # Of an article in a journal; empty where it is none.
    journal: str
    volume: str
    issue: str
    pages: str
    # Of all else: the journal, the regulator or the site as it was seen.
    container: str
    doi: str
    pmid: str
    pmcid: str
    numbers: str
    link: str
    note: str


def cite(source: "Source", *, style: str) -> str:
    """Write a source in a style; see `Source.cite`."""
    return _written([source], style)


def cite_all(sources: "Iterable[Source]", *, style: str) -> str:
    """Write sources in a style, each under a key that no other has; see `Knowledge.cite`."""
    return _written(sorted(sources, key=lambda source: source.id), style)


def citation_key(key: str) -> str:
    """Give the key of a source: its id, where that may stand in BibTeX; signs by their numbers."""
    return re.sub(r"[^A-Za-z0-9._:-]", lambda sign: f"+{ord(sign[0]):x}+", key)


def source_link(source: "Source") -> str:
    """Give the address of a source, the most lasting that is known of it; see `Source.link`."""
    return address(source)


def _written(sources: "Iterable[Source]", style: str) -> str:
    checks.instance(style, "style", str)
    if style not in _STYLES:
        checks.refuse("unknown_code", "style", f"give one of {', '.join(_STYLES)}")
    return _STYLES[style](_keyed(sources))


def _keyed(sources: "Iterable[Source]") -> list[_Reference]:
    """Take sources apart; keys that differ by capitals alone are one to some readers of BibTeX."""
    taken: set[str] = set()
    made = []
    for source in sources:
        key, count = citation_key(source.id), 1
        while key.casefold() in taken:
            count += 1
            key = f"{citation_key(source.id)}+{count}"
        taken.add(key.casefold())
        made.append(_reference(source, key))
    return made


def _reference(source: "Source", key: str) -> _Reference:
    persons, body, others = _authors(_line(source.authors))
    container = _line(source.container)
    journal, volume, issue, pages = _journal(container, source)
    pmid, pmcid, numbers = _identified(source.identifier)
    told = (
        *((f"{STARTING_TEXT}.",) if source.is_starting_text else ()),
        *((f"Authors as seen: {_line(source.authors).rstrip('.')}.",) if others else ()),
        *((f"In: {container}.",) if journal else ()),
        f"Grade: {source.grade.value}; read: {source.read.value}.",
        *((_line(source.note),) if source.note else ()),
        *((f"Read at {_line(source.url)}",) if source.url else ()),
    )
    return _Reference(
        key=key,
        title=_line(source.title),
        persons=persons,
        body=body,
        others=others,
        year=source.year,
        journal=journal,
        volume=volume,
        issue=issue,
        pages=pages,
        container="" if journal else container,
        doi=_line(source.doi),
        pmid=pmid,
        pmcid=pmcid,
        numbers=numbers,
        link=_line(source_link(source)),
        note=" ".join(told),
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _authors(text: str) -> tuple[tuple[_Person, ...], str, bool]:
    """Take authors apart: persons, or a body's name as it stands; whether there are more."""
    others = re.search(r",? et al\.?$", text)
    named = text[: others.start()] if others else text
    found = [re.fullmatch(_PERSON, name) for name in named.split(", ")]
    persons = tuple(_Person(one[1], one[2], one[3] or "") for one in found if one)
    if len(persons) < len(found):
        return (), named, others is not None
    return persons, "", others is not None


def _journal(container: str, source: "Source") -> tuple[str, str, str, str]:
    """Take a journal's name, volume, issue and pages apart, where the year is the source's own."""
    found = re.fullmatch(_JOURNAL, container)
    if found and int(found[2]) == source.year:
        return found[1], found[3], found[4] or "", found[5] or ""
    plain = re.fullmatch(r"([^,;:()]+?) (\d{4})", container)
    if plain and source.doi and int(plain[2]) == source.year:
        return plain[1], "", "", ""
    return "", "", "", ""


def _identified(identifier: str) -> tuple[str, str, str]:
    """Take identifiers apart: PubMed's, PubMed Central's, and all others as they stand."""
    pmid, pmcid, others = "", "", []
    for part in filter(None, identifier.split("; ")):
        if not pmid and (found := re.fullmatch(r"PMID (\d+)", part)):
            pmid = found[1]
        elif not pmcid and re.fullmatch(r"PMC\d+", part):
            pmcid = part
        else:
            others.append(part)
    return pmid, pmcid, _line("; ".join(others))


def _plain(references: Iterable[_Reference]) -> str:
    return "\n".join(map(_plain_line, references))


def _plain_line(one: _Reference) -> str:
    who = ", ".join(" ".join(filter(None, person)) for person in one.persons) or one.body
    if one.others:
        who = f"{who} et al."
    started = STARTING_TEXT if one.note.startswith(STARTING_TEXT) else ""
    issue = f"({one.issue})" if one.issue else ""
    pages = f":{one.pages}" if one.pages else ""
    volume = f";{one.volume}{issue}{pages}" if one.volume else ""
    year = str(one.year) if one.year is not None else ""
    where = f"{one.journal} {year}{volume}" if one.journal else one.container
    if year and year not in where:
        where = f"{where}. {year}" if where else year
    parts = (who, one.title, started, where, one.numbers)
    body = ". ".join(part.rstrip(".") for part in parts if part)
    return f"[{one.key}] {body}.{f' {one.link}' if one.link else ''}"


def _bibtex(references: Iterable[_Reference]) -> str:
    return "\n".join(map(_bibtex_entry, references))


def _bibtex_entry(one: _Reference) -> str:
    held = {
        "author": _bibtex_authors(one),
        # Braces keep its capitals.
        "title": f"{{{_latex(one.title)}}}",
        "journal": _latex(one.journal),
        "year": "" if one.year is None else str(one.year),
        "volume": _latex(one.volume),
        "number": _latex(one.issue),
        "pages": _latex(one.pages.replace("-", "--")),
        "howpublished": _latex(one.container),
        "doi": _verbatim(one.doi),
        "pmid": one.pmid,
        "pmcid": one.pmcid,
        "url": _verbatim(one.link),
        "note": _latex(one.numbers),
        "annote": _latex(one.note),
    }
    kind = "article" if one.journal else "misc"
    fields = "".join(f",\n  {name} = {{{value}}}" for name, value in held.items() if value)
    return f"@{kind}{{{one.key}{fields}\n}}\n"


def _bibtex_authors(one: _Reference) -> str:
    names = [f"{{{_latex(one.body)}}}"] if one.body else []
    for person in one.persons:
        family = _latex(person.family)
        # As one word, so that no part of it is taken for another name or for a particle.
        family = f"{{{family}}}" if " " in family else family
        names.append(", ".join(filter(None, (family, person.suffix, person.given))))
    return " and ".join([*names, "others"] if one.others else names)


def _latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in text)


def _verbatim(text: str) -> str:
    """Write an address, in which LaTeX reads every sign as it is; braces by their numbers."""
    return re.sub(r"[{}\\\s]", lambda sign: f"%{ord(sign[0]):02X}", text)


def _ris(references: Iterable[_Reference]) -> str:
    return "".join(f"{line}\r\n" for one in references for line in _ris_lines(one))


def _ris_lines(one: _Reference) -> Iterator[str]:
    first, _, last = one.pages.partition("-")
    tags: list[tuple[str, str]] = [
        ("TY", "JOUR" if one.journal else "GEN"),
        ("ID", one.key),
        ("TI", one.title),
        *[
            ("AU", ", ".join(filter(None, (person.family, person.given, person.suffix))))
            for person in one.persons
        ],
        ("AU", one.body),
        ("PY", "" if one.year is None else str(one.year)),
        ("T2", one.journal or one.container),
        *(("VL", one.volume), ("IS", one.issue), ("SP", first), ("EP", last)),
        ("DO", one.doi),
        *(("AN", number) for number in (one.pmid and f"PMID {one.pmid}", one.pmcid, one.numbers)),
        ("UR", one.link),
        ("N1", one.note),
    ]
    yield from (f"{tag}  - {value}" for tag, value in tags if value)
    yield "ER  - "


def _csl_json(references: Iterable[_Reference]) -> str:
    return json.dumps([_csl_item(one) for one in references], ensure_ascii=False, indent=2) + "\n"


def _csl_item(one: _Reference) -> Mapping[str, Any]:
    names: list[dict[str, str]] = [
        {
            "family": person.family,
            "given": person.given,
            **({"suffix": person.suffix} if person.suffix else {}),
        }
        for person in one.persons
    ]
    if one.body:
        names.append({"literal": one.body})
    held: dict[str, Any] = {
        "id": one.key,
        "type": "article-journal" if one.journal else "document",
        "title": one.title,
        "author": names,
        "issued": {"date-parts": [[one.year]]} if one.year is not None else None,
        "container-title": one.journal or one.container,
        "volume": one.volume,
        "issue": one.issue,
        "page": one.pages,
        "DOI": one.doi,
        "PMID": one.pmid,
        "PMCID": one.pmcid,
        "number": one.numbers,
        "URL": one.link,
        "note": one.note,
    }
    return {name: value for name, value in held.items() if value}


_STYLES: Final[Mapping[str, Callable[[Iterable[_Reference]], str]]] = {
    "plain": _plain,
    "bibtex": _bibtex,
    "ris": _ris,
    "csl-json": _csl_json,
}
