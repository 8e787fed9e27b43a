"""Courses and ledgers for tests: plain ones, to be told apart by what is done with them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

import microneedling as mn

ON = date(2026, 11, 22)
START = date(2026, 12, 1)
KNOWLEDGE = mn.load("2026.1")


def day(number: int) -> date:
    """Give a day, counted from the first session's own."""
    return START + timedelta(days=number)


def assessment(
    indication: mn.Indication = mn.Indication.ACNE_SCAR_ROLLING,
    severity: mn.Severity | None = mn.Severity.MODERATE,
    *,
    site: mn.Site = mn.Site.CHEEK,
    setting: mn.Setting = mn.Setting.CLINIC,
    screening: mn.Screening | None = None,
) -> mn.Assessment:
    """Make an assessment of which everything is known, and nothing speaks against needling."""
    return mn.Assessment(
        on=ON,
        site=site,
        setting=setting,
        concerns=[mn.Concern(indication=indication, severity=severity)],
        skin_type=mn.SkinType.III,
        age_years=34,
        screening=screening or mn.Screening.complete(),
    )


def course(protocol: str, held: mn.Assessment, knowledge: mn.Knowledge = KNOWLEDGE) -> mn.Course:
    """Give the one offered course with a protocol."""
    return next(o for o in mn.recommend(held, knowledge).options if o.protocols == (protocol,))


# Three to five sessions of 1.5 mm, 28 to 30 days apart; recovery of up to five days.
SCARS = assessment()
FOUR_WEEKLY = course("acne-scar-4-weekly", SCARS)


def begun(sessions: int = 3, knowledge: mn.Knowledge = KNOWLEDGE) -> mn.Progress:
    """Begin the course above."""
    return mn.begin(
        SCARS, course("acne-scar-4-weekly", SCARS, knowledge), knowledge, sessions=sessions
    )


def done(number: int, **more: object) -> mn.SessionDone:
    """Say that a session was held on a day."""
    fields = {"needle_length": mn.NeedleLength(1500), **more}
    return mn.SessionDone(on=day(number), **fields)  # type: ignore[arg-type]


def seen(
    number: int,
    after: int,
    effect: mn.SideEffectCode = mn.SideEffectCode.ERYTHEMA,
    severity: mn.Severity = mn.Severity.MILD,
    session: int | None = None,
) -> mn.SideEffectReported:
    """Say on a day that a side effect was seen so many days after a session."""
    return mn.SideEffectReported(
        on=day(number), effect=effect, severity=severity, day=after, session=session
    )


def over(
    number: int,
    after: int,
    effect: mn.SideEffectCode = mn.SideEffectCode.ERYTHEMA,
    session: int | None = None,
) -> mn.SideEffectResolved:
    """Say on a day that a side effect ended so many days after a session."""
    return mn.SideEffectResolved(on=day(number), effect=effect, day=after, session=session)


def finding(
    number: int, which: mn.Finding, *, present: bool | None = True, last_on: date | None = None
) -> mn.FindingChanged:
    """Say on a day what is known of a finding."""
    return mn.FindingChanged(on=day(number), finding=which, present=present, last_on=last_on)


def recorded(progress: mn.Progress, *events: mn.Event) -> mn.Progress:
    """Record events one after the other."""
    for event in events:
        progress = progress.record(event)
    return progress


def next_on(progress: mn.Progress, number: int) -> mn.NextStep:
    """Ask for the next step on a day."""
    return mn.next_step(progress, progress.knowledge, day(number))


def refused(code: str, path: str, make: Callable[[], object]) -> None:
    """Hold that something is refused with a code and a path."""
    with pytest.raises(mn.InputError) as caught:
        make()
    assert (caught.value.code, caught.value.path) == (code, path)


def rules(reasons: tuple[mn.Reason, ...]) -> list[str]:
    """Name the rules behind reasons, but for the site's cautions, which are told every time."""
    return [reason.rule for reason in reasons if not reason.rule.startswith("sites.")]


def a_bit_of_everything() -> list[object]:
    """Give values of every class that has to do with courses in time."""
    override = mn.Override(
        safeguards=[mn.Safeguard.NEEDLE_LENGTH], author="staff-7", reason="another cartridge"
    )
    progress = recorded(
        begun(),
        done(0, end_point=mn.EndPoint.PINPOINT_BLEEDING, passes=4, note="n-1"),
        seen(1, 1),
        over(4, 3),
        finding(5, mn.Finding.HERPES_HISTORY),
        mn.SessionSkipped(on=day(29)),
        mn.SessionPostponed(on=day(30), to=day(35)),
        done(
            35,
            zones=[mn.Zone(site=mn.Site.CHEEK, needle_length=mn.NeedleLength(1000), passes=2)],
            materials=[mn.Material(kind=mn.MaterialKind.CARTRIDGE, code="C-12", lot="2026/07")],
            needle_length=mn.NeedleLength(1000),
            override=override,
        ),
        mn.AssessmentUpdated(on=day(36), skin_type=mn.SkinType.IV),
        mn.PlanChanged(on=day(36), sessions=4),
    )
    wrong = mn.EnteredInError(on=day(36), entry=5, author="staff-7", reason="another file")
    stopped = recorded(progress, wrong, mn.CourseStopped(on=day(40)))
    schedule = mn.schedule(FOUR_WEEKLY, START)
    moves = [
        next_on(begun(), 0),
        next_on(recorded(begun(), done(0), seen(1, 1)), 1),
        next_on(recorded(begun(), done(0), seen(9, 9)), 9),
        next_on(stopped, 40),
        next_on(recorded(begun(), done(0), done(28), done(56)), 60),
    ]
    again = mn.reschedule(schedule, progress, on=day(40))
    treatment = mn.begin_treatment(
        mn.recommend(SCARS, KNOWLEDGE), FOUR_WEEKLY, KNOWLEDGE, start=START, closed={day(28)}
    )
    paused = treatment.record(done(0)).record(seen(9, 9))
    facts = paused.record(finding(10, mn.Finding.PREGNANCY)).facts_of_person(day(10))
    return [stopped, again, mn.care_plan(again), paused, facts, *moves]
