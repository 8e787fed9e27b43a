"""The middle of a decision: which documented protocols match, within which limits."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from attrs import evolve

from microneedling._foundation.bounded_cache import Kept
from microneedling.deciding.assembling import Assembler
from microneedling.deciding.fitting import Fitter
from microneedling.deciding.options import Option
from microneedling.deciding.row_reasons import ceiling_reason, referral, told_at
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.rules import Protocol
from microneedling.values.assessments import Assessment, Concern
from microneedling.values.finding_kinds import QuestionGroup
from microneedling.values.lengths import NeedleLength
from microneedling.values.reasons import Effect, Reason, Stage, Step
from microneedling.values.vocabulary import Indication, Setting, Severity, Site, SkinType

__all__ = ["Matcher", "Plan"]

# Site, setting, skin type.
_Where: TypeAlias = tuple[Site, Setting, SkinType | None]


class Plan:
    """What matches one combination of concerns, site, setting, skin type, and label."""

    __slots__ = (
        "excluded",
        "kept",
        "labelled",
        "limits",
        "longest",
        "options",
        "steps",
        "unknown",
        "unserved",
        "verdicts",
        "weight",
    )

    def __init__(self) -> None:
        self.options: list[Option] = []
        # What speaks against an offer, what is to be asked, and the weightiest of these.
        self.verdicts: tuple[Reason, ...] = ()
        self.unknown: tuple[Reason, ...] = ()
        self.weight: int = 0
        # The concerns that some course on offer leaves out.
        self.unserved: tuple[Reason, ...] = ()
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

    __slots__ = ("excluded", "labelled", "limits", "longest", "open", "options", "steps")

    def __init__(self) -> None:
        self.options: list[Option] = []
        self.excluded: dict[str, Reason] = {}
        self.limits: dict[str, Reason] = {}
        self.steps: list[Step] = []
        self.longest: int = 0
        self.labelled: dict[int, _Draft] = Kept(64)
        # What would be offered at some severity or to some skin type, where none is known, by the
        # rule that asks.
        self.open: dict[str, list[Option]] = {}

    @property
    def possible(self) -> list[Option]:
        """Whatever may be offered once all is known."""
        return self.options + [option for held in self.open.values() for option in held]


class Matcher:
    """An edition's protocols, made ready for many assessments."""

    def __init__(self, knowledge: Knowledge, assembler: Assembler, fitter: Fitter) -> None:
        self._knowledge = knowledge
        self._assembler = assembler
        self._fitter = fitter
        self._protocols: dict[Indication, tuple[Protocol, ...]] = {}
        # The indications of which some protocol is not for every skin type.
        self._typed: dict[Indication, bool] = {}
        # By what is treated where, and in whom.
        self._plans: dict[tuple[object, ...], Plan] = Kept(16384)
        self._drafts: dict[tuple[Concern, _Where], _Draft] = Kept(8192)
        # By what is asked about, where it is declined.
        self._declined: dict[tuple[str | None, ...], Plan] = Kept(1024)

    def plan(self, assessment: Assessment) -> Plan:
        """Find what matches; the same question gets the same, shared plan."""
        key = (self._skin(assessment), assessment.subject)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._make(assessment, None)
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

    def _skin(self, assessment: Assessment) -> SkinType | None:
        """Give the skin type where it decides on some protocol; where none, it is any."""
        skin = assessment.skin_type
        if skin is None or any(self._tells_apart(c.indication) for c in assessment.concerns):
            return skin
        return None

    def _tells_apart(self, indication: Indication) -> bool:
        held = self._typed.get(indication)
        if held is None:
            held = self._typed[indication] = any(
                len(self._fitter.suited_types(protocol, indication)) < len(SkinType)
                for protocol in self._protocols_for(indication)
            )
        return held

    def _protocols_for(self, indication: Indication) -> tuple[Protocol, ...]:
        protocols = self._protocols.get(indication)
        if protocols is None:
            protocols = self._protocols[indication] = self._knowledge.protocols_for(indication)
        return protocols

    def where_declined(self, assessment: Assessment) -> Plan:
        """Give what stays to be told where needling is declined: of what is only asked about."""
        asked_about = assessment.subject[2::2]
        plan = self._declined.get(asked_about)
        if plan is None:
            rows = [self._knowledge.indication(one.indication) for one in assessment.concerns]
            plan = Plan()
            plan.verdicts = tuple([referral(row) for row in rows if row.never_offered])
            # Only now, for another thread may ask for it at once.
            self._declined[asked_about] = plan
        return plan

    def _make(self, assessment: Assessment, label: NeedleLength | None) -> Plan:
        concerns = assessment.concerns
        where = (assessment.site, assessment.setting, self._skin(assessment))
        drafts = [self._draft(concern, where, label) for concern in concerns]
        plan = Plan()
        plan.steps = tuple(step for draft in drafts for step in draft.steps)
        excluded = {name: reason for draft in drafts for name, reason in draft.excluded.items()}
        most, options = self._served([draft.options for draft in drafts], where[0])
        possible, _ = self._served([draft.possible for draft in drafts], where[0])
        if not possible:
            plan.verdicts = tuple(
                self._nothing_for(concern, draft, where)
                for concern, draft in zip(concerns, drafts, strict=True)
            )
        if len(drafts) > 1:
            outcome = f"{most} of {len(drafts)} served, {possible} at most"
            plan.steps = (*plan.steps, Step(Stage.ASSEMBLE, "rules.concerns_disjoint", outcome))
            plan.unserved = tuple(self._unserved(concerns, drafts, options, where))
            for option in (option for draft in drafts for option in draft.options):
                fact = f"protocol={option.name}"
                excluded[option.name] = self._excluded(option.name, "not_shared", fact)
        effect = Effect.UNKNOWN if options else Effect.ASK
        plan.unknown = tuple(self._asked(concerns, drafts, effect))
        against = [reason.weight for reason in (*plan.verdicts, *plan.unknown)]
        plan.weight = max(against, default=0)
        plan.options = sorted(options, key=lambda option: option.order)
        used = {protocol.id for option in options for protocol in option.protocols}
        plan.excluded = tuple(excluded[name] for name in sorted(excluded.keys() - used))
        limits = {rule: reason for draft in drafts for rule, reason in draft.limits.items()}
        plan.limits = tuple(limits[rule] for rule in sorted(limits))
        plan.longest = max(draft.longest for draft in drafts)
        return plan

    def _served(self, choices: Sequence[list[Option]], site: Site) -> tuple[int, list[Option]]:
        """
        Find the courses that serve the most concerns at once.

        Returns:
            How many they serve, and the courses of every set of so many.
        """
        held = [options for options in choices if options]
        for size in range(len(held), 0, -1):
            found = [
                option
                for some in combinations(held, size)
                for option in self._assembler.shared(list(some), site)
            ]
            if found:
                return size, found
        return 0, []

    def _unserved(
        self,
        concerns: Sequence[Concern],
        drafts: Sequence[_Draft],
        options: Sequence[Option],
        where: _Where,
    ) -> Iterator[Reason]:
        """Say which concerns some course leaves out, and why; no support of one binds no other."""
        for concern, draft in zip(concerns, drafts, strict=True):
            if all(concern in option.concerns for option in options):
                continue
            if not draft.possible:
                reason = self._nothing_for(concern, draft, where)
                yield evolve(reason, effect=Effect.UNSERVED)
                continue
            rule = self._knowledge.rule("concerns_disjoint" if draft.options else min(draft.open))
            yield rule.reason(Effect.UNSERVED, f"indication={concern.indication.value}")

    def _limit(self, where: _Where, label: NeedleLength | None) -> tuple[NeedleLength, Reason]:
        """Find the tightest limit; of equal ones the site's, then the setting's."""
        knowledge = self._knowledge
        site, setting, _ = where
        found: list[tuple[NeedleLength, Reason]] = []
        row, where_done = knowledge.ruling(site), knowledge.setting(setting)
        if row.ceiling is not None:
            rule, fact = f"sites.{row.site.value}", f"site={site.value}"
            why = told_at(site, row, row.ceiling.why)
            found.append((row.ceiling.longest, ceiling_reason(rule, fact, why, row.ceiling)))
        if where_done.ceiling is not None:
            ceiling = where_done.ceiling
            rule, fact = f"settings.{setting.value}", f"setting={setting.value}"
            found.append((ceiling.longest, ceiling_reason(rule, fact, ceiling.why, ceiling)))
        if label is not None:
            binding = knowledge.rule("device_label_maximum")
            reason = binding.reason(Effect.LIMIT, f"device.label_maximum={label}", limit=label)
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
        site = where[0]
        draft = _Draft()
        highest, limiting = self._limit(where, label)
        above = ("above_limit", f"limit={limiting.rule}")
        protocols = self._protocols_for(concern.indication)
        for protocol in protocols:
            rule = f"protocols.{protocol.id}"
            obstacle, open_for = self._obstacle(protocol, protocols, concern, where)
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
            elif option is not None and open_for:
                draft.open.setdefault(open_for, []).append(option)
            elif option is not None:
                draft.options.append(option)
        return draft

    def _obstacle(
        self, protocol: Protocol, others: Sequence[Protocol], concern: Concern, where: _Where
    ) -> tuple[tuple[str, str] | None, str]:
        """
        Say which rule keeps a protocol from an assessment, and the fact that meets it.

        Returns:
            These two, or None; and the rule that asks where that hangs on what is not known.
        """
        obstacle = self._mismatch(protocol, others, concern, where)
        if obstacle is not None:
            return obstacle, ""
        skin = where[2]
        suited = self._fitter.suited_types(protocol, concern.indication)
        suits = skin in suited if skin is not None else len(suited) == len(SkinType)
        if not suits and (skin is not None or not suited):
            return ("other_skin_type", f"skin_type={skin.value if skin else 'unknown'}"), ""
        if concern.severity is None and protocol.severities:
            return None, "severity_not_graded"
        return None, "" if suits else "skin_type_not_known"

    def _mismatch(
        self, protocol: Protocol, others: Sequence[Protocol], concern: Concern, where: _Where
    ) -> tuple[str, str] | None:
        site, setting, _ = where
        if not self._fitter.is_documented_at(protocol, site):
            return "other_site", f"site={site.value}"
        if setting not in protocol.settings:
            return "other_setting", f"setting={setting.value}"
        severity = concern.severity
        if severity is not None and not self._reaches_severity(protocol, others, severity, site):
            return "other_severity", f"{concern.indication.value}.severity={severity.value}"
        return self._at_home(protocol, concern, site) if setting is Setting.HOME else None

    def _at_home(self, protocol: Protocol, concern: Concern, site: Site) -> tuple[str, str] | None:
        """Say what keeps a protocol from being offered at home."""
        knowledge = self._knowledge
        if any(knowledge.site(one).not_at_home for one in knowledge.wholes(site)):
            return "not_at_home_here", f"site={site.value}"
        if any(knowledge.indication(i).not_at_home for i in knowledge.kinds(concern.indication)):
            return "not_at_home_for_this", f"indication={concern.indication.value}"
        return None if protocol.interval else ("home_without_interval", "interval=not published")

    def _reaches_severity(
        self, protocol: Protocol, others: Sequence[Protocol], severity: Severity, site: Site
    ) -> bool:
        """Tell whether it is documented for a severity, or for worse where its school has none."""
        if not self._fitter.is_severe_enough(protocol, severity):
            return False
        if not protocol.severities or severity in protocol.severities:
            return True
        if severity > min(protocol.severities):
            return False
        return not any(
            other.school == protocol.school
            and other.settings == protocol.settings
            and (not other.severities or severity in other.severities)
            and self._fitter.is_documented_at(other, site)
            for other in others
        )

    def _excluded(self, protocol: str, code: str, fact: str) -> Reason:
        return self._knowledge.rule(code).reason(Effect.EXCLUDE, fact, protocol=protocol)

    def _asked(
        self, concerns: Sequence[Concern], drafts: Sequence[_Draft], effect: Effect
    ) -> Iterator[Reason]:
        """Ask for what is open: how marked each concern is, and for the skin type once."""
        rule = self._knowledge.rule("severity_not_graded")
        for concern, draft in zip(concerns, drafts, strict=True):
            if rule.code in draft.open:
                label = self._knowledge.indication(concern.indication).label
                fact = f"{concern.indication.value}.severity=unknown"
                yield rule.reason(effect, fact, question=f"{label}: {rule.question}")
        rule = self._knowledge.rule("skin_type_not_known")
        if any(rule.code in draft.open for draft in drafts):
            group = QuestionGroup.SKIN
            yield rule.reason(effect, "skin_type=unknown", question=rule.question, group=group)

    def _nothing_for(self, concern: Concern, draft: _Draft, where: _Where) -> Reason:
        held = self._knowledge.indication(concern.indication)
        if not held.documented:
            return referral(held)
        code, protocol = "no_documented_option", ""
        if where[1] is Setting.CLINIC:
            at_home = self._made(concern, (where[0], Setting.HOME, where[2]), None).options
            others = {r.rule for r in draft.excluded.values()}
            if at_home and others <= {"rules.other_setting", "rules.other_site"}:
                code, protocol = "documented_at_home_only", at_home[0].name
        rule = self._knowledge.rule(code)
        return rule.reason(
            Effect.REFER,
            f"indication={concern.indication.value}",
            f"site={where[0].value}",
            f"setting={where[1].value}",
            citations=rule.citations + held.citations,
            disagreements=held.disagreements,
            protocol=protocol,
            role=held.role,
        )
