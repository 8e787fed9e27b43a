"""The answers for one visit as text: what binds all areas, and each area for itself."""

from typing import TYPE_CHECKING

from microneedling.display.answers import brief, reason_lines, whole
from microneedling.display.text import decides, footer, section, wrapped

if TYPE_CHECKING:
    from microneedling.values.visits import VisitAnswer

__all__ = ["visit", "visit_summary"]


def _headline(answer: "VisitAnswer") -> str:
    count = len(answer.answers)
    day = answer.answers[0].assessment.on.isoformat()
    if count == 1:
        return f"VISIT of one area on {day}"
    return f"VISIT of {count} areas on {day}: an answer for each, and no verdict over all"


def visit_summary(answer: "VisitAnswer") -> str:
    """Render the answers in a few lines each."""
    lines = [_headline(answer)]
    named = dict.fromkeys(r.finding.value.replace("_", " ") for r in answer.binding if r.finding)
    if named and len(answer.answers) > 1:
        lines.append(wrapped(", ".join(named), "    ", "  Of the person, binds all: "))
    lines += [wrapped(reason.why, "    ", "  To be heeded: ") for reason in answer.notices]
    for one in answer.answers:
        lines += ["", *brief(one)]
    return "\n".join([*lines, decides(answer.provenance.edition)])


def visit(answer: "VisitAnswer") -> str:
    """Render the answers, each whole, with their reasons and sources."""
    lines = [_headline(answer)]
    if len(answer.answers) > 1:
        binding = [line for reason in answer.binding for line in reason_lines(reason)]
        lines += section("Of the person, binds all areas", binding)
    notices = [line for reason in answer.notices for line in reason_lines(reason)]
    lines += section("To be heeded of all areas together", notices)
    for number, one in enumerate(answer.answers, 1):
        lines += ["", f"AREA {number}: {one.assessment.site.value}", "", *whole(one)]
    return "\n".join([*lines, *footer(answer.provenance, answer.sources)])
