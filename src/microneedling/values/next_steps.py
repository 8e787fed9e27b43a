"""What comes next in a course: go on, wait, pause, stop, or it is complete."""

from collections.abc import Iterable
from datetime import date
from enum import unique
from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

from attrs import frozen

from microneedling._foundation import checks, rendering
from microneedling._foundation.field_bounds import AtLeastOne, Reckoned, Whole
from microneedling._foundation.value_class import AsOne, Value
from microneedling.values.codes import OrderedCode
from microneedling.values.lengths import LengthRange
from microneedling.values.reasons import Reason
from microneedling.values.recommendations import Provenance
from microneedling.values.responses import Response
from microneedling.values.session_rows import Audience

__all__ = ["Complete", "Move", "NextStep", "Pause", "Proceed", "Stop", "Wait"]

_Day: TypeAlias = Annotated[date, Reckoned()]
_Number: TypeAlias = Annotated[int, Whole(1, 100_000, "sessions")]


@unique
class Move(OrderedCode):
    """
    The kinds of next step, in rising caution.

    >>> Move.PROCEED < Move.WAIT < Move.PAUSE < Move.STOP
    True
    """

    PROCEED = "proceed"
    WAIT = "wait"
    PAUSE = "pause"
    COMPLETE = "complete"
    STOP = "stop"


@frozen(kw_only=True, repr=False)
class _Told(rendering.Shown, Value):
    """
    What every next step carries.

    Args:
        on: The day it was asked for.
        provenance: The edition that gave it, what it may be used for and what it cannot do.
        why: The reasons that carry it.
        notices: What is to be heeded besides, and whatever speaks against a session as well.
        responses: What to do about the side effects that are not known to be over, the most
            urgent first.
    """

    _card: ClassVar[str] = "next_step"

    move: ClassVar[Move]

    on: date
    provenance: Provenance
    why: Annotated[tuple[Reason, ...], AtLeastOne("reason")]
    notices: tuple[Reason, ...] = ()
    responses: tuple[Response, ...] = ()

    @property
    def edition(self) -> str:
        """The id of the edition that gave it."""
        return self.provenance.edition

    @property
    def digest(self) -> str:
        """The digest of the edition that gave it."""
        return self.provenance.digest

    def brief(self, *, audience: Audience | str | None = None, language: str = "en") -> str:
        """
        Render it on one screen: what to do about what is open first, and all of it.

        Args:
            audience: In whose words it says what to do.
            language: In which one, of those that ship; no decision and no figure changes with
                it. What is of safety has its English beside it.

        Raises:
            InputError: If there is no such audience or language.
        """
        return rendering.text("next_step_brief", self, language=language, audience=audience)

    # As drafts before the first release called it.
    summary = brief

    def explain(
        self,
        sections: Iterable[str] | None = None,
        *,
        audience: Audience | str | None = None,
    ) -> str:
        """
        Render it as text with its reasons, and last the sources of what is shown.

        Args:
            sections: Which ones, of ``why``, ``responses``, ``cautions`` and ``about``; all if
                not given.
            audience: In whose words it says what to do.

        Raises:
            InputError: If there is no such section or audience.
        """
        return rendering.text("next_step", self, sections=sections, audience=audience)

    def __str__(self) -> str:
        return self.brief()


@frozen(kw_only=True, repr=False)
class Proceed(_Told):
    """
    The next session may be held.

    Args:
        on: The day it was asked for.
        provenance: The edition that gave it, what it may be used for and what it cannot do.
        why: What documents the course and the days.
        notices: What is to be heeded.
        responses: Empty: with an open side effect no session is held.
        number: Which session it is, from 1.
        earliest: The first day on which it may be held; not after ``on``.
        preferred: The day that the course prefers, or ``on`` where that is past.
        latest: The last documented day; None where nothing says how late. May lie before the
            preferred day: see ``days_beyond``.
        lengths: The needle lengths that hold with the facts as they are now.

    Raises:
        InputError: If the days are out of order.
    """

    move: ClassVar[Literal[Move.PROCEED]] = Move.PROCEED

    number: _Number
    earliest: _Day
    preferred: _Day
    latest: _Day | None
    lengths: LengthRange

    def _agree(self) -> None:
        if not self.earliest <= self.on <= self.preferred:
            checks.refuse("wrong_order", "preferred", "give no preferred day that is past")

    @property
    def days_beyond(self) -> int:
        """By how many days the preferred day exceeds the longest documented gap."""
        return max(0, (self.preferred - self.latest).days) if self.latest else 0


@frozen(kw_only=True, repr=False)
class Wait(_Told):
    """
    Nothing is wrong, but it is too soon, or a side effect is not known to be over.

    Args:
        on: The day it was asked for.
        provenance: The edition that gave it, what it may be used for and what it cannot do.
        why: Why to wait.
        notices: What is to be heeded.
        responses: What to do about the side effects that are not known to be over.
        number: Which session is waited for, from 1.
        until: The first day on which nothing of this holds, after ``on``; None where that
            hangs on something to be reported.
    """

    move: ClassVar[Literal[Move.WAIT]] = Move.WAIT

    number: _Number
    until: _Day | None


@frozen(kw_only=True, repr=False)
class Pause(_Told):
    """
    No session until something has been cleared up or has passed.

    Args:
        on: The day it was asked for.
        provenance: The edition that gave it, what it may be used for and what it cannot do.
        why: Why, and what to do.
        notices: What is to be heeded.
        responses: What to do about the side effects that are not known to be over.
        number: Which session is held up, from 1.
        until: The first day on which nothing of this holds; None where no date can be given.
    """

    move: ClassVar[Literal[Move.PAUSE]] = Move.PAUSE

    number: _Number
    until: _Day | None


@frozen(kw_only=True, repr=False)
class Stop(_Told):
    """
    No further session of this course.

    It is for good after a side effect that calls for referral and after `CourseStopped`;
    where a finding declines or refers, for as long as it is present.

    Args:
        on: The day it was asked for.
        provenance: The edition that gave it, what it may be used for and what it cannot do.
        why: Why, and what to do.
        notices: What is to be heeded.
        responses: What to do about the side effects that are not known to be over.
    """

    move: ClassVar[Literal[Move.STOP]] = Move.STOP


@frozen(kw_only=True, repr=False)
class Complete(_Told):
    """
    All planned sessions are done.

    Args:
        on: The day it was asked for.
        provenance: The edition that gave it, what it may be used for and what it cannot do.
        why: That they are done.
        notices: What is to be heeded.
        responses: What to do about the side effects that are not known to be over.
    """

    move: ClassVar[Literal[Move.COMPLETE]] = Move.COMPLETE


_AnyStep: TypeAlias = Proceed | Wait | Pause | Stop | Complete
NextStep: TypeAlias = Annotated[_AnyStep, AsOne(_AnyStep, "NextStep")]
"""What `next_step` gives; a match over its five members is exhaustive."""
NEXT_STEPS: tuple[type[NextStep], ...] = get_args(_AnyStep)
