"""
Plain data to values: cattrs, configured strictly.

Two ways lead there. The thorough one has cattrs find everything that is wrong and where. The
quick one only takes what is right, in a third of the time, and leaves all else to the thorough
one; whatever it takes, that takes as well, and makes the same of it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeAlias

from cattrs import Converter, IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, override

from microneedling._foundation.checks import code_of, iso_day, refuse
from microneedling._foundation.constructor_checks import checker
from microneedling._foundation.field_bounds import Shape, declared, shape
from microneedling._foundation.value_class import Value
from microneedling.values.assessments import Concern, Device
from microneedling.values.findings import Exposure
from microneedling.wire.document_kinds import NAMED, SCHEMA, TEXTS, Family, family_of, key
from microneedling.wire.problems import UntoldError

__all__ = [
    "NotQuickError",
    "Parts",
    "is_object",
    "naming",
    "quick",
    "quick_document",
    "quick_fields",
    "thorough",
]

Read: TypeAlias = Callable[[Any], Any]

# Their parts are text or nothing, so that equal pairs are equal documents; they recur.
_RECURRING = (Concern, Device, Exposure)
_MOST_KEPT = 4096


class NotQuickError(Exception):
    """It is not right, or not told to be in the quick way."""


class Parts:
    """
    What stands once in a document.

    `held` has it by class and id, `named` tells which of it was named. In `unread` is what
    could not be read, without an id where that could not be read either: to name it is not
    wrong once more.
    """

    __slots__ = ("held", "named", "unread")

    def __init__(self) -> None:
        self.held: dict[type, dict[str, Any]] = {kind: {} for kind in NAMED}
        self.named: set[tuple[type, str]] = set()
        self.unread: set[tuple[type, str | None]] = set()

    def part(self, kind: type, name: object) -> object:
        """
        Give a part by its id.

        Raises:
            InputError: If the id is no text, or no part has it.
        """
        if type(name) is not str:
            refuse("wrong_type", "", "give the id as text")
        part = self.held[kind].get(name)
        if part is None:
            if not self.unread.isdisjoint({(kind, name), (kind, None)}):
                raise UntoldError
            refuse("unknown_id", "", "give the id of one that stands under `shared`")
        self.named.add((kind, name))
        return part


_PARTS: ContextVar[Parts] = ContextVar("parts")


@contextmanager
def naming(parts: Parts) -> Iterator[None]:
    """Let ids stand for the parts of one document."""
    token = _PARTS.set(parts)
    try:
        yield
    finally:
        _PARTS.reset(token)


# The quick way.


@cache
def quick(kind: Any) -> Read:  # noqa: ANN401 - a class, or a union of them
    """Make what reads an object of a document; it raises something unless that is right."""
    family = family_of(kind)
    return _quick_object(kind) if family is None else _quick_member(family)


@cache
def quick_document(kind: Any) -> Read:  # noqa: ANN401 - any class of ours
    """Make what reads a whole document of a class whose fields are all there is to it."""
    return _quick_object(kind, whole=True)


def _quick_object(kind: Any, *, whole: bool = False) -> Read:  # noqa: ANN401 - any class of ours
    table: dict[str, tuple[str, Read | None]] = {
        key(name): (name, _quick(held)) for name, held in declared(kind).items()
    }
    if whole:
        table["schema"] = ("schema", _quick_schema)

    def read(fields: Any) -> Any:  # noqa: ANN401 - told by its type
        pairs = fields if type(fields) is tuple else _items(fields)
        held = {}
        for name, value in pairs:
            field, part = table[name]
            held[field] = value if part is None else part(value)
        if len(held) != len(fields):
            raise NotQuickError
        if whole:
            del held["schema"]
        return kind(**held)

    return _keeping(read) if kind in _RECURRING and not whole else read


def _quick_schema(number: object) -> None:
    if type(number) is not int or number != SCHEMA:
        raise NotQuickError


def quick_fields(fields: Any) -> dict[str, Any]:  # noqa: ANN401 - told by its type
    """Take an object apart, of which no key is given twice."""
    held = dict(fields if type(fields) is tuple else _items(fields))
    if len(held) != len(fields):
        raise NotQuickError
    return held


def _items(fields: object) -> Iterable[tuple[str, Any]]:
    if type(fields) is not dict:
        raise NotQuickError
    return fields.items()


def _keeping(read: Read) -> Read:
    kept = lru_cache(_MOST_KEPT)(read)
    return lambda fields: kept(fields) if type(fields) is tuple else read(fields)


def _quick_member(family: Family) -> Read:
    members = {tag: _quick_object(kind) for tag, kind in family.members.items()}

    def read(fields: Any) -> Any:  # noqa: ANN401 - told by its type
        held = quick_fields(fields)
        return members[held.pop(family.tag)](held)

    return read


def _quick(held: Shape) -> Read | None:
    """Make what reads a part; None where the constructor takes it as it is and looks at it."""
    kind = held.kind
    if held.parts:
        read = _quick_collection(held)
    elif issubclass(kind, Enum):
        return {**kind._value2member_map_, **({None: None} if held.optional else {})}.__getitem__
    elif kind in {bool, int, str}:
        return None
    else:
        read = _quick_leaf(held)
    if not held.optional:
        return read
    return lambda value: None if value is None else read(value)


def _quick_leaf(held: Shape) -> Read:
    kind = held.kind
    if held.is_day:
        return _quick_day
    if kind in TEXTS:
        return lru_cache(_MOST_KEPT)(kind.parse)
    if kind in NAMED:
        return lambda name: _PARTS.get().part(kind, name)
    return quick(kind)


def _quick_day(text: str) -> date:
    day = date.fromisoformat(text)
    # Python reads more spellings of a day; this is the one that is taken.
    if day.isoformat() != text:
        raise NotQuickError
    return day


def _quick_collection(held: Shape) -> Read:
    kind, read = held.kind, _quick(held.parts[0])

    def collect(values: Any) -> Any:  # noqa: ANN401 - told by its type
        if type(values) is not list:
            raise NotQuickError
        return kind(values if read is None else map(read, values))

    return collect


# The thorough way.


@cache
def thorough(kind: Any) -> Read:  # noqa: ANN401 - a class, or a union of them
    """Make what reads an object of a document; cattrs raises all that is wrong, with places."""
    if kind in NAMED:
        # Itself, not its id.
        return _object(kind)
    structure = _structure(shape(kind))
    return lambda fields: structure(fields, kind)


_CONVERTER = Converter(detailed_validation=True)


def _structure(held: Shape) -> Callable[[Any, Any], Any]:
    family = family_of(held.kind)
    if family is not None:
        read = _member(family)
    elif held.parts:
        read = _collection(held)
    elif issubclass(held.kind, Value) and not (held.kind in TEXTS or held.kind in NAMED):
        read = _object(held.kind)
    else:
        read = _leaf(held)

    def structure(value: object, _: object) -> object:
        return None if value is None and held.optional else read(value)

    return structure


def _leaf(held: Shape) -> Read:
    kind, check = held.kind, checker(held)

    def leaf(value: Any) -> Any:  # noqa: ANN401 - told by its type
        if issubclass(kind, Enum):
            return code_of(value, kind)
        if held.is_day:
            value = iso_day(value, "")
        elif kind in TEXTS:
            return kind.parse(value)
        elif kind in NAMED:
            return _PARTS.get().part(kind, value)
        check(value, "")
        return value

    return leaf


def is_object(value: Any) -> bool:  # noqa: ANN401 - anything may be given
    """Tell whether it is a plain dictionary, each key of it plain text."""
    return type(value) is dict and {str}.issuperset(map(type, value))


def _demand_object(value: object) -> None:
    if not is_object(value):
        refuse("wrong_type", "", "give an object, with text for its keys")


def _object(kind: Any) -> Read:  # noqa: ANN401 - any class of ours
    # A hook for every field: cattrs has some of its own, which coerce.
    fields: dict[str, Any] = {
        name: override(rename=key(name), struct_hook=_structure(held))
        for name, held in declared(kind).items()
    }
    structure = make_dict_structure_fn(kind, _CONVERTER, _cattrs_forbid_extra_keys=True, **fields)

    def strict(value: Any) -> object:  # noqa: ANN401 - told by its type
        _demand_object(value)
        return structure(value, kind)

    return strict


def _member(family: Family) -> Read:
    members = {tag: _object(kind) for tag, kind in family.members.items()}

    def member(value: Any) -> object:  # noqa: ANN401 - told by its type
        _demand_object(value)
        fields = dict(value)
        tag = fields.pop(family.tag, None)
        read = members.get(tag) if type(tag) is str else None
        if read is None:
            refuse("unknown_code", family.tag, f"give one of {', '.join(members)}")
        return read(fields)

    return member


def _collection(held: Shape) -> Read:
    reads = [_structure(part) for part in held.parts]

    def collect(value: object) -> object:
        if type(value) is not list:
            refuse("wrong_type", "", "give a list")
        if held.fixed and len(value) != len(reads):
            refuse("wrong_type", "", f"give a list of {len(reads)}")
        parts, wrong = [], []
        for number, part in enumerate(value):
            try:
                parts.append(reads[number if held.fixed else 0](part, None))
            except Exception as error:  # noqa: BLE001 - collected and raised together below
                note = IterableValidationNote(f"at {number}", number, held.kind)
                error.__notes__ = [*getattr(error, "__notes__", []), note]
                # Without its frames: there may be many, and they hold the document.
                wrong.append(error.with_traceback(None))
        if wrong:
            message = "not every item is right"
            raise IterableValidationError(message, wrong, held.kind)  # pyright: ignore[reportCallIssue]
        collected = held.kind(parts)
        for rule in held.rules:
            rule.check(collected, "")
        return collected

    return collect
