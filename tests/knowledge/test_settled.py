"""Each fault of the first clinical reading was settled, in writing."""

import re

import pytest

from tests.evidence import settled


def test_every_ranked_fault_is_there() -> None:
    """Law: all 21, and none is open."""
    ranked = [row for row in settled.faults() if row["part"].startswith("2.")]
    assert {row["part"] for row in ranked} == {f"2.{number}" for number in range(1, 22)}
    assert all(row["became"] != "open" for row in ranked)


def test_each_says_how_and_where() -> None:
    """Law: what became of it is of a closed list, with a sentence and a commit."""
    for row in settled.faults():
        assert row["became"] in settled.BECAME
        assert row["how"].endswith(".")
        assert re.fullmatch(r"[0-9a-f]{7}", row["commit"]), row["fault"]


def test_the_tally(capsys: pytest.CaptureFixture[str]) -> None:
    """Law: every fault and every expectation is counted."""
    settled.main()
    counts = [int(found) for found in re.findall(r": (\d+) ", capsys.readouterr().out)]
    assert sum(counts) == len(settled.faults()) + len(settled.expectations())
