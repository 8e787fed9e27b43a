"""Measure whole tables and print one table: ``python -m tests.benchmarks.tables``."""

import argparse
import sys

from tests.benchmarks.report import PAGE, keep
from tests.benchmarks.table import DifferenceError, machine, printed

from .all import PARTS, tables

# Enough to see that everything runs.
_FEW = 20_000


def main() -> int:
    """Measure, print, and tell by the exit code whether something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.tables", description=__doc__)
    parser.add_argument("--rows", type=int, metavar="N", help="by default as many as the goals say")
    parser.add_argument("--quick", action="store_true", help=f"{_FEW:,} rows")
    parser.add_argument(
        "--only",
        action="append",
        choices=PARTS,
        metavar="PART",
        help=f"measure only this, may be given again: {', '.join(PARTS)}",
    )
    parser.add_argument("--write", metavar="PAGE", help=f"keep what is printed in {PAGE}")
    given = parser.parse_args()
    try:
        found = tables(_FEW if given.quick else given.rows, given.only)
    except DifferenceError as difference:
        print(f"Two that are timed do not do the same. {difference}", file=sys.stderr)
        return 1
    print(machine())
    print(printed([row for part in found.values() for row in part]))
    if given.write:
        keep(given.write, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
