"""The answers for one visit as text: what binds all areas, and each area for itself."""

from typing import TYPE_CHECKING

from microneedling.display.answers import SECTIONS, body
from microneedling.display.brief import area, ending, patient_rows, shared
from microneedling.display.labels import label
from microneedling.display.languages import beside, counted, say
from microneedling.display.reasons import in_short, name, reason_lines, short
from microneedling.display.text import (
    MOST_LINES,
    Page,
    about,
    chosen,
    made_by,
    reader,
    row,
    rows,
    section,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microneedling.values.reasons import Reason
    from microneedling.values.session_rows import Audience
    from microneedling.values.visits import VisitAnswer

__all__ = ["binding", "binding_rows", "headline", "visit", "visit_brief"]


def headline(answer: "VisitAnswer") -> str:
    """Say of how many areas it is, and of which day."""
    count = len(answer.answers)
    day = answer.answers[0].assessment.on.isoformat()
    return counted(
        "visit.headline",
        "VISIT of one area on {day}",
        "VISIT of {count} areas on {day}: an answer for each, and no verdict over all",
        count,
        day=day,
    )


def visit_brief(answer: "VisitAnswer", audience: "Audience | str | None" = None) -> str:
    """Render the answers on a screen or two: what binds all once, then each area."""
    told, lines = binding_rows(answer)
    lines = [headline(answer), *lines]
    room = MOST_LINES // len(answer.answers)
    for one in answer.answers:
        lines += ["", *area(one, room, told)]
    lines += ["", *shared(answer.answers, reader(audience)), *ending(answer.answers)]
    return "\n".join(lines)


def binding_rows(answer: "VisitAnswer") -> "tuple[tuple[Reason, ...], list[str]]":
    """Give what binds all areas where there are several, and the rows that tell it."""
    told = answer.binding if len(answer.answers) > 1 else ()
    lines: list[str] = []
    if told:
        named = dict.fromkeys(filter(None, map(name, told)))
        lines += row(say("visit.binds", "Binds all"), ", ".join(named))
        against = [r for r in told if r.weight and not r.question]
        lines += rows(say("brief.Because", "Because"), beside(lambda: [*map(short, against)]))
        lines += patient_rows(told)
    heeded = beside(lambda: [in_short(reason) for reason in answer.notices])
    return told, lines + rows(say("brief.Heed", "Heed"), heeded)


def visit(
    answer: "VisitAnswer",
    sections: "Iterable[str] | None" = None,
    audience: "Audience | str | None" = None,
) -> str:
    """Render the answers, each by its sections, with their reasons and sources."""
    page, reads = Page(), reader(audience)
    names = chosen(sections, SECTIONS)
    lines = [headline(answer), *binding(answer, page)]
    for number, one in enumerate(answer.answers, 1):
        lines += ["", f"AREA {number}: {label(one.assessment.site)}", ""]
        lines += body(one, page, names, None, reads)
    lines += about(answer.provenance) if "about" in names else []
    return "\n".join([*lines, *page.sources(), *made_by(answer.provenance)])


def binding(answer: "VisitAnswer", page: Page) -> list[str]:
    """Give what binds all areas, with its sources."""
    lines: list[str] = []
    if len(answer.answers) > 1:
        held = [line for reason in answer.binding for line in reason_lines(page, reason)]
        lines += section("Of the person, binds all areas", held)
    notices = [line for reason in answer.notices for line in reason_lines(page, reason)]
    return lines + section("To be heeded of all areas together", notices)
