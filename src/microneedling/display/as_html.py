"""A document as HTML: a whole page, or a fragment for a page of others."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape

from microneedling.display.documents import (
    Block,
    Cite,
    Document,
    Fields,
    Inline,
    Item,
    Items,
    Paragraph,
    Part,
    Sources,
    Table,
    clean,
    every_source,
)
from microneedling.display.languages import LANGUAGE
from microneedling.display.references import links, reference
from microneedling.display.style import STYLE, WHOLE_PAGE

__all__ = ["fragment", "whole_page"]

_DEEPEST = 6


def whole_page(document: Document) -> str:
    """Write a page that stands by itself."""
    body = "".join(_Writer(document, "", 1).body())
    return (
        f'<!doctype html>\n<html lang="{_said(LANGUAGE.get())}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_said(document.title)}</title>\n<style>{STYLE}{WHOLE_PAGE}</style>\n</head>\n"
        f'<body>\n<main class="mn-card">\n{body}</main>\n</body>\n</html>\n'
    )


def fragment(document: Document) -> str:
    """Write what can stand in a page of others: its anchors are its own, by what it says."""
    own = sha256("".join(_Writer(document, "", 2).body()).encode()).hexdigest()[:8]
    body = "".join(_Writer(document, f"mn-{own}-", 2).body())
    return (
        f'<div class="mn-card" lang="{_said(LANGUAGE.get())}">\n<style>{STYLE}</style>\n{body}'
        "</div>\n"
    )


def _said(text: str) -> str:
    return escape(clean(text).strip())


class _Writer:
    """A document that is being written, with its anchors."""

    __slots__ = ("_anchors", "_document", "_level", "_prefix", "_used")

    def __init__(self, document: Document, prefix: str, level: int) -> None:
        self._document, self._prefix, self._level = document, prefix, level
        self._used: set[str] = set()
        self._anchors = {
            source.id: self._anchor(f"source-{source.id}") for source in every_source(document)
        }

    def _anchor(self, key: str) -> str:
        """Give an anchor that nothing else has."""
        wanted = self._prefix + (re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-") or "part")
        found, number = wanted, 1
        while found in self._used:
            number += 1
            found = f"{wanted}-{number}"
        self._used.add(found)
        return found

    def body(self) -> Iterator[str]:
        """Write the heading and all that stands below it."""
        level = self._level
        yield f"<h{level}>{_said(self._document.title)}</h{level}>\n"
        for block in self._document.blocks:
            yield from self._block(block, level + 1)

    def _inline(self, text: Inline) -> str:
        return "".join(map(self._piece, text))

    def _piece(self, piece: str | Cite) -> str:
        if isinstance(piece, str):
            return escape(clean(piece))
        anchor = self._anchors.get(piece.source)
        told = _said(piece.text)
        return f'<a href="#{anchor}">{told}</a>' if anchor else told

    def _block(self, block: Block, level: int) -> Iterator[str]:
        if isinstance(block, Paragraph):
            yield f"<p>{self._inline(block.text)}</p>\n"
        elif isinstance(block, Fields):
            yield from self._fields(block)
        elif isinstance(block, Table):
            yield from self._table(block)
        elif isinstance(block, Items):
            yield from self._items(block.items)
        elif isinstance(block, Sources):
            yield from self._sources(block)
        else:
            yield from self._part(block, level)

    def _part(self, part: Part, level: int) -> Iterator[str]:
        h = f"h{min(level, _DEEPEST)}"
        title, anchor = _said(part.title), self._anchor(part.key)
        if part.folded:
            yield f'<details id="{anchor}">\n<summary><{h}>{title}</{h}></summary>\n'
        else:
            yield f'<section id="{anchor}">\n<{h}>{title}</{h}>\n'
        for block in part.blocks:
            yield from self._block(block, level + 1)
        yield "</details>\n" if part.folded else "</section>\n"

    def _fields(self, block: Fields) -> Iterator[str]:
        yield "<dl>\n"
        for title, texts in block.rows:
            told = "".join(f"<dd>{self._inline(text)}</dd>" for text in texts)
            yield f"<div><dt>{_said(title)}</dt>{told}</div>\n"
        yield "</dl>\n"

    def _table(self, block: Table) -> Iterator[str]:
        caption = _said(block.caption)
        # On a narrow screen it is moved sidewards, by keys as well.
        yield f'<div class="mn-wide" role="group" aria-label="{caption}" tabindex="0">\n<table>\n'
        yield f"<caption>{caption}</caption>\n<thead><tr>"
        yield "".join(f'<th scope="col">{_said(name)}</th>' for name in block.head)
        yield "</tr></thead>\n<tbody>\n"
        remarks = block.remarks or ("",) * len(block.rows)
        for row, remark in zip(block.rows, remarks, strict=True):
            first, *others = map(self._inline, row)
            cells = "".join(f"<td>{cell}</td>" for cell in others)
            both = ' rowspan="2"' if remark else ""
            yield f'<tr><th scope="row"{both}>{first}</th>{cells}</tr>\n'
            if remark:
                yield f'<tr class="mn-more"><td colspan="{len(others)}">{_said(remark)}</td></tr>\n'
        yield "</tbody>\n</table>\n</div>\n"

    def _items(self, items: Iterable[Item]) -> Iterator[str]:
        held = tuple(items)
        kind = "ol" if all(item.number is not None for item in held) else "ul"
        yield f"<{kind}>\n"
        for item in held:
            value = "" if item.number is None or kind == "ul" else f' value="{item.number}"'
            below = "".join(self._items(item.below)) if item.below else ""
            yield f"<li{value}>{self._inline(item.text)}{below}</li>\n"
        yield f"</{kind}>\n"

    def _sources(self, block: Sources) -> Iterator[str]:
        yield "<ul>\n"
        for source in block.sources:
            where = ", ".join(
                f'<a href="{escape(url)}" rel="noreferrer">{_said(name)}</a>'
                for name, url in links(source)
            )
            told = f"{_said(reference(source))} {where}".rstrip()
            yield f'<li id="{self._anchors[source.id]}">{told}</li>\n'
        yield "</ul>\n"
