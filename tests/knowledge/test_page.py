"""The page on the knowledge tells the figures that the commands print."""

import re
from collections import Counter
from pathlib import Path

import pytest

import microneedling as mn
from microneedling.knowledge import second_reading
from tests.cases import agreement
from tests.evidence import settled
from tests.published.coverage import LISTS

ROOT = Path(__file__).parents[2]
PAGE = " ".join((ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8").split())
LATEST = mn.latest()
FOLDER = Path(second_reading.__file__).parent / "editions" / LATEST.id


def _told() -> dict[str, list[int]]:
    """Give the sentences of the page, and the figures that belong into each."""
    read = sum(second_reading.tally(FOLDER).values(), Counter[str]())
    verdicts = [one for one in agreement.judged() if one.about == "verdict"]
    faults = Counter(row["became"] for row in settled.faults())
    why = Counter(study.unused_because for study in LATEST.studies)
    unused = mn.UnusedBecause
    return {
        r"holds (\d+) sources, (\d+) studies, (\d+) protocols, (\d+) findings, (\d+) side effects, "
        r"(\d+) care steps, (\d+) responses, (\d+) needs of a session and (\d+) clearances": [
            len(LATEST.sources),
            len(LATEST.studies),
            len(LATEST.protocols),
            len(LATEST.findings),
            len(LATEST.effects),
            len(LATEST.care),
            len(LATEST.responses),
            len(LATEST.needs),
            len(LATEST.clearances),
        ],
        r"of (\d+) studies (\d+) back a figure; of the others (\d+) had an adjunct only, (\d+) "
        r"stand behind a better source, (\d+) are of what is not covered": [
            len(LATEST.studies),
            why[None],
            why[unused.ADJUNCT_ONLY],
            why[unused.WEAKER_SOURCE],
            why[unused.NOT_COVERED],
        ],
        r"Of (\d+) figures with a source (\d+) were confirmed, (\d+) corrected and (\d+) could": [
            read.total(),
            *(read[result] for result in second_reading.RESULTS),
        ],
        r"is (\d+) readings": [len(second_reading.checks(FOLDER))],
        r"Of (\d+) public lists": [len(LISTS)],
        r"Of (\d+) cases the verdict is the one expected in (\d+);": [
            len(verdicts),
            sum(one.agrees for one in verdicts),
        ],
        r"Of (\d+) faults that a careful reader found (\d+) were corrected, (\d+) answered": [
            faults.total(),
            faults["corrected"],
            faults["answered"],
        ],
    }


TOLD = _told()


@pytest.mark.parametrize("sentence", TOLD)
def test_figures(sentence: str) -> None:
    """Law: a figure of the page is the one that its command prints now."""
    found = re.search(sentence, PAGE)
    assert found, sentence
    assert [int(figure) for figure in found.groups()] == TOLD[sentence]
