"""What all pictures share: a title, rows with their names, scales, a legend, and the sources."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from microneedling.display.languages import say
from microneedling.display.pictures.canvas import FAINT, GREY, Canvas, Look, Number, Scale
from microneedling.display.pictures.widths import lines_of, width_of
from microneedling.values.evidence import Source

__all__ = ["LEFT", "MARGIN", "RIGHT", "ROW", "WIDTH", "Mark", "Sheet", "millimetres", "ticks"]

WIDTH = 960
MARGIN = 16
# Names of rows stand left of this line, what is drawn of them right of it.
LEFT = 292
RIGHT = WIDTH - MARGIN
ROW = 20
_SMALL = 11
_LEGEND = 28

# Draws a sample for the legend, by its left end and its middle.
_Drawn = Callable[[Canvas, Number, Number], None]


class Mark(NamedTuple):
    """What a sign of the picture means."""

    draw: _Drawn
    means: str

    @classmethod
    def of(cls, look: Look, means: str) -> "Mark":
        """Explain how a bar looks."""
        return cls(lambda on, x, y: on.rect(x, y - 6, 20, 12, look), means)


def millimetres(um: int) -> str:
    """Write micrometres as people read them."""
    whole, rest = divmod(um, 1000)
    return f"{whole}.{f'{rest:03}'.rstrip('0') or '0'} mm"


def ticks(first: int, last: int, steps: Iterable[int], most: int) -> list[int]:
    """Give round numbers between two, as many as there is room for."""
    span = last - first
    step = next((step for step in steps if span <= step * (most - 1)), max(span, 1))
    return list(range(-(-first // step) * step, last + 1, step))


class Sheet(Canvas):
    """A picture with a title, rows, a legend and a foot."""

    __slots__ = ("_facts", "_title")
    sampling: bool

    def __init__(self, title: str, lines: Iterable[str] = ()) -> None:
        super().__init__(WIDTH)
        self._title = title
        self._facts: list[str] = []
        self.down = MARGIN
        self.down = self.paragraph(MARGIN, self.down, RIGHT - MARGIN, title, size=17, bold=True)
        for line in lines:
            self.tell(line)
            self.note(line)
        self.down += 8

    def tell(self, fact: str) -> None:
        """Say something in words for whoever does not see the picture."""
        if fact:
            self._facts.append(fact if fact.endswith((".", "?", "!")) else f"{fact}.")

    def note(self, text: str, *, kind: str = "") -> None:
        """Write a text under what is drawn so far."""
        room = RIGHT - MARGIN
        self.down = self.paragraph(MARGIN, self.down, room, text, colour=GREY, kind=kind)

    def heading(self, text: str) -> None:
        """Write a heading over rows."""
        self.down = self.paragraph(MARGIN, self.down + 8, RIGHT - MARGIN, text, bold=True) + 2

    def row(self, name: str, room: int = LEFT - MARGIN - 12) -> tuple[Number, Number]:
        """Name a row at the left; give the middle of what is drawn of it, and where it ends."""
        lines = lines_of(name, Fraction(room), _SMALL)
        height = max(ROW, len(lines) * (_SMALL + 4) + 5)
        top = self.down
        self.paragraph(MARGIN, top + 2, room, name, size=_SMALL)
        self.down = top + height
        return top + Fraction(ROW, 2), self.down

    def axis(
        self, scale: Scale, marks: Sequence[tuple[int, str]], top: Number, foot: Number
    ) -> None:
        """Draw thin lines from a top to a foot, and over each what it stands for."""
        beyond: Number = 0
        for value, name in marks:
            x = scale.at(value)
            self.path([(x, top), (x, foot)], Look(stroke=FAINT))
            half = width_of(name, _SMALL) / 2
            if x - half >= beyond:
                self.text(x, top - 5, name, size=_SMALL, anchor="middle", colour=GREY)
                beyond = x + half + 4

    def legend(self, marks: Iterable[Mark]) -> None:
        """Explain the signs, as many beside each other as fit."""
        self.down += 12
        x: Number = MARGIN
        y = self.down + 8
        for mark in marks:
            wide = _LEGEND + width_of(mark.means, _SMALL) + 16
            if x > MARGIN and x + wide > RIGHT:
                x, y = MARGIN, y + ROW
            self.sampling = True
            mark.draw(self, x, y)
            self.sampling = False
            end = self.paragraph(x + _LEGEND, y - 7, RIGHT - x - _LEGEND, mark.means, size=_SMALL)
            x += wide
            y = max(y, end - ROW + 12)
        self.down = y + 16

    def unknown(self, x: Number, y: Number, end: Number, told: str) -> None:
        """Draw that something is not known: a dotted line with a question mark."""
        self.path(
            [(x, y), (end, y)], Look(stroke=GREY, dash="1 4", width=2), kind="unknown", told=told
        )
        self.text(
            Fraction(x + end) / 2, y + 5, "?", size=14, bold=True, anchor="middle", kind="unknown"
        )

    def foot(self, edition: str, sources: Iterable[Source], *, by: bool = False) -> None:
        """
        Name the edition and the sources.

        Args:
            edition: Its id; empty where what is drawn does not know it.
            sources: Those that are named.
            by: Whether it is told who wrote them.
        """
        held = {source.id: source for source in sources}
        named = "; ".join(_named(held[key]) if by else key for key in sorted(held))
        self.down += 4
        self.path([(MARGIN, self.down), (RIGHT, self.down)], Look(stroke=FAINT))
        self.down += 6
        if edition:
            line = say(
                "picture.edition", "Edition {edition}; the professional decides.", edition=edition
            )
        else:
            line = say(
                "picture.no_edition",
                "The edition is not kept with what is drawn here; the professional decides.",
            )
        for text in (line, say("picture.sources", "Sources: {sources}.", sources=named)):
            self.tell(text)
            self.down = self.paragraph(
                MARGIN, self.down, RIGHT - MARGIN, text, size=_SMALL, colour=GREY, kind="foot"
            )

    def finished(self) -> str:
        """Give the picture, and in words what it shows."""
        self.down += MARGIN
        return self.svg(self._title, " ".join(self._facts))


def _named(source: Source) -> str:
    """Name a source, who wrote it, and when."""
    who = source.authors.split(",")[0].split(";")[0] if source.authors else source.container
    told = " ".join(part for part in (who or source.title, str(source.year or "")) if part)
    return f"{source.id} ({told})"
