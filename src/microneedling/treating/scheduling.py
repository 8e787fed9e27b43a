"""Dating the sessions of a course, and dating the rest anew. Pure."""

from collections.abc import Callable, Container, Iterable
from datetime import date, timedelta
from typing import TypeAlias

from attrs import evolve

from microneedling._foundation import checks
from microneedling.treating.ledger import Progress, situation
from microneedling.treating.next_step import Situation, recovery_days
from microneedling.treating.session_obstacles import Window
from microneedling.values.courses import Course, Interval
from microneedling.values.events import EnteredInError, Safeguard
from microneedling.values.next_steps import Move
from microneedling.values.schedules import PlannedSession, Schedule

__all__ = ["Calendar", "Open", "dated", "reschedule", "schedule", "session_count"]

# Whether a day is open, or the days that are closed.
Open: TypeAlias = Callable[[date], bool] | Container[date]

_ONE_DAY = timedelta(days=1)


def schedule(
    course: Course,
    start: date,
    *,
    is_open: Open | None = None,
    sessions: int | None = None,
    until: date | None = None,
) -> Schedule:
    """
    Date all sessions of a course.

    Each session is counted from the planned day of the one before: not before the minimum
    interval, planned for the preferred one, not after the longest. A closed day moves a
    session later; where that takes it past the longest documented gap, ``days_beyond`` says so.

    Args:
        course: The course.
        start: The day it is to begin; where sessions of before bind the course, not before
            ``course.not_before``.
        is_open: A function that tells whether a day is open, or a container of the closed
            days, such as a set of dates or a country of the package holidays. Every day is
            open if not given.
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
    >>> dated = schedule(found.options[0], date(2026, 12, 1), is_open={date(2026, 12, 29)})
    >>> [session.preferred.isoformat() for session in dated.sessions[:3]]
    ['2026-12-01', '2026-12-30', '2027-01-27']
    """
    checks.instance(course, "course", Course)
    start = checks.day(start, "start")
    count = session_count(course, sessions)
    return dated(course, start, Calendar(is_open, until), count, course.interval)


def dated(
    course: Course,
    start: date,
    calendar: "Calendar",
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
    calendar.add_rest(course, interval, healing, planned, count)
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


def _closed(days: Container[date]) -> Container[date]:
    """Refuse what would never be found among dates, and so would close nothing unseen."""
    if isinstance(days, (str, bytes)):
        checks.refuse("wrong_type", "is_open", "give closed days as dates, not as text")
    if isinstance(days, Iterable):
        for day in days:
            checks.any_day(day, "is_open")
    return days


class Calendar:
    """The open days up to a last one."""

    def __init__(self, is_open: Open | None, until: date | None) -> None:
        if until is not None:
            until = checks.day(until, "until")
        self._until = until or checks.LAST_DATE
        self._bound = until is not None
        self._closed: Container[date] = ()
        self._asked: Callable[[date], bool] | None = None
        if is_open is not None and isinstance(is_open, Container):
            self._closed = _closed(is_open)
        elif callable(is_open):
            self._asked = is_open
        elif is_open is not None:
            checks.refuse(
                "wrong_type",
                "is_open",
                "give a function from a date to True or False, or a container of closed days",
            )

    def open(self, day: date) -> bool:
        """Tell whether a day is open."""
        if self._asked is None:
            return day not in self._closed
        told = self._asked(day)
        checks.flag(told, "is_open")
        return told

    def first_open(self, day: date) -> date:
        """Give the first open day from a day on."""
        while day <= self._until:
            if self.open(day):
                return day
            day += _ONE_DAY
        return checks.refuse(
            "does_not_fit" if self._bound else "out_of_calendar",
            "until",
            "the sessions do not fit in before this day; give a later one, an earlier start, "
            "fewer sessions or more open days",
        )

    def last_open(self, day: date, after: date) -> date:
        """Give the last open day up to a day, but none before another."""
        while day > after and not (day <= self._until and self.open(day)):
            day -= _ONE_DAY
        return max(day, after)

    def planned(self, number: int, window: Window, *, optional: bool) -> PlannedSession:
        """Place a session in its window; a closed day moves it later."""
        first = self.first_open(window.earliest)
        day = self.first_open(max(window.preferred, first))
        return PlannedSession(
            number=number,
            earliest=first,
            preferred=day,
            latest=None if window.longest is None else self.last_open(window.longest, day),
            days_beyond=window.days_beyond(day),
            optional=optional,
        )

    def add_rest(
        self,
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
            planned.append(self.planned(number, window, optional=_optional(course, number)))


def reschedule(
    schedule: Schedule,
    progress: Progress,
    *,
    on: date,
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
        is_open: As for `schedule`.
        until: As for `schedule`.

    Returns:
        The schedule. Where the course is stopped or complete, the sessions that were to come
        are cancelled. A side effect that only has to be watched does not stop the planning.

    Raises:
        InputError: As for `schedule`; ``other_course`` if the two are of different courses,
            ``other_ledger`` if sessions were held on other days; ``paused`` if the course is
            paused and no day can be given.
    """
    checks.instance(schedule, "schedule", Schedule)
    checks.instance(progress, "progress", Progress)
    if schedule.course != progress.course:
        checks.refuse("other_course", "schedule", "give the schedule and the ledger of one course")
    _check_held(schedule, progress)
    now = situation(progress, progress.knowledge, on)
    calendar = Calendar(is_open, until)
    planned = [_held(schedule, place, day) for place, day in enumerate(progress.held)]
    move = now.step().move
    if move not in {Move.STOP, Move.COMPLETE}:
        day = _not_before(now, on, schedule, planned)
        window = (now.window or Window(day, day, None)).not_before(day)
        number = len(planned) + 1
        optional = _optional(progress.course, number)
        planned.append(calendar.planned(number, window, optional=optional))
        count = progress.sessions or len(schedule.sessions)
        calendar.add_rest(progress.course, now.interval, now.healing, planned, count)
    # What was planned beyond the end is not forgotten, so that calendars can be told.
    planned += [
        evolve(session, held_on=None, cancelled=True)
        for session in schedule.sessions[len(planned) :]
    ]
    if tuple(planned) == schedule.sessions:
        return schedule
    return evolve(schedule, sessions=tuple(planned), revision=schedule.revision + 1)


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
    now: Situation, on: date, schedule: Schedule, planned: list[PlannedSession]
) -> date:
    """Give the first day on which a session may be planned."""
    days = [on]
    if not planned:
        days.append(schedule.start)
    for block in now.blocks:
        if block.until is not None:
            days.append(block.until)
        elif block.move is Move.WAIT and block.safeguard is Safeguard.SIDE_EFFECT:
            # What only has to be watched may be over by then, but not today.
            days.append(on + _ONE_DAY)
        elif block.move is Move.WAIT:
            checks.refuse(
                "not_published",
                "sessions",
                "no source publishes an interval for this course; record the day that was chosen, "
                "by SessionPostponed",
            )
        else:
            checks.refuse(
                "paused",
                "progress",
                "the course is paused and no day can be given; `next_step` says why. Record what "
                "ends it first, by SideEffectResolved or FindingChanged",
            )
    return max(days)
