"""Values as HTML and as Markdown: the document of a value made, and written."""

from typing import TYPE_CHECKING, Any

from microneedling.display import as_html, as_markdown, cards, cards_in_time
from microneedling.display.documents import UNBROKEN
from microneedling.display.text import WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from microneedling.display.documents import Document

__all__ = ["rich"]

_CARDS: "dict[str, Callable[[Any], Document]]" = {
    "answer": cards.answer,
    "care_plan": cards_in_time.care_plan,
    "comparison": cards.comparison,
    "course": cards.course,
    "knowledge": cards.knowledge,
    "ledger": cards_in_time.ledger,
    "next_step": cards.next_step,
    "person_facts": cards_in_time.person_facts,
    "schedule": cards_in_time.schedule,
    "table": cards.table,
    "treatment": cards_in_time.treatment,
    "visit": cards.visit,
}
_FORMS: "dict[str, Callable[[Document], str]]" = {
    "fragment": as_html.fragment,
    "markdown": as_markdown.markdown,
    "page": as_html.whole_page,
}


def rich(value: object, card: str, form: str) -> str:
    """
    Show a value with headings, tables and links.

    Args:
        value: What is shown.
        card: What it is shown as.
        form: ``page``, ``fragment`` or ``markdown``.
    """
    before = WIDTH.set(UNBROKEN)
    try:
        return _FORMS[form](_CARDS[card](value))
    finally:
        WIDTH.reset(before)
