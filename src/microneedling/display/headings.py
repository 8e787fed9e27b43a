"""What stands above an answer: the verdict, what it is about, and when."""

from typing import TYPE_CHECKING

from microneedling.display.labels import label, labels
from microneedling.display.languages import counted, say, told as tell
from microneedling.display.reasons import roles
from microneedling.display.text import row, wrapped
from microneedling.values.finding_kinds import Ending, Urgency
from microneedling.values.reasons import Effect, Verdict

if TYPE_CHECKING:
    from microneedling.values.assessments import Assessment, Concern
    from microneedling.values.recommendations import Answer
    from microneedling.values.vocabulary import Severity

__all__ = ["ENDINGS", "concern", "heading"]

# How what has no day ends, as the text says it.
ENDINGS = {
    Ending.HEALED: "healed",
    Ending.STATE_ENDS: "over",
    Ending.DAY: "over",
    Ending.CLEARED: "cleared",
}


def heading(answer: "Answer") -> list[str]:
    """Give the verdict with what it is about, of whom it is told, and when."""
    line = f"{_verdict(answer)}: {_subject(answer.assessment)}"
    lines = wrapped(line, " " * 7, "").splitlines()
    lines += wrapped(_person(answer.assessment), "  ").splitlines()
    return [*lines, *row(say("heading.When", "When"), _when(answer))]


def _verdict(answer: "Answer") -> str:
    line = tell("verdict", answer.verdict.value.upper())
    who = roles(answer.because)
    refer = say("heading.refer", "REFER to {roles}", roles=who)
    if all(reason.effect is Effect.CLEAR for reason in answer.because):
        line = say("heading.clear", "REFER, to be cleared first by {roles}", roles=who)
    elif answer.verdict is Verdict.REFER and who:
        line = refer
    served = {concern for course in answer.options for concern in course.concerns}
    if answer.options and len(served) < len(answer.assessment.concerns):
        line += say(
            "heading.served",
            " for {served} of {all}",
            served=len(served),
            all=len(answer.assessment.concerns),
        )
    urgent = [r for r in answer.reasons if r.urgency is Urgency.SAME_DAY]
    if urgent and line == refer and who == roles(urgent):
        return say("heading.same_day", "REFER, THE SAME DAY, to {roles}", roles=who)
    if not urgent:
        return line
    seen = say("heading.seen", "THE SAME DAY to be seen by {roles}", roles=roles(urgent))
    return f"{line}; {seen}"


def concern(held: "Concern") -> str:
    """Name what is treated, and how marked it is."""
    return f"{label(held.indication)}, {_grade(held.severity)}"


def _grade(severity: "Severity | None") -> str:
    return label(severity) if severity else say("heading.ungraded", "not graded")


def _subject(assessment: "Assessment") -> str:
    where = f"{label(assessment.site)}; {label(assessment.setting)}"
    together = say("heading.and", " and ")
    grades = {held.severity for held in assessment.concerns}
    if len(grades) > 1:
        return f"{together.join(map(concern, assessment.concerns))}; {where}"
    named = labels((held.indication for held in assessment.concerns), together)
    return f"{named}, {_grade(*grades)}; {where}"


def _person(assessment: "Assessment") -> str:
    skin, age = assessment.skin_type, assessment.age_years
    told = [
        assessment.on.isoformat(),
        label(skin) if skin else say("heading.skin", "skin type not known"),
    ]
    if age is None:
        told.append(say("heading.ageless", "age not known"))
    else:
        told.append(counted("heading.age", "{count} years", "{count} years", age))
    if assessment.sex:
        told.append(label(assessment.sex))
    if assessment.device:
        told.append(label(assessment.device.kind))
    asked = assessment.screening
    found = len({exposure.finding for exposure in asked.present})
    if found:
        told.append(counted("heading.findings", "{count} finding", "{count} findings", found))
    elif asked.everything_asked:
        told.append(say("heading.healthy", "no findings"))
    if asked.everything_asked:
        told.append(say("heading.all_asked", "everything asked"))
    else:
        told.append(say("heading.some_asked", "not everything asked"))
    return "; ".join(told)


def _when(answer: "Answer") -> str:
    if answer.verdict not in {Verdict.DEFER, Verdict.REFER}:
        return ""
    all_known = say("heading.days", "the day of all is known")
    conditions = _conditions(answer, all_known)
    only = [
        say("heading.only_when", "only when {condition}", condition=held) for held in conditions
    ]
    paused = [reason.if_paused for reason in answer.because if reason.if_paused]
    if answer.earliest:
        day = answer.earliest.isoformat()
        first = say("heading.not_before", "not before {day}", day=day)
        together = say("heading.and_only_when", ", and only when ")
        return together.join([first, *conditions])
    if answer.verdict is Verdict.REFER:
        return "; ".join(only)
    if paused and len(paused) == len(answer.because) and all_known not in conditions:
        day = max(paused).isoformat()
        return say("heading.if_paused", "if paused today, not before {day}", day=day)
    return "; ".join([*only, say("heading.dateless", "no date can be given")])


def _conditions(answer: "Answer", all_known: str) -> list[str]:
    """Say what else has to be, besides a day that is known."""
    found = []
    clear = [reason for reason in answer.reasons if reason.effect is Effect.CLEAR]
    if clear and len(clear) < len(answer.because):
        found.append(say("heading.cleared_by", "cleared by: {roles}", roles=roles(clear)))
    elif clear and answer.earliest:
        found.append(tell("ending", "cleared"))
    undated = [r for r in answer.reasons if r.effect is Effect.DEFER and r.until is None]
    for told in dict.fromkeys(ENDINGS.values()):
        ended = [r.finding for r in undated if r.finding and r.ends and ENDINGS[r.ends] == told]
        if ended:
            found.append(f"{tell('ending', told)}: {labels(ended)}")
    if any(r.effect is Effect.ASK and r.wait_days for r in answer.reasons):
        found.append(all_known)
    return found
