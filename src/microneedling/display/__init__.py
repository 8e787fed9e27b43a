"""
Values as text and pictures for people. Reads values, decides nothing.

Values show themselves by the door on the ground floor, which is the only way from them to here.
It imports what it shows: the course in time, the decision, the knowledge, values.
"""

from microneedling.display.answers import explain
from microneedling.display.brief import brief
from microneedling.display.courses import care_plan, ledger, person_facts, schedule, treatment
from microneedling.display.editions import comparison, comparison_brief, knowledge
from microneedling.display.next_steps import next_step, next_step_brief
from microneedling.display.questions import question_list
from microneedling.display.visits import visit, visit_brief

__all__ = [
    "brief",
    "care_plan",
    "comparison",
    "comparison_brief",
    "explain",
    "knowledge",
    "ledger",
    "next_step",
    "next_step_brief",
    "person_facts",
    "picture",
    "question_list",
    "schedule",
    "treatment",
    "visit",
    "visit_brief",
]


def picture(how: str, value: object, **asked: object) -> str:
    """Draw a value as SVG."""
    from microneedling.display import pictures

    return str(getattr(pictures, how)(value, **asked))
