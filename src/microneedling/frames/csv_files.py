"""
CSV as the world writes it: looked at first, and made plain where it is not.

Plain is UTF-8 with commas, lines that end in LF or CRLF, no blank ones, days as `2026-11-22` and
flags as `true` and `false`. Everything else is converted into a plain file before it is read;
what cannot be told from the bytes has to be said. No error tells what stands in a cell.
"""

import codecs
import csv
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import IO, Any, Final, NamedTuple

from microneedling._foundation.checks import refuse
from microneedling._foundation.errors import InputError, MicroneedlingError, Problem
from microneedling.frames.column_names import HOLDS, Holds

__all__ = ["CsvForm", "Look", "converted", "header", "looked_at"]

_CHUNK: Final = 1 << 20
_UTF_8: Final = "utf-8"
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DAYS: Final = "YYYY-MM-DD"
_PARTS: Final = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{2})", "DD": r"(?P<day>\d{2})"}


class CsvForm(NamedTuple):
    """
    How a CSV file is written, as far as that cannot be seen from it.

    Args:
        delimiter: What stands between fields: one sign.
        encoding: A name that Python knows, such as ``utf-16`` or ``cp1252``.
        dates: How days are written, of YYYY, MM and DD, such as ``DD.MM.YYYY``.
        yes: Texts that mean true, besides ``true``; told without regard to case.
        no: Texts that mean false, besides ``false``.
        decimal: What stands in whole numbers that are written with decimals, such as ``,``.
    """

    delimiter: str = ","
    encoding: str = _UTF_8
    dates: str = _DAYS
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    decimal: str = ""

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing is said that a plain file would not be."""
        return self == CsvForm()

    def checked(self) -> "CsvForm":
        """
        Refuse a form in which nothing could be read.

        Raises:
            InputError: With what is wrong.
        """
        if len(self.delimiter) != 1 or self.delimiter in '"\r\n':
            refuse("wrong_text", "delimiter", "give one sign, such as ; or a tab")
        try:
            codecs.lookup(self.encoding)
        except LookupError:
            refuse("wrong_text", "encoding", "give one that Python knows, such as utf-16")
        if sorted(re.findall("YYYY|MM|DD", self.dates)) != sorted(_PARTS):
            refuse("wrong_text", "dates", "write YYYY, MM and DD once each, such as DD.MM.YYYY")
        if {one.casefold() for one in self.yes} & {one.casefold() for one in self.no}:
            refuse("contradiction", "yes", "no text can mean both yes and no")
        if self.decimal not in {"", ",", "."} or self.decimal == self.delimiter != ",":
            refuse("wrong_text", "decimal", "give a comma or a point")
        return self


class Look(NamedTuple):
    """
    What the bytes of a file show.

    Args:
        rows: How many rows it has after its header, as far as it is plain.
        plain: Whether it can be read as it is.
    """

    rows: int
    plain: bool


def looked_at(source: str, form: CsvForm) -> Look:
    """
    Look at the bytes of a file, once.

    Args:
        source: The file.
        form: What is said about it.

    Raises:
        MicroneedlingError: If its encoding is another one than is said.
    """
    lines, quoted, before, plain = 0, False, b"", True
    with open(source, "rb") as file:
        while chunk := file.read(_CHUNK):
            if not before:
                _refuse_wide(chunk, form)
                # What comes first may be blank, too.
                plain = plain and not chunk.startswith((b"\n", b"\r"))
            seam = before[-2:] + chunk
            alone = seam.rstrip(b"\r").replace(b"\r\n", b"\n")
            plain = plain and b"\r" not in alone and b"\n\n" not in alone
            for place, part in enumerate(chunk.split(b'"')):
                quoted = quoted != bool(place)
                if not quoted:
                    lines += part.count(b"\n")
            before = chunk
    odd = quoted or before.endswith(b"\r")
    rows = lines - 1 + (before[-1:] not in {b"", b"\n"})
    return Look(max(rows, 0), plain=plain and not odd and form.is_plain)


def _refuse_wide(chunk: bytes, form: CsvForm) -> None:
    if form.encoding == _UTF_8 and (chunk.startswith(_WIDE) or b"\0" in chunk[:64]):
        message = "The table cannot be read: it is UTF-16; say so by the encoding."
        raise MicroneedlingError(message)


def header(source: str, form: CsvForm, names: Collection[str]) -> list[str]:
    """
    Give the names in a file's first line.

    Args:
        source: The file.
        form: How it is written.
        names: Those that are read; a first line without any of them is no header.

    Raises:
        InputError: If a name stands there twice.
        MicroneedlingError: If there is no header.
    """
    with _opened(source, form) as file:
        reader = csv.reader(file, delimiter=form.delimiter, strict=True)
        _, first = next(_lines(reader), (1, []))
    found = [cell.removeprefix("\ufeff") for cell in first]
    if not {*found} & {*names}:
        seen = sum(sign in cell for cell in found for sign in ";\t|")
        hint = "; its fields seem to stand between other signs: say so by the delimiter"
        message = (
            "The table cannot be read: none of the names in its first line is one that is read, so"
            f" that it has no header, or other names{hint if seen and len(found) == 1 else ''}."
        )
        raise MicroneedlingError(message)
    twice = [name for name in dict.fromkeys(found) if name and found.count(name) > 1]
    if twice:
        message = "two columns are called so; rename one of them"
        raise InputError(*(Problem("name_taken", name, message) for name in twice))
    return found


def converted(
    source: str, target: str, form: CsvForm, names: Sequence[str], given: Mapping[str, str]
) -> int:
    """
    Write a plain file with the same rows, and give their number.

    Args:
        source: The file.
        target: The plain one.
        form: How the first is written.
        names: Its header.
        given: Its own names of the columns that are read, by ours.

    Raises:
        MicroneedlingError: If a row has another number of fields than the header, by its line.
    """
    ways, rows = _Ways(form), 0
    read = {column: ways.of(HOLDS[name]) for name, column in given.items()}
    each = [read.get(name) for name in names]
    with (
        _opened(source, form) as file,
        open(target, "w", encoding=_UTF_8, newline="") as plain,
    ):
        lines = _lines(csv.reader(file, delimiter=form.delimiter, strict=True))
        writer = csv.writer(plain, lineterminator="\n")
        next(lines)
        writer.writerow(names)
        for line, cells in lines:
            if len(cells) != len(names):
                message = (
                    f"The table cannot be read: line {line} has {len(cells)} fields, and the header"
                    f" {len(names)}."
                )
                raise MicroneedlingError(message)
            writer.writerow(way(c) if way else c for c, way in zip(cells, each, strict=True))
            rows += 1
    return rows


def _opened(source: str, form: CsvForm) -> IO[str]:
    return open(source, encoding=form.encoding, newline="")


def _lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Give each row with its line; blank lines are none."""
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except (csv.Error, UnicodeError):
        line = reader.line_num + 1
    else:
        return
    # Outside the block: what was caught may carry what stands in the file.
    message = f"The table cannot be read: line {line} is none of CSV, or of another encoding."
    raise MicroneedlingError(message)


class _Ways:
    """How the cells of a column are made plain; what they do not know stays as it is."""

    def __init__(self, form: CsvForm) -> None:
        yes = {one.casefold(): "true" for one in (*form.yes, "true")}
        self._flags = yes | {one.casefold(): "false" for one in (*form.no, "false")}
        spelt = re.escape(form.dates)
        for part, pattern in _PARTS.items():
            spelt = spelt.replace(part, pattern)
        self._day = re.compile(spelt)
        self._decimal = form.decimal

    def flag(self, cell: str) -> str:
        return self._flags.get(cell.casefold(), cell)

    def day(self, cell: str) -> str:
        found = self._day.fullmatch(cell)
        return "{year}-{month}-{day}".format(**found.groupdict()) if found else cell

    def whole(self, cell: str) -> str:
        number, point, more = cell.partition(self._decimal) if self._decimal else (cell, "", "")
        return number if point and more and not more.strip("0") else cell

    def of(self, holds: Holds) -> Callable[[str], str] | None:
        ways = {Holds.FLAG: self.flag, Holds.DAY: self.day, Holds.WHOLE: self.whole}
        return ways.get(holds)
