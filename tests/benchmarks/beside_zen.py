"""
The same reduced decision made by a rule engine, beside ours.

Reduced: one concern of known severity, a complete screening without days, known
age and skin type. Asked for: the verdict, whether there are cautions, and of the
first option the lengths, the sessions and the shortest interval. All of it is decided
inside the engine. Its tables are made from the edition and from our own
answers, cell by cell, so no clinical figure is written here.
"""

import json
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from itertools import pairwise, product
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import microneedling as mn

from .table import EDITION, DifferenceError, Row, at_least, each, measured, paired

if TYPE_CHECKING:
    from zen import ZenEngine

__all__ = ["beside_zen"]

_ON = date(2026, 11, 22)
_KEY = "reduced"
_AXES = ("indication", "severity", "site", "setting", "barred")
_FIGURES = ("shortest", "longest", "fewest", "most", "interval")

Json: TypeAlias = dict[str, Any]
Cell: TypeAlias = tuple[str | bool, ...]
Block: TypeAlias = tuple[frozenset[str | bool], ...]


class Case(NamedTuple):
    """The inputs of one reduced decision."""

    indication: mn.Indication
    severity: mn.Severity
    site: mn.Site
    setting: mn.Setting
    skin_type: mn.SkinType
    age_years: int
    findings: tuple[mn.Finding, ...]

    def assessment(self) -> mn.Assessment:
        """Give it in the form that we take."""
        return mn.Assessment(
            on=_ON,
            site=self.site,
            setting=self.setting,
            concerns=[mn.Concern(indication=self.indication, severity=self.severity)],
            skin_type=self.skin_type,
            age_years=self.age_years,
            screening=mn.Screening.complete(present=self.findings),
        )

    def context(self) -> Json:
        """Give it in the form that the engine takes."""
        return {
            "indication": self.indication.value,
            "severity": self.severity.value,
            "site": self.site.value,
            "setting": self.setting.value,
            "skin_type": self.skin_type.value,
            "age_years": self.age_years,
            "findings": [finding.value for finding in self.findings],
        }


def _cases(seed: int, count: int) -> list[Case]:
    """Make cases at random; as many without findings as with one, and with two."""
    rng = Random(seed)  # noqa: S311 - repeatable, and guards nothing
    return [
        Case(
            rng.choice(list(mn.Indication)),
            rng.choice(list(mn.Severity)),
            rng.choice(list(mn.Site)),
            rng.choice(list(mn.Setting)),
            rng.choice(list(mn.SkinType)),
            rng.randint(16, 80),
            tuple(rng.sample(list(mn.Finding), rng.randrange(3))),
        )
        for _ in range(count)
    ]


def _figures(answer: mn.Answer) -> tuple[int | None, ...]:
    """Read the lengths, sessions and interval of the first option."""
    options = answer.options
    if not options:
        return (None,) * len(_FIGURES)
    lengths, sessions, interval = options[0].lengths, options[0].sessions, options[0].interval
    return (
        lengths.shortest.um,
        lengths.longest.um,
        sessions.fewest if sessions else None,
        sessions.most if sessions else None,
        interval.minimum_days if interval else None,
    )


def _reduced(answer: mn.Answer) -> Json:
    """Read off an answer what is asked of both; the engine leaves out what is null."""
    figures = zip(_FIGURES, _figures(answer), strict=True)
    known = {name: figure for name, figure in figures if figure is not None}
    return {
        "verdict": answer.verdict.value,
        "reasons": [r.finding.value for r in answer.reasons if r.finding is not None],
        "cautious": bool(answer.cautions),
        **known,
    }


def _cells(knowledge: mn.Knowledge) -> dict[Cell, tuple[object, ...]]:
    """Ask ourselves for every cell of a patient of whom nothing else is known to matter."""
    barring = tuple(rule.finding for rule in knowledge.findings if rule.bars_numbing)
    unremarkable = max(rule.age_under_years or 0 for rule in knowledge.findings)
    remarkable = {skin for rule in knowledge.findings for skin in rule.skin_types}
    skin = next(skin for skin in mn.SkinType if skin not in remarkable)
    cells: dict[Cell, tuple[object, ...]] = {}
    places = product(mn.Indication, mn.Severity, mn.Site, mn.Setting)
    for (indication, severity, site, setting), barred in product(places, (False, True)):
        case = Case(
            indication, severity, site, setting, skin, unremarkable, barring if barred else ()
        )
        answer = mn.recommend(case.assessment(), knowledge)
        key = (indication.value, severity.value, site.value, setting.value, barred)
        cells[key] = (answer.verdict.value, *_figures(answer))
    return cells


def _blocks(cells: dict[Cell, tuple[object, ...]]) -> list[tuple[Block, tuple[object, ...]]]:
    """Join cells of equal outcome into as few rows as neighbours allow."""
    rows = [(tuple(frozenset((v,)) for v in cell), outcome) for cell, outcome in cells.items()]
    before = len(rows) + 1
    while len(rows) < before:
        before = len(rows)
        for axis in (2, 3, 1, 4, 0):
            joined: dict[tuple[Block, tuple[object, ...]], frozenset[str | bool]] = {}
            for block, outcome in rows:
                rest = (block[:axis] + block[axis + 1 :], outcome)
                joined[rest] = joined.get(rest, frozenset()) | block[axis]
            rows = [
                ((*rest[:axis], values, *rest[axis:]), outcome)
                for (rest, outcome), values in joined.items()
            ]
    return rows


def _flags(knowledge: mn.Knowledge) -> dict[str, str]:
    """Write what the findings, the person and the place say as expressions."""
    derived = []
    for rule in knowledge.findings:
        holds = f"age_years < {rule.age_under_years}" if rule.age_under_years else ""
        if rule.skin_types:
            holds = f"skin_type in {json.dumps([skin.value for skin in rule.skin_types])}"
        if holds:
            code = json.dumps(rule.finding.value)
            derived.append(f"({holds}) and not ({code} in findings) ? [{code}] : []")

    def of(level: mn.Level) -> str:
        named = [rule.finding.value for rule in knowledge.findings if rule.level is level]
        return f"filter($.present, # in {json.dumps(named)})"

    barring = [rule.finding.value for rule in knowledge.findings if rule.bars_numbing]
    sites = [rule.site.value for rule in knowledge.sites if rule.cautions]
    settings = [rule.setting.value for rule in knowledge.settings if rule.cautions]
    return {
        "present": f"flatten([findings, {', '.join(derived)}])",
        "declining": of(mn.Level.DECLINE),
        "referring": of(mn.Level.REFER),
        "deferring": of(mn.Level.DEFER),
        "heeded": of(mn.Level.CAUTION),
        "reasons": "flatten([$.declining, $.referring, $.deferring, $.heeded])",
        "level": (
            'len($.declining) > 0 ? "decline" : len($.referring) > 0 ? "refer"'
            ' : len($.deferring) > 0 ? "defer" : "offer"'
        ),
        "barred": f"some(findings, # in {json.dumps(barring)})",
        "cautious": (
            f"len($.heeded) > 0 or site in {json.dumps(sites)} or setting in {json.dumps(settings)}"
        ),
    }


def _rules(cells: dict[Cell, tuple[object, ...]]) -> list[dict[str, str]]:
    """Write the decision table: the first row that holds decides, the most cautious first."""
    domains = [frozenset(cell[axis] for cell in cells) for axis in range(len(_AXES))]
    blocks = _blocks(cells)

    def where(block: Block) -> dict[str, str]:
        return {
            name: ", ".join(json.dumps(value) for value in sorted(values, key=str))
            for name, values, domain in zip(_AXES, block, domains, strict=True)
            if values != domain
        }

    rules: list[dict[str, str]] = [{"level": '"decline"', "verdict": '"decline"'}]
    rules += [
        {**where(block), "verdict": '"decline"'}
        for block, (verdict, *_) in blocks
        if verdict == "decline"
    ]
    rules.append({"level": '"refer"', "verdict": '"refer"'})
    for block, (verdict, *figures) in blocks:
        if verdict == "offer":
            # With a deferral there is a plan, but no course is named.
            rule = {**where(block), "verdict": "level"}
            for name, figure in zip(_FIGURES, figures, strict=True):
                rule[name] = f'level == "offer" ? {json.dumps(figure)} : null'
            rules.append(rule)
    rules.append({"verdict": '"refer"'})
    return rules


def _node(name: str, kind: str, content: Json | None = None) -> Json:
    node: Json = {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}}
    return node if content is None else {**node, "content": content}


def _graph(knowledge: mn.Knowledge) -> tuple[Json, int]:
    """Make the graph: expressions, then one decision table; and count the table's rows."""
    rules = _rules(_cells(knowledge))
    inputs, outputs = ("level", *_AXES), ("verdict", "reasons", "cautious", *_FIGURES)
    blank = dict.fromkeys((*inputs, *outputs), "") | {"reasons": "reasons", "cautious": "cautious"}
    expressions = [{"id": k, "key": k, "value": v} for k, v in _flags(knowledge).items()]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in inputs],
        "outputs": [{"id": name, "name": name, "field": name} for name in outputs],
        "rules": [{"_id": str(place), **blank, **rule} for place, rule in enumerate(rules)],
        "passThrough": False,
        "executionMode": "single",
    }
    flags = {"expressions": expressions, "passThrough": True, "executionMode": "single"}
    nodes = [
        _node("input", "inputNode"),
        _node("flags", "expressionNode", flags),
        _node("table", "decisionTableNode", table),
        _node("output", "outputNode"),
    ]
    edges = [
        {"id": f"{a['id']}-{b['id']}", "type": "edge", "sourceId": a["id"], "targetId": b["id"]}
        for a, b in pairwise(nodes)
    ]
    kind = "application/vnd.gorules.decision"
    return {"contentType": kind, "nodes": nodes, "edges": edges}, len(rules)


def _compare(engine: "ZenEngine", knowledge: mn.Knowledge, cases: Iterable[Case]) -> None:
    """Refuse to time what is not the same decision."""
    for case in cases:
        ours = _reduced(mn.recommend(case.assessment(), knowledge))
        theirs = engine.evaluate(_KEY, case.context())["result"]
        # Ours are sorted within a level, the engine's stand as they were given.
        for answer in (ours, theirs):
            answer["reasons"] = sorted(answer["reasons"])
        if ours != theirs:
            message = f"Beside ZEN: {case}: ours {ours}, the engine's {theirs}"
            raise DifferenceError(message)


def beside_zen(rounds: int, count: int) -> list[Row]:
    """
    Time the engine and ourselves in turns, on inputs made beforehand and used once.

    Raises:
        DifferenceError: If they decide any case differently.
    """
    try:
        from zen import ZenEngine
    except ImportError as missing:
        return [Row(f"Beside ZEN: left out, since zen-engine cannot be imported ({missing})")]
    knowledge = mn.load(EDITION)
    graph, height = _graph(knowledge)
    engine = ZenEngine({"loader": {"type": "static", "content": {_KEY: graph}}})
    _compare(engine, knowledge, _cases(3, count))

    def theirs(context: Json) -> object:
        return engine.evaluate(_KEY, context)

    def ours(assessment: mn.Assessment) -> object:
        return mn.recommend(assessment, knowledge)

    def ours_read(assessment: mn.Assessment) -> object:
        return _reduced(mn.recommend(assessment, knowledge))

    taken: tuple[list[float], ...] = ([], [], [])
    for number in range(rounds):
        cases = _cases(4 + number, count)
        taken[0].append(each(theirs, [case.context() for case in cases]))
        taken[1].append(each(ours, [case.assessment() for case in cases]))
        taken[2].append(each(ours_read, [case.assessment() for case in cases]))
    rows = [
        measured(f"  ZEN {version('zen-engine')}, compiled graph", taken[0], "us"),
        measured("  recommend", taken[1], "us"),
        measured("  recommend, and the same figures read off it", taken[2], "us"),
    ]
    return [
        Row(
            f"Beside ZEN: {rounds} interleaved runs of {count} fresh cases,"
            f" {count} others found equal"
        ),
        *rows,
        paired("  ZEN / recommend", taken[0], taken[1], at_least(3)),
        Row(
            f"  (one concern, severity, age and skin type known, screening complete, no days;"
            f" all sites;\n  a table of {height} rows inside the engine; making its input not"
            " counted; ours also gives\n  reasons, sources, all options and the trace)"
        ),
    ]
