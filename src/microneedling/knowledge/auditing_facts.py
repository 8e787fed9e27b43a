"""What facts, responses and needs have to be together: followed, answered, total."""

from itertools import product

from microneedling._foundation.errors import KnowledgeError
from microneedling.knowledge.facts import STATEMENTS
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.applicability import EVERYBODY, AppliesTo
from microneedling.values.lengths import NeedleLength
from microneedling.values.session_rows import NeedAspect
from microneedling.values.vocabulary import Indication, Setting, Severity, SideEffectCode, Site

__all__ = ["aspects_follow_one", "needs_are_answered", "responses_are_total"]


def aspects_follow_one(knowledge: Knowledge) -> None:
    """Of each length and aspect one row is followed."""
    followed: dict[tuple[object, object], int] = {}
    for fact in knowledge.aspects:
        if fact.code not in STATEMENTS[fact.aspect]:
            raise KnowledgeError("aspects", fact.id, "code", "no such statement on this aspect")
        pair = (fact.length, fact.aspect)
        followed[pair] = followed.get(pair, 0) + fact.followed
    for fact in knowledge.aspects:
        if followed[fact.length, fact.aspect] != 1:
            raise KnowledgeError(
                "aspects", fact.id, "follows", "follow exactly one row for each length and aspect"
            )


def responses_are_total(knowledge: Knowledge) -> None:
    """One response for each effect, severity and day, never milder for worse or later."""
    starts = {response.from_day for response in knowledge.responses}
    ends = {response.to_day + 1 for response in knowledge.responses if response.to_day is not None}
    days = sorted({0} | starts | ends)
    for effect in SideEffectCode:
        before: dict[Severity, int] = {}
        for day in days:
            milder = 0
            for severity in Severity:
                held = [r for r in knowledge.responses if r.covers(effect, severity, day)]
                where = f"{effect.value}, {severity.value}, day {day}"
                if len(held) != 1:
                    raise KnowledgeError(
                        "responses", where, "", f"{len(held)} rows answer this; make it exactly one"
                    )
                rank = held[0].action.rank
                if rank < milder or rank < before.get(severity, 0):
                    raise KnowledgeError(
                        "responses", where, "action", "milder than for a milder or earlier case"
                    )
                if held[0].red_flag and held[0].action.value not in {"refer", "emergency"}:
                    raise KnowledgeError("responses", where, "action", "a red flag refers at least")
                milder = before[severity] = rank


def needs_are_answered(knowledge: Knowledge) -> None:
    """For every indication, place, setting and length each aspect has a row that asks no more."""
    held = [
        (need.aspect, need.applies_to)
        for need in knowledge.needs
        if not (need.applies_to.findings or need.applies_to.skin_types or need.applies_to.devices)
    ]
    for aspect in NeedAspect:
        rows = [row for other, row in held if other is aspect]
        if EVERYBODY not in rows:
            _answered_everywhere(knowledge, aspect, rows)


def _answered_everywhere(knowledge: Knowledge, aspect: NeedAspect, rows: list[AppliesTo]) -> None:
    bounds = [row.lengths for row in rows if row.lengths is not None]
    # Of each stretch on which the answer is one: where it begins.
    starts = {NeedleLength.MIN.um}
    starts |= {bound.shortest.um for bound in bounds}
    starts |= {bound.longest.um + 1 for bound in bounds if bound.longest != NeedleLength.MAX}
    lengths = [NeedleLength(um) for um in sorted(starts)]
    for indication, site, setting in product(Indication, Site, Setting):
        kinds = knowledge.kinds(indication)
        here = [row for row in rows if knowledge.is_for(row, kinds, site, setting)]
        if any(row.lengths is None for row in here):
            continue
        for length in lengths:
            if not any(row.lengths is not None and length in row.lengths for row in here):
                where = f"{aspect.value}, {indication.value}, {site.value}, {setting.value}"
                message = f"no row answers it at {length}; add one, if only as not published"
                raise KnowledgeError("needs", where, "for", message)
