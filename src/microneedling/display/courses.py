"""A course in time as text: its days, what comes next, and the care around it."""

from enum import Enum
from typing import TYPE_CHECKING

from attrs import fields

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
from microneedling.values.assessments import Concern, Device
from microneedling.values.sessions import Material, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from microneedling.treating.care import CarePlan, DatedCare
    from microneedling.treating.ledger import Progress
    from microneedling.treating.treatment import Treatment
    from microneedling.values.evidence import Source
    from microneedling.values.next_steps import NextStep, Pause, Proceed, Wait
    from microneedling.values.person import PersonFacts
    from microneedling.values.reasons import Reason
    from microneedling.values.schedules import PlannedSession, Schedule

__all__ = [
    "care_plan",
    "ledger",
    "next_step",
    "next_step_summary",
    "person_facts",
    "schedule",
    "treatment",
]

_HEADLINES = {
    "proceed": "PROCEED: the next session may be held",
    "wait": "WAIT: not yet",
    "pause": "PAUSE: no session until this is cleared up or has passed",
    "complete": "COMPLETE: all planned sessions are done",
    "stop": "STOP: no further session of this course",
}


def schedule(dated: "Schedule") -> str:
    """Render the days of a course."""
    course = dated.course
    lines = [
        wrapped(
            f"{', '.join(course.protocols)}: {course.lengths}, interval "
            f"{course.interval or 'not published'} {ids(course.cited('interval'))}",
            "  ",
            "",
        )
    ]
    lines += [_session(session, withdrawn=bool(dated.paused)) for session in dated.sessions]
    if dated.paused:
        lines.append("Paused, so that no day can be given:")
        lines += [line for reason in dated.paused for line in _reason(reason)]
    elif dated.next is None:
        lines.append("No session is to come.")
    else:
        lines.append("Tentative: the professional decides before every session.")
    return "\n".join(lines)


def _session(session: "PlannedSession", *, withdrawn: bool) -> str:
    if session.held_on:
        return f"  {session.number}. {session.held_on.isoformat()} held"
    if withdrawn and not session.cancelled:
        return f"  {session.number}. {session.preferred.isoformat()} withdrawn"
    if session.cancelled:
        return f"  {session.number}. {session.preferred.isoformat()} cancelled"
    line = f"  {session.number}. {session.preferred.isoformat()}"
    if session.earliest != session.preferred or session.latest not in {None, session.preferred}:
        latest = f" to {session.latest.isoformat()}" if session.latest else " on"
        line += f" (from {session.earliest.isoformat()}{latest})"
    if session.days_beyond:
        line += f"; {session.days_beyond} day(s) beyond the longest documented interval"
    return line + ("; optional" if session.optional else "")


def _head(step: "NextStep") -> list[str]:
    move = step.move.value
    lines = [f"{_HEADLINES[move]} (on {step.on.isoformat()})"]
    if move == "proceed":
        lines += _window(step)  # type: ignore[arg-type]  # its move tells the class
    elif move in {"wait", "pause"}:
        lines.append(_until(step))  # type: ignore[arg-type]  # its move tells the class
    return lines


def next_step_summary(step: "NextStep") -> str:
    """Render what comes next in a few lines."""
    lines = _head(step)
    lines += [line for reason in step.why[:3] for line in _reason(reason)]
    if len(step.why) > len(step.why[:3]):
        lines.append(f"  ... and {len(step.why) - 3} more")
    if step.notices:
        lines.append(f"  To be heeded: {len(step.notices)}, in the whole text.")
    lines.append(decides(step.edition))
    return "\n".join(lines)


def next_step(step: "NextStep") -> str:
    """Render what comes next, with its reasons and sources."""
    lines = _head(step)
    lines += section("Why", [line for reason in step.why for line in _reason(reason)])
    lines += section(
        "What to do about what is open",
        [
            wrapped(
                f"{response.action.value.replace('_', ' ')}"
                f"{', red flag' if response.red_flag else ''}: {response.advice} "
                f"{ids(response.citations)} {grade_of(response.grade)}",
                "    ",
                "  - ",
            )
            for response in step.responses
        ],
    )
    lines += section("To be heeded", [line for r in step.notices for line in _reason(r)])
    return "\n".join([*lines, *footer(step.provenance, _sources(step))])


def _window(step: "Proceed") -> list[str]:
    latest = step.latest.isoformat() if step.latest else "no documented end"
    days = f"from {step.earliest.isoformat()}, preferred {step.preferred.isoformat()}, to {latest}"
    if step.days_beyond:
        days += f"; {step.days_beyond} day(s) beyond the longest documented interval"
    return [f"  session {step.number}: {days}", f"  needle length {step.lengths}"]


def _until(step: "Wait | Pause") -> str:
    day = f"not before {step.until.isoformat()}" if step.until else "no date can be given"
    return f"  session {step.number}: {day}"


def _reason(reason: "Reason") -> list[str]:
    name = reason.rule.partition(".")[2].replace("_", " ")
    until = f" (until {reason.until.isoformat()})" if reason.until else ""
    told = reason.question or reason.why
    facts = f" Fact: {', '.join(reason.facts)}." if reason.facts else ""
    line = f"{name}{until}: {told}{facts} {ids(reason.citations)} {grade_of(reason.grade)}"
    lines = [wrapped(line, "    ", "  - "), *somebody(reason)]
    return [*lines, *disagreements(reason.disagreements)]


def _sources(step: "NextStep") -> "list[Source]":
    found: dict[str, Source] = {}
    for told in (*step.why, *step.notices):
        found.update((cited.source.id, cited.source) for cited in told.citations)
        found.update((other.source.id, other.source) for other in told.disagreements)
    for response in step.responses:
        found.update((c.source.id, c.source) for c in response.citations)
    return [found[key] for key in sorted(found)]


def care_plan(plan: "CarePlan") -> str:
    """Render the dated care; what is to be known of an instruction stands where it comes first."""
    lines: list[str] = []
    known: set[str] = set()
    for item in plan.items:
        lines += _care(item)
        if item.step.code not in known:
            known.add(item.step.code)
            if item.step.note:
                lines.append(wrapped(f"note: {item.step.note}", "       ", "    "))
            lines += disagreements(item.step.disagreements)
    return "\n".join(lines)


def _care(item: "DatedCare") -> "Iterable[str]":
    step = item.step
    several = "sessions" if len(item.sessions) > 1 else "session"
    numbers = ", ".join(str(number) for number in item.sessions)
    yield wrapped(
        f"{_days(item.first, item.last)}: {step.instruction} ({step.strictness.value}, "
        f"{step.grade.value}; {several} {numbers}) {ids(step.citations)}",
        "    ",
        "- ",
    )
    for word, spread in (("begin", item.sources_from), ("end", item.sources_to)):
        if spread:
            first, last = (day.isoformat() for day in spread)
            yield f"    sources {word} it between {first} and {last}"


def ledger(progress: "Progress") -> str:
    """Render what happened, a line for each entry."""
    lines = [f"{', '.join(progress.course.protocols)}: {_ledger_head(progress)}"]
    for number, entry in enumerate(progress.entries):
        event = entry.event
        name = type(event).__name__
        told = [
            f"{field.name} {_value(getattr(event, field.name))}"
            for field in fields(type(event))
            if field.name != "on" and getattr(event, field.name) not in {None, "", (), False}
        ]
        told += [f"by {entry.by}"] if entry.by else []
        line = f"{event.on.isoformat()} {name}: {', '.join(told)}".rstrip(": ")
        lines.append(wrapped(line, "       ", f"  {number}. "))
    return "\n".join(lines)


def treatment(held: "Treatment") -> str:
    """Render a treatment: what happened in each area, and the days planned."""
    parts: list[str] = []
    for site, plan in zip(held.sites, held.plans, strict=True):
        parts.append(site.value.replace("_", " "))
        parts += [str(ledger(one)) for one in held.of(site)]
        parts.append(schedule(plan))
    return "\n\n".join(parts)


def person_facts(facts: "PersonFacts") -> str:
    """Render what a course tells of the person."""
    lines = [f"Told of the person on {facts.on.isoformat()}:"]
    lines += [wrapped(line.replace("_", " "), "    ", "  - ") for line in facts.because]
    for session in facts.sessions:
        length = session.needle_length or "length unknown"
        lines.append(f"  - session {session.to_day.isoformat()}: {session.site.value}, {length}")
    return "\n".join(lines)


def _ledger_head(progress: "Progress") -> str:
    planned = progress.sessions if progress.sessions is not None else "an open number"
    names = ", ".join(knowledge.id for knowledge in progress.editions)
    return f"{len(progress.held)} of {planned} sessions held; kept under {names}"


def _value(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return "; ".join(map(_value, value))
    if isinstance(value, (Concern, Device, Material, Zone)):
        parts = [getattr(value, field.name) for field in fields(type(value))]
        return " ".join(_value(part) for part in parts if part is not None)
    safeguards = getattr(value, "safeguards", None)
    if safeguards is not None:
        author, reason = getattr(value, "author", ""), getattr(value, "reason", "")
        return f"of {', '.join(sorted(safeguards))} by {author}: {reason}"
    return str(value)


def _days(first: "date", last: "date") -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
