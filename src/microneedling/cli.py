"""
The command line.

Exit status: 0 offer, 10 ask, 11 defer, 12 refer, 13 decline, of a visit that of the area that calls
for the most caution; of ``next`` 0 proceed, 20 wait, 21 pause, 22 complete, 23 stop; of ``table`` 3
where some rows are no assessment; 1 for input that cannot be read, 2 for a wrong command line. The
other commands give 0 when all is well.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from microneedling import __version__, cli_table
from microneedling._foundation.errors import InputError, MicroneedlingError

if TYPE_CHECKING:
    from datetime import date

    from microneedling.knowledge.knowledge import Knowledge
    from microneedling.values.recommendations import Answer
    from microneedling.values.visits import VisitAnswer

__all__ = ["main"]

_STATUS = {"offer": 0, "ask": 10, "defer": 11, "refer": 12, "decline": 13}
_NEXT_STATUS = {"proceed": 0, "wait": 20, "pause": 21, "complete": 22, "stop": 23}
# One more than the largest document that is taken, so that a larger one shows.
_MOST_BYTES = 32_000_001


class _Parser(argparse.ArgumentParser):
    """Says what is wrong without repeating what was given: it may name a patient."""

    def error(self, message: str) -> NoReturn:
        given = message.startswith(("unrecognized arguments", "argument "))
        told = "an argument is not understood" if given else message
        super().error(f"{told}; see {self.prog} --help")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="microneedling",
        description="What is published about microneedling, for health professionals.",
        epilog="Exit status of recommend, and of schedule where nothing is offered: 0 offer, "
        "10 ask, 11 defer, 12 refer, 13 decline, and of a visit that of the area that calls for "
        "the most caution; of next: 0 proceed, 20 wait, 21 pause, 22 complete, 23 stop; of table: "
        "3 where some rows are no assessment.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    edition = _Parser(add_help=False)
    edition.add_argument("--edition", help="the edition of the knowledge; the latest if not given")

    recommend = commands.add_parser(
        "recommend",
        parents=[edition],
        help="what an edition documents for an assessment, or for the areas of a visit",
    )
    recommend.add_argument("file", help="an assessment or a visit as JSON; - for standard input")
    form = recommend.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole result as JSON")
    form.add_argument("--full", action="store_true", help="all of it, and last its sources")
    recommend.add_argument("--sections", help="of --full these alone, such as options,care")
    recommend.add_argument("--why", type=int, help="of --full one option alone, from 1")
    recommend.add_argument("--for", choices=("staff", "patient", "prescriber"), help="one reader")

    compare = commands.add_parser(
        "compare", parents=[edition], help="two needle lengths side by side"
    )
    compare.add_argument("left", help="such as 0.5mm")
    compare.add_argument("right", help="such as 1.0mm")
    compare.add_argument("--full", action="store_true", help="all that sources say, with them")

    ask = commands.add_parser(
        "questions", parents=[edition], help="the screening questions that matter"
    )
    ask.add_argument("--indication", required=True, action="append", help="may be given again")
    ask.add_argument("--site", required=True)
    ask.add_argument("--full", action="store_true", help="every question spelled out")

    dates = commands.add_parser(
        "schedule", parents=[edition], help="the dated sessions of a course for an assessment"
    )
    dates.add_argument("file", help="an assessment as JSON; - for standard input")
    dates.add_argument("--start", required=True, metavar="DAY", help="YYYY-MM-DD")
    dates.add_argument(
        "--option", type=int, default=1, help="which of the offered courses, from 1; else the first"
    )
    dates.add_argument(
        "--sessions", type=int, help="how many are planned; else the most that are documented"
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
        "--ledger", metavar="OUT", help="write a new ledger, too, which next can read"
    )
    dates.add_argument(
        "--key", default="", help="tells alike courses apart in calendars; only a hash is written"
    )

    following = commands.add_parser("next", parents=[edition], help="what comes next in a course")
    following.add_argument("file", help="a ledger as JSON; - for standard input")
    following.add_argument("--on", required=True, metavar="DAY", help="YYYY-MM-DD")
    shown = following.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="the step as JSON")
    shown.add_argument("--full", action="store_true", help="all of it, and last its sources")

    cli_table.add_to(commands, edition)

    schema = commands.add_parser(
        "schema", help="the JSON Schema of a kind of document; without a name, the names"
    )
    schema.add_argument("kind", nargs="?", help="such as assessment or Assessment")

    commands.add_parser("knowledge", parents=[edition], help="edition, digest, counts and sources")
    return parser


def _read(path: str) -> bytes:
    try:
        if path == "-":
            return sys.stdin.buffer.read(_MOST_BYTES)
        with open(path, "rb") as file:
            return file.read(_MOST_BYTES)
    except OSError as error:
        reason = error.strerror
    except (AttributeError, ValueError):
        reason = "there is no such file or input"
    # Outside the block: what was caught there may carry a name.
    message = f"The file cannot be read: {reason}."
    raise MicroneedlingError(message)


def _write(path: str, data: bytes, *, new: bool = False) -> None:
    try:
        with open(path, "xb" if new else "wb") as file:
            file.write(data)
    except FileExistsError:
        reason = "there is one already, and a ledger is not written over"
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
    except ValueError:
        reason = "there can be no such file"
    else:
        return
    message = f"The {'ledger' if new else 'calendar file'} cannot be written: {reason}."
    raise MicroneedlingError(message)


def _write_all(files: Mapping[str, tuple[bytes, bool]]) -> None:
    """Write several files or none: what is new last, since it alone may be there already."""
    waiting: dict[str, str] = {}
    try:
        for path, (data, new) in files.items():
            if new:
                _write(path, data, new=True)
                continue
            if os.path.isdir(path):
                message = "The calendar file cannot be written: there is a folder of this name."
                raise MicroneedlingError(message)
            # Beside it, so that it can be put in its place at once.
            waiting[path] = f"{path}.part"
            _write(waiting[path], data)
        for path, part in waiting.items():
            os.replace(part, path)
    finally:
        for part in waiting.values():
            if os.path.exists(part):
                os.remove(part)


def _run(options: argparse.Namespace) -> int:
    from microneedling.knowledge.loading import latest, load

    if options.command == "schema":
        return _schema(options)
    knowledge = latest() if options.edition is None else load(options.edition)
    return _COMMANDS[options.command](options, knowledge)


def _recommend(options: argparse.Namespace, knowledge: "Knowledge") -> int:
    from microneedling._foundation.checks import refuse
    from microneedling.deciding.recommending import recommend
    from microneedling.deciding.visiting import recommend_visit
    from microneedling.values.assessments import Assessment
    from microneedling.values.visits import Visit, VisitAnswer
    from microneedling.wire import from_json, to_json

    data = _read(options.file)
    answer: Answer | VisitAnswer
    # No assessment has this key, nor any text in which it could stand.
    if b'"assessments"' in data:
        answer = recommend_visit(from_json(data, Visit), knowledge)
        answers = answer.answers
        if options.why is not None:
            refuse("contradiction", "--why", "give the assessment of one area by itself")
    else:
        answer = recommend(from_json(data, Assessment), knowledge)
        answers = (answer,)
    if options.json:
        print(to_json(answer).decode("ascii"), end="")
    else:
        print(_text(answer, options))
    return _STATUS[max(one.verdict for one in answers).value]


def _text(answer: "Answer | VisitAnswer", options: argparse.Namespace) -> str:
    sections, audience = options.sections and options.sections.split(","), getattr(options, "for")
    if not options.full and sections is None and options.why is None:
        return answer.brief(audience=audience)
    only: dict[str, Any] = {} if options.why is None else {"why": options.why}
    return answer.explain(sections, audience=audience, **only)


def _schema(options: argparse.Namespace) -> int:
    from microneedling._foundation.checks import refuse
    from microneedling.wire import schema_files
    from microneedling.wire.schema import documents

    known = documents()
    if options.kind is None:
        print("\n".join(known))
        return 0
    named = {name.replace("_", ""): name for name in known}
    name = named.get(options.kind.replace("_", "").lower())
    if name is None:
        refuse("unknown_code", "schema", "give one of the names that `schema` alone prints")
    print(schema_files.text(name), end="")
    return 0


def _compare(options: argparse.Namespace, knowledge: "Knowledge") -> int:
    from microneedling.knowledge.comparison import compare
    from microneedling.values.lengths import NeedleLength

    left, right = NeedleLength.parse(options.left), NeedleLength.parse(options.right)
    found = compare(left, right, knowledge)
    print(found.explain() if options.full else found)
    return 0


def _knowledge(_: argparse.Namespace, knowledge: "Knowledge") -> int:
    from microneedling import display

    print(display.knowledge(knowledge))
    return 0


def _schedule(options: argparse.Namespace, knowledge: "Knowledge") -> int:
    from microneedling._foundation.checks import refuse
    from microneedling.deciding.recommending import recommend
    from microneedling.treating.care import care_plan
    from microneedling.treating.ledger import begin
    from microneedling.treating.scheduling import schedule
    from microneedling.values.assessments import Assessment
    from microneedling.wire import from_json, to_json

    assessment = from_json(_read(options.file), Assessment)
    answer = recommend(assessment, knowledge)
    if not answer.options:
        print(to_json(answer).decode("ascii") if options.json else answer.brief())
        return _STATUS[answer.verdict.value]
    if not 1 <= options.option <= len(answer.options):
        refuse("out_of_range", "--option", f"give a number from 1 to {len(answer.options)}")
    course = answer.options[options.option - 1]
    start = _day(options.start, "--start")
    if start < assessment.on:
        refuse("out_of_order", "--start", "begin on the day of the assessment or later")
    # Without a published interval only the first session has a day.
    first_only = course.interval is None
    dated = schedule(
        course,
        start,
        is_open=_open_days(options),
        sessions=1 if first_only else options.sessions,
        until=None if options.until is None else _day(options.until, "--until"),
    )
    if options.ics is not None and options.ics == options.ledger:
        refuse("contradiction", "--ics", "give the ledger and the calendar a file each")
    files: dict[str, tuple[bytes, bool]] = {}
    if options.ics is not None:
        files[options.ics] = (dated.to_ics(key=options.key), False)
    if options.ledger is not None:
        ledger = begin(assessment, course, knowledge, sessions=options.sessions)
        files[options.ledger] = (to_json(ledger), True)
    _write_all(files)
    if options.json:
        print(to_json(dated).decode("ascii"), end="")
    else:
        print(dated)
        if first_only:
            print("No source publishes an interval; only the first session is dated.")
        if options.care:
            print(f"\n{care_plan(dated)}")
    return 0


def _open_days(options: argparse.Namespace) -> "Callable[[date], bool]":
    closed = frozenset(_day(day, "--closed") for day in options.closed)
    weekend = {5, 6} if options.no_weekends else set()
    return lambda day: day not in closed and day.weekday() not in weekend


def _next(options: argparse.Namespace, knowledge: "Knowledge") -> int:
    from microneedling.treating.ledger import Progress, next_step
    from microneedling.wire import from_json, to_json

    progress = from_json(_read(options.file), Progress)
    judge = progress.knowledge if options.edition is None else knowledge
    step = next_step(progress, judge, _day(options.on, "--on"))
    if options.json:
        print(to_json(step).decode("ascii"), end="")
    else:
        print(step.explain() if options.full else step.brief())
    return _NEXT_STATUS[step.move.value]


def _day(text: str, option: str) -> "date":
    from microneedling._foundation.checks import iso_day

    return iso_day(text, option)


def _questions(options: argparse.Namespace, knowledge: "Knowledge") -> int:
    from microneedling._foundation.checks import code_of
    from microneedling.deciding.recommending import questions
    from microneedling.display import question_list
    from microneedling.values.vocabulary import Indication, Site

    found = questions(
        knowledge,
        indications=[code_of(text, Indication, "--indication") for text in options.indication],
        site=code_of(options.site, Site, "--site"),
    )
    if not options.full:
        print(question_list(found))
        return 0
    for question in found:
        if question.finding is not None:
            level = knowledge.finding(question.finding).level.value
            print(f"{question.finding.value} ({level}): {question.text}")
    return 0


_COMMANDS = {
    "recommend": _recommend,
    "compare": _compare,
    "questions": _questions,
    "schedule": _schedule,
    "next": _next,
    "table": cli_table.run,
    "knowledge": _knowledge,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command.

    Args:
        arguments: As on the command line; those of the process if not given.

    Returns:
        The exit status.
    """
    options = _parser().parse_args(arguments)
    try:
        status = _run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if sys.stdout is not None:
            # Nothing more may be written there, not even at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print(f"The output cannot be written: {error.strerror}.", file=sys.stderr)
    except InputError as error:
        print(f"The input cannot be used.\n{error}", file=sys.stderr)
    except MicroneedlingError as error:
        print(error, file=sys.stderr)
    else:
        return status
    return 1
