"""
A schedule as an iCalendar file.

It stands below the values in the order of imports, so that they can write themselves; it
knows them by their types alone. The one room that knows icalendar.
"""

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from microneedling._foundation import checks
from microneedling._foundation.errors import MicroneedlingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from icalendar import Event

    from microneedling.values.schedules import PlannedSession, Schedule
    from microneedling.values.vocabulary import Site

__all__ = ["to_ics"]

_HOST = "microneedling.invalid"


def to_ics(
    schedules: "Sequence[Schedule]", sites: "Sequence[Site]" = (), *, title: str, key: str
) -> bytes:
    """Write schedules as one iCalendar file; see `Schedule.to_ics` and `Treatment.to_ics`."""
    checks.words(title, "title", 500)
    checks.instance(key, "key", str)
    try:
        from icalendar import Calendar
    except ImportError:
        message = "Calendar files need icalendar; install the extra: microneedling[calendar]"
        raise MicroneedlingError(message) from None
    calendar = Calendar()
    calendar.add("prodid", "-//microneedling//schedule//EN")
    calendar.add("version", "2.0")
    for place, schedule in enumerate(schedules):
        # Each area has names of its own, so that two alike courses are two.
        area = sites[place].value if len(schedules) > 1 else ""
        named = f"{title}: {area.replace('_', ' ')}" if area else title
        for event in _events(schedule, named, f"{key}\n{area}" if area else key):
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _events(schedule: "Schedule", title: str, key: str) -> "Iterator[Event]":
    from icalendar import Event

    family = _family(schedule, key)
    # The day of making is no part of a schedule; its start stands for it, so that the same
    # schedule gives the same bytes. SEQUENCE tells which of two is newer.
    stamp = datetime.combine(schedule.revised_on or schedule.start, time(0), UTC)
    count = len(schedule.sessions)
    for session in schedule.sessions:
        event = Event()
        event.add("uid", f"{family}-{session.number}@{_HOST}")
        event.add("dtstamp", stamp)
        event.add("last-modified", stamp)
        event.add("dtstart", session.day)
        event.add("dtend", session.day + timedelta(days=1))
        event.add("summary", f"{title} {session.number}/{count}")
        event.add("description", _described(schedule, session))
        event.add("sequence", schedule.revision)
        event.add("status", _status(schedule, session))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        yield event


def _family(schedule: "Schedule", key: str) -> str:
    """Name a course's sessions apart from those of others; the days do not matter."""
    course = schedule.course
    parts = (*course.protocols, str(course.lengths), schedule.start.isoformat(), key)
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _withdrawn(schedule: "Schedule", session: "PlannedSession") -> bool:
    return session.cancelled or (bool(schedule.paused) and session.held_on is None)


def _status(schedule: "Schedule", session: "PlannedSession") -> str:
    if _withdrawn(schedule, session):
        return "CANCELLED"
    return "CONFIRMED" if session.held_on else "TENTATIVE"


def _described(schedule: "Schedule", session: "PlannedSession") -> str:
    course = schedule.course
    if session.cancelled:
        lines = ["Cancelled"]
    elif _withdrawn(schedule, session):
        lines = ["Paused: no day can be given now"]
    elif session.held_on:
        lines = ["Held"]
    else:
        lines = [_days(session)]
        if session.days_beyond:
            lines.append(f"{session.days_beyond} day(s) beyond the longest documented interval")
        if session.optional:
            lines.append("Beyond the fewest documented sessions")
        lines.append("Tentative; the professional decides.")
    lines.append(f"Needle length {course.lengths}; protocol {', '.join(course.protocols)}")
    return "\n".join(lines)


def _days(session: "PlannedSession") -> str:
    told = f"Earliest {session.earliest.isoformat()}, planned {session.preferred.isoformat()}"
    return f"{told}, latest {session.latest.isoformat()}" if session.latest else told
