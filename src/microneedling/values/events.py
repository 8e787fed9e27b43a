"""What happens in a course: the events of its ledger."""

from collections.abc import Iterable
from datetime import date
from enum import unique
from typing import Annotated, TypeAlias, get_args

from attrs import Factory, field, frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import AtLeastOne, Line, NoteCode, Whole
from microneedling._foundation.value_class import AsOne, Value
from microneedling.values.codes import Code
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import EndPoint, Finding, Severity, SideEffectCode

__all__ = [
    "CourseBegun",
    "CourseStopped",
    "EnteredInError",
    "Entry",
    "Event",
    "FindingChanged",
    "Override",
    "Safeguard",
    "SessionDone",
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


@unique
class Safeguard(Code):
    """
    A rule against holding a session that a professional may override by name.

    >>> Safeguard("needle_length")
    <Safeguard.NEEDLE_LENGTH: 'needle_length'>
    """

    MINIMUM_INTERVAL = "minimum_interval"
    RECOVERY = "recovery"
    SIDE_EFFECT = "side_effect"
    FINDING = "finding"
    NEEDLE_LENGTH = "needle_length"


def _safeguards(values: Iterable[Safeguard]) -> frozenset[Safeguard]:
    return frozenset(checks.collected(values, "safeguards", Safeguard))


@frozen(kw_only=True, repr=False)
class Override(Value):
    """
    A professional's decision to hold a session against safeguards, named one by one.

    It records what was done; it makes nothing that comes less cautious.

    Args:
        safeguards: Which, at least one.
        author: Who decided, as one line of 1 to 100 characters; a role or a staff code.
        reason: Why, as one line of 1 to 500 characters, without anything about the patient
            that is not meant to be kept here.

    Raises:
        InputError: If a part is missing or of another type.

    >>> Override(
    ...     safeguards=[Safeguard.NEEDLE_LENGTH], author="staff-7", reason="cartridge of 0.75 mm"
    ... ).author
    'staff-7'
    """

    safeguards: Annotated[frozenset[Safeguard], AtLeastOne("safeguard")] = field(
        converter=_safeguards
    )
    author: _Author
    reason: _Why


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


def _its_day(event: "SessionDone") -> date:
    return event.on


@frozen(kw_only=True, repr=False)
class SessionDone(Value):
    """
    A session was held.

    Args:
        on: The day it is recorded.
        done_on: The day it was held, not after ``on``; that day where it is not given.
        needle_length: The length that was used.
        end_point: The sign at which it stopped; None where that was not noted.
        passes: Passes over the skin, 1 to 100; None where they were not noted.
        note: A code that points to a note kept elsewhere; at most 64 characters.
        override: The safeguards that were overridden, if any.

    Raises:
        InputError: If a value is of another type or outside its bounds, or the session lies
            after the day it is recorded.

    >>> SessionDone(on=date(2026, 12, 1), needle_length=NeedleLength(1500)).done_on
    datetime.date(2026, 12, 1)
    """

    on: date
    done_on: date = field(default=Factory(_its_day, takes_self=True))
    needle_length: NeedleLength
    end_point: EndPoint | None = None
    passes: Annotated[int, Whole(1, 100, "passes")] | None = None
    note: _Note = ""
    override: Override | None = None

    def _agree(self) -> None:
        if self.done_on > self.on:
            checks.refuse(
                "in_the_future", "done_on", "record a session on its day or later, not before"
            )


@frozen(kw_only=True, repr=False)
class SessionSkipped(Value):
    """
    The next session's day was let pass; the session is still to be held.

    Args:
        on: The day that passed.
        note: A code that points to a note kept elsewhere.

    Raises:
        InputError: If a value is of another type or outside its bounds.
    """

    on: date
    note: _Note = ""


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

    Raises:
        InputError: If a value is of another type or outside its bounds, or ``last_on`` is
            given for a finding that is not present or lies after ``on``.

    >>> FindingChanged(on=date(2026, 12, 9), finding=Finding.PREGNANCY, present=True).last_on
    """

    on: date
    finding: Finding
    present: bool | None
    last_on: date | None = None

    def _agree(self) -> None:
        if self.last_on is None:
            return
        if not self.present:
            checks.refuse("contradiction", "last_on", "give a last day with a present finding")
        if self.last_on > self.on:
            checks.refuse("in_the_future", "last_on", "give a last day not after the record's")


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

    Args:
        on: The day it is recorded.
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

    Raises:
        InputError: If a part is of another type.
    """

    event: Event
    edition: Annotated[str, Line(100)]
    digest: Annotated[str, Line(64)]
    engine: Annotated[str, Line(20)]
