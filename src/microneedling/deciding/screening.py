"""The first step of a decision: what speaks against needling, what limits it, what is unknown."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from attrs import evolve

from microneedling._foundation.bounded_cache import Kept
from microneedling.deciding.finding_reasons import Known
from microneedling.deciding.intake import asked, in_between, in_order
from microneedling.knowledge.finding_rules import FindingRule
from microneedling.knowledge.knowledge import Knowledge
from microneedling.values.assessments import Assessment
from microneedling.values.finding_kinds import Ending
from microneedling.values.findings import Exposure, MedicalClearance
from microneedling.values.reasons import Effect, Reason, Step
from microneedling.values.vocabulary import Finding, Indication, Setting, Site, SkinType

__all__ = ["Screened", "Screener"]

_DECLINE = Effect.DECLINE.weight
_LIFTED = Effect.LIFTED


class Screened:
    """What the screening found; reasons in groups, each in its final order."""

    __slots__ = (
        "cautions",
        "cleared",
        "dayless",
        "ignored",
        "lifted",
        "musts",
        "steps",
        "unknown",
        "verdicts",
        "weight",
    )

    def __init__(self, steps: list[Step]) -> None:
        self.steps: list[Step] = steps
        self.verdicts: list[Reason] = []
        # Changes of the plan and limits, with which an offer stands.
        self.musts: list[Reason] = []
        self.cautions: list[Reason] = []
        # The findings that a recorded clearance opened.
        self.cleared: set[Finding] = set()
        # What is there, and of which only the day is asked for.
        self.dayless: list[Reason] = []
        self.unknown: dict[Finding, Reason] = {}
        self.lifted: tuple[Reason, ...] = ()
        self.ignored: tuple[str, ...] = ()
        # Of the weightiest of its reasons.
        self.weight: int = 0


class _Person:
    """What age and skin type say of the findings that follow from them."""

    __slots__ = ("absent", "alone", "present", "steps", "unknown")

    def __init__(self, steps: list[Step]) -> None:
        self.present: dict[Finding, Reason] = {}
        self.absent: list[Known] = []
        self.unknown: dict[Finding, Reason] = {}
        # Where everything else was asked and nothing found.
        self.steps: list[Step] = steps
        # And what the screening then gives, by the setting; nobody may change it.
        self.alone: dict[Setting, Screened] = {}


class Screener:
    """An edition's findings, made ready for many assessments."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        rules = sorted(knowledge.findings, key=lambda rule: rule.finding.value)
        prescribed = knowledge.rule("prescribed_medicine").why
        self._known = {r.finding: Known(r, place, prescribed) for place, r in enumerate(rules)}
        self._all_absent = [known.absent for known in self._known.values()]
        self._ordered = in_order(rules)
        self._derived = [
            rule for rule in self._ordered if rule.age_under_years is not None or rule.skin_types
        ]
        # A code that is younger than the edition is referred, after all others.
        order = [rule.finding for rule in self._ordered]
        order += [finding for finding in Finding if finding not in self._known]
        self._rank = {finding: place for place, finding in enumerate(order)}
        self._persons: dict[tuple[int | None, SkinType | None], _Person] = {}
        self._dated: dict[tuple[Finding, date, Effect], Reason] = Kept(4096)
        # Those whose questions make sense only here and there, and which of these are left out.
        self._restricted = [rule for rule in rules if rule.asked_at or rule.asked_for]
        self._left_out: dict[tuple[str | None, ...], tuple[Finding, ...]] = Kept(4096)
        # What is present in whoever asks for an indication, as the reason that it gives.
        self._implied: dict[str | None, dict[Finding, Reason]] = {
            indication.value: {finding: self._told_by(indication, finding)}
            for indication, finding in knowledge.implied.items()
            if finding in self._known
        }
        self._implying = frozenset(self._implied)
        # By the findings that are not asked for at a site and for some indications.
        self._open: dict[
            tuple[Setting, tuple[Finding, ...]], tuple[list[Step], dict[Finding, Reason]]
        ] = {}

    def screen(self, assessment: Assessment) -> Screened:
        """Go through the findings."""
        person = self._persons.get((assessment.age_years, assessment.skin_type))
        if person is None:
            person = self._person(assessment.age_years, assessment.skin_type)
        screening = assessment.screening
        alone = screening.everything_asked and not screening.present and not person.unknown
        implied: Sequence[str | None] = ()
        if not self._implying.isdisjoint(assessment.subject):
            implied = [code for code in assessment.subject[2::2] if code in self._implied]
        if not alone or assessment.clearances or implied:
            return self._screened(assessment, person, implied)
        # All was asked and nothing found: the same for everybody like this person.
        setting = assessment.setting
        held = person.alone.get(setting)
        if held is None:
            held = person.alone[setting] = self._screened(assessment, person, implied)
        return held

    def _screened(
        self, assessment: Assessment, person: _Person, implied: Sequence[str | None]
    ) -> Screened:
        screening = assessment.screening
        if screening.everything_asked:
            found, unknown = Screened(person.steps.copy()), self._of_person(person, assessment)
        else:
            steps, unknown = self._nothing_known(assessment)
            found = Screened(steps.copy())
            for known in person.absent:
                found.steps[known.place] = known.absent
        if unknown:
            for finding in screening.absent:
                if finding in self._known:
                    known = self._known[finding]
                    found.steps[known.place] = known.absent
        given = {exposure.finding: exposure for exposure in screening.present}
        derived = person.present
        if derived or implied:
            derived = self._following(person, implied, given)
        if given or derived:
            self._weigh(assessment, given, derived, found)
        if assessment.clearances:
            found.ignored += self._unused(assessment, found)
        # Where needling is declined no answer to a question changes that.
        if unknown and found.weight != _DECLINE:
            answered = (*screening.absent, *given, *derived)
            self._ask(unknown, (*answered, *[k.rule.finding for k in person.absent]), found)
        return found

    def _weigh(
        self,
        assessment: Assessment,
        given: dict[Finding, Exposure],
        derived: dict[Finding, Reason],
        found: Screened,
    ) -> None:
        """Weigh what is present, in the order of an intake; that of the input does not matter."""
        steps, rank = found.steps, self._rank.__getitem__
        for finding in sorted((*given, *derived), key=rank):
            known = self._known.get(finding)
            if known is None:
                found.verdicts.append(self._not_covered(finding))
                continue
            reason = derived.get(finding) or self._of(assessment, known, given[finding], found)
            if reason.effect is _LIFTED:
                steps[known.place] = known.over
                found.lifted += (reason,)
                continue
            steps[known.place] = known.seen
            if known.rule.not_at_home and assessment.setting is Setting.HOME:
                reason = self._at_home(reason)
            if reason.effect is Effect.ASK:
                found.dayless.append(reason)
            elif reason.weight:
                found.verdicts.append(reason)
            else:
                (found.cautions if reason.effect is Effect.CAUTION else found.musts).append(reason)
        # The weightiest first, and each weight in the order of an intake.
        found.verdicts.sort(key=lambda reason: -reason.weight)
        weights = [reason.weight for reason in (*found.verdicts[:1], *found.dayless[:1])]
        found.weight = max(weights, default=0)

    def _of(
        self, assessment: Assessment, known: Known, exposure: Exposure, found: Screened
    ) -> Reason:
        """Say what one finding does that is there, or was."""
        if exposure.last_on is not None and known.days is None:
            found.ignored += (known.day,)
        if self._is_idle(known, exposure):
            found.ignored += (f"screening.{known.rule.finding.value}.ongoing",)
        ended = self._ended(assessment.on, known, exposure)
        reason = ended or known.present
        if reason.effect is Effect.CLEAR:
            return self._cleared(assessment, known, exposure, found, reason)
        wait = known.rule.wait
        if ended is None and known.rule.may_pause and wait is not None:
            return evolve(reason, if_paused=assessment.on + timedelta(days=wait.days))
        return reason

    def _ended(self, on: date, known: Known, exposure: Exposure) -> Reason | None:
        """Say what a finding does that has ended; None where it goes on, or does not end so."""
        rule = known.rule
        if exposure.last_on is not None and known.days is not None:
            return self._by_day(on, known, exposure.last_on)
        if rule.ends is Ending.DAY or (exposure.ongoing is False and rule.wait is not None):
            # Only the day of its end is not known.
            return known.dayless if known.after.weight else known.undated
        if exposure.ongoing is False and known.days is not None:
            return known.reason(_LIFTED, f"{rule.finding.value}.ongoing=no")
        return None

    @staticmethod
    def _is_idle(known: Known, exposure: Exposure) -> bool:
        """Tell whether an event is said to go on, or to be over what does not end by saying so."""
        if known.rule.ends is Ending.DAY:
            return bool(exposure.ongoing)
        return exposure.ongoing is False and known.days is None

    def _cleared(
        self,
        assessment: Assessment,
        known: Known,
        exposure: Exposure,
        found: Screened,
        otherwise: Reason,
    ) -> Reason:
        """Give a caution where a clearance counts, and what holds otherwise where none does."""
        for clearance in assessment.clearances:
            if self._counts(clearance, known.rule, exposure, assessment.on):
                found.cleared.add(known.rule.finding)
                fact = f"cleared_by={clearance.by.value}, {clearance.on.isoformat()}"
                return evolve(known.cleared, facts=(*known.cleared.facts, fact))
        return otherwise

    @staticmethod
    def _counts(
        clearance: MedicalClearance, rule: FindingRule, exposure: Exposure, on: date
    ) -> bool:
        """Tell whether a clearance is about a finding, no older, by the right role, and young."""
        return (
            clearance.finding is rule.finding
            and clearance.by is rule.role
            and (exposure.last_on is None or clearance.on >= exposure.last_on)
            and rule.clearance_days is not None
            and (on - clearance.on).days <= rule.clearance_days
        )

    @staticmethod
    def _unused(assessment: Assessment, found: Screened) -> tuple[str, ...]:
        """Name the clearances that make no difference."""
        named = [clearance.finding for clearance in assessment.clearances]
        return tuple(f"clearances.{f.value}" for f in named if f not in found.cleared)

    def _at_home(self, reason: Reason) -> Reason:
        """Refer where a finding rules out needling at home, whatever it does elsewhere."""
        if reason.weight >= Effect.REFER.weight and reason.effect is not Effect.CLEAR:
            return reason
        rule = self._knowledge.rule("not_at_home")
        return rule.reason(
            Effect.REFER,
            *reason.facts,
            "setting=home",
            why=f"{rule.why} {reason.why}",
            short=reason.short,
            grade=reason.grade,
            citations=reason.citations,
            disagreements=reason.disagreements,
            finding=reason.finding,
            must=reason.must,
            role=reason.role,
        )

    def _by_day(self, on: date, known: Known, last_on: date) -> Reason:
        """Weigh a finding by its last day; a waiting time that is over lifts it."""
        rule = known.rule
        until = last_on + timedelta(days=known.days or 0)
        effect = _LIFTED if on >= until else known.after
        # Kept, since days recur.
        reason = self._dated.get((rule.finding, last_on, effect))
        if reason is None:
            fact = f"{rule.finding.value}.last_on={last_on.isoformat()}"
            reason = known.reason(effect, fact, until)
            self._dated[rule.finding, last_on, effect] = reason
        return reason

    def _ask(
        self, unknown: dict[Finding, Reason], answered: tuple[Finding, ...], found: Screened
    ) -> None:
        """Ask for what is left open."""
        found.unknown = unknown = unknown.copy()
        for finding in answered:
            unknown.pop(finding, None)
        weight = max([reason.weight for reason in unknown.values()], default=0)
        found.weight = max(found.weight, weight)

    def possible(self, site: Site, indications: Sequence[Indication]) -> tuple[Reason, ...]:
        """Give all that may be asked at a site for some indications, in the order of an intake."""
        implied = {finding for one in indications for finding in self._implied.get(one, ())}
        here = (r for r in self._ordered if asked(self._knowledge, r, site, indications))
        return tuple([self._known[r.finding].unknown for r in here if r.finding not in implied])

    def questions(self, found: Screened, more: tuple[Reason, ...]) -> tuple[Reason, ...]:
        """Give what is asked, days, findings and what else, in the order of an intake."""
        every = (*found.dayless, *found.unknown.values())
        if found.dayless and found.unknown:
            rank = self._rank
            every = tuple(sorted(every, key=lambda r: rank[r.finding] if r.finding else 0))
        return in_between(every, more) if more else every

    def _nothing_known(self, assessment: Assessment) -> tuple[list[Step], dict[Finding, Reason]]:
        """Give the steps and the questions for a patient of whom nothing was asked."""
        where = (assessment.site, *assessment.subject[2::2])
        left_out = self._left_out.get(where)
        if left_out is None:
            indications = [concern.indication for concern in assessment.concerns]
            left_out = self._left_out[where] = tuple(
                rule.finding
                for rule in self._restricted
                if not asked(self._knowledge, rule, assessment.site, indications)
            )
        made = self._open.get((assessment.setting, left_out))
        if made is None:
            unknown = {
                rule.finding: self._known[rule.finding].asked(assessment.setting)
                for rule in self._ordered
                if rule.finding not in left_out
            }
            steps = [
                known.unasked if finding in left_out else known.silent
                for finding, known in self._known.items()
            ]
            made = self._open[assessment.setting, left_out] = (steps, unknown)
        return made

    def _person(self, age: int | None, skin: SkinType | None) -> _Person:
        """Say which findings follow from age and skin type; kept, since people are alike."""
        person = _Person(self._all_absent.copy())
        for rule in self._derived:
            finding = rule.finding
            known = self._known[finding]
            if rule.age_under_years is not None:
                fact = f"age_years={age}"
                state = None if age is None else age < rule.age_under_years
            else:
                fact = f"skin_type={skin.value if skin else 'unknown'}"
                state = None if skin is None else skin in rule.skin_types
            if state is None:
                person.unknown[finding] = known.unknown
                person.steps[known.place] = known.silent
            elif state:
                person.present[finding] = known.reason(known.present.effect, fact)
            else:
                person.absent.append(known)
        # Only now, for another thread may ask for it at once.
        self._persons[age, skin] = person
        return person

    def _following(
        self, person: _Person, implied: Sequence[str | None], given: Collection[Finding]
    ) -> dict[Finding, Reason]:
        """Give what follows from age, skin type and concerns; what is told outright goes before."""
        found = dict(person.present)
        for indication in implied:
            found.update(self._implied[indication])
        return {f: reason for f, reason in found.items() if f not in given}

    def _told_by(self, indication: Indication, finding: Finding) -> Reason:
        """Say what a finding does that is there because somebody asks to have it treated."""
        known = self._known[finding]
        return known.reason(known.present.effect, f"indication={indication.value}")

    def _of_person(self, person: _Person, assessment: Assessment) -> dict[Finding, Reason]:
        """Give the questions that age and skin type leave open."""
        return {f: self._known[f].asked(assessment.setting) for f in person.unknown}

    def _not_covered(self, finding: Finding) -> Reason:
        """Refer where the edition is older than the finding's code: silence is no consent."""
        rule = self._knowledge.rule("finding_not_covered")
        return rule.reason(Effect.REFER, f"{finding.value}=present", finding=finding)
