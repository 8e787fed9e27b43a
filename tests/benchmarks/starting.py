"""How long fresh processes take from nothing to the first recommendation."""

import os
import subprocess
import sys
from time import perf_counter

import attr
import attrs

import microneedling
from microneedling.knowledge.edition_tables import TABLES

from .table import EDITION, Row, at_most, measured, paired

__all__ = ["starting"]

_FIRST = f"""
import datetime
import microneedling as mn
mn.recommend(
    mn.Assessment(
        on=datetime.date(2026, 11, 22),
        site=mn.Site.CHEEK,
        setting=mn.Setting.CLINIC,
        concerns=[
            mn.Concern(
                indication=mn.Indication.ACNE_SCAR_ROLLING, severity=mn.Severity.MODERATE
            )
        ],
        skin_type=mn.SkinType.III,
        age_years=34,
        screening=mn.Screening.complete(),
    ),
    mn.load("{EDITION}"),
)
"""
_LOAD = f"""
from time import perf_counter
from microneedling import load
start = perf_counter()
knowledge = load("{EDITION}")
print(perf_counter() - start)
for table in {sorted(TABLES)}:
    getattr(knowledge, table)
print(perf_counter() - start)
"""
_PROGRAMS = {
    "bare interpreter": "pass",
    "import attrs": "import attrs",
    "import microneedling": "import microneedling",
    "import, load, first recommendation": _FIRST,
}


def _environment() -> dict[str, str]:
    """Give the environment of the processes, in which byte code is kept."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def _compile(environment: dict[str, str]) -> None:
    """Compile what is imported, or the compiler would be measured."""
    for module in (attr, attrs, microneedling):
        folder = os.path.dirname(str(module.__file__))
        command = [sys.executable, "-m", "compileall", "-q", folder]
        subprocess.run(command, env=environment, check=True)


def _wall(program: str, environment: dict[str, str]) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    return (perf_counter() - start) * 1e3


def _load(environment: dict[str, str]) -> tuple[float, float]:
    command = [sys.executable, "-c", _LOAD]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    alone, whole = (float(line) * 1e3 for line in done.stdout.split())
    return alone, whole


def starting(rounds: int) -> list[Row]:
    """Start every program once a round, after one round that does not count."""
    environment = _environment()
    _compile(environment)
    walls: dict[str, list[float]] = {name: [] for name in _PROGRAMS}
    loads: list[tuple[float, float]] = []
    for _ in range(rounds + 1):
        for name, program in _PROGRAMS.items():
            walls[name].append(_wall(program, environment))
        loads.append(_load(environment))
    bare, with_attrs, facade, first = (figures[1:] for figures in walls.values())
    return [
        Row(f"Starting: fresh processes, {rounds} interleaved rounds, ratios within a round"),
        *(measured(f"  {name}", figures[1:], "ms") for name, figures in walls.items()),
        paired("  import microneedling / bare interpreter", facade, bare, at_most(1.25)),
        paired("  first recommendation / import attrs", first, with_attrs, at_most(2.0)),
        measured("  load of the edition", [a for a, _ in loads[1:]], "ms", at_most(10)),
        measured("  and of every row of it", [b for _, b in loads[1:]], "ms"),
        Row("  (rows are read when first asked for; a decision asks for some)"),
    ]
