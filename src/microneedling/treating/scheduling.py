"""Dating the sessions of a course, and dating the rest anew. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from attrs import evolve

from microneedling._foundation import checks
from microneedling.treating.course_figures import recovery_days
from microneedling.treating.ledger import Progress, situation
from microneedling.treating.next_step import Situation
from microneedling.treating.open_days import Calendar, Closed, Open
from microneedling.treating.session_obstacles import Block, Window
from microneedling.values.courses import Course, Interval
from microneedling.values.events import EnteredInError
from microneedling.values.next_steps import Move
from microneedling.values.reasons import Reason
from microneedling.values.schedules import PlannedSession, Schedule
from microneedling.values.sessions import Safeguard

__all__ = ["Outlook", "dated", "outlook", "redated", "reschedule", "schedule", "session_count"]

_ONE_DAY = timedelta(days=1)


def schedule(
    course: Course,
    start: date,
    *,
    closed: Closed | None = None,
    is_open: Open | None = None,
    sessions: int | None = None,
    until: date | None = None,
) -> Schedule:
    """
    Date all sessions of a course.

    Each session is counted from the planned day of the one before: not before the minimum
    interval, planned for the preferred one, not after the longest. Where that day is closed it is
    the next open one up to the longest gap; where none is left, the last open one before; and only
    where no documented day is open a later one, of which ``days_beyond`` tells.

    Args:
        course: The course.
        start: The day it is to begin; where sessions of before bind the course, not before
            ``course.not_before``.
        closed: The days that are closed, as any collection: a set of dates, a country of the
            package holidays, a column of a table, an array; none if not given.
        is_open: A function that tells whether a day is open; every day but those that are closed
            is if not given.
        sessions: How many, within what the course documents; the most it documents if not
            given, those above the fewest being marked ``optional``.
        until: The last day on which a session may be planned.

    Raises:
        InputError: If a value is of another type or outside its bounds; ``not_published`` if
            the course documents no count and none is given, or no interval and more than
            one session is wanted; ``too_early`` if it is to begin before ``course.not_before``;
            ``does_not_fit`` if a session would come after ``until``; ``out_of_calendar`` if one
            would come after the year 2199.

    >>> import microneedling as mn
    >>> found = mn.recommend(
    ...     mn.Assessment(
    ...         on=date(2026, 11, 22),
    ...         site=mn.Site.CHEEK,
    ...         setting=mn.Setting.CLINIC,
    ...         concerns=[
    ...             mn.Concern(
    ...                 indication=mn.Indication.ACNE_SCAR_ROLLING,
    ...                 severity=mn.Severity.MODERATE,
    ...             )
    ...         ],
    ...         skin_type=mn.SkinType.III,
    ...         age_years=34,
    ...         screening=mn.Screening.complete(),
    ...     ),
    ...     mn.load("2026.1"),
    ... )
    >>> dated = schedule(found.options[0], date(2026, 12, 1), closed={date(2026, 12, 29)})
    >>> [session.preferred.isoformat() for session in dated.sessions[:3]]
    ['2026-12-01', '2026-12-30', '2027-01-27']
    """
    checks.instance(course, "course", Course)
    start = checks.day(start, "start")
    count = session_count(course, sessions)
    return dated(course, start, Calendar(closed, is_open, until), count, course.interval)


def dated(
    course: Course,
    start: date,
    calendar: Calendar,
    count: int,
    interval: Interval | None,
    healing: int = 0,
) -> Schedule:
    """
    Date so many sessions of a course, by its own interval or a narrower one.

    Args:
        course: The course.
        start: The day it is to begin.
        calendar: The open days.
        count: How many sessions.
        interval: The gap between two.
        healing: The days of recovery that have to be over besides its own.
    """
    if course.not_before is not None and start < course.not_before:
        checks.refuse(
            "too_early",
            "start",
            "the interval since the last session of before is not over; see `course.not_before`",
        )
    planned = [calendar.planned(1, Window(start, start, None), optional=_optional(course, 1))]
    healing = max(healing, recovery_days(course))
    add_rest(calendar, course, interval, healing, planned, count)
    return Schedule(course=course, start=start, sessions=tuple(planned))


def session_count(course: Course, sessions: int | None) -> int:
    """Give how many sessions are dated: as many as are wanted, or the most that is documented."""
    checks.optional_whole(sessions, "sessions", 1, 100, "sessions")
    if course.interval is None:
        if sessions != 1:
            checks.refuse(
                "not_published",
                "sessions",
                "no source read publishes an interval for this course; date one session at a "
                "time: give 1",
            )
        return sessions
    documented = course.sessions
    if documented is None:
        if sessions is None:
            checks.refuse(
                "not_published", "sessions", "no source gives a count for this course; give one"
            )
        return sessions
    if sessions is None:
        return documented.most
    checks.whole(sessions, "sessions", documented.fewest, documented.most, "sessions")
    return sessions


def _optional(course: Course, number: int) -> bool:
    return course.sessions is not None and number > course.sessions.fewest


def add_rest(
    calendar: Calendar,
    course: Course,
    interval: Interval | None,
    healing: int,
    planned: list[PlannedSession],
    count: int,
) -> None:
    """Date the sessions that follow those that are dated, as far as an interval is known."""
    while interval is not None and len(planned) < count:
        last = planned[-1].day
        window = Window.after(last, interval).not_before(last + timedelta(days=healing))
        number = len(planned) + 1
        planned.append(calendar.planned(number, window, optional=_optional(course, number)))


def reschedule(
    schedule: Schedule,
    progress: Progress,
    *,
    on: date,
    closed: Closed | None = None,
    is_open: Open | None = None,
    until: date | None = None,
) -> Schedule:
    """
    Date the rest of a course anew, after what has happened.

    Sessions that were held keep the days they were planned for and get the day they were
    held. The rest is counted from the last one held, with the figures that hold now, and
    nothing is planned before ``on``. Done again on the same day it changes nothing.

    Args:
        schedule: The schedule as it was.
        progress: The ledger of the same course. It is judged by the edition in force there.
        on: The day; not before the last record.
        closed: As for `schedule`.
        is_open: As for `schedule`.
        until: As for `schedule`.

    Returns:
        The schedule. Where the course is stopped or complete, the sessions that were to come
        are cancelled. Where no day can be given it is ``paused``, with the reasons, and the
        sessions to come keep the days for which they were planned last. A side effect that only
        has to be watched does not stop the planning.

    Raises:
        InputError: As for `schedule`; ``other_course`` if the two are of different courses,
            ``other_ledger`` if sessions were held on other days.
    """
    checks.instance(schedule, "schedule", Schedule)
    checks.instance(progress, "progress", Progress)
    if schedule.course != progress.course:
        checks.refuse("other_course", "schedule", "give the schedule and the ledger of one course")
    _check_held(schedule, progress)
    found = outlook(schedule, progress, on)
    return redated(schedule, on, Calendar(closed, is_open, until), found)


class Outlook(NamedTuple):
    """What can be said of the sessions to come, before any is put on a day."""

    held: tuple[PlannedSession, ...]
    # None where none is to come, or no day can be given.
    window: Window | None
    interval: Interval | None
    healing: int
    sessions: int
    paused: tuple[Reason, ...] = ()


def outlook(schedule: Schedule, progress: Progress, on: date) -> Outlook:
    """Look at what is to come of a course on a day."""
    now = situation(progress, progress.knowledge, on)
    held = tuple([_held(schedule, place, day) for place, day in enumerate(progress.held)])
    count = progress.sessions or len(schedule.sessions)
    found = Outlook(held, None, now.interval, now.healing, count)
    if now.step().move in {Move.STOP, Move.COMPLETE}:
        return found
    paused = tuple([block.reason for block in now.blocks if _without_a_day(block)])
    if paused:
        return found._replace(paused=paused)
    day = _not_before(now, on, schedule, held)
    return found._replace(window=(now.window or Window(day, day, None)).not_before(day))


def redated(schedule: Schedule, on: date, calendar: Calendar, found: Outlook) -> Schedule:
    """Put the sessions to come on their days, or say that they have none."""
    if found.paused:
        return _changed(schedule, on, found.held, paused=found.paused)
    planned = [*found.held]
    if found.window is not None:
        number = len(planned) + 1
        optional = _optional(schedule.course, number)
        planned.append(calendar.planned(number, found.window, optional=optional))
        add_rest(calendar, schedule.course, found.interval, found.healing, planned, found.sessions)
    return _changed(schedule, on, planned, cancelled=True)


def _without_a_day(block: Block) -> bool:
    """Tell whether what speaks against a session says nothing of when it will be over."""
    # What only has to be watched may be over soon.
    watched = block.move is Move.WAIT and block.safeguard is Safeguard.SIDE_EFFECT
    return block.until is None and not watched


def _changed(
    schedule: Schedule,
    on: date,
    planned: Sequence[PlannedSession],
    *,
    cancelled: bool = False,
    paused: tuple[Reason, ...] = (),
) -> Schedule:
    """Give a schedule with other sessions; what was planned beyond them is not forgotten."""
    # So that calendars can be told.
    others = [
        evolve(session, held_on=None, cancelled=cancelled)
        for session in schedule.sessions[len(planned) :]
    ]
    sessions = (*planned, *others)
    if sessions == schedule.sessions and bool(paused) is bool(schedule.paused):
        return schedule if paused == schedule.paused else evolve(schedule, paused=paused)
    return evolve(
        schedule,
        sessions=sessions,
        paused=paused,
        revision=schedule.revision + 1,
        revised_on=on,
    )


def _check_held(schedule: Schedule, progress: Progress) -> None:
    """Refuse another course's or an older ledger; only a strike takes a session back."""
    if any(isinstance(event, EnteredInError) for event in progress.events):
        return
    known = [session.held_on for session in schedule.sessions if session.held_on is not None]
    if list(progress.held[: len(known)]) != known:
        checks.refuse(
            "other_ledger",
            "progress",
            "sessions of this schedule were held on other days than the ledger says; give the "
            "newest ledger of this very course",
        )


def _held(schedule: Schedule, place: int, day: date) -> PlannedSession:
    """Give a session that was held: as it was planned, or on its own day where it was not."""
    if place < len(schedule.sessions):
        return evolve(schedule.sessions[place], held_on=day, cancelled=False)
    number = place + 1
    optional = _optional(schedule.course, number)
    return PlannedSession(
        number=number, earliest=day, preferred=day, optional=optional, held_on=day
    )


def _not_before(
    now: Situation, on: date, schedule: Schedule, planned: Sequence[PlannedSession]
) -> date:
    """Give the first day on which a session may be planned."""
    days = [on]
    if not planned:
        days.append(schedule.start)
    # What only has to be watched may be over by tomorrow, but not today.
    return max([*days, *(block.until or on + _ONE_DAY for block in now.blocks)])
