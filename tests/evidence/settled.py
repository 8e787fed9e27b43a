"""
What became of each fault of the first clinical reading: ``python -m tests.evidence.settled``.

``settled.csv`` names the fault by the part of the reading it stands in, and the commit; the
expectations finding by finding stand in ``expectations.toml``.
"""

import csv
import tomllib
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
BECAME = ("corrected", "answered", "open")
PARTS = {"2": "ranked faults", "3": "mis-generalisation", "6": "the text"}


def faults() -> list[dict[str, str]]:
    """Read every fault."""
    with (HERE / "settled.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expectations() -> list[dict[str, str]]:
    """Read what was expected of each finding."""
    text = (HERE / "expectations.toml").read_text(encoding="utf-8")
    held: list[dict[str, str]] = tomllib.loads(text)["expectation"]
    return held


def main() -> None:
    """Print the tally."""
    for part, name in PARTS.items():
        found = [row for row in faults() if row["part"].partition(".")[0] == part]
        counts = Counter(row["became"] for row in found)
        told = ", ".join(f"{counts[became]} {became}" for became in BECAME)
        print(f"{name}: {len(found)} faults, {told}")
    held = expectations()
    other = sum("adjudicated" in row for row in held)
    print(
        f"findings: {len(held)} expectations, {len(held) - other} met, {other} answered in writing"
    )


if __name__ == "__main__":
    main()
