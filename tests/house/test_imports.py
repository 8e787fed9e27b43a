"""Imports go downwards only: those at run time, inside a function, and for type checkers alone."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "microneedling"
# Each wing, and something above it or beside it.
UPWARDS = {
    "_foundation": "microneedling.values.lengths",
    "values": "microneedling.knowledge.rules",
    "knowledge": "microneedling.deciding.screening",
    "deciding": "microneedling.treating.care",
    "treating": "microneedling.wire.writing",
    "display": "microneedling.wire.writing",
    "frames": "microneedling.strategies.codes",
    "strategies": "microneedling.display.text",
    "wire": "microneedling.cli",
}
WAYS = {
    "at run time": "import {0}\n",
    "inside a function": "def _later() -> None:\n    import {0}\n",
    "for type checkers": "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    import {0}\n",
}

pytestmark = pytest.mark.skipif(not SOURCE.is_dir(), reason="the sources are not here")


def _linted(root: Path) -> str:
    pytest.importorskip("importlinter", reason="import-linter is not installed")
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [linter, "--no-cache"],
        capture_output=True,
        text=True,
        cwd=root,
        env={"PYTHONPATH": str(root / "src")},
        check=False,
    )
    return f"{done.returncode}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house that may be spoilt."""
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(SOURCE, root / "src" / "microneedling")
    return root


def test_as_it_is(copied: Path) -> None:
    """Every contract holds."""
    told = _linted(copied)
    assert told.startswith("0\n"), told
    assert " 0 broken" in told


@pytest.mark.heavy
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("wing", UPWARDS)
def test_an_upward_import_is_found(copied: Path, wing: str, way: str) -> None:
    """In each wing, however it is made."""
    room = copied / "src" / "microneedling" / wing / "__init__.py"
    before = room.read_text(encoding="utf-8")
    room.write_text(before + WAYS[way].format(UPWARDS[wing]), encoding="utf-8")
    try:
        told = _linted(copied)
    finally:
        room.write_text(before, encoding="utf-8")
    assert told.startswith("1\n"), told
    assert "The wings: imports go downwards only BROKEN" in told


def test_nothing_below_the_command_line_imports_the_face() -> None:
    """The face is made of the rooms, not the rooms of the face; examples in docstrings may."""
    face = re.compile(r"^\s*(import microneedling( as \w+)?$|from microneedling import (?!\w+$))")
    allowed = {"__main__.py", "__init__.py"}
    rooms = {
        path.stem
        for path in SOURCE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    for path in SOURCE.rglob("*.py"):
        if path.parent.name == "cli" or (path.parent == SOURCE and path.name in allowed):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not face.match(line), (path, line)
            told = re.match(r"\s*from microneedling import (\w+)$", line)
            assert told is None or told[1] in rooms, (path, line)


def test_every_wing_says_what_it_is() -> None:
    """In a few lines: what lives there, and what it may import."""
    for wing in (*UPWARDS, "cli"):
        told = (SOURCE / wing / "__init__.py").read_text(encoding="utf-8").split('"""')[1]
        assert "import" in told, wing


def test_no_module_is_longer_than_a_room() -> None:
    """About four hundred lines."""
    long = {
        path.name: count
        for path in SOURCE.rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_every_silence_tells_its_reason() -> None:
    """What a checker is told not to say is explained on the same line."""
    silence = re.compile(r"# (noqa|type: ignore|pragma: no cover)")
    reason = re.compile(r"# (noqa: [A-Z0-9, ]+ - \w|type: ignore\[[a-z, -]+\]  # \w)")
    mute = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in SOURCE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if silence.search(line) and not reason.search(line)
    ]
    assert not mute
