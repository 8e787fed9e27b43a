"""Questions as text: the few that could end it first, the others by what a yes would do."""

from typing import TYPE_CHECKING

from microneedling.display.labels import label
from microneedling.display.reasons import IF_YES
from microneedling.display.text import row, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from microneedling.values.reasons import Question, Reason

__all__ = ["question_list", "question_rows"]

# So many are spelled out at least, and so many where all are named.
_FIRST, _OF_ALL = 3, 5
_ELSE = "another plan"


def question_rows(reasons: "Iterable[Reason]", room: int) -> list[str]:
    """Spell out the first questions that are asked, and count or name the others, by room."""
    asked = [reason.asked for reason in reasons if reason.asked is not None]
    most = min(len(asked), room)
    forms = (
        _form(asked, first, named=named)
        for named in (True, False)
        for first in range(most, _FIRST - 1, -1)
    )
    return next((lines for lines in forms if len(lines) <= room), _form(asked, _FIRST, named=False))


def question_list(questions: "Sequence[Question]") -> str:
    """Name every question by what a yes leads to; the few that could end it are spelled out."""
    return "\n".join(_form(questions, _OF_ALL, named=True))


def _form(asked: "Sequence[Question]", first: int, *, named: bool) -> list[str]:
    lines = rows("Ask", map(_spelled, asked[:first]))
    others = asked[first:]
    if not others:
        return lines
    found: dict[str, list[str]] = {does: [] for does in (*IF_YES.values(), _ELSE)}
    for question in others:
        found[IF_YES[question.if_yes] if question.if_yes else _ELSE].append(_name(question))
    held = {does: names for does, names in found.items() if names}
    if named:
        return lines + rows("And", (f"{does}, if: {'; '.join(n)}" for does, n in held.items()))
    counts = ", ".join(f"{does} {len(names)}" for does, names in held.items())
    return [*lines, *row("And", f"{len(others)} more, by what a yes leads to: {counts}.")]


def _spelled(question: "Question") -> str:
    does = f" Yes: {IF_YES[question.if_yes]}." if question.if_yes else ""
    return f"{question.text}{does}"


def _name(question: "Question") -> str:
    return label(question.finding) if question.finding is not None else question.text.rstrip("?")
