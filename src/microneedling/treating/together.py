"""Ledgers of one area that two people kept: recorded in all, and the more cautious counts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import evolve

from microneedling._foundation.errors import InputError
from microneedling._foundation.field_bounds import declared
from microneedling._foundation.value_class import Value
from microneedling.treating.ledger import Progress
from microneedling.values.events import Event, PlanChanged
from microneedling.values.next_steps import NextStep, Pause, Wait
from microneedling.values.sessions import Safeguard, SessionDone
from microneedling.values.vocabulary import Site

__all__ = ["leading", "ledgers_in_order", "most_cautious", "recorded_in_all", "sites_of"]


def ledgers_in_order(ledgers: Iterable[Progress]) -> tuple[Progress, ...]:
    """Put each ledger once, by its area and what it says: in whatever order they were given."""
    # By what tells two apart: a course is the longest part of a ledger, and follows from the rest.
    held = {
        (one.assessment, one.course.protocols, one.editions, one.entries): one for one in ledgers
    }
    if len(held) == 1:
        return tuple(held.values())
    return tuple(sorted(held.values(), key=lambda one: (one.assessment.site, _told(one.entries))))


def _told(value: Any) -> str:  # noqa: ANN401 - any part of an entry
    """Write a part of an entry so that it can be compared, the same on every machine."""
    if isinstance(value, frozenset):
        return str(sorted(map(_told, value)))
    if isinstance(value, tuple):
        return str([_told(part) for part in value])
    if isinstance(value, Value):
        parts = [_told(getattr(value, name)) for name in declared(type(value))]  # type: ignore[arg-type]  # classes can be hashed
        return f"{type(value).__name__}{parts}"
    return str(value)


def leading(ledgers: Iterable[Progress]) -> Progress:
    """Give the ledger by which an area is planned: that with more sessions, or later ones."""
    return max(ledgers, key=lambda one: (len(one.held), one.held))


def sites_of(ledgers: Iterable[Progress]) -> tuple[Site, ...]:
    """Name the areas of ledgers, each once."""
    return tuple(dict.fromkeys(ledger.assessment.site for ledger in ledgers))


def most_cautious(steps: Iterable[NextStep]) -> NextStep:
    """Give the most cautious of some next steps; of two alike, the later day."""
    return max(steps, key=lambda step: (step.move.rank, _until(step)))


def _until(step: NextStep) -> date:
    return (step.until or date.max) if isinstance(step, (Wait, Pause)) else date.min


def recorded_in_all(ledgers: tuple[Progress, ...], event: Event, by: str) -> tuple[Progress, ...]:
    """
    Record in each ledger of an area.

    What one of several cannot hold, since it is known there or never happened there, is held by
    the others. A safeguard counts in all: it is overridden by name, whichever ledger it is of.

    Raises:
        InputError: If none can hold it, or a safeguard of one is not overridden.
    """
    if len(ledgers) == 1:
        return (ledgers[0].record(event, by=by),)
    named = _named(event)
    longer: list[Progress] = []
    needed: set[Safeguard] = set()
    refused: list[InputError] = []
    for ledger in ledgers:
        against = _against(ledger, event)
        needed |= against
        try:
            longer.append(ledger.record(_overriding(event, against & named), by=by))
        except InputError as error:
            if against - named:
                raise
            refused.append(error)
            longer.append(ledger)
    if len(refused) == len(ledgers):
        raise refused[0]
    if named - needed:
        # As if there were one: it says which override is not needed.
        return tuple([ledger.record(event, by=by) for ledger in ledgers])
    return tuple(longer)


def _named(event: Event) -> frozenset[Safeguard]:
    override = event.override if isinstance(event, (SessionDone, PlanChanged)) else None
    return override.safeguards if override is not None else frozenset()


def _overriding(event: Event, safeguards: frozenset[Safeguard]) -> Event:
    """Give an event that overrides these of its safeguards alone."""
    if not isinstance(event, (SessionDone, PlanChanged)) or event.override is None:
        return event
    kept = evolve(event.override, safeguards=safeguards) if safeguards else None
    return evolve(event, override=kept)


def _against(ledger: Progress, event: Event) -> frozenset[Safeguard]:
    """Give the safeguards of a ledger that speak against an event."""
    try:
        ledger.record(_overriding(event, frozenset()))
    except InputError as error:
        codes = {safeguard.value: safeguard for safeguard in Safeguard}
        return frozenset([codes[p.code] for p in error.problems if p.code in codes])
    return frozenset()
