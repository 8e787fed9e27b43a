"""
The command line: one status for each verdict, and no echo of what was refused.

What a document or an argument says is not repeated; a file is named as it was given.
"""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import microneedling as mn
from microneedling.cli import main

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
MARK = "PATIENT-NAME"
STATUS = {
    "ask": 10,
    "decline": 13,
    "defer": 11,
    "home": 0,
    "offer": 0,
    "refer": 12,
    "two_concerns": 0,
}
VERDICTS = {0: "offer", 10: "ask", 11: "defer", 12: "refer", 13: "decline"}
ARTICLE_ASPECTS = (
    *("uses", "sensation", "numbing", "redness", "recovery"),
    *("peeling", "collagen", "sessions", "bleeding"),
)


@pytest.fixture(scope="module")
def knowledge() -> mn.Knowledge:
    """The edition that is used where none is named."""
    return mn.latest()


def example(name: str) -> str:
    """Give the path of an example."""
    return str(EXAMPLES / f"{name}.json")


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Put bytes on the standard input of this process."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def command(*arguments: str, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the module as a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "microneedling", *arguments],
        input=data,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("name", sorted(STATUS))
class TestExamples:
    """Every example gives the verdict it is named for, in each of the three forms."""

    def test_status_and_text(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["recommend", example(name)]) == STATUS[name]
        out, err = capsys.readouterr()
        assert out.startswith(VERDICTS[STATUS[name]].upper())
        assert mn.latest().id in out
        assert err == ""
        assert out.isascii()

    def test_json(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["recommend", "--json", example(name)]) == STATUS[name]
        out, err = capsys.readouterr()
        assert json.loads(out)["verdict"] == VERDICTS[STATUS[name]]
        assert err == ""
        assessment = mn.from_json(Path(example(name)).read_bytes(), mn.Assessment)
        answer = mn.recommend(assessment, mn.latest())
        assert out.encode() == mn.to_json(answer)

    def test_one_screen(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["recommend", example(name)]) == STATUS[name]
        out, err = capsys.readouterr()
        assert out.startswith(VERDICTS[STATUS[name]].upper())
        assert 1 < len(out.splitlines()) <= 36
        assert max(map(len, out.splitlines())) <= 80
        assert err == ""

    def test_a_pinned_edition(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["recommend", "--full", "--edition", "2026.1", example(name)]) == STATUS[name]
        assert "\nEdition 2026.1, digest\n" in capsys.readouterr().out
        main(["recommend", example(name)])
        latest = capsys.readouterr().out
        assert main(["recommend", "--edition", mn.latest().id, example(name)]) == STATUS[name]
        assert capsys.readouterr().out == latest


class TestVisits:
    """A visit is answered area by area; the status is that of the most cautious one."""

    PATH = str(EXAMPLES / "visits" / "two_areas.json")

    @pytest.mark.parametrize("form", ["explain", "brief"])
    def test_texts(self, form: str, capsys: pytest.CaptureFixture[str]) -> None:
        visit = mn.from_json(Path(self.PATH).read_bytes(), mn.Visit)
        answer = mn.recommend_visit(visit, mn.latest())
        assert [one.verdict.value for one in answer.answers] == ["offer", "defer"]
        assert main(["recommend", *["--full"] * (form == "explain"), self.PATH]) == 11
        out, err = capsys.readouterr()
        assert out == f"{getattr(answer, form)()}\n"
        assert err == ""
        assert out.isascii()

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["recommend", "--json", self.PATH]) == 11
        answer = mn.from_json(capsys.readouterr().out, mn.VisitAnswer)
        assert len(answer.answers) == 2

    def test_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        document = json.loads(Path(self.PATH).read_bytes())
        for change, told in (
            ({"site": "cheek"}, "$.assessments[1].site: "),
            ({"site": "face"}, "visit.assessments[1].site: "),
            ({MARK: MARK}, "$.assessments[1]: "),
        ):
            wrong = json.loads(json.dumps(document))
            wrong["assessments"][1] |= change
            path = tmp_path / "visit.json"
            path.write_text(json.dumps(wrong))
            assert main(["recommend", str(path)]) == 1
            out, err = capsys.readouterr()
            assert (out, told in err, MARK in err) == ("", True, False)


class TestParts:
    """Of the whole text the sections, the option and the reader that are asked for."""

    def test_each_as_from_python(self, capsys: pytest.CaptureFixture[str]) -> None:
        assessment = mn.from_json(Path(example("offer")).read_bytes(), mn.Assessment)
        answer = mn.recommend(assessment, mn.latest())
        for options, expected in (
            ([], answer.brief()),
            (["--for", "staff"], answer.brief(audience="staff")),
            (["--full"], answer.explain()),
            (["--sections", "options,care"], answer.explain(["options", "care"])),
            (["--why", "1"], answer.explain(why=1)),
            (
                ["--full", "--sections", "care", "--for", "patient"],
                answer.explain(["care"], audience="patient"),
            ),
        ):
            assert main(["recommend", *options, example("offer")]) == 0
            assert capsys.readouterr().out == f"{expected}\n"

    @pytest.mark.parametrize(
        ("options", "path"),
        [
            (["--sections", MARK], example("offer")),
            (["--why", "99"], example("offer")),
            (["--why", "1"], example("refer")),
            (["--why", "1"], TestVisits.PATH),
        ],
    )
    def test_refused(
        self, options: list[str], path: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["recommend", *options, path]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert MARK not in err


class TestRecommend:
    """What is refused gives status 1, one message on stderr, and nothing on stdout."""

    def test_every_example_has_a_status_here(self) -> None:
        assert {path.stem for path in EXAMPLES.glob("*.json")} == set(STATUS)

    @pytest.mark.parametrize("form", [[], ["--full"], ["--json"]], ids=str)
    def test_a_deferral_names_its_end(
        self, form: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["recommend", *form, example("defer")]) == 11
        assert "2027-01-28" in capsys.readouterr().out

    def test_standard_input(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["recommend", example("refer")])
        expected = capsys.readouterr().out
        standard_input(monkeypatch, Path(example("refer")).read_bytes())
        assert main(["recommend", "-"]) == 12
        assert capsys.readouterr().out == expected

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"null",
            MARK.encode(),
            b"\xff\xfe" + MARK.encode(),
            f'{{"schema": 1, "{MARK}": "{MARK}"}}'.encode(),
            f'{{"schema": "{MARK}"}}'.encode(),
            f'{{"{MARK}": 1, "{MARK}": 2}}'.encode(),
            b"[" * 100_000,
            MARK.encode() * 100_000,
        ],
        ids=range(9),
    )
    @pytest.mark.parametrize("form", [[], ["--full"], ["--json"]], ids=str)
    def test_a_bad_document(
        self,
        data: bytes,
        form: list[str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        path = tmp_path / "given.json"
        path.write_bytes(data)
        standard_input(monkeypatch, data)
        for given in (str(path), "-"):
            assert main(["recommend", *form, given]) == 1
            out, err = capsys.readouterr()
            assert out == ""
            name = "standard input" if given == "-" else given
            assert err.startswith(f"The input cannot be used.\n{name}")
            assert MARK not in err
            assert "Traceback" not in err

    def test_every_problem_is_told(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "bad.json"
        path.write_text('{"schema": 1, "site": "x", "age_years": true}', encoding="ascii")
        assert main(["recommend", str(path)]) == 1
        err = capsys.readouterr().err
        assert all(f"$.{key}: " in err for key in ("on", "site", "setting", "concerns"))
        assert "$.age_years: " in err

    @pytest.mark.parametrize("name", ["a.json", "a/b.json", "a\nb\x1b.json"])
    def test_a_missing_file(
        self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It is named as it was given, and moves no cursor."""
        given = f"{tmp_path}/none/{name}"
        assert main(["recommend", given]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        told = given.replace("\n", "\\n").replace("\x1b", "\\x1b")
        assert err == f"The file cannot be read: {told}: No such file or directory.\n"

    def test_a_directory(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["recommend", str(tmp_path)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("The file cannot be read")

    def test_a_name_that_no_file_can_have(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["recommend", "a\0.json"]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "a\\x00.json: there is no such file" in err

    def test_no_standard_input(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", None)
        assert main(["recommend", "-"]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err

    def test_a_file_that_is_too_large_is_not_read_to_its_end(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "large.json"
        with path.open("wb") as file:
            file.truncate(1 << 40)
        assert main(["recommend", str(path)]) == 1
        assert "too_large" in capsys.readouterr().err


class TestCompare:
    """Two lengths stand side by side in every aspect the article names."""

    @pytest.mark.parametrize(
        ("left", "right"), [("0.5mm", "1.0mm"), ("0.5 mm", "1 mm"), ("500um", "1000 \u00b5m")]
    )
    def test_all_nine_aspects(
        self, left: str, right: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["compare", left, right]) == 0
        out, err = capsys.readouterr()
        lines = out.splitlines()
        named = [line.partition(" 0.5 mm: ")[0].strip().lower() for line in lines]
        assert [name for name in named if name in ARTICLE_ASPECTS] == list(ARTICLE_ASPECTS)
        assert lines[0].startswith("0.5 mm and 1.0 mm")
        assert err == ""

    def test_each_aspect_has_both_lengths(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["compare", "0.5mm", "1.0mm"]) == 0
        lines = capsys.readouterr().out.splitlines()
        for length in ("0.5 mm: ", "1.0 mm: "):
            assert sum(length in line for line in lines) == len(mn.Aspect)

    def test_nothing_read_is_said_and_not_left_out(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["compare", "0.051mm", "3.499mm"]) == 0
        out = capsys.readouterr().out
        assert out.count("0.051 mm: not published in what was read") == len(mn.Aspect)
        assert out.count("3.499 mm: not published in what was read") == len(mn.Aspect)

    @pytest.mark.parametrize(
        "wrong",
        [
            "0.5",
            "500",
            "",
            "0,5mm",
            "9mm",
            "49um",
            f"{MARK}",
            "4242424242um",
            "0.5-1.5mm",
            "\u00bdmm",
        ],
    )
    def test_a_wrong_length(self, wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
        for arguments in ([wrong, "1.0mm"], ["0.5mm", wrong]):
            assert main(["compare", *arguments]) == 1
            out, err = capsys.readouterr()
            assert out == ""
            assert err.startswith("The input cannot be used.")
            assert MARK not in err
            assert "4242424242" not in err


class TestQuestions:
    """The screening questions for an indication at a site, each with its finding and level."""

    def test_questions(self, knowledge: mn.Knowledge, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ["questions", "--indication", "fine_lines", "--site", "cheek"]
        assert main([*asked, "--full"]) == 0
        out, err = capsys.readouterr()
        expected = mn.questions(
            knowledge, indications=[mn.Indication.FINE_LINES], site=mn.Site.CHEEK
        )
        assert [line.split(" ")[0] for line in out.splitlines()] == [
            question.finding.value for question in expected if question.finding
        ]
        assert all(line.endswith("?") for line in out.splitlines())
        assert "skin_cancer (decline): " in out
        assert err == ""

    def test_one_screen(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The few that could end it are spelled out, all others named by what a yes leads to."""
        assert main(["questions", "--indication", "fine_lines", "--site", "cheek"]) == 0
        out, err = capsys.readouterr()
        assert out.startswith(" Ask       Is there active skin cancer")
        assert " later, if: " in out
        assert "_" not in out
        assert err == ""

    def test_more_indications_never_ask_less(self, capsys: pytest.CaptureFixture[str]) -> None:
        asked = []
        for indications in (["melasma"], ["surgical_scar"], ["melasma", "surgical_scar"]):
            options = [part for code in indications for part in ("--indication", code)]
            assert main(["questions", "--full", *options, "--site", "cheek"]) == 0
            asked.append(set(capsys.readouterr().out.splitlines()))
        assert asked[2] == asked[0] | asked[1]

    @pytest.mark.parametrize(
        ("option", "indication", "site"),
        [
            ("--site", "fine_lines", MARK),
            ("--site", "fine_lines", "Cheek"),
            ("--site", "fine_lines", ""),
            ("--indication", MARK, "cheek"),
            ("--indication", "FINE_LINES", "cheek"),
        ],
    )
    def test_an_unknown_code(
        self, option: str, indication: str, site: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["questions", "--indication", indication, "--site", site]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert f"{option}: " in err
        assert "[unknown_code]" in err
        assert MARK not in err


class TestKnowledge:
    """An edition tells its digest and how much it holds."""

    def test_digest_and_counts(
        self, knowledge: mn.Knowledge, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["knowledge"]) == 0
        out, err = capsys.readouterr()
        assert f"Digest {knowledge.digest}" in out
        assert f"Edition {knowledge.id}" in out
        for count, name in (
            (len(knowledge.sources), "sources"),
            (len(knowledge.studies), "studies"),
            (len(knowledge.protocols), "protocols"),
            (len(mn.Finding), "findings"),
            (len(mn.Site), "sites"),
            (len(mn.Indication), "indications"),
        ):
            assert f"{count} {name}" in out
        assert knowledge.edition.limitations[0] in " ".join(out.split())
        assert err == ""


class TestEdition:
    """An edition that does not ship is refused by every command."""

    @pytest.mark.parametrize("edition", ["1999.1", "2026", MARK, "../2026.1", ""])
    @pytest.mark.parametrize(
        "arguments",
        [
            ["knowledge"],
            ["compare", "0.5mm", "1.0mm"],
            ["questions", "--indication", "striae", "--site", "trunk"],
            ["recommend", example("offer")],
        ],
        ids=lambda arguments: str(arguments[0]),
    )
    def test_unknown(
        self, arguments: list[str], edition: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([*arguments, "--edition", edition]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "2026.1" in err
        assert MARK not in err


class TestWrongCommandLine:
    """A command line that makes no sense gives status 2, and nothing on stdout."""

    @pytest.mark.parametrize(
        "arguments",
        [
            ["needle"],
            ["recommend"],
            ["recommend", "a", "b"],
            ["recommend", "--json", "--full", "a"],
            ["recommend", "--unknown", "a"],
            ["recommend", "a", "--edition"],
            ["compare"],
            ["compare", "0.5mm"],
            ["compare", "0.5mm", "1.0mm", "1.5mm"],
            ["questions"],
            ["questions", "--site", "cheek"],
            ["questions", "--indication", "striae"],
            ["knowledge", "x"],
            ["--edition", "2026.1"],
        ],
        ids=" ".join,
    )
    def test_status_2(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("usage: microneedling")

    @pytest.mark.parametrize(
        "arguments", [["--help"], *([c, "--help"] for c in ("recommend", "compare", "questions"))]
    )
    def test_help(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 0
        assert capsys.readouterr().out.startswith("usage: microneedling")


class TestProcess:
    """As a process of its own it keeps the same promises."""

    @pytest.mark.parametrize("name", ["offer", "ask", "defer", "refer", "decline"])
    def test_status(self, name: str) -> None:
        done = command("recommend", example(name))
        assert done.returncode == STATUS[name]
        assert done.stdout.startswith(name.upper().encode())
        assert done.stderr == b""

    def test_standard_input_and_json(self) -> None:
        done = command("recommend", "--json", "-", data=Path(example("defer")).read_bytes())
        assert done.returncode == 11
        assert json.loads(done.stdout)["until"] == "2027-01-28"
        assert done.stderr == b""

    @pytest.mark.parametrize("data", [b"", MARK.encode(), b"[" * 100_000, b"\xff" * 2_000_000])
    def test_a_bad_document(self, data: bytes) -> None:
        done = command("recommend", "-", data=data)
        assert (done.returncode, done.stdout) == (1, b"")
        assert b"The input cannot be used." in done.stderr
        assert b"Traceback" not in done.stderr
        assert MARK.encode() not in done.stderr

    def test_a_wrong_command_line(self) -> None:
        done = command("recommend")
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(b"usage: microneedling")

    def test_an_unknown_edition(self) -> None:
        done = command("knowledge", "--edition", MARK)
        assert (done.returncode, done.stdout) == (1, b"")
        assert MARK.encode() not in done.stderr

    def test_compare(self) -> None:
        done = command("compare", "0.5mm", "1.0mm")
        assert done.returncode == 0
        assert all(aspect in done.stdout.decode("ascii").lower() for aspect in ARTICLE_ASPECTS)

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
    def test_output_that_cannot_be_written_is_not_blamed_on_the_file(self) -> None:
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "microneedling", "recommend", example("offer")],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert done.returncode not in VERDICTS
        assert b"file cannot be read" not in done.stderr

    def test_no_standard_output(self) -> None:
        done = subprocess.run(
            [
                "sh",
                "-c",
                'exec "$0" -m microneedling recommend "$1" >&-',
                sys.executable,
                example("offer"),
            ],
            stderr=subprocess.PIPE,
            check=False,
        )
        assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize(
        "given", [["recommend", "a.json", MARK], [MARK], ["knowledge", f"--{MARK}"]]
    )
    def test_a_wrong_command_line_is_not_repeated(self, given: list[str]) -> None:
        done = command(*given)
        assert done.returncode == 2
        assert MARK.encode() not in done.stderr
        assert b"--help" in done.stderr

    def test_an_installation_that_is_damaged(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from microneedling.knowledge import loading

        monkeypatch.setattr(loading, "_HOME", str(tmp_path))
        loading.releases.cache_clear()
        try:
            assert main(["knowledge"]) == 1
        finally:
            loading.releases.cache_clear()
        assert "install again" in capsys.readouterr().err


class TestSchedule:
    """The days of a course, a calendar file, a ledger."""

    def test_days(self, capsys: pytest.CaptureFixture[str]) -> None:
        given = ["schedule", example("offer"), "--start", "2026-12-01", "--closed", "2026-12-29"]
        assert main(given) == 0
        out, err = capsys.readouterr()
        assert [line.split()[1] for line in out.splitlines() if re.match(r"  [123]\. ", line)] == [
            *("2026-12-01", "2026-12-30", "2027-01-27")
        ]
        assert err == ""
        assert main([*given, "--json", "--sessions", "3"]) == 0
        assert len(json.loads(capsys.readouterr().out)["sessions"]) == 3
        assert main([*given, "--care", "--option", "2"]) == 0
        assert "Stay out of swimming pools" in capsys.readouterr().out

    def test_all_files_or_none(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What fails half-way leaves nothing, and can be said again with a good path."""
        ledger, nowhere = tmp_path / "ledger.json", tmp_path / "no" / "such.ics"
        given = ["schedule", example("offer"), "--start", "2026-12-01", "--ledger", str(ledger)]
        assert main([*given, "--ics", str(nowhere)]) == 1
        assert "calendar file" in capsys.readouterr().err
        assert not [*tmp_path.iterdir()]
        good = tmp_path / "such.ics"
        assert main([*given, "--ics", str(good)]) == 0
        before = good.read_bytes()
        # The ledger is there already, so the calendar stays as it was.
        assert main([*given, "--ics", str(good), "--sessions", "3"]) == 1
        assert good.read_bytes() == before
        assert {path.name for path in tmp_path.iterdir()} == {"ledger.json", "such.ics"}

    def test_a_calendar_and_a_ledger(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        calendar, ledger = tmp_path / "out.ics", tmp_path / "ledger.json"
        given = ["schedule", example("offer"), "--start", "2026-12-01"]
        assert main([*given, "--ics", str(calendar), "--ledger", str(ledger)]) == 0
        assert calendar.read_bytes().count(b"BEGIN:VEVENT") == 5
        capsys.readouterr()
        assert main(["next", str(ledger), "--on", "2026-12-01"]) == 0
        assert capsys.readouterr().out.startswith("PROCEED:")

    @pytest.mark.parametrize("name", sorted(set(STATUS) - {"offer", "home", "two_concerns"}))
    def test_nothing_is_offered(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["schedule", example(name), "--start", "2026-12-01"]) == STATUS[name]
        assert capsys.readouterr().out.startswith(VERDICTS[STATUS[name]].upper())

    @pytest.mark.parametrize(
        ("more", "place"),
        [
            (["--start", MARK], "--start"),
            (["--start", "2026-1-1"], "--start"),
            (["--start", "20261201"], "--start"),
            (["--start", "2026-12-01", "--until", MARK], "--until"),
            (["--start", "2026-12-01", "--until", "2026-12-02"], "until"),
            (["--start", "2026-12-01", "--closed", MARK], "--closed"),
            (["--start", "2026-12-01", "--option", "0"], "--option"),
            (["--start", "2026-12-01", "--option", "99"], "--option"),
            (["--start", "2026-12-01", "--sessions", "99"], "sessions"),
        ],
        ids=str,
    )
    def test_wrong_values(
        self, more: list[str], place: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["schedule", example("offer"), *more]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert f"{place}: " in err
        assert MARK not in err

    def test_a_place_that_cannot_be_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        given = ["schedule", example("offer"), "--start", "2026-12-01"]
        for path in (tmp_path / "none" / "a", tmp_path):
            assert main([*given, "--ics", str(path)]) == 1
            out, err = capsys.readouterr()
            assert out == ""
            assert err.startswith(f"The calendar file cannot be written: {path}: ")
        assert main([*given, "--ics", "a\0"]) == 1
        assert "cannot be written: a\\x00: " in capsys.readouterr().err
        assert not [*tmp_path.iterdir()]

    def test_a_ledger_is_not_written_over(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ledger = tmp_path / "ledger.json"
        given = ["schedule", example("offer"), "--start", "2026-12-01", "--ledger", str(ledger)]
        assert main(given) == 0
        before = ledger.read_bytes()
        capsys.readouterr()
        assert main(given) == 1
        assert main([*given, "--ics", str(ledger)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "written over" in err
        assert ledger.read_bytes() == before

    def test_before_the_assessment(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["schedule", example("offer"), "--start", "2026-11-21"]) == 1
        assert "--start: " in capsys.readouterr().err

    def test_weekends(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The first Saturday of December 2026 moves to Monday."""
        assert main(["schedule", example("offer"), "--start", "2026-12-05", "--no-weekends"]) == 0
        assert "1. 2026-12-07" in capsys.readouterr().out

    def test_no_published_interval(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Only the first session is dated; the ledger has the documented count."""
        document = json.loads(Path(example("offer")).read_bytes())
        document["concerns"] = [{"indication": "hyperpigmentation", "severity": "mild"}]
        path, ledger = tmp_path / "in.json", tmp_path / "ledger.json"
        path.write_text(json.dumps(document), encoding="ascii")
        given = ["schedule", str(path), "--start", "2026-12-01", "--ledger", str(ledger)]
        assert main(given) == 0
        out = capsys.readouterr().out
        assert "only the first session is dated" in out
        assert "  2. " not in out
        assert json.loads(ledger.read_bytes())["entries"][0]["event"]["sessions"] == 10

    def test_json_where_nothing_is_offered(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["schedule", example("defer"), "--start", "2026-12-01", "--json"]) == 11
        assert json.loads(capsys.readouterr().out)["verdict"] == "defer"


class TestNext:
    """What comes next, with a status of its own for each."""

    @pytest.mark.parametrize(
        ("name", "on", "status"),
        [
            ("second_session_due", "2026-12-10", 20),
            ("second_session_due", "2026-12-29", 0),
            ("prolonged_redness", "2026-12-09", 21),
            ("complete", "2027-03-01", 22),
            ("red_flag", "2026-12-03", 23),
        ],
    )
    def test_status(
        self, name: str, on: str, status: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = example(f"ledgers/{name}")
        assert main(["next", path, "--on", on]) == status
        out, err = capsys.readouterr()
        told = {0: "PROCEED", 20: "WAIT", 21: "PAUSE", 22: "COMPLETE", 23: "STOP"}[status]
        assert out.startswith(f"{told}: ")
        assert out.isascii()
        assert err == ""
        assert main(["next", path, "--on", on, "--json"]) == status
        assert json.loads(capsys.readouterr().out)["move"] == told.lower()
        assert main(["next", path, "--on", on, "--edition", "2026.1"]) == status
        assert len(capsys.readouterr().out.splitlines()) < 30

    def test_standard_input(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        data = Path(example("ledgers/prolonged_redness")).read_bytes()
        standard_input(monkeypatch, data)
        assert main(["next", "-", "--on", "2026-12-09"]) == 21
        assert "red flag" not in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("data", "on", "place"),
        [
            (b"{}", "2026-12-09", "$.schema"),
            (MARK.encode(), "2026-12-09", "not_json"),
            (None, "2026-12-08", "on: "),
            (None, MARK, "--on: "),
        ],
    )
    def test_wrong(
        self,
        data: bytes | None,
        on: str,
        place: str,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        ledger = Path(example("ledgers/prolonged_redness")).read_bytes()
        standard_input(monkeypatch, ledger if data is None else data)
        assert main(["next", "-", "--on", on]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert place in err
        assert MARK not in err


class TestTable:
    """Whole files: every row decided, nothing left behind, and no row repeated."""

    ROWS = (
        "on,diagnosis,severity,site,setting,age_years,everything_asked,pregnancy,note",
        "2026-11-22,striae,mild,abdomen,clinic,34,true,false,PATIENT-NAME",
        "2026-11-22,striae,mild,abdomen,clinic,34,true,true,",
        "2026-11-22,striae,mild,abdomen,clinic,thirty,true,false,",
    )

    @pytest.fixture
    def visits(self, tmp_path: Path) -> Path:
        path = tmp_path / "visits.csv"
        path.write_text("\n".join((*self.ROWS, "")), encoding="utf-8")
        return path

    def test_every_row(self, visits: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Rows come out in their order with the answers, and the verdicts are counted."""
        decided = visits.with_name("decided.csv")
        named = ["--column", "indication=diagnosis", "--column", "verdict=advice"]
        named += ["--assume-absent"]

        assert main(["table", str(visits), str(decided), *named, "--quiet"]) == 3
        told = capsys.readouterr()
        assert told.out == "3 rows by edition 2026.1: 1 offer, 1 defer, 1 invalid\n"
        assert not told.err
        with decided.open(encoding="utf-8", newline="") as file:
            rows = [*csv.DictReader(file)]
        assert [row["advice"] for row in rows] == ["offer", "defer", "invalid"]
        assert rows[0]["note"] == MARK
        assert (rows[2]["error"], rows[2]["error_column"]) == ("unreadable", "age_years")

    def test_json(self, visits: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What was done, or what columns are taken for; what is written may stand anywhere."""
        named = ["--column", "indication=diagnosis", "--assume-absent", "--json"]

        assert main(["table", str(visits), "--columns", *named]) == 0
        told = json.loads(capsys.readouterr().out)["columns"]
        assert {one["column"]: one["taken"] for one in told}["note"] == "passed"
        assert main(["table", str(visits), *named, str(visits.with_name("decided.csv"))]) == 3
        told = json.loads(capsys.readouterr().out)
        assert told["rows"] == 3
        assert told["verdicts"] == {"offer": 1, "defer": 1, "invalid": 1}
        assert told["digest"] == mn.latest().digest

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("none.csv", None, "none.csv: The table cannot be "),
            ("none.parquet", None, "none.parquet: The table cannot be "),
            ("bad.parquet", b"PATIENT-NAME" * 9, "it has to be a whole Parquet file"),
            ("bad.csv", b"", "bad.csv: The table "),
            ("visits.xlsx", b"", "IN: give a file whose name ends in .parquet or .csv"),
        ],
    )
    @pytest.mark.parametrize("columns", [False, True])
    def test_a_file_that_is_no_table(
        self,
        name: str,
        content: bytes | None,
        told: str,
        columns: bool,  # noqa: FBT001 - a parameter of the test
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """It is named as it was given, whether its rows or its columns are asked for."""
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        more = ["--columns"] if columns else [str(tmp_path / "out.csv")]
        assert main(["table", str(path), *more]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert told in err
        assert MARK not in err

    def test_parquet_and_bar(
        self, visits: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """On a terminal a bar shows how far it has come; Parquet is read as it is."""
        named = ["--column", "indication=diagnosis", "--assume-absent"]
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        typed, decided = visits.with_name("typed.parquet"), visits.with_name("decided.parquet")
        rows = pl.read_csv(visits, try_parse_dates=True, infer_schema_length=None)
        rows.with_columns(age_years=pl.lit(34)).write_parquet(typed)

        assert main(["table", str(typed), str(decided), *named]) == 0
        told = capsys.readouterr()
        assert "3.00/3.00" in told.err
        assert told.out == "3 rows by edition 2026.1: 2 offer, 1 defer\n"
        assert pl.read_parquet(decided)["verdict"].to_list() == ["offer", "defer", "offer"]

    def test_refused(self, visits: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What a file lacks is told by name; nothing of its rows is, and no file appears."""
        decided = visits.with_name("decided.parquet")

        assert main(["table", str(visits), str(decided), "--quiet"]) == 1
        told = capsys.readouterr().err
        assert "indication: the table needs a column for indication [missing_column]" in told
        assert MARK not in told
        assert [*visits.parent.iterdir()] == [visits]

    @pytest.mark.parametrize("column", ["indication", "nothing=x", "site=a"])
    def test_wrong_names(
        self, visits: Path, column: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A name that cannot be is refused."""
        named = ["--column", "site=site", "--column", column, "--quiet"]

        assert main(["table", str(visits), f"{visits}.parquet", *named]) == 1
        assert "column" in capsys.readouterr().err

    def test_without_the_extra(
        self, visits: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Without polars it is said what to install."""
        for name in [n for n in sys.modules if n.startswith("microneedling.frames")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "narwhals", None)
        monkeypatch.setitem(sys.modules, "polars", None)

        assert main(["table", str(visits), f"{visits}.parquet"]) == 1
        assert "install the extra `table`" in capsys.readouterr().err
