"""Ledgers as documents: read strictly and checked line by line, written one way."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import microneedling as mn
from tests import ledgers
from tests.ledgers import FOUR_WEEKLY, KNOWLEDGE, START, begun, day, done, over, recorded, seen

MARK = "PATIENT-NAME"


def everything() -> mn.Progress:
    """Give a ledger with an event of every kind."""
    found = ledgers.a_bit_of_everything()[0]
    assert isinstance(found, mn.Progress)
    return found


def document() -> dict[str, Any]:
    """Give that ledger as plain data."""
    found: dict[str, Any] = json.loads(mn.to_json(everything()))
    return found


def problems(data: dict[str, Any] | str | bytes) -> list[tuple[str, str]]:
    """Give code and path of everything wrong with a document, none of which repeats it."""
    text = json.dumps(data) if isinstance(data, dict) else data
    with pytest.raises(mn.InputError) as caught:
        mn.progress_from_json(text, KNOWLEDGE)
    assert MARK not in str(caught.value)
    return [(problem.code, problem.path) for problem in caught.value.problems]


class TestThereAndBack:
    """What is written is read as the same value, and written again as the same bytes."""

    def test_every_kind_of_event(self) -> None:
        progress = everything()
        kinds = {type(event) for event in progress.events}
        assert len(kinds) == 9
        data = mn.to_json(progress)
        again = mn.progress_from_json(data, KNOWLEDGE)
        assert again == progress
        assert mn.to_json(again) == data
        assert data.isascii()
        assert data.endswith(b"}\n")

    def test_editions_that_are_not_needed_do_no_harm(self) -> None:
        data = mn.to_json(begun())
        other = mn.Knowledge(KNOWLEDGE.canonical.replace(b'"2026.1"', b'"2027.1"'))
        assert mn.progress_from_json(data, other, KNOWLEDGE) == begun()

    def test_schedules_and_steps_are_written(self) -> None:
        schedule = json.loads(mn.to_json(mn.schedule(FOUR_WEEKLY, START)))
        assert schedule["sessions"][1]["preferred"] == "2026-12-29"
        sources = {source.id for source in FOUR_WEEKLY.sources}
        assert set(schedule["sources"]) == sources
        step = mn.next_step(recorded(begun(), done(0), seen(9, 9)), KNOWLEDGE, day(9))
        written = json.loads(mn.to_json(step))
        assert (written["move"], written["until"]) == ("pause", None)
        cited = {
            citation["source"]
            for reason in written["why"] + written["notices"]
            for citation in reason["citations"]
        }
        assert cited <= set(written["sources"])

    @pytest.mark.parametrize(
        "wrong", [None, FOUR_WEEKLY, b"{}", {}], ids=["None", "course", "bytes", "dict"]
    )
    def test_nothing_else_is_written(self, wrong: object) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.to_json(wrong)  # type: ignore[arg-type]
        assert caught.value.code == "wrong_type"


def _change(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Change one place of a document."""
    steps = [int(part) if part.isdigit() else part for part in path.split(".")]

    def change(data: Any) -> None:  # noqa: ANN401 - plain data
        for step in steps[:-1]:
            data = data[step]
        data[steps[-1]] = value

    return change


# The places: entry 1 is a session done, 2 an effect, 3 its end, 4 a finding, 6 put off, 7 with an
# override.
WRONG: dict[str, tuple[str, object, str, str]] = {
    "no such kind": ("entries.1.event.kind", MARK, "unknown_code", "$.entries[1].event.kind"),
    "kind a list": ("entries.1.event.kind", [MARK], "unknown_code", "$.entries[1].event.kind"),
    "another kind": (
        "entries.1.event.kind",
        "course_stopped",
        "unknown_key",
        "$.entries[1].event",
    ),
    "event no object": ("entries.1.event", MARK, "wrong_type", "$.entries[1].event"),
    "a key more": ("entries.1.event.patient", MARK, "unknown_key", "$.entries[1].event"),
    "a key more in the entry": ("entries.1.patient", MARK, "unknown_key", "$.entries[1]"),
    "length a number": (
        "entries.1.event.needle_length",
        1.5,
        "not_an_integer",
        "",
    ),
    "length without a unit": (
        "entries.1.event.needle_length",
        "1.5",
        "unreadable",
        "$.entries[1].event.needle_length",
    ),
    "day a flag": ("entries.2.event.day", True, "wrong_type", "$.entries[2].event.day"),
    "day as text": ("entries.2.event.day", "1", "wrong_type", "$.entries[2].event.day"),
    "day negative": ("entries.2.event.day", -1, "out_of_range", "$.entries[2].event.day"),
    "no such effect": (
        "entries.2.event.effect",
        MARK,
        "unknown_code",
        "$.entries[2].event.effect",
    ),
    "present as text": (
        "entries.4.event.present",
        "true",
        "wrong_type",
        "$.entries[4].event.present",
    ),
    "a basic date": ("entries.2.event.on", "20261202", "not_a_date", "$.entries[2].event.on"),
    "a date with a time": (
        "entries.2.event.on",
        "2026-12-02T00:00",
        "not_a_date",
        "$.entries[2].event.on",
    ),
    "a note with words": (
        "entries.1.event.note",
        f"Frau {MARK}",
        "wrong_text",
        "$.entries[1].event.note",
    ),
    "no such safeguard": (
        "entries.7.event.override.safeguards",
        [MARK],
        "unknown_code",
        "$.entries[7].event.override.safeguards[0]",
    ),
    "safeguards as text": (
        "entries.7.event.override.safeguards",
        MARK,
        "wrong_type",
        "$.entries[7].event.override.safeguards",
    ),
    "no safeguard": (
        "entries.7.event.override.safeguards",
        [],
        "empty",
        "$.entries[7].event.override.safeguards",
    ),
    "no schema": ("schema", 2, "unknown_schema", "$.schema"),
    "no schema of the assessment": (
        "assessment.schema",
        "1",
        "unknown_schema",
        "$.assessment.schema",
    ),
    "the assessment": ("assessment.site", MARK, "unknown_code", "$.assessment.site"),
    "no such course": ("protocols", [MARK], "not_offered", "$.protocols"),
    "another edition": ("editions.0.digest", "0" * 64, "edition_missing", "$.editions[0]"),
    "another edition of a line": ("entries.1.digest", "0" * 64, "edition_missing", "$.entries[1]"),
    "no editions": ("editions", [], "empty", "$.editions"),
    "no entries": ("entries", [], "empty", "$.entries"),
    # Lines that could not have been recorded.
    "a session too soon": (
        "entries.7.event.done_on",
        "2026-12-05",
        "minimum_interval",
        "$.entries[7].event.done_on",
    ),
    "another length than was overridden": (
        "entries.1.event.needle_length",
        "2.5 mm",
        "needle_length",
        "$.entries[1].event.needle_length",
    ),
    "an effect of tomorrow": ("entries.2.event.day", 2, "in_the_future", "$.entries[2].event.day"),
    "more sessions than documented": (
        "entries.0.event.sessions",
        6,
        "out_of_range",
        "$.entries[0].event.sessions",
    ),
}


class TestRefused:
    """What could not have been written is refused, with a code and the place."""

    @pytest.mark.parametrize("name", WRONG)
    def test_one_thing_wrong(self, name: str) -> None:
        path, value, code, place = WRONG[name]
        data = document()
        _change(path, value)(data)
        assert (code, place) in problems(data)

    @pytest.mark.parametrize("key", ["schema", "assessment", "protocols", "editions", "entries"])
    def test_a_missing_key(self, key: str) -> None:
        data = document()
        del data[key]
        code = "unknown_schema" if key == "schema" else "missing_key"
        assert problems(data) == [(code, f"$.{key}")]

    @pytest.mark.parametrize("number", range(1, 9))
    def test_a_line_left_out(self, number: int) -> None:
        """It is another ledger or none; never the same."""
        data = document()
        del data["entries"][number]
        try:
            found = mn.progress_from_json(json.dumps(data), KNOWLEDGE)
        except mn.InputError:
            return
        assert found != everything()

    def test_all_is_told_at_once(self) -> None:
        data = document()
        for path, value in (
            ("entries.1.event.needle_length", "1.5"),
            ("entries.2.event.day", "1"),
            ("assessment.site", MARK),
        ):
            _change(path, value)(data)
        assert {place for _, place in problems(data)} == {
            "$.entries[1].event.needle_length",
            "$.entries[2].event.day",
            "$.assessment.site",
        }

    @pytest.mark.parametrize(
        "data", ["", "null", "[]", "{}", '{"schema": 1}', b"\xff\xfe", "[" * 100_000]
    )
    def test_no_ledger(self, data: str | bytes) -> None:
        assert problems(data)

    def test_a_repeated_key(self) -> None:
        text = mn.to_json(begun()).decode().replace('"sessions":3', '"sessions":3,"sessions":4')
        assert problems(text)[0][0] == "duplicate_key"

    def test_every_truncation(self) -> None:
        data = mn.to_json(recorded(begun(), done(0), seen(1, 1), over(4, 3)))
        for end in range(len(data) - 2):
            with pytest.raises(mn.InputError):
                mn.progress_from_json(data[:end], KNOWLEDGE)

    def test_every_single_digit_of_the_events(self) -> None:
        """A changed digit is refused or gives another ledger that could have been recorded."""
        progress = recorded(begun(), done(0), seen(1, 1), over(4, 3), done(29))
        data = mn.to_json(progress).decode()
        first, last = data.index('"entries"'), data.index('"protocols"')
        changed = refused = 0
        for place in range(first, last):
            if data[place].isdigit():
                other = data[:place] + str((int(data[place]) + 1) % 10) + data[place + 1 :]
                try:
                    found = mn.progress_from_json(other, KNOWLEDGE)
                except mn.InputError:
                    refused += 1
                else:
                    changed += 1
                    assert found != progress
                    assert mn.progress_from_json(mn.to_json(found), KNOWLEDGE) == found
        assert refused > changed > 0

    @pytest.mark.parametrize("wrong", ["2026.1", None, [KNOWLEDGE]], ids=["id", "None", "list"])
    def test_no_edition(self, wrong: object) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.progress_from_json(mn.to_json(begun()), wrong)  # type: ignore[arg-type]
        assert (caught.value.code, caught.value.path) == ("wrong_type", "editions[0]")

    def test_without_any_edition(self) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.progress_from_json(mn.to_json(begun()))
        assert caught.value.code == "edition_missing"
