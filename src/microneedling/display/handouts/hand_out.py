"""A hand-out: what is handed to a patient, and how it shows itself."""

from attrs import frozen

from microneedling.display.handouts.as_html import page
from microneedling.display.handouts.as_pdf import pdf
from microneedling.display.handouts.as_text import text
from microneedling.display.handouts.parts import Contents

__all__ = ["HandOut"]


@frozen(kw_only=True)
class HandOut(Contents):
    """
    A leaflet for a patient, or a sheet for a talk. Nothing in it is ever changed.

    Made by `leaflet` and `consent`. The same hand-out gives the same text, page and PDF.
    """

    def to_text(self) -> str:
        """Write it as plain text."""
        return text(self)

    def to_html(self) -> str:
        """Write it as one web page, to be read aloud, searched and printed on A4."""
        return page(self)

    def to_pdf(self) -> bytes:
        """
        Write it as a PDF on A4 that can be read aloud (PDF/UA-1). Needs the extra ``print``.

        Raises:
            InputError: If a name that was given has letters which the fonts of the PDF lack.
            MicroneedlingError: If the extra is not installed.
        """
        return pdf(self)

    def __str__(self) -> str:
        return self.to_text()
