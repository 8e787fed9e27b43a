"""The command ``recommend``: an assessment, or the areas of a visit, answered."""

import argparse
from typing import TYPE_CHECKING, Any

from microneedling._foundation.checks import refuse
from microneedling.cli import documents, showing
from microneedling.cli.command_lines import (
    Commands,
    edition_option,
    examples,
    in_english_alone,
    language_option,
    pager_option,
)

if TYPE_CHECKING:
    from microneedling.values.recommendations import Answer
    from microneedling.values.visits import VisitAnswer

__all__ = ["STATUS", "add_to"]

STATUS = {"offer": 0, "ask": 10, "defer": 11, "refer": 12, "decline": 13}


def add_to(commands: Commands) -> None:
    """Add the command to a command line."""
    recommend = commands.add_parser(
        "recommend",
        parents=[edition_option(), language_option(), pager_option()],
        help="what an edition documents for an assessment, or for the areas of a visit",
        description="Say what an edition documents for an assessment, or for the areas of a visit.",
        epilog=examples(
            "recommend docs/examples/offer.json",
            "recommend --sections options,care docs/examples/offer.json",
            "recommend --for patient --language de docs/examples/offer.json",
            "recommend --json - <docs/examples/offer.json >answer.json",
        )
        + "\n\nexit status: 0 offer, 10 ask, 11 defer, 12 refer, 13 decline; of a visit that of\n"
        "the area that calls for the most caution",
    )
    recommend.add_argument(
        "file", metavar="FILE", help="an assessment or a visit as JSON; - for standard input"
    )
    form = recommend.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole result as JSON")
    form.add_argument("--full", action="store_true", help="all of it, and last its sources")
    recommend.add_argument(
        "--sections", metavar="NAMES", help="of --full these alone, such as options,care"
    )
    recommend.add_argument(
        "--why", type=int, metavar="N", help="of --full one option alone, from 1"
    )
    recommend.add_argument(
        "--for",
        dest="audience",
        choices=("staff", "patient", "prescriber"),
        metavar="WHO",
        help="for one reader: staff, patient or prescriber",
    )
    recommend.set_defaults(run=_recommend)


def _recommend(options: argparse.Namespace) -> int:
    from microneedling.deciding.recommending import recommend
    from microneedling.deciding.visiting import recommend_visit
    from microneedling.values.assessments import Assessment
    from microneedling.values.visits import Visit

    knowledge = documents.edition(options)
    found = documents.given(options.file)
    answer: Answer | VisitAnswer
    # No assessment has this key, nor any text in which it could stand.
    if b'"assessments"' in found.data:
        answer = recommend_visit(documents.value(found, Visit), knowledge)
        answers = answer.answers
        if options.why is not None:
            refuse("contradiction", "--why", "give the assessment of one area by itself")
    else:
        answer = recommend(documents.value(found, Assessment), knowledge)
        answers = (answer,)
    if options.json:
        showing.document(answer)
    else:
        showing.text(lambda: _text(answer, options), options)
    return STATUS[max(one.verdict for one in answers).value]


def _text(answer: "Answer | VisitAnswer", options: argparse.Namespace) -> str:
    sections = None if options.sections is None else options.sections.split(",")
    if not options.full and sections is None and options.why is None:
        return answer.brief(audience=options.audience, language=options.language or "en")
    in_english_alone(options, "the whole text")
    only: dict[str, Any] = {} if options.why is None else {"why": options.why}
    return answer.explain(sections, audience=options.audience, **only)
