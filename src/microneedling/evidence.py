"""Where a statement comes from, how strong that is, and what of it was read."""

from enum import unique

from attrs import field, frozen

from microneedling import _checks
from microneedling._values import Value
from microneedling.vocabulary import Code, OrderedCode

__all__ = ["Access", "Citation", "Disagreement", "Grade", "Source", "Spread", "Study"]


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

    id: str
    title: str
    authors: str = ""
    year: int | None = None
    container: str = ""
    doi: str = ""
    identifier: str = ""
    url: str = ""
    grade: Grade
    read: Access
    note: str = ""

    @property
    def reference(self) -> str:
        """The source as one line of a reference list, with its id in front."""
        where = f"DOI {self.doi}" if self.doi else self.identifier or self.url
        parts = [self.authors, self.title, self.container]
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


@frozen(repr=False)
class Spread(Value):
    """
    The lowest and the highest figure a source reports; either may be unreported.

    Args:
        lowest: None where the source gives no lower figure.
        highest: None where the source gives no upper figure.

    Raises:
        InputError: If both are missing, or they are the wrong way round.

    >>> Spread(7, 56).covers(14, 28)
    True
    """

    lowest: int | None = field()
    highest: int | None = field()

    def __attrs_post_init__(self) -> None:
        for name, bound in (("lowest", self.lowest), ("highest", self.highest)):
            if bound is not None:
                _checks.whole(bound, name, 0, 1_000_000, "units")
        if self.lowest is None and self.highest is None:
            _checks.refuse("empty", "lowest", "give at least one of the two figures")
        if self.lowest is not None and self.highest is not None and self.highest < self.lowest:
            _checks.refuse("wrong_order", "highest", "give a highest figure not below the lowest")

    def covers(self, low: int, high: int) -> bool:
        """Tell whether both figures lie within what is reported; an open end reports one figure."""
        lowest = self.lowest if self.lowest is not None else self.highest
        highest = self.highest if self.highest is not None else self.lowest
        return lowest is not None and highest is not None and lowest <= low and high <= highest


@frozen(kw_only=True, repr=False)
class Study(Value):
    """
    One protocol exactly as its source reports it; blanks stay blank.

    Args:
        id: Stable within the knowledge.
        source: Where it is reported.
        reported: The indication in the source's terms, such as ``acne-scars``.
        severity: The severity in the source's terms; empty where not stated.
        zone: The area in the source's terms; empty where not stated.
        lengths_um: Nominal needle lengths, micrometres.
        sessions: Number of sessions.
        interval_days: Days between sessions.
        device: ``pen``, ``roller``, ``stamp``, ``any`` or empty.
        setting: ``clinic``, ``home``, ``theatre`` or empty.
        anaesthesia: As stated; empty where not stated.
        note: Outcome, population and caveats as read.
    """

    id: str
    source: Source
    reported: str
    severity: str = ""
    zone: str = ""
    lengths_um: Spread | None = None
    sessions: Spread | None = None
    interval_days: Spread | None = None
    device: str = ""
    setting: str = ""
    anaesthesia: str = ""
    note: str = ""
