"""Ledgers of courses, and what comes next in them."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias, TypeVar

from hypothesis import reject, strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation import checks
from microneedling._foundation.checks import FIRST_DATE
from microneedling.knowledge.finding_rules import FindingRule, Level
from microneedling.knowledge.knowledge import Knowledge
from microneedling.strategies.answers import offers
from microneedling.strategies.from_fields import (
    LAST_START,
    OF_A_COURSE,
    draws,
    given,
    in_order,
    pick,
)
from microneedling.strategies.random_courses import EVENTS, Walk
from microneedling.strategies.towards_verdicts import Rows, chosen
from microneedling.treating.ledger import Progress
from microneedling.values.next_steps import Complete, NextStep, Pause, Proceed, Stop, Wait
from microneedling.values.recommendations import Offer

__all__ = [
    "completes",
    "next_steps",
    "pauses",
    "proceeds",
    "progresses",
    "stops",
    "waits",
]

N = TypeVar("N", bound=NextStep)
Steer: TypeAlias = Callable[[st.DrawFn, Walk, Rows], object]

_MOST_EVENTS = 100
_A_MONTH = 30


@draws(Progress)
def progresses(
    *,
    knowledge: Knowledge | None = None,
    earliest: date = FIRST_DATE,
    latest: date = LAST_START,
    fewest_events: int = 0,
    most_events: int = 6,
) -> SearchStrategy[Progress]:
    """
    Draw ledgers of courses: one that is only begun first.

    Each is begun with an offered course and recorded event by event. What speaks against a
    session is overridden by name.

    Args:
        knowledge: The edition; the latest where none is given, loaded when first drawn.
        earliest: None of a course assessed before this day.
        latest: None of a course assessed after this day; there is room for courses by default.
        fewest_events: So many at least besides that the course was begun, 0 to 100.
        most_events: So many at most, 0 to 100.

    Raises:
        InputError: If bounds are the wrong way round, or something is of another type.

    >>> from hypothesis import find
    >>> found = find(progresses(most_events=1), lambda progress: progress.held)
    >>> [type(event).__name__ for event in found.events]
    ['CourseBegun', 'SessionDone']
    """
    checks.whole(fewest_events, "fewest_events", 0, _MOST_EVENTS, "events")
    checks.whole(most_events, "most_events", 0, _MOST_EVENTS, "events")
    in_order(fewest_events, most_events, "most_events")
    events = st.lists(st.sampled_from(EVENTS), min_size=fewest_events, max_size=most_events)
    offered = offers(knowledge=knowledge, earliest=earliest, latest=latest)
    return _progresses(knowledge, offered, events)


@st.composite
def _progresses(
    draw: st.DrawFn,
    knowledge: Knowledge | None,
    offered: SearchStrategy[Offer],
    events: SearchStrategy[list[Callable[[Walk], bool]]],
) -> Progress:
    # Drawn first: what comes late in a long draw is often the plainest.
    happening = draw(events)
    walk = Walk(draw, offered, knowledge)
    walk.go_on(happening)
    return walk.progress


def _proceeding(draw: st.DrawFn, walk: Walk, _: Rows) -> None:
    """Hold some sessions, and wait for the day of the next."""
    walk.hold_as_told(draw(st.integers(0, walk.left)))
    walk.proceed()
    walk.wait(_A_MONTH)


def _waiting(draw: st.DrawFn, walk: Walk, _: Rows) -> None:
    """Hold some sessions; it is too soon for the next, or it is put off."""
    held = draw(st.integers(0, walk.left))
    walk.hold_as_told(held)
    if not held or draw(st.booleans()):
        walk.postpone()


def _pausing(draw: st.DrawFn, walk: Walk, rows: Rows) -> None:
    """Hold some sessions, and learn of a finding that has to end first, or of not knowing."""
    walk.hold_as_told(draw(st.integers(0, walk.left)))
    deferring = [(rule, True) for rule in _asked_for(walk, rows, Level.DEFER)]
    unknown = [
        (rule, None)
        for level in (Level.DEFER, Level.REFER, Level.DECLINE)
        for rule in _asked_for(walk, rows, level)
    ]
    rule, present = pick(draw, [*deferring, *unknown])
    walk.learn_of(rule.finding, present=present)


def _stopping(draw: st.DrawFn, walk: Walk, rows: Rows) -> None:
    """Hold some sessions, and stop, or learn of a finding that speaks against needling."""
    walk.hold_as_told(draw(st.integers(0, walk.left)))
    found = _asked_for(walk, rows, Level.REFER) + _asked_for(walk, rows, Level.DECLINE)
    if not found or draw(st.booleans()):
        walk.stop()
    else:
        walk.learn_of(pick(draw, found).finding, present=True)


def _completing(_: st.DrawFn, walk: Walk, __: Rows) -> None:
    """Hold all sessions."""
    if walk.progress.sessions is None:
        reject()
    walk.hold_as_told(walk.progress.sessions)
    walk.wait()


def _asked_for(walk: Walk, rows: Rows, level: Level) -> list[FindingRule]:
    assessment = walk.progress.assessment
    return rows.asked_for(level, assessment.site, assessment.concerns)


def _steps(
    kind: type[N], steer: Steer, knowledge: Knowledge | None, earliest: date, latest: date
) -> SearchStrategy[N]:
    offered = offers(knowledge=knowledge, earliest=earliest, latest=latest)
    return _steered(kind, steer, knowledge, offered)


@st.composite
def _steered(
    draw: st.DrawFn,
    kind: type[N],
    steer: Steer,
    knowledge: Knowledge | None,
    offered: SearchStrategy[Offer],
) -> N:
    walk = Walk(draw, offered, knowledge, counted=steer is _completing)
    steer(draw, walk, chosen(knowledge).prepared(Rows))
    step = walk.step()
    return step if isinstance(step, kind) else reject()


@draws(Proceed, OF_A_COURSE)
def proceeds(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Proceed]:
    """
    Draw that the next session may be held; the first session first.

    >>> from hypothesis import find
    >>> find(proceeds(), lambda step: True).number
    1
    """
    return _steps(Proceed, _proceeding, knowledge, earliest, latest)


@draws(Wait, OF_A_COURSE)
def waits(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Wait]:
    """
    Draw that it is too soon.

    >>> from hypothesis import find
    >>> found = find(waits(), lambda step: True)
    >>> found.number, (found.until - found.on).days
    (1, 1)
    """
    return _steps(Wait, _waiting, knowledge, earliest, latest)


@draws(Pause, OF_A_COURSE)
def pauses(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Pause]:
    """
    Draw that something has to be cleared up or to pass first.

    >>> from hypothesis import find
    >>> find(pauses(), lambda step: True).number
    1
    """
    return _steps(Pause, _pausing, knowledge, earliest, latest)


@draws(Stop, OF_A_COURSE)
def stops(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Stop]:
    """
    Draw that no further session is to be held.

    >>> from hypothesis import find
    >>> len(find(stops(), lambda step: True).why)
    1
    """
    return _steps(Stop, _stopping, knowledge, earliest, latest)


@draws(Complete, OF_A_COURSE)
def completes(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Complete]:
    """
    Draw that all planned sessions are done.

    >>> from hypothesis import find
    >>> find(completes(), lambda step: True).responses
    ()
    """
    return _steps(Complete, _completing, knowledge, earliest, latest)


@given(OF_A_COURSE)
def next_steps(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[NextStep]:
    """
    Draw what comes next in courses of every kind, about as many of each; to proceed first.

    >>> from hypothesis import find
    >>> find(next_steps(), lambda step: True).move.value
    'proceed'
    """
    every = (proceeds, waits, pauses, completes, stops)
    steered = [kind(knowledge=knowledge, earliest=earliest, latest=latest) for kind in every]
    offered = offers(knowledge=knowledge, earliest=earliest, latest=latest)
    return st.one_of(*steered, _after_anything(knowledge, offered))


@st.composite
def _after_anything(
    draw: st.DrawFn, knowledge: Knowledge | None, offered: SearchStrategy[Offer]
) -> NextStep:
    happening = draw(st.lists(st.sampled_from(EVENTS), max_size=4))
    walk = Walk(draw, offered, knowledge)
    walk.go_on(happening)
    walk.wait()
    return walk.step()
