"""Hypothesis strategies for valid inputs, shrinking towards the mildest."""

from datetime import date, timedelta

from hypothesis import strategies as st

import microneedling as mn

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


def needle_lengths(min_um: int = 50, max_um: int = 3500) -> st.SearchStrategy[mn.NeedleLength]:
    """Any needle length between two bounds."""
    return st.builds(mn.NeedleLength, st.integers(min_um, max_um))


def length_ranges() -> st.SearchStrategy[mn.LengthRange]:
    """Any range of needle lengths."""
    return st.lists(needle_lengths(), min_size=2, max_size=2).map(
        lambda pair: mn.LengthRange(min(pair), max(pair))
    )


def concerns() -> st.SearchStrategy[tuple[mn.Concern, ...]]:
    """One to three concerns, no indication twice."""
    one = st.builds(
        mn.Concern,
        indication=st.sampled_from(mn.Indication),
        severity=st.none() | st.sampled_from(mn.Severity),
    )
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda c: c.indication).map(tuple)


@st.composite
def screenings(draw: st.DrawFn, on: date) -> mn.Screening:
    """Any screening of a day: findings present, with and without a day, absent or unknown."""
    present = draw(st.lists(st.sampled_from(mn.Finding), max_size=4, unique=True))
    absent = draw(st.lists(st.sampled_from(mn.Finding), max_size=50, unique=True))
    ago = st.none() | st.integers(0, 800).map(lambda days: on - timedelta(days=days))
    return mn.Screening(
        present=[mn.Exposure(finding=finding, last_on=draw(ago)) for finding in present],
        absent=set(absent) - set(present),
        everything_asked=draw(st.booleans()),
    )


@st.composite
def assessments(draw: st.DrawFn) -> mn.Assessment:
    """Any valid assessment."""
    on = draw(DAYS)
    return mn.Assessment(
        on=on,
        site=draw(st.sampled_from(mn.Site)),
        setting=draw(st.sampled_from(mn.Setting)),
        concerns=draw(concerns()),
        skin_type=draw(st.none() | st.sampled_from(mn.SkinType)),
        age_years=draw(st.none() | st.integers(0, 130)),
        screening=draw(screenings(on)),
        device=draw(
            st.none()
            | st.builds(
                mn.Device,
                kind=st.sampled_from(mn.DeviceKind),
                label_maximum=st.none() | needle_lengths(),
            )
        ),
        preferences=draw(
            st.builds(
                mn.Preferences,
                longest_downtime_days=st.none() | st.integers(0, 10),
                numbing=st.none() | st.booleans(),
                most_visits=st.none() | st.integers(1, 12),
            )
        ),
    )


@st.composite
def intervals(draw: st.DrawFn, most: int = 3650) -> mn.Interval:
    """Any interval up to so many days."""
    low, preferred, high = sorted(draw(st.tuples(*[st.integers(1, most)] * 3)))
    return mn.Interval(minimum_days=low, preferred_days=preferred, maximum_days=high)
