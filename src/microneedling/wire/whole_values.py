"""Values that are more than their own fields: answers, editions, and what names one."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache, partial
from typing import Annotated, Any

from attrs import evolve, field, frozen, make_class

from microneedling._foundation.checks import refuse, within
from microneedling._foundation.errors import InputError, KnowledgeError, Problem
from microneedling._foundation.field_bounds import AtLeastOne, Line, Reckoned
from microneedling._foundation.value_class import Value
from microneedling.deciding.recommending import provenance_of, recommend
from microneedling.knowledge.comparison import Comparison
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.loading import from_tables
from microneedling.treating.ledger import Progress
from microneedling.treating.treatment import Treatment
from microneedling.values.assessments import Assessment
from microneedling.values.courses import Course
from microneedling.values.reasons import Effect, Reason, Step, Verdict
from microneedling.values.recommendations import ANSWERS, Answer, Defer, Provenance
from microneedling.values.visits import VisitAnswer
from microneedling.wire import verifying
from microneedling.wire.document_kinds import (
    ANSWER_FAMILY,
    FORM,
    REFERENCE,
    STEP_FAMILY,
    TEXTS,
    VALUE,
    caps,
    family_of,
    shared_by,
)
from microneedling.wire.ledgers import Editions, progress, treatment
from microneedling.wire.parsing import is_plain
from microneedling.wire.problems import missing, unknown_keys
from microneedling.wire.reading_modes import Fields, Kind, Quick, Way
from microneedling.wire.structuring import NotQuickError
from microneedling.wire.writing import checksum

__all__ = [
    "AnswerDocument",
    "ProblemDocument",
    "ReferenceDocument",
    "VisitDocument",
    "is_all_fields",
    "is_reference",
    "referred",
    "whole",
]


@cache
def is_all_fields(kind: Kind) -> bool:
    """Tell whether a document has the fields of its class and nothing besides."""
    apart = shared_by(kind) or family_of(kind) or kind in _SPECIAL or kind in TEXTS
    return not apart and issubclass(kind, Value)


def whole(way: Way, fields: Fields, kind: Kind, editions: Editions) -> Any:  # noqa: ANN401 - of that kind
    """
    Read the value that a document holds, and hold it against its edition.

    Args:
        way: How it is read.
        fields: The document without its schema and what is shared.
        kind: The class of the value.
        editions: Those that were given.
    """
    family = family_of(kind)
    if family is ANSWER_FAMILY:
        return _answer(way, fields, kind, editions)
    special = _SPECIAL.get(kind)
    if special is not None:
        return special(way, fields, editions)
    if kind in TEXTS or (family is None and issubclass(kind, Enum)):
        held = way.part(_single(kind), fields, "$")
        return None if held is None else held.value
    value = way.part(kind, fields, "$")
    if value is None or family is None:
        return value
    _check_kind(way, value, kind, family.tag)
    if family is STEP_FAMILY:
        _back(way, value.provenance, editions, partial(verifying.unbacked_step, value))
    return value


def _check_kind(way: Way, value: object, kind: Kind, tag: str) -> None:
    if isinstance(kind, type) and not isinstance(value, kind):
        message = "this is a document of another class; read it as that"
        way.wrong(Problem("wrong_kind", f"$.{tag}", message))


def _back(
    way: Way,
    of: Provenance | Comparison,
    editions: Editions,
    unbacked: Callable[[Knowledge], Iterable[Problem]],
    path: str = "$.provenance",
) -> None:
    """Hold a value against the edition that it names, at a path."""
    way.wrong(*unbacked(verifying.edition(editions, of.edition, of.digest, path)))


@cache
def _single(kind: type) -> type:
    """Make the class of a document that holds a text or a code by itself."""
    return make_class("Single", {VALUE: field(type=kind)}, bases=(Value,), frozen=True)


@frozen(kw_only=True, repr=False)
class AnswerDocument(Value):
    """The document of an answer; the courses stand apart from the reasons that offer them."""

    verdict: Verdict
    until: Annotated[date, Reckoned()] | None
    assessment: Assessment
    provenance: Provenance
    reasons: tuple[Reason, ...]
    options: tuple[Course, ...]
    ignored: tuple[str, ...]
    trace: tuple[Step, ...]


def _answer(way: Way, fields: Fields, kind: Kind, editions: Editions) -> Answer | None:
    held: AnswerDocument | None = way.part(AnswerDocument, fields, "$")
    answer = None if held is None else _made(way, held, "$")
    if answer is not None:
        _check_kind(way, answer, kind, "verdict")
        _back(way, answer.provenance, editions, partial(verifying.unbacked_answer, answer))
    return answer


def _made(way: Way, held: AnswerDocument, path: str) -> Answer | None:
    """Make the answer that a document at a path holds."""
    made = ANSWERS[held.verdict.rank + 1]
    offering = [reason for reason in held.reasons if reason.effect is Effect.OFFER]
    if len(offering) != len(held.options) or any(r.course is not None for r in held.reasons):
        message = "give one course for each reason that offers one, in their order, and here only"
        way.wrong(Problem("contradiction", f"{path}.options", message))
        return None
    options = iter(held.options)
    answer = within(
        f"{path}.",
        lambda: made(
            assessment=held.assessment,
            provenance=held.provenance,
            reasons=tuple(
                evolve(reason, course=next(options)) if reason.effect is Effect.OFFER else reason
                for reason in held.reasons
            ),
            ignored=held.ignored,
            trace=held.trace,
        ),
    )
    if held.until != (answer.until if isinstance(answer, Defer) else None):
        message = "give the day that follows from the reasons"
        way.wrong(Problem("contradiction", f"{path}.until", message))
    return answer


@frozen(kw_only=True, repr=False)
class ReferenceDocument(Value):
    """What an answer is rebuilt of, and the checksum by which it is told to be the same."""

    verdict: Verdict
    assessment: Assessment
    edition: str
    digest: str
    engine: Annotated[str, Line(20)]
    sha256: str


def is_reference(fields: Fields, kind: Kind) -> bool:
    """Tell whether it is the document of an answer, and only refers to it."""
    return family_of(kind) is ANSWER_FAMILY and FORM in fields


def referred(way: Way, fields: Fields, kind: Kind, editions: Editions) -> Answer | None:
    """Rebuild the answer that a document refers to; it must be the very one."""
    form = fields.pop(FORM)
    if type(form) is not str or form != REFERENCE:
        refuse("unknown_code", f"$.{FORM}", f"give {REFERENCE}, or leave it out of a whole answer")
    held: ReferenceDocument | None = way.part(ReferenceDocument, fields, "$")
    if held is None:
        return None
    unknown = [*verifying.unknown_engines([(held.engine, "engine")])]
    if unknown:
        raise InputError(*unknown)
    knowledge = verifying.edition(editions, held.edition, held.digest, "$.digest")
    answer = recommend(held.assessment, knowledge)
    # What an earlier version of the logic said is the same, if all but its number is.
    if answer.provenance.engine != held.engine:
        answer = evolve(answer, provenance=provenance_of(knowledge, held.engine))
    if answer.verdict is not held.verdict:
        way.wrong(_another("$.verdict"))
    elif checksum(answer) != held.sha256:
        way.wrong(_another("$.sha256"))
    _check_kind(way, answer, kind, "verdict")
    return answer


def _another(path: str) -> Problem:
    message = (
        "the answer that is rebuilt is another one: the document was changed, or an earlier "
        "version of the logic wrote it; read it with the release that wrote it"
    )
    return Problem("contradiction", path, message)


@frozen(kw_only=True, repr=False)
class VisitDocument(Value):
    """The document of the answers for one visit, each as it is by itself."""

    answers: Annotated[tuple[AnswerDocument, ...], AtLeastOne("answer")]
    binding: tuple[Reason, ...]
    notices: tuple[Reason, ...]


def _visit(way: Way, fields: Fields, editions: Editions) -> VisitAnswer | None:
    held: VisitDocument | None = way.part(VisitDocument, fields, "$")
    if held is None:
        return None
    answers = [_made(way, one, f"$.answers[{n}]") for n, one in enumerate(held.answers)]
    made = tuple(answer for answer in answers if answer is not None)
    if len(made) < len(answers):
        return None
    visit = within(
        "$.",
        lambda: VisitAnswer(answers=made, binding=held.binding, notices=held.notices),
    )
    unbacked = partial(verifying.unbacked_visit, visit)
    _back(way, visit.provenance, editions, unbacked, "$.answers[0].provenance")
    return visit


def _knowledge(way: Way, fields: Fields, _: Editions) -> Knowledge | None:
    if "tables" not in fields:
        way.wrong(missing("$.tables"))
    elif len(fields) > 1:
        way.wrong(unknown_keys(len(fields) - 1, ["tables"], "$"))
    tables = fields.get("tables")
    if "tables" not in fields:
        return None
    if type(way) is Quick and type(tables) is tuple:
        raise NotQuickError
    # What is not plain JSON would write as something else.
    if type(tables) is dict and is_plain(tables, *caps(Knowledge)):
        try:
            return from_tables(tables)
        except (KnowledgeError, InputError, ValueError):
            pass
    # Outside the block: what was caught there may carry the document.
    message = "these tables are no edition; `from_tables` tells table, row and field"
    return refuse("no_edition", "$.tables", message)


def _comparison(way: Way, fields: Fields, editions: Editions) -> Comparison | None:
    held: Comparison | None = way.part(Comparison, fields, "$")
    if held is not None:
        _back(way, held, editions, partial(verifying.unbacked_comparison, held), "$")
    return held


@frozen(kw_only=True, repr=False)
class ProblemDocument(Value):
    """The document of a problem."""

    code: str
    path: str
    message: str


def _problem(way: Way, fields: Fields, _: Editions) -> Problem | None:
    held: ProblemDocument | None = way.part(ProblemDocument, fields, "$")
    return None if held is None else Problem(held.code, held.path, held.message)


_SPECIAL: Mapping[Kind, Callable[[Way, Fields, Editions], object]] = {
    Comparison: _comparison,
    Knowledge: _knowledge,
    Problem: _problem,
    Progress: progress,
    Treatment: treatment,
    VisitAnswer: _visit,
}
