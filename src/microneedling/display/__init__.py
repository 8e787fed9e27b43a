"""
Values as text for people. Reads values, decides nothing.

It stands below the values in the order of imports, so that they can render
themselves; it knows them by their types alone.
"""

from microneedling.display.answers import explain, summary
from microneedling.display.courses import care_plan, ledger, next_step, next_step_summary, schedule
from microneedling.display.editions import comparison, knowledge

__all__ = [
    "care_plan",
    "comparison",
    "explain",
    "knowledge",
    "ledger",
    "next_step",
    "next_step_summary",
    "schedule",
    "summary",
]
