"""What a hand-out is made of: sentences with their sources, under headings."""

from enum import Enum, unique

from attrs import frozen

__all__ = ["BLANK", "Contents", "Kind", "Section", "Sentence", "parted"]

# A line to write on.
BLANK = "_" * 40


@unique
class Kind(Enum):
    """How a section is shown."""

    PLAIN = "plain"
    EMERGENCY = "emergency"
    CALL = "call"
    SMALL = "small"


@frozen(kw_only=True)
class Sentence:
    """
    What is told at one place.

    Args:
        key: What it is called in every language, such as ``care.avoid_sun_before``.
        text: The words.
        sources: The ids of the sources behind it, each once; none where it is ours alone.
        english: The end of the words that stands in English on a sheet in another language.
    """

    key: str
    text: str
    sources: tuple[str, ...] = ()
    english: str = ""


@frozen(kw_only=True)
class Section:
    """
    Sentences under one heading.

    Args:
        title: The heading.
        sentences: What stands under it; may be empty where smaller headings follow.
        level: 2 or 3, as headings of a page are counted.
        kind: How it is shown.
    """

    title: str
    sentences: tuple[Sentence, ...]
    level: int = 2
    kind: Kind = Kind.PLAIN


@frozen(kw_only=True)
class Contents:
    """
    All that stands on a hand-out.

    Args:
        title: The heading of all.
        language: The code of its language, such as ``en``.
        sections: In the order in which they are read.
        editions: The ids of the editions that its figures and advice come from.
        chosen_by: The professional who chose it, as a code of one's own; empty where not told.
            It is not printed.
    """

    title: str
    language: str
    sections: tuple[Section, ...]
    editions: tuple[str, ...]
    chosen_by: str = ""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Everything that is told, in order, each with its key and sources."""
        return tuple([told for section in self.sections for told in section.sentences])

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of all sources, each once."""
        return tuple(sorted({source for told in self.sentences for source in told.sources}))


def parted(sentence: Sentence) -> tuple[str, str, str]:
    """Take apart the words of a sentence, its English end and the line to write on, if any."""
    told = sentence.text.removesuffix(BLANK)
    words = told.removesuffix(sentence.english)
    return words, told[len(words) :], sentence.text[len(told) :]
