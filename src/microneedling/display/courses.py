"""A course in time as text: its days, its care, and what happened in it."""

from enum import Enum
from typing import TYPE_CHECKING

from attrs import fields

from microneedling.display.headings import concern
from microneedling.display.labels import label, sentence, words
from microneedling.display.options import figures
from microneedling.display.reasons import fact, short
from microneedling.display.text import Page, wrapped
from microneedling.values.assessments import Concern, Device
from microneedling.values.sessions import Material, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from microneedling.treating.care import CarePlan, DatedCare
    from microneedling.treating.ledger import Progress
    from microneedling.treating.treatment import Treatment
    from microneedling.values.courses import Course
    from microneedling.values.person import PersonFacts
    from microneedling.values.schedules import PlannedSession, Schedule

__all__ = ["care_plan", "ledger", "person_facts", "schedule", "treatment"]


def _course(course: "Course") -> str:
    """Name a course by what it treats, and its figures."""
    return f"{' and '.join(map(concern, course.concerns))}: {figures(course)}"


def schedule(dated: "Schedule") -> str:
    """Render the days of a course."""
    lines = [wrapped(sentence(_course(dated.course)), "  ", "")]
    lines += [_session(session, withdrawn=bool(dated.paused)) for session in dated.sessions]
    if dated.paused:
        lines.append("Paused, so that no day can be given:")
        lines += [wrapped(short(reason), "    ", "  - ") for reason in dated.paused]
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


def care_plan(plan: "CarePlan", page: Page | None = None) -> str:
    """Render the dated care; what is to be known of an instruction stands where it comes first."""
    page = page or Page()
    lines: list[str] = []
    known: set[str] = set()
    for item in plan.items:
        lines += _care(page, item)
        if item.step.code not in known:
            known.add(item.step.code)
            if item.step.note:
                lines.append(wrapped(f"note: {item.step.note}", "       ", "    "))
            lines += page.disagreements(item.step.disagreements)
    return "\n".join(lines)


def _care(page: Page, item: "DatedCare") -> "Iterable[str]":
    step = item.step
    several = "sessions" if len(item.sessions) > 1 else "session"
    numbers = ", ".join(str(number) for number in item.sessions)
    yield wrapped(
        f"{_days(item.first, item.last)}: {step.instruction} ({label(step.strictness)}, "
        f"{label(step.grade)}; {several} {numbers}) {page.ids(step.citations)}",
        "    ",
        "- ",
    )
    for word, spread in (("begin", item.sources_from), ("end", item.sources_to)):
        if spread:
            first, last = (day.isoformat() for day in spread)
            yield f"    sources {word} it between {first} and {last}"


def ledger(progress: "Progress") -> str:
    """Render what happened, a line for each entry."""
    lines = [wrapped(sentence(_course(progress.course)), "  ", ""), f"  {_ledger_head(progress)}"]
    for number, entry in enumerate(progress.entries):
        event = entry.event
        name = _event(type(event).__name__)
        told = [
            f"{words(field.name)} {_value(getattr(event, field.name))}"
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
        parts.append(sentence(label(site)))
        parts += [ledger(one) for one in held.of(site)]
        parts.append(schedule(plan))
    return "\n\n".join(parts)


def person_facts(facts: "PersonFacts") -> str:
    """Render what a course tells of the person."""
    lines = [f"Told of the person on {facts.on.isoformat()}:"]
    lines += [wrapped(fact(line), "    ", "  - ") for line in facts.because]
    for session in facts.sessions:
        length = session.needle_length or "length unknown"
        lines.append(f"  - session {session.to_day.isoformat()}: {label(session.site)}, {length}")
    return "\n".join(lines)


def _ledger_head(progress: "Progress") -> str:
    planned = progress.sessions if progress.sessions is not None else "an open number"
    names = ", ".join(knowledge.id for knowledge in progress.editions)
    return f"{len(progress.held)} of {planned} sessions held; kept under {names}"


def _event(name: str) -> str:
    """Take the name of a kind of event as words."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _value(value: object) -> str:
    if isinstance(value, Enum):
        return label(value)
    if isinstance(value, tuple):
        return "; ".join(map(_value, value))
    if isinstance(value, (Concern, Device, Material, Zone)):
        parts = [getattr(value, field.name) for field in fields(type(value))]
        return " ".join(_value(part) for part in parts if part is not None)
    safeguards = getattr(value, "safeguards", None)
    if safeguards is not None:
        author, reason = getattr(value, "author", ""), getattr(value, "reason", "")
        return f"of {', '.join(map(words, sorted(safeguards)))} by {author}: {reason}"
    return str(value)


def _days(first: "date", last: "date") -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
