"""Why an answer is what it is: reasons with their effects, and the steps that led to them."""

from datetime import date
from enum import unique
from typing import Annotated

from attrs import field, frozen

from microneedling._foundation.field_bounds import Reckoned, Whole
from microneedling._foundation.value_class import Value
from microneedling.values.codes import Code, OrderedCode
from microneedling.values.courses import Course
from microneedling.values.evidence import Cited, Disagreement, Grade
from microneedling.values.finding_kinds import Ending, QuestionGroup, Role, Urgency
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import Finding

__all__ = ["Effect", "Question", "Reason", "Stage", "Step", "Verdict"]


@unique
class Verdict(OrderedCode):
    """
    The outcome of a recommendation, in rising caution.

    >>> max(Verdict.OFFER, Verdict.DEFER)
    <Verdict.DEFER: 'defer'>
    """

    OFFER = "offer"
    ASK = "ask"
    DEFER = "defer"
    REFER = "refer"
    DECLINE = "decline"


@unique
class Effect(Code):
    """
    What a reason does to the answer.

    ``offer``, ``ask``, ``defer``, ``refer`` and ``decline`` carry the verdict
    of that name, and ``clear`` that of ``refer``: somebody with a role has to clear a finding
    first. ``change`` is a change of plan with which an offer stands. ``limit`` shortens
    needles, leaves out a part or a way, ``exclude`` takes a protocol out, ``caution`` is to be
    heeded, ``unknown`` would add a caution if the fact turned out to be so, and ``lifted`` is
    a finding that is over: it changes nothing, and shows that it was considered. ``unserved`` is
    a concern that some or all courses on offer leave out.

    >>> Effect.CAUTION.weight, Effect.DECLINE.weight
    (0, 5)
    """

    OFFER = "offer"
    ASK = "ask"
    DEFER = "defer"
    REFER = "refer"
    DECLINE = "decline"
    CLEAR = "clear"
    CHANGE = "change"
    LIMIT = "limit"
    EXCLUDE = "exclude"
    CAUTION = "caution"
    UNKNOWN = "unknown"
    LIFTED = "lifted"
    UNSERVED = "unserved"

    weight: int

    def __init__(self, code: str) -> None:
        # Of the verdict it carries, from 1; 0 where it carries none.
        carried = "refer" if code == "clear" else code
        verdict = Verdict._value2member_map_.get(carried)
        self.weight = verdict.rank + 1 if isinstance(verdict, Verdict) else 0


@unique
class Stage(Code):
    """The steps of a decision, in order."""

    SCREEN = "screen"
    MATCH = "match"
    LIMIT = "limit"
    ASSEMBLE = "assemble"
    RANK = "rank"


@frozen(repr=False)
class Step(Value):
    """
    One line of the trace.

    Args:
        stage: Where in the decision.
        rule: The rule that was looked at.
        outcome: What came of it, as a code.
    """

    stage: Stage
    rule: str
    outcome: str


@frozen(kw_only=True, repr=False)
class Question(Value):
    """
    What is to be asked, and what the answer would lead to.

    A yes does ``if_yes``; a no leaves the answer as it would be without the question.

    Args:
        finding: What it screens for, or whose day it asks for; None for anything else.
        text: The plain question.
        group: The part of the intake that it belongs to.
        why: Why it matters here.
        if_yes: What the finding does here where it is present; None for a question without yes
            or no.

    >>> Question(text="How old?", group=QuestionGroup.ALWAYS, why="No advice for minors.").if_yes
    """

    finding: Finding | None = None
    text: str
    group: QuestionGroup
    why: str
    if_yes: Effect | None = None


@frozen(kw_only=True, repr=False)
class Reason(Value):
    """
    Why: a rule, the facts that satisfied it, its effect and its sources.

    Args:
        rule: ``table.id`` of the rule in the edition.
        effect: What it does to the answer.
        facts: The inputs that satisfied it, as ``name=value``.
        why: In plain words.
        short: The same in few words, for a clinician at a glance.
        grade: What the rule rests on.
        citations: At least one.
        disagreements: Sources that say otherwise.
        finding: The finding it is about, if any.
        until: For a deferral, also one that is lifted, the first day on which it no
            longer holds; None where that cannot be told.
        ends: For a finding that speaks against an offer, how it ends.
        wait_days: For a deferral, how long to wait after the last day; None where no
            waiting time is known.
        question: What to ask, for ``ask`` and ``unknown``.
        group: For a question, the part of the intake that it belongs to.
        if_yes: For a question, what the finding does here where it is present; a no does nothing.
        must: What has to be done or left for an offer to stand, or besides.
        first_screen: Whether it has to be seen at once, though no source was found for it.
        role: Who clears it, or to whom is referred; never a person.
        urgency: For a referral, how soon.
        if_paused: For what a person uses by choice, the first day if it were paused today.
        protocol: The protocol offered or excluded.
        limit: The longest needle length the rule allows.
        course: For an offer, the course.
    """

    rule: str
    effect: Effect
    facts: tuple[str, ...] = ()
    why: str
    short: str = ""
    grade: Grade
    citations: Cited
    disagreements: tuple[Disagreement, ...] = ()
    finding: Finding | None = None
    until: Annotated[date, Reckoned()] | None = None
    ends: Ending | None = None
    wait_days: Annotated[int, Whole(1, 3650, "days")] | None = None
    question: str = ""
    group: QuestionGroup | None = None
    if_yes: Effect | None = None
    must: str = ""
    first_screen: bool = False
    role: Role | None = None
    urgency: Urgency | None = None
    if_paused: Annotated[date, Reckoned()] | None = None
    protocol: str = ""
    limit: NeedleLength | None = None
    course: Course | None = None
    # Of the effect; kept beside it because every answer looks at that of all its reasons.
    weight: int = field(init=False, eq=False, repr=False)

    def _agree(self) -> None:
        object.__setattr__(self, "weight", self.effect.weight)

    @property
    def asked(self) -> Question | None:
        """The question, where it asks one."""
        if not self.question:
            return None
        return Question(
            finding=self.finding,
            text=self.question,
            group=self.group or QuestionGroup.ALWAYS,
            why=self.why,
            if_yes=self.if_yes,
        )
