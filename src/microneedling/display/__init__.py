"""
Values as text for people. Reads values, decides nothing.

Values show themselves by the door on the ground floor, which is the only way from them to here.
It imports what it shows: the course in time, the decision, the knowledge, values.
"""

from microneedling.display.answers import explain, summary
from microneedling.display.courses import (
    care_plan,
    ledger,
    next_step,
    next_step_summary,
    person_facts,
    schedule,
    treatment,
)
from microneedling.display.editions import comparison, knowledge
from microneedling.display.visits import visit, visit_summary

__all__ = [
    "care_plan",
    "comparison",
    "explain",
    "knowledge",
    "ledger",
    "next_step",
    "next_step_summary",
    "person_facts",
    "schedule",
    "summary",
    "treatment",
    "visit",
    "visit_summary",
]
