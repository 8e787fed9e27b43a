"""A reason as text: in one line, and with its facts and sources."""

from typing import TYPE_CHECKING

from microneedling.display.labels import label, labels, sentence, words
from microneedling.display.languages import say, told as tell
from microneedling.display.text import Page, wrapped
from microneedling.values.finding_kinds import Urgency
from microneedling.values.reasons import Effect
from microneedling.values.vocabulary import Indication

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from microneedling.values.reasons import Reason

__all__ = [
    "IF_YES",
    "asked",
    "fact",
    "in_short",
    "musts",
    "name",
    "reason_lines",
    "roles",
    "short",
    "shorts",
    "who",
]

# What a yes does, by the effect of the finding.
IF_YES = {
    Effect.DECLINE: "no needling",
    Effect.REFER: "to be referred",
    Effect.CLEAR: "to be cleared first",
    Effect.DEFER: "later",
    Effect.CHANGE: "a change of plan",
    Effect.LIMIT: "a limit",
    Effect.CAUTION: "something to be heeded",
}


def fact(told: str) -> str:
    """Take a fact, ``name=value``, as words."""
    name, _, value = told.partition("=")
    value = value.removeprefix("rules.")
    return f"{name.replace('.', ' ')}: {value}".replace("_", " ")


def name(reason: "Reason") -> str:
    """Name what a reason is about; nothing where its words alone say it."""
    if reason.finding is not None:
        return label(reason.finding)
    for told in reason.facts:
        kind, _, value = told.partition("=")
        if kind == "indication" and value in Indication._value2member_map_:
            return label(Indication(value))
    return ""


def waits(reason: "Reason") -> str:
    """Say how long to wait, and until when."""
    if reason.effect is Effect.CAUTION:
        return f" ({_until(reason.until)})" if reason.until else ""
    told = []
    if reason.wait_days is not None:
        told.append(say("reason.wait", "wait {days} days", days=reason.wait_days))
    if reason.until:
        told.append(_until(reason.until))
    return f" ({', '.join(told)})" if told else ""


def _until(day: "date") -> str:
    return say("reason.until", "until {day}", day=day.isoformat())


def asked(question: str) -> str:
    """Tell a question; that of one concern among several begins with its name."""
    told = tell("question", question)
    named, colon, rest = question.partition(": ")
    if colon and told == question:
        return f"{tell('label.Indication', named)}: {tell('question', rest)}"
    return told


def in_short(reason: "Reason") -> str:
    """Tell why, in few words where there are."""
    return tell("short", reason.short) or reason.why


def short(reason: "Reason") -> str:
    """Tell a reason in one line: what it is about, until when, and why."""
    about = name(reason)
    told = in_short(reason)
    return f"{sentence(about)}{waits(reason)}: {told}" if about else f"{told}{waits(reason)}"


def shorts(reasons: "Iterable[Reason]") -> list[str]:
    """Tell reasons in one line each; those that say the same of several things together."""
    return _together((reason, f"{waits(reason)}: {in_short(reason)}") for reason in reasons)


def musts(reasons: "Iterable[Reason]") -> list[str]:
    """Say what has to be done or left, each sentence once, and for which finding."""
    return _together(
        (reason, f": {tell('must', reason.must)}") for reason in reasons if reason.must
    )


def _together(told: "Iterable[tuple[Reason, str]]") -> list[str]:
    """Put before each sentence all that it is about."""
    found: dict[str, dict[str, None]] = {}
    for reason, said in told:
        found.setdefault(said, {})[name(reason)] = None
    return [
        f"{sentence(', '.join(filter(None, names)))}{said}".removeprefix(": ")
        for said, names in found.items()
    ]


def roles(reasons: "Iterable[Reason]") -> str:
    """Name the roles of reasons, each once."""
    return labels(reason.role for reason in reasons if reason.role)


def who(reason: "Reason") -> str:
    """Say who clears something or sees the patient, and how soon."""
    if reason.role is None:
        return ""
    if reason.effect is Effect.CLEAR:
        return say(
            "reason.clear",
            "To be cleared first by: {role}. No clearance that counts is recorded.",
            role=label(reason.role),
        )
    if reason.urgency is Urgency.SAME_DAY:
        return say("reason.same_day", "For: {role}, the same day.", role=label(reason.role))
    return say("reason.for", "For: {role}.", role=label(reason.role))


def reason_lines(page: Page, reason: "Reason", number: int | None = None) -> list[str]:
    """Give a reason with its sources, as a numbered line or one of many."""
    first = f"  {number}. " if number is not None else "  - "
    about = name(reason)
    rule = reason.rule.partition(".")[2]
    told = reason.question or f"{about or words(rule)}{waits(reason)}: {reason.why}"
    facts = f" Fact: {', '.join(map(fact, reason.facts))}." if reason.facts else ""
    cited = page.ids(reason.citations)
    lines = [wrapped(f"{told}{facts} {cited} ({label(reason.grade)})", "     ", first)]
    if reason.question:
        lines.append(wrapped(f"Why: {reason.why}", "       ", "     "))
    if reason.if_yes:
        lines.append(f"     If yes: {IF_YES[reason.if_yes]}. If no: nothing changes.")
    if reason.role:
        lines.append(wrapped(who(reason), "       ", "     "))
    if reason.must:
        lines.append(wrapped(f"Must: {reason.must}", "       ", "     "))
    if reason.if_paused:
        lines.append(f"     If paused today, not before {reason.if_paused.isoformat()}.")
    return [*lines, *page.disagreements(reason.disagreements)]
