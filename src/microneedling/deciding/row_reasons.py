"""The reasons that rows of sites, settings and indications give by themselves."""

from microneedling.knowledge.rules import Ceiling, IndicationRule, SiteRule
from microneedling.values.reasons import Effect, Reason
from microneedling.values.vocabulary import Site

__all__ = ["ceiling_reason", "referral", "told_at"]


def referral(held: IndicationRule) -> Reason:
    """Refer what no protocol may name, and tell what is documented of it."""
    return Reason(
        rule=f"indications.{held.indication.value}",
        effect=Effect.REFER,
        facts=(f"indication={held.indication.value}",),
        why=held.statement,
        short=held.short,
        grade=max(citation.source.grade for citation in held.citations),
        citations=held.citations,
        disagreements=held.disagreements,
        role=held.role,
    )


def told_at(site: Site, row: SiteRule, text: str) -> str:
    """Give the words of a row at a site; one that inherits them says from where."""
    return text if row.site is site else f"Inherited from {row.label}: {text}"


def ceiling_reason(rule: str, fact: str, why: str, ceiling: Ceiling) -> Reason:
    """Give the limit that a site or a setting sets."""
    return Reason(
        rule=rule,
        effect=Effect.LIMIT,
        facts=(fact,),
        why=why,
        short=f"The longest needle length documented here is {ceiling.longest}.",
        grade=ceiling.grade,
        citations=ceiling.citations,
        disagreements=ceiling.disagreements,
        limit=ceiling.longest,
    )
