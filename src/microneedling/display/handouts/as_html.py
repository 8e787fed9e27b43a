"""A hand-out as one web page that needs nothing else, and prints on A4."""

from html import escape
from typing import TYPE_CHECKING

from microneedling.display.handouts.parts import parted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microneedling.display.handouts.parts import Contents, Section, Sentence

__all__ = ["page"]

_STYLE = """\
@page { size: A4; margin: 18mm 20mm; }
body { font: 1.05rem/1.5 "Noto Sans", "DejaVu Sans", Verdana, Arial, sans-serif;
  color: #111; background: #fff; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.2; }
h2 { font-size: 1.25rem; margin: 1.6rem 0 .4rem; }
h3 { font-size: 1.05rem; margin: 1rem 0 .2rem; }
h2, h3 { break-after: avoid; }
ul { margin: .2rem 0; padding-left: 1.3rem; }
li { margin: .2rem 0; break-inside: avoid; overflow-wrap: anywhere; }
section.emergency { border: 3px solid #a00; padding: 0 1rem .6rem; margin-top: 1.2rem; }
section.emergency h2 { color: #a00; margin-top: .8rem; }
section.call { border: 2px solid #111; padding: 0 1rem .6rem; margin-top: 1.2rem; }
section.call h2 { margin-top: .8rem; }
section.small { font-size: .8rem; color: #333; border-top: 1px solid #777; margin-top: 2rem; }
section.small h2 { font-size: .95rem; margin-top: .6rem; }
@media print { body { font-size: 11pt; margin: 0; max-width: none; padding: 0; } }"""


def page(held: "Contents") -> str:
    """Write the page. Whatever was given is text in it, never markup."""
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(held.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(held.title)}</title>",
        f"<style>\n{_STYLE}\n</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{escape(held.title)}</h1>",
    ]
    for number, section in enumerate(held.sections):
        parts += _section(section, f"s{number}")
    return "\n".join([*parts, "</main>", "</body>", "</html>", ""])


def _section(section: "Section", name: str) -> "Iterator[str]":
    yield f'<section class="{section.kind.value}" aria-labelledby="{name}">'
    yield f'<h{section.level} id="{name}">{escape(section.title)}</h{section.level}>'
    if section.sentences:
        yield "<ul>"
        yield from map(_item, section.sentences)
        yield "</ul>"
    yield "</section>"


def _item(told: "Sentence") -> str:
    words, english, line = parted(told)
    other = f'<span lang="en">{escape(english)}</span>' if english else ""
    # Not read aloud sign by sign.
    blank = f'<span aria-hidden="true">{line}</span>' if line else ""
    return f"<li>{escape(words)}{other}{blank}</li>"
