"""
One value for a treatment: what happens is recorded, and the plan follows or is paused.

And what concerns the person goes from one area to another, and two copies are put together.
"""

from datetime import date, timedelta
from functools import reduce
from itertools import permutations
from typing import Any

import attrs
import holidays
import icalendar
import pytest
from hypothesis import given, settings, strategies as st

import microneedling as mn
from microneedling.strategies import treatments
from tests.conftest import share
from tests.ledgers import (
    FOUR_WEEKLY,
    KNOWLEDGE,
    SCARS,
    START,
    day,
    done,
    finding,
    over,
    refused,
    rules,
    seen,
)

ANSWER = mn.recommend(SCARS, KNOWLEDGE)
CHEEK, NECK = mn.Site.CHEEK, mn.Site.NECK


def begun(sessions: int = 3, **more: object) -> mn.Treatment:
    """Begin the treatment of one area."""
    return mn.begin_treatment(
        ANSWER,
        FOUR_WEEKLY,
        KNOWLEDGE,
        start=START,
        sessions=sessions,
        **more,  # type: ignore[arg-type]
    )


def visit() -> mn.Treatment:
    """Begin the treatment of two areas of one person."""
    neck = attrs.evolve(
        SCARS,
        site=NECK,
        concerns=[mn.Concern(indication=mn.Indication.FINE_LINES, severity=mn.Severity.MODERATE)],
    )
    found = mn.recommend_visit(mn.Visit([SCARS, neck]), KNOWLEDGE)
    choices = {one.assessment.site: one.options[0] for one in found.answers}
    return mn.begin_treatment(found, choices, KNOWLEDGE, start=START)


def status(treatment: mn.Treatment) -> list[tuple[str, int, date]]:
    """Read each entry of the calendar: status, sequence and the day of the last change."""
    events: list[Any] = icalendar.Calendar.from_ical(treatment.to_ics(key="k")).walk("VEVENT")
    return [
        (str(one["STATUS"]), int(one["SEQUENCE"]), one["LAST-MODIFIED"].dt.date()) for one in events
    ]


class TestPlan:
    """The plan belongs to the ledger: it follows what is recorded, or is paused with reasons."""

    def test_it_is_what_schedule_and_reschedule_give(self) -> None:
        treatment = begun()
        planned = mn.schedule(FOUR_WEEKLY, START, sessions=3)
        assert treatment.plan().sessions == planned.sessions
        late = treatment.record(done(3))
        again = mn.reschedule(planned, late.leading(), on=day(3))
        assert late.plan().sessions == again.sessions

    def test_a_side_effect_is_recorded_and_pauses(self) -> None:
        """What cannot be dated is no error: the days are withdrawn, and given again later."""
        held = begun().record(done(0))
        sore = held.record(seen(9, 9))
        assert [type(e).__name__ for e in sore.leading().events][-1] == "SideEffectReported"
        assert rules(sore.plan().paused) == ["responses.erythema"]
        assert sore.plan().next is None
        assert mn.care_plan(sore.plan()).on(day(27)) == ()
        before, now = status(held), status(sore)
        assert [told for told, _, _ in now] == ["CONFIRMED", "CANCELLED", "CANCELLED"]
        assert all(new > old for (_, old, _), (_, new, _) in zip(before, now, strict=True))
        assert {changed for _, _, changed in now} == {day(9)}
        healed = sore.record(over(12, 10))
        assert healed.plan().to_come == held.plan().to_come
        assert [told for told, _, _ in status(healed)] == ["CONFIRMED", "TENTATIVE", "TENTATIVE"]
        assert status(healed)[1][1] > now[1][1]

    def test_nothing_changes_where_nothing_moves(self) -> None:
        held = begun().record(done(0))
        noted = held.record(finding(1, mn.Finding.HERPES_HISTORY))
        assert noted.plan() == held.plan()

    def test_closed_days_are_kept(self) -> None:
        """As data: a day that is closed now is closed for what is dated later."""
        shut = {day(28), day(29), day(31), day(32)}
        treatment = begun(closed=shut)
        assert treatment.closed >= shut
        assert treatment.plan().sessions[1].day == day(30)
        assert treatment.record(done(4)).plan().sessions[1].day == day(33)
        later = treatment.closing({day(30)})
        assert later.plan().sessions[1].day not in {*shut, day(30)}

    def test_a_country_is_kept_as_far_as_anybody_plans(self) -> None:
        treatment = begun(closed=holidays.country_holidays("CH", subdiv="ZH"))
        assert date(2027, 1, 1) in treatment.closed
        moved = treatment.record(mn.SessionPostponed(on=START, to=date(2028, 8, 1)))
        assert moved.plan().sessions[0].day == date(2028, 8, 2)

    def test_what_a_function_says_is_kept(self) -> None:
        weekdays = begun(is_open=lambda given: given.weekday() < 5)
        held = weekdays.record(done(0), is_open=lambda given: given.weekday() < 5)
        assert all(session.day.weekday() < 5 for session in held.plan().to_come)
        assert all(given.weekday() >= 5 for given in held.closed)

    def test_no_room_is_a_state_as_well(self) -> None:
        """A last day that cannot be kept pauses the plan and refuses no record."""
        treatment = begun(until=day(60)).record(done(2))
        assert rules(treatment.plan().paused) == []
        late = treatment.record(done(35))
        assert rules(late.plan().paused) == ["rules.plan_does_not_fit"]
        assert late.leading().held == (day(2), day(35))
        assert mn.from_json(mn.to_json(late), mn.Treatment) == late

    def test_the_end_cancels(self) -> None:
        stopped = begun().record(done(0)).record(mn.CourseStopped(on=day(5)))
        assert [told for told, _, _ in status(stopped)] == ["CONFIRMED", "CANCELLED", "CANCELLED"]

    def test_no_day_is_published(self) -> None:
        """Where nobody publishes an interval the plan waits for the day that is set."""
        held = attrs.evolve(
            SCARS,
            concerns=[
                mn.Concern(indication=mn.Indication.HYPERPIGMENTATION, severity=mn.Severity.MILD)
            ],
        )
        answer = mn.recommend(held, KNOWLEDGE)
        chosen = next(option for option in answer.options if option.interval is None)
        treatment = mn.begin_treatment(answer, chosen, KNOWLEDGE, start=START)
        first = treatment.record(done(0, needle_length=chosen.lengths.shortest))
        assert rules(first.plan().paused) == ["rules.interval_not_published"]
        put = first.record(mn.SessionPostponed(on=day(3), to=day(40)))
        assert put.plan().to_come[0].day == day(40)

    def test_it_does_not_begin_before_it_is_assessed(self) -> None:
        refused(
            "out_of_order",
            "start",
            lambda: mn.begin_treatment(
                ANSWER, FOUR_WEEKLY, KNOWLEDGE, start=SCARS.on - timedelta(days=1)
            ),
        )

    def test_what_does_not_belong_together(self) -> None:
        one, other = begun(), begun().record(done(0))
        refused(
            "other_ledger",
            "plans[0]",
            lambda: mn.Treatment(ledgers=other.ledgers, plans=one.plans),
        )
        refused("contradiction", "plans", lambda: attrs.evolve(one, plans=()))
        refused("empty", "ledgers", lambda: attrs.evolve(one, ledgers=()))

    @given(treatments())
    @settings(share(60))
    def test_a_plan_is_never_a_reason_to_refuse(self, treatment: mn.Treatment) -> None:
        """What the ledger takes, the treatment takes; and it is read as it was written."""
        ledger, plan = treatment.leading(), treatment.plan()
        assert [s.held_on for s in plan.sessions if s.held_on] == list(ledger.held)
        step = treatment.next_step(KNOWLEDGE, treatment.day)
        assert bool(plan.to_come) is not (step.move >= mn.Move.COMPLETE or bool(plan.paused))
        assert not {session.day for session in plan.to_come} & treatment.closed
        assert mn.from_json(mn.to_json(treatment), mn.Treatment, *ledger.editions) == treatment


class TestAreas:
    """A ledger for each area, one calendar, one person."""

    def test_days_are_shared(self) -> None:
        treatment = visit()
        held = treatment.record(done(0), site=CHEEK).record(
            mn.SessionDone(
                on=day(0), needle_length=treatment.leading(NECK).course.lengths.shortest
            ),
            site=NECK,
        )
        cheek, neck = (held.plan(site).to_come for site in (CHEEK, NECK))
        assert [s.day for s in cheek][:3] == [s.day for s in neck][:3]
        names = {
            str(event["SUMMARY"]).rpartition(" ")[0]
            for event in icalendar.Calendar.from_ical(held.to_ics()).walk("VEVENT")
        }
        assert names == {"Microneedling session: cheek", "Microneedling session: neck"}

    def test_an_area_that_is_paused_holds_up_no_other(self) -> None:
        held = visit().record(done(0), site=CHEEK)
        sore = held.record(seen(9, 9), site=CHEEK)
        assert sore.plan(CHEEK).paused
        assert not sore.plan(NECK).paused
        assert sore.plan(NECK).to_come

    def test_what_concerns_the_person_is_told_everywhere(self) -> None:
        """A finding of the person, and what a side effect says of the person."""
        scarring = visit().record(finding(1, mn.Finding.KELOID_TENDENCY))
        for site in (CHEEK, NECK):
            assert scarring.next_step(KNOWLEDGE, day(1), site=site).move is mn.Move.STOP
        held = visit().record(done(0), site=CHEEK)
        shock = seen(0, 0, mn.SideEffectCode.ANAPHYLAXIS, mn.Severity.SEVERE)
        both = held.record(shock, site=CHEEK)
        step = both.next_step(KNOWLEDGE, day(0), site=NECK)
        assert step.move is mn.Move.STOP
        told = [r.facts for r in step.notices if r.rule == "rules.facts_carried_over"]
        assert told == [("needle_reaction=present", "severe_allergy=present")]

    def test_what_lies_in_one_area_stays_there(self) -> None:
        wound = visit().record(finding(1, mn.Finding.OPEN_WOUND), site=CHEEK)
        assert wound.next_step(KNOWLEDGE, day(1), site=CHEEK).move is mn.Move.PAUSE
        assert wound.next_step(KNOWLEDGE, day(1), site=NECK).move is mn.Move.PROCEED
        refused("other_site", "site", lambda: visit().record(finding(1, mn.Finding.OPEN_WOUND)))

    def test_an_area_more_and_one_less(self) -> None:
        """Begun with what is known of the person, and put together; one that ends is stopped."""
        held = begun().record(done(0))
        facts = held.facts_of_person(day(7))
        neck = attrs.evolve(
            SCARS,
            on=day(7),
            site=NECK,
            concerns=[mn.Concern(indication=mn.Indication.FINE_LINES)],
        )
        answer = mn.recommend(mn.with_facts_of_person(neck, facts, KNOWLEDGE), KNOWLEDGE)
        more = mn.begin_treatment(answer, answer.options[0], KNOWLEDGE, start=day(28))
        both = mn.merge(held, more)
        assert both.sites == (CHEEK, NECK)
        assert both.leading(CHEEK) == held.leading()
        days = [both.plan(site).to_come[0].day for site in both.sites]
        assert days == [day(28), day(28)]
        one = both.record(mn.CourseStopped(on=day(8)), site=NECK)
        assert one.plan(NECK).to_come == ()
        assert one.plan(CHEEK).to_come

    def test_no_skin_is_treated_twice(self) -> None:
        face = attrs.evolve(SCARS, site=mn.Site.FACE)
        answer = mn.recommend(face, KNOWLEDGE)
        whole = mn.begin_treatment(answer, answer.options[0], KNOWLEDGE, start=START)
        refused("sites_meet", "ledgers", lambda: mn.merge(begun(), whole))


class TestPerson:
    """What one course tells of the person, brought into another."""

    def test_another_area_is_judged_by_it(self) -> None:
        held = begun().record(done(0))
        sore = held.record(seen(0, 0, mn.SideEffectCode.ANAPHYLAXIS, mn.Severity.SEVERE))
        facts = sore.facts_of_person(day(2))
        neck = attrs.evolve(
            SCARS,
            on=day(2),
            site=NECK,
            concerns=[mn.Concern(indication=mn.Indication.FINE_LINES)],
        )
        assert mn.recommend(neck, KNOWLEDGE).verdict is mn.Verdict.OFFER
        told = mn.with_facts_of_person(neck, facts, KNOWLEDGE)
        assert mn.recommend(told, KNOWLEDGE).verdict is mn.Verdict.REFER
        assert "needle_reaction=present: after anaphylaxis" in facts.because
        assert "needle reaction" in str(facts)

    def test_a_session_of_yesterday_binds_a_new_ledger(self) -> None:
        """A new course of the same area the day after a session is not offered at once."""
        facts = begun().record(done(0)).facts_of_person(day(1))
        anew = attrs.evolve(SCARS, on=day(1))
        assert mn.recommend(anew, KNOWLEDGE).verdict is mn.Verdict.OFFER
        answer = mn.recommend(mn.with_facts_of_person(anew, facts, KNOWLEDGE), KNOWLEDGE)
        assert all(option.not_before is not None for option in answer.options)
        assert (
            all(option.protocols != FOUR_WEEKLY.protocols for option in answer.options)
            or answer.verdict is mn.Verdict.DEFER
        )

    def test_what_nobody_knows_is_asked(self) -> None:
        infected = (
            begun()
            .record(done(0))
            .record(seen(3, 3, mn.SideEffectCode.BACTERIAL_INFECTION, mn.Severity.MILD))
        )
        facts = infected.facts_of_person(day(4))
        assert mn.Finding.INFECTION_SPREADING in facts.unknown
        later = attrs.evolve(SCARS, on=day(4), site=NECK)
        told = mn.with_facts_of_person(later, facts, KNOWLEDGE)
        assert not told.screening.is_absent(mn.Finding.INFECTION_SPREADING)
        assert told.screening.is_absent(mn.Finding.PREGNANCY)
        assert [e.present for e in facts.events(day(4)) if e.carried] == [None]

    def test_the_more_cautious_holds(self) -> None:
        """What is present there is present here, also where the assessment denies it."""
        facts = begun().record(finding(1, mn.Finding.KELOID_TENDENCY)).facts_of_person(day(2))
        denied = attrs.evolve(SCARS, on=day(2), site=NECK)
        told = mn.with_facts_of_person(denied, facts, KNOWLEDGE)
        assert mn.recommend(told, KNOWLEDGE).verdict is mn.Verdict.DECLINE
        early = attrs.evolve(SCARS, site=NECK)
        refused(
            "after_assessment", "facts", lambda: mn.with_facts_of_person(early, facts, KNOWLEDGE)
        )


# What two people may record after a session, each without knowing of the other.
HAPPENINGS: tuple[mn.Event, ...] = (
    seen(9, 9),
    seen(10, 10, mn.SideEffectCode.MILIA),
    seen(9, 2, mn.SideEffectCode.ANAPHYLAXIS, mn.Severity.SEVERE),
    over(12, 10),
    finding(9, mn.Finding.PREGNANCY),
    finding(11, mn.Finding.PREGNANCY, present=False),
    finding(10, mn.Finding.HERPES_HISTORY, present=None),
    mn.SessionPostponed(on=day(10), to=day(40)),
    mn.SessionSkipped(on=day(28)),
    done(28),
    done(30),
    mn.PlanChanged(on=day(9), sessions=5),
    mn.AssessmentUpdated(on=day(9), skin_type=mn.SkinType.V),
    mn.EnteredInError(on=day(12), entry=2, author="a", reason="b"),
    mn.CourseStopped(on=day(30)),
)


@st.composite
def copies(draw: st.DrawFn, count: int) -> list[mn.Treatment]:
    """Draw copies of one treatment that went different ways, or not."""
    root = begun().record(done(0))
    if draw(st.booleans()):
        root = root.record(seen(9, 9))
    found = []
    for number in range(count):
        copy = root
        for event in draw(st.lists(st.sampled_from(HAPPENINGS), max_size=4)):
            try:
                copy = copy.record(event, by=f"staff-{draw(st.integers(0, number))}")
            except mn.InputError:
                continue
        found.append(copy)
    return found


class TestMerging:
    """Two copies of one treatment: in whatever order and however often, nothing is lost."""

    @pytest.mark.heavy
    @given(copies(2))
    @settings(max_examples=1_000)
    def test_pairs(self, pair: list[mn.Treatment]) -> None:
        one, other = pair
        merged = mn.merge(one, other)
        assert merged == mn.merge(other, one), "commutative"
        assert mn.merge(merged, one) == mn.merge(merged, merged) == merged, "idempotent"
        entries = {entry for copy in pair for entry in copy.leading().entries}
        kept = {entry for ledger in merged.ledgers for entry in ledger.entries}
        assert kept == entries, "every entry of both"
        on = merged.day + timedelta(days=1)
        step = merged.next_step(KNOWLEDGE, on)
        for copy in pair:
            if copy.ledgers == merged.ledgers or copy.leading() in merged.ledgers:
                assert step.move >= copy.next_step(KNOWLEDGE, on).move, "never milder"

    @pytest.mark.heavy
    @given(copies(3))
    @settings(share(60))
    def test_triples(self, three: list[mn.Treatment]) -> None:
        """Associative: whoever is merged with whom first."""
        results = {reduce(mn.merge, order) for order in permutations(three)}
        assert len(results) == 1
        one, other, third = three
        assert mn.merge(one, mn.merge(other, third)) in results

    def test_a_copy_that_goes_on_takes_the_place(self) -> None:
        """Nothing was recorded beside it, so what was seen last holds."""
        old = begun().record(done(0)).record(seen(9, 9))
        new = old.record(over(12, 10))
        assert mn.merge(old, new) is new
        assert mn.merge(new, old) is new

    def test_what_follows_goes_into_both(self) -> None:
        """After merging each entry is recorded once for all; a safeguard of either counts."""
        root = begun().record(done(0))
        sore = root.record(seen(27, 27))
        put = root.record(mn.SessionPostponed(on=day(10), to=day(20)))
        merged = mn.merge(sore, put)
        assert len(merged.ledgers) == 2
        assert merged.plan().paused
        refused("side_effect", "done_on", lambda: merged.record(done(28)))
        both = merged.record(over(28, 28)).record(done(29))
        assert [ledger.held for ledger in both.ledgers] == [(day(0), day(29))] * 2
        override = mn.Override(
            safeguards=[mn.Safeguard.SIDE_EFFECT], author="staff-7", reason="seen by a doctor"
        )
        forced = merged.record(done(28, override=override))
        assert [ledger.held for ledger in forced.ledgers] == [(day(0), day(28))] * 2
        refused(
            "override_not_needed",
            "override.safeguards",
            lambda: both.record(
                done(
                    57,
                    override=mn.Override(
                        safeguards=[mn.Safeguard.RECOVERY], author="a", reason="b"
                    ),
                )
            ),
        )

    def test_of_another_course(self) -> None:
        other = next(o for o in ANSWER.options if o.protocols != FOUR_WEEKLY.protocols)
        elsewhere = mn.begin_treatment(ANSWER, other, KNOWLEDGE, start=START)
        with pytest.raises(mn.InputError) as caught:
            mn.merge(begun(), elsewhere)
        assert caught.value.code == "other_course"
