"""
An answer on one screen.

What has to be done or left, limits, stop signs and what is to be heeded of this patient are never
cut: the options shrink first, then the text grows. What is true of every patient comes last.
"""

from typing import TYPE_CHECKING

from microneedling.display.headings import heading
from microneedling.display.labels import label, sentence
from microneedling.display.options import (
    IN_SESSION,
    columns,
    option_rows,
    served,
    session,
    why_first,
)
from microneedling.display.questions import question_rows
from microneedling.display.reasons import musts, name, short, shorts, who
from microneedling.display.stop_signs import stop_rows
from microneedling.display.text import MOST_LINES, decides, fitting, reader, row, rows, wrapped
from microneedling.values.reasons import Effect, Verdict
from microneedling.values.session_rows import (
    Audience,
    CareStep,
    NeedAspect,
    SessionNeed,
    Strictness,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from microneedling.values.courses import Course
    from microneedling.values.reasons import Reason
    from microneedling.values.recommendations import Answer, Provenance

__all__ = ["area", "around", "brief", "ending", "left_out", "patient_rows", "shared"]

_MOST_OPTIONS = 4
_MOST_QUESTIONS = 8
# How much of what is true of every answer of an edition is told.
_MOST_ON_LIMITS = 2


def brief(answer: "Answer", audience: Audience | str | None = None) -> str:
    """Render an answer on one screen."""
    last = [*shared([answer], reader(audience)), *ending([answer])]
    return "\n".join([*area(answer, MOST_LINES - len(last)), *last])


def area(answer: "Answer", room: int, told: "Collection[Reason]" = ()) -> list[str]:
    """
    Tell what is of one answer alone.

    Args:
        answer: The answer.
        room: How many lines it had better have.
        told: Reasons that are told elsewhere.
    """
    above, below = around(answer, told)
    rest = room - len(above) - len(below)
    if answer.verdict is Verdict.ASK:
        middle = question_rows(answer.because, max(rest, _MOST_QUESTIONS))
    elif answer.options:
        middle = _options(answer, rest)
    else:
        middle = []
    return [*above, *middle, *below]


def around(answer: "Answer", told: "Collection[Reason]" = ()) -> tuple[list[str], list[str]]:
    """Tell what is of one answer alone: what stands above options or questions, and below."""
    above = [*heading(answer), *_because(answer, told)]
    below = [*rows("Unserved", shorts(answer.unserved)), *patient_rows(answer.reasons, told)]
    return above, below + (_session(answer.options) if answer.options else [])


def _options(answer: "Answer", room: int) -> list[str]:
    options = answer.options
    blocks = [
        option_rows(course, served(options, answer.assessment.concerns)) for course in options
    ]
    # Above, and below what is left out.
    shown = fitting(blocks[:_MOST_OPTIONS], room - 1 - len(left_out(answer, 1)))
    lines = [columns(), *(line for block in shown for line in block)]
    lines += left_out(answer, len(shown))
    return lines


def left_out(answer: "Answer", shown: int) -> list[str]:
    """Say why the first option is first, and how many are not shown."""
    more, others = len(answer.options) - shown, len(answer.excluded)
    told = [f"{more} more"] if more else []
    told += [f"{others} documented but not offered"] if others else []
    counted = f"{sentence('; '.join(told))}." if told else ""
    return wrapped(f"{why_first(answer.options)} {counted}".strip(), "     ").splitlines()


def _session(options: "Sequence[Course]") -> list[str]:
    """Tell the session of the first option, and that of others it differs."""
    first = session(options[0])
    differ = any(session(course) != first for course in options[1:])
    return row("Option 1" if differ else "Session", first)


def _because(answer: "Answer", told: "Collection[Reason]") -> list[str]:
    """Say why nothing is offered; all of it, for each has to be gone."""
    if answer.options or answer.verdict is Verdict.ASK:
        return []
    carried = [*answer.because, *_besides(answer)]
    lines = rows("Because", [_with_role(reason) for reason in carried if reason not in told])
    if any(reason in told for reason in carried):
        lines += row("" if lines else "Because", "and what binds all areas, above")
    return lines


def _with_role(reason: "Reason") -> str:
    paused = (
        f" If paused today, not before {reason.if_paused.isoformat()}." if reason.if_paused else ""
    )
    return f"{short(reason)} {who(reason)}".strip() + paused


def _besides(answer: "Answer") -> "list[Reason]":
    """Give what speaks against an offer and weighs less than the verdict; questions apart."""
    worst = answer.because[0].weight
    return [r for r in answer.reasons if 0 < r.weight < worst and r.effect is not Effect.ASK]


def patient_rows(reasons: "Iterable[Reason]", told: "Collection[Reason]" = ()) -> list[str]:
    """Spell out what has to be done or left, what limits, and what is to be heeded."""
    held = [reason for reason in reasons if reason not in told]
    limits = [r for r in held if r.limit is not None]
    changes = [
        r
        for r in held
        if r.effect in {Effect.CHANGE, Effect.LIMIT} and not r.must and r.limit is None
    ]
    cautions = [r for r in held if r.effect is Effect.CAUTION]
    # Of the person first, then of the place.
    cautions.sort(key=lambda reason: reason.finding is None)
    return [
        *rows("Must", musts(held)),
        *rows("Limit", (f"{r.limit}: {short(r)}" for r in limits)),
        *rows("Change", map(short, changes)),
        *rows("Heed", map(short, cautions)),
    ]


def shared(answers: "Sequence[Answer]", audience: Audience | None = None) -> list[str]:
    """Tell what answers share: stop signs, clearances, and what somebody has to do."""
    options = [course for answer in answers for course in answer.options]
    lines = _care(options, audience)
    if options:
        lines += stop_rows(options)
        lines += row("Cleared", _cleared(options, unnamed=answers[0].assessment.device is None))
    return lines


def _care(options: "Sequence[Course]", audience: Audience | None) -> list[str]:
    """Tell what is done for such a patient alone, and what one reader has to do for any."""
    steps = dict.fromkeys(step for course in options for step in course.care)
    needs = dict.fromkeys(need for course in options for need in course.needs)
    # Of the first option the line of its session tells these.
    shown = [n for course in options[:1] for n in course.needs if n.aspect in IN_SESSION]
    # What may follow is told as a caution.
    shown += [need for need in needs if need.aspect is NeedAspect.DARK_MARKS]
    own = [need.short for need in needs if _is_own(need) and need not in shown]
    own += [_step(step, audience) for step in steps if _is_own(step)]
    lines = rows("Care", own)
    if audience is not None:
        firm = [
            _step(step, audience)
            for step in steps
            if step.audience is audience and step.strictness is Strictness.MUST
        ]
        lines += rows(sentence(label(audience)), firm)
    return lines


def _is_own(row_held: CareStep | SessionNeed) -> bool:
    """Tell whether a row is for such a patient alone, not for everybody at such a place."""
    return bool(row_held.applies_to.findings or row_held.applies_to.skin_types)


def _step(step: CareStep, audience: Audience | None) -> str:
    told = step.patient_text if audience is Audience.PATIENT else ""
    days = f"{step.from_day} to {step.to_day}" if step.from_day != step.to_day else step.to_day
    return f"day {days}: {told or step.short or step.instruction}"


def _cleared(options: "Sequence[Course]", *, unnamed: bool) -> str:
    counts = sorted({len(course.clearances) for course in options})
    if counts == [0]:
        if unnamed:
            return "not known: no device is named"
        return "not known: no United States clearance read covers it"
    told = f"in the United States, {counts[-1]} clearance{'' if counts[-1] == 1 else 's'} read"
    return f"{told} (not every option)" if counts[0] == 0 else told


def ending(answers: "Sequence[Answer]") -> list[str]:
    """End a brief: what is not known, the edition, and how to see more."""
    first = answers[0]
    unknown = dict.fromkeys(
        name(r) or _asked(r) for a in answers for r in a.reasons if r.effect is Effect.UNKNOWN
    )
    lines = _not_asked([*unknown])
    lines += _limitations(first.provenance, "" if lines else "Not known")
    return [*lines, *decides(first.edition, ", --why 1" if first.options else "")]


def _asked(reason: "Reason") -> str:
    """Put a question among other things that were not asked."""
    return reason.question[:1].lower() + reason.question[1:].rstrip("?")


def _not_asked(names: "list[str]") -> list[str]:
    """Name what was not asked and would be heeded, as far as two lines go."""
    for count in range(len(names), 0, -1):
        others = f" and {len(names) - count} more" if count < len(names) else ""
        lines = row("Not known", f"not asked, to be heeded: {'; '.join(names[:count])}{others}")
        if len(lines) <= _MOST_ON_LIMITS or count == 1:
            return lines
    return []


def _limitations(provenance: "Provenance", title: str) -> list[str]:
    """Tell those limits of the edition that a line tells, as far as there is room."""
    held = [text for text in provenance.limitations if len(row("", text)) == 1]
    return rows(title, held[:1])
