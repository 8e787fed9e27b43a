"""Replaying: what was answered, read off what was kept."""

from typing import overload

from microneedling._foundation import checks
from microneedling.treating.ledger import Progress, steps
from microneedling.values.next_steps import NextStep
from microneedling.values.recommendations import Answer, Recommendation, replay as replay_answer

__all__ = ["replay"]


@overload
def replay(kept: Answer) -> Answer: ...
@overload
def replay(kept: Progress) -> tuple[NextStep, ...]: ...
def replay(kept: Answer | Progress) -> Answer | tuple[NextStep, ...]:
    """
    Read an answer off its reasons anew, or the steps of a course off its ledger.

    Args:
        kept: An answer, or a ledger.

    Returns:
        For an answer one that is equal to it. For a ledger the next step after each entry,
        on the day of the entry and under the edition it was recorded under: what
        `next_step` said at the time.

    Raises:
        InputError: If it is given anything else.

    >>> import datetime
    >>> import microneedling as mn
    >>> answer = mn.recommend(
    ...     mn.Assessment(
    ...         on=datetime.date(2026, 11, 22),
    ...         site=mn.Site.MUCOSA,
    ...         setting=mn.Setting.CLINIC,
    ...         concerns=[mn.Concern(indication=mn.Indication.PREVENTION)],
    ...     ),
    ...     mn.load("2026.1"),
    ... )
    >>> mn.replay(answer) == answer
    True
    """
    if isinstance(kept, Recommendation):
        return replay_answer(kept)
    checks.instance(kept, "kept", Progress)
    return steps(kept)
