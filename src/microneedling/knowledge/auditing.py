"""What makes tables an edition: each row is right by its form, here they are right together."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import combinations, product

from microneedling._foundation.errors import KnowledgeError
from microneedling.knowledge.auditing_facts import (
    aspects_follow_one,
    needs_are_answered,
    responses_are_total,
)
from microneedling.knowledge.edition_tables import TABLES
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.rules import Protocol
from microneedling.values.evidence import Grade
from microneedling.values.populations import Allocation
from microneedling.values.studies import Spread, Study
from microneedling.values.vocabulary import (
    DeviceKind,
    Finding,
    Indication,
    Setting,
    Severity,
    Site,
)

__all__ = ["LOGIC_RULES", "audit"]

# Named in the vocabulary so that they can be refused.
REFUSED_SITES = frozenset({Site.INSIDE_ORBITAL_RIM, Site.VERMILION, Site.MUCOSA})

# The rules of the decision that the logic names; an edition without one decides nothing.
LOGIC_RULES = frozenset(
    {
        "above_limit",
        "anaesthesia_over_areas",
        "assembled",
        "assessment_too_old",
        "concerns_disjoint",
        "course_complete",
        "course_not_offered",
        "course_offered",
        "course_stopped",
        "course_tightened",
        "device_label_maximum",
        "documented_at_home_only",
        "earlier_sessions_not_asked",
        "edition_changed",
        "effect_not_covered",
        "facts_carried_over",
        "fewest_sessions_done",
        "finding_not_covered",
        "home_without_interval",
        "interval_exceeded",
        "interval_not_published",
        "interval_over",
        "interval_since_last",
        "minimum_interval",
        "no_documented_option",
        "not_at_home",
        "not_at_home_for_this",
        "not_at_home_here",
        "not_shared",
        "other_setting",
        "other_severity",
        "other_site",
        "other_skin_type",
        "outside_us_clearance",
        "part_of_larger_site",
        "plan_does_not_fit",
        "prescribed_medicine",
        "radiofrequency_not_covered",
        "recovery_not_over",
        "session_length_unknown",
        "session_put_off",
        "severity_not_graded",
        "side_effect_ended_course",
        "side_effect_grows_older",
        "side_effect_open",
        "side_effect_past",
        "skin_type_not_known",
        "stated_at_other_length",
    }
)


def audit(knowledge: Knowledge) -> None:
    """
    Refuse tables that are no edition.

    Raises:
        KnowledgeError: At the first thing that is wrong, naming table, row and field.
    """
    _every_row_is_read(knowledge)
    _codes_are_covered(knowledge)
    _sources_are_used(knowledge)
    _studies_are_named_after_their_source(knowledge)
    _grades_are_honest(knowledge)
    _studies_are_used(knowledge)
    _terms_are_known(knowledge)
    _places_are_safe(knowledge)
    _indications_are_kinds_of_others(knowledge)
    for protocol in knowledge.protocols:
        _protocol_is_possible(knowledge, protocol)
        _figures_are_reported(knowledge, protocol)
        _something_is_stated(knowledge, protocol)
    _schools_agree(knowledge)
    aspects_follow_one(knowledge)
    responses_are_total(knowledge)
    needs_are_answered(knowledge)


def _every_row_is_read(knowledge: Knowledge) -> None:
    """Touch every table: what is read later would be refused later."""
    for table in ("edition", *TABLES):
        _ = getattr(knowledge, table)


def _codes_are_covered(knowledge: Knowledge) -> None:
    wanted: tuple[tuple[str, str, type[Enum], Iterable[object]], ...] = (
        ("findings", "code", Finding, (row.finding for row in knowledge.findings)),
        ("sites", "site", Site, (row.site for row in knowledge.sites)),
        ("settings", "setting", Setting, (row.setting for row in knowledge.settings)),
        ("indications", "indication", Indication, (r.indication for r in knowledge.indications)),
    )
    for table, field, codes, held in wanted:
        missing = set(codes) - set(held)
        if missing:
            name = min(str(code.value) for code in missing)
            raise KnowledgeError(table, name, field, "this code has no row; add one")
    codes_held = {rule.code for rule in knowledge.rules}
    for name in sorted(LOGIC_RULES ^ codes_held):
        raise KnowledgeError("rules", name, "code", "the logic and this table differ here")


def _ids(value: object, field: str = "") -> Iterable[str]:
    """Find every source id in plain tables."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _ids(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _ids(part, field)
    elif isinstance(value, str) and field in {"source", "sources"}:
        yield value


def _sources_are_used(knowledge: Knowledge) -> None:
    tables = {name: rows for name, rows in knowledge.plain().items() if name != "sources"}
    used = set(_ids(tables))
    for source in knowledge.sources:
        if source.id not in used:
            raise KnowledgeError(
                "sources", source.id, "id", "no row cites this source; cite it or remove it"
            )


def _studies_are_named_after_their_source(knowledge: Knowledge) -> None:
    sources = {source.id for source in knowledge.sources}
    for study in knowledge.studies:
        name = study.id if study.id in sources else study.id.rpartition(".")[0]
        if name != study.source.id:
            raise KnowledgeError(
                "studies",
                study.id,
                "id",
                "name a study after its source; where there are several, add a point and a number",
            )


def _studies_are_used(knowledge: Knowledge) -> None:
    """Every study stands behind a figure, or says why it does not; never both."""
    behind = {c.locator for p in knowledge.protocols for c in p.citations if c.locator}
    for study in knowledge.studies:
        if (study.unused_because is None) is (study.id not in behind):
            message = "cite it for a figure of a protocol, or say why it stands behind none"
            raise KnowledgeError("studies", study.id, "unused_because", message)


def _something_is_stated(knowledge: Knowledge, protocol: Protocol) -> None:
    """No option of which neither whom it treated, nor what it did, nor what harm was read."""
    figures = ("lengths", "sessions", "interval")
    held = [s for f in figures for s in _studies_cited(knowledge, protocol, f)]
    if all(study.population is None or study.population.says_nothing for study in held):
        message = "no study behind it says whom it treated, or what came of it; leave it out"
        raise KnowledgeError("protocols", protocol.id, "lengths", message)


def _grades_are_honest(knowledge: Knowledge) -> None:
    """A study of which it was read how people were allocated is an rct only where by chance."""
    for study in knowledge.studies:
        held = study.population
        if held is None or study.source.grade is not Grade.RCT:
            continue
        if held.allocation is not Allocation.RANDOMISED:
            message = "no allocation by chance was read; grade its source as a cohort"
            raise KnowledgeError("studies", study.id, "population.allocation", message)


def _terms_are_known(knowledge: Knowledge) -> None:
    known = {term.term for term in knowledge.terms}
    for study in knowledge.studies:
        if study.reported not in known:
            raise KnowledgeError(
                "studies", study.id, "reported", "this term is not in the terms; add it there"
            )
    for name in sorted(known - {study.reported for study in knowledge.studies}):
        raise KnowledgeError("terms", name, "term", "no study reports this term; remove it")


def _places_are_safe(knowledge: Knowledge) -> None:
    """Named to be refused, parts of larger sites, and no more at home than in a clinic."""
    for site in knowledge.sites:
        if site.site in REFUSED_SITES and not site.refused_because:
            message = "no edition may support needling here; refuse it"
            raise KnowledgeError("sites", site.site.value, "refused", message)
        wholes = [knowledge.site(whole) for whole in knowledge.wholes(site.site)]
        if wholes[-1].part_of is not None:
            message = "a site would be part of itself; name a larger one"
            raise KnowledgeError("sites", site.site.value, "part_of", message)
        if site.inherits and not any(whole.ceiling is not None for whole in wholes[1:]):
            message = "no larger site has a ceiling that it could inherit; give one or refuse it"
            raise KnowledgeError("sites", site.site.value, "ceiling", message)
    clinic, home = (knowledge.setting(held).ceiling for held in (Setting.CLINIC, Setting.HOME))
    if clinic is not None and (home is None or home.longest > clinic.longest):
        message = "home would exceed the clinic; give home a ceiling that is not longer"
        raise KnowledgeError("settings", Setting.HOME.value, "ceiling", message)


def _indications_are_kinds_of_others(knowledge: Knowledge) -> None:
    """A kind has a general one above it and no more; what is never offered says who sees it."""
    for row in knowledge.indications:
        if row.kind_of is not None:
            general = knowledge.indication(row.kind_of)
            if general is row or general.kind_of is not None:
                message = "name a general indication that is not itself a kind of another"
                raise KnowledgeError("indications", row.indication.value, "kind_of", message)
            if not (row.documented and general.documented):
                message = "protocols would count for what none may name; leave it out"
                raise KnowledgeError("indications", row.indication.value, "kind_of", message)
        if row.never_offered and row.role is None:
            message = "say to whom is referred what is never offered"
            raise KnowledgeError("indications", row.indication.value, "role", message)
        if row.finding is not None and not row.never_offered:
            message = "a finding would speak against the very thing that is offered; leave it out"
            raise KnowledgeError("indications", row.indication.value, "finding", message)


def _protocol_is_possible(knowledge: Knowledge, protocol: Protocol) -> None:
    def refuse(field: str, message: str) -> None:
        raise KnowledgeError("protocols", protocol.id, field, message)

    if DeviceKind.RADIOFREQUENCY in protocol.devices:
        refuse("devices", "radio-frequency is not covered here; remove it")
    for site in protocol.sites:
        if knowledge.ruling(site).ceiling is None:
            refuse("sites", "nothing is offered at a refused site; remove it")
    for indication in protocol.indications:
        if not knowledge.indication(indication).documented:
            refuse("indications", "it has no support, or is never offered; remove it here")


def _settings_are_documented(protocol: Protocol, field: str, cited: Sequence[Study]) -> None:
    """Each setting of a protocol is that of a study of each figure, or of one that says none."""
    stated = [study.population.settings if study.population else () for study in cited]
    for setting in protocol.settings:
        if not any(not held or setting in held for held in stated):
            message = f"no study cited for its {field} is of {setting.value}; correct the settings"
            raise KnowledgeError("protocols", protocol.id, "settings", message)


def _figures_are_reported(knowledge: Knowledge, protocol: Protocol) -> None:
    """No extrapolation: each end of each figure is inside a cited study on each indication."""
    lengths = protocol.lengths
    figures: list[tuple[str, str, tuple[int, ...]]] = [
        ("lengths", "lengths_um", (lengths.shortest.um, lengths.longest.um))
    ]
    if protocol.sessions is not None:
        figures.append(("sessions", "sessions", (protocol.sessions.fewest, protocol.sessions.most)))
    if protocol.interval is not None:
        days = protocol.interval
        gaps = (days.minimum_days, days.preferred_days, days.maximum_days)
        figures.append(("interval", "interval_days", gaps))
    covers = {term.term: term.indications for term in knowledge.terms}
    for field, column, ends in figures:
        cited = _studies_cited(knowledge, protocol, field)
        _settings_are_documented(protocol, field, cited)
        for study in cited:
            if not set(covers[study.reported]) & set(protocol.indications):
                _refuse_study(protocol, field, study, "is about none of the indications")
            if getattr(study, column) is None:
                _refuse_study(protocol, field, study, "does not report this figure")
        for indication in protocol.indications:
            about = [s for s in cited if indication in covers[s.reported]]
            spreads: list[Spread] = [getattr(s, column) for s in about]
            for end in ends:
                if not any(spread.covers(end, end) for spread in spreads):
                    raise KnowledgeError(
                        "protocols",
                        protocol.id,
                        field,
                        f"{end} is outside what the cited studies report for {indication.value}; "
                        "correct it or cite the study that reports it",
                    )


def _studies_cited(knowledge: Knowledge, protocol: Protocol, field: str) -> list[Study]:
    keys = [citation.locator for citation in protocol.citations if citation.supports == field]
    try:
        return [knowledge.study(key) for key in keys]
    except KeyError:
        message = "no study has this id; add it to the studies or correct the id"
        raise KnowledgeError("protocols", protocol.id, f"{field}.studies", message) from None


def _refuse_study(protocol: Protocol, field: str, study: Study, what: str) -> None:
    raise KnowledgeError(
        "protocols", protocol.id, field, f"the cited study {study.id} {what}; remove it"
    )


def _schools_agree(knowledge: Knowledge) -> None:
    """Within a school, what overlaps is an arm, and severity never takes away."""
    for one, other in product(knowledge.protocols, repeat=2):
        if one.school != other.school or not _overlap(knowledge, one, other):
            continue
        shared = set(one.severities or Severity) & set(other.severities or Severity)
        if shared and (one.sessions, one.interval) != (other.sessions, other.interval):
            raise KnowledgeError(
                "protocols",
                other.id,
                "school",
                f"overlaps {one.id} of the same school with other sessions or interval; "
                "make them agree or give one another school",
            )
    for one in knowledge.protocols:
        held = [p for p in knowledge.protocols if p.school == one.school]
        together = [p for p in held if _overlap(knowledge, one, p)]
        for milder, worse in combinations(Severity, 2):
            _worse_gets_no_less(together, milder, worse)


def _worse_gets_no_less(held: list[Protocol], milder: Severity, worse: Severity) -> None:
    for_milder = [p for p in held if milder in (p.severities or Severity)]
    for_worse = [p for p in held if worse in (p.severities or Severity)]
    if not for_milder or not for_worse:
        return
    name, where = for_worse[0].id, f"at {worse.value} than at {milder.value} in this school"
    if max(p.lengths.longest for p in for_worse) < max(p.lengths.longest for p in for_milder):
        raise KnowledgeError("protocols", name, "lengths", f"shorter {where}; correct one")
    if _most_sessions(for_worse) < _most_sessions(for_milder):
        raise KnowledgeError("protocols", name, "sessions", f"fewer {where}; correct one")


def _most_sessions(held: list[Protocol]) -> int:
    return max((p.sessions.most for p in held if p.sessions is not None), default=0)


def _overlap(knowledge: Knowledge, one: Protocol, other: Protocol) -> bool:
    """Tell whether two different protocols can meet in one assessment, severity aside."""
    return (
        bool(set(one.indications) & set(other.indications))
        and bool(set(one.settings) & set(other.settings))
        and any(
            knowledge.covers_site(one.sites, site) and knowledge.covers_site(other.sites, site)
            for site in Site
        )
    )
