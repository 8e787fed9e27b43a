"""What an edition holds, and what it says of two needle lengths, as text."""

from typing import TYPE_CHECKING

from microneedling.display.labels import label, sentence
from microneedling.display.text import NOT_PUBLISHED, Page, decides, section, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microneedling.knowledge.comparison import Comparison
    from microneedling.knowledge.facts import AspectFact
    from microneedling.knowledge.knowledge import Knowledge

__all__ = [
    "cell",
    "comparison",
    "comparison_brief",
    "counts",
    "followed",
    "knowledge",
    "others_say",
]


def comparison_brief(found: "Comparison") -> str:
    """Render two needle lengths side by side: of each aspect what the edition follows."""
    lines = [f"{found.left} and {found.right}"]
    for told in found.rows:
        title = sentence(label(told.aspect))
        for length, cells in ((found.left, told.left), (found.right, told.right)):
            lines.append(wrapped(f"{length}: {followed(cells)}", " " * 20, f" {title:<19}"))
            title = ""
    lines.append(others_say())
    return "\n".join([*lines, *decides(found.edition)])


def followed(cells: "Sequence[AspectFact]") -> str:
    """Say what the edition follows, and how many sources say otherwise or more."""
    held = [fact.text for fact in cells if fact.followed]
    others = len(cells) - len(held)
    said = " ".join(held) or ("not followed here" if cells else NOT_PUBLISHED)
    return f"{said} (+{others})" if others else said


def others_say() -> str:
    """Say what the number beside a statement counts."""
    return "+: so many sources say otherwise or more."


def comparison(found: "Comparison") -> str:
    """Render two needle lengths side by side, with all that sources say and their sources."""
    page = Page()
    lines = [f"{found.left} and {found.right}"]
    for told in found.rows:
        lines += ["", sentence(label(told.aspect))]
        for length, cells in ((found.left, told.left), (found.right, told.right)):
            if not cells:
                lines.append(f"  {length}: {NOT_PUBLISHED}")
            lines += [wrapped(cell(page, fact, str(length)), "      ", "  ") for fact in cells]
    return "\n".join([*lines, *page.sources(), "", f"Edition {found.edition}"])


def cell(page: Page, fact: "AspectFact", length: str) -> str:
    """Tell what one source says of a length."""
    mark = "" if fact.followed else "(also) "
    return f"{length}: {mark}{fact.text} {page.ids(fact.citations)}"


def counts(edition: "Knowledge") -> dict[str, int]:
    """Count what an edition holds."""
    tables = {
        "sources": edition.sources,
        "studies": edition.studies,
        "indications": edition.indications,
        "protocols": edition.protocols,
        "clearances": edition.clearances,
        "findings": edition.findings,
        "sites": edition.sites,
        "length aspects": edition.aspects,
        "principles": edition.principles,
        "skin thickness figures": edition.thickness,
        "side effects": edition.effects,
        "care steps": edition.care,
        "needs of a session": edition.needs,
        "responses": edition.responses,
    }
    return {name: len(rows) for name, rows in tables.items()}


def knowledge(edition: "Knowledge") -> str:
    """Render what an edition holds."""
    about = edition.edition
    return "\n".join(
        [
            f"Edition {about.id}, released {about.released_on.isoformat()}, by {about.authors}",
            f"Literature read until {about.literature_read_until.isoformat()}",
            f"Digest {edition.digest}",
            *(f"{count:5} {name}" for name, count in counts(edition).items()),
            *section("Intended use", [wrapped(about.intended_use, "  ")]),
            *section("Limitations", [wrapped(text, "    ", "  - ") for text in about.limitations]),
            *section("Sources", [wrapped(s.reference, "    ", "  ") for s in edition.sources]),
        ]
    )
