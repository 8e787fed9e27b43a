"""From Parquet to Parquet with every engine, beside the engine's own copying of the same rows."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from gc import collect
from time import perf_counter
from typing import Any, Final

import microneedling as mn
from microneedling import frames
from microneedling.frames.column_names import OUTPUTS
from tests.benchmarks.table import EDITION, Goal, Row, at_most, measured, paired, printed

from .making import FORMS, make
from .process import UndoneError, asked, peak
from .ways import WAYS

__all__ = ["beside_copies", "made", "measure", "seconds"]

_GOALS: Final[Mapping[str, Goal]] = {
    "duckdb": at_most(1.3),
    "polars": at_most(2),
    "dask": at_most(2.5),
    "pyspark": at_most(2.5),
}
_SLOW: Final = ("pandas", "dask", "pyspark")
# Enough for whatever a library makes at its first call.
_WARMING: Final = 2_000
_MANY: Final = 5_000_000


def seconds(call: Callable[[], object]) -> float:
    """Call once and give the time."""
    collect()  # so that no run pays for the garbage of another
    start = perf_counter()
    call()
    return perf_counter() - start


def made(folder: str, rows: int, form: str, findings: int = 10) -> str:
    """Give the path of a file of rows, made if it is not there yet."""
    path = os.path.join(folder, f"{form}-{rows}-{findings}.parquet")
    if not os.path.exists(path):
        asked("files.write", path=path, rows=rows, form=form, findings=findings)
    return path


def write(path: str, rows: int, form: str, findings: int) -> None:
    """Make a file of rows, in the process that this runs in."""
    make(path, rows, form, findings)


def measure(
    engine: str,
    sources: Sequence[str],
    small: str,
    rows: int,
    folder: str,
    rounds: int,
    options: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """
    Copy, decide with and without the input in what is written, copy the result, in turns.

    Args:
        engine: By its name.
        sources: The files, one after the other.
        small: A file of few rows of the same kind, for the first call.
        rows: How many rows there are in all.
        folder: Where to write.
        rounds: How often.
        options: What the engine is told beforehand.
    """
    import narwhals.stable.v2 as nw

    way = WAYS[engine](**(options or {}))
    knowledge = mn.load(EDITION)
    source: Any = sources[0] if len(sources) == 1 else list(sources)
    places = tuple(os.path.join(folder, f"{engine}-{n}.parquet") for n in range(4))
    copied, decided, alone, again = places

    def decide(path: Any) -> None:  # noqa: ANN401 - a path or several
        way.write(frames.recommend(way.read(path), knowledge, assume_absent=True), decided)

    def answer(path: Any) -> None:  # noqa: ANN401
        made = nw.from_native(frames.recommend(way.read(path), knowledge, assume_absent=True))
        way.write(made.select(*OUTPUTS).to_native(), alone)

    def remove(path: str) -> None:
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.remove(path)

    way.write(way.read(small), copied)
    decide(small)
    asked("checking.check", sources=[small], made=decided, rows=_WARMING)
    answer(small)
    taken: dict[str, list[float]] = {"copy": [], "decide": [], "alone": [], "again": []}
    copying = deciding = 0.0
    for number in range(rounds):
        for path in places:
            remove(path)
        taken["copy"].append(seconds(lambda: way.write(way.read(source), copied)))
        copying = copying or peak()
        remove(copied)
        taken["decide"].append(seconds(lambda: decide(source)))
        deciding = deciding or peak()
        if not number:
            asked("checking.check", sources=list(sources), made=decided, rows=rows)
        taken["alone"].append(seconds(lambda: answer(source)))
        remove(alone)
        taken["again"].append(seconds(lambda: way.write(way.read(decided), again)))
    for path in places:
        remove(path)
    return {
        "version": way.version,
        **taken,
        "copying": copying,
        "deciding": deciding,
    }


def _rounds(engine: str, rows: int) -> int:
    if rows < _MANY:
        return 5
    return 2 if engine in _SLOW else 3


def _told(engine: str, rows: int, held: Mapping[str, Any]) -> list[Row]:
    copy, decide, alone, again = (held[name] for name in ("copy", "decide", "alone", "again"))
    # The goals are about many rows.
    goal = _GOALS.get(engine) if rows >= _MANY else None
    apart = ", the driver's alone" if engine == "pyspark" else ""
    return [
        measured("    copying the input", copy, "s"),
        measured("    deciding", decide, "s"),
        measured("    rows a second", [rows / 1e6 / one for one in decide], "M"),
        paired("    deciding / copying the input", decide, copy, goal),
        paired("    deciding, answers alone / copying the input", alone, copy, goal),
        paired("    deciding / copying the result", decide, again),
        Row(f"    peak memory, copying{apart}", held["copying"], "MiB"),
        Row(f"    peak memory, copying and deciding{apart}", held["deciding"], "MiB"),
    ]


def beside_copies(
    sizes: Sequence[int], folder: str, engines: Sequence[str] = tuple(WAYS)
) -> list[Row]:
    """
    Decide files of some numbers of rows with every engine that is installed.

    Raises:
        DifferenceError: If an engine decides a row otherwise than the one function.
    """
    found = [Row("Parquet to Parquet, beside the engine's own copying; ratios within a round")]
    for rows in sizes:
        # The largest in one form alone for those that take long.
        for form in FORMS:
            for engine in engines:
                if rows >= _MANY and engine in _SLOW and form != FORMS[-1]:
                    continue
                beside = _beside(engine, rows, form, folder)
                # It takes long, and what is cut off should not be for nothing.
                print(printed(beside), file=sys.stderr, flush=True)
                found += beside
    return found


def _beside(engine: str, rows: int, form: str, folder: str) -> list[Row]:
    rounds = _rounds(engine, rows)
    try:
        held = asked(
            "files.measure",
            engine=engine,
            sources=[made(folder, rows, form)],
            small=made(folder, _WARMING, form),
            rows=rows,
            folder=folder,
            rounds=rounds,
        )
    except UndoneError as undone:
        return [Row(f"  {engine}: left out, since {undone}")]
    head = f"  {engine} {held['version']}, {rows:,} rows, codes as {form}: {rounds} rounds"
    return [Row(head), *_told(engine, rows, held)]
