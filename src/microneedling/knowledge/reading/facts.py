"""How sources, studies and what they say of lengths, effects and care are read."""

from microneedling.knowledge import facts
from microneedling.knowledge.reading.applicability import applies_to
from microneedling.knowledge.reading.citations import Sources, citations, day
from microneedling.knowledge.reading.rows import Row
from microneedling.values.courses import Downtime, SessionCount
from microneedling.values.effects import Frequency, HourWindow, SideEffect
from microneedling.values.evidence import Access, Grade, Source
from microneedling.values.lengths import LengthRange, NeedleLength
from microneedling.values.vocabulary import Indication, Severity, SideEffectCode


def edition(row: Row) -> facts.Edition:
    """Read the edition's own description."""
    with row:
        return facts.Edition(
            id=row.text("id"),
            released_on=day(row, "released_on"),
            literature_read_until=day(row, "literature_read_until"),
            authors=row.text("authors"),
            intended_use=row.text("intended_use"),
            limitations=row.texts("limitations"),
            controlled_grades=row.codes("controlled_grades", Grade),
            observed_grades=row.codes("observed_grades", Grade),
        )


def source(row: Row) -> Source:
    """Read a source."""
    with row:
        return Source(
            id=row.text("id"),
            title=row.text("title"),
            authors=row.text_or_empty("authors"),
            year=row.whole_or_none("year"),
            container=row.text_or_empty("container"),
            doi=row.text_or_empty("doi"),
            identifier=row.text_or_empty("identifier"),
            url=row.text_or_empty("url"),
            grade=row.code("grade", Grade),
            read=row.code("read", Access),
            note=row.text_or_empty("note"),
        )


def aspect(row: Row, sources: Sources) -> facts.AspectFact:
    """Read what a source says of a nominal length."""
    with row:
        downtime = count = None
        if row.has("days"):
            with row.part("days") as part:
                downtime = Downtime(part.whole("min"), part.whole("max"))
        if row.has("count"):
            with row.part("count") as part:
                count = SessionCount(part.whole("min"), part.whole("max"))
        uses = []
        for part in row.parts("uses"):
            with part:
                uses.append(
                    facts.Use(
                        indication=part.code("indication", Indication),
                        severity=part.code_or_none("severity", Severity),
                    )
                )
        return facts.AspectFact(
            id=row.text("id"),
            length=NeedleLength(row.whole("length_um")),
            aspect=row.code("aspect", facts.Aspect),
            code=row.text("code"),
            text=row.text("text"),
            downtime=downtime,
            count=count,
            uses=tuple(uses),
            followed=row.flag("follows"),
            why_followed=row.text_or_empty("why_followed"),
            citations=citations(row, sources, row.text("aspect")),
        )


def _hours(row: Row, field: str) -> HourWindow | None:
    if not row.has(field):
        return None
    with row.part(field) as part:
        return HourWindow(part.whole_or_none("min_hours"), part.whole_or_none("max_hours"))


def effect(row: Row, sources: Sources) -> SideEffect:
    """Read a side effect."""
    with row:
        lengths = None
        if row.has("lengths"):
            with row.part("lengths") as part:
                lengths = LengthRange.of(part.whole("min_um"), part.whole("max_um"))
        frequencies = []
        for part in row.parts("frequencies"):
            with part:
                frequencies.append(
                    Frequency(
                        events=part.whole_or_none("events"),
                        out_of=part.whole_or_none("of"),
                        percent=part.whole_or_none("percent"),
                        population=part.text("population"),
                        citations=citations(part, sources, "frequency"),
                    )
                )
        kind = row.text("kind")
        if kind not in {"expected", "adverse"}:
            row.refuse("kind", "write expected or adverse")
        return SideEffect(
            id=row.text("id"),
            effect=row.code("effect", SideEffectCode),
            expected=kind == "expected",
            lengths=lengths,
            onset=_hours(row, "onset"),
            duration=_hours(row, "duration"),
            frequencies=tuple(frequencies),
            severity=row.code_or_none("severity", Severity),
            indirect=row.flag("indirect"),
            applies_to=applies_to(row),
            note=row.text_or_empty("note"),
            citations=citations(row, sources, "effect"),
        )
