"""How the rows a decision is made from are read."""

from microneedling.knowledge import rules
from microneedling.knowledge.reading.citations import (
    Sources,
    citations,
    day,
    disagreements,
    study_citations,
)
from microneedling.knowledge.reading.rows import Row
from microneedling.values.courses import Interval, Note, Passes, SessionCount
from microneedling.values.evidence import Citation, Grade
from microneedling.values.finding_kinds import Role
from microneedling.values.lengths import LengthRange, NeedleLength
from microneedling.values.vocabulary import (
    Anaesthesia,
    DeviceKind,
    EndPoint,
    Finding,
    Indication,
    Setting,
    Severity,
    Site,
    SkinType,
)


def _ceiling(row: Row, sources: Sources) -> rules.Ceiling | None:
    others = disagreements(row, sources, "ceiling_disagree")
    if not row.has("ceiling"):
        return None
    with row.part("ceiling") as part:
        return rules.Ceiling(
            longest=NeedleLength(part.whole("um")),
            why=part.text("why"),
            grade=part.code("grade", Grade),
            citations=citations(part, sources, "ceiling"),
            disagreements=others,
        )


def _cautions(row: Row, sources: Sources) -> tuple[rules.Caution, ...]:
    held = []
    for part in row.parts("cautions"):
        with part:
            held.append(
                rules.Caution(
                    code=part.text("code"),
                    text=part.text("text"),
                    short=part.short("text"),
                    citations=citations(part, sources, "caution"),
                )
            )
    return tuple(held)


def site(row: Row, sources: Sources) -> rules.SiteRule:
    """Read what holds at a site."""
    with row:
        refused = row.flag("refused")
        ceiling = _ceiling(row, sources)
        part_of = row.code_or_none("part_of", Site)
        if refused and ceiling is not None:
            row.refuse("ceiling", "a site is either refused or has a ceiling; give one of them")
        if not refused and ceiling is None and part_of is None:
            row.refuse("ceiling", "give a ceiling, or the larger site from which it is inherited")
        return rules.SiteRule(
            site=row.code("site", Site),
            label=row.text("label"),
            part_of=part_of,
            ceiling=ceiling,
            refused_because=row.text("refused_because") if refused else "",
            refused_short=row.short("refused_because", "refused_short") if refused else "",
            refused_citations=citations(row, sources, "refusal") if refused else (),
            cautions=_cautions(row, sources),
            not_at_home=row.flag("not_at_home"),
        )


def setting(row: Row, sources: Sources) -> rules.SettingRule:
    """Read what holds in a setting."""
    with row:
        return rules.SettingRule(
            setting=row.code("setting", Setting),
            label=row.text("label"),
            ceiling=_ceiling(row, sources),
            cautions=_cautions(row, sources),
        )


def indication(row: Row, sources: Sources) -> rules.IndicationRule:
    """Read what the sources say of an indication."""
    with row:
        return rules.IndicationRule(
            indication=row.code("indication", Indication),
            label=row.text("label"),
            support=row.code("support", rules.Support),
            statement=row.text("statement"),
            short=row.short("statement"),
            citations=citations(row, sources, "support"),
            disagreements=disagreements(row, sources),
            not_at_home=row.flag("not_at_home"),
            kind_of=row.code_or_none("kind_of", Indication),
            apart=row.flag("apart"),
            never_offered=row.flag("never_offered"),
            finding=row.code_or_none("finding", Finding),
            role=row.code_or_none("role", Role),
        )


def _notes(row: Row, sources: Sources) -> tuple[Note, ...]:
    held = []
    for part in row.parts("notes"):
        with part:
            held.append(
                Note(
                    text=part.text("text"),
                    short=part.short("text"),
                    citations=citations(part, sources, "note"),
                )
            )
    return tuple(held)


def protocol(row: Row, sources: Sources) -> rules.Protocol:
    """Read a curated way to treat; every figure names where it is from."""
    with row:
        fixed: list[tuple[Citation, ...]] = []
        sessions = interval = anaesthesia = end_point = passes = None
        other: tuple[Citation, ...] = ()
        with row.part("lengths") as part:
            lengths = LengthRange.of(part.whole("min_um"), part.whole("max_um"))
            fixed.append(study_citations(part, sources, "lengths"))
        if row.has("sessions"):
            with row.part("sessions") as part:
                sessions = SessionCount(part.whole("min"), part.whole("max"))
                fixed.append(study_citations(part, sources, "sessions"))
        if row.has("interval"):
            with row.part("interval") as part:
                interval = Interval(
                    minimum_days=part.whole("min_days"),
                    preferred_days=part.whole("preferred_days"),
                    maximum_days=part.whole("max_days"),
                )
                fixed.append(study_citations(part, sources, "interval"))
        if row.has("anaesthesia"):
            with row.part("anaesthesia") as part:
                anaesthesia = part.code("kind", Anaesthesia)
                other += citations(part, sources, "anaesthesia")
        if row.has("end_point"):
            with row.part("end_point") as part:
                end_point = part.code("sign", EndPoint)
                other += citations(part, sources, "end_point")
        if row.has("passes"):
            with row.part("passes") as part:
                passes = Passes(part.whole("min"), part.whole("max"))
                other += citations(part, sources, "passes")
        ids = [{citation.source.id for citation in group} for group in fixed]
        figures = tuple(citation for group in fixed for citation in group)
        return rules.Protocol(
            id=row.text("id"),
            school=row.text("school"),
            indications=row.codes("indications", Indication),
            severities=row.codes_or_none("severities", Severity),
            sites=row.codes("sites", Site),
            settings=row.codes("settings", Setting),
            lengths=lengths,
            sessions=sessions,
            interval=interval,
            anaesthesia=anaesthesia,
            end_point=end_point,
            passes=passes,
            devices=row.codes_or_none("devices", DeviceKind),
            notes=_notes(row, sources),
            citations=figures + other,
            grade=max(citation.source.grade for citation in figures),
            backing=max(min(citation.source.grade for citation in group) for group in fixed),
            assembled=not set.intersection(*ids),
        )


def clearance(row: Row, sources: Sources) -> rules.Clearance:
    """Read a United States clearance."""
    with row:
        longest = None
        cited = citations(row, sources, "clearance")
        if row.has("longest"):
            with row.part("longest") as part:
                longest = NeedleLength(part.whole("um"))
                cited += citations(part, sources, "longest")
        return rules.Clearance(
            id=row.text("id"),
            device=row.text("device"),
            decided_on=day(row, "decided_on") if row.has("decided_on") else None,
            indications=row.codes_or_none("indications", Indication),
            sites=row.codes_or_none("sites", Site),
            skin_types=row.codes_or_none("skin_types", SkinType),
            youngest_years=row.whole_or_none("youngest_years"),
            device_kind=row.code_or_none("device_kind", DeviceKind),
            bars=row.codes_or_none("bars", Finding),
            longest=longest,
            note=row.text("note"),
            citations=cited,
        )


def logic(row: Row, sources: Sources) -> rules.LogicRule:
    """Read a rule of the decision itself."""
    with row:
        return rules.LogicRule(
            code=row.text("code"),
            why=row.text("why"),
            short=row.short("why"),
            grade=row.code("grade", Grade),
            citations=citations(row, sources, "rule"),
            question=row.text_or_empty("question"),
            days=row.whole_or_none("days"),
        )
