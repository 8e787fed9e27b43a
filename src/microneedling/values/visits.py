"""Several areas of one person on one day, and the answers for them."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Annotated, ClassVar, TypeVar

from attrs import field, frozen

from microneedling._foundation import checks, rendering
from microneedling._foundation.field_bounds import AtLeastOne
from microneedling._foundation.value_class import Value
from microneedling.values.assessments import Assessment
from microneedling.values.courses import Course, Interval
from microneedling.values.evidence import Source
from microneedling.values.reasons import Reason
from microneedling.values.recommendations import Answer, Provenance
from microneedling.values.session_rows import Audience
from microneedling.values.vocabulary import Site

__all__ = ["Visit", "VisitAnswer", "agreed", "chosen"]

T = TypeVar("T")
# More are no plan for one visit, and their answers no document.
_MOST_AREAS = 8
# What is the same of one person wherever it is asked.
_OF_PERSON = ("on", "age_years", "skin_type", "sex")


def agreed(one: T | None, other: T | None, path: str) -> T | None:
    """
    Give what two areas know of one person: what is unknown beside known is known.

    Raises:
        InputError: ``contradiction`` if both are known and differ.
    """
    if one is not None and other is not None and one != other:
        message = "the areas of one visit say different things of one person; correct one of them"
        checks.refuse("contradiction", path, message)
    return other if one is None else one


def _one_person(areas: Iterable[Assessment], path: Callable[[int], str]) -> None:
    """Refuse areas that are not of one person on one day, or of which two are one."""
    known: dict[str, object] = {}
    sites: set[Site] = set()
    for number, area in enumerate(areas):
        for name in _OF_PERSON:
            known[name] = agreed(known.get(name), getattr(area, name), f"{path(number)}.{name}")
        if area.site in sites:
            message = "assess each site once, with all its concerns"
            checks.refuse("site_twice", f"{path(number)}.site", message)
        sites.add(area.site)


def _assessments(values: Iterable[Assessment]) -> tuple[Assessment, ...]:
    return checks.collected(values, "assessments", Assessment)


@frozen(repr=False)
class Visit(Value):
    """
    Several areas of one person on one day, an assessment each.

    Each assessment says what is known there. What is of the person is joined by
    `recommend_visit`: it need be told with one area only, and must be told alike.

    Args:
        assessments: One an area, 1 to 8, in any order. Of one day; of age, skin type and sex what
            is unknown in one is taken from another.

    Raises:
        InputError: If there is none or there are more than eight; ``site_twice`` if two are of
            one site; ``contradiction`` if two say different things of one person or day.

    >>> import datetime
    >>> from microneedling.values.assessments import Concern
    >>> from microneedling.values.vocabulary import Indication, Setting
    >>> cheek, neck = (
    ...     Assessment(
    ...         on=datetime.date(2026, 11, 22),
    ...         site=site,
    ...         setting=Setting.CLINIC,
    ...         concerns=[Concern(indication=Indication.FINE_LINES)],
    ...     )
    ...     for site in (Site.CHEEK, Site.NECK)
    ... )
    >>> [area.site.value for area in Visit([cheek, neck]).assessments]
    ['cheek', 'neck']
    """

    assessments: Annotated[tuple[Assessment, ...], AtLeastOne("assessment")] = field(
        converter=_assessments
    )

    def _agree(self) -> None:
        if len(self.assessments) > _MOST_AREAS:
            message = f"give at most {_MOST_AREAS} areas of one visit; assess others apart"
            checks.refuse("too_many", "assessments", message)
        _one_person(self.assessments, lambda number: f"assessments[{number}]")


@frozen(kw_only=True, repr=False)
class VisitAnswer(rendering.Shown, Value):
    """
    What an edition says of the areas of one visit: an answer each, and what they share.

    There is no verdict over all: each area has its own, and the professional chooses.

    Args:
        answers: One an area, in the order of the visit, each to its assessment with what is known
            of the person from the others.
        binding: The reasons of the person that stand in every area and carry a verdict, a limit,
            a change of plan or a must, or ask for one; each once.
        notices: What is to be heeded of all areas together.

    Raises:
        InputError: If the answers are not of one person, one day and one edition, or a binding
            reason does not stand in each of them.
    """

    _card: ClassVar[str] = "visit"

    answers: Annotated[tuple[Answer, ...], AtLeastOne("answer")]
    binding: tuple[Reason, ...] = ()
    notices: tuple[Reason, ...] = ()

    def _agree(self) -> None:
        if len(self.answers) > _MOST_AREAS:
            message = f"give at most {_MOST_AREAS} areas of one visit"
            checks.refuse("too_many", "answers", message)
        areas = [answer.assessment for answer in self.answers]
        _one_person(areas, lambda number: f"answers[{number}].assessment")
        for number, answer in enumerate(self.answers):
            if answer.provenance != self.provenance:
                message = "give the answers of one edition and one version of the logic"
                checks.refuse("contradiction", f"answers[{number}].provenance", message)
        for number, reason in enumerate(self.binding):
            if any(reason not in answer.reasons for answer in self.answers):
                message = "give reasons that stand in the answer of every area"
                checks.refuse("contradiction", f"binding[{number}]", message)

    @property
    def visit(self) -> Visit:
        """The visit, each area with what is known of the person; it gives this answer again."""
        return Visit([answer.assessment for answer in self.answers])

    @property
    def provenance(self) -> Provenance:
        """What made the answers, and what they may be used for."""
        return self.answers[0].provenance

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source the answers stand on or are contradicted by, sorted by id."""
        found = {source.id: source for answer in self.answers for source in answer.sources}
        for reason in self.notices:
            found.update((cited.source.id, cited.source) for cited in reason.citations)
        return tuple(found[key] for key in sorted(found))

    def at(self, site: Site) -> Answer:
        """
        Give the answer for an area.

        Raises:
            InputError: ``other_site`` if the visit has no area there.
        """
        checks.member(site, "site", Site)
        for answer in self.answers:
            if answer.assessment.site is site:
                return answer
        return checks.refuse("other_site", "site", "give the site of an area of this visit")

    def shared(self, choices: Mapping[Site, Course]) -> Interval | None:
        """
        Give the interval in which the courses that were chosen can be held together.

        Args:
            choices: By its site, for each area that is treated, one of the courses offered there.

        Returns:
            The gaps that all of them document; None where one has none published, or they do
            not meet.

        Raises:
            InputError: If nothing is chosen; ``not_offered`` if a course is not offered there.
        """
        intervals = [course.interval for course in chosen(self, choices).values()]
        return reduce(_both, intervals[1:], intervals[0])

    def brief(self, *, audience: Audience | str | None = None, language: str = "en") -> str:
        """
        Render the answers on a screen or two: what binds all areas once, then each area.

        Args:
            audience: For whom it also says what to do before and after a session.
            language: In which one, of those that ship; no decision and no figure changes with
                it. What is of safety has its English beside it.

        Raises:
            InputError: If there is no such audience or language.
        """
        return rendering.text("visit_brief", self, language=language, audience=audience)

    # As drafts before the first release called it.
    summary = brief

    def explain(
        self,
        sections: Iterable[str] | None = None,
        *,
        audience: Audience | str | None = None,
    ) -> str:
        """
        Render the answers as text with what they share, and last the sources of what is shown.

        Args:
            sections: Which ones of each answer, as `Recommendation.explain` names them; all if
                not given.
            audience: Who reads what is to be done before and after a session; all if not given.

        Raises:
            InputError: If there is no such section or audience.
        """
        return rendering.text("visit", self, sections=sections, audience=audience)

    def __str__(self) -> str:
        return self.brief()


def _both(one: Interval | None, other: Interval | None) -> Interval | None:
    return None if one is None or other is None else one.intersection(other)


def chosen(answer: VisitAnswer, choices: Mapping[Site, Course]) -> dict[Site, Course]:
    """
    Take the courses that were chosen for the areas of a visit, in the order of the areas.

    Raises:
        InputError: If nothing is chosen, or something that is not offered there.
    """
    if not isinstance(choices, Mapping):
        checks.refuse("wrong_type", "choices", "give a mapping from Site to Course")
    if not choices:
        checks.refuse("empty", "choices", "choose a course for at least one area")
    offered = {one.assessment.site: one.options for one in answer.answers}
    for number, (site, course) in enumerate(choices.items()):
        checks.member(site, f"choices[{number}]", Site)
        checks.instance(course, f"choices[{number}]", Course)
        if course not in offered.get(site, ()):
            message = "choose, for an area of this visit, one of the courses offered there"
            checks.refuse("not_offered", f"choices[{number}]", message)
    return {site: choices[site] for site in offered if site in choices}
