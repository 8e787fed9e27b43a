"""An event more in a ledger: recorded, refused, and no ledger lost on the way."""

import io
import json
import os
import sys
from pathlib import Path
from typing import NoReturn

import attrs
import pytest

import microneedling as mn
from microneedling.cli import files
from microneedling.cli.recording import EVENTS
from microneedling.values import events
from tests.cli.ways import EXAMPLES, MARK, run

SESSION = ("session", "--on", "2026-12-01", "--needle-length", "1.5 mm")
TOO_SOON = ("session", "--on", "2026-12-03", "--needle-length", "2.5mm")
# What each event says besides its day, for a course of which a session was held on 2026-12-01.
SAID: dict[str, tuple[str, ...]] = {
    "session": ("--needle-length", "1.5mm", "--passes", "4", "--end-point", "pinpoint_bleeding"),
    "skipped": ("--note", "n-1"),
    "postponed": ("--to", "2027-01-11"),
    "side-effect": ("--effect", "erythema", "--severity", "mild", "--day", "8"),
    "resolved": ("--effect", "erythema", "--day", "9"),
    "finding": ("--finding", "pregnancy", "--present", "yes"),
    "plan": ("--sessions", "5"),
    "updated": ("--skin-type", "IV", "--reviewed"),
    "stopped": (),
    "in-error": ("--entry", "1", "--author", "staff-7", "--reason", "another patient's"),
}


@pytest.fixture
def course(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A ledger in which nothing was recorded yet."""
    path = tmp_path / "course.json"
    words = ("schedule", str(EXAMPLES / "offer.json"), "--start", "2026-12-01")
    assert run(capsys, *words, "--ledger", str(path)).status == 0
    return path


@pytest.fixture
def begun(course: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A ledger with one session."""
    path = course.with_name("begun.json")
    assert run(capsys, "record", str(course), *SESSION, "--out", str(path)).status == 0
    return path


def ledger(path: Path) -> mn.Progress:
    return mn.from_json(path.read_bytes(), mn.Progress)


class TestRecorded:
    """The loop: a ledger, an event, and what comes next by the longer ledger."""

    def test_round(self, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
        longer = course.with_name("course2.json")
        told = run(capsys, "record", str(course), *SESSION, "--out", str(longer))
        assert told == (0, f"Entry 1 recorded in {longer}, by edition 2026.1.\n", "")
        assert [type(event) for event in ledger(course).events] == [mn.CourseBegun]
        assert ledger(longer).held == (ledger(longer).events[1].on,)
        assert run(capsys, "next", str(course), "--on", "2026-12-09").status == 0
        assert run(capsys, "next", str(longer), "--on", "2026-12-09").status == 20
        words = ("side-effect", "--on", "2026-12-12", *SAID["side-effect"])
        told = run(capsys, "record", str(longer), *words, "--in-place")
        assert told == (0, f"Entry 2 recorded in {longer}, by edition 2026.1.\n", "")
        assert run(capsys, "next", str(longer), "--on", "2026-12-30").status != 0
        assert {path.name for path in course.parent.iterdir()} == {"course.json", "course2.json"}

    @pytest.mark.parametrize("name", EVENTS)
    def test_every_event(self, name: str, begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """By options and as a document it is the same, and the same as the library's."""
        if name == "resolved":
            words = ("side-effect", "--on", "2026-12-09", *SAID["side-effect"])
            assert run(capsys, "record", str(begun), *words, "--in-place").status == 0
        told = run(capsys, "record", str(begun), name, "--on", "2027-01-10", *SAID[name])
        assert (told.status, told.err) == (0, "")
        longer = mn.from_json(told.out, mn.Progress)
        event = longer.events[-1]
        assert longer == ledger(begun).record(event)
        assert mn.to_dict(event)["kind"] == EVENTS[name][0]
        path = begun.with_name("event.json")
        path.write_bytes(mn.to_json(event))
        assert run(capsys, "record", str(begun), "--event", str(path)) == told
        assert run(capsys, "record", str(begun), "--event", str(path), "--json") == told

    def test_every_field_has_an_option(self) -> None:
        """Nothing that an event can say cannot be said here, but for what has parts of its own."""
        made = {"override": ("override", "author", "reason")}
        with_parts = {"zones", "materials", "device", "concerns", "carried"}
        for kind in events.EVENTS:
            names = [name for name in EVENTS.values() if name[0] == _kind(kind)]
            if kind is mn.CourseBegun:
                assert not names
                continue
            fields = {field.name for field in attrs.fields(kind)} - {"on", *with_parts}
            options = {option for f in fields for option in made.get(f, (f,))}
            assert {*names[0][1]} == options
        assert {*SAID} == {*EVENTS}

    def test_standard_input(
        self, course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The ledger or the event, so that commands can be put one behind the other."""
        given = io.TextIOWrapper(io.BytesIO(course.read_bytes()), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", given)
        told = run(capsys, "record", "-", *SESSION)
        assert told == run(capsys, "record", str(course), *SESSION)
        event = mn.to_json(mn.from_json(told.out, mn.Progress).events[-1])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(event), encoding="utf-8"))
        assert run(capsys, "record", str(course), "--event", "-") == told

    def test_edition(self, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The edition that is named is in force; one that there is not is refused."""
        told = run(capsys, "record", str(course), *SESSION, "--edition", "2026.1")
        assert told == run(capsys, "record", str(course), *SESSION)
        assert run(capsys, "record", str(course), *SESSION, "--edition", "1999.1").status == 1


def _kind(event: type) -> str:
    return (
        next(k for k, _ in EVENTS.values() if k.replace("_", "") == event.__name__.lower())
        if (event is not mn.CourseBegun)
        else ""
    )


class TestTreatment:
    """Ledger, plan and closed days in one file: the plan follows what is recorded."""

    def test_the_plan_follows(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "treatment.json"
        words = ("schedule", str(EXAMPLES / "offer.json"), "--start", "2026-12-01", "--no-weekends")
        assert run(capsys, *words, "--treatment", str(path)).status == 0
        told = run(capsys, "record", str(path), *SESSION, "--by", "staff-7", "--in-place")
        assert told == (0, f"Entry 1 recorded in {path}, by edition 2026.1.\n", "")
        more = ("side-effect", "--on", "2026-12-12", *SAID["side-effect"], "--in-place")
        assert run(capsys, "record", str(path), *more).status == 0
        treatment = mn.from_json(path.read_bytes(), mn.Treatment)
        assert treatment.plan().paused
        assert treatment.leading().entries[1].by == "staff-7"
        assert all(day.weekday() >= 5 for day in treatment.closed)
        assert run(capsys, "next", str(path), "--on", "2026-12-12").status == 21
        assert run(capsys, "next", str(path), "--on", "2026-12-12", "--area", "cheek").status == 21
        told = run(capsys, "next", str(path), "--on", "2026-12-12", "--area", "nose")
        assert (told.status, told.out) == (1, "")

    def test_a_length_that_nobody_noted(
        self, course: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        words = ("session", "--on", "2026-12-01", "--needle-length", "unknown")
        told = run(capsys, "record", str(course), *words)
        assert mn.from_json(told.out, mn.Progress).events[-1].needle_length is None  # type: ignore[union-attr]


class TestRefused:
    """Nothing is written, and it is said why and what to do."""

    def test_safeguards_are_named(self, begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = begun.read_bytes()
        told = run(capsys, "record", str(begun), *TOO_SOON, "--in-place")
        assert (told.status, told.out) == (30, "")
        named = ["minimum_interval", "needle_length", "recovery"]
        assert told.err.startswith(f"Safeguards speak against this event: {', '.join(named)}.\n")
        assert "--needle-length: " in told.err
        assert all(f"--override {name}" in told.err for name in named)
        assert begun.read_bytes() == before
        # What is told to do is what works.
        overridden = told.err.splitlines()[-1].partition(": ")[2].split()
        told = run(capsys, "record", str(begun), *TOO_SOON, *overridden, "--in-place")
        assert told.status == 0
        override = ledger(begun).events[-1].override  # type: ignore[union-attr]
        assert override is not None
        assert sorted(override.safeguards) == sorted(named)

    @pytest.mark.parametrize(
        ("words", "status", "told"),
        [
            ((), 2, "missing: EVENT"),
            (("session",), 2, "missing: --on"),
            (("sesion", "--on", "2026-12-01"), 2, "did you mean session?"),
            ((*SESSION, "--to", "2026-12-09"), 2, "--to says nothing of the event session"),
            ((*SESSION, "--event", "x.json"), 2, "give --event or --on, not both"),
            (("session", "--event", "x.json"), 2, "give --event or EVENT, not both"),
            (
                ("session", "--on", "2026-12-01"),
                1,
                "--needle-length: it is missing; give it, or unknown",
            ),
            (("session", "--on", MARK, "--needle-length", "1mm"), 1, "--on: "),
            (
                ("session", "--on", "2026-12-01", "--needle-length", "1.5"),
                1,
                "--needle-length: a length needs its unit; write 1.5 mm",
            ),
            ((*SESSION, "--end-point", MARK), 1, "--end-point: give a code of EndPoint: "),
            ((*SESSION, "--override", MARK), 1, "--override: give a code of Safeguard: "),
            ((*SESSION, "--override", "recovery"), 1, "--author: it is missing; give it"),
            ((*SESSION, "--author", "staff-7", "--reason", "x"), 1, "--override: "),
            (
                (*SESSION, "--author", "a", "--reason", "b", "--override", "recovery"),
                1,
                "--override: a safeguard is named that does not speak against",
            ),
            (("skipped", "--on", "2020-01-01"), 1, "--on: "),
            (("postponed", "--on", "2026-12-01", "--to", "2026-12-01"), 1, "--to: "),
            (("--event", "none.json"), 1, "cannot be read: none.json: "),
        ],
        ids=range(17),
    )
    def test_told_by_option(
        self,
        words: tuple[str, ...],
        status: int,
        told: str,
        course: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        target = course.with_name("out.json")
        found = run(capsys, "record", str(course), *words, "--out", str(target))
        assert (found.status, found.out) == (status, "")
        assert told in found.err
        assert MARK not in found.err
        assert [*course.parent.iterdir()] == [course]

    def test_documents(self, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file that is no ledger, or no event, is named."""
        event = course.with_name("event.json")
        event.write_text('{"schema": 1, "kind": "session_done"}', encoding="ascii")
        err = run(capsys, "record", str(course), "--event", str(event)).err
        assert f"{event}: $.on: " in err
        err = run(capsys, "record", str(event), *SESSION).err
        assert f"{event}: $.assessment: " in err
        err = run(capsys, "record", "-", "--event", "-").err
        assert "cannot both come from standard input" in err
        err = run(capsys, "record", "-", *SESSION, "--in-place").err
        assert "--in-place needs a file" in err


class TestFiles:
    """A ledger is written whole or not at all, and over another only where that is asked for."""

    def test_not_over_another(
        self, course: Path, begun: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = begun.read_bytes()
        told = run(capsys, "record", str(course), *SESSION, "--out", str(begun))
        assert (told.status, told.out) == (1, "")
        assert f"The ledger cannot be written: {begun}: there is one already" in told.err
        told = run(capsys, "record", str(course), *SESSION, "--out", str(course))
        assert "--out: give another file, or --in-place" in told.err
        assert begun.read_bytes() == before
        assert len(ledger(course).entries) == 1
        assert {path.name for path in course.parent.iterdir()} == {course.name, begun.name}

    def test_in_place_keeps_mode_and_link(
        self, course: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What else is known of the file stays; a link stays a link."""
        course.chmod(0o640)
        link = course.with_name("link.json")
        link.symlink_to(course)
        assert run(capsys, "record", str(link), *SESSION, "--in-place").status == 0
        assert link.is_symlink()
        assert course.stat().st_mode & 0o777 == 0o640
        assert len(ledger(course).entries) == 2

    @pytest.mark.parametrize("broken", ["write", "fsync", "replace"])
    @pytest.mark.parametrize("target", ["--in-place", "--out", "schedule"])
    def test_what_fails_half_way_leaves_nothing(
        self,
        broken: str,
        target: str,
        course: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """A full disk, say, at any step."""
        before = course.read_bytes()
        out = course.with_name("out.json")
        words = ["record", str(course), *SESSION, target, *[str(out)] * (target == "--out")]
        if target == "schedule":
            words = ["schedule", str(EXAMPLES / "offer.json"), "--start", "2026-12-01"]
            words += ["--ledger", str(out), "--ics", str(course.with_name("out.ics"))]

        def full(*_: object) -> NoReturn:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, broken, full)
            told = run(capsys, *words)
        assert (told.status, told.out) == (1, "")
        assert "No space left on device" in told.err
        assert [*course.parent.iterdir()] == [course]
        assert course.read_bytes() == before

    def test_an_interruption_leaves_nothing(
        self, course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupted(*_: object) -> NoReturn:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupted)
        for words in (["--in-place"], ["--out", str(course.with_name("out.json"))]):
            assert run(capsys, "record", str(course), *SESSION, *words) == (130, "", "")
            assert [*course.parent.iterdir()] == [course]

    def test_two_at_once_lose_nothing(
        self, course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Who comes between reading and writing is not written over."""
        held = course.with_name("course.json.lock")
        held.touch()
        told = run(capsys, "record", str(course), *SESSION, "--in-place")
        assert told.status == 1
        assert f"another command is writing it; if none is, remove {held}" in told.err
        assert held.exists()
        held.unlink()

        before = course.read_bytes()
        other = run(capsys, "record", str(course), "skipped", "--on", "2026-12-01").out
        replace = files.replace

        def late(path: str, found: bytes, after: bytes) -> None:
            course.write_text(other, encoding="ascii")
            replace(path, found, after)

        monkeypatch.setattr(files, "replace", late)
        told = run(capsys, "record", str(course), *SESSION, "--in-place")
        assert told.status == 1
        assert "was changed meanwhile" in told.err
        assert course.read_text(encoding="ascii") == other != before.decode()
        assert [*course.parent.iterdir()] == [course]

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_may_not_be_written(
        self, course: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        course.parent.chmod(0o500)
        try:
            told = run(capsys, "record", str(course), *SESSION, "--in-place")
        finally:
            course.parent.chmod(0o700)
        assert told.status == 1
        assert "The ledger cannot be written" in told.err


def test_the_document_is_the_library_s(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same bytes, on one line."""
    out = run(capsys, "record", str(course), *SESSION).out
    assert out.encode() == mn.to_json(mn.from_json(out, mn.Progress))
    assert json.loads(out)["entries"][1]["event"]["needle_length"] == "1.5 mm"
