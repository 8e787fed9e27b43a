"""What an edition tells apart, so that of all that gets the same answer one alone is asked for."""

from collections.abc import Iterable, Iterator

from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.evidence import Citation
from microneedling.values.populations import Population
from microneedling.values.recommendations import Answer
from microneedling.values.studies import Study
from microneedling.values.vocabulary import Indication, Site

__all__ = [
    "ages_told_apart",
    "grades_told_apart",
    "hangs_on_more",
    "populations",
    "sites_alike",
    "studies_behind",
]

_SITES = tuple(Site)


def studies_behind(knowledge: Knowledge, citations: Iterable[Citation]) -> list[Study]:
    """Give the studies that are cited for figures."""
    named = {c.locator for c in citations if c.locator}
    return [study for study in knowledge.studies if study.id in named]


def populations(knowledge: Knowledge, indication: Indication) -> list[Population]:
    """Give whom the studies behind the protocols of an indication treated."""
    protocols = knowledge.protocols_for(indication)
    behind = studies_behind(knowledge, [c for p in protocols for c in p.citations])
    return [study.population for study in behind if study.population is not None]


def sites_alike(knowledge: Knowledge) -> Iterator[int]:
    """
    Give for each site the place of the one whose answers it gets: its own where it is named.

    Also where a larger one was measured: of a part nobody knows whether it is as thick.
    """
    named = {site for protocol in knowledge.protocols for site in protocol.sites}
    named |= {site for rule in knowledge.findings for site in rule.asked_at}
    held = [study.population for study in knowledge.studies if study.population is not None]
    named |= {site for population in held for site in population.sites}
    measured = {row.site for row in knowledge.thickness}
    named |= {site for site in _SITES if not measured.isdisjoint(knowledge.wholes(site))}
    for site in _SITES:
        alike = next(
            row.site
            for row in map(knowledge.site, knowledge.wholes(site))
            if row.site in named or not row.inherits
        )
        yield _SITES.index(alike)


def grades_told_apart(knowledge: Knowledge, indication: Indication) -> bool:
    """Tell whether a protocol, or a study behind one, states how marked an indication is."""
    protocols = knowledge.protocols_for(indication)
    studied = any(held.severities for held in populations(knowledge, indication))
    return studied or any(protocol.severities for protocol in protocols)


def hangs_on_more(answer: Answer) -> bool:
    """Tell whether more of a patient than findings would change an answer to what is treated."""
    return bool(answer.options) or any(reason.finding is None for reason in answer.unknowns)


def ages_told_apart(studies: Iterable[Study]) -> list[int]:
    """Give the ages at which those begin, or are over, whom some study treated."""
    held = [study.population for study in studies if study.population is not None]
    youngest = {p.youngest_years for p in held if p.youngest_years is not None}
    return sorted(youngest | {p.oldest_years + 1 for p in held if p.oldest_years is not None})
