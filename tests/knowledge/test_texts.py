"""Texts for people: a short sentence beside each long one, and plain ones for patients."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import textstat

import microneedling as mn

LATEST = mn.latest()
MOST_WORDS = 15
HARDEST_GRADE = 8
# Names of drugs and diseases that patients know: each counts as one syllable.
NAMES = (Path(__file__).parent / "one_syllable.txt").read_text(encoding="utf-8").split()


# Table, its key, and the fields that hold the long sentence and the short one.
ROWS = (
    (LATEST.findings, "findings", "finding", "why", "short"),
    (LATEST.care, "care", "code", "instruction", "short"),
    (LATEST.responses, "responses", "id", "advice", "short"),
    (LATEST.indications, "indications", "indication", "statement", "short"),
    (LATEST.needs, "needs", "id", "says", "short"),
    (LATEST.rules, "rules", "code", "why", "short"),
    (LATEST.principles, "principles", "code", "statement", "short"),
    (LATEST.sites, "sites", "site", "refused_because", "refused_short"),
)


def _sentences() -> Iterator[tuple[str, str, str]]:
    """Give place, long sentence and short sentence of every row that has them."""
    for rows, table, key, long, short in ROWS:
        for row in rows:
            if getattr(row, long):
                yield f"{table}.{getattr(row, key)}", getattr(row, long), getattr(row, short)
    labels = {row.label: row.cautions for row in LATEST.sites}
    labels |= {row.label: row.cautions for row in LATEST.settings}
    for label, cautions in labels.items():
        for caution in cautions:
            yield f"{label}.{caution.code}", caution.text, caution.short
    for protocol in LATEST.protocols:
        for number, note in enumerate(protocol.notes, start=1):
            yield f"protocols.{protocol.id}.{number}", note.text, note.short


SENTENCES = {place: (long, short) for place, long, short in _sentences()}
PATIENT = {
    **{f"care.{step.code}": step.patient_text for step in LATEST.care if step.patient_text},
    **{f"responses.{r.id}": r.patient_text for r in LATEST.responses if r.patient_text},
}


def _figures(text: str) -> set[str]:
    """Find the figures of a text; a number of three digits is not two others."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


@pytest.mark.parametrize("place", SENTENCES)
class TestShort:
    """What a clinician reads at a glance."""

    def test_it_is_short(self, place: str) -> None:
        """Law: every row has a sentence of at most 15 words, and it is one line."""
        _, short = SENTENCES[place]
        assert 0 < len(short.split()) <= MOST_WORDS
        assert "\n" not in short

    def test_it_has_no_figure_of_its_own(self, place: str) -> None:
        """Law: no figure stands in the short sentence that the long one does not have."""
        long, short = SENTENCES[place]
        assert _figures(short) <= _figures(long)


def test_musts_are_short() -> None:
    """Law: what has to be done is said in at most 15 words; why stands beside it."""
    musts = [rule.must for rule in LATEST.findings if rule.must]
    assert musts
    assert max(len(must.split()) for must in musts) <= MOST_WORDS


@pytest.mark.parametrize("place", PATIENT)
def test_patients_can_read_it(place: str) -> None:
    """Law: Flesch-Kincaid grade 8 or less; names that patients know count as one syllable."""
    text = PATIENT[place]
    for name in NAMES:
        text = re.sub(rf"\b{name}\b", "cream", text, flags=re.IGNORECASE)
    assert textstat.flesch_kincaid_grade(text) <= HARDEST_GRADE


def test_what_patients_do_is_said_to_them() -> None:
    """Law: a step for the patient has a sentence for the patient, and no other has one."""
    for step in LATEST.care:
        assert bool(step.patient_text) is (step.audience is mn.Audience.PATIENT), step.code
