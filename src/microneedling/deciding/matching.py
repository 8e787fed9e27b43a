"""The middle of a decision: which documented protocols match, within which limits."""

from collections.abc import Sequence
from typing import TypeAlias

from microneedling._foundation.bounded_cache import Kept
from microneedling.deciding.assembling import Assembler, Option
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.rules import Ceiling, Protocol, Support
from microneedling.values.assessments import Assessment, Concern
from microneedling.values.lengths import NeedleLength
from microneedling.values.reasons import Effect, Reason, Stage, Step
from microneedling.values.vocabulary import Indication, Setting, Site

__all__ = ["Matcher", "Plan"]

_Where: TypeAlias = tuple[Site, Setting]


class Plan:
    """What matches one combination of concerns, site, setting, and label."""

    __slots__ = (
        "excluded",
        "kept",
        "labelled",
        "limits",
        "longest",
        "options",
        "steps",
        "unknown",
        "verdicts",
        "weight",
    )

    def __init__(self) -> None:
        self.options: list[Option] = []
        # What speaks against an offer, what is to be asked, and the weightiest of these.
        self.verdicts: tuple[Reason, ...] = ()
        self.unknown: tuple[Reason, ...] = ()
        self.weight: int = 0
        self.limits: tuple[Reason, ...] = ()
        self.excluded: tuple[Reason, ...] = ()
        self.steps: tuple[Step, ...] = ()
        # The longest length before the label's limit; a label that allows it changes nothing.
        self.longest: int = 0
        # The same under labels that bind, by their maximum in micrometres.
        self.labelled: dict[int, Plan] = Kept(16)
        # Offers by what orders them and what is cleared: they recur.
        self.kept: dict[object, tuple[tuple[Reason, ...], tuple[Step, ...]]] = Kept(64)


class _Draft:
    """What matches one concern; the plans that name it share it."""

    __slots__ = ("excluded", "labelled", "limits", "longest", "options", "steps", "ungraded")

    def __init__(self) -> None:
        self.options: list[Option] = []
        self.excluded: dict[str, Reason] = {}
        self.limits: dict[str, Reason] = {}
        self.steps: list[Step] = []
        self.longest: int = 0
        self.labelled: dict[int, _Draft] = Kept(64)
        # What would be offered at some severity, where none is known.
        self.ungraded: list[Option] = []


class Matcher:
    """An edition's protocols, made ready for many assessments."""

    def __init__(self, knowledge: Knowledge, assembler: Assembler) -> None:
        self._knowledge = knowledge
        self._assembler = assembler
        self._protocols: dict[Indication, tuple[Protocol, ...]] = {}
        # By what is treated where.
        self._plans: dict[tuple[str | None, ...], Plan] = Kept(16384)
        self._drafts: dict[tuple[Concern, _Where], _Draft] = Kept(8192)

    def plan(self, assessment: Assessment) -> Plan:
        """Find what matches; the same question gets the same, shared plan."""
        plan = self._plans.get(assessment.subject)
        if plan is None:
            plan = self._plans[assessment.subject] = self._make(assessment, None)
        device = assessment.device
        label = device.label_maximum if device is not None else None
        if label is None or label.um >= plan.longest:
            return plan
        labelled = plan.labelled.get(label.um)
        if labelled is None:
            labelled = self._make(assessment, label)
            labelled.longest = plan.longest
            plan.labelled[label.um] = labelled
        return labelled

    def _make(self, assessment: Assessment, label: NeedleLength | None) -> Plan:
        concerns = assessment.concerns
        where = (assessment.site, assessment.setting)
        drafts = [self._draft(concern, where, label) for concern in concerns]
        plan = Plan()
        plan.verdicts = tuple(
            self._nothing_for(concern, where)
            for concern, draft in zip(concerns, drafts, strict=True)
            if not draft.options and not draft.ungraded
        )
        plan.steps = tuple(step for draft in drafts for step in draft.steps)
        excluded = {name: reason for draft in drafts for name, reason in draft.excluded.items()}
        options = drafts[0].options
        possible = bool(options or drafts[0].ungraded)
        if len(drafts) > 1:
            options = []
            if not plan.verdicts:
                options, possible = self._shared(drafts, where[0])
                if not possible:
                    plan.verdicts = (self._disjoint(concerns),)
                outcome = "shared" if options else "depends on a grade" if possible else "disjoint"
                step = Step(Stage.ASSEMBLE, "rules.concerns_disjoint", outcome)
                plan.steps = (*plan.steps, step)
            alike = {name for option in options for name in option.alike}
            for option in (option for draft in drafts for option in draft.options):
                code = "equal_figures" if option.name in alike else "not_shared"
                excluded[option.name] = self._excluded(option.name, code, f"protocol={option.name}")
        if possible or plan.verdicts:
            effect = Effect.UNKNOWN if options else Effect.ASK
            plan.unknown = tuple(
                self._ungraded(concern, effect)
                for concern, draft in zip(concerns, drafts, strict=True)
                if draft.ungraded
            )
        against = [reason.weight for reason in (*plan.verdicts, *plan.unknown)]
        plan.weight = max(against, default=0)
        plan.options = sorted(options, key=lambda option: option.order)
        used = {protocol.id for option in options for protocol in option.protocols}
        plan.excluded = tuple(excluded[name] for name in sorted(excluded.keys() - used))
        limits = {rule: reason for draft in drafts for rule, reason in draft.limits.items()}
        plan.limits = tuple(limits[rule] for rule in sorted(limits))
        plan.longest = max(draft.longest for draft in drafts)
        return plan

    def _shared(self, drafts: Sequence[_Draft], site: Site) -> tuple[list[Option], bool]:
        """Find the courses for all concerns, and whether some grades would give any."""
        options: list[Option] = []
        if all(draft.options for draft in drafts):
            options = self._assembler.shared([draft.options for draft in drafts], site)
        if options or not any(draft.ungraded for draft in drafts):
            return options, bool(options)
        choices = [draft.options + draft.ungraded for draft in drafts]
        return options, bool(self._assembler.shared(choices, site))

    def _limit(self, where: _Where, label: NeedleLength | None) -> tuple[NeedleLength, Reason]:
        """Find the tightest limit; of equal ones the site's, then the setting's."""
        knowledge = self._knowledge
        site, setting = where
        found: list[tuple[NeedleLength, Reason]] = []
        ceilings = (
            ("sites", site.value, knowledge.site(site).ceiling),
            ("settings", setting.value, knowledge.setting(setting).ceiling),
        )
        for table, name, ceiling in ceilings:
            if ceiling is not None:
                found.append((ceiling.longest, _ceiling_reason(f"{table}.{name}", name, ceiling)))
        if label is not None:
            rule = knowledge.rule("device_label_maximum")
            reason = rule.reason(Effect.LIMIT, f"device.label_maximum={label}", limit=label)
            found.append((label, reason))
        return min(found, key=lambda pair: pair[0].um)

    def _draft(self, concern: Concern, where: _Where, label: NeedleLength | None) -> _Draft:
        """Find what matches one concern; a label that does not bind gives the same draft."""
        draft = self._drafts.get((concern, where))
        if draft is None:
            draft = self._drafts[concern, where] = self._made(concern, where, None)
        if label is None or label.um >= draft.longest:
            return draft
        labelled = draft.labelled.get(label.um)
        if labelled is None:
            labelled = draft.labelled[label.um] = self._made(concern, where, label)
        return labelled

    def _made(self, concern: Concern, where: _Where, label: NeedleLength | None) -> _Draft:
        site, setting = where
        draft = _Draft()
        highest, limiting = self._limit(where, label)
        above = ("above_limit", f"limit={limiting.rule}")
        protocols = self._protocols.get(concern.indication)
        if protocols is None:
            protocols = self._knowledge.protocols_for(concern.indication)
            self._protocols[concern.indication] = protocols
        for protocol in protocols:
            rule = f"protocols.{protocol.id}"
            obstacle = _mismatch(self._knowledge, protocol, concern, site, setting)
            draft.steps.append(Step(Stage.MATCH, rule, obstacle[0] if obstacle else "matches"))
            lengths = protocol.lengths.up_to(highest)
            if obstacle is None and lengths is None:
                obstacle = above
            option = None
            if obstacle is None and lengths is not None:
                option = self._assembler.option((concern,), (protocol,), lengths, site)
                draft.longest = max(draft.longest, lengths.longest.um)
            if lengths is not protocol.lengths and (option or obstacle == above):
                draft.limits[limiting.rule] = limiting
                draft.steps.append(Step(Stage.LIMIT, rule, limiting.rule))
            if obstacle is not None:
                draft.excluded[protocol.id] = self._excluded(protocol.id, *obstacle)
            elif option is not None:
                graded = concern.severity is not None or not protocol.severities
                (draft.options if graded else draft.ungraded).append(option)
        return draft

    def _excluded(self, protocol: str, code: str, fact: str) -> Reason:
        return self._knowledge.rule(code).reason(Effect.EXCLUDE, fact, protocol=protocol)

    def _ungraded(self, concern: Concern, effect: Effect) -> Reason:
        rule = self._knowledge.rule("severity_not_graded")
        label = self._knowledge.indication(concern.indication).label
        fact = f"{concern.indication.value}.severity=unknown"
        return rule.reason(effect, fact, question=f"{label}: {rule.question}")

    def _nothing_for(self, concern: Concern, where: _Where) -> Reason:
        held = self._knowledge.indication(concern.indication)
        if held.support is Support.NONE:
            return Reason(
                rule=f"indications.{concern.indication.value}",
                effect=Effect.REFER,
                facts=(f"indication={concern.indication.value}",),
                why=held.statement,
                grade=max(citation.source.grade for citation in held.citations),
                citations=held.citations,
                disagreements=held.disagreements,
            )
        rule = self._knowledge.rule("no_documented_option")
        return rule.reason(
            Effect.REFER,
            f"indication={concern.indication.value}",
            f"site={where[0].value}",
            f"setting={where[1].value}",
            citations=rule.citations + held.citations,
            disagreements=held.disagreements,
        )

    def _disjoint(self, concerns: Sequence[Concern]) -> Reason:
        facts = [f"indication={concern.indication.value}" for concern in concerns]
        return self._knowledge.rule("concerns_disjoint").reason(Effect.REFER, *facts)


def _mismatch(
    knowledge: Knowledge, protocol: Protocol, concern: Concern, site: Site, setting: Setting
) -> tuple[str, str] | None:
    """Say which rule keeps a protocol from an assessment, and the fact that meets it."""
    if not knowledge.covers_site(protocol.sites, site):
        return "other_site", f"site={site.value}"
    if setting not in protocol.settings:
        return "other_setting", f"setting={setting.value}"
    severity = concern.severity
    if severity is not None and protocol.severities and severity not in protocol.severities:
        return "other_severity", f"{concern.indication.value}.severity={severity.value}"
    return None


def _ceiling_reason(rule: str, name: str, ceiling: Ceiling) -> Reason:
    return Reason(
        rule=rule,
        effect=Effect.LIMIT,
        facts=(f"{rule.partition('.')[0].rstrip('s')}={name}",),
        why=ceiling.why,
        grade=ceiling.grade,
        citations=ceiling.citations,
        disagreements=ceiling.disagreements,
        limit=ceiling.longest,
    )
