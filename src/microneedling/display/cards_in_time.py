"""What is shown of a course in time, as documents."""

from typing import TYPE_CHECKING

from microneedling.display import courses
from microneedling.display.cards import sources
from microneedling.display.documents import Block, Document, LinkedPage, Paragraph, Part, tree
from microneedling.display.labels import label, labels, sentence
from microneedling.display.languages import say

if TYPE_CHECKING:
    from microneedling.treating.care import CarePlan
    from microneedling.treating.ledger import Progress
    from microneedling.treating.treatment import Treatment
    from microneedling.values.person import PersonFacts
    from microneedling.values.schedules import Schedule

__all__ = ["care_plan", "ledger", "person_facts", "schedule", "treatment"]


def _lines(text: str, above: int) -> tuple[Block, ...]:
    """Take a text apart: so many sentences above, and the lists below them."""
    lines = text.split("\n")
    sentences = tuple(Paragraph((line.strip(),)) for line in lines[:above])
    return (*sentences, *tree(LinkedPage(), lines[above:]))


def schedule(dated: "Schedule") -> Document:
    """Make the document of the days of a course."""
    return Document(say("html.days", "Days of the sessions"), _lines(courses.schedule(dated), 1))


def care_plan(plan: "CarePlan") -> Document:
    """Make the document of the dated care."""
    page = LinkedPage()
    lines = courses.care_plan(plan, page).split("\n")
    title = say("html.care", "Care before and after the sessions")
    return Document(title, (*tree(page, lines), *sources(page.named())))


def ledger(progress: "Progress") -> Document:
    """Make the document of what happened in a course."""
    return Document(say("html.happened", "What happened"), _lines(courses.ledger(progress), 2))


def treatment(held: "Treatment") -> Document:
    """Make the document of a treatment, area by area."""
    areas: list[Block] = []
    for number, (site, plan) in enumerate(zip(held.sites, held.plans, strict=True), 1):
        key = f"area-{number}"
        told = [(f"{key}-ledger", ledger(one)) for one in held.of(site)]
        told.append((f"{key}-days", schedule(plan)))
        parts = tuple(Part(of, one.title, one.blocks) for of, one in told)
        areas.append(Part(key, sentence(label(site)), parts))
    title = say("html.treatment", "Treatment: {areas}", areas=labels(held.sites))
    return Document(title, tuple(areas))


def person_facts(facts: "PersonFacts") -> Document:
    """Make the document of what a course tells of the person."""
    first, *lines = courses.person_facts(facts).split("\n")
    return Document(first.rstrip(":"), tree(LinkedPage(), lines))
