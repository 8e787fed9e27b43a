"""
Where a course stands: what its ledger comes to.

Each event gives the next standing or is refused; what an edition says of it is looked at
elsewhere. What was recorded on one day and does not hang together gives the same standing
in whatever order it was recorded.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias, cast

from attrs import evolve, frozen

from microneedling._foundation import checks
from microneedling._foundation.errors import InputError
from microneedling.treating.episodes import Episode
from microneedling.values.courses import Course
from microneedling.values.events import (
    AssessmentUpdated,
    CourseBegun,
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
from microneedling.values.sessions import SessionDone
from microneedling.values.vocabulary import Finding, SideEffectCode

__all__ = ["Standing", "after", "begun"]

_ONE_DAY = timedelta(days=1)


@frozen(kw_only=True, repr=False)
class Standing:
    """What is known of a course after some events."""

    # Of the last record in force; nothing is recorded for an earlier one.
    day: date
    begun_on: date
    planned: int | None
    sessions: tuple[SessionDone, ...] = ()
    # What puts the next session off.
    put_off: tuple[SessionPostponed, ...] = ()
    # The times that its day was let pass.
    skipped: tuple[SessionSkipped, ...] = ()
    findings: Mapping[Finding, tuple[FindingChanged, ...]]
    episodes: Mapping[tuple[SideEffectCode, int], Episode]
    updates: tuple[AssessmentUpdated, ...] = ()
    stopped: CourseStopped | None = None
    # All that was recorded, in its places; which of it counts is told by `in_force`.
    log: tuple[Event, ...] = ()

    @property
    def held(self) -> tuple[date, ...]:
        """The days of the sessions that were held."""
        return tuple([session.done_on for session in self.sessions])

    @property
    def complete(self) -> bool:
        """Whether all planned sessions were held."""
        return self.planned is not None and len(self.sessions) >= self.planned

    @property
    def set_to(self) -> date | None:
        """The day to which the next session was put off last; of one day's two the later."""
        if not self.put_off:
            return None
        last = max(told.on for told in self.put_off)
        return max(told.to for told in self.put_off if told.on == last)

    def wanted_from(self, longest: date | None) -> date | None:
        """
        Give the day before which the next session is not wanted, if any.

        Args:
            longest: The last documented day; a day that was let pass and is told of after it was
                one of those before.
        """
        days = [
            (told.missed_on or told.on) + _ONE_DAY
            for told in self.skipped
            if told.missed_on is not None or longest is None or told.on <= longest
        ]
        return max([*days, *([self.set_to] if self.set_to else [])], default=None)

    @property
    def number(self) -> int:
        """Of the next session."""
        return len(self.sessions) + 1

    @property
    def in_force(self) -> list[int]:
        """The places of the entries that count."""
        return [place for place, counts in enumerate(_in_force(self.log)) if counts]

    def before(self, day: date) -> "Standing":
        """Give it without what was booked on a day or later, which is of the session after that."""
        kept = tuple([told for told in self.put_off if told.on < day])
        return self if kept == self.put_off else evolve(self, put_off=kept)


def begun(event: Event, assessed_on: date, course: Course) -> Standing:
    """
    Begin.

    Raises:
        InputError: If it is another event, lies before the assessment, or plans a count of
            sessions outside what the course documents.
    """
    if not isinstance(event, CourseBegun):
        checks.refuse("not_begun", "", "let a ledger begin with CourseBegun")
    if event.on < assessed_on:
        checks.refuse("out_of_order", "on", "begin a course on the day it was assessed or later")
    documented = course.sessions
    if documented is not None:
        if event.sessions is None:
            checks.refuse(
                "empty", "sessions", "give the count of sessions; the course documents one"
            )
        checks.whole(event.sessions, "sessions", documented.fewest, documented.most, "sessions")
    return Standing(
        day=event.on,
        begun_on=event.on,
        planned=event.sessions,
        findings={},
        episodes={},
        log=(event,),
    )


def after(standing: Standing, event: Event) -> Standing:
    """
    Give the standing after one event more.

    Raises:
        InputError: If it cannot have happened, whatever an edition says.
    """
    if not isinstance(event, EnteredInError):
        _in_order(standing.day, event)
    return _AFTER[type(event)](standing, event)


def _in_order(last: date, event: Event) -> None:
    if event.on < last:
        checks.refuse(
            "out_of_order",
            "on",
            "something was recorded for a later day; give the day of the record, and the day "
            "it is about in a field of its own. If that later day is wrong, strike its entry out "
            "by EnteredInError",
        )


def _with(standing: Standing, event: Event, **changes: object) -> Standing:
    return evolve(standing, day=event.on, log=(*standing.log, event), **changes)  # type: ignore[arg-type]  # by the names of its fields


def _begun_again(_: Standing, __: CourseBegun) -> Standing:
    return checks.refuse("begun_twice", "on", "a ledger begins once; begin another for a course")


def _refuse_when_stopped(standing: Standing) -> None:
    if standing.stopped is not None:
        checks.refuse("stopped", "on", "the course was stopped; begin another")


def _refuse_after_the_end(standing: Standing) -> None:
    _refuse_when_stopped(standing)
    if standing.complete:
        checks.refuse(
            "complete",
            "on",
            "all planned sessions are done; plan more by PlanChanged, or begin another course",
        )


def _done(standing: Standing, event: SessionDone) -> Standing:
    _refuse_when_stopped(standing)
    if event.done_on < standing.begun_on:
        checks.refuse(
            "out_of_order", "done_on", "the session lies before the day the course was begun"
        )
    if standing.held and event.done_on == standing.held[-1]:
        checks.refuse("same_day", "done_on", "a session of this day is recorded already")
    if standing.held and event.done_on < standing.held[-1]:
        checks.refuse("out_of_order", "done_on", "a later session is recorded already")
    # What was put off on the session's own day or later is the session that follows.
    day = event.done_on
    return _with(
        standing,
        event,
        sessions=(*standing.sessions, event),
        put_off=tuple([told for told in standing.put_off if told.on >= day]),
        skipped=tuple([told for told in standing.skipped if (told.missed_on or told.on) > day]),
    )


def _skipped(standing: Standing, event: SessionSkipped) -> Standing:
    _refuse_after_the_end(standing)
    checks.later(event.on, 1, "on")
    return _with(standing, event, skipped=(*standing.skipped, event))


def _postponed(standing: Standing, event: SessionPostponed) -> Standing:
    _refuse_after_the_end(standing)
    return _with(standing, event, put_off=(*standing.put_off, event))


def _planned_anew(standing: Standing, event: PlanChanged) -> Standing:
    _refuse_when_stopped(standing)
    if event.sessions is not None and event.sessions < len(standing.sessions):
        checks.refuse("out_of_range", "sessions", "count the sessions that were held, too")
    return _with(standing, event, planned=event.sessions)


def _updated(standing: Standing, event: AssessmentUpdated) -> Standing:
    return _with(standing, event, updates=(*standing.updates, event))


def _session(standing: Standing, number: int | None) -> int:
    if not standing.sessions:
        checks.refuse("no_session", "session", "no session was held that it could follow")
    if number is not None and number > len(standing.sessions):
        checks.refuse("no_session", "session", "this session was not held; give one that was")
    return number or len(standing.sessions)


def _day(standing: Standing, session: int, event: SideEffectReported | SideEffectResolved) -> date:
    began = standing.sessions[session - 1].done_on
    if (event.on - began).days < event.day:
        checks.refuse("in_the_future", "day", "this many days after the session is yet to come")
    return began


def _reported(standing: Standing, event: SideEffectReported) -> Standing:
    session = _session(standing, event.session)
    began = _day(standing, session, event)
    known = standing.episodes.get((event.effect, session))
    episode = (
        Episode(
            event.effect, session, began, event.day, event.severity, {event.severity: event.day}
        )
        if known is None
        else known.reported(event.day, event.severity)
    )
    episodes = {**standing.episodes, (event.effect, session): episode}
    return _with(standing, event, episodes=episodes)


def _resolved(standing: Standing, event: SideEffectResolved) -> Standing:
    session = _session(standing, event.session)
    _day(standing, session, event)
    known = standing.episodes.get((event.effect, session))
    if known is None or known.resolved is not None:
        checks.refuse(
            "nothing_open", "effect", "no such side effect of this session is open; report it first"
        )
    if event.day < known.last_day:
        checks.refuse("wrong_order", "day", "it was reported for a later day; give its end")
    episodes = {**standing.episodes, (event.effect, session): known.ended(event.day)}
    return _with(standing, event, episodes=episodes)


def _changed(standing: Standing, event: FindingChanged) -> Standing:
    known = standing.findings.get(event.finding, ())
    return _with(standing, event, findings={**standing.findings, event.finding: (*known, event)})


def _stopped(standing: Standing, event: CourseStopped) -> Standing:
    _refuse_after_the_end(standing)
    return _with(standing, event, stopped=event)


def _in_force(log: Sequence[Event]) -> list[bool]:
    """Tell of each entry whether it counts; what strikes one out may be struck out itself."""
    kept = [True] * len(log)
    for place in range(len(log) - 1, 0, -1):
        event = log[place]
        if kept[place] and isinstance(event, EnteredInError):
            kept[event.entry] = False
    return kept


def _struck(standing: Standing, event: EnteredInError) -> Standing:
    """Go through the ledger again without an entry, or with what it had struck out."""
    before = _in_force(standing.log)
    if event.entry >= len(before) or not before[event.entry]:
        checks.refuse("no_entry", "entry", "no such entry is in force; give one that is")
    log = (*standing.log, event)
    now = _in_force(log)
    counted = [kept for kept, counts in zip(standing.log, now, strict=False) if counts]
    # Not of the entry that is struck out: a wrong day there would lock the ledger.
    _in_order(max(kept.on for kept in counted), event)
    again = _gone_through(standing, counted)
    _check_numbers(
        [e for e, was, is_ in zip(standing.log, before, now, strict=False) if was is not is_],
        standing,
        again,
    )
    return evolve(again, day=event.on, log=log)


def _gone_through(standing: Standing, counted: Sequence[Event]) -> Standing:
    first = counted[0]
    again = Standing(
        day=standing.begun_on,
        begun_on=standing.begun_on,
        planned=first.sessions if isinstance(first, CourseBegun) else None,
        findings={},
        episodes={},
    )
    for kept in counted[1:]:
        if not isinstance(kept, EnteredInError):
            try:
                again = _AFTER[type(kept)](again, kept)
            except InputError:
                checks.refuse("needed", "entry", "a later entry hangs on it; strike that first")
    return again


def _check_numbers(changed: Sequence[Event], before: Standing, after: Standing) -> None:
    """Refuse what would take a session's side effects for those of another."""
    for event in changed:
        if isinstance(event, SessionDone):
            days = before.held if event in before.sessions else after.held
            number = days.index(event.done_on) + 1
            if any(session >= number for _, session in before.episodes):
                checks.refuse(
                    "needed",
                    "entry",
                    "side effects of this session or a later one are recorded; strike them out "
                    "first",
                )


_Step: TypeAlias = Callable[[Standing, Event], Standing]
_AFTER: dict[type, _Step] = {
    CourseBegun: cast("_Step", _begun_again),
    SessionDone: cast("_Step", _done),
    SessionSkipped: cast("_Step", _skipped),
    SessionPostponed: cast("_Step", _postponed),
    SideEffectReported: cast("_Step", _reported),
    SideEffectResolved: cast("_Step", _resolved),
    FindingChanged: cast("_Step", _changed),
    PlanChanged: cast("_Step", _planned_anew),
    AssessmentUpdated: cast("_Step", _updated),
    CourseStopped: cast("_Step", _stopped),
    EnteredInError: cast("_Step", _struck),
}
