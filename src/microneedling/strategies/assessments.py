"""What is known of a patient: concerns, findings, devices, preferences, assessments."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation.checks import FIRST_DATE, LAST_DATE, MOST_DAYS
from microneedling.strategies.codes import severities
from microneedling.strategies.from_fields import (
    BETWEEN,
    LAST_START,
    Fields,
    days,
    drawn,
    draws,
    rising,
)
from microneedling.strategies.quantities import needle_lengths
from microneedling.values.assessments import Assessment, Concern, Device, Preferences
from microneedling.values.earlier import EarlierSession
from microneedling.values.finding_kinds import Role
from microneedling.values.findings import Exposure, MedicalClearance, Screening
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import Finding, Severity, Site

__all__ = [
    "assessments",
    "concerns",
    "devices",
    "earlier_sessions",
    "exposures",
    "medical_clearances",
    "preferences",
    "screenings",
]

# Most findings that matter are of the last years; the others are drawn as well.
_A_MONTH = 31
_RECENT_DAYS = 1000


@draws(Concern)
def concerns(
    *, mildest: Severity = Severity.MILD, severest: Severity = Severity.SEVERE
) -> SearchStrategy[Concern]:
    """
    Draw what is to be treated; ungraded first, then the mildest.

    Args:
        mildest: None milder, where it is graded.
        severest: None more severe.

    Raises:
        InputError: If the bounds are the wrong way round.

    >>> from hypothesis import find
    >>> find(concerns(), lambda concern: concern.severity is not None).severity.value
    'mild'
    """
    graded = severities(mildest=mildest, severest=severest)
    return drawn(Concern, severity=st.none() | graded)


@draws(Device)
def devices(
    *, shortest: NeedleLength = NeedleLength.MIN, longest: NeedleLength = NeedleLength.MAX
) -> SearchStrategy[Device]:
    """
    Draw devices, with and without a label's maximum.

    Args:
        shortest: No label's maximum below it.
        longest: No label's maximum above it.

    Raises:
        InputError: If the bounds are the wrong way round or of another type.
    """
    return drawn(
        Device, label_maximum=st.none() | needle_lengths(shortest=shortest, longest=longest)
    )


@draws(Preferences)
def preferences() -> SearchStrategy[Preferences]:
    """Draw what a patient would rather have; nothing first."""
    return drawn(Preferences)


@draws(Exposure)
def exposures(*, earliest: date = FIRST_DATE, latest: date = LAST_DATE) -> SearchStrategy[Exposure]:
    """
    Draw findings that are present, with and without their last day.

    Args:
        earliest: No last day before it.
        latest: No last day after it; most are of the years before.

    Raises:
        InputError: If the bounds are the wrong way round, or no days.
    """
    return drawn(Exposure, going_on_agreed, last_on=st.none() | _days_back(earliest, latest))


def going_on_agreed(held: Fields) -> Fields:
    """Let nothing go on that has a last day."""
    over = held["ongoing"] and held["last_on"] is not None
    return held | {"ongoing": None} if over else held


@draws(MedicalClearance, BETWEEN)
def medical_clearances(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[MedicalClearance]:
    """
    Draw recorded clearances, each by itself.

    >>> from hypothesis import find
    >>> find(medical_clearances(), lambda cleared: True).by.value
    'prescriber'
    """
    return drawn(MedicalClearance, on=days(earliest=earliest, latest=latest))


def _days_back(earliest: date, latest: date) -> SearchStrategy[date]:
    every = days(earliest=earliest, latest=latest)
    if latest == LAST_DATE:
        return every
    recent = st.integers(0, min(_RECENT_DAYS, (latest - earliest).days))
    return recent.map(lambda ago: latest - timedelta(days=ago)) | every


# Of an assessment, its findings by the days that have passed since.
_AGO = st.none() | st.integers(0, _RECENT_DAYS) | st.integers(0, MOST_DAYS)
_CLEARED = st.tuples(st.sampled_from(Finding), st.sampled_from(Role), st.integers(0, _RECENT_DAYS))
_EARLIER = st.tuples(
    st.sampled_from(Site),
    st.integers(0, _RECENT_DAYS),
    st.integers(0, _A_MONTH),
    st.none() | needle_lengths(),
)
_ABSENT = st.frozensets(st.sampled_from(Finding))
_SCREENING: dict[str, SearchStrategy[Any]] = {
    "present": st.lists(
        st.tuples(st.sampled_from(Finding), _AGO, st.none() | st.booleans()),
        max_size=4,
        unique_by=lambda known: known[0],
    ),
    "absent": _ABSENT,
    "everything_asked": st.booleans(),
}


@draws(Screening)
def screenings(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[Screening]:
    """
    Draw what is known of the findings: present, absent or unknown; nothing first.

    Args:
        earliest: No finding's last day before it.
        latest: No finding's last day after it.

    Raises:
        InputError: If the bounds are the wrong way round, or no days.

    >>> from hypothesis import find
    >>> find(screenings(), lambda screening: True) == Screening()
    True
    """
    present = st.lists(
        exposures(earliest=earliest, latest=latest),
        max_size=4,
        unique_by=lambda exposure: exposure.finding,
    )
    return drawn(Screening, _no_contradiction, present=present, absent=_ABSENT)


def _no_contradiction(held: Fields) -> Fields:
    return held | {"absent": held["absent"] - {exposure.finding for exposure in held["present"]}}


@draws(EarlierSession, BETWEEN)
def earlier_sessions(
    *, earliest: date = FIRST_DATE, latest: date = LAST_DATE
) -> SearchStrategy[EarlierSession]:
    """
    Draw needling of before, each by itself.

    >>> from hypothesis import find
    >>> find(earlier_sessions(), lambda session: True).needle_length
    """
    day = days(earliest=earliest, latest=latest)
    return drawn(EarlierSession, rising("from_day", "to_day"), from_day=day, to_day=day)


@draws(Assessment)
def assessments(
    *, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Assessment]:
    """
    Draw any assessment: one concern at a clinic and nothing else known first.

    Every verdict comes of some, an offer of few: see `offers` for these.

    Args:
        earliest: None before this day.
        latest: None after this day; by default there is room in the calendar for waiting times.

    Raises:
        InputError: If the bounds are the wrong way round, or no days.

    >>> import datetime
    >>> from hypothesis import find
    >>> since = datetime.date(2026, 1, 1)
    >>> found = find(assessments(earliest=since), lambda a: a.age_years is not None)
    >>> found.on.isoformat(), found.setting.value, found.age_years, len(found.screening.present)
    ('2026-01-01', 'clinic', 0, 0)
    """
    on = days(earliest=earliest, latest=latest)
    return drawn(
        Assessment,
        _dated,
        on=on,
        screening=st.fixed_dictionaries(_SCREENING),
        clearances=st.lists(_CLEARED, max_size=2, unique_by=lambda cleared: cleared[0]),
        earlier_sessions=st.none() | st.lists(_EARLIER, max_size=2),
    )


def _dated(held: Fields) -> Fields:
    """Count the days of the findings back from the day of the assessment."""
    on: date = held["on"]
    known: Fields = held["screening"]

    def back(days: int) -> date:
        return on - timedelta(days=min(days, (on - FIRST_DATE).days))

    present = [
        Exposure(finding=finding, ongoing=goes_on)
        if ago is None
        else Exposure(finding=finding, last_on=back(ago))
        for finding, ago, goes_on in known["present"]
    ]
    cleared = [
        MedicalClearance(finding=finding, by=role, on=back(ago))
        for finding, role, ago in held["clearances"]
    ]
    screening = Screening(**_no_contradiction(known | {"present": present}))
    sessions = held["earlier_sessions"]
    if sessions is not None:
        sessions = [
            EarlierSession(
                from_day=back(ago + spread),
                to_day=back(ago),
                site=site,
                needle_length=length,
            )
            for site, ago, spread, length in sessions
        ]
    primary = held["concerns"][0].indication if held["primary"] else None
    return held | {
        "screening": screening,
        "clearances": cleared,
        "earlier_sessions": sessions,
        "primary": primary,
    }
