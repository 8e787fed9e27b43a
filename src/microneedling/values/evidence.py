"""Where a statement comes from, how strong that is, and what of it was read."""

from enum import unique
from typing import Annotated, TypeAlias

from attrs import frozen

from microneedling._foundation import rendering
from microneedling._foundation.field_bounds import AtLeastOne, Line, Whole
from microneedling._foundation.value_class import Value
from microneedling.values.codes import Code, OrderedCode

__all__ = ["STARTING_TEXT", "Access", "Citation", "Disagreement", "Grade", "Source"]

STARTING_TEXT = "The text that this library started from"


@unique
class Grade(OrderedCode):
    """
    The kind of evidence, the strongest first; a later member is weaker.

    ``editorial`` marks an inference of the edition's authors, which no
    source publishes.

    >>> max(Grade.RCT, Grade.BLOG)  # the weaker of two
    <Grade.BLOG: 'blog'>
    """

    SYSTEMATIC_REVIEW = "systematic_review"
    GUIDELINE = "guideline"
    RCT = "rct"
    COHORT = "cohort"
    REGULATORY = "regulatory"
    CASE_REPORT = "case_report"
    NARRATIVE_REVIEW = "narrative_review"
    LABORATORY = "laboratory"
    EXPERT_OPINION = "expert_opinion"
    MANUFACTURER = "manufacturer"
    BLOG = "blog"
    EDITORIAL = "editorial"


@unique
class Access(Code):
    """
    What of a source was read by those who entered it.

    >>> Access("abstract")
    <Access.ABSTRACT: 'abstract'>
    """

    FULL = "full"
    FIRST_PAGE = "first_page"
    ABSTRACT = "abstract"
    TABLE = "table"
    LABEL_PAGE = "label_page"
    SNIPPET = "snippet"
    SECOND_HAND = "second_hand"


@frozen(kw_only=True, repr=False)
class Source(Value):
    """
    A published work, a regulator's record or a page.

    Args:
        id: Stable within the knowledge, never reused.
        title: The work's title.
        authors: As far as they were seen; empty otherwise.
        year: Of publication, where seen.
        container: The journal, the regulator or the site.
        doi: Bare, without an address in front.
        identifier: PMID, PMC number or the regulator's own identifier.
        url: Where it was read.
        grade: The kind of evidence.
        read: What of it was read.
        note: A material caveat.
    """

    id: Annotated[str, Line(100)]
    title: str
    authors: str = ""
    year: Annotated[int, Whole(1, 2199, "years")] | None = None
    container: str = ""
    doi: str = ""
    identifier: str = ""
    url: str = ""
    grade: Grade
    read: Access
    note: str = ""

    @property
    def link(self) -> str:
        """
        Where it can be looked up: by its DOI, its PubMed record, or where it was read.

        Empty where none of these was seen.

        >>> import microneedling as mn
        >>> mn.load("2026.1").source("alam-2014").link
        'https://doi.org/10.1001/jamadermatol.2013.8687'
        """
        return rendering.text("source_link", self)

    @property
    def is_starting_text(self) -> bool:
        """
        Whether it is the text that this library started from, of which no publisher is known.

        >>> import microneedling as mn
        >>> mn.load("2026.1").source("article").is_starting_text
        True
        """
        return self.id == "article" and not (self.doi or self.identifier or self.url)

    def cite(self, style: str = "plain") -> str:
        """
        Write the source for a list of references, with what was seen of it and no more.

        Args:
            style: ``plain`` (one line), ``bibtex``, ``ris`` or ``csl-json`` (a list of one).

        Raises:
            InputError: If there is no such style.

        >>> import microneedling as mn
        >>> print(mn.load("2026.1").source("article").cite())  # doctest: +NORMALIZE_WHITESPACE
        [article] Microneedling For Skin Rejuvenation And Prevention.
        The text that this library started from.
        """
        return rendering.text("cite", self, style=style)

    @property
    def reference(self) -> str:
        """The source as one line of a reference list, with its id in front."""
        where = f"DOI {self.doi}" if self.doi else self.identifier or self.url
        started = STARTING_TEXT if self.is_starting_text else ""
        parts = [self.authors, self.title, started, self.container]
        if self.year is not None and str(self.year) not in self.container:
            parts.append(str(self.year))
        body = ". ".join(part.rstrip(".") for part in (*parts, where) if part)
        return f"[{self.id}] {body}. Grade: {self.grade.value}; read: {self.read.value}."


@frozen(kw_only=True, repr=False)
class Citation(Value):
    """
    A source standing behind one particular statement.

    Args:
        source: The source.
        supports: What it stands behind, such as ``lengths`` or ``wait``.
        locator: Where in the source or which of its reported protocols.
    """

    source: Source
    supports: str = ""
    locator: str = ""


# A statement without a source is none.
Cited: TypeAlias = Annotated[tuple[Citation, ...], AtLeastOne("source", "unsourced")]


@frozen(kw_only=True, repr=False)
class Disagreement(Value):
    """
    A source that says otherwise, and what it says.

    Args:
        source: The source.
        says: Its position, in our words.
    """

    source: Source
    says: str
