"""
Long random histories of a course, and the laws that hold after every step.

``python -m tests.treating.test_ledger_machine`` runs thousands of steps in many histories and
prints the counts; under pytest a shorter run is part of the suite. The model beside the ledger
is the plainest there is: what was accepted, as a list, and dates as ordinals.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import microneedling as mn
from microneedling.treating import episodes, ledger, updated_assessment
from microneedling.treating.responding import Worst
from tests.conftest import share
from tests.ledgers import KNOWLEDGE, START, assessment, course

COUNTS: Counter[str] = Counter()

# One of each kind: an interval that is a range, a single figure, short and at home, none at all.
COURSES = [
    (held, course(protocol, held))
    for protocol, held in (
        ("acne-scar-4-weekly", assessment()),
        ("acne-scar-2-weekly", assessment()),
        ("ageing-0.5mm", assessment(mn.Indication.AGEING_SKIN, None)),
        ("ageing-home", assessment(mn.Indication.AGEING_SKIN, None, setting=mn.Setting.HOME)),
        ("pigment-0.5mm", assessment(mn.Indication.HYPERPIGMENTATION, mn.Severity.MILD)),
        ("melasma-2-weekly", assessment(mn.Indication.MELASMA, None)),
    )
]
# Starts from which a course runs over leap days, month ends, and out of the calendar.
STARTS = [
    START,
    date(2028, 1, 31),
    date(2096, 2, 29),
    date(2100, 2, 28),
    date(2199, 6, 1),
]
OFTEN = [mn.SideEffectCode.ERYTHEMA, mn.SideEffectCode.MILIA, mn.SideEffectCode.BRUISING]
# What ends a course, or may, is drawn seldom, so that histories go on.
EFFECTS = st.sampled_from([*OFTEN * 100, *mn.SideEffectCode])
SEVERITIES = st.sampled_from([mn.Severity.MILD] * 20 + [*mn.Severity])
PASSING = [mn.Finding.HERPES_HISTORY, mn.Finding.CHEMICAL_PEEL, mn.Finding.SUNBURN_OR_TAN]
FINDINGS = st.sampled_from([*PASSING * 100, *mn.Finding])
NAMED = st.none() | st.none() | st.frozensets(st.sampled_from(mn.Safeguard), min_size=1, max_size=5)
FAR = 10_000_000
# What a side effect has ended, or somebody has stopped, goes on no more.
FOR_GOOD = {"rules.side_effect_ended_course", "rules.course_stopped"}
LAST = date(2199, 12, 31)


def _until(step: mn.NextStep) -> int:
    """Give the day until which nothing is to be done; none known is far away."""
    if isinstance(step, mn.Proceed | mn.Complete):
        return 0
    until = getattr(step, "until", None)
    return until.toordinal() if until else FAR


def as_cautious(step: mn.NextStep, before: mn.NextStep) -> bool:
    """Tell whether a step is at least as cautious as another."""
    if step.move < before.move:
        return False
    if step.move is before.move:
        if isinstance(step, mn.Proceed) and isinstance(before, mn.Proceed):
            return (
                step.earliest >= before.earliest
                and before.lengths.shortest <= step.lengths.shortest
                and step.lengths.longest <= before.lengths.longest
            )
        return _until(step) >= _until(before)
    return True


class Ledger(RuleBasedStateMachine):
    """Anything may be tried; what is accepted must keep the laws."""

    progress: mn.Progress
    today: date

    @initialize(place=st.integers(0, len(COURSES) - 1), start=st.sampled_from(STARTS))
    def begin(self, place: int, start: date) -> None:
        """Begin a course."""
        held, chosen = COURSES[place]
        self.today = start
        self.progress = mn.begin(held, chosen, KNOWLEDGE, on=start)
        self.accepted: list[mn.Event] = [self.progress.events[0]]
        self.steps = [mn.next_step(self.progress, KNOWLEDGE, start)]
        self.schedule: mn.Schedule | None = None
        self.ended: mn.Move | None = None
        COUNTS["histories"] += 1

    @precondition(lambda self: self.steps[-1].move >= mn.Move.COMPLETE)
    @rule(
        place=st.integers(0, len(COURSES) - 1),
        start=st.sampled_from(STARTS),
        really=st.booleans(),
    )
    def begin_another(self, place: int, start: date, really: bool) -> None:  # noqa: FBT001
        """Begin another course, a while after the end of one."""
        if really:
            self.check_history()
            self.begin(place, start)

    @rule()
    def do_as_told(self) -> None:
        """Go on as the next step says: wait for its day, hold the session, clear things up."""
        step = self.step()
        until = getattr(step, "until", None)
        if until is not None and until <= LAST:
            self.today = until
            step = self.step()
        if isinstance(step, mn.Proceed):
            event = mn.SessionDone(on=self.today, needle_length=step.lengths.shortest)
            assert self.record(event), "proceed means that a session may be recorded"
            COUNTS["sessions"] += 1
        elif isinstance(step, mn.Wait | mn.Pause):
            self.resolve_what_is_open()
            self.learn_that_it_is_over()
            if "rules.assessment_too_old" in {reason.rule for reason in step.why}:
                self.record(mn.AssessmentUpdated(on=self.today, reviewed=True))

    def record(self, event: mn.Event) -> bool:
        """Try to record; a refusal changes nothing."""
        before = self.progress
        as_it_was = (before.entries, hash(before))
        COUNTS["tried"] += 1
        try:
            longer = before.record(event)
        except mn.InputError as refusal:
            COUNTS[f"refused: {refusal.code}"] += 1
            assert (before.entries, hash(before)) == as_it_was
            return False
        assert longer.entries[:-1] == before.entries, "append-only"
        assert longer.entries[-1].event == event
        assert before.entries == as_it_was[0]
        self.progress = longer
        self.accepted.append(event)
        self.steps.append(self.step())
        COUNTS["recorded"] += 1
        return True

    def step(self, progress: mn.Progress | None = None) -> mn.NextStep:
        """Ask for the next step today."""
        COUNTS["steps asked"] += 1
        return mn.next_step(progress or self.progress, KNOWLEDGE, self.today)

    @rule(days=st.sampled_from([0, 1, 2, 3, 7, 13, 14, 15, 27, 28, 29, 30, 31, 42, 180]))
    def wait(self, days: int) -> None:
        """Let days pass; the calendar's end stops that."""
        self.today = min(LAST, self.today + timedelta(days=days))

    @rule()
    def wait_until_told(self) -> None:
        """Let the days pass that the next step says."""
        until = getattr(self.step(), "until", None)
        if until is not None and until <= LAST:
            self.today = until

    @rule(
        ago=st.sampled_from([0, 0, 0, 1, 5]),
        off=st.sampled_from([0, 0, 0, 0, -50, 50, None]),
        longest=st.booleans(),
        named=NAMED,
        zoned=st.booleans(),
    )
    def hold_a_session(
        self,
        ago: int,
        off: int | None,
        longest: bool,  # noqa: FBT001
        named: frozenset[mn.Safeguard] | None,
        zoned: bool,  # noqa: FBT001
    ) -> None:
        """Record a session, sometimes late, with a wrong length or against safeguards."""
        lengths = self.progress.course.lengths
        length = lengths.longest if longest else lengths.shortest
        done_on = self.today - timedelta(days=ago)
        step = self.step() if not ago else None
        event = mn.SessionDone(
            on=self.today,
            done_on=done_on,
            **self.told_as(None if off is None else mn.NeedleLength(length.um + off), zoned=zoned),
            override=mn.Override(safeguards=named, author="a", reason="b") if named else None,
        )
        held = self.progress.held
        recorded = self.record(event)
        if recorded:
            COUNTS["sessions"] += 1
            assert not held or done_on > held[-1], "strictly later"
            if named is None:
                self.check_gap(held, done_on)
                if step is not None:
                    assert isinstance(step, mn.Proceed) or self._only_put_off(step)
        elif step is not None and isinstance(step, mn.Proceed) and named is None:
            outside = off is not None and mn.NeedleLength(length.um + off) not in step.lengths
            again = bool(held) and done_on <= held[-1]
            assert outside or again, "proceed means that a session may be recorded"

    def told_as(self, length: mn.NeedleLength | None, *, zoned: bool) -> dict[str, Any]:
        """Tell a length as that of the session, or as that of its one zone, which is the site."""
        if not zoned:
            return {"needle_length": length}
        site = self.progress.assessment.site
        tip = mn.Material(kind=mn.MaterialKind.CARTRIDGE, lot="A 1")
        return {"zones": [mn.Zone(site=site, needle_length=length)], "materials": [tip]}

    @staticmethod
    def _only_put_off(step: mn.NextStep) -> bool:
        return {reason.rule for reason in step.why} == {"rules.session_put_off"}

    def check_gap(self, held: tuple[date, ...], done_on: date) -> None:
        """Hold the gap against the published figures, by ordinals."""
        chosen = self.progress.course
        if held and chosen.interval is not None:
            gap = done_on.toordinal() - held[-1].toordinal()
            assert gap >= chosen.interval.minimum_days, "never below the minimum"
        if held and chosen.downtime is not None:
            assert (done_on - held[-1]).days >= chosen.downtime.longest_days, "never unhealed"

    @rule(
        by=st.sampled_from([1, 5, 40, 200]),
        skip=st.booleans(),
        missed=st.none() | st.integers(0, 9),
    )
    def put_off(self, by: int, skip: bool, missed: int | None) -> None:  # noqa: FBT001
        """Skip or put off the next session: bad news for it."""
        to = self.today + timedelta(days=by)
        if to > LAST:
            return
        event: mn.Event = (
            mn.SessionSkipped(
                on=self.today,
                missed_on=None if missed is None else self.today - timedelta(days=missed),
            )
            if skip
            else mn.SessionPostponed(on=self.today, to=to)
        )
        before = self.progress
        unpublished = before.course.interval is None
        was = self.step()
        # A day may be chosen anew, and where no interval is published it has to be; what is
        # only let pass never brings anything nearer.
        anew = any(isinstance(e, mn.SessionPostponed) for e in self.accepted) or unpublished
        if self.record(event) and (skip or not anew):
            assert as_cautious(self.step(), was), "putting off makes nothing sooner"

    @precondition(lambda self: bool(self.progress.held))
    @rule(
        effect=EFFECTS,
        severity=SEVERITIES,
        back=st.integers(0, 3),
        earlier=st.integers(0, 2),
    )
    def report(
        self, effect: mn.SideEffectCode, severity: mn.Severity, back: int, earlier: int
    ) -> None:
        """Report a side effect: bad news, unless it tells that one has become milder."""
        number = max(1, len(self.progress.held) - earlier)
        day = (self.today - self.progress.held[number - 1]).days - back
        if day < 0:
            return
        known = [
            e
            for e in self.accepted
            if isinstance(e, mn.SideEffectReported) and (e.effect, e.session) == (effect, number)
        ]
        was = self.step()
        event = mn.SideEffectReported(
            on=self.today, effect=effect, severity=severity, day=day, session=number
        )
        if self.record(event):
            if all(severity >= e.severity for e in known):
                assert as_cautious(self.step(), was), "bad news makes nothing milder"
            if mn.respond(effect, severity, day, KNOWLEDGE).action >= mn.Action.REFER:
                self.ended = mn.Move.STOP

    @precondition(lambda self: bool(self.progress.held))
    @rule(effect=EFFECTS, back=st.integers(0, 5), earlier=st.integers(0, 2))
    def resolve(self, effect: mn.SideEffectCode, back: int, earlier: int) -> None:
        """Report the end of a side effect."""
        number = max(1, len(self.progress.held) - earlier)
        day = (self.today - self.progress.held[number - 1]).days - back
        if day >= 0:
            self.record(
                mn.SideEffectResolved(on=self.today, effect=effect, day=day, session=number)
            )

    @rule()
    def resolve_what_is_open(self) -> None:
        """Report the end of the side effect that was reported last."""
        reports = [e for e in self.accepted if isinstance(e, mn.SideEffectReported)]
        if not reports:
            return
        last = reports[-1]
        day = (self.today - self.progress.held[(last.session or 1) - 1]).days
        self.record(
            mn.SideEffectResolved(
                on=self.today, effect=last.effect, day=min(day, last.day + 1), session=last.session
            )
        )

    @rule(
        which=FINDINGS,
        present=st.sampled_from([True, True, None]),
        ago=st.none() | st.integers(0, 400),
    )
    def learn(self, which: mn.Finding, present: bool | None, ago: int | None) -> None:  # noqa: FBT001
        """Learn of a finding, or of not knowing it any more."""
        known = [
            e for e in self.accepted if isinstance(e, mn.FindingChanged) and e.finding is which
        ]
        last_on = self.today - timedelta(days=ago) if present and ago is not None else None
        was = self.step()
        event = mn.FindingChanged(on=self.today, finding=which, present=present, last_on=last_on)
        # That it is there is better to know than nothing.
        now_known = bool(known) and known[-1].present is None and present is not None
        if self.record(event) and (not known or last_on is None) and not now_known:
            # That it is there, or that nobody knows any more, is bad news; that it is over is
            # bad news of what was absent.
            assert as_cautious(self.step(), was), "bad news makes nothing milder"
            if present is None and not known and self.matters(which):
                assert self.step().move >= mn.Move.PAUSE, "unknown is not absent"

    def matters(self, which: mn.Finding) -> bool:
        """Tell whether a finding is asked for here, and not to caution alone."""
        about = KNOWLEDGE.finding(which)
        first = self.progress.assessment
        indications = [concern.indication for concern in first.concerns]
        told = mn.questions(KNOWLEDGE, indications=indications, site=first.site)
        asked = {question.finding for question in told}
        follows = about.age_under_years is not None or bool(about.skin_types)
        return which in asked and about.level > mn.Level.CAUTION and not follows

    @rule()
    def learn_that_it_is_over(self) -> None:
        """Learn that a finding is not there any more."""
        changes = [e for e in self.accepted if isinstance(e, mn.FindingChanged)]
        if changes:
            self.record(
                mn.FindingChanged(on=self.today, finding=changes[-1].finding, present=False)
            )

    @rule(extra=st.integers(-2, 2), named=NAMED)
    def plan_anew(self, extra: int, named: frozenset[mn.Safeguard] | None) -> None:
        """Plan more or fewer sessions; what is not documented takes an override by name."""
        progress = self.progress
        planned = None if progress.sessions is None else progress.sessions + extra
        if planned is not None and not 1 <= planned <= 100:
            return
        event = mn.PlanChanged(
            on=self.today,
            sessions=planned,
            override=mn.Override(safeguards=named, author="a", reason="b") if named else None,
        )
        if self.record(event):
            assert self.progress.sessions == planned
            assert planned is None or planned >= len(self.progress.held)
            documented = self.progress.course.sessions
            if documented is not None and not named:
                assert planned is not None
                assert documented.fewest <= planned <= documented.most

    @rule(
        skin_type=st.none() | st.sampled_from(mn.SkinType),
        label=st.none() | st.sampled_from([500, 1000, 1500, 2500]),
        severity=st.none() | st.sampled_from(mn.Severity),
        reviewed=st.booleans(),
    )
    def update(
        self,
        skin_type: mn.SkinType | None,
        label: int | None,
        severity: mn.Severity | None,
        reviewed: bool,  # noqa: FBT001
    ) -> None:
        """Tell anew what the assessment said: judged as an assessment that says so would be."""
        first = self.progress.assessment
        device = label and mn.Device(kind=mn.DeviceKind.PEN, label_maximum=mn.NeedleLength(label))
        graded = [attrs.evolve(concern, severity=severity) for concern in first.concerns]
        if not (skin_type or label or severity or reviewed):
            return
        event = mn.AssessmentUpdated(
            on=self.today,
            skin_type=skin_type,
            device=device or None,
            concerns=graded if severity else (),
            reviewed=reviewed,
        )
        assert self.record(event), "a fact can always be told"
        step = self.step()
        if isinstance(step, mn.Proceed) and label:
            assert step.lengths.longest <= mn.NeedleLength(label), "the label binds"
        if reviewed:
            old = {reason.rule for reason in (*step.why, *step.notices)}
            assert "rules.assessment_too_old" not in old

    @rule(really=st.sampled_from([False] * 30 + [True]))
    def stop(self, really: bool) -> None:  # noqa: FBT001
        """Stop, rarely."""
        if really:
            self.record(mn.CourseStopped(on=self.today))

    @rule(back=st.integers(1, 4), really=st.sampled_from([False, False, True]))
    def strike_out(self, back: int, really: bool) -> None:  # noqa: FBT001
        """Strike out one of the last entries: it is as if it had never been made."""
        number = len(self.accepted) - back
        if number < 1 or not really:
            return
        before = self.progress
        event = mn.EnteredInError(on=self.today, entry=number, author="a", reason="b")
        if not self.record(event):
            return
        self.ended = None
        struck = set[int]()
        for place, kept in reversed(list(enumerate(self.accepted))):
            if isinstance(kept, mn.EnteredInError) and place not in struck:
                struck.add(kept.entry)
        without = mn.begin(
            before.assessment,
            before.course,
            KNOWLEDGE,
            on=before.events[0].on,
            sessions=before.events[0].sessions,  # type: ignore[union-attr]  # the first begins it
        )
        try:
            for place, kept in enumerate(self.accepted[1:], 1):
                if place not in struck and not isinstance(kept, mn.EnteredInError):
                    without = without.record(kept)
        except mn.InputError:
            # A safeguard was overridden that need not have been without it, or the reverse.
            COUNTS["struck, not rebuilt"] += 1
            return
        COUNTS["struck, rebuilt"] += 1
        assert self.step() == self.step(without), "struck out is never made"

    @rule(first=FINDINGS, second=FINDINGS, severity=SEVERITIES)
    def tell_things_of_one_day(
        self, first: mn.Finding, second: mn.Finding, severity: mn.Severity
    ) -> None:
        """Facts of one day that do not hang together: in any order they come to the same."""
        events: list[mn.Event] = [mn.FindingChanged(on=self.today, finding=first, present=True)]
        if second is not first:
            events.append(mn.FindingChanged(on=self.today, finding=second, present=False))
        if self.progress.held:
            day = (self.today - self.progress.held[0]).days
            events += [
                mn.SideEffectReported(
                    on=self.today, effect=effect, severity=severity, day=day, session=1
                )
                for effect in OFTEN[:2]
            ]
        there = back = self.progress
        for event in events:
            there = there.record(event)
        for event in reversed(events):
            back = back.record(event)
        assert self.step(there) == self.step(back), "order on one day does not matter"
        COUNTS["orders compared"] += 1

    @rule(closed=st.frozensets(st.integers(0, 60), max_size=20))
    def plan(self, closed: frozenset[int]) -> None:
        """Date the rest; doing it again changes nothing, and what was held stays."""
        shut = {self.today + timedelta(days=offset) for offset in closed}
        before = self.schedule
        try:
            if before is None:
                begun_on = self.progress.events[0].on
                count = 1 if self.progress.course.interval is None else self.progress.sessions or 4
                before = mn.schedule(self.progress.course, begun_on, sessions=count)
            again = mn.reschedule(before, self.progress, on=self.today, closed=shut)
        except mn.InputError as refusal:
            COUNTS[f"not dated: {refusal.code}"] += 1
            if refusal.code not in {"not_published", "out_of_calendar"}:
                raise
            return
        COUNTS["plans"] += 1
        step = self.step()
        assert mn.reschedule(again, self.progress, on=self.today, closed=shut) is again
        held = self.progress.held
        for number, (one, other) in enumerate(
            zip(before.sessions[: len(held)], again.sessions[: len(held)], strict=False)
        ):
            assert (one.earliest, one.preferred, one.latest) == (
                *(other.earliest, other.preferred, other.latest),
            )
            assert other.held_on == held[number]
        to_come = again.to_come
        assert bool(to_come) is not (step.move >= mn.Move.COMPLETE or bool(again.paused))
        if again.paused:
            COUNTS["plans paused"] += 1
            assert step.move in {mn.Move.WAIT, mn.Move.PAUSE}
            assert getattr(step, "until", None) is None
        for session in to_come:
            assert session.preferred >= self.today
            assert session.preferred not in shut
        for one, other in pairwise([*again.sessions[: len(held)][-1:], *to_come]):
            self.check_gap((one.day,), other.preferred)
        self.schedule = again

    @invariant()
    def an_end_is_an_end(self) -> None:
        """After the stop, a red flag or completion no step ever allows a session again."""
        if not hasattr(self, "progress"):
            return
        step = self.steps[-1] if self.accepted[-1].on == self.today else self.step()
        if self.ended is mn.Move.STOP:
            assert step.move is mn.Move.STOP, "a stop is for good"
        elif {reason.rule for reason in step.why} & FOR_GOOD:
            self.ended = mn.Move.STOP
        if self.progress.sessions is not None and len(self.progress.held) >= self.progress.sessions:
            assert step.move >= mn.Move.COMPLETE
        age = (self.today - self.progress.assessment.on).days
        asked_again = any(isinstance(e, mn.AssessmentUpdated) for e in self.accepted)
        if isinstance(step, mn.Proceed) and not asked_again:
            limit = KNOWLEDGE.rule("assessment_too_old").days
            assert limit is not None
            assert age <= limit, "facts do not count for ever"
        COUNTS[f"step: {step.move.value}"] += 1

    def teardown(self) -> None:
        """Look back at the end."""
        if hasattr(self, "progress"):
            self.check_history()

    def check_history(self) -> None:
        """The ledger is what was accepted, and replays to what was said."""
        assert list(self.progress.events) == self.accepted
        assert mn.replay(self.progress) == tuple(self.steps), "replay is exact"
        again = mn.from_json(mn.to_json(self.progress), mn.Progress, KNOWLEDGE)
        assert again == self.progress
        for entry in self.progress.entries:
            assert (entry.edition, entry.digest) == (KNOWLEDGE.id, KNOWLEDGE.digest)
        COUNTS["replayed"] += len(self.steps)


def _settings(histories: int, steps: int, **more: object) -> settings:
    return settings(
        deadline=None,
        max_examples=histories,
        stateful_step_count=steps,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        **more,  # type: ignore[arg-type]
    )


def test_histories_at_random() -> None:
    """The laws hold after every step of many histories."""
    run_state_machine_as_test(Ledger, settings=_settings(share(80).max_examples, 60))


def _no_safeguards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "check", lambda *_: None)


def _no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at what is open only, and forget what ended a course."""
    last = Worst.of

    def of(self: Worst, episode: episodes.Episode) -> mn.Response:
        if episode.resolved is None:
            return last(self, episode)
        return mn.respond(mn.SideEffectCode.ERYTHEMA, mn.Severity.MILD, 0, KNOWLEDGE)

    monkeypatch.setattr(Worst, "of", of)


def _asks_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take what is unknown for absent."""
    facts = updated_assessment._screening  # noqa: SLF001

    def known(*given_: object) -> mn.Screening:
        held = facts(*given_)  # type: ignore[arg-type]
        return mn.Screening.complete(present=held.present)

    monkeypatch.setattr(updated_assessment, "_screening", known)


@pytest.mark.heavy
@pytest.mark.parametrize("spoil", [_no_safeguards, _no_memory, _asks_are_forgotten])
def test_the_laws_bite(
    spoil: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code that breaks a law is caught by it."""
    spoil(monkeypatch)
    with pytest.raises((AssertionError, mn.InputError)):
        run_state_machine_as_test(
            Ledger,
            settings=_settings(1_000, 100, phases=[Phase.generate]),
        )


def main() -> int:
    """Run many long histories and print what was done."""
    parser = argparse.ArgumentParser(prog="python -m tests.treating.test_ledger_machine")
    parser.add_argument("--histories", type=int, default=300)
    parser.add_argument("--steps", type=int, default=1_000)
    given = parser.parse_args()
    start = time.perf_counter()
    run_state_machine_as_test(Ledger, settings=_settings(given.histories, given.steps))
    for name in sorted(COUNTS):
        print(f"{COUNTS[name]:9} {name}")
    print(f"all laws hold; {time.perf_counter() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
