"""What happens in a course: the events of its ledger."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, TypeAlias, get_args

from attrs import field, frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import Line, NoteCode, Whole
from microneedling._foundation.value_class import AsOne, Value
from microneedling.values.assessments import _ONE_SEVERITY, Concern, Device
from microneedling.values.sessions import Override, SessionDone
from microneedling.values.vocabulary import Finding, Severity, SideEffectCode, SkinType

__all__ = [
    "AssessmentUpdated",
    "CourseBegun",
    "CourseStopped",
    "EnteredInError",
    "Entry",
    "Event",
    "FindingChanged",
    "PlanChanged",
    "SessionPostponed",
    "SessionSkipped",
    "SideEffectReported",
    "SideEffectResolved",
]

_Author: TypeAlias = Annotated[str, Line(100)]
_Why: TypeAlias = Annotated[str, Line(500)]
_Note: TypeAlias = Annotated[str, NoteCode()]
_Day: TypeAlias = Annotated[int, Whole(0, checks.MOST_DAYS, "days")]
_Session: TypeAlias = Annotated[int, Whole(1, 100_000, "sessions")]


@frozen(kw_only=True, repr=False)
class CourseBegun(Value):
    """
    The course was chosen; the first event of every ledger.

    Args:
        on: The day it was chosen.
        sessions: How many are planned, 1 to 100; None where no source gives a count and
            none was chosen, so that the course ends only by being stopped.

    Raises:
        InputError: If a value is of another type or outside its bounds.
    """

    on: date
    sessions: Annotated[int, Whole(1, 100, "sessions")] | None = None


@frozen(kw_only=True, repr=False)
class SessionSkipped(Value):
    """
    The next session's day was let pass; the session is still to be held.

    Args:
        on: The day it is recorded.
        missed_on: The day that was let pass, not after ``on``; no session is held on it any more.
            Where it is not given it is ``on``, or an earlier day where ``on`` lies after the last
            documented day.
        note: A code that points to a note kept elsewhere.

    Raises:
        InputError: If a value is of another type or outside its bounds, or the day that was let
            pass lies after the record's.
    """

    on: date
    missed_on: date | None = None
    note: _Note = ""

    def _agree(self) -> None:
        if self.missed_on is not None and self.missed_on > self.on:
            checks.refuse("in_the_future", "missed_on", "give a day not after the record's")


@frozen(kw_only=True, repr=False)
class SessionPostponed(Value):
    """
    The next session was put off. Where no interval is published this sets its day.

    Args:
        on: The day it is recorded.
        to: The first day on which it may be held, after ``on``.
        note: A code that points to a note kept elsewhere.

    Raises:
        InputError: If a value is of another type or outside its bounds, or ``to`` is not
            after ``on``.
    """

    on: date
    to: date
    note: _Note = ""

    def _agree(self) -> None:
        if self.to <= self.on:
            checks.refuse("wrong_order", "to", "put a session off to a day after today")


@frozen(kw_only=True, repr=False)
class SideEffectReported(Value):
    """
    A side effect was seen.

    Args:
        on: The day it is recorded.
        effect: Which one.
        severity: How marked it was.
        day: Days after the session on which it was so, from 0 for the session's own day.
        session: Which session it follows, from 1; the last one held where it is not given.
        note: A code that points to a note kept elsewhere.

    Raises:
        InputError: If a value is of another type or outside its bounds.
    """

    on: date
    effect: SideEffectCode
    severity: Severity
    day: _Day
    session: _Session | None = None
    note: _Note = ""


@frozen(kw_only=True, repr=False)
class SideEffectResolved(Value):
    """
    A side effect that was reported is over.

    Args:
        on: The day it is recorded.
        effect: Which one.
        day: Days after the session from which on it was gone; 0 for the session's own day. Until
            the eve it counts as it was reported last.
        session: Which session it followed, from 1; the last one held where it is not given.
        note: A code that points to a note kept elsewhere.

    Raises:
        InputError: If a value is of another type or outside its bounds.
    """

    on: date
    effect: SideEffectCode
    day: _Day
    session: _Session | None = None
    note: _Note = ""


@frozen(kw_only=True, repr=False)
class FindingChanged(Value):
    """
    More is known of a finding than at the assessment, or less.

    Args:
        on: The day it is recorded.
        finding: Which one.
        present: True, False, or None where it is not known any more.
        last_on: For a finding that is present, its last day, not after ``on``; None while
            it goes on or where the day is not known.
        carried: Whether it was told in another course of the same person.

    Raises:
        InputError: If a value is of another type or outside its bounds, or ``last_on`` is
            given for a finding that is not present or lies after ``on``.

    >>> FindingChanged(on=date(2026, 12, 9), finding=Finding.PREGNANCY, present=True).last_on
    """

    on: date
    finding: Finding
    present: bool | None
    last_on: date | None = None
    carried: bool = False

    def _agree(self) -> None:
        if self.last_on is None:
            return
        if not self.present:
            checks.refuse("contradiction", "last_on", "give a last day with a present finding")
        if self.last_on > self.on:
            checks.refuse("in_the_future", "last_on", "give a last day not after the record's")


@frozen(kw_only=True, repr=False)
class PlanChanged(Value):
    """
    More or fewer sessions are planned than before.

    Args:
        on: The day it is recorded.
        sessions: How many in all, 1 to 100, those that were held among them; None where no source
            gives a count and none is chosen any more.
        note: A code that points to a note kept elsewhere.
        override: Names `Safeguard.SESSION_COUNT` where the count is not documented.

    Raises:
        InputError: If a value is of another type or outside its bounds.

    >>> PlanChanged(on=date(2026, 12, 29), sessions=5).sessions
    5
    """

    on: date
    sessions: Annotated[int, Whole(1, 100, "sessions")] | None
    note: _Note = ""
    override: Override | None = None


def _concerns(values: Iterable[Concern]) -> tuple[Concern, ...]:
    return tuple(sorted(checks.collected(values, "concerns", Concern), key=_by_indication))


def _by_indication(concern: Concern) -> str:
    return concern.indication


@frozen(kw_only=True, repr=False)
class AssessmentUpdated(Value):
    """
    What the assessment said has changed, or all of it was gone through again.

    From then on the course is judged by what is said here. Findings are told of by
    `FindingChanged`.

    Args:
        on: The day it is recorded, from which on it holds.
        device: The device at hand now; None where it is as before.
        skin_type: The skin type as it was found now; None where it is as before.
        concerns: Each concern that is graded anew, in any order; the others are as before.
        reviewed: Whether the whole assessment was gone through again, so that its age
            counts from this day.
        note: A code that points to a note kept elsewhere.

    Raises:
        InputError: If a value is of another type or outside its bounds, if one indication is
            graded twice, or if nothing is told.

    >>> AssessmentUpdated(on=date(2027, 3, 1), skin_type=SkinType.IV).reviewed
    False
    """

    on: date
    device: Device | None = None
    skin_type: SkinType | None = None
    concerns: Annotated[tuple[Concern, ...], _ONE_SEVERITY] = field(default=(), converter=_concerns)
    reviewed: bool = False
    note: _Note = ""

    def _agree(self) -> None:
        told = self.device or self.skin_type or self.concerns or self.reviewed
        if not told:
            checks.refuse("empty", "device", "say what has changed, or that all was asked again")


@frozen(kw_only=True, repr=False)
class CourseStopped(Value):
    """
    The course was ended before its time, for good.

    Args:
        on: The day it is recorded.
        note: A code that points to a note kept elsewhere.

    Raises:
        InputError: If a value is of another type or outside its bounds.
    """

    on: date
    note: _Note = ""


@frozen(kw_only=True, repr=False)
class EnteredInError(Value):
    """
    An earlier entry is struck out: it should never have been made. It stays to be seen.

    An entry of this kind can be struck out as well; what it had struck out counts again.

    Args:
        on: The day it is recorded, not before the last record but the one that is struck out.
        entry: The number of the entry, as in ``Progress.entries``; from 1, for where a course
            began wrongly another ledger is begun.
        author: Who struck it, as one line of 1 to 100 characters.
        reason: Why, as one line of 1 to 500 characters, without anything about the patient
            that is not meant to be kept here.

    Raises:
        InputError: If a value is of another type or outside its bounds.
    """

    on: date
    entry: Annotated[int, Whole(1, 100_000, "entries")]
    author: _Author
    reason: _Why


_AnyEvent: TypeAlias = (
    CourseBegun
    | SessionDone
    | SessionSkipped
    | SessionPostponed
    | SideEffectReported
    | SideEffectResolved
    | FindingChanged
    | PlanChanged
    | AssessmentUpdated
    | CourseStopped
    | EnteredInError
)
Event: TypeAlias = Annotated[_AnyEvent, AsOne(_AnyEvent, "Event")]
"""What a ledger records; a match over its members is exhaustive."""
EVENTS: tuple[type[Event], ...] = get_args(_AnyEvent)


@frozen(kw_only=True, repr=False)
class Entry(Value):
    """
    One line of a ledger: an event, and the edition it was recorded under.

    Args:
        event: What happened.
        edition: The edition's id.
        digest: SHA-256 of the edition's canonical form.
        engine: The version of the logic that accepted it.
        by: Who recorded it, as a code of one's own; nothing where that is not kept here.

    Raises:
        InputError: If a part is of another type.
    """

    event: Event
    edition: Annotated[str, Line(100)]
    digest: Annotated[str, Line(64)]
    engine: Annotated[str, Line(20)]
    by: _Note = ""
