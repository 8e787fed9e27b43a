"""
Real cases: the verdict and what must appear were put down before the edition was run on them.

Most were judged by a reader of the first version; where this edition decides otherwise than that
reader, ``adjudicated`` says why.
"""

import json
from pathlib import Path
from typing import Any

import pytest

import microneedling as mn

CASES: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).parent.glob("*.json"))
}


def test_there_are_cases() -> None:
    """Every verdict is expected of some."""
    assert len(CASES) > 30
    assert {case["expected"] for case in CASES.values()} == {v.value for v in mn.Verdict}


@pytest.mark.parametrize("name", CASES)
def test_as_expected(name: str, knowledge: mn.Knowledge) -> None:
    """The verdict, and all that has to be read in the whole text."""
    case = CASES[name]
    answer = mn.recommend(mn.from_dict(case["assessment"], mn.Assessment), knowledge)
    text = " ".join(answer.explain().split())

    assert case["case"] == name
    assert case["why"]
    assert case["source"] in {source.id for source in knowledge.sources}
    assert answer.verdict.value == case["expected"], text
    for told in case["must_appear"]:
        assert told in text, told
