"""
The days of a row, and how they lie to each other, in the words of narwhals.

A day is held against its bounds as it comes, in its column's own type: what lies outside may be
more than another type holds, or more than can be added to.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache

import narwhals.stable.v2 as nw

from microneedling._foundation.checks import FIRST_DATE, LAST_DATE, MOST_DAYS
from microneedling.frames.input_columns import Inputs

__all__ = ["Days", "day_texts", "each_day"]


class Days:
    """
    The columns of days that a table has.

    Args:
        inputs: What the table gives.
        source: Names the column that holds an input.
    """

    def __init__(self, inputs: Inputs, source: Callable[[str], str]) -> None:
        self._source = source
        # What is nothing but nulls may have any type.
        self.kind: nw.dtypes.DType = nw.Datetime() if inputs.dayless else inputs.days["on"]
        self._kinds = {**inputs.days, "on": self.kind}

    def as_it_comes(self, name: str) -> nw.Expr:
        """Give a column as it is."""
        return nw.col(self._source(name))

    def outside(self, name: str) -> nw.Expr:
        """Tell whether a day lies outside the bounds of all days."""
        first, last = self._as(name, FIRST_DATE), self._as(name, LAST_DATE)
        day = self.as_it_comes(name)
        return (day < first) | (day > last)

    def brought_near(self, name: str) -> nw.Expr:
        """Give a column with any day outside the bounds just outside: Python holds no others."""
        day = self.as_it_comes(name)
        near = nw.lit(
            self._as(name, FIRST_DATE.replace(year=FIRST_DATE.year - 1)), self._kinds[name]
        )
        return nw.when(self.outside(name)).then(near).otherwise(day)

    def timed(self, name: str) -> nw.Expr | None:
        """Tell whether a day has a time other than midnight, where its type has times."""
        if self._kinds[name] == nw.Date:
            return None
        day = self._within(name)
        return day.dt.truncate("1d") != day

    def given(self, name: str) -> nw.Expr:
        """Give a day within the bounds, null elsewhere, as what the day of assessment is."""
        day = self._within(name)
        return day if self._kinds[name] == self.kind else day.cast(self.kind)

    def _within(self, name: str) -> nw.Expr:
        first, last = self._as(name, FIRST_DATE), self._as(name, LAST_DATE)
        day = self.as_it_comes(name)
        return nw.when((day >= first) & (day <= last)).then(day)

    def _as(self, name: str, day: date) -> date:
        return day if self._kinds[name] == nw.Date else datetime.combine(day, time())


@cache
def each_day() -> tuple[date | None, ...]:
    """Give every day that there is, and two that are none: of nothing, and of what is no day."""
    days = [FIRST_DATE + timedelta(days=n) for n in range(MOST_DAYS + 1)]
    return (*days, None, None)


@cache
def day_texts() -> tuple[str, ...]:
    """Give the one spelling of every day."""
    return tuple(day.isoformat() for day in each_day() if day is not None)
