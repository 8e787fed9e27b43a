"""
The command line.

Exit status: 0 offer, 10 ask, 11 defer, 12 refer, 13 decline; 1 for input that cannot be
read, 2 for a wrong command line. The other commands give 0 when all is well.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn, TypeVar

from microneedling import __version__
from microneedling.errors import InputError, MicroneedlingError

if TYPE_CHECKING:
    from microneedling.knowledge.model import Knowledge

__all__ = ["main"]

C = TypeVar("C", bound=StrEnum)
_STATUS = {"offer": 0, "ask": 10, "defer": 11, "refer": 12, "decline": 13}
_MOST_BYTES = 1_000_001


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
        epilog="Exit status of recommend: 0 offer, 10 ask, 11 defer, 12 refer, 13 decline.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    edition = _Parser(add_help=False)
    edition.add_argument("--edition", help="the edition of the knowledge; the latest if not given")

    recommend = commands.add_parser(
        "recommend", parents=[edition], help="what an edition documents for an assessment"
    )
    recommend.add_argument("file", help="an assessment as JSON; - for standard input")
    form = recommend.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole result as JSON")
    form.add_argument("--summary", action="store_true", help="a few lines")

    compare = commands.add_parser(
        "compare", parents=[edition], help="two needle lengths side by side"
    )
    compare.add_argument("left", help="such as 0.5mm")
    compare.add_argument("right", help="such as 1.0mm")

    ask = commands.add_parser(
        "questions", parents=[edition], help="the screening questions that matter"
    )
    ask.add_argument("--indication", required=True, action="append", help="may be given again")
    ask.add_argument("--site", required=True)

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


def _run(options: argparse.Namespace) -> int:
    from microneedling import display
    from microneedling.knowledge.loading import latest, load

    knowledge = latest() if options.edition is None else load(options.edition)
    if options.command == "recommend":
        from microneedling.recommending import recommend
        from microneedling.wire import assessment_from_json, to_json

        answer = recommend(assessment_from_json(_read(options.file)), knowledge)
        if options.json:
            print(to_json(answer).decode("ascii"), end="")
        else:
            print(answer.summary() if options.summary else answer.explain())
        return _STATUS[answer.verdict.value]
    if options.command == "compare":
        from microneedling.comparing import compare
        from microneedling.lengths import NeedleLength

        print(
            compare(NeedleLength.parse(options.left), NeedleLength.parse(options.right), knowledge)
        )
    elif options.command == "questions":
        print(_questions(options, knowledge))
    else:
        print(display.knowledge(knowledge))
    return 0


def _questions(options: argparse.Namespace, knowledge: "Knowledge") -> str:
    from microneedling.recommending import questions
    from microneedling.vocabulary import Indication, Site

    found = questions(
        knowledge,
        indications=[_code(Indication, text, "--indication") for text in options.indication],
        site=_code(Site, options.site, "--site"),
    )
    return "\n".join(
        f"{finding.value} ({knowledge.finding(finding).level.value}): {text}"
        for finding, text in found
    )


def _code(codes: type[C], text: str, option: str) -> C:
    from microneedling._checks import unknown_code

    found = codes._value2member_map_.get(text)
    return found if isinstance(found, codes) else unknown_code(codes, option)


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
