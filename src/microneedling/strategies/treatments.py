"""Treatments, and what they tell of the person."""

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation.checks import FIRST_DATE
from microneedling.knowledge.knowledge import Knowledge
from microneedling.strategies.from_fields import LAST_START, OF_A_COURSE, draws
from microneedling.strategies.ledgers import progresses
from microneedling.treating.ledger import Progress, standing_of
from microneedling.treating.person import facts_of_person
from microneedling.treating.scheduling import schedule
from microneedling.treating.treatment import Treatment
from microneedling.values.person import PersonFacts

__all__ = ["person_facts", "treatments"]


@draws(Treatment, OF_A_COURSE)
def treatments(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Treatment]:
    """
    Draw treatments of one area, recorded event by event, each plan dated anew.

    >>> from hypothesis import find
    >>> find(treatments(), lambda treatment: bool(treatment.plan().paused)).plan().next
    """
    ledgers = progresses(knowledge=knowledge, earliest=earliest, latest=latest)
    return st.builds(_treated, ledgers, st.frozensets(st.dates(earliest, latest), max_size=2))


def _treated(ledger: Progress, closed: frozenset[date]) -> Treatment:
    """Record again what a ledger says, with a plan beside it."""
    course, first = ledger.course, ledger.entries[0]
    begun = Progress(
        assessment=ledger.assessment,
        course=course,
        editions=ledger.editions[:1],
        entries=(first,),
    )
    wanted = begun.sessions
    count = 1 if course.interval is None else wanted or 1
    planned = schedule(course, first.event.on, closed=closed, sessions=count)
    treatment = Treatment(ledgers=[begun], plans=[planned], closed=closed)
    for entry in ledger.entries[1:]:
        treatment = treatment.record(entry.event, by=entry.by)
    return treatment


@draws(PersonFacts, OF_A_COURSE)
def person_facts(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[PersonFacts]:
    """
    Draw what a course tells of the person.

    >>> from hypothesis import find
    >>> find(person_facts(), lambda facts: True).because
    ()
    """
    ledgers = progresses(knowledge=knowledge, earliest=earliest, latest=latest)
    return ledgers.map(lambda ledger: facts_of_person(ledger, standing_of(ledger).day))
