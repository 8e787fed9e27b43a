"""Run every benchmark and print one table: ``python -m tests.benchmarks``."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import Final

from .deciding import deciding
from .engines import beside_engines
from .in_time import in_time
from .on_the_wire import on_the_wire
from .report import PAGE, keep
from .starting import starting
from .table import DifferenceError, Row, machine, printed
from .tables import tables


def _tables(quick: bool) -> list[Row]:  # noqa: FBT001 - as every part is told
    found = tables(rows=20_000 if quick else 1_000_000)
    return [row for rows in found.values() for row in rows]


# What is measured, by the names that `--only` takes; each is told whether to be quick.
_PARTS: Final[Mapping[str, Callable[[bool], list[Row]]]] = {
    "starting": lambda quick: starting(rounds=7 if quick else 21),
    "deciding": lambda quick: deciding(count=2_000 if quick else 10_000),
    "in_time": lambda quick: in_time(rounds=200 if quick else 2_000),
    "on_the_wire": lambda quick: on_the_wire(rounds=5 if quick else 21),
    "engines": lambda quick: beside_engines(
        rounds=3 if quick else 9, count=500 if quick else 2_000
    ),
    # By itself, `python -m tests.benchmarks.tables` measures more rows, and takes long.
    "tables": _tables,
}


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
    parser.add_argument("--write", metavar="PAGE", help=f"keep what is printed in {PAGE}")
    given = parser.parse_args()
    chosen = [name for name in _PARTS if not given.only or name in given.only]
    try:
        found = {name: _PARTS[name](given.quick) for name in chosen}
    except DifferenceError as difference:
        print(f"Two that are timed do not do the same. {difference}", file=sys.stderr)
        return 1
    rows = [row for part in found.values() for row in part]
    print(machine())
    print(printed(rows))
    if given.write:
        keep(given.write, found)
    return int(given.check and any(row.far_off for row in rows))


if __name__ == "__main__":
    sys.exit(main())
