"""The questions of somebody who looks for a line, and the files that answer them."""

import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).parent
ROOT = HOME.parent.parent
QUESTIONS = tomllib.loads((HOME / "where.toml").read_text(encoding="utf-8"))["question"]


@pytest.mark.parametrize("question", QUESTIONS, ids=[held["file"] for held in QUESTIONS])
def test_the_answers_are_true(question: dict[str, str]) -> None:
    """Each file holds what it is named for."""
    assert question["holds"] in (ROOT / question["file"]).read_text(encoding="utf-8")


def test_there_are_twenty() -> None:
    """At least twenty, each asked once."""
    assert len({held["ask"] for held in QUESTIONS}) == len(QUESTIONS) >= 20
