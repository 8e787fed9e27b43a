"""Strategies for tables: sets of columns, and rows that shrink to the unremarkable one."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

import microneedling as mn
from tests.frames import rows as oracle
from tests.frames.kinds import DAYS, FINDINGS, LISTS, OPTIONAL
from tests.frames.rows import Row

ON = date(2026, 11, 22)
# Where something begins or ends.
WAITS = (0, 1, 4, 5, 13, 14, 27, 28, 29, 30, 89, 90, 179, 180, 181, 364, 365, 366)


def _codes(name: str) -> st.SearchStrategy[Any]:
    known = [code.value for code in oracle.CODES[name]]
    return st.sampled_from([*known, *known, *known, None, "", known[0].upper(), "none such"])


def values(name: str) -> st.SearchStrategy[Any]:
    """Draw what may stand in a column, mostly what is right."""
    if name in oracle.CODES:
        return _codes(name)
    if name == "on":
        return st.sampled_from([ON, date(2024, 2, 29), date(1900, 1, 1), date(1899, 12, 31), None])
    if name == "age_years":
        return st.one_of(st.sampled_from([17, 18, 21, 22, 0, 130, -1, 131, None]), st.integers())
    if name in LISTS:
        codes = st.sampled_from([*FINDINGS, *FINDINGS, None, "none such"])
        return st.none() | st.lists(codes, max_size=3)
    if name in DAYS:
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
    drawn = [name for name in columns if name in oracle.CODES]
    row |= {
        name: draw(st.sampled_from([code.value for code in oracle.CODES[name]])) for name in drawn
    }
    for name in draw(st.lists(st.sampled_from(columns), max_size=5, unique=True)):
        row[name] = draw(values(name))
        flag = name.removesuffix("_last_on")
        if name in DAYS and flag in row and draw(st.integers(0, 9)):
            row[flag] = True
    return row


@st.composite
def tables(draw: st.DrawFn, optional: Sequence[str] = OPTIONAL) -> tuple[list[str], list[Row]]:
    """Draw some columns in any order, and rows of them."""
    more = draw(st.lists(st.sampled_from(optional), max_size=8, unique=True))
    # Together with their days, or the days would be of what is not told.
    waits = [name for name in optional if name in DAYS]
    timed = [day for day in map("{}_last_on".format, mn.Finding) if day in waits]
    more += [day for day in draw(st.lists(st.sampled_from(timed or [""]), max_size=2)) if day]
    columns = draw(st.permutations([*oracle.REQUIRED, *dict.fromkeys(more)]))
    rows = draw(st.lists(_row(columns), min_size=1, max_size=25))
    return columns, rows
