"""
A look at the package as it is installed: every name, document, example, and one table.

``python -m tests.smoke`` takes a minute at most and needs no pytest: it runs where the whole
suite need not, with a wheel, the lowest versions that are promised and newer CPythons. What
needs an extra that is not installed is left out, and that is said.
"""

import doctest
import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from random import Random

import microneedling as mn
from tests import goldens
from tests.frames import rows as oracle

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs" / "examples"
START = date(2026, 12, 1)
COLUMNS = (
    *("on", "indication", "severity", "site", "setting", "skin_type", "age_years"),
    *("everything_asked", "findings", "dermal_filler", "dermal_filler_last_on", "pregnancy"),
)
ROWS = 300


def _missing(*needed: str) -> str:
    """Say what is not installed of some libraries; nothing if all are."""
    missing = [name for name in needed if find_spec(name) is None]
    return f"left out, since {' and '.join(missing)} is not installed" if missing else ""


def names() -> str:
    """Every room is imported, and every public name is there."""
    left = []
    for room in pkgutil.walk_packages(mn.__path__, "microneedling."):
        if room.name.endswith("__main__"):
            continue
        try:
            importlib.import_module(room.name)
        except ModuleNotFoundError as error:
            # Of an extra, or of what a page's recipe is for; never one of ours.
            if (error.name or "microneedling").startswith("microneedling"):
                raise
            left.append(f"{room.name} needs {error.name}")
    assert all(getattr(mn, name) is not None for name in mn.__all__)
    assert dir(mn) == mn.__all__
    return "; ".join([f"{len(mn.__all__)} names", *left])


def documents() -> str:
    """Every golden document is read, and written again as the same bytes."""
    found = goldens.names()
    for name in found:
        data, kind = goldens.document(name), goldens.kind_of(name)
        assert mn.to_json(mn.from_json(data, kind)) == data, name
    for name, meaning in goldens.MEANINGS.items():
        assert mn.to_json(meaning()) == goldens.document(name), name
    assert found
    return f"{len(found)} documents, {len(goldens.MEANINGS)} of them with what they mean"


def examples() -> str:
    """Every example is answered, dated and written; every ledger gets its next step."""
    knowledge, verdicts, dated = mn.load("2026.1"), {verdict.value for verdict in mn.Verdict}, 0
    assessments, ledgers = sorted(EXAMPLES.glob("*.json")), sorted(EXAMPLES.glob("ledgers/*.json"))
    for path in assessments:
        answer = mn.recommend(mn.from_json(path.read_bytes(), mn.Assessment), knowledge)
        assert path.stem not in verdicts or answer.verdict.value == path.stem, path.name
        assert answer.brief()
        assert answer.explain()
        assert mn.from_json(mn.to_json(answer), type(answer)) == answer
        for course in answer.options:
            # Where no source gives a count, the professional does.
            schedule = mn.schedule(course, START, sessions=None if course.sessions else 3)
            assert mn.from_json(mn.to_json(schedule), mn.Schedule) == schedule
            if not _missing("icalendar"):
                assert schedule.to_ics(key="smoke").startswith(b"BEGIN:VCALENDAR")
            leaflet = mn.leaflet(schedule, chosen_by="smoke", knowledge=knowledge)
            assert leaflet.to_html()
            if not _missing("typst"):
                assert leaflet.to_pdf().startswith(b"%PDF-")
            dated += 1
    for path in sorted(EXAMPLES.glob("visits/*.json")):
        found = mn.recommend_visit(mn.from_json(path.read_bytes(), mn.Visit), knowledge)
        assert mn.from_json(mn.to_json(found), mn.VisitAnswer) == found
    for path in ledgers:
        ledger = mn.from_json(path.read_bytes(), mn.Progress)
        step = mn.next_step(ledger, knowledge, ledger.entries[-1].event.on)
        assert mn.from_json(mn.to_json(step), type(step)) == step
    assert assessments
    assert ledgers
    without = _missing("icalendar") and "; calendar files " + _missing("icalendar")
    without += _missing("typst") and "; hand-outs as PDF " + _missing("typst")
    return f"{len(assessments)} answers, {dated} schedules, {len(ledgers)} next steps{without}"


def page() -> str:
    """The README does what it says."""
    left = _missing("narwhals", "polars")
    if left:
        return left
    told = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert told.attempted
    assert not told.failed
    return f"{told.attempted} examples"


def table() -> str:
    """A table is decided, and each of its rows is told what the one function gives."""
    left = _missing("narwhals", "polars")
    if left:
        return left
    import polars as pl

    from microneedling import frames

    rng, knowledge = Random(1), mn.load("2026.1")  # noqa: S311 - repeatable, and guards nothing
    rows = [oracle.drawn(rng, COLUMNS) for _ in range(ROWS)]
    kinds: dict[str, type[pl.DataType] | pl.DataType] = dict.fromkeys(COLUMNS, pl.Boolean)
    kinds |= dict.fromkeys({*COLUMNS} & {*oracle.CODES}, pl.String)
    kinds |= {"on": pl.Date, "dermal_filler_last_on": pl.Date, "age_years": pl.Int64}
    kinds |= {"findings": pl.List(pl.String)}
    given = pl.DataFrame(rows, schema=kinds, orient="row")
    eager = frames.recommend(given, knowledge)
    lazy = frames.recommend(given.lazy(), knowledge).collect(engine="streaming")
    for made in (eager, lazy):
        told = made.with_columns(pl.col(pl.Enum).cast(pl.String)).select(oracle.ANSWERS)
        assert len(told) == len(rows)
        for row, got in zip(rows, told.iter_rows(named=True), strict=True):
            wrong = oracle.disagreement(row, got, knowledge)
            assert wrong is None, (wrong, row)
    counts = dict(eager["verdict"].cast(pl.String).value_counts(sort=True).rows())
    return f"{len(rows)} rows twice: {json.dumps(counts)}"


PARTS: dict[str, Callable[[], str]] = {
    "names": names,
    "golden documents": documents,
    "examples": examples,
    "README": page,
    "a table": table,
}


def main() -> None:
    """Look at every part, and say what was seen."""
    if not __debug__:
        sys.exit("without assertions nothing would be checked")
    print(f"microneedling {mn.__version__} from {Path(mn.__file__).parent}")
    for name, part in PARTS.items():
        began = time.perf_counter()
        told = part()
        print(f"{name}: {told}; {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
