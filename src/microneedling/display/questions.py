"""Questions as text: the few that could end it first, the others by what a yes would do."""

from functools import partial
from typing import TYPE_CHECKING

from microneedling.display.labels import label
from microneedling.display.languages import counted, in_source, say, told as tell
from microneedling.display.reasons import IF_YES, asked
from microneedling.display.text import by_machine, row, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from microneedling.values.reasons import Question, Reason

__all__ = ["ELSE", "question_list", "question_rows"]

# So many are spelled out at least, and so many where all are named.
_FIRST, _OF_ALL = 3, 5
ELSE = "another plan"


def question_rows(reasons: "Iterable[Reason]", room: int) -> list[str]:
    """Spell out the first questions that are asked, and count or name the others, by room."""
    found = [reason.asked for reason in reasons if reason.asked is not None]
    most = min(len(found), room)
    for named in (True, False):
        for first in range(most, _FIRST - 1, -1):
            form = partial(_form, found, first, named=named)
            lines = form()
            if len(in_source(form, lines)) <= room:
                return lines
    return _form(found, _FIRST, named=False)


def question_list(questions: "Sequence[Question]") -> str:
    """Name every question by what a yes leads to; the few that could end it are spelled out."""
    return "\n".join([*_form(questions, _OF_ALL, named=True), *by_machine()])


def _form(questions: "Sequence[Question]", first: int, *, named: bool) -> list[str]:
    lines = rows(say("questions.Ask", "Ask"), map(_spelled, questions[:first]))
    others = questions[first:]
    if not others:
        return lines
    found: dict[str, list[str]] = {does: [] for does in (*IF_YES.values(), ELSE)}
    for question in others:
        found[IF_YES[question.if_yes] if question.if_yes else ELSE].append(_name(question))
    held = [(tell("if_yes", does), names) for does, names in found.items() if names]
    title = say("questions.And", "And")
    if named:
        leads = (
            say("questions.if", "{does}, if: {names}", does=does, names="; ".join(names))
            for does, names in held
        )
        return lines + rows(title, leads)
    counts = ", ".join(f"{does} {len(names)}" for does, names in held)
    more = counted(
        "questions.more",
        "{count} more, by what a yes leads to: {counts}.",
        "{count} more, by what a yes leads to: {counts}.",
        len(others),
        counts=counts,
    )
    return [*lines, *row(title, more)]


def _spelled(question: "Question") -> str:
    text = asked(question.text)
    if not question.if_yes:
        return text
    does = say("questions.yes", "Yes: {does}.", does=tell("if_yes", IF_YES[question.if_yes]))
    return f"{text} {does}"


def _name(question: "Question") -> str:
    if question.finding is not None:
        return label(question.finding)
    return asked(question.text).lstrip("\u00bf").rstrip("?")
