"""What is printed: texts as wide as the terminal, by a pager where they are longer, and JSON."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["bare", "document", "plain", "text"]

# Narrower or wider nobody reads, whatever the terminal is.
_NARROWEST, _WIDEST = 40, 120
_DEFAULT_PAGER = "less -FRX"


def text(make: Callable[[], str], options: Namespace) -> None:
    """
    Print a text: as wide as the terminal and by a pager, if it goes to one.

    Args:
        make: Makes the text.
        options: Those of the command line.
    """
    if sys.stdout is None or not sys.stdout.isatty():
        print(make())
        return
    from shutil import get_terminal_size

    from microneedling.display.text import WIDTH

    columns, rows = get_terminal_size()
    token = WIDTH.set(max(_NARROWEST, min(columns, _WIDEST)))
    try:
        said = _folded(make(), WIDTH.get())
    finally:
        WIDTH.reset(token)
    pager = "" if options.no_pager else _pager()
    if not pager or said.count("\n") + 1 < rows or not _paged(said, pager):
        print(said)


def _folded(said: str, width: int) -> str:
    """Break what is longer than a line, behind its own margin."""
    from textwrap import fill

    lines = said.split("\n")
    for number, line in enumerate(lines):
        if len(line) > width:
            margin = " " * (len(line) - len(line.lstrip()) + 2)
            lines[number] = fill(
                line,
                width,
                subsequent_indent=margin,
                break_long_words=False,
                break_on_hyphens=False,
            )
    return "\n".join(lines)


def _pager() -> str:
    """Give the command of the pager; an empty one is none."""
    if os.environ.get("NO_PAGER") or os.environ.get("TERM") == "dumb":
        return ""
    return os.environ.get("PAGER", _DEFAULT_PAGER)


def _paged(said: str, pager: str) -> bool:
    """Show a text by a pager; tell whether there is such a pager."""
    import shlex
    import signal
    import subprocess

    sys.stdout.flush()
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own
            shlex.split(pager),
            stdin=subprocess.PIPE,
            env={"LESS": "FRX", **os.environ},
        )
    except (OSError, ValueError):
        return False
    # An interruption is for the pager alone.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.communicate(f"{said}\n".encode())
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def document(value: object) -> None:
    """Print the canonical document of a value."""
    from microneedling.wire import to_json

    print(to_json(value).decode("ascii"), end="")


def plain(**fields: Any) -> None:  # noqa: ANN401 - whatever JSON takes
    """Print what is no value of its own, in the form that documents have."""
    import json

    from microneedling.wire import SCHEMA

    print(json.dumps({"schema": SCHEMA, **fields}, sort_keys=True, separators=(",", ":")))


def bare(value: object) -> Mapping[str, Any]:
    """Give the document of a value as plain data."""
    from microneedling.wire import to_dict

    return to_dict(value)
