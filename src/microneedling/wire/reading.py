"""
Documents in: strict JSON. The only room that knows cattrs.

Nothing is coerced: a key that is unknown, missing or given twice, a float, a boolean for a
number or a number for text are refused. All problems are reported
together, each with its path; none repeats what was given.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import NoReturn, TypeVar

import attrs
from cattrs import BaseValidationError, Converter, IterableValidationError, IterableValidationNote
from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from microneedling._checks import collected, instance, iso_day, refuse, unknown_code, within
from microneedling.assessments import Assessment, Concern, Device, Preferences
from microneedling.errors import InputError, Problem
from microneedling.events import EVENTS, Entry, Event, Override, Safeguard
from microneedling.findings import Exposure, Screening
from microneedling.knowledge.model import Knowledge
from microneedling.lengths import NeedleLength
from microneedling.progress import MOST_ENTRIES, Progress
from microneedling.recommending import recommend
from microneedling.schedules import PlannedSession, Schedule
from microneedling.vocabulary import (
    DeviceKind,
    EndPoint,
    Finding,
    Indication,
    Setting,
    Severity,
    SideEffectCode,
    Site,
    SkinType,
)
from microneedling.wire.form import KEYS, KIND, MOST_BYTES, MOST_LEDGER_BYTES, SCHEMA, kind_of

__all__ = ["assessment_from_json", "progress_from_json", "schedule_from_json"]

# What a value read from one text calls itself; in a document that is the key's own place.
_WHOLE_VALUE = {"", "text", "um"}
_CODES = (
    DeviceKind,
    EndPoint,
    Finding,
    Indication,
    Safeguard,
    Setting,
    Severity,
    SideEffectCode,
    Site,
    SkinType,
)

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


def _exactly(kind: type[T], words: str) -> Callable[[object, object], T]:
    def structure(value: object, _: object) -> T:
        if type(value) is not kind:
            refuse("wrong_type", "", f"give {words}")
        return value

    return structure


def _code(value: object, codes: type[E]) -> E:
    member = codes._value2member_map_.get(value) if type(value) is str else None
    if not isinstance(member, codes):
        unknown_code(codes)
    return member


@cache
def _converter() -> Converter:
    made = Converter(forbid_extra_keys=True)
    made.register_structure_hook(int, _exactly(int, "a whole number"))
    made.register_structure_hook(bool, _exactly(bool, "true or false"))
    made.register_structure_hook(str, _exactly(str, "text"))
    made.register_structure_hook(date, lambda value, _: iso_day(value, ""))
    made.register_structure_hook(NeedleLength, lambda value, _: NeedleLength.parse(value))
    for codes in _CODES:
        made.register_structure_hook(codes, _code)
    made.register_structure_hook_func(
        _is_collection, lambda value, to: _collection(made, value, to)
    )
    # Parts before wholes: a whole keeps the hooks its parts have when it is made.
    for kind in (Exposure, Concern, Device, Preferences):
        made.register_structure_hook(kind, _object(made, kind))
    made.register_structure_hook(
        Screening,
        _object(made, Screening, **{field: override(rename=key) for field, key in KEYS.items()}),
    )
    made.register_structure_hook(Assessment, _object(made, Assessment))
    made.register_structure_hook(Override, _object(made, Override))
    events = {kind_of(event): _object(made, event) for event in EVENTS}
    made.register_structure_hook_func(
        lambda kind: kind == Event, lambda value, _: _event(events, value)
    )
    for part in (Entry, _Edition, _Ledger, PlannedSession, _Days):
        made.register_structure_hook(part, _object(made, part))
    return made


@attrs.frozen
class _Edition:
    """An edition as a ledger's document names it."""

    id: str
    digest: str


@attrs.frozen
class _Ledger:
    """The document of a ledger; the course and the editions are found by their names."""

    assessment: Assessment
    protocols: tuple[str, ...]
    editions: tuple[_Edition, ...]
    entries: tuple[Entry, ...]


@attrs.frozen
class _Days:
    """The document of a schedule, without its course."""

    protocols: tuple[str, ...]
    start: date
    sessions: tuple[PlannedSession, ...]
    revision: int


def _event(events: Mapping[str, Callable[[object, object], Event]], value: object) -> Event:
    if type(value) is not dict:
        refuse("wrong_type", "", "give an object")
    fields = dict(value)
    kind = fields.pop(KIND, None)
    read = events.get(kind) if type(kind) is str else None
    if read is None:
        refuse("unknown_code", KIND, f"give one of {', '.join(events)}")
    return read(fields, None)


def _object(made: Converter, kind: type[T], **overrides: object) -> Callable[[object, object], T]:
    structure = make_dict_structure_fn(kind, made, _cattrs_forbid_extra_keys=True, **overrides)  # type: ignore[arg-type]

    def strict(value: object, _: object) -> T:
        if type(value) is not dict:
            refuse("wrong_type", "", "give an object")
        return structure(value, kind)

    return strict


def _is_collection(kind: object) -> bool:
    return getattr(kind, "__origin__", None) in {tuple, frozenset}


def _collection(made: Converter, value: object, kind: object) -> object:
    if type(value) is not list:
        refuse("wrong_type", "", "give a list")
    origin, inner = kind.__origin__, kind.__args__[0]  # type: ignore[attr-defined]
    held, wrong = [], []
    for number, part in enumerate(value):
        try:
            held.append(made.structure(part, inner))
        except Exception as error:  # noqa: BLE001 - collected and raised together below
            error.__notes__ = [
                *getattr(error, "__notes__", []),
                IterableValidationNote(f"at {number}", number, inner),
            ]
            wrong.append(error)
    if wrong:
        message = "not every item is right"
        raise IterableValidationError(message, wrong, kind)  # type: ignore[arg-type]
    return origin(held)


def _step(error: BaseException) -> str:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return f".{KEYS.get(note.name, note.name)}"
        if isinstance(note, IterableValidationNote):
            return f"[{note.index}]"
    return ""


def _problems(error: BaseException, path: str) -> Iterable[Problem]:
    """Flatten cattrs' tree of errors into problems with paths."""
    here = path + _step(error)
    if isinstance(error, BaseValidationError):
        for part in error.exceptions:
            yield from _problems(part, here)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(str(KEYS.get(f.name, f.name)) for f in attrs.fields(error.cl) if f.init)
        count = len(error.extra_fields)
        message = f"{count} key(s) are not known here; remove them. Known are {known}"
        yield Problem("unknown_key", here, message)
    elif isinstance(error, InputError):
        for problem in error.problems:
            inner = "" if problem.path in _WHOLE_VALUE else f".{problem.path}"
            yield Problem(problem.code, here + inner, problem.message)
    elif isinstance(error, KeyError):
        yield Problem("missing_key", here, "this key is missing; give it")
    else:
        yield Problem("wrong_type", here, "give what the documentation says")


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    held = dict(pairs)
    if len(held) < len(pairs):
        refuse("duplicate_key", "", "an object gives one key twice; keep one")
    return held


def _no_float(_: str) -> NoReturn:
    refuse(
        "not_an_integer",
        "",
        "the document has a number that is not whole; all numbers here are, and a length is "
        'text with a unit, such as "1.5 mm"',
    )


def _load(data: bytes | str, most: int) -> object:
    given = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if not isinstance(given, bytes):
        refuse("wrong_type", "", "give a document as bytes or text")
    if len(given) > most:
        refuse("too_large", "", f"give at most {most} bytes")
    try:
        return json.loads(
            given.decode("utf-8"),
            object_pairs_hook=_pairs,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except InputError:
        raise
    except (ValueError, RecursionError):
        pass
    # Outside the block: what was caught there carries the document.
    return refuse("not_json", "", "give one JSON document in UTF-8, without a byte order mark")


def assessment_from_json(data: bytes | str) -> Assessment:
    """
    Read an assessment.

    Args:
        data: A JSON object with ``"schema": 1`` and the fields of `Assessment`; in
            ``screening``, ``complete`` tells whether everything was asked.

    Raises:
        InputError: With every problem found, each with its path; never what was given.

    >>> assessment_from_json('{"schema": 1}')
    Traceback (most recent call last):
    microneedling.errors.InputError: $.on: this key is missing; give it [missing_key]
    $.site: this key is missing; give it [missing_key]
    $.setting: this key is missing; give it [missing_key]
    $.concerns: this key is missing; give it [missing_key]
    """
    return _structured(_fields_of(_load(data, MOST_BYTES), "$"), Assessment)


def _fields_of(document: object, path: str) -> dict[str, object]:
    """Take a document's fields, after its schema."""
    if type(document) is not dict:
        refuse("wrong_type", path, "give one JSON object")
    fields = dict(document)
    schema = fields.pop("schema", None)
    if type(schema) is not int or schema != SCHEMA:
        refuse("unknown_schema", f"{path}.schema", f"give the schema number {SCHEMA}")
    return fields


def _structured(fields: dict[str, object], kind: type[T]) -> T:
    try:
        return _converter().structure(fields, kind)
    except (BaseValidationError, InputError, KeyError) as error:
        problems = tuple(_problems(error, "$"))
    raise InputError(*problems)


def progress_from_json(data: bytes | str, *editions: Knowledge) -> Progress:
    """
    Read a ledger, and check all of it as if it were recorded anew.

    Args:
        data: What `to_json` wrote of it.
        editions: At least the editions that the document names; loaded by the caller, since
            nothing is loaded in secret.

    Raises:
        InputError: With every problem found, each with its path; never what was given.
    """
    known = collected(editions, "editions", Knowledge)
    fields = _fields_of(_load(data, MOST_LEDGER_BYTES), "$")
    entries = fields.get("entries")
    if type(entries) is list and len(entries) > MOST_ENTRIES:
        refuse("too_large", "$.entries", f"give at most {MOST_ENTRIES} entries")
    if "assessment" in fields:
        fields["assessment"] = _fields_of(fields["assessment"], "$.assessment")
    ledger = _structured(fields, _Ledger)
    held = {(knowledge.id, knowledge.digest): knowledge for knowledge in known}
    for place, named in enumerate(ledger.editions):
        if (named.id, named.digest) not in held:
            refuse("edition_missing", f"$.editions[{place}]", "give the edition that is named here")
    if not ledger.editions:
        refuse("empty", "$.editions", "name the editions that the ledger was kept under")
    kept = [held[named.id, named.digest] for named in ledger.editions]
    options = recommend(ledger.assessment, kept[0]).options
    course = next((option for option in options if option.protocols == ledger.protocols), None)
    if course is None:
        refuse("not_offered", "$.protocols", "name a course that is offered for the assessment")
    return within(
        "$.",
        lambda: Progress(
            assessment=ledger.assessment, course=course, editions=kept, entries=ledger.entries
        ),
    )


def schedule_from_json(data: bytes | str, progress: Progress) -> Schedule:
    """
    Read a schedule, for the course of a ledger.

    Args:
        data: What `to_json` wrote of it.
        progress: The ledger of the same course, from which the course is taken.

    Raises:
        InputError: With every problem found, each with its path; never what was given.
            ``other_course`` if the document is of another course.
    """
    instance(progress, "progress", Progress)
    fields = _fields_of(_load(data, MOST_LEDGER_BYTES), "$")
    # Written for readers without a ledger; the course is not read twice.
    for name in ("care", "course", "side_effects", "sources"):
        fields.pop(name, None)
    held = _structured(fields, _Days)
    if held.protocols != progress.course.protocols:
        refuse("other_course", "$.protocols", "give the ledger of the course that is named here")
    return within(
        "$.",
        lambda: Schedule(
            course=progress.course,
            start=held.start,
            sessions=held.sessions,
            revision=held.revision,
        ),
    )
