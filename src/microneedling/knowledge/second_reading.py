"""
Every figure of an edition that a source is named for, and what was seen when it was read again.

``python -m microneedling.knowledge.second_reading`` prints the tally of ``checks.csv``, which
stands beside an edition's tables and outside its digest; ``--open`` gives, as CSV, the figures
that nobody has read again as they stand now.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from microneedling.knowledge.authoring import read_toml
from microneedling.knowledge.loading import editions

__all__ = ["RESULTS", "Check", "Figure", "checks", "figures", "main", "open_figures", "tally"]

_HOME = Path(__file__).parent / "editions"
# What an edition says by itself has nothing to be read in.
_OWN = "editorial"
RESULTS = ("confirmed", "corrected", "not_confirmable")
# What says most about a figure that several sources stand for: a correction is never hidden.
_BEST = ("corrected", "confirmed", "not_confirmable")

# By table: the key of a row and its fields that hold figures. Those of a part with sources of
# its own are held against these, all others against the row's.
_FIGURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "studies": ("id", ("lengths_um", "sessions", "interval_days")),
    "protocols": ("id", ("passes", "end_point")),
    "findings": ("code", ("wait",)),
    "effects": ("id", ("lengths", "onset", "duration", "frequencies")),
    "care": ("code", ("published",)),
    "clearances": (
        "id",
        ("decided_on", "indications", "sites", "skin_types", "youngest_years", "longest"),
    ),
    "sites": ("site", ("ceiling",)),
    "settings": ("setting", ("ceiling",)),
    "penetrations": ("id", ("depth_min_nm", "depth_max_nm")),
    "thickness": ("site", ("min_nm", "max_nm")),
}
# What is said about a figure, and is none.
_ABOUT = {"sources", "studies", "grade", "note", "why", "level", "basis"}


class Figure(NamedTuple):
    """One figure as an edition has it, and a source that it is said to stand in."""

    table: str
    row: str
    figure: str
    value: str
    source: str


class Check(NamedTuple):
    """What was seen of a figure, in its source as it could be opened on a day."""

    figure: Figure
    day: str
    result: str
    seen: str


def figures(folder: Path) -> list[Figure]:
    """
    List every figure of an edition, once for each source that is named for it.

    Args:
        folder: Holds the edition's tables.
    """
    tables = read_toml(folder)
    found = [
        figure
        for table, (key, fields) in _FIGURES.items()
        for row in _rows(tables[table])
        for field in fields
        if field in row
        for figure in _of(table, _name(table, row, key), field, row)
    ]
    return sorted(dict.fromkeys(found))


def checks(folder: Path) -> list[Check]:
    """
    Read what was seen of the figures of an edition.

    Args:
        folder: Holds the edition's tables and its checks.
    """
    with (folder / "checks.csv").open(encoding="utf-8", newline="") as file:
        return [
            Check(
                Figure(*(line[name] for name in Figure._fields)),
                *(line[name] for name in Check._fields[1:]),
            )
            for line in csv.DictReader(file)
        ]


def open_figures(folder: Path) -> list[Figure]:
    """
    List the figures that nobody has read again as they stand now.

    Args:
        folder: Holds the edition's tables and its checks.
    """
    read = {check.figure for check in checks(folder)}
    return [figure for figure in figures(folder) if figure not in read]


def tally(folder: Path) -> dict[str, Counter[str]]:
    """
    Count, by table, what became of each figure: of several sources, by the best that was seen.

    Args:
        folder: Holds the edition's tables and its checks.
    """
    wanted = set(figures(folder))
    best: dict[tuple[str, str, str], str] = {}
    for check in checks(folder):
        if check.figure in wanted:
            place = check.figure[:3]
            best[place] = min(best.get(place, check.result), check.result, key=_BEST.index)
    found: dict[str, Counter[str]] = {}
    for (table, *_), result in best.items():
        found.setdefault(table, Counter())[result] += 1
    return found


def _rows(table: object) -> list[dict[str, object]]:
    assert isinstance(table, list)
    return table


def _name(table: str, row: dict[str, object], key: str) -> str:
    if table == "thickness":
        return ".".join(str(row[part]) for part in ("site", "layer", "sex", "method", "landmark"))
    return str(row[key])


def _of(table: str, name: str, field: str, row: dict[str, object]) -> Iterator[Figure]:
    """Give one field's figures, each with each source that stands for it."""
    held = row[field]
    parts = held if field == "frequencies" else [held]
    assert isinstance(parts, list)
    for place, part in enumerate(parts, start=1):
        own = part if isinstance(part, dict) else {}
        sources = own.get("sources") or row.get("sources") or [row["source"]]
        assert isinstance(sources, list)
        figure = f"{field}.{place}" if field == "frequencies" else field
        for source in sources:
            if source != _OWN:
                yield Figure(table, name, figure, _value(part), str(source))


def _value(part: object) -> str:
    if isinstance(part, dict):
        return "; ".join(f"{key}={held}" for key, held in part.items() if key not in _ABOUT)
    if isinstance(part, list):
        return "; ".join(map(str, part))
    return str(part)


def main(arguments: list[str] | None = None) -> int:
    """Print the tally, or what is open; give 1 when anything is."""
    parser = argparse.ArgumentParser(
        prog="python -m microneedling.knowledge.second_reading", description=__doc__
    )
    parser.add_argument("--open", action="store_true", help="give what nobody has read again")
    options = parser.parse_args(arguments)
    folders = [_HOME / edition for edition in editions()]
    missing = {folder: open_figures(folder) for folder in folders}
    if options.open:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(Figure._fields)
        writer.writerows(figure for found in missing.values() for figure in found)
    else:
        for folder, left in missing.items():
            _print_tally(folder, len(left))
    return int(any(missing.values()))


def _print_tally(folder: Path, left: int) -> None:
    counts = tally(folder)
    total = sum(counts.values(), Counter[str]())
    print(f"{folder.name}: {_told(total)}")
    for table, own in counts.items():
        print(f"  {table}: {_told(own)}")
    readings = Counter(check.result for check in checks(folder))
    print(f"  {readings.total()} readings, each of a figure in one source: {_results(readings)}")
    print(f"  {left} not read again as they stand now")


def _told(counts: Counter[str]) -> str:
    return f"{counts.total()} figures, {_results(counts)}"


def _results(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[result]} {result.replace('_', ' ')}" for result in RESULTS)


if __name__ == "__main__":
    raise SystemExit(main())
