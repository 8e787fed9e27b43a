"""All that one finding can say: the reasons and the steps that it gives."""

from datetime import date

from attrs import evolve

from microneedling.knowledge.finding_rules import FindingRule, Level
from microneedling.values.finding_kinds import Nature
from microneedling.values.reasons import Effect, Reason, Stage, Step
from microneedling.values.vocabulary import Setting

__all__ = ["EFFECTS", "Known"]

EFFECTS = {
    Level.CAUTION: Effect.CAUTION,
    Level.CHANGE_OF_PLAN: Effect.CHANGE,
    Level.LIMIT: Effect.LIMIT,
    Level.CLEAR_FIRST: Effect.CLEAR,
    Level.DEFER: Effect.DEFER,
    Level.REFER: Effect.REFER,
    Level.DECLINE: Effect.DECLINE,
}
_OPEN = (Effect.ASK, Effect.UNKNOWN)
_SOMEBODY = (Effect.CLEAR, Effect.DEFER, Effect.REFER, Effect.DECLINE)
_LIFTED = Effect.LIFTED


class Known:
    """All that one finding can say, made once."""

    __slots__ = (
        "absent",
        "after",
        "cleared",
        "day",
        "dayless",
        "days",
        "must",
        "over",
        "place",
        "present",
        "rule",
        "seen",
        "silent",
        "unasked",
        "undated",
        "unknown",
        "unknown_at_home",
    )

    def __init__(self, rule: FindingRule, place: int, prescribed: str) -> None:
        self.rule: FindingRule = rule
        # Of its step among the steps.
        self.place: int = place
        said = (rule.must, prescribed if rule.nature is Nature.PRESCRIBED else "")
        self.must: str = " ".join(part for part in said if part)
        self.days: int | None = rule.days_until_over
        # What it does once it has ended, and where only the day of that is not known.
        self.after: Effect = EFFECTS[rule.wait.level if rule.wait else rule.level]
        self.present: Reason = self.reason(EFFECTS[rule.level])
        # A caution that asks for nothing to be done changes no offer in a clinic.
        stays_open = rule.level is Level.CAUTION and not rule.must
        self.unknown: Reason = self.reason(Effect.UNKNOWN if stays_open else Effect.ASK)
        # What rules out needling at home refers there, whatever it does elsewhere.
        milder = self.present.weight < Effect.REFER.weight or rule.level is Level.CLEAR_FIRST
        self.unknown_at_home: Reason = self.unknown
        if rule.not_at_home and milder:
            self.unknown_at_home = evolve(self.reason(Effect.ASK), if_yes=Effect.REFER)
        self.dayless: Reason = self.reason(Effect.ASK, f"{rule.finding.value}.last_on=unknown")
        self.undated: Reason = self.reason(self.after, f"{rule.finding.value}.ongoing=no")
        self.cleared: Reason = self.reason(Effect.CAUTION)
        # What a day is called that makes no difference.
        self.day: str = f"screening.{rule.finding.value}.last_on"
        name = f"findings.{rule.finding.value}"
        self.seen: Step = Step(Stage.SCREEN, name, "present")
        self.absent: Step = Step(Stage.SCREEN, name, "absent")
        self.silent: Step = Step(Stage.SCREEN, name, "unknown")
        self.over: Step = Step(Stage.SCREEN, name, "over")
        self.unasked: Step = Step(Stage.SCREEN, name, "not asked here")

    def asked(self, setting: Setting) -> Reason:
        """Give its question, with what a yes does in a setting."""
        return self.unknown_at_home if setting is Setting.HOME else self.unknown

    def reason(self, effect: Effect, fact: str = "", until: date | None = None) -> Reason:
        """Make the reason that the finding gives, present or unknown."""
        rule = self.rule
        is_open = effect in _OPEN
        # Its day is asked for where it is there, and itself where it is not known.
        question = rule.day_question if fact else rule.question
        dayless = is_open and bool(fact)
        # What is over is not to be stopped any more.
        must = rule.must if fact else self.must
        waits = bool(until) or effect is Effect.DEFER or dayless
        return Reason(
            rule=f"findings.{rule.finding.value}",
            effect=effect,
            facts=(fact or f"{rule.finding.value}={'unknown' if is_open else 'present'}",),
            why=rule.why,
            short=rule.short,
            # A day that is counted rests on what its waiting time rests on.
            grade=max(rule.grade, rule.wait.grade) if rule.wait and waits else rule.grade,
            citations=rule.citations + (rule.wait.citations if rule.wait else ()),
            disagreements=rule.disagreements,
            finding=rule.finding,
            until=None if effect is Effect.CLEAR else until,
            ends=rule.ends if effect in _SOMEBODY else None,
            wait_days=rule.wait.days if rule.wait and waits else None,
            question=question if is_open else "",
            group=rule.group if is_open else None,
            if_yes=EFFECTS[rule.level] if is_open and not dayless else None,
            first_screen=rule.first_screen and not is_open,
            must="" if is_open or effect is _LIFTED else must,
            role=rule.role if effect in _SOMEBODY else None,
            urgency=rule.urgency if effect is Effect.REFER else None,
        )
