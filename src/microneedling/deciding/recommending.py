"""The one decision: from an assessment and an edition to a recommendation. Pure."""

from collections.abc import Iterable, Sequence

from microneedling._foundation import checks
from microneedling.deciding.assembling import Assembler
from microneedling.deciding.earlier import Bound, begun_not_before, bound, not_asked
from microneedling.deciding.fitting import Fitter, Patient
from microneedling.deciding.matching import Matcher, Plan
from microneedling.deciding.options import Option
from microneedling.deciding.row_reasons import told_at
from microneedling.deciding.screening import Screened, Screener
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.assessments import NO_PREFERENCES, Assessment
from microneedling.values.reasons import Effect, Question, Reason, Step
from microneedling.values.recommendations import Answer, Provenance, known_answer
from microneedling.values.vocabulary import DeviceKind, Indication, Setting, Site

__all__ = ["ENGINE", "ENGINES", "provenance_of", "questions", "recommend"]

# Counts the changes of the logic that change advice under an unchanged edition.
ENGINE = "1"
# Every version there was. What names another was not made by this library, or by a newer one.
ENGINES = (ENGINE,)


def provenance_of(knowledge: Knowledge, engine: str) -> Provenance:
    """Say what an answer of an edition, by a version of the logic, comes from."""
    return Provenance(
        edition=knowledge.id,
        digest=knowledge.digest,
        engine=engine,
        intended_use=knowledge.edition.intended_use,
        limitations=knowledge.edition.limitations,
    )


class _Place:
    """What a site and a setting bring by themselves: a refusal, and cautions."""

    __slots__ = ("cautions", "refusal")

    def __init__(self, knowledge: Knowledge, site: Site, setting: Setting) -> None:
        own, here, where = knowledge.site(site), knowledge.ruling(site), knowledge.setting(setting)
        self.refusal: tuple[Reason, ...] = ()
        if here.ceiling is None:
            refusal = Reason(
                rule=f"sites.{site.value}",
                effect=Effect.DECLINE,
                facts=(f"site={site.value}",),
                why=here.refused_because,
                short=here.refused_short,
                grade=max(citation.source.grade for citation in here.refused_citations),
                citations=here.refused_citations,
            )
            self.refusal = (refusal,)
        at, done = f"site={site.value}", f"setting={setting.value}"
        inherits = here.site is not site
        rows = (own, here) if inherits else (own,)
        named = [
            (f"sites.{row.site.value}", at, told_at(site, row, caution.text), caution)
            for row in rows
            for caution in row.cautions
        ]
        named += [(f"settings.{setting.value}", done, c.text, c) for c in where.cautions]
        cautions = [
            Reason(
                rule=f"{rule}.{caution.code}",
                effect=Effect.CAUTION,
                facts=(fact,),
                why=text,
                short=caution.short,
                grade=caution.grade,
                citations=caution.citations,
            )
            for rule, fact, text, caution in named
        ]
        if inherits:
            cautions.append(knowledge.rule("part_of_larger_site").reason(Effect.CAUTION, at))
        self.cautions = tuple(cautions)


class _Decider:
    """An edition made ready for many assessments."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.screener: Screener = Screener(knowledge)
        fitter = Fitter(knowledge)
        self._assembler = Assembler(knowledge, fitter)
        self._matcher = Matcher(knowledge, self._assembler, fitter)
        self._provenance = provenance_of(knowledge, ENGINE)
        self._places: dict[tuple[Site, Setting], _Place] = {}

    def decide(self, assessment: Assessment) -> Answer:
        """Screen, match, limit, assemble, rank."""
        screened = self.screener.screen(assessment)
        site, setting = assessment.site, assessment.setting
        place = self._places.get((site, setting))
        if place is None:
            place = self._places[site, setting] = _Place(self._knowledge, site, setting)
        # Where needling is declined, nothing is matched and nothing need be asked.
        declined = place.refusal or screened.weight == _DECLINE
        other = self._other_device(assessment)
        matcher = self._matcher
        plan = matcher.where_declined(assessment) if declined else matcher.plan(assessment)
        since = bound(assessment, plan.options, self._knowledge)
        asks = _NONE if declined else not_asked(assessment, self._knowledge)
        weight = _DECLINE if declined else max(screened.weight, plan.weight)
        for reason in (*other, *since.deferral, *asks):
            weight = max(weight, reason.weight)
        # Without an offer no course is named, and with it no length, count or interval;
        # what was left out stays only where it explains a referral.
        offers, ranks = (_NONE, ()) if weight else self._offers(plan, since.options, assessment)
        if since.first_days:
            offers = begun_not_before(offers, since.first_days)
        reasons = (
            *place.refusal,
            *screened.verdicts,
            *other,
            *plan.verdicts,
            *since.deferral,
            *(screened.dayless if weight == _DECLINE else self.screener.questions(screened, asks)),
            *plan.unknown,
            *offers,
            *((*_unserved(plan, since), *plan.limits) if offers else _NONE),
            *screened.musts,
            *screened.cautions,
            *place.cautions,
            *screened.lifted,
            *((*plan.excluded, *since.excluded) if offers or weight == _REFER else _NONE),
        )
        return known_answer(
            weight or _OFFER,
            assessment,
            reasons,
            _ignored(assessment, screened, plan, since, weight),
            (*screened.steps, *plan.steps, *since.steps, *ranks),
            self._provenance,
        )

    def _other_device(self, assessment: Assessment) -> tuple[Reason, ...]:
        """Refer what is needled with radio-frequency: a record can say it, nothing is offered."""
        device = assessment.device
        if device is None or device.kind is not DeviceKind.RADIOFREQUENCY:
            return _NONE
        rule = self._knowledge.rule("radiofrequency_not_covered")
        return (rule.reason(Effect.REFER, f"device.kind={device.kind.value}"),)

    def _offers(
        self, plan: Plan, options: Sequence[Option] | None, assessment: Assessment
    ) -> tuple[tuple[Reason, ...], tuple[Step, ...]]:
        """Give the offers of a plan, kept since they depend on little, or of what is left of it."""
        scope = self._assembler.scope(assessment)
        at = self._assembler.for_sessions.circumstances(assessment)
        if options is not None:
            return self._assembler.offers(list(options), assessment, scope, at)
        key = (scope, Patient.of(assessment), assessment.preferences, at)
        made = plan.kept.get(key)
        if made is None:
            made = plan.kept[key] = self._assembler.offers(plan.options, assessment, scope, at)
        return made


_NONE: tuple[Reason, ...] = ()
_OFFER, _REFER, _DECLINE = (e.weight for e in (Effect.OFFER, Effect.REFER, Effect.DECLINE))


def _unserved(plan: Plan, since: Bound) -> tuple[Reason, ...]:
    """Say which concerns some of the options that are left leave out."""
    if since.options is None:
        return plan.unserved
    everywhere = {
        f"indication={c.indication.value}"
        for option in since.options
        for c in option.concerns
        if all(c in other.concerns for other in since.options)
    }
    told = {reason.facts[0] for reason in since.unserved}
    held = [r for r in plan.unserved if r.facts[0] not in everywhere | told]
    return (*held, *since.unserved)


def _ignored(
    assessment: Assessment, screened: Screened, plan: Plan, since: Bound, weight: int
) -> tuple[str, ...]:
    """Name the inputs that were given and made no difference."""
    ignored = screened.ignored
    device, preferences = assessment.device, assessment.preferences
    if device is not None:
        if weight and device.kind is not DeviceKind.RADIOFREQUENCY:
            ignored += ("device.kind",)
        if device.label_maximum is not None and device.label_maximum.um >= plan.longest:
            ignored += ("device.label_maximum",)
    if preferences is not NO_PREFERENCES and weight and preferences != NO_PREFERENCES:
        ignored += ("preferences",)
    if assessment.earlier_sessions and not since.steps:
        ignored += ("earlier_sessions",)
    # Who was studied orders options, and makes no difference without any.
    if weight and assessment.sex is not None:
        ignored += ("sex",)
    if assessment.primary is not None:
        ignored += ("primary",)
    return ignored


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

    Raises:
        InputError: If it is given anything but an assessment and an edition.

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
    ...                     finding=mn.Finding.DERMAL_FILLER, last_on=datetime.date(2026, 8, 1)
    ...                 )
    ...             ]
    ...         ),
    ...     ),
    ...     mn.load("2026.1"),
    ... )
    >>> answer.verdict.value, answer.until.isoformat()
    ('defer', '2027-01-28')
    """
    if type(assessment) is not Assessment or not isinstance(knowledge, Knowledge):
        checks.instance(assessment, "assessment", Assessment)
        checks.instance(knowledge, "knowledge", Knowledge)
    return knowledge.prepared(_Decider).decide(assessment)


def questions(
    knowledge: Knowledge, *, indications: Iterable[Indication], site: Site
) -> tuple[Question, ...]:
    """
    Give the screening questions that matter, in the order of a careful intake.

    What could end in a referral or worse comes first, then the parts of the intake.

    Args:
        knowledge: The edition.
        indications: What is to be treated.
        site: Where.

    Raises:
        InputError: If a member of another kind is given.

    >>> import microneedling as mn
    >>> found = questions(
    ...     mn.load("2026.1"), indications=[mn.Indication.MELASMA], site=mn.Site.CHEEK
    ... )
    >>> mn.Finding.YOUNG_SCAR in {question.finding for question in found}
    False
    """
    checks.member(site, "site", Site)
    if isinstance(indications, str) or not isinstance(indications, Iterable):
        checks.refuse("wrong_type", "indications", "give a collection of Indication")
    wanted = tuple(indications)
    for number, indication in enumerate(wanted):
        checks.member(indication, f"indications[{number}]", Indication)
    every = knowledge.prepared(_Decider).screener.possible(site, wanted)
    return tuple(reason.asked for reason in every if reason.asked is not None)
