"""The first step of a decision: what speaks against needling, what limits it, what is unknown."""

from collections.abc import Sequence
from datetime import date, timedelta

from microneedling._foundation.bounded_cache import Kept
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.rules import FindingRule, Level
from microneedling.values.assessments import Assessment
from microneedling.values.recommendations import Effect, Reason, Stage, Step
from microneedling.values.vocabulary import Finding, Indication, Site, SkinType

__all__ = ["Screened", "Screener", "asked"]

_EFFECT = {
    Level.CAUTION: Effect.CAUTION,
    Level.DEFER: Effect.DEFER,
    Level.REFER: Effect.REFER,
    Level.DECLINE: Effect.DECLINE,
}
_WAITING = (Effect.DEFER, Effect.LIFTED)
_ASK, _DECLINE = Effect.ASK.weight, Effect.DECLINE.weight
_LIFTED = Effect.LIFTED
_NO_QUESTION: dict[Finding, Reason] = {}


def asked(rule: FindingRule, site: Site, indications: Sequence[Indication]) -> bool:
    """Tell whether a finding's question makes sense at a site and for some indications."""
    return (not rule.asked_at or site in rule.asked_at) and (
        not rule.asked_for or any(indication in rule.asked_for for indication in indications)
    )


class _Known:
    """All that one finding can say, made once."""

    __slots__ = (
        "absent",
        "bars_numbing",
        "day",
        "over",
        "place",
        "present",
        "rule",
        "seen",
        "silent",
        "unasked",
        "unknown",
    )

    def __init__(self, rule: FindingRule, place: int) -> None:
        self.rule = rule
        # Of its step among the steps.
        self.place = place
        self.bars_numbing = rule.bars_numbing
        self.present = _reason(rule, _EFFECT[rule.level])
        self.unknown = _reason(rule, Effect.UNKNOWN if rule.level is Level.CAUTION else Effect.ASK)
        # What a day is called that makes no difference.
        self.day = f"screening.{rule.finding.value}.last_on"
        name = f"findings.{rule.finding.value}"
        self.seen = Step(Stage.SCREEN, name, "present")
        self.absent = Step(Stage.SCREEN, name, "absent")
        self.silent = Step(Stage.SCREEN, name, "unknown")
        self.over = Step(Stage.SCREEN, name, "over")
        self.unasked = Step(Stage.SCREEN, name, "not asked here")


def _reason(rule: FindingRule, effect: Effect, fact: str = "", until: date | None = None) -> Reason:
    """Make the reason that a finding gives, present or unknown."""
    unknown = effect is Effect.ASK or effect is Effect.UNKNOWN
    return Reason(
        rule=f"findings.{rule.finding.value}",
        effect=effect,
        facts=(fact or f"{rule.finding.value}={'unknown' if unknown else 'present'}",),
        why=rule.why,
        grade=rule.grade,
        citations=rule.citations + (rule.wait.citations if rule.wait else ()),
        disagreements=rule.disagreements,
        finding=rule.finding,
        until=until,
        wait_days=rule.wait.days if rule.wait and effect in _WAITING else None,
        question=rule.question if unknown else "",
    )


class Screened:
    """What the screening found; reasons in groups, each in its final order."""

    __slots__ = (
        "cautions",
        "ignored",
        "lifted",
        "numbing_barred",
        "steps",
        "unknown",
        "verdicts",
        "weight",
    )

    def __init__(self, steps: list[Step]) -> None:
        self.steps: list[Step] = steps
        self.verdicts: list[Reason] = []
        self.cautions: list[Reason] = []
        # The weightiest question stands first.
        self.unknown: dict[Finding, Reason] = _NO_QUESTION
        self.lifted: tuple[Reason, ...] = ()
        self.ignored: tuple[str, ...] = ()
        # The finding that rules an anaesthetic out, and whether that is only possible.
        self.numbing_barred: tuple[Finding, bool] | None = None
        # Of the weightiest of its reasons.
        self.weight: int = 0


class _Person:
    """What age and skin type say of the findings that follow from them."""

    __slots__ = ("absent", "alone", "present", "steps", "unknown")

    def __init__(self, steps: list[Step]) -> None:
        self.present: dict[Finding, Reason] = {}
        self.absent: list[_Known] = []
        self.unknown: dict[Finding, Reason] = {}
        # Where everything else was asked and nothing found.
        self.steps: list[Step] = steps
        # And what the screening then gives; nobody may change it.
        self.alone: Screened | None = None


class Screener:
    """An edition's findings, made ready for many assessments."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        rules = sorted(knowledge.findings, key=lambda rule: rule.finding.value)
        self._known = {rule.finding: _Known(rule, place) for place, rule in enumerate(rules)}
        self._all_absent = [known.absent for known in self._known.values()]
        # What to ask first is what weighs most.
        self._by_weight = sorted(rules, key=lambda rule: (-rule.level.rank, rule.finding.value))
        self._derived = [
            rule for rule in self._by_weight if rule.age_under_years is not None or rule.skin_types
        ]
        # A code that is younger than the edition is referred.
        level = {rule.finding: rule.level for rule in rules}
        order = sorted(Finding, key=lambda f: (-level.get(f, Level.REFER).rank, f.value))
        self._rank = {finding: place for place, finding in enumerate(order)}.__getitem__
        self._barring = [rule.finding for rule in rules if rule.bars_numbing]
        self._persons: dict[tuple[int | None, SkinType | None], _Person] = {}
        self._dated: dict[tuple[Finding, date, Effect], Reason] = Kept(4096)
        # Each with the sites and the indications that it is asked for at; empty for any.
        self._not_everywhere = [
            (rule.finding, frozenset(rule.asked_at), frozenset[str | None](rule.asked_for))
            for rule in rules
            if rule.asked_at or rule.asked_for
        ]
        # By the findings that are not asked for at a site and for some indications.
        self._open: dict[tuple[Finding, ...], tuple[list[Step], dict[Finding, Reason]]] = {}

    def screen(self, assessment: Assessment) -> Screened:
        """Go through the findings."""
        person = self._persons.get((assessment.age_years, assessment.skin_type))
        if person is None:
            person = self._person(assessment.age_years, assessment.skin_type)
        screening = assessment.screening
        if not screening.everything_asked or screening.present or person.unknown:
            return self._screened(assessment, person)
        # All was asked and nothing found: the same for everybody like this person.
        if person.alone is None:
            person.alone = self._screened(assessment, person)
        return person.alone

    def _screened(self, assessment: Assessment, person: _Person) -> Screened:
        screening = assessment.screening
        if screening.everything_asked:
            found, unknown = Screened(person.steps.copy()), person.unknown
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
        given = {exposure.finding: exposure.last_on for exposure in screening.present}
        derived = person.present
        if derived:
            # What is told outright goes before what follows from age and skin type.
            derived = {f: reason for f, reason in derived.items() if f not in given}
            given |= dict.fromkeys(derived)
        if given:
            self._weigh(assessment.on, given, derived, found)
        # Where needling is declined no answer to a question changes that.
        if unknown and found.weight != _DECLINE:
            self._ask(
                unknown,
                (*screening.absent, *given, *[known.rule.finding for known in person.absent]),
                found,
            )
        return found

    def _weigh(
        self,
        on: date,
        given: dict[Finding, date | None],
        derived: dict[Finding, Reason],
        found: Screened,
    ) -> None:
        """Weigh what is present, the weightiest first; the order of the input does not matter."""
        steps, verdicts = found.steps, found.verdicts
        for finding in sorted(given, key=self._rank) if len(given) > 1 else given:
            known, last_on = self._known.get(finding), given[finding]
            if known is None:
                verdicts.append(self._not_covered(finding))
                continue
            if last_on is not None:
                reason = self._by_day(on, known, last_on, found)
            else:
                reason = derived.get(finding, known.present)
            if reason.effect is _LIFTED:
                steps[known.place] = known.over
                found.lifted += (reason,)
                continue
            steps[known.place] = known.seen
            (verdicts if reason.weight else found.cautions).append(reason)
            if known.bars_numbing:
                found.numbing_barred = (finding, False)
        if verdicts:
            found.weight = verdicts[0].weight

    def _by_day(self, on: date, known: _Known, last_on: date, found: Screened) -> Reason:
        """Weigh a finding by its last day; a waiting time that is over lifts it."""
        rule = known.rule
        if rule.wait is None:
            found.ignored += (known.day,)
            return known.present
        until = last_on + timedelta(days=rule.wait.days)
        effect = _LIFTED if on >= until else known.present.effect
        # Kept, since days recur.
        reason = self._dated.get((rule.finding, last_on, effect))
        if reason is None:
            fact = f"{rule.finding.value}.last_on={last_on.isoformat()}"
            reason = _reason(rule, effect, fact, until)
            self._dated[rule.finding, last_on, effect] = reason
        return reason

    def _ask(
        self, unknown: dict[Finding, Reason], answered: tuple[Finding, ...], found: Screened
    ) -> None:
        """Ask for what is left open."""
        found.unknown = unknown = unknown.copy()
        for finding in answered:
            unknown.pop(finding, None)
        for reason in unknown.values():
            found.weight = max(found.weight, reason.weight)
            break
        if found.numbing_barred is None:
            for finding in self._barring:
                if finding in unknown:
                    found.numbing_barred = (finding, True)

    def ask_for(self, finding: Finding, found: Screened) -> None:
        """Ask for a finding that is unknown, whatever its level; after all other questions."""
        del found.unknown[finding]
        found.unknown[finding] = _reason(self._known[finding].rule, Effect.ASK)
        found.weight = max(found.weight, _ASK)

    def _nothing_known(self, assessment: Assessment) -> tuple[list[Step], dict[Finding, Reason]]:
        """Give the steps and the questions for a patient of whom nothing was asked."""
        site, indications = assessment.site, assessment.subject[2::2]
        left_out = tuple(
            [
                finding
                for finding, sites, reasons in self._not_everywhere
                if (sites and site not in sites) or (reasons and reasons.isdisjoint(indications))
            ]
        )
        made = self._open.get(left_out)
        if made is None:
            unknown = {
                rule.finding: self._known[rule.finding].unknown
                for rule in self._by_weight
                if rule.finding not in left_out
            }
            steps = [
                known.unasked if finding in left_out else known.silent
                for finding, known in self._known.items()
            ]
            made = self._open[left_out] = (steps, unknown)
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
                person.present[finding] = _reason(rule, known.present.effect, fact)
            else:
                person.absent.append(known)
        # Only now, for another thread may ask for it at once.
        self._persons[age, skin] = person
        return person

    def _not_covered(self, finding: Finding) -> Reason:
        """Refer where the edition is older than the finding's code: silence is no consent."""
        rule = self._knowledge.rule("finding_not_covered")
        return rule.reason(Effect.REFER, f"{finding.value}=present", finding=finding)
