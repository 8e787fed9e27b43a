"""The courses of one visit: on the same days while an interval is shared, a ledger each."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import microneedling as mn
from microneedling.strategies import visit_answers
from tests.conftest import share
from tests.ledgers import KNOWLEDGE, START, assessment, refused

CHEEK = assessment()
NECK = attrs.evolve(assessment(mn.Indication.FINE_LINES, site=mn.Site.NECK), age_years=None)
FOUND = mn.recommend_visit(mn.Visit([CHEEK, NECK]), KNOWLEDGE)
FIRST = {answer.assessment.site: answer.options[0] for answer in FOUND.answers}


def days(dated: mn.Schedule) -> list[date]:
    """Give the planned days."""
    return [session.day for session in dated.sessions]


class TestScheduled:
    """Each course gets its sessions, all of them on the days of the one with the most."""

    def test_shared_days(self) -> None:
        shared = FOUND.shared(FIRST)
        assert shared is not None
        cheek, neck = mn.schedule_visit(FOUND, FIRST, START).values()
        assert (cheek.course, neck.course) == (*FIRST.values(),)
        assert days(cheek)[: len(neck.sessions)] == days(neck)
        assert {(b - a).days for a, b in pairwise(days(cheek))} == {shared.preferred_days}
        # By itself the cheek would come sooner.
        assert days(cheek) != days(mn.schedule(cheek.course, START))

    def test_one_area_is_as_without_a_visit(self) -> None:
        for site, course in FIRST.items():
            assert mn.schedule_visit(FOUND, {site: course}, START) == {
                site: mn.schedule(course, START)
            }

    def test_counts_and_closed_days(self) -> None:
        sessions = {mn.Site.NECK: FIRST[mn.Site.NECK].sessions.fewest}  # type: ignore[union-attr]
        closed = {START + timedelta(days=30)}
        cheek, neck = mn.schedule_visit(
            FOUND, FIRST, START, closed=closed, sessions=sessions
        ).values()
        assert len(neck.sessions) == sessions[mn.Site.NECK]
        assert days(cheek)[1] == days(neck)[1] == START + timedelta(days=31)

    def test_the_longest_recovery_is_over(self) -> None:
        """No session of any area comes before the skin of all has recovered."""
        slow = attrs.evolve(FIRST[mn.Site.NECK], downtime=mn.Downtime(1, 40))
        neck = FOUND.answers[1]
        reasons = [
            attrs.evolve(reason, course=slow) if reason.course else reason
            for reason in neck.reasons
        ]
        changed = attrs.evolve(
            FOUND, answers=(FOUND.answers[0], attrs.evolve(neck, reasons=tuple(reasons)))
        )
        dated = mn.schedule_visit(changed, FIRST | {mn.Site.NECK: slow}, START)
        for held in dated.values():
            assert all((b - a).days >= 40 for a, b in pairwise(days(held)))

    def test_none_is_shared(self) -> None:
        others = FOUND.answers[0].options
        apart = next(o for o in others if not FOUND.shared(FIRST | {mn.Site.CHEEK: o}))
        choices = FIRST | {mn.Site.CHEEK: apart}
        refused("not_shared", "choices", lambda: mn.schedule_visit(FOUND, choices, START))

    def test_refused(self) -> None:
        def plan(**more: object) -> object:
            given_ = {"answer": FOUND, "choices": FIRST, "start": START, **more}
            return mn.schedule_visit(**given_)  # type: ignore[arg-type]

        elsewhere = {mn.Site.CHIN: FIRST[mn.Site.CHEEK]}
        refused("wrong_type", "answer", lambda: plan(answer=CHEEK))
        refused("not_offered", "choices[0]", lambda: plan(choices=elsewhere))
        refused("not_a_date", "start", lambda: plan(start="2026-12-01"))
        refused("other_site", "sessions[0]", lambda: plan(sessions={mn.Site.CHIN: 3}))
        refused("wrong_type", "sessions", lambda: plan(sessions=3))
        refused("out_of_range", "sessions", lambda: plan(sessions={mn.Site.NECK: 99}))
        refused("does_not_fit", "until", lambda: plan(until=START))

    def test_not_before_the_interval_since_the_last_session(self) -> None:
        before = mn.EarlierSession.on(date(2026, 10, 20), site=mn.Site.CHEEK)
        found = mn.recommend_visit(
            mn.Visit([attrs.evolve(CHEEK, earlier_sessions=[before]), NECK]), KNOWLEDGE
        )
        choices = {answer.assessment.site: answer.options[0] for answer in found.answers}
        first = choices[mn.Site.CHEEK].not_before
        assert first is not None
        early = first - timedelta(days=1)
        refused("too_early", "start", lambda: mn.schedule_visit(found, choices, early))

    @settings(share(100))
    @given(visit_answers(), st.data())
    def test_whatever_is_chosen(self, found: mn.VisitAnswer, data: st.DataObject) -> None:
        """The first days are the same in all, and no gap is shorter than any course documents."""
        offered = [answer for answer in found.answers if answer.options]
        if not offered:
            return
        choices = {
            one.assessment.site: one.options[data.draw(st.integers(0, len(one.options) - 1))]
            for one in offered
        }
        shared = found.shared(choices)
        counts = {site: 3 for site, course in choices.items() if course.sessions is None}
        start = max(c.not_before or found.answers[0].assessment.on for c in choices.values())
        if shared is None:
            with pytest.raises(mn.InputError) as caught:
                mn.schedule_visit(found, choices, start, sessions=counts)
            assert caught.value.code in {"not_shared", "not_published"}
            return
        dated = mn.schedule_visit(found, choices, start, sessions=counts)
        longest: Sequence[date] = max(map(days, dated.values()), key=len)
        for held in dated.values():
            assert days(held) == longest[: len(held.sessions)]
            assert held.course.interval is not None
            gaps = [(b - a).days for a, b in pairwise(days(held))]
            assert all(gap >= held.course.interval.minimum_days for gap in gaps)
        ledgers = mn.begin_visit(found, choices, KNOWLEDGE, sessions=counts)
        assert {site: ledger.course for site, ledger in ledgers.items()} == choices


class TestBegun:
    """A ledger for each course, of its area with what is known of the person."""

    def test_begun(self) -> None:
        cheek, neck = mn.begin_visit(FOUND, FIRST, KNOWLEDGE, sessions={mn.Site.NECK: 4}).values()
        assert cheek == mn.begin(CHEEK, FIRST[mn.Site.CHEEK], KNOWLEDGE)
        # Known of the person from the other area.
        joined = attrs.evolve(NECK, age_years=CHEEK.age_years)
        assert neck == mn.begin(joined, FIRST[mn.Site.NECK], KNOWLEDGE, sessions=4)

    def test_refused(self) -> None:
        refused("wrong_type", "answer", lambda: mn.begin_visit(CHEEK, FIRST, KNOWLEDGE))  # type: ignore[arg-type]
        refused("empty", "choices", lambda: mn.begin_visit(FOUND, {}, KNOWLEDGE))
        refused("wrong_type", "knowledge", lambda: mn.begin_visit(FOUND, FIRST, None))  # type: ignore[arg-type]

    def test_each_is_dated_anew_by_itself(self) -> None:
        """What is held in one area moves nothing in the other."""
        dated = mn.schedule_visit(FOUND, FIRST, START)
        held = mn.begin_visit(FOUND, FIRST, KNOWLEDGE)
        done = mn.SessionDone(on=START, needle_length=FIRST[mn.Site.CHEEK].lengths.shortest)
        again = mn.reschedule(dated[mn.Site.CHEEK], held[mn.Site.CHEEK].record(done), on=START)
        assert again.sessions[0].held_on == START
        assert mn.reschedule(dated[mn.Site.NECK], held[mn.Site.NECK], on=START) is not None
