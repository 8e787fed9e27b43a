"""The middle of a decision: which documented protocols match, within which limits."""

from collections.abc import Sequence

from microneedling.assembling import Assembler, Option
from microneedling.assessments import Concern
from microneedling.knowledge.model import Knowledge
from microneedling.knowledge.rules import Ceiling, Protocol, Support
from microneedling.lengths import NeedleLength
from microneedling.recommendations import Effect, Reason, Stage, Step
from microneedling.vocabulary import Anaesthesia, Setting, Site

__all__ = ["Matcher", "Plan"]

_WITHOUT_ANAESTHETIC = (Anaesthesia.NONE, Anaesthesia.OPTIONAL)
_KEPT = 20_000


class Plan:
    """What matches one combination of concerns, site, setting, label and numbing."""

    __slots__ = ("excluded", "kept", "limits", "longest", "options", "steps", "unknown", "verdicts")

    def __init__(self) -> None:
        self.options: tuple[Option, ...] = ()
        self.verdicts: tuple[Reason, ...] = ()
        self.unknown: tuple[Reason, ...] = ()
        self.limits: tuple[Reason, ...] = ()
        self.excluded: tuple[Reason, ...] = ()
        self.steps: tuple[Step, ...] = ()
        # Shared offers, by what orders them and what is cleared.
        self.kept: dict[object, tuple[tuple[Reason, ...], tuple[Step, ...]]] = {}
        # The longest length before the label's limit; a label that allows it changes nothing.
        self.longest: int = 0


class _Draft:
    """A plan in the making, for one concern."""

    def __init__(self) -> None:
        self.options: list[Option] = []
        self.excluded: dict[str, Reason] = {}
        self.limits: dict[str, Reason] = {}
        self.steps: list[Step] = []
        self.longest = 0
        self.ungraded = False


class Matcher:
    """An edition's protocols, made ready for many assessments."""

    def __init__(self, knowledge: Knowledge, assembler: Assembler) -> None:
        self._knowledge = knowledge
        self._assembler = assembler
        # In the order of their ids: the order of rows decides nothing.
        self._protocols = sorted(knowledge.protocols, key=lambda protocol: protocol.id)
        self._plans: dict[tuple[object, ...], Plan] = {}

    def plan(
        self,
        concerns: tuple[Concern, ...],
        site: Site,
        setting: Setting,
        label: NeedleLength | None,
        *,
        numbing_barred: bool,
    ) -> Plan:
        """Find what matches; the same question gets the same, shared plan."""
        longest = None
        if label is not None:
            longest = self.plan(
                concerns, site, setting, None, numbing_barred=numbing_barred
            ).longest
            if label.um >= longest:
                label = longest = None
        key = (concerns, site, setting, label, numbing_barred)
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= _KEPT:
                self._plans.clear()
            plan = self._plans[key] = self._make(concerns, site, setting, label, numbing_barred)
            if longest is not None:
                plan.longest = longest
        return plan

    def _make(
        self,
        concerns: tuple[Concern, ...],
        site: Site,
        setting: Setting,
        label: NeedleLength | None,
        numbing_barred: bool,  # noqa: FBT001 - private, and named by its only caller
    ) -> Plan:
        limit = self._limit(site, setting, label)
        drafts = [
            self._draft(c, site, setting, limit, numbing_barred=numbing_barred) for c in concerns
        ]
        plan = Plan()
        verdicts: list[Reason] = []
        unknown: list[Reason] = []
        for concern, draft in zip(concerns, drafts, strict=True):
            if draft.ungraded:
                reason = self._ungraded(concern, Effect.UNKNOWN if draft.options else Effect.ASK)
                unknown.append(reason)
            if not draft.options and not draft.ungraded:
                verdicts.append(self._nothing_for(concern, site, setting))
        excluded = {name: reason for draft in drafts for name, reason in draft.excluded.items()}
        options = drafts[0].options
        if len(drafts) > 1 and all(draft.options for draft in drafts):
            options = self._assembler.shared([draft.options for draft in drafts], site)
            used = {protocol.id for option in options for protocol in option.protocols}
            for option in (option for draft in drafts for option in draft.options):
                name = option.name
                if name not in used:
                    excluded[name] = self._excluded(name, "not_shared", f"protocol={name}")
            if not options:
                verdicts.append(self._disjoint(concerns))
        elif len(drafts) > 1:
            options = []
        plan.options = tuple(sorted(options, key=lambda option: option.order))
        plan.verdicts = tuple(verdicts)
        plan.unknown = tuple(unknown)
        plan.excluded = tuple(excluded[name] for name in sorted(excluded))
        limits = {rule: reason for draft in drafts for rule, reason in draft.limits.items()}
        plan.limits = tuple(limits[rule] for rule in sorted(limits))
        plan.longest = max(draft.longest for draft in drafts)
        plan.steps = tuple(step for draft in drafts for step in draft.steps)
        return plan

    def _limit(
        self, site: Site, setting: Setting, label: NeedleLength | None
    ) -> tuple[NeedleLength, Reason]:
        """Find the tightest limit; of equal ones the site's, then the setting's."""
        knowledge = self._knowledge
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
            reason = Reason(
                rule="rules.device_label_maximum",
                effect=Effect.LIMIT,
                facts=(f"device.label_maximum={label}",),
                why=rule.why,
                grade=rule.grade,
                citations=rule.citations,
                limit=label,
            )
            found.append((label, reason))
        return min(found, key=lambda pair: pair[0])

    def _draft(
        self,
        concern: Concern,
        site: Site,
        setting: Setting,
        limit: tuple[NeedleLength, Reason],
        *,
        numbing_barred: bool,
    ) -> _Draft:
        draft = _Draft()
        highest, limiting = limit
        above = ("above_limit", f"limit={limiting.rule}")
        for protocol in self._protocols:
            if concern.indication not in protocol.indications:
                continue
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
                if numbing_barred and option.anaesthesia not in _WITHOUT_ANAESTHETIC:
                    obstacle = "needs_numbing", "topical_anaesthetic_barred"
            if lengths is not protocol.lengths and (option or obstacle == above):
                draft.limits[limiting.rule] = limiting
                draft.steps.append(Step(Stage.LIMIT, rule, limiting.rule))
            if obstacle is not None:
                draft.excluded[protocol.id] = self._excluded(protocol.id, *obstacle)
            elif concern.severity is None and protocol.severities:
                # Would be offered at some severity: the grade decides.
                draft.ungraded = True
            elif option is not None:
                draft.options.append(option)
        return draft

    def _excluded(self, protocol: str, code: str, fact: str) -> Reason:
        rule = self._knowledge.rule(code)
        return Reason(
            rule=f"rules.{code}",
            effect=Effect.EXCLUDE,
            facts=(fact,),
            why=rule.why,
            grade=rule.grade,
            citations=rule.citations,
            protocol=protocol,
        )

    def _ungraded(self, concern: Concern, effect: Effect) -> Reason:
        rule = self._knowledge.rule("severity_not_graded")
        label = self._knowledge.indication(concern.indication).label
        return Reason(
            rule="rules.severity_not_graded",
            effect=effect,
            facts=(f"{concern.indication.value}.severity=unknown",),
            why=rule.why,
            grade=rule.grade,
            citations=rule.citations,
            question=f"{label}: {rule.question}",
        )

    def _nothing_for(self, concern: Concern, site: Site, setting: Setting) -> Reason:
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
        return Reason(
            rule="rules.no_documented_option",
            effect=Effect.REFER,
            facts=(
                f"indication={concern.indication.value}",
                f"site={site.value}",
                f"setting={setting.value}",
            ),
            why=rule.why,
            grade=rule.grade,
            citations=rule.citations + held.citations,
            disagreements=held.disagreements,
        )

    def _disjoint(self, concerns: Sequence[Concern]) -> Reason:
        rule = self._knowledge.rule("concerns_disjoint")
        return Reason(
            rule="rules.concerns_disjoint",
            effect=Effect.REFER,
            facts=tuple(f"indication={concern.indication.value}" for concern in concerns),
            why=rule.why,
            grade=rule.grade,
            citations=rule.citations,
        )


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
