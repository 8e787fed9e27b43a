"""
The page of all benchmarks: ``python -m tests.benchmarks.report`` runs them and writes it.

Each part has a place of its own on the page, between two marks, and only what ran is written
anew: every figure there was printed by the run whose day it bears.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import Final, NamedTuple

from .table import Row, machine, printed

__all__ = ["PAGE", "keep"]

PAGE: Final = "docs/benchmarks.md"


class _Section(NamedTuple):
    """One part: what it is called, the command that repeats it, and how to read it."""

    title: str
    command: str
    reading: str


_SECTIONS: Final[Mapping[str, _Section]] = {
    "starting": _Section(
        "Starting, beside attrs",
        "python -m tests.benchmarks --only starting",
        "Fresh processes, byte code compiled beforehand. Names are loaded when they are first used,"
        " which flatters the bare import: the first recommendation pays for all that it needs.",
    ),
    "deciding": _Section(
        "One decision",
        "python -m tests.benchmarks --only deciding",
        "Random assessments over all public inputs, each timed once after as many others. Making"
        " the assessment is left out. Half of them decline, which is quick.",
    ),
    "engines": _Section(
        "One decision, beside rule engines",
        "python -m tests.benchmarks --only engines",
        "The engines make a reduced decision; making their input is left out, which flatters"
        " them. Ours gives reasons, sources, all options and the trace besides.",
    ),
    "on_the_wire": _Section(
        "JSON, beside pydantic and msgspec",
        "python -m tests.benchmarks --only on_the_wire",
        "The peers parse and check in compiled code, and write a finished document that they hold;"
        " ours makes the values that the decision takes, and reads the document off an answer.",
    ),
    "in_time": _Section(
        "Courses in time",
        "python -m tests.benchmarks --only in_time",
        "The rules of a calendar library give bare dates, which flatters them.",
    ),
    "files": _Section(
        "Tables, from Parquet to Parquet on every engine",
        "python -m tests.benchmarks.tables --only files",
        "Each engine decides a file in a process of its own, beside its own copying of the same"
        " rows (on which the goals stand) and of the finished file, in turns; before, and once"
        " more on the first file that is timed, 2,000 rows at random places are found equal to"
        " `recommend`. Starting the engine and its first call are left out; making the plan,"
        " done anew at every call, is not, and weighs on the smaller files. The copy of the"
        " input writes fewer columns than the decision, which flatters the copy. The input is"
        " drawn evenly at random over all codes: it packs well, so that copying is quick, which"
        " does not flatter us either. pandas and pyarrow hold the whole table in memory; Dask"
        " takes one row group as a partition. With the answers alone, what is written is"
        " what was made, and not the input again. Peak memory is that of the process; Spark's is"
        " the driver's Python alone, the JVM (6 GiB at most) and its workers are apart.",
    ),
    "memory": _Section(
        "Tables in memory",
        "python -m tests.benchmarks.tables --only memory",
        "Codes as categories, the frame made beforehand. The chain of `when` and `then` is what"
        " one would write by hand in polars: generated from the tables of the edition with"
        " blocks of equal outcome joined, found equal on the verdict and every figure. It makes"
        " neither days, nor deciding findings, nor errors, and trusts its input, which flatters"
        " the chain. Numbered, it finds one number by a chain and looks the figures up, as"
        " the library does. The gather by numpy is given codes as numbers and finds one"
        " number a row: a limit, no decision. The scalar loop takes turns with the others, on fewer"
        " rows, given as assessments (made before) or as dicts.",
    ),
    "growth": _Section(
        "How the cost grows",
        "python -m tests.benchmarks.tables --only growth",
        "polars, codes as categories. What does not grow: the tables of the decision are made once"
        " for each process and edition, the plan at every call. Findings are columns of booleans;"
        " with every further one there is more to read, too.\n\n"
        "What a cluster would need for 1,000,000,000 rows is reckoned, not measured: rows a second"
        " for each core of this machine, times the cores. The reasoning: a row is decided by"
        " itself, so that parts of a table can be decided anywhere, nothing is shuffled, and no"
        " part waits for another; each process makes the tables once; memory is that of a part."
        " Assumed: cores like these, storage that keeps up, parts much larger than the plan's"
        " fixed cost. Not measured: more than one machine, the network, a cluster's scheduling,"
        " and stragglers.",
    ),
    "stream": _Section(
        "100 million rows in little memory",
        "python -m tests.benchmarks.tables --only stream --rows 100000000",
        "One file is read ten times over, so that the input fits on any disk (and stays in the"
        " system's cache, which flatters copying and deciding alike); the output is written in"
        " full, once. 2,000 rows at random places are found equal to `recommend`.",
    ),
}
_WIDTH: Final = 120
_MARK: Final = re.compile(r"<!-- part: (\w+) -->\n(.*?)\n<!-- end: \1 -->", re.DOTALL)


def _held(page: str) -> dict[str, str]:
    try:
        with open(page, encoding="utf-8") as text:
            return dict(_MARK.findall(text.read()))
    except FileNotFoundError:
        return {}


def _goals(held: Mapping[str, str]) -> tuple[int, dict[str, list[str]]]:
    """Count the goals that are kept, and give the lines that miss one, by what they are about."""
    met = 0
    missed: dict[str, list[str]] = {}
    for name, section in _SECTIONS.items():
        heads: dict[int, str] = {}
        for line in held.get(name, "").splitlines():
            depth = len(line) - len(line.lstrip())
            heads[depth] = line.strip().partition(": ")[0]
            met += line.endswith("  met")
            if line.endswith("  MISSED"):
                above = f"{section.title}: {heads.get(depth - 2, '')}"
                missed.setdefault(above, []).append(f"  {line.strip()}")
    return met, missed


def _busy() -> str:
    """Say how much else went on, where the system tells: a busy machine weighs on all figures."""
    try:
        load = os.getloadavg()[2]
    except (AttributeError, OSError):
        return ""
    return f"; the load over its last quarter of an hour was {load:.1f} on {os.cpu_count()} cores"


def _page(held: Mapping[str, str]) -> str:
    met, missed = _goals(held)
    count = sum(map(len, missed.values()))
    lines = [
        "# Benchmarks",
        "",
        "Every table below was printed by one run of the command above it, on the day that stands",
        f"there; with `--write {PAGE}` the command writes it here. All of them are run by",
        "`python -m tests.benchmarks.report`. Ratios are taken within a round, and peers are found",
        "to do the same before they are timed.",
        "A range is that of the rounds. Machines differ, and so do days: compare within a table.",
        "",
        f"Goals met: {met}. Goals missed: {count}{':' if missed else '.'}",
        "",
    ]
    if missed:
        told = [line for above, below in missed.items() for line in (above, *below)]
        lines += ["```text", *told, "```", ""]
    for name, section in _SECTIONS.items():
        body = held.get(name, "Not run yet.")
        lines += [
            f"## {section.title}",
            "",
            "```sh",
            section.command,
            "```",
            "",
            f"<!-- part: {name} -->",
            body,
            f"<!-- end: {name} -->",
            "",
            *("\n".join(wrap(part, _WIDTH)) + "\n" for part in section.reading.split("\n\n")),
        ]
    return "\n".join(lines).rstrip() + "\n"


def keep(page: str, found: Mapping[str, Sequence[Row]]) -> None:
    """Write what was measured into the page, and leave its other parts as they are."""
    held = _held(page)
    for name, rows in found.items():
        if name in _SECTIONS:
            day = date.today().isoformat()  # noqa: DTZ011 - of the machine that runs
            table = f"{machine()}\n{printed(rows)}"
            held[name] = f"A run of {day}{_busy()}:\n\n```text\n{table}\n```"
    with open(page, "w", encoding="utf-8") as text:
        text.write(_page(held))


def main() -> int:
    """Run every part by its command, and keep what it prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.report", description=__doc__)
    parser.add_argument("--write", default=PAGE, metavar="PAGE", help=f"by default {PAGE}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and rows")
    parser.add_argument(
        "--only",
        action="append",
        choices=_SECTIONS,
        metavar="NAME",
        help=f"run only this, may be given again: {', '.join(_SECTIONS)}",
    )
    given = parser.parse_args()
    failed = 0
    for name, section in _SECTIONS.items():
        if given.only and name not in given.only:
            continue
        command = [sys.executable, *section.command.split()[1:], "--write", given.write]
        if given.quick:
            command.append("--quick")
        failed |= subprocess.run(command, env=os.environ, check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
