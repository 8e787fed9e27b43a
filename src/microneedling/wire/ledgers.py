"""Ledgers and treatments read: their courses and editions are found by their names."""

from datetime import date
from functools import partial
from typing import Annotated, TypeAlias

from attrs import evolve, frozen

from microneedling._foundation.checks import refuse, within
from microneedling._foundation.errors import InputError
from microneedling._foundation.field_bounds import AtLeastOne, Whole
from microneedling._foundation.value_class import Value
from microneedling.deciding.recommending import recommend
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.ledger import MOST_ENTRIES, Progress, standing_of
from microneedling.treating.planning import why_paused
from microneedling.treating.together import ledgers_in_order, sites_of
from microneedling.treating.treatment import Treatment
from microneedling.values.assessments import Assessment
from microneedling.values.events import Entry
from microneedling.values.schedules import PlannedSession, Schedule
from microneedling.values.vocabulary import Site
from microneedling.wire import verifying
from microneedling.wire.reading_modes import Fields, Way

__all__ = [
    "Editions",
    "LedgerDocument",
    "NamedEdition",
    "TreatmentDocument",
    "progress",
    "treatment",
]

Editions: TypeAlias = tuple[Knowledge, ...]


@frozen(kw_only=True, repr=False)
class NamedEdition(Value):
    """An edition as a document names it."""

    id: str
    digest: str


@frozen(kw_only=True, repr=False)
class LedgerDocument(Value):
    """The document of a ledger; the course and the editions are found by their names."""

    assessment: Assessment
    protocols: tuple[str, ...]
    editions: Annotated[tuple[NamedEdition, ...], AtLeastOne("edition")]
    entries: tuple[Entry, ...]


def progress(way: Way, fields: Fields, editions: Editions) -> Progress | None:
    """Read a ledger; None where its parts are wrong, which is told."""
    _check_length(fields, "$")
    held: LedgerDocument | None = way.part(LedgerDocument, fields, "$")
    return None if held is None else _ledger(held, editions, "$")


def _check_length(fields: object, path: str) -> None:
    entries = fields.get("entries") if type(fields) is dict else None
    if type(entries) is list and len(entries) > MOST_ENTRIES:
        refuse("too_large", f"{path}.entries", f"give at most {MOST_ENTRIES} entries")


def _ledger(held: LedgerDocument, editions: Editions, path: str) -> Progress:
    """Make the ledger of its document, which stands at a path."""
    kept = verifying.each_edition(
        editions, [(named.id, named.digest) for named in held.editions], f"{path}.editions"
    )
    at = path.removeprefix("$").removeprefix(".")
    engines = [
        (one.engine, f"{at and f'{at}.'}entries[{n}].engine") for n, one in enumerate(held.entries)
    ]
    unknown = [*verifying.unknown_engines(engines)]
    if unknown:
        raise InputError(*unknown)
    options = recommend(held.assessment, kept[0]).options
    course = next((option for option in options if option.protocols == held.protocols), None)
    if course is None:
        message = "name a course that is offered for the assessment"
        refuse("not_offered", f"{path}.protocols", message)
    return within(
        f"{path}.",
        lambda: Progress(
            assessment=held.assessment, course=course, editions=kept, entries=held.entries
        ),
    )


@frozen(kw_only=True, repr=False)
class PlanDocument(Value):
    """The plan of an area; its course is that of the ledger, and why it is paused follows."""

    start: date
    sessions: Annotated[tuple[PlannedSession, ...], AtLeastOne("session")]
    revision: Annotated[int, Whole(0, 1_000_000, "revisions")]
    revised_on: date | None
    paused: bool


@frozen(kw_only=True, repr=False)
class TreatmentDocument(Value):
    """The document of a treatment: its ledgers, each as by itself, and a plan for each area."""

    ledgers: Annotated[tuple[LedgerDocument, ...], AtLeastOne("ledger")]
    plans: Annotated[tuple[PlanDocument, ...], AtLeastOne("plan")]
    closed: frozenset[date]
    until: date | None


def treatment(way: Way, fields: Fields, editions: Editions) -> Treatment | None:
    """Read a treatment; None where its parts are wrong, which is told."""
    told = fields.get("ledgers")
    for number, one in enumerate(told if type(told) is list else ()):
        _check_length(one, f"$.ledgers[{number}]")
    held: TreatmentDocument | None = way.part(TreatmentDocument, fields, "$")
    if held is None:
        return None
    ledgers = ledgers_in_order(
        _ledger(one, editions, f"$.ledgers[{n}]") for n, one in enumerate(held.ledgers)
    )
    if len(held.plans) != len(sites_of(ledgers)):
        refuse("contradiction", "$.plans", "give one plan for each area")
    day = max(standing_of(one).day for one in ledgers)
    plans = [
        within(f"$.plans[{n}].", partial(_plan, plan, ledgers, site, day))
        for n, (plan, site) in enumerate(zip(held.plans, sites_of(ledgers), strict=True))
    ]
    return within(
        "$.",
        lambda: Treatment(ledgers=ledgers, plans=plans, closed=held.closed, until=held.until),
    )


def _plan(held: PlanDocument, ledgers: tuple[Progress, ...], site: Site, day: date) -> Schedule:
    area = tuple([one for one in ledgers if one.assessment.site is site])
    plan = partial(
        Schedule,
        course=area[0].course,
        start=held.start,
        revision=held.revision,
        revised_on=held.revised_on,
    )
    if not held.paused:
        return plan(sessions=held.sessions)
    # Why, is told by what was held alone.
    told = [s if s.held_on else evolve(s, cancelled=True) for s in held.sessions]
    return plan(sessions=held.sessions, paused=why_paused(plan(sessions=tuple(told)), area, day))
