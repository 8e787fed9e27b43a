"""What stands above an answer: the verdict, what it is about, and when."""

from typing import TYPE_CHECKING

from microneedling.display.labels import label, labels
from microneedling.display.reasons import roles
from microneedling.display.text import row, wrapped
from microneedling.values.finding_kinds import Ending, Urgency
from microneedling.values.reasons import Effect, Verdict

if TYPE_CHECKING:
    from microneedling.values.assessments import Assessment, Concern
    from microneedling.values.recommendations import Answer
    from microneedling.values.vocabulary import Severity

__all__ = ["concern", "heading"]

# How what has no day ends, as the text says it.
_ENDINGS = {
    Ending.HEALED: "healed",
    Ending.STATE_ENDS: "over",
    Ending.DAY: "over",
    Ending.CLEARED: "cleared",
}
_DAYS = "the day of all is known"


def heading(answer: "Answer") -> list[str]:
    """Give the verdict with what it is about, of whom it is told, and when."""
    line = f"{_verdict(answer)}: {_subject(answer.assessment)}"
    lines = wrapped(line, " " * 7, "").splitlines()
    lines += wrapped(_person(answer.assessment), "  ").splitlines()
    return [*lines, *row("When", _when(answer))]


def _verdict(answer: "Answer") -> str:
    line = answer.verdict.value.upper()
    if all(reason.effect is Effect.CLEAR for reason in answer.because):
        line = f"REFER, to be cleared first by {roles(answer.because)}"
    elif answer.verdict is Verdict.REFER and roles(answer.because):
        line = f"REFER to {roles(answer.because)}"
    served = {concern for course in answer.options for concern in course.concerns}
    if answer.options and len(served) < len(answer.assessment.concerns):
        line += f" for {len(served)} of {len(answer.assessment.concerns)}"
    urgent = [r for r in answer.reasons if r.urgency is Urgency.SAME_DAY]
    if urgent and line == f"REFER to {roles(urgent)}":
        return f"REFER, THE SAME DAY, to {roles(urgent)}"
    return f"{line}; THE SAME DAY to be seen by {roles(urgent)}" if urgent else line


def concern(held: "Concern") -> str:
    """Name what is treated, and how marked it is."""
    return f"{label(held.indication)}, {_grade(held.severity)}"


def _grade(severity: "Severity | None") -> str:
    return label(severity) if severity else "not graded"


def _subject(assessment: "Assessment") -> str:
    where = f"{label(assessment.site)}; {label(assessment.setting)}"
    grades = {held.severity for held in assessment.concerns}
    if len(grades) > 1:
        return f"{' and '.join(map(concern, assessment.concerns))}; {where}"
    named = labels((held.indication for held in assessment.concerns), " and ")
    return f"{named}, {_grade(*grades)}; {where}"


def _person(assessment: "Assessment") -> str:
    skin, age = assessment.skin_type, assessment.age_years
    told = [assessment.on.isoformat(), label(skin) if skin else "skin type not known"]
    told.append(f"{age} years" if age is not None else "age not known")
    if assessment.sex:
        told.append(label(assessment.sex))
    if assessment.device:
        told.append(label(assessment.device.kind))
    asked = assessment.screening
    found = len({exposure.finding for exposure in asked.present})
    if found:
        told.append(f"{found} finding{'' if found == 1 else 's'}")
    elif asked.everything_asked:
        told.append("no findings")
    told.append("everything asked" if asked.everything_asked else "not everything asked")
    return "; ".join(told)


def _when(answer: "Answer") -> str:
    if answer.verdict not in {Verdict.DEFER, Verdict.REFER}:
        return ""
    conditions = _conditions(answer)
    paused = [reason.if_paused for reason in answer.because if reason.if_paused]
    if answer.earliest:
        first = f"not before {answer.earliest.isoformat()}"
        return ", and only when ".join([first, *conditions])
    if answer.verdict is Verdict.REFER:
        return f"only when {'; only when '.join(conditions)}" if conditions else ""
    if paused and len(paused) == len(answer.because) and _DAYS not in conditions:
        return f"if paused today, not before {max(paused).isoformat()}"
    told = [f"only when {condition}" for condition in conditions]
    return "; ".join([*told, "no date can be given"])


def _conditions(answer: "Answer") -> list[str]:
    """Say what else has to be, besides a day that is known."""
    found = []
    clear = [reason for reason in answer.reasons if reason.effect is Effect.CLEAR]
    if clear and len(clear) < len(answer.because):
        found.append(f"cleared by: {roles(clear)}")
    elif clear and answer.earliest:
        found.append("cleared")
    undated = [r for r in answer.reasons if r.effect is Effect.DEFER and r.until is None]
    for told in dict.fromkeys(_ENDINGS.values()):
        ended = [r.finding for r in undated if r.finding and r.ends and _ENDINGS[r.ends] == told]
        if ended:
            found.append(f"{told}: {labels(ended)}")
    if any(r.effect is Effect.ASK and r.wait_days for r in answer.reasons):
        found.append(_DAYS)
    return found
