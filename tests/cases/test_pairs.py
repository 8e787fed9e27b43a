"""
Two concerns at once that were refused: what each pair is answered, put down before it was.

``served`` are the largest sets that one course serves, ``|`` between them, or none: a referral;
``unserved`` is what each of them leaves out, and ``why`` the reason that the answer gives.
"""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

import microneedling as mn

Row = dict[str, str]
TEXT = (Path(__file__).parent.parent / "pairs.csv").read_text(encoding="utf-8")
ROWS: list[Row] = list(csv.DictReader(StringIO(TEXT)))
RULES = {
    "disjoint_courses": "rules.concerns_disjoint",
    "no_support": "indications.",
    "home_only": "rules.documented_at_home_only",
}


def _sets(told: str) -> set[frozenset[str]]:
    return {frozenset(one.split()) for one in told.split("|")}


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row['indication_1']} {row['indication_2']}"
)
def test_the_largest_sets_are_served(row: Row, knowledge: mn.Knowledge) -> None:
    """What one course serves is offered, and what it leaves out is told, with why."""
    both = [(row["indication_1"], row["severity_1"]), (row["indication_2"], row["severity_2"])]
    concerns = [
        mn.Concern(indication=mn.Indication(name), severity=mn.Severity(grade))
        for name, grade in both
    ]
    answer = mn.recommend(
        mn.Assessment(
            on=date(2026, 11, 22),
            site=mn.Site(row["site"]),
            setting=mn.Setting.CLINIC,
            concerns=concerns,
            skin_type=mn.SkinType.III,
            age_years=35,
            screening=mn.Screening.complete(),
        ),
        knowledge,
    )

    if not row["served"]:
        assert isinstance(answer, mn.Refer)
        assert len(answer.because) == len(concerns)
        return
    assert isinstance(answer, mn.Offer)
    served = {frozenset(c.indication.value for c in o.concerns) for o in answer.options}
    assert served == _sets(row["served"])
    left = {fact.removeprefix("indication=") for r in answer.unserved for fact in r.facts[:1]}
    assert left == set().union(*_sets(row["unserved"]))
    assert all(r.rule.startswith(RULES[row["why"]]) for r in answer.unserved)
    assert all(c.source.id for r in answer.unserved for c in r.citations)


def test_there_are_pairs() -> None:
    """The twenty-eight that were refused, and those with an ice-pick scar."""
    assert sum(row["reading"] == "28" for row in ROWS) == 28
    assert len(ROWS) > 35
