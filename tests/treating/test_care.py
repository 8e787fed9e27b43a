"""Care around the sessions: every instruction on its days, and none against another."""

from datetime import date, timedelta
from itertools import pairwise

import attrs
import pytest
from hypothesis import given, strategies as st

import microneedling as mn
from microneedling.strategies import intervals
from tests.ledgers import FOUR_WEEKLY, START, begun, day, done, recorded

# With the care of a clinic, in which a step ends where the next session begins it anew.
WEEKLY = attrs.evolve(
    FOUR_WEEKLY,
    interval=mn.Interval(**dict.fromkeys(("minimum_days", "preferred_days", "maximum_days"), 7)),
    sessions=mn.SessionCount(3, 4),
    downtime=None,
)


def days_of(item: mn.DatedCare) -> set[date]:
    """Give every day of an instruction."""
    return {item.first + timedelta(days=n) for n in range((item.last - item.first).days + 1)}


def told(plan: mn.CarePlan, code: str) -> list[mn.DatedCare]:
    """Give the dated items of one instruction."""
    return [item for item in plan.items if item.step.code == code]


class TestOneSession:
    """The days around a session, as its care steps give them."""

    def test_every_step_has_its_days(self) -> None:
        plan = mn.care_plan(
            mn.schedule(attrs.evolve(FOUR_WEEKLY, interval=None), START, sessions=1)
        )
        assert {item.step for item in plan.items} == set(FOUR_WEEKLY.care)
        for item in plan.items:
            assert (item.first - START).days == item.step.from_day
            assert (item.last - START).days == item.step.to_day
            assert item.sessions == (1,)

    def test_what_leaflets_say(self) -> None:
        """Retinoids stop 12 hours to 10 days before; make-up waits 12 hours to seven days."""
        plan = mn.care_plan(mn.schedule(FOUR_WEEKLY, START))
        before = told(plan, "pause_topical_retinoid")[0]
        after = told(plan, "no_make_up")[0]
        assert before.sources_from == (START - timedelta(days=10), START)
        assert before.sources_to is None
        assert after.sources_to == (START, START + timedelta(days=7))
        assert after.sources_from is None

    def test_what_a_label_says(self) -> None:
        """Two to three days without pool, sauna or sun; the longer holds, both are told."""
        pool = told(mn.care_plan(mn.schedule(FOUR_WEEKLY, START)), "no_pool_or_sauna")[0]
        assert (pool.first, pool.last) == (START, START + timedelta(days=3))
        assert pool.sources_to == (START + timedelta(days=2), START + timedelta(days=3))
        assert pool.step.strictness is mn.Strictness.MUST

    def test_sunscreen_starts_when_sources_say(self) -> None:
        """Hours that tell a start are shown as a start, also after a session."""
        start = told(mn.care_plan(mn.schedule(FOUR_WEEKLY, START)), "start_sunscreen")[0]
        assert start.sources_from == (START, START + timedelta(days=3))

    def test_a_start_before_and_an_end_after(self) -> None:
        """A step across the session: hours of its start count back, hours of its end on."""
        step = attrs.evolve(
            FOUR_WEEKLY.care[0],
            from_day=-2,
            to_day=14,
            published_min_hours=0,
            published_max_hours=48,
            published_of=mn.Boundary.START,
        )
        made = attrs.evolve(FOUR_WEEKLY, care=(step,))
        (item,) = mn.care_plan(mn.schedule(made, START, sessions=3)).items[:1]
        assert item.sources_from == (START - timedelta(days=2), START)
        ends = attrs.evolve(step, published_of=mn.Boundary.END)
        made = attrs.evolve(FOUR_WEEKLY, care=(ends,))
        last = mn.schedule(made, START, sessions=3).sessions[-1].day
        (item,) = mn.care_plan(mn.schedule(made, START, sessions=3)).items[-1:]
        assert item.sources_to == (last, last + timedelta(days=2))


class TestOverlaps:
    """Sessions near to each other: nothing is told twice, nothing against itself."""

    def test_a_session_begins_the_care_anew(self) -> None:
        """On a session's own day there is shade, not the sunscreen of the session before."""
        plan = mn.care_plan(mn.schedule(WEEKLY, START, sessions=3))
        for number in (7, 14):
            codes = {item.step.code for item in plan.on(day(number))}
            assert "hat_and_shade" in codes
            assert not codes & {"start_sunscreen", "continue_sunscreen"}
        assert "continue_sunscreen" in {item.step.code for item in plan.on(day(6))}

    def test_days_that_meet_are_told_once(self) -> None:
        """Weekly sessions: out of the strong sun from the first to two weeks after the last."""
        plan = mn.care_plan(mn.schedule(WEEKLY, START, sessions=4))
        (sun,) = told(plan, "avoid_sun_after")
        assert (sun.first, sun.last, sun.sessions) == (day(0), day(21 + 14), (1, 2, 3, 4))
        (before,) = told(plan, "avoid_sun_before")
        assert (before.first, before.last) == (day(-14), day(20))

    @given(interval=intervals(longest_days=40), sessions=st.integers(1, 6))
    def test_nothing_is_lost_or_told_twice(self, interval: mn.Interval, sessions: int) -> None:
        """By sets of days, for any interval."""
        made = attrs.evolve(
            FOUR_WEEKLY, interval=interval, sessions=mn.SessionCount(1, 6), downtime=None
        )
        dated = mn.schedule(made, START, sessions=sessions)
        plan = mn.care_plan(dated)
        held = [session.day for session in dated.sessions]
        for step in made.care:
            items = told(plan, step.code)
            covered = [one for item in items for one in days_of(item)]
            assert len(covered) == len(set(covered)), "no day twice"
            wanted = set()
            for place, one in enumerate(held):
                span = range(step.from_day, step.to_day + 1)
                days = {one + timedelta(days=n) for n in span}
                if step.to_day >= 0 and place + 1 < len(held):
                    # A session begins the care after it anew.
                    days = {other for other in days if other < held[place + 1]}
                wanted |= days
            assert set(covered) == wanted, step.code
            for first, second in pairwise(items):
                assert (second.first - first.last).days > 1, "what meets is one"

    @given(interval=intervals(longest_days=20), number=st.integers(-20, 200))
    def test_a_day_has_the_care_of_one_session_behind_it(
        self, interval: mn.Interval, number: int
    ) -> None:
        """So two instructions of a day never come from two sessions that are over."""
        made = attrs.evolve(
            FOUR_WEEKLY, interval=interval, sessions=mn.SessionCount(6, 6), downtime=None
        )
        dated = mn.schedule(made, START)
        one = day(number)
        past = [session for session in dated.sessions if session.day <= one]
        for item in mn.care_plan(dated).on(one):
            if item.step.from_day >= 0:
                assert past
                offset = (one - past[-1].day).days
                assert item.step.from_day <= offset <= item.step.to_day

    def test_a_session_that_was_held_counts_from_its_day(self) -> None:
        progress = recorded(begun(), done(3))
        dated = mn.reschedule(mn.schedule(FOUR_WEEKLY, START, sessions=3), progress, on=day(3))
        make_up = told(mn.care_plan(dated), "no_make_up")
        assert [item.first for item in make_up] == [day(3), day(31), day(59)]


class TestErrors:
    """What is no schedule has no care, and the calendar has an end."""

    @pytest.mark.parametrize(
        "wrong", [None, FOUR_WEEKLY, "PATIENT-NAME"], ids=["None", "course", "text"]
    )
    def test_types(self, wrong: object) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.care_plan(wrong)  # type: ignore[arg-type]
        assert (caught.value.code, caught.value.path) == ("wrong_type", "schedule")

    def test_the_end_of_the_calendar(self) -> None:
        last = mn.schedule(attrs.evolve(FOUR_WEEKLY, interval=None), date(2199, 12, 25), sessions=1)
        with pytest.raises(mn.InputError) as caught:
            mn.care_plan(last)
        assert caught.value.code == "out_of_calendar"
        first = mn.schedule(FOUR_WEEKLY, date(1900, 1, 2))
        with pytest.raises(mn.InputError) as caught:
            mn.care_plan(first)
        assert caught.value.code == "out_of_calendar"
        with pytest.raises(mn.InputError):
            mn.CarePlan(items="PATIENT-NAME")  # type: ignore[arg-type]

    def test_text(self) -> None:
        """Every instruction, its sources and who says otherwise stand in the text."""
        plan = mn.care_plan(mn.schedule(FOUR_WEEKLY, START))
        text = " ".join(str(plan).split())
        for item in plan.items:
            assert item.step.instruction in text
            assert item.first.isoformat() in text
            assert all(other.says in text for other in item.step.disagreements)
        with pytest.raises(mn.InputError):
            plan.on("2026-12-01")  # type: ignore[arg-type]
