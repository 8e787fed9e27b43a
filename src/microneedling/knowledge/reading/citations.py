"""What every reader of rows needs: sources, disagreements, days."""

from collections.abc import Mapping
from datetime import date

from microneedling.knowledge.reading.rows import Row
from microneedling.values.evidence import Citation, Disagreement, Source

Sources = Mapping[str, Source]


def source_of(row: Row, field: str, sources: Sources) -> Source:
    """Read the id of one source."""
    key = row.text(field)
    if key not in sources:
        row.refuse(field, "no source has this id; add it to the sources or correct the id")
    return sources[key]


def citations(
    row: Row, sources: Sources, supports: str = "", field: str = "sources"
) -> tuple[Citation, ...]:
    """Read a list of source ids, at least one."""
    held = []
    for key in row.texts(field):
        if key not in sources:
            row.refuse(field, "no source has this id; add it to the sources or correct the id")
        held.append(Citation(source=sources[key], supports=supports))
    return tuple(held)


def study_citations(row: Row, sources: Sources, supports: str) -> tuple[Citation, ...]:
    """
    Read a list of study ids, at least one.

    A study is named after its source, so that reading what cites it need not read it.
    """
    held = []
    for key in row.texts("studies"):
        source = sources.get(key) or sources.get(key.rpartition(".")[0])
        if source is None:
            row.refuse("studies", "no study has this id; add it to the studies or correct the id")
        held.append(Citation(source=source, supports=supports, locator=key))
    return tuple(held)


def disagreements(row: Row, sources: Sources, field: str = "disagree") -> tuple[Disagreement, ...]:
    """Read who says otherwise; missing means nobody."""
    held = []
    for part in row.parts(field):
        with part:
            held.append(
                Disagreement(source=source_of(part, "source", sources), says=part.text("says"))
            )
    return tuple(held)


def day(row: Row, field: str) -> date:
    """Read a date."""
    try:
        return date.fromisoformat(row.text(field))
    except ValueError:
        row.refuse(field, "write a date as YYYY-MM-DD")
