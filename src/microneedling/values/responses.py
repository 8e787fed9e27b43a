"""Responses: what to do about a side effect."""

from enum import unique
from typing import Annotated, TypeAlias

from attrs import frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import AtLeastOne, Line, Whole
from microneedling._foundation.value_class import Value
from microneedling.values.applicability import EVERYBODY, AppliesTo
from microneedling.values.codes import OrderedCode
from microneedling.values.evidence import Cited, Grade
from microneedling.values.vocabulary import Severity, SideEffectCode

__all__ = ["Action", "Response"]

_Day: TypeAlias = Annotated[int, Whole(0, checks.MOST_DAYS, "days")]


@unique
class Action(OrderedCode):
    """
    What to do about a side effect, in rising caution.

    >>> Action.GO_ON < Action.REFER
    True
    """

    GO_ON = "go_on"
    WATCH = "watch"
    PAUSE = "pause"
    REFER = "refer"
    EMERGENCY = "emergency"


@frozen(kw_only=True, repr=False)
class Response(Value):
    """
    What to do about a side effect of some severity on some days.

    Args:
        id: Stable within the knowledge.
        effects: The effects it is about.
        severities: The severities it is about.
        from_day: First day after the session; the session's own day is 0.
        to_day: Last day, included; None for ever after.
        action: What to do.
        red_flag: True where waiting may harm.
        advice: The basis in words.
        short: The same in at most 15 words.
        patient_text: What the patient is told to do; empty where nothing is.
        applies_to: In whom it is to be thought of before it is seen.
        grade: What the action rests on.
        citations: At least one.
    """

    id: Annotated[str, Line(100)]
    effects: Annotated[tuple[SideEffectCode, ...], AtLeastOne("side effect")]
    severities: Annotated[tuple[Severity, ...], AtLeastOne("severity")]
    from_day: _Day
    to_day: _Day | None = None
    action: Action
    red_flag: bool = False
    advice: str
    short: str = ""
    patient_text: str = ""
    applies_to: AppliesTo = EVERYBODY
    grade: Grade
    citations: Cited

    def _agree(self) -> None:
        if self.to_day is not None and self.to_day < self.from_day:
            checks.refuse("wrong_order", "to_day", "give a last day not before the first")

    def covers(self, effect: SideEffectCode, severity: Severity, day: int) -> bool:
        """Tell whether this is the response to an effect of a severity on a day."""
        return (
            self.from_day <= day
            and (self.to_day is None or day <= self.to_day)
            and effect in self.effects
            and severity in self.severities
        )
