"""The reduced decision as rules of CLIPS, which match facts; the most cautious stand out first."""

from collections.abc import Callable, Iterable, Iterator

from .reduced import Case, Decision, Derived, Engine, Json, TableRow, Value, codes

__all__ = ["CLIPS"]

_SLOTS = ("indication", "severity", "site", "setting", "skin_type", "age_years")


def _given(case: Case) -> list[object]:
    """Give what the function in the engine takes: the slots' values, then the findings."""
    from clips import Symbol

    plain = codes(case)
    place = [Symbol(plain[slot]) for slot in _SLOTS[:-1]]
    return [*place, case.age_years, *map(Symbol, plain["findings"])]


def _any_of(values: Iterable[Value]) -> str:
    return "|".join(str(value) for value in values)


def _derived(rule: Derived) -> str:
    """Write when a derived finding is present."""
    if rule.below_age:
        return f"(case (age_years ?age&:(< ?age {rule.below_age})))"
    return f"(case (skin_type {_any_of(rule.skin_types)}))"


def _flags(decision: Decision) -> Iterator[tuple[str, str]]:
    """Write what is asserted, and when."""
    for rule in decision.derived:
        yield f"(present {rule.finding})", _derived(rule)
    for level, named in decision.levels:
        yield f"(level {level})", f"(exists (present {_any_of(named)}))"
    yield "(barred)", f"(exists (present {_any_of(decision.barring)}))"
    yield "(cautious)", f"(exists (present {_any_of(decision.heeded)}))"
    yield "(cautious)", f"(case (site {_any_of(decision.careful_sites)}))"
    yield "(cautious)", f"(case (setting {_any_of(decision.careful_settings)}))"


def _holds(row: TableRow) -> str:
    """Write when a row holds."""
    slots = [f"({axis} {_any_of(row.where[axis])})" for axis in _SLOTS if axis in row.where]
    level = [f"(level {row.level})"] if row.level else []
    barred = [("(barred)" if value else "(not (barred))") for value in row.where.get("barred", ())]
    return " ".join((*level, f"(case {' '.join(slots)})", *barred))


def _function() -> str:
    """Write what is called: it asserts the case, runs the rules and reads what they left."""
    parameters = " ".join(f"?{slot}" for slot in _SLOTS)
    slots = " ".join(f"({slot} ?{slot})" for slot in _SLOTS)
    return f"""
    (deffunction decide ({parameters} $?findings)
        (reset)
        (assert (case {slots}))
        (progn$ (?finding ?findings) (assert (present ?finding)))
        (run)
        (bind ?outcome (create$))
        (bind ?reasons (create$))
        (do-for-fact ((?fact outcome)) TRUE (bind ?outcome ?fact:implied))
        (do-for-all-facts ((?fact present)) TRUE (bind ?reasons ?reasons ?fact:implied))
        (create$ (any-factp ((?fact cautious)) TRUE) (length$ ?outcome) ?outcome ?reasons))
    """


def _constructs(decision: Decision) -> Iterator[str]:
    """Write the facts' form, the rules for the flags, and the table's rows, one below the other."""
    yield f"(deftemplate case {' '.join(f'(slot {slot})' for slot in _SLOTS)})"
    for place, (fact, when) in enumerate(_flags(decision)):
        yield f"(defrule flag-{place} {when} => (assert {fact}))"
    for place, row in enumerate(decision.table, start=1):
        outcome = " ".join(f"{name} {value}" for name, value in row.outcome.items())
        yield (
            f"(defrule row-{place} (declare (salience -{place})) {_holds(row)} (not (outcome $?))"
            f" => (assert (outcome {outcome})))"
        )
    yield _function()


def _make(decision: Decision) -> Callable[[list[object]], Json]:
    from clips import Environment

    # Facts that are asserted and read one by one from Python cost more and more from case to
    # case: each leaves something behind. A function inside the engine leaves nothing.
    environment = Environment()
    for construct in _constructs(decision):
        environment.build(construct)

    def decide(given: list[object]) -> Json:
        cautious, length, *told = environment.call("decide", *given)
        outcome = told[:length]
        return {
            "reasons": told[length:],
            "cautious": cautious == "TRUE",
            **dict(zip(outcome[::2], outcome[1::2], strict=True)),
        }

    return decide


CLIPS = Engine(
    "CLIPS",
    "clipspy",
    _make,
    _given,
    "all inside: rules that match facts, and a function that asserts and reads them",
)
