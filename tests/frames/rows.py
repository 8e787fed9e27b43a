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
    "device_kind": mn.DeviceKind,
    "earlier_session_site": mn.Site,
    "earlier_session_setting": mn.Setting,
    "earlier_session_device": mn.DeviceKind,
    **{f"{finding.value}_cleared_by": mn.Role for finding in mn.Finding},
}
SESSION_DAYS = ("earlier_session_on", "earlier_session_from", "earlier_session_to")
BOUNDS = {
    "age_years": (0, 130),
    "label_maximum_um": (50, 3500),
    "longest_downtime_days": (0, 60),
    "most_visits": (1, 100),
    "earlier_session_length_um": (50, 3500),
}
# By finding: its own column and what else is said of it.
NAMES = {
    finding: tuple(
        f"{finding.value}{part}"
        for part in ("", "_last_on", "_ongoing", "_cleared_on", "_cleared_by")
    )
    for finding in mn.Finding
}
# What else is said of a finding than by its own flag.
_MORE = {finding: {*names[1:], "findings", "absent"} for finding, names in NAMES.items()}
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
    "fit",
    "sharing_rank",
    "adjuncts",
    "deciding_findings",
    "clear_first_roles",
    "assumed_absent",
    "edition",
    "error",
    "error_column",
)


def _sensible(day: date) -> bool:
    return 1900 <= day.year <= 2199


def wrong(row: Row) -> dict[str, str]:
    """Say what is wrong with a row: codes by the columns that they are about."""
    found: dict[str, str] = {}
    for name in REQUIRED:
        if row.get(name) is None:
            found[name] = "missing"
    for name, value in row.items():
        code = None if value is None else _wrong_value(name, value, row.get("on"))
        if code:
            found[name] = code
    for finding in mn.Finding:
        found = _wrong_of(row, finding) | found
    return _wrong_session(row) | found


def _wrong_value(name: str, value: Any, on: date | None) -> str | None:
    if name in CODES:
        return None if value in {code.value for code in CODES[name]} else "unknown_code"
    if name in {"findings", "absent"}:
        known = {finding.value for finding in mn.Finding}
        return None if known.issuperset(value) else "unknown_code"
    if name in BOUNDS:
        least, most = BOUNDS[name]
        return None if least <= value <= most else "out_of_range"
    if isinstance(value, date):
        if not _sensible(value):
            return "out_of_range"
        return "after_assessment" if on is not None and value > on else None
    return None


def _wrong_of(row: Row, finding: mn.Finding) -> dict[str, str]:
    """Say what does not agree in what a row says of a finding."""
    found: dict[str, str] = {}
    flag, last, ongoing, *pair = NAMES[finding]
    # Nothing but its own flag, which agrees with itself.
    if not row.keys() & _MORE[finding]:
        return found
    listed = finding.value in (row.get("findings") or ())
    ruled_out = row.get(flag) is False or finding.value in (row.get("absent") or ())
    said = [name for name in (flag, last, ongoing) if row.get(name)] + ["findings"] * listed
    if said and ruled_out:
        found[said[0]] = "contradiction"
    if row.get(last) and row.get(ongoing):
        found.setdefault(ongoing, "contradiction")
    for one, other in (pair, pair[::-1]):
        if row.get(one) is not None and row.get(other) is None:
            found[other] = "missing"
    return found


def _wrong_session(row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    prefix = "earlier_session_"
    on, first, last = map(row.get, SESSION_DAYS)
    has = [f"{prefix}{name}" for name in ("on", "to", "from") if f"{prefix}{name}" in row]
    if on is None and (first is None) != (last is None):
        lacking = f"{prefix}{'from' if first is None else 'to'}"
        found[lacking if lacking in row else f"{prefix}on"] = "missing"
    details = ("site", "length_um", "setting", "device")
    told = any(row.get(f"{prefix}{name}") is not None for name in details)
    if told and on is None and first is None and last is None:
        found[has[0]] = "missing"
    for name, day in (("from", first), ("to", last)):
        if on is not None and day is not None and day != on:
            found[f"{prefix}{name}"] = "contradiction"
    if first is not None and last is not None and last < first:
        found.setdefault(f"{prefix}to", "wrong_order")
    return found


def _earlier(row: Row) -> tuple[mn.EarlierSession, ...] | None:
    """Give the one session that a row may tell."""
    told = [day for day in map(row.get, SESSION_DAYS) if day is not None]
    if not told:
        return () if row.get("everything_asked") else None
    length, setting = row.get("earlier_session_length_um"), row.get("earlier_session_setting")
    device = row.get("earlier_session_device")
    session = mn.EarlierSession(
        from_day=told[0],
        to_day=told[-1],
        site=mn.Site(row.get("earlier_session_site") or row["site"]),
        needle_length=mn.NeedleLength(length) if length else None,
        setting=mn.Setting(setting) if setting else None,
        device=mn.DeviceKind(device) if device else None,
    )
    return (session,)


def _clearances(row: Row) -> list[mn.MedicalClearance]:
    return [
        mn.MedicalClearance(finding=finding, by=mn.Role(row[by]), on=row[on])
        for finding, (*_, on, by) in NAMES.items()
        if row.get(on)
    ]


def _device(row: Row) -> mn.Device | None:
    kind, label = row.get("device_kind"), row.get("label_maximum_um")
    if kind is None and label is None:
        return None
    length = mn.NeedleLength(label) if label else None
    return mn.Device(kind=mn.DeviceKind(kind or "pen"), label_maximum=length)


def covered(row: Row) -> set[mn.Finding]:
    """Name the findings that a row's table speaks of; a list of findings speaks of all."""
    if "findings" in row:
        return set(mn.Finding)
    return {finding for finding, names in NAMES.items() if {*names[:3]} & row.keys()}


def assessment(row: Row, *, assume_absent: bool = False) -> mn.Assessment:
    """Make the assessment that a row stands for."""
    asked = set(mn.Finding) if assume_absent else covered(row)
    present: dict[mn.Finding, mn.Exposure] = {}
    absent: set[mn.Finding] = set()
    unknown: set[mn.Finding] = set()
    for finding in mn.Finding:
        flag, last, ongoing = map(row.get, NAMES[finding][:3])
        ruled_out = flag is False or finding.value in (row.get("absent") or ())
        listed = finding.value in (row.get("findings") or ())
        if flag or last or listed or ongoing or (ongoing is False and not ruled_out):
            present[finding] = mn.Exposure(finding=finding, last_on=last, ongoing=ongoing)
        elif ruled_out:
            absent.add(finding)
        elif row.get("everything_asked") and finding not in DERIVED:
            known = finding.value not in row and finding in asked
            (absent if known else unknown).add(finding)
    everything = row.get("everything_asked") and not unknown and len(asked) == len(mn.Finding)
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
        clearances=_clearances(row),
        earlier_sessions=_earlier(row),
        device=_device(row),
        preferences=mn.Preferences(
            longest_downtime_days=row.get("longest_downtime_days"),
            numbing=row.get("numbing"),
            most_visits=row.get("most_visits"),
        ),
    )


def answer(row: Row, knowledge: mn.Knowledge, *, assume_absent: bool = False) -> Row:
    """Say what a table has to say of a row; of what is wrong, all that may be told."""
    told: Row = dict.fromkeys(ANSWERS)
    told["edition"] = knowledge.id
    assumes = assume_absent and len(covered(row)) < len(mn.Finding)
    told["assumed_absent"] = assumes and row.get("everything_asked") is True
    problems = wrong(row)
    if problems:
        return told | {"verdict": "invalid", "problems": problems}
    given = mn.recommend(assessment(row, assume_absent=assume_absent), knowledge)
    deciding = [reason.finding.value for reason in given.because if reason.finding]
    told |= {"verdict": given.verdict.value, "deciding_findings": " ".join(deciding) or None}
    cleared = [r for r in given.because if r.finding and r.effect is mn.Effect.CLEAR]
    told["clear_first_roles"] = " ".join(r.role.value for r in cleared if r.role) or None
    if isinstance(given, mn.Defer):
        told["until"] = given.until
    if given.options:
        course = given.options[0]
        told |= {
            "shortest_um": course.lengths.shortest.um,
            "longest_um": course.lengths.longest.um,
            "anaesthesia": course.anaesthesia and course.anaesthesia.value,
            "protocol": "+".join(course.protocols),
            "fit": course.standing.fit.value,
            "sharing_rank": [one.standing.rank for one in given.options].count(1),
            "adjuncts": " ".join({u.adjunct.value: None for u in course.adjuncts}) or None,
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


def drawn(  # noqa: C901 - a value for any column
    rng: Random, columns: Sequence[str], *, wrong_ones: float = 0.02
) -> Row:
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
        if name.endswith(("_on", "_from", "_to")):
            last = on - timedelta(days=rng.choice([0, 5, 13, 14, 27, 28, 179, 180, 181, 400]))
            other = rng.choice([on + timedelta(days=1), date(1899, 1, 1)])
            return other if odd else rng.choice([None, None, last])
        if name.endswith("_um"):
            return rng.choice([40, 3501]) if odd else rng.choice([None, 500, 1000])
        if name.endswith("_ongoing"):
            return rng.choice([None, None, None, True, False])
        return rng.choice([True, None]) if rng.random() < 0.1 else False

    row = {name: value(name) for name in columns}
    for name, agreed in agreeing(row).items():
        if row[name] != agreed and rng.random() >= wrong_ones:
            row[name] = agreed
    return row


def agreeing(row: Row) -> Row:
    """Let what a row says agree: a day stands where the finding is present, and so on."""
    row = dict(row)
    for flag, last, ongoing, *cleared in NAMES.values():
        if row.get(flag) is False and (row.get(last) or row.get(ongoing)):
            row[flag] = True
        if row.get(last) and row.get(ongoing):
            row[ongoing] = False
        if None in map(row.get, cleared):
            row |= {name: None for name in cleared if name in row}
    session = [name for name in row if name.startswith("earlier_session_")]
    day, begin, end = map(row.get, SESSION_DAYS)
    if day is None and None in (begin, end):
        row |= dict.fromkeys(session)
    elif day is not None:
        row |= {name: None for name in session if name.endswith(("_from", "_to"))}
    elif begin is not None and end is not None:
        row |= {"earlier_session_from": min(begin, end), "earlier_session_to": max(begin, end)}
    return row
