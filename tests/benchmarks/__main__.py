"""Run every benchmark and print one table: ``python -m tests.benchmarks``."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Mapping
from typing import Final

from .deciding import deciding
from .engines import beside_engines
from .in_time import in_time
from .on_the_wire import on_the_wire
from .starting import starting
from .table import DifferenceError, Row, printed

# What is measured, by the names that `--only` takes; each is told whether to be quick.
_PARTS: Final[Mapping[str, Callable[[bool], list[Row]]]] = {
    "starting": lambda quick: starting(rounds=7 if quick else 21),
    "deciding": lambda quick: deciding(count=2_000 if quick else 10_000),
    "in_time": lambda quick: in_time(rounds=200 if quick else 2_000),
    "on_the_wire": lambda quick: on_the_wire(rounds=5 if quick else 21),
    "engines": lambda quick: beside_engines(
        rounds=3 if quick else 9, count=500 if quick else 2_000
    ),
}


def _machine() -> str:
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (AttributeError, ValueError, OSError):
        size = "memory unknown"
    else:
        size = f"{memory:.0f} GiB"
    name, number = platform.python_implementation(), platform.python_version()
    return f"{os.cpu_count()} cores, {size}, {name} {number}"


def main() -> int:
    """Measure, print, and tell by the exit code whether something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument(
        "--check", action="store_true", help="exit 1 where a goal is missed by more than half"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=_PARTS,
        metavar="NAME",
        help=f"measure only this, may be given again: {', '.join(_PARTS)}",
    )
    given = parser.parse_args()
    try:
        rows = [
            row
            for name, part in _PARTS.items()
            if not given.only or name in given.only
            for row in part(given.quick)
        ]
    except DifferenceError as difference:
        print(f"Two that are timed do not do the same. {difference}", file=sys.stderr)
        return 1
    print(_machine())
    print(printed(rows))
    return int(given.check and any(row.far_off for row in rows))


if __name__ == "__main__":
    sys.exit(main())
