"""
A program that PyInstaller made of one script, with nothing told to it: it is built and run.

    python -m tests.house.frozen

It takes a minute or two and asks the package index for PyInstaller, so CI only looks whether the
hooks agree with the package (``test_frozen.py``).
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import microneedling as mn

ROOT = Path(__file__).parents[2]
SCRIPT = """
import datetime, sys, time
started = time.perf_counter()
import microneedling as mn
patient = mn.Assessment(
    on=datetime.date(2026, 11, 22), site=mn.Site.CHEEK, setting=mn.Setting.CLINIC,
    concerns=[mn.Concern(indication=mn.Indication.STRIAE)],
)
answer = mn.recommend(patient, mn.load("2026.1"))
taken = time.perf_counter() - started
assert mn.from_json(mn.to_json(answer), mn.Answer) == answer
assert answer.explain() and mn.json_schema(mn.Answer)
for name in mn.__all__:
    getattr(mn, name)
print(answer.verdict.value, answer.digest)
print(f"{1_000 * taken:.0f} ms to the first answer", file=sys.stderr)
"""


def main() -> int:
    """Build the program and run it beside the same script; 0 if both say the same."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        venv.create(home / "own", with_pip=True)
        python = str(home / "own" / "bin" / "python")
        run = [python, "-m", "pip", "install", "-q", str(ROOT), "pyinstaller"]
        subprocess.run(run, check=True)
        (home / "app.py").write_text(SCRIPT, encoding="utf-8")
        run = [python, "-m", "PyInstaller", "--onefile", "--log-level", "ERROR", "app.py"]
        subprocess.run(run, cwd=home, check=True)
        told = []
        for command in ([python, "app.py"], [str(home / "dist" / "app")]):
            done = subprocess.run(
                command, cwd=home, env={}, capture_output=True, text=True, check=False
            )
            print(f"{Path(command[0]).name}: {done.stdout}{done.stderr}".rstrip())
            told.append(done.stdout)
    right = told[0] == told[1] and mn.load("2026.1").digest in told[1]
    print("the frozen program says the same" if right else "they differ")
    return int(not right)


if __name__ == "__main__":
    sys.exit(main())
