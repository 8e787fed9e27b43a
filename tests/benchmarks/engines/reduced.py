"""
The reduced decision that every engine is given, and what is asked of it.

Reduced: one concern of known severity, a complete screening without days, known
age and skin type. Asked for: the verdict, the findings behind it, whether there are
cautions, and of the first option the lengths, the sessions and the shortest interval.
Its table is made from the edition and from our own answers, cell by cell, so no
clinical figure is written here or in the engines' modules.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import product
from random import Random
from typing import Any, NamedTuple, TypeAlias

import microneedling as mn

__all__ = [
    "AXES",
    "FIGURES",
    "Case",
    "Decision",
    "Derived",
    "Engine",
    "Json",
    "TableRow",
    "Value",
    "blocks",
    "cases",
    "codes",
    "decision",
    "reduced",
]

AXES = ("indication", "severity", "site", "setting", "barred")
FIGURES = ("shortest", "longest", "fewest", "most", "interval")

_ON = date(2026, 11, 22)

Json: TypeAlias = dict[str, Any]
Value: TypeAlias = str | bool
Cell: TypeAlias = tuple[Value, ...]
Block: TypeAlias = tuple[frozenset[Value], ...]
Outcome: TypeAlias = tuple[tuple[str, object], ...]


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


def codes(case: Case) -> Json:
    """Give a case as plain text and numbers, the form that most engines take."""
    return {
        "indication": case.indication.value,
        "severity": case.severity.value,
        "site": case.site.value,
        "setting": case.setting.value,
        "skin_type": case.skin_type.value,
        "age_years": case.age_years,
        "findings": [finding.value for finding in case.findings],
    }


def cases(seed: int, count: int) -> list[Case]:
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


class Derived(NamedTuple):
    """A finding that is present below an age, or with some skin types."""

    finding: str
    below_age: int | None
    skin_types: tuple[str, ...]


class TableRow(NamedTuple):
    """
    One row of the decision table: it holds for some values of some axes, and at a level.

    Axes that do not matter are left out, and so are figures that are not known.
    """

    level: str | None
    where: Mapping[str, tuple[Value, ...]]
    outcome: Json


class Decision(NamedTuple):
    """
    What an engine is given to write in its own language.

    The first row of the table that holds decides.

    Args:
        derived: The findings that the person has.
        levels: Each level, by the verdict that it leads to, and its findings; the most cautious
            first. A case has the first of which a finding is present.
        otherwise: The level where there is none of these.
        heeded: The findings that are to be heeded, and with which an offer stands.
        barring: The findings that rule out needling at home.
        careful_sites: Where there are cautions, whatever is found.
        careful_settings: Likewise.
        table: The rows, the most cautious first.
    """

    derived: tuple[Derived, ...]
    levels: tuple[tuple[str, tuple[str, ...]], ...]
    otherwise: str
    heeded: tuple[str, ...]
    barring: tuple[str, ...]
    careful_sites: tuple[str, ...]
    careful_settings: tuple[str, ...]
    table: tuple[TableRow, ...]


class Engine(NamedTuple):
    """
    One engine: what it is called, how it gets the decision and a case, and who does what.

    Args:
        name: As it is printed.
        distribution: As it is installed; its version is printed.
        make: Writes the decision for the engine; gives what is timed.
        given: Gives a case in the form that the engine takes. It is not timed, to its advantage.
        remark: What is decided inside the engine, and what in Python.
    """

    name: str
    distribution: str
    make: Callable[[Decision], Callable[[Any], Json]]
    given: Callable[[Case], object]
    remark: str


# With these an offer stands.
_HEEDED = {mn.Effect.CAUTION, mn.Effect.CHANGE, mn.Effect.LIMIT}


def _known(answer: mn.Answer) -> Json:
    """Read what is known of the lengths, sessions and interval of the first option."""
    options = answer.options
    if not options:
        return {}
    lengths, sessions, interval = options[0].lengths, options[0].sessions, options[0].interval
    figures = (
        lengths.shortest.um,
        lengths.longest.um,
        sessions.fewest if sessions else None,
        sessions.most if sessions else None,
        interval.minimum_days if interval else None,
    )
    named = zip(FIGURES, figures, strict=True)
    return {name: figure for name, figure in named if figure is not None}


def reduced(answer: mn.Answer) -> Json:
    """Read off an answer what is asked of the engines."""
    return {
        "verdict": answer.verdict.value,
        "reasons": [r.finding.value for r in answer.reasons if r.finding is not None],
        "cautious": any(r.effect in _HEEDED and r.limit is None for r in answer.reasons),
        **_known(answer),
    }


def _cells(knowledge: mn.Knowledge) -> dict[Cell, Outcome]:
    """Ask ourselves for every cell of a patient of whom nothing else is known to matter."""
    barring = tuple(_barring(knowledge)[:1])
    unremarkable = max(rule.age_under_years or 0 for rule in knowledge.findings)
    remarkable = {skin for rule in knowledge.findings for skin in rule.skin_types}
    skin = next(skin for skin in mn.SkinType if skin not in remarkable)
    cells: dict[Cell, Outcome] = {}
    places = product(mn.Indication, mn.Severity, mn.Site, mn.Setting)
    for (indication, severity, site, setting), barred in product(places, (False, True)):
        case = Case(
            indication, severity, site, setting, skin, unremarkable, barring if barred else ()
        )
        answer = mn.recommend(case.assessment(), knowledge)
        key = (indication.value, severity.value, site.value, setting.value, barred)
        cells[key] = (("verdict", answer.verdict.value), *_known(answer).items())
    return cells


def _barring(knowledge: mn.Knowledge) -> list[mn.Finding]:
    """Give the findings that rule out needling at home, those first with which an offer stands."""
    held = [rule for rule in knowledge.findings if rule.not_at_home]
    return [rule.finding for rule in sorted(held, key=lambda rule: rule.level.rank)]


def _undated(rule: mn.FindingRule) -> bool:
    """Tell whether the day is asked for of what is only known to be there."""
    return rule.ends is mn.Ending.DAY and rule.wait is not None and rule.wait.level > mn.Level.LIMIT


def blocks(cells: Mapping[Cell, Outcome]) -> list[tuple[Block, Outcome]]:
    """Join cells of equal outcome into as few blocks as neighbours allow."""
    rows = [(tuple(frozenset((v,)) for v in cell), outcome) for cell, outcome in cells.items()]
    before = len(rows) + 1
    width = len(next(iter(cells), ()))
    axes = [axis for axis in (2, 3, 1, 4, 0) if axis < width]
    while len(rows) < before:
        before = len(rows)
        for axis in axes:
            joined: dict[tuple[Block, Outcome], frozenset[Value]] = {}
            for block, outcome in rows:
                rest = (block[:axis] + block[axis + 1 :], outcome)
                joined[rest] = joined.get(rest, frozenset()) | block[axis]
            rows = [
                ((*rest[:axis], values, *rest[axis:]), outcome)
                for (rest, outcome), values in joined.items()
            ]
    return rows


def _rows(cells: Mapping[Cell, Outcome], verdict: str, level: str | None) -> list[TableRow]:
    """Make the rows of the cells with one verdict."""
    domains = [frozenset(cell[axis] for cell in cells) for axis in range(len(AXES))]
    chosen = {cell: outcome for cell, outcome in cells.items() if ("verdict", verdict) in outcome}
    return [
        TableRow(
            level,
            {
                name: tuple(sorted(values))
                for name, values, domain in zip(AXES, block, domains, strict=True)
                if values != domain
            },
            dict(outcome),
        )
        for block, outcome in blocks(chosen)
    ]


def _table(cells: Mapping[Cell, Outcome]) -> Iterable[TableRow]:
    """Give the table's rows, the most cautious first."""
    offer, ask, defer, refer, decline = (verdict.value for verdict in mn.Verdict)
    yield TableRow(decline, {}, {"verdict": decline})
    yield from _rows(cells, decline, None)
    yield TableRow(refer, {}, {"verdict": refer})
    # With a deferral or a question there is a plan, but no course is named.
    for verdict in (defer, ask):
        planned = {
            cell: (("verdict", verdict),) if ("verdict", offer) in outcome else ()
            for cell, outcome in cells.items()
        }
        yield from _rows(planned, verdict, verdict)
    yield from _rows(cells, offer, None)
    yield TableRow(None, {}, {"verdict": refer})


def decision(knowledge: mn.Knowledge) -> Decision:
    """Make the reduced decision from an edition and from what we answer by it."""

    def of(*levels: mn.Level, undated: bool = False) -> tuple[str, ...]:
        return tuple(
            rule.finding.value
            for rule in knowledge.findings
            if rule.level in levels and _undated(rule) is undated
        )

    return Decision(
        derived=tuple(
            Derived(
                rule.finding.value,
                rule.age_under_years,
                tuple(skin.value for skin in rule.skin_types),
            )
            for rule in knowledge.findings
            if rule.age_under_years or rule.skin_types
        ),
        levels=(
            (mn.Verdict.DECLINE.value, of(mn.Level.DECLINE)),
            (mn.Verdict.REFER.value, of(mn.Level.REFER, mn.Level.CLEAR_FIRST)),
            (mn.Verdict.DEFER.value, of(mn.Level.DEFER)),
            (mn.Verdict.ASK.value, of(*mn.Level, undated=True)),
        ),
        otherwise=mn.Verdict.OFFER.value,
        heeded=of(mn.Level.CAUTION, mn.Level.CHANGE_OF_PLAN, mn.Level.LIMIT),
        barring=tuple(finding.value for finding in _barring(knowledge)),
        careful_sites=tuple(rule.site.value for rule in knowledge.sites if rule.cautions),
        careful_settings=tuple(rule.setting.value for rule in knowledge.settings if rule.cautions),
        table=tuple(_table(_cells(knowledge))),
    )
