"""How long one recommendation takes on assessments that were never seen before."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from statistics import median, quantiles
from time import perf_counter_ns

import microneedling as mn

from .table import EDITION, Row, at_most

__all__ = ["assessments", "deciding"]

_START = date(2026, 1, 1)
_LABELS = range(250, 3251, 250)


def _concerns(rng: Random) -> list[mn.Concern]:
    (count,) = rng.choices((1, 2, 3), (70, 25, 5))
    return [
        mn.Concern(
            indication=indication,
            severity=None if rng.random() < 0.1 else rng.choice(list(mn.Severity)),
        )
        for indication in rng.sample(list(mn.Indication), count)
    ]


def _screening(rng: Random, on: date) -> mn.Screening:
    """Make a screening: up to three findings, half of them dated, up to ten absent."""
    count = rng.randint(0, 3)
    drawn = rng.sample(list(mn.Finding), count + rng.randint(0, 10))
    present = [
        mn.Exposure(
            finding=finding,
            last_on=on - timedelta(days=rng.randint(0, 730)) if rng.random() < 0.5 else None,
        )
        for finding in drawn[:count]
    ]
    asked = rng.random() < 0.6
    return mn.Screening(present=present, absent=drawn[count:], everything_asked=asked)


def _device(rng: Random) -> mn.Device | None:
    """Make no device, one without a label's maximum, or one with it; each as often."""
    form = rng.randrange(3)
    if not form:
        return None
    label = mn.NeedleLength(rng.choice(_LABELS)) if form == 1 else None
    return mn.Device(kind=rng.choice(list(mn.DeviceKind)), label_maximum=label)


def _preferences(rng: Random) -> mn.Preferences:
    if rng.random() < 0.5:
        return mn.Preferences()
    return mn.Preferences(
        longest_downtime_days=rng.choice((None, rng.randint(0, 14))),
        numbing=rng.choice((None, True, False)),
        most_visits=rng.choice((None, rng.randint(1, 10))),
    )


def _assessment(rng: Random) -> mn.Assessment:
    on = _START + timedelta(days=rng.randrange(365))
    return mn.Assessment(
        on=on,
        site=rng.choice(list(mn.Site)),
        setting=rng.choice(list(mn.Setting)),
        concerns=_concerns(rng),
        skin_type=None if rng.random() < 0.1 else rng.choice(list(mn.SkinType)),
        age_years=None if rng.random() < 0.1 else rng.randint(16, 80),
        screening=_screening(rng, on),
        device=_device(rng),
        preferences=_preferences(rng),
    )


def assessments(seed: int, count: int) -> list[mn.Assessment]:
    """Make valid assessments at random, over all public inputs; the same for one seed."""
    rng = Random(seed)  # noqa: S311 - repeatable, and guards nothing
    return [_assessment(rng) for _ in range(count)]


def _timer() -> float:
    """Give what reading the clock twice costs, in nanoseconds."""
    readings = [perf_counter_ns() for _ in range(10_001)]
    return median(later - sooner for sooner, later in pairwise(readings))


def _rows(name: str, times: list[int], goal: float | None = None) -> list[Row]:
    cuts = quantiles(times, n=100)
    return [
        Row(
            f"  {name}",
            median(times) / 1e3,
            "us",
            f"p95 {cuts[94] / 1e3:.1f}, p99 {cuts[98] / 1e3:.1f}",
            at_most(goal) if goal else None,
        )
    ]


def deciding(count: int) -> list[Row]:
    """Decide each fresh assessment once, after as many others that warm the shared parts."""
    knowledge = mn.load(EDITION)
    recommend = mn.recommend
    for assessment in assessments(1, count):
        recommend(assessment, knowledge)
    times: dict[mn.Verdict, list[int]] = defaultdict(list)
    for assessment in assessments(2, count):
        start = perf_counter_ns()
        answer = recommend(assessment, knowledge)
        end = perf_counter_ns()
        times[answer.verdict].append(end - start)
    rows = _rows("recommend", [time for held in times.values() for time in held], goal=10)
    for verdict in sorted(times):
        held = times[verdict]
        rows += _rows(f"  of these {verdict.value}: {len(held) / count:.1%}", held)
    return [
        Row(f"Deciding: {count} fresh random assessments, each timed once"),
        *rows,
        Row("  reading the clock, not subtracted", _timer() / 1e3, "us"),
    ]
