"""What a hand-out is made from: a course that a professional chose, and the days it has."""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from microneedling._foundation import checks
from microneedling.display.languages import languages
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.ledger import standing_of
from microneedling.treating.treatment import Treatment
from microneedling.values.courses import Course
from microneedling.values.recommendations import Offer, Recommendation
from microneedling.values.schedules import PlannedSession, Schedule
from microneedling.values.visits import VisitAnswer
from microneedling.values.vocabulary import Site

__all__ = ["Area", "Chosen", "contact", "spoken", "taken"]

_MOST_SIGNS = 200
# Signs that turn the direction of what stands beside them: a number would be read backwards.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What a line of the sheet has room for.
_LONGEST_WORD = 40


@frozen(kw_only=True)
class Area:
    """
    What is done in one area.

    Args:
        site: Where; None where it was not told.
        course: What was chosen.
        plan: Its days; None where none were given.
        since: The day of the last record, before which all care is over; None where none is kept.
        unhealed: Whether a side effect was not known to be over that day: care goes on with it.
    """

    site: Site | None
    course: Course
    plan: Schedule | None
    since: date | None = None
    unhealed: bool = False

    @property
    def held(self) -> tuple[PlannedSession, ...]:
        """The sessions that were held."""
        return tuple([s for s in self.plan.sessions if s.held_on]) if self.plan else ()

    @property
    def to_come(self) -> tuple[PlannedSession, ...]:
        """The sessions that are to come, by their days."""
        return self.plan.to_come if self.plan else ()

    @property
    def goes_on(self) -> bool:
        """Whether a session is to come; a course without days is all to come."""
        return self.plan is None or bool(self.plan.to_come)


@frozen(kw_only=True)
class Chosen:
    """
    All that was chosen.

    Args:
        areas: At least one.
        editions: The ids of the editions that offered it.
        limitations: What those editions say that they cannot do.
        by: Who chose it.
    """

    areas: tuple[Area, ...]
    editions: tuple[str, ...]
    limitations: tuple[str, ...]
    by: str


def spoken(language: object) -> str:
    """
    Take the language of a hand-out.

    Raises:
        InputError: If nothing is translated into it.
    """
    if type(language) is not str or language not in languages():
        checks.refuse("unknown_code", "language", f"give one of {', '.join(languages())}")
    return language


def contact(value: object, path: str) -> str:
    """Take what a clinic says of itself: one line, or nothing, for which a line is left."""
    if value is None:
        return ""
    checks.words(value, path, _MOST_SIGNS)
    told = str(value)
    if any(sign in _TURNS for sign in told):
        checks.refuse("wrong_text", path, "leave out signs that turn the direction of writing")
    if any(len(word) > _LONGEST_WORD for word in told.split()):
        checks.refuse("wrong_text", path, f"give words of at most {_LONGEST_WORD} letters")
    return told


def taken(
    given: object, chosen_by: object, knowledge: Knowledge | None, site: Site | None
) -> Chosen:
    """
    Take what was chosen by a professional, and nothing else.

    Raises:
        InputError: If it is an answer, or a course of which nobody says to have chosen it.
    """
    if isinstance(given, Recommendation | VisitAnswer):
        _refuse_answer(given)
    if not isinstance(given, Treatment | Schedule | Course):
        message = "give a treatment that was begun, or a course or its schedule with chosen_by"
        checks.refuse("wrong_type", "chosen", message)
    if chosen_by is not None:
        checks.note_code(chosen_by, "chosen_by")
    by = str(chosen_by or "")
    checks.optional(knowledge, "knowledge", Knowledge)
    if site is not None:
        checks.member(site, "site", Site)
    if isinstance(given, Treatment):
        return _of_treatment(given, by, site)
    if not by:
        message = "say who chose it, as a code of one's own; or give a treatment that was begun"
        checks.refuse("missing", "chosen_by", message)
    if knowledge is None:
        checks.refuse("missing", "knowledge", "give the edition that offered the course")
    plan = given if isinstance(given, Schedule) else None
    course = given.course if isinstance(given, Schedule) else given
    if not _is_of(course, knowledge):
        checks.refuse("other_edition", "knowledge", "give the edition that offered the course")
    if site is not None and knowledge.site(site).refused_because:
        checks.refuse("not_offered", "site", "name a place that the edition offers needling at")
    areas = (Area(site=site, course=course, plan=plan),)
    limits = knowledge.edition.limitations
    return Chosen(areas=areas, editions=(knowledge.id,), limitations=limits, by=by)


def _refuse_answer(given: object) -> None:
    if isinstance(given, Offer | VisitAnswer):
        message = "choose one of the options first: begin a treatment, or give it with chosen_by"
        checks.refuse("not_chosen", "chosen", message)
    checks.refuse("not_offered", "chosen", "nothing is offered here, so nothing is handed out")


def _is_of(course: Course, knowledge: Knowledge) -> bool:
    """Tell whether an edition may have offered it: its ways to treat, figures and rows."""
    ways = {protocol.id: protocol for protocol in knowledge.protocols}
    if not ways.keys() >= {*course.protocols}:
        return False
    within = all(
        ways[name].lengths.shortest <= course.lengths.shortest
        and course.lengths.longest <= ways[name].lengths.longest
        for name in course.protocols
    )
    # No course of an edition that knows stop signs and side effects is without them.
    whole = all(
        rows or not known
        for rows, known in (
            (course.red_flags, knowledge.responses),
            (course.side_effects, knowledge.effects),
        )
    )
    held = (
        (course.care, knowledge.care),
        (course.red_flags, knowledge.responses),
        (course.needs, knowledge.needs),
        (course.side_effects, knowledge.effects),
    )
    return within and whole and all(_among(rows, known) for rows, known in held)


def _among(rows: Iterable[object], known: Iterable[object]) -> bool:
    held = tuple(known)
    return all(row in held for row in rows)


def _of_treatment(given: Treatment, by: str, site: Site | None) -> Chosen:
    if site is not None and site not in given.sites:
        checks.refuse("other_site", "site", "name an area of this treatment")
    sites = given.sites if site is None else (site,)
    leading = [given.leading(one) for one in sites]
    areas = [
        Area(
            site=one,
            course=ledger.course,
            plan=given.plan(one),
            since=given.day,
            unhealed=_unhealed(given, one),
        )
        for one, ledger in zip(sites, leading, strict=True)
    ]
    # Its rows are those of the edition that offered it, whatever is in force since.
    offered = {ledger.editions[0].id: ledger.editions[0].edition for ledger in leading}
    limits = [text for edition in offered.values() for text in edition.limitations]
    return Chosen(
        areas=tuple(areas),
        editions=tuple(offered),
        limitations=tuple(dict.fromkeys(limits)),
        by=by or leading[0].entries[0].by,
    )


def _unhealed(given: Treatment, site: Site) -> bool:
    return any(
        episode.is_open(given.day)
        for ledger in given.of(site)
        for episode in standing_of(ledger).episodes.values()
    )
