"""CSV as the world writes it: read exactly as it is said, or refused by its place."""

import csv
import io
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import microneedling as mn
from microneedling._foundation.errors import MicroneedlingError
from microneedling.cli import main
from microneedling.frames import csv_files, file_streaming
from microneedling.frames.column_choices import Choices
from microneedling.frames.csv_files import CsvForm

KNOWLEDGE = mn.load("2026.1")
MARK = "PATIENT-NAME"
HEAD = "on,indication,severity,site,setting,skin_type,age_years,everything_asked,pregnancy"
ROW = "2026-11-22,striae,mild,abdomen,clinic,III,34,true,false"
PLAIN = f"{HEAD}\n{ROW}\n"
SAID = Choices.of(assume_absent=True)
OFFER = ("offer", None, None)


def decided(
    folder: Path, data: bytes, form: CsvForm | None = None, said: Choices = SAID
) -> list[tuple[Any, ...]]:
    """Decide a file of these bytes; give verdict, error and its column of each row."""
    source, target = folder / "in.csv", folder / "out.parquet"
    source.write_bytes(data)
    count = file_streaming.recommend_file(str(source), str(target), KNOWLEDGE, said, form=form)
    rows = pl.read_parquet(target).select("verdict", "error", "error_column").rows()
    assert count == len(rows)
    return rows


class TestBytes:
    """What can be seen from the bytes is read as it is meant."""

    @pytest.mark.parametrize(
        "data",
        [
            PLAIN.encode(),
            PLAIN.rstrip("\n").encode(),
            b"\xef\xbb\xbf" + PLAIN.encode(),
            PLAIN.replace("\n", "\r\n").encode(),
            PLAIN.replace("\n", "\r").encode(),
            PLAIN.replace("\n", "\n\n").encode(),
            b"\n" + PLAIN.encode(),
            "\n".join(
                ",".join(f'"{cell}"' for cell in line.split(",")) for line in PLAIN.split()
            ).encode(),
            PLAIN.replace("true", "TRUE").replace("false", "False").encode(),
        ],
    )
    def test_one_row(self, data: bytes, tmp_path: Path) -> None:
        """Law: ends of lines, a mark at the beginning, quotes and blank lines change nothing."""
        assert decided(tmp_path, data) == [OFFER]

    def test_mixed_ends(self, tmp_path: Path) -> None:
        """Law: no row is lost where lines end in several ways."""
        data = f"{HEAD}\r{ROW}\n{ROW}\r\n{ROW}".encode()
        assert decided(tmp_path, data) == [OFFER] * 3

    def test_lines_within_quotes(self, tmp_path: Path) -> None:
        """Law: what stands in quotes is no end of a row."""
        data = f'{HEAD},note\n{ROW},"one\ntwo ""three"" \r\n\nfour"\n{ROW},\n'.encode()
        assert decided(tmp_path, data) == [OFFER] * 2

    def test_nothing_but_a_header(self, tmp_path: Path) -> None:
        assert decided(tmp_path, f"{HEAD}\n".encode()) == []

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
    @given(
        notes=st.lists(st.text(alphabet='ab",\n\r é', max_size=6), max_size=5),
        end=st.sampled_from(["\n", "\r\n", "\r"]),
    )
    def test_no_row_is_lost(self, notes: list[str], end: str, tmp_path: Path) -> None:
        """Law: as many rows come out as another writer put in, whatever stands in a note."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL)
        writer.writerow([*HEAD.split(","), "note"])
        writer.writerows([*ROW.split(","), note] for note in notes)
        assert decided(tmp_path, text.getvalue().encode()) == [OFFER] * len(notes)


class TestForms:
    """What cannot be seen has to be said, and is read then."""

    @pytest.mark.parametrize(
        ("data", "form"),
        [
            (PLAIN.replace(",", ";").encode(), CsvForm(delimiter=";")),
            (PLAIN.replace(",", "\t").encode(), CsvForm(delimiter="\t")),
            (PLAIN.encode("utf-16"), CsvForm(encoding="utf-16")),
            (PLAIN.replace("striae", "striae").encode("cp1252"), CsvForm(encoding="cp1252")),
            (PLAIN.replace("2026-11-22", "22.11.2026").encode(), CsvForm(dates="DD.MM.YYYY")),
            (PLAIN.replace("2026-11-22", "11/22/2026").encode(), CsvForm(dates="MM/DD/YYYY")),
            (
                PLAIN.replace("true", "Ja").replace("false", "0").encode(),
                CsvForm(yes=frozenset({"ja", "1"}), no=frozenset({"nein", "0"})),
            ),
            (PLAIN.replace(",34,", ',"34,0",').encode(), CsvForm(decimal=",")),
        ],
    )
    def test_said(self, data: bytes, form: CsvForm, tmp_path: Path) -> None:
        assert decided(tmp_path, data, form) == [OFFER]

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (PLAIN.replace(",", ";").encode(), "delimiter"),
            (PLAIN.encode("utf-16"), "encoding"),
            (f"sep=,\n{PLAIN}".encode(), "no header"),
            (f"{MARK},{ROW},{MARK}\n".encode(), "no header"),
        ],
    )
    def test_unsaid(self, data: bytes, told: str, tmp_path: Path) -> None:
        """Law: otherwise the file is refused, with what has to be said, and no cell of it."""
        with pytest.raises(MicroneedlingError, match=told) as caught:
            decided(tmp_path, data)
        assert MARK not in str(caught.value)

    @pytest.mark.parametrize(
        ("was", "cell", "column"),
        [
            ("2026-11-22", "22.11.2026", "on"),
            (",34,", ',"34,0",', "age_years"),
            (",34,", ",34.5,", "age_years"),
            (",false", ",yes", "pregnancy"),
            (",false", ",NaN", "pregnancy"),
            ("abdomen", "abdomen ", "site"),
        ],
    )
    def test_a_cell_that_nobody_explained(
        self, was: str, cell: str, column: str, tmp_path: Path
    ) -> None:
        """Law: its row is invalid, and no other one."""
        data = f"{PLAIN.replace(was, cell)}{ROW}\n".encode()
        (_, error, place), other = decided(tmp_path, data)
        assert error in {"unreadable", "unknown_code"}
        assert (place, other) == (column, OFFER)

    def test_a_day_that_is_none(self, tmp_path: Path) -> None:
        """Law: a day in the form that was told, and not in the calendar, is no day."""
        data = PLAIN.replace("2026-11-22", "31.11.2026").encode()
        assert decided(tmp_path, data, CsvForm(dates="DD.MM.YYYY")) == [
            ("invalid", "unreadable", "on")
        ]

    @pytest.mark.parametrize(
        ("form", "path"),
        [
            (CsvForm(delimiter=";;"), "delimiter"),
            (CsvForm(delimiter='"'), "delimiter"),
            (CsvForm(encoding="no such"), "encoding"),
            (CsvForm(dates="DD.MM.YY"), "dates"),
            (CsvForm(yes=frozenset({"x"}), no=frozenset({"X"})), "yes"),
            (CsvForm(decimal="'"), "decimal"),
        ],
    )
    def test_forms_that_cannot_be(self, form: CsvForm, path: str) -> None:
        with pytest.raises(mn.InputError) as caught:
            form.checked()
        assert caught.value.path == path


class TestBroken:
    """A file that is broken is refused as a whole, by its line."""

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (f'{PLAIN}{ROW},"{MARK}\n', "polars says|a quote may stand open|none of CSV"),
            (f"{PLAIN}{ROW}{MARK},x\n", "polars says|line 3 has 10 fields"),
            (f"{HEAD}\r{ROW},{MARK}\r", "line 2 has 10 fields"),
        ],
    )
    def test_refused(self, data: str, told: str, tmp_path: Path) -> None:
        with pytest.raises(MicroneedlingError, match=told) as caught:
            decided(tmp_path, data.encode())
        assert MARK not in str(caught.value)
        assert not (tmp_path / "out.parquet").exists()

    def test_bytes_of_another_encoding(self, tmp_path: Path) -> None:
        """Law: bytes that are no text of the encoding are refused by their line."""
        data = HEAD.encode() + b",note\r" + ROW.encode() + b",\xff\r"
        with pytest.raises(MicroneedlingError, match="another encoding"):
            decided(tmp_path, data)


@pytest.mark.parametrize("size", [7, 16, 64])
def test_pieces_of_any_size(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Law: where a file is cut into pieces while it is looked at changes nothing."""
    data = f'{HEAD},note\r\n{ROW},"a ""b"" \n\n"\r\n{ROW},\r\n'.encode()
    (tmp_path / "in.csv").write_bytes(data)
    whole = csv_files.looked_at(str(tmp_path / "in.csv"), CsvForm())
    monkeypatch.setattr(csv_files, "_CHUNK", size)
    assert csv_files.looked_at(str(tmp_path / "in.csv"), CsvForm()) == whole
    assert whole.rows == 2


class TestCommand:
    """The same by the command."""

    def test_every_option(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        source, target = tmp_path / "in.csv", tmp_path / "out.csv"
        text = PLAIN.replace(",", ";").replace("2026-11-22", "22.11.2026")
        text = text.replace("true", "x").replace("pregnancy", "pregnancy;Pregnant")
        text = text.replace("false", "nein;ja")
        source.write_text(text, encoding="utf-16")
        form = ["--delimiter", ";", "--encoding", "utf-16", "--dates", "DD.MM.YYYY"]
        form += ["--yes", "x,ja", "--no", "nein"]
        assert main(["table", str(source), "--columns", *form]) == 0
        told = capsys.readouterr().out.splitlines()
        assert told[0] == "on: read as on"
        assert told[-1] == "Pregnant: stops the table: it may mean pregnancy"
        assert main(["table", str(source), str(target), *form]) == 1
        assert "Pregnant" in capsys.readouterr().err
        kept = [*form, "--keep", "Pregnant", "--asked", "tattoo"]
        assert main(["table", str(source), str(target), *kept]) == 0
        assert capsys.readouterr().out == "1 rows by edition 2026.1: 1 ask\n"
        assert main(["table", str(source), str(target), *kept, "--assume-absent"]) == 0
        assert capsys.readouterr().out == "1 rows by edition 2026.1: 1 offer\n"
        assert main(["table", str(source), str(target), *kept, "--strict"]) == 0

    def test_rows_that_are_none_have_a_status(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Law: whoever runs it in a script sees that some rows were not decided."""
        source, target = tmp_path / "in.csv", tmp_path / "out.csv"
        source.write_text(f"{PLAIN}{ROW.replace('34', 'x')}\n")
        assert main(["table", str(source), str(target), "--assume-absent"]) == 3
        told = capsys.readouterr()
        assert told.out == "2 rows by edition 2026.1: 1 offer, 1 invalid\n"
        assert told.err == ""

    def test_nowhere_to_write(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "in.csv").write_text(PLAIN)
        assert main(["table", str(tmp_path / "in.csv")]) == 1
        assert "OUT" in capsys.readouterr().err
