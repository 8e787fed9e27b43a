"""
Where a course stands: what its ledger comes to.

Each event gives the next standing or is refused; what an edition says of it is looked at
elsewhere. What was recorded on one day and does not hang together gives the same standing
in whatever order it was recorded.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias, cast

from attrs import evolve, frozen

from microneedling._foundation import checks
from microneedling._foundation.errors import InputError
from microneedling.values.courses import Course
from microneedling.values.events import (
    CourseBegun,
    CourseStopped,
    EnteredInError,
    Event,
    FindingChanged,
    SessionDone,
    SessionPostponed,
    SessionSkipped,
    SideEffectReported,
    SideEffectResolved,
)
from microneedling.values.vocabulary import Finding, Severity, SideEffectCode

__all__ = ["Episode", "Standing", "after", "begun"]


@frozen(repr=False)
class Episode:
    """One side effect after one session, and all that it was ever counted as."""

    effect: SideEffectCode
    session: int
    began: date
    # The last day after the session of which something was reported, and how marked it was then;
    # of several reports of that day the worst.
    last_day: int
    severity: Severity
    # For each severity, the last day on which it was seen or counted as unchanged. A response
    # never grows milder with days, so the earlier ones say nothing more; and nothing is taken
    # back by what is reported later.
    seen: Mapping[Severity, int]
    # Day after the session from which on it was over, while it is.
    resolved: int | None = None

    def is_open(self, on: date) -> bool:
        """Tell whether it was not known to be over on a day."""
        return self.resolved is None or (on - self.began).days < self.resolved

    def day_on(self, on: date) -> int:
        """Count the days since the session, or up to what was reported last."""
        return max((on - self.began).days, self.last_day)

    def reported(self, day: int, severity: Severity) -> "Episode":
        """Add a report; what it does not say of the days before counts as unchanged."""
        seen = _counted(self.seen, severity, day)
        if self.resolved is not None and day < self.resolved:
            # Told late, of the days before its end, and does not open it again.
            seen = _counted(seen, severity, self.resolved - 1 if day > self.last_day else day)
            return evolve(self, seen=seen)
        if day < self.last_day:
            return evolve(self, seen=_counted(seen, severity, self.last_day - 1))
        if day == self.last_day and self.resolved is None:
            return evolve(self, seen=seen, severity=max(self.severity, severity))
        if self.resolved is None:
            seen = _counted(seen, self.severity, day - 1)
        return evolve(self, seen=seen, last_day=day, severity=severity, resolved=None)

    def ended(self, day: int) -> "Episode":
        """End it; up to the eve of that day it counts as unchanged."""
        last = max(self.last_day, day - 1)
        return evolve(self, seen=_counted(self.seen, self.severity, last), resolved=day)


def _counted(seen: Mapping[Severity, int], severity: Severity, day: int) -> Mapping[Severity, int]:
    return {**seen, severity: max(day, seen.get(severity, 0))}


@frozen(kw_only=True, repr=False)
class Standing:
    """What is known of a course after some events."""

    # Of the last record; nothing is recorded for an earlier one.
    day: date
    begun_on: date
    planned: int | None
    held: tuple[date, ...] = ()
    # Each with the day of its record: the day to which the next session was put off, and the
    # day after the last one that was let pass.
    set_to: tuple[date, date] | None = None
    passed_to: tuple[date, date] | None = None
    findings: Mapping[Finding, tuple[FindingChanged, ...]]
    episodes: Mapping[tuple[SideEffectCode, int], Episode]
    stopped: CourseStopped | None = None
    # What was recorded, in its places; None where it was struck out or struck something out.
    log: tuple[Event | None, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all planned sessions were held."""
        return self.planned is not None and len(self.held) >= self.planned

    @property
    def not_before(self) -> date | None:
        """The day before which the next session is not wanted, if any."""
        days = [told[1] for told in (self.set_to, self.passed_to) if told is not None]
        return max(days, default=None)

    @property
    def number(self) -> int:
        """Of the next session."""
        return len(self.held) + 1


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
    if event.on < standing.day:
        checks.refuse(
            "out_of_order",
            "on",
            "something was recorded for a later day; give the day of the record, and the day "
            "it is about in a field of its own",
        )
    return _AFTER[type(event)](standing, event)


def _with(standing: Standing, event: Event, **changes: object) -> Standing:
    return evolve(standing, day=event.on, log=(*standing.log, event), **changes)  # type: ignore[arg-type]  # by the names of its fields


def _begun_again(_: Standing, __: CourseBegun) -> Standing:
    return checks.refuse("begun_twice", "on", "a ledger begins once; begin another for a course")


def _refuse_after_the_end(standing: Standing) -> None:
    if standing.stopped is not None:
        checks.refuse("stopped", "on", "the course was stopped; begin another")
    if standing.complete:
        checks.refuse("complete", "on", "all planned sessions are done; begin another course")


def _done(standing: Standing, event: SessionDone) -> Standing:
    _refuse_after_the_end(standing)
    if event.done_on < standing.begun_on:
        checks.refuse(
            "out_of_order", "done_on", "the session lies before the day the course was begun"
        )
    if standing.held and event.done_on == standing.held[-1]:
        checks.refuse("same_day", "done_on", "a session of this day is recorded already")
    if standing.held and event.done_on < standing.held[-1]:
        checks.refuse("out_of_order", "done_on", "a later session is recorded already")
    # What was put off after the session's own day is the session that follows.
    day = event.done_on
    return _with(
        standing,
        event,
        held=(*standing.held, day),
        set_to=_told_after(day, standing.set_to),
        passed_to=_told_after(day, standing.passed_to),
    )


def _told_after(day: date, told: tuple[date, date] | None) -> tuple[date, date] | None:
    return told if told and told[0] > day else None


def _skipped(standing: Standing, event: SessionSkipped) -> Standing:
    _refuse_after_the_end(standing)
    return _with(standing, event, passed_to=(event.on, checks.later(event.on, 1, "on")))


def _postponed(standing: Standing, event: SessionPostponed) -> Standing:
    _refuse_after_the_end(standing)
    known = standing.set_to
    # Of two on one day the later holds, whichever came first; another day may think anew.
    same_day = known is not None and known[0] == event.on
    to = max(known[1], event.to) if known is not None and same_day else event.to
    return _with(standing, event, set_to=(event.on, to))


def _session(standing: Standing, number: int | None) -> int:
    if not standing.held:
        checks.refuse("no_session", "session", "no session was held that it could follow")
    if number is not None and number > len(standing.held):
        checks.refuse("no_session", "session", "this session was not held; give one that was")
    return number or len(standing.held)


def _day(standing: Standing, session: int, event: SideEffectReported | SideEffectResolved) -> date:
    began = standing.held[session - 1]
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


def _struck(standing: Standing, event: EnteredInError) -> Standing:
    """Go through the ledger again without an entry."""
    log = list(standing.log)
    wrong = log[event.entry] if event.entry < len(log) else None
    if wrong is None:
        checks.refuse("no_entry", "entry", "no such entry is in force; give one that is")
    if isinstance(wrong, SessionDone):
        # What hangs on it or on a later one would be taken for another session's.
        number = standing.held.index(wrong.done_on) + 1
        if any(session >= number for _, session in standing.episodes):
            checks.refuse(
                "needed",
                "entry",
                "side effects of this session or a later one are recorded; strike them out first",
            )
    log[event.entry] = None
    again = evolve(
        standing,
        day=standing.begun_on,
        held=(),
        set_to=None,
        passed_to=None,
        findings={},
        episodes={},
        stopped=None,
    )
    for kept in log[1:]:
        if kept is not None:
            try:
                again = _AFTER[type(kept)](again, kept)
            except InputError:
                checks.refuse("needed", "entry", "a later entry hangs on it; strike that first")
    return evolve(again, day=event.on, log=(*log, None))


_Step: TypeAlias = Callable[[Standing, Event], Standing]
_AFTER: dict[type, _Step] = {
    CourseBegun: cast("_Step", _begun_again),
    SessionDone: cast("_Step", _done),
    SessionSkipped: cast("_Step", _skipped),
    SessionPostponed: cast("_Step", _postponed),
    SideEffectReported: cast("_Step", _reported),
    SideEffectResolved: cast("_Step", _resolved),
    FindingChanged: cast("_Step", _changed),
    CourseStopped: cast("_Step", _stopped),
    EnteredInError: cast("_Step", _struck),
}
