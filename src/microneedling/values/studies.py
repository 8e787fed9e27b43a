"""
Published protocols exactly as their sources report them.

Apart from the rest of the evidence: a decision reads those alone that stand behind a figure.
"""

from enum import unique
from typing import Annotated, TypeAlias

from attrs import field, frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import Whole
from microneedling._foundation.value_class import Value
from microneedling.values.codes import Code
from microneedling.values.evidence import Source
from microneedling.values.populations import Population

__all__ = ["Spread", "Study", "UnusedBecause"]

_Figure: TypeAlias = Annotated[int, Whole(0, 1_000_000, "units")]


@unique
class UnusedBecause(Code):
    """
    Why a study stands behind no figure.

    ``adjunct_only``: needling was the smaller part, or never alone. ``ceiling_only``: a longest
    length that is allowed, not one that was used. ``duplicate``: told by another row.
    ``no_figure``: neither length, count nor interval with what it was read for. ``no_benefit``:
    it found none. ``not_covered``: of a device, drug or indication that is not covered here.
    ``superseded``: by a later or better one. ``too_wide``: a range over many studies that fixes
    nothing. ``weaker_source``: a maker's or a seller's word where studies stand.

    >>> UnusedBecause("no_figure")
    <UnusedBecause.NO_FIGURE: 'no_figure'>
    """

    ADJUNCT_ONLY = "adjunct_only"
    CEILING_ONLY = "ceiling_only"
    DUPLICATE = "duplicate"
    INCOMPLETE = "incomplete"
    NO_BENEFIT = "no_benefit"
    NO_FIGURE = "no_figure"
    NOT_COVERED = "not_covered"
    SUPERSEDED = "superseded"
    TOO_WIDE = "too_wide"
    WEAKER_SOURCE = "weaker_source"


@frozen(repr=False)
class Spread(Value):
    """
    The lowest and the highest figure a source reports; either may be unreported.

    Args:
        lowest: None where the source gives no lower figure.
        highest: None where the source gives no upper figure.

    Raises:
        InputError: If both are missing, or they are the wrong way round.

    >>> Spread(7, 56).covers(14, 28)
    True
    """

    lowest: _Figure | None = field()
    highest: _Figure | None = field()

    def _agree(self) -> None:
        if self.lowest is None and self.highest is None:
            checks.refuse("empty", "lowest", "give at least one of the two figures")
        if self.lowest is not None and self.highest is not None and self.highest < self.lowest:
            checks.refuse("wrong_order", "highest", "give a highest figure not below the lowest")

    def covers(self, low: int, high: int) -> bool:
        """Tell whether both figures lie within what is reported; an open end reports one figure."""
        lowest = self.lowest if self.lowest is not None else self.highest
        highest = self.highest if self.highest is not None else self.lowest
        return lowest is not None and highest is not None and lowest <= low and high <= highest


@frozen(kw_only=True, repr=False)
class Study(Value):
    """
    One protocol exactly as its source reports it; blanks stay blank.

    Args:
        id: Stable within the knowledge.
        source: Where it is reported.
        reported: The indication in the source's terms, such as ``acne-scars``.
        severity: The severity in the source's terms; empty where not stated.
        zone: The area in the source's terms; empty where not stated.
        lengths_um: Nominal needle lengths, micrometres.
        sessions: Number of sessions.
        interval_days: Days between sessions.
        device: ``pen``, ``roller``, ``stamp``, ``any`` or empty.
        setting: ``clinic``, ``home``, ``theatre`` or empty.
        anaesthesia: As stated; empty where not stated.
        note: Outcome and caveats as read.
        population: Whom it treated; None where that was not read for the edition.
        unused_because: Why it stands behind no figure of a protocol; None where it does.
    """

    id: str
    source: Source
    reported: str
    severity: str = ""
    zone: str = ""
    lengths_um: Spread | None = None
    sessions: Spread | None = None
    interval_days: Spread | None = None
    device: str = ""
    setting: str = ""
    anaesthesia: str = ""
    note: str = ""
    population: Population | None = None
    unused_because: UnusedBecause | None = None
