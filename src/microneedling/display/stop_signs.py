"""What may not wait after a session: the signs, by what is to be done."""

from typing import TYPE_CHECKING

from microneedling.display.labels import label, sentence
from microneedling.display.languages import beside, say, told as tell
from microneedling.display.text import row
from microneedling.values.responses import Action
from microneedling.values.vocabulary import Severity, SideEffectCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from microneedling.values.courses import Course
    from microneedling.values.responses import Response

__all__ = ["DO", "EXPECTED", "TITLES", "stop_rows", "stop_signs"]

EXPECTED = "any expected reaction"
TITLES = {Action.EMERGENCY: "Emergency", Action.REFER: "Refer"}
_ELSE = "else"
DO = {Action.EMERGENCY: "at once", Action.REFER: "stop, and do not wait"}


def stop_signs(options: "Iterable[Course]") -> "list[Response]":
    """Give the stop signs of several options, each once, the most urgent first."""
    found = dict.fromkeys(response for course in options for response in course.red_flags)
    return sorted(found, key=lambda response: response.action, reverse=True)


def stop_rows(options: "Sequence[Course]") -> list[str]:
    """Tell every stop sign of several options in a few lines."""
    signs = beside(lambda: [text for _, text in _signs(options)])
    titles = [title for title, _ in _signs(options)]
    return [line for title, text in zip(titles, signs, strict=True) for line in row(title, text)]


def _signs(options: "Sequence[Course]") -> "list[tuple[str, str]]":
    """
    Tell every stop sign of several options, beside what is to be done.

    What is expected after a session, such as redness, is a sign where it is marked or lasts,
    and is told in one word for all. What is more urgent where it is severe is told there.
    """
    found = stop_signs(options)
    expected = {
        effect.effect for course in options for effect in course.side_effects if effect.expected
    }
    lines: list[tuple[str, str]] = []
    actions = sorted({response.action for response in found}, reverse=True)
    told: set[SideEffectCode] = set()
    for action, milder in zip(actions, [*actions[1:], None], strict=True):
        title = tell("title", TITLES[action]) if action in TITLES else sentence(label(action))
        held = [response for response in found if response.action is action]
        less = {e for r in found if r.action is milder for e in r.effects if _always(r)}
        parts = _parts(held, told, less, expected)
        if milder is not None:
            less_severe = say("stop_signs.else", "severe, else {action}: ", action=label(milder))
            parts[less_severe] = parts.pop(_ELSE)
        signs = "; ".join(f"{when}{', '.join(names)}" for when, names in parts.items() if names)
        told |= less & {effect for response in held for effect in response.effects}
        do = tell("stop_signs.do", DO[action]) if action in DO else label(action)
        lines.append((title, f"{do}: {signs}"))
    return lines


def _always(response: "Response") -> bool:
    """Tell whether it counts however slight, and from the first day."""
    return Severity.MILD in response.severities and response.from_day == 0


def _only_severe(response: "Response") -> bool:
    return response.severities == (Severity.SEVERE,) and response.from_day == 0


def _parts(
    found: "Sequence[Response]",
    told: "set[SideEffectCode]",
    less: "set[SideEffectCode]",
    expected: "set[SideEffectCode]",
) -> dict[str, list[str]]:
    """
    Name the effects: those that count however slight, and those that must be marked.

    Args:
        found: What calls for one action.
        told: What a more urgent row told for this one, too.
        less: What calls for the next milder action however slight.
        expected: What is a normal response.
    """
    always = dict.fromkeys(e for r in found if _always(r) for e in r.effects)
    rest = [r for r in found if not always.keys() >= {*r.effects}]
    severe = {e for r in rest for e in r.effects} - {
        e for r in rest if not _only_severe(r) for e in r.effects
    }
    others = dict.fromkeys(e for r in rest for e in r.effects if e not in always)
    any_expected = say("stop_signs.EXPECTED", "any expected reaction")
    named = {e: any_expected if e in expected else label(e) for e in others if e not in told}
    hard = [e for e in named if e in severe]
    parts = {
        "": [label(effect) for effect in always if effect not in told],
        _ELSE: [named[effect] for effect in hard if effect in less],
        say("stop_signs.severe", "severe: "): [
            named[effect] for effect in hard if effect not in less
        ],
        say("stop_signs.marked", "marked or lasting: "): [
            name for e, name in named.items() if e not in severe
        ],
    }
    return {when: [*dict.fromkeys(names)] for when, names in parts.items()}
