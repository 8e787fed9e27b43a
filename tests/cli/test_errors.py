"""What is wrong is told by argument, file, line and column, and nothing of a patient with it."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from tests.cli.ways import EXAMPLES, MARK, run

OFFER = str(EXAMPLES / "offer.json")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["recomend", "x"], "recomend is no command; did you mean recommend?"),
        (["tabel"], "tabel is no command; did you mean table?"),
        (["help", "shedule"], "did you mean schedule?"),
        (
            ["recommend", "--secions=x", OFFER],
            "did you mean --sections?",
        ),
        (["recommend", "--jsn=1", OFFER], "did you mean --json?"),
        (["--verson"], "did you mean --version?"),
        (["recommend", "--sum", OFFER], "argument 2 is no option of `microneedling recommend`"),
        (["questions", "--indication", "melasma", "--stie", "cheek"], "did you mean --site?"),
        (["record", "x", "sesion"], "did you mean session?"),
        (["recommend", "--json", "--full", OFFER], "give --json or --full, not both"),
        (["record", "x", "--out", "y", "--in-place"], "give --out or --in-place, not both"),
        (
            ["recommend", "--json", OFFER, OFFER],
            "argument 4 is one too many: `microneedling recommend` takes one FILE",
        ),
        (
            ["compare", "1mm", "2mm", "3mm"],
            "argument 4 is one too many: `microneedling compare` takes one LEFT and one RIGHT",
        ),
        (["knowledge", "x"], "argument 2 is one too many: `microneedling knowledge` takes options"),
        (["recommend"], "missing: FILE"),
        (["compare", "1mm"], "missing: RIGHT"),
        (["questions", "--site", "cheek"], "missing: --indication"),
        (["recommend", OFFER, "--edition"], "--edition needs a value"),
        (["recommend", OFFER, "--json=x"], "--json takes no value"),
        (["schedule", OFFER, "--start", "2026-12-01", "--option", MARK], "--option needs a whole"),
        (["--edition", "2026.1"], "give --edition after a command"),
        ([MARK], "argument 1 is no command; there are recommend, compare, "),
        (["knowledge", f"--{MARK}"], "argument 2 is no option of `microneedling knowledge`"),
        (["recommend", f"-{MARK}", OFFER], "argument 2 is no option of"),
        (["record", "x", "session", "--present", MARK], "--present is one of yes, no, unknown"),
        (["--"], "an argument is not understood"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The argument is named, by its nearest word or its number; what is no word of ours is not."""
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith("usage: microneedling")
    assert told in err
    assert "--help" in err
    assert MARK not in err


@pytest.mark.parametrize(
    "name", ["anna", "peter", "john", "nora", "cohen", "dan", "jan", "maria", "kim", "schmidt"]
)
def test_a_name_is_not_taken_for_a_misspelt_word(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where something of ours is near it, too."""
    for words in ([name], ["recommend", f"--{name}", OFFER], ["record", "x", f"--{name}"]):
        status, out, err = run(capsys, *words)
        assert (status, out) == (2, "")
        assert not re.search(rf"\b{name}\b", err)


def test_options_between_what_has_a_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They may stand anywhere, and end where it is said that they do."""
    assert run(capsys, "compare", "0.5mm", "--json", "1mm").status == 0
    assert "cannot be read: -x: " in run(capsys, "recommend", "--", "-x").err
    words = ("record", str(tmp_path / "none"), "--on", "2026-12-01", "session")
    assert "cannot be read" in run(capsys, *words, "--needle-length", "1mm").err


@pytest.mark.parametrize(
    ("data", "place", "told"),
    [
        (b"", "", "it is empty"),
        (b" \n\t", "", "it is empty"),
        (b"\xef\xbb\xbf{}", "", "byte order mark"),
        ('{"schema": 1}'.encode("utf-16"), "", "UTF-16"),
        (
            f'{{"schema": 1,\n "note": "{MARK} M\u00fcller"}}'.encode("latin-1"),
            ", line 2, column 25",
            "Latin-1",
        ),
        (f"\n# {MARK}\n".encode(), ", line 2, column 1", "this is no JSON"),
        (MARK.encode(), ", line 1, column 1", "this is no JSON"),
        (b'{"schema": 1,\n "on": "2026-01-01",}', ", line 2, column 21", "no comma"),
        (f'{{"{MARK}" 1}}'.encode(), ", line 1, column 17", "a colon"),
        (f'{{"a": "{MARK}" "b": 1}}'.encode(), ", line 1, column 22", "a comma or a closing"),
        (f'{{"a":\n\n {MARK}}}'.encode(), ", line 3, column 2", "a value has to stand here"),
        (f'{{}}\n{{"{MARK}": 1}}'.encode(), ", line 2, column 1", "the document is over here"),
        (f'{{"a": "{MARK}'.encode(), ", line 1, column 7", "is not closed"),
        (f'{{"a": "{MARK}\n"}}'.encode(), ", line 1, column 20", "control character"),
        (f'{{"a": "\\{MARK}"}}'.encode(), ", line 1, column 8", "JSON does not know"),
    ],
    ids=range(15),
)
def test_a_document_that_is_no_json(
    data: bytes,
    place: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """File, line and column, a sentence for each, and nothing of what stands there."""
    path = tmp_path / "given.json"
    path.write_bytes(data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    for command in (["recommend"], ["next", "--on", "2026-12-09"]):
        for given, name in ((str(path), str(path)), ("-", "standard input")):
            sys.stdin.seek(0)
            status, out, err = run(capsys, *command, given)
            assert (status, out) == (1, "")
            assert err.startswith(f"The input cannot be used.\n{name}{place}: ")
            assert told in err
            assert err.count("\n") == 2
            assert MARK not in err


def test_the_file_stands_before_each_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that one sees which file is meant, and where in it."""
    path = tmp_path / "bad.json"
    document = json.loads(Path(OFFER).read_bytes())
    path.write_text(json.dumps({**document, "site": MARK, "age_years": MARK}), encoding="ascii")
    err = run(capsys, "recommend", str(path)).err
    assert {line.partition(": ")[0] for line in err.splitlines()[1:]} == {str(path)}
    assert f"{path}: $.site: " in err
    assert f"{path}: $.age_years: " in err
    assert MARK not in err


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ("0.5", "1.0mm", "LEFT: a length needs its unit; write 0.5 mm"),
        ("0.5mm", "1.0", "RIGHT: a length needs its unit; write 1.0 mm"),
        ("0,5", "1mm", "LEFT: a length needs its unit; write 0.5 mm"),
        ("500", "1mm", "LEFT: a length needs its unit; write 500 um"),
        ("9999", "1mm", "LEFT: write a length such as 0.5 mm or 500 um"),
        ("10mm", "1mm", "LEFT: give a length from 0.05 mm to 3.5 mm"),
        ("1mm", "49um", "RIGHT: give a length from 0.05 mm to 3.5 mm"),
        (MARK, "1mm", "LEFT: write a length such as 0.5 mm or 500 um"),
    ],
)
def test_a_wrong_length(
    left: str, right: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which of the two, and what to write."""
    status, out, err = run(capsys, "compare", left, right)
    assert (status, out) == (1, "")
    assert told in err
    assert MARK not in err


@pytest.mark.parametrize("command", ["schema", "codes"])
def test_a_kind_that_there_is_not(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest is offered, what is near none is not repeated."""
    near = {"schema": ("asessment", "assessment"), "codes": ("finding", "findings")}[command]
    status, _, err = run(capsys, command, near[0])
    assert status == 1
    assert f"did you mean {near[1]}?" in err
    status, _, err = run(capsys, command, MARK)
    assert status == 1
    assert "KIND: " in err
    assert MARK not in err


def test_a_terminal_is_told_that_it_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command that waits says for what."""
    given = io.TextIOWrapper(io.BytesIO(Path(OFFER).read_bytes()), encoding="utf-8")
    monkeypatch.setattr(given, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", given)
    status, out, err = run(capsys, "recommend", "--full", "-")
    assert status == 0
    assert out.startswith("OFFER:")
    assert "Ctrl-D" in err
