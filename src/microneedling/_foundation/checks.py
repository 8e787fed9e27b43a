"""The few checks that constructors share; each raises `InputError`."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from re import fullmatch
from typing import NoReturn, TypeVar

from microneedling._foundation.errors import InputError, Problem

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

# The class of plain days itself, out of reach of what puts another in its place while it stops the
# clock: that goes through names, and not into tuples.
_DAY: tuple[type[date]] = (date.__mro__[-2],)
# Years outside these are typing errors, and keep every date sum inside the calendar.
FIRST_DATE = _DAY[0](1900, 1, 1)
LAST_DATE = _DAY[0](2199, 12, 31)
# No two of them are further apart.
MOST_DAYS = (LAST_DATE - FIRST_DATE).days
# Told to be collections without asking an abstract class, which takes long.
_PLAIN = frozenset({tuple, list, set, frozenset})
LONGEST_NOTE = 64
NOTE_TEXT = f"[a-z0-9._-]{{0,{LONGEST_NOTE}}}"
_ISO_LENGTH = 10


def refuse(code: str, path: str, message: str) -> NoReturn:
    """Raise the one error for wrong input."""
    raise InputError(Problem(code, path, message))


def within(prefix: str, make: Callable[[], T]) -> T:
    """Make something that is part of a whole: what is wrong with it is told with its place."""
    try:
        return make()
    except InputError as error:
        problems = placed(prefix, error.problems)
    # Outside the block: what was caught there may carry a document.
    raise InputError(*problems)


def placed(prefix: str, problems: Iterable[Problem]) -> list[Problem]:
    """Tell problems of a part as those of the whole that it is part of."""
    return [Problem(p.code, f"{prefix}{p.path}".rstrip("."), p.message) for p in problems]


def unknown_code(codes: type[Enum], path: str = "") -> NoReturn:
    """Refuse a code that an enumeration does not have, and list those that it has."""
    refuse("unknown_code", path, _codes_of(codes))


def code_of(value: object, codes: type[E], path: str = "") -> E:
    """Give the member of an enumeration that has a code."""
    member = codes._value2member_map_.get(value) if type(value) is str else None
    return member if isinstance(member, codes) else unknown_code(codes, path)


@cache
def _codes_of(codes: type[Enum]) -> str:
    """List the codes; once, since a document may have many wrong ones."""
    listed = ", ".join(str(code.value) for code in codes)
    return f"give a code of {codes.__name__}: {listed}"


def whole(value: object, path: str, low: int, high: int, unit: str) -> None:
    """Demand an `int` (no bool, no float, no look-alike) between two bounds."""
    if type(value) is not int:
        refuse(
            "not_an_integer",
            path,
            f"give a whole number of {unit} as a plain int; floats, booleans, text and other "
            "libraries' integers are not taken, convert them with int() where that is exact",
        )
    if not low <= value <= high:
        refuse("out_of_range", path, f"give a whole number of {unit} from {low} to {high}")


def instance(value: object, path: str, kind: type) -> None:
    """Demand exactly one type."""
    if type(value) is not kind:
        refuse("wrong_type", path, f"give a value of type {kind.__name__}")


def optional(value: object, path: str, kind: type) -> None:
    """Demand exactly one type, or None."""
    if value is not None:
        instance(value, path, kind)


def member(value: object, path: str, codes: type[Enum]) -> None:
    """Demand a member of an enumeration."""
    if type(value) is not codes:
        refuse(
            "unknown_code",
            path,
            f"give a member of {codes.__name__}, such as {next(iter(codes))!s}",
        )


def optional_whole(value: object, path: str, low: int, high: int, unit: str) -> None:
    """Demand an `int` between two bounds, or None."""
    if value is not None:
        whole(value, path, low, high, unit)


def is_day(kind: type) -> bool:
    """Tell whether a class is that of days without a time, or one of its kind."""
    return issubclass(kind, _DAY) and not issubclass(kind, datetime)


def plain_class(kind: type) -> type:
    """Give the class that stands for a kind: of days the plain one, of all else itself."""
    return _DAY[0] if is_day(kind) else kind


def any_day(value: object, path: str) -> date:
    """Demand a calendar date, and give it as the plain day that it is."""
    (plain,) = _DAY
    if type(value) is plain:
        return value
    if not isinstance(value, plain) or isinstance(value, datetime):
        refuse("not_a_date", path, "give a datetime.date, with no time of day")
    return plain(value.year, value.month, value.day)


def day(value: object, path: str) -> date:
    """Demand a calendar date in the years that make sense, and give it as a plain one."""
    value = any_day(value, path)
    if not FIRST_DATE <= value <= LAST_DATE:
        refuse("out_of_range", path, f"give a date from {FIRST_DATE} to {LAST_DATE}")
    return value


def _any_text(value: object, path: str) -> str:
    if type(value) is not str:
        refuse("wrong_type", path, "give text, of the type str")
    return value


def text(value: object, path: str) -> None:
    """Demand text that can be written: with no half of a surrogate pair in it."""
    value = _any_text(value, path)
    if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
        refuse("wrong_text", path, "give text without lone surrogates")


def flag(value: object, path: str) -> None:
    """Demand True or False itself."""
    if value is not True and value is not False:
        refuse("not_a_boolean", path, "give True or False")


def collected(values: Iterable[T], path: str, kind: type[T]) -> tuple[T, ...]:
    """Turn an iterable into a tuple of exactly one type; text is not a collection."""
    if type(values) not in _PLAIN and (
        isinstance(values, (str, bytes)) or not isinstance(values, Iterable)
    ):
        refuse("wrong_type", path, f"give a collection of {kind.__name__}")
    held = tuple(values)
    if not {kind}.issuperset(map(type, held)):
        demand: Callable[..., None] = member if issubclass(kind, Enum) else instance
        for number, value in enumerate(held):
            demand(value, f"{path}[{number}]", kind)
    return held


def collected_days(values: object, path: str) -> tuple[date, ...]:
    """Turn an iterable of days into a tuple of plain ones; text is not a collection."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        refuse("wrong_type", path, "give a collection of days")
    return tuple([day(value, f"{path}[{number}]") for number, value in enumerate(values)])


def words(value: object, path: str, most: int) -> None:
    """Demand a line of text that says something, and no more than so many characters of it."""
    value = _any_text(value, path)
    if not value.strip() or len(value) > most or _broken(value):
        refuse("wrong_text", path, f"give one line of text, 1 to {most} characters")


def _broken(line: str) -> bool:
    """Tell whether a text is more than one line, or cannot be written."""
    if line.isascii():
        return not line.isprintable()
    from unicodedata import category

    # Joiners and marks of direction belong to many scripts; what breaks a line does not.
    return any(category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in line)


def note_code(value: object, path: str) -> None:
    """Demand a code of one's own, or nothing; text about a patient does not fit in."""
    value = _any_text(value, path)
    if not fullmatch(NOTE_TEXT, value):
        refuse(
            "wrong_text",
            path,
            f"give a code of at most {LONGEST_NOTE} lower-case ASCII letters, digits, dots, "
            "hyphens and underscores; a note in words belongs in the record it points to",
        )


def later(start: date, days: int, path: str) -> date:
    """Count days on from a date, or back; never out of the years that make sense."""
    if not (FIRST_DATE - start).days <= days <= (LAST_DATE - start).days:
        years = f"{FIRST_DATE.year} to {LAST_DATE.year}"
        refuse("out_of_calendar", path, f"give dates from which all days stay in {years}")
    return start + timedelta(days=days)


def iso_day(text: object, path: str) -> date:
    """Read a day from its one spelling; Python would also read basic and week dates."""
    if type(text) is str and len(text) == _ISO_LENGTH and text[4] == text[7] == "-":
        with suppress(ValueError):
            return date.fromisoformat(text)
    return refuse("not_a_date", path, 'give a date as text, "YYYY-MM-DD"')
