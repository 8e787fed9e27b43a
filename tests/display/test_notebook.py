"""The notebook of the docs shows what its cells give today."""

import json

import microneedling as mn
from tests.display import notebook


def test_run_again_it_is_the_same() -> None:
    assert notebook.run() == notebook.PLACE.read_text("utf-8"), "python -m tests.display.notebook"


def test_values_and_pictures_are_shown_as_such() -> None:
    """Each of the two kinds is there: nothing fell back to its text."""
    kinds = {
        kind
        for cell in json.loads(notebook.PLACE.read_text("utf-8"))["cells"]
        for output in cell.get("outputs", ())
        for kind in output.get("data", ())
    }
    assert kinds == {"text/html", "image/svg+xml"}


def test_a_picture_is_its_text() -> None:
    """Who writes it to a file writes SVG; a notebook draws it."""
    drawn = mn.compare("0.5 mm", "1.0 mm").to_svg()
    assert drawn.startswith("<svg")
    assert drawn._repr_svg_() == drawn  # type: ignore[attr-defined]  # notebooks look for it
