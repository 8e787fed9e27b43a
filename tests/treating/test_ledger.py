"""
The ledger of a course and what comes next: what may be recorded, and what follows from it.

Histories at random are in `test_ledger_machine`; what sources say is in `test_vignettes`.
"""

import copy
import json
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import attrs
import pytest

import microneedling as mn
from microneedling.deciding.recommending import ENGINE
from microneedling.knowledge.edition_tables import canonical_form
from microneedling.wire import verifying
from tests.ledgers import (
    FOUR_WEEKLY,
    KNOWLEDGE,
    ON,
    SCARS,
    assessment,
    begun,
    course,
    day,
    done,
    finding,
    next_on,
    over,
    recorded,
    refused,
    rules,
    seen,
)

HERPES = mn.SideEffectCode.HERPES_REACTIVATION
MILIA = mn.SideEffectCode.MILIA


def override(*safeguards: mn.Safeguard) -> mn.Override:
    """Override safeguards by name."""
    return mn.Override(safeguards=safeguards, author="staff-7", reason="seen by the consultant")


class TestBegin:
    """A ledger begins with a course that is offered for the assessment."""

    def test_the_course_must_be_offered(self) -> None:
        deeper = attrs.evolve(FOUR_WEEKLY, lengths=mn.LengthRange.of(1500, 3000))
        melasma = course("melasma-monthly", assessment(mn.Indication.MELASMA))
        for other in (deeper, melasma):
            refused("not_offered", "course", partial(mn.begin, SCARS, other, KNOWLEDGE))

    def test_nothing_is_begun_where_nothing_is_offered(self) -> None:
        deferred = attrs.evolve(
            SCARS, screening=mn.Screening.complete(present=[mn.Finding.DERMAL_FILLER])
        )
        refused("not_offered", "course", lambda: mn.begin(deferred, FOUR_WEEKLY, KNOWLEDGE))

    def test_counts(self) -> None:
        """Within what is documented; the most of it if nothing is said."""
        assert mn.begin(SCARS, FOUR_WEEKLY, KNOWLEDGE).sessions == 5
        for count in (2, 6):
            refused("out_of_range", "sessions", partial(begun, count))
        home = assessment(mn.Indication.AGEING_SKIN, None, setting=mn.Setting.HOME)
        assert mn.begin(home, course("ageing-home", home), KNOWLEDGE).sessions is None

    def test_days(self) -> None:
        assert mn.begin(SCARS, FOUR_WEEKLY, KNOWLEDGE, on=day(0)).events[0].on == day(0)
        refused(
            "out_of_order",
            "on",
            lambda: mn.begin(SCARS, FOUR_WEEKLY, KNOWLEDGE, on=date(2026, 11, 21)),
        )

    @pytest.mark.parametrize("place", range(3))
    def test_types(self, place: int) -> None:
        parts: list[object] = [SCARS, FOUR_WEEKLY, KNOWLEDGE]
        parts[place] = "PATIENT-NAME"
        with pytest.raises(mn.InputError) as caught:
            mn.begin(*parts)  # type: ignore[arg-type]
        assert caught.value.code == "wrong_type"
        assert "PATIENT-NAME" not in str(caught.value)


# Each: what went before, the event, and the code and path it is refused with.
IMPOSSIBLE: dict[str, tuple[list[mn.Event], Callable[[], mn.Event], str, str]] = {
    "before the minimum interval": ([done(0)], lambda: done(27), "minimum_interval", "done_on"),
    "before recovery": ([done(0)], lambda: done(4), "minimum_interval", "done_on"),
    "on the same day": ([done(0)], lambda: done(0), "same_day", "done_on"),
    "before an earlier one": (
        [done(9)],
        lambda: mn.SessionDone(on=day(60), done_on=day(3), needle_length=mn.NeedleLength(1500)),
        "out_of_order",
        "done_on",
    ),
    "before the course was begun": (
        [],
        lambda: mn.SessionDone(
            on=day(0), done_on=date(2026, 11, 21), needle_length=mn.NeedleLength(1500)
        ),
        "out_of_order",
        "done_on",
    ),
    "in the future of its own day": (
        [],
        lambda: mn.SessionDone(on=day(0), done_on=day(1), needle_length=mn.NeedleLength(1500)),
        "in_the_future",
        "done_on",
    ),
    "after completion": (
        [done(0), done(28), done(56)],
        lambda: done(84),
        "session_count",
        "done_on",
    ),
    "after the stop": ([done(0), mn.CourseStopped(on=day(1))], lambda: done(28), "stopped", "on"),
    "stopped twice": (
        [mn.CourseStopped(on=day(1))],
        lambda: mn.CourseStopped(on=day(2)),
        "stopped",
        "on",
    ),
    "stopped when complete": (
        [done(0), done(28), done(56)],
        lambda: mn.CourseStopped(on=day(60)),
        "complete",
        "on",
    ),
    "skipped after completion": (
        [done(0), done(28), done(56)],
        lambda: mn.SessionSkipped(on=day(60)),
        "complete",
        "on",
    ),
    "put off after the stop": (
        [mn.CourseStopped(on=day(1))],
        lambda: mn.SessionPostponed(on=day(2), to=day(9)),
        "stopped",
        "on",
    ),
    "put off to today": (
        [],
        lambda: mn.SessionPostponed(on=day(2), to=day(2)),
        "wrong_order",
        "to",
    ),
    "too long a needle": (
        [],
        lambda: done(0, needle_length=mn.NeedleLength(1501)),
        "needle_length",
        "needle_length",
    ),
    "too short a needle": (
        [],
        lambda: done(0, needle_length=mn.NeedleLength(1499)),
        "needle_length",
        "needle_length",
    ),
    "on skin that has not healed": (
        [done(0), seen(1, 1)],
        lambda: done(28),
        "side_effect",
        "done_on",
    ),
    "after a red flag": (
        [done(0), seen(2, 2, HERPES), over(20, 15, HERPES)],
        lambda: done(28),
        "side_effect",
        "done_on",
    ),
    "with a finding that declines": (
        [done(0), finding(3, mn.Finding.PREGNANCY)],
        lambda: done(28),
        "finding",
        "done_on",
    ),
    "with a finding that is not known any more": (
        [done(0), finding(3, mn.Finding.PREGNANCY, present=None)],
        lambda: done(28),
        "finding",
        "done_on",
    ),
    "an earlier day than the last record": (
        [done(5)],
        lambda: finding(4, mn.Finding.TATTOO),
        "out_of_order",
        "on",
    ),
    "begun twice": ([], lambda: mn.CourseBegun(on=day(0), sessions=3), "begun_twice", "on"),
    "a side effect without a session": ([], lambda: seen(1, 1), "no_session", "session"),
    "a side effect of a session to come": (
        [done(0)],
        lambda: seen(1, 1, session=2),
        "no_session",
        "session",
    ),
    "a side effect of tomorrow": ([done(0)], lambda: seen(1, 2), "in_the_future", "day"),
    "an end of tomorrow": ([done(0), seen(1, 1)], lambda: over(1, 2), "in_the_future", "day"),
    "an end of nothing": ([done(0)], lambda: over(1, 1), "nothing_open", "effect"),
    "an end of another": (
        [done(0), seen(1, 1)],
        lambda: over(1, 1, MILIA),
        "nothing_open",
        "effect",
    ),
    "a second end": (
        [done(0), seen(1, 1), over(2, 2)],
        lambda: over(3, 2),
        "nothing_open",
        "effect",
    ),
    "an end before the last report": (
        [done(0), seen(5, 5)],
        lambda: over(6, 4),
        "wrong_order",
        "day",
    ),
    "a last day to come": (
        [],
        lambda: finding(0, mn.Finding.DERMAL_FILLER, last_on=day(1)),
        "in_the_future",
        "last_on",
    ),
    "a last day of what is absent": (
        [],
        lambda: finding(0, mn.Finding.DERMAL_FILLER, present=False, last_on=ON),
        "contradiction",
        "last_on",
    ),
    "an override that is not needed": (
        [],
        lambda: done(0, override=override(mn.Safeguard.RECOVERY)),
        "override_not_needed",
        "override.safeguards",
    ),
    "an override of something else": (
        [done(0)],
        lambda: done(27, override=override(mn.Safeguard.NEEDLE_LENGTH)),
        "minimum_interval",
        "done_on",
    ),
}


class TestRecord:
    """What cannot have happened is refused, and changes nothing."""

    @pytest.mark.parametrize("name", IMPOSSIBLE)
    def test_refused(self, name: str) -> None:
        before, make, code, path = IMPOSSIBLE[name]
        progress = recorded(begun(), *before)
        as_it_was = mn.to_json(progress)
        refused(code, path, lambda: progress.record(make()))
        assert mn.to_json(progress) == as_it_was

    def test_append_only(self) -> None:
        """A longer ledger begins with the shorter one, and each line names its edition."""
        short = recorded(begun(), done(0))
        long = recorded(short, seen(1, 1), over(4, 3))
        assert long.entries[: len(short.entries)] == short.entries
        assert {(entry.edition, entry.digest) for entry in long.entries} == {
            (KNOWLEDGE.id, KNOWLEDGE.digest)
        }

    def test_the_ledger_as_text(self) -> None:
        """A line for each entry, with what was overridden, by whom and why."""
        early = done(27, override=override(mn.Safeguard.MINIMUM_INTERVAL), note="n-1")
        text = " ".join(str(recorded(begun(), done(0), seen(1, 1), over(4, 3), early)).split())
        assert "2 of 3 sessions held; kept under 2026.1" in text
        assert "4. 2026-12-28 session done" in text
        assert "minimum interval by staff-7: seen by the consultant" in text
        assert "side effect reported: effect redness, severity mild, day 1" in text

    def test_the_first_day_that_is_allowed(self) -> None:
        assert recorded(begun(), done(0), done(28)).held == (day(0), day(28))

    def test_the_longest_ledger_can_be_kept(self) -> None:
        """Two thousand entries with the longest texts are written, read again, and are the end."""
        progress = recorded(begun(), done(0))
        for number in range(1, 1999):
            which = mn.Finding.HERPES_HISTORY
            progress = progress.record(finding(number, which, present=bool(number % 2)))
        data = mn.to_json(progress)
        assert mn.from_json(data, mn.Progress, KNOWLEDGE) == progress
        refused("full", "entries", lambda: progress.record(finding(2000, mn.Finding.TATTOO)))
        longer = json.loads(data)
        longer["entries"].append(longer["entries"][-1])
        refused(
            "too_large",
            "$.entries",
            lambda: mn.from_json(json.dumps(longer), mn.Progress, KNOWLEDGE),
        )
        longest = mn.Override(
            safeguards=mn.Safeguard, author="\U0001d11e" * 100, reason="\U0001d11e" * 500
        )
        widest = done(0, override=longest, note="n" * 64, end_point=mn.EndPoint.PINPOINT_BLEEDING)
        entry = attrs.evolve(progress.entries[0], event=widest)
        written = mn.to_json(attrs.evolve(progress, entries=progress.entries[:1]))
        assert len(json.dumps(str(entry))) * 2000 + len(written) < 32_000_000

    @pytest.mark.parametrize(
        "event",
        [None, "session_done", {}, mn.Severity.MILD, SCARS, mn.CourseStopped],
        ids=["None", "text", "dict", "code", "assessment", "class"],
    )
    def test_no_event(self, event: object) -> None:
        refused("wrong_type", "event", lambda: begun().record(event))  # type: ignore[arg-type]

    def test_everything_wrong_is_told_at_once(self) -> None:
        progress = recorded(begun(), done(0), seen(1, 1), finding(1, mn.Finding.PREGNANCY))
        with pytest.raises(mn.InputError) as caught:
            progress.record(done(3, needle_length=mn.NeedleLength(3000)))
        planned = mn.Safeguard.SESSION_COUNT
        assert {p.code for p in caught.value.problems} == {
            safeguard.value for safeguard in mn.Safeguard if safeguard is not planned
        }

    @pytest.mark.parametrize("safeguard", mn.Safeguard)
    def test_overridden_by_name(self, safeguard: mn.Safeguard) -> None:
        """Each safeguard can be overridden, with author and reason, and that is kept."""
        before: list[mn.Event] = [done(0)]
        fields: dict[str, object] = {}
        number = 28
        named = [safeguard]
        if safeguard is mn.Safeguard.NEEDLE_LENGTH:
            fields["needle_length"] = mn.NeedleLength(2000)
        elif safeguard is mn.Safeguard.SIDE_EFFECT:
            before.append(seen(1, 1))
        elif safeguard is mn.Safeguard.FINDING:
            before.append(finding(1, mn.Finding.PREGNANCY))
            named.append(mn.Safeguard.NEEDLE_LENGTH)
        elif safeguard is mn.Safeguard.RECOVERY:
            number, named = 4, [safeguard, mn.Safeguard.MINIMUM_INTERVAL]
        elif safeguard is mn.Safeguard.SESSION_COUNT:
            before += [done(28), done(56)]
            number = 84
        else:
            number = 27
        progress = recorded(begun(), *before)
        event = done(number, override=override(*named), **fields)
        assert progress.record(event).events[-1] == event
        with pytest.raises(mn.InputError):
            progress.record(attrs.evolve(event, override=None))

    def test_an_override_makes_nothing_milder(self) -> None:
        """A session held in spite of a red flag or a finding: the course stays stopped."""
        flagged = recorded(begun(), done(0), seen(2, 2, HERPES))
        held = flagged.record(done(28, override=override(mn.Safeguard.SIDE_EFFECT)))
        assert next_on(held, 90).move is mn.Move.STOP
        declined = recorded(begun(), done(0), finding(2, mn.Finding.SKIN_CANCER))
        both = override(mn.Safeguard.FINDING, mn.Safeguard.NEEDLE_LENGTH)
        held = declined.record(done(28, override=both))
        assert next_on(held, 90).move is mn.Move.STOP

    @pytest.mark.parametrize(
        "made",
        [
            override,
            lambda: mn.Override(safeguards=["recovery"], author="a", reason="b"),  # type: ignore[list-item]
            lambda: mn.Override(safeguards=[mn.Safeguard.RECOVERY], author=" ", reason="b"),
            lambda: mn.Override(safeguards=[mn.Safeguard.RECOVERY], author="a", reason=""),
            lambda: mn.Override(safeguards=[mn.Safeguard.RECOVERY], author="a", reason="b\nc"),
            lambda: mn.Override(safeguards=[mn.Safeguard.RECOVERY], author="\ud800", reason="b"),
            lambda: mn.Override(safeguards=[mn.Safeguard.RECOVERY], author="a" * 101, reason="b"),
        ],
    )
    def test_an_override_names_what_who_and_why(self, made: Callable[[], object]) -> None:
        with pytest.raises(mn.InputError):
            made()

    @pytest.mark.parametrize("note", ["Frau Müller", "a" * 65, "A", "a b", "\n", 7, None])
    def test_a_note_is_a_code(self, note: object) -> None:
        """Words about a patient do not fit in."""
        for make in (
            lambda: done(0, note=note),
            lambda: mn.SessionSkipped(on=day(0), note=note),  # type: ignore[arg-type]
            lambda: mn.CourseStopped(on=day(0), note=note),  # type: ignore[arg-type]
        ):
            with pytest.raises(mn.InputError) as caught:
                make()
            assert caught.value.path == "note"
            assert str(note) not in str(caught.value) or note in {"A", "\n", 7, "a b"}

    @pytest.mark.parametrize("on", [datetime(2026, 12, 1, tzinfo=UTC), "2026-12-01", None])
    def test_days_are_dates(self, on: object) -> None:
        for make in (
            lambda: mn.CourseStopped(on=on),  # type: ignore[arg-type]
            lambda: mn.SessionDone(on=on, needle_length=mn.NeedleLength(500)),  # type: ignore[arg-type]
            lambda: mn.next_step(begun(), KNOWLEDGE, on),  # type: ignore[arg-type]
            lambda: mn.reschedule(mn.schedule(FOUR_WEEKLY, day(0)), begun(), on=on),  # type: ignore[arg-type]
        ):
            with pytest.raises(mn.InputError) as caught:
                make()
            assert caught.value.code == "not_a_date"

    def test_late_records_are_judged_by_the_sessions_own_day(self) -> None:
        """A finding of later days does not become older; one that ended later was there."""
        stopped_on = day(20)
        progress = recorded(
            begun(), done(0), finding(25, mn.Finding.DERMAL_FILLER, last_on=stopped_on)
        )
        late = mn.SessionDone(on=day(400), done_on=day(30), needle_length=mn.NeedleLength(1500))
        refused("finding", "done_on", lambda: progress.record(late))
        free = attrs.evolve(late, done_on=day(200))
        assert progress.record(free).held[-1] == day(200)
        before = attrs.evolve(late, done_on=day(10))
        with pytest.raises(mn.InputError) as caught:
            progress.record(before)
        assert "finding" in {p.code for p in caught.value.problems}

    def test_a_late_record_does_not_profit_from_what_was_over_later(self) -> None:
        """On its own day the finding was there and the side effect was open."""

        def late(number: int) -> mn.SessionDone:
            return mn.SessionDone(
                on=day(60), done_on=day(number), needle_length=mn.NeedleLength(1500)
            )

        which = mn.Finding.PREGNANCY
        found = recorded(begun(), done(0), finding(10, which), finding(50, which, present=False))
        refused("finding", "done_on", lambda: found.record(late(40)))
        assert found.record(late(50)).held[-1] == day(50)
        sore = recorded(begun(), done(0), seen(1, 1, MILIA), over(50, 45, MILIA))
        refused("side_effect", "done_on", lambda: sore.record(late(44)))
        assert sore.record(late(45)).held[-1] == day(45)


class TestEnteredInError:
    """A wrong entry is struck out by name and stays to be seen; nothing is rewritten."""

    def strike(self, number: int, entry: int) -> mn.EnteredInError:
        return mn.EnteredInError(on=day(number), entry=entry, author="staff-7", reason="mistyped")

    def test_a_red_flag_by_mistake(self) -> None:
        wrong = recorded(begun(), done(0), seen(5, 5, severity=mn.Severity.SEVERE))
        assert next_on(wrong, 5).move is mn.Move.STOP
        right = recorded(wrong, self.strike(6, 2), seen(6, 5))
        assert next_on(right, 6).move is mn.Move.WAIT
        assert right.entries[:3] == wrong.entries
        assert next_on(recorded(right, over(9, 7)), 28).move is mn.Move.PROCEED

    def test_a_session_a_finding_a_stop(self) -> None:
        twice = recorded(begun(), done(0), done(28))
        assert recorded(twice, self.strike(29, 2)).held == (day(0),)
        found = recorded(begun(), done(0), finding(3, mn.Finding.PREGNANCY))
        assert next_on(recorded(found, self.strike(4, 2)), 28).move is mn.Move.PROCEED
        stopped = recorded(begun(), done(0), mn.CourseStopped(on=day(3)))
        assert recorded(stopped, self.strike(4, 2)).record(done(28)).held[-1] == day(28)

    @pytest.mark.parametrize(
        ("entry", "code"),
        [(1, "needed"), (6, "no_entry"), (9, "no_entry"), (2, "needed"), (3, "")],
    )
    def test_what_cannot_be_struck(self, entry: int, code: str) -> None:
        """What others hang on, what is not there, what is struck; but an end can be."""
        progress = recorded(
            begun(), done(0), seen(1, 1), over(3, 3), seen(4, 4, MILIA), self.strike(5, 4)
        )
        if code:
            refused(code, "entry", lambda: progress.record(self.strike(6, entry)))
        else:
            assert next_on(recorded(progress, self.strike(6, entry)), 28).move is mn.Move.PAUSE
        refused("no_entry", "entry", lambda: progress.record(self.strike(6, 4)))
        with pytest.raises(mn.InputError):
            self.strike(6, 0)

    def test_a_record_of_a_wrong_day_never_locks(self) -> None:
        """A record, or a strike, dated ten years ahead is struck out today, and all goes on."""
        far = recorded(begun(), done(0), mn.SessionSkipped(on=day(3650)))
        refused("out_of_order", "on", lambda: far.record(done(28)))
        again = recorded(far, self.strike(3, 2))
        assert next_on(again, 28).move is mn.Move.PROCEED
        assert len(recorded(again, done(28)).held) == 2
        locked = recorded(begun(), done(0), seen(1, 1), self.strike(3650, 2))
        free = recorded(locked, self.strike(3, 3), over(4, 3), done(28))
        assert len(free.held) == 2
        assert mn.from_json(mn.to_json(free), mn.Progress, KNOWLEDGE) == free

    def test_what_is_struck_out_twice_counts_again(self) -> None:
        """A strike that was wrong is itself struck out."""
        ledger = recorded(begun(), done(0), seen(9, 9), self.strike(9, 2), self.strike(9, 3))
        assert next_on(ledger, 9) == next_on(recorded(begun(), done(0), seen(9, 9)), 9)

    def test_a_strike_is_not_before_what_counts(self) -> None:
        ledger = recorded(begun(), done(0), seen(9, 9))
        refused("out_of_order", "on", lambda: ledger.record(self.strike(8, 1)))
        refused("no_entry", "entry", lambda: ledger.record(self.strike(9, 3)))

    def test_it_is_kept_and_replayed(self) -> None:
        progress = recorded(begun(), done(0), seen(9, 9), self.strike(10, 2), done(28))
        assert mn.from_json(mn.to_json(progress), mn.Progress, KNOWLEDGE) == progress
        assert [step.move.value for step in mn.replay(progress)] == [
            *("proceed", "wait", "pause", "wait", "wait")
        ]

    def test_a_schedule_takes_a_session_back(self) -> None:
        schedule = mn.schedule(FOUR_WEEKLY, day(0), sessions=3)
        twice = recorded(begun(), done(0), done(28))
        dated = mn.reschedule(schedule, twice, on=day(28))
        again = mn.reschedule(dated, recorded(twice, self.strike(29, 2)), on=day(29))
        assert [s.held_on for s in again.sessions] == [day(0), None, None]


class TestTheValue:
    """A ledger that exists is one that could have been recorded."""

    def test_made_again(self) -> None:
        progress = recorded(begun(), done(0), seen(1, 1), over(4, 3), done(28))
        for again in (
            attrs.evolve(progress),
            copy.copy(progress),
            copy.deepcopy(progress),
            pickle.loads(pickle.dumps(progress)),  # noqa: S301 - our own bytes
            mn.from_json(mn.to_json(progress), mn.Progress, KNOWLEDGE),
        ):
            assert again == progress
            assert hash(again) == hash(progress)
            assert mn.to_json(again) == mn.to_json(progress)
            assert again.record(done(56)) == progress.record(done(56))

    def test_no_line_can_be_left_out_or_changed(self) -> None:
        """Where the rest cannot have been recorded without it."""
        progress = recorded(begun(), done(0), seen(1, 1), over(4, 3), done(28))
        entries = progress.entries
        refused(
            "nothing_open",
            "entries[2].event.effect",
            lambda: attrs.evolve(progress, entries=(*entries[:2], *entries[3:])),
        )
        forged = attrs.evolve(entries[-1], event=done(20))
        refused(
            "minimum_interval",
            "entries[4].event.done_on",
            lambda: attrs.evolve(progress, entries=(*entries[:-1], forged)),
        )
        refused(
            "not_begun", "entries[0].event", lambda: attrs.evolve(progress, entries=entries[1:])
        )
        refused("empty", "entries", lambda: attrs.evolve(progress, entries=()))
        other = attrs.evolve(entries[1], digest="0" * 64)
        refused(
            "edition_missing",
            "entries[1]",
            lambda: attrs.evolve(progress, entries=(entries[0], other)),
        )

    def test_a_forged_ledger_does_not_survive_a_copy(self) -> None:
        progress = recorded(begun(), done(0), done(28))
        forged = copy.copy(progress)
        entry = attrs.evolve(forged.entries[-1], event=done(3))
        object.__setattr__(forged, "entries", (*forged.entries[:-1], entry))
        with pytest.raises(mn.InputError):
            copy.copy(forged)
        with pytest.raises(mn.InputError):
            copy.deepcopy(forged)
        with pytest.raises(mn.InputError):
            pickle.loads(pickle.dumps(forged))  # noqa: S301 - our own bytes

    def test_history_is_not_judged_by_newer_logic(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What an earlier version accepted is read; what cannot have happened is not."""
        progress = recorded(begun(), done(0))
        early = mn.Entry(event=done(20), edition=KNOWLEDGE.id, digest=KNOWLEDGE.digest, engine="0")
        old = attrs.evolve(progress, entries=(*progress.entries, early))
        assert old.held == (day(0), day(20))
        data = mn.to_json(old)
        refused("unknown_engine", "$.entries[2].engine", lambda: mn.from_json(data, mn.Progress))
        monkeypatch.setattr(verifying, "ENGINES", ("0", ENGINE))
        assert mn.from_json(data, mn.Progress, KNOWLEDGE) == old
        twice = attrs.evolve(early, event=done(0))
        refused(
            "same_day",
            "entries[2].event.done_on",
            lambda: attrs.evolve(progress, entries=(*progress.entries, twice)),
        )


class TestNextStep:
    """The most cautious of all that speaks against a session holds."""

    def test_before_the_first(self) -> None:
        step = next_on(begun(), 0)
        assert isinstance(step, mn.Proceed)
        assert (step.number, step.earliest, step.latest) == (1, ON, None)
        assert step.lengths == FOUR_WEEKLY.lengths

    @pytest.mark.parametrize(
        ("number", "move"),
        [(0, "wait"), (4, "wait"), (27, "wait"), (28, "proceed"), (90, "proceed")],
    )
    def test_between_sessions(self, number: int, move: str) -> None:
        assert next_on(recorded(begun(), done(0)), number).move.value == move

    def test_the_window_is_the_published_one(self) -> None:
        step = next_on(recorded(begun(), done(0)), 28)
        assert isinstance(step, mn.Proceed)
        assert (step.earliest, step.preferred, step.latest) == (day(28), day(28), day(30))
        assert not [r for r in step.notices if r.rule == "rules.interval_exceeded"]
        late = next_on(recorded(begun(), done(0)), 31)
        assert rules(late.notices) == ["rules.interval_exceeded"]
        assert isinstance(late, mn.Proceed)
        assert (late.preferred, late.latest, late.days_beyond) == (day(31), day(30), 1)

    def test_waiting_says_until_when(self) -> None:
        step = next_on(recorded(begun(), done(0)), 1)
        assert isinstance(step, mn.Wait)
        assert step.until == day(28)
        assert {r.rule for r in step.why} == {"rules.minimum_interval", "rules.recovery_not_over"}
        assert [c.source.id for r in step.why for c in r.citations][:2] == [
            "harris-2015",
            "afra-2018",
        ]
        assert next_on(recorded(begun(), done(0)), 28).move is mn.Move.PROCEED

    def test_an_open_effect_blocks_until_its_end_is_told(self) -> None:
        """Even the mildest, even one that needs no action; what is not known goes on."""
        progress = recorded(begun(), done(0), seen(1, 1, MILIA))
        step = next_on(progress, 40)
        assert isinstance(step, mn.Wait)
        assert step.until is None
        assert step.responses[0].action is mn.Action.WATCH
        assert next_on(recorded(progress, over(41, 12, MILIA)), 41).move is mn.Move.PROCEED

    def test_what_is_not_known_to_be_over_grows_older(self) -> None:
        """Mild redness: expected at first, watched from day 4, a pause from day 8."""
        progress = recorded(begun(), done(0), seen(1, 1))
        assert [next_on(progress, n).responses[0].action.value for n in (1, 3, 4, 7, 8)] == [
            *("go_on", "go_on", "watch", "watch", "pause")
        ]
        assert [next_on(progress, n).move.value for n in (1, 7, 8)] == ["wait", "wait", "pause"]

    def test_a_red_flag_ends_the_course_for_good(self) -> None:
        progress = recorded(begun(), done(0), seen(2, 2, HERPES))
        step = next_on(progress, 2)
        assert isinstance(step, mn.Stop)
        assert step.responses[0].red_flag
        healed = next_on(recorded(progress, over(20, 15, HERPES)), 60)
        assert isinstance(healed, mn.Stop)
        assert [r.rule for r in healed.why] == ["rules.side_effect_ended_course"]
        assert "antiviral" in healed.why[0].why

    def test_what_was_not_reported_milder_stays_as_it_was(self) -> None:
        """Moderate redness is a red flag from day 8, also where only its end is told later."""
        progress = recorded(begun(), done(0), seen(5, 5, severity=mn.Severity.MODERATE))
        assert next_on(progress, 5).move is mn.Move.PAUSE
        assert next_on(progress, 8).move is mn.Move.STOP
        assert next_on(recorded(progress, over(30, 8)), 30).move is mn.Move.PROCEED
        assert next_on(recorded(progress, over(30, 9)), 30).move is mn.Move.STOP
        milder = recorded(progress, seen(7, 7), over(30, 12))
        assert next_on(milder, 30).move is mn.Move.PROCEED
        assert rules(next_on(milder, 30).notices) == ["rules.side_effect_past"]

    def test_again(self) -> None:
        """What comes back is open again; what is told late of the time before is not."""
        progress = recorded(begun(), done(0), seen(1, 1), over(3, 3))
        assert next_on(recorded(progress, seen(9, 2)), 28).move is mn.Move.PROCEED
        assert next_on(recorded(progress, seen(9, 9)), 28).move is mn.Move.PAUSE

    def test_what_ended_a_course_is_not_undone_by_more_of_it(self) -> None:
        """Neither by a relapse, nor by a milder report of earlier days, nor by growing milder."""
        flagged = recorded(begun(), done(0), seen(2, 2, severity=mn.Severity.MODERATE), over(9, 9))
        assert next_on(flagged, 28).move is mn.Move.STOP
        again = recorded(flagged, seen(16, 16))
        assert next_on(again, 16).move is mn.Move.STOP
        assert next_on(recorded(again, over(18, 18)), 28).move is mn.Move.STOP
        assert next_on(recorded(flagged, seen(10, 5)), 28).move is mn.Move.STOP
        open_ = recorded(begun(), done(0), seen(2, 2, severity=mn.Severity.MODERATE))
        assert next_on(open_, 9).move is mn.Move.STOP
        assert next_on(recorded(open_, seen(9, 9)), 9).move is mn.Move.STOP
        # That it was milder on the very day from which it would have been a red flag is good news.
        assert next_on(recorded(open_, seen(8, 8)), 8).move is mn.Move.PAUSE

    def test_bleeding_that_is_over_the_next_day(self) -> None:
        """The day of its end is not a day with it."""
        bled = mn.SideEffectCode.PINPOINT_BLEEDING
        progress = recorded(begun(), done(0), seen(0, 0, bled), over(1, 1, bled))
        assert next_on(progress, 28).move is mn.Move.PROCEED

    @pytest.mark.parametrize("which", mn.Finding)
    def test_not_known_any_more_is_no_better_than_there(self, which: mn.Finding) -> None:
        """Whatever it is, and also where its question makes no sense."""
        there = recorded(begun(), done(0), finding(28, which))
        unsure = there.record(finding(29, which, present=None))
        assert next_on(unsure, 29).move >= next_on(there, 29).move

    def test_of_several_exposures_the_last_counts(self) -> None:
        """An older one told later, or known from the assessment, brings nothing nearer."""
        which = mn.Finding.CHEMICAL_PEEL
        new = recorded(begun(), done(0), finding(28, which, last_on=day(27)))
        old = new.record(finding(40, which, last_on=day(1)))
        assert next_on(old, 40) == next_on(new, 40)
        again = new.record(finding(40, which, last_on=day(39)))
        step = next_on(again, 40)
        assert isinstance(step, mn.Pause)
        assert step.until == day(39 + 30)

    @pytest.mark.parametrize("between", [None, True])
    def test_what_lies_between_two_last_days_changes_nothing(self, between: bool | None) -> None:  # noqa: FBT001
        """Neither that it went on again nor that nobody knew brings the waiting time nearer."""
        which = mn.Finding.CHEMICAL_PEEL
        told = recorded(begun(), done(0), finding(30, which, last_on=day(30)))
        again = recorded(
            told, finding(36, which, present=between), finding(36, which, last_on=day(24))
        )
        step = next_on(again, 36)
        assert isinstance(step, mn.Pause)
        assert step.until == day(60)

    def test_a_late_session_and_several_last_days(self) -> None:
        """In whatever order they were told; and the day assumed for an absent finding holds."""
        which = mn.Finding.SUNBURN_OR_TAN
        late = mn.SessionDone(on=day(40), done_on=day(30), needle_length=mn.NeedleLength(1500))
        two = [finding(40, which, last_on=day(39)), finding(40, which, last_on=day(1))]
        for events in (two, two[::-1], two[:1]):
            progress = recorded(begun(), done(0), *events)
            refused("finding", "done_on", partial(progress.record, late))
        assumed = recorded(
            begun(),
            done(0),
            finding(32, which),
            finding(36, which, present=False),
            finding(36, which, last_on=day(11)),
        )
        refused("finding", "done_on", lambda: assumed.record(late))
        step = next_on(assumed, 40)
        assert isinstance(step, mn.Pause)
        assert step.until == day(36 + 14)

    def test_what_is_told_late_counts_until_the_next_report(self) -> None:
        """Moderate on day 5, told after mild on day 12: for all that is known, until day 11."""
        late = recorded(
            begun(), done(0), seen(12, 12), seen(13, 5, severity=mn.Severity.MODERATE), over(14, 14)
        )
        assert next_on(late, 28).move is mn.Move.STOP
        other = recorded(
            begun(), done(0), seen(3, 3), over(9, 9), seen(13, 5, severity=mn.Severity.MODERATE)
        )
        assert next_on(other, 28).move is mn.Move.STOP

    def test_it_says_from_when_it_is_answered_with_more_caution(self) -> None:
        progress = recorded(begun(), done(0), seen(5, 5, severity=mn.Severity.MODERATE))
        (told,) = [
            r for r in next_on(progress, 5).notices if r.rule == "rules.side_effect_grows_older"
        ]
        assert f"refer_from={day(8).isoformat()}" in told.facts

    def test_a_waiting_time_goes_on_when_a_finding_is_absent(self) -> None:
        """Absent after it was there: it is counted from the last day it may have been."""
        which = mn.Finding.DERMAL_FILLER
        gone = recorded(begun(), done(0), finding(9, which), finding(15, which, present=False))
        step = next_on(gone, 28)
        assert isinstance(step, mn.Pause)
        assert step.until == day(15 + 180)
        told = recorded(
            begun(), done(0), finding(15, which, last_on=day(9)), finding(16, which, present=False)
        )
        step = next_on(told, 28)
        assert isinstance(step, mn.Pause)
        assert step.until == day(9 + 180)
        free = next_on(told, 9 + 180)
        assert isinstance(free, mn.Proceed)
        assert free.earliest == day(9 + 180)
        assert which in [r.finding for r in free.notices if r.effect is mn.Effect.LIFTED]
        never = recorded(begun(), done(0), finding(15, which, present=False))
        assert next_on(never, 28).move is mn.Move.PROCEED

    def test_what_is_to_be_heeded_is_told_on_the_day(self) -> None:
        """The cautions of the offer, and what the edition cannot do."""
        cautions = mn.recommend(SCARS, KNOWLEDGE).cautions
        assert cautions
        step = next_on(begun(), 0)
        assert set(cautions) <= set(step.notices)
        assert KNOWLEDGE.edition.limitations[0] in " ".join(step.explain().split())
        assert len(step.brief().splitlines()) <= 25

    def test_a_day_let_pass_brings_nothing_nearer(self) -> None:
        put = recorded(begun(), done(0), mn.SessionPostponed(on=day(1), to=day(60)))
        assert next_on(recorded(put, mn.SessionSkipped(on=day(29))), 30).move is mn.Move.WAIT
        # And two things of one day come to the same in either order.
        first = recorded(begun(), done(0), mn.SessionPostponed(on=day(10), to=day(60)))
        both: list[mn.Event] = [
            mn.SessionSkipped(on=day(11)),
            mn.SessionPostponed(on=day(11), to=day(40)),
        ]
        assert next_on(recorded(first, *both), 30) == next_on(recorded(first, *both[::-1]), 30)
        late = recorded(
            begun(),
            done(0),
            mn.SessionPostponed(on=day(40), to=day(90)),
            mn.SessionDone(on=day(41), done_on=day(28), needle_length=mn.NeedleLength(1500)),
        )
        assert next_on(late, 70).move is mn.Move.WAIT
        assert next_on(late, 90).move is mn.Move.PROCEED

    def test_a_length_is_not_freed_by_another_finding(self) -> None:
        """Where the course is not offered no length holds; overriding the finding is not enough."""
        held = assessment(mn.Indication.AGEING_SKIN, None)
        progress = mn.begin(held, course("wrinkles-monthly", held), KNOWLEDGE)
        barred = recorded(
            progress,
            finding(0, mn.Finding.TOPICAL_ANAESTHETIC_BARRED),
            finding(0, mn.Finding.SUNBURN_OR_TAN),
        )
        event = done(1, override=override(mn.Safeguard.FINDING))
        refused("needle_length", "needle_length", lambda: barred.record(event))

    def test_a_deferral_pauses_until_its_day(self) -> None:
        """Isotretinoin: its waiting time is counted from the last day of it."""
        ongoing = recorded(begun(), done(0), finding(3, mn.Finding.DERMAL_FILLER))
        step = next_on(ongoing, 60)
        assert isinstance(step, mn.Pause)
        assert step.until is None
        ended = recorded(ongoing, finding(60, mn.Finding.DERMAL_FILLER, last_on=day(50)))
        step = next_on(ended, 60)
        assert isinstance(step, mn.Pause)
        wait = KNOWLEDGE.finding(mn.Finding.DERMAL_FILLER).wait
        assert wait is not None
        assert step.until == day(50 + wait.days)
        assert next_on(ended, 50 + wait.days - 1).move is mn.Move.PAUSE
        assert next_on(ended, 50 + wait.days).move is mn.Move.PROCEED

    def test_a_decline_stops_while_it_is_present(self) -> None:
        declined = recorded(begun(), done(0), finding(3, mn.Finding.SKIN_CANCER))
        assert next_on(declined, 60).move is mn.Move.STOP
        after = recorded(declined, finding(300, mn.Finding.SKIN_CANCER, present=False))
        assert next_on(after, 300).move is mn.Move.PROCEED

    def test_what_is_cleared_first_pauses(self) -> None:
        """Nobody ends a course for what somebody may clear."""
        progress = recorded(begun(), done(0), finding(3, mn.Finding.IMMUNOSUPPRESSION))
        step = next_on(progress, 60)
        assert isinstance(step, mn.Pause)
        assert step.why[0].role is mn.Role.TREATING_PHYSICIAN

    @pytest.mark.parametrize(
        ("events", "move"),
        [
            ((), mn.Move.PROCEED),
            # What is milder leaves it as it is.
            ((finding(3, mn.Finding.SMOKING),), mn.Move.PROCEED),
            # The finding itself, told anew, or one as grave.
            ((finding(3, mn.Finding.BLEEDING_DISORDER),), mn.Move.PAUSE),
            (
                (
                    finding(3, mn.Finding.OPEN_WOUND),
                    finding(9, mn.Finding.OPEN_WOUND, present=False),
                ),
                mn.Move.PAUSE,
            ),
        ],
    )
    def test_what_ends_a_clearance(
        self, events: tuple[mn.FindingChanged, ...], move: mn.Move
    ) -> None:
        """It counts from the assessment on, until something of its kind is told."""
        cleared = mn.MedicalClearance(
            finding=mn.Finding.BLEEDING_DISORDER, by=mn.Role.HAEMATOLOGIST, on=SCARS.on
        )
        held = attrs.evolve(
            SCARS,
            screening=mn.Screening.complete(present=[mn.Finding.BLEEDING_DISORDER]),
            clearances=[cleared],
        )
        progress = mn.begin(held, course("acne-scar-4-weekly", held), KNOWLEDGE, sessions=3)
        assert next_on(recorded(progress, done(0), *events), 28).move is move

    def test_a_clearance_grows_old(self) -> None:
        """As old as the edition allows and no older."""
        rule = KNOWLEDGE.finding(mn.Finding.BLEEDING_DISORDER)
        assert rule.clearance_days is not None
        cleared = mn.MedicalClearance(finding=rule.finding, by=mn.Role.HAEMATOLOGIST, on=SCARS.on)
        held = attrs.evolve(
            SCARS,
            screening=mn.Screening.complete(present=[rule.finding]),
            clearances=[cleared],
        )
        progress = mn.begin(held, course("acne-scar-4-weekly", held), KNOWLEDGE, sessions=3)
        progress = recorded(progress, done(0))
        last = (SCARS.on - day(0)).days + rule.clearance_days
        assert next_on(progress, last).move is mn.Move.PROCEED
        assert next_on(progress, last + 1).move is mn.Move.PAUSE

    def test_unknown_is_asked_for(self) -> None:
        """Under a complete screening too, and nothing else becomes unknown by it."""
        unknown = recorded(begun(), done(0), finding(3, mn.Finding.PREGNANCY, present=None))
        step = next_on(unknown, 60)
        assert isinstance(step, mn.Pause)
        assert [r.finding for r in step.why] == [mn.Finding.PREGNANCY]
        assert step.why[0].question

    def test_a_new_must_is_told(self) -> None:
        """A limit leaves the course as it is, and the next session has its must."""
        progress = recorded(begun(), done(0), finding(3, mn.Finding.TOPICAL_ANAESTHETIC_BARRED))
        step = next_on(progress, 60)
        assert isinstance(step, mn.Proceed)
        rule = KNOWLEDGE.finding(mn.Finding.TOPICAL_ANAESTHETIC_BARRED)
        assert rule.must in [reason.must for reason in step.notices]
        assert rule.must in step.explain()

    def test_new_cautions_are_told(self) -> None:
        progress = recorded(begun(), done(0), finding(3, mn.Finding.HERPES_HISTORY))
        step = next_on(progress, 28)
        assert isinstance(step, mn.Proceed)
        assert mn.Finding.HERPES_HISTORY in [r.finding for r in step.notices]

    def test_put_off(self) -> None:
        progress = recorded(begun(), done(0), mn.SessionPostponed(on=day(9), to=day(40)))
        step = next_on(progress, 30)
        assert isinstance(step, mn.Wait)
        assert step.until == day(40)
        later = next_on(progress, 40)
        assert isinstance(later, mn.Proceed)
        assert (later.earliest, later.preferred, later.latest) == (day(40), day(40), day(30))
        assert later.days_beyond == 10
        # The patient's wish is no safeguard: who comes sooner may be treated.
        assert progress.record(done(30)).held[-1] == day(30)

    def test_complete(self) -> None:
        complete = recorded(begun(), done(0), done(28), done(56))
        assert next_on(complete, 60).move is mn.Move.COMPLETE
        sore = recorded(complete, seen(60, 4))
        step = next_on(sore, 70)
        assert step.move is mn.Move.COMPLETE
        assert step.responses[0].action is mn.Action.PAUSE
        assert next_on(recorded(sore, seen(70, 14, HERPES)), 70).move is mn.Move.STOP
        assert next_on(recorded(complete, finding(60, mn.Finding.PREGNANCY)), 60).move is (
            mn.Move.COMPLETE
        )

    def test_stopped(self) -> None:
        stopped = recorded(begun(), done(0), mn.CourseStopped(on=day(3), note="moved-away"))
        step = next_on(stopped, 60)
        assert [r.rule for r in step.why] == ["rules.course_stopped"]
        assert next_on(recorded(stopped, seen(60, 9)), 60).responses[0].action is mn.Action.PAUSE

    def test_the_fewest_are_done(self) -> None:
        held = recorded(begun(5), done(0), done(28), done(56))
        step = next_on(held, 84)
        assert isinstance(step, mn.Proceed)
        assert rules(step.notices) == ["rules.fewest_sessions_done"]

    def test_a_day_before_the_last_record(self) -> None:
        refused("out_of_order", "on", lambda: next_on(recorded(begun(), done(5)), 4))

    def test_no_interval_is_published(self) -> None:
        """Unknown is not "none": a day has to be set."""
        held = assessment(mn.Indication.HYPERPIGMENTATION, mn.Severity.MILD)
        half = course("pigment-0.5mm", held)
        length = half.lengths.shortest
        progress = recorded(mn.begin(held, half, KNOWLEDGE), done(0, needle_length=length))
        step = next_on(progress, 200)
        assert isinstance(step, mn.Wait)
        assert (step.until, step.why[0].rule) == (None, "rules.interval_not_published")
        refused(
            "minimum_interval", "done_on", lambda: progress.record(done(200, needle_length=length))
        )
        # A day that was let pass is no day that was set.
        skipped = progress.record(mn.SessionSkipped(on=day(9)))
        assert next_on(skipped, 20).move is mn.Move.WAIT
        put = progress.record(mn.SessionPostponed(on=day(9), to=day(33)))
        refused("minimum_interval", "done_on", lambda: put.record(done(32, needle_length=length)))
        assert "rules.interval_not_published" in rules(next_on(put, 33).notices)
        assert next_on(recorded(put, mn.SessionSkipped(on=day(34))), 35).move is mn.Move.PROCEED
        # A day set for one session is none for the next, whatever was let pass since.
        late = recorded(
            put,
            mn.SessionSkipped(on=day(40)),
            mn.SessionDone(on=day(41), done_on=day(37), needle_length=length),
        )
        waiting = next_on(late, 41)
        assert isinstance(waiting, mn.Wait)
        assert waiting.until is None
        schedule = mn.schedule(half, day(0), sessions=1)
        paused = mn.reschedule(schedule, skipped, on=day(9))
        assert rules(paused.paused) == ["rules.interval_not_published"]
        assert paused.next is None
        step = next_on(put, 33)
        assert isinstance(step, mn.Proceed)
        assert (step.earliest, step.latest) == (day(33), None)

    def test_the_longest_time_there_is(self) -> None:
        """From the first year to the last, an open effect is still answered."""
        early = attrs.evolve(SCARS, on=date(1900, 1, 1))
        old = mn.begin(early, course("acne-scar-4-weekly", early), KNOWLEDGE)
        old = old.record(mn.SessionDone(on=date(1900, 1, 1), needle_length=mn.NeedleLength(1500)))
        sore = mn.SideEffectReported(
            on=date(1900, 1, 1), effect=MILIA, severity=mn.Severity.MILD, day=0
        )
        last = date(2199, 12, 31)
        asked = old.record(sore).record(mn.AssessmentUpdated(on=last, reviewed=True))
        assert mn.next_step(asked, KNOWLEDGE, last).move is mn.Move.WAIT

    def test_types(self) -> None:
        refused("wrong_type", "progress", lambda: mn.next_step(SCARS, KNOWLEDGE, ON))  # type: ignore[arg-type]
        refused("wrong_type", "knowledge", lambda: mn.next_step(begun(), "2026.1", ON))  # type: ignore[arg-type]

    def test_every_step_says_why_and_where_it_is_from(self) -> None:
        for progress, number in (
            (begun(), 0),
            (recorded(begun(), done(0), seen(1, 1)), 1),
            (recorded(begun(), done(0), seen(9, 9)), 9),
            (recorded(begun(), done(0), seen(9, 9, HERPES)), 9),
            (recorded(begun(), done(0), done(28), done(56)), 60),
        ):
            step = next_on(progress, number)
            assert step.why
            assert all(r.citations and r.why for r in (*step.why, *step.notices))
            assert (step.edition, step.digest) == (KNOWLEDGE.id, KNOWLEDGE.digest)
            assert step.provenance.limitations
            text = step.explain()
            assert all(c.source.id in text for r in step.why for c in r.citations)
            assert KNOWLEDGE.digest in text
            assert json.loads(mn.to_json(step))["move"] == step.move.value


def newer(change: Callable[[dict[str, list[dict[str, object]]]], None]) -> mn.Knowledge:
    """Make an edition of which something is different."""
    tables = json.loads(KNOWLEDGE.canonical)
    tables["edition"]["id"] = "2027.1"
    change(tables)
    return mn.Knowledge(canonical_form(tables))


def _row(tables: dict[str, list[dict[str, object]]], table: str, key: str) -> dict[str, object]:
    name = {"protocols": "id", "findings": "code"}[table]
    return next(row for row in tables[table] if row[name] == key)


class TestANewerEdition:
    """It never rewrites what happened; it may add to what comes."""

    def test_the_same_advice(self) -> None:
        later = newer(lambda _: None)
        progress = recorded(begun(), done(0))
        step = mn.next_step(progress, later, day(28))
        assert step.move is mn.Move.PROCEED
        assert "rules.edition_changed" in [r.rule for r in step.notices]

    def test_its_figures_hold_whatever_else_speaks_against_a_session(self) -> None:
        """A finding that defers does not free the longer interval, nor the longer recovery."""

        def change(tables: dict[str, list[dict[str, object]]]) -> None:
            interval = _row(tables, "protocols", "acne-scar-4-weekly")["interval"]
            assert isinstance(interval, dict)
            interval.update(min_days=42, preferred_days=42, max_days=45)

        later = newer(change)
        progress = recorded(begun(), done(0)).under(later)
        deferred = progress.record(finding(10, mn.Finding.CHEMICAL_PEEL, last_on=day(5)))
        step = next_on(deferred, 10)
        assert isinstance(step, mn.Pause)
        assert step.until == day(42)
        both = override(mn.Safeguard.FINDING, mn.Safeguard.NEEDLE_LENGTH)
        with pytest.raises(mn.InputError) as caught:
            deferred.record(done(30, override=both))
        assert caught.value.code == "minimum_interval"

        # Nor does a longer waiting time, by which it would not even have been begun.
        def strict(tables: dict[str, list[dict[str, object]]]) -> None:
            change(tables)
            wait = _row(tables, "findings", "chemical_peel")["wait"]
            assert isinstance(wait, dict)
            wait["days"] = 120

        peeled = mn.Exposure(finding=mn.Finding.CHEMICAL_PEEL, last_on=date(2026, 10, 20))
        held = assessment(screening=mn.Screening.complete(present=[peeled]))
        begun_so = mn.begin(held, course("acne-scar-4-weekly", held), KNOWLEDGE, sessions=3)
        strictly = begun_so.record(done(0)).under(newer(strict))
        with pytest.raises(mn.InputError) as caught:
            strictly.record(done(30, override=both))
        assert caught.value.code == "minimum_interval"

        def slow(tables: dict[str, list[dict[str, object]]]) -> None:
            for row in tables["aspects"]:
                if row["aspect"] == "recovery" and row["code"] == "days":
                    row["days"] = {"min": 4, "max": 40}

        slower = recorded(begun(4), done(0)).under(newer(slow))
        again = mn.reschedule(mn.schedule(FOUR_WEEKLY, day(0), sessions=4), slower, on=day(1))
        assert [s.day for s in again.sessions] == [day(40 * n) for n in range(4)]

    def test_history_stands(self) -> None:
        later = newer(lambda _: None)
        progress = recorded(begun(), done(0)).under(later)
        assert progress.entries == recorded(begun(), done(0)).entries
        longer = progress.record(done(28))
        assert [entry.edition for entry in longer.entries] == ["2026.1", "2026.1", "2027.1"]
        assert longer.under(later) is longer
        refused("edition_twice", "editions", lambda: longer.under(KNOWLEDGE))

    def test_documents_name_all_editions(self) -> None:
        later = newer(lambda _: None)
        progress = recorded(begun(), done(0)).under(later).record(done(28))
        data = mn.to_json(progress)
        assert mn.from_json(data, mn.Progress, later, KNOWLEDGE) == progress
        refused(
            "edition_missing", "$.editions[1]", lambda: mn.from_json(data, mn.Progress, KNOWLEDGE)
        )

    def test_a_longer_interval_holds_for_what_comes(self) -> None:
        def change(tables: dict[str, list[dict[str, object]]]) -> None:
            row = _row(tables, "protocols", "acne-scar-4-weekly")
            interval = row["interval"]
            assert isinstance(interval, dict)
            row["interval"] = {
                **interval,
                "min_days": 42,
                "preferred_days": 42,
                "max_days": 56,
            }

        later = newer(change)
        progress = recorded(begun(), done(0), done(28))
        step = mn.next_step(progress, later, day(60))
        assert isinstance(step, mn.Wait)
        assert step.until == day(28 + 42)
        assert "rules.course_tightened" in [r.rule for r in step.notices]
        assert progress.under(later).held == progress.held
        schedule = mn.schedule(FOUR_WEEKLY, day(0), sessions=3)
        again = mn.reschedule(schedule, progress.under(later), on=day(60))
        assert again.sessions[2].preferred == day(28 + 42)

    def test_an_interval_does_not_vanish_with_an_edition(self) -> None:
        """One that no longer publishes it leaves the one the course began with."""

        def change(tables: dict[str, list[dict[str, object]]]) -> None:
            del _row(tables, "protocols", "acne-scar-4-weekly")["interval"]

        later = newer(change)
        progress = recorded(begun(), done(0), mn.SessionPostponed(on=day(1), to=day(7)))
        assert mn.next_step(progress, later, day(7)).move is mn.Move.WAIT
        with pytest.raises(mn.InputError):
            progress.under(later).record(done(7))
        assert mn.next_step(progress, later, day(28)).move is mn.Move.PROCEED

    def test_an_interval_that_is_published_later_holds_at_once(self) -> None:
        held = assessment(mn.Indication.HYPERPIGMENTATION, mn.Severity.MILD)
        half = course("pigment-0.5mm", held)
        figure = _row(json.loads(KNOWLEDGE.canonical), "protocols", "acne-scar-4-weekly")[
            "interval"
        ]
        later = newer(
            lambda tables: _row(tables, "protocols", "pigment-0.5mm").update(interval=figure)
        )
        progress = recorded(
            mn.begin(held, half, KNOWLEDGE),
            done(0, needle_length=half.lengths.shortest),
            mn.SessionPostponed(on=day(1), to=day(7)),
        )
        assert mn.next_step(progress, later, day(7)).move is mn.Move.WAIT
        assert mn.next_step(progress, later, day(28)).move is mn.Move.PROCEED

    def test_a_longer_recovery_and_fewer_sessions_are_told(self) -> None:
        def change(tables: dict[str, list[dict[str, object]]]) -> None:
            _row(tables, "protocols", "acne-scar-4-weekly")["sessions"] = {
                "min": 1,
                "max": 1,
                "studies": ["harris-2015"],
            }
            for row in tables["aspects"]:
                days = row.get("days")
                if row["aspect"] == "recovery" and isinstance(days, dict):
                    days["max"] = 60

        step = mn.next_step(recorded(begun(), done(0)), newer(change), day(40))
        told = next(r for r in step.notices if r.rule == "rules.course_tightened")
        assert any(fact.startswith("downtime=") for fact in told.facts)
        assert "sessions=1" in told.facts
        assert isinstance(step, mn.Wait)
        assert step.until == day(60)

    def test_a_course_that_is_no_longer_offered_is_paused(self) -> None:
        def change(tables: dict[str, list[dict[str, object]]]) -> None:
            tables["protocols"] = [
                row for row in tables["protocols"] if row["id"] != "acne-scar-4-weekly"
            ]

        step = mn.next_step(recorded(begun(), done(0)), newer(change), day(40))
        assert isinstance(step, mn.Pause)
        assert [r.rule for r in step.why] == ["rules.course_not_offered"]

    def test_what_it_asks_besides_is_unknown(self) -> None:
        """A complete screening was complete for the edition that asked."""
        older = newer(
            lambda tables: tables.update(
                findings=[row for row in tables["findings"] if row["code"] != "tattoo"]
            )
        )
        progress = recorded(begun(knowledge=older), done(0))
        assert mn.next_step(progress, older, day(28)).move is mn.Move.PROCEED
        step = mn.next_step(progress, KNOWLEDGE, day(28))
        assert isinstance(step, mn.Pause)
        assert [r.finding for r in step.why] == [mn.Finding.TATTOO]
        answered = recorded(progress, finding(28, mn.Finding.TATTOO, present=False))
        assert mn.next_step(answered, KNOWLEDGE, day(28)).move is mn.Move.PROCEED

    def test_replayed_under_the_editions_of_the_time(self) -> None:
        later = newer(lambda _: None)
        progress = begun()
        steps = [mn.next_step(progress, progress.knowledge, ON)]
        for event in (
            done(0),
            seen(9, 9),
            None,
            over(14, 12),
            done(28),
            mn.SessionSkipped(on=day(58)),
        ):
            if event is None:
                progress = progress.under(later)
                continue
            progress = progress.record(event)
            steps.append(mn.next_step(progress, progress.knowledge, event.on))
        assert mn.replay(progress) == tuple(steps)
        assert {step.edition for step in steps} == {"2026.1", "2027.1"}
        with pytest.raises(mn.InputError):
            mn.replay("PATIENT-NAME")  # type: ignore[call-overload]
