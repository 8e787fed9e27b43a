"""What an edition holds, as pictures."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from microneedling._foundation import checks, rendering
from microneedling.knowledge.edition_tables import HeldTables
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import Indication, Site

if TYPE_CHECKING:
    from microneedling.values.recommendations import Answer

__all__ = ["DrawnTables"]


class DrawnTables(HeldTables):
    """The tables of an edition, and what of them can be drawn."""

    __slots__ = ()

    def skin_svg(self, site: Site, lengths: Iterable[NeedleLength | str] = ()) -> str:
        """
        Draw the skin of a site to scale as it was measured, who measured it, and needles beside it.

        Where nothing was measured at the site the larger one is drawn, and that is said; where
        that is not known either it is drawn as not known.

        Args:
            site: Where.
            lengths: Needle lengths, or texts that `NeedleLength.parse` reads.

        Raises:
            InputError: If it is no site, or something is no needle length.

        >>> import microneedling as mn
        >>> drawn = mn.load("2026.1").skin_svg(mn.Site.CHEEK, ["0.5 mm", "1.5 mm"])
        >>> "epidermis 190 \u00b5m" in drawn, "[us-thickness-2022]" in drawn
        (True, True)
        """
        checks.member(site, "site", Site)
        return rendering.picture("skin", self, site=site, lengths=_lengths(lengths))

    def protocols_svg(self, indication: Indication, *, answer: "Answer | None" = None) -> str:
        """
        Draw the curated protocols for an indication: lengths, sessions and intervals, by grade.

        Args:
            indication: What is treated.
            answer: The answer whose options are marked; none if not given.

        Raises:
            InputError: If it is no indication, or no answer of this edition about it.

        >>> import microneedling as mn
        >>> drawn = mn.load("2026.1").protocols_svg(mn.Indication.STRIAE)
        >>> drawn.count('class="protocol"') == len(
        ...     mn.load("2026.1").protocols_for(mn.Indication.STRIAE)
        ... )
        True
        """
        from microneedling.values.recommendations import Recommendation

        checks.member(indication, "indication", Indication)
        if answer is not None and not isinstance(answer, Recommendation):
            checks.refuse("wrong_type", "answer", "give what `recommend` gave")
        if answer is not None:
            if answer.provenance.digest != self.digest:
                checks.refuse("other_edition", "answer", "give an answer of this edition")
            asked = {concern.indication for concern in answer.assessment.concerns}
            if indication not in asked:
                checks.refuse("contradiction", "answer", "give an answer about this indication")
        return rendering.picture("protocols", self, indication=indication, answer=answer)

    def effects_svg(self, lengths: Iterable[NeedleLength | str] = ()) -> str:
        """
        Draw side effects by day and needle length, as far as sources tell.

        A day that is not published is drawn as not known, never as none.

        Args:
            lengths: Needle lengths that are marked, or texts that `NeedleLength.parse` reads.

        Raises:
            InputError: If something is no needle length.

        >>> import microneedling as mn
        >>> edition = mn.load("2026.1")
        >>> edition.effects_svg().count('class="effect"') == len(edition.effects)
        True
        """
        return rendering.picture("effects", self, lengths=_lengths(lengths))


def _lengths(given: Iterable[NeedleLength | str]) -> tuple[NeedleLength, ...]:
    if isinstance(given, (str, bytes, NeedleLength)) or not isinstance(given, Iterable):
        checks.refuse("wrong_type", "lengths", "give a collection of needle lengths")
    held = [NeedleLength.parse(one) if isinstance(one, str) else one for one in given]
    for number, one in enumerate(held):
        checks.instance(one, f"lengths[{number}]", NeedleLength)
    return tuple(held)
