"""How long a needle is, and how far it goes: exact, and never mixed up."""

import re
from typing import TYPE_CHECKING, Annotated, ClassVar, Final

from attrs import field, frozen

from microneedling._foundation import checks
from microneedling._foundation.field_bounds import Whole
from microneedling._foundation.value_class import Value

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = ["LengthRange", "NeedleLength", "PenetrationDepth"]

# Compiled when first used: a decision reads no text.
NEEDLE_TEXT: Final = r"(?:([0-9]{1,2})(?:\.([0-9]{1,3}))? ?mm|([0-9]{1,5}) ?(?:um|\u00b5m|\u03bcm))"
_MM: Final = r"([0-9]{1,2})(?:\.([0-9]{1,6}))?"
_RANGE: Final = r"([0-9.]{1,6})-([0-9.]{1,6}) mm"
DEPTH_TEXT: Final = r"([0-9]{1,5})(?:\.([0-9]{1,3}))? um"
_LONGEST_TEXT: Final = 40


def _matched(pattern: str, text: object, what: str) -> re.Match[str]:
    if type(text) is not str:
        checks.refuse("wrong_type", "text", f"give {what} as text")
    match = re.fullmatch(pattern, text) if len(text) <= _LONGEST_TEXT else None
    if match is None:
        checks.refuse("unreadable", "text", f"write {what}, with ASCII digits and a decimal point")
    return match


def _thousandths(whole: str, fraction: str | None) -> int:
    """Read a decimal number as thousandths, exactly; finer digits must be zeros."""
    digits = fraction or ""
    if digits[3:].strip("0"):
        checks.refuse("too_fine", "text", "give at most three decimal places")
    return int(whole) * 1000 + int(digits[:3].ljust(3, "0"))


def _decimal(thousandths: int) -> str:
    """Write thousandths as a decimal number with at least one decimal place."""
    whole, rest = divmod(thousandths, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").ljust(len(str(whole)) + 2, "0")


@frozen(order=True, repr=False)
class NeedleLength(Value):
    """
    The nominal needle length, as set or printed on the device.

    Whole micrometres inside, so that equal lengths are equal however they
    were written; millimetres outside. It says nothing about how far the
    needle really goes: that is a `PenetrationDepth`, and the two never mix.

    Args:
        um: Micrometres, 50 to 3500.

    Raises:
        InputError: If it is no plain int or outside the bounds.

    >>> NeedleLength.parse("0.5 mm") == NeedleLength(500)
    True
    >>> str(NeedleLength.from_mm("1.50"))
    '1.5 mm'
    """

    MIN: ClassVar["NeedleLength"]
    MAX: ClassVar["NeedleLength"]

    um: Annotated[int, Whole(50, 3500, "micrometres")]

    @classmethod
    def parse(cls, text: str) -> "NeedleLength":
        """
        Read ``"0.5 mm"``, ``"0.5mm"``, ``"500 um"`` or ``"500 \u00b5m"``; a unit is required.

        Raises:
            InputError: If the text is anything else.

        >>> NeedleLength.parse("500 um")
        NeedleLength(um=500)
        """
        match = _matched(NEEDLE_TEXT, text, "a length such as 0.5 mm or 500 um")
        if match[3] is not None:
            return cls(int(match[3]))
        return cls(_thousandths(match[1], match[2]))

    @classmethod
    def from_mm(cls, mm: str | int) -> "NeedleLength":
        """
        Make a length from millimetres, given as text or as a whole number.

        A float is refused: ``0.1 + 0.2`` is no length.

        Raises:
            InputError: If it is a float, or not a whole number of micrometres.

        >>> NeedleLength.from_mm("1.5").um
        1500
        """
        if type(mm) is int:
            checks.whole(mm, "mm", 0, 99, "millimetres")
            return cls(mm * 1000)
        if type(mm) is not str:
            checks.refuse(
                "wrong_type", "mm", 'give millimetres as text, such as "1.5", or as an int'
            )
        match = _matched(_MM, mm, "millimetres such as 1.5")
        return cls(_thousandths(match[1], match[2]))

    @property
    def mm(self) -> "Decimal":
        """
        The length in millimetres, exactly.

        >>> NeedleLength(1500).mm
        Decimal('1.5')
        """
        from decimal import Decimal

        return Decimal(_decimal(self.um))

    def __str__(self) -> str:
        return f"{_decimal(self.um)} mm"


NeedleLength.MIN = NeedleLength(50)
NeedleLength.MAX = NeedleLength(3500)


@frozen(order=True, repr=False)
class PenetrationDepth(Value):
    """
    How far a needle really goes into the skin, as measured.

    Whole nanometres inside, since sources report tenths of a micrometre.
    No order or equality with a `NeedleLength` exists.

    Args:
        nm: Nanometres, 0 to 5000000.

    Raises:
        InputError: If it is no plain int or outside the bounds.

    >>> str(PenetrationDepth(152500))
    '152.5 um'
    """

    nm: Annotated[int, Whole(0, 5_000_000, "nanometres")]

    @classmethod
    def parse(cls, text: str) -> "PenetrationDepth":
        """
        Read the text that `str` writes.

        Raises:
            InputError: If the text is anything else.

        >>> PenetrationDepth.parse("460.0 um")
        PenetrationDepth(nm=460000)
        """
        match = _matched(DEPTH_TEXT, text, "a depth such as 152.5 um")
        return cls(_thousandths(match[1], match[2]))

    def __str__(self) -> str:
        return f"{_decimal(self.nm)} um"


@frozen(repr=False)
class LengthRange(Value):
    """
    All needle lengths from the shortest to the longest, both included.

    Args:
        shortest: The shortest length.
        longest: The longest length, not below the shortest.

    Raises:
        InputError: If the bounds are the wrong way round.

    >>> band = LengthRange.parse("0.5-1.5 mm")
    >>> NeedleLength.parse("1.0 mm") in band
    True
    """

    shortest: NeedleLength = field()
    longest: NeedleLength = field()

    def _agree(self) -> None:
        if self.longest.um < self.shortest.um:
            checks.refuse("wrong_order", "longest", "give a longest length not below the shortest")

    @classmethod
    def of(cls, shortest_um: int, longest_um: int) -> "LengthRange":
        """
        Make a range from micrometres.

        >>> str(LengthRange.of(500, 1500))
        '0.5-1.5 mm'
        """
        return cls(NeedleLength(shortest_um), NeedleLength(longest_um))

    @classmethod
    def parse(cls, text: str) -> "LengthRange":
        """
        Read the text that `str` writes: ``"0.5-1.5 mm"`` or ``"1.5 mm"``.

        Raises:
            InputError: If the text is anything else.

        >>> LengthRange.parse("1.5 mm") == LengthRange.of(1500, 1500)
        True
        """
        if type(text) is str and (match := re.fullmatch(_RANGE, text[: _LONGEST_TEXT + 1])):
            return cls(NeedleLength.parse(f"{match[1]} mm"), NeedleLength.parse(f"{match[2]} mm"))
        only = NeedleLength.parse(text)
        return cls(only, only)

    def __contains__(self, length: NeedleLength) -> bool:
        if not isinstance(length, NeedleLength):
            message = "only a NeedleLength can be in a LengthRange"
            raise TypeError(message)
        return self.shortest.um <= length.um <= self.longest.um

    def intersection(self, other: "LengthRange") -> "LengthRange | None":
        """
        Give the lengths in both ranges, or None where there are none.

        >>> LengthRange.of(500, 1500).intersection(LengthRange.of(1000, 2000))
        LengthRange(shortest=NeedleLength(um=1000), longest=NeedleLength(um=1500))
        """
        shortest = self.shortest if self.shortest.um >= other.shortest.um else other.shortest
        longest = self.longest if self.longest.um <= other.longest.um else other.longest
        return None if longest.um < shortest.um else LengthRange(shortest, longest)

    def up_to(self, limit: NeedleLength) -> "LengthRange | None":
        """
        Give the lengths that do not exceed a limit, or None where there are none.

        >>> str(LengthRange.of(500, 1500).up_to(NeedleLength(800)))
        '0.5-0.8 mm'
        """
        if limit.um >= self.longest.um:
            return self
        return None if limit.um < self.shortest.um else LengthRange(self.shortest, limit)

    def __str__(self) -> str:
        if self.shortest == self.longest:
            return str(self.shortest)
        return f"{_decimal(self.shortest.um)}-{self.longest}"
