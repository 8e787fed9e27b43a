"""
Rows, and what a table has to say of each: written anew from the page, not from the code.

A row is read as the page on tables says, made an assessment, and given to the one function.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from random import Random
from typing import Any

import microneedling as mn

Row = dict[str, Any]
DERIVED = {mn.Finding.AGE_UNDER_18, mn.Finding.AGE_UNDER_22, mn.Finding.SKIN_TYPE_IV_TO_VI}
REQUIRED = ("on", "indication", "site", "setting")
CODES: Mapping[str, type[Enum]] = {
    "indication": mn.Indication,
    "severity": mn.Severity,
    "site": mn.Site,
    "setting": mn.Setting,
    "skin_type": mn.SkinType,
}
ANSWERS = (
    "verdict",
    "until",
    "shortest_um",
    "longest_um",
    "fewest_sessions",
    "most_sessions",
    "minimum_days",
    "preferred_days",
    "maximum_days",
    "anaesthesia",
    "protocol",
    "deciding_findings",
    "edition",
    "error",
    "error_column",
)


def _sensible(day: date) -> bool:
    return 1900 <= day.year <= 2199


def wrong(row: Row) -> dict[str, str]:  # noqa: C901 - all that can be wrong
    """Say what is wrong with a row: codes by the columns that they are about."""
    found: dict[str, str] = {}
    for name in REQUIRED:
        if row.get(name) is None:
            found[name] = "missing"
    for name, codes in CODES.items():
        if row.get(name) is not None and row[name] not in {code.value for code in codes}:
            found[name] = "unknown_code"
    age, on = row.get("age_years"), row.get("on")
    if age is not None and not 0 <= age <= 130:
        found["age_years"] = "out_of_range"
    if on is not None and not _sensible(on):
        found["on"] = "out_of_range"
    known = {finding.value for finding in mn.Finding}
    for name in ("findings", "absent"):
        if not known.issuperset(row.get(name) or ()):
            found[name] = "unknown_code"
    for finding in mn.Finding:
        flag, last = row.get(finding.value), row.get(f"{finding.value}_last_on")
        listed = finding.value in (row.get("findings") or ())
        ruled_out = flag is False or finding.value in (row.get("absent") or ())
        if last is not None and not _sensible(last):
            found[f"{finding.value}_last_on"] = "out_of_range"
        elif last is not None and on is not None and last > on:
            found[f"{finding.value}_last_on"] = "after_assessment"
        elif ruled_out and (flag or last is not None or listed):
            where = finding.value if flag else f"{finding.value}_last_on" if last else "findings"
            found.setdefault(where, "contradiction")
    return found


def assessment(row: Row) -> mn.Assessment:
    """Make the assessment that a row stands for."""
    present: dict[mn.Finding, mn.Exposure] = {}
    absent: set[mn.Finding] = set()
    unknown: set[mn.Finding] = set()
    for finding in mn.Finding:
        flag, last = row.get(finding.value), row.get(f"{finding.value}_last_on")
        if flag or last or finding.value in (row.get("findings") or ()):
            present[finding] = mn.Exposure(finding=finding, last_on=last)
        elif flag is False or finding.value in (row.get("absent") or ()):
            absent.add(finding)
        elif row.get("everything_asked") and finding not in DERIVED:
            (unknown if finding.value in row else absent).add(finding)
    everything = row.get("everything_asked") and not unknown
    label = row.get("label_maximum_um")
    return mn.Assessment(
        on=row["on"],
        site=mn.Site(row["site"]),
        setting=mn.Setting(row["setting"]),
        concerns=[
            mn.Concern(
                indication=mn.Indication(row["indication"]),
                severity=mn.Severity(row["severity"]) if row.get("severity") else None,
            )
        ],
        skin_type=mn.SkinType(row["skin_type"]) if row.get("skin_type") else None,
        age_years=row.get("age_years"),
        screening=mn.Screening(
            present=present.values(),
            absent=absent,
            everything_asked=bool(everything),
        ),
        earlier_sessions=() if row.get("everything_asked") else None,
        device=mn.Device(kind=mn.DeviceKind.ROLLER, label_maximum=mn.NeedleLength(label))
        if label
        else None,
        preferences=mn.Preferences(
            longest_downtime_days=row.get("longest_downtime_days"),
            numbing=row.get("numbing"),
            most_visits=row.get("most_visits"),
        ),
    )


def answer(row: Row, knowledge: mn.Knowledge) -> Row:
    """Say what a table has to say of a row; of what is wrong, all that may be told."""
    told: Row = dict.fromkeys(ANSWERS)
    told["edition"] = knowledge.id
    problems = wrong(row)
    if problems:
        return told | {"verdict": "invalid", "problems": problems}
    given = mn.recommend(assessment(row), knowledge)
    deciding = [reason.finding.value for reason in given.because if reason.finding]
    told |= {"verdict": given.verdict.value, "deciding_findings": " ".join(deciding) or None}
    if isinstance(given, mn.Defer):
        told["until"] = given.until
    if given.options:
        course = given.options[0]
        told |= {
            "shortest_um": course.lengths.shortest.um,
            "longest_um": course.lengths.longest.um,
            "anaesthesia": course.anaesthesia and course.anaesthesia.value,
            "protocol": "+".join(course.protocols),
        }
        if course.sessions:
            told["fewest_sessions"] = course.sessions.fewest
            told["most_sessions"] = course.sessions.most
        if course.interval:
            told["minimum_days"] = course.interval.minimum_days
            told["preferred_days"] = course.interval.preferred_days
            told["maximum_days"] = course.interval.maximum_days
    return told


def disagreement(row: Row, got: Row, knowledge: mn.Knowledge) -> str | None:
    """Say where a table's row is not what the one function gives; None where it is."""
    told = answer(row, knowledge)
    problems = told.pop("problems", None)
    if problems is not None:
        if problems.get(got["error_column"]) != got["error"] or got["error"] is None:
            return f"error {got['error']} in {got['error_column']}, not one of {problems}"
        told |= {"error": got["error"], "error_column": got["error_column"]}
    different = [f"{n}: {got[n]!r}, not {told[n]!r}" for n in ANSWERS if got[n] != told[n]]
    return "; ".join(different) or None


def drawn(rng: Random, columns: Sequence[str], *, wrong_ones: float = 0.02) -> Row:
    """Draw a row; now and then with something wrong in it."""
    on = date(2026, 1, 1) + timedelta(days=rng.randrange(365))

    def value(name: str) -> Any:  # noqa: PLR0911 - a value for any column
        odd = rng.random() < wrong_ones
        if name in CODES:
            held = rng.choice([*CODES[name]]).value
            return rng.choice([None, "", "none such"]) if odd else held
        if name == "on":
            return rng.choice([None, date(1899, 12, 31), date(2200, 1, 1)]) if odd else on
        if name == "age_years":
            return rng.choice([None, -1, 131, 17, 21]) if odd else rng.randint(16, 80)
        if name == "everything_asked":
            return rng.choice([True, True, False, None])
        if name in {"findings", "absent"}:
            held = [f.value for f in rng.sample(list(mn.Finding), rng.choice([0, 0, 1, 2]))]
            return rng.choice([None, [*held, "none such"], held * 2, [None]]) if odd else held
        if name.endswith("_last_on"):
            last = on - timedelta(days=rng.choice([0, 5, 13, 14, 27, 28, 179, 180, 181, 400]))
            other = rng.choice([on + timedelta(days=1), date(1899, 1, 1)])
            return other if odd else rng.choice([None, None, last])
        return rng.choice([True, None]) if rng.random() < 0.1 else False

    row = {name: value(name) for name in columns}
    for name in columns:
        flag = name.removesuffix("_last_on")
        # Mostly agreeing: a day stands where the finding is present.
        if flag != name and row[name] is not None and row.get(flag) is False:
            row[flag] = rng.random() >= wrong_ones
    return row
