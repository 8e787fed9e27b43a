"""Codes with their labels, and JSON of every command."""

import json
from typing import Any

import pytest

import microneedling as mn
from microneedling._foundation.public_names import load
from microneedling.cli.coding import KINDS
from tests.cli.ways import EXAMPLES, run

OFFER = str(EXAMPLES / "offer.json")
LEDGER = str(EXAMPLES / "ledgers" / "prolonged_redness.json")


class TestCodes:
    """What a document or a command takes can be looked up without the documentation."""

    def test_labels_are_the_edition_s(
        self, knowledge: mn.Knowledge, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = run(capsys, "codes", "findings").out
        told = dict(line.split(maxsplit=1) for line in out.splitlines())
        assert told == {f.value: knowledge.finding(f).label for f in mn.Finding}
        out = run(capsys, "codes", "indications").out
        told = dict(line.split(maxsplit=1) for line in out.splitlines())
        assert told == {i.value: knowledge.indication(i).label for i in mn.Indication}

    @pytest.mark.parametrize("kind", KINDS)
    def test_each_kind_is_all_of_its_codes(
        self, kind: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        codes: Any = load(KINDS[kind][0])
        told = run(capsys, "codes", kind.replace("_", "-"))
        assert (told.status, told.err) == (0, "")
        assert [line.split()[0] for line in told.out.splitlines()] == [*codes]
        held = json.loads(run(capsys, "codes", kind, "--json").out)
        assert [one["code"] for one in held[kind]] == [*codes]
        assert all(one["label"] for one in held[kind]) is bool(KINDS[kind][1])

    def test_all(self, capsys: pytest.CaptureFixture[str]) -> None:
        out = run(capsys, "codes").out
        assert [line for line in out.splitlines() if line and line[0] != " "] == [*KINDS]
        held = json.loads(run(capsys, "codes", "--json").out)
        assert {*held} == {"schema", "edition", "digest", *KINDS}


class TestJson:
    """The library's own documents where there are such, and one form for the rest."""

    def test_compare(self, knowledge: mn.Knowledge, capsys: pytest.CaptureFixture[str]) -> None:
        out = run(capsys, "compare", "0.5mm", "1mm", "--json").out
        assert mn.from_json(out, mn.Comparison) == mn.compare("0.5 mm", "1 mm", knowledge)

    def test_questions(self, knowledge: mn.Knowledge, capsys: pytest.CaptureFixture[str]) -> None:
        words = ("questions", "--indication", "melasma", "--site", "cheek", "--json")
        held = json.loads(run(capsys, *words).out)
        asked = mn.questions(knowledge, indications=[mn.Indication.MELASMA], site=mn.Site.CHEEK)
        assert [mn.from_dict(one, mn.Question) for one in held["questions"]] == [*asked]
        assert held["digest"] == knowledge.digest

    def test_knowledge(self, knowledge: mn.Knowledge, capsys: pytest.CaptureFixture[str]) -> None:
        held = json.loads(run(capsys, "knowledge", "--json").out)
        assert held["digest"] == knowledge.digest
        assert mn.from_dict(held["edition"], mn.Edition) == knowledge.edition
        sources = [mn.from_dict(source, mn.Source) for source in held["sources"]]
        assert sources == [*knowledge.sources]
        assert held["counts"]["findings"] == len(mn.Finding)
        assert run(capsys, "knowledge", "--tables").out.encode() == mn.to_json(knowledge)

    def test_schema(self, capsys: pytest.CaptureFixture[str]) -> None:
        kinds = json.loads(run(capsys, "schema", "--json").out)["kinds"]
        assert kinds == run(capsys, "schema").out.split()
        assert run(capsys, "schema", "visit", "--json") == run(capsys, "schema", "visit")

    def test_next_and_schedule(self, capsys: pytest.CaptureFixture[str]) -> None:
        told = run(capsys, "next", LEDGER, "--on", "2026-12-09", "--json")
        assert isinstance(mn.from_json(told.out, mn.NextStep), mn.Pause)
        told = run(capsys, "schedule", OFFER, "--start", "2026-12-01", "--json")
        assert len(mn.from_json(told.out, mn.Schedule).sessions) == 5

    @pytest.mark.parametrize(
        "words",
        [
            ["recommend", OFFER],
            ["compare", "0.5mm", "1mm"],
            ["questions", "--indication", "striae", "--site", "trunk"],
            ["knowledge"],
            ["codes", "sites"],
            ["schedule", OFFER, "--start", "2026-12-01"],
            ["next", LEDGER, "--on", "2026-12-09"],
            ["schema"],
        ],
        ids=lambda words: words[0],
    )
    def test_one_form(self, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        """One line of ASCII, keys sorted, with the number of the form."""
        out = run(capsys, *words, "--json").out
        held = json.loads(out)
        assert held["schema"] == 1
        assert out == json.dumps(held, sort_keys=True, separators=(",", ":")) + "\n"
