"""
How far the edition agrees with cases: ``python -m tests.cases.agreement``.

There are three kinds of cases, all written before the edition was run on them: those handed over
by a reader of the first version, our own (``own.csv``: every finding in a clinic and at home) and
published ones (``published/``). The command prints the agreement of each kind; with ``--page FILE``
it makes a page of all cases for a clinician to read and tick.

What a source does not say of skin type, age and severity is asked for. To be compared the case is
then given an adult of 35, type III, of moderate degree.
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import attrs

import microneedling as mn
from tests.published.coverage import Row, agrees

HERE = Path(__file__).parent
ON = date(2026, 11, 22)
NO_OFFER = "no offer"


class Case(NamedTuple):
    """A request, what was expected of it, and by whom."""

    name: str
    kind: str
    assessment: mn.Assessment
    expected: str
    why: str
    source: str
    figures: dict[str, Any]
    # Of a published case, whether the edition cites where it was published.
    cited: bool = False


class Judged(NamedTuple):
    """A case beside the answer of the newest edition."""

    case: Case
    answer: mn.Answer
    # What about: the verdict, or the figures of an offer.
    about: str
    agreement: str

    @property
    def agrees(self) -> bool:
        """Whether nothing is left to say about it."""
        return self.agreement == "same"


def _read(path: Path) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held


def handed() -> Iterator[Case]:
    """Give the cases of the reader of the first version, and those added in their manner."""
    for path in sorted(HERE.glob("*.json")):
        held = _read(path)
        asked = mn.from_dict(held["assessment"], mn.Assessment)
        yield Case(path.stem, "handed", asked, held["expected"], held["why"], held["source"], {})


def published() -> Iterator[Case]:
    """Give the cases that somebody published."""
    cited = {source.url for source in mn.latest().sources}
    for path in sorted((HERE / "published").glob("pub_*.json")):
        held = _read(path)
        asked = _filled(mn.from_dict(held["assessment"], mn.Assessment))
        kind = held["kind"].replace("_", " ")
        source = f"{held['source_title']} {held['source_url']}"
        figures = held["published"]
        yield Case(
            *(path.stem, kind, asked, held["expected"], held["why"], source, figures),
            cited=held["source_url"] in cited,
        )


def _filled(asked: mn.Assessment) -> mn.Assessment:
    concerns = [
        attrs.evolve(concern, severity=concern.severity or mn.Severity.MODERATE)
        for concern in asked.concerns
    ]
    return attrs.evolve(
        asked,
        age_years=35 if asked.age_years is None else asked.age_years,
        skin_type=asked.skin_type or mn.SkinType.III,
        concerns=concerns,
    )


def own() -> Iterator[Case]:
    """Give our own: scars of the cheek in a clinic, and mild ageing at home, with each finding."""
    with (HERE / "own.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        finding = mn.Finding(row["finding"])
        for setting in mn.Setting:
            name = f"own_{finding.value}_{setting.value}"
            asked = _with(finding, setting, row["state"])
            yield Case(name, "own", asked, row[setting.value], row["why"], "", {})


def _with(finding: mn.Finding, setting: mn.Setting, state: str) -> mn.Assessment:
    home = setting is mn.Setting.HOME
    plain = mn.Assessment(
        on=ON,
        site=mn.Site.FACE if home else mn.Site.CHEEK,
        setting=setting,
        concerns=[
            mn.Concern(indication=mn.Indication.AGEING_SKIN, severity=mn.Severity.MILD)
            if home
            else mn.Concern(
                indication=mn.Indication.ACNE_SCAR_ROLLING, severity=mn.Severity.MODERATE
            )
        ],
        skin_type=mn.SkinType.II,
        age_years=34,
        screening=mn.Screening.complete(),
        earlier_sessions=(),
    )
    if state == "age":
        years = mn.latest().finding(finding).age_under_years
        assert years is not None
        return attrs.evolve(plain, age_years=years - 2)
    if state == "skin type":
        return attrs.evolve(plain, skin_type=mn.SkinType.V)
    if state == "site":
        return attrs.evolve(plain, site=mn.Site.INSIDE_ORBITAL_RIM)
    present = mn.Exposure(finding=finding, ongoing=True)
    if state == "today":
        present = mn.Exposure(finding=finding, last_on=ON)
    return attrs.evolve(plain, screening=mn.Screening.complete(present=[present]))


@cache
def cases() -> tuple[Case, ...]:
    """Give every case."""
    return (*handed(), *own(), *published())


def _about_verdict(case: Case, answer: mn.Answer) -> str:
    got = answer.verdict.value
    if got == case.expected or (case.expected == NO_OFFER and got != "offer"):
        return "same"
    if "offer" not in {got, case.expected}:
        return "no session, by another verdict"
    return "laxer" if got == "offer" else "stricter"


def _as_printed(figures: dict[str, Any]) -> Row:
    """Write a case's figures as a row of the published protocols."""
    longest = figures.get("longest_um", "")
    sessions = figures.get("sessions", ("", ""))
    days = figures.get("interval_days", ("", ""))
    return {
        "shortest_um": str(figures.get("shortest_um", longest) if longest else ""),
        "longest_um": str(longest),
        **dict(zip(("fewest_sessions", "most_sessions"), map(str, sessions), strict=True)),
        **dict(zip(("minimum_days", "maximum_days"), map(str, days), strict=True)),
    }


@cache
def judged() -> tuple[Judged, ...]:
    """Give every case beside the newest edition: its verdict, and published figures of offers."""
    found = []
    for case in cases():
        answer = mn.recommend(case.assessment, mn.latest())
        found.append(Judged(case, answer, "verdict", _about_verdict(case, answer)))
        printed = {"sessions", "interval_days", "longest_um"} & {*case.figures}
        if printed and answer.options and case.expected == "offer":
            row = _as_printed(case.figures)
            same = any(agrees(row, course) for course in answer.options)
            told = "same" if same else "other figures"
            found.append(Judged(case, answer, "figures", told))
    return tuple(found)


def adjudications() -> dict[tuple[str, str], str]:
    """Read what was written of each disagreement."""
    with (HERE / "adjudications.csv").open(encoding="utf-8", newline="") as file:
        return {(row["case"], row["about"]): row["why"] for row in csv.DictReader(file)}


def report() -> Iterator[str]:
    """Print agreement by kind."""
    kinds: dict[tuple[str, str], Counter[str]] = {}
    for one in judged():
        kinds.setdefault((one.case.kind, one.about), Counter())[one.agreement] += 1
    total = Counter(one.agreement for one in judged() if one.about == "verdict")
    yield f"{len(cases())} cases, edition {mn.latest().id}"
    for (kind, about), counts in kinds.items():
        yield f"  {kind}, {about}: {_told(counts)}"
    elsewhere = Counter(
        one.agreement
        for one in judged()
        if one.case.figures and not one.case.cited and one.about == "verdict"
    )
    yield f"  published where the edition cites nothing, verdict: {_told(elsewhere)}"
    yield f"  all verdicts: {_told(total)}"
    yield f"  adjudicated in writing: {len(adjudications())}"


def _told(counts: Counter[str]) -> str:
    agree = f"{counts['same']} of {counts.total()} the same"
    rest = [f"{count} {what}" for what, count in sorted(counts.items()) if what != "same"]
    return ", ".join([agree, *rest])


def page() -> str:
    """Make a page of all cases for a clinician to read and tick."""
    why = adjudications()
    parts = [_case_html(one, why) for one in judged() if one.about == "verdict"]
    return _PAGE.format(count=len(parts), edition=escape(mn.latest().id), parts="\n".join(parts))


def _case_html(one: Judged, why: dict[tuple[str, str], str]) -> str:
    case = one.case
    told = [why[key] for about in ("verdict", "figures") if (key := (case.name, about)) in why]
    name = escape(case.name)
    ticks = "".join(
        f'<label><input type="radio" name="{name}" value="{tick}"> {tick}</label>'
        for tick in ("right", "right with remarks", "weak", "wrong")
    )
    adjudged = f"<p><b>Where we differ:</b> {escape(' '.join(told))}</p>" if told else ""
    source = f"<p><b>Source:</b> {escape(case.source)}</p>" if case.source else ""
    return (
        f'<article id="{name}"><h2>{name}</h2><p>{escape(case.kind)}; expected: '
        f"<b>{escape(case.expected)}</b>. {escape(case.why)}</p>{source}"
        f"<pre>{escape(one.answer.brief())}</pre>{adjudged}<fieldset><legend>This answer is"
        f'</legend>{ticks}</fieldset><label>Remark <textarea name="{name}_remark"></textarea>'
        "</label></article>"
    )


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Cases to be read by a clinician</title>
<style>
body {{ font: 1rem/1.4 system-ui, sans-serif; max-width: 55rem; margin: auto; padding: 1rem }}
article {{ border-top: 1px solid; padding: 1rem 0; break-inside: avoid }}
pre {{ white-space: pre-wrap; background: #f4f4f4; color: #111; padding: .5rem }}
fieldset label {{ margin-right: 1.5rem }} textarea {{ width: 100%; height: 3rem }}
</style></head><body><h1>{count} cases, edition {edition}</h1>
<p>Please read each answer as if it were given to you, and tick. Name, role and day:
<input size="60"></p>
{parts}
</body></html>
"""


def main() -> None:
    """Print the agreement, or write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.cases.agreement", description=__doc__)
    parser.add_argument("--page", type=Path, metavar="FILE", help="write a page to read and tick")
    parser.add_argument("--open", action="store_true", help="list what is not adjudicated")
    given = parser.parse_args()
    if given.page:
        given.page.write_text(page(), encoding="utf-8")
    elif given.open:
        for one in judged():
            if not one.agrees and (one.case.name, one.about) not in adjudications():
                got = one.answer.verdict.value
                print(f"{one.case.name},{one.about},{one.agreement},{one.case.expected},{got}")
    else:
        print("\n".join(report()))


if __name__ == "__main__":
    main()
