"""The reduced decision as rules of rule-engine: one for each flag, then a chain of them."""

import json
from collections.abc import Callable, Iterable, Iterator

from .reduced import Case, Decision, Engine, Json, TableRow, Value, codes

__all__ = ["RULE_ENGINE"]


def _given(case: Case) -> Json:
    """Give the findings as a set: lists cannot be joined in its language."""
    plain = codes(case)
    return {**plain, "findings": set(plain["findings"])}


def _set(values: Iterable[Value]) -> str:
    return "{" + ", ".join(map(json.dumps, values)) + "}"


def _flags(decision: Decision) -> Iterator[tuple[str, str]]:
    """Write what the findings, the person and the place say; later ones read earlier ones."""
    present = "findings"
    for rule in decision.derived:
        holds = (
            f"age_years < {rule.below_age}"
            if rule.below_age
            else f"skin_type in {_set(rule.skin_types)}"
        )
        yield "present", f"{holds} ? {present} | {_set([rule.finding])} : {present}"
        present = "present"

    def some(named: Iterable[str]) -> str:
        return f"({present} & {_set(named)}).length > 0"

    levels = "".join(f"{some(named)} ? {json.dumps(level)} : " for level, named in decision.levels)
    yield "level", levels + json.dumps(decision.otherwise)
    yield "barred", f"(findings & {_set(decision.barring)}).length > 0"
    places = (
        f"site in {_set(decision.careful_sites)} or setting in {_set(decision.careful_settings)}"
    )
    yield "cautious", f"{some(decision.heeded)} or {places}"


def _holds(row: TableRow) -> str:
    """Write when a row holds."""
    level = [f"level == {json.dumps(row.level)}"] if row.level else []
    # Several comparisons are quicker in it than looking into one set.
    places = [
        "(" + " or ".join(f"{axis} == {json.dumps(value)}" for value in values) + ")"
        for axis, values in row.where.items()
    ]
    return " and ".join((*level, *places)) or "true"


def _make(decision: Decision) -> Callable[[Json], Json]:
    from rule_engine import Chain, Rule

    flags: list[tuple[str, Rule]] = [(name, Rule(text)) for name, text in _flags(decision)]
    chain = Chain([(_holds(row), row.outcome) for row in decision.table])

    def decide(given: Json) -> Json:
        known = dict(given)
        for name, flag in flags:
            known[name] = flag.evaluate(known)
        return {
            "reasons": list(known["present"]),
            "cautious": known["cautious"],
            **chain.evaluate(known),
        }

    return decide


RULE_ENGINE = Engine(
    "rule-engine",
    "rule-engine",
    _make,
    _given,
    "every condition, and the first row that holds, inside; flags handed on and answer put"
    " together in Python",
)
