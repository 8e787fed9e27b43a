"""
The decision as one would write it by hand in polars: by `when` and `then`.

It is made of the tables of the edition, so no clinical figure is written here. Reduced: the
verdict and the figures of the first option, for the columns that `making` draws, all of whose
ages, skin types and severities are known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, Final, NamedTuple

import microneedling as mn
from microneedling.frames.answer_columns import FIGURES
from microneedling.frames.decision_tables import (
    INDICATIONS,
    OFFER,
    SETTINGS,
    SEVERITIES,
    SITES,
    Tables,
)
from tests.benchmarks.engines.reduced import Block, Outcome, Value, blocks

__all__ = ["COLUMNS", "Steps", "chained", "numbered"]

COLUMNS: Final = ("verdict", *FIGURES)
_AXES: Final = ("indication", "severity", "site", "setting")
# Expressions, frames and columns of polars.
Expr = Any
_VERDICTS: Final = tuple(verdict.value for verdict in mn.Verdict)


def _present(finding: mn.Finding, knowledge: mn.Knowledge, columns: Iterable[str]) -> Expr | None:
    import polars as pl

    rule = next(rule for rule in knowledge.findings if rule.finding is finding)
    told = []
    if rule.age_under_years is not None:
        told.append(pl.col("age_years") < rule.age_under_years)
    if rule.skin_types:
        told.append(pl.col("skin_type").is_in([skin.value for skin in rule.skin_types]))
    if finding.value in columns:
        told.append(pl.col(finding.value))
    return reduce(or_, told) if told else None


def _effects(
    tables: Tables, knowledge: mn.Knowledge, columns: Iterable[str]
) -> Iterator[tuple[int, Expr]]:
    """Say when a finding weighs how much."""
    import polars as pl

    for finding, effects in tables.effects.items():
        present = _present(finding, knowledge, columns)
        if present is None:
            continue
        effect = effects[0]
        for setting, other in zip(SETTINGS, effects, strict=True):
            if other.present != effect.present:
                # What it weighs more elsewhere.
                yield other.present.weight, present & (pl.col("setting") == setting.value)
        last = f"{finding.value}_last_on"
        if effect.wait is not None and last in columns:
            over = pl.col("on") >= pl.col(last) + pl.duration(days=effect.wait)
            yield effect.active.weight, present & ~over.fill_null(value=False)
        else:
            yield effect.present.weight, present
        if finding.value in columns and effect.unknown:
            unknown = pl.col(finding.value).is_null()
            if finding in tables.restricted:
                unknown &= _asked(tables, finding)
            yield effect.unknown, unknown


def _asked(tables: Tables, finding: mn.Finding) -> Expr:
    """Say where a finding's question makes sense."""
    import polars as pl

    places: dict[frozenset[str], list[str]] = {}
    for i, indication in enumerate(INDICATIONS):
        sites = frozenset(
            site.value for k, site in enumerate(SITES) if finding in tables.contexts[i, k, 0].asked
        )
        places.setdefault(sites, []).append(indication.value)
    told = [
        pl.col("indication").is_in(found) & pl.col("site").is_in(sorted(sites))
        for sites, found in places.items()
        if sites
    ]
    return reduce(or_, told)


def _weighed(tables: Tables, knowledge: mn.Knowledge, columns: Iterable[str]) -> Expr:
    import polars as pl

    found: dict[int, list[Expr]] = {}
    for weight, holds in _effects(tables, knowledge, columns):
        if weight:
            found.setdefault(weight, []).append(holds)
    chain: Any = pl
    for weight in sorted(found, reverse=True):
        chain = chain.when(pl.any_horizontal(found[weight])).then(pl.lit(weight, pl.Int8))
    return chain.otherwise(pl.lit(0, pl.Int8))


def _joined(tables: Tables, columns: Iterable[str]) -> list[tuple[Block, Outcome]]:
    """Join the cells of equal outcome into blocks, of all severities that are known."""
    found: dict[tuple[Value, ...], Outcome] = {}
    # For the patients that studies do not tell apart: the last, known, age and no skin type.
    for (i, j, k, m), cells in tables.cells.items():
        cell = cells[-1]
        severity = SEVERITIES[j]
        if severity is None:
            continue
        key = (INDICATIONS[i].value, severity.value, SITES[k].value, SETTINGS[m].value)
        told = {"weight": cell.weight, **cell.figures._asdict()}
        found[key] = tuple((name, told[name]) for name in ("weight", *columns))
    return blocks(found)


def _holds(block: Block) -> Expr:
    import polars as pl

    heights = map(len, (INDICATIONS, SEVERITIES[:-1], SITES, SETTINGS))
    told = []
    for name, values, height in zip(_AXES, block, heights, strict=True):
        if len(values) == height:
            continue
        held = sorted(values)
        told.append(pl.col(name) == held[0] if len(held) == 1 else pl.col(name).is_in(held))
    return pl.all_horizontal(told) if told else pl.lit(value=True)


def _by_blocks(found: Iterable[tuple[Block, object]], kind: Any) -> Expr:  # noqa: ANN401
    """Give what the first block that holds has; the largest are asked first."""
    import polars as pl

    largest = sorted(found, key=lambda pair: -_size(pair[0]))
    chain: Any = pl
    for block, value in largest:
        chain = chain.when(_holds(block)).then(pl.lit(value, kind))
    return chain.otherwise(pl.lit(None, kind))


def _size(block: Block) -> int:
    size = 1
    for values in block:
        size *= len(values)
    return size


def _kinds(knowledge: mn.Knowledge) -> dict[str, Any]:
    import polars as pl

    codes = {
        "anaesthesia": [kind.value for kind in mn.Anaesthesia],
        "protocol": sorted(protocol.id for protocol in knowledge.protocols),
    }
    return {name: pl.Enum(codes[name]) if name in codes else pl.Int32 for name in FIGURES}


def _verdict() -> Expr:
    import polars as pl

    weight, kind = pl.col("weight"), pl.Enum(_VERDICTS)
    chain: Any = pl
    for place, verdict in enumerate(_VERDICTS[:-1]):
        chain = chain.when(weight == place + 1).then(pl.lit(verdict, kind))
    return chain.otherwise(pl.lit(_VERDICTS[-1], kind)).alias("verdict")


class Steps(NamedTuple):
    """What is added to a frame, step by step, and what is shown in the end."""

    added: tuple[Mapping[str, Expr], ...]
    shown: tuple[Expr, ...]

    def applied(self, frame: Any) -> Any:  # noqa: ANN401 - lazy, of polars
        """Give the frame as it is shown."""
        for step in self.added:
            frame = frame.with_columns(**step)
        return frame.select(*self.shown)


def _first(tables: Tables, knowledge: mn.Knowledge, columns: Iterable[str]) -> dict[str, Expr]:
    """Say what the findings come to."""
    return {"found": _weighed(tables, knowledge, columns)}


def chained(columns: Sequence[str], knowledge: mn.Knowledge) -> Steps:
    """Write the verdict and the figures, each as a chain of its own over blocks of cells."""
    import polars as pl

    tables, kinds = knowledge.prepared(Tables), _kinds(knowledge)
    weights = [(block, dict(outcome)["weight"]) for block, outcome in _joined(tables, [])]
    figures = []
    for name in FIGURES:
        told = [(block, dict(outcome)) for block, outcome in _joined(tables, [name])]
        offers = [
            (block, held[name])
            for block, held in told
            if held["weight"] == OFFER and held[name] is not None
        ]
        offered = pl.when(pl.col("weight") == OFFER)
        figures.append(offered.then(_by_blocks(offers, kinds[name])).alias(name))
    weight = pl.max_horizontal("found", _by_blocks(weights, pl.Int8))
    added = (_first(tables, knowledge, columns), {"weight": weight})
    return Steps(added, (*map(pl.col, columns), _verdict(), *figures))


def numbered(columns: Sequence[str], knowledge: mn.Knowledge) -> Steps:
    """Write the same as one chain that numbers the blocks' outcomes, and figures by number."""
    import polars as pl

    tables, kinds = knowledge.prepared(Tables), _kinds(knowledge)
    joined = _joined(tables, FIGURES)
    outcomes = list(dict.fromkeys(outcome for _, outcome in joined))
    number = _by_blocks(((b, outcomes.index(o)) for b, o in joined), pl.Int16)

    def taken(name: str, kind: Any) -> Expr:  # noqa: ANN401
        held = pl.Series([dict(outcome)[name] for outcome in outcomes], dtype=kind)
        return pl.lit(held).gather(pl.col("number"))

    weight = pl.max_horizontal("found", taken("weight", pl.Int8))
    offered = pl.when(pl.col("weight") == OFFER)
    figures = [offered.then(taken(name, kinds[name])).alias(name) for name in FIGURES]
    added = (_first(tables, knowledge, columns), {"number": number}, {"weight": weight})
    return Steps(added, (*map(pl.col, columns), _verdict(), *figures))
