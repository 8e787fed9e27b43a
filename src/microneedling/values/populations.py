"""Whom a study treated, with what besides, and what came of it."""

from enum import unique
from typing import Annotated

from attrs import frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import Whole
from microneedling._foundation.value_class import Value
from microneedling.values.codes import Code, OrderedCode
from microneedling.values.vocabulary import (
    DeviceKind,
    Indication,
    Setting,
    Severity,
    Sex,
    Site,
    SkinType,
)

__all__ = [
    "Adjunct",
    "AdjunctTiming",
    "AdjunctUse",
    "Allocation",
    "Benefit",
    "HarmCount",
    "Population",
]


@unique
class Adjunct(Code):
    """
    What a study gave together with needling.

    >>> Adjunct("minoxidil")
    <Adjunct.MINOXIDIL: 'minoxidil'>
    """

    CONDITIONED_MEDIUM = "conditioned_medium"
    GROWTH_FACTORS = "growth_factors"
    HYALURONIC_ACID = "hyaluronic_acid"
    MINOXIDIL = "minoxidil"
    ORAL_OTHER = "oral_other"
    PEEL_GLYCOLIC = "peel_glycolic"
    PEEL_OTHER = "peel_other"
    PEEL_TCA = "peel_tca"
    PLATELET_RICH_PLASMA = "platelet_rich_plasma"
    SUBCISION = "subcision"
    SUNSCREEN = "sunscreen"
    TOPICAL_OTHER = "topical_other"
    TOPICAL_RETINOID = "topical_retinoid"
    TRANEXAMIC_ACID = "tranexamic_acid"
    TRIPLE_CREAM = "triple_cream"
    VITAMIN_C = "vitamin_c"
    OTHER = "other"


@unique
class AdjunctTiming(Code):
    """
    When a study gave what came with needling: before it, after it, or on other days.

    >>> AdjunctTiming("apart")
    <AdjunctTiming.APART: 'apart'>
    """

    BEFORE = "before"
    AFTER = "after"
    APART = "apart"


@unique
class Allocation(Code):
    """
    How a study put people, or halves of a face, into its arms.

    >>> Allocation("randomised")
    <Allocation.RANDOMISED: 'randomised'>
    """

    RANDOMISED = "randomised"
    NOT_RANDOMISED = "not_randomised"


@unique
class Benefit(OrderedCode):
    """
    What a study found by its own measure, the best first.

    >>> Benefit.SHOWN < Benefit.NONE
    True
    """

    SHOWN = "shown"
    MIXED = "mixed"
    NOT_MEASURED = "not_measured"
    NONE = "none"


@unique
class HarmCount(OrderedCode):
    """
    What a count of lasting pigment change, scars and infection gave, the best first.

    ``not_stated`` is that the part was not read.

    >>> HarmCount.NONE_FOUND < HarmCount.FOUND
    True
    """

    NONE_FOUND = "none_found"
    NOT_COUNTED = "not_counted"
    NOT_STATED = "not_stated"
    FOUND = "found"


@frozen(kw_only=True, repr=False)
class AdjunctUse(Value):
    """
    What came with needling in a study, and when.

    Args:
        adjunct: What.
        timing: None where it is not stated.
        also_alone: True where another arm was needled alone in the same way.

    >>> AdjunctUse(adjunct=Adjunct.MINOXIDIL, timing=AdjunctTiming.APART).also_alone
    False
    """

    adjunct: Adjunct
    timing: AdjunctTiming | None = None
    also_alone: bool = False


@frozen(kw_only=True, repr=False)
class Population(Value):
    """
    Whom a study treated, as it was read; what is not stated is empty or None.

    Args:
        skin_types: Fitzpatrick types.
        youngest_years: Completed years, 0 to 130.
        oldest_years: Not below the youngest.
        sexes: Who took part.
        severities: How marked it was.
        sites: Where.
        devices: With which kinds of device.
        settings: Clinic or home.
        adjuncts: What was given together with needling; empty where it was needling alone, None
            where that is not stated.
        allocation: None where it is not stated.
        controlled: Whether another arm or side was compared.
        benefit: What it found by its own measure.
        outcomes: The indications whose outcome it measured, where that is other than its term
            covers.
        harm: What its count of lasting pigment change, scars and infection gave.
        harm_told: The count as the source prints it.
        participants: How many were enrolled, 1 to 1,000,000.

    Raises:
        InputError: If a value is of another type, outside its bounds or the ages are the wrong
            way round.

    >>> Population(skin_types=(SkinType.III, SkinType.IV)).allocation is None
    True
    """

    skin_types: tuple[SkinType, ...] = ()
    youngest_years: Annotated[int, Whole(0, 130, "years")] | None = None
    oldest_years: Annotated[int, Whole(0, 130, "years")] | None = None
    sexes: tuple[Sex, ...] = ()
    severities: tuple[Severity, ...] = ()
    sites: tuple[Site, ...] = ()
    devices: tuple[DeviceKind, ...] = ()
    settings: tuple[Setting, ...] = ()
    adjuncts: tuple[AdjunctUse, ...] | None = None
    allocation: Allocation | None = None
    controlled: bool | None = None
    benefit: Benefit = Benefit.NOT_MEASURED
    outcomes: tuple[Indication, ...] = ()
    harm: HarmCount = HarmCount.NOT_STATED
    harm_told: str = ""
    participants: Annotated[int, Whole(1, 1_000_000, "people")] | None = None

    def _agree(self) -> None:
        youngest, oldest = self.youngest_years, self.oldest_years
        if youngest is not None and oldest is not None and oldest < youngest:
            checks.refuse(
                "wrong_order", "oldest_years", "give an oldest age not below the youngest"
            )

    @property
    def says_nothing(self) -> bool:
        """Whether neither whom it treated, nor what it found, nor what harm it saw is stated."""
        whom = (self.skin_types, self.sexes, self.severities, self.sites, self.devices)
        ages = (self.youngest_years, self.oldest_years)
        counted = self.harm in {HarmCount.NONE_FOUND, HarmCount.FOUND}
        measured = self.benefit is not Benefit.NOT_MEASURED
        return not (any(whom) or ages != (None, None) or self.settings or measured or counted)
