"""The rows that are only looked up: no decision reads them, so none waits for them."""

from typing import Annotated, TypeAlias

from attrs import frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import Whole
from microneedling._foundation.value_class import Value
from microneedling.values.evidence import Cited, Disagreement, Source
from microneedling.values.lengths import NeedleLength, PenetrationDepth
from microneedling.values.vocabulary import Indication, Site

__all__ = ["Penetration", "Principle", "Term", "Thickness"]

_Thickness: TypeAlias = Annotated[int, Whole(0, 100_000_000, "nanometres")]


@frozen(kw_only=True, repr=False)
class Principle(Value):
    """
    A general statement.

    Args:
        code: Stable within the knowledge.
        statement: In our words.
        short: The same in at most 15 words.
        citations: At least one.
        disagreements: Sources that say otherwise.
    """

    code: str
    statement: str
    short: str = ""
    citations: Cited
    disagreements: tuple[Disagreement, ...] = ()


@frozen(kw_only=True, repr=False)
class Penetration(Value):
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

    def _agree(self) -> None:
        if self.deepest.nm < self.shallowest.nm:
            checks.refuse("wrong_order", "deepest", "give a greatest depth not below the least")


@frozen(kw_only=True, repr=False)
class Thickness(Value):
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
    min_nm: _Thickness
    max_nm: _Thickness
    method: str
    landmark: str
    source: Source

    def _agree(self) -> None:
        if self.max_nm < self.min_nm:
            checks.refuse("wrong_order", "max_nm", "give a greatest not below the least")


@frozen(kw_only=True, repr=False)
class Term(Value):
    """
    A term in which sources report, and what it covers in this library.

    Args:
        term: As reported.
        indications: What it covers; empty where nothing here.
    """

    term: str
    indications: tuple[Indication, ...]
