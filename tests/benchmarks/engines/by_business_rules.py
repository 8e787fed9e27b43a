"""The reduced decision as rules of business-rules: those for the flags, then those of the table."""

import re
from collections.abc import Callable, Iterable

from .reduced import AXES, Decision, Engine, Json, TableRow, Value, codes

__all__ = ["BUSINESS_RULES"]


class _Known:
    """What is known of a case: its facts, which rules read, and the actions that add to them."""

    def __init__(self, given: Json, level: str) -> None:
        self.facts: Json = {
            **given,
            "present": list(given["findings"]),
            "level": level,
            "barred": False,
            "cautious": False,
        }
        self.outcome: Json = {}

    def find(self, finding: str) -> None:
        """Add a finding that a rule derives."""
        if finding not in self.facts["present"]:
            self.facts["present"].append(finding)

    def note(self, name: str, value: Value) -> None:
        """Set a flag."""
        self.facts[name] = value

    def answer(self, **outcome: object) -> None:
        """Keep the outcome of the row that holds."""
        self.outcome = outcome


def _one_of(name: str, values: Iterable[Value]) -> Json:
    """Write that a text is one of some: one pattern is quicker than as many comparisons."""
    pattern = "|".join(re.escape(str(value)) for value in values)
    return {"name": name, "operator": "matches_regex", "value": f"^(?:{pattern})$"}


def _flag(name: str, value: Value) -> Json:
    return {"name": name, "operator": "is_true" if value else "is_false", "value": None}


def _some(name: str, findings: Iterable[str]) -> Json:
    operator = "shares_at_least_one_element_with"
    return {"name": name, "operator": operator, "value": list(findings)}


def _rule(conditions: Json, action: str, **params: object) -> Json:
    return {"conditions": conditions, "actions": [{"name": action, "params": params}]}


def _flags(decision: Decision) -> list[Json]:
    """Write the rules for the flags; the last level that holds, the most cautious, stays."""
    rules = [
        _rule(
            {"name": "age_years", "operator": "less_than", "value": rule.below_age}
            if rule.below_age
            else _one_of("skin_type", rule.skin_types),
            "find",
            finding=rule.finding,
        )
        for rule in decision.derived
    ]
    careful = [
        _some("present", decision.heeded),
        _one_of("site", decision.careful_sites),
        _one_of("setting", decision.careful_settings),
    ]
    rules.append(_rule({"any": careful}, "note", name="cautious", value=True))
    rules.append(_rule(_some("findings", decision.barring), "note", name="barred", value=True))
    rules += [
        _rule(_some("present", named), "note", name="level", value=level)
        for level, named in reversed(decision.levels)
    ]
    return rules


def _row(row: TableRow) -> Json:
    """Write one row of the table; a rule without conditions is refused."""
    conditions = [_one_of("level", [row.level])] if row.level else []
    for axis, values in row.where.items():
        known = _flag(axis, values[0]) if axis == "barred" else _one_of(axis, values)
        conditions.append(known)
    always = {"name": "level", "operator": "non_empty", "value": None}
    return _rule({"all": conditions or [always]}, "answer", **row.outcome)


def _make(decision: Decision) -> Callable[[Json], Json]:
    from business_rules import run_all, variables as kinds

    def variable(kind: Callable[[], Callable[[object], object]], name: str) -> object:
        return kind()(lambda known: known.facts[name])

    named = {
        **dict.fromkeys(("level", "skin_type", *AXES), kinds.string_rule_variable),
        **dict.fromkeys(("findings", "present"), kinds.select_multiple_rule_variable),
        "age_years": kinds.numeric_rule_variable,
        "barred": kinds.boolean_rule_variable,
    }
    made = {name: variable(kind, name) for name, kind in named.items()}
    start: Callable[[Json, str], _Known] = type("Known", (_Known, kinds.BaseVariables), made)
    flags, table = _flags(decision), [_row(row) for row in decision.table]

    def decide(given: Json) -> Json:
        known = start(given, decision.otherwise)
        run_all(flags, known, known)
        run_all(table, known, known, stop_on_first_trigger=True)
        facts = known.facts
        return {"reasons": facts["present"], "cautious": facts["cautious"], **known.outcome}

    return decide


BUSINESS_RULES = Engine(
    "business-rules",
    "business-rules",
    _make,
    codes,
    "every condition, and the first row that holds, inside; variables and actions are Python,"
    " as the library wants it",
)
