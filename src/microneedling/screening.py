"""The first step of a decision: what speaks against needling, what limits it, what is unknown."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from attrs import evolve

from microneedling.assessments import Assessment, Concern
from microneedling.findings import Exposure
from microneedling.knowledge.model import Knowledge
from microneedling.knowledge.rules import FindingRule, Level
from microneedling.recommendations import Effect, Reason, Stage, Step
from microneedling.vocabulary import Finding, Indication, Site, SkinType

__all__ = ["Screener", "asked", "finding_reason"]

_EFFECT = {
    Level.CAUTION: Effect.CAUTION,
    Level.DEFER: Effect.DEFER,
    Level.REFER: Effect.REFER,
    Level.DECLINE: Effect.DECLINE,
}
_KEPT = 8192
_STATES = ("absent", "present", "unknown", "over", "not asked here")


def asked(rule: FindingRule, site: Site, indications: Sequence[Indication]) -> bool:
    """Tell whether a finding's question makes sense at a site and for some indications."""
    return (not rule.asked_at or site in rule.asked_at) and (
        not rule.asked_for or any(indication in rule.asked_for for indication in indications)
    )


def finding_reason(rule: FindingRule, effect: Effect) -> Reason:
    """Make the reason that a finding gives, present or unknown."""
    unknown = effect in {Effect.ASK, Effect.UNKNOWN}
    return Reason(
        rule=f"findings.{rule.finding.value}",
        effect=effect,
        facts=(f"{rule.finding.value}={'unknown' if unknown else 'present'}",),
        why=rule.why,
        grade=rule.grade,
        citations=rule.citations + (rule.wait.citations if rule.wait else ()),
        disagreements=rule.disagreements,
        finding=rule.finding,
        question=rule.question if unknown else "",
    )


def _weightiest_first(reason: Reason) -> tuple[int, str]:
    return -reason.weight, reason.rule


class Screened:
    """What the screening found; reasons in groups, each in its final order."""

    __slots__ = ("cautions", "ignored", "numbing_barred", "steps", "unknown", "verdicts")

    def __init__(self, steps: list[Step], unknown: list[Reason]) -> None:
        self.verdicts: list[Reason] = []
        self.cautions: list[Reason] = []
        self.unknown: list[Reason] = unknown
        self.steps: list[Step] = steps
        self.ignored: list[str] = []
        # The finding that rules an anaesthetic out, and whether that is only possible.
        self.numbing_barred: tuple[FindingRule, bool] | None = None


class _Person:
    """What age and skin type say of the findings that follow from them."""

    __slots__ = ("absent", "present", "unknown")

    def __init__(self) -> None:
        self.present: dict[Finding, Reason] = {}
        self.absent: list[Finding] = []
        self.unknown: list[Finding] = []


class Screener:
    """An edition's findings, made ready for many assessments."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        rules = sorted(knowledge.findings, key=lambda rule: rule.finding.value)
        self._rules = {rule.finding: rule for rule in rules}
        self._place = {rule.finding: place for place, rule in enumerate(rules)}
        self._derived = [r for r in rules if r.age_under_years is not None or r.skin_types]
        self._present = {r.finding: finding_reason(r, _EFFECT[r.level]) for r in rules}
        self._unknown = {
            r.finding: finding_reason(r, Effect.UNKNOWN if r.level is Level.CAUTION else Effect.ASK)
            for r in rules
        }
        self._asking = {rule.finding: finding_reason(rule, Effect.ASK) for rule in rules}
        self._barring = [rule for rule in rules if rule.bars_numbing]
        self._steps = {
            (finding, state): Step(Stage.SCREEN, f"findings.{finding.value}", state)
            for finding in self._rules
            for state in _STATES
        }
        self._all_absent = [self._steps[finding, "absent"] for finding in self._rules]
        # What to ask first is what weighs most.
        self._by_weight = sorted(rules, key=lambda rule: (-rule.level.rank, rule.finding.value))
        self._persons: dict[tuple[int | None, SkinType | None], _Person] = {}
        self._dated: dict[tuple[Finding, date], Reason] = {}
        self._open: dict[tuple[Site, tuple[Concern, ...]], tuple[list[Step], list[Finding]]] = {}

    def screen(self, assessment: Assessment) -> Screened:
        """Go through the findings."""
        person = self._person(assessment.age_years, assessment.skin_type)
        given = {exposure.finding: exposure for exposure in assessment.screening.present}
        found = self._silent(assessment, person, given)
        for finding in sorted(given):
            self._take(assessment.on, given[finding], found)
        for finding, reason in person.present.items():
            if finding not in given:
                self._add(found, finding, reason)
        if len(found.verdicts) > 1:
            found.verdicts.sort(key=_weightiest_first)
        if len(found.cautions) > 1:
            found.cautions.sort(key=_weightiest_first)
        return found

    def _silent(
        self, assessment: Assessment, person: _Person, given: Mapping[Finding, Exposure]
    ) -> Screened:
        """Deal with the findings that are not present: each is absent or unknown."""
        screening = assessment.screening
        known = given.keys() | screening.absent | person.present.keys()
        if screening.everything_asked:
            steps = self._all_absent.copy()
            unknown = [finding for finding in person.unknown if finding not in known]
            for finding in unknown:
                self._mark(steps, finding, "unknown")
        else:
            base, open_findings = self._nothing_known(assessment.site, assessment.concerns)
            steps = base.copy()
            for finding in (*screening.absent, *person.absent):
                self._mark(steps, finding, "absent")
            known.update(person.absent)
            unknown = [finding for finding in open_findings if finding not in known]
        found = Screened(steps, [self._unknown[finding] for finding in unknown])
        for rule in self._barring:
            if rule.finding in unknown:
                found.numbing_barred = (rule, True)
        return found

    def ask_for(self, finding: Finding, found: Screened) -> None:
        """Ask for a finding that is unknown, whatever its level."""
        held = self._unknown[finding]
        found.unknown = [reason for reason in found.unknown if reason is not held]
        found.unknown.append(self._asking[finding])

    def _nothing_known(
        self, site: Site, concerns: tuple[Concern, ...]
    ) -> tuple[list[Step], list[Finding]]:
        """Give the steps and the open findings of a patient of whom nothing was asked."""
        key = (site, concerns)
        if key not in self._open:
            if len(self._open) >= _KEPT:
                self._open.clear()
            indications = [concern.indication for concern in concerns]
            open_findings = [r.finding for r in self._by_weight if asked(r, site, indications)]
            self._open[key] = (
                [
                    self._steps[
                        finding, "unknown" if finding in open_findings else "not asked here"
                    ]
                    for finding in self._rules
                ],
                open_findings,
            )
        return self._open[key]

    def _person(self, age: int | None, skin: SkinType | None) -> _Person:
        """Say which findings follow from age and skin type; kept, since people are alike."""
        person = self._persons.get((age, skin))
        if person is None:
            person = self._persons[age, skin] = _Person()
            for rule in self._derived:
                if rule.age_under_years is not None:
                    fact = f"age_years={age}"
                    state = None if age is None else age < rule.age_under_years
                else:
                    fact = f"skin_type={skin.value if skin else 'unknown'}"
                    state = None if skin is None else skin in rule.skin_types
                if state is None:
                    person.unknown.append(rule.finding)
                elif state:
                    present = self._present[rule.finding]
                    person.present[rule.finding] = evolve(present, facts=(fact,))
                else:
                    person.absent.append(rule.finding)
        return person

    def _mark(self, steps: list[Step], finding: Finding, state: str) -> None:
        place = self._place.get(finding)
        if place is not None:
            steps[place] = self._steps[finding, state]

    def _take(self, on: date, exposure: Exposure, found: Screened) -> None:
        """Weigh one finding that is present; a waiting time that is over lifts it."""
        finding, last_on = exposure.finding, exposure.last_on
        rule = self._rules.get(finding)
        if rule is None:
            found.verdicts.append(self._not_covered(finding))
        elif last_on is None:
            self._add(found, finding, self._present[finding])
        elif rule.wait is None:
            found.ignored.append(f"screening.{finding.value}.last_on")
            self._add(found, finding, self._present[finding])
        elif on >= (until := last_on + timedelta(days=rule.wait.days)):
            self._mark(found.steps, finding, "over")
        else:
            self._add(found, finding, self._deferral(finding, last_on, until))

    def _not_covered(self, finding: Finding) -> Reason:
        """Refer where the edition is older than the finding's code: silence is no consent."""
        rule = self._knowledge.rule("finding_not_covered")
        return Reason(
            rule="rules.finding_not_covered",
            effect=Effect.REFER,
            facts=(f"{finding.value}=present",),
            why=rule.why,
            grade=rule.grade,
            citations=rule.citations,
            finding=finding,
        )

    def _deferral(self, finding: Finding, last_on: date, until: date) -> Reason:
        """Give a dated deferral; kept, since days recur."""
        reason = self._dated.get((finding, last_on))
        if reason is None:
            if len(self._dated) >= _KEPT:
                self._dated.clear()
            fact = f"{finding.value}.last_on={last_on.isoformat()}"
            reason = evolve(self._present[finding], facts=(fact,), until=until)
            self._dated[finding, last_on] = reason
        return reason

    def _add(self, found: Screened, finding: Finding, reason: Reason) -> None:
        self._mark(found.steps, finding, "present")
        (found.verdicts if reason.weight else found.cautions).append(reason)
        if self._rules[finding].bars_numbing:
            found.numbing_barred = (self._rules[finding], False)
