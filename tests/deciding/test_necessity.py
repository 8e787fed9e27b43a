"""
No decorative reasons: take any reason's rule out of the edition, and the advice changes.

A rule without which there is no edition is shown to be refused instead.
"""

import json
from collections import defaultdict
from datetime import timedelta
from itertools import product

import attrs
import pytest

import microneedling as mn
from microneedling.knowledge.edition_tables import canonical_form
from tests import space

Tables = dict[str, list[dict[str, object]]]
WITNESSES = 12
# Of these the logic needs every row: without one there is no edition.
NEEDED = {"rules", "indications", "sites", "settings"}


def _advice(answer: mn.Answer) -> object:
    """All that a reader acts on; not the reasons themselves."""
    return (
        answer.verdict,
        answer.options,
        [reason.rule for reason in answer.because],
        [reason.rule for reason in answer.cautions],
        [(reason.rule, reason.question) for reason in answer.unknowns],
        [(reason.protocol, reason.rule, reason.facts) for reason in answer.excluded],
        sorted(reason.rule for reason in answer.reasons if reason.weight),
    )


def _spread() -> list[mn.Assessment]:
    """Assessments that between them fire every rule there is."""
    found = []
    held = [space.screening(frozenset({finding})) for finding in mn.Finding]
    held += [space.screening(unknown=frozenset({finding})) for finding in mn.Finding]
    held.append(mn.Screening())
    places = product(mn.Indication, space.SEVERITIES, mn.Site, mn.Setting)
    for number, (indication, severity, site, setting) in enumerate(places):
        cell = (indication, severity, site, list(mn.SkinType)[number % 6], setting)
        age = (34, 20, 15, None)[number % 4]
        label = space.LABELS[number % 5]
        found.append(space.assessment(cell, space.screening()))
        found.append(space.assessment(cell, space.screening(), label=label))
        found.append(space.assessment(cell, held[number % len(held)], age=age))
    return found


@pytest.fixture(scope="module")
def witnesses(knowledge: mn.Knowledge) -> dict[str, list[tuple[mn.Assessment, mn.Answer]]]:
    """For each rule that appears in a reason, assessments in which it does."""
    found: dict[str, list[tuple[mn.Assessment, mn.Answer]]] = defaultdict(list)
    for assessment in _spread():
        answer = mn.recommend(assessment, knowledge)
        rules = {part for reason in answer.reasons for part in reason.rule.split("+")}
        # What is documented for home is named where it is kept from there, or from a clinic.
        named = [r.protocol for r in answer.reasons if r.protocol and "home" in r.rule]
        rules |= {f"protocols.{protocol}" for protocol in named}
        for rule in rules:
            if len(found[rule]) < WITNESSES:
                found[rule].append((assessment, answer))
    return found


def _without(tables: Tables, rule: str) -> Tables:
    table, _, name = rule.partition(".")
    place, _, caution = name.partition(".")
    if caution and table in {"sites", "settings"}:
        row = next(row for row in tables[table] if place in {row.get("site"), row.get("setting")})
        cautions = row["cautions"]
        assert isinstance(cautions, list)
        row["cautions"] = [held for held in cautions if held["code"] != caution]
        return tables
    key = {"protocols": "id", "indications": "indication", "sites": "site", "settings": "setting"}
    field = key.get(table, "code")
    kept = [row for row in tables[table] if row[field] != name]
    assert len(kept) == len(tables[table]) - 1, rule
    return {**tables, table: kept}


def test_every_rule_of_the_edition_appears(
    witnesses: dict[str, list[tuple[mn.Assessment, mn.Answer]]], knowledge: mn.Knowledge
) -> None:
    """Every finding, protocol, refusal, ceiling and caution fires somewhere: no dead rows."""
    wanted = {f"findings.{rule.finding.value}" for rule in knowledge.findings}
    wanted |= {f"protocols.{protocol.id}" for protocol in knowledge.protocols}
    for site in knowledge.sites:
        wanted |= {f"sites.{site.site.value}.{caution.code}" for caution in site.cautions}
        if site.refused_because:
            wanted.add(f"sites.{site.site.value}")
    shown = set(witnesses)

    assert wanted <= shown, sorted(wanted - shown)


@pytest.mark.heavy
def test_removing_a_rule_changes_the_advice(
    witnesses: dict[str, list[tuple[mn.Assessment, mn.Answer]]], knowledge: mn.Knowledge
) -> None:
    """For every reason seen: without its rule the advice is another, or there is no edition."""
    removed = 0
    for rule, cases in witnesses.items():
        tables: Tables = json.loads(knowledge.canonical)
        less = canonical_form(_without(tables, rule))
        table, *names = rule.split(".")
        if table in NEEDED and len(names) == 1:
            with pytest.raises((mn.KnowledgeError, KeyError)):
                mn.from_tables(json.loads(less))
            continue
        without = mn.Knowledge(less)
        for assessment, answer in cases:
            assert _advice(mn.recommend(assessment, without)) != _advice(answer), rule
            removed += 1

    assert removed > 1000


def test_replaying_the_reasons_gives_the_answer(
    witnesses: dict[str, list[tuple[mn.Assessment, mn.Answer]]],
) -> None:
    """The reasons alone carry verdict, options, questions and dates."""
    for cases in witnesses.values():
        for _, answer in cases:
            again = mn.replay(answer)
            assert again == answer
            assert again.options == answer.options
            assert type(again) is type(answer)


def _figures(row: dict[str, object], path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Find the paths of all whole numbers in a row."""
    found = []
    for name, value in row.items():
        if isinstance(value, dict):
            found += _figures(value, (*path, name))
        elif type(value) is int:
            found.append((*path, name))
    return found


def _changed(tables: Tables, table: str, number: int, path: tuple[str, ...], by: int) -> bytes:
    row: object = tables[table][number]
    for name in path[:-1]:
        assert isinstance(row, dict)
        row = row[name]
    assert isinstance(row, dict)
    row[path[-1]] += by
    return canonical_form(tables)


def _touched(knowledge: mn.Knowledge, protocol: mn.Protocol) -> list[mn.Assessment]:
    """Assessments that meet a protocol, at its sites and for its indications."""
    sites = [
        site
        for site in mn.Site
        if knowledge.covers_site(protocol.sites, site) and knowledge.ruling(site).ceiling
    ]
    severities = protocol.severities or tuple(mn.Severity)
    # One of those who were studied, or anybody.
    studied = [knowledge.study(c.locator).population for c in protocol.citations if c.locator]
    stated = [{*one.skin_types} for one in studied if one is not None and one.skin_types]
    skin = min(set.intersection(*stated), default=mn.SkinType.II) if stated else mn.SkinType.II
    return [
        space.assessment((indication, severity, site, skin, setting), space.screening())
        for indication, severity, site, setting in product(
            protocol.indications, severities, sites, protocol.settings
        )
    ]


def _ceiling(knowledge: mn.Knowledge, case: mn.Assessment) -> mn.NeedleLength:
    held = (knowledge.ruling(case.site).ceiling, knowledge.setting(case.setting).ceiling)
    return min(ceiling.longest for ceiling in held if ceiling is not None)


@pytest.mark.heavy
def test_every_figure_of_a_protocol_is_live(knowledge: mn.Knowledge) -> None:
    """Change any number of any protocol, and somebody's answer changes; or a ceiling cut it off."""
    changed = 0
    for number, row in enumerate(json.loads(knowledge.canonical)["protocols"]):
        cases = _touched(knowledge, knowledge.protocol(row["id"]))
        before = [mn.recommend(assessment, knowledge) for assessment in cases]
        if not any(row["id"] in c.protocols for answer in before for c in answer.options):
            # Of home, and only told of: without an interval, or for pigment.
            assert row["settings"] == ["home"], row["id"]
            continue
        for path in _figures(row):
            # One of the two keeps the row in its form.
            for by in (-1, 1):
                other = mn.Knowledge(
                    _changed(json.loads(knowledge.canonical), "protocols", number, path, by)
                )
                try:
                    after = [mn.recommend(assessment, other) for assessment in cases]
                except mn.KnowledgeError:
                    continue
                if all(one.options == two.options for one, two in zip(before, after, strict=True)):
                    # Only a length that every site's ceiling cuts off makes no difference.
                    assert path == ("lengths", "max_um"), (row["id"], path)
                    longest = knowledge.protocol(row["id"]).lengths.longest
                    assert all(_ceiling(knowledge, case) <= longest for case in cases)
                changed += 1

    assert changed > 250


def test_every_waiting_time_and_age_is_live(knowledge: mn.Knowledge) -> None:
    """One day or one year more, and the patient on the boundary gets another answer."""
    cell = (
        mn.Indication.AGEING_SKIN,
        mn.Severity.MILD,
        mn.Site.FACE,
        mn.SkinType.II,
        mn.Setting.CLINIC,
    )
    changed = 0
    for number, row in enumerate(json.loads(knowledge.canonical)["findings"]):
        for path in _figures(row):
            rule = knowledge.finding(mn.Finding(row["code"]))
            if path == ("age_under_years",):
                boundary = space.assessment(cell, space.screening(), age=rule.age_under_years)
            elif path == ("clearance_days",):
                assert rule.role is not None
                assert rule.clearance_days is not None
                cleared = mn.MedicalClearance(
                    finding=rule.finding,
                    by=rule.role,
                    on=space.ON - timedelta(days=rule.clearance_days + 1),
                )
                held = mn.Screening.complete(present=[rule.finding])
                boundary = attrs.evolve(space.assessment(cell, held), clearances=[cleared])
            else:
                assert path == ("wait", "days")
                assert rule.wait is not None
                last = space.ON - timedelta(days=rule.wait.days)
                held = mn.Screening.complete(
                    present=[mn.Exposure(finding=rule.finding, last_on=last)]
                )
                boundary = space.assessment(cell, held)
            other = mn.Knowledge(
                _changed(json.loads(knowledge.canonical), "findings", number, path, 1)
            )
            one, two = mn.recommend(boundary, knowledge), mn.recommend(boundary, other)
            assert _advice(one) != _advice(two), (row["code"], path)
            changed += 1

    assert changed > 10
