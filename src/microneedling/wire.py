"""
Documents in and out: strict JSON. The only room that knows cattrs.

Nothing is coerced: a key that is unknown, missing or given twice, a float, a boolean for a
number or a number for text are refused. All problems are reported
together, each with its path; none repeats what was given.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from enum import Enum
from functools import cache, singledispatch
from typing import NoReturn, TypeVar, cast

import attrs
from cattrs import BaseValidationError, Converter, IterableValidationError, IterableValidationNote
from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from microneedling._checks import refuse, unknown_code
from microneedling.assessments import Assessment, Concern, Device, Preferences
from microneedling.courses import CareStep, Course
from microneedling.effects import SideEffect
from microneedling.errors import InputError, Problem
from microneedling.evidence import Source
from microneedling.findings import Exposure, Screening
from microneedling.lengths import NeedleLength
from microneedling.recommendations import Defer, Offer, Recommendation
from microneedling.vocabulary import (
    DeviceKind,
    Finding,
    Indication,
    Setting,
    Severity,
    Site,
    SkinType,
)

__all__ = ["SCHEMA", "assessment_from_json", "to_json"]

SCHEMA = 1
_MOST_BYTES = 1_000_000
# Keys of documents that are not named as the field is.
_KEYS = {"everything_asked": "complete"}
# What a value read from one text calls itself; in a document that is the key's own place.
_WHOLE_VALUE = {"", "text", "um"}
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

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


def _day(value: object, _: object) -> date:
    # Python also reads basic and week dates; only one spelling is ours.
    if type(value) is str and _ISO_DATE.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return refuse("not_a_date", "", 'give a date as text, "YYYY-MM-DD"')


@cache
def _converter() -> Converter:
    made = Converter(forbid_extra_keys=True)
    made.register_structure_hook(int, _exactly(int, "a whole number"))
    made.register_structure_hook(bool, _exactly(bool, "true or false"))
    made.register_structure_hook(str, _exactly(str, "text"))
    made.register_structure_hook(date, _day)
    made.register_structure_hook(NeedleLength, lambda value, _: NeedleLength.parse(value))
    for codes in (DeviceKind, Finding, Indication, Setting, Severity, Site, SkinType):
        made.register_structure_hook(codes, _code)
    made.register_structure_hook_func(
        _is_collection, lambda value, to: _collection(made, value, to)
    )
    # Parts before wholes: a whole keeps the hooks its parts have when it is made.
    for kind in (Exposure, Concern, Device, Preferences):
        made.register_structure_hook(kind, _object(made, kind))
    made.register_structure_hook(
        Screening,
        _object(made, Screening, **{field: override(rename=key) for field, key in _KEYS.items()}),
    )
    made.register_structure_hook(Assessment, _object(made, Assessment))
    return made


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
            return f".{_KEYS.get(note.name, note.name)}"
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
        known = ", ".join(str(_KEYS.get(f.name, f.name)) for f in attrs.fields(error.cl) if f.init)
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


def _load(data: bytes | str) -> object:
    given = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if not isinstance(given, bytes):
        refuse("wrong_type", "", "give a document as bytes or text")
    if len(given) > _MOST_BYTES:
        refuse("too_large", "", f"give at most {_MOST_BYTES} bytes")
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
    document = _load(data)
    if type(document) is not dict:
        refuse("wrong_type", "$", "give one JSON object")
    fields = dict(document)
    schema = fields.pop("schema", None)
    if type(schema) is not int or schema != SCHEMA:
        refuse("unknown_schema", "$.schema", f"give the schema number {SCHEMA}")
    try:
        return _converter().structure(fields, Assessment)
    except (BaseValidationError, InputError, KeyError) as error:
        problems = tuple(_problems(error, "$"))
    raise InputError(*problems)


@singledispatch
def _plain(value: object) -> object:
    """Turn a value into what JSON takes."""
    return _fields(value) if attrs.has(type(value)) else value


@_plain.register
def _(value: Enum) -> object:
    return value.value


@_plain.register
def _(value: date) -> object:
    return value.isoformat()


@_plain.register
def _(value: tuple) -> object:  # type: ignore[type-arg]
    return [_plain(part) for part in value]


@_plain.register
def _(value: frozenset) -> object:  # type: ignore[type-arg]
    return sorted(str(_plain(part)) for part in value)


@_plain.register
def _(value: Screening) -> object:
    # Once each and in one order: neither makes a difference to the value.
    present = sorted(set(value.present), key=lambda exposure: exposure.finding)
    fields = {**_fields(value), "present": _plain(tuple(present))}
    return {_KEYS.get(name, name): part for name, part in fields.items()}


@_plain.register
def _(value: Device) -> object:
    # As in the documents that are read.
    label = value.label_maximum
    return {"kind": value.kind.value, "label_maximum": str(label) if label else None}


# These stand once in a document and are named by their ids elsewhere.
@_plain.register(Source)
@_plain.register(SideEffect)
def _(value: Source | SideEffect) -> object:
    return value.id


@_plain.register
def _(value: CareStep) -> object:
    return value.code


def _fields(value: object) -> dict[str, object]:
    kind = cast("type[attrs.AttrsInstance]", type(value))
    # What is derived is not part of a document.
    return {f.name: _plain(getattr(value, f.name)) for f in attrs.fields(kind) if f.init}


def to_json(answer: Recommendation) -> bytes:
    """
    Write a whole recommendation: same value, same bytes.

    Sources, care steps and side effects stand once, and are named by their ids
    elsewhere; an offer's courses stand under ``options``. What stands under
    ``assessment`` can be read again by `assessment_from_json`.
    """
    options: tuple[Course, ...] = answer.options
    reasons = []
    for reason in answer.reasons:
        fields = _fields(attrs.evolve(reason, course=None))
        del fields["course"]
        reasons.append(fields)
    document: Mapping[str, object] = {
        "schema": SCHEMA,
        "verdict": answer.verdict.value,
        "until": _plain(answer.until) if isinstance(answer, Defer) else None,
        "assessment": {"schema": SCHEMA, **_fields(answer.assessment)},
        "provenance": _plain(answer.provenance),
        "reasons": reasons,
        "options": _plain(options),
        "ignored": list(answer.ignored),
        "trace": _plain(answer.trace),
        "sources": {source.id: _fields(source) for source in answer.sources},
        "care": {
            s.code: _fields(s) for s in (options[0].care if isinstance(answer, Offer) else ())
        },
        "side_effects": {e.id: _fields(e) for course in options for e in course.side_effects},
    }
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"{text}\n".encode("ascii")
