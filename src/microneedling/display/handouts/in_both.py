"""What is of safety on a hand-out, with its English beside it where no clinician read the other."""

from typing import TYPE_CHECKING

from attrs import evolve

from microneedling.display.languages import in_source, unread

if TYPE_CHECKING:
    from collections.abc import Callable

    from microneedling.display.handouts.parts import Section, Sentence

__all__ = ["in_both"]

_KINDS = ("care.", "responses.")
_OURS = frozenset(
    {
        "leaflet.ask_about_medicines",
        "leaflet.call",
        "leaflet.emergency",
        "leaflet.medicines",
        "leaflet.paused",
    }
)


def in_both(make: "Callable[[], list[Section]]") -> "list[Section]":
    """Make the sections in the language that is asked for, and add the English of what counts."""
    here = make()
    if not unread():
        return here
    return [
        evolve(section, sentences=tuple(map(_beside, section.sentences, source.sentences)))
        for section, source in zip(here, in_source(make), strict=True)
    ]


def _beside(told: "Sentence", source: "Sentence") -> "Sentence":
    if not (told.key in _OURS or told.key.startswith(_KINDS)) or told.text == source.text:
        return told
    english = f"[{source.text}]"
    return evolve(told, text=f"{told.text} {english}", english=english)
