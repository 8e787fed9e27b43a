"""What is stored and sent, and what must not get through."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import microneedling as mn

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
# Stands for what a patient would not want to read in a log.
SECRET = "zzq7secret"  # noqa: S105 - no password
ASSESSMENT = mn.Assessment(
    on=date(2026, 11, 22),
    site=mn.Site.CHEEK,
    setting=mn.Setting.CLINIC,
    concerns=[
        mn.Concern(indication=mn.Indication.STRIAE),
        mn.Concern(indication=mn.Indication.FINE_LINES, severity=mn.Severity.MILD),
    ],
    device=mn.Device(kind=mn.DeviceKind.PEN, label_maximum=mn.NeedleLength(1500)),
    screening=mn.Screening(present=[mn.Finding.ROSACEA], absent=[mn.Finding.TATTOO]),
)
TWICE = b'{"schema":1,"schema":1}'


def answer(verdict: mn.Verdict) -> mn.Answer:
    """Give an answer of each verdict."""
    text = (EXAMPLES / f"{verdict.value}.json").read_bytes()
    found = mn.recommend(mn.from_json(text, mn.Assessment), mn.load("2026.1"))
    assert found.verdict is verdict
    return found


def own_edition() -> mn.Knowledge:
    """Give an edition that does not ship."""
    tables: Any = json.loads(mn.load("2026.1").canonical)
    tables["edition"]["id"] = "own-1"
    return mn.from_tables(tables)


def wrong() -> dict[str, Any]:
    """Give a document that is wrong in three places and must not be repeated in any."""
    document: dict[str, Any] = json.loads(mn.to_json(ASSESSMENT))
    document["site"] = SECRET
    document["concerns"][1]["severity"] = SECRET
    document["preferences"][SECRET] = SECRET
    return document


# What is told of it.
TOLD = {
    ("unknown_code", "$.site"),
    ("unknown_code", "$.concerns[1].severity"),
    ("unknown_key", "$.preferences"),
}


def said(error: BaseException | None) -> str:
    """Give all that an error says, with those it came from."""
    seen = ""
    while error is not None:
        seen += f"{error!s}{error!r}{error.args!r}"
        error = error.__cause__ or error.__context__
    return seen
