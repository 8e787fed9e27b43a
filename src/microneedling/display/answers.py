"""An answer as text: the whole of it, and a few lines."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from microneedling.display.options import option_line, option_lines
from microneedling.display.text import (
    decides,
    disagreements,
    footer,
    grade_of,
    ids,
    section,
    somebody,
    wrapped,
)

if TYPE_CHECKING:
    from microneedling.values.courses import Course
    from microneedling.values.effects import SideEffect
    from microneedling.values.reasons import Reason
    from microneedling.values.recommendations import Answer

__all__ = ["brief", "explain", "reason_lines", "summary", "whole"]

# In a few lines.
_MOST_MUSTS = 8
_MOST_OPTIONS = 3
# How what has no day ends, as the text says it.
_ENDINGS = {"healed": "healed", "state_ends": "over", "day": "over", "cleared": "cleared"}
# What a yes does, by the effect of the finding.
_IF_YES = {
    "caution": "something to be heeded",
    "change": "a change of plan",
    "limit": "a limit",
    "clear": "to be cleared first",
    "defer": "later",
    "refer": "to be referred",
    "decline": "no needling",
}
_DAYS = "the day of all is known"
_NO_DATE = "; no date can be given"
_HEADLINES = {
    "offer": "OFFER: documented options, in the order of their ranks",
    "ask": "ASK: not everything is known that could change the answer",
    "defer": "DEFER: later",
    "refer": "REFER: outside what is documented here",
    "decline": "DECLINE: a finding or the site speaks against needling",
}


def _headline(answer: "Answer") -> str:
    line = _HEADLINES[answer.verdict.value]
    if all(reason.effect.value == "clear" for reason in answer.because):
        line = f"REFER: to be cleared first by: {_roles(answer.because)}"
    urgent = [r for r in answer.reasons if r.urgency and r.urgency.value == "same_day"]
    if urgent:
        line += f"; THE SAME DAY to be seen by: {_roles(urgent)}"
    if answer.verdict.value not in {"defer", "refer"}:
        return line
    conditions = _conditions(answer)
    paused = [reason.if_paused for reason in answer.because if reason.if_paused]
    if answer.earliest:
        line += f"; not before {answer.earliest.isoformat()}"
        return ", and only when ".join([line, *conditions])
    if answer.verdict.value == "refer":
        return "; only when ".join([line, *conditions])
    if paused and len(paused) == len(answer.because) and _DAYS not in conditions:
        return f"{line}; if paused today, not before {max(paused).isoformat()}"
    return "; only when ".join([line, *conditions]) + _NO_DATE


def _conditions(answer: "Answer") -> list[str]:
    """Say what else has to be, besides a day that is known."""
    found = []
    clear = [reason for reason in answer.reasons if reason.effect.value == "clear"]
    if clear and len(clear) < len(answer.because):
        found.append(f"cleared by: {_roles(clear)}")
    elif clear and answer.earliest:
        found.append("cleared")
    undated = [r for r in answer.reasons if r.effect.value == "defer" and r.until is None]
    for ending, told in _ENDINGS.items():
        ended = [r.finding for r in undated if r.finding and r.ends and r.ends.value == ending]
        if ended:
            named = ", ".join(finding.value.replace("_", " ") for finding in ended)
            found.append(f"{told}: {named}")
    if any(r.effect.value == "ask" and r.wait_days for r in answer.reasons):
        found.append(_DAYS)
    return found


def _roles(reasons: "Iterable[Reason]") -> str:
    named = (reason.role.value.replace("_", " ") for reason in reasons if reason.role)
    return ", ".join(dict.fromkeys(named))


def _subject(answer: "Answer") -> str:
    assessment = answer.assessment
    concerns = ", ".join(
        f"{c.indication.value} ({c.severity.value if c.severity else 'not graded'})"
        for c in assessment.concerns
    )
    return (
        f"{concerns}; {assessment.site.value}; {assessment.setting.value}; "
        f"{assessment.on.isoformat()}"
    )


def summary(answer: "Answer") -> str:
    """Render an answer in a few lines."""
    return "\n".join([*brief(answer), decides(answer.edition)])


def brief(answer: "Answer") -> list[str]:
    """Give an answer in a few lines, without what ends a text."""
    lines = [_headline(answer), f"  {_subject(answer)}"]
    musts = _musts(answer)
    lines += [wrapped(line, "      ", "  Must: ") for line in musts[:_MOST_MUSTS]]
    if len(musts) > _MOST_MUSTS:
        lines.append(f"  ... and {len(musts) - _MOST_MUSTS} more musts, in the whole text")
    if answer.options:
        lines += [
            wrapped(option_line(course, answer.assessment.concerns), "     ", f"  {place}. ")
            for place, course in _places(answer.options[:_MOST_OPTIONS])
        ]
        if len(answer.options) > _MOST_OPTIONS:
            lines.append(f"  ... and {len(answer.options) - _MOST_OPTIONS} more, in the whole text")
        left = ", ".join(_name(reason) for reason in answer.unserved)
        lines += [wrapped(left, "    ", "  Not served by every option: ")] if left else []
    else:
        shown = answer.because[:3]
        lines += [wrapped(_because(reason), "    ", "  - ") for reason in shown]
        if len(answer.because) > len(shown):
            lines.append(f"  ... and {len(answer.because) - len(shown)} more")
        besides = [r.finding.value.replace("_", " ") for r in _besides(answer) if r.finding]
        if besides:
            lines.append(wrapped(", ".join(besides), "    ", "  Besides: "))
    if answer.cautions:
        lines.append(f"  To be heeded: {len(answer.cautions)} caution(s), in the whole text.")
    return lines


def _name(reason: "Reason") -> str:
    """Name the concern that a reason is about."""
    return reason.facts[0].partition("=")[2].replace("_", " ")


def _besides(answer: "Answer") -> "list[Reason]":
    """Give what speaks against an offer and weighs less than the verdict; questions apart."""
    return [
        reason
        for reason in answer.reasons
        if 0 < reason.weight < answer.because[0].weight and reason.effect.value != "ask"
    ]


def _musts(answer: "Answer") -> list[str]:
    """Say what has to be done or left, each sentence once."""
    return [*dict.fromkeys(reason.must for reason in answer.musts)]


def _because(reason: "Reason") -> str:
    name = reason.rule.partition(".")[2].replace("_", " ").replace(".", ": ")
    if reason.question:
        return reason.question
    waits = [f"wait {reason.wait_days} days"] if reason.wait_days is not None else []
    if reason.until:
        waits.append(f"until {reason.until.isoformat()}")
    waiting = f" ({', '.join(waits)})" if waits else ""
    return f"{name}{waiting}: {reason.why}"


def reason_lines(reason: "Reason", number: int | None = None) -> list[str]:
    """Give a reason with its sources, as a numbered line or one of many."""
    first = f"  {number}. " if number is not None else "  - "
    grade = grade_of(reason.grade)
    facts = f" Fact: {', '.join(reason.facts)}." if reason.facts else ""
    lines = [wrapped(f"{_because(reason)}{facts} {ids(reason.citations)} {grade}", "     ", first)]
    if reason.question:
        lines.append(wrapped(f"Why: {reason.why}", "       ", "     "))
    if reason.if_yes:
        lines.append(f"     If yes: {_IF_YES[reason.if_yes.value]}. If no: nothing changes.")
    lines += somebody(reason)
    lines += disagreements(reason.disagreements)
    return lines


def explain(answer: "Answer") -> str:
    """Render the whole answer."""
    return "\n".join([*whole(answer), *footer(answer.provenance, answer.sources)])


def whole(answer: "Answer") -> list[str]:
    """Give the whole answer, without what ends a text."""
    lines = [_headline(answer), f"  {_subject(answer)}"]
    lines += section(
        "What has to be done or left, whatever is chosen",
        [wrapped(must, "    ", "  - ") for must in _musts(answer)],
    )
    if answer.options:
        options = [
            line
            for place, course in _places(answer.options)
            for line in option_lines(course, answer.assessment.concerns, place)
        ]
        lines += section("Options", options)
        basis = {(r.why, r.citations): r for r in answer.because}.values()
        lines += section(
            "What the sources say of the indication",
            [
                line
                for reason in basis
                for line in (
                    wrapped(f"{reason.why} {ids(reason.citations)}", "    ", "  - "),
                    *disagreements(reason.disagreements),
                )
            ],
        )
        unserved = [line for r in answer.unserved for line in reason_lines(r)]
        lines += section("Not served by every option", unserved)
        limits = [r for r in answer.reasons if r.limit is not None]
        lines += section(
            "Limits that bind",
            [
                line
                for r in limits
                for line in (
                    wrapped(f"{r.limit} ({r.rule}): {r.why} {ids(r.citations)}", "    ", "  - "),
                    *disagreements(r.disagreements),
                )
            ],
        )
    else:
        title = "Questions, the weightiest first" if answer.verdict.value == "ask" else "Why"
        because = [line for n, r in enumerate(answer.because, 1) for line in reason_lines(r, n)]
        lines += section(title, because)
    besides = [line for reason in _besides(answer) for line in reason_lines(reason)]
    lines += section("Besides", besides)
    musts = [r for r in answer.reasons if r.effect.value in {"change", "limit"} and r.finding]
    told = [line for reason in musts for line in reason_lines(reason)]
    lines += section("With a change of plan or a limit", told)
    lines += section("To be heeded", [line for r in answer.cautions for line in reason_lines(r)])
    if answer.verdict.value != "ask":
        lines += section("Not known", [line for r in answer.unknowns for line in reason_lines(r)])
    else:
        more = [r for r in answer.unknowns if r.effect.value == "unknown"]
        lines += section("Not known either", [line for r in more for line in reason_lines(r)])
    lines += section("Waiting time over", [line for r in answer.lifted for line in reason_lines(r)])
    lines += section(
        "Documented but not offered",
        [
            wrapped(f"{r.protocol}: {r.why} ({', '.join(r.facts)})", "    ", "  - ")
            for r in answer.excluded
        ],
    )
    if answer.options:
        lines += _needs(answer.options)
        lines += _care(answer.options[0])
        longest = _longest(answer.options)
        lines += _red_flags(longest)
        lines += _effects(longest)
    if answer.ignored:
        lines += section("Inputs that made no difference", [f"  {', '.join(answer.ignored)}"])
    return lines


def _places(options: "Sequence[Course]") -> "list[tuple[int, Course]]":
    """Number options by their ranks; equals have the same number."""
    return [(course.standing.rank, course) for course in options]


def _longest(options: "Sequence[Course]") -> "Course":
    return max(options, key=lambda course: course.lengths.longest)


def _needs(options: "Sequence[Course]") -> list[str]:
    """Say what sessions need; of an option alone what not all of them need."""
    lines = []
    for need in {need.id: need for course in options for need in course.needs}.values():
        only = [n for n, course in enumerate(options, 1) if need not in course.needs]
        where = "" if not only else " (not for every option)"
        told = f"{need.aspect.value.replace('_', ' ')}{where}: {need.says} {ids(need.citations)}"
        lines.append(wrapped(f"{told} {grade_of(need.grade)}", "    ", "  - "))
        lines += disagreements(need.disagreements)
    return section("What a session needs, and what to expect of it", lines)


def _red_flags(course: "Course") -> list[str]:
    lines = []
    for response in course.red_flags:
        seen = ", ".join(effect.value.replace("_", " ") for effect in response.effects)
        marked = ", ".join(severity.value for severity in response.severities)
        told = f"{response.action.value}: {seen} ({marked}): {response.advice}"
        lines.append(wrapped(f"{told} {ids(response.citations)}", "    ", "  - "))
    return section("May not wait, if it follows", lines)


def _care(course: "Course") -> list[str]:
    def days(first: int, last: int) -> str:
        return f"day {first}" if first == last else f"day {first} to {last}"

    lines = []
    for step in course.care:
        told = f"{days(step.from_day, step.to_day)}: {step.instruction} {ids(step.citations)}"
        rest = f"{step.audience.value}, {step.strictness.value}, {step.grade.value}"
        lines.append(wrapped(f"{told} ({rest})", "    ", "  - "))
        if step.note:
            lines.append(wrapped(f"note: {step.note}", "       ", "     "))
        lines += disagreements(step.disagreements)
    return section("Before and after each session (the session is day 0)", lines)


def _effects(course: "Course") -> list[str]:
    lines = []
    for expected, title in ((True, "expected"), (False, "adverse")):
        found: dict[str, list[SideEffect]] = {}
        for effect in course.side_effects:
            if effect.expected is expected:
                found.setdefault(effect.effect.value.replace("_", " "), []).append(effect)
        lines.append(f"  {title}")
        for name, held in found.items():
            cited = ids(citation for effect in held for citation in effect.citations)
            # Of other procedures, unless at least one source is about this one.
            indirect = " (known from other procedures)" if all(e.indirect for e in held) else ""
            lines.append(wrapped(f"{name}{indirect} {cited}", "      ", "    - "))
            lines += [
                wrapped(f"{figure} {ids(figure.citations)}", "          ", "        ")
                for effect in held
                for figure in effect.frequencies
            ]
    title = f"Side effects up to {course.lengths.longest}, and the frequencies published in whom"
    return section(title, lines)
