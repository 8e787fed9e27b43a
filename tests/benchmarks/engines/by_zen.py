"""The reduced decision as a compiled graph of ZEN: expressions, then one decision table."""

import json
from collections.abc import Callable, Iterable
from itertools import pairwise

from .reduced import AXES, FIGURES, Decision, Derived, Engine, Json, TableRow, Value, codes

__all__ = ["ZEN"]

_KEY = "reduced"


def _derived(rule: Derived) -> str:
    """Write a list of the one finding, empty where it does not hold or is given already."""
    holds = (
        f"age_years < {rule.below_age}"
        if rule.below_age
        else f"skin_type in {json.dumps(rule.skin_types)}"
    )
    code = json.dumps(rule.finding)
    return f"({holds}) and not ({code} in findings) ? [{code}] : []"


def _flags(decision: Decision) -> dict[str, str]:
    """Write what the findings, the person and the place say as expressions."""

    def present(named: Iterable[str]) -> str:
        return f"filter($.present, # in {json.dumps(named)})"

    levels = "".join(
        f"len($.to_{level}) > 0 ? {json.dumps(level)} : " for level, _ in decision.levels
    )
    found = ", ".join(f"$.to_{level}" for level, _ in decision.levels)
    return {
        "present": f"flatten([findings, {', '.join(map(_derived, decision.derived))}])",
        **{f"to_{level}": present(named) for level, named in decision.levels},
        "heeded": present(decision.heeded),
        "reasons": f"flatten([{found}, $.heeded])",
        "level": levels + json.dumps(decision.otherwise),
        "barred": f"some(findings, # in {json.dumps(decision.barring)})",
        "cautious": (
            f"len($.heeded) > 0 or site in {json.dumps(decision.careful_sites)}"
            f" or setting in {json.dumps(decision.careful_settings)}"
        ),
    }


def _any_of(values: Iterable[Value]) -> str:
    return ", ".join(json.dumps(value) for value in values)


def _rule(row: TableRow) -> dict[str, str]:
    """Write one row of the table."""
    return {
        "level": json.dumps(row.level) if row.level else "",
        **{axis: _any_of(values) for axis, values in row.where.items()},
        **{name: json.dumps(value) for name, value in row.outcome.items()},
    }


def _node(name: str, kind: str, content: Json | None = None) -> Json:
    node: Json = {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}}
    return node if content is None else {**node, "content": content}


def _graph(decision: Decision) -> Json:
    """Make the graph: expressions, then one decision table."""
    inputs, outputs = ("level", *AXES), ("verdict", "reasons", "cautious", *FIGURES)
    blank = dict.fromkeys((*inputs, *outputs), "") | {"reasons": "reasons", "cautious": "cautious"}
    expressions = [{"id": k, "key": k, "value": v} for k, v in _flags(decision).items()]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in inputs],
        "outputs": [{"id": name, "name": name, "field": name} for name in outputs],
        "rules": [
            {"_id": str(place), **blank, **_rule(row)} for place, row in enumerate(decision.table)
        ],
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
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _make(decision: Decision) -> Callable[[Json], Json]:
    from zen import ZenEngine

    engine = ZenEngine({"loader": {"type": "static", "content": {_KEY: _graph(decision)}}})
    evaluate = engine.evaluate

    def decide(given: Json) -> Json:
        result: Json = evaluate(_KEY, given)["result"]
        return result

    return decide


ZEN = Engine("ZEN", "zen-engine", _make, codes, "all inside: expressions and a decision table")
