"""What PyInstaller is told agrees with the package; ``python -m tests.house.frozen`` runs it."""

import re
import runpy
import tomllib
from glob import glob
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import microneedling as mn
from microneedling import _pyinstaller

SOURCE = Path(mn.__file__).parent
(FOLDER,) = map(Path, _pyinstaller.hook_dirs())


def hook(module: str) -> dict[str, Any]:
    """Run a hook as PyInstaller does."""
    return runpy.run_path(str(FOLDER / f"hook-{module}.py"))


def test_every_public_name_is_there() -> None:
    """Law: whatever is loaded by its public name is told to PyInstaller, which cannot see it."""
    told = hook("microneedling")["hiddenimports"]
    for name in mn.__all__:
        home = getattr(getattr(mn, name), "__module__", None)
        assert home is None or not home.startswith("microneedling.") or _within(home, told), name
    for room in told:
        import_module(room)


def _within(home: str, told: list[str]) -> bool:
    return any(home == room or home.startswith(f"{room}.") for room in told)


def test_every_file_that_is_read_is_there() -> None:
    """Law: editions and catalogues lie in a frozen program where they are looked for."""
    held: dict[str, str] = {}
    for pattern, place in hook("microneedling")["datas"]:
        for path in glob(pattern):
            held[Path(path).name] = place
    editions = {"releases.json", *(f"{name}.json" for name in mn.editions())}
    assert held.keys() == editions | {f"{language}.mo" for language in mn.languages()[1:]}
    for name, place in held.items():
        assert (SOURCE.parent / place / name).is_file()


def test_every_engine_of_tables_is_there() -> None:
    """Each room of a dataframe library."""
    told = hook("microneedling.frames.engines")["hiddenimports"]
    rooms = (SOURCE / "frames" / "engines").glob("*_engine.py")
    assert told == sorted(f"microneedling.frames.engines.{room.stem}" for room in rooms)


def test_frames_come_only_where_they_are_asked_for() -> None:
    """The door to them is not followed, so that no program grows by what it does not use."""
    told = hook("microneedling._foundation.rendering")["excludedimports"]
    assert [import_module(room).__name__ for room in told] == ["microneedling.frames"]
    (room,) = hook("microneedling.frames")["hiddenimports"]
    assert import_module(room).frame_of


def test_nothing_else_is_imported_unseen() -> None:
    """Law: a room that is imported by a text has a hook; there are two places that do so."""
    unseen = re.compile(r"import_module\(|__import__\(")
    found = {
        str(path.relative_to(SOURCE).as_posix())
        for path in SOURCE.rglob("*.py")
        if unseen.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"_foundation/public_names.py", "frames/engines/__init__.py"}


def test_pyinstaller_is_told_where() -> None:
    """By an entry point."""
    project = SOURCE.parents[1] / "pyproject.toml"
    if not project.is_file():
        pytest.skip("the sources are not here")
    told = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["entry-points"]
    assert told["pyinstaller40"] == {"hook-dirs": "microneedling._pyinstaller:hook_dirs"}
