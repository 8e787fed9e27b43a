"""Answers of a real edition, and what they are made of."""

from datetime import date
from typing import TypeVar

from hypothesis import reject, strategies as st
from hypothesis.strategies import SearchStrategy

from microneedling._foundation import checks
from microneedling._foundation.checks import FIRST_DATE
from microneedling.deciding.recommending import recommend
from microneedling.knowledge.comparison import Comparison, ComparisonRow, compare
from microneedling.knowledge.knowledge import Knowledge
from microneedling.strategies.assessments import assessments
from microneedling.strategies.from_fields import (
    LAST_START,
    OF_AN_ASSESSMENT,
    days,
    drawn,
    draws,
    pick,
)
from microneedling.strategies.quantities import needle_lengths
from microneedling.strategies.towards_verdicts import (
    Rows,
    Steer,
    as_offered,
    chosen,
    declined,
    deferred,
    left_open,
    offered,
    referred,
)
from microneedling.values.assessments import Assessment
from microneedling.values.courses import Course
from microneedling.values.lengths import NeedleLength
from microneedling.values.reasons import Question, Reason, Step
from microneedling.values.recommendations import (
    Answer,
    Ask,
    Decline,
    Defer,
    Offer,
    Provenance,
    Recommendation,
    Refer,
)

__all__ = [
    "answers",
    "asks",
    "comparison_rows",
    "comparisons",
    "courses",
    "declines",
    "defers",
    "offers",
    "provenances",
    "questions",
    "reasons",
    "recommendations",
    "refers",
    "steps",
]

A = TypeVar("A", bound=Recommendation)


def _answers(
    kind: type[A], steer: Steer, knowledge: Knowledge | None, earliest: date, latest: date
) -> SearchStrategy[A]:
    checks.optional(knowledge, "knowledge", Knowledge)
    return _steered(kind, steer, knowledge, days(earliest=earliest, latest=latest))


@st.composite
def _steered(
    draw: st.DrawFn,
    kind: type[A],
    steer: Steer,
    knowledge: Knowledge | None,
    on: SearchStrategy[date],
) -> A:
    edition = chosen(knowledge)
    rows = edition.prepared(Rows)
    held = steer(draw, rows, offered(draw, rows, draw(on)))
    answer = recommend(Assessment(**held), edition)
    return answer if isinstance(answer, kind) else reject()


@draws(Offer, OF_AN_ASSESSMENT)
def offers(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Offer]:
    """
    Draw answers that offer courses: the shortest needle and the fewest sessions first.

    >>> from hypothesis import find
    >>> found = find(offers(), lambda answer: True)
    >>> found.assessment.setting.value, found.assessment.screening.present
    ('clinic', ())
    """
    return _answers(Offer, as_offered, knowledge, earliest, latest)


@draws(Ask, OF_AN_ASSESSMENT)
def asks(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Ask]:
    """
    Draw answers that ask, since something is unknown that could change them.

    >>> from hypothesis import find
    >>> find(asks(), lambda answer: True).assessment.screening.present
    ()
    """
    return _answers(Ask, left_open, knowledge, earliest, latest)


@draws(Defer, OF_AN_ASSESSMENT)
def defers(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Defer]:
    """
    Draw answers that defer: a finding has to end, or a waiting time to pass.

    >>> from hypothesis import find
    >>> len(find(defers(), lambda answer: answer.until is not None).because)
    1
    """
    return _answers(Defer, deferred, knowledge, earliest, latest)


@draws(Refer, OF_AN_ASSESSMENT)
def refers(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Refer]:
    """
    Draw answers that refer, to a specialist or another treatment.

    >>> from hypothesis import find
    >>> len(find(refers(), lambda answer: True).because)
    1
    """
    return _answers(Refer, referred, knowledge, earliest, latest)


@draws(Decline, OF_AN_ASSESSMENT)
def declines(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Decline]:
    """
    Draw answers that decline: a finding or a site speaks against needling.

    >>> from hypothesis import find
    >>> len(find(declines(), lambda answer: True).because)
    1
    """
    return _answers(Decline, declined, knowledge, earliest, latest)


@draws(Recommendation, OF_AN_ASSESSMENT)
def recommendations(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Answer]:
    """
    Draw answers of every verdict, about as many of each; offers first.

    >>> from hypothesis import find
    >>> find(recommendations(), lambda answer: True).verdict.value
    'offer'
    """
    every = (offers, asks, defers, refers, declines)
    steered = [kind(knowledge=knowledge, earliest=earliest, latest=latest) for kind in every]
    anything = assessments(earliest=earliest, latest=latest).map(
        lambda assessment: recommend(assessment, chosen(knowledge))
    )
    return st.one_of(*steered, anything)


answers = recommendations
"""Draw answers of every verdict: the union of the five is what `recommendations` draws."""


@draws(Course, OF_AN_ASSESSMENT)
def courses(
    *, knowledge: Knowledge | None = None, earliest: date = FIRST_DATE, latest: date = LAST_START
) -> SearchStrategy[Course]:
    """
    Draw courses that an edition offers: the shortest needle and the fewest sessions first.

    >>> from hypothesis import find
    >>> find(courses(), lambda course: course.interval is not None).unmet
    ()
    """
    found = offers(knowledge=knowledge, earliest=earliest, latest=latest)
    return _course(found)


@st.composite
def _course(draw: st.DrawFn, found: SearchStrategy[Offer]) -> Course:
    return pick(draw, draw(found).options)


@draws(Reason)
def reasons() -> SearchStrategy[Reason]:
    """Draw reasons, each by itself; see `recommendations` for those that hang together."""
    return drawn(Reason)


@draws(Question)
def questions() -> SearchStrategy[Question]:
    """Draw what is to be asked, each by itself."""
    return drawn(Question)


@draws(Step)
def steps() -> SearchStrategy[Step]:
    """Draw lines of a trace."""
    return drawn(Step)


@draws(Provenance)
def provenances() -> SearchStrategy[Provenance]:
    """Draw what made an answer and what it may be used for."""
    return drawn(Provenance)


@draws(Comparison)
def comparisons(
    *,
    knowledge: Knowledge | None = None,
    shortest: NeedleLength = NeedleLength.MIN,
    longest: NeedleLength = NeedleLength.MAX,
) -> SearchStrategy[Comparison]:
    """
    Draw two needle lengths side by side, often ones of which the edition says something.

    Args:
        knowledge: The edition; the latest where none is given, loaded when first drawn.
        shortest: No length below it.
        longest: No length above it.

    Raises:
        InputError: If the bounds are the wrong way round, or something is of another type.

    >>> from hypothesis import find
    >>> found = find(comparisons(), lambda found: found.left < found.right)
    >>> str(found.left)
    '0.05 mm'
    """
    checks.optional(knowledge, "knowledge", Knowledge)
    lengths = needle_lengths(shortest=shortest, longest=longest)
    return _comparisons(knowledge, shortest, longest, lengths)


@st.composite
def _comparisons(
    draw: st.DrawFn,
    knowledge: Knowledge | None,
    shortest: NeedleLength,
    longest: NeedleLength,
    lengths: SearchStrategy[NeedleLength],
) -> Comparison:
    edition = chosen(knowledge)
    stated = sorted({fact.length for fact in edition.aspects})
    told = [length for length in stated if shortest <= length <= longest]
    one = lengths | st.sampled_from(told) if told else lengths
    return compare(draw(one), draw(one), edition)


@draws(ComparisonRow)
def comparison_rows() -> SearchStrategy[ComparisonRow]:
    """Draw one aspect of two lengths, by itself."""
    return drawn(ComparisonRow)
