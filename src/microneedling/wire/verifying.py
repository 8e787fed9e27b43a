"""What a document says in the name of an edition, held against that edition."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from attrs import evolve

from microneedling._foundation.checks import refuse
from microneedling._foundation.errors import InputError, Problem
from microneedling.deciding.recommending import ENGINE, ENGINES, provenance_of, recommend
from microneedling.deciding.visiting import recommend_visit
from microneedling.knowledge.comparison import Comparison, compare
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.loading import editions, load
from microneedling.values.courses import Course
from microneedling.values.evidence import Source
from microneedling.values.next_steps import NextStep
from microneedling.values.reasons import Effect, Reason
from microneedling.values.recommendations import Answer, Provenance
from microneedling.values.visits import VisitAnswer

__all__ = [
    "each_edition",
    "edition",
    "unbacked_answer",
    "unbacked_comparison",
    "unbacked_step",
    "unbacked_visit",
    "unknown_engines",
]

_COMPARED = ("provenance", "reasons", "ignored", "trace")


def edition(given: Iterable[Knowledge], name: str, digest: str, path: str) -> Knowledge:
    """
    Find an edition by its id and digest: among those given, or those that ship.

    Raises:
        InputError: ``edition_missing`` if there is none.
    """
    for knowledge in given:
        if knowledge.digest == digest and knowledge.id == name:
            return knowledge
    if name in editions() and load(name).digest == digest:
        return load(name)
    return refuse(
        "edition_missing", path, "give the edition that is named here by its id and digest"
    )


def each_edition(
    given: Collection[Knowledge], named: Iterable[tuple[str, str]], path: str
) -> tuple[Knowledge, ...]:
    """
    Find editions by their ids and digests.

    Raises:
        InputError: ``edition_missing`` for each that there is not.
    """
    found: list[Knowledge] = []
    problems: list[Problem] = []
    for place, (name, digest) in enumerate(named):
        try:
            found.append(edition(given, name, digest, f"{path}[{place}]"))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*problems)
    return tuple(found)


def unbacked_answer(answer: Answer, knowledge: Knowledge) -> Iterator[Problem]:
    """
    Tell where an answer is not the edition's.

    One that this version of the logic gave must be what it gives. One that an earlier version
    gave must rest on nothing but the edition, and offer nothing that it does not document.
    """
    yield from unknown_engines([(answer.provenance.engine, "provenance.engine")])
    if answer.provenance.engine != ENGINE:
        yield from _foreign(answer.provenance, answer.sources, knowledge)
        for place, course in enumerate(answer.options):
            yield from _unbacked_course(course, knowledge, f"options[{place}]")
        return
    right = recommend(answer.assessment, knowledge)
    if type(right) is not type(answer):
        yield _differs("verdict")
        return
    for name in _COMPARED:
        here, there = getattr(answer, name), getattr(right, name)
        if here == there:
            continue
        if name == "provenance" or len(here) != len(there):
            yield _differs(name)
            continue
        for place, (one, other) in enumerate(zip(here, there, strict=True)):
            if one != other:
                yield _differs(_option(here, place, other) or f"{name}[{place}]")


def unbacked_visit(answer: VisitAnswer, knowledge: Knowledge) -> Iterator[Problem]:
    """
    Tell where the answers for a visit are not the edition's.

    Each by itself first, and then that they are joined: what one area knows of the person all do.
    """
    alone: list[Problem] = []
    for number, one in enumerate(answer.answers):
        alone += [
            Problem(p.code, p.path.replace("$", f"$.answers[{number}]", 1), p.message)
            for p in unbacked_answer(one, knowledge)
        ]
    if alone:
        yield from alone
        return
    if answer.provenance.engine != ENGINE:
        yield from _foreign(answer.provenance, answer.sources, knowledge)
        return
    try:
        right = recommend_visit(answer.visit, knowledge)
    except InputError:
        yield _differs("answers")
        return
    for name in ("answers", "binding", "notices"):
        if getattr(answer, name) != getattr(right, name):
            yield _differs(name)


def unknown_engines(named: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """
    Tell of versions of the logic that there never were, or are not known yet.

    Args:
        named: Each with its path.
    """
    for engine, path in named:
        if engine not in ENGINES:
            message = (
                "no such version of the logic is known; read it with the release that wrote it"
            )
            yield Problem("unknown_engine", f"$.{path}", message)


def _option(reasons: tuple[Any, ...], place: int, right: Any) -> str | None:  # noqa: ANN401 - any answer
    """Give the place of an option, where only the course of its reason is another one."""
    one = reasons[place]
    if type(one) is not Reason or evolve(one, course=right.course) != right:
        return None
    return f"options[{sum(reason.effect is Effect.OFFER for reason in reasons[:place])}]"


def unbacked_step(step: NextStep, knowledge: Knowledge) -> Iterator[Problem]:
    """Tell where a next step rests on something else than the edition; its ledger is not here."""
    cited = [citation for response in step.responses for citation in response.citations]
    sources = {citation.source for citation in cited}
    for reason in (*step.why, *step.notices):
        sources.update(citation.source for citation in reason.citations)
        sources.update(other.source for other in reason.disagreements)
        if reason.course is not None:
            sources.update(reason.course.sources)
    yield from unknown_engines([(step.provenance.engine, "provenance.engine")])
    yield from _foreign(step.provenance, sources, knowledge)
    for name in ("why", "notices"):
        for place, reason in enumerate(getattr(step, name)):
            if reason.course is not None:
                yield from _unbacked_course(reason.course, knowledge, f"{name}[{place}].course")
    # The last is what an edition gives where it has none.
    known = {*knowledge.responses, knowledge._no_response}  # noqa: SLF001 - the edition's own
    for place, response in enumerate(step.responses):
        if response not in known:
            yield _differs(f"responses[{place}]")


def unbacked_comparison(comparison: Comparison, knowledge: Knowledge) -> Iterator[Problem]:
    """Tell where a comparison is not what the edition gives."""
    if compare(comparison.left, comparison.right, knowledge) != comparison:
        yield _differs("rows")


def _foreign(
    provenance: Provenance, sources: Iterable[Source], knowledge: Knowledge
) -> Iterator[Problem]:
    if provenance != provenance_of(knowledge, provenance.engine):
        yield _differs("provenance")
    own = set(knowledge.sources)
    if not own.issuperset(sources):
        yield _differs("shared.sources")


def _unbacked_course(course: Course, knowledge: Knowledge, path: str) -> Iterator[Problem]:
    """Tell where a course goes beyond what the edition documents, whoever put it together."""
    rows = {protocol.id: protocol for protocol in knowledge.protocols}
    if not rows.keys() >= {*course.protocols}:
        yield _differs(f"{path}.protocols")
        return
    for protocol in [rows[name] for name in course.protocols]:
        if course.lengths.intersection(protocol.lengths) != course.lengths:
            yield _differs(f"{path}.lengths")
        counts, days = course.sessions, course.interval
        if counts and protocol.sessions and counts.intersection(protocol.sessions) != counts:
            yield _differs(f"{path}.sessions")
        held = protocol.interval
        if days and held and not held.minimum_days <= days.minimum_days <= held.maximum_days:
            yield _differs(f"{path}.interval.minimum_days")
        if days and held and days.maximum_days > held.maximum_days:
            yield _differs(f"{path}.interval.maximum_days")
    rows_told: tuple[tuple[str, Iterable[object], Iterable[object]], ...] = (
        ("needs", knowledge.needs, course.needs),
        ("care", knowledge.care, course.care),
        ("side_effects", knowledge.effects, course.side_effects),
        ("red_flags", knowledge.responses, course.red_flags),
    )
    for name, documented, told in rows_told:
        if not {*documented}.issuperset(told):
            yield _differs(f"{path}.{name}")


def _differs(path: str) -> Problem:
    return Problem("contradiction", f"$.{path}", "the edition that is named says otherwise here")
