"""A typed program that uses the package: both type checkers agree with it, and see its mistakes."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("downstream.py").read_text(encoding="utf-8")
# Of each: what the program says, and what it wrongly says instead.
MISTAKES = {
    "a verdict is forgotten": ("        case mn.Ask():", "        case mn.Offer():"),
    "a move is forgotten": ("case mn.Wait() | mn.Pause():", "case mn.Wait():"),
    "a class is misspelt": ("mn.Complete()", "mn.Completed()"),
    "only an offer has options to show": ("answer.questions[0].text", "answer.until"),
    "any answer is not an offer": (
        "assert_type(mn.from_json(data, mn.Recommendation), AnyAnswer)",
        "mn.from_json(data, mn.Recommendation).until",
    ),
}
CHECKERS = {
    "mypy": ["mypy", "--strict", "--config-file=", "--no-error-summary"],
    "pyright": ["pyright"],
}


def checked(checker: str, program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a type checker over a program somewhere else, as a user would."""
    pytest.importorskip(checker, reason=f"{checker} is not installed")
    file = folder / "program.py"
    file.write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", *CHECKERS[checker], str(file)]
    if checker == "pyright":
        command += ["--pythonpath", sys.executable]
    else:
        command += ["--cache-dir", str(folder.parent / "cache")]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


@pytest.mark.heavy
@pytest.mark.parametrize("checker", CHECKERS)
def test_the_program_is_right(checker: str, tmp_path: Path) -> None:
    """Without one cast, with a `match` that leaves out nothing."""
    done = checked(checker, PROGRAM, tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.heavy
@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_its_mistakes_are_seen(checker: str, mistake: str, tmp_path: Path) -> None:
    """So that the test above says something."""
    right, wrong = MISTAKES[mistake]
    assert right in PROGRAM

    done = checked(checker, PROGRAM.replace(right, wrong), tmp_path)

    assert done.returncode == 1, done.stdout + done.stderr
