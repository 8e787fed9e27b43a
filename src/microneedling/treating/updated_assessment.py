"""An assessment as it is on a later day: what has become known since is brought into it. Pure."""

from datetime import date

from attrs import evolve

from microneedling.knowledge.finding_rules import Level
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.course_state import Standing
from microneedling.values.assessments import MOST_YEARS, Assessment, Concern, Device
from microneedling.values.events import FindingChanged
from microneedling.values.findings import Exposure, MedicalClearance, Screening
from microneedling.values.vocabulary import Finding, SkinType

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
    earlier = first.earlier_sessions
    if earlier is None and first.screening.everything_asked:
        # What a complete screening said by listing none, it has said for good.
        earlier = ()
    device, skin_type, concerns = _as_told(first, standing, on)
    return evolve(
        first,
        on=on,
        screening=screening,
        clearances=_clearances(first, standing, knowledge, on),
        earlier_sessions=earlier,
        age_years=_age(first, on),
        device=device,
        skin_type=skin_type,
        concerns=concerns,
    )


def _age(first: Assessment, on: date) -> int | None:
    """Give the completed years that the person has at least: a birthday may come any day."""
    if first.age_years is None:
        return None
    before = first.on
    years = on.year - before.year - ((on.month, on.day) < (before.month, before.day))
    return min(first.age_years + max(0, years), MOST_YEARS)


def _as_told(
    first: Assessment, standing: Standing, on: date
) -> tuple[Device | None, SkinType | None, tuple[Concern, ...]]:
    """Give device, skin type and concerns as they were told last; what was not told stays."""
    device, skin_type = first.device, first.skin_type
    concerns = {concern.indication: concern for concern in first.concerns}
    for update in standing.updates:
        if update.on <= on:
            device = update.device or device
            skin_type = update.skin_type or skin_type
            concerns.update({graded.indication: graded for graded in update.concerns})
    return device, skin_type, tuple(concerns.values())


def _clearances(
    first: Assessment, standing: Standing, knowledge: Knowledge, on: date
) -> tuple[MedicalClearance, ...]:
    """Keep the clearances that no later finding has ended: that finding, or one as grave."""
    if not first.clearances:
        return ()
    grave = {r.finding for r in knowledge.findings if r.level >= Level.CLEAR_FIRST}
    told = {
        finding: [event for event in events if event.on <= on]
        for finding, events in standing.findings.items()
    }
    worse = [
        event.on
        for finding, events in told.items()
        for event in events
        if event.present is not False and finding in grave
    ]
    return tuple(
        clearance
        for clearance in first.clearances
        if all(event.on < clearance.on for event in told.get(clearance.finding, ()))
        and all(day < clearance.on for day in worse)
    )


class _Waiting:
    """The findings that have a waiting time after they have ended."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.findings = frozenset(r.finding for r in knowledge.findings if r.wait is not None)


class _History:
    """How it stands with one finding, from record to record."""

    def __init__(self, first: Exposure | None) -> None:
        # Whether it is there, was there and is over, or is not known.
        self.going_on = first is not None and first.last_on is None
        self.unknown = False
        # The last day it may have been there, where it has ended.
        self.last: date | None = first.last_on if first else None
        self.absent = first is None

    def record(self, event: FindingChanged, on: date) -> None:
        """Take a record into account, for a day that may be earlier."""
        later = event.on > on
        if event.present:
            self.unknown = self.absent = False
            if event.last_on is None:
                self.going_on = True
                return
            # Of several last days the latest counts; before it, it was still going on.
            self.last = max(event.last_on, self.last) if self.last else event.last_on
            self.going_on = self.last > on
        elif event.present is not None:
            if self.going_on:
                # Where no last day was told, it may have gone on until now.
                self.last = max(event.on, self.last) if self.last else event.on
            if not later:
                self.going_on = self.unknown = False
                self.absent = True
        elif not later:
            # Where it was there, nobody knows that it is over.
            self.going_on = self.going_on or not self.absent
            self.unknown = not self.going_on


def _screening(
    first: Screening,
    standing: Standing,
    knowledge: Knowledge,
    newer: frozenset[Finding],
    on: date,
) -> Screening:
    waiting = knowledge.prepared(_Waiting).findings
    given = {exposure.finding: exposure for exposure in first.present}
    absent, unknown = set(first.absent), set[Finding]()
    for finding, events in standing.findings.items():
        # What is only told of later days leaves an earlier one as it was, unless it was there.
        if not any(event.on <= on or event.present for event in events):
            continue
        known = _History(given.pop(finding, None))
        for event in events:
            known.record(event, on)
        absent.discard(finding)
        if known.going_on:
            given[finding] = Exposure(finding=finding)
        elif known.unknown:
            unknown.add(finding)
        elif known.last and (not known.absent or finding in waiting):
            # It is over, but a waiting time is counted from the last day it may have been.
            given[finding] = Exposure(finding=finding, last_on=min(known.last, on))
        else:
            absent.add(finding)
    unknown |= newer - set(given) - absent
    present = tuple(given.values())
    if not first.everything_asked or not unknown:
        return Screening(present=present, absent=absent, everything_asked=first.everything_asked)
    # Not all is known any more, so what is absent is named; what follows from age or skin
    # type goes on following from it.
    derived = {rule.finding for rule in knowledge.findings if rule.follows}
    absent |= set(Finding) - set(given) - unknown - derived
    return Screening(present=present, absent=absent)
