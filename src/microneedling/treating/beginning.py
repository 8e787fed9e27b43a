"""Beginning a treatment with what was chosen of an answer. Pure."""

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from microneedling._foundation import checks
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.ledger import begin
from microneedling.treating.open_days import Asked, Closed, Open, known_closed
from microneedling.treating.scheduling import schedule
from microneedling.treating.together import ledgers_in_order
from microneedling.treating.treatment import Treatment
from microneedling.treating.visiting import begin_visit, schedule_visit
from microneedling.values.courses import Course
from microneedling.values.recommendations import Answer, Recommendation
from microneedling.values.visits import VisitAnswer
from microneedling.values.vocabulary import Site

__all__ = ["begin_treatment"]


def begin_treatment(  # noqa: PLR0913 - each is a fact of its own
    answer: Answer | VisitAnswer,
    chosen: Course | Mapping[Site, Course],
    knowledge: Knowledge,
    *,
    start: date,
    sessions: int | Mapping[Site, int] | None = None,
    closed: Closed | None = None,
    is_open: Open | None = None,
    until: date | None = None,
    by: str = "",
) -> Treatment:
    """
    Begin a treatment with what was chosen of an answer: its ledger and its plan in one.

    Args:
        answer: What the edition says, of one area or of a visit.
        chosen: The course that was chosen; of a visit one for each area that is treated, by its
            site.
        knowledge: The edition that gave the answer; there is no default.
        start: The day of the first session, not before the assessment.
        sessions: How many, as for `schedule`; of a visit by site.
        closed: The closed days, as for `schedule`; they are kept.
        is_open: Tells whether a day is open; what it says of the days it is asked about is kept.
        until: The last day on which a session may be planned.
        by: Who begins it, as a code of one's own.

    Raises:
        InputError: As for `begin` and `schedule`, or for `begin_visit` and `schedule_visit`;
            ``out_of_order`` if it is to start before the day of the assessment.
    """
    start = checks.day(start, "start")
    if isinstance(answer, VisitAnswer):
        return _begin_visit(
            answer, chosen, knowledge, start, sessions, (closed, is_open, until), by
        )
    if not isinstance(answer, Recommendation):
        checks.refuse("wrong_type", "answer", "give an answer, of one area or of a visit")
    if not isinstance(chosen, Course):
        checks.refuse("wrong_type", "chosen", "give the course that was chosen")
    if isinstance(sessions, Mapping):
        checks.refuse("wrong_type", "sessions", "give a count; by site it is given of a visit")
    assessed_on = answer.assessment.on
    _not_before(start, assessed_on)
    shut = known_closed(closed, start, start)
    calendar = Asked(is_open)
    first_only = chosen.interval is None
    dated = schedule(
        chosen,
        start,
        closed=shut,
        is_open=calendar,
        sessions=1 if first_only else sessions,
        until=until,
    )
    ledger = begin(answer.assessment, chosen, knowledge, sessions=sessions, by=by)
    return Treatment(
        ledgers=[ledger],
        plans=[evolve(dated, revised_on=assessed_on)],
        closed=shut | calendar.closed,
        until=until,
    )


def _not_before(start: date, assessed_on: date) -> None:
    if start < assessed_on:
        checks.refuse("out_of_order", "start", "give a day not before that of the assessment")


def _begin_visit(
    answer: VisitAnswer,
    chosen: object,
    knowledge: Knowledge,
    start: date,
    sessions: object,
    days: tuple[Closed | None, Open | None, date | None],
    by: str,
) -> Treatment:
    if not isinstance(chosen, Mapping):
        checks.refuse("wrong_type", "chosen", "give a mapping from Site to Course")
    if sessions is not None and not isinstance(sessions, Mapping):
        checks.refuse("wrong_type", "sessions", "give a mapping from Site to a count")
    closed, is_open, until = days
    assessed_on = answer.answers[0].assessment.on
    _not_before(start, assessed_on)
    shut = known_closed(closed, start, start)
    calendar = Asked(is_open)
    dated = schedule_visit(
        answer, chosen, start, closed=shut, is_open=calendar, sessions=sessions, until=until
    )
    ledgers = begin_visit(answer, chosen, knowledge, sessions=sessions, by=by)
    ordered = ledgers_in_order(ledgers.values())
    return Treatment(
        ledgers=ordered,
        plans=[evolve(dated[one.assessment.site], revised_on=assessed_on) for one in ordered],
        closed=shut | calendar.closed,
        until=until,
    )
