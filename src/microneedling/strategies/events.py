"""What happens in a course, each event by itself."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation.checks import FIRST_DATE, LAST_DATE
from microneedling.strategies.codes import severities
from microneedling.strategies.from_fields import RECORDED, Fields, days, drawn, draws, given, rising
from microneedling.strategies.quantities import needle_lengths
from microneedling.values.events import (
    CourseBegun,
    CourseStopped,
    EnteredInError,
    Entry,
    Event,
    FindingChanged,
    Override,
    SessionDone,
    SessionPostponed,
    SessionSkipped,
    SideEffectReported,
    SideEffectResolved,
)
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import Severity

__all__ = [
    "courses_begun",
    "courses_stopped",
    "entries",
    "entries_in_error",
    "events",
    "findings_changed",
    "last_day_agreed",
    "overrides",
    "sessions_done",
    "sessions_postponed",
    "sessions_skipped",
    "side_effects_reported",
    "side_effects_resolved",
]

_LONGEST_DELAY = 400
_LAST_BUT_ONE = LAST_DATE - timedelta(days=1)


@draws(Override)
def overrides() -> SearchStrategy[Override]:
    """Draw a professional's decision against safeguards."""
    return drawn(Override)


@draws(CourseBegun, RECORDED)
def courses_begun(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[CourseBegun]:
    """Draw that a course was chosen."""
    return drawn(CourseBegun, on=days(earliest=earliest, latest=latest))


@draws(SessionDone)
def sessions_done(
    *,
    earliest: date = FIRST_DATE,
    latest: date = LAST_DATE,
    shortest: NeedleLength = NeedleLength.MIN,
    longest: NeedleLength = NeedleLength.MAX,
) -> SearchStrategy[SessionDone]:
    """
    Draw that a session was held, on its day or recorded later.

    Args:
        earliest: None recorded before this day.
        latest: None recorded after this day.
        shortest: No needle length below it.
        longest: No needle length above it.

    Raises:
        InputError: If the bounds are the wrong way round, or no days.

    >>> from hypothesis import find
    >>> found = find(sessions_done(), lambda event: event.done_on < event.on)
    >>> (found.on - found.done_on).days, str(found.needle_length)
    (1, '0.05 mm')
    """
    on = days(earliest=earliest, latest=latest)
    length = needle_lengths(shortest=shortest, longest=longest)
    return drawn(SessionDone, rising("done_on", "on"), on=on, done_on=on, needle_length=length)


@draws(SessionSkipped, RECORDED)
def sessions_skipped(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[SessionSkipped]:
    """Draw that a session's day was let pass."""
    return drawn(SessionSkipped, on=days(earliest=earliest, latest=latest))


@draws(SessionPostponed, RECORDED)
def sessions_postponed(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[SessionPostponed]:
    """Draw that a session was put off to a later day."""
    return drawn(
        SessionPostponed,
        _put_off,
        on=days(earliest=earliest, latest=min(latest, _LAST_BUT_ONE)),
        to=st.integers(1, _LONGEST_DELAY),
    )


def _put_off(held: Fields) -> Fields:
    most = (LAST_DATE - held["on"]).days
    return held | {"to": held["on"] + timedelta(days=min(held["to"], most))}


@draws(SideEffectReported)
def side_effects_reported(
    *,
    earliest: date = FIRST_DATE,
    latest: date = LAST_DATE,
    mildest: Severity = Severity.MILD,
    severest: Severity = Severity.SEVERE,
) -> SearchStrategy[SideEffectReported]:
    """
    Draw that a side effect was seen; the mildest first.

    Args:
        earliest: None recorded before this day.
        latest: None recorded after this day.
        mildest: None milder.
        severest: None more severe.

    Raises:
        InputError: If the bounds are the wrong way round, or no days.
    """
    return drawn(
        SideEffectReported,
        on=days(earliest=earliest, latest=latest),
        severity=severities(mildest=mildest, severest=severest),
    )


@draws(SideEffectResolved, RECORDED)
def side_effects_resolved(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[SideEffectResolved]:
    """Draw that a side effect is over."""
    return drawn(SideEffectResolved, on=days(earliest=earliest, latest=latest))


@draws(FindingChanged, RECORDED)
def findings_changed(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[FindingChanged]:
    """Draw that more or less is known of a finding."""
    on = days(earliest=earliest, latest=latest)
    return drawn(FindingChanged, last_day_agreed, on=on, last_on=st.none() | on)


def last_day_agreed(held: Fields) -> Fields:
    """Give a last day to what is present alone, and none after the record's."""
    held = rising("last_on", "on")(held)
    return held if held["present"] else held | {"last_on": None}


@draws(CourseStopped, RECORDED)
def courses_stopped(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[CourseStopped]:
    """Draw that a course was ended for good."""
    return drawn(CourseStopped, on=days(earliest=earliest, latest=latest))


@draws(EnteredInError, RECORDED)
def entries_in_error(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[EnteredInError]:
    """Draw that an earlier entry is struck out."""
    return drawn(EnteredInError, on=days(earliest=earliest, latest=latest))


@given(RECORDED)
def events(*, earliest: date = FIRST_DATE, latest: date = LAST_DATE) -> SearchStrategy[Event]:
    """Draw any event by itself; see `progresses` for those that a ledger accepts."""
    every = (
        courses_begun,
        sessions_done,
        sessions_skipped,
        sessions_postponed,
        side_effects_reported,
        side_effects_resolved,
        findings_changed,
        courses_stopped,
        entries_in_error,
    )
    return st.one_of([kind(earliest=earliest, latest=latest) for kind in every])


@draws(Entry)
def entries() -> SearchStrategy[Entry]:
    """Draw lines of a ledger, each by itself."""
    return drawn(Entry)
