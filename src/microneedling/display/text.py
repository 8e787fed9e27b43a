"""What all texts share: lines of one width, sources by their ids, sections."""

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microneedling.values.evidence import Citation, Disagreement, Grade, Source
    from microneedling.values.reasons import Reason
    from microneedling.values.recommendations import Provenance

__all__ = [
    "NOT_PUBLISHED",
    "WIDTH",
    "decides",
    "disagreements",
    "footer",
    "grade_of",
    "ids",
    "section",
    "somebody",
    "wrapped",
]

# Texts are the same everywhere, but for whoever asks for lines of another width.
WIDTH: ContextVar[int] = ContextVar("width", default=96)
NOT_PUBLISHED = "not published in what was read"


def wrapped(text: str, indent: str, first: str | None = None) -> str:
    """Break a text into lines of one width."""
    return fill(
        text,
        WIDTH.get(),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def ids(citations: "Iterable[Citation]") -> str:
    """Name sources in brackets, each once."""
    found = dict.fromkeys(
        f"{citation.source.id}"
        if citation.locator in {"", citation.source.id}
        else citation.locator
        for citation in citations
    )
    return f"[{', '.join(found)}]" if found else ""


def grade_of(grade: "Grade") -> str:
    """Name a grade."""
    return f"({grade.value})"


def disagreements(others: "Sequence[Disagreement]") -> list[str]:
    """Say who says otherwise, a line each."""
    return [
        wrapped(f"disagrees: [{other.source.id}] {other.says}", "         ", "     ")
        for other in others
    ]


def somebody(reason: "Reason") -> list[str]:
    """Say who clears something or sees the patient, how soon, and what has to be done or left."""
    lines = []
    role = reason.role.value.replace("_", " ") if reason.role else ""
    if role and reason.effect.value == "clear":
        lines.append(f"     To be cleared first by: {role}. No clearance that counts is recorded.")
    elif role:
        soon = ", the same day" if reason.urgency and reason.urgency.value == "same_day" else ""
        lines.append(f"     For: {role}{soon}.")
    if reason.must:
        lines.append(wrapped(f"Must: {reason.must}", "       ", "     "))
    if reason.if_paused:
        lines.append(f"     If paused today, not before {reason.if_paused.isoformat()}.")
    return lines


def section(title: str, lines: Sequence[str]) -> list[str]:
    """Put lines under a title; nothing where there are none."""
    return ["", title, *lines] if lines else []


def _reference(source: "Source") -> str:
    """Give a source in full, with its caveat."""
    return f"{source.reference} {source.note}".rstrip()


def decides(edition: str) -> str:
    """End what is told in a few lines."""
    return f"  Edition {edition}. The professional decides; the whole text says why."


def footer(provenance: "Provenance", sources: "Iterable[Source]") -> list[str]:
    """End a whole text: what it may be used for, what it stands on, and what made it."""
    return [
        *section("Intended use", [wrapped(provenance.intended_use, "  ")]),
        *section("Limitations", [wrapped(text, "    ", "  - ") for text in provenance.limitations]),
        *section("Sources", [wrapped(_reference(source), "    ", "  ") for source in sources]),
        "",
        f"Edition {provenance.edition}, digest {provenance.digest}, engine {provenance.engine}.",
    ]
