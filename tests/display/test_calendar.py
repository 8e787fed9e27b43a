"""Calendar files: what RFC 5545 asks for, read back by two libraries."""

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import given, strategies as st
from icalendar import Calendar

import microneedling as mn
from tests.ledgers import FOUR_WEEKLY, START, begun, day, done, recorded

# Any line: letters of all scripts, signs that RFC 5545 escapes, joiners, signs of four bytes.
TITLES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from(' ,;:\\"'),
    min_size=1,
    max_size=300,
).filter(str.strip)


def events(data: bytes) -> list[Any]:
    """Read a file with icalendar."""
    calendar = Calendar.from_ical(data)
    assert calendar["version"] == "2.0"
    return list(calendar.walk("VEVENT"))


class TestForm:
    """What stands in the file, by the standard."""

    def test_whole_days_tentative_private(self) -> None:
        schedule = mn.schedule(FOUR_WEEKLY, START)
        read = events(schedule.to_ics())
        assert [event["dtstart"].dt for event in read] == [s.day for s in schedule.sessions]
        for event in read:
            assert type(event["dtstart"].dt) is date
            assert event["dtend"].dt == event["dtstart"].dt + timedelta(days=1)
            assert event["dtstart"].params["VALUE"] == "DATE"
            assert (event["status"], event["class"], event["transp"]) == (
                *("TENTATIVE", "PRIVATE", "TRANSPARENT"),
            )
            assert not event.errors

    def test_a_session_that_was_held_is_confirmed(self) -> None:
        schedule = mn.schedule(FOUR_WEEKLY, START, sessions=3)
        again = mn.reschedule(schedule, recorded(begun(), done(2)), on=day(2))
        assert [event["status"] for event in events(again.to_ics())] == [
            *("CONFIRMED", "TENTATIVE", "TENTATIVE")
        ]
        assert events(again.to_ics())[0]["dtstart"].dt == day(2)

    def test_a_session_that_is_off_is_cancelled(self) -> None:
        """With its name and number, so that calendars take it out."""
        schedule = mn.schedule(FOUR_WEEKLY, START, sessions=3)
        stopped = recorded(begun(), mn.CourseStopped(on=day(1)))
        read = events(mn.reschedule(schedule, stopped, on=day(1)).to_ics())
        assert {event["status"] for event in read} == {"CANCELLED"}
        assert [e["uid"] for e in read] == [e["uid"] for e in events(schedule.to_ics())]
        assert [str(event["summary"])[-3:] for event in read] == ["1/3", "2/3", "3/3"]

    @given(title=TITLES, key=st.text(max_size=30))
    def test_lines(self, title: str, key: str) -> None:
        """No line is longer than 75 octets, all end as they should, all is UTF-8."""
        data = mn.schedule(FOUR_WEEKLY, START, sessions=3).to_ics(title=title, key=key)
        assert data.endswith(b"END:VCALENDAR\r\n")
        lines = data.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        data.decode("utf-8")

    @given(title=TITLES)
    def test_read_back(self, title: str) -> None:
        """Whatever the script, what was written is what is read."""
        data = mn.schedule(FOUR_WEEKLY, START, sessions=3).to_ics(title=title)
        assert [event["summary"] for event in events(data)] == [
            f"{title} {number}/3" for number in (1, 2, 3)
        ]

    @pytest.mark.parametrize(
        "title",
        [
            "微针治疗",
            "Сеанс микронидлинга",
            "جلسة الإبر الدقيقة",
            "Sitzung; Wange, links\\rechts",
            "👩🏽‍⚕️ " * 20,
            "é" * 100,
        ],
    )
    def test_another_library_reads_the_same(self, title: str) -> None:
        schedule = mn.schedule(FOUR_WEEKLY, START)
        read = vobject.readOne(schedule.to_ics(title=title).decode("utf-8"))
        assert [event.dtstart.value for event in read.vevent_list] == [
            session.day for session in schedule.sessions
        ]
        assert [event.summary.value for event in read.vevent_list] == [
            f"{title} {session.number}/5" for session in schedule.sessions
        ]
        assert all("acne-scar-4-weekly" in e.description.value for e in read.vevent_list)


class TestIdentity:
    """A session keeps its name; a course has one of its own; a patient has none."""

    def test_the_same_bytes(self) -> None:
        one, other = (mn.schedule(FOUR_WEEKLY, START).to_ics() for _ in range(2))
        assert one == other

    def test_a_session_that_moves_keeps_its_uid(self) -> None:
        """And the sequence rises, so that calendars take the change."""
        schedule = mn.schedule(FOUR_WEEKLY, START, sessions=3)
        again = mn.reschedule(schedule, recorded(begun(), done(5)), on=day(5))
        before, after = events(schedule.to_ics(key="k")), events(again.to_ics(key="k"))
        assert [e["uid"] for e in before] == [e["uid"] for e in after]
        assert [e["dtstart"] for e in before] != [e["dtstart"] for e in after]
        assert {e["sequence"] for e in before} == {0}
        assert {e["sequence"] for e in after} == {1}

    def test_courses_are_told_apart(self) -> None:
        """By their start or by a key, of which only a hash is written."""
        schedule = mn.schedule(FOUR_WEEKLY, START)
        files = [
            schedule.to_ics(),
            schedule.to_ics(key="PATIENT-4242"),
            schedule.to_ics(key="PATIENT-4243"),
            mn.schedule(FOUR_WEEKLY, day(1)).to_ics(),
        ]
        names = [str(event["uid"]) for data in files for event in events(data)]
        assert len(set(names)) == len(names) == 20
        assert all(re.fullmatch(r"[0-9a-f]{32}-[0-9]+@microneedling\.invalid", n) for n in names)
        assert not any(b"PATIENT" in data for data in files)

    @pytest.mark.parametrize(
        "title", ["", " ", "a\nb", "a\r\nBEGIN:VEVENT", "\ud800", "a" * 501, None, 7]
    )
    def test_titles_that_are_none(self, title: object) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.schedule(FOUR_WEEKLY, START).to_ics(title=title)  # type: ignore[arg-type]
        assert caught.value.path == "title"

    def test_a_key_is_text(self) -> None:
        with pytest.raises(mn.InputError):
            mn.schedule(FOUR_WEEKLY, START).to_ics(key=4242)  # type: ignore[arg-type]
        assert mn.schedule(FOUR_WEEKLY, START).to_ics(key="\ud800")


def test_without_the_extra(tmp_path: Path) -> None:
    """Where icalendar is missing the error says what to install; all else works."""
    (tmp_path / "icalendar.py").write_text("raise ImportError\n", encoding="ascii")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.ledgers import FOUR_WEEKLY, START\n"
        "import microneedling as mn\n"
        "schedule = mn.schedule(FOUR_WEEKLY, START)\n"
        "try:\n    schedule.to_ics()\nexcept mn.MicroneedlingError as error:\n    print(error)"
    )
    root = Path(__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=root,
    )
    assert "microneedling[calendar]" in told.stdout
