"""Every figure with a source was read a second time, as it stands now."""

import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import microneedling as mn
from microneedling.knowledge import second_reading
from microneedling.knowledge.second_reading import RESULTS, Figure

HOME = Path(second_reading.__file__).parent / "editions"
FOLDERS = [HOME / edition for edition in mn.editions()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of an edition, to be changed."""
    return Path(shutil.copytree(FOLDERS[-1], tmp_path / "edition"))


@pytest.mark.parametrize("edition", FOLDERS, ids=lambda folder: folder.name)
class TestChecks:
    """What stands beside the editions."""

    def test_nothing_is_open(self, edition: Path) -> None:
        """Law: no figure is given that nobody held against its source a second time."""
        assert second_reading.open_figures(edition) == []

    def test_each_says_what_was_seen(self, edition: Path) -> None:
        """Law: one check of each figure and source, by a closed list, with day and words."""
        held = second_reading.checks(edition)
        assert len({check.figure for check in held}) == len(held)
        for check in held:
            assert check.result in RESULTS
            assert date.fromisoformat(check.day) >= date(2026, 11, 29)
            assert 0 < len(check.seen.split()) <= 40, check

    def test_protocols_waits_effects_and_clearances_are_in_it(self, edition: Path) -> None:
        """Law: every such row with a figure and a source stands in the list."""
        found = {(figure.table, figure.row) for figure in second_reading.figures(edition)}
        knowledge = mn.load(edition.name)
        assert {("studies", s.id) for s in knowledge.studies if s.sessions} <= found
        assert {("clearances", c.id) for c in knowledge.clearances} <= found
        waits = [r for r in knowledge.findings if r.wait and r.wait.grade is not mn.Grade.EDITORIAL]
        assert waits
        assert {("findings", rule.finding.value) for rule in waits} <= found


class TestAFigureThatChanges:
    """A check is of a figure as it stood; another figure is open again."""

    def test_it_is_open(self, folder: Path) -> None:
        studies = folder / "studies.toml"
        was = "sessions = { min = 3, max = 4 }"
        text = studies.read_text(encoding="utf-8")
        row = text.index('id = "majid-2009"')
        place = text.index(was, row)
        studies.write_text(
            text[:place] + text[place:].replace(was, "sessions = { min = 3, max = 5 }", 1)
        )
        assert second_reading.open_figures(folder) == [
            Figure("studies", "majid-2009", "sessions", "min=3; max=5", "majid-2009")
        ]

    def test_a_check_that_is_gone_is_missed(self, folder: Path) -> None:
        file = folder / "checks.csv"
        head, first, *others = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text(head + "".join(others), encoding="utf-8")
        ((gone),) = csv.reader([first])
        assert second_reading.open_figures(folder) == [Figure(*gone[:5])]


class TestCommand:
    """What the command prints."""

    def test_the_tally(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert second_reading.main([]) == 0
        told = capsys.readouterr().out
        counted = sum(second_reading.tally(FOLDERS[-1]).values(), Counter[str]())
        assert f"{counted.total()} figures" in told
        assert "0 not read again" in told

    def test_what_is_open(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert second_reading.main(["--open"]) == 0
        assert capsys.readouterr().out.splitlines() == [",".join(Figure._fields)]
