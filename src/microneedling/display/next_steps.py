"""What comes next in a course as text: on one screen, and with its reasons and sources."""

from typing import TYPE_CHECKING

from microneedling.display.brief import patient_rows
from microneedling.display.labels import label, sentence
from microneedling.display.languages import beside, say, told as tell
from microneedling.display.reasons import asked, name, reason_lines, short, who
from microneedling.display.text import (
    Page,
    about,
    chosen,
    decides,
    made_by,
    reader,
    row,
    rows,
    section,
    wrapped,
)
from microneedling.values.next_steps import Pause, Proceed, Wait
from microneedling.values.reasons import Effect
from microneedling.values.session_rows import Audience

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microneedling.values.next_steps import NextStep
    from microneedling.values.reasons import Reason
    from microneedling.values.responses import Response

__all__ = [
    "HEADLINES",
    "SECTIONS",
    "body",
    "head",
    "next_step",
    "next_step_brief",
    "open_rows",
]

HEADLINES = {
    "proceed": "PROCEED: the next session may be held",
    "wait": "WAIT: not yet",
    "pause": "PAUSE: no session until this is cleared up or has passed",
    "complete": "COMPLETE: all planned sessions are done",
    "stop": "STOP: no further session of this course",
}
SECTIONS = ("why", "responses", "cautions", "about")


def head(step: "NextStep") -> list[str]:
    """Say what comes next, and when."""
    told = tell("next.headline", HEADLINES[step.move.value])
    day = say("next.on", "(on {day})", day=step.on.isoformat())
    lines = [f"{told} {day}"]
    if isinstance(step, Proceed):
        lines += _window(step)
    elif isinstance(step, (Wait, Pause)):
        lines.append(_until(step))
    return lines


def _window(step: "Proceed") -> list[str]:
    endless = say("next.endless", "no documented end")
    days = say(
        "next.window",
        "session {number}: from {earliest}, preferred {preferred}, to {latest}",
        number=step.number,
        earliest=step.earliest.isoformat(),
        preferred=step.preferred.isoformat(),
        latest=step.latest.isoformat() if step.latest else endless,
    )
    if step.days_beyond:
        beyond = say(
            "next.beyond",
            "{days} day(s) beyond the longest documented interval",
            days=step.days_beyond,
        )
        days = f"{days}; {beyond}"
    lengths = say("next.lengths", "needle length {lengths}", lengths=step.lengths)
    return [wrapped(days, "    ", "  "), f"  {lengths}"]


def _until(step: "Wait | Pause") -> str:
    if step.until:
        until = step.until.isoformat()
        day = say("heading.not_before", "not before {day}", day=until)
    else:
        day = say("heading.dateless", "no date can be given")
    told = say("next.session", "session {number}: {day}", number=step.number, day=day)
    return f"  {told}"


def next_step_brief(step: "NextStep", audience: Audience | str | None = None) -> str:
    """Render what comes next on one screen; what is to be done is told first, and all of it."""
    lines = [*head(step), *open_rows(step, reader(audience))]
    return "\n".join([*lines, *decides(step.edition)])


def open_rows(step: "NextStep", reads: Audience | None = None) -> list[str]:
    """Say what is to be done, why, and what is to be heeded besides."""
    advice = beside(lambda: [_advice(response, reads) for response in step.responses])
    lines = rows(say("next.Do", "Do"), advice)
    lines += rows(say("brief.Because", "Because"), beside(lambda: [*map(_told, step.why)]))
    against = [reason for reason in step.notices if reason.weight]
    lines += rows(say("next.Besides", "Besides"), beside(lambda: [*map(_told, against)]))
    lines += patient_rows((*step.why, *step.notices))
    unknown = [name(r) or asked(r.question) for r in step.notices if r.effect is Effect.UNKNOWN]
    return lines + row(say("brief.unknown", "Not known"), ", ".join(dict.fromkeys(unknown)))


def _told(reason: "Reason") -> str:
    return f"{asked(reason.question) or short(reason)} {who(reason)}".strip()


def _advice(response: "Response", audience: Audience | None) -> str:
    if audience is Audience.PATIENT and response.patient_text:
        return tell("patient", response.patient_text)
    text = tell("short", response.short) or response.advice
    return f"{sentence(label(response.action))}: {text}"


def next_step(
    step: "NextStep",
    sections: "Iterable[str] | None" = None,
    audience: Audience | str | None = None,
) -> str:
    """Render what comes next: all of it or the sections that are named, with their sources."""
    page = Page()
    lines = [*head(step), *body(step, page, sections, reader(audience))]
    return "\n".join([*lines, *page.sources(), *made_by(step.provenance)])


def body(
    step: "NextStep",
    page: Page,
    sections: "Iterable[str] | None" = None,
    reads: Audience | None = None,
) -> list[str]:
    """Give the sections, or those that are named."""
    shown = {
        "why": lambda: section("Why", _reasons(page, step.why)),
        "responses": lambda: _responses(page, step.responses, reads),
        "cautions": lambda: section("To be heeded", _reasons(page, step.notices)),
        "about": lambda: about(step.provenance),
    }
    return [line for named in chosen(sections, SECTIONS) for line in shown[named]()]


def _reasons(page: Page, reasons: "Iterable[Reason]") -> list[str]:
    return [line for reason in reasons for line in reason_lines(page, reason)]


def _responses(page: Page, responses: "Iterable[Response]", audience: Audience | None) -> list[str]:
    lines = []
    for response in responses:
        patient = response.patient_text if audience is Audience.PATIENT else ""
        flag = ", red flag" if response.red_flag else ""
        told = f"{sentence(label(response.action))}{flag}: {patient or response.advice}"
        cited = f"{page.ids(response.citations)} ({label(response.grade)})"
        lines.append(wrapped(f"{told} {cited}", "    ", "  - "))
    return section("What to do about what is open", lines)
