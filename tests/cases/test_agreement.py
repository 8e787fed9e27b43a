"""Cases beside the edition: enough of them, and each disagreement answered in writing."""

import re
from pathlib import Path

import pytest

import microneedling as mn
from tests.cases import agreement
from tests.cases.agreement import cases, judged

LATEST = mn.latest()
PUBLISHED = [case for case in cases() if case.name.startswith("pub_")]


def test_there_are_enough() -> None:
    """Law: at least 200, of which 100 were published where the edition cites nothing."""
    assert len(cases()) >= 200
    assert sum(not case.cited for case in PUBLISHED) >= 100
    assert len({case.name for case in cases()}) == len(cases())


def test_nothing_is_left_out() -> None:
    """Law: there is a case of every finding, every indication and every level."""
    treated = {c.indication for case in cases() for c in case.assessment.concerns}
    assert treated == set(mn.Indication)
    present = {e.finding for case in cases() for e in case.assessment.screening.present}
    derived = {rule.finding for rule in LATEST.findings if rule.age_under_years or rule.skin_types}
    assert present | derived | {mn.Finding.INSIDE_ORBITAL_RIM} == set(mn.Finding)
    assert {LATEST.finding(finding).level for finding in present} == set(mn.Level)


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case.name)
def test_published_cases_say_what_was_published(case: agreement.Case) -> None:
    """Law: each has its address, and states a level or at least two things that can be held."""
    assert re.search(r"https?://\S+\.\S+", case.source)
    assert "level" in case.figures or len(case.figures) > 1 or "sessions" in case.figures


def test_every_disagreement_is_answered() -> None:
    """Law: each once, in writing, and none that is no disagreement any more."""
    open_ = {(one.case.name, one.about) for one in judged() if not one.agrees}
    written = agreement.adjudications()
    assert open_ == written.keys()
    assert all(why.endswith(".") for why in written.values())


def test_an_offer_where_a_source_bars_is_seen() -> None:
    """Law: what is laxer, stricter or another verdict is told apart."""
    told = {one.agreement for one in judged() if one.about == "verdict"}
    assert told == {"same", "laxer", "stricter", "no session, by another verdict"}
    for one in judged():
        if one.agreement == "laxer":
            assert one.answer.verdict is mn.Verdict.OFFER
            assert one.case.expected != "offer"


def test_the_report_counts_every_case() -> None:
    """Law: the verdicts of all kinds come to as many as there are cases."""
    lines = list(agreement.report())
    counts = [re.search(r"(\d+) of (\d+) the same", line) for line in lines if ", verdict:" in line]
    kinds = [int(found[2]) for found in counts if found]
    *by_kind, _elsewhere = kinds
    assert sum(by_kind) == len(cases())


def test_the_page_shows_every_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Law: each case once, with something to tick; nothing in it is markup of its own."""
    file = tmp_path / "cases.html"
    monkeypatch.setattr("sys.argv", ["agreement", "--page", str(file)])
    agreement.main()
    told = file.read_text(encoding="utf-8")
    assert told.count("<article ") == told.count("<fieldset>") == len(cases())
    assert "<script" not in told
    assert set(re.findall(r'<article id="(\w+)"', told)) == {case.name for case in cases()}
