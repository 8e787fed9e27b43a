"""
The days of a course: calendar arithmetic, closed days, and what has no day.

The laws come from the calendar and from what the issue of a course is, never from the code:
days are counted with ordinals here, and the published gaps are read off the course.
"""

import json
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise

import attrs
import holidays
import pytest
from hypothesis import example, given, strategies as st

import microneedling as mn
from microneedling.strategies import intervals
from tests.ledgers import (
    FOUR_WEEKLY,
    ON,
    SCARS,
    START,
    assessment,
    course,
    day,
    done,
    finding,
    recorded,
    refused,
    seen,
)

HOME = course("ageing-home", assessment(mn.Indication.AGEING_SKIN, None, setting=mn.Setting.HOME))
NO_INTERVAL = course("pigment-0.5mm", assessment(mn.Indication.HYPERPIGMENTATION, mn.Severity.MILD))


def spaced(interval: mn.Interval, sessions: int = 10) -> mn.Course:
    """Give a course of other figures, so that the calendar is tried with every gap."""
    return attrs.evolve(
        FOUR_WEEKLY,
        interval=interval,
        sessions=mn.SessionCount(min(2, sessions), sessions),
        downtime=None,
    )


STARTS = st.dates(date(1900, 1, 1), date(2190, 12, 31))
CLOSED = st.frozensets(st.integers(0, 400), max_size=150)


class TestSchedule:
    """Every session has its days, and no gap is shorter than what is documented."""

    def test_the_published_course(self) -> None:
        """Three to five sessions at 28 to 30 days, as its sources give them."""
        dated = mn.schedule(FOUR_WEEKLY, START)
        days = [(START + timedelta(days=28 * n)).isoformat() for n in range(5)]

        assert [s.preferred.isoformat() for s in dated.sessions] == days
        assert [s.optional for s in dated.sessions] == [False] * 3 + [True] * 2
        assert [(s.latest - s.earliest).days for s in dated.sessions[1:] if s.latest] == [2] * 4
        assert dated.sessions[0].latest is None

    @given(start=STARTS, interval=intervals(longest_days=400), closed=CLOSED)
    @example(
        date(2028, 2, 29),
        mn.Interval(**dict.fromkeys(("minimum_days", "preferred_days", "maximum_days"), 365)),
        frozenset(),
    )
    @example(
        date(2027, 1, 31),
        mn.Interval(minimum_days=28, preferred_days=30, maximum_days=31),
        frozenset(range(60)),
    )
    def test_exact_days(self, start: date, interval: mn.Interval, closed: frozenset[int]) -> None:
        """By ordinals: never below the minimum, each day open, an own documented one if any is."""
        shut = {start + timedelta(days=offset) for offset in closed}
        dated = mn.schedule(spaced(interval, 4), start, closed=shut)
        before = None
        for session in dated.sessions:
            assert not {session.earliest, session.preferred} & shut
            if before is None:
                wanted: tuple[int, int, int | None] = (start.toordinal(), start.toordinal(), None)
            else:
                base = before.preferred.toordinal()
                wanted = (
                    base + interval.minimum_days,
                    base + interval.preferred_days,
                    base + interval.maximum_days,
                )
            between = range(wanted[0], session.earliest.toordinal())
            assert all(date.fromordinal(number) in shut for number in between)
            assert session.earliest.toordinal() >= wanted[0]
            planned = session.preferred.toordinal()
            # From the preferred day on, or from there back where all later ones are closed.
            last = wanted[2]
            back = planned < wanted[1] and last is not None
            passed = range(wanted[1], last + 1 if back and last is not None else planned)
            assert all(date.fromordinal(number) in shut for number in passed)
            assert planned >= wanted[0]
            longest = wanted[2]
            if longest is None:
                assert session.latest is None
            else:
                assert session.latest is not None
                beyond = session.preferred.toordinal() - longest
                assert session.days_beyond == max(0, beyond)
                assert session.latest not in shut
                assert session.latest.toordinal() <= max(longest, session.preferred.toordinal())
            before = session

    @given(start=STARTS, closed=CLOSED)
    def test_a_documented_day_is_taken_whenever_one_is_open(
        self, start: date, closed: frozenset[int]
    ) -> None:
        """Beyond the longest documented gap only where every documented day is closed."""
        shut = {start + timedelta(days=offset) for offset in closed}
        assert FOUR_WEEKLY.interval is not None
        gap = FOUR_WEEKLY.interval
        found = mn.schedule(FOUR_WEEKLY, start, closed=shut).sessions
        for before, session in pairwise(found):
            window = [
                before.preferred + timedelta(days=days)
                for days in range(gap.minimum_days, gap.maximum_days + 1)
            ]
            open_days = [day for day in window if day not in shut]
            assert session.preferred not in shut
            if open_days:
                assert session.preferred in open_days
                assert session.days_beyond == 0
                preferred = before.preferred + timedelta(days=gap.preferred_days)
                later = [day for day in open_days if day >= preferred]
                assert session.preferred == (min(later) if later else max(open_days))
            else:
                assert session.preferred > window[-1]

    def test_an_open_day_before_the_preferred_one(self) -> None:
        """Day 28 and all after it are closed, day 27 is open and documented: it is taken."""
        gap = mn.Interval(minimum_days=21, preferred_days=28, maximum_days=30)
        shut = {day(number) for number in range(28, 40)}
        second = mn.schedule(spaced(gap, 3), START, closed=shut).sessions[1]
        assert (second.preferred, second.days_beyond) == (day(27), 0)

    @given(start=STARTS, closed=CLOSED)
    def test_a_function_and_a_container_agree(self, start: date, closed: frozenset[int]) -> None:
        """However the closed days are told."""
        shut = frozenset(start + timedelta(days=offset) for offset in closed)
        one = mn.schedule(FOUR_WEEKLY, start, closed=shut)

        assert one == mn.schedule(FOUR_WEEKLY, start, is_open=lambda d: d not in shut)
        assert one == mn.schedule(FOUR_WEEKLY, start, closed=dict.fromkeys(shut, "closed"))

    def test_a_country(self) -> None:
        """A country's public holidays as they are: 1 January 2027 is one in Switzerland."""
        days = holidays.country_holidays("CH", subdiv="ZH")
        dated = mn.schedule(FOUR_WEEKLY, date(2026, 12, 4), closed=days)

        assert date(2027, 1, 1) in days
        assert dated.sessions[1].preferred == date(2027, 1, 2)
        assert dated.sessions[2].preferred == date(2027, 1, 30)

    def test_recovery_counts_where_it_is_longer(self) -> None:
        """No session before the skin has recovered, however short the interval."""
        short = mn.Interval(minimum_days=2, preferred_days=3, maximum_days=4)
        slow = attrs.evolve(spaced(short, 3), downtime=mn.Downtime(1, 9))

        assert [s.preferred for s in mn.schedule(slow, START).sessions] == [day(0), day(9), day(18)]

    def test_a_session_of_before_binds_the_start(self, knowledge: mn.Knowledge) -> None:
        """Not before the documented interval since the last one; from that day on it may begin."""
        last = ON - timedelta(days=60)
        before = mn.EarlierSession.on(last, site=mn.Site.CHEEK)
        given = attrs.evolve(SCARS, earlier_sessions=[before])
        answer = mn.recommend(given, knowledge)
        assert answer.options
        for option in answer.options:
            assert option.interval is not None
            first = last + timedelta(days=option.interval.minimum_days)
            assert option.not_before == first
            assert f"not before: {first.isoformat()}" in answer.explain()
            refused("too_early", "start", partial(mn.schedule, option, first - timedelta(days=1)))
            assert mn.schedule(option, first).sessions[0].preferred == first
        assert all(o.not_before is None for o in mn.recommend(SCARS, knowledge).options)

    def test_every_day_of_the_interval_is_closed(self) -> None:
        """A closed month moves the session later and says by how much it is beyond."""
        shut = {day(number) for number in range(20, 45)}
        second = mn.schedule(FOUR_WEEKLY, START, closed=shut).sessions[1]

        assert (second.preferred, second.latest, second.days_beyond) == (day(45), day(45), 15)


class TestWhatHasNoDay:
    """What is not published, does not fit or makes no sense is refused, and says why."""

    def test_counts(self) -> None:
        refused("out_of_range", "sessions", lambda: mn.schedule(FOUR_WEEKLY, START, sessions=2))
        refused("out_of_range", "sessions", lambda: mn.schedule(FOUR_WEEKLY, START, sessions=6))
        refused("not_published", "sessions", lambda: mn.schedule(HOME, START))
        assert len(mn.schedule(HOME, START, sessions=8).sessions) == 8

    def test_no_interval(self) -> None:
        assert NO_INTERVAL.interval is None
        refused("not_published", "sessions", lambda: mn.schedule(NO_INTERVAL, START))
        refused("not_published", "sessions", lambda: mn.schedule(NO_INTERVAL, START, sessions=6))
        assert len(mn.schedule(NO_INTERVAL, START, sessions=1).sessions) == 1

    @pytest.mark.parametrize("sessions", [True, 3.0, "3", 0, 101, -1])
    def test_no_count(self, sessions: object) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.schedule(FOUR_WEEKLY, START, sessions=sessions)  # type: ignore[arg-type]
        assert caught.value.path == "sessions"

    def test_an_end(self) -> None:
        """The course fits exactly up to its last day, and not up to the eve."""
        last = mn.schedule(FOUR_WEEKLY, START).sessions[-1].preferred

        assert mn.schedule(FOUR_WEEKLY, START, until=last).sessions[-1].preferred == last
        refused(
            "does_not_fit",
            "until",
            lambda: mn.schedule(FOUR_WEEKLY, START, until=last - timedelta(days=1)),
        )
        refused("does_not_fit", "until", lambda: mn.schedule(FOUR_WEEKLY, START, until=ON))

    def test_never_open(self) -> None:
        refused(
            "out_of_calendar",
            "until",
            lambda: mn.schedule(FOUR_WEEKLY, START, is_open=lambda _: False),
        )

    @pytest.mark.parametrize(
        "start", [datetime(2026, 12, 1, tzinfo=UTC), "2026-12-01", None, 20261201]
    )
    def test_no_date(self, start: object) -> None:
        refused("not_a_date", "start", lambda: mn.schedule(FOUR_WEEKLY, start))  # type: ignore[arg-type]

    @pytest.mark.parametrize("start", [date(9999, 12, 31), date(1, 1, 1), date(2200, 1, 1)])
    def test_no_such_year(self, start: date) -> None:
        refused("out_of_range", "start", lambda: mn.schedule(FOUR_WEEKLY, start))

    def test_the_end_of_the_calendar(self) -> None:
        """A course that runs out of years is an error, not a date."""
        refused("out_of_calendar", "until", lambda: mn.schedule(FOUR_WEEKLY, date(2199, 12, 15)))
        last = mn.schedule(
            spaced(mn.Interval(minimum_days=1, preferred_days=1, maximum_days=9), 2),
            date(2199, 12, 30),
        )
        assert last.sessions[1].latest == date(2199, 12, 31)

    @pytest.mark.parametrize(
        "closed",
        [
            ["2026-12-25"],
            {"2026-12-25"},
            "2026-12-25",
            b"2026-12-25",
            {datetime(2026, 12, 25, tzinfo=UTC)},
            [20261225],
            [None],
        ],
        ids=str,
    )
    def test_closed_days_that_would_close_nothing(self, closed: object) -> None:
        """What can never equal a date is refused instead of being passed over."""
        with pytest.raises(mn.InputError) as caught:
            mn.schedule(FOUR_WEEKLY, START, closed=closed)  # type: ignore[arg-type]
        assert caught.value.path == "closed"

    @pytest.mark.parametrize("told", [1, None, "yes", 0])
    def test_a_function_that_does_not_say(self, told: object) -> None:
        refused(
            "not_a_boolean",
            "is_open",
            lambda: mn.schedule(FOUR_WEEKLY, START, is_open=lambda _: told),  # type: ignore[arg-type,return-value]
        )

    @pytest.mark.parametrize("closed", [5, object()], ids=["5", "object"])
    def test_no_container(self, closed: object) -> None:
        refused(
            "wrong_type",
            "closed",
            lambda: mn.schedule(FOUR_WEEKLY, START, closed=closed),  # type: ignore[arg-type]
        )

    @pytest.mark.parametrize("shut", [{START}, [START], holidays.country_holidays("CH")], ids=str)
    def test_closed_days_are_no_function(self, shut: object) -> None:
        """What is closed is never taken for what is open, nor the other way round."""
        refused(
            "wrong_type",
            "is_open",
            lambda: mn.schedule(FOUR_WEEKLY, START, is_open=shut),  # type: ignore[arg-type]
        )

    def test_any_collection_of_days(self) -> None:
        """By their values: a column of a table has labels, an array counts in its own unit."""
        pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
        numpy = pytest.importorskip("numpy")
        shut = [day(28), day(29)]
        midnights = [datetime(d.year, d.month, d.day) for d in shut]  # noqa: DTZ001 - as tables hold days
        wanted = mn.schedule(FOUR_WEEKLY, START, closed=set(shut))
        assert wanted.sessions[1].preferred == day(30)
        for told in (
            iter(shut),
            midnights,
            pandas.Series(shut),
            pandas.Series(midnights),
            pandas.DatetimeIndex(midnights),
            numpy.array(shut, dtype="datetime64[D]"),
            numpy.array(midnights, dtype="datetime64[ns]"),
            polars.Series(shut),
        ):
            assert mn.schedule(FOUR_WEEKLY, START, closed=told) == wanted


class TestReschedule:
    """The rest is dated anew; what was held stays as it was planned."""

    def made(self) -> tuple[mn.Schedule, mn.Progress]:
        progress = mn.begin(SCARS, FOUR_WEEKLY, mn.load("2026.1"), sessions=4)
        return mn.schedule(FOUR_WEEKLY, START, sessions=4), progress

    def test_nothing_happened(self) -> None:
        schedule, progress = self.made()
        assert mn.reschedule(schedule, progress, on=ON) is schedule

    def test_on_time(self) -> None:
        """A session on its day moves nothing; it is noted that it was held."""
        schedule, progress = self.made()
        again = mn.reschedule(schedule, recorded(progress, done(0)), on=day(0))

        assert [s.preferred for s in again.sessions] == [s.preferred for s in schedule.sessions]
        assert again.sessions[0].held_on == day(0)
        assert again.sessions[0] == attrs.evolve(schedule.sessions[0], held_on=day(0))

    @pytest.mark.parametrize("late", [1, 3, 60])
    def test_a_late_session_moves_the_rest_by_as_much(self, late: int) -> None:
        schedule, progress = self.made()
        again = mn.reschedule(schedule, recorded(progress, done(late)), on=day(late))

        assert again.sessions[0].preferred == schedule.sessions[0].preferred
        assert [s.preferred for s in again.sessions[1:]] == [
            s.preferred + timedelta(days=late) for s in schedule.sessions[1:]
        ]
        assert again.revision == 1

    def test_an_early_session_moves_the_rest_nearer(self) -> None:
        schedule, progress = self.made()
        again = mn.reschedule(
            mn.schedule(FOUR_WEEKLY, day(7), sessions=4), recorded(progress, done(0)), on=day(0)
        )
        assert again.sessions[1].preferred == schedule.sessions[1].preferred

    def test_skipped(self) -> None:
        """A day that was let pass: the session comes later, none is lost."""
        schedule, progress = self.made()
        held = recorded(progress, done(0), mn.SessionSkipped(on=day(28)))
        again = mn.reschedule(schedule, held, on=day(28))

        assert len(again.sessions) == 4
        assert [s.preferred for s in again.sessions[1:]] == [day(29), day(57), day(85)]

    def test_put_off_beyond_what_is_documented(self) -> None:
        schedule, progress = self.made()
        held = recorded(progress, done(0), mn.SessionPostponed(on=day(20), to=day(40)))
        second = mn.reschedule(schedule, held, on=day(20)).sessions[1]

        assert (second.earliest, second.preferred, second.latest) == (day(40), day(40), day(40))
        assert second.days_beyond == 10

    def test_nothing_is_planned_in_the_past(self) -> None:
        schedule, progress = self.made()
        again = mn.reschedule(schedule, recorded(progress, done(0)), on=day(100))
        assert again.sessions[1].preferred == day(100)
        assert again.sessions[1].days_beyond == 70

    def test_closed_days_again(self) -> None:
        schedule, progress = self.made()
        shut = {day(30), day(31)}
        again = mn.reschedule(schedule, recorded(progress, done(2)), on=day(2), closed=shut)
        assert again.sessions[1].preferred == day(32)
        refused(
            "does_not_fit",
            "until",
            lambda: mn.reschedule(schedule, recorded(progress, done(2)), on=day(2), until=day(60)),
        )

    def test_after_the_end_nothing_is_to_come(self) -> None:
        """What was planned is cancelled, not forgotten; calendars have to be told."""
        schedule, progress = self.made()
        stopped = recorded(progress, done(0), mn.CourseStopped(on=day(3)))
        again = mn.reschedule(schedule, stopped, on=day(3))
        assert [s.held_on for s in again.sessions] == [day(0), None, None, None]
        assert [s.cancelled for s in again.sessions] == [False, True, True, True]
        assert again.next is None
        assert mn.reschedule(again, stopped, on=day(3)) is again
        complete = recorded(progress, *(done(28 * n) for n in range(4)))
        again = mn.reschedule(schedule, complete, on=day(90))
        assert [s.held_on for s in again.sessions] == [day(28 * n) for n in range(4)]
        assert again.next is None

    def test_what_a_finding_stops_can_go_on(self) -> None:
        """All sessions come back, also of a course with no count of its own."""
        held = assessment(mn.Indication.AGEING_SKIN, None, setting=mn.Setting.HOME)
        length = HOME.lengths.shortest
        progress = mn.begin(held, HOME, mn.load("2026.1")).record(done(0, needle_length=length))
        declined = progress.record(finding(3, mn.Finding.SKIN_CANCER))
        schedule = mn.schedule(HOME, START, sessions=8)
        none = mn.reschedule(schedule, declined, on=day(3))
        assert sum(session.cancelled for session in none.sessions) == 7
        free = declined.record(finding(5, mn.Finding.SKIN_CANCER, present=False))
        again = mn.reschedule(none, free, on=day(5))
        assert [s.day for s in again.sessions] == [day(7 * n) for n in range(8)]

    def test_another_ledger(self) -> None:
        """An older one, or another patient's, would rewrite what was held."""
        schedule, progress = self.made()
        older = progress.record(done(0))
        dated = mn.reschedule(schedule, older.record(done(28)), on=day(28))
        refused("other_ledger", "progress", lambda: mn.reschedule(dated, older, on=day(28)))
        other = recorded(progress, done(3), done(40))
        refused("other_ledger", "progress", lambda: mn.reschedule(dated, other, on=day(40)))

    def test_what_is_only_watched_stops_no_planning_but_today(self) -> None:
        schedule, progress = self.made()
        watched = recorded(progress, done(0), seen(10, 10, mn.SideEffectCode.MILIA))
        assert mn.reschedule(schedule, watched, on=day(10)).sessions[1].preferred == day(28)
        assert mn.reschedule(schedule, watched, on=day(35)).sessions[1].preferred == day(36)

    def test_kept_as_a_document(self) -> None:
        """Read again with its ledger, it goes on as if it had not been away."""
        schedule, progress = self.made()
        progress = progress.record(done(3))
        dated = mn.reschedule(schedule, progress, on=day(3))
        read = mn.from_json(mn.to_json(dated), mn.Schedule)
        assert read == dated
        assert read.to_ics(key="k") == dated.to_ics(key="k")
        document = json.loads(mn.to_json(dated))
        for key, value, code, path in (
            ("revision", "1", "not_an_integer", "$.revision"),
            ("start", "today", "not_a_date", "$.start"),
            ("sessions", [], "empty", "$.sessions"),
            ("patient", "x", "unknown_key", "$"),
        ):
            wrong = json.dumps({**document, key: value})
            refused(code, path, partial(mn.from_json, wrong, mn.Schedule))
        document["sessions"][1]["preferred"] = document["sessions"][0]["preferred"]
        with pytest.raises(mn.InputError) as caught:
            mn.from_json(json.dumps(document), mn.Schedule)
        assert caught.value.path.startswith("$.sessions[1]")

    def test_a_course_with_no_count_goes_on(self) -> None:
        """Each time the next session is dated, also where more were held than were planned."""
        held = assessment(mn.Indication.AGEING_SKIN, None, setting=mn.Setting.HOME)
        schedule = mn.schedule(HOME, START, sessions=1)
        progress = mn.begin(held, HOME, mn.load("2026.1"))
        length = HOME.lengths.shortest
        progress = recorded(progress, done(0, needle_length=length), done(7, needle_length=length))
        again = mn.reschedule(schedule, progress, on=day(7))
        assert [s.day for s in again.sessions] == [day(0), day(7), day(14)]

    def test_no_interval_takes_a_day_that_was_set(self) -> None:
        held = assessment(mn.Indication.HYPERPIGMENTATION, mn.Severity.MILD)
        schedule = mn.schedule(NO_INTERVAL, START, sessions=1)
        progress = mn.begin(held, NO_INTERVAL, mn.load("2026.1"))
        progress = progress.record(done(0, needle_length=NO_INTERVAL.lengths.shortest))
        waiting = mn.reschedule(schedule, progress, on=day(9))
        assert [reason.rule for reason in waiting.paused] == ["rules.interval_not_published"]
        put = progress.record(mn.SessionPostponed(on=day(9), to=day(33)))
        again = mn.reschedule(schedule, put, on=day(9))
        assert [s.day for s in again.sessions] == [day(0), day(33)]

    def test_of_another_course(self) -> None:
        _, progress = self.made()
        refused(
            "other_course",
            "schedule",
            lambda: mn.reschedule(mn.schedule(HOME, START, sessions=4), progress, on=ON),
        )


class TestValues:
    """Days out of order are no schedule."""

    def test_planned_sessions(self) -> None:
        good = mn.PlannedSession(number=2, earliest=day(28), preferred=day(28), latest=day(30))
        refused("wrong_order", "preferred", lambda: attrs.evolve(good, preferred=day(27)))
        refused("not_a_date", "earliest", lambda: attrs.evolve(good, earliest=None))  # type: ignore[arg-type]
        refused("wrong_order", "preferred", lambda: attrs.evolve(good, latest=day(27)))
        refused("out_of_range", "number", lambda: attrs.evolve(good, number=0))

    def test_schedules(self) -> None:
        good = mn.schedule(FOUR_WEEKLY, START)
        first, second, *_ = good.sessions
        refused(
            "wrong_order",
            "sessions[0].number",
            lambda: attrs.evolve(good, sessions=(second, first)),
        )
        refused(
            "wrong_order",
            "sessions[1]",
            lambda: attrs.evolve(
                good, sessions=(first, attrs.evolve(second, earliest=START, preferred=START))
            ),
        )
        refused(
            "wrong_order",
            "sessions[1].held_on",
            lambda: attrs.evolve(good, sessions=(first, attrs.evolve(second, held_on=day(28)))),
        )
        assert good.next is first
