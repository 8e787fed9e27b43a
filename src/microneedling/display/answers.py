"""An answer as text, section by section, with the sources of what is shown."""

from typing import TYPE_CHECKING

from microneedling._foundation import checks
from microneedling.display.headings import heading
from microneedling.display.options import note_line, option_lines, shared_notes
from microneedling.display.reasons import musts, name, reason_lines
from microneedling.display.sessions import care, effects, needs, red_flags
from microneedling.display.text import Page, about, chosen, made_by, reader, section, wrapped
from microneedling.values.reasons import Effect, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from microneedling.values.courses import Course
    from microneedling.values.reasons import Reason
    from microneedling.values.recommendations import Answer
    from microneedling.values.session_rows import Audience

__all__ = ["SECTIONS", "body", "explain"]

# What is shown of one option where no section is named.
_OF_ONE = ("options", "basis")


class _Shown:
    """What is asked for: the answer, the page, of which options, and for whom."""

    __slots__ = ("answer", "audience", "options", "page")

    def __init__(
        self, answer: "Answer", page: Page, why: int | None, audience: "Audience | None"
    ) -> None:
        self.answer = answer
        self.page = page
        self.audience = audience
        self.options: tuple[Course, ...] = answer.options
        if why is not None:
            if not answer.options:
                checks.refuse("out_of_range", "why", "leave it out: nothing is offered")
            checks.whole(why, "why", 1, len(answer.options), "as an option")
            self.options = (answer.options[why - 1],)

    def reasons(self, reasons: "Iterable[Reason]") -> list[str]:
        """Give reasons, each as one of many."""
        return [line for reason in reasons for line in reason_lines(self.page, reason)]


def explain(
    answer: "Answer",
    sections: "Iterable[str] | None" = None,
    why: int | None = None,
    audience: "Audience | str | None" = None,
) -> str:
    """Render an answer: all of it, or the sections that are named."""
    page = Page()
    named = _OF_ONE if sections is None and why is not None else sections
    lines = body(answer, page, named, why, reader(audience))
    lines += about(answer.provenance) if "about" in chosen(named, SECTIONS) else []
    return "\n".join([*lines, *page.sources(), *made_by(answer.provenance)])


def body(
    answer: "Answer",
    page: Page,
    sections: "Iterable[str] | None" = None,
    why: int | None = None,
    audience: "Audience | None" = None,
) -> list[str]:
    """Give the sections that are of one answer alone."""
    shown = _Shown(answer, page, why, audience)
    lines = heading(answer)
    for named in chosen(sections, SECTIONS):
        lines += _SECTIONS[named](shown)
    return lines


def _musts(shown: _Shown) -> list[str]:
    return section(
        "What has to be done or left, whatever is chosen",
        [wrapped(must, "    ", "  - ") for must in musts(shown.answer.musts)],
    )


def _options(shown: _Shown) -> list[str]:
    notes = shared_notes(shown.options)
    concerns = shown.answer.assessment.concerns
    lines = [
        line
        for course in shown.options
        for line in option_lines(shown.page, course, concerns, notes)
    ]
    lines = section("Options", lines)
    return lines + section("Of each option", [note_line(shown.page, note, "  ") for note in notes])


def _basis(shown: _Shown) -> list[str]:
    if not shown.options:
        return []
    lines = []
    for reason in {(r.why, r.citations): r for r in shown.answer.because}.values():
        lines.append(wrapped(f"{reason.why} {shown.page.ids(reason.citations)}", "    ", "  - "))
        lines += shown.page.disagreements(reason.disagreements)
    return section("What the sources say of the indication", lines)


def _why(shown: _Shown) -> list[str]:
    answer = shown.answer
    lines = section("Not served by every option", shown.reasons(answer.unserved))
    if not answer.options:
        title = "Questions, the weightiest first" if answer.verdict is Verdict.ASK else "Why"
        numbered = enumerate(answer.because, 1)
        lines += section(
            title, [line for n, r in numbered for line in reason_lines(shown.page, r, n)]
        )
    worst = answer.because[0].weight
    besides = [r for r in answer.reasons if 0 < r.weight < worst and r.effect is not Effect.ASK]
    return lines + section("Besides", shown.reasons(besides))


def _limits(shown: _Shown) -> list[str]:
    lines = []
    for reason in shown.answer.reasons:
        if reason.limit is not None:
            of = name(reason)
            told = f"{reason.limit}{f', {of}' if of else ''}: {reason.why}"
            cited = shown.page.ids(reason.citations)
            lines.append(wrapped(f"{told} {cited}", "    ", "  - "))
            lines += shown.page.disagreements(reason.disagreements)
    plans = [
        r for r in shown.answer.reasons if r.effect in {Effect.CHANGE, Effect.LIMIT} and r.finding
    ]
    return [
        *section("Limits that bind", lines),
        *section("With a change of plan or a limit", shown.reasons(plans)),
    ]


def _cautions(shown: _Shown) -> list[str]:
    return section("To be heeded", shown.reasons(shown.answer.cautions))


def _unknown(shown: _Shown) -> list[str]:
    asked = shown.answer.verdict is Verdict.ASK
    held = [r for r in shown.answer.unknowns if not asked or r.effect is Effect.UNKNOWN]
    lines = section("Not known either" if asked else "Not known", shown.reasons(held))
    return lines + section("Waiting time over", shown.reasons(shown.answer.lifted))


def _excluded(shown: _Shown) -> list[str]:
    lines = [
        wrapped(f"{reason.protocol}: {reason.why}", "    ", "  - ")
        for reason in shown.answer.excluded
    ]
    return section("Documented but not offered", lines)


def _inputs(shown: _Shown) -> list[str]:
    ignored = [wrapped(", ".join(shown.answer.ignored), "  ")] if shown.answer.ignored else []
    return section("Inputs that made no difference", ignored)


def _of_course(
    told: "Callable[[Page, Course, Audience | None], list[str]]",
) -> "Callable[[_Shown], list[str]]":
    """Tell of the longest needle that is shown; what is less asks for no more."""

    def lines(shown: _Shown) -> list[str]:
        if not shown.options:
            return []
        longest = max(shown.options, key=lambda course: course.lengths.longest)
        return told(shown.page, longest, shown.audience)

    return lines


def _session(shown: _Shown) -> list[str]:
    return needs(shown.page, shown.options)


def _about(_: _Shown) -> list[str]:
    # Told once, at the end.
    return []


_SECTIONS: "dict[str, Callable[[_Shown], list[str]]]" = {
    "musts": _musts,
    "options": _options,
    "basis": _basis,
    "why": _why,
    "limits": _limits,
    "cautions": _cautions,
    "unknown": _unknown,
    "excluded": _excluded,
    "session": _session,
    "care": lambda shown: care(shown.page, shown.options, shown.audience),
    "stop": _of_course(red_flags),
    "effects": _of_course(effects),
    "inputs": _inputs,
    "about": _about,
}
SECTIONS: tuple[str, ...] = tuple(_SECTIONS)
