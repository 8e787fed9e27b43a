"""
An answer on one screen.

What has to be done or left, limits, stop signs and what is to be heeded of this patient are never
cut: the options shrink first, then the text grows. What is true of every patient comes last.
"""

from typing import TYPE_CHECKING

from microneedling.display.headings import heading
from microneedling.display.labels import label, sentence
from microneedling.display.languages import (
    beside,
    counted,
    in_source,
    say,
    told as tell,
    within,
)
from microneedling.display.options import (
    IN_SESSION,
    columns,
    option_rows,
    served,
    session,
    why_first,
)
from microneedling.display.questions import question_rows
from microneedling.display.reasons import asked, musts, name, short, shorts, who
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
    reads = reader(audience)

    def ended() -> list[str]:
        return [*shared([answer], reads), *ending([answer])]

    last = ended()
    room = MOST_LINES - len(in_source(ended, last))
    return "\n".join([*area(answer, room), *last])


def area(answer: "Answer", room: int, told: "Collection[Reason]" = ()) -> list[str]:
    """
    Tell what is of one answer alone.

    Args:
        answer: The answer.
        room: How many lines it had better have.
        told: Reasons that are told elsewhere.
    """
    above, below = around(answer, told)
    rest = room - sum(map(len, in_source(lambda: around(answer, told), (above, below))))
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
    left = rows(say("brief.Unserved", "Unserved"), shorts(answer.unserved))
    below = [*left, *patient_rows(answer.reasons, told)]
    return above, below + (_session(answer.options) if answer.options else [])


def _options(answer: "Answer", room: int) -> list[str]:
    options = answer.options

    def blocks() -> list[list[str]]:
        concerns = served(options, answer.assessment.concerns)
        return [option_rows(course, concerns) for course in options[:_MOST_OPTIONS]]

    def fit() -> int:
        # Above, and below what is left out.
        return len(fitting(blocks(), room - 1 - len(left_out(answer, 1))))

    shown = in_source(fit)
    lines = [columns(), *(line for block in blocks()[:shown] for line in block)]
    lines += left_out(answer, shown)
    return lines


def left_out(answer: "Answer", shown: int) -> list[str]:
    """Say why the first option is first, and how many are not shown."""
    more, others = len(answer.options) - shown, len(answer.excluded)
    told = []
    if more:
        told.append(counted("brief.more", "{count} more", "{count} more", more))
    if others:
        told.append(
            counted(
                "brief.not_offered",
                "{count} documented but not offered",
                "{count} documented but not offered",
                others,
            )
        )
    left = f"{sentence('; '.join(told))}." if told else ""
    return wrapped(f"{why_first(answer.options)} {left}".strip(), "     ").splitlines()


def _session(options: "Sequence[Course]") -> list[str]:
    """Tell the session of the first option, and that of others it differs."""
    first = session(options[0])
    differ = any(session(course) != first for course in options[1:])
    title = say("brief.Option", "Option 1") if differ else say("brief.Session", "Session")
    return row(title, first)


def _because(answer: "Answer", told: "Collection[Reason]") -> list[str]:
    """Say why nothing is offered; all of it, for each has to be gone."""
    if answer.options or answer.verdict is Verdict.ASK:
        return []
    carried = [*answer.because, *_besides(answer)]
    title = say("brief.Because", "Because")
    own = [reason for reason in carried if reason not in told]
    lines = rows(title, beside(lambda: [*map(_with_role, own)]))
    if any(reason in told for reason in carried):
        above = say("brief.above", "and what binds all areas, above")
        lines += row("" if lines else title, above)
    return lines


def _with_role(reason: "Reason") -> str:
    told = f"{short(reason)} {who(reason)}".strip()
    if not reason.if_paused:
        return told
    day = reason.if_paused.isoformat()
    paused = say("brief.if_paused", "If paused today, not before {day}.", day=day)
    return f"{told} {paused}"


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
        *rows(say("brief.Must", "Must"), beside(lambda: musts(held))),
        *rows(
            say("brief.Limit", "Limit"),
            beside(lambda: [f"{r.limit}: {short(r)}" for r in limits]),
        ),
        *rows(say("brief.Change", "Change"), beside(lambda: [*map(short, changes)])),
        *rows(say("brief.Heed", "Heed"), beside(lambda: [*map(short, cautions)])),
    ]


def shared(answers: "Sequence[Answer]", audience: Audience | None = None) -> list[str]:
    """Tell what answers share: stop signs, clearances, and what somebody has to do."""
    options = [course for answer in answers for course in answer.options]
    lines = _care(options, audience)
    if options:
        lines += stop_rows(options)
        lines += row(
            say("brief.Cleared", "Cleared"),
            _cleared(options, unnamed=answers[0].assessment.device is None),
        )
    return lines


def _care(options: "Sequence[Course]", audience: Audience | None) -> list[str]:
    """Tell what is done for such a patient alone, and what one reader has to do for any."""
    steps = dict.fromkeys(step for course in options for step in course.care)
    needs = dict.fromkeys(need for course in options for need in course.needs)
    # Of the first option the line of its session tells these.
    shown = [n for course in options[:1] for n in course.needs if n.aspect in IN_SESSION]
    # What may follow is told as a caution.
    shown += [need for need in needs if need.aspect is NeedAspect.DARK_MARKS]
    own_needs = [need for need in needs if _is_own(need) and need not in shown]
    own_steps = [step for step in steps if _is_own(step)]

    def own() -> list[str]:
        told = [tell("short", need.short) for need in own_needs]
        return told + [_step(step, audience) for step in own_steps]

    lines = rows(say("brief.Care", "Care"), beside(own))
    if audience is not None:
        firm = [
            step
            for step in steps
            if step.audience is audience and step.strictness is Strictness.MUST
        ]
        told = beside(lambda: [_step(step, audience) for step in firm])
        lines += rows(sentence(label(audience)), told)
    return lines


def _is_own(row_held: CareStep | SessionNeed) -> bool:
    """Tell whether a row is for such a patient alone, not for everybody at such a place."""
    return bool(row_held.applies_to.findings or row_held.applies_to.skin_types)


def _step(step: CareStep, audience: Audience | None) -> str:
    told = tell("patient", step.patient_text) if audience is Audience.PATIENT else ""
    text = told or tell("short", step.short) or step.instruction
    if step.from_day == step.to_day:
        return say("brief.day", "day {day}: {text}", day=step.to_day, text=text)
    first, last = step.from_day, step.to_day
    return say("brief.days", "day {first} to {last}: {text}", first=first, last=last, text=text)


def _cleared(options: "Sequence[Course]", *, unnamed: bool) -> str:
    counts = sorted({len(course.clearances) for course in options})
    if counts == [0]:
        if unnamed:
            return say("brief.unnamed", "not known: no device is named")
        return say("brief.uncovered", "not known: no United States clearance read covers it")
    told = counted(
        "brief.clearances",
        "in the United States, {count} clearance read",
        "in the United States, {count} clearances read",
        counts[-1],
    )
    some = say("brief.some", "(not every option)")
    return f"{told} {some}" if counts[0] == 0 else told


def ending(answers: "Sequence[Answer]") -> list[str]:
    """End a brief: what is not known, the edition, and how to see more."""
    first = answers[0]
    unknown = [r for a in answers for r in a.reasons if r.effect is Effect.UNKNOWN]

    def each_once() -> "list[Reason]":
        return [*{_unknown(reason): reason for reason in unknown}.values()]

    lines = _not_asked(in_source(each_once))
    lines += _limitations(first.provenance, "" if lines else say("brief.unknown", "Not known"))
    return [*lines, *decides(first.edition, ", --why 1" if first.options else "")]


def _unknown(reason: "Reason") -> str:
    """Name what was not asked: by its finding, or by the question among other things."""
    return name(reason) or within(asked(reason.question).lstrip("\u00bf")).rstrip("?")


def _not_asked(reasons: "list[Reason]") -> list[str]:
    """Name what was not asked and would be heeded, as far as two lines go."""

    def fit() -> int:
        counts = range(len(reasons), 1, -1)
        few = (n for n in counts if len(_first_unknown(reasons, n)) <= _MOST_ON_LIMITS)
        return next(few, 1)

    return _first_unknown(reasons, in_source(fit)) if reasons else []


def _first_unknown(reasons: "list[Reason]", most: int) -> list[str]:
    names = [*map(_unknown, reasons)]
    told = "; ".join(names[:most])
    if most < len(names):
        others = say("brief.others", "and {count} more", count=len(names) - most)
        told = f"{told} {others}"
    text = say("brief.not_asked", "not asked, to be heeded: {names}", names=told)
    return row(say("brief.unknown", "Not known"), text)


def _limitations(provenance: "Provenance", title: str) -> list[str]:
    """Tell those limits of the edition that a line tells, as far as there is room."""

    def fit() -> list[str]:
        return [text for text in provenance.limitations if len(row("", text)) == 1]

    return rows(title, (tell("limitation", text) for text in in_source(fit)[:1]))
