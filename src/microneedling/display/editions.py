"""What an edition holds, and what it says of two needle lengths, as text."""

from typing import TYPE_CHECKING

from microneedling.display.labels import label, sentence
from microneedling.display.text import NOT_PUBLISHED, Page, decides, section, wrapped

if TYPE_CHECKING:
    from microneedling.knowledge.comparison import Comparison
    from microneedling.knowledge.facts import AspectFact
    from microneedling.knowledge.knowledge import Knowledge

__all__ = ["comparison", "comparison_brief", "counts", "knowledge"]


def comparison_brief(found: "Comparison") -> str:
    """Render two needle lengths side by side: of each aspect what the edition follows."""
    lines = [f"{found.left} and {found.right}"]
    for told in found.rows:
        title = sentence(label(told.aspect))
        for length, cells in ((found.left, told.left), (found.right, told.right)):
            followed = [fact.text for fact in cells if fact.followed]
            others = len(cells) - len(followed)
            said = " ".join(followed) or ("not followed here" if cells else NOT_PUBLISHED)
            more = f" (+{others})" if others else ""
            lines.append(wrapped(f"{length}: {said}{more}", " " * 20, f" {title:<19}"))
            title = ""
    lines.append("+: so many sources say otherwise or more.")
    return "\n".join([*lines, *decides(found.edition)])


def comparison(found: "Comparison") -> str:
    """Render two needle lengths side by side, with all that sources say and their sources."""
    page = Page()
    lines = [f"{found.left} and {found.right}"]
    for told in found.rows:
        lines += ["", sentence(label(told.aspect))]
        for length, cells in ((found.left, told.left), (found.right, told.right)):
            if not cells:
                lines.append(f"  {length}: {NOT_PUBLISHED}")
            lines += [wrapped(_cell(page, fact, str(length)), "      ", "  ") for fact in cells]
    return "\n".join([*lines, *page.sources(), "", f"Edition {found.edition}"])


def _cell(page: Page, fact: "AspectFact", length: str) -> str:
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
