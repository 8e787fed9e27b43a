"""The face: what editors and type checkers read is what there is."""

import inspect
import re
from pathlib import Path

import jedi
import pytest

import microneedling as mn
from microneedling._foundation.public_names import ROOMS

STUB = Path(mn.__file__).with_suffix(".pyi")


def test_the_stub_is_made_of_the_list() -> None:
    """Each public name from its room, and the same names in ``__all__``."""
    text = STUB.read_text(encoding="utf-8")
    told = {
        room: set(re.findall(r"(\w+) as \1", block))
        for room, block in re.findall(
            r"from microneedling\.([\w.]+) import \((.*?)\)", text, re.DOTALL
        )
    }
    listed = re.findall(r'"(\w+)"', text.partition("__all__ = [")[2])

    assert told == {room: set(names) for room, names in ROOMS.items()}
    assert listed == mn.__all__


@pytest.mark.heavy
def test_editors_complete_every_name() -> None:
    """Without running a line, with the first line of its documentation."""
    found = {
        name.name: name for name in jedi.Script("import microneedling as mn\nmn.").complete(2, 3)
    }

    assert set(mn.__all__) - {"__version__"} <= set(found)
    for name in mn.__all__:
        if name not in {"Answer", "Event", "NextStep", "__version__"}:
            assert found[name].docstring(raw=True), name


def test_help_says_bounds_in_words() -> None:
    """Whoever reads a signature sees numbers and units, no address of an object."""
    shown = {name: str(inspect.signature(getattr(mn, name))) for name in ("Assessment", "Reason")}

    assert "0 to 130 years" in shown["Assessment"], shown["Assessment"]
    assert not any(" object at 0x" in text for text in shown.values())
