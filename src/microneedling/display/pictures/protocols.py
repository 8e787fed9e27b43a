"""Published protocols as a map: lengths, sessions and intervals on one scale each, by grade."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from microneedling.display.headings import concern, heading
from microneedling.display.labels import label, labels, sentence
from microneedling.display.languages import counted, say
from microneedling.display.options import caveats, figures, places, served
from microneedling.display.pictures.canvas import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    Canvas,
    Look,
    Number,
    Scale,
)
from microneedling.display.pictures.sheet import LEFT, RIGHT, ROW, Mark, Sheet, millimetres, ticks
from microneedling.display.reasons import musts, short
from microneedling.values.courses import Interval, SessionCount
from microneedling.values.evidence import Grade, Source
from microneedling.values.lengths import LengthRange
from microneedling.values.reasons import Verdict
from microneedling.values.vocabulary import Indication

if TYPE_CHECKING:
    from microneedling.knowledge.knowledge import Knowledge
    from microneedling.knowledge.rules import Protocol
    from microneedling.values.assessments import Concern
    from microneedling.values.courses import Course
    from microneedling.values.recommendations import Answer

__all__ = ["answer", "protocols"]

_GAP = 40
_ROOM = (RIGHT - LEFT - 2 * _GAP) // 3
_MM = (100, 200, 500, 1000)
_COUNTS = (1, 2, 3, 5, 10, 20)
_DAYS = (7, 14, 28, 56, 112, 364, 728)
_MOST_TICKS = 4
_SMALL = 11

_LENGTHS = Look(fill=BLUE, stroke=BLUE)
_SESSIONS = Look(fill=GREEN, stroke="#00664B", pattern="bars")
_INTERVAL = Look(fill=ORANGE, stroke="#8A5F00", pattern="hatch")
_OFFERED = Look(fill=INK)


class _Way(NamedTuple):
    """A row of the map: a protocol, or what is offered of some."""

    name: str
    grade: Grade
    lengths: LengthRange
    sessions: SessionCount | None
    interval: Interval | None
    # The options that stand on it, with their places.
    options: "tuple[tuple[int, Course], ...]" = ()


class _Scales(NamedTuple):
    um: Scale
    number: Scale
    days: Scale
    last: tuple[int, int, int]


def named(key: str) -> str:
    """Name a protocol in words: its id is made of them."""
    return sentence(key.replace("-", " ").replace("_", " "))


def protocols(
    knowledge: "Knowledge", indication: Indication, answer: "Answer | None" = None
) -> str:
    """Draw the protocols for an indication, with the options of an answer marked."""
    found = knowledge.protocols_for(indication)
    title = say("picture.protocols", "Published protocols: {treated}", treated=label(indication))
    sheet = Sheet(title)
    held = answer.options if answer is not None else ()
    numbered = places(held)
    ways = [
        _Way(
            _of_protocol(one),
            one.grade,
            one.lengths,
            one.sessions,
            one.interval,
            tuple((place, course) for place, course in numbered if one.id in course.protocols),
        )
        for one in found
    ]
    ways.sort(key=lambda way: way.grade)
    if ways:
        _map(sheet, ways, by_grade=True)
    else:
        none = say("picture.no_protocol", "No protocol for this was published in what was read.")
        sheet.tell(none)
        sheet.note(none, kind="unknown")
    sheet.legend(_legend(ways))
    sheet.foot(knowledge.id, (c.source for one in found for c in one.citations))
    return sheet.finished()


def answer(given: "Answer") -> str:
    """Draw the options of an answer, and name what is documented and not offered."""
    treated = " and ".join(map(concern, given.assessment.concerns))
    title = say("picture.options", "Options: {treated}", treated=treated)
    sheet = Sheet(title, heading(given))
    concerns = served(given.options, given.assessment.concerns) if given.options else ()
    ways = [_of_option(place, course, concerns) for place, course in places(given.options)]
    sources: list[Source] = [c.source for course in given.options for c in course.citations]
    for must in musts(given.musts):
        _said(sheet, say("picture.must", "Must: {must}", must=must))
    if ways:
        _map(sheet, ways, by_grade=False)
    for why in () if ways else _why_nothing(given):
        _said(sheet, why)
    if not ways:
        sources += [c.source for reason in given.because for c in reason.citations]
    for reason in given.excluded:
        sources += [c.source for c in reason.citations]
        told = say(
            "picture.excluded",
            "Documented but not offered: {protocol}: {why}",
            protocol=named(reason.protocol or ""),
            why=reason.why,
        )
        _said(sheet, told)
    _said(
        sheet,
        say(
            "picture.not_all",
            "Limits, cautions, care and stop signs are told by the answer in words, not here.",
        ),
    )
    if ways:
        sheet.legend(_legend(ways))
    sheet.foot(given.edition, sources)
    return sheet.finished()


def _said(sheet: Sheet, text: str) -> None:
    sheet.tell(text)
    sheet.note(text)


def _why_nothing(given: "Answer") -> Iterable[str]:
    if given.verdict is Verdict.ASK:
        yield counted(
            "picture.asked",
            "Nothing is offered before {count} question is answered; the answer puts it.",
            "Nothing is offered before {count} questions are answered; the answer puts them.",
            len(given.because),
        )
        return
    for reason in given.because:
        yield say("picture.because", "Nothing is offered: {why}", why=short(reason))


def _of_protocol(one: "Protocol") -> str:
    parts = [named(one.id), labels(one.sites), labels(one.severities), labels(one.settings)]
    return "; ".join(part for part in parts if part)


def _of_option(place: int, course: "Course", concerns: "Sequence[Concern]") -> _Way:
    name = say(
        "picture.option",
        "Option {number}: {protocols}; weakest source of any figure: {grade}",
        number=place,
        protocols=", ".join(map(named, course.protocols)),
        grade=label(course.grade),
    )
    name = "; ".join([name, *caveats(course, concerns)])
    return _Way(name, course.grade, course.lengths, course.sessions, course.interval)


def _scales(ways: Sequence[_Way]) -> _Scales:
    um = max(way.lengths.longest.um for way in ways)
    count = max((way.sessions.most for way in ways if way.sessions), default=1)
    days = max((way.interval.maximum_days for way in ways if way.interval), default=1)
    starts = [LEFT + number * (_ROOM + _GAP) for number in range(3)]
    return _Scales(
        Scale.over(0, um, starts[0], _ROOM),
        Scale.over(0, count, starts[1], _ROOM),
        Scale.over(0, days, starts[2], _ROOM),
        (um, count, days),
    )


def _map(sheet: Sheet, ways: Sequence[_Way], *, by_grade: bool) -> None:
    scales = _scales(ways)
    titles = (
        say("picture.lengths", "needle length"),
        say("picture.sessions", "sessions"),
        say("picture.intervals", "days between sessions"),
    )
    panels = (scales.um, scales.number, scales.days)
    sheet.down += 14
    for scale, title in zip(panels, titles, strict=True):
        sheet.text(scale.start, sheet.down, title, bold=True)
    sheet.down += 22
    top = sheet.down
    steps = (_MM, _COUNTS, _DAYS)
    for scale, last, rounds in zip(panels, scales.last, steps, strict=True):
        marks = ticks(0, last, rounds, _MOST_TICKS + 1)
        mm = scale is scales.um
        for value in marks:
            name = millimetres(value) if mm else str(value)
            sheet.text(scale.at(value), top - 5, name, size=_SMALL, anchor="middle")
    key = (lambda way: way.grade) if by_grade else (lambda _: None)
    for grade, rows in groupby(ways, key=key):
        if grade is not None:
            resting = say(
                "picture.weakest", "Weakest source of its figures: {grade}", grade=label(grade)
            )
            sheet.tell(resting)
            sheet.heading(resting)
        for way in rows:
            _row(sheet, scales, way)


def _row(sheet: Sheet, scales: _Scales, way: _Way) -> None:
    top = sheet.down
    middle, _ = sheet.row(way.name, LEFT - 60)
    sheet.down = max(sheet.down, top + 2 * ROW)
    told = f"{way.name}: {_figures(way)}"
    sheet.tell(told)
    # One mark stands for the whole row, too.
    low, high = way.lengths.shortest.um, way.lengths.longest.um
    _bar(sheet, scales.um, (low, high), middle, _LENGTHS, "protocol", told, str(way.lengths))
    if way.sessions is None:
        none = say("picture.no_sessions", "sessions not published")
        sheet.unknown(scales.number.start, middle, scales.number.start + _ROOM, none)
    else:
        ends = (way.sessions.fewest, way.sessions.most)
        _bar(sheet, scales.number, ends, middle, _SESSIONS, "sessions", told, str(way.sessions))
    if way.interval is None:
        none = say("picture.no_interval", "interval not published")
        sheet.unknown(scales.days.start, middle, scales.days.start + _ROOM, none)
    else:
        gap = way.interval
        ends = (gap.minimum_days, gap.maximum_days)
        figure = f"{ends[0]}-{ends[1]}" if ends[0] != ends[1] else str(ends[0])
        _bar(sheet, scales.days, ends, middle, _INTERVAL, "interval", told, figure)
        _preferred(sheet, scales.days.at(gap.preferred_days), middle, told)
    for number, (place, course) in enumerate(way.options):
        _marked(sheet, scales, place, course, LEFT - 18, middle + 20 * number)
        sheet.down = max(sheet.down, middle + 20 * number + 14)
    sheet.path([(LEFT, sheet.down - 2), (RIGHT, sheet.down - 2)], Look(stroke=FAINT))


def _figures(way: _Way) -> str:
    told = [str(way.lengths)]
    told.append(
        say("picture.so_many", "{count} sessions", count=way.sessions)
        if way.sessions
        else say("picture.no_sessions", "sessions not published")
    )
    told.append(
        say("picture.every", "every {days}", days=way.interval)
        if way.interval
        else say("picture.no_interval", "interval not published")
    )
    told += [
        say(
            "picture.is_option",
            "offered as option {number}: {figures}",
            number=n,
            figures=figures(c),
        )
        for n, c in way.options
    ]
    return "; ".join(told)


def _bar(
    sheet: Sheet,
    scale: Scale,
    ends: tuple[int, int],
    y: Number,
    look: Look,
    kind: str,
    told: str,
    figure: str,
) -> None:
    """Draw a range; one value alone is a narrow bar around it."""
    low, high = ends
    x, room = scale.at(low), scale.room(high - low)
    if low == high:
        x, room = x - 2, Fraction(4)
    sheet.rect(x, y - 7, room, 10, look, kind=kind, told=told)
    sheet.text(x + room / 2, y + 17, figure, size=_SMALL, anchor="middle")


def _preferred(on: Canvas, x: Number, y: Number, told: str = "") -> None:
    points = [(x, y - 10), (x + 6, y - 2), (x, y + 6), (x - 6, y - 2)]
    on.path(points, Look(fill="#FFFFFF", stroke=INK, width=2), kind="preferred", told=told)


def _marked(
    sheet: Sheet, scales: _Scales, place: int, course: "Course", x: Number, y: Number
) -> None:
    """Mark what is offered: a disc with the option's number, and its length under the bar."""
    _disc(sheet, x, y, str(place), f"{place}: {figures(course)}")
    low, high = course.lengths.shortest.um, course.lengths.longest.um
    at, room = scales.um.at(low), scales.um.room(high - low)
    if low == high:
        at, room = at - 4, Fraction(8)
    sheet.rect(at, y + 4, room, 3, _OFFERED, kind="offered", told=figures(course))


def _disc(on: Canvas, x: Number, y: Number, number: str, told: str = "") -> None:
    on.circle(x, y, 9, Look(fill=INK), kind="option", told=told)
    on.text(x, y + 4, number, size=_SMALL, bold=True, anchor="middle", colour="#FFFFFF")


def _legend(ways: Sequence[_Way]) -> Iterable[Mark]:
    yield Mark.of(_LENGTHS, say("picture.lengths", "needle length"))
    yield Mark.of(_SESSIONS, say("picture.sessions", "sessions"))
    yield Mark.of(_INTERVAL, say("picture.intervals", "days between sessions"))
    yield Mark(
        lambda on, x, y: _preferred(on, x + 10, y + 2),
        say("picture.preferred", "days that its sources use most"),
    )
    if any(way.sessions is None or way.interval is None for way in ways):
        yield Mark(
            lambda on, x, y: on.text(x + 6, y + 5, "?", size=14, bold=True),
            say("picture.unknown", "not published in what was read"),
        )
    if any(way.options for way in ways):
        yield Mark(
            lambda on, x, y: _disc(on, x + 10, y, "1"),
            say("picture.option_of", "stands behind this option; the line is what is offered"),
        )
