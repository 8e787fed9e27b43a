"""Side effects: what may follow a session, how often and for how long."""

from typing import Annotated, TypeAlias

from attrs import frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import Line, Whole
from microneedling._foundation.value_class import Row
from microneedling.values.applicability import EVERYBODY, AppliesTo
from microneedling.values.evidence import Cited
from microneedling.values.lengths import LengthRange
from microneedling.values.vocabulary import Severity, SideEffectCode

__all__ = ["Frequency", "HourWindow", "SideEffect"]


_Hours: TypeAlias = Annotated[int, Whole(0, 1_000_000, "hours")]


@frozen(repr=False, eq=False)
class HourWindow(Row):
    """
    A span of hours as published; either end may be unreported.

    Args:
        min_hours: None where not reported.
        max_hours: None where not reported.

    Raises:
        InputError: If both are missing, or they are the wrong way round.

    >>> HourWindow(3, 72).max_hours
    72
    """

    min_hours: _Hours | None
    max_hours: _Hours | None

    def _agree(self) -> None:
        if self.min_hours is None and self.max_hours is None:
            checks.refuse("empty", "min_hours", "give at least one of the two")
        if (
            self.min_hours is not None
            and self.max_hours is not None
            and self.max_hours < self.min_hours
        ):
            checks.refuse("wrong_order", "max_hours", "give a latest hour not before the earliest")


@frozen(kw_only=True, repr=False, eq=False)
class Frequency(Row):
    """
    How often an effect was seen, exactly as published and in whom.

    Either a count out of a number (``events`` of ``out_of``) or, where the source
    gives no counts, a percentage.

    Args:
        events: How many had it.
        out_of: Out of how many.
        percent: Where no counts are published.
        population: Whom the figure is about.
        citations: Where it is published, at least one.

    Raises:
        InputError: If neither or both forms are given, or a figure is outside its bounds.
    """

    events: Annotated[int, Whole(0, 1_000_000, "people or areas")] | None = None
    out_of: Annotated[int, Whole(1, 1_000_000, "people or areas")] | None = None
    percent: Annotated[int, Whole(0, 100, "per cent")] | None = None
    population: str
    citations: Cited

    def _agree(self) -> None:
        if self.percent is None:
            checks.whole(self.out_of, "out_of", 1, 1_000_000, "people or areas")
            checks.whole(self.events, "events", 0, self.out_of or 0, "people or areas")
        elif self.events is not None or self.out_of is not None:
            checks.refuse("contradiction", "percent", "give counts or a percentage, not both")
        if not self.population:
            checks.refuse("empty", "population", "name whom the figure is about")

    def __str__(self) -> str:
        share = (
            f"{self.percent}%" if self.percent is not None else f"{self.events} of {self.out_of}"
        )
        return f"{share} ({self.population})"


@frozen(kw_only=True, repr=False, eq=False)
class SideEffect(Row):
    """
    A side effect as sources describe it.

    Args:
        id: Stable within the knowledge.
        effect: Which one.
        expected: True for a normal response, False for an adverse one.
        lengths: The needle lengths studied; None where not stated.
        onset: Hours after the session.
        duration: Hours it lasts.
        frequencies: Only where published.
        severity: Graded by the edition's authors; None where not graded.
        indirect: True where the evidence is about other procedures.
        applies_to: In whom it is to be thought of.
        note: Facts that have no field of their own.
        citations: At least one.
    """

    id: Annotated[str, Line(100)]
    effect: SideEffectCode
    expected: bool
    lengths: LengthRange | None = None
    onset: HourWindow | None = None
    duration: HourWindow | None = None
    frequencies: tuple[Frequency, ...] = ()
    severity: Severity | None = None
    indirect: bool = False
    applies_to: AppliesTo = EVERYBODY
    note: str = ""
    citations: Cited
