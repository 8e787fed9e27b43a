"""HTML and Markdown of what a person meets: all of the brief, and nothing that could do harm."""

import re
import subprocess
import sys
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

import microneedling as mn
from microneedling._foundation.rendering import Shown
from microneedling.display import as_html, as_markdown, documents, references
from microneedling.display.brief import patient_rows, shared
from microneedling.display.next_steps import open_rows
from microneedling.display.text import WIDTH, RowLine
from microneedling.values.codes import Code, OrderedCode
from tests import briefs
from tests.display import shown

NAMES = sorted(shown.values())
VOID = {"meta", "img", "br"}
# What a page of ours is made of: nothing that runs, and nothing that is fetched.
MADE_OF = {
    *("html", "head", "meta", "title", "style", "body", "main", "div", "section", "details"),
    *("summary", "h1", "h2", "h3", "h4", "h5", "h6", "p", "dl", "dt", "dd", "ul", "ol", "li"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "a"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "class", "id", "href", "rel", "scope", "role"),
    *("aria-label", "tabindex", "value", "rowspan", "colspan"),
}


class Read(HTMLParser):
    """A page that is read, and held to be well formed."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags = Counter[str]()
        self.attributes: list[tuple[str, str, str]] = []
        self.headings: list[int] = []
        self.words: list[str] = []
        self.open_words: list[str] = []
        self.title = ""
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        names = [name for name, _ in attrs]
        assert len(names) == len({*names}), (tag, attrs)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag, (tag, self.open)

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside == "title":
            self.title += data
        elif inside != "style":
            self.words.append(data)
            if "details" not in self.open:
                self.open_words.append(data)

    def of(self, attribute: str) -> list[str]:
        """Give the values of an attribute."""
        return [value for _, name, value in self.attributes if name == attribute]

    @property
    def unfolded(self) -> str:
        """What is read without unfolding anything."""
        return briefs.plain(" ".join(self.open_words))

    @property
    def text(self) -> str:
        """What is read of it, with single spaces."""
        return briefs.plain(" ".join(self.words))


@cache
def pages(name: str) -> tuple[Read, Read, str]:
    """Give the page, the fragment and the Markdown of a value."""
    held = shown.values()[name]
    return Read(held.to_html()), Read(held._repr_html_()), held.to_markdown()


def said(markdown: str) -> str:
    """Take Markdown for what it says: links as their texts, escapes as what is escaped."""
    told = re.sub(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\(<[^<>]*>\)", r"\1", markdown)
    told = re.sub(r"\\([\\`*_\[\]|#~$!.)+=-])", r"\1", told)
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        told = told.replace(mark, sign)
    return briefs.plain(told)


@pytest.mark.parametrize("name", NAMES)
def test_well_formed(name: str) -> None:
    """Every element is closed, every anchor is its own, and headings leave out no level."""
    for read, first in zip(pages(name)[:2], (1, 2), strict=True):
        assert {*read.tags} <= MADE_OF
        assert {name for _, name, _ in read.attributes} <= ATTRIBUTES
        ids = read.of("id")
        assert len(ids) == len({*ids})
        assert read.headings[0] == first
        assert read.headings.count(first) == 1
        pairs = zip(read.headings, read.headings[1:], strict=False)
        assert all(later <= before + 1 for before, later in pairs), read.headings


@pytest.mark.parametrize("name", NAMES)
def test_a_page_stands_by_itself(name: str) -> None:
    """It has a language, a title, a width, and needs no other file."""
    page, fragment, markdown = pages(name)
    html = shown.values()[name].to_html()
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert page.title
    assert page.tags["title"] == page.tags["main"] == page.tags["h1"] == 1
    assert ("meta", "name", "viewport") in page.attributes
    assert "url(" not in html
    assert "@import" not in html
    assert "html" not in fragment.tags
    # A table goes into a paper, without a heading.
    assert markdown.startswith("| " if name == "table" else "# ")


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_into_the_page_or_the_web(name: str) -> None:
    """A link is of the web, or leads to an anchor that is there; no other scheme is written."""
    for read in pages(name)[:2]:
        ids = {*read.of("id")}
        for target in read.of("href"):
            assert target.startswith(("https://", "http://")) or target[1:] in ids, target
    targets = re.findall(r"\]\((<?[^)\s]*)", re.sub(r"\\.", "", pages(name)[2]))
    assert all(target.startswith(("<https://", "<http://")) for target in targets), targets


# A table of an edition is for whoever counts and joins: it holds what documents hold.
@pytest.mark.parametrize("name", [name for name in NAMES if name != "table"])
def test_no_code(name: str) -> None:
    """Labels are shown, and never codes."""
    codes = {
        code.value
        for kind in (*Code.__subclasses__(), *OrderedCode.__subclasses__())
        for code in kind
        if "_" in code.value
    }
    assert len(codes) > 100
    page, _, markdown = pages(name)
    text = page.text.replace(shown.HOSTILE, "")
    for told in (text, said(markdown)):
        assert not {*re.findall(r"[a-z]+(?:_[a-z]+)+", told)} & codes


def _rows(value: Shown) -> list[RowLine]:
    """Give the rows of a brief that may not be left out, whole."""
    before = WIDTH.set(documents.UNBROKEN)
    try:
        if isinstance(value, mn.Recommendation):
            lines = [*patient_rows(value.reasons), *shared([value])]  # type: ignore[list-item]
        elif isinstance(value, mn.VisitAnswer):
            lines = [*shared(value.answers)]
            for one in value.answers:
                lines += patient_rows(one.reasons)
        else:
            held: Any = value
            lines = open_rows(held)
    finally:
        WIDTH.reset(before)
    return [line for line in lines if isinstance(line, RowLine)]


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, value in shown.values().items()
        if hasattr(value, "reasons") or hasattr(value, "why") or hasattr(value, "binding")
    ],
)
def test_what_may_not_be_left_out(name: str) -> None:
    """Each must, limit, stop sign and caution of the brief stands, unfolded, in every form."""
    rows = _rows(shown.values()[name])
    assert rows or name in {"stop", "complete"}
    page, fragment, markdown = pages(name)
    for row in rows:
        told = briefs.plain(row.told)
        for text in (page.text, fragment.text, said(markdown)):
            assert told in text, (row.beside, told)
        assert told in page.unfolded, (row.beside, told)


def test_hostile_words_are_words() -> None:
    """Whatever somebody writes in a ledger is shown as it is written."""
    page, fragment, markdown = pages("hostile ledger")
    for text in (page.text, fragment.text, said(markdown)):
        assert briefs.plain(shown.HOSTILE) in text


def _hostile_course() -> mn.Course:
    course: Any = shown.values()["course"]
    source = mn.Source(
        id='x]<b>(y) & "z"',
        title=shown.HOSTILE,
        authors="<i>A</i> | B",
        url="javascript:alert(1)",
        doi='10.1/"><script>alert(1)</script> (x)',
        identifier='PMID 1"><script>',
        note=shown.HOSTILE + "\n\n# heading\x00",
        grade=mn.Grade.RCT,
        read=mn.Access.FULL,
    )
    cited = tuple(
        attrs.evolve(held, source=source, locator=place)
        for held, place in zip(course.citations, ("](javascript:x) <s>", "a | b"), strict=False)
    )
    note = mn.Note(text=f"- {shown.HOSTILE}\n1. new", citations=cited)
    held: mn.Course = attrs.evolve(
        course, citations=cited, notes=(note,), protocols=("<p>",), schools=("|",)
    )
    return held


def test_hostile_knowledge() -> None:
    """Nor does it matter what stands in an edition of somebody's own."""
    held = _hostile_course()
    for read in (Read(held.to_html()), Read(held._repr_html_())):
        assert {*read.tags} <= MADE_OF
        assert {name for _, name, _ in read.attributes} <= ATTRIBUTES
        assert briefs.plain(shown.HOSTILE) in read.text
        assert all(t.startswith(("https://", "http://", "#")) for t in read.of("href"))
        assert len(read.of("id")) == len({*read.of("id")})
    markdown = held.to_markdown()
    markdown.encode()
    assert "\x00" not in markdown
    assert "<script" not in markdown
    assert not re.search(r"(?<!\\)\]\((?!<https?://[^<>\s]*>\))", markdown)
    assert briefs.plain(shown.HOSTILE) in said(markdown)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//host/x",
        "ftp://h/x",
        "http://",
        "https://[",
        "",
    ],
)
def test_other_addresses_are_no_links(url: str) -> None:
    """Only what a browser opens as a page of the web is one."""
    source = mn.Source(id="a", title="T", url=url, grade=mn.Grade.RCT, read=mn.Access.FULL)
    assert references.address(source) == ""


def test_every_source_of_an_edition_that_can_be_linked_is() -> None:
    """A DOI, a PubMed number or an address of the web makes a link."""
    for source in shown.KNOWLEDGE.sources:
        known = source.doi or source.url or source.identifier.startswith(("PMID", "PMC", "NCT"))
        assert bool(references.address(source)) is bool(known), source.id


def test_equal_options_keep_their_number() -> None:
    """Markdown counts a numbered list anew: options of one rank are numbered by their words."""
    items = tuple(documents.Item((text,), 1) for text in ("one", "other"))
    told = as_markdown.markdown(documents.Document("T", (documents.Items(items),)))
    assert said(told) == "# T - 1. one - 1. other"
    html = as_html.fragment(documents.Document("T", (documents.Items(items),)))
    assert html.count('<li value="1">') == len(items)


def test_fragments_of_two_values_share_no_anchor() -> None:
    """So that both can stand in one notebook; the same value has the same anchors."""
    held = [pages(name)[1].of("id") for name in NAMES]
    every = Counter(anchor for ids in held for anchor in ids)
    assert max(every.values()) == 1
    offer = shown.values()["offer"]
    assert offer._repr_html_() == offer._repr_html_()


def test_tables_name_their_rows_and_columns() -> None:
    """A reader who hears a cell hears what it is of."""
    for name in NAMES:
        page = pages(name)[0]
        assert page.tags["table"] == page.tags["caption"] == page.tags["thead"]
        assert page.tags["th"] == len(page.of("scope"))


def test_notebooks_get_what_is_written() -> None:
    """A notebook's Markdown is that of the value."""
    for value in shown.values().values():
        assert value._repr_markdown_() == value.to_markdown()


def test_with_assertions_off() -> None:
    """Nothing is lost under ``-O``."""
    program = (
        "import hashlib\nfrom tests.display import shown\n"
        "value = shown.values()['offer']\n"
        "told = value.to_html() + value.to_markdown() + value._repr_html_()\n"
        "print(hashlib.sha256(told.encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, *flags, "-c", program], capture_output=True, text=True, check=True
        ).stdout
        for flags in ([], ["-O"])
    }
    assert len(told) == 1
