"""
The steps of CI, and what is run before a release: ``nox -l`` names them all.

``nox`` runs what CI runs, ``nox -s NAME`` one step. Steps run in the environment that nox stands
in, which the group ``dev`` has made; what is about another one (a wheel, its extras, other
versions) makes its own.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from time import monotonic

import nox

nox.options.default_venv_backend = "none"
nox.options.stop_on_first_error = True
nox.options.tags = ["ci"]

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")["project"]
# All but that which names the others.
EXTRAS: dict[str, list[str]] = {
    name: lines for name, lines in PROJECT["optional-dependencies"].items() if name != "all"
}
# Fewer symbols would mean that pyright had not found the package.
SYMBOLS = 500


def _modules(session: nox.Session, *commands: str) -> None:
    """Run modules, each with its arguments, in the environment that nox stands in."""
    for command in commands:
        session.run(sys.executable, "-m", *command.split())


def _tests(session: nox.Session, *words: str) -> None:
    session.run(sys.executable, "-m", "pytest", "-q", *words)


def _away(session: nox.Session) -> Path:
    """Make a folder with the tests and what they read, and without what they test."""
    away = Path(session.create_tmp()).resolve() / "away"
    shutil.rmtree(away, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("tests", "docs"):
        shutil.copytree(ROOT / name, away / name, ignore=ignored)
    shutil.copy(ROOT / "README.md", away)
    return away


@nox.session(tags=["ci"])
def lint(session: nox.Session) -> None:
    """Style, layers, and that what is made of TOML, classes, code or catalogues is up to date."""
    _modules(session, "ruff check .", "ruff format --check .")
    session.run(str(Path(sys.executable).parent / "lint-imports"))
    _modules(session, "microneedling.knowledge.authoring --check")
    _modules(session, "microneedling.wire.schema_files --check")
    _modules(session, "tests.house.generated --check")
    _modules(session, "tests.house.catalogues --check")


@nox.session(tags=["ci"])
def types(session: nox.Session) -> None:
    """Types, by mypy and by pyright, and that every public one is known."""
    _modules(session, "mypy")
    # It looks for what is imported in the environment that the shell names.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    pyright = [sys.executable, "-m", "pyright"]
    where = {"PATH": path, "VIRTUAL_ENV": sys.prefix}
    session.run(*pyright, env=where)
    told = Path(session.create_tmp(), "types.json")
    verify = ["--verifytypes", PROJECT["name"], "--ignoreexternal", "--outputjson"]
    with told.open("w", encoding="utf-8") as file:
        session.run(*pyright, *verify, env=where, stdout=file, success_codes=[0, 1])
    found = json.loads(told.read_text(encoding="utf-8"))["typeCompleteness"]
    known, score = found["exportedSymbolCounts"]["withKnownType"], found["completenessScore"]
    session.log(f"types known for {known} exported symbols, score {score:.2%}")
    for symbol in found["symbols"]:
        if symbol["isExported"] and not symbol["isTypeKnown"]:
            session.log(f"not known: {symbol['name']}")
    if known < SYMBOLS or score < 1:
        session.error("every public type has to be known")


# What steps of their own go through: the laws of the space, and its tables.
_NOT_TWICE = "not single_findings and not several_concerns and not tables_and_function_agree"


# What the README's command leaves out, as it has neither frameworks nor dataframes nor a linter.
_NOT_IN_README = ("tests/integrations", "tests/frames", "tests/house", "tests/treating")


@nox.session(tags=["ci"])
def tests(session: nox.Session) -> None:
    """Quick tests that the README's command had to leave out, then all that is heavy."""
    spread = ("-m", "pytest", "-q", "-n", "auto", "--durations", "20")
    quick = ("-m", "not cluster and not heavy", "-k", _NOT_TWICE, *_NOT_IN_README)
    session.run(sys.executable, *spread, *quick, *session.posargs)
    heavy = ("-m", "heavy and not cluster", "-k", _NOT_TWICE, "--hypothesis-profile", "ci")
    session.run(sys.executable, *spread, *heavy, *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Every quick test by branch coverage; before an edition or a version is released."""
    spread = ("-m", "pytest", "-q", "-n", "auto", "--durations", "20")
    # Few examples: each law holds in a run of its own, and lines are soon reached.
    quick = ("-m", "not cluster and not heavy", "-k", _NOT_TWICE)
    session.run(
        *(sys.executable, "-m", "coverage", "run", *spread, *quick),
        *("--hypothesis-profile", "measured"),
        *session.posargs,
    )
    _modules(session, "coverage combine -q", "coverage report")


@nox.session(tags=["ci"])
def clusters(session: nox.Session) -> None:
    """Tables of Dask and PySpark: what is special of them."""
    _tests(session, "tests/frames", "-m", "cluster and not heavy")


@nox.session(tags=["ci"])
def laws(session: nox.Session) -> None:
    """Laws of a fifth of single findings, of concerns, pairs for one indication, and courses."""
    _modules(
        session,
        "tests.space --every 5",
        "tests.space --concerns",
        "tests.space --pairs --every 5 --indication acne_scar_rolling",
        "tests.space --random 100000",
        "tests.treating.test_ledger_machine --histories 100 --steps 500",
    )


@nox.session(tags=["ci"])
def tables(session: nox.Session) -> None:
    """Tables beside the one function: a thirteenth of the space, less on other engines."""
    _modules(session, "tests.frames.space --every 13")


@nox.session(tags=["ci"])
def fuzz(session: nox.Session) -> None:
    """Hostile documents, by the thousand."""
    _modules(session, "tests.fuzz --documents 30000")


# What it may take to have a browser and what judges pages, in seconds and in all.
_TO_BE_HAD = 180


def _had(session: nox.Session, folder: Path) -> Path | None:
    """Have Chromium by Debian and axe-core by npm; give the latter, or nothing, and say why."""
    needed = [name for name in ("chromium", "npm") if shutil.which(name) is None]
    if needed and (shutil.which("apt-get") is None or os.geteuid() != 0):
        session.log(f"not run: no {' and no '.join(needed)}, and no right to install")
        return None
    steps = [["npm", "pack", "axe-core@4", "--silent", "--pack-destination", str(folder)]]
    if needed:
        install = ["apt-get", "-qq", "-y", "--no-install-recommends", "install", *needed]
        steps = [["apt-get", "-qq", "update"], install, *steps]
    until = monotonic() + _TO_BE_HAD
    for step in steps:
        left = max(until - monotonic(), 1)
        try:
            subprocess.run(step, check=True, timeout=left, stdout=subprocess.DEVNULL)  # noqa: S603 - told above
        except (subprocess.SubprocessError, OSError) as problem:
            session.log(f"not run: {problem}")
            return None
    (packed,) = folder.glob("axe-core-*.tgz")
    with tarfile.open(packed) as archive:
        archive.extract("package/axe.min.js", folder, filter="data")
    return folder / "package" / "axe.min.js"


@nox.session(tags=["ci"])
def pages(session: nox.Session) -> None:
    """Pages, pictures and hand-outs in a browser, by axe-core, where a browser can be had."""
    folder = Path(session.create_tmp()).resolve() / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    axe = _had(session, folder)
    if axe is not None:
        _modules(session, "pip install -q --group browser")
        _modules(session, f"tests.display.browser {folder} --axe {axe}")


@nox.session(tags=["ci"], venv_backend="virtualenv")
def wheel(session: nox.Session) -> None:
    """Look at the wheel and all its extras, without ``src/``."""
    away = _away(session)
    made = away / "dist"
    session.run(
        *(sys.executable, "-m", "build", "--wheel", "--outdir", str(made), str(ROOT)),
        external=True,
        silent=True,
    )
    (file,) = made.glob("*.whl")
    session.install("pytest", f"{file}[{','.join(EXTRAS)}]")
    session.chdir(away)
    session.run("python", "-W", "error", "-m", "tests.smoke")
    with (away / "knowledge.txt").open("w+", encoding="utf-8") as told:
        session.run("microneedling", "knowledge", stdout=told)
        told.seek(0)
        session.log("".join(list(told)[:20]))
    session.run("microneedling", "schedule", "docs/examples/offer.json", "--start", "2026-12-01")


@nox.session(tags=["ci"], venv_backend="virtualenv")
def extra_hypothesis(session: nox.Session) -> None:
    """The package and its extra for Hypothesis, and nothing else: it finds every type."""
    away = _away(session)
    session.install(".[hypothesis]")
    session.chdir(away)
    session.run("python", "-W", "error", "tests/every_type.py")


@nox.session(tags=["ci"], venv_backend="virtualenv")
def extra_table(session: nox.Session) -> None:
    """The package and its extra for tables, and nothing else: the command decides a file."""
    away = _away(session)
    session.install(".[table]")
    session.chdir(away)
    (away / "visits.csv").write_text(
        "on,indication,severity,site,setting,age_years,everything_asked,isotretinoin_last_on\n"
        "2026-11-22,striae,mild,abdomen,clinic,34,true,\n"
        "2026-11-22,striae,mild,abdomen,clinic,34,true,2026-08-01\n"
    )
    session.run("microneedling", "table", "visits.csv", "decided.csv")
    session.log((away / "decided.csv").read_text())


@nox.session(tags=["ci"], venv_backend="virtualenv")
def lowest(session: nox.Session) -> None:
    """Look at the package with the lowest versions that are promised."""
    away = _away(session)
    promised = {*PROJECT["dependencies"], *(line for lines in EXTRAS.values() for line in lines)}
    session.install(
        "pytest", f".[{','.join(EXTRAS)}]", *(line.replace(">=", "==") for line in promised)
    )
    session.chdir(away)
    session.run("python", "-m", "pip", "list", "--format=freeze")
    session.run("python", "-W", "error", "-m", "tests.smoke")
    session.run("python", "-W", "error", "tests/every_type.py")


@nox.session(tags=["ci"])
def newer(session: nox.Session) -> None:
    """Look at the package on newer CPythons, where the machine has them."""
    away = _away(session)
    found = [
        *Path.home().glob(".pyenv/versions/3.1[2-9]*/bin/python3"),
        *Path("/usr/bin").glob("python3.1[2-9]"),
    ]
    usable = "import sys, venv, ensurepip; print(sys.version_info >= (3, 12))"
    for python in found:
        told = session.run(str(python), "-c", usable, silent=True, success_codes=[0, 1])
        if str(told).strip() != "True":
            continue
        own = away.parent / "newer"
        shutil.rmtree(own, ignore_errors=True)
        session.run(str(python), "-m", "venv", str(own))
        session.run(
            f"{own}/bin/python", "-m", "pip", "install", "-q", "pytest", f".[{','.join(EXTRAS)}]"
        )
        with session.chdir(away):
            session.run(f"{own}/bin/python", "-VV")
            session.run(f"{own}/bin/python", "-W", "error", "-m", "tests.smoke")
            session.run(f"{own}/bin/python", "-W", "error", "tests/every_type.py")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Print a quick look at the benchmarks; for a judgement see docs/benchmarks.md."""
    parts = ("starting", "deciding", "in_time", "on_the_wire", "engines")
    only = " ".join(f"--only={part}" for part in parts)
    _modules(session, f"tests.benchmarks --quick {only}")
    # Of tables what runs in memory; files, growth and streaming have their own command.
    _modules(session, "tests.benchmarks.tables --quick --only memory")


@nox.session
def full(session: nox.Session) -> None:
    """Run everything in full size, on every engine: before an edition or a version is released."""
    session.notify("coverage")
    _tests(session, "-n", "auto", "-m", "", "--hypothesis-profile", "laws")
    every_set = ["tests/frames", "-s", "-m", "", "-k", "every_set"]
    _tests(session, *every_set, "--hypothesis-profile", "thorough")
    _modules(
        session,
        "tests.space",
        "tests.space --concerns",
        "tests.space --pairs",
        "tests.space --random 1000000",
        "tests.treating.test_ledger_machine",
        "tests.frames.space",
        "tests.fuzz",
        "tests.fuzz --exhaustive",
        "tests.benchmarks",
        "tests.benchmarks.tables",
    )
