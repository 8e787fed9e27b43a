"""
Values as text, tables and pictures for people. Reads values, decides nothing.

Values show themselves by the door on the ground floor, which is the only way from them to here.
It imports what it shows: the course in time, the decision, the knowledge, values.
"""

from microneedling.display.answers import explain
from microneedling.display.brief import brief
from microneedling.display.citations import cite, cite_all, source_link
from microneedling.display.courses import care_plan, ledger, person_facts, schedule, treatment
from microneedling.display.editions import comparison, comparison_brief, knowledge
from microneedling.display.flat_tables import edition_table
from microneedling.display.languages import in_language, languages
from microneedling.display.next_steps import next_step, next_step_brief
from microneedling.display.option_tables import answer_table
from microneedling.display.questions import question_list
from microneedling.display.table_texts import table_csv, table_markdown
from microneedling.display.visits import visit, visit_brief

__all__ = [
    "answer_table",
    "brief",
    "care_plan",
    "cite",
    "cite_all",
    "comparison",
    "comparison_brief",
    "edition_table",
    "explain",
    "in_language",
    "knowledge",
    "languages",
    "ledger",
    "next_step",
    "next_step_brief",
    "person_facts",
    "picture",
    "question_list",
    "rich",
    "schedule",
    "source_link",
    "table_csv",
    "table_markdown",
    "treatment",
    "visit",
    "visit_brief",
]


def picture(how: str, value: object, **asked: object) -> str:
    """Draw a value as SVG."""
    from microneedling.display import pictures

    return str(getattr(pictures, how)(value, **asked))


def rich(value: object, card: str, form: str) -> str:
    """Show a value with headings, tables and links; what writes these is loaded only now."""
    from microneedling.display.forms import rich as shown

    return shown(value, card, form)
