"""The courses chosen for the areas of one visit: their shared days, and a ledger each. Pure."""

from collections.abc import Mapping
from datetime import date

from microneedling._foundation import checks
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.course_figures import recovery_days
from microneedling.treating.ledger import Progress, begin
from microneedling.treating.open_days import Calendar, Closed, Open
from microneedling.treating.scheduling import dated, session_count
from microneedling.values.courses import Course
from microneedling.values.schedules import Schedule
from microneedling.values.visits import VisitAnswer, chosen
from microneedling.values.vocabulary import Site

__all__ = ["begin_visit", "schedule_visit"]


def _counts(
    courses: Mapping[Site, Course], sessions: Mapping[Site, int] | None
) -> dict[Site, int | None]:
    """Give how many sessions are wanted of each course; None where that is not said."""
    wanted = {} if sessions is None else sessions
    if not isinstance(wanted, Mapping):
        checks.refuse("wrong_type", "sessions", "give a mapping from Site to a count")
    for number, site in enumerate(wanted):
        if site not in courses:
            message = "give a count for areas of which a course is chosen"
            checks.refuse("other_site", f"sessions[{number}]", message)
    return {site: wanted.get(site) for site in courses}


def schedule_visit(
    answer: VisitAnswer,
    choices: Mapping[Site, Course],
    start: date,
    *,
    closed: Closed | None = None,
    is_open: Open | None = None,
    sessions: Mapping[Site, int] | None = None,
    until: date | None = None,
) -> dict[Site, Schedule]:
    """
    Date the sessions of the courses that were chosen for a visit, on the same days.

    As `schedule` for each, but by the interval that all of them share, and after the longest of
    their recoveries. A course of fewer sessions ends sooner; the others go on as dated. Dated
    anew each goes by its own interval again: see `reschedule`.

    Args:
        answer: What the edition says of the visit.
        choices: By its site, for each area that is treated, one of the courses offered there.
        start: The day all are to begin.
        closed: As for `schedule`.
        is_open: As for `schedule`.
        sessions: How many, by site, as for `schedule`.
        until: As for `schedule`.

    Returns:
        A schedule for each course, by its site, in the order of the areas.

    Raises:
        InputError: As for `schedule`; ``not_offered`` if a course is not offered for its area;
            ``not_shared`` if no interval is shared and more than one session is wanted.

    >>> import microneedling as mn
    >>> areas = [
    ...     mn.Assessment(
    ...         on=date(2026, 11, 22),
    ...         site=site,
    ...         setting=mn.Setting.CLINIC,
    ...         concerns=[mn.Concern(indication=indication, severity=mn.Severity.MODERATE)],
    ...         skin_type=mn.SkinType.III,
    ...         age_years=34,
    ...         screening=mn.Screening.complete(),
    ...     )
    ...     for site, indication in (
    ...         (mn.Site.CHEEK, mn.Indication.ACNE_SCAR_ROLLING),
    ...         (mn.Site.NECK, mn.Indication.FINE_LINES),
    ...     )
    ... ]
    >>> found = mn.recommend_visit(mn.Visit(areas), mn.load("2026.1"))
    >>> choices = {one.assessment.site: one.options[0] for one in found.answers}
    >>> str(found.shared(choices))
    '30 days'
    >>> for site, planned in schedule_visit(found, choices, date(2026, 12, 1)).items():
    ...     print(site, len(planned.sessions), planned.sessions[1].day)
    cheek 5 2026-12-31
    neck 4 2026-12-31
    """
    checks.instance(answer, "answer", VisitAnswer)
    start = checks.day(start, "start")
    courses = chosen(answer, choices)
    counts = {
        site: session_count(courses[site], wanted)
        for site, wanted in _counts(courses, sessions).items()
    }
    interval = answer.shared(courses)
    if interval is None and max(counts.values()) > 1:
        checks.refuse(
            "not_shared",
            "choices",
            "no interval is documented for all of these courses; choose others, or date each by "
            "itself with `schedule`",
        )
    healing = max(map(recovery_days, courses.values()))
    calendar = Calendar(closed, is_open, until)
    return {
        site: dated(course, start, calendar, counts[site], interval, healing)
        for site, course in courses.items()
    }


def begin_visit(
    answer: VisitAnswer,
    choices: Mapping[Site, Course],
    knowledge: Knowledge,
    *,
    on: date | None = None,
    sessions: Mapping[Site, int] | None = None,
    by: str = "",
) -> dict[Site, Progress]:
    """
    Begin a ledger for each course that was chosen for a visit.

    Each is of its area alone, with what was known of the person from all of them. What becomes
    known of the person later is recorded in each.

    Args:
        answer: What the edition says of the visit.
        choices: By its site, for each area that is treated, one of the courses offered there.
        knowledge: The edition that gave the answer; there is no default.
        on: As for `begin`.
        sessions: How many, by site, as for `begin`.
        by: As for `begin`.

    Returns:
        A ledger for each course, by its site, in the order of the areas.

    Raises:
        InputError: As for `begin`; ``not_offered`` if a course is not offered for its area.
    """
    checks.instance(answer, "answer", VisitAnswer)
    courses = chosen(answer, choices)
    counts = _counts(courses, sessions)
    return {
        site: begin(
            answer.at(site).assessment, course, knowledge, on=on, sessions=counts[site], by=by
        )
        for site, course in courses.items()
    }
