"""Strategies for tables: sets of columns, and rows that shrink to the unremarkable one."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.frames import kinds, rows as oracle
from tests.frames.kinds import CLEARED, DAYS, FINDINGS, LISTS, ONGOING, OPTIONAL, SESSION, is_day
from tests.frames.rows import Row

ON = date(2026, 11, 22)
# Within bounds and outside.
SOME: Mapping[str, tuple[Any, ...]] = {
    "on": (ON, date(2024, 2, 29), date(1900, 1, 1), date(1899, 12, 31)),
    "label_maximum_um": (500, 1000, 3500, 49, 3501),
    "earlier_session_length_um": (500, 1000, 3500, 49, 3501),
    "longest_downtime_days": (0, 2, 60, -1, 61),
    "most_visits": (1, 4, 100, 0, 101),
}
# Where something begins or ends.
WAITS = (0, 1, 4, 5, 13, 14, 27, 28, 29, 30, 89, 90, 179, 180, 181, 364, 365, 366)


def _codes(name: str) -> st.SearchStrategy[Any]:
    known = [code.value for code in oracle.CODES[name]]
    return st.sampled_from([*known, *known, *known, None, "", known[0].upper(), "none such"])


def values(name: str) -> st.SearchStrategy[Any]:
    """Draw what may stand in a column, mostly what is right."""
    if name in oracle.CODES:
        return _codes(name)
    if name in SOME:
        return st.sampled_from([*SOME[name], None])
    if name == "age_years":
        return st.one_of(st.sampled_from([17, 18, 21, 22, 0, 130, -1, 131, None]), st.integers())
    if name in LISTS:
        codes = st.sampled_from([*FINDINGS, *FINDINGS, None, "none such"])
        return st.none() | st.lists(codes, max_size=3)
    if is_day(name):
        ago = st.sampled_from([*WAITS, -1])
        odd = st.sampled_from([None, date(1899, 12, 31), date(2199, 12, 31), date(2200, 1, 1)])
        return odd | st.builds(lambda days: ON - timedelta(days=days), ago)
    return st.sampled_from([False, None, True])


def usual(columns: Sequence[str]) -> Row:
    """Give a row to which nothing speaks against treatment."""
    told: Row = {
        "on": ON,
        "indication": "striae",
        "severity": "mild",
        "site": "abdomen",
        "setting": "clinic",
        "skin_type": "II",
        "age_years": 34,
        "everything_asked": True,
    }
    told |= dict.fromkeys(FINDINGS, False)
    return {name: told.get(name) for name in columns}


@st.composite
def _row(draw: st.DrawFn, columns: Sequence[str]) -> Row:
    row = usual(columns)
    drawn = [name for name in columns if name in kinds.BASE and name in oracle.CODES]
    row |= {
        name: draw(st.sampled_from([code.value for code in oracle.CODES[name]])) for name in drawn
    }
    for name in draw(st.lists(st.sampled_from(columns), max_size=5, unique=True)):
        row[name] = draw(values(name))
        # With the day that it needs, or hardly any session and clearance would be told whole.
        days = SESSION[:3] if name in SESSION else (name.replace("_cleared_by", "_cleared_on"),)
        told = ON - timedelta(days=draw(st.sampled_from(WAITS)))
        row |= {day: told for day in days if day in row and row[day] is None and row[name]}
    return oracle.agreeing(row) if draw(st.integers(0, 9)) else row


@st.composite
def _keyed(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw columns that make a table one that is decided row by row, with what they need."""
    cleared = draw(st.lists(st.sampled_from(CLEARED), max_size=2))
    days = draw(st.sampled_from([(), SESSION[:1], SESSION[1:3], SESSION[:3]]))
    details = draw(st.lists(st.sampled_from(SESSION[3:]), unique=True)) if days else []
    others = ("device_kind", "label_maximum_um", "longest_downtime_days", "numbing", "most_visits")
    more = draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
    findings = [name.removesuffix("_cleared_on") for name, _ in cleared]
    return (*findings, *(name for pair in cleared for name in pair), *days, *details, *more)


@st.composite
def tables(draw: st.DrawFn, optional: Sequence[str] = OPTIONAL) -> tuple[list[str], list[Row]]:
    """Draw some columns in any order, and rows of them."""
    more = draw(st.lists(st.sampled_from(optional), max_size=8, unique=True))
    # Together with their days, or the days would be of what is not told.
    more += draw(st.lists(st.sampled_from([*DAYS, *ONGOING]), max_size=2))
    if draw(st.integers(0, 3)) == 3:
        more += draw(_keyed())
    columns = draw(st.permutations([*oracle.REQUIRED, *dict.fromkeys(more)]))
    rows = draw(st.lists(_row(columns), min_size=1, max_size=25))
    return columns, rows
