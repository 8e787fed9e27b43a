"""Two copies of one treatment, each with entries that the other lacks. Pure."""

from collections.abc import Iterable

from attrs import evolve

from microneedling._foundation import checks
from microneedling.treating.ledger import Progress
from microneedling.treating.together import ledgers_in_order, sites_of
from microneedling.treating.treatment import Treatment
from microneedling.values.schedules import Schedule

__all__ = ["merge"]


def merge(one: Treatment, other: Treatment) -> Treatment:
    """
    Put together what two people kept of one treatment, each without the other's entries.

    It holds every entry of both. A ledger that goes on where the other ends takes its place; two
    that went different ways stand beside each other, and what comes next is the more cautious of
    both until both come to the same. In whatever order, and however often, it comes to the same.

    Args:
        one: The treatment as one kept it.
        other: The same treatment as another kept it.

    Returns:
        The treatment, planned anew; where one of them holds all of the other, that one.

    Raises:
        InputError: ``other_course`` if they are not of one course in an area that both have.
    """
    checks.instance(one, "one", Treatment)
    checks.instance(other, "other", Treatment)
    held = ledgers_in_order((*one.ledgers, *other.ledgers))
    newest = ledgers_in_order(
        ledger for ledger in held if not any(_goes_on(longer, ledger) for longer in held)
    )
    closed = one.closed | other.closed
    untils = [day for day in (one.until, other.until) if day is not None]
    until = min(untils, default=None)
    for whole in (one, other):
        if (newest, closed, until) == (whole.ledgers, whole.closed, whole.until):
            return whole
        by_site = dict(zip(one.sites, one.plans, strict=True))
    for site, plan in zip(other.sites, other.plans, strict=True):
        by_site[site] = max(by_site.get(site, plan), plan, key=_plan_order)
    base = evolve(one, closed=closed, until=until)
    merged = base.with_ledgers(newest, tuple(by_site[site] for site in sites_of(newest)))
    revision = _entries_in(newest)
    return evolve(
        merged,
        plans=[evolve(plan, revision=revision, revised_on=merged.day) for plan in merged.plans],
    )


def _goes_on(longer: Progress, ledger: Progress) -> bool:
    """Tell whether a ledger goes on where another ends."""
    count = len(ledger.entries)
    return len(longer.entries) > count and longer.entries[:count] == ledger.entries


def _plan_order(plan: Schedule) -> tuple[object, ...]:
    held = tuple(session.day for session in plan.sessions if session.held_on)
    return len(held), held, tuple(session.preferred for session in plan.sessions)


def _entries_in(ledgers: Iterable[Progress]) -> int:
    """Count the entries of ledgers, those that they share once: it rises with every merge."""
    return len({one.entries[: place + 1] for one in ledgers for place in range(len(one.entries))})
