"""A document as Markdown: CommonMark with tables, every text escaped."""

import re
from collections.abc import Iterator, Sequence

from microneedling.display.documents import (
    Block,
    Cite,
    Document,
    Fields,
    Inline,
    Item,
    Items,
    Paragraph,
    Sources,
    Table,
    clean,
    every_source,
)
from microneedling.display.references import address, links, reference

__all__ = ["markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]|#~$!])")
# What makes a list, a heading or a rule of a line that begins with it.
_BEGINS = re.compile(r"^(?:(\d+)([.)])(?=\s|$)|([-+=]))")
_DEEPEST = 6


def escaped(text: str) -> str:
    """Take a text for what it says, whatever marks stand in it."""
    told = clean(text).strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    told = _SPECIAL.sub(r"\\\1", told)
    return _BEGINS.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", told)


def markdown(document: Document) -> str:
    """Write a document as Markdown."""
    return f"{_Writer(document).text()}\n"


class _Writer:
    __slots__ = ("_addresses", "_document")

    def __init__(self, document: Document) -> None:
        self._document = document
        self._addresses = {
            source.id: address(source) for source in every_source(document) if address(source)
        }

    def text(self) -> str:
        blocks = (told for block in self._document.blocks for told in self._block(block, 2))
        return "\n\n".join([f"# {escaped(self._document.title)}", *blocks])

    def _inline(self, text: Inline) -> str:
        return "".join(self._piece(piece) for piece in text)

    def _piece(self, piece: str | Cite) -> str:
        if isinstance(piece, str):
            # The spaces at the ends stand between this and what is named.
            before = " " if piece[:1] == " " else ""
            after = " " if piece[-1:] == " " and piece.strip() else ""
            return f"{before}{escaped(piece)}{after}"
        target = self._addresses.get(piece.source)
        return f"[{escaped(piece.text)}](<{target}>)" if target else escaped(piece.text)

    def _block(self, block: Block, level: int) -> Iterator[str]:
        if isinstance(block, Paragraph):
            yield self._inline(block.text)
        elif isinstance(block, Fields):
            yield "\n".join(self._fields(block))
        elif isinstance(block, Table):
            yield f"**{escaped(block.caption)}**"
            yield "\n".join(self._table(block))
        elif isinstance(block, Items):
            yield "\n".join(self._items(block.items, ""))
        elif isinstance(block, Sources):
            yield "\n".join(
                " ".join(
                    [f"- {escaped(reference(s))}", *(f"[{escaped(t)}](<{u}>)" for t, u in links(s))]
                )
                for s in block.sources
            )
        else:
            yield f"{'#' * min(level, _DEEPEST)} {escaped(block.title)}"
            for held in block.blocks:
                yield from self._block(held, level + 1)

    def _fields(self, block: Fields) -> Iterator[str]:
        for title, texts in block.rows:
            first, *others = map(self._inline, texts)
            yield f"- **{escaped(title)}**: {first}" if title else f"- {first}"
            for other in others:
                yield f"  - {other}"

    def _table(self, block: Table) -> Iterator[str]:
        yield f"| {' | '.join(map(escaped, block.head))} |"
        yield f"|{' --- |' * len(block.head)}"
        remarks = block.remarks or ("",) * len(block.rows)
        for row, remark in zip(block.rows, remarks, strict=True):
            cells = [*map(self._inline, row)]
            if remark:
                cells[-1] += f" ({escaped(remark)})"
            yield f"| {' | '.join(cells)} |"

    def _items(self, items: Sequence[Item], indent: str) -> Iterator[str]:
        first = items[0].number if items else None
        # Readers count a numbered list by themselves, from its first number.
        counted = first is not None and all(
            item.number == number for number, item in enumerate(items, first)
        )
        for item in items:
            mark = f"{item.number}." if counted else "-"
            number = "" if counted or item.number is None else f"{item.number}\\. "
            yield f"{indent}{mark} {number}{self._inline(item.text)}"
            yield from self._items(item.below, indent + " " * (len(mark) + 1))
