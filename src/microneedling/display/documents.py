"""
What a value shows, as a document: made once, and then written as HTML or as Markdown.

The words are those of the texts. A text is asked for in lines as long as they like, and what its
indents and marks say is kept as lists, rows and sections.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from microneedling.display.text import Page, RowLine

if TYPE_CHECKING:
    from microneedling.values.evidence import Citation, Disagreement, Source

__all__ = [
    "UNBROKEN",
    "Block",
    "Cite",
    "Document",
    "Fields",
    "Inline",
    "Item",
    "Items",
    "LinkedPage",
    "Paragraph",
    "Part",
    "Sources",
    "Table",
    "clean",
    "every_source",
    "fields",
    "parts",
    "tree",
]

# So wide that no line is broken.
UNBROKEN = 10**9
_ITEM = re.compile(r"( *)(?:(-)|(\d{1,9})\.) (.*)", re.DOTALL)


class Cite(NamedTuple):
    """A source that is named in a sentence: what stands there, and the source's id."""

    text: str
    source: str


Inline: TypeAlias = tuple[str | Cite, ...]


class Paragraph(NamedTuple):
    """Sentences."""

    text: Inline


class Fields(NamedTuple):
    """Titles, each with what stands beside it."""

    rows: tuple[tuple[str, tuple[Inline, ...]], ...]


class Table(NamedTuple):
    """A table, of which the first column names the rows; under a row may stand a remark."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Inline, ...], ...]
    remarks: tuple[str, ...] = ()


class Item(NamedTuple):
    """Something in a list, its number where it has one, and what belongs to it."""

    text: Inline
    number: int | None = None
    below: "tuple[Item, ...]" = ()


class Items(NamedTuple):
    """A list."""

    items: tuple[Item, ...]


class Sources(NamedTuple):
    """Sources in full."""

    sources: "tuple[Source, ...]"


class Part(NamedTuple):
    """A section. What is folded can be unfolded; what may not be missed is never folded."""

    key: str
    title: str
    blocks: "tuple[Block, ...]"
    folded: bool = False


Block: TypeAlias = Paragraph | Fields | Table | Items | Sources | Part


class Document(NamedTuple):
    """All that is shown of a value."""

    title: str
    blocks: tuple[Block, ...]


class LinkedPage(Page):
    """A text that is being written, which knows where in its lines it names which source."""

    __slots__ = ("_marks",)

    def __init__(self) -> None:
        super().__init__()
        self._marks: dict[str, Inline] = {}

    def ids(self, citations: "Iterable[Citation]") -> str:
        """Name sources in brackets, each once, and remember what was written for them."""
        held = tuple(citations)
        told = super().ids(held)
        if told:
            shown = {c.locator or c.source.id: c.source.id for c in held}
            inside: list[str | Cite] = ["["]
            for place, (text, source) in enumerate(shown.items()):
                inside += [*([", "] if place else []), Cite(text, source)]
            self._marks[clean(told)] = (*inside, "]")
        return told

    def disagreements(self, others: "Iterable[Disagreement]") -> list[str]:
        """Say who says otherwise, a line each."""
        held = tuple(others)
        for other in held:
            self._marks[f"[{other.source.id}]"] = ("[", Cite(other.source.id, other.source.id), "]")
        return super().disagreements(held)

    def inline(self, text: str) -> Inline:
        """Take a line apart: what is said, and the sources that are named in it."""
        found: list[str | Cite] = []
        for piece in re.split(r"(\[[^\[\]]*\])", clean(text)):
            found += self._marks.get(piece, (piece,) if piece else ())
        return tuple(found)


# What no page may hold: controls, and halves of characters.
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Take a text in one line, without what no page may hold."""
    return _UNPRINTED.sub("\ufffd", re.sub(r"\s+", " ", text))


def every_source(document: Document) -> "Iterator[Source]":
    """Give the sources that are told in full."""
    held: list[Block] = [*document.blocks]
    for block in held:
        if isinstance(block, Sources):
            yield from block.sources
        elif isinstance(block, Part):
            held += block.blocks


def fields(lines: Sequence[str]) -> tuple[Block, ...]:
    """Take rows apart: what stands beside each title; nothing where there is none."""
    found: list[tuple[str, list[Inline]]] = []
    for line in lines:
        if isinstance(line, RowLine):
            told: Inline = (clean(line.told).strip(),)
            if not found or line.beside not in {"", found[-1][0]}:
                found.append((line.beside, [told]))
            else:
                found[-1][1].append(told)
    rows = tuple((title, tuple(texts)) for title, texts in found)
    return (Fields(rows),) if rows else ()


def tree(page: LinkedPage, lines: Sequence[str]) -> tuple[Block, ...]:
    """Take lines apart by their indents: sentences, and lists with what belongs to each item."""
    top: list[_Node] = []
    above: list[_Node] = []
    for line in lines:
        if not line.strip():
            continue
        node = _Node(page, line)
        while above and above[-1].indent >= node.indent:
            above.pop()
        (above[-1].below if above else top).append(node)
        above.append(node)
    found: list[Block] = []
    listed: list[Item] = []
    for node in top:
        if node.marked or node.below:
            listed.append(node.item())
            continue
        if listed:
            found.append(Items(tuple(listed)))
            listed = []
        found.append(Paragraph(node.text))
    return (*found, Items(tuple(listed))) if listed else tuple(found)


class _Node:
    """A line with what is indented below it."""

    __slots__ = ("below", "indent", "marked", "number", "text")

    def __init__(self, page: LinkedPage, line: str) -> None:
        found = _ITEM.fullmatch(line)
        self.marked = found is not None
        told = found[4] if found else line.lstrip(" ")
        self.indent = len(line) - len(line.lstrip(" "))
        self.number = int(found[3]) if found and found[3] else None
        self.text = page.inline(told)
        self.below: list[_Node] = []

    def item(self) -> Item:
        """Give it as an item of a list."""
        return Item(self.text, self.number, tuple(node.item() for node in self.below))


def parts(
    page: LinkedPage, lines: Sequence[str], key: str, *, folded: bool = True
) -> tuple[Part, ...]:
    """Take sections apart: after each empty line a title, then what stands under it."""
    found: list[tuple[str, list[str]]] = []
    begins = False
    for line in lines:
        if not line:
            begins = True
        elif begins or not found:
            found.append((line, []))
            begins = False
        else:
            found[-1][1].append(line)
    return tuple(
        Part(key if not place else f"{key}-{place + 1}", title, tree(page, held), folded)
        for place, (title, held) in enumerate(found)
    )
