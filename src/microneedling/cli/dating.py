"""The command ``schedule``: a course dated, with a calendar file and a ledger where asked for."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from microneedling._foundation.checks import refuse
from microneedling.cli import documents, files, showing, words
from microneedling.cli.answering import STATUS
from microneedling.cli.command_lines import Commands, edition_option, examples, pager_option

if TYPE_CHECKING:
    from microneedling.values.courses import Course
    from microneedling.values.recommendations import Answer
    from microneedling.values.schedules import Schedule

__all__ = ["add_to"]

_NO_INTERVAL = "No source publishes an interval; only the first session is dated."


def add_to(commands: Commands) -> None:
    """Add the command to a command line."""
    dates = commands.add_parser(
        "schedule",
        parents=[edition_option(), pager_option()],
        help="the dated sessions of a course for an assessment",
        description="Date the sessions of a course that is offered for an assessment.",
        epilog=examples(
            "schedule docs/examples/offer.json --start 2026-12-01",
            "schedule docs/examples/offer.json --start 2026-12-05 \\\n      --no-weekends",
            "schedule docs/examples/offer.json --start 2026-12-01 \\\n"
            "      --ics course.ics --ledger course.json",
        )
        + "\n\nexit status: 0 where it is dated; else that of recommend",
    )
    dates.add_argument("file", metavar="FILE", help="an assessment as JSON; - for standard input")
    dates.add_argument(
        "--start", required=True, metavar="DAY", help="of the first session, YYYY-MM-DD"
    )
    dates.add_argument(
        "--option",
        type=int,
        default=1,
        metavar="N",
        help="which of the offered courses, from 1; else the first",
    )
    dates.add_argument(
        "--sessions",
        type=int,
        metavar="N",
        help="how many are planned; else the most that are documented",
    )
    dates.add_argument("--until", metavar="DAY", help="the last day for a session, YYYY-MM-DD")
    dates.add_argument(
        "--closed",
        metavar="DAY",
        action="append",
        default=[],
        help="a closed day, YYYY-MM-DD; may be given again",
    )
    dates.add_argument("--no-weekends", action="store_true", help="Saturday and Sunday are closed")
    form = dates.add_mutually_exclusive_group()
    form.add_argument("--care", action="store_true", help="with the care before and after")
    form.add_argument("--json", action="store_true", help="the schedule as JSON")
    dates.add_argument("--ics", metavar="OUT", help="write a calendar file, too")
    dates.add_argument(
        "--ledger", metavar="OUT", help="write a new ledger, too, for record and next"
    )
    dates.add_argument(
        "--treatment",
        metavar="OUT",
        help="write a new treatment, too: ledger, plan and closed days in one",
    )
    dates.add_argument(
        "--key",
        default="",
        metavar="TEXT",
        help="tells alike courses apart in calendars; only a hash is written",
    )
    dates.set_defaults(run=_schedule)


def _schedule(options: argparse.Namespace) -> int:
    from microneedling.deciding.recommending import recommend
    from microneedling.treating.care import care_plan
    from microneedling.treating.scheduling import schedule
    from microneedling.values.assessments import Assessment

    knowledge = documents.edition(options)
    assessment = documents.value(documents.given(options.file), Assessment)
    answer = recommend(assessment, knowledge)
    if not answer.options:
        if options.json:
            showing.document(answer)
        else:
            showing.text(answer.brief, options)
        return STATUS[answer.verdict.value]
    if not 1 <= options.option <= len(answer.options):
        refuse("out_of_range", "--option", f"give a number from 1 to {len(answer.options)}")
    course = answer.options[options.option - 1]
    start = words.day(options.start, "--start")
    if start < assessment.on:
        refuse("out_of_order", "--start", "begin on the day of the assessment or later")
    # Without a published interval only the first session has a day.
    first_only = course.interval is None
    dated = schedule(
        course,
        start,
        is_open=_open_days(options),
        sessions=1 if first_only else options.sessions,
        until=None if options.until is None else words.day(options.until, "--until"),
    )
    files.write(_outputs(options, answer, course, dated))
    if options.json:
        showing.document(dated)
        return 0

    def told() -> str:
        more = [_NO_INTERVAL] if first_only else []
        more += [f"\n{care_plan(dated)}"] if options.care else []
        return "\n".join([str(dated), *more])

    showing.text(told, options)
    return 0


def _outputs(
    options: argparse.Namespace, answer: "Answer", course: "Course", dated: "Schedule"
) -> list[files.Output]:
    """Make the files that are asked for, none of which is written yet."""
    from microneedling.treating.beginning import begin_treatment
    from microneedling.treating.ledger import begin
    from microneedling.wire import to_json

    knowledge = documents.edition(options)
    named = [n for n in (options.ics, options.ledger, options.treatment) if n is not None]
    if len(set(named)) < len(named):
        refuse("contradiction", "--ics", "give each of the files another name")
    outputs = []
    if options.ics is not None:
        calendar = dated.to_ics(key=options.key)
        outputs.append(files.Output("calendar file", options.ics, calendar))
    if options.ledger is not None:
        ledger = begin(answer.assessment, course, knowledge, sessions=options.sessions)
        outputs.append(files.Output("ledger", options.ledger, to_json(ledger), new=True))
    if options.treatment is not None:
        treatment = begin_treatment(
            answer,
            course,
            knowledge,
            start=dated.start,
            sessions=options.sessions,
            is_open=_open_days(options),
            until=None if options.until is None else words.day(options.until, "--until"),
        )
        outputs.append(files.Output("treatment", options.treatment, to_json(treatment), new=True))
    return outputs


def _open_days(options: argparse.Namespace) -> Callable[[date], bool]:
    closed = frozenset(words.day(day, "--closed") for day in options.closed)
    weekend = {5, 6} if options.no_weekends else set()
    return lambda day: day not in closed and day.weekday() not in weekend
