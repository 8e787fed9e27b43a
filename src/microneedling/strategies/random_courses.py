"""
A course on its way, as it is drawn: event by event, each one that the ledger accepts.

What cannot happen is not tried: each kind of event is drawn from where the course stands.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import Any

from attrs import evolve
from hypothesis import reject, strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation.checks import FIRST_DATE
from microneedling._foundation.errors import InputError
from microneedling.knowledge.knowledge import Knowledge
from microneedling.strategies.events import last_day_agreed, something_told
from microneedling.strategies.from_fields import Fields, drawn, pick
from microneedling.strategies.quantities import needle_lengths
from microneedling.strategies.towards_verdicts import chosen
from microneedling.treating.course_state import Standing
from microneedling.treating.ledger import Progress, begin, next_step
from microneedling.values.assessments import Concern
from microneedling.values.courses import Course
from microneedling.values.events import (
    AssessmentUpdated,
    CourseStopped,
    EnteredInError,
    Event,
    FindingChanged,
    PlanChanged,
    SessionPostponed,
    SessionSkipped,
    SideEffectReported,
    SideEffectResolved,
)
from microneedling.values.next_steps import NextStep, Pause, Proceed, Wait
from microneedling.values.recommendations import Offer
from microneedling.values.sessions import Override, Safeguard, SessionDone
from microneedling.values.vocabulary import Finding, Severity

__all__ = ["EVENTS", "Walk", "planned"]

# So many days a course is begun after the assessment, and pass between two events, at most.
_DAYS = 60
# Often it is no more than a week, in which recovery is not over; and no session is recorded later.
_WEEK = 7
_ONE_DAY = timedelta(days=1)
# How often a course is looked at anew before it is given up.
_TRIES = 6
_MOST_SESSIONS = 12
_MOST_LEFT = 3


def planned(course: Course) -> SearchStrategy[int | None]:
    """Draw how many sessions, within what a course documents; the fewest first."""
    documented = course.sessions
    if documented is None:
        return st.none() | st.integers(1, _MOST_SESSIONS)
    return st.integers(documented.fewest, documented.most)


class Walk:
    """
    A course that is begun, and goes on as it is drawn.

    Args:
        draw: Draws.
        offered: The answers from which a course is chosen.
        knowledge: The edition that gives them; the latest where none is given.
        counted: Whether the sessions are to be counted.
    """

    def __init__(
        self,
        draw: st.DrawFn,
        offered: SearchStrategy[Offer],
        knowledge: Knowledge | None,
        *,
        counted: bool = False,
    ) -> None:
        self._draw = draw
        self._knowledge = chosen(knowledge)
        answer = draw(offered)
        course = pick(draw, answer.options)
        sessions = draw(planned(course))
        if counted and sessions is None:
            sessions = draw(st.integers(1, _MOST_SESSIONS))
        self.today: date = answer.assessment.on + timedelta(days=draw(st.integers(0, _DAYS)))
        self.progress: Progress = begin(
            answer.assessment, course, self._knowledge, on=self.today, sessions=sessions
        )

    @property
    def _standing(self) -> Standing:
        return self.progress._standing  # noqa: SLF001 - what the events say, already added up

    @property
    def ended(self) -> bool:
        """Whether no session is to come."""
        return self._standing.complete or self._standing.stopped is not None

    @property
    def left(self) -> int:
        """How many sessions may be held before the last one that is planned."""
        sessions = self.progress.sessions
        return _MOST_LEFT if sessions is None else min(_MOST_LEFT, sessions - 1)

    def step(self) -> NextStep:
        """Ask for the next step today."""
        return next_step(self.progress, self._knowledge, self.today)

    def wait(self, most: int = _DAYS) -> None:
        """Let days pass."""
        days = st.integers(0, _WEEK) | st.integers(0, most)
        self.today += timedelta(days=self._draw(days))

    # Each of these gives whether there was something to record.

    def hold(self) -> bool:
        """Hold a session; whatever speaks against it is overridden by name."""
        if self._standing.stopped is not None:
            return False
        held, lengths = self.progress.held, self.progress.course.lengths
        first = held[-1] + _ONE_DAY if held else self._standing.begun_on
        self.today = max(self.today, first)
        ago = st.integers(0, min(_WEEK, (self.today - first).days))
        within = needle_lengths(shortest=lengths.shortest, longest=lengths.longest)
        event = self._draw(
            drawn(
                SessionDone,
                on=st.just(self.today),
                done_on=ago.map(lambda days: self.today - timedelta(days=days)),
                zones=st.just(()),
                needle_length=within | needle_lengths() | st.none(),
                override=st.none(),
            )
        )
        try:
            self.progress = self.progress.record(event)
        except InputError as error:
            against = frozenset(Safeguard(problem.code) for problem in error.problems)
            override = self._draw(drawn(Override, safeguards=st.just(against)))
            self.progress = self.progress.record(evolve(event, override=override))
        return True

    def skip(self) -> bool:
        """Let the next session's day pass."""
        ago = st.integers(0, _WEEK).map(lambda days: self.today - timedelta(days=days))
        return not self.ended and self._record(SessionSkipped, missed_on=st.none() | ago)

    def postpone(self) -> bool:
        """Put the next session off."""
        later = st.integers(1, _DAYS).map(lambda days: self.today + timedelta(days=days))
        return not self.ended and self._record(SessionPostponed, to=later)

    def report(self) -> bool:
        """Report a side effect of some session."""
        held = self.progress.held
        if not held:
            return False
        session = self._draw(st.integers(1, len(held)))
        since = st.integers(0, (self.today - held[session - 1]).days)
        return self._record(SideEffectReported, session=st.just(session), day=since)

    def resolve(self) -> bool:
        """Report the end of a side effect that is open."""
        episodes = self._standing.episodes.values()
        opened = [episode for episode in episodes if episode.resolved is None]
        if not opened:
            return False
        episode = pick(self._draw, opened)
        return self._record(
            SideEffectResolved,
            effect=st.just(episode.effect),
            session=st.just(episode.session),
            day=st.integers(episode.last_day, (self.today - episode.began).days),
        )

    def learn(self) -> bool:
        """Learn more of a finding, or less."""
        room = min(_DAYS, (self.today - FIRST_DATE).days)
        ago = st.integers(0, room).map(lambda days: self.today - timedelta(days=days))
        return self._record(FindingChanged, last_day_agreed, last_on=st.none() | ago)

    def learn_of(self, finding: Finding, *, present: bool | None) -> None:
        """Learn whether a finding is present."""
        event = FindingChanged(on=self.today, finding=finding, present=present)
        self.progress = self.progress.record(event)

    def update(self) -> bool:
        """Learn that something of the assessment has changed, or ask all again."""
        concerns = list(self.progress.assessment.concerns)
        graded = st.lists(st.sampled_from(concerns), max_size=1).flatmap(
            lambda held: st.tuples(
                *(st.sampled_from([None, *Severity]).map(partial(_graded, one)) for one in held)
            )
        )
        return self._record(AssessmentUpdated, something_told, concerns=graded)

    def plan_anew(self) -> bool:
        """Plan more or fewer sessions, as the course documents them."""
        held, documented = len(self.progress.held), self.progress.course.sessions
        if self._standing.stopped is not None or documented is None:
            return False
        least = max(held, documented.fewest)
        if least > documented.most:
            return False
        sessions = st.integers(least, documented.most)
        return self._record(PlanChanged, sessions=sessions, override=st.none())

    def stop(self) -> bool:
        """Stop the course."""
        return not self.ended and self._record(CourseStopped)

    def strike(self) -> bool:
        """Strike out an entry; on the last one in force no other hangs."""
        kept = [place for place in self._standing.in_force if place]
        if not kept:
            return False
        for place in (pick(self._draw, kept), kept[-1]):
            struck = drawn(EnteredInError, on=st.just(self.today), entry=st.just(place))
            with suppress(InputError):
                self.progress = self.progress.record(self._draw(struck))
                return True
        return False

    def _record(
        self,
        kind: type[Event],
        agree: Callable[[Fields], Fields] = dict,
        **given: SearchStrategy[Any],
    ) -> bool:
        event = self._draw(drawn(kind, agree, on=st.just(self.today), **given))
        self.progress = self.progress.record(event)
        return True

    def go_on(self, events: Iterable[Callable[["Walk"], bool]]) -> None:
        """Let things happen, a while apart; where one cannot, more is learned of a finding."""
        for event in events:
            self.wait()
            if not event(self):
                self.learn()

    def proceed(self) -> Proceed:
        """Wait until a session may be held; where no interval is published, set a day."""
        for _ in range(_TRIES):
            step = self.step()
            if isinstance(step, Proceed):
                return step
            until = step.until if isinstance(step, Wait | Pause) else reject()
            if until is not None:
                self.today = until
            elif isinstance(step, Wait):
                self.postpone()
            else:
                reject()
        return reject()

    def hold_as_told(self, sessions: int) -> None:
        """Hold sessions, each when it may be held."""
        for _ in range(sessions):
            lengths = self.proceed().lengths
            within = needle_lengths(shortest=lengths.shortest, longest=lengths.longest)
            self._record(
                SessionDone,
                done_on=st.just(self.today),
                zones=st.just(()),
                needle_length=within,
                override=st.none(),
            )


def _graded(concern: Concern, severity: Severity | None) -> Concern:
    return Concern(indication=concern.indication, severity=severity)


# What may happen, the plainest first; sessions more often, for most of the rest hangs on them.
EVENTS: tuple[Callable[[Walk], bool], ...] = (
    Walk.hold,
    Walk.skip,
    Walk.hold,
    Walk.postpone,
    Walk.hold,
    Walk.learn,
    Walk.report,
    Walk.report,
    Walk.report,
    Walk.resolve,
    Walk.update,
    Walk.plan_anew,
    Walk.stop,
    Walk.strike,
)
