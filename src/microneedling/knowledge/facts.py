"""The rows that inform and decide nothing by themselves."""

from datetime import date
from enum import StrEnum, unique

from attrs import frozen

from microneedling.courses import Downtime, SessionCount
from microneedling.evidence import Citation, Disagreement, Source
from microneedling.lengths import NeedleLength, PenetrationDepth
from microneedling.vocabulary import Anaesthesia, Indication, Severity, Site

__all__ = [
    "Aspect",
    "AspectFact",
    "Edition",
    "Penetration",
    "Principle",
    "Term",
    "Thickness",
    "Use",
]


@unique
class Aspect(StrEnum):
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


@frozen(kw_only=True)
class Use:
    """
    What a needle length is used for.

    Args:
        indication: What is treated.
        severity: Only at this severity; None for any.
    """

    indication: Indication
    severity: Severity | None = None


@frozen(kw_only=True)
class AspectFact:
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
    citations: tuple[Citation, ...]


@frozen(kw_only=True)
class Principle:
    """
    A general statement.

    Args:
        code: Stable within the knowledge.
        statement: In our words.
        citations: At least one.
        disagreements: Sources that say otherwise.
    """

    code: str
    statement: str
    citations: tuple[Citation, ...]
    disagreements: tuple[Disagreement, ...] = ()


@frozen(kw_only=True)
class Penetration:
    """
    How far needles of a nominal length really went, as measured.

    Args:
        id: Stable within the knowledge.
        needle: The nominal length.
        shallowest: The least depth reported.
        deepest: The greatest depth reported.
        model: In what it was measured.
        source: Where it is published.
        note: A caveat.
    """

    id: str
    needle: NeedleLength
    shallowest: PenetrationDepth
    deepest: PenetrationDepth
    model: str
    source: Source
    note: str = ""


@frozen(kw_only=True)
class Thickness:
    """
    The thickness of skin at a site as one source measured it.

    Args:
        site: Where.
        layer: ``epidermis``, ``dermis`` or ``total``.
        sex: ``male``, ``female`` or ``any``.
        min_nm: Nanometres.
        max_nm: Nanometres.
        method: ``ultrasound``, ``histology`` or ``biopsy``; they differ up to twofold.
        landmark: Where exactly, as the source names it.
        source: Where it is published.
    """

    site: Site
    layer: str
    sex: str
    min_nm: int
    max_nm: int
    method: str
    landmark: str
    source: Source


@frozen(kw_only=True)
class Term:
    """
    A term in which sources report, and what it covers in this library.

    Args:
        term: As reported.
        indications: What it covers; empty where nothing here.
    """

    term: str
    indications: tuple[Indication, ...]


@frozen(kw_only=True)
class Edition:
    """
    One released state of the knowledge.

    Args:
        id: Such as ``2026.1``.
        released_on: When it was released.
        literature_read_until: Nothing later was read.
        authors: Who made it.
        intended_use: Who may use it for what.
        limitations: What it cannot do.
    """

    id: str
    released_on: date
    literature_read_until: date
    authors: str
    intended_use: str
    limitations: tuple[str, ...]


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
