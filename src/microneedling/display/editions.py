"""What an edition holds, and what it says of two needle lengths, as text."""

from typing import TYPE_CHECKING

from microneedling.display.text import NOT_PUBLISHED, ids, section, wrapped

if TYPE_CHECKING:
    from microneedling.knowledge.comparison import Comparison
    from microneedling.knowledge.facts import AspectFact
    from microneedling.knowledge.knowledge import Knowledge
    from microneedling.values.evidence import Source

__all__ = ["comparison", "counts", "knowledge"]


def comparison(found: "Comparison") -> str:
    """Render two needle lengths side by side."""
    lines = [f"{found.left} and {found.right}, by edition {found.edition}"]
    sources: dict[str, Source] = {}
    for row in found.rows:
        lines += ["", row.aspect.value]
        for length, cells in ((found.left, row.left), (found.right, row.right)):
            if not cells:
                lines.append(f"  {length}: {NOT_PUBLISHED}")
            lines += [wrapped(_cell(fact, str(length)), "      ", "  ") for fact in cells]
            sources.update((c.source.id, c.source) for fact in cells for c in fact.citations)
    lines += ["", "Sources"]
    lines += [wrapped(sources[key].reference, "    ", "  ") for key in sorted(sources)]
    return "\n".join(lines)


def _cell(fact: "AspectFact", length: str) -> str:
    mark = "" if fact.followed else "(also) "
    return f"{length}: {mark}{fact.text} {ids(fact.citations)}"


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
