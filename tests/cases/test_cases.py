"""
Real cases: the verdict and what must appear were put down before the edition was run on them.

Most were judged by a reader of the first version; where this edition decides otherwise than that
reader, ``adjudicated`` says why.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import microneedling as mn

CASES: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).parent.glob("*.json"))
}


def test_what_is_still_to_come_says_what_it_wants() -> None:
    """Cases that no answer of this edition can meet name the row that is missing."""
    coming = sorted((Path(__file__).parent / "coming").glob("*.json"))
    held = [json.loads(path.read_text(encoding="utf-8")) for path in coming]
    assert all(case["wants_row"] for case in held)
    assert not {case["case"] for case in held} & {*CASES}


def test_there_are_cases() -> None:
    """Every verdict is expected of some."""
    assert len(CASES) > 30
    assert {case["expected"] for case in CASES.values()} == {v.value for v in mn.Verdict}


def _meets(course: mn.Course, wanted: dict[str, Any], text: str) -> bool:
    """Tell whether an option is what a case asks of it."""
    gap, label = course.interval, course.clearances
    holds: dict[str, Callable[[Any], bool]] = {
        "longest_um_at_most": lambda most: course.lengths.longest.um <= most,
        "interval_at_least_days": lambda least: gap is not None and gap.minimum_days >= least,
        "interval_stated": lambda told: (gap is not None) is told,
        "sessions_stated": lambda told: (course.sessions is not None) is told,
        "protocols": lambda some: bool({*some} & {*course.protocols}),
        "not_protocols": lambda none: not {*none} & {*course.protocols},
        "backing_not": lambda none: course.backing.value not in none,
        "clearances": lambda held: list(label) == held,
        "serves": lambda codes: {c.indication.value for c in course.concerns} == {*codes},
        "companion": lambda told: told in text,
    }
    return all(holds[name](value) for name, value in wanted.items())


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
    brief = answer.brief()
    for told in case.get("must_not_appear", ()):
        assert told not in text, told
        assert told not in brief, told
    first = "\n".join(brief.split("  1. ")[1:2]).split("  2. ")[0]
    for course in answer.options[:1]:
        assert _meets(course, case.get("first_option", {}), " ".join(first.split()))
    for course in answer.options:
        assert _meets(course, case.get("every_option", {}), text)
        assert _meets(course, case.get("options", {}).get(course.protocols[0], {}), text)
    left = {fact for r in answer.unserved for fact in r.facts}
    assert {f"indication={code}" for code in case.get("unserved", ())} <= left
