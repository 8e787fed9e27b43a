"""How the rows that are only looked up are read."""

from microneedling.knowledge import reference
from microneedling.knowledge.reading.applicability import applies_to
from microneedling.knowledge.reading.citations import Sources, citations, disagreements, source_of
from microneedling.knowledge.reading.rows import Row
from microneedling.values.evidence import Grade
from microneedling.values.lengths import NeedleLength, PenetrationDepth
from microneedling.values.populations import (
    Adjunct,
    AdjunctTiming,
    AdjunctUse,
    Allocation,
    Benefit,
    HarmCount,
    Population,
)
from microneedling.values.responses import Action, Response
from microneedling.values.studies import Spread, Study, UnusedBecause
from microneedling.values.vocabulary import (
    DeviceKind,
    Indication,
    Setting,
    Severity,
    Sex,
    SideEffectCode,
    Site,
    SkinType,
)


def term(row: Row) -> reference.Term:
    """Read what a reported term covers; an empty list is allowed here alone."""
    with row:
        name = row.text("term")
        if row.flag("outside"):
            return reference.Term(term=name, indications=())
        return reference.Term(term=name, indications=row.codes("indications", Indication))


def principle(row: Row, sources: Sources) -> reference.Principle:
    """Read a general statement."""
    with row:
        return reference.Principle(
            code=row.text("code"),
            statement=row.text("statement"),
            short=row.short("statement"),
            citations=citations(row, sources, "statement"),
            disagreements=disagreements(row, sources),
        )


def penetration(row: Row, sources: Sources) -> reference.Penetration:
    """Read a measured depth."""
    with row:
        return reference.Penetration(
            id=row.text("id"),
            needle=NeedleLength(row.whole("needle_um")),
            shallowest=PenetrationDepth(row.whole("depth_min_nm")),
            deepest=PenetrationDepth(row.whole("depth_max_nm")),
            model=row.text("model"),
            source=source_of(row, "source", sources),
            note=row.text_or_empty("note"),
        )


def thickness(row: Row, sources: Sources) -> reference.Thickness:
    """Read a measured thickness."""
    with row:
        low, high = row.whole("min_nm"), row.whole("max_nm")
        if not 0 < low <= high:
            row.refuse("max_nm", "write a highest figure not below the lowest, both above 0")
        return reference.Thickness(
            site=row.code("site", Site),
            layer=row.text("layer"),
            sex=row.text("sex"),
            min_nm=low,
            max_nm=high,
            method=row.text("method"),
            landmark=row.text("landmark"),
            source=source_of(row, "source", sources),
        )


def response(row: Row, sources: Sources) -> Response:
    """Read what to do about a side effect."""
    with row:
        first, last = row.whole("from_day"), row.whole_or_none("to_day")
        if first < 0 or (last is not None and last < first):
            row.refuse("to_day", "write days from 0, the last not before the first")
        return Response(
            id=row.text("id"),
            effects=row.codes("effects", SideEffectCode),
            severities=row.codes("severity", Severity),
            from_day=first,
            to_day=last,
            action=row.code("action", Action),
            red_flag=row.flag("red_flag"),
            advice=row.text("advice"),
            short=row.short("advice"),
            patient_text=row.text_or_empty("patient"),
            applies_to=applies_to(row),
            grade=row.code("grade", Grade),
            citations=citations(row, sources, "response"),
        )


def _spread(row: Row, field: str) -> Spread | None:
    if not row.has(field):
        return None
    with row.part(field) as part:
        return Spread(part.whole_or_none("min"), part.whole_or_none("max"))


def _adjuncts(row: Row) -> tuple[AdjunctUse, ...] | None:
    alone, held = row.flag("alone"), []
    for part in row.parts("adjuncts"):
        with part:
            held.append(
                AdjunctUse(
                    adjunct=part.code("adjunct", Adjunct),
                    timing=part.code_or_none("timing", AdjunctTiming),
                    also_alone=part.flag("also_alone"),
                )
            )
    if alone and held:
        row.refuse("alone", "it is needled alone, or with an adjunct; keep one of them")
    return tuple(held) if alone or held else None


def _population(row: Row) -> Population | None:
    if not row.has("population"):
        return None
    with row.part("population") as part:
        return Population(
            skin_types=part.codes_or_none("skin_types", SkinType),
            youngest_years=part.whole_or_none("youngest_years"),
            oldest_years=part.whole_or_none("oldest_years"),
            sexes=part.codes_or_none("sexes", Sex),
            severities=part.codes_or_none("severities", Severity),
            sites=part.codes_or_none("sites", Site),
            devices=part.codes_or_none("devices", DeviceKind),
            settings=part.codes_or_none("settings", Setting),
            adjuncts=_adjuncts(part),
            allocation=part.code_or_none("allocation", Allocation),
            controlled=part.flag("controlled") if part.has("controlled") else None,
            benefit=part.code("benefit", Benefit),
            outcomes=part.codes_or_none("outcomes", Indication),
            harm=part.code_or_none("harm", HarmCount) or HarmCount.NOT_STATED,
            harm_told=part.text_or_empty("harm_told"),
            participants=part.whole_or_none("participants"),
        )


def study(row: Row, sources: Sources) -> Study:
    """Read a published protocol as its source reports it."""
    with row:
        return Study(
            id=row.text("id"),
            source=source_of(row, "source", sources),
            reported=row.text("reported"),
            severity=row.text_or_empty("severity"),
            zone=row.text_or_empty("zone"),
            lengths_um=_spread(row, "lengths_um"),
            sessions=_spread(row, "sessions"),
            interval_days=_spread(row, "interval_days"),
            device=row.text_or_empty("device"),
            setting=row.text_or_empty("setting"),
            anaesthesia=row.text_or_empty("anaesthesia"),
            note=row.text_or_empty("note"),
            population=_population(row),
            unused_because=row.code_or_none("unused_because", UnusedBecause),
        )
