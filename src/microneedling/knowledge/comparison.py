"""Two needle lengths side by side, aspect by aspect, every cell with its sources."""

from typing import ClassVar

from attrs import frozen

from microneedling._foundation import checks, rendering
from microneedling._foundation.value_class import Value
from microneedling.knowledge.facts import Aspect, AspectFact
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.loading import latest
from microneedling.values.lengths import NeedleLength

__all__ = ["Comparison", "ComparisonRow", "compare"]


@frozen(kw_only=True, repr=False)
class ComparisonRow(Value):
    """
    One aspect of two lengths.

    Args:
        aspect: Which one.
        left: What sources say of the first length, the followed statement
            first; empty where none was read, which is not "no".
        right: The same for the second.
    """

    aspect: Aspect
    left: tuple[AspectFact, ...]
    right: tuple[AspectFact, ...]


@frozen(kw_only=True, repr=False)
class Comparison(rendering.Shown, Value):
    """
    Two needle lengths side by side.

    Args:
        left: The first length, or a text that `NeedleLength.parse` reads.
        right: The second one.
        edition: The edition it is taken from.
        digest: The edition's digest.
        rows: One an aspect, in a fixed order.
    """

    _card: ClassVar[str] = "comparison"

    left: NeedleLength
    right: NeedleLength
    edition: str
    digest: str
    rows: tuple[ComparisonRow, ...]

    def row(self, aspect: Aspect) -> ComparisonRow:
        """Give the row of an aspect."""
        return next(row for row in self.rows if row.aspect is aspect)

    def brief(self) -> str:
        """Render it on one screen: of each aspect what the edition follows."""
        return rendering.text("comparison_brief", self)

    def explain(self) -> str:
        """Render it as text: all that sources say, and last the sources."""
        return rendering.text("comparison", self)

    def to_svg(self) -> str:
        """
        Draw it: both needles to scale, days of recovery and sessions, and each aspect in words.

        >>> import microneedling as mn
        >>> drawn = mn.compare("0.5 mm", "1.0 mm").to_svg()
        >>> drawn.count('class="needle"')
        2
        """
        return rendering.picture("comparison", self)

    def __str__(self) -> str:
        return self.brief()


def compare(
    left: NeedleLength | str, right: NeedleLength | str, knowledge: Knowledge | None = None
) -> Comparison:
    """
    Compare two nominal needle lengths.

    Args:
        left: The first length, or a text that `NeedleLength.parse` reads.
        right: The second one.
        knowledge: The edition; the latest where none is given. The answer names
            the edition it is taken from.

    Raises:
        InputError: If something else than two needle lengths is given, or a text is none.

    >>> import microneedling as mn
    >>> found = mn.compare("0.5 mm", "1.0 mm")
    >>> [found.row(mn.Aspect.NUMBING).left[0].code, found.row(mn.Aspect.NUMBING).right[0].code]
    ['optional', 'topical']
    """
    left = NeedleLength.parse(left) if isinstance(left, str) else left
    right = NeedleLength.parse(right) if isinstance(right, str) else right
    checks.instance(left, "left", NeedleLength)
    checks.instance(right, "right", NeedleLength)
    if knowledge is None:
        knowledge = latest()
    return Comparison(
        left=left,
        right=right,
        edition=knowledge.id,
        digest=knowledge.digest,
        rows=tuple(
            ComparisonRow(
                aspect=aspect,
                left=knowledge.aspects_of(left, aspect),
                right=knowledge.aspects_of(right, aspect),
            )
            for aspect in Aspect
        ),
    )
