"""What makes sense to ask where and for what, and the order of a careful intake."""

from collections.abc import Iterable

from microneedling.knowledge.finding_rules import FindingRule, Level
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.reasons import Effect, Reason
from microneedling.values.vocabulary import Finding, Indication, Site

__all__ = ["asked", "in_between", "in_order"]

# Asked about before all else.
_GRAVE = (Effect.REFER, Effect.DECLINE)


def asked(
    knowledge: Knowledge, rule: FindingRule, site: Site, indications: Iterable[Indication]
) -> bool:
    """
    Tell whether a finding's question makes sense at a site and for some indications.

    Where it makes sense at the site whose limits are inherited, or for the general indication, it
    makes sense at the one that inherits, and for the kind.
    """
    at, kinds = rule.asked_at, [kind for one in indications for kind in knowledge.kinds(one)]
    return (not at or site in at or knowledge.ruling(site).site in at) and (
        not rule.asked_for or any(kind in rule.asked_for for kind in kinds)
    )


def in_order(rules: Iterable[FindingRule]) -> list[FindingRule]:
    """
    Put findings in the order of a careful intake.

    First what could end in a referral or worse, then by the parts of the intake.
    """
    places = {finding: place for place, finding in enumerate(Finding)}
    return sorted(
        rules, key=lambda r: (r.level < Level.REFER, r.group.rank, -r.level.rank, places[r.finding])
    )


def in_between(questions: tuple[Reason, ...], more: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Put questions at the end of their part of the intake."""
    (one,) = more
    for place, reason in enumerate(questions):
        later = reason.group is not None and one.group is not None and reason.group > one.group
        if later and reason.if_yes not in _GRAVE:
            return (*questions[:place], one, *questions[place:])
    return (*questions, one)
