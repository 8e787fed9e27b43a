"""The answer depends on the assessment and the edition, and on nothing else."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

import microneedling as mn
from tests import ledgers, space

# Run in a fresh interpreter: one digest over the whole answers to a spread of assessments.
DIGEST = """
import hashlib, sys
import microneedling as mn
from tests import ledgers, space
from microneedling.wire import to_json
total = hashlib.sha256()
for indication in mn.Indication:
    for cell in list(space.cells(indication))[:: int(sys.argv[1])]:
        for held in (
            space.screening(),
            mn.Screening(),
            space.screening(frozenset({mn.Finding.DERMAL_FILLER, mn.Finding.TATTOO})),
        ):
            answer = mn.recommend(space.assessment(cell, held), mn.load("2026.1"))
            total.update(to_json(answer))
            total.update(answer.explain().encode())
for value in ledgers.a_bit_of_everything():
    total.update(str(value).encode())
    if isinstance(value, mn.Schedule):
        total.update(value.to_ics(key="k"))
    if not isinstance(value, mn.CarePlan):
        total.update(to_json(value))
print(total.hexdigest())
"""
ROOT = Path(__file__).parent.parent


def _digest(*flags: str, env: Mapping[str, str] | None = None, every: int = 101) -> str:
    done = subprocess.run(
        [sys.executable, *flags, "-c", DIGEST, str(every)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
    )
    return done.stdout.strip()


def test_the_same_in_two_processes() -> None:
    """What shows most often if anything does: another hash seed, without checks, elsewhere."""
    usual = _digest(env={"PYTHONHASHSEED": "0"}, every=307)
    odd = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}

    assert _digest("-OO", env=odd, every=307) == usual


@pytest.mark.heavy
def test_the_same_everywhere() -> None:
    """Hash seeds, optimisation, locales, time zones and encodings do not show."""
    digests = {
        _digest(env={"PYTHONHASHSEED": "0"}),
        _digest(env={"PYTHONHASHSEED": "1"}),
        _digest(env={"PYTHONHASHSEED": "4242"}),
        _digest("-O"),
        _digest("-OO"),
        _digest("-W", "error", env={"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}),
        _digest(env={"TZ": "Pacific/Pago_Pago", "LC_ALL": "C", "LANGUAGE": "ar"}),
        _digest("-X", "utf8=0", env={"LANG": "C"}),
    }

    assert len(digests) == 1


def test_checks_hold_under_optimisation() -> None:
    """No check is an assertion that ``-O`` takes away."""
    code = (
        "import microneedling as mn\n"
        "try:\n    mn.NeedleLength(40)\nexcept mn.InputError:\n    print(1)"
    )
    done = subprocess.run(
        [sys.executable, "-OO", "-c", code], check=True, capture_output=True, text=True
    )

    assert done.stdout == "1\n"


def test_it_reads_nothing() -> None:
    """A decision opens no file, asks no clock or network and starts nothing: no audited event."""
    code = """
import sys
import microneedling as mn
from microneedling._foundation import constructor_checks
from tests import ledgers, space
knowledge = mn.load("2026.1")
cells = [list(space.cells(i))[::211] for i in mn.Indication]
points = [
    space.assessment(cell, held)
    for some in cells for cell in some for held in (space.screening(), mn.Screening())
]
for point in points:
    mn.recommend(point, knowledge)
ledgers.a_bit_of_everything()
seen = []
armed = False
def ours(event, arguments):
    # A class of which many were made gets a test of its own, compiled in memory.
    if event == "compile":
        return arguments[1] == constructor_checks.COMPILED
    return event == "exec" and arguments[0].co_filename == constructor_checks.COMPILED
def hook(event, arguments):
    if armed and not event.startswith(("object.", "sys._getframe")) and not ours(event, arguments):
        seen.append(event)
sys.addaudithook(hook)
armed = True
for point in points:
    mn.recommend(point, knowledge)
ledgers.a_bit_of_everything()
armed = False
print(seen)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )

    assert done.stdout == "[]\n"


def test_it_changes_nothing(knowledge: mn.Knowledge) -> None:
    """The edition and the assessment are after the call what they were before."""
    asked = space.assessment(next(space.cells(mn.Indication.MELASMA)), mn.Screening())
    before = (sha256(knowledge.canonical).hexdigest(), repr(asked), hash(asked))

    mn.recommend(asked, knowledge)

    assert (sha256(knowledge.canonical).hexdigest(), repr(asked), hash(asked)) == before


def test_threads_agree() -> None:
    """Many threads on a fresh edition give what one gives."""
    points = [
        space.assessment(cell, held, age=15 + number % 9, label=space.LABELS[number % 5])
        for number, cell in enumerate(list(space.cells(mn.Indication.ACNE_SCAR_BOXCAR))[::29])
        for held in (space.screening(), mn.Screening())
    ]
    alone = [mn.recommend(point, mn.load("2026.1")) for point in points]
    found: list[list[mn.Answer]] = []

    def work(fresh: mn.Knowledge) -> None:
        found.append([mn.recommend(point, fresh) for point in points])

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(8):
            fresh = mn.Knowledge(mn.load("2026.1").canonical)
            threads = [threading.Thread(target=work, args=(fresh,)) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    finally:
        sys.setswitchinterval(interval)

    assert len(found) == 64
    assert all(answers == alone for answers in found)


def test_threads_agree_on_courses() -> None:
    """Many threads that ask a fresh edition what comes next get what one gets."""
    fresh = mn.Knowledge(mn.load("2026.1").canonical)
    progress = ledgers.recorded(
        ledgers.begun(knowledge=fresh),
        ledgers.done(0),
        ledgers.seen(1, 1),
        ledgers.over(3, 3),
        ledgers.finding(9, mn.Finding.CHEMICAL_PEEL),
    )
    days = [ledgers.day(number) for number in range(9, 60)]
    alone = [mn.next_step(progress, mn.load("2026.1"), day) for day in days]
    found: list[list[mn.NextStep]] = []

    def work() -> None:
        found.append([mn.next_step(progress, fresh, day) for day in days])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [alone] * 8


def test_deep_recursion_is_not_needed() -> None:
    """A decision works with little stack left."""
    code = (
        "import sys\nimport microneedling as mn\nfrom tests import space\n"
        "k = mn.load('2026.1')\n"
        "a = space.assessment(next(space.cells(mn.Indication.STRIAE)), mn.Screening())\n"
        "mn.recommend(a, k)\nsys.setrecursionlimit(60)\nprint(mn.recommend(a, k).verdict)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )

    assert done.stdout.strip() in {verdict.value for verdict in mn.Verdict}


@pytest.mark.parametrize("name", ["cattrs", "tomllib", "hypothesis", "narwhals", "argparse"])
def test_what_a_decision_does_not_load(name: str) -> None:
    """After import, load and the first recommendation these are not in `sys.modules`."""
    code = (
        "import sys, datetime\nimport microneedling as mn\n"
        "mn.recommend(mn.Assessment(on=datetime.date(2026, 11, 22), site=mn.Site.CHEEK, "
        "setting=mn.Setting.CLINIC, concerns=[mn.Concern(indication=mn.Indication.MELASMA)]), "
        "mn.load('2026.1'))\n"
        f"print({name!r} in sys.modules)"
    )
    # Where coverage is measured, what measures would be loaded, too.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=clean
    )

    assert done.stdout == "False\n"


def test_what_an_import_does_not_load() -> None:
    """Importing the package alone loads its list of names, no other room, nor attrs or typing."""
    code = (
        "import sys\nbefore = set(sys.modules)\nimport microneedling\n"
        "print(sorted(m for m in set(sys.modules) - before if not m.startswith('_')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    names = ["microneedling", "microneedling._foundation", "microneedling._foundation.public_names"]
    assert done.stdout == f"{names}\n"
