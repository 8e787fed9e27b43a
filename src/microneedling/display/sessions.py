"""What belongs to every session as text: needs, care, stop signs and side effects."""

from typing import TYPE_CHECKING

from microneedling.display.labels import label, labels, sentence
from microneedling.display.text import Page, section, wrapped
from microneedling.values.session_rows import Audience

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microneedling.values.courses import Course
    from microneedling.values.effects import SideEffect
    from microneedling.values.session_rows import CareStep

__all__ = ["care", "days", "effects", "needs", "red_flags", "told_to"]


def needs(page: Page, options: "Sequence[Course]") -> list[str]:
    """Say what sessions need; of an option alone what not all of them need."""
    lines = []
    for need in {need.id: need for course in options for need in course.needs}.values():
        only = [course for course in options if need not in course.needs]
        where = " (not for every option)" if only else ""
        told = f"{sentence(label(need.aspect))}{where}: {need.says} {page.ids(need.citations)}"
        lines.append(wrapped(f"{told} ({label(need.grade)})", "    ", "  - "))
        lines += page.disagreements(need.disagreements)
    return section("What a session needs, and what to expect of it", lines)


def days(first: int, last: int) -> str:
    """Name the days of a step."""
    return f"day {first}" if first == last else f"day {first} to {last}"


def told_to(step: "CareStep", audience: Audience | None) -> str:
    """Give an instruction in the words of who reads it."""
    return (step.patient_text if audience is Audience.PATIENT else "") or step.instruction


def care(page: Page, options: "Sequence[Course]", audience: Audience | None) -> list[str]:
    """Say what is done before and after each session, by whom; of one reader, what is his."""
    lines = []
    for step in {step.code: step for course in options for step in course.care}.values():
        if audience is not None and step.audience is not audience:
            continue
        told = f"{days(step.from_day, step.to_day)}: {told_to(step, audience)}"
        who = "" if audience else f"{label(step.audience)}, "
        rest = f"({who}{label(step.strictness)}, {label(step.grade)})"
        lines.append(wrapped(f"{told} {page.ids(step.citations)} {rest}", "    ", "  - "))
        if step.note and audience is not Audience.PATIENT:
            lines.append(wrapped(f"note: {step.note}", "       ", "     "))
        lines += page.disagreements(step.disagreements)
    return section("Before and after each session (the session is day 0)", lines)


def red_flags(page: Page, course: "Course", audience: Audience | None) -> list[str]:
    """Say what may not wait."""
    lines = []
    for response in course.red_flags:
        patient = audience is Audience.PATIENT
        advice = (response.patient_text if patient else "") or response.advice
        until = "" if response.to_day is None else f" to {response.to_day}"
        when = f", from day {response.from_day}{until}" if response.from_day or until else ""
        told = f"{label(response.action)}: {labels(response.effects)}"
        told = f"{sentence(told)} ({labels(response.severities)}{when}): {advice}"
        lines.append(wrapped(f"{told} {page.ids(response.citations)}", "    ", "  - "))
    return section("May not wait, if it follows", lines)


def effects(page: Page, course: "Course", _: Audience | None = None) -> list[str]:
    """Say what may follow, and how often that was seen in whom."""
    lines = []
    for expected, title in ((True, "expected"), (False, "adverse")):
        found: dict[str, list[SideEffect]] = {}
        for effect in course.side_effects:
            if effect.expected is expected:
                found.setdefault(label(effect.effect), []).append(effect)
        lines.append(f"  {title}")
        for name, held in found.items():
            cited = page.ids(citation for effect in held for citation in effect.citations)
            # Of other procedures, unless at least one source is about this one.
            indirect = " (known from other procedures)" if all(e.indirect for e in held) else ""
            lines.append(wrapped(f"{name}{indirect} {cited}", "      ", "    - "))
            lines += [
                wrapped(f"{figure} {page.ids(figure.citations)}", "          ", "        ")
                for effect in held
                for figure in effect.frequencies
            ]
    title = f"Side effects up to {course.lengths.longest}, and the frequencies published in whom"
    return section(title, lines)
