"""What the edition says of itself and of each needle length."""

from datetime import date
from enum import unique

from attrs import frozen

from microneedling._foundation.value_class import Row
from microneedling.values.codes import Code
from microneedling.values.courses import Downtime, SessionCount
from microneedling.values.evidence import Cited, Grade
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import Anaesthesia, Indication, Severity

__all__ = [
    "Aspect",
    "AspectFact",
    "Edition",
    "Use",
]


@unique
class Aspect(Code):
    """
    What can be said of a nominal needle length.

    >>> Aspect("numbing")
    <Aspect.NUMBING: 'numbing'>
    """

    USES = "uses"
    SENSATION = "sensation"
    NUMBING = "numbing"
    REDNESS = "redness"
    RECOVERY = "recovery"
    PEELING = "peeling"
    COLLAGEN = "collagen"
    SESSIONS = "sessions"
    BLEEDING = "bleeding"
    INJURY = "injury"
    LAYER = "layer"


@frozen(kw_only=True, repr=False, eq=False)
class Use(Row):
    """
    What a needle length is used for.

    Args:
        indication: What is treated.
        severity: Only at this severity; None for any.
    """

    indication: Indication
    severity: Severity | None = None


@frozen(kw_only=True, repr=False, eq=False)
class AspectFact(Row):
    """
    What one source says of one aspect of one nominal length.

    Args:
        id: Stable within the knowledge.
        length: The nominal length.
        aspect: Which aspect.
        code: The statement as a code.
        text: The statement in our words.
        downtime: For recovery, the days.
        count: For sessions, how many.
        uses: For uses, what.
        followed: Whether the edition follows this row where sources differ.
        why_followed: Why.
        citations: At least one.
    """

    id: str
    length: NeedleLength
    aspect: Aspect
    code: str
    text: str
    downtime: Downtime | None = None
    count: SessionCount | None = None
    uses: tuple[Use, ...] = ()
    followed: bool
    why_followed: str = ""
    citations: Cited


@frozen(kw_only=True, repr=False, eq=False)
class Edition(Row):
    """
    One released state of the knowledge.

    Args:
        id: Such as ``2026.1``.
        released_on: When it was released.
        literature_read_until: Nothing later was read.
        authors: Who made it.
        intended_use: Who may use it for what.
        limitations: What it cannot do.
        controlled_grades: The grades of evidence that count alike, and most, where options are
            ranked.
        observed_grades: Those that count next; all others count least.
    """

    id: str
    released_on: date
    literature_read_until: date
    authors: str
    intended_use: str
    limitations: tuple[str, ...]
    controlled_grades: tuple[Grade, ...]
    observed_grades: tuple[Grade, ...]


# The statements an aspect can make, closed so that a typing error cannot become a new one.
STATEMENTS = {
    Aspect.USES: {"documented"},
    Aspect.SENSATION: {"painless", "less_than_longer", "moderate", "strong", "reported"},
    Aspect.NUMBING: {kind.value for kind in Anaesthesia},
    Aspect.REDNESS: {"expected", "more_than_shorter"},
    Aspect.RECOVERY: {"days", "longer_than_shorter"},
    Aspect.PEELING: {"reported"},
    Aspect.COLLAGEN: {"mild", "stimulated"},
    Aspect.SESSIONS: {"count"},
    Aspect.BLEEDING: {"minimal", "expected"},
    Aspect.INJURY: {"mild", "moderate", "deep"},
    Aspect.LAYER: {"stratum_corneum", "papillary_dermis", "reticular_dermis"},
}
