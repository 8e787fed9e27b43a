"""Words of a command line as values: days, needle lengths, codes, and names of files."""

import re
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from microneedling._foundation.checks import iso_day, refuse
from microneedling._foundation.errors import InputError

if TYPE_CHECKING:
    from microneedling.values.lengths import NeedleLength

__all__ = ["code", "day", "length", "named"]

E = TypeVar("E", bound=Enum)

_BARE = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,3})?")


def named(path: str) -> str:
    """Name a file as it was given, on one line."""
    if path.isprintable():
        return path
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii")
        for sign in path
    )


def day(text: str, place: str) -> date:
    """Read a day that an argument gives."""
    return iso_day(text, place)


def code(text: str, codes: type[E], place: str) -> E:
    """Read a code that an argument gives."""
    from microneedling._foundation.checks import code_of

    return code_of(text, codes, place)


def length(text: str, place: str) -> "NeedleLength":
    """Read a needle length that an argument gives; a bare number is told its unit."""
    from microneedling.values.lengths import NeedleLength

    try:
        return NeedleLength.parse(text)
    except InputError as error:
        problem = error.problems[0]
    if problem.code == "out_of_range":
        message = f"give a length from {NeedleLength.MIN} to {NeedleLength.MAX}"
        refuse(problem.code, place, message)
    bare = _BARE.fullmatch(text)
    for unit in ("mm", "um") if bare else ():
        written = f"{text.replace(',', '.')} {unit}"
        try:
            NeedleLength.parse(written)
        except InputError:
            continue
        refuse(problem.code, place, f"a length needs its unit; write {written}")
    message = "write a length such as 0.5 mm or 500 um, with ASCII digits and a decimal point"
    return refuse(problem.code, place, message)
