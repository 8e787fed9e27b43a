"""Several areas of one person on one day, and the answers for them."""

from datetime import date
from typing import Any

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation import checks
from microneedling._foundation.checks import FIRST_DATE
from microneedling.deciding.visiting import recommend_visit
from microneedling.knowledge.knowledge import Knowledge
from microneedling.strategies.answers import recommendations
from microneedling.strategies.from_fields import (
    LAST_START,
    OF_AN_ASSESSMENT,
    days,
    draws,
    pick,
)
from microneedling.strategies.towards_verdicts import chosen
from microneedling.values.assessments import Assessment
from microneedling.values.finding_kinds import Scope
from microneedling.values.findings import Exposure
from microneedling.values.visits import Visit, VisitAnswer
from microneedling.values.vocabulary import Site

__all__ = ["visit_answers", "visits"]

_MOST_AREAS = 3


@draws(Visit, OF_AN_ASSESSMENT)
def visits(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Visit]:
    """
    Draw areas of one person on one day, one area first.

    None is part of another, and none says of a finding of the person what another denies, so that
    the edition answers every one. What one area knows of the person others may leave open.

    >>> from hypothesis import find
    >>> len(find(visits(), lambda visit: True).assessments)
    1
    """
    checks.optional(knowledge, "knowledge", Knowledge)
    return _visits(knowledge, days(earliest=earliest, latest=latest))


@st.composite
def _visits(draw: st.DrawFn, knowledge: Knowledge | None, day: SearchStrategy[date]) -> Visit:
    edition, on = chosen(knowledge), draw(day)
    answers = recommendations(knowledge=knowledge, earliest=on, latest=on)
    areas: list[Assessment] = []
    for _ in range(draw(st.integers(1, _MOST_AREAS))):
        area = draw(answers).assessment
        site = area.site
        if any(edition.sites_meet(other.site, site) for other in areas):
            site = pick(draw, _free(edition, areas))
        area = evolve(area, site=site)
        areas.append(_of_the_same(draw, edition, areas[0], area) if areas else area)
    # The one that knows most of the person may stand anywhere.
    return Visit(draw(st.permutations(areas)))


def _free(edition: Knowledge, areas: list[Assessment]) -> list[Site]:
    return [site for site in Site if not any(edition.sites_meet(area.site, site) for area in areas)]


def _of_the_same(
    draw: st.DrawFn, edition: Knowledge, person: Assessment, area: Assessment
) -> Assessment:
    """Let an area be one of a person, of whom it may know less; none of it is denied there."""
    local = {rule.finding for rule in edition.findings if rule.scope is not Scope.PERSON}
    here = area.screening
    of_person = [one for one in person.screening.present if one.finding not in local]
    denied = here.absent
    if draw(st.booleans()):
        denied |= person.screening.absent - local
    told = []
    if here.everything_asked or draw(st.booleans()):
        # Its day may be forgotten.
        dated = draw(st.booleans())
        told = [one if dated else Exposure(finding=one.finding) for one in of_person]
    present = [*told, *[one for one in here.present if one.finding in local]]
    known = {one.finding for one in (*present, *of_person)}
    cleared = [one for one in area.clearances if one.finding in local]
    if draw(st.booleans()):
        cleared += [one for one in person.clearances if one.finding not in local]
    of_all: dict[str, Any] = {
        name: draw(st.sampled_from((getattr(person, name), None)))
        for name in ("age_years", "skin_type", "sex")
    }
    screening = evolve(here, present=present, absent=denied - known)
    return evolve(area, screening=screening, clearances=cleared, **of_all)


@draws(VisitAnswer, OF_AN_ASSESSMENT)
def visit_answers(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[VisitAnswer]:
    """
    Draw the answers of an edition for the areas of a visit, one area first.

    >>> from hypothesis import find
    >>> found = find(visit_answers(), lambda answer: len(answer.answers) > 1)
    >>> [reason.rule for reason in found.notices]
    ['rules.anaesthesia_over_areas']
    """
    drawn = visits(knowledge=knowledge, earliest=earliest, latest=latest)
    return drawn.map(lambda visit: recommend_visit(visit, chosen(knowledge)))
