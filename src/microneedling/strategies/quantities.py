"""Needle lengths, depths, counts and spans of time."""

from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation import checks
from microneedling.strategies.from_fields import BETWEEN, drawn, draws, in_order, rising, wholes
from microneedling.values.courses import Downtime, Interval, Passes, SessionCount
from microneedling.values.effects import HourWindow
from microneedling.values.lengths import LengthRange, NeedleLength, PenetrationDepth
from microneedling.values.studies import Spread

__all__ = [
    "downtimes",
    "hour_windows",
    "intervals",
    "length_ranges",
    "needle_lengths",
    "passes",
    "penetration_depths",
    "session_counts",
    "spreads",
]

T = TypeVar("T")


@draws(NeedleLength, BETWEEN)
def needle_lengths(
    *, shortest: NeedleLength = NeedleLength.MIN, longest: NeedleLength = NeedleLength.MAX
) -> SearchStrategy[NeedleLength]:
    """
    Draw nominal needle lengths; the shortest is the mildest.

    >>> from hypothesis import find
    >>> import microneedling as mn
    >>> long = needle_lengths(shortest=mn.NeedleLength.parse("1.5 mm"))
    >>> str(find(long, lambda length: True))
    '1.5 mm'
    """
    checks.instance(shortest, "shortest", NeedleLength)
    checks.instance(longest, "longest", NeedleLength)
    in_order(shortest, longest, "longest")
    return drawn(NeedleLength, um=st.integers(shortest.um, longest.um))


@draws(LengthRange, BETWEEN)
def length_ranges(
    *, shortest: NeedleLength = NeedleLength.MIN, longest: NeedleLength = NeedleLength.MAX
) -> SearchStrategy[LengthRange]:
    """
    Draw ranges of needle lengths.

    >>> from hypothesis import find
    >>> str(find(length_ranges(), lambda band: band.shortest < band.longest))
    '0.05-0.051 mm'
    """
    ends = needle_lengths(shortest=shortest, longest=longest)
    return _rising(LengthRange, ("shortest", "longest"), ends)


@draws(PenetrationDepth, BETWEEN)
def penetration_depths(
    *, shallowest_nm: int | None = None, deepest_nm: int | None = None
) -> SearchStrategy[PenetrationDepth]:
    """Draw depths that needles really reached."""
    depths = wholes(PenetrationDepth, "nm", shallowest_nm=shallowest_nm, deepest_nm=deepest_nm)
    return drawn(PenetrationDepth, nm=depths)


@draws(Interval, BETWEEN)
def intervals(
    *, shortest_days: int | None = None, longest_days: int | None = None
) -> SearchStrategy[Interval]:
    """
    Draw the days between two sessions.

    >>> from hypothesis import find
    >>> str(find(intervals(shortest_days=14), lambda gap: gap.maximum_days > 20))
    '14-21 days (preferred 14)'
    """
    names = ("minimum_days", "preferred_days", "maximum_days")
    gaps = wholes(Interval, names[0], shortest_days=shortest_days, longest_days=longest_days)
    return _rising(Interval, names, gaps)


@draws(SessionCount, BETWEEN)
def session_counts(
    *, fewest: int | None = None, most: int | None = None
) -> SearchStrategy[SessionCount]:
    """Draw how many sessions."""
    counts = wholes(SessionCount, "fewest", fewest=fewest, most=most)
    return _rising(SessionCount, ("fewest", "most"), counts)


@draws(Passes, BETWEEN)
def passes(*, fewest: int | None = None, most: int | None = None) -> SearchStrategy[Passes]:
    """Draw passes over the skin in one session."""
    counts = wholes(Passes, "fewest", fewest=fewest, most=most)
    return _rising(Passes, ("fewest", "most"), counts)


@draws(Downtime, BETWEEN)
def downtimes(
    *, shortest_days: int | None = None, longest_days: int | None = None
) -> SearchStrategy[Downtime]:
    """Draw days of recovery."""
    names = ("shortest_days", "longest_days")
    spans = wholes(Downtime, names[0], shortest_days=shortest_days, longest_days=longest_days)
    return _rising(Downtime, names, spans)


@draws(HourWindow, BETWEEN)
def hour_windows(
    *, earliest_hours: int | None = None, latest_hours: int | None = None
) -> SearchStrategy[HourWindow]:
    """Draw spans of hours, either end of which may be unreported."""
    hours = wholes(
        HourWindow, "min_hours", earliest_hours=earliest_hours, latest_hours=latest_hours
    )
    return _open_ended(HourWindow, ("min_hours", "max_hours"), hours)


@draws(Spread, BETWEEN)
def spreads(*, lowest: int | None = None, highest: int | None = None) -> SearchStrategy[Spread]:
    """Draw the lowest and the highest figure of a source, either of which may be unreported."""
    figures = wholes(Spread, "lowest", lowest=lowest, highest=highest)
    return _open_ended(Spread, ("lowest", "highest"), figures)


def _rising(
    kind: type[T], names: tuple[str, ...], figures: SearchStrategy[object]
) -> SearchStrategy[T]:
    """Draw figures of one kind in rising order."""
    return drawn(kind, rising(*names), **dict.fromkeys(names, figures))


def _open_ended(
    kind: type[T], names: tuple[str, str], figures: SearchStrategy[int]
) -> SearchStrategy[T]:
    """Draw a low and a high figure, at least one of them known."""
    low, high = names
    perhaps = st.none() | figures
    return st.one_of(
        drawn(kind, rising(*names), **{low: figures, high: perhaps}),
        drawn(kind, **{low: st.none(), high: figures}),
    )
