"""How the rows are read that belong to every session."""

from microneedling.knowledge.reading.applicability import applies_to
from microneedling.knowledge.reading.citations import Sources, citations, disagreements
from microneedling.knowledge.reading.rows import Row
from microneedling.values.evidence import Grade
from microneedling.values.session_rows import (
    Audience,
    Boundary,
    CareStep,
    NeedAspect,
    SessionNeed,
    Strictness,
)

__all__ = ["care", "need"]


def care(row: Row, sources: Sources) -> CareStep:
    """Read an instruction before or after a session."""
    with row:
        low = high = bound = None
        if row.has("published"):
            with row.part("published") as part:
                low, high = part.whole("min_hours"), part.whole("max_hours")
                bound = part.code("of", Boundary)
                if not 0 <= low <= high:
                    part.refuse("max_hours", "write hours from 0 in rising order")
        first, last = row.whole("from_day"), row.whole("to_day")
        if last < first:
            row.refuse("to_day", "write a last day not before the first")
        return CareStep(
            code=row.text("code"),
            instruction=row.text("instruction"),
            short=row.short("instruction"),
            audience=row.code("audience", Audience),
            patient_text=row.text_or_empty("patient"),
            from_day=first,
            to_day=last,
            published_min_hours=low,
            published_max_hours=high,
            published_of=bound,
            strictness=row.code("strictness", Strictness),
            applies_to=applies_to(row),
            grade=row.code("grade", Grade),
            citations=citations(row, sources, "care"),
            disagreements=disagreements(row, sources),
            note=row.text_or_empty("note"),
        )


def need(row: Row, sources: Sources) -> SessionNeed:
    """Read what a session needs, or what to expect of it."""
    with row:
        return SessionNeed(
            id=row.text("id"),
            aspect=row.code("aspect", NeedAspect),
            says=row.text("says"),
            short=row.text("short"),
            published=not row.flag("not_published"),
            applies_to=applies_to(row),
            grade=row.code("grade", Grade),
            citations=citations(row, sources, "need"),
            disagreements=disagreements(row, sources),
        )
