"""The reduced decision as one compiled expression of the Common Expression Language."""

import json
from collections.abc import Callable, Iterable, Mapping

from .reduced import Decision, Derived, Engine, Json, TableRow, codes

__all__ = ["CEL"]


def _derived(rule: Derived) -> str:
    """Write a list of the one finding, empty where it does not hold or is given already."""
    holds = (
        f"age_years < {rule.below_age}"
        if rule.below_age
        else f"skin_type in {json.dumps(rule.skin_types)}"
    )
    code = json.dumps(rule.finding)
    return f"(({holds}) && !({code} in findings) ? [{code}] : [])"


def _bound(name: str, value: str, inside: str) -> str:
    """Name a value inside an expression: a loop over that one value."""
    return f"[{value}].map({name}, {inside})[0]"


def _holds(row: TableRow) -> str:
    """Write when a row holds."""
    level = [f"level == {json.dumps(row.level)}"] if row.level else []
    places = [f"{axis} in {json.dumps(values)}" for axis, values in row.where.items()]
    return " && ".join((*level, *places))


def _outcome(outcome: Mapping[str, object]) -> str:
    """Write the answer of a row."""
    figures = "".join(f", {json.dumps(name)}: {json.dumps(v)}" for name, v in outcome.items())
    return f'{{"reasons": present, "cautious": cautious{figures}}}'


def _expression(decision: Decision) -> str:
    """Write the whole decision: what is asked twice is bound to a name, then row by row."""

    def some(named: Iterable[str]) -> str:
        return f"present.exists(code, code in {json.dumps(named)})"

    *rows, last = decision.table
    answer = _outcome(last.outcome)
    for row in reversed(rows):
        answer = f"{_holds(row)} ? {_outcome(row.outcome)} : {answer}"
    levels = "".join(f"{some(named)} ? {json.dumps(level)} : " for level, named in decision.levels)
    cautious = (
        f"{some(decision.heeded)} || site in {json.dumps(decision.careful_sites)}"
        f" || setting in {json.dumps(decision.careful_settings)}"
    )
    barred = f"findings.exists(code, code in {json.dumps(decision.barring)})"
    present = " + ".join(("findings", *map(_derived, decision.derived)))
    for name, value in (
        ("level", levels + json.dumps(decision.otherwise)),
        ("cautious", cautious),
        ("barred", barred),
        ("present", present),
    ):
        answer = _bound(name, value, answer)
    return answer


def _make(decision: Decision) -> Callable[[Json], Json]:
    import cel

    execute = cel.compile(_expression(decision)).execute

    def decide(given: Json) -> Json:
        result: Json = execute(given)
        return result

    return decide


CEL = Engine(
    "CEL", "common-expression-language", _make, codes, "all inside: one compiled expression"
)
