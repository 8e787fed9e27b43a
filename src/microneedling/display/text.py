"""What all texts share: lines of one width, sections, and the sources that a text names."""

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from textwrap import fill
from typing import TYPE_CHECKING

from microneedling._foundation import checks
from microneedling.display.languages import LANGUAGE, SOURCE, say, unread
from microneedling.values.session_rows import Audience

if TYPE_CHECKING:
    from microneedling.values.evidence import Citation, Disagreement, Source
    from microneedling.values.recommendations import Provenance

__all__ = [
    "MOST_LINES",
    "NOT_PUBLISHED",
    "WIDTH",
    "Page",
    "RowLine",
    "about",
    "by_machine",
    "chosen",
    "decides",
    "fitting",
    "made_by",
    "reader",
    "row",
    "rows",
    "section",
    "wrapped",
]

# Texts are the same everywhere, but for whoever asks for lines of another width.
WIDTH: ContextVar[int] = ContextVar("width", default=80)
# A screen. Nothing that may not be left out is left out for it.
MOST_LINES = 25
# Titles are longer elsewhere.
_TITLE, _TITLE_ELSEWHERE = 10, 13
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


class RowLine(str):
    """The first line of a row, which knows what it was made of."""

    __slots__ = ("beside", "told")

    beside: str
    told: str


def row(title: str, text: str) -> list[str]:
    """Put a text beside its title, as many lines as it takes; nothing where there is none."""
    if not text:
        return []
    wide = _TITLE if LANGUAGE.get() == SOURCE else _TITLE_ELSEWHERE
    lines = wrapped(text, " " * (wide + 1), f" {title:<{wide}}").splitlines()
    first = RowLine(lines[0])
    first.beside, first.told = title, text
    return [first, *lines[1:]]


def rows(title: str, texts: Iterable[str]) -> list[str]:
    """Put texts under each other beside one title, each once."""
    lines: list[str] = []
    for text in dict.fromkeys(texts):
        lines += row("" if lines else title, text)
    return lines


def fitting(blocks: "Sequence[Sequence[str]]", room: int) -> list[Sequence[str]]:
    """Take the first blocks, as many as there is room for; the first one always."""
    taken: list[Sequence[str]] = []
    for block in blocks:
        if taken and sum(map(len, taken)) + len(block) > room:
            break
        taken.append(block)
    return taken


def section(title: str, lines: Sequence[str]) -> list[str]:
    """Put lines under a title; nothing where there are none."""
    return ["", title, *lines] if lines else []


def chosen(sections: Iterable[str] | None, known: Iterable[str]) -> tuple[str, ...]:
    """
    Take the sections that are asked for, in the order in which they stand; all where none is.

    Raises:
        InputError: If there is no such section.
    """
    names = tuple(known)
    if sections is None:
        return names
    if isinstance(sections, str):
        checks.refuse("wrong_type", "sections", "give a collection of names")
    asked = frozenset(sections)
    if not asked:
        checks.refuse("empty", "sections", f"give at least one of {', '.join(names)}")
    if not asked <= {*names}:
        checks.refuse("unknown_code", "sections", f"give some of {', '.join(names)}")
    return tuple(name for name in names if name in asked)


def reader(audience: Audience | str | None) -> Audience | None:
    """
    Take whoever reads it.

    Raises:
        InputError: If there is no such audience.
    """
    if audience is None or isinstance(audience, Audience):
        return audience
    return checks.code_of(audience, Audience, "audience")


class Page:
    """A text that is being written, which knows the sources that it names."""

    __slots__ = ("_named",)

    def __init__(self) -> None:
        self._named: dict[str, Source] = {}

    def ids(self, citations: "Iterable[Citation]") -> str:
        """Name sources in brackets, each once."""
        found: dict[str, None] = {}
        for citation in citations:
            source = citation.source
            self._named[source.id] = source
            found[citation.locator or source.id] = None
        return f"[{', '.join(found)}]" if found else ""

    def disagreements(self, others: "Iterable[Disagreement]") -> list[str]:
        """Say who says otherwise, a line each."""
        lines = []
        for other in others:
            self._named[other.source.id] = other.source
            lines.append(
                wrapped(f"disagrees: [{other.source.id}] {other.says}", "         ", "     ")
            )
        return lines

    def named(self) -> "list[Source]":
        """Give the sources that were named, sorted by their ids."""
        return [self._named[key] for key in sorted(self._named)]

    def sources(self) -> list[str]:
        """List in full what was named, each with its caveat."""
        listed = self.named()
        return section("Sources", [wrapped(_reference(source), "    ", "  ") for source in listed])


def _reference(source: "Source") -> str:
    """Give a source in full, with its caveat."""
    return f"{source.reference} {source.note}".rstrip()


def decides(edition: str, more: str = "") -> list[str]:
    """End what is told in a few lines."""
    told = say(
        "text.decides",
        "Edition {edition}; the professional decides. More: explain() or --full{more}",
        edition=edition,
        more=more,
    )
    return [*wrapped(told, "  ", "").splitlines(), *by_machine()]


def by_machine() -> list[str]:
    """Say of a translation that no clinician has read it; nothing where one has."""
    if not unread():
        return []
    warned = say("text.unread", "Translated by machine, not read by a clinician.")
    return wrapped(warned, "  ", "").splitlines()


def about(provenance: "Provenance") -> list[str]:
    """Say what a text may be used for, and what it cannot do."""
    return [
        *section("Intended use", [wrapped(provenance.intended_use, "  ")]),
        *section("Limitations", [wrapped(text, "    ", "  - ") for text in provenance.limitations]),
    ]


def made_by(provenance: "Provenance") -> list[str]:
    """Say which edition and which version of the logic made it."""
    told = f"{provenance.edition}, digest {provenance.digest}, engine {provenance.engine}."
    return ["", wrapped(f"Edition {told}", "  ", "")]
