"""One command run: its words taken apart, what it does, and the status of what went wrong."""

import argparse
import os
import sys
from collections.abc import Sequence

from microneedling import __version__
from microneedling._foundation.errors import InputError, MicroneedlingError
from microneedling.cli import (
    answering,
    coding,
    dating,
    following,
    looking_up,
    recording,
    tables,
)
from microneedling.cli.command_lines import Parser, Version, examples, meant

__all__ = ["grammar", "run"]

_EPILOG = """

exit status:
  recommend, and schedule where nothing is offered: 0 offer, 10 ask, 11 defer,
  12 refer, 13 decline, and of a visit that of the area that calls for the most
  caution; next: 0 proceed, 20 wait, 21 pause, 22 complete, 23 stop; record:
  30 where a safeguard speaks against a session; table: 3 where some rows are
  no assessment. Of all: 1 for input that cannot be used, 2 for a wrong command
  line, 130 where it was interrupted."""


def grammar() -> Parser:
    """Make the grammar of all commands."""
    parser = Parser(
        prog="microneedling",
        description="What is published about microneedling, for health professionals. It is "
        "information, and no medical device.",
        epilog=examples(
            "recommend docs/examples/offer.json",
            "compare 0.5mm 1.0mm",
            "help recommend",
        )
        + _EPILOG,
    )
    parser.add_argument(
        "--version",
        action=Version,
        nargs=0,
        const=__version__,
        help="show the name and the version, and exit",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    answering.add_to(commands)
    looking_up.add_to(commands)
    coding.add_to(commands)
    dating.add_to(commands)
    recording.add_to(commands)
    following.add_to(commands)
    tables.add_to(commands)
    about = commands.add_parser(
        "help",
        help="what a command does and takes",
        description="Say what a command does and takes; without a name, which commands there are.",
        epilog=examples("help", "help schedule"),
    )
    about.add_argument("about", metavar="COMMAND", nargs="?", help="such as recommend; else all")
    parser.commands = commands.choices

    def explained(options: argparse.Namespace) -> int:
        asked = options.about
        if asked is not None and asked not in commands.choices:
            about.refuse(
                f"COMMAND is one of {', '.join(commands.choices)}{meant(asked, commands.choices)}"
            )
        (parser if asked is None else commands.choices[asked]).print_help()
        return 0

    about.set_defaults(run=explained)
    return parser


def _run(words: Sequence[str]) -> int:
    parser = grammar()
    if not words:
        parser.print_help()
        return 0
    options = parser.parsed(words)
    if not hasattr(options, "run"):
        parser.refuse("missing: COMMAND")
    status: int = options.run(options)
    return status


def run(arguments: Sequence[str] | None) -> int:
    """
    Run one command, and tell what went wrong on standard error.

    Args:
        arguments: As on the command line; those of the process if not given.

    Returns:
        The exit status.
    """
    try:
        status = _run(sys.argv[1:] if arguments is None else arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
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
