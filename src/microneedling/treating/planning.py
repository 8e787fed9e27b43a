"""Dating what is to come of several areas together: on the same days, where all document them."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import TypeAlias

from microneedling._foundation.errors import InputError
from microneedling.treating.ledger import Progress
from microneedling.treating.open_days import Calendar
from microneedling.treating.scheduling import Outlook, outlook, redated
from microneedling.treating.session_obstacles import Window
from microneedling.treating.together import leading
from microneedling.values.courses import Interval
from microneedling.values.reasons import Effect, Reason
from microneedling.values.schedules import Schedule

__all__ = ["planned_anew", "why_paused"]

# What an error of planning says, for which a plan is paused.
_NO_ROOM = {"does_not_fit", "out_of_calendar"}


Ledgers: TypeAlias = tuple[Progress, ...]


def planned_anew(
    plans: Sequence[Schedule], areas: Sequence[Ledgers], on: date, calendar: Calendar
) -> tuple[Schedule, ...]:
    """
    Date what is to come of each area; nothing that was recorded makes it fail.

    Args:
        plans: As they were, one an area.
        areas: The ledgers of each area, in the same order; of several the more cautious counts.
        on: The day; not before the last record of any.
        calendar: The open days.
    """
    found = [_outlook(plan, ledgers, on) for plan, ledgers in zip(plans, areas, strict=True)]
    return tuple(
        _dated(plan, ledgers, on, calendar, one)
        for plan, ledgers, one in zip(plans, areas, _together(found), strict=True)
    )


def why_paused(plan: Schedule, ledgers: Ledgers, on: date) -> tuple[Reason, ...]:
    """Say why a plan is paused: what was recorded, or else that there is no room for it."""
    return _outlook(plan, ledgers, on).paused or _no_room(ledgers)


def goes_on(plan: Schedule, ledgers: Ledgers, on: date) -> bool:
    """Tell whether what was recorded lets sessions come: it neither pauses nor ends the course."""
    found = _outlook(plan, ledgers, on)
    return found.window is not None and not found.paused


def _no_room(ledgers: Ledgers) -> tuple[Reason, ...]:
    return (ledgers[0].knowledge.rule("plan_does_not_fit").reason(Effect.DEFER),)


def _outlook(plan: Schedule, ledgers: Ledgers, on: date) -> Outlook:
    first = leading(ledgers)
    found = outlook(plan, first, on)
    for other in ledgers:
        if other is not first:
            found = _also(found, outlook(plan, other, on))
    return found


def _also(found: Outlook, other: Outlook) -> Outlook:
    """Let what another ledger says count as well."""
    if found.window is None and not found.paused:
        return found
    if other.window is None and not other.paused:
        return found._replace(window=None, paused=())
    if found.paused or other.paused:
        paused = tuple(dict.fromkeys((*found.paused, *other.paused)))
        return found._replace(window=None, paused=paused)
    if found.window is None or other.window is None:
        return found
    return found._replace(window=found.window.not_before(other.window.earliest))


def _dated(
    plan: Schedule, ledgers: Ledgers, on: date, calendar: Calendar, found: Outlook
) -> Schedule:
    try:
        return redated(plan, on, calendar, found)
    except InputError as error:
        if error.code not in _NO_ROOM:
            raise
    return redated(plan, on, calendar, found._replace(paused=_no_room(ledgers)))


def _together(found: list[Outlook]) -> list[Outlook]:
    """Let those that are to come share their days; each keeps its own where they do not meet."""
    going_on = [one for one in found if one.window is not None]
    windows = [one.window for one in going_on if one.window is not None]
    interval = reduce(_both, [one.interval for one in going_on]) if going_on else None
    if len(going_on) < 2 or interval is None:  # noqa: PLR2004 - together are two
        return found
    earliest = max(window.earliest for window in windows)
    longest = min((w.longest for w in windows if w.longest is not None), default=None)
    if longest is not None and longest < earliest:
        return found
    preferred = max(window.preferred for window in windows)
    if longest is not None:
        preferred = max(earliest, min(preferred, longest))
    shared = Window(earliest, preferred, longest)
    healing = max(one.healing for one in going_on)
    return [
        one
        if one.window is None
        else one._replace(window=shared, interval=interval, healing=healing)
        for one in found
    ]


def _both(one: Interval | None, other: Interval | None) -> Interval | None:
    return None if one is None or other is None else one.intersection(other)
