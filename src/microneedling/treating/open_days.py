"""The days on which a clinic is open, and where in a window a session is put. Pure."""

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from microneedling._foundation import checks
from microneedling.treating.session_obstacles import Window
from microneedling.values.schedules import PlannedSession

__all__ = ["Asked", "Calendar", "Closed", "Open", "closed_days", "known_closed"]

# The days that are closed: any collection of days.
Closed: TypeAlias = Container[date] | Iterable[object]
# Whether a day is open.
Open: TypeAlias = Callable[[date], bool]

_ONE_DAY = timedelta(days=1)
# A country's holidays are asked so far ahead of the last planned day.
_AHEAD = 3 * 366


def closed_days(closed: object) -> Container[date]:
    """
    Take days as they come: dates, midnights, and what tables and arrays hold, by their values.

    A mapping, such as a country of the package holidays, is asked day by day, since it may know
    more days than it holds.

    Raises:
        InputError: If it is no collection of days.
    """
    if isinstance(closed, (str, bytes)) or not isinstance(closed, (Container, Iterable)):
        checks.refuse("wrong_type", "closed", "give a collection of days, such as a set of dates")
    if isinstance(closed, Mapping) or not isinstance(closed, Iterable):
        for day in closed if isinstance(closed, Iterable) else ():
            _plain_day(day)
        return closed
    return frozenset(map(_plain_day, closed))


def _plain_day(given: object) -> date:
    """Give the day that a value stands for; without naming the libraries that make such values."""
    counted = getattr(given, "astype", None)
    if counted is not None:
        # Of an array, in whatever unit it counts.
        given = counted("datetime64[D]").item()
    if isinstance(given, datetime) and given.tzinfo is None and given.time() == time(0):
        given = given.date()
    return checks.any_day(given, "closed")


class Calendar:
    """The open days up to a last one."""

    def __init__(
        self, closed: object = None, is_open: object = None, until: date | None = None
    ) -> None:
        if until is not None:
            until = checks.day(until, "until")
        self._until = until or checks.LAST_DATE
        self._bound = until is not None
        self._closed = closed_days(closed) if closed is not None else ()
        if is_open is not None and not callable(is_open):
            checks.refuse(
                "wrong_type",
                "is_open",
                "give a function from a date to True or False; closed days are given as `closed`",
            )
        self._asked = is_open
        # Those that were found closed, for whoever keeps them.
        self.found_closed: set[date] = set()

    def open(self, day: date) -> bool:
        """Tell whether a day is open."""
        told: object = day not in self._closed
        if told and self._asked is not None:
            told = self._asked(day)
            checks.flag(told, "is_open")
        if not told:
            self.found_closed.add(day)
        return bool(told)

    def first_open(self, day: date) -> date:
        """Give the first open day from a day on."""
        while day <= self._until:
            if self.open(day):
                return day
            day += _ONE_DAY
        return checks.refuse(
            "does_not_fit" if self._bound else "out_of_calendar",
            "until",
            "the sessions do not fit in before this day; give a later one, an earlier start, "
            "fewer sessions or more open days",
        )

    def _open_between(self, first: date, last: date) -> date | None:
        """Give the first open day from one to another, if there is one."""
        day, last = first, min(last, self._until)
        while day <= last:
            if self.open(day):
                return day
            day += _ONE_DAY
        return None

    def _open_back(self, last: date, first: date) -> date | None:
        """Give the last open day from one back to another, if there is one."""
        day = min(last, self._until)
        while day >= first:
            if self.open(day):
                return day
            day -= _ONE_DAY
        return None

    def _day(self, window: Window) -> date:
        """
        Give the day for a session: a documented one, where one is open.

        The preferred day or the first open one after it; where none is left up to the longest
        documented gap, the last one before it; and only where no documented day is open, the first
        one beyond.
        """
        if window.longest is None:
            return self.first_open(window.preferred)
        within = self._open_between(window.preferred, window.longest)
        if within is None:
            within = self._open_back(min(window.preferred, window.longest), window.earliest)
        return within or self.first_open(max(window.preferred, window.earliest))

    def planned(self, number: int, window: Window, *, optional: bool) -> PlannedSession:
        """Place a session in its window."""
        day = self._day(window)
        latest = None
        if window.longest is not None:
            latest = self._open_back(window.longest, day) or day
        return PlannedSession(
            number=number,
            earliest=self.first_open(window.earliest),
            preferred=day,
            latest=latest,
            days_beyond=window.days_beyond(day),
            optional=optional,
        )


def known_closed(closed: Closed | None, first: date, last: date) -> frozenset[date]:
    """Keep closed days as data: those of a collection, or what it says of the days to come."""
    if closed is None:
        return frozenset()
    shut = closed_days(closed)
    if isinstance(shut, frozenset):
        return shut
    days = range((min(last, checks.LAST_DATE - timedelta(days=_AHEAD)) - first).days + _AHEAD)
    ahead = (first + timedelta(days=number) for number in days)
    return frozenset(day for day in ahead if day in shut)


class Asked:
    """A function that tells whether a day is open, and what it said."""

    def __init__(self, is_open: Open | None) -> None:
        if is_open is not None and not callable(is_open):
            message = "give a function; closed days are given as `closed`"
            checks.refuse("wrong_type", "is_open", message)
        self._is_open = is_open
        self.closed: frozenset[date] = frozenset()

    def __call__(self, day: date) -> bool:
        """Ask, and keep that a day is closed."""
        told = True if self._is_open is None else self._is_open(day)
        if told is False:
            self.closed |= {day}
        return told
