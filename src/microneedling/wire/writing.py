"""Documents out: canonical JSON."""

import json
from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import singledispatch
from typing import cast

import attrs

from microneedling._checks import refuse
from microneedling.assessments import Assessment, Device
from microneedling.courses import CareStep, Course
from microneedling.effects import SideEffect
from microneedling.events import Entry, SessionDone
from microneedling.evidence import Citation, Disagreement, Source
from microneedling.findings import Screening
from microneedling.progress import Progress
from microneedling.recommendations import Defer, Offer, Reason, Recommendation
from microneedling.schedules import Schedule
from microneedling.steps import Complete, NextStep, Pause, Proceed, Stop, Wait
from microneedling.wire.form import KEYS, KIND, SCHEMA, kind_of

__all__ = ["to_json"]


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
    return {KEYS.get(name, name): part for name, part in fields.items()}


@_plain.register
def _(value: Device) -> object:
    # As in the documents that are read.
    label = value.label_maximum
    return {"kind": value.kind.value, "label_maximum": str(label) if label else None}


@_plain.register
def _(value: Entry) -> object:
    event = {KIND: kind_of(type(value.event)), **_fields(value.event)}
    if isinstance(value.event, SessionDone):
        event["needle_length"] = str(value.event.needle_length)
    return {**_fields(value), "event": event}


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


def to_json(value: Recommendation | Progress | Schedule | NextStep) -> bytes:
    """
    Write a recommendation, a ledger, a schedule or a next step: same value, same bytes.

    Sources, care steps and side effects stand once, and are named by their ids
    elsewhere; an offer's courses stand under ``options``. What stands under
    ``assessment`` can be read again by `assessment_from_json`, and a ledger by
    `progress_from_json`.

    Raises:
        InputError: If it is given anything else.
    """
    document = {"schema": SCHEMA, **_document(value)}
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"{text}\n".encode("ascii")


@singledispatch
def _document(_: object) -> dict[str, object]:
    return refuse(
        "wrong_type", "value", "give a recommendation, a ledger, a schedule or a next step"
    )


@_document.register
def _(answer: Recommendation) -> dict[str, object]:
    options: tuple[Course, ...] = answer.options
    return {
        "verdict": answer.verdict.value,
        "until": _plain(answer.until) if isinstance(answer, Defer) else None,
        "assessment": _assessment(answer.assessment),
        "provenance": _plain(answer.provenance),
        "reasons": [_reason(reason) for reason in answer.reasons],
        "options": _plain(options),
        "ignored": list(answer.ignored),
        "trace": _plain(answer.trace),
        "sources": _sources(answer.sources),
        "care": {
            s.code: _fields(s) for s in (options[0].care if isinstance(answer, Offer) else ())
        },
        "side_effects": {e.id: _fields(e) for course in options for e in course.side_effects},
    }


def _assessment(value: Assessment) -> dict[str, object]:
    return {"schema": SCHEMA, **_fields(value)}


def _reason(reason: Reason) -> dict[str, object]:
    """Write a reason without its course, which stands elsewhere."""
    fields = _fields(attrs.evolve(reason, course=None))
    del fields["course"]
    return fields


def _sources(sources: Iterable[Source]) -> dict[str, object]:
    return {source.id: _fields(source) for source in sources}


@_document.register
def _(progress: Progress) -> dict[str, object]:
    return {
        "assessment": _assessment(progress.assessment),
        "protocols": list(progress.course.protocols),
        "editions": [{"id": k.id, "digest": k.digest} for k in progress.editions],
        "entries": [_plain(entry) for entry in progress.entries],
    }


@_document.register
def _(schedule: Schedule) -> dict[str, object]:
    return {
        **_fields(schedule),
        "protocols": list(schedule.course.protocols),
        "care": {step.code: _fields(step) for step in schedule.course.care},
        "side_effects": {e.id: _fields(e) for e in schedule.course.side_effects},
        "sources": _sources(schedule.course.sources),
    }


@_document.register(Proceed)
@_document.register(Wait)
@_document.register(Pause)
@_document.register(Complete)
@_document.register(Stop)
def _(step: NextStep) -> dict[str, object]:
    reasons = (*step.why, *step.notices)
    cited: list[Citation | Disagreement] = [c for r in reasons for c in r.citations]
    cited += [other for reason in reasons for other in reason.disagreements]
    cited += [c for response in step.responses for c in response.citations]
    return {
        **_fields(step),
        "move": step.move.value,
        "why": [_reason(reason) for reason in step.why],
        "notices": [_reason(reason) for reason in step.notices],
        "sources": _sources({c.source.id: c.source for c in cited}.values()),
    }
