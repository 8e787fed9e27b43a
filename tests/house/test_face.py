"""The face: what editors and type checkers read is what there is, and no more is shown."""

import inspect
import subprocess
import sys
from types import ModuleType

import jedi
import pytest

import microneedling as mn
from microneedling import frames, strategies
from microneedling._foundation.public_names import ROOMS
from tests.house import generated

PUBLIC = {module.__name__: module for module in (mn, frames, strategies)}
# They have no call, and a version has no documentation.
ALIASES = {"Answer", "Event", "NextStep", "Progress", "__version__"}


def test_what_is_generated_is_up_to_date() -> None:
    """The stub, and the pages that say what is public and draw the house."""
    assert not generated.stale()


def test_every_public_name_has_its_task() -> None:
    """The page of public names leaves out no room."""
    told = [room for rooms in generated.TASKS.values() for room in rooms]

    assert sorted(told) == sorted(ROOMS)


@pytest.mark.parametrize("module", PUBLIC.values(), ids=PUBLIC)
def test_nothing_else_is_shown(module: ModuleType) -> None:
    """``dir`` names what is public, and all of it."""
    assert dir(module) == sorted(module.__all__)


@pytest.mark.heavy
@pytest.mark.parametrize("module", PUBLIC.values(), ids=PUBLIC)
@pytest.mark.parametrize("how", ["Script", "Interpreter"])
def test_editors_complete_every_name(module: ModuleType, how: str) -> None:
    """With its signature and the first line of its documentation, before or after a line ran."""
    names = set(module.__all__)
    if how == "Script":
        editor = jedi.Script(f"import {module.__name__} as it\nit.")
    else:
        editor = jedi.Interpreter("it.", [{"it": module}])
    found = {one.name: one for one in editor.complete()}

    assert names <= set(found)
    if how == "Interpreter":
        assert set(found) <= names
    for name in names - {"__version__"}:
        assert found[name].docstring(raw=True), name
    for name in names - ALIASES:
        assert found[name].get_signatures(), name


def test_help_says_bounds_in_words() -> None:
    """Whoever reads a signature sees numbers and units, no address of an object."""
    shown = {name: str(inspect.signature(getattr(mn, name))) for name in ("Assessment", "Reason")}

    assert "0 to 130 years" in shown["Assessment"], shown["Assessment"]
    assert not any(" object at 0x" in text for text in shown.values())


def test_help_begins_with_a_tour() -> None:
    """``help(mn)`` opens with what there is by task; its examples run with all others."""
    tour = (mn.__doc__ or "").splitlines()
    code = "import microneedling; help(microneedling)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    shown = [line.strip() for line in done.stdout.splitlines()]

    assert 60 <= len(tour) <= 150
    # After its first line pydoc begins a description.
    assert shown[6:26] == [line.strip() for line in tour[3:23]]
    for function in (name for name in mn.__all__ if name.islower() and not name.startswith("_")):
        assert f"`{function}`" in (mn.__doc__ or ""), function
