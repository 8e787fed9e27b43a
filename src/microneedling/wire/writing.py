"""Documents out: canonical JSON. The same value gives the same bytes, on every machine."""

import json
from collections.abc import Callable
from contextvars import ContextVar
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeAlias

from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from microneedling._foundation.checks import refuse, text
from microneedling._foundation.errors import Problem
from microneedling._foundation.field_bounds import Shape, declared, shape
from microneedling._foundation.value_class import Value
from microneedling.knowledge.knowledge import Knowledge
from microneedling.treating.ledger import Progress
from microneedling.treating.treatment import Treatment
from microneedling.values.findings import Screening
from microneedling.values.recommendations import Answer, Defer, Provenance
from microneedling.values.visits import VisitAnswer
from microneedling.wire.document_kinds import (
    ANSWER_FAMILY,
    FORM,
    NAMED,
    REFERENCE,
    SCHEMA,
    SHARED,
    TEXTS,
    VALUE,
    WHOLE,
    Family,
    family_of,
    is_public,
    key,
    shared_by,
)

__all__ = ["Form", "checksum", "to_dict", "to_json"]

Write: TypeAlias = Callable[[Any], Any]
Document: TypeAlias = dict[str, Any]
Form: TypeAlias = Literal["whole", "reference"]


def to_json(value: Any, *, form: Form = "whole") -> bytes:  # noqa: ANN401 - any public value
    r"""
    Write a value as a document: the same value gives the same bytes.

    ASCII, keys sorted, no spaces, one line with a line feed at its end. Sources, needs, care,
    side effects and responses stand once, under ``shared``, and are named by their ids.

    Args:
        value: Any public value.
        form: ``"reference"`` writes of an answer only what it can be rebuilt of, in a few hundred
            bytes: the assessment, the edition's id and digest, the engine, the verdict and a
            checksum of the whole. `from_json` reads it as that whole answer.

    Raises:
        InputError: If it is anything else, or different parts of it have one id; or if a
            reference is asked for to what is no answer.

    >>> import microneedling as mn
    >>> mn.to_json(mn.SessionCount(3, 6))
    b'{"fewest":3,"most":6,"schema":1}\n'
    """
    document = to_dict(value, form=form)
    line = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"{line}\n".encode("ascii")


def to_dict(value: Any, *, form: Form = "whole") -> Document:  # noqa: ANN401 - any public value
    """
    Give the document of a value as plain data.

    Args:
        value: Any public value.
        form: As for `to_json`.

    Raises:
        InputError: As for `to_json`.

    >>> import microneedling as mn
    >>> mn.to_dict(mn.NeedleLength.parse("500 um"))
    {'schema': 1, 'value': '0.5 mm'}
    """
    kind: Any = type(value)
    if not is_public(kind):
        refuse("wrong_type", "value", "give a public value, such as an Assessment")
    if form != WHOLE:
        return _reference(value, form)
    names = shared_by(kind)
    if not names:
        return {"schema": SCHEMA, **_fields(value)}
    held: dict[type, dict[str, Any]] = {SHARED[name]: {} for name in names}
    token = _HELD.set(held)
    try:
        fields = _fields(value)
        # The last may name those before it.
        shared = {name: _rows(held[SHARED[name]]) for name in reversed(names)}
    finally:
        _HELD.reset(token)
    return {"schema": SCHEMA, **fields, "shared": shared}


def _reference(answer: Any, form: str) -> Document:  # noqa: ANN401 - any public value
    """Write what an answer can be rebuilt of, and a checksum of all of it."""
    if form != REFERENCE:
        refuse("unknown_code", "form", f"give {WHOLE} or {REFERENCE}")
    kind: Any = type(answer)
    if family_of(kind) is not ANSWER_FAMILY:
        refuse("wrong_type", "value", "give an answer; nothing else is written as a reference")
    made: Provenance = answer.provenance
    return {
        "schema": SCHEMA,
        FORM: REFERENCE,
        "verdict": answer.verdict.value,
        "assessment": _written(answer.assessment),
        "edition": made.edition,
        "digest": made.digest,
        "engine": made.engine,
        "sha256": checksum(answer),
    }


def checksum(value: Any) -> str:  # noqa: ANN401 - any public value
    """Give the SHA-256 of the whole document of a value."""
    # To load it takes as long as a decision.
    from hashlib import sha256

    return sha256(to_json(value)).hexdigest()


# What stands once in the document that is being written, by class and id.
_HELD: ContextVar[dict[type, dict[str, Any]]] = ContextVar("held")


def _rows(held: dict[str, Any]) -> list[Document]:
    return [_written(held[ident]) for ident in sorted(held)]


def _fields(value: Any) -> Document:  # noqa: ANN401 - any public value
    kind: Any = type(value)
    if isinstance(value, Enum) or kind in TEXTS:
        return {VALUE: _part(shape(kind))(value)}
    family = family_of(kind)
    if family is ANSWER_FAMILY:
        return _answer(value)
    special = _SPECIAL.get(kind)
    if special is not None:
        written: Document = special(value)
        return written
    fields: Document = (_object(kind) if family is None else _member(family))(value)
    return fields


@cache
def _object(kind: Any) -> Write:  # noqa: ANN401 - any class of ours
    """Make what writes the fields of a value; what is derived is not part of a document."""
    fields: dict[str, Any] = {
        name: override(rename=key(name), unstruct_hook=_part(held))
        for name, held in declared(kind).items()
    }
    write: Write = make_dict_unstructure_fn(kind, _CONVERTER, **fields)
    return _once_each(write) if kind is Screening else write


def _written(value: Any) -> Document:  # noqa: ANN401 - any value of ours
    kind: Any = type(value)
    fields: Document = _object(kind)(value)
    return fields


def _once_each(write: Write) -> Write:
    """Write findings once and in one order: neither makes a difference to the value."""

    def screening(value: Screening) -> Document:
        present = sorted(set(value.present), key=lambda exposure: exposure.finding)
        fields: Document = write(value)
        return {**fields, "present": [_written(exposure) for exposure in present]}

    return screening


_CONVERTER = Converter()


def _part(held: Shape) -> Write:
    """Make what writes a part of a value."""
    kind: Any = held.kind
    family = family_of(kind)
    if family is not None:
        write = _member(family)
    elif held.parts:
        write = _collection(held)
    elif issubclass(kind, Enum):
        # Plain text, not the member, which is text as well.
        write = {member: member.value for member in kind}.__getitem__
    elif kind in NAMED:
        write = _name
    elif held.is_day:
        write = date.isoformat
    elif kind in TEXTS:
        write = str
    elif issubclass(kind, Value):
        write = _object(kind)
    else:
        return lambda value: value
    return (lambda value: None if value is None else write(value)) if held.optional else write


def _collection(held: Shape) -> Write:
    write = _part(held.parts[0])
    if held.kind is frozenset:
        return lambda values: sorted(map(write, values))
    return lambda values: [*map(write, values)]


def _member(family: Family) -> Write:
    writes = {kind: (tag, _object(kind)) for kind, tag in family.tags.items()}

    def member(value: object) -> Document:
        tag, write = writes[type(value)]
        return {family.tag: tag, **write(value)}

    return member


def _name(part: Any) -> str:  # noqa: ANN401 - one of three classes
    """Put a part where it stands once, and give its id."""
    kind = type(part)
    ident: str = getattr(part, NAMED[kind])
    held = _HELD.get()[kind].setdefault(ident, part)
    if held is not part and held != part:
        refuse("ambiguous_id", "value", f"two parts of the class {kind.__name__} have one id")
    return ident


def _answer(answer: Answer) -> Document:
    """Write an answer, its courses apart from the reasons that offer them."""
    fields: Document = _written(answer)
    courses = [reason["course"] for reason in fields["reasons"]]
    for reason in fields["reasons"]:
        reason["course"] = None
    until = answer.until if isinstance(answer, Defer) else None
    return {
        "verdict": answer.verdict.value,
        "until": None if until is None else until.isoformat(),
        "options": [course for course in courses if course is not None],
        **fields,
    }


def _visit(visit: VisitAnswer) -> Document:
    return {
        "answers": [_answer(answer) for answer in visit.answers],
        "binding": [_written(reason) for reason in visit.binding],
        "notices": [_written(reason) for reason in visit.notices],
    }


def _progress(progress: Progress) -> Document:
    return {
        "assessment": _written(progress.assessment),
        "protocols": [*progress.course.protocols],
        "editions": [{"id": k.id, "digest": k.digest} for k in progress.editions],
        "entries": [_written(entry) for entry in progress.entries],
    }


def _treatment(treatment: Treatment) -> Document:
    return {
        "ledgers": [_progress(ledger) for ledger in treatment.ledgers],
        "plans": [
            {
                "start": plan.start.isoformat(),
                "sessions": [_written(session) for session in plan.sessions],
                "revision": plan.revision,
                "revised_on": None if plan.revised_on is None else plan.revised_on.isoformat(),
                "paused": bool(plan.paused),
            }
            for plan in treatment.plans
        ],
        "closed": sorted(day.isoformat() for day in treatment.closed),
        "until": None if treatment.until is None else treatment.until.isoformat(),
    }


def _problem(problem: Problem) -> Document:
    fields = problem._asdict()
    for name, held in fields.items():
        # A plain tuple, which checks nothing itself.
        text(held, name)
    return fields


_SPECIAL: dict[type, Write] = {
    Knowledge: lambda knowledge: {"tables": knowledge.plain()},
    Problem: _problem,
    Progress: _progress,
    Treatment: _treatment,
    VisitAnswer: _visit,
}
