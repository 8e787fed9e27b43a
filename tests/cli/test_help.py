"""Help of every command, with examples that run, and the version."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

import microneedling as mn
from microneedling.cli.running import grammar
from tests.cli.ways import EXAMPLES, run

COMMANDS = grammar().commands


def test_alone_it_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output, and it is no failure to ask."""
    alone = run(capsys)
    assert alone.status == 0
    assert alone.err == ""
    assert alone == run(capsys, "--help") == run(capsys, "help") == run(capsys, "-h")
    assert all(re.search(rf"^    {name} +\w", alone.out, re.MULTILINE) for name in COMMANDS)


def test_the_version_has_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    """So that it can be told from the others in a report."""
    for words in (["--version"], ["--version", "recommend"]):
        assert run(capsys, *words) == (0, f"microneedling {mn.__version__}\n", "")


@pytest.mark.parametrize("name", COMMANDS)
class TestEveryCommand:
    """Each says what it does, what each argument is, and how it is used."""

    def test_help(
        self, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        told = run(capsys, "help", name)
        assert told.status == 0
        assert told == run(capsys, name, "--help")
        assert told.out.startswith(f"usage: microneedling {name}")
        assert max(map(len, told.out.splitlines())) <= 80
        assert "\x1b" not in told.out

    def test_every_argument_is_explained(self, name: str) -> None:
        silent = [
            action.dest
            for action in COMMANDS[name]._actions  # noqa: SLF001 - argparse has no other list
            if not action.help or action.help is argparse.SUPPRESS
        ]
        assert not silent

    def test_the_examples_are_understood(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each is a command line of ours, and is carried out where what it reads is there."""
        (tmp_path / "docs").symlink_to(EXAMPLES.parent)
        monkeypatch.chdir(tmp_path)
        epilog = COMMANDS[name].epilog
        assert epilog is not None
        text = epilog.partition("examples:")[2].partition("\n\n")[0].replace("\\\n", " ")
        lines = re.findall(r"^  microneedling (.+)$", text, re.MULTILINE)
        assert len(lines) > 1
        for line in lines:
            words = shlex.split(re.sub(r" [<>]\S+", "", line))
            grammar().parsed(words)


PAGES = ("README.md", "docs/commands.md", "docs/courses.md", "docs/storing.md", "docs/tables.md")


def shown(page: str) -> list[list[str]]:
    """Give the command lines that a page shows."""
    text = (EXAMPLES.parent.parent / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^microneedling .*", "\n".join(blocks), re.MULTILINE)
    return [shlex.split(line, comments=True)[1:] for line in lines]


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_commands_are_understood(page: str) -> None:
    """What the documentation shows is a command line of ours."""
    for words in shown(page):
        grammar().parsed(words)


def test_the_page_s_course_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the first session to what comes next, as the page of commands tells it."""
    (tmp_path / "docs").symlink_to(EXAMPLES.parent)
    monkeypatch.chdir(tmp_path)
    told = [run(capsys, *words) for words in shown("docs/commands.md")]
    assert [one.status for one in told] == [0, 0, 0, 21]
    assert told[-1].out.startswith("PAUSE: ")


def test_codes_have_a_place_in_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Who asks for questions is told where the codes stand."""
    out = " ".join(run(capsys, "questions", "--help").out.split())
    assert "microneedling codes indications" in out
    assert "microneedling codes sites" in out
