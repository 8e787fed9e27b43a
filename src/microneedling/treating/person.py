"""What concerns the person, from one course into another. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from attrs import evolve

from microneedling._foundation import checks
from microneedling.deciding.of_person import OfPerson
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.course_state import Standing
from microneedling.treating.ledger import Progress, standing_of
from microneedling.treating.updated_assessment import assessment_on
from microneedling.values.assessments import Assessment
from microneedling.values.earlier import EarlierSession
from microneedling.values.findings import Exposure, Screening
from microneedling.values.person import PersonFacts
from microneedling.values.vocabulary import Finding, Site

__all__ = ["carried", "facts_of_all", "facts_of_person", "joined", "with_facts_of_person"]


def facts_of_person(progress: Progress, on: date) -> PersonFacts:
    """
    Give what a course tells of the person: findings, what a side effect says, and its sessions.

    What lies in one area, such as an open wound, stays there. What is absent is not told: that
    an area was asked about some time ago is no answer for another today.

    Args:
        progress: The ledger.
        on: The day; not before the last record.

    Raises:
        InputError: If a value is of another type or the day lies before the last record.

    >>> import microneedling as mn
    >>> knowledge = mn.load("2026.1")
    >>> neck = mn.Assessment(
    ...     on=date(2026, 11, 22),
    ...     site=mn.Site.NECK,
    ...     setting=mn.Setting.CLINIC,
    ...     concerns=[mn.Concern(indication=mn.Indication.FINE_LINES)],
    ...     skin_type=mn.SkinType.III,
    ...     age_years=34,
    ...     screening=mn.Screening.complete(),
    ... )
    >>> course = mn.recommend(neck, knowledge).options[0]
    >>> ledger = mn.begin(neck, course, knowledge).record(
    ...     mn.SessionDone(on=date(2026, 12, 1), needle_length=course.lengths.shortest)
    ... )
    >>> ledger = ledger.record(
    ...     mn.SideEffectReported(
    ...         on=date(2026, 12, 1),
    ...         effect=mn.SideEffectCode.ANAPHYLAXIS,
    ...         severity=mn.Severity.SEVERE,
    ...         day=0,
    ...     )
    ... )
    >>> [known.finding.value for known in facts_of_person(ledger, date(2026, 12, 2)).present]
    ['needle_reaction', 'severe_allergy']
    """
    checks.instance(progress, "progress", Progress)
    on = checks.day(on, "on")
    standing = standing_of(progress)
    if on < standing.day:
        checks.refuse("out_of_order", "on", "something was recorded for a later day")
    knowledge, first = progress.knowledge, progress.assessment
    of_person = knowledge.prepared(OfPerson)
    screening = assessment_on(on, first, standing, knowledge, frozenset()).screening
    present = {
        exposure.finding: (exposure, "told")
        for exposure in screening.present
        if exposure.finding in of_person
    }
    for finding, effect in _answered_by_effects(standing, knowledge, of_person):
        present.setdefault(finding, (Exposure(finding=finding), f"after {effect}"))
    unknown = dict(_not_known(on, standing, screening, knowledge, of_person))
    told = [(finding, why) for finding, (_, why) in present.items()]
    asked = [pair for pair in unknown.items() if pair[0] not in present]
    return PersonFacts(
        on=on,
        present=[present[finding][0] for finding in sorted(present)],
        unknown=[finding for finding, _ in asked],
        sessions=[*_held(progress, standing), *(first.earlier_sessions or ())],
        because=tuple(
            [f"{finding.value}=present: {why}" for finding, why in sorted(told)]
            + [f"{finding.value}=unknown: {why}" for finding, why in sorted(asked)]
        ),
    )


def _answered_by_effects(
    standing: Standing, knowledge: Knowledge, of_person: OfPerson
) -> Iterator[tuple[Finding, str]]:
    """Give the findings whose question a side effect answers with yes, and which one."""
    seen = {effect for effect, _ in standing.episodes}
    for rule in knowledge.findings:
        answered = seen.intersection(rule.after_effects)
        if answered and rule.finding in of_person:
            yield rule.finding, min(answered).value


def _not_known(
    on: date,
    standing: Standing,
    screening: Screening,
    knowledge: Knowledge,
    of_person: OfPerson,
) -> Iterator[tuple[Finding, str]]:
    """Give the findings of which nobody knows any more."""
    for finding in standing.findings:
        known = screening.is_absent(finding) or any(
            exposure.finding is finding for exposure in screening.present
        )
        if finding in of_person and not known:
            yield finding, "not known any more"
    opened = {effect for (effect, _), one in standing.episodes.items() if one.is_open(on)}
    for rule in knowledge.findings:
        asked = opened.intersection(rule.asked_after)
        if asked and rule.finding in of_person:
            yield rule.finding, f"to be asked again, since {min(asked).value} is open"


def _held(progress: Progress, standing: Standing) -> Iterator[EarlierSession]:
    first = progress.assessment
    for session in standing.sessions:
        yield EarlierSession.on(
            session.done_on,
            site=first.site,
            needle_length=session.needle_length,
            setting=first.setting,
            device=first.device.kind if first.device else None,
        )


def with_facts_of_person(
    assessment: Assessment, facts: PersonFacts, knowledge: Knowledge
) -> Assessment:
    """
    Bring what another course tells of the person into an assessment.

    Where the two differ the more cautious holds: what is present there is present here, and
    what is not known any more is asked again, also where the assessment says that it is absent.

    Args:
        assessment: Of the day of the facts or later.
        facts: What another course tells.
        knowledge: The edition by which it is to be judged; there is no default.

    Raises:
        InputError: If a value is of another type, or the facts are of a later day.
    """
    checks.instance(assessment, "assessment", Assessment)
    checks.instance(facts, "facts", PersonFacts)
    checks.instance(knowledge, "knowledge", Knowledge)
    if facts.on > assessment.on:
        message = "the facts are of a later day than the assessment; assess anew"
        checks.refuse("after_assessment", "facts", message)
    return evolve(
        assessment,
        screening=_screening(assessment.screening, facts, knowledge),
        earlier_sessions=_sessions(assessment, facts, knowledge),
    )


def _screening(own: Screening, facts: PersonFacts, knowledge: Knowledge) -> Screening:
    present = {exposure.finding: exposure for exposure in own.present}
    for exposure in facts.present:
        present[exposure.finding] = _later(present.get(exposure.finding, exposure), exposure)
    absent = own.absent - set(present) - facts.unknown
    unknown = facts.unknown - set(present)
    if not own.everything_asked or not unknown:
        return evolve(own, present=present.values(), absent=absent)
    # Not all is known any more, so what is absent is named.
    derived = {rule.finding for rule in knowledge.findings if rule.follows}
    absent |= set(Finding) - set(present) - unknown - derived
    return Screening(present=present.values(), absent=absent)


def _later(one: Exposure, other: Exposure) -> Exposure:
    """Give that of two which ended later, or of which no end is known."""
    if one.last_on is None or other.last_on is None:
        return one if one.last_on is None else other
    return max(one, other, key=lambda exposure: exposure.last_on or date.max)


def _sessions(
    assessment: Assessment, facts: PersonFacts, knowledge: Knowledge
) -> tuple[EarlierSession, ...] | None:
    """Where nobody asked about this area, sessions elsewhere are no answer: it is still asked."""
    known = assessment.earlier_sessions
    told = known is not None or assessment.screening.everything_asked
    here = any(knowledge.sites_meet(one.site, assessment.site) for one in facts.sessions)
    return (*(known or ()), *facts.sessions) if facts.sessions and (told or here) else known


def facts_of_all(ledgers: Iterable[Progress]) -> PersonFacts:
    """Join what ledgers tell of the person on the day of the last record."""
    held = tuple(ledgers)
    on = max(standing_of(ledger).day for ledger in held)
    return joined([facts_of_person(ledger, on) for ledger in held], on)


def joined(told: Iterable[PersonFacts], on: date) -> PersonFacts:
    """Join what several courses tell of one person."""
    held = tuple(told)
    present = {
        known.finding: known
        for known in sorted(
            chain(*(facts.present for facts in held)),
            # Of several the last counts: that which ended last, or of which no end is known.
            key=lambda known: known.last_on or date.max,
        )
    }
    unknown = frozenset(chain(*(facts.unknown for facts in held))) - set(present)
    because = dict.fromkeys(chain(*(facts.because for facts in held)))
    named = {f"{finding.value}=" for finding in (*present, *unknown)}
    return PersonFacts(
        on=on,
        present=[present[finding] for finding in sorted(present)],
        unknown=unknown,
        sessions=tuple(dict.fromkeys(chain(*(facts.sessions for facts in held)))),
        because=tuple(line for line in because if any(line.startswith(name) for name in named)),
    )


def carried(
    ledgers: tuple[Progress, ...],
    before: PersonFacts,
    now: PersonFacts,
    areas: tuple[Site, ...],
    by: str,
) -> Iterator[Progress]:
    """Tell the other areas what has become known of the person."""
    known = {(event.finding, event.present, event.last_on) for event in before.events(now.on)}
    news = [
        event
        for event in now.events(now.on)
        if (event.finding, event.present, event.last_on) not in known
    ]
    for ledger in ledgers:
        longer = ledger
        for event in news if ledger.assessment.site not in areas else ():
            longer = longer.record(event, by=by)
        yield longer
