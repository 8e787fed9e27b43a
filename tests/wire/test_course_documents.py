"""Ledgers as documents: read strictly and checked line by line, written one way."""

import json
from collections.abc import Callable
from typing import Any, get_args

import pytest

import microneedling as mn
from tests import ledgers
from tests.ledgers import FOUR_WEEKLY, KNOWLEDGE, START, begun, day, done, over, recorded, seen

MARK = "PATIENT-NAME"


def everything() -> mn.Progress:
    """Give a ledger with an event of every kind."""
    progress = ledgers.a_bit_of_everything()[0]
    assert isinstance(progress, mn.Progress)
    return progress


def document() -> dict[str, Any]:
    """Give that ledger as plain data."""
    data: dict[str, Any] = json.loads(mn.to_json(everything()))
    return data


def found(data: str | bytes, *editions: mn.Knowledge) -> list[tuple[str, str]]:
    """Give code and path of everything wrong with a document, none of which repeats it."""
    with pytest.raises(mn.InputError) as caught:
        mn.from_json(data, mn.Progress, *editions)
    assert MARK not in str(caught.value)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def problems(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Give code and path of everything wrong with plain data, whichever way it is read."""
    told = found(json.dumps(data))
    with pytest.raises(mn.InputError) as caught:
        mn.from_dict(data, mn.Progress)
    assert [(problem.code, problem.path) for problem in caught.value.problems] == told
    return told


class TestThereAndBack:
    """What is written is read as the same value, and written again as the same bytes."""

    def test_every_kind_of_event(self) -> None:
        progress = everything()
        kinds = {type(event) for event in progress.events}
        assert kinds == set(get_args(get_args(mn.Event)[0]))
        data = mn.to_json(progress)
        # The edition ships: it is found by its id and digest.
        for again in (mn.from_json(data, mn.Progress), mn.from_json(data, mn.Progress, KNOWLEDGE)):
            assert again == progress
            assert mn.to_json(again) == data
        assert mn.from_dict(mn.to_dict(progress), mn.Progress) == progress
        assert data.isascii()
        assert data.endswith(b"}\n")

    def test_editions_that_are_not_needed_do_no_harm(self) -> None:
        data = mn.to_json(begun())
        other = mn.Knowledge(KNOWLEDGE.canonical.replace(b'"2026.1"', b'"2027.1"'))
        assert mn.from_json(data, mn.Progress, other, KNOWLEDGE) == begun()

    def test_an_edition_of_ones_own_is_given(self) -> None:
        own = mn.Knowledge(KNOWLEDGE.canonical.replace(b'"2026.1"', b'"2027.1"'))
        progress = begun(knowledge=own)
        data = mn.to_json(progress)
        assert mn.from_json(data, mn.Progress, KNOWLEDGE, own) == progress
        assert found(data, KNOWLEDGE) == [("edition_missing", "$.editions[0]")]
        assert found(data) == [("edition_missing", "$.editions[0]")]

    @pytest.mark.parametrize("value", ledgers.a_bit_of_everything(), ids=lambda v: type(v).__name__)
    def test_all_that_has_to_do_with_courses(self, value: object) -> None:
        data = mn.to_json(value)
        again = mn.from_json(data, type(value))
        assert again == value
        assert mn.to_json(again) == data
        assert mn.from_dict(mn.to_dict(value), type(value)) == value

    def test_what_is_shared_stands_once(self) -> None:
        schedule = json.loads(mn.to_json(mn.schedule(FOUR_WEEKLY, START)))
        assert schedule["sessions"][1]["preferred"] == "2026-12-29"
        shared = schedule["shared"]
        assert [row["id"] for row in shared["sources"]] == sorted(
            {source.id for source in FOUR_WEEKLY.sources}
        )
        assert [row["code"] for row in shared["care"]] == sorted(schedule["course"]["care"])
        step = mn.next_step(recorded(begun(), done(0), seen(9, 9)), KNOWLEDGE, day(9))
        written = json.loads(mn.to_json(step))
        assert (written["move"], written["until"]) == ("pause", None)
        cited = {
            citation["source"]
            for row in written["why"] + written["notices"] + written["shared"]["responses"]
            for citation in row["citations"]
        }
        assert cited <= {row["id"] for row in written["shared"]["sources"]}

    @pytest.mark.parametrize(
        "wrong", [None, b"{}", {}, object, mn.Override], ids=lambda wrong: repr(wrong)[:20]
    )
    def test_nothing_else_is_written(self, wrong: object) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.to_json(wrong)
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
# override. What is wrong with any ledger is in the hostile corpus.
WRONG: dict[str, tuple[str, object, str, str]] = {
    "another kind": (
        "entries.1.event.kind",
        "course_stopped",
        "unknown_key",
        "$.entries[1].event",
    ),
    "no such effect": (
        "entries.2.event.effect",
        MARK,
        "unknown_code",
        "$.entries[2].event.effect",
    ),
    "present as text": (
        "entries.4.event.present",
        "true",
        "not_a_boolean",
        "$.entries[4].event.present",
    ),
    "put off to the past": (
        "entries.6.event.to",
        "2026-12-01",
        "wrong_order",
        "$.entries[6].event.to",
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
    "nobody overrides": (
        "entries.7.event.override.author",
        " ",
        "wrong_text",
        "$.entries[7].event.override.author",
    ),
    # Lines that could not have been recorded.
    "another safeguard than speaks against it": (
        "entries.7.event.override.safeguards",
        ["recovery", "needle_length"],
        "override_not_needed",
        "$.entries[7].event.override.safeguards",
    ),
    "no override": (
        "entries.7.event.override",
        None,
        "needle_length",
        "$.entries[7].event.needle_length",
    ),
    "an end before its effect": (
        "entries.3.event.day",
        0,
        "wrong_order",
        "$.entries[3].event.day",
    ),
    "a line struck that is not there": (
        "entries.10.event.entry",
        11,
        "no_entry",
        "$.entries[10].event.entry",
    ),
    "a session too soon": (
        "entries.7.event.done_on",
        "2026-12-05",
        "minimum_interval",
        "$.entries[7].event.done_on",
    ),
}


class TestRefused:
    """What could not have been written is refused, with a code and the place."""

    @pytest.mark.parametrize("name", WRONG)
    def test_one_thing_wrong(self, name: str) -> None:
        path, value, code, place = WRONG[name]
        data = document()
        _change(path, value)(data)
        told = problems(data)
        assert (code, place) in told
        # What could not have been recorded may have several reasons; all else has one.
        assert len(told) == 1 or code == "minimum_interval"

    @pytest.mark.parametrize("number", range(1, 9))
    def test_a_line_left_out(self, number: int) -> None:
        """It is another ledger or none; never the same."""
        data = document()
        del data["entries"][number]
        try:
            read = mn.from_json(json.dumps(data), mn.Progress)
        except mn.InputError:
            return
        assert read != everything()

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
                    read = mn.from_json(other, mn.Progress)
                except mn.InputError:
                    refused += 1
                else:
                    changed += 1
                    assert read != progress
                    assert mn.from_json(mn.to_json(read), mn.Progress) == read
        assert refused > changed > 0

    @pytest.mark.parametrize("wrong", ["2026.1", None, [KNOWLEDGE]], ids=["id", "None", "list"])
    def test_no_edition(self, wrong: mn.Knowledge) -> None:
        for read in (
            lambda: mn.from_json(mn.to_json(begun()), mn.Progress, wrong),
            lambda: mn.from_dict(mn.to_dict(begun()), mn.Progress, wrong),
        ):
            ledgers.refused("wrong_type", "editions[0]", read)
