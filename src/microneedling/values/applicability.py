"""What a row of an edition is for: whom, what, where, and with which needle."""

from attrs import frozen

from microneedling._foundation.value_class import Row
from microneedling.values.lengths import LengthRange
from microneedling.values.vocabulary import DeviceKind, Finding, Indication, Setting, Site, SkinType

__all__ = ["EVERYBODY", "AppliesTo"]


@frozen(kw_only=True, repr=False, eq=False)
class AppliesTo(Row):
    """
    What a row is for; what is empty narrows nothing down.

    What is not known of a patient applies: unknown is never taken for "no".

    Args:
        indications: One of the concerns is among them, or a kind of one.
        sites: Or part of one of them.
        settings: Clinic or home.
        lengths: The longest needle of the course lies in them.
        devices: With which the course is done.
        skin_types: Fitzpatrick types.
        findings: One of them is present, or not ruled out.

    >>> AppliesTo(sites=(Site.SCALP,)).skin_types
    ()
    """

    indications: tuple[Indication, ...] = ()
    sites: tuple[Site, ...] = ()
    settings: tuple[Setting, ...] = ()
    lengths: LengthRange | None = None
    devices: tuple[DeviceKind, ...] = ()
    skin_types: tuple[SkinType, ...] = ()
    findings: tuple[Finding, ...] = ()


EVERYBODY = AppliesTo()
