"""What earlier sessions bind: the interval that each option documents, from the last one on."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeAlias

from attrs import evolve

from microneedling.deciding.options import Option
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.assessments import Assessment, Concern
from microneedling.values.courses import Course
from microneedling.values.finding_kinds import QuestionGroup
from microneedling.values.reasons import Effect, Reason, Stage, Step

__all__ = ["Bound", "begun_not_before", "bound", "not_asked"]

FirstDays: TypeAlias = dict[tuple[tuple[Concern, ...], frozenset[str]], date]


class Bound:
    """What is left of the options of a plan, and why not more."""

    __slots__ = ("deferral", "excluded", "first_days", "options", "steps", "unserved")

    def __init__(self) -> None:
        # None where all are left.
        self.options: Sequence[Option] | None = None
        # By what an option treats and its protocols, the first day on which it may begin.
        self.first_days: FirstDays = {}
        self.excluded: tuple[Reason, ...] = ()
        # The concerns that only options serve whose interval is not over.
        self.unserved: tuple[Reason, ...] = ()
        self.deferral: tuple[Reason, ...] = ()
        self.steps: tuple[Step, ...] = ()


_UNBOUND = Bound()


def begun_not_before(offers: tuple[Reason, ...], first_days: FirstDays) -> tuple[Reason, ...]:
    """
    Let each course say the first day that the last session before leaves for it.

    Of options with equal figures, which are one offer, the last of their days.
    """
    return tuple(
        evolve(offer, course=evolve(offer.course, not_before=_first_day(offer.course, first_days)))
        for offer in offers
        if offer.course is not None
    )


def _first_day(course: Course, first_days: FirstDays) -> date:
    named = frozenset(course.protocols)
    return max(
        day
        for (concerns, protocols), day in first_days.items()
        if concerns == course.concerns and protocols <= named
    )


def _last_session(assessment: Assessment, knowledge: Knowledge) -> date | None:
    """Give the last day on which this site, or a part or the whole of it, may have been needled."""
    site = assessment.site
    days = [
        session.to_day
        for session in assessment.earlier_sessions or ()
        if knowledge.sites_meet(session.site, site)
    ]
    return max(days, default=None)


def _least_days(option: Option) -> int:
    """Give the least days between two sessions; where none are published, those of recovery."""
    gap = option.interval_within or option.interval
    if gap is not None:
        return gap.minimum_days
    return max(1, option.downtime.longest_days if option.downtime else 1)


def bound(assessment: Assessment, options: Sequence[Option], knowledge: Knowledge) -> Bound:
    """Leave out the options whose interval, or recovery, since the last session is not over."""
    last = _last_session(assessment, knowledge) if assessment.earlier_sessions else None
    if last is None or not options:
        return _UNBOUND
    found = Bound()
    rule = knowledge.rule("interval_since_last")
    ready: list[Option] = []
    waiting: list[tuple[date, Option]] = []
    for option in options:
        day = last + timedelta(days=_least_days(option))
        named = frozenset(protocol.id for protocol in option.protocols)
        found.first_days[option.concerns, named] = day
        if day <= assessment.on:
            ready.append(option)
        else:
            waiting.append((day, option))
    fact = f"earlier_session={last.isoformat()}"
    outcome = "bound" if waiting else "over"
    found.steps = (Step(Stage.ASSEMBLE, "rules.interval_since_last", outcome),)
    if not waiting:
        return found
    if ready:
        found.options = ready
        offered = {protocol.id for option in ready for protocol in option.protocols}
        late = dict.fromkeys(p.id for _, option in waiting for p in option.protocols)
        found.excluded = tuple(
            rule.reason(Effect.EXCLUDE, fact, protocol=name) for name in late if name not in offered
        )
        found.unserved = tuple(
            rule.reason(Effect.UNSERVED, f"indication={concern.indication.value}")
            for concern in assessment.concerns
            if not any(concern in option.concerns for option in ready)
        )
        return found
    day, first = min(waiting, key=lambda pair: pair[0])
    cited = tuple(c for p in first.protocols for c in p.citations if c.supports == "interval")
    found.deferral = (
        rule.reason(Effect.DEFER, fact, citations=(*rule.citations, *cited), until=day),
    )
    return found


def not_asked(assessment: Assessment, knowledge: Knowledge) -> tuple[Reason, ...]:
    """Ask for earlier sessions where nobody has: a complete screening that lists none has none."""
    if assessment.earlier_sessions is not None or assessment.screening.everything_asked:
        return ()
    rule = knowledge.rule("earlier_sessions_not_asked")
    fact = "earlier_sessions=unknown"
    reason = rule.reason(Effect.ASK, fact, question=rule.question, group=QuestionGroup.HISTORY)
    return (reason,)
