"""
The reduced decision as a rule set of durable-rules: facts, and an event that one row takes.

It comes as source only, so it stands in a group of its own:
``python -m pip install --group compiled``, which needs a C compiler.
"""

import warnings
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from .reduced import Case, Decision, Engine, Json, TableRow, Value, codes

__all__ = ["DURABLE_RULES"]

_NAME = "reduced"
_PLACE = ("indication", "severity", "site", "setting")


def _given(case: Case) -> tuple[list[Json], Json]:
    """Give the patient and each finding as facts, and what is to be decided as the event."""
    plain = codes(case)
    patient = {name: plain[name] for name in ("skin_type", "age_years", "site", "setting")}
    facts = [patient, *({"finding": finding} for finding in plain["findings"])]
    return facts, {name: plain[name] for name in _PLACE}


def _any_of(values: Iterable[Value]) -> str:
    return "|".join(str(value) for value in values)


def _conditions(row: TableRow, lang: Any) -> list[object]:  # noqa: ANN401 - it has no types
    """Write when a row holds: by the event, which alone has an indication, and by facts."""
    event = +lang.m.indication
    for axis in _PLACE:
        if axis in row.where:
            event = event & getattr(lang.m, axis).matches(_any_of(row.where[axis]))
    level = [lang.m.level == row.level] if row.level else []
    barred = lang.m.flag == "barred"
    known = [barred if value else lang.none(barred) for value in row.where.get("barred", ())]
    return [event, *level, *known]


def _note(facts: Json) -> Callable[[Any], object]:
    """Make an action that asserts a fact."""
    return lambda context: context.assert_fact(dict(facts))


def _flags(decision: Decision, lang: Any) -> None:  # noqa: ANN401
    """Write the rules for the flags; none that is known already is asserted again."""
    m, none = lang.m, lang.none
    first, second = lang.pri(1), lang.pri(2)
    for rule in decision.derived:
        holds = (
            m.age_years < rule.below_age
            if rule.below_age
            else m.skin_type.matches(_any_of(rule.skin_types))
        )
        lang.when_all(holds, none(m.finding == rule.finding), first)(
            _note({"finding": rule.finding})
        )
    for level, named in decision.levels:
        lang.when_all(m.finding.matches(_any_of(named)), none(m.level == level), second)(
            _note({"level": level})
        )
    barred = m.finding.matches(_any_of(decision.barring))
    lang.when_all(barred, none(m.flag == "barred"), second)(_note({"flag": "barred"}))


def _rules(decision: Decision, lang: Any, told: Json) -> tuple[str, Json]:  # noqa: ANN401
    """Write all rules; what they find out is told to a dict."""

    def outcome(row: TableRow) -> Callable[[Any], object]:
        def tell(context: Any) -> None:  # noqa: ANN401
            told.update(row.outcome)
            context.delete_state()

        return tell

    rules = lang.ruleset(_NAME)
    m, later = lang.m, lang.pri(3)
    with rules:
        _flags(decision, lang)
        lang.when_all(+m.finding, later)(lambda context: told["reasons"].append(context.m.finding))
        for careful in (
            m.finding.matches(_any_of(decision.heeded)),
            +m.age_years & m.site.matches(_any_of(decision.careful_sites)),
            +m.age_years & m.setting.matches(_any_of(decision.careful_settings)),
        ):
            lang.when_all(careful, later)(lambda _: told.update(cautious=True))
        # A message that no rule takes is an error.
        lang.when_all(+m.age_years, later)(lambda _: None)
        for place, row in enumerate(decision.table, start=4):
            lang.when_all(*_conditions(row, lang), lang.pri(place))(outcome(row))
    name, definition = rules.define()
    return name, definition


def _make(decision: Decision) -> Callable[[tuple[list[Json], Json]], Json]:
    from durable import engine, lang

    # It asks for the time in a way that newer Pythons warn of.
    warnings.filterwarnings("ignore", "datetime.datetime.utc", DeprecationWarning)
    told: Json = {}
    name, definition = _rules(decision, lang, told)
    # Its threads, which look for forgotten work, could take an action away from the one who waits.
    host = type("Host", (engine.Host,), {"_run": lambda _: None})({name: definition})
    numbers = count()

    def decide(given: tuple[list[Json], Json]) -> Json:
        facts, event = given
        session = str(next(numbers))
        told.clear()
        told.update(reasons=[], cautious=False)
        host.assert_facts(name, [{**fact, "sid": session} for fact in facts])
        host.post(name, {**event, "sid": session})
        return dict(told)

    return decide


DURABLE_RULES = Engine(
    "durable-rules",
    "durable-rules",
    _make,
    _given,
    "every condition, and the first row that holds, inside; actions are Python and note what is"
    " told; its background threads are left out",
)
