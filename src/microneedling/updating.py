"""An assessment as it is on a later day: what has become known since is brought into it. Pure."""

from datetime import date

from microneedling.assessments import Assessment
from microneedling.events import FindingChanged
from microneedling.findings import Exposure, Screening
from microneedling.knowledge.model import Knowledge
from microneedling.standing import Standing
from microneedling.vocabulary import Finding

__all__ = ["assessment_on"]


def assessment_on(
    on: date, first: Assessment, standing: Standing, knowledge: Knowledge, newer: frozenset[Finding]
) -> Assessment:
    """
    Bring an assessment up to a day.

    Args:
        on: The day.
        first: The assessment.
        standing: What has become known since.
        knowledge: The edition that judges.
        newer: The findings it asks for that were not asked for at the assessment.
    """
    changed = standing.findings
    screening = first.screening
    if changed or (newer and screening.everything_asked):
        screening = _screening(screening, standing, knowledge, newer, on)
    return Assessment(
        on=on,
        site=first.site,
        setting=first.setting,
        concerns=first.concerns,
        skin_type=first.skin_type,
        age_years=first.age_years,
        screening=screening,
        device=first.device,
        preferences=first.preferences,
    )


class _Waiting:
    """The findings that have a waiting time after they have ended."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.findings = frozenset(r.finding for r in knowledge.findings if r.wait is not None)


def _last(
    finding: Finding, event: FindingChanged, first: Screening, standing: Standing
) -> date | None:
    """Give the last day that a finding may have been there; None where it never was."""
    before = [exposure.last_on for exposure in first.present if exposure.finding is finding]
    for earlier in standing.findings[finding]:
        if earlier is event:
            break
        if earlier.present:
            before.append(earlier.last_on)
    # Where no last day was told, it may have gone on until it was recorded as absent.
    return (before[-1] or event.on) if before else None


def _known_on(on: date, changes: tuple[FindingChanged, ...]) -> FindingChanged | None:
    """
    Say what is known of a finding for a day, which may be earlier than some records.

    It is what was recorded by then; but that it was there, told later, counts from before.
    """
    later = [event for event in changes if event.on > on and event.present]
    if later:
        return later[-1]
    return next((event for event in reversed(changes) if event.on <= on), None)


def _screening(
    first: Screening,
    standing: Standing,
    knowledge: Knowledge,
    newer: frozenset[Finding],
    on: date,
) -> Screening:
    waiting = knowledge.prepared(_Waiting).findings
    told = ((finding, _known_on(on, events)) for finding, events in standing.findings.items())
    # What is only known of later days leaves things as they were.
    changed = {finding: event for finding, event in told if event is not None}
    present = [exposure for exposure in first.present if exposure.finding not in changed]
    absent = first.absent.difference(changed)
    unknown = set[Finding]()
    for finding, event in changed.items():
        if event.present is None:
            unknown.add(finding)
        elif event.present:
            # For a day before its last, it was still going on.
            last_on = event.last_on if event.last_on and event.last_on <= on else None
            present.append(Exposure(finding=finding, last_on=last_on))
        elif finding in waiting and (last := _last(finding, event, first, standing)):
            # It is over, but its waiting time is counted from the last day it may have been.
            present.append(Exposure(finding=finding, last_on=min(last, on)))
        else:
            absent |= {finding}
    known = {exposure.finding for exposure in present} | absent
    unknown |= newer - known
    if not first.everything_asked or not unknown:
        return Screening(present=present, absent=absent, everything_asked=first.everything_asked)
    # Not all is known any more, so what is absent is named; what follows from age or skin
    # type goes on following from it.
    derived = {r.finding for r in knowledge.findings if r.skin_types or r.age_under_years}
    absent |= set(Finding) - known - unknown - derived
    return Screening(present=present, absent=absent)
