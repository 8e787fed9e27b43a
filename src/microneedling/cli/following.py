"""The command ``next``: what comes next in a course."""

import argparse

from microneedling.cli import documents, showing, words
from microneedling.cli.command_lines import (
    Commands,
    edition_option,
    examples,
    in_english_alone,
    language_option,
    pager_option,
)
from microneedling.cli.ledgers import area, ledger_of, opened

__all__ = ["add_to"]

_STATUS = {"proceed": 0, "wait": 20, "pause": 21, "complete": 22, "stop": 23}


def add_to(commands: Commands) -> None:
    """Add the command to a command line."""
    following = commands.add_parser(
        "next",
        parents=[
            edition_option("judges; that of the ledger if not given"),
            language_option(),
            pager_option(),
        ],
        help="what comes next in a course",
        description="Say what comes next in a course, by its ledger and on a day.",
        epilog=examples(
            "next docs/examples/ledgers/red_flag.json --on 2026-12-03",
            "next course.json --on 2026-12-29 --full",
        )
        + "\n\nexit status: 0 proceed, 20 wait, 21 pause, 22 complete, 23 stop",
    )
    following.add_argument(
        "file", metavar="LEDGER", help="a ledger or a treatment as JSON; - for standard input"
    )
    following.add_argument(
        "--area", metavar="SITE", help="of a treatment of several areas, that which is asked about"
    )
    following.add_argument("--on", required=True, metavar="DAY", help="the day, YYYY-MM-DD")
    shown = following.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="the step as JSON")
    shown.add_argument("--full", action="store_true", help="all of it, and last its sources")
    following.set_defaults(run=_next)


def _next(options: argparse.Namespace) -> int:
    from microneedling.treating.ledger import Progress, next_step

    asked = None if options.edition is None else documents.edition(options)
    kept, site, on = opened(documents.given(options.file)), area(options.area), options.on
    judge = ledger_of(kept, site).knowledge if asked is None else asked
    if isinstance(kept, Progress):
        step = next_step(kept, judge, words.day(on, "--on"))
    else:
        step = kept.next_step(judge, words.day(on, "--on"), site=site)
    if options.json:
        showing.document(step)
    elif options.full:
        in_english_alone(options, "the whole text")
        showing.text(step.explain, options)
    else:
        showing.text(lambda: step.brief(language=options.language or "en"), options)
    return _STATUS[step.move.value]
