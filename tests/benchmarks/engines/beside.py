"""Every engine and ourselves in turns, once they are found to decide alike."""

from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from textwrap import wrap
from typing import Any, Final, NamedTuple

import microneedling as mn
from tests.benchmarks.table import (
    EDITION,
    DifferenceError,
    Goal,
    Row,
    at_least,
    each,
    measured,
    paired,
)

from .by_business_rules import BUSINESS_RULES
from .by_cel import CEL
from .by_clips import CLIPS
from .by_durable_rules import DURABLE_RULES
from .by_rule_engine import RULE_ENGINE
from .by_zen import ZEN
from .reduced import Case, Decision, Engine, Json, cases, decision, reduced

__all__ = ["beside_engines"]

_ENGINES: Final = (ZEN, CLIPS, CEL, BUSINESS_RULES, DURABLE_RULES, RULE_ENGINE)
_GOALS: Final[Mapping[str, Goal]] = {ZEN.name: at_least(3)}
_WIDTH: Final = 96


class _Timed(NamedTuple):
    """What is called in every round, how it gets its input, and what it took."""

    name: str
    call: Callable[[Any], object]
    given: Callable[[Case], object]
    taken: list[float]

    def run(self, drawn: Iterable[Case]) -> None:
        """Make the input, then take the time."""
        self.taken.append(each(self.call, [self.given(case) for case in drawn]))


def _made(engine: Engine, asked: Decision) -> Callable[[Any], Json] | Row:
    """Give the decision as the engine makes it, or why the engine is left out."""
    try:
        return engine.make(asked)
    except ImportError as missing:
        return Row(f"  {engine.name}: left out, since it cannot be imported ({missing})")


def _compare(
    engine: Engine, call: Callable[[Any], Json], knowledge: mn.Knowledge, drawn: Iterable[Case]
) -> None:
    """Refuse to time what is not the same decision."""
    for case in drawn:
        ours = reduced(mn.recommend(case.assessment(), knowledge))
        theirs = dict(call(engine.given(case)))
        # Ours are sorted within a level, an engine's stand as it found them.
        for answer in (ours, theirs):
            answer["reasons"] = sorted(answer["reasons"])
        if ours != theirs:
            message = f"Beside {engine.name}: {case}: ours {ours}, the engine's {theirs}"
            raise DifferenceError(message)


def _ours(knowledge: mn.Knowledge) -> list[_Timed]:
    """Give ourselves, and ourselves with as much read off the answer as the engines give."""

    def recommend(assessment: mn.Assessment) -> object:
        return mn.recommend(assessment, knowledge)

    def read(assessment: mn.Assessment) -> object:
        return reduced(mn.recommend(assessment, knowledge))

    return [
        _Timed("recommend", recommend, Case.assessment, []),
        _Timed("recommend, and the same figures read off it", read, Case.assessment, []),
    ]


def _remarks(asked: Decision, engines: Iterable[Engine]) -> list[Row]:
    """Say what is compared, and who does what."""
    case = (
        "one concern, severity, age and skin type known, screening complete, no days; all sites;"
        f" a table of {len(asked.table)} rows; making an engine's input not counted, to its"
        " advantage; ours also"
        " gives reasons, sources, all options and the trace"
    )
    said = (case, *(f"{engine.name}: {engine.remark}" for engine in engines))
    return [
        Row("\n".join(wrap(f"({one})", _WIDTH, initial_indent="  ", subsequent_indent="   ")))
        for one in said
    ]


def beside_engines(rounds: int, count: int) -> list[Row]:
    """
    Time the engines and ourselves in turns, on inputs made beforehand and used once.

    An engine that is not installed is left out, and a row says so.

    Raises:
        DifferenceError: If one of them decides any case differently.
    """
    knowledge = mn.load(EDITION)
    asked = decision(knowledge)
    ours, theirs = _ours(knowledge), []
    present, missing = [], []
    for engine in _ENGINES:
        call = _made(engine, asked)
        if isinstance(call, Row):
            missing.append(call)
            continue
        _compare(engine, call, knowledge, cases(3, count))
        name = f"{engine.name} {version(engine.distribution)}"
        theirs.append(_Timed(name, call, engine.given, []))
        present.append(engine)
    for number in range(rounds):
        drawn = cases(4 + number, count)
        for one in (*ours, *theirs):
            one.run(drawn)
    return [
        Row(
            f"Beside rule engines: {rounds} interleaved rounds of {count} fresh cases,"
            f" {count} others found equal in each"
        ),
        *(measured(f"  {one.name}", one.taken, "us") for one in (*ours, *theirs)),
        *(
            paired(
                f"  {engine.name} / recommend", one.taken, ours[0].taken, _GOALS.get(engine.name)
            )
            for engine, one in zip(present, theirs, strict=True)
        ),
        *missing,
        *_remarks(asked, present),
    ]
