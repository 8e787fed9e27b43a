"""Side effects by day and needle length, as far as sources tell; the rest is drawn as not known."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from microneedling.display.labels import label, sentence
from microneedling.display.languages import counted, say
from microneedling.display.pictures.canvas import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    RED,
    Canvas,
    Look,
    Number,
    Scale,
)
from microneedling.display.pictures.sheet import LEFT, RIGHT, Mark, Sheet, millimetres, ticks
from microneedling.values.effects import HourWindow, SideEffect
from microneedling.values.lengths import NeedleLength

if TYPE_CHECKING:
    from microneedling.knowledge.knowledge import Knowledge

__all__ = ["effects"]

_HOURS = 24
_WEEK = 7 * _HOURS
_GAP = 40
_LENGTH_ROOM = 150
_DAY_ROOM = RIGHT - LEFT - _GAP - _LENGTH_ROOM
_DAYS = (1, 2, 7, 14, 28)
_MM = (500, 1000)
_SMALL = 11

_BEGINS = Look(fill=ORANGE, stroke="#8A5F00", pattern="hatch")
_LASTS = Look(fill=GREEN, stroke="#00664B")
_LONGEST = Look(fill="#FFFFFF", stroke=INK, dash="3 2")
_LENGTHS = Look(fill=BLUE, stroke=BLUE)
_MARKED = Look(stroke=INK, dash="6 3")


def effects(knowledge: "Knowledge", lengths: Iterable[NeedleLength] = ()) -> str:
    """Draw every side effect of an edition, source by source."""
    rows = sorted(knowledge.effects, key=lambda one: (not one.expected, label(one.effect), one.id))
    marked = sorted(set(lengths), key=lambda length: length.um)
    sheet = Sheet(
        say("picture.effects", "Side effects by day and needle length"),
        [
            say(
                "picture.effects_rows",
                "A row is what one entry of the edition says. What is not published is not known; "
                "it does not mean that there is none. Needle lengths are those studied, no limits.",
            )
        ],
    )
    end = _end(rows)
    days = Scale.over(0, end, LEFT, _DAY_ROOM)
    longest = max(
        [*(one.lengths.longest.um for one in rows if one.lengths), *(m.um for m in marked)],
        default=NeedleLength.MAX.um,
    )
    um = Scale.over(0, longest, LEFT + _DAY_ROOM + _GAP, _LENGTH_ROOM)
    _heads(sheet, days, end, um, longest)
    top = sheet.down
    for expected in (True, False):
        held = [one for one in rows if one.expected is expected]
        if held:
            title = (
                say("picture.expected", "Expected")
                if expected
                else say("picture.adverse", "Adverse")
            )
            sheet.tell(title)
            sheet.heading(title)
        for one in held:
            _row(sheet, days, end, um, one)
    for length in marked:
        x = um.at(length.um)
        sheet.path([(x, top), (x, sheet.down)], _MARKED, kind="marked", told=str(length))
    sheet.legend(_legend(marked))
    sheet.foot(knowledge.id, (c.source for one in rows for c in one.citations))
    return sheet.finished()


def _end(rows: Sequence[SideEffect]) -> int:
    """Give the hours that are drawn: whole weeks, as long as what is expected may last."""
    known = [_last(one) for one in rows if one.expected]
    return -(-max(filter(None, known), default=_WEEK) // _WEEK) * _WEEK


def _last(one: SideEffect) -> int | None:
    """Give the hour at which it is over at the latest; None where that is not known."""
    if one.duration is None or one.duration.max_hours is None:
        return None
    return _latest(one.onset) + one.duration.max_hours


def _latest(onset: HourWindow | None) -> int:
    if onset is None:
        return 0
    return onset.max_hours if onset.max_hours is not None else onset.min_hours or 0


def _heads(sheet: Sheet, days: Scale, end: int, um: Scale, longest: int) -> None:
    sheet.down += 14
    first = say("picture.days_after", "days after the session")
    sheet.text(days.start, sheet.down, first, bold=True)
    sheet.text(um.start, sheet.down, say("picture.lengths", "needle length"), bold=True)
    sheet.down += 18
    for day in ticks(0, end // _HOURS, _DAYS, 16):
        sheet.text(days.at(day * _HOURS), sheet.down, str(day), size=_SMALL, anchor="middle")
    for value in ticks(0, longest, _MM, 4):
        name = millimetres(value)
        sheet.text(um.at(value), sheet.down, name, size=_SMALL, anchor="middle")


def _row(sheet: Sheet, days: Scale, end: int, um: Scale, one: SideEffect) -> None:
    name = _name(one)
    told = f"{name}: {_told(one)}"
    sheet.tell(told)
    top = sheet.down
    middle, foot = sheet.row(name)
    # The whole row can be pointed at.
    sheet.rect(
        LEFT, top + 1, RIGHT - LEFT, foot - top - 2, Look(fill="#F6F6F6"), kind="effect", told=told
    )
    _time(sheet, days, end, one, middle, told)
    if one.lengths is None:
        none = say("picture.no_length", "needle length not told")
        sheet.unknown(um.start, middle, um.start + _LENGTH_ROOM, none)
        return
    low, high = one.lengths.shortest.um, one.lengths.longest.um
    x, room = um.at(low), um.room(high - low)
    if low == high:
        x, room = x - 2, Fraction(4)
    sheet.rect(x, middle - 5, room, 10, _LENGTHS, kind="lengths", told=str(one.lengths))


def _name(one: SideEffect) -> str:
    """Name an entry: what, how marked, and by whom it is told."""
    parts = [label(one.effect)]
    if one.severity is not None:
        parts.append(label(one.severity))
    if one.indirect:
        parts.append(say("picture.indirect", "known from other procedures"))
    cited = ", ".join(dict.fromkeys(citation.source.id for citation in one.citations))
    return f"{sentence('; '.join(parts))} [{cited}]"


def _time(sheet: Sheet, days: Scale, end: int, one: SideEffect, y: Number, told: str) -> None:
    if one.onset is None and one.duration is None:
        none = say("picture.no_days", "days not published")
        sheet.unknown(days.start, y, days.at(end), f"{none}: {told}")
        return
    begins = (one.onset.min_hours or 0) if one.onset is not None else 0
    if one.duration is not None:
        _lasts(sheet, days, end, one, y, told)
    _begins(sheet, days, end, one, y, told)
    last = max(begins, _latest(one.onset), _last(one) or 0)
    if last > end:
        open_end = "" if _last(one) is not None else " ?"
        edge = days.at(end)
        _arrow(sheet, edge, y)
        sheet.text(edge + 10, y + 4, f"{-(-last // _HOURS)}{open_end}", size=_SMALL)


def _lasts(sheet: Sheet, days: Scale, end: int, one: SideEffect, y: Number, told: str) -> None:
    """Draw how long it lasts; from the session where it is not known when it begins."""
    begins = (one.onset.min_hours or 0) if one.onset is not None else 0
    least = (one.duration.min_hours or 0) if one.duration is not None else 0
    last = _last(one)
    if last is None:
        sheet.unknown(days.at(min(begins + least, end)), y, days.at(end), told)
    else:
        _span(sheet, days, end, (begins, last), y, _LONGEST, "lasts-longest", told)
    if least and one.onset is not None:
        _span(sheet, days, end, (begins, begins + least), y, _LASTS, "lasts", told)


def _begins(sheet: Sheet, days: Scale, end: int, one: SideEffect, y: Number, told: str) -> None:
    """Draw when it begins, and that it is not known how long it lasts."""
    onset = one.onset
    if onset is None:
        sheet.text(days.start + 3, y + 5, "?", size=14, bold=True, kind="unknown")
        return
    begins = onset.min_hours or 0
    x = days.at(min(begins, end))
    if onset.max_hours is not None:
        _span(sheet, days, end, (begins, onset.max_hours), y, _BEGINS, "begins", told)
        x = days.at(min(onset.max_hours, end)) + 6
    elif one.duration is not None:
        sheet.text(x + 3, y + 5, "?", size=14, bold=True, kind="unknown")
    if one.duration is None and x < days.at(end):
        sheet.unknown(x, y, days.at(end), told)


def _arrow(on: Canvas, x: Number, y: Number) -> None:
    on.path([(x, y - 6), (x + 8, y), (x, y + 6)], Look(fill=RED), kind="goes-on")


def _span(
    sheet: Sheet,
    days: Scale,
    end: int,
    hours: tuple[int, int | None],
    y: Number,
    look: Look,
    kind: str,
    told: str,
) -> None:
    """Draw some hours, as far as they are on the sheet; what is a moment is a narrow bar."""
    first, last = hours
    if last is None or first > end:
        return
    room = max(days.room(min(last, end) - first), Fraction(2))
    high = 6 if kind == "begins" else 5
    sheet.rect(days.at(first), y - high, room, 2 * high, look, kind=kind, told=told)


def _told(one: SideEffect) -> str:
    """Tell what is known of its time and its lengths."""
    parts = [
        _onset(one.onset)
        if one.onset is not None
        else say("picture.no_onset", "when it begins is not published"),
        say("picture.lasts_for", "lasts {hours}", hours=_hours(one.duration))
        if one.duration is not None
        else say("picture.no_duration", "how long it lasts is not published"),
        say("picture.needles", "needles of {lengths}", lengths=one.lengths)
        if one.lengths is not None
        else say("picture.no_length", "needle length not told"),
    ]
    return "; ".join(parts)


def _onset(window: HourWindow) -> str:
    """Tell when it begins."""
    low, high = window.min_hours, window.max_hours
    if low == high == 0:
        return say("picture.at_once", "begins at once")
    if high is None:
        return say("picture.begins_from", "begins from {time} on", time=_time_of(low or 0))
    if low is None:
        return say("picture.begins_within", "begins within {time}", time=_time_of(high))
    return say(
        "picture.begins_between",
        "begins {first} to {last} after",
        first=_time_of(low),
        last=_time_of(high),
    )


def _hours(window: HourWindow) -> str:
    low, high = window.min_hours, window.max_hours
    if high is None:
        return say("picture.at_least", "at least {time}", time=_time_of(low or 0))
    if low is None:
        return say("picture.at_most", "at most {time}", time=_time_of(high))
    if low == high:
        return _time_of(low)
    return say(
        "picture.time_to_time", "{first} to {last}", first=_time_of(low), last=_time_of(high)
    )


def _time_of(hours: int) -> str:
    if hours and hours % _HOURS == 0:
        return counted("picture.days_of", "{count} day", "{count} days", hours // _HOURS)
    return counted("picture.hours_of", "{count} hour", "{count} hours", hours)


def _legend(marked: Sequence[NeedleLength]) -> Iterable[Mark]:
    yield Mark.of(_BEGINS, say("picture.begins", "begins (a narrow bar: at once)"))
    yield Mark.of(_LASTS, say("picture.lasts", "lasts, at least"))
    yield Mark.of(_LONGEST, say("picture.lasts_longest", "lasts, at most"))
    yield Mark(
        lambda on, x, y: on.text(x + 6, y + 5, "?", size=14, bold=True),
        say("picture.unknown_here", "not known: at the left when it begins, behind a bar how long"),
    )
    yield Mark(
        lambda on, x, y: _arrow(on, x + 4, y),
        say("picture.later", "later than is drawn, by this day"),
    )
    yield Mark.of(_LENGTHS, say("picture.studied", "needle lengths studied"))
    if marked:
        yield Mark(
            lambda on, x, y: on.path([(x, y), (x + 20, y)], _MARKED),
            ", ".join(map(str, marked)),
        )
