"""Schedules of offered courses, dated and dated anew, and the care that goes with them."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation.errors import InputError
from microneedling.knowledge.knowledge import Knowledge
from microneedling.strategies.answers import offers
from microneedling.strategies.from_fields import (
    BETWEEN,
    FIRST_START,
    LAST_START,
    OF_A_COURSE,
    Fields,
    days,
    drawn,
    draws,
    pick,
    rising,
)
from microneedling.strategies.random_courses import EVENTS, Walk, planned
from microneedling.treating.care import CarePlan, DatedCare, care_plan
from microneedling.treating.scheduling import reschedule, schedule
from microneedling.values.courses import Course
from microneedling.values.recommendations import Offer
from microneedling.values.schedules import PlannedSession, Schedule

__all__ = ["care_plans", "dated_cares", "planned_sessions", "schedules"]

# Closed days are drawn as days after the start.
_DAYS = 200
_CLOSED = st.frozensets(st.integers(0, _DAYS), max_size=30)


@draws(PlannedSession, BETWEEN)
def planned_sessions(
    *, earliest: date = FIRST_START, latest: date = LAST_START
) -> SearchStrategy[PlannedSession]:
    """Draw sessions and their days, each by itself."""
    day = days(earliest=earliest, latest=latest)
    return drawn(
        PlannedSession,
        _session_agreed,
        earliest=day,
        preferred=day,
        latest=st.none() | day,
        held_on=st.none() | day,
    )


def _session_agreed(held: Fields) -> Fields:
    held = rising("earliest", "preferred", "latest")(held)
    return held | {"cancelled": held["cancelled"] and not held["held_on"]}


@draws(Schedule, OF_A_COURSE)
def schedules(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_START, latest: date = LAST_START
) -> SearchStrategy[Schedule]:
    """
    Draw schedules of offered courses, with and without closed days, dated once or anew.

    >>> from hypothesis import find
    >>> found = find(schedules(), lambda dated: len(dated.sessions) > 1)
    >>> found.revision, {session.held_on for session in found.sessions}
    (0, {None})
    """
    offered = offers(knowledge=knowledge, earliest=earliest, latest=latest)
    return _dated(offered) | _dated_anew(knowledge, offered)


@st.composite
def _dated(draw: st.DrawFn, offered: SearchStrategy[Offer]) -> Schedule:
    offsets = draw(_CLOSED)
    answer = draw(offered)
    start = answer.assessment.on
    course = pick(draw, answer.options)
    closed = _closed(start, offsets)
    return schedule(course, start, sessions=draw(_counts(course)), closed=closed)


@st.composite
def _dated_anew(
    draw: st.DrawFn, knowledge: Knowledge | None, offered: SearchStrategy[Offer]
) -> Schedule:
    happening = draw(st.lists(st.sampled_from(EVENTS), max_size=3))
    offsets = draw(_CLOSED)
    walk = Walk(draw, offered, knowledge)
    course, start = walk.progress.course, walk.today
    dated = schedule(course, start, sessions=draw(_counts(course)))
    walk.go_on(happening)
    closed = _closed(walk.today, offsets)
    try:
        return reschedule(dated, walk.progress, on=walk.today, closed=closed)
    except InputError:
        # Paused, or no day is set: it stays as it was.
        return dated


def _counts(course: Course) -> SearchStrategy[int]:
    """Draw how many sessions are dated: one where no interval is published."""
    if course.interval is None:
        return st.just(1)
    known = planned(course)
    return known.map(lambda count: count or 1)


def _closed(start: date, offsets: frozenset[int]) -> frozenset[date]:
    return frozenset(start + timedelta(days=offset) for offset in offsets)


@draws(DatedCare, BETWEEN)
def dated_cares(
    *, earliest: date = FIRST_START, latest: date = LAST_START
) -> SearchStrategy[DatedCare]:
    """Draw instructions and their days, each by itself."""
    day = days(earliest=earliest, latest=latest)
    told = st.none() | st.tuples(day, day).map(sorted).map(tuple)
    return drawn(
        DatedCare,
        rising("first", "last"),
        first=day,
        last=day,
        sources_from=told,
        sources_to=told,
    )


@draws(CarePlan, OF_A_COURSE)
def care_plans(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_START, latest: date = LAST_START
) -> SearchStrategy[CarePlan]:
    """
    Draw the care before and after the sessions of schedules.

    >>> from hypothesis import find
    >>> find(care_plans(), lambda plan: len(plan.items) > 0).items[0].sessions
    (1,)
    """
    return schedules(knowledge=knowledge, earliest=earliest, latest=latest).map(care_plan)
