"""The one decision: from an assessment and an edition to a recommendation. Pure."""

from collections.abc import Iterable
from functools import lru_cache

from microneedling.assembling import Assembler
from microneedling.assessments import NO_PREFERENCES, Assessment
from microneedling.knowledge.model import Knowledge
from microneedling.matching import Matcher, Plan
from microneedling.recommendations import (
    ANSWERS,
    Answer,
    Effect,
    Provenance,
    Reason,
    Step,
)
from microneedling.screening import Screened, Screener, asked
from microneedling.vocabulary import Finding, Indication, Setting, Site

__all__ = ["ENGINE", "questions", "recommend"]

# Counts the changes of the logic that change advice under an unchanged edition.
ENGINE = "1"


class _Decider:
    """An edition made ready for many assessments."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._screener = Screener(knowledge)
        self._assembler = Assembler(knowledge)
        self._matcher = Matcher(knowledge, self._assembler)
        self._provenance = Provenance(
            edition=knowledge.id,
            digest=knowledge.digest,
            engine=ENGINE,
            intended_use=knowledge.edition.intended_use,
            limitations=knowledge.edition.limitations,
        )
        self._places: dict[tuple[Site, Setting], tuple[tuple[Reason, ...], tuple[Reason, ...]]] = {}

    def decide(self, assessment: Assessment) -> Answer:
        """Screen, match, limit, assemble, rank."""
        screened = self._screener.screen(assessment)
        refusal, cautions = self._place(assessment.site, assessment.setting)
        plan = _NOTHING if refusal else self._plan(assessment, screened)
        against = (
            *refusal,
            *screened.verdicts,
            *plan.verdicts,
            *plan.unknown,
            *screened.unknown,
        )
        heeded = (*screened.cautions, *cautions)
        verdict = max([reason.weight for reason in against], default=0)
        offers: tuple[Reason, ...] = ()
        ranks: tuple[Step, ...] = ()
        # Without an offer no course is named, and with it no length, count or interval;
        # what was left out stays only where it explains a referral.
        if not verdict:
            offers, ranks = self._offers(plan, assessment)
            reasons = (*against, *offers, *plan.limits, *heeded, *plan.excluded)
        elif verdict == Effect.REFER.weight:
            reasons = (*against, *heeded, *plan.excluded)
        else:
            reasons = (*against, *heeded)
        return ANSWERS[verdict or Effect.OFFER.weight](
            assessment=assessment,
            provenance=self._provenance,
            reasons=reasons,
            ignored=_ignored(assessment, screened, plan, offered=not verdict),
            trace=(*screened.steps, *plan.steps, *ranks),
        )

    def _offers(
        self, plan: Plan, assessment: Assessment
    ) -> tuple[tuple[Reason, ...], tuple[Step, ...]]:
        """Give a plan's offers; kept, since they depend on little."""
        key = (assessment.age_years, assessment.skin_type, assessment.preferences)
        made = plan.kept.get(key)
        if made is None:
            if len(plan.kept) >= _KEPT:
                plan.kept.clear()
            made = plan.kept[key] = self._assembler.offers(plan.options, assessment)
        return made

    def _plan(self, assessment: Assessment, screened: Screened) -> Plan:
        device = assessment.device
        label = device.label_maximum if device is not None else None
        concerns, site, setting = assessment.concerns, assessment.site, assessment.setting
        if screened.numbing_barred is None:
            return self._matcher.plan(concerns, site, setting, label, numbing_barred=False)
        barred = self._matcher.plan(concerns, site, setting, label, numbing_barred=True)
        rule, only_possible = screened.numbing_barred
        if only_possible and not barred.options:
            free = self._matcher.plan(concerns, site, setting, label, numbing_barred=False)
            if free.options:
                # The answer to this question decides whether anything is left.
                self._screener.ask_for(rule.finding, screened)
                return free
        return barred

    def _place(self, site: Site, setting: Setting) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """Give what the place itself brings: a refusal, and cautions."""
        key = (site, setting)
        if key not in self._places:
            here, where = self._knowledge.site(site), self._knowledge.setting(setting)
            refusal: tuple[Reason, ...] = ()
            if here.ceiling is None:
                refusal = (
                    Reason(
                        rule=f"sites.{site.value}",
                        effect=Effect.DECLINE,
                        facts=(f"site={site.value}",),
                        why=here.refused_because,
                        grade=max(citation.source.grade for citation in here.refused_citations),
                        citations=here.refused_citations,
                    ),
                )
            named = [(f"sites.{site.value}", f"site={site.value}", c) for c in here.cautions]
            named += [
                (f"settings.{setting.value}", f"setting={setting.value}", c) for c in where.cautions
            ]
            cautions = tuple(
                Reason(
                    rule=f"{rule}.{caution.code}",
                    effect=Effect.CAUTION,
                    facts=(fact,),
                    why=caution.text,
                    grade=caution.grade,
                    citations=caution.citations,
                )
                for rule, fact, caution in named
            )
            self._places[key] = (refusal, cautions)
        return self._places[key]


_NOTHING = Plan()
_KEPT = 4096


def _ignored(
    assessment: Assessment, screened: Screened, plan: Plan, *, offered: bool
) -> tuple[str, ...]:
    """Name the inputs that were given and made no difference."""
    ignored = screened.ignored
    device = assessment.device
    if device is not None:
        ignored.append("device.kind")
        if device.label_maximum is not None and device.label_maximum.um >= plan.longest:
            ignored.append("device.label_maximum")
    if not offered and assessment.preferences != NO_PREFERENCES:
        ignored.append("preferences")
    return tuple(ignored)


@lru_cache(maxsize=16)
def _decider(knowledge: Knowledge) -> _Decider:
    return _Decider(knowledge)


def recommend(assessment: Assessment, knowledge: Knowledge) -> Answer:
    """
    Say what an edition documents for an assessment.

    Pure: the same assessment and edition give the same answer, on every
    machine and day; no clock, locale or network is asked.

    Args:
        assessment: Everything known; what is not given counts as unknown, never as "no".
        knowledge: The edition; there is no default.

    Returns:
        One of `Offer`, `Ask`, `Defer`, `Refer`, `Decline`, each with its reasons.

    >>> import datetime
    >>> import microneedling as mn
    >>> answer = mn.recommend(
    ...     mn.Assessment(
    ...         on=datetime.date(2026, 11, 22),
    ...         site=mn.Site.CHEEK,
    ...         setting=mn.Setting.CLINIC,
    ...         concerns=[
    ...             mn.Concern(
    ...                 indication=mn.Indication.ACNE_SCAR_ROLLING,
    ...                 severity=mn.Severity.MODERATE,
    ...             )
    ...         ],
    ...         skin_type=mn.SkinType.IV,
    ...         age_years=34,
    ...         screening=mn.Screening.complete(
    ...             present=[
    ...                 mn.Exposure(
    ...                     finding=mn.Finding.ISOTRETINOIN, last_on=datetime.date(2026, 8, 1)
    ...                 )
    ...             ]
    ...         ),
    ...     ),
    ...     mn.load("2026.1"),
    ... )
    >>> answer.verdict.value, answer.until.isoformat()
    ('defer', '2027-01-28')
    """
    return _decider(knowledge).decide(assessment)


def questions(
    knowledge: Knowledge, *, indications: Iterable[Indication], site: Site
) -> tuple[tuple[Finding, str], ...]:
    """
    Give the screening questions that matter, the weightiest first.

    Args:
        knowledge: The edition.
        indications: What is to be treated.
        site: Where.

    >>> import microneedling as mn
    >>> found = questions(
    ...     mn.load("2026.1"), indications=[mn.Indication.MELASMA], site=mn.Site.CHEEK
    ... )
    >>> mn.Finding.YOUNG_SCAR in dict(found)
    False
    """
    wanted = tuple(indications)
    rules = sorted(knowledge.findings, key=lambda r: (-r.level.rank, r.finding.value))
    return tuple((rule.finding, rule.question) for rule in rules if asked(rule, site, wanted))
