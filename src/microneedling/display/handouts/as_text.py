"""A hand-out as plain text, in the same words and order as its page and its PDF."""

from typing import TYPE_CHECKING

from microneedling.display.text import wrapped

if TYPE_CHECKING:
    from microneedling.display.handouts.parts import Contents

__all__ = ["BULLET", "text"]

BULLET = "•"


def text(held: "Contents") -> str:
    """Write it, headings between empty lines."""
    lines = [held.title]
    for section in held.sections:
        lines += ["", section.title]
        lines += [wrapped(told.text, "  ", f"{BULLET} ") for told in section.sentences]
    return "\n".join([*lines, ""])
