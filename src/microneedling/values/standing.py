"""How an option stands to one patient: the classes that order options."""

from enum import unique
from typing import Annotated

from attrs import frozen

from microneedling._foundation.field_bounds import Whole
from microneedling._foundation.value_class import Value
from microneedling.values.codes import OrderedCode
from microneedling.values.populations import Benefit, HarmCount

__all__ = ["Fit", "RankClass", "Standing"]


@unique
class Fit(OrderedCode):
    """
    How what is documented fits one patient, the best first.

    ``documented`` for such a patient; the population ``not_stated``; documented for ``others``.

    >>> Fit.DOCUMENTED < Fit.OTHERS
    True
    """

    DOCUMENTED = "documented"
    NOT_STATED = "not_stated"
    OTHERS = "others"


@unique
class RankClass(OrderedCode):
    """
    What orders options, the weightiest first.

    >>> RankClass.FIT < RankClass.GENTLER
    True
    """

    NO_BENEFIT = "no_benefit"
    FIT = "fit"
    BENEFIT = "benefit"
    HARM = "harm"
    BACKING = "backing"
    COMPLETENESS = "completeness"
    PREFERENCES = "preferences"
    GENTLER = "gentler"


@frozen(kw_only=True, repr=False)
class Standing(Value):
    """
    How an option stands to one patient, class by class in the order of `RankClass`.

    Args:
        rank: From 1; equals share one.
        no_benefit: True where every controlled study of such a treatment found no benefit.
        fit: The worst over the facts and the figures.
        differs: The facts for which it is documented for others only, each with whom.
        documented: The facts for which some figure is documented for such a patient.
        benefit: What its own studies found.
        harm: What was counted in comparable patients.
        band: How firm the backing of its weakest figure is, 1 the firmest.
        complete: True where one source reports count and interval together with the length.
        decided_by: The class that sets it before the next rank; None for the last.

    >>> Standing(
    ...     rank=1, fit=Fit.NOT_STATED, benefit=Benefit.SHOWN, harm=HarmCount.NOT_COUNTED, band=2
    ... ).decided_by is None
    True
    """

    rank: Annotated[int, Whole(1, 1000, "ranks")]
    no_benefit: bool = False
    fit: Fit
    differs: tuple[str, ...] = ()
    documented: tuple[str, ...] = ()
    benefit: Benefit
    harm: HarmCount
    band: Annotated[int, Whole(1, 3, "bands")]
    complete: bool = False
    decided_by: RankClass | None = None
