"""
The whole space of single findings, decided by tables and, point by point, by the one function.

``python -m tests.frames.space`` goes through every indication, severity, site and setting;
through those that have answers of their own (`tests.space`) with every single finding present
and unknown, going on and over, through all skin types with ages around every threshold, and, for
every fifth combination, through the days around every waiting time; with every library in memory
that is installed. With ``--every N`` it takes every Nth row only, and of these, with libraries
other than polars, every fifth combination of every fourth indication. It prints the counts.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from importlib.util import find_spec
from itertools import product
from typing import Any

import polars as pl

import microneedling as mn
from microneedling import frames
from tests import space
from tests.frames.rows import ANSWERS, CODES, Row, answer

ON = date(2026, 11, 22)
AGE = 34
FINDINGS = tuple(finding.value for finding in mn.Finding)
SEVERITIES = (*(severity.value for severity in mn.Severity), None)
SKIN_TYPES = (*(skin.value for skin in mn.SkinType), None)
# The one part that goes through every site and indication, whether they are like others or not.
EVERYWHERE = "nothing found"


def _row(cell: tuple[Any, ...], **more: Any) -> Row:
    """Make a row of which everything is known and nothing is found."""
    indication, severity, site, setting = cell
    known: Row = {
        "on": ON,
        "indication": indication.value,
        "severity": severity,
        "site": site.value,
        "setting": setting.value,
        "skin_type": "II",
        "age_years": AGE,
        "everything_asked": True,
        **dict.fromkeys(FINDINGS, False),
    }
    return known | more


def _single_findings(cell: tuple[Any, ...]) -> Iterator[Row]:
    yield _row(cell)
    for finding, state in product(FINDINGS, (True, None)):
        yield _row(cell, **{finding: state})


def _going_on(cell: tuple[Any, ...]) -> Iterator[Row]:
    """Every single finding that goes on, or goes on no more."""
    known = {name: value for name, value in _row(cell).items() if name not in FINDINGS}
    for finding, goes_on in product(FINDINGS, (True, False)):
        yield known | {f"{finding}_ongoing": goes_on}


def _persons(cell: tuple[Any, ...]) -> Iterator[Row]:
    """Every skin type, with ages around every threshold and some far from them."""
    knowledge = mn.load("2026.1")
    thresholds = {rule.age_under_years for rule in knowledge.findings if rule.age_under_years}
    near = {years + by for years in thresholds for by in (-1, 0, 1)}
    for age, skin in product((None, 0, 130, *sorted(near)), SKIN_TYPES):
        # Of these the column says nothing, so what follows from age and skin type is left.
        derived = {"age_under_18", "age_under_22", "skin_type_iv_to_vi"}
        row = _row(cell, age_years=age, skin_type=skin)
        yield row | dict.fromkeys(derived)


def _days(cell: tuple[Any, ...]) -> Iterator[Row]:
    """Every finding with a last day around its waiting time, and with one where there is none."""
    for rule in mn.load("2026.1").findings:
        wait = rule.wait.days if rule.wait else 30
        for days in (0, 1, wait - 1, wait, wait + 1):
            last = {f"{rule.finding.value}_last_on": ON - timedelta(days=days)}
            yield _row(cell, **{rule.finding.value: True}, **last)


def _nothing_found(cell: tuple[Any, ...]) -> Iterator[Row]:
    yield _row(cell)


PARTS: Mapping[str, Callable[[tuple[Any, ...]], Iterator[Row]]] = {
    EVERYWHERE: _nothing_found,
    "single findings": _single_findings,
    "what goes on": _going_on,
    "ages and skin types": _persons,
    "days": _days,
}


def cells(indication: mn.Indication, part: str) -> Iterator[tuple[Any, ...]]:
    """Every combination of what is treated, for one indication; some, where it is like another."""
    sites: tuple[mn.Site, ...] = tuple(mn.Site)
    if part != EVERYWHERE:
        whole = indication in space.INDICATIONS
        sites = space.SITES if whole else (mn.Site.CHEEK, mn.Site.BREAST)
    yield from product((indication,), SEVERITIES, sites, mn.Setting)


def _type(name: str) -> Any:
    if name == "on" or name.endswith("_last_on"):
        return pl.Date
    if name in CODES or name in ANSWERS:
        whole = name.endswith(("_um", "_sessions", "_days"))
        return pl.Int64 if whole else pl.Date if name == "until" else pl.String
    return pl.Int64 if name == "age_years" else pl.Boolean


def _pandas(table: pl.DataFrame, knowledge: mn.Knowledge) -> pl.DataFrame:
    return pl.from_pandas(frames.recommend(table.to_pandas(), knowledge, assume_absent=True))


def _arrow(table: pl.DataFrame, knowledge: mn.Knowledge) -> pl.DataFrame:
    made = pl.from_arrow(frames.recommend(table.to_arrow(), knowledge, assume_absent=True))
    assert isinstance(made, pl.DataFrame)
    return made


def _duckdb(table: pl.DataFrame, knowledge: mn.Knowledge) -> pl.DataFrame:
    import duckdb

    with duckdb.connect() as connection:
        relation = connection.from_arrow(table.to_arrow())
        made: pl.DataFrame = frames.recommend(relation, knowledge, assume_absent=True).pl()
        return made


def _streamed(table: pl.DataFrame, knowledge: mn.Knowledge) -> pl.DataFrame:
    made: pl.DataFrame = frames.recommend(table.lazy(), knowledge, assume_absent=True).collect(
        engine="streaming"
    )
    return made


ENGINES: Mapping[str, tuple[tuple[str, ...], Callable[[pl.DataFrame, mn.Knowledge], Any]]] = {
    "polars": ((), partial(frames.recommend, assume_absent=True)),
    "polars streaming": ((), _streamed),
    "pandas": (("pandas", "pyarrow"), _pandas),
    "pyarrow": (("pyarrow",), _arrow),
    "duckdb": (("duckdb", "pyarrow"), _duckdb),
}


def engines() -> tuple[str, ...]:
    """Name the engines whose libraries are installed."""
    return tuple(name for name, (needs, _) in ENGINES.items() if all(map(find_spec, needs)))


def compared(
    part: str, indication: mn.Indication, others: int = 1, *, every: int = 1, rows: int = 1
) -> Counter[str]:
    """
    Compare one part of the space, for one indication, on every engine.

    Args:
        part: Which one.
        indication: What is treated.
        others: With engines other than polars only every so many combinations; 0 for none.
        every: Only every so many combinations of what is treated.
        rows: Only every so many of the rows that these give.
    """
    knowledge = mn.load("2026.1")
    some = [*cells(indication, part)][::every]
    numbered = [(place, row) for place, cell in enumerate(some) for row in PARTS[part](cell)]
    numbered = numbered[::rows]
    held = [row for _, row in numbered]
    shared = pl.Series([others > 0 and place % others == 0 for place, _ in numbered])
    columns = dict.fromkeys(name for row in held for name in row)
    table = pl.DataFrame(
        [[row.get(name) for name in columns] for row in held],
        schema={name: _type(name) for name in columns},
        orient="row",
    )
    told = [
        answer({name: row.get(name) for name in columns}, knowledge, assume_absent=True)
        for row in held
    ]
    expected = pl.DataFrame(told, schema={name: _type(name) for name in ANSWERS}, orient="row")
    parts = {True: (table, expected), False: (table.filter(shared), expected.filter(shared))}
    counts = Counter(expected["verdict"].to_list())
    for name in engines() if others else ("polars",):
        given, wanted = parts[name == "polars"]
        made = ENGINES[name][1](given, knowledge).select(ANSWERS)
        made = made.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))
        made = made.cast({answer: _type(answer) for answer in ANSWERS})
        for column in ANSWERS:
            different = made[column].ne_missing(wanted[column])
            assert not different.any(), (name, column, given.filter(different).row(0, named=True))
        counts[f"rows on {name}"] = len(given)
    return counts


def main() -> None:
    """Compare everything, by two processes or as many as there are cores."""
    parser = argparse.ArgumentParser(prog="python -m tests.frames.space", description=__doc__)
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="only every Nth row, mostly by polars"
    )
    rows = parser.parse_args().every
    began = time.perf_counter()
    # One pool for all parts, for each process makes the tables of the decision anew.
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for part in PARTS:
            # The days are a fifth by themselves.
            every = 5 if part == "days" else 1
            # Of one row a combination, each stands for a combination.
            kept = 1 if part == EVERYWHERE else rows
            compare = partial(compared, part, every=every, rows=kept)
            # Most engines take long to be told what to do, however few the rows are.
            others = [
                1 if rows == 1 else 5 if place % 4 == 0 else 0
                for place in range(len(mn.Indication))
            ]
            total = sum(pool.map(compare, mn.Indication, others), Counter())
            told = ", ".join(f"{name} {count}" for name, count in total.items())
            print(f"{part}: tables and the one function agree; {told}", flush=True)
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
