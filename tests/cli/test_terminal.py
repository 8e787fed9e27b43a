"""On a terminal: as wide as it is, by a pager where it is longer, quiet when it is interrupted."""

import json
import os
import pty
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from microneedling.display.text import WIDTH
from tests.cli.ways import EXAMPLES, on_terminal, run

OFFER = str(EXAMPLES / "offer.json")
DEFER = str(EXAMPLES / "defer.json")
# A pager that shows what it was given, and how it was called.
PAGER = shlex.join(
    [
        sys.executable,
        "-c",
        "import os, sys\nprint('PAGED', sys.argv[1:], os.environ['LESS'], len(sys.stdin.read()))",
        "two words",
    ]
)


class TestWidth:
    """Texts follow the terminal, and are the same everywhere else."""

    @pytest.mark.parametrize("columns", [50, 80, 110])
    def test_no_line_is_longer(self, columns: int) -> None:
        """But for what cannot be broken, such as an address."""
        told = on_terminal("recommend", "--no-pager", OFFER, columns=columns, rows=50)
        assert (told.status, told.err) == (0, "")
        lines = told.out.splitlines()
        long = [line for line in lines if len(line) > columns]
        assert all(len(line.split()) == 1 for line in long)
        assert max(len(line) for line in lines if line not in long) > columns - 15
        addresses = {word for word in told.out.split() if word.startswith("https://")}
        assert addresses == _addresses()
        assert "\x1b" not in told.out

    def test_the_environment_says_how_wide(self) -> None:
        """What COLUMNS says is what holds, as for others; no line is broken at its hyphens."""
        told = on_terminal("compare", "0.5mm", "1mm", "--no-pager", env={"COLUMNS": "60"})
        assert 50 < max(len(x) for x in told.out.splitlines() if "http" not in x) <= 60

    @pytest.mark.parametrize(("columns", "width"), [(20, 40), (400, 120)])
    def test_bounds(self, columns: int, width: int) -> None:
        """Neither a sliver nor a banner."""
        told = on_terminal("recommend", "--no-pager", DEFER, columns=columns)
        longest = max(len(x) for x in told.out.splitlines() if len(x.split()) > 1)
        assert width - 10 < longest <= width

    def test_not_for_a_file(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What is no terminal gets the lines that it always gets, whatever stands around."""
        usual = run(capsys, "recommend", OFFER)
        monkeypatch.setenv("COLUMNS", "50")
        assert run(capsys, "recommend", OFFER) == usual
        assert WIDTH.get() == 80

    def test_own_lines_are_broken_behind_their_margin(self) -> None:
        words = ("questions", "--indication", "melasma", "--site", "cheek", "--no-pager")
        told = on_terminal(*words, columns=60)
        assert max(map(len, told.out.splitlines())) <= 60
        assert any(line.startswith("  ") for line in told.out.splitlines())


def _addresses() -> set[str]:
    done = subprocess.run(
        [sys.executable, "-m", "microneedling", "recommend", OFFER],
        capture_output=True,
        check=True,
        text=True,
    )
    return {word for word in done.stdout.split() if word.startswith("https://")}


class TestPager:
    """Only on a terminal, only what is longer than it, and only where nobody says otherwise."""

    def test_what_is_longer(self) -> None:
        """The pager gets all of it, and the status is the command's."""
        told = on_terminal("recommend", "--full", DEFER, env={"PAGER": PAGER})
        assert (told.status, told.err) == (11, "")
        assert told.out.startswith("PAGED ['two words'] FRX ")
        assert int(told.out.split()[-1]) > 5_000

    def test_what_fits(self) -> None:
        told = on_terminal("recommend", DEFER, env={"PAGER": PAGER})
        assert told.out.startswith("DEFER: ")

    @pytest.mark.parametrize(
        ("words", "env"),
        [
            (["--no-pager"], {"PAGER": PAGER}),
            ([], {"PAGER": PAGER, "NO_PAGER": "1"}),
            ([], {"PAGER": ""}),
            ([], {"PAGER": "no-such-pager-at-all -x"}),
            ([], {"PAGER": "'unclosed"}),
            ([], {"PAGER": PAGER, "TERM": "dumb"}),
        ],
        ids=["option", "environment", "empty", "missing", "unclosed", "dumb"],
    )
    def test_without(self, words: list[str], env: dict[str, str]) -> None:
        told = on_terminal("recommend", "--full", *words, DEFER, env=env)
        assert (told.status, told.err) == (11, "")
        assert told.out.startswith("DEFER: ")
        assert "Edition 2026.1, digest" in told.out

    def test_json_is_no_text(self) -> None:
        told = on_terminal("recommend", "--json", DEFER, env={"PAGER": PAGER})
        assert json.loads(told.out)["verdict"] == "defer"

    def test_a_pager_that_is_left_early(self) -> None:
        told = on_terminal("recommend", "--full", OFFER, env={"PAGER": f"{sys.executable} -c pass"})
        assert told == (0, "", "")

    def test_not_for_a_file(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("PAGER", PAGER)
        assert run(capsys, "recommend", OFFER).out.startswith("OFFER: ")


class TestInterrupted:
    """Ctrl-C ends a command with status 130 and without a word, whenever it comes."""

    @pytest.mark.parametrize("milliseconds", [1, 5, 10, 20, 40, 80, 160])
    def test_at_any_moment(self, milliseconds: int) -> None:
        """From the first thing that `main` does, also while modules are imported."""
        code = (
            "import signal, sys\nfrom microneedling.cli import main\n"
            "signal.signal(signal.SIGALRM, signal.default_int_handler)\n"
            "class Alarm:\n    def find_spec(self, name, path=None, target=None):\n"
            "        if name == 'microneedling.cli.running':\n"
            f"            signal.setitimer(signal.ITIMER_REAL, {milliseconds / 1000}, 1)\n"
            "sys.meta_path.insert(0, Alarm())\n"
            "sys.exit(main(['recommend', '-']))"
        )
        # Nothing comes there, so that it waits until it is interrupted.
        given, held = os.pipe()
        try:
            done = subprocess.run(
                [sys.executable, "-c", code], stdin=given, capture_output=True, check=False
            )
        finally:
            os.close(given)
            os.close(held)
        assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")

    @pytest.mark.parametrize("name", ["argparse", "re", "microneedling.wire.reading"])
    def test_while_it_imports(self, name: str) -> None:
        """An interruption in the middle of an import is quiet."""
        code = (
            "import sys\nfrom microneedling.cli import main\n"
            "class Interrupt:\n    def find_spec(self, name, path=None, target=None):\n"
            f"        if name == {name!r}: raise KeyboardInterrupt\n"
            f"sys.modules.pop({name!r}, None)\n"
            "sys.meta_path.insert(0, Interrupt())\n"
            f"sys.exit(main(['recommend', {OFFER!r}]))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")

    def test_what_main_stands_in_imports_nothing(self) -> None:
        """So that `main` is there before anything that takes long."""
        code = (
            "import sys\nbefore = {*sys.modules}\nimport microneedling.cli\n"
            "print(sorted(n for n in {*sys.modules} - before if 'microneedling' not in n))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert done.stdout == b"[]\n"

    def test_what_help_does_not_load(self) -> None:
        """Neither values nor documents nor tables: a command loads what it needs, when it does."""
        code = (
            "import sys\nfrom microneedling.cli import main\nmain([])\n"
            "names = 'attr', 'cattrs', 'difflib', 'subprocess', 'polars', 'microneedling.wire'\n"
            "print([name for name in names if name in sys.modules])"
        )
        # Where coverage is measured, what measures would be loaded, too.
        clean = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env=clean
        )
        assert done.stdout.endswith(b"\n[]\n")

    def test_a_real_one(self) -> None:
        """While it waits for what is typed, which it says, so that it is known that it does."""
        master, slave = pty.openpty()
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "microneedling", "recommend", "-"],
                stdin=slave,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            assert process.stderr is not None
            assert b"Ctrl-D" in process.stderr.readline()
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=10) == (b"", b"")
            assert process.returncode == 130
        finally:
            os.close(master)
            os.close(slave)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("flags", [[], ["-u"]], ids=["", "unbuffered"])
@pytest.mark.parametrize(
    "words",
    [["--version"], ["--help"], [], ["help", "next"], ["codes", "sites"], ["schema", "--json"]],
    ids=" ".join,
)
def test_output_that_cannot_be_written_is_a_failure(words: list[str], flags: list[str]) -> None:
    """Also of what only says something."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, *flags, "-m", "microneedling", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"The output cannot be written: No space left on device.\n"


def test_a_closed_pipe_is_quiet() -> None:
    """What nobody reads any more is no error to tell of."""
    process = subprocess.Popen(
        [sys.executable, "-m", "microneedling", "knowledge", "--tables"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(10) == 1
