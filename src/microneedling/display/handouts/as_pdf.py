"""
A hand-out as a PDF that can be read aloud (PDF/UA-1), on A4.

The one room that knows typst. What stands on the sheet is handed to it as data, which it does not
read as markup; the fonts are those that it brings, whatever the machine has.
"""

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from microneedling._foundation import checks
from microneedling._foundation.errors import MicroneedlingError
from microneedling.display.handouts.as_text import BULLET
from microneedling.display.handouts.parts import parted

if TYPE_CHECKING:
    from microneedling.display.handouts.parts import Contents

__all__ = ["pdf"]

# Without a date, so that the same hand-out gives the same bytes; without hyphens and ligatures,
# so that what is copied out of it is what was written: at the end of a line typst would print a
# hyphen twice in some languages, such as Spanish, but not in English.
_SHEET = """
#let held = json(bytes(sys.inputs.held))
#set document(title: held.title, date: none)
#set page(paper: "a4", margin: (x: 20mm, y: 18mm), footer: context align(center, text(size: 8pt,
  counter(page).display("1 / 1", both: true))))
#set text(font: "Libertinus Serif", size: 11.5pt, lang: held.language, hyphenate: false,
  ligatures: false)
#set par(leading: 0.6em)
#set list(marker: [#held.bullet], spacing: 0.65em)
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 2): set text(size: 14pt)
#show heading.where(level: 3): set text(size: 11.5pt)
#show heading: set block(above: 1.3em, below: 0.7em)
#show "-": it => if held.language == "en" { it } else { text(lang: "en", it) }
#let item(held) = {
  text(held.at(0))
  if held.at(1) != "" { text(lang: "en", held.at(1)) }
  if held.at(2) != "" { pdf.artifact(text(held.at(2))) }
}
#let told(section) = {
  heading(level: section.level, section.title)
  if section.items.len() > 0 { list(..section.items.map(item)) }
}
#heading(level: 1, held.title)
#for section in held.sections {
  if section.kind == "emergency" {
    block(stroke: 1.5pt + rgb("#a00000"), inset: 9pt, width: 100%, told(section))
  } else if section.kind == "call" {
    block(stroke: 1pt, inset: 9pt, width: 100%, told(section))
  } else if section.kind == "small" {
    set text(size: 8pt)
    show heading: set text(size: 9pt)
    told(section)
  } else { told(section) }
}
"""


def pdf(held: "Contents") -> bytes:
    """Write the PDF; see `HandOut.to_pdf`."""
    try:
        import typst
    except ImportError:
        message = "PDF files need typst; install the extra: microneedling[print]"
        raise MicroneedlingError(message) from None
    told = {
        "title": held.title,
        "language": held.language,
        "bullet": BULLET,
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "kind": section.kind.value,
                "items": [parted(sentence) for sentence in section.sentences],
            }
            for section in held.sections
        ],
    }
    made: bytes | None = None
    # What was caught names letters of what was given, so the refusal stands outside.
    with suppress(typst.TypstError):
        made = typst.compile(
            _SHEET.encode(),
            format="pdf",
            sys_inputs={"held": json.dumps(told)},
            ignore_system_fonts=True,
            pdf_standards="ua-1",
        )
    if made is None:
        # The sheet and the edition's texts are tested; what is left are the names that were given.
        message = "the PDF has Latin, Greek and Cyrillic letters only; take the page, by to_html"
        checks.refuse("wrong_text", "clinic", message)
    return made
