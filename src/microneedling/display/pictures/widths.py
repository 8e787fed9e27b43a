"""How wide a text comes out, guessed on the wide side, and where it is broken into lines."""

from fractions import Fraction

__all__ = ["lines_of", "printable", "width_of"]

# Of the height of the letters, in hundredths; as the widest of the common fonts has them.
_NARROW, _COMMON, _CAPITAL, _WIDE, _FULL = 40, 64, 76, 98, 110
_NARROW_LETTERS = frozenset("iIjlftr.,;:'|!()[]/- \u200c\u200d")
_WIDE_LETTERS = frozenset("mwMWQO@%&\u2013\u2014\u2026")
_FIRST_FULL = 0x1100
# They join letters or keep them apart, and show nothing themselves.
_JOINERS = frozenset("\u200c\u200d")


def printable(text: str) -> str:
    """Replace what cannot be printed, and what XML does not take, by the sign for it."""
    told = " ".join(text.split())
    if told.isprintable():
        return told
    return "".join(c if c.isprintable() or c in _JOINERS else "\ufffd" for c in told)


def _hundredths(letter: str) -> int:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter in _WIDE_LETTERS:
        return _WIDE
    if ord(letter) >= _FIRST_FULL:
        return _FULL
    return _CAPITAL if letter.isupper() else _COMMON


def width_of(text: str, size: int, *, bold: bool = False) -> Fraction:
    """Give how much room a text takes at the most."""
    wide = Fraction(sum(map(_hundredths, text)) * size, 100)
    return wide * Fraction(11, 10) if bold else wide


def lines_of(text: str, room: Fraction | int, size: int, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit; a word that does not is broken, too."""
    lines: list[str] = []
    held = ""
    for word in printable(text).split(" "):
        rest = word
        joined = f"{held} {word}" if held else word
        if width_of(joined, size, bold=bold) <= room:
            held = joined
            continue
        if held:
            lines.append(held)
        while width_of(rest, size, bold=bold) > room and len(rest) > 1:
            fits = 1
            while width_of(rest[: fits + 1], size, bold=bold) <= room:
                fits += 1
            # Behind a hyphen, where there is one.
            fits = rest.rfind("-", 1, fits) + 1 or fits
            lines.append(rest[:fits])
            rest = rest[fits:]
        held = rest
    return [*lines, held] if held else lines
