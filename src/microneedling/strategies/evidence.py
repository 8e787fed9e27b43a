"""Sources, and what they stand behind."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling.strategies.codes import grades
from microneedling.strategies.from_fields import drawn, draws, named, rising, wholes
from microneedling.values.evidence import Citation, Disagreement, Grade, Source
from microneedling.values.populations import AdjunctUse, Population
from microneedling.values.standing import Standing
from microneedling.values.studies import Study

__all__ = [
    "adjunct_uses",
    "citations",
    "disagreements",
    "populations",
    "sources",
    "standings",
    "studies",
]


@draws(Source)
def sources(
    *,
    strongest: Grade = Grade.SYSTEMATIC_REVIEW,
    weakest: Grade = Grade.EDITORIAL,
    first_year: int | None = None,
    last_year: int | None = None,
) -> SearchStrategy[Source]:
    """
    Draw published works.

    Args:
        strongest: None of stronger evidence.
        weakest: None of weaker evidence.
        first_year: None published before it, where the year is known.
        last_year: None published after it.

    Raises:
        InputError: If bounds are the wrong way round, or no years.

    >>> from hypothesis import find
    >>> found = find(sources(first_year=2015), lambda source: source.year is not None)
    >>> found.title, found.year, found.grade.value
    ('', 2015, 'systematic_review')
    """
    years = wholes(Source, "year", first_year=first_year, last_year=last_year)
    kinds = grades(strongest=strongest, weakest=weakest)
    return drawn(Source, named("id"), year=st.none() | years, grade=kinds)


@draws(Citation)
def citations(
    *, strongest: Grade = Grade.SYSTEMATIC_REVIEW, weakest: Grade = Grade.EDITORIAL
) -> SearchStrategy[Citation]:
    """
    Draw sources that stand behind a statement.

    Args:
        strongest: No source of stronger evidence.
        weakest: No source of weaker evidence.

    Raises:
        InputError: If the bounds are the wrong way round.
    """
    return drawn(Citation, source=sources(strongest=strongest, weakest=weakest))


@draws(Disagreement)
def disagreements(
    *, strongest: Grade = Grade.SYSTEMATIC_REVIEW, weakest: Grade = Grade.EDITORIAL
) -> SearchStrategy[Disagreement]:
    """
    Draw sources that say otherwise.

    Args:
        strongest: No source of stronger evidence.
        weakest: No source of weaker evidence.

    Raises:
        InputError: If the bounds are the wrong way round.
    """
    return drawn(Disagreement, source=sources(strongest=strongest, weakest=weakest))


@draws(AdjunctUse)
def adjunct_uses() -> SearchStrategy[AdjunctUse]:
    """Draw what came with needling in a study."""
    return drawn(AdjunctUse)


@draws(Population)
def populations() -> SearchStrategy[Population]:
    """Draw whom a study treated; nothing stated first."""
    return drawn(Population, rising("youngest_years", "oldest_years"))


@draws(Standing)
def standings() -> SearchStrategy[Standing]:
    """Draw how options stand to a patient, each by itself."""
    return drawn(Standing)


@draws(Study)
def studies() -> SearchStrategy[Study]:
    """Draw protocols as sources report them."""
    return drawn(Study)
