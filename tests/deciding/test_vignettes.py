"""
Cases as the sources tell them, with what the source says to do; and the laws of responses.

Every expectation is what stands in the source, or in the marked editorial reading of it, in the
project's collection of evidence; none is read off the edition's tables. Days count from the
session.
"""

import json
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given, strategies as st

import microneedling as mn
from microneedling.knowledge.edition_tables import canonical_form
from tests.ledgers import (
    KNOWLEDGE,
    SCARS,
    assessment,
    begun,
    course,
    day,
    done,
    finding,
    next_on,
    over,
    recorded,
    seen,
)

E, S, A = mn.SideEffectCode, mn.Severity, mn.Action


class Vignette(NamedTuple):
    """A side effect after the first session, what is to be done, and who says so."""

    source: str
    effect: mn.SideEffectCode
    severity: mn.Severity
    after: int
    action: mn.Action
    move: mn.Move
    told: str = ""


VIGNETTES = {
    # Transient effects of up to a week are the commonest of all that was reported.
    "redness on the first day": Vignette("chu21", E.ERYTHEMA, S.MILD, 1, A.GO_ON, mn.Move.WAIT),
    # Redness and flaking usually settle within 72 hours.
    "redness at 72 hours": Vignette("mtx-case", E.ERYTHEMA, S.MILD, 3, A.GO_ON, mn.Move.WAIT),
    "marked redness not better after 72 hours": Vignette(
        "mtx-case", E.ERYTHEMA, S.MODERATE, 4, A.PAUSE, mn.Move.PAUSE, "review"
    ),
    "redness past seven days": Vignette(
        "chu21", E.ERYTHEMA, S.MILD, 8, A.PAUSE, mn.Move.PAUSE, "review"
    ),
    "swelling past seven days": Vignette(
        "chu21", E.OEDEMA, S.MILD, 8, A.PAUSE, mn.Move.PAUSE, "review"
    ),
    # Signs on the label: redness, warmth, itching, pus. Same-day care.
    "spreading warmth and pus": Vignette(
        "skinpen-ifu", E.BACTERIAL_INFECTION, S.MODERATE, 3, A.REFER, mn.Move.STOP, "same day"
    ),
    # Tingling, then vesicles, at 24 to 48 hours: stop, prompt antiviral assessment.
    "vesicles at 48 hours": Vignette(
        "king17", E.HERPES_REACTIVATION, S.MODERATE, 2, A.REFER, mn.Move.STOP, "antiviral"
    ),
    # Itchy papules and plaques on days three and seven after products were needled in.
    "plaques on day seven": Vignette(
        "gran-7d", E.GRANULOMATOUS_REACTION, S.MILD, 7, A.REFER, mn.Move.STOP, "patch tests"
    ),
    "papules on day three": Vignette(
        "mtx-case", E.GRANULOMATOUS_REACTION, S.MODERATE, 3, A.REFER, mn.Move.STOP, "biopsy"
    ),
    "general malaise after a product": Vignette(
        "soltani14", E.SYSTEMIC_HYPERSENSITIVITY, S.MODERATE, 14, A.REFER, mn.Move.STOP, "refer"
    ),
    # Mean incubation three weeks, diagnosis after 9.8 weeks on average.
    "a nodule at three weeks": Vignette(
        "ntm25", E.MYCOBACTERIAL_INFECTION, S.MILD, 21, A.REFER, mn.Move.STOP, "mycobacterial"
    ),
    "brown patches on brown skin": Vignette(
        "dogra-2014",
        E.POST_INFLAMMATORY_HYPERPIGMENTATION,
        S.MILD,
        20,
        A.PAUSE,
        mn.Move.PAUSE,
        "shorter needles and longer intervals",
    ),
    "rows of scars": Vignette(
        "dogra-2014", E.TRAM_TRACK_SCARRING, S.MILD, 27, A.REFER, mn.Move.STOP, "stop for good"
    ),
    "white patches at needle sites": Vignette(
        "esmat22", E.KOEBNERISATION, S.MILD, 27, A.REFER, mn.Move.STOP, "vitiligo"
    ),
    "palpitations around numbing cream": Vignette(
        "fda-numb", E.ANAESTHETIC_TOXICITY, S.MILD, 0, A.EMERGENCY, mn.Move.STOP, "emergency"
    ),
    "a shared needle": Vignette(
        "mmwr-2024", E.BLOOD_BORNE_VIRUS, S.MILD, 0, A.EMERGENCY, mn.Move.STOP, "exposure"
    ),
    "hives and a swollen lip": Vignette(
        "editorial", E.ANAPHYLAXIS, S.MILD, 0, A.EMERGENCY, mn.Move.STOP, "emergency"
    ),
    "loss of vision": Vignette(
        "editorial", E.EYE_INJURY, S.MILD, 0, A.EMERGENCY, mn.Move.STOP, "emergency eye care"
    ),
    "bleeding that does not stop": Vignette(
        "editorial", E.PERSISTENT_BLEEDING, S.MODERATE, 0, A.REFER, mn.Move.STOP, "clotting"
    ),
}


@pytest.mark.parametrize("name", VIGNETTES)
def test_side_effects(name: str) -> None:
    """What the source says is what is answered, and what comes next."""
    case = VIGNETTES[name]
    response = mn.respond(case.effect, case.severity, case.after, KNOWLEDGE)

    assert response.action is case.action
    assert case.source in {citation.source.id for citation in response.citations}
    assert case.told.lower() in response.advice.lower()
    progress = recorded(begun(), done(0), seen(case.after, case.after, case.effect, case.severity))
    step = next_on(progress, case.after)
    assert step.move is case.move
    if case.move is not mn.Move.WAIT:
        assert any(case.told.lower() in reason.why.lower() for reason in step.why)


@pytest.mark.parametrize(
    ("which", "wait", "source"),
    [
        # A device's label: from four weeks before until four weeks after.
        (mn.Finding.CYTOTOXIC_TREATMENT, 28, "exceed-ifu"),
        # A device's label: fillers up to six months, operations twelve.
        (mn.Finding.DERMAL_FILLER, 180, "exceed-ifu"),
        (mn.Finding.PLASTIC_SURGERY, 365, "exceed-ifu"),
        # Leaflets: two weeks after laser, 30 days after a peel, 90 after a deep one.
        (mn.Finding.LASER_OR_IPL, 14, "clinics"),
        (mn.Finding.CHEMICAL_PEEL, 30, "clinics"),
        (mn.Finding.DEEP_PEEL, 90, "clinics"),
        # Leaflets: commonly two weeks after sunburn.
        (mn.Finding.SUNBURN_OR_TAN, 14, "clinics"),
    ],
)
def test_exposures_in_the_middle_of_a_course(which: mn.Finding, wait: int, source: str) -> None:
    """The course pauses until the very day that the source's waiting time is over."""
    progress = recorded(begun(), done(0), finding(20, which, last_on=day(20)))
    step = next_on(progress, 20)
    assert isinstance(step, mn.Pause)
    assert step.until == max(day(20 + wait), day(28))
    assert source in {c.source.id for r in step.why for c in r.citations}
    assert next_on(progress, 20 + wait - 1).move is mn.Move.PAUSE
    assert next_on(progress, max(20 + wait, 28)).move is mn.Move.PROCEED


@pytest.mark.parametrize(
    "which",
    [
        # Labels bar these while they last: infection, open skin, pregnancy, uncontrolled
        # diabetes, bleeding disorders.
        mn.Finding.ACTIVE_INFECTION,
        mn.Finding.ACTIVE_HERPES,
        mn.Finding.OPEN_WOUND,
        mn.Finding.PREGNANCY,
        mn.Finding.DIABETES_UNREGULATED,
        mn.Finding.BLEEDING_DISORDER,
    ],
)
def test_what_labels_bar(which: mn.Finding) -> None:
    """No session while it lasts, and the course goes on when it is over."""
    progress = recorded(begun(), done(0), finding(10, which))
    assert next_on(progress, 28).move is mn.Move.PAUSE
    healed = recorded(progress, finding(40, which, present=False))
    assert next_on(healed, 40).move is mn.Move.PROCEED


@pytest.mark.parametrize(
    ("protocol", "held", "days"),
    [
        # A regulatory study of 30-day gaps between four visits.
        ("wrinkles-monthly", assessment(mn.Indication.AGEING_SKIN, None), [0, 30, 60, 90]),
        # Six sessions, two weeks apart, for acne scars.
        ("acne-scar-2-weekly", SCARS, [0, 14, 28, 42, 56, 70]),
        # The systematic review's medians: four weeks apart; here the most that is documented.
        ("acne-scar-4-weekly", SCARS, [0, 28, 56, 84, 112]),
    ],
)
def test_published_courses(protocol: str, held: mn.Assessment, days: list[int]) -> None:
    """The days of a published course are its published days."""
    dated = mn.schedule(course(protocol, held), day(0))
    assert [(session.preferred - day(0)).days for session in dated.sessions] == days


def test_the_articles_shorter_needle() -> None:
    """At 0.5 mm: six to perhaps ten treatments; recovery of one to two days."""
    held = assessment(mn.Indication.AGEING_SKIN, None)
    half = course("ageing-0.5mm", held)
    dated = mn.schedule(half, day(0))
    assert [session.optional for session in dated.sessions] == [False] * 6 + [True] * 4
    progress = mn.begin(held, half, KNOWLEDGE)
    progress = progress.record(mn.SessionDone(on=day(0), needle_length=mn.NeedleLength(500)))
    waiting = {n: [r.rule for r in next_on(progress, n).why] for n in (0, 1, 2)}
    assert ["rules.recovery_not_over" in waiting[n] for n in (0, 1, 2)] == [True, True, False]


def test_prolonged_redness_and_a_second_session_late() -> None:
    """Redness on day 8 pauses; its end lets the course go on, and the rest moves."""
    progress = recorded(begun(), done(0), seen(8, 8))
    assert next_on(progress, 8).move is mn.Move.PAUSE
    progress = recorded(progress, over(12, 11))
    schedule = mn.schedule(progress.course, day(0), sessions=3)
    late = recorded(progress, done(33))
    again = mn.reschedule(schedule, late, on=day(33))
    assert [session.day for session in again.sessions] == [day(0), day(33), day(61)]


EVERY = st.tuples(st.sampled_from(E), st.sampled_from(S), st.integers(0, 100_000))


class TestRespond:
    """Total, monotone, and every red flag refers at least."""

    @given(EVERY, st.sampled_from(S), st.integers(0, 100_000))
    def test_worse_or_longer_is_never_milder(
        self, case: tuple[mn.SideEffectCode, mn.Severity, int], other: mn.Severity, later: int
    ) -> None:
        effect, severity, number = case
        one = mn.respond(effect, severity, number, KNOWLEDGE)
        worse = mn.respond(effect, max(severity, other), max(number, later), KNOWLEDGE)
        assert worse.action >= one.action

    def test_every_day_of_the_first_year(self) -> None:
        """By enumeration: one response each, with reason, grade and sources."""
        held = set(KNOWLEDGE.sources)
        count = 0
        for effect in E:
            before = dict.fromkeys(S, A.GO_ON)
            for number in range(366):
                milder = A.GO_ON
                for severity in S:
                    found = mn.respond(effect, severity, number, KNOWLEDGE)
                    assert found.action >= max(milder, before[severity])
                    assert not found.red_flag or found.action >= A.REFER
                    assert found.advice
                    assert found.citations
                    assert {c.source for c in found.citations} <= held
                    assert isinstance(found.grade, mn.Grade)
                    milder = before[severity] = found.action
                    count += 1
        assert count == len(E) * len(S) * 366

    def test_actions_that_no_source_gives_are_labelled(self) -> None:
        """The actions are the edition's own and say so; the sources give the course."""
        assert {r.grade for r in KNOWLEDGE.responses} == {mn.Grade.EDITORIAL}

    def test_an_effect_that_an_older_edition_does_not_know(self) -> None:
        """Silence is no consent: it refers."""
        tables = json.loads(KNOWLEDGE.canonical)
        for row in tables["responses"]:
            row["effects"] = [name for name in row["effects"] if name != "milia"]
        tables["responses"] = [row for row in tables["responses"] if row["effects"]]
        older = mn.Knowledge(canonical_form(tables))
        found = mn.respond(E.MILIA, S.MILD, 0, older)
        assert (found.action, found.red_flag) == (A.REFER, True)
        assert found.citations

    @pytest.mark.parametrize(
        ("effect", "severity", "number", "path"),
        [
            ("erythema", S.MILD, 0, "effect"),
            (E.ERYTHEMA, "mild", 0, "severity"),
            (E.ERYTHEMA, S.MILD, -1, "day"),
            (E.ERYTHEMA, S.MILD, True, "day"),
            (E.ERYTHEMA, S.MILD, 1.0, "day"),
            (E.ERYTHEMA, S.MILD, date(2026, 12, 1), "day"),
        ],
    )
    def test_refused(self, effect: object, severity: object, number: object, path: str) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.respond(effect, severity, number, KNOWLEDGE)  # type: ignore[arg-type]
        assert caught.value.path == path
        with pytest.raises(mn.InputError):
            mn.respond(E.ERYTHEMA, S.MILD, 0, "2026.1")  # type: ignore[arg-type]
