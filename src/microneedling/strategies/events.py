"""What happens in a course, each event by itself."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation.checks import FIRST_DATE, LAST_DATE
from microneedling.strategies.codes import severities
from microneedling.strategies.from_fields import RECORDED, Fields, days, drawn, draws, given, rising
from microneedling.strategies.quantities import needle_lengths
from microneedling.values.events import (
    AssessmentUpdated,
    CourseBegun,
    CourseStopped,
    EnteredInError,
    Entry,
    Event,
    FindingChanged,
    PlanChanged,
    SessionPostponed,
    SessionSkipped,
    SideEffectReported,
    SideEffectResolved,
)
from microneedling.values.lengths import NeedleLength
from microneedling.values.sessions import Material, Override, SessionDone, Zone, longest_known
from microneedling.values.vocabulary import Severity

__all__ = [
    "assessments_updated",
    "courses_begun",
    "courses_stopped",
    "entries",
    "entries_in_error",
    "events",
    "findings_changed",
    "last_day_agreed",
    "materials",
    "overrides",
    "plans_changed",
    "sessions_done",
    "sessions_postponed",
    "sessions_skipped",
    "side_effects_reported",
    "side_effects_resolved",
    "something_told",
    "zones",
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
    Draw that a session was held, on its day or recorded later; the lengths are known.

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
    parts = st.lists(_zones(length), max_size=2, unique_by=lambda zone: zone.site)
    return drawn(SessionDone, _session_agreed, on=on, done_on=on, zones=parts, needle_length=length)


def _session_agreed(held: Fields) -> Fields:
    held = rising("done_on", "on")(held)
    return held | {"needle_length": longest_known(held["zones"])} if held["zones"] else held


def _zones(length: SearchStrategy[NeedleLength]) -> SearchStrategy[Zone]:
    return drawn(Zone, needle_length=length)


@draws(Zone)
def zones(
    *, shortest: NeedleLength = NeedleLength.MIN, longest: NeedleLength = NeedleLength.MAX
) -> SearchStrategy[Zone]:
    """
    Draw parts of a site, each needled in a way of its own; the lengths are known.

    Args:
        shortest: No needle length below it.
        longest: No needle length above it.

    Raises:
        InputError: If the bounds are the wrong way round or of another type.
    """
    return _zones(needle_lengths(shortest=shortest, longest=longest))


@draws(Material)
def materials() -> SearchStrategy[Material]:
    """Draw what was used in a session."""
    return drawn(Material)


@draws(SessionSkipped, RECORDED)
def sessions_skipped(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[SessionSkipped]:
    """Draw that a session's day was let pass."""
    on = days(earliest=earliest, latest=latest)
    return drawn(SessionSkipped, rising("missed_on", "on"), on=on, missed_on=st.none() | on)


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


@draws(PlanChanged, RECORDED)
def plans_changed(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[PlanChanged]:
    """Draw that more or fewer sessions are planned."""
    return drawn(PlanChanged, on=days(earliest=earliest, latest=latest))


@draws(AssessmentUpdated, RECORDED)
def assessments_updated(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[AssessmentUpdated]:
    """Draw that something of the assessment has changed, or all was asked again."""
    return drawn(AssessmentUpdated, something_told, on=days(earliest=earliest, latest=latest))


def something_told(held: Fields) -> Fields:
    """Let all have been asked again where nothing has changed."""
    told = held["device"] or held["skin_type"] or held["concerns"]
    return held if told else held | {"reviewed": True}


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
        plans_changed,
        assessments_updated,
        courses_stopped,
        entries_in_error,
    )
    return st.one_of([kind(earliest=earliest, latest=latest) for kind in every])


@draws(Entry)
def entries() -> SearchStrategy[Entry]:
    """Draw lines of a ledger, each by itself."""
    return drawn(Entry)
