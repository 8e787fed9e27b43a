"""Two needle lengths side by side: to scale, by their days of recovery, and in words."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from microneedling.display.labels import label, sentence
from microneedling.display.languages import say
from microneedling.display.pictures.canvas import (
    BLUE,
    FAINT,
    GREEN,
    GREY,
    ORANGE,
    Look,
    Scale,
)
from microneedling.display.pictures.sheet import (
    LEFT,
    MARGIN,
    RIGHT,
    ROW,
    Mark,
    Sheet,
    millimetres,
    ticks,
)
from microneedling.display.pictures.widths import lines_of
from microneedling.display.text import NOT_PUBLISHED
from microneedling.values.lengths import NeedleLength

if TYPE_CHECKING:
    from microneedling.knowledge.comparison import Comparison, ComparisonRow
    from microneedling.knowledge.facts import AspectFact
    from microneedling.values.evidence import Source

__all__ = ["comparison"]

_NAMES = 130
_COLUMN = (RIGHT - MARGIN - _NAMES) // 2
_SMALL = 11
_ROOM = RIGHT - LEFT - 20
_MM = (100, 200, 500, 1000)
_COUNTS = (1, 2, 5, 7, 14, 28)
_MOST_TICKS = 8

_NEEDLE = Look(fill=GREY, stroke=GREY)
_DAYS = Look(fill=ORANGE, stroke="#8A5F00", pattern="hatch")
_SESSIONS = Look(fill=GREEN, stroke="#00664B", pattern="bars")
_NOT_KNOWN = Look(fill="#FFFFFF", stroke=GREY, dash="1 4", width=2)


def comparison(found: "Comparison") -> str:
    """Draw a comparison."""
    both = (found.left, found.right)
    title = say(
        "picture.comparison", "{left} and {right} side by side", left=both[0], right=both[1]
    )
    sheet = Sheet(title)
    _needles(sheet, both)
    for row in found.rows:
        _figures(sheet, both, row)
    sheet.legend(_legend(found))
    _table(sheet, found)
    sources: list[Source] = [
        citation.source
        for row in found.rows
        for fact in (*row.left, *row.right)
        for citation in fact.citations
    ]
    sheet.foot(found.edition, sources)
    return sheet.finished()


def _needles(sheet: Sheet, both: tuple[NeedleLength, NeedleLength]) -> None:
    title = say("picture.to_scale", "Needle length, to scale")
    sheet.heading(title)
    longest = max(length.um for length in both)
    scale = Scale.over(0, longest, LEFT, _ROOM)
    sheet.down += 18
    marks = [(um, millimetres(um)) for um in ticks(0, longest, _MM, _MOST_TICKS)]
    sheet.axis(scale, marks, sheet.down, sheet.down + 2 * ROW)
    for length in both:
        middle, _ = sheet.row(str(length))
        points = [(LEFT, middle - 6), (LEFT, middle + 6), (scale.at(length.um), middle)]
        sheet.path(points, _NEEDLE, kind="needle", told=str(length))


def _ends(fact: "AspectFact") -> tuple[int, int] | None:
    """Give the figures of a statement, if it has any."""
    if fact.downtime is not None:
        return fact.downtime.shortest_days, fact.downtime.longest_days
    return (fact.count.fewest, fact.count.most) if fact.count is not None else None


def _figures(sheet: Sheet, both: tuple[NeedleLength, NeedleLength], row: "ComparisonRow") -> None:
    """Draw what has figures: days of recovery, and sessions."""
    held = [(fact, _ends(fact)) for fact in (*row.left, *row.right)]
    known = [ends for _, ends in held if ends is not None]
    if not known:
        return
    days = any(fact.downtime is not None for fact, _ in held)
    unit = say("picture.in_days", ", days") if days else ""
    sheet.heading(f"{sentence(label(row.aspect))}{unit}")
    last = max(most for _, most in known)
    scale = Scale.over(0, last, LEFT, _ROOM)
    sheet.down += 18
    rows = [
        (length, facts, [fact for fact in facts if _ends(fact) is not None])
        for length, facts in zip(both, (row.left, row.right), strict=True)
    ]
    lanes = sum(max(len(told), 1) for _, _, told in rows)
    marks = [(count, str(count)) for count in ticks(0, last, _COUNTS, _MOST_TICKS + 1)]
    sheet.axis(scale, marks, sheet.down, sheet.down + lanes * ROW)
    for length, _, told in rows:
        if not told:
            middle, _ = sheet.row(str(length))
            sheet.unknown(LEFT, middle, LEFT + _ROOM, f"{length}: {NOT_PUBLISHED}")
        for fact in told:
            _bar(sheet, scale, fact, _DAYS if days else _SESSIONS)


def _bar(sheet: Sheet, scale: Scale, fact: "AspectFact", look: Look) -> None:
    low, high = _ends(fact) or (0, 0)
    cited = ", ".join(dict.fromkeys(citation.source.id for citation in fact.citations))
    followed = "" if fact.followed else say("picture.also", " (also)")
    middle, _ = sheet.row(f"{fact.length}{followed} [{cited}]")
    x, room = scale.at(low), scale.room(high - low)
    if low == high:
        x, room = x - 2, Fraction(4)
    kind = "figure" if fact.followed else "figure-also"
    sheet.rect(x, middle - 6, room, 12, look, kind=kind, told=f"{fact.length}: {fact.text}")
    if not fact.followed:
        sheet.rect(x, middle - 6, room, 12, Look(stroke=BLUE, dash="3 2", width=2))


def _table(sheet: Sheet, found: "Comparison") -> None:
    """Write what is said of each aspect, beside each other."""
    starts = (MARGIN + _NAMES, MARGIN + _NAMES + _COLUMN)
    sheet.down += 6
    top = sheet.down
    for x, length in zip(starts, (found.left, found.right), strict=True):
        sheet.text(x, top + 12, str(length), bold=True)
    sheet.down = top + 20
    for row in found.rows:
        top = sheet.down
        sheet.path([(MARGIN, top), (RIGHT, top)], Look(stroke=FAINT))
        name = sentence(label(row.aspect))
        low = sheet.paragraph(MARGIN, top + 4, _NAMES - 10, name, size=_SMALL, bold=True)
        cells = ((found.left, row.left), (found.right, row.right))
        for x, (length, facts) in zip(starts, cells, strict=True):
            told = _cell(facts)
            sheet.tell(f"{name}, {length}: {told}")
            lines = lines_of(told, Fraction(_COLUMN - 26), _SMALL)
            if not facts:
                high = len(lines) * (_SMALL + 4) + 4
                sheet.rect(
                    x - 4, top + 3, _COLUMN - 16, high, _NOT_KNOWN, kind="unknown", told=told
                )
            end = sheet.paragraph(x, top + 4, _COLUMN - 26, told, size=_SMALL)
            low = max(low, end)
        sheet.down = low + 6


def _cell(facts: "Sequence[AspectFact]") -> str:
    """Say what the edition follows, and of how many others it is silent."""
    followed = " ".join(fact.text for fact in facts if fact.followed)
    others = sum(not fact.followed for fact in facts)
    if not facts:
        return NOT_PUBLISHED
    told = followed or say("picture.not_followed", "not followed here")
    more = say("picture.others", " (+{count} that say otherwise or more)", count=others)
    return told + (more if others else "")


def _legend(found: "Comparison") -> "list[Mark]":
    marks = [
        Mark(
            lambda on, x, y: on.path([(x, y - 5), (x, y + 5), (x + 20, y)], _NEEDLE),
            say("picture.needle_of", "needle, as long as it is named"),
        )
    ]
    facts = [fact for row in found.rows for fact in (*row.left, *row.right)]
    if any(fact.downtime for fact in facts):
        marks.append(
            Mark.of(_DAYS, say("picture.recovery_of", "days of recovery, from least to most"))
        )
    if any(fact.count for fact in facts):
        marks.append(Mark.of(_SESSIONS, say("picture.count_of", "sessions, from fewest to most")))
    if any(not fact.followed for fact in facts if _ends(fact)):
        outline = Look(stroke=BLUE, dash="3 2", width=2)
        marks.append(Mark.of(outline, say("picture.also_of", "also said, not followed here")))
    return marks
