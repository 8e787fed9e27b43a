"""The rows that say what findings mean."""

from enum import unique
from typing import Annotated

from attrs import frozen

from microneedling._foundation.field_bounds import Whole
from microneedling._foundation.value_class import Row
from microneedling.values.codes import OrderedCode
from microneedling.values.evidence import Citation, Cited, Disagreement, Grade
from microneedling.values.finding_kinds import (
    Ending,
    Nature,
    QuestionGroup,
    Role,
    Scope,
    Urgency,
)
from microneedling.values.vocabulary import Finding, Indication, SideEffectCode, Site, SkinType

__all__ = ["FindingRule", "Level", "WaitingTime"]


@unique
class Level(OrderedCode):
    """
    What a finding does while it is present, in rising caution.

    A ``caution`` is heeded, a ``change_of_plan`` is a must in the offer, a ``limit`` leaves out a
    part or a way; with these an offer stands. ``clear_first`` asks a role to clear it, ``defer``
    waits, ``refer`` and ``decline`` end it here.

    >>> Level.CAUTION < Level.CLEAR_FIRST < Level.DECLINE
    True
    """

    CAUTION = "caution"
    CHANGE_OF_PLAN = "change_of_plan"
    LIMIT = "limit"
    CLEAR_FIRST = "clear_first"
    DEFER = "defer"
    REFER = "refer"
    DECLINE = "decline"


@frozen(kw_only=True, repr=False, eq=False)
class WaitingTime(Row):
    """
    The days to wait after a finding has ended.

    Args:
        days: 1 to 3650.
        level: What the finding does until they are over.
        grade: What the figure rests on; ``editorial`` where no source sets it.
        citations: At least one.
        note: A caveat.
    """

    days: Annotated[int, Whole(1, 3650, "days")]
    level: Level
    grade: Grade
    citations: Cited
    note: str = ""


@frozen(kw_only=True, repr=False, eq=False)
class FindingRule(Row):
    """
    What a finding means for treatment.

    Args:
        finding: Which one.
        label: As a short noun phrase.
        level: What it does while it is present.
        scope: How far it reaches: an area may be left out, a region never.
        ends: How it ends; None where it does not.
        wait: What holds after it has ended, and for how long.
        nature: Whether it was prescribed or is used by choice; None for anything else.
        may_pause: The sources that let it be paused, for what is used by choice.
        must: What has to be done or left, as one sentence.
        role: Who clears it, or to whom is referred.
        urgency: For a referral, how soon.
        clearance_days: How long a recorded clearance counts, for what is cleared first.
        not_at_home: Whether it rules out needling at home, as all that changes the plan, limits
            it or has to be cleared first does.
        first_screen: Whether it has to be seen at once, though no source was found for it.
        group: The part of the intake in which it is asked.
        question: The plain question that screens for it; yes means present.
        day_question: How its last day is asked for, where a wait is counted from it.
        why: The reason in plain words.
        short: The same in at most 15 words.
        grade: What the level rests on.
        citations: At least one.
        disagreements: Sources that set another level or another wait.
        asked_at: The sites where the question makes sense; empty for all.
        asked_for: The indications for which it makes sense; empty for all.
        age_under_years: Present below this age.
        skin_types: Present with these skin types.
        after_effects: Present once one of these side effects was seen: it answers the question.
        asked_after: Not known while one of these is open, until it is asked again.
    """

    finding: Finding
    label: str
    level: Level
    scope: Scope
    ends: Ending | None = None
    wait: WaitingTime | None = None
    nature: Nature | None = None
    may_pause: tuple[Citation, ...] = ()
    must: str = ""
    role: Role | None = None
    urgency: Urgency | None = None
    clearance_days: Annotated[int, Whole(1, 3650, "days")] | None = None
    not_at_home: bool = False
    first_screen: bool = False
    group: QuestionGroup
    question: str
    day_question: str = ""
    why: str
    short: str = ""
    grade: Grade
    citations: Cited
    disagreements: tuple[Disagreement, ...] = ()
    asked_at: tuple[Site, ...] = ()
    asked_for: tuple[Indication, ...] = ()
    age_under_years: Annotated[int, Whole(1, 130, "years")] | None = None
    skin_types: tuple[SkinType, ...] = ()
    after_effects: tuple[SideEffectCode, ...] = ()
    asked_after: tuple[SideEffectCode, ...] = ()

    @property
    def follows(self) -> bool:
        """Whether it follows from age or skin type, and is known where these are."""
        return self.age_under_years is not None or bool(self.skin_types)

    @property
    def days_until_over(self) -> int | None:
        """The days from its last one until it is over; None for what does not end by a day."""
        if self.wait is not None:
            return self.wait.days
        # What heals or is a state is over on the day after its last.
        return 1 if self.ends in {Ending.HEALED, Ending.STATE_ENDS} else None
