"""A course on a time line: sessions, healing, care, days of stop signs, closed days."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, zip_longest
from typing import NamedTuple

from microneedling.display.headings import concern
from microneedling.display.labels import label, labels, sentence
from microneedling.display.languages import counted, say
from microneedling.display.options import figures
from microneedling.display.pictures.canvas import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    RED,
    Canvas,
    Look,
    Number,
    Scale,
)
from microneedling.display.pictures.sheet import LEFT, RIGHT, Mark, Sheet, ticks
from microneedling.display.reasons import short
from microneedling.treating.care import CarePlan, DatedCare, care_plan
from microneedling.treating.treatment import Treatment
from microneedling.values.evidence import Source
from microneedling.values.responses import Response
from microneedling.values.schedules import PlannedSession, Schedule
from microneedling.values.vocabulary import Site

__all__ = ["care", "schedule", "treatment"]

_ONE_DAY = timedelta(days=1)
_HALF = Fraction(1, 2)
_STEPS = (1, 2, 7, 14, 28, 56, 112, 182, 364, 728, 3640)
_MOST_TICKS = 8
_HEALED = 8

_WINDOW = Look(fill="#DDEEF8", stroke=BLUE)
_HEALS = Look(fill=ORANGE, stroke="#8A5F00", pattern="hatch")
_HEALS_LONGEST = Look(fill="#FFFFFF", stroke="#8A5F00", dash="3 2")
_BEFORE = Look(fill=GREEN, stroke="#00664B", pattern="dots")
_AFTER = Look(fill=PURPLE, stroke="#8C3D68", pattern="bars")
_FLAG = Look(fill=RED, stroke="#A34700", pattern="cross")
_CLOSED = Look(fill=GREY, pattern="hatch")
_LINE = Look(stroke=INK, width=2)


class _Line(NamedTuple):
    """What is put on one time line."""

    sessions: tuple[PlannedSession, ...]
    held_or_to_come: tuple[PlannedSession, ...]
    care: CarePlan
    flags: tuple[Response, ...]
    closed: Collection[date]


def schedule(dated: Schedule, closed: Collection[date] = (), edition: str = "") -> str:
    """Draw a schedule."""
    sheet = _begun(dated, None)
    _drawn(sheet, dated, closed)
    sheet.foot(edition, dated.course.sources)
    return sheet.finished()


def treatment(held: Treatment, site: Site | None = None) -> str:
    """Draw the plan of an area of a treatment."""
    dated, ledger = held.plan(site), held.leading(site)
    sheet = _begun(dated, ledger.assessment.site)
    _drawn(sheet, dated, held.closed)
    sheet.foot(ledger.knowledge.id, dated.course.sources)
    return sheet.finished()


def care(plan: CarePlan, edition: str = "") -> str:
    """Draw dated care alone."""
    sheet = Sheet(say("picture.care", "Care before and after sessions, day by day"))
    line = _Line((), (), plan, (), ())
    if plan.items:
        _lanes(sheet, line)
        sheet.legend(_legend(line))
    else:
        sheet.tell(none := say("picture.no_care", "No day of care is told."))
        sheet.note(none)
    sources: list[Source] = [c.source for item in plan.items for c in item.step.citations]
    sheet.foot(edition, sources)
    return sheet.finished()


def _begun(dated: Schedule, site: Site | None) -> Sheet:
    named = " and ".join(map(concern, dated.course.concerns))
    where = f"; {label(site)}" if site else ""
    title = say("picture.course", "Course in time: {treated}", treated=f"{named}{where}")
    return Sheet(title, [sentence(figures(dated.course))])


def _drawn(sheet: Sheet, dated: Schedule, closed: Collection[date]) -> None:
    lasting = tuple(s for s in dated.sessions if s.held_on or s in dated.to_come)
    line = _Line(dated.sessions, lasting, care_plan(dated), dated.course.red_flags, closed)
    for session in dated.sessions:
        sheet.tell(_told(session, dated))
    sheet.tell(_healing_told(dated))
    _lanes(sheet, line, dated)
    if dated.course.downtime is None:
        sheet.note(_healing_told(dated), kind="unknown")
    if line.care.items or line.flags:
        sheet.note(
            say("picture.day_zero", "Care and stop signs: the day of each session is day 0.")
        )
    for reason in dated.paused:
        paused = say("picture.paused", "Paused: {why}", why=short(reason))
        sheet.tell(paused)
        sheet.note(paused)
    sheet.legend(_legend(line, dated))


def _state(session: PlannedSession, dated: Schedule) -> str:
    if session.held_on:
        return say("picture.held", "held")
    if session.cancelled:
        return say("picture.cancelled", "cancelled")
    if dated.paused:
        return say("picture.withdrawn", "withdrawn")
    return (
        say("picture.optional", "optional")
        if session.optional
        else say("picture.planned", "planned")
    )


def _name(session: PlannedSession, dated: Schedule) -> str:
    return say(
        "picture.session",
        "Session {number}: {day}, {state}",
        number=session.number,
        day=session.day.isoformat(),
        state=_state(session, dated),
    )


def _told(session: PlannedSession, dated: Schedule) -> str:
    """Tell of a session in words, with its window."""
    told = _name(session, dated)
    if session.held_on or session.cancelled:
        return told
    latest = (
        session.latest.isoformat()
        if session.latest
        else say("picture.how_late", "a last day that is not documented")
    )
    told += say(
        "picture.window",
        "; from {first} to {last}",
        first=session.earliest.isoformat(),
        last=latest,
    )
    if session.days_beyond:
        told += counted(
            "picture.beyond",
            "; {count} day beyond the longest documented interval",
            "; {count} days beyond the longest documented interval",
            session.days_beyond,
        )
    return told


def _healing_told(dated: Schedule) -> str:
    found = dated.course.downtime
    if found is None:
        return say("picture.healing_unknown", "Healing time: not published in what was read.")
    return say("picture.healing", "Healing after each session: {days}", days=found)


def _range(line: _Line, dated: Schedule | None) -> tuple[date, date]:
    """Give the first and the last day that is drawn."""
    days = [day for item in line.care.items for day in (item.first, item.last)]
    for session in line.sessions:
        days += [session.earliest, session.preferred, session.day, session.latest or session.day]
    last = max((s.day for s in line.held_or_to_come), default=None)
    if last is not None and dated is not None:
        after = [flag.from_day for flag in line.flags]
        if dated.course.downtime is not None:
            after.append(dated.course.downtime.longest_days)
        days.append(last + timedelta(days=max(after, default=0)))
    return min(days), max(days)


def _lanes(sheet: Sheet, line: _Line, dated: Schedule | None = None) -> None:
    first, last = _range(line, dated)
    scale = Scale.over(first.toordinal(), last.toordinal() + 1, LEFT, RIGHT - LEFT)
    sheet.down += 20
    top, begun = sheet.down, sheet.drawn
    for session in line.sessions:
        if dated is not None:
            _session(sheet, scale, session, dated)
    for (from_day, to_day), items in _grouped(line.care):
        _care(sheet, scale, from_day, to_day, items)
    for flags in _flagged(line.flags):
        _flag(sheet, scale, flags, line, last)
    # Counted from the first session, or the first day.
    start = (line.sessions[0].day if line.sessions else first).toordinal()
    shown = ticks(first.toordinal() - start, last.toordinal() - start, _STEPS, _MOST_TICKS)
    marks = [(start + tick, date.fromordinal(start + tick).isoformat()) for tick in shown]
    sheet.behind(begun, lambda: _closed(sheet, scale, line, (first, last), top))
    sheet.behind(begun, lambda: sheet.axis(scale, marks, top, sheet.down))


def _closed(
    sheet: Sheet, scale: Scale, line: _Line, between: tuple[date, date], top: Number
) -> None:
    first, last = between
    for begins, ends in _runs(sorted(day for day in line.closed if first <= day <= last)):
        told = say("picture.closed", "closed: {days}", days=_days(begins, ends))
        sheet.tell(sentence(told))
        x, room = scale.at(begins.toordinal()), scale.room((ends - begins).days + 1)
        sheet.rect(x, top, room, sheet.down - top, _CLOSED, kind="closed", told=told)


def _runs(days: list[date]) -> Iterator[tuple[date, date]]:
    """Join days that follow each other."""
    for _, run in groupby(enumerate(days), key=lambda held: held[1].toordinal() - held[0]):
        held = [day for _, day in run]
        yield held[0], held[-1]


def _days(first: date, last: date) -> str:
    return (
        first.isoformat()
        if first == last
        else say(
            "picture.days", "{first} to {last}", first=first.isoformat(), last=last.isoformat()
        )
    )


def _session(sheet: Sheet, scale: Scale, session: PlannedSession, dated: Schedule) -> None:
    middle, _ = sheet.row(_name(session, dated))
    day = session.day.toordinal()
    lasts = session.held_on is not None or session in dated.to_come
    told = _told(session, dated)
    if lasts and session.held_on is None:
        first = session.earliest.toordinal()
        latest = session.latest or session.preferred
        room = scale.room(latest.toordinal() + 1 - first)
        sheet.rect(scale.at(first), middle - 8, room, 16, _WINDOW, kind="window", told=told)
        if session.latest is None:
            sheet.text(scale.at(first) + room + 6, middle + 5, "?", bold=True, kind="unknown")
    found = dated.course.downtime
    if lasts and found is not None:
        for days, look, kind in (
            (found.longest_days, _HEALS_LONGEST, "healing-longest"),
            (found.shortest_days, _HEALS, "healing"),
        ):
            if days:
                name = _healing_told(dated)
                sheet.rect(
                    scale.at(day), middle + 10, scale.room(days), 6, look, kind=kind, told=name
                )
    _sign(sheet, scale.at(day) + scale.per_unit * _HALF, middle, session, dated)
    sheet.down += _HEALED


def _sign(on: Canvas, x: Number, y: Number, session: PlannedSession, dated: Schedule) -> None:
    told = _told(session, dated)
    if session.held_on:
        on.rect(x - 5, y - 5, 10, 10, Look(fill=INK), kind="session", told=told)
    elif session.cancelled or dated.paused:
        points = [(x - 5, y - 5), (x + 5, y + 5), (x, y), (x - 5, y + 5), (x + 5, y - 5)]
        on.path(points, _LINE, kind="session", told=told)
    elif session.optional:
        on.circle(x, y, 5, Look(fill="#FFFFFF", stroke=BLUE, width=2), kind="session", told=told)
    else:
        on.circle(x, y, 5, Look(fill=BLUE, stroke=BLUE, width=2), kind="session", told=told)


def _sample(session: PlannedSession, dated: Schedule) -> Callable[[Canvas, Number, Number], None]:
    return lambda on, x, y: _sign(on, x + 10, y, session, dated)


def _grouped(plan: CarePlan) -> "Iterator[tuple[tuple[int, int], list[DatedCare]]]":
    """Put together the instructions that are for the same days."""

    def days(item: DatedCare) -> tuple[int, int]:
        return item.step.from_day, item.step.to_day

    for found, items in groupby(sorted(plan.items, key=days), key=days):
        yield found, list(items)


def _care(sheet: Sheet, scale: Scale, from_day: int, to_day: int, items: list[DatedCare]) -> None:
    steps = dict.fromkeys(item.step.short or item.step.instruction for item in items)
    name = counted(
        "picture.care_lane",
        "Care, {days}: {count} instruction",
        "Care, {days}: {count} instructions",
        len(steps),
        days=_relative(from_day, to_day),
    )
    middle, _ = sheet.row(name)
    told = f"{name}: {' '.join(steps)}"
    sheet.tell(told)
    look, kind = (_BEFORE, "care-before") if from_day < 0 else (_AFTER, "care-after")
    for first, last in dict.fromkeys((item.first, item.last) for item in items):
        x = scale.at(first.toordinal())
        room = scale.room((last - first).days + 1)
        sheet.rect(x, middle - 6, room, 12, look, kind=kind, told=told)


def _relative(from_day: int, to_day: int) -> str:
    if from_day == to_day:
        return say("picture.on_day", "day {day}", day=from_day)
    return say("picture.day_to_day", "day {first} to {last}", first=from_day, last=to_day)


def _flagged(flags: tuple[Response, ...]) -> list[list[Response]]:
    """Put together the stop signs that call for one thing on the same days."""
    found: dict[object, list[Response]] = {}
    for flag in sorted(flags, key=lambda f: (-f.action.rank, f.from_day, f.to_day or 0, f.id)):
        found.setdefault((flag.action, flag.from_day, flag.to_day), []).append(flag)
    return list(found.values())


def _flag(sheet: Sheet, scale: Scale, flags: list[Response], line: _Line, last: date) -> None:
    """Draw the days on which signs may not wait, up to the next session."""
    one = flags[0]
    days = (
        say("picture.from_day", "from day {day} on", day=one.from_day)
        if (one.to_day is None)
        else _relative(one.from_day, one.to_day)
    )
    name = counted(
        "picture.flag_lane",
        "Stop signs, {action}, {days}: {count}",
        "Stop signs, {action}, {days}: {count}",
        len(flags),
        action=label(one.action),
        days=days,
    )
    middle, _ = sheet.row(name)
    signs = dict.fromkeys(f"{labels(flag.effects)} ({labels(flag.severities)})" for flag in flags)
    told = f"{name}: {'; '.join(signs)}"
    sheet.tell(told)
    starts = [session.day for session in line.held_or_to_come]
    for start, following in zip_longest(starts, starts[1:]):
        begins = start + timedelta(days=one.from_day)
        ends = last if following is None else following - _ONE_DAY
        if one.to_day is not None:
            ends = min(ends, start + timedelta(days=one.to_day))
        if begins > ends:
            continue
        x, room = scale.at(begins.toordinal()), scale.room((ends - begins).days + 1)
        sheet.rect(x, middle - 5, room, 10, _FLAG, kind="red-flag", told=told)
        if following is None and one.to_day is None:
            _goes_on(sheet, x + room, middle)


def _goes_on(sheet: Sheet, x: Number, y: Number) -> None:
    sheet.path([(x, y - 6), (x + 8, y), (x, y + 6)], Look(fill=RED), kind="goes-on")


def _legend(line: _Line, dated: Schedule | None = None) -> Iterator[Mark]:
    if dated is not None:
        seen: dict[str, PlannedSession] = {}
        for session in line.sessions:
            seen.setdefault(_state(session, dated), session)
        for state, session in seen.items():
            means = say("picture.session_of", "session, {state}", state=state)
            yield Mark(_sample(session, dated), means)
        if dated.to_come:
            means = say(
                "picture.window_of", "days on which it may be held (?: its end is not documented)"
            )
            yield Mark.of(_WINDOW, means)
        if dated.course.downtime is not None:
            yield Mark.of(_HEALS, say("picture.heals", "healing, at least"))
            yield Mark.of(_HEALS_LONGEST, say("picture.heals_longest", "healing, at most"))
    if line.care.items:
        yield Mark.of(_BEFORE, say("picture.care_before", "care that begins before a session"))
        yield Mark.of(_AFTER, say("picture.care_after", "care from the session on"))
    if line.flags:
        yield Mark.of(_FLAG, say("picture.flags", "stop signs: not to wait (arrow: goes on)"))
    if line.closed:
        yield Mark.of(_CLOSED, say("picture.closed_of", "closed"))
