"""What speaks against an entry of a ledger, and has to be overridden by name."""

from collections.abc import Mapping

from attrs import evolve

from microneedling._foundation import checks
from microneedling._foundation.errors import InputError, Problem
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.course_state import Standing
from microneedling.treating.next_step import Situation
from microneedling.treating.session_obstacles import Case
from microneedling.values.events import AssessmentUpdated, Event, PlanChanged
from microneedling.values.lengths import LengthRange
from microneedling.values.sessions import Override, Safeguard, SessionDone
from microneedling.values.vocabulary import Site

__all__ = ["check"]

_AGAINST = {
    Safeguard.MINIMUM_INTERVAL: "the shortest documented gap since the last session is not over, "
    "or none is published and no day was set",
    Safeguard.RECOVERY: "the documented recovery from the last session is not over",
    Safeguard.SIDE_EFFECT: "a side effect is not known to be over, or ended the course",
    Safeguard.FINDING: "the edition does not offer the course with the facts as they are now",
    Safeguard.NEEDLE_LENGTH: "the needle length is outside those that hold for the course now",
    Safeguard.SESSION_COUNT: "all planned sessions are done; plan more by PlanChanged if more are "
    "wanted",
}
_OVERRIDE = "To record it all the same, override this safeguard by name, with author and reason"
_PATHS = {Safeguard.NEEDLE_LENGTH: "needle_length"}


def check(case: Case, standing: Standing, knowledge: Knowledge, event: Event) -> None:
    """
    Refuse an entry that a safeguard speaks against, or that is not of this course.

    Raises:
        InputError: With the code of each safeguard that is not overridden; ``other_site``,
            ``other_concern`` or ``override_not_needed``.
    """
    if isinstance(event, SessionDone):
        _check_session(case, standing, knowledge, event)
    elif isinstance(event, PlanChanged):
        _check_count(case, event)
    elif isinstance(event, AssessmentUpdated):
        known = {concern.indication for concern in case.assessment.concerns}
        for number, graded in enumerate(event.concerns):
            if graded.indication not in known:
                checks.refuse(
                    "other_concern",
                    f"concerns[{number}].indication",
                    "grade a concern of this course; another one takes an assessment of its own",
                )


def _check_session(
    case: Case, standing: Standing, knowledge: Knowledge, event: SessionDone
) -> None:
    for number, zone in enumerate(event.zones):
        if not knowledge.sites_meet(zone.site, case.assessment.site):
            checks.refuse(
                "other_site",
                f"zones[{number}].site",
                "give parts of the site of this course; another site is another course",
            )
    against = set[Safeguard]()
    if standing.complete:
        against.add(Safeguard.SESSION_COUNT)
        # What else speaks against it is told as if it were planned.
        standing = evolve(standing, planned=None)
    found = Situation(case, standing.before(event.done_on), knowledge, event.done_on)
    against |= {block.safeguard for block in found.blocks if block.safeguard is not None}
    if not _within(event, found.lengths, case.assessment.site, knowledge):
        against.add(Safeguard.NEEDLE_LENGTH)
    _refuse(against, event.override, _PATHS, "done_on")


def _within(
    event: SessionDone, lengths: LengthRange | None, site: Site, knowledge: Knowledge
) -> bool:
    """
    Tell whether all lengths hold now; none is known to where the course is not offered.

    A part of the site may be needled less deep than the whole, and never deeper than is ever
    offered there. What is not known is no breach.
    """
    if lengths is None:
        return False
    if not event.zones:
        return event.needle_length is None or event.needle_length in lengths
    for zone in event.zones:
        if knowledge.ruling(zone.site).refused_because:
            return False
        length, ceiling = zone.needle_length, knowledge.ruling(zone.site).ceiling
        if length is None:
            continue
        least = lengths.shortest if zone.site is site else length
        if not least <= length <= lengths.longest or (ceiling and length > ceiling.longest):
            return False
    return True


def _check_count(case: Case, event: PlanChanged) -> None:
    documented = case.course.sessions
    outside = documented is not None and (
        event.sessions is None or not documented.fewest <= event.sessions <= documented.most
    )
    against = {Safeguard.SESSION_COUNT} if outside else set[Safeguard]()
    said = {**_AGAINST, Safeguard.SESSION_COUNT: "the course documents another count of sessions"}
    _refuse(against, event.override, {}, "sessions", said)


def _refuse(
    against: set[Safeguard],
    override: Override | None,
    paths: Mapping[Safeguard, str],
    path: str,
    said: Mapping[Safeguard, str] = _AGAINST,
) -> None:
    named = override.safeguards if override else frozenset()
    problems = [
        Problem(
            safeguard.value,
            paths.get(safeguard, path),
            f"{said[safeguard]}; `next_step` says more. {_OVERRIDE}",
        )
        for safeguard in sorted(against - named)
    ]
    if named - against:
        problems.append(
            Problem(
                "override_not_needed",
                "override.safeguards",
                "a safeguard is named that does not speak against this entry; leave it out",
            )
        )
    if problems:
        raise InputError(*problems)
