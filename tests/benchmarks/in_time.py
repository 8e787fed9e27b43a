"""How long it takes to date a course and to ask what comes next."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter_ns

from dateutil.rrule import DAILY, rrule, rruleset

import microneedling as mn

from .table import EDITION, Row, at_most, measured

__all__ = ["in_time"]

_START = date(2026, 12, 1)
_EVENTS = 50
_MILD = (mn.SideEffectCode.ERYTHEMA, mn.SideEffectCode.OEDEMA, mn.SideEffectCode.MILIA)
_FINDINGS = (mn.Finding.HERPES_HISTORY, mn.Finding.CHEMICAL_PEEL, mn.Finding.SUNBURN_OR_TAN)


def _begun(knowledge: mn.Knowledge) -> mn.Progress:
    assessment = mn.Assessment(
        on=date(2026, 11, 22),
        site=mn.Site.CHEEK,
        setting=mn.Setting.CLINIC,
        concerns=[mn.Concern(indication=mn.Indication.AGEING_SKIN)],
        skin_type=mn.SkinType.III,
        age_years=34,
        screening=mn.Screening.complete(),
    )
    options = mn.recommend(assessment, knowledge).options
    course = next(option for option in options if option.protocols == ("ageing-0.5mm",))
    return mn.begin(assessment, course, knowledge, on=_START)


def _events(rng: Random, day: date, number: int) -> list[mn.Event]:
    """Make what may happen after a session: side effects and their ends, findings, delays."""
    found: list[mn.Event] = []
    for effect in rng.sample(_MILD, 2):
        found.append(
            mn.SideEffectReported(
                on=day + timedelta(days=1), effect=effect, severity=mn.Severity.MILD, day=1
            )
        )
        found.append(mn.SideEffectResolved(on=day + timedelta(days=3), effect=effect, day=2))
    found.append(
        mn.FindingChanged(
            on=day + timedelta(days=5), finding=rng.choice(_FINDINGS), present=number % 2 == 0
        )
    )
    if rng.random() < 0.5:
        found.append(mn.SessionPostponed(on=day + timedelta(days=9), to=day + timedelta(days=28)))
    return sorted(found, key=lambda event: event.on)


def _ledger(seed: int, knowledge: mn.Knowledge) -> tuple[mn.Progress, date]:
    """Record fifty events of a course, and give the day of the last."""
    rng = Random(seed)  # noqa: S311 - repeatable, and guards nothing
    progress, day, number = _begun(knowledge), _START, 0
    length = progress.course.lengths.shortest
    while len(progress.entries) < _EVENTS:
        step = mn.next_step(progress, knowledge, day)
        if isinstance(step, mn.Proceed):
            progress = progress.record(mn.SessionDone(on=day, needle_length=length))
            for event in _events(rng, day, number):
                if len(progress.entries) < _EVENTS:
                    progress = progress.record(event)
            number += 1
        day = max(day + timedelta(days=28), progress.events[-1].on)
        for finding in _FINDINGS:
            if len(progress.entries) < _EVENTS and not isinstance(step, mn.Proceed):
                absent = mn.FindingChanged(on=day, finding=finding, present=False)
                progress = progress.record(absent)
    return progress, day


def _timed(call: Callable[[], object], rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        start = perf_counter_ns()
        call()
        times.append((perf_counter_ns() - start) / 1e3)
    return times


def _by_rule(closed: frozenset[date]) -> list[datetime]:
    """Give ten days 28 days apart without the closed ones, by the rules of a calendar library."""
    rules = rruleset()
    first = datetime(_START.year, _START.month, _START.day)  # noqa: DTZ001 - it takes no other
    rules.rrule(rrule(DAILY, interval=28, count=10, dtstart=first))
    for day in closed:
        rules.exdate(datetime(day.year, day.month, day.day))  # noqa: DTZ001
    return list(rules)


def in_time(rounds: int) -> list[Row]:
    """Date ten sessions, and ask after fifty events; each many times, beside a peer or a part."""
    knowledge = mn.load(EDITION)
    course = _begun(knowledge).course
    closed = frozenset(_START + timedelta(days=n) for n in (24, 25, 31, 56, 112))
    dated = mn.schedule(course, _START, closed=closed)
    assert len(dated.sessions) == 10
    ledgers = [_ledger(seed, knowledge) for seed in range(20)]
    asked: list[float] = []
    for progress, day in ledgers:
        assert len(progress.entries) == _EVENTS
        asked.append(
            median(_timed(lambda p=progress, d=day: mn.next_step(p, knowledge, d), rounds))  # type: ignore[misc]
        )
    progress, day = next(
        (progress, day)
        for progress, day in ledgers
        if mn.next_step(progress, knowledge, day).move < mn.Move.PAUSE
    )
    ours = _timed(lambda: mn.schedule(course, _START, closed=closed), rounds)
    theirs = _timed(lambda: _by_rule(closed), rounds)
    again = _timed(lambda: mn.reschedule(dated, progress, on=day), rounds)
    alone = _timed(lambda: mn.recommend(progress.assessment, knowledge), rounds)
    stop = mn.CourseStopped(on=day)
    return [
        Row(f"In time: {rounds} calls each; {len(ledgers)} ledgers of {_EVENTS} events"),
        measured("  schedule, ten sessions, closed days", ours, "us", at_most(200)),
        measured("  ten bare dates by dateutil's rruleset", theirs, "us"),
        Row("  schedule / rruleset", median(ours) / median(theirs), "x"),
        measured("  next_step", asked, "us", at_most(200)),
        measured("  the recommendation within it, alone", alone, "us"),
        measured("  reschedule", again, "us"),
        measured("  record", _timed(lambda: progress.record(stop), rounds), "us"),
    ]
