"""
What a picture is drawn with: shapes, texts and scales, written as SVG.

Places are whole numbers and fractions, never floats: what is twice as long is drawn exactly twice
as long, and the same picture has the same bytes everywhere.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from html import escape
from typing import NamedTuple, TypeAlias

from microneedling.display.languages import LANGUAGE
from microneedling.display.pictures.widths import lines_of, printable, width_of

__all__ = [
    "BLUE",
    "FAINT",
    "GREEN",
    "GREY",
    "INK",
    "ORANGE",
    "PURPLE",
    "RED",
    "SKY",
    "Canvas",
    "Look",
    "Number",
    "Scale",
]

Number: TypeAlias = int | Fraction

# Told apart by colour-blind readers (Okabe and Ito); a shape or a hatch says the same in grey.
BLUE, SKY, GREEN = "#0072B2", "#56B4E9", "#009E73"
ORANGE, RED, PURPLE = "#E69F00", "#D55E00", "#CC79A7"
INK, GREY, FAINT = "#1A1A1A", "#4D4D4D", "#C8C8C8"
_PAPER = "#FFFFFF"
_FONT = "Arial, Helvetica, sans-serif"
# Stands for what the ids of a picture begin with, until all of it is known; no text holds it.
_PREFIX = "\0"
_DECIMALS = 1000
_PATTERNS = {
    "hatch": '<path d="M-2 8L8 -2M-2 2L2 -2M4 8L8 4" stroke="{0}" stroke-width="1.5"/>',
    "cross": '<path d="M0 0L6 6M6 0L0 6" stroke="{0}" stroke-width="1"/>',
    "bars": '<path d="M0 1.5H6M0 4.5H6" stroke="{0}" stroke-width="1"/>',
    "dots": '<circle cx="1.5" cy="1.5" r="1" fill="{0}"/><circle cx="4.5" cy="4.5" r="1" '
    'fill="{0}"/>',
}


class Look(NamedTuple):
    """How a shape is filled and drawn; a pattern is filled in its own colour."""

    fill: str = "none"
    stroke: str = "none"
    pattern: str = ""
    dash: str = ""
    width: int = 1


class Scale(NamedTuple):
    """Where whole numbers, such as days or micrometres, are drawn."""

    first: int
    start: Number
    per_unit: Fraction

    @classmethod
    def over(cls, first: int, last: int, start: Number, room: int) -> "Scale":
        """Make one on which the numbers between two fit into the room."""
        span = max(last - first, 1)
        # An even number of thousandths, so that halves can be written down exactly as well.
        thousandths = room * _DECIMALS // span // 2 * 2
        exact = Fraction(thousandths, _DECIMALS) if thousandths else Fraction(room, span)
        return cls(first, start, exact)

    def at(self, value: Number) -> Number:
        """Give the place of a number."""
        return self.start + (value - self.first) * self.per_unit

    def room(self, count: Number) -> Fraction:
        """Give how much room so many take."""
        return count * self.per_unit


def _written(number: Number) -> str:
    if isinstance(number, int) or number.denominator == 1:
        return str(int(number))
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{exact:.6f}".rstrip("0").rstrip(".")


class Canvas:
    """A picture that is being drawn, from the top to the bottom."""

    __slots__ = ("_body", "_patterns", "down", "sampling", "width")
    sampling: bool
    width: int

    def __init__(self, width: int) -> None:
        self.width = width
        # How far down it is filled.
        self.down: Number = 0
        # A sample in a legend is no sign itself.
        self.sampling = False
        self._body: list[str] = []
        self._patterns: dict[str, str] = {}

    def _look(self, look: Look) -> str:
        fill = look.fill
        if look.pattern:
            name = f"{_PREFIX}{look.pattern}{fill[1:]}"
            self._patterns[name] = (
                f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
                f'<path d="M0 0H6V6H0Z" fill="{_PAPER}"/>'
                f"{_PATTERNS[look.pattern].format(fill)}</pattern>"
            )
            fill = f"url(#{name})"
        told = f' fill="{fill}"'
        if look.stroke != "none":
            told += f' stroke="{look.stroke}" stroke-width="{look.width}"'
        return told + (f' stroke-dasharray="{look.dash}"' if look.dash else "")

    def _add(self, tag: str, kind: str, attributes: str, told: str) -> None:
        named = f' class="{kind}"' if kind and not self.sampling else ""
        inside = f"><title>{escape(printable(told))}</title></{tag}>" if told else "/>"
        self._body.append(f"<{tag}{named}{attributes}{inside}")

    @property
    def drawn(self) -> int:
        """How many shapes and texts are drawn."""
        return len(self._body)

    def behind(self, since: int, draw: Callable[[], None]) -> None:
        """Draw something behind what was drawn since then."""
        before = self._body[since:]
        del self._body[since:]
        draw()
        self._body += before

    def rect(
        self,
        x: Number,
        y: Number,
        width: Number,
        height: Number,
        look: Look,
        *,
        kind: str = "",
        told: str = "",
    ) -> None:
        """Draw a rectangle; ``told`` is read where it is pointed at."""
        place = "".join(
            f' {name}="{_written(value)}"'
            for name, value in (("x", x), ("y", y), ("width", width), ("height", height))
        )
        self._add("rect", kind, place + self._look(look), told)

    def path(
        self, points: Sequence[tuple[Number, Number]], look: Look, *, kind: str = "", told: str = ""
    ) -> None:
        """Draw a line through points; it is closed where it is filled."""
        drawn = "L".join(f"{_written(x)} {_written(y)}" for x, y in points)
        end = "" if look.fill == "none" else "Z"
        self._add("path", kind, f' d="M{drawn}{end}"{self._look(look)}', told)

    def circle(
        self, x: Number, y: Number, r: Number, look: Look, *, kind: str = "", told: str = ""
    ) -> None:
        """Draw a circle."""
        place = f' cx="{_written(x)}" cy="{_written(y)}" r="{_written(r)}"'
        self._add("circle", kind, place + self._look(look), told)

    def text(
        self,
        x: Number,
        y: Number,
        text: str,
        *,
        size: int = 12,
        bold: bool = False,
        anchor: str = "start",
        colour: str = INK,
        kind: str = "",
    ) -> None:
        """Write one line, on its base line; moved inwards where it would leave the picture."""
        told = printable(text)
        wide = width_of(told, size, bold=bold)
        before = {"start": Fraction(0), "middle": wide / 2, "end": wide}[anchor]
        x = max(before, min(x, self.width - wide + before))
        named = f' class="{kind}"' if kind else ""
        looks = (' font-weight="bold"' if bold else "") + (
            f' text-anchor="{anchor}"' if anchor != "start" else ""
        )
        self._body.append(
            f'<text{named} x="{_written(x)}" y="{_written(y)}" font-size="{size}" '
            f'fill="{colour}"{looks}>{escape(told)}</text>'
        )

    def paragraph(
        self,
        x: Number,
        y: Number,
        room: Number,
        text: str,
        *,
        size: int = 12,
        bold: bool = False,
        colour: str = INK,
        kind: str = "",
    ) -> Number:
        """Write a text in as many lines as it takes from a height on; give where it ends."""
        for line in lines_of(text, Fraction(room), size, bold=bold):
            self.text(x, y + size, line, size=size, bold=bold, colour=colour, kind=kind)
            y += size + 4
        return y

    def svg(self, title: str, description: str) -> str:
        """Give the picture as a text, with what it shows in words."""
        height = _written(Fraction(int(self.down) + 1))
        language = escape(LANGUAGE.get())
        told = (
            f'<title id="{_PREFIX}title">{escape(printable(title))}</title>\n'
            f'<desc id="{_PREFIX}desc">{escape(printable(description))}</desc>'
        )
        patterns = "\n".join(self._patterns[name] for name in sorted(self._patterns))
        drawn = "\n".join(self._body)
        whole = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {height}" '
            f'role="img" lang="{language}" aria-labelledby="{_PREFIX}title {_PREFIX}desc" '
            f'font-family="{_FONT}">\n{told}\n'
            + (f"<defs>\n{patterns}\n</defs>\n" if patterns else "")
            + f'<rect width="{self.width}" height="{height}" fill="{_PAPER}"/>\n{drawn}\n</svg>\n'
        )
        prefix = f"m{sha256(whole.encode()).hexdigest()[:12]}-"
        return whole.replace(_PREFIX, prefix)
