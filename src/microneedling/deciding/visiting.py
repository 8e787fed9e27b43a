"""Several areas in one visit: what is known of the person is joined, each area answered. Pure."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, TypeAlias

from attrs import evolve

from microneedling._foundation import checks
from microneedling.deciding.of_person import OfPerson
from microneedling.deciding.recommending import recommend
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.assessments import Assessment
from microneedling.values.earlier import EarlierSession
from microneedling.values.findings import Exposure, MedicalClearance, Screening
from microneedling.values.reasons import Effect, Reason
from microneedling.values.recommendations import Answer
from microneedling.values.visits import Visit, VisitAnswer, agreed
from microneedling.values.vocabulary import Finding

__all__ = ["recommend_visit"]

Areas: TypeAlias = tuple[Assessment, ...]


def _place(number: int) -> str:
    return f"visit.assessments[{number}]"


def _joined(areas: Areas, knowledge: Knowledge) -> Iterator[Assessment]:
    """Give each area what is known of the person from all of them."""
    of_person = knowledge.prepared(OfPerson)
    present = _present(areas, of_person)
    absent = _absent(areas, of_person, present)
    clearances = _clearances(areas, of_person)
    sessions = {session for area in areas for session in area.earlier_sessions or ()}
    known: dict[str, Any] = {
        name: next((held for held in map(attrgetter(name), areas) if held is not None), None)
        for name in ("age_years", "skin_type", "sex")
    }
    for area in areas:
        local = [one for one in area.clearances if one.finding not in of_person]
        yield evolve(
            area,
            screening=_screening(area.screening, present, absent),
            clearances=[*local, *clearances],
            earlier_sessions=_earlier(area, sessions, knowledge),
            **known,
        )


def _present(areas: Areas, of_person: OfPerson) -> dict[Finding, Exposure]:
    """Join what is present: a day, or whether it goes on, is known where one area knows it."""
    found: dict[Finding, Exposure] = {}
    for number, area in enumerate(areas):
        for place, exposure in enumerate(area.screening.present):
            finding = exposure.finding
            if finding in of_person:
                path = f"{_place(number)}.screening.present[{place}]"
                found[finding] = _both(found.get(finding, exposure), exposure, path)
    return found


def _both(one: Exposure, other: Exposure, path: str) -> Exposure:
    def make() -> Exposure:
        return Exposure(
            finding=one.finding,
            last_on=agreed(one.last_on, other.last_on, "last_on"),
            ongoing=agreed(one.ongoing, other.ongoing, "ongoing"),
        )

    return checks.within(f"{path}.", make)


def _absent(
    areas: Areas, of_person: OfPerson, present: dict[Finding, Exposure]
) -> frozenset[Finding]:
    """
    Join what is absent, and refuse what another area says is present.

    Also where the one says so by having asked everything: two areas then say opposite things
    of one person, and which is true nobody here can tell.
    """
    absent: set[Finding] = set()
    for number, area in enumerate(areas):
        denied = of_person.denied(area)
        if not denied.isdisjoint(present):
            checks.refuse(
                "contradiction",
                f"{_place(number)}.screening",
                "a finding of the person is present by one area and absent by this one, by name or "
                "since everything was asked; correct one of them",
            )
        absent |= denied
    return frozenset(absent)


def _screening(
    own: Screening, present: dict[Finding, Exposure], absent: frozenset[Finding]
) -> Screening:
    """Give an area's findings with those of the person; a complete one names none as absent."""
    everything = {exposure.finding: exposure for exposure in own.present} | present
    return evolve(
        own,
        present=everything.values(),
        absent=own.absent if own.everything_asked else own.absent | absent,
    )


def _clearances(areas: Areas, of_person: OfPerson) -> tuple[MedicalClearance, ...]:
    """Join clearances of the person; of several by one role the latest counts."""
    found: dict[Finding, MedicalClearance] = {}
    for number, area in enumerate(areas):
        for place, clearance in enumerate(area.clearances):
            finding = clearance.finding
            if finding not in of_person:
                continue
            before = found.get(finding, clearance)
            if before.by is not clearance.by:
                checks.refuse(
                    "finding_twice",
                    f"{_place(number)}.clearances[{place}]",
                    "one finding of the person is cleared by two roles; keep one clearance",
                )
            found[finding] = max(before, clearance, key=attrgetter("on"))
    return tuple(found.values())


def _earlier(
    area: Assessment, sessions: set[EarlierSession], knowledge: Knowledge
) -> tuple[EarlierSession, ...] | None:
    """
    Give an area the earlier sessions of the person.

    Where nobody asked about this area, those elsewhere are no answer: it is still asked.
    """
    told = area.earlier_sessions is not None or area.screening.everything_asked
    here = any(knowledge.sites_meet(session.site, area.site) for session in sessions)
    return tuple(sessions) if sessions and (told or here) else area.earlier_sessions


def _check_apart(areas: Areas, knowledge: Knowledge) -> None:
    """Refuse a part beside its whole: its skin would be needled twice."""
    for number, area in enumerate(areas):
        if any(knowledge.sites_meet(before.site, area.site) for before in areas[:number]):
            checks.refuse(
                "sites_meet",
                f"{_place(number)}.site",
                "this site is part of another area of the visit, or the other of it; assess the "
                "whole, or its parts",
            )


def _binding(answers: tuple[Answer, ...], of_person: OfPerson) -> tuple[Reason, ...]:
    """Give what binds all: the reasons of the person that stand in every answer."""
    first, *others = answers
    held = [
        reason
        for reason in first.reasons
        if reason.finding is not None
        and reason.finding in of_person
        and (reason.weight or reason.must or reason.effect in {Effect.CHANGE, Effect.LIMIT})
        and all(reason in other.reasons for other in others)
    ]
    return tuple(dict.fromkeys(held))


def recommend_visit(visit: Visit, knowledge: Knowledge) -> VisitAnswer:
    """
    Say what an edition documents for each area of a visit.

    What is known of the person is joined first: age, skin type and sex, the findings that the
    edition calls those of the person, their clearances, and earlier sessions. What is unknown in
    one area and known in another is known. Findings of an area or its region stay where they are.
    Each area is then answered as `recommend` answers it; the order of the areas does not matter.

    A complete screening says of each finding of the person that it does not name that it is
    absent, for all areas. Earlier sessions do not tell of an area about which nobody asked.

    Args:
        visit: The areas.
        knowledge: The edition; there is no default.

    Returns:
        The answers, what binds all areas, and what is to be heeded of all together.

    Raises:
        InputError: If a value is of another type; ``sites_meet`` if one area is part of another;
            ``contradiction`` if two areas say different things of one finding of the person;
            ``finding_twice`` if two roles have cleared one.

    >>> import datetime
    >>> import microneedling as mn
    >>> cheek, neck = (
    ...     mn.Assessment(
    ...         on=datetime.date(2026, 11, 22),
    ...         site=site,
    ...         setting=mn.Setting.CLINIC,
    ...         concerns=[mn.Concern(indication=mn.Indication.FINE_LINES)],
    ...         screening=screening,
    ...     )
    ...     for site, screening in (
    ...         (mn.Site.CHEEK, mn.Screening.complete(present=[mn.Finding.PREGNANCY])),
    ...         (mn.Site.NECK, mn.Screening()),
    ...     )
    ... )
    >>> found = mn.recommend_visit(mn.Visit([cheek, neck]), mn.load("2026.1"))
    >>> [answer.verdict.value for answer in found.answers]
    ['defer', 'defer']
    >>> found.binding[0].finding.value
    'pregnancy'
    """
    checks.instance(visit, "visit", Visit)
    checks.instance(knowledge, "knowledge", Knowledge)
    areas = visit.assessments
    _check_apart(areas, knowledge)
    answers = tuple([recommend(area, knowledge) for area in _joined(areas, knowledge)])
    over_all = knowledge.rule("anaesthesia_over_areas")
    several = len(areas) > 1
    return VisitAnswer(
        answers=answers,
        binding=_binding(answers, knowledge.prepared(OfPerson)),
        notices=(over_all.reason(Effect.CAUTION, f"areas={len(areas)}"),) if several else (),
    )
