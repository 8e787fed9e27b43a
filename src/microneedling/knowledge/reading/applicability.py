"""How it is read what a row is for."""

from microneedling.knowledge.reading.rows import Row
from microneedling.values.applicability import EVERYBODY, AppliesTo
from microneedling.values.lengths import LengthRange
from microneedling.values.vocabulary import DeviceKind, Finding, Indication, Setting, Site, SkinType

__all__ = ["applies_to"]


def applies_to(row: Row) -> AppliesTo:
    """Read what a row is for; one that does not say it is for everybody."""
    if not row.has("for"):
        return EVERYBODY
    with row.part("for") as part:
        lengths = None
        if part.has("lengths"):
            with part.part("lengths") as ends:
                lengths = LengthRange.of(ends.whole("min_um"), ends.whole("max_um"))
        return AppliesTo(
            indications=part.codes_or_none("indications", Indication),
            sites=part.codes_or_none("sites", Site),
            settings=part.codes_or_none("settings", Setting),
            lengths=lengths,
            devices=part.codes_or_none("devices", DeviceKind),
            skin_types=part.codes_or_none("skin_types", SkinType),
            findings=part.codes_or_none("findings", Finding),
        )
