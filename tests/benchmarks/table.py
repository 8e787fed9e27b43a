"""The rows that the benchmarks give, how they are taken, and the one table they are printed as."""

import os
import platform
from collections.abc import Callable, Sequence
from gc import collect
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

__all__ = [
    "EDITION",
    "DifferenceError",
    "Goal",
    "Row",
    "at_least",
    "at_most",
    "each",
    "machine",
    "measured",
    "paired",
    "printed",
]

EDITION = "2026.1"
# A noisy machine is no regression: only a goal missed by more than this fails a check.
_MARGIN = 1.5


class DifferenceError(Exception):
    """Two that are timed do not do the same, so that their times mean nothing."""


class Goal(NamedTuple):
    """A limit, and on which side of it the good figures lie."""

    limit: float
    below: bool

    def met(self, figure: float, margin: float = 1.0) -> bool:
        """Tell whether a figure keeps the goal, or misses it within a margin."""
        if self.below:
            return figure <= self.limit * margin
        return figure >= self.limit / margin

    def __str__(self) -> str:
        return f"{'<=' if self.below else '>='} {self.limit:g}"


def at_most(limit: float) -> Goal:
    """Make a goal for figures that should be small."""
    return Goal(limit, below=True)


def at_least(limit: float) -> Goal:
    """Make a goal for figures that should be large."""
    return Goal(limit, below=False)


class Row(NamedTuple):
    """One line: what was measured, its figure, and what it should be."""

    what: str
    figure: float | None = None
    unit: str = ""
    spread: str = ""
    goal: Goal | None = None

    @property
    def verdict(self) -> str:
        """Say whether the goal is met."""
        if self.goal is None or self.figure is None:
            return ""
        return "met" if self.goal.met(self.figure) else "MISSED"

    @property
    def far_off(self) -> bool:
        """Tell whether the goal is missed by more than the margin."""
        if self.goal is None or self.figure is None:
            return False
        return not self.goal.met(self.figure, _MARGIN)


def measured(what: str, figures: Sequence[float], unit: str, goal: Goal | None = None) -> Row:
    """Make a row of repeated measurements: their median, and the range they lie in."""
    spread = f"{min(figures):.2f} - {max(figures):.2f}"
    return Row(what, median(figures), unit, spread, goal)


def each(call: Callable[[Any], object], inputs: Sequence[object]) -> float:
    """Call with every input once; give the microseconds for one."""
    collect()  # so that no run pays for the garbage of another
    start = perf_counter()
    for given in inputs:
        call(given)
    return (perf_counter() - start) / len(inputs) * 1e6


def paired(
    what: str, above: Sequence[float], below: Sequence[float], goal: Goal | None = None
) -> Row:
    """Make a row of the ratios of measurements that were made side by side."""
    return measured(what, [a / b for a, b in zip(above, below, strict=True)], "x", goal)


def machine() -> str:
    """Name the machine by what matters: cores, memory and the interpreter."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (AttributeError, ValueError, OSError):
        size = "memory unknown"
    else:
        size = f"{memory:.0f} GiB"
    name, number = platform.python_implementation(), platform.python_version()
    return f"{os.cpu_count()} cores, {size}, {name} {number}"


def printed(rows: Sequence[Row]) -> str:
    """Write rows as a table; a row without a figure is a heading or a remark."""
    head = ("", "median", "range", "goal", "")
    cells = [
        (row.what, f"{row.figure:.2f} {row.unit}", row.spread, str(row.goal or ""), row.verdict)
        for row in rows
        if row.figure is not None
    ]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    line = "  ".join("-" * width for width in widths)
    filled = iter(cells)
    lines = [_line(head, widths), line]
    lines += [row.what if row.figure is None else _line(next(filled), widths) for row in rows]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *others = (
        cell.rjust(width) if number else cell.ljust(width)
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join((name, *others)).rstrip()
