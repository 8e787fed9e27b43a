"""`recommend`: cases with what the sources say of them, and laws over all valid inputs."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import attrs
import pytest
from hypothesis import given, strategies as st

import microneedling as mn
from microneedling.strategies import assessments, needle_lengths
from tests import briefs

ON = date(2026, 11, 22)


def case(
    indication: mn.Indication = mn.Indication.ACNE_SCAR_ROLLING,
    severity: mn.Severity | None = mn.Severity.MODERATE,
    *,
    site: mn.Site = mn.Site.CHEEK,
    setting: mn.Setting = mn.Setting.CLINIC,
    skin_type: mn.SkinType | None = mn.SkinType.III,
    age_years: int | None = 34,
    present: Sequence[mn.Finding | mn.Exposure] | None = None,
    label: str | None = None,
    preferences: mn.Preferences | None = None,
) -> mn.Assessment:
    """An adult with everything asked, unless told otherwise."""
    device = None
    if label is not None:
        device = mn.Device(kind=mn.DeviceKind.PEN, label_maximum=mn.NeedleLength.parse(label))
    return mn.Assessment(
        on=ON,
        site=site,
        setting=setting,
        concerns=[mn.Concern(indication=indication, severity=severity)],
        skin_type=skin_type,
        age_years=age_years,
        screening=mn.Screening.complete(present=present or ()),
        device=device,
        preferences=preferences or mn.Preferences(),
    )


def offered(answer: mn.Answer) -> dict[str, mn.Course]:
    """The courses of an answer by the id of their protocol."""
    return {"+".join(course.protocols): course for course in answer.options}


class TestSchoolsOfAcneScarring:
    """Schools that differ are offered side by side, never averaged."""

    def test_intervals(self, knowledge: mn.Knowledge) -> None:
        """Two-weekly x 6, four-weekly x 3-5 and six-weekly x 3-5, each at 1.5 mm."""
        courses = offered(mn.recommend(case(), knowledge))

        for name, sessions, days in (
            ("acne-scar-2-weekly", (6, 6), 14),
            ("acne-scar-4-weekly", (3, 5), 28),
            ("acne-scar-6-weekly", (3, 5), 42),
        ):
            course = courses[name]
            assert str(course.lengths) == "1.5 mm"
            assert course.sessions == mn.SessionCount(*sessions)
            assert course.interval is not None
            assert course.interval.preferred_days == days

    def test_the_reviews_medians_come_first(self, knowledge: mn.Knowledge) -> None:
        """What a systematic review backs stands before what a blog backs."""
        answer = mn.recommend(case(), knowledge)

        assert answer.options[0].protocols == ("acne-scar-4-weekly",)
        assert "harris-2015" in {c.source.id for c in answer.options[0].cited("lengths")}

    def test_shorter_with_more_sessions_against_longer_with_fewer(
        self, knowledge: mn.Knowledge
    ) -> None:
        """Mild scars: 0.5 mm x 6-10 and 1.0 mm are both there; each says what it does not meet."""
        mild = mn.Severity.MILD
        hurried = case(severity=mild, preferences=mn.Preferences(longest_downtime_days=2))
        busy = case(severity=mild, preferences=mn.Preferences(most_visits=4))

        in_a_hurry, in_few_visits = (offered(mn.recommend(a, knowledge)) for a in (hurried, busy))
        shorter, longer = "mild-scar-0.5mm", "mild-scar-1.0mm"
        assert in_a_hurry.keys() == in_few_visits.keys() >= {shorter, longer}
        assert str(in_a_hurry[shorter].lengths) == "0.5 mm"
        assert in_a_hurry[shorter].sessions == mn.SessionCount(6, 10)
        assert "longest_downtime_days" not in in_a_hurry[shorter].unmet
        assert "longest_downtime_days" in in_a_hurry[longer].unmet
        assert in_few_visits[shorter].unmet == ("most_visits",)
        assert "most_visits" not in in_few_visits[longer].unmet

    def test_icepick(self, knowledge: mn.Knowledge) -> None:
        """No source supports needling for icepick scars: refer, and say so."""
        answer = mn.recommend(case(mn.Indication.ACNE_SCAR_ICEPICK), knowledge)

        assert isinstance(answer, mn.Refer)
        assert answer.because[0].rule == "indications.acne_scar_icepick"
        assert "garg-chaudhary-ijord" in {s.id for s in answer.sources}


class TestPrescribed:
    """No answer names a stop, a dose, or a day counted from a stop that has not happened."""

    # What an answer about something prescribed, or about pregnancy and breastfeeding, never says.
    FORBIDDEN = re.compile(
        r"\b(stop|stopping|discontinue|interrupt|pause|taper|halve|dose of|mg)\b", re.IGNORECASE
    )
    ADVICE = "Do not stop or change a prescribed medicine for this; ask the prescriber."
    STATES = (mn.Finding.PREGNANCY, mn.Finding.BREASTFEEDING)
    # What nobody takes unprescribed, whatever an edition says.
    ALWAYS = (
        mn.Finding.ISOTRETINOIN,
        mn.Finding.ANTICOAGULANT,
        mn.Finding.ANTICOAGULANT_COMBINED,
        mn.Finding.CYTOTOXIC_TREATMENT,
        mn.Finding.PRESCRIBED_TOPICAL_RETINOID,
    )

    @pytest.mark.parametrize("state", ["present", "ongoing", "over", "dated", "unknown", "absent"])
    def test_nothing_is_stopped(self, state: str, knowledge: mn.Knowledge) -> None:
        """For every such finding, in every state, in all that is said of it."""
        rules = [r for r in knowledge.findings if r.nature is mn.Nature.PRESCRIBED]
        rules += [knowledge.finding(finding) for finding in self.STATES]
        assert len(rules) >= 7
        assert {rule.finding for rule in rules} >= {*self.ALWAYS}
        for rule in rules:
            which = rule.finding
            given = {
                "present": mn.Exposure(finding=which),
                "ongoing": mn.Exposure(finding=which, ongoing=True),
                "over": mn.Exposure(finding=which, ongoing=False),
                "dated": mn.Exposure(finding=which, last_on=ON - timedelta(days=1)),
            }.get(state)
            others = frozenset(mn.Finding) - {which}
            if state == "unknown":
                held = mn.Screening(absent=others)
            else:
                held = mn.Screening.complete(present=[given] if given else [])
            answer = mn.recommend(attrs.evolve(case(), screening=held), knowledge)
            for reason in answer.reasons:
                if reason.finding is which:
                    self._says_nothing_of_it(reason, rule, state)

    def _says_nothing_of_it(self, reason: mn.Reason, rule: mn.FindingRule, state: str) -> None:
        must = reason.must.replace(self.ADVICE, "")
        # Stopping at redness is about the session.
        said = f"{must} {reason.question}".replace("stop at redness", "")
        assert not self.FORBIDDEN.search(said), (reason.finding, said)
        assert reason.if_paused is None
        assert state == "dated" or reason.until is None
        if rule.nature is mn.Nature.PRESCRIBED and state in {"present", "ongoing"}:
            assert reason.must.endswith(self.ADVICE)


class TestEnding:
    """How a finding ends: by a day, healed, with a state, or cleared."""

    def test_isotretinoin_that_is_taken_is_cleared_first(self, knowledge: mn.Knowledge) -> None:
        """By the prescriber; after the last dose both sides are shown."""
        now = mn.recommend(case(present=[mn.Finding.ISOTRETINOIN]), knowledge)
        dose = mn.Exposure(finding=mn.Finding.ISOTRETINOIN, last_on=date(2026, 8, 1))
        after = mn.recommend(case(present=[dose]), knowledge)

        assert isinstance(now, mn.Refer)
        assert [reason.role for reason in now.to_clear] == [mn.Role.PRESCRIBER]
        assert isinstance(after, mn.Offer)
        (told,) = [r for r in after.cautions if r.finding is mn.Finding.ISOTRETINOIN]
        assert told.until == date(2027, 1, 28)
        assert {"asds17", "spring17", "acsi17"} <= {d.source.id for d in told.disagreements}
        assert "iso-label" in {c.source.id for c in told.citations}

    def test_a_clearance_opens_no_more_than_it_is_about(self, knowledge: mn.Knowledge) -> None:
        """Whatever else bars goes on barring, and the musts stay."""
        cleared = mn.MedicalClearance(
            finding=mn.Finding.BLEEDING_DISORDER, by=mn.Role.HAEMATOLOGIST, on=ON
        )
        for other, verdict in (
            (mn.Finding.SKIN_CANCER, mn.Verdict.DECLINE),
            (mn.Finding.IMMUNOSUPPRESSION, mn.Verdict.REFER),
            (mn.Finding.PREGNANCY, mn.Verdict.DEFER),
            (mn.Finding.TATTOO, mn.Verdict.OFFER),
        ):
            given = case(present=[mn.Finding.BLEEDING_DISORDER, other])
            answer = mn.recommend(attrs.evolve(given, clearances=[cleared]), knowledge)
            assert answer.verdict is verdict
            rule = knowledge.finding(other)
            assert rule.must in {reason.must for reason in answer.musts} or not rule.must
            assert mn.Finding.BLEEDING_DISORDER in {r.finding for r in answer.cautions}

    def test_a_clearance_opens_on_the_last_day_too(self, knowledge: mn.Knowledge) -> None:
        """And where the finding is past what is cleared, the answer says that it was idle."""
        by = {"by": mn.Role.PRESCRIBER, "on": ON}
        today = mn.Exposure(finding=mn.Finding.ANTICOAGULANT_COMBINED, last_on=ON)
        cleared = mn.MedicalClearance(finding=today.finding, **by)  # type: ignore[arg-type]
        answer = mn.recommend(attrs.evolve(case(present=[today]), clearances=[cleared]), knowledge)
        assert isinstance(answer, mn.Offer)
        assert answer.ignored == ()

        past = mn.Exposure(finding=mn.Finding.ISOTRETINOIN, last_on=ON - timedelta(days=30))
        idle = mn.MedicalClearance(finding=past.finding, **by)  # type: ignore[arg-type]
        answer = mn.recommend(attrs.evolve(case(present=[past]), clearances=[idle]), knowledge)
        assert answer.ignored == ("clearances.isotretinoin",)

    def test_what_has_no_day_is_said_by_how_it_ends(self, knowledge: mn.Knowledge) -> None:
        """Not before a day, and only when healed, over or cleared, each by its name."""
        filler = mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=ON)
        held = (filler, mn.Finding.ACTIVE_ACNE, mn.Finding.CYTOTOXIC_TREATMENT)
        answer = mn.recommend(case(present=held), knowledge)
        day = (ON + timedelta(days=180)).isoformat()
        told = f"not before {day}, and only when healed: active acne, and only when over: cytotoxic"
        assert told in briefs.plain(answer.brief())
        assert {r.finding: r.ends for r in answer.because} == {
            mn.Finding.DERMAL_FILLER: mn.Ending.DAY,
            mn.Finding.ACTIVE_ACNE: mn.Ending.HEALED,
            mn.Finding.CYTOTOXIC_TREATMENT: mn.Ending.STATE_ENDS,
        }

        undated = mn.recommend(case(present=[mn.Finding.ACTIVE_ACNE]), knowledge)
        assert "only when healed: active acne; no date can be given" in briefs.plain(
            undated.brief()
        )
        cleared = mn.recommend(case(present=[filler, mn.Finding.BLEEDING_DISORDER]), knowledge)
        assert f"not before {day}, and only when cleared" in briefs.plain(cleared.brief())

    def test_no_day_is_promised_while_one_is_not_known(self, knowledge: mn.Knowledge) -> None:
        """Another finding may bar for longer, whose day nobody told."""
        peel = mn.Exposure(finding=mn.Finding.CHEMICAL_PEEL, last_on=ON - timedelta(days=10))
        answer = mn.recommend(case(present=[peel, mn.Finding.DERMAL_FILLER]), knowledge)

        assert isinstance(answer, mn.Defer)
        assert answer.until is None
        assert answer.earliest == date(2026, 12, 12)
        assert "only when the day of all is known" in briefs.plain(answer.brief())

    @pytest.mark.parametrize(
        ("exposure", "ignored"),
        [
            (mn.Exposure(finding=mn.Finding.TATTOO, ongoing=False), ["tattoo"]),
            (
                mn.Exposure(finding=mn.Finding.IMMUNOSUPPRESSION, ongoing=False),
                ["immunosuppression"],
            ),
            (mn.Exposure(finding=mn.Finding.DERMAL_FILLER, ongoing=True), ["dermal_filler"]),
            (mn.Exposure(finding=mn.Finding.PREGNANCY, ongoing=False), []),
            (mn.Exposure(finding=mn.Finding.PREGNANCY, ongoing=True), []),
        ],
    )
    def test_what_is_told_in_vain_is_named(
        self, exposure: mn.Exposure, ignored: list[str], knowledge: mn.Knowledge
    ) -> None:
        """That something goes on or is over, where that is not how it ends."""
        answer = mn.recommend(case(present=[exposure]), knowledge)

        assert [*answer.ignored] == [f"screening.{code}.ongoing" for code in ignored]

    def test_the_same_day_is_never_hidden(self, knowledge: mn.Knowledge) -> None:
        """Whatever weighs more stands beside it."""
        for other in (mn.Finding.SKIN_CANCER, mn.Finding.KELOID_ELSEWHERE, mn.Finding.PREGNANCY):
            present = [other, mn.Finding.SHARED_NEEDLE_EXPOSURE]
            text = mn.recommend(case(present=present), knowledge).brief()
            assert "THE SAME DAY" in text.splitlines()[0]
            assert other.value.replace("_", " ") in text.lower()

    def test_a_clearance_is_not_older_than_its_finding(self, knowledge: mn.Knowledge) -> None:
        """What was told of the finding later is not what was cleared."""
        for day, verdict in ((date(2026, 11, 10), "refer"), (date(2026, 11, 1), "offer")):
            held: mn.Exposure | mn.Finding = mn.Exposure(
                finding=mn.Finding.BLEEDING_DISORDER, last_on=day
            )
            cleared = mn.MedicalClearance(
                finding=mn.Finding.BLEEDING_DISORDER, by=mn.Role.HAEMATOLOGIST, on=date(2026, 11, 1)
            )
            answer = mn.recommend(
                attrs.evolve(case(present=[held]), clearances=[cleared]), knowledge
            )
            assert answer.verdict.value == verdict

    @given(st.from_type(mn.Defer))
    def test_not_before_a_day_is_exact_everywhere(self, answer: mn.Defer) -> None:
        """With what has no day taken away no deferral holds on it, and one on the day before."""
        day = answer.earliest
        if day is None or day > date(2199, 12, 31):
            return
        knowledge = mn.load("2026.1")
        undated = {r.finding for r in answer.reasons if r.weight and r.until is None}
        held = answer.assessment.screening
        dated = [e for e in held.present if e.finding not in undated]
        kept = attrs.evolve(held, present=dated)
        at = {
            on: mn.recommend(
                attrs.evolve(answer.assessment, on=on, screening=kept, clearances=()), knowledge
            )
            for on in (day, day - timedelta(days=1))
        }
        effects = {on: {reason.effect for reason in one.reasons} for on, one in at.items()}
        assert mn.Effect.DEFER not in effects[day]
        assert mn.Effect.DEFER in effects[day - timedelta(days=1)]

    def test_not_before_a_day_is_exact(self, knowledge: mn.Knowledge) -> None:
        """With the undated bars taken away no deferral holds on the day, and one the day before."""
        filler = mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=date(2026, 8, 1))
        peel = mn.Exposure(finding=mn.Finding.CHEMICAL_PEEL, last_on=date(2026, 11, 20))
        both = case(present=[filler, peel, mn.Finding.PREGNANCY, mn.Finding.IMMUNOSUPPRESSION])
        answer = mn.recommend(both, knowledge)
        day = answer.earliest

        assert isinstance(answer, mn.Refer)
        assert day == date(2027, 1, 28)
        dated = mn.Screening.complete(present=[filler, peel])
        for on, verdict in ((day, "offer"), (day - timedelta(days=1), "defer")):
            later = attrs.evolve(both, on=on, screening=dated)
            assert mn.recommend(later, knowledge).verdict.value == verdict
        assert mn.recommend(case(present=[mn.Finding.PREGNANCY]), knowledge).earliest is None

    @pytest.mark.parametrize(
        "which", [mn.Finding.PREGNANCY, mn.Finding.ACTIVE_INFECTION, mn.Finding.ROSACEA]
    )
    def test_a_state_is_over_the_day_after_its_last(
        self, which: mn.Finding, knowledge: mn.Knowledge
    ) -> None:
        """A past day is a fact; so is that it is over, where the day is not known."""
        last = mn.Exposure(finding=which, last_on=ON)
        today = mn.recommend(case(present=[last]), knowledge)
        yesterday = attrs.evolve(last, last_on=ON - timedelta(days=1))
        over = mn.Exposure(finding=which, ongoing=False)

        assert isinstance(today, mn.Defer)
        assert today.until == ON + timedelta(days=1)
        for gone in (yesterday, over):
            answer = mn.recommend(case(present=[gone]), knowledge)
            assert isinstance(answer, mn.Offer)
            assert [reason.finding for reason in answer.lifted] == [which]

    def test_what_somebody_clears_is_not_over_by_itself(self, knowledge: mn.Knowledge) -> None:
        """Whoever says that a bleeding disorder is over is no haematologist."""
        over = mn.Exposure(finding=mn.Finding.BLEEDING_DISORDER, ongoing=False)
        answer = mn.recommend(case(present=[over]), knowledge)

        assert isinstance(answer, mn.Refer)
        assert [reason.finding for reason in answer.to_clear] == [mn.Finding.BLEEDING_DISORDER]

    def test_what_does_not_end_ignores_its_day(self, knowledge: mn.Knowledge) -> None:
        """A tattoo of long ago is there."""
        old = mn.Exposure(finding=mn.Finding.TATTOO, last_on=date(2001, 1, 1))
        answer = mn.recommend(case(present=[old]), knowledge)

        assert "screening.tattoo.last_on" in answer.ignored
        assert mn.Finding.TATTOO in {reason.finding for reason in answer.musts}

    def test_a_treatment_that_is_over_is_asked_for_its_day(self, knowledge: mn.Knowledge) -> None:
        """Where what holds afterwards bars; where it is a caution, that is told."""
        over = [
            mn.Exposure(finding=which, ongoing=False)
            for which in (mn.Finding.CYTOTOXIC_TREATMENT, mn.Finding.ISOTRETINOIN)
        ]
        answer = mn.recommend(case(present=over), knowledge)

        assert isinstance(answer, mn.Ask)
        (asked,) = answer.questions
        assert asked.finding is mn.Finding.CYTOTOXIC_TREATMENT
        assert "day" in asked.text
        assert mn.Finding.ISOTRETINOIN in {reason.finding for reason in answer.cautions}

    def test_what_is_used_by_choice_may_be_paused(self, knowledge: mn.Knowledge) -> None:
        """The day is counted from today, and from the last use where that is known."""
        rule = knowledge.finding(mn.Finding.TOPICAL_RETINOID)
        assert rule.wait is not None
        answer = mn.recommend(case(present=[mn.Finding.TOPICAL_RETINOID]), knowledge)

        assert isinstance(answer, mn.Defer)
        assert answer.until is None
        assert answer.because[0].if_paused == ON + timedelta(days=rule.wait.days)

    @pytest.mark.parametrize("setting", mn.Setting)
    def test_not_at_home(self, setting: mn.Setting, knowledge: mn.Knowledge) -> None:
        """What rules out needling at home refers there, and limits nothing else in a clinic."""
        given = attrs.evolve(
            case(mn.Indication.AGEING_SKIN, mn.Severity.MILD, site=mn.Site.FACE, setting=setting),
            screening=mn.Screening.complete(present=[mn.Finding.DIABETES_CONTROLLED]),
        )
        answer = mn.recommend(given, knowledge)

        assert answer.verdict.value == ("refer" if setting is mn.Setting.HOME else "offer")

    @pytest.mark.parametrize(
        "which",
        [
            mn.Finding.ACTIVE_INFECTION,
            mn.Finding.ACTIVE_HERPES,
            mn.Finding.OPEN_WOUND,
            mn.Finding.SKIN_CANCER,
            mn.Finding.CHANGING_LESION,
        ],
    )
    def test_some_things_are_never_worked_round(
        self, which: mn.Finding, knowledge: mn.Knowledge
    ) -> None:
        """They bar the whole region: no limit says "not over it"."""
        assert knowledge.finding(which).scope >= mn.Scope.REGION
        assert mn.recommend(case(present=[which]), knowledge).verdict > mn.Verdict.ASK


class TestEarlierSessions:
    """The documented interval since the last session binds the answer."""

    def test_only_what_may_begin_is_offered(self, knowledge: mn.Knowledge) -> None:
        """After 20 days what is documented at 14 days is offered, and the others say why not."""
        last = mn.EarlierSession.on(ON - timedelta(days=20), site=mn.Site.CHEEK)
        answer = mn.recommend(attrs.evolve(case(), earlier_sessions=[last]), knowledge)

        assert isinstance(answer, mn.Offer)
        gaps = {option.interval.minimum_days for option in answer.options if option.interval}
        assert gaps == {14}
        told = {r.protocol for r in answer.excluded if r.rule == "rules.interval_since_last"}
        assert "acne-scar-4-weekly" in told

    def test_deferred_to_the_very_day(self, knowledge: mn.Knowledge) -> None:
        """Where nothing may begin, until the day on which the first may."""
        last = mn.EarlierSession.on(ON - timedelta(days=3), site=mn.Site.CHEEK)
        given = attrs.evolve(case(), earlier_sessions=[last])
        answer = mn.recommend(given, knowledge)

        assert isinstance(answer, mn.Defer)
        assert answer.until == answer.earliest == ON + timedelta(days=11)
        # Outside an offer no interval is named.
        assert not any("interval=" in fact for reason in answer.reasons for fact in reason.facts)
        later = attrs.evolve(given, on=ON + timedelta(days=11))
        assert mn.recommend(later, knowledge).verdict is mn.Verdict.OFFER
        before = attrs.evolve(given, on=ON + timedelta(days=10))
        assert mn.recommend(before, knowledge).verdict is mn.Verdict.DEFER

    @pytest.mark.parametrize(
        ("session", "verdict"),
        [
            (mn.EarlierSession.in_month(2026, 11, site=mn.Site.CHEEK), "invalid"),
            (mn.EarlierSession.in_month(2026, 10, site=mn.Site.CHEEK), "offer"),
            # Counted from the last day on which it may have been.
            (mn.EarlierSession.within_months(2, before=ON, site=mn.Site.CHEEK), "defer"),
            # The face holds the cheek, and the other way round; the abdomen does not.
            (mn.EarlierSession.on(ON, site=mn.Site.FACE), "defer"),
            (mn.EarlierSession.on(ON, site=mn.Site.ABDOMEN), "offer"),
        ],
    )
    def test_what_is_known_of_it(
        self, session: mn.EarlierSession, verdict: str, knowledge: mn.Knowledge
    ) -> None:
        """A month, some months, another site."""
        if verdict == "invalid":
            with pytest.raises(mn.InputError, match="after_assessment"):
                attrs.evolve(case(), earlier_sessions=[session])
            return
        answer = mn.recommend(attrs.evolve(case(), earlier_sessions=[session]), knowledge)
        assert answer.verdict.value == verdict

    def test_an_open_screening_asks(self, knowledge: mn.Knowledge) -> None:
        """A complete one that lists none has none."""
        absent = attrs.evolve(case(), screening=mn.Screening(absent=frozenset(mn.Finding)))
        answer = mn.recommend(absent, knowledge)

        assert isinstance(answer, mn.Ask)
        assert [r.rule for r in answer.because] == ["rules.earlier_sessions_not_asked"]
        assert answer.questions[0].group is mn.QuestionGroup.HISTORY
        none = attrs.evolve(absent, earlier_sessions=())
        assert mn.recommend(none, knowledge).verdict is mn.Verdict.OFFER

    @pytest.mark.parametrize(
        "indications",
        [
            ["hyperpigmentation"],
            ["fine_lines", "hyperpigmentation"],
            ["fine_lines"],
        ],
    )
    def test_nothing_is_offered_on_the_same_day(
        self, indications: list[str], knowledge: mn.Knowledge
    ) -> None:
        """Where no interval is published recovery binds, and where one concern's is, that one."""
        concerns = [mn.Concern(indication=mn.Indication(code)) for code in indications]
        given = attrs.evolve(case(), concerns=concerns)
        assert mn.recommend(given, knowledge).verdict is mn.Verdict.OFFER
        last = mn.EarlierSession.on(ON, site=mn.Site.CHEEK)
        answer = mn.recommend(attrs.evolve(given, earlier_sessions=[last]), knowledge)
        assert isinstance(answer, mn.Defer)
        alone = attrs.evolve(given, concerns=concerns[:1], earlier_sessions=[last])
        first = mn.recommend(alone, knowledge)
        assert first.earliest is not None
        assert answer.earliest is not None
        assert answer.earliest >= first.earliest

    @given(st.integers(0, 400), st.integers(0, 400))
    def test_longer_ago_is_never_stricter(self, one: int, other: int) -> None:
        """And never takes an option away."""
        near, far = (
            mn.recommend(
                attrs.evolve(
                    case(),
                    earlier_sessions=[
                        mn.EarlierSession.on(ON - timedelta(days=ago), site=mn.Site.CHEEK)
                    ],
                ),
                mn.load("2026.1"),
            )
            for ago in sorted((one, other))
        )
        assert far.verdict <= near.verdict
        assert {o.protocols for o in near.options} <= {o.protocols for o in far.options}


class TestDayOfAnEvent:
    """Defer until 180 days after a filler, with the date; without the day ask for it."""

    def test_until(self, knowledge: mn.Knowledge) -> None:
        """A filler of 1 August 2026 gives 28 January 2027."""
        dose = mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=date(2026, 8, 1))
        answer = mn.recommend(case(present=[dose]), knowledge)

        assert isinstance(answer, mn.Defer)
        assert answer.until == answer.earliest == date(2027, 1, 28)
        assert "clinics" in {other.source.id for other in answer.because[0].disagreements}
        assert "exceed-ifu" in {c.source.id for c in answer.because[0].citations}

    @pytest.mark.parametrize(("days", "verdict"), [(179, "defer"), (180, "offer"), (181, "offer")])
    def test_the_last_day_exactly(self, days: int, verdict: str, knowledge: mn.Knowledge) -> None:
        """It holds on day 179 and no longer on day 180."""
        last = ON - timedelta(days=days)
        dose = mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=last)

        assert mn.recommend(case(present=[dose]), knowledge).verdict.value == verdict

    def test_without_its_day(self, knowledge: mn.Knowledge) -> None:
        """The day is asked for, and nothing else."""
        answer = mn.recommend(case(present=[mn.Finding.DERMAL_FILLER]), knowledge)

        assert isinstance(answer, mn.Ask)
        rule = knowledge.finding(mn.Finding.DERMAL_FILLER)
        assert [question.text for question in answer.questions] == [rule.day_question]

    def test_two_deferrals(self, knowledge: mn.Knowledge) -> None:
        """The later of two dates counts; an open one leaves it open."""
        peel = mn.Exposure(finding=mn.Finding.CHEMICAL_PEEL, last_on=date(2026, 11, 20))
        filler = mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=date(2026, 11, 1))
        both = mn.recommend(case(present=[peel, filler]), knowledge)
        acne = mn.recommend(case(present=[peel, mn.Finding.ACTIVE_ACNE]), knowledge)

        assert isinstance(both, mn.Defer)
        assert both.until == date(2027, 4, 30)
        assert isinstance(acne, mn.Defer)
        assert acne.until is None


class TestLimits:
    """Site, setting and label each bind, and are named."""

    def test_label(self, knowledge: mn.Knowledge) -> None:
        """A label of 2.0 mm takes the 2.5 mm arm out and is named as the limit."""
        answer = mn.recommend(case(label="2.0 mm"), knowledge)

        assert all(c.lengths.longest.um <= 2000 for c in answer.options)
        limits = [r for r in answer.reasons if r.effect is mn.Effect.LIMIT]
        assert [r.rule for r in limits] == ["rules.device_label_maximum"]
        assert ("acne-scar-2-weekly-deeper", "rules.above_limit") in {
            (r.protocol, r.rule) for r in answer.excluded
        }

    def test_a_label_that_does_not_bind_is_ignored(self, knowledge: mn.Knowledge) -> None:
        """It is then listed among the inputs that made no difference."""
        answer = mn.recommend(case(label="3.5 mm"), knowledge)
        pen = attrs.evolve(case(), device=mn.Device(kind=mn.DeviceKind.PEN))

        assert answer.ignored == ("device.label_maximum",)
        assert answer.options == mn.recommend(pen, knowledge).options

    def test_nose(self, knowledge: mn.Knowledge) -> None:
        """Nothing above 0.8 mm is documented on the nose, so 1.5 mm for scars is not offered."""
        answer = mn.recommend(case(site=mn.Site.NOSE), knowledge)

        assert answer.verdict is mn.Verdict.REFER
        assert "rules.above_limit" in {r.rule for r in answer.excluded}

    def test_home(self, knowledge: mn.Knowledge) -> None:
        """At home nothing above 0.5 mm, and Canada's position is shown."""
        answer = mn.recommend(
            case(mn.Indication.AGEING_SKIN, mn.Severity.MILD, setting=mn.Setting.HOME), knowledge
        )

        assert answer.verdict is mn.Verdict.OFFER
        assert all(c.lengths.longest.um <= 500 for c in answer.options)
        assert "settings.home.none_authorised_in_canada" in {r.rule for r in answer.cautions}


class TestUnknown:
    """Unknown is not "no"."""

    def test_nothing_asked(self, knowledge: mn.Knowledge) -> None:
        """The questions come as in a careful intake, and no length is named."""
        asked = attrs.evolve(case(), screening=mn.Screening())
        answer = mn.recommend(asked, knowledge)

        assert isinstance(answer, mn.Ask)
        assert answer.options == ()
        grave = [q.if_yes in {mn.Effect.REFER, mn.Effect.DECLINE} for q in answer.questions]
        assert grave == sorted(grave, reverse=True)
        for part in (True, False):
            told = zip(answer.questions, grave, strict=True)
            groups = [question.group for question, is_grave in told if is_grave is part]
            assert groups == sorted(groups)
        assert all(question.text.endswith("?") for question in answer.questions)

    def test_what_a_yes_leads_to(self, knowledge: mn.Knowledge) -> None:
        """Each yes or no question tells it, and a yes does just that, in a clinic and at home."""
        home = case(mn.Indication.AGEING_SKIN, None, setting=mn.Setting.HOME, site=mn.Site.FACE)
        for where in (case(), home):
            answer = mn.recommend(attrs.evolve(where, screening=mn.Screening()), knowledge)
            assert isinstance(answer, mn.Ask)
            told = {q.finding: q.if_yes for q in answer.questions if q.finding and q.if_yes}
            assert len(told) > 50
            for finding, leads_to in told.items():
                held = mn.Screening.complete(present=[finding])
                present = mn.recommend(attrs.evolve(where, screening=held), knowledge)
                (reason,) = [r for r in present.reasons if r.finding is finding]
                assert reason.effect in {leads_to, mn.Effect.ASK}, finding
            assert "     If yes: to be referred. If no: nothing changes." in answer.explain()

    def test_a_must_that_is_open_is_asked(self, knowledge: mn.Knowledge) -> None:
        """No offer while a question is open whose answer could add a must; a caution stays open."""
        for which, verdict in (
            (mn.Finding.TOPICAL_ANAESTHETIC_BARRED, "ask"),
            (mn.Finding.HERPES_HISTORY, "ask"),
            (mn.Finding.SMOKING, "offer"),
        ):
            others = frozenset(mn.Finding) - {which}
            held = attrs.evolve(case(), screening=mn.Screening(absent=others), earlier_sessions=())
            answer = mn.recommend(held, knowledge)
            assert answer.verdict.value == verdict
            assert [reason.finding for reason in answer.unknowns] == [which]

    def test_ungraded_severity(self, knowledge: mn.Knowledge) -> None:
        """What holds at every severity is offered; where nothing does, the grade is asked for."""
        scar = mn.recommend(case(severity=None), knowledge)
        striae = mn.recommend(case(mn.Indication.STRIAE, None, site=mn.Site.TRUNK), knowledge)

        assert set(offered(scar)) == {
            *("acne-scar-4-weekly", "acne-scar-2-weekly", "acne-scar-three-2-weekly")
        }
        assert [r.rule for r in scar.unknowns] == ["rules.severity_not_graded"]
        assert striae.verdict is mn.Verdict.ASK

    def test_unknown_age(self, knowledge: mn.Knowledge) -> None:
        """Whether a minor is treated decides: ask."""
        answer = mn.recommend(case(age_years=None), knowledge)

        assert [r.finding for r in answer.because] == [mn.Finding.AGE_UNDER_18]


# Two files of one device, and two of which no label was read.
EXCEED = {"K182407", "K233709-acne-scars"}
NO_LABEL_READ = {"K230420", "K243800"}


class TestClearances:
    """A course outside every United States clearance says so."""

    def test_inside_and_outside(self, knowledge: mn.Knowledge) -> None:
        """1.5 mm on facial acne scars is inside, 2.5 mm is not."""
        courses = offered(mn.recommend(case(label="3.5 mm"), knowledge))

        assert "DEN160029" in courses["acne-scar-4-weekly"].clearances
        deeper = courses["acne-scar-2-weekly-deeper"]
        assert deeper.clearances == ()
        assert any("clearance" in note.text for note in deeper.notes)

    def test_a_label_that_bars_what_is_present_covers_nothing(
        self, knowledge: mn.Knowledge
    ) -> None:
        """And what is over is not present: its clearances are shown again."""
        filler = mn.Finding.DERMAL_FILLER
        for present, cleared in (
            ([], {"DEN160029", *EXCEED}),
            ([mn.Finding.RAISED_LESION], {"DEN160029"}),
            ([mn.Finding.METAL_ALLERGY], EXCEED),
            ([mn.Exposure(finding=filler, last_on=date(2020, 1, 1))], {"DEN160029", *EXCEED}),
        ):
            courses = offered(mn.recommend(case(present=present, label="3.5 mm"), knowledge))
            assert set(courses["acne-scar-4-weekly"].clearances) == cleared | NO_LABEL_READ

    @pytest.mark.parametrize(
        ("skin", "age", "cleared"),
        [
            (mn.SkinType.IV, 30, {"DEN160029", *EXCEED, *NO_LABEL_READ}),
            (mn.SkinType.V, 30, {"DEN160029", *NO_LABEL_READ}),
            (mn.SkinType.IV, 21, set()),
            (None, 30, set()),
        ],
    )
    def test_scope(
        self, skin: mn.SkinType | None, age: int, cleared: set[str], knowledge: mn.Knowledge
    ) -> None:
        """Skin types and age as the regulator's records give them; unknown is not covered."""
        given = case(skin_type=skin, age_years=age, label="3.5 mm")
        courses = offered(mn.recommend(given, knowledge))

        assert set(courses["acne-scar-4-weekly"].clearances) == cleared


class TestSeveralConcerns:
    """One course must serve every concern."""

    def test_shared(self, knowledge: mn.Knowledge) -> None:
        """Fine lines and deep wrinkles share the monthly protocol."""
        both = attrs.evolve(
            case(site=mn.Site.FACE),
            concerns=[
                mn.Concern(indication=mn.Indication.FINE_LINES, severity=mn.Severity.MILD),
                mn.Concern(indication=mn.Indication.DEEP_WRINKLES, severity=mn.Severity.MODERATE),
            ],
        )
        answer = mn.recommend(both, knowledge)

        course = offered(answer)["wrinkles-monthly"]
        assert len(course.concerns) == 2

    def test_disjoint(self, knowledge: mn.Knowledge) -> None:
        """Melasma at 1.5 mm and absorption at 0.25 mm have no course in common: one of both."""
        both = attrs.evolve(
            case(site=mn.Site.FACE),
            concerns=[
                mn.Concern(indication=mn.Indication.MELASMA, severity=mn.Severity.MILD),
                mn.Concern(indication=mn.Indication.PRODUCT_ABSORPTION, severity=mn.Severity.MILD),
            ],
        )
        answer = mn.recommend(both, knowledge)

        assert isinstance(answer, mn.Offer)
        served = {tuple(c.indication for c in option.concerns) for option in answer.options}
        assert served == {(mn.Indication.MELASMA,), (mn.Indication.PRODUCT_ABSORPTION,)}
        assert [r.rule for r in answer.unserved] == ["rules.concerns_disjoint"] * 2

    def test_one_without_support_takes_nothing_from_the_others(
        self, knowledge: mn.Knowledge
    ) -> None:
        """Mixed scars are the norm: the icepick ones are told as unserved, the others served."""
        scars = (mn.Indication.ACNE_SCAR_ROLLING, mn.Indication.ACNE_SCAR_ICEPICK)
        both = attrs.evolve(
            case(),
            concerns=[mn.Concern(indication=i, severity=mn.Severity.MODERATE) for i in scars],
        )
        answer = mn.recommend(both, knowledge)
        alone = mn.recommend(case(), knowledge)

        assert [o.lengths for o in answer.options] == [o.lengths for o in alone.options]
        (left,) = answer.unserved
        assert left.rule == "indications.acne_scar_icepick"
        assert left.effect is mn.Effect.UNSERVED


class TestSaid:
    """What was decided is told, with whose word it is."""

    def test_a_waiting_time_is_named(self, knowledge: mn.Knowledge) -> None:
        """A deferral says how long."""
        toxin = mn.Exposure(finding=mn.Finding.BOTULINUM_TOXIN, last_on=ON)
        answer = mn.recommend(case(present=[toxin]), knowledge)
        wait = knowledge.finding(mn.Finding.BOTULINUM_TOXIN).wait

        assert wait is not None
        assert answer.because[0].wait_days == wait.days
        assert f"wait {wait.days} days" in answer.explain()

    def test_a_wait_that_is_over_is_shown(self, knowledge: mn.Knowledge) -> None:
        """It lifts the deferral, and the reader sees that it was considered."""
        wait = knowledge.finding(mn.Finding.DERMAL_FILLER).wait
        assert wait is not None
        last = mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=ON - timedelta(days=wait.days))
        answer = mn.recommend(case(present=[last]), knowledge)

        assert answer.verdict is mn.Verdict.OFFER
        assert [reason.finding for reason in answer.lifted] == [mn.Finding.DERMAL_FILLER]
        assert answer.lifted[0].until == ON
        assert "Waiting time over" in answer.explain()

    @pytest.mark.parametrize("setting", mn.Setting)
    def test_every_cited_source_is_listed(
        self, knowledge: mn.Knowledge, setting: mn.Setting
    ) -> None:
        """No id in the text or the document leads nowhere."""
        answer = mn.recommend(
            case(mn.Indication.AGEING_SKIN, mn.Severity.MILD, site=mn.Site.FACE, setting=setting),
            knowledge,
        )
        text, _, listed = answer.explain().partition("\nSources\n")
        known = {source.id for source in knowledge.sources}
        named = {
            name for group in re.findall(r"\[([^\]]+)\]", text) for name in re.split(r",\s*", group)
        }
        named = {name if name in known else name.rpartition(".")[0] for name in named}
        document = json.loads(mn.to_json(answer))

        assert answer.options
        assert named <= set(re.findall(r"^  \[([^\]]+)\]", listed, re.MULTILINE))
        shared = {source["id"] for source in document["shared"]["sources"]}
        assert known & set(_texts(document)) <= shared

    def test_each_statement_names_its_concern(self, knowledge: mn.Knowledge) -> None:
        """Of several concerns it is told which a statement is about."""
        concerns = [
            mn.Concern(indication=code, severity=mn.Severity.MILD)
            for code in (mn.Indication.FINE_LINES, mn.Indication.AGEING_SKIN)
        ]
        answer = mn.recommend(attrs.evolve(case(site=mn.Site.FACE), concerns=concerns), knowledge)

        assert answer.options
        for concern in concerns:
            held = knowledge.indication(concern.indication)
            assert f"{held.label}: {held.statement}" in answer.because[0].why

    def test_what_is_taken_over_from_another_length_is_noted(self, knowledge: mn.Knowledge) -> None:
        """Recovery or numbing stated of another nominal length is marked as an inference."""
        answer = mn.recommend(
            case(mn.Indication.ANDROGENETIC_ALOPECIA, site=mn.Site.SCALP), knowledge
        )
        borrowed = knowledge.rule("stated_at_other_length").why
        known = {fact.length for fact in knowledge.aspects if fact.aspect is mn.Aspect.RECOVERY}

        assert any(course.lengths.longest not in known for course in answer.options)
        for course in answer.options:
            if course.lengths.longest not in known:
                assert borrowed in {note.text for note in course.notes}

    def test_the_severest_question_comes_first(self, knowledge: mn.Knowledge) -> None:
        """A finding that would decline is asked for before the grade."""
        ungraded = attrs.evolve(
            case(mn.Indication.STRIAE, None, site=mn.Site.TRUNK), screening=mn.Screening()
        )
        asked = mn.recommend(ungraded, knowledge).because

        assert asked[0].finding is not None
        assert asked[-1].rule == "rules.severity_not_graded"


class TestRefused:
    """What is no question gets no answer."""

    @pytest.mark.parametrize("wrong", [None, "2026.1", 1, mn.Site.CHEEK])
    def test_other_values(self, knowledge: mn.Knowledge, wrong: object) -> None:
        with pytest.raises(mn.InputError):
            mn.recommend(wrong, knowledge)  # type: ignore[arg-type]
        with pytest.raises(mn.InputError):
            mn.recommend(case(), wrong)  # type: ignore[arg-type]
        with pytest.raises(mn.InputError):
            mn.questions(knowledge, indications=[mn.Indication.STRIAE], site=wrong and "Cheek")  # type: ignore[arg-type]
        with pytest.raises(mn.InputError):
            mn.questions(knowledge, indications="striae", site=mn.Site.CHEEK)  # type: ignore[arg-type]

    @pytest.mark.parametrize("day", [-1, 1.5, True, "x", 10**9])
    def test_days_of_a_side_effect(self, knowledge: mn.Knowledge, day: int) -> None:
        with pytest.raises(mn.InputError):
            knowledge.response(mn.SideEffectCode.ERYTHEMA, mn.Severity.MILD, day)

    def test_a_figure_that_a_course_does_not_have(self, knowledge: mn.Knowledge) -> None:
        course = mn.recommend(case(), knowledge).options[0]
        with pytest.raises(mn.InputError):
            course.cited("length")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


class TestLaws:
    """What holds for every valid assessment."""

    @given(assessments())
    def test_total_and_true_to_itself(self, assessment: mn.Assessment) -> None:
        """There is an answer; it replays; it names its sources; it offers only in an offer."""
        knowledge = mn.load("2026.1")
        answer = mn.recommend(assessment, knowledge)

        assert mn.replay(answer) == answer
        assert bool(answer.options) is (answer.verdict is mn.Verdict.OFFER)
        assert all(reason.citations for reason in answer.reasons)
        assert set(answer.sources) <= set(knowledge.sources)
        assert answer.edition == "2026.1"
        assert answer.provenance.intended_use
        assert answer.provenance.limitations
        assert {step.stage for step in answer.trace} >= {mn.Stage.SCREEN}
        assert answer.explain() == answer.explain()
        briefs.holds(answer)

    @given(assessments(), st.randoms(use_true_random=False))
    def test_order_free(self, assessment: mn.Assessment, random: object) -> None:
        """The order and repetition of concerns and findings do not matter."""
        shuffle = random.shuffle  # type: ignore[attr-defined]
        concerns = [*assessment.concerns, assessment.concerns[0]]
        present = list(assessment.screening.present) * 2
        shuffle(concerns)
        shuffle(present)
        screening = attrs.evolve(assessment.screening, present=present)
        again = attrs.evolve(assessment, concerns=concerns, screening=screening)

        one = mn.recommend(assessment, mn.load("2026.1"))
        other = mn.recommend(again, mn.load("2026.1"))
        assert other == one
        assert mn.to_json(other) == mn.to_json(one)
        assert other.explain() == one.explain()

    @given(st.sampled_from(mn.Indication), st.sampled_from(mn.Severity), st.sampled_from(mn.Site))
    def test_the_text_says_what_the_fields_say(
        self, indication: mn.Indication, severity: mn.Severity, site: mn.Site
    ) -> None:
        """The figures of every option, read back from the text, are those of its fields."""
        answer = mn.recommend(case(indication, severity, site=site), mn.load("2026.1"))
        text = answer.explain()
        shown = re.findall(r"needle length: ([^\[]+) \[", text)
        assert [mn.LengthRange.parse(length) for length in shown] == [
            course.lengths for course in answer.options
        ]
        for name, figures in (
            ("sessions", [course.sessions for course in answer.options]),
            ("interval", [course.interval for course in answer.options]),
        ):
            told = re.findall(rf"^     {name}: (.+?)(?: \[|$)", text, re.MULTILINE)
            assert told == [
                "not published in what was read" if figure is None else str(figure)
                for figure in figures
            ]

    @given(needle_lengths(), needle_lengths())
    def test_a_longer_needle_hurts_no_less(
        self, one: mn.NeedleLength, other: mn.NeedleLength
    ) -> None:
        """A longer needle never needs less against pain, where both are known."""
        knowledge = mn.load("2026.1")
        less = knowledge.anaesthesia_at(min(one, other))
        more = knowledge.anaesthesia_at(max(one, other))
        if less is not None and more is not None:
            assert mn.Anaesthesia(less.code) <= mn.Anaesthesia(more.code)

    @given(assessments())
    def test_a_longer_needle_has_every_effect_of_a_shorter_one(
        self, assessment: mn.Assessment
    ) -> None:
        """Of two options the longer lists every side effect that the shorter lists."""
        options = mn.recommend(assessment, mn.load("2026.1")).options
        for one, other in pairwise(sorted(options, key=lambda course: course.lengths.longest)):
            assert {effect.id for effect in one.side_effects} <= {
                effect.id for effect in other.side_effects
            }

    @given(assessments(), st.sampled_from(mn.Finding))
    def test_risk_never_relaxes(self, assessment: mn.Assessment, finding: mn.Finding) -> None:
        """A finding more never gives a milder verdict, a longer needle or a caution less."""
        screening = assessment.screening
        if finding in {exposure.finding for exposure in screening.present}:
            return
        more = attrs.evolve(
            screening,
            present=[*screening.present, mn.Exposure(finding=finding)],
            absent=screening.absent - {finding},
        )
        knowledge = mn.load("2026.1")
        before = mn.recommend(assessment, knowledge)
        after = mn.recommend(attrs.evolve(assessment, screening=more), knowledge)

        assert after.verdict >= before.verdict
        assert {r.rule for r in before.cautions} <= {r.rule for r in after.reasons}
        lengths = {course.protocols: course.lengths for course in before.options}
        for course in after.options:
            assert course.lengths == lengths[course.protocols]

    @given(assessments(), needle_lengths())
    def test_the_label_binds(self, assessment: mn.Assessment, label: mn.NeedleLength) -> None:
        """Nothing beyond the label is offered, and a tighter label relaxes nothing."""
        device = mn.Device(kind=mn.DeviceKind.PEN, label_maximum=label)
        knowledge = mn.load("2026.1")
        free = mn.recommend(attrs.evolve(assessment, device=None), knowledge)
        bound = mn.recommend(attrs.evolve(assessment, device=device), knowledge)

        assert bound.verdict >= free.verdict
        assert all(course.lengths.longest <= label for course in bound.options)

    @given(assessments())
    def test_preferences_order_and_do_no_more(self, assessment: mn.Assessment) -> None:
        """The same courses whatever is preferred."""
        knowledge = mn.load("2026.1")
        indifferent = attrs.evolve(assessment, preferences=mn.Preferences())
        one, other = mn.recommend(assessment, knowledge), mn.recommend(indifferent, knowledge)

        assert one.verdict is other.verdict
        assert {c.protocols for c in one.options} == {c.protocols for c in other.options}
        assert one.cautions == other.cautions
        unmet = [len(course.unmet) for course in one.options]
        assert unmet == sorted(unmet)

    @given(assessments(), st.integers(0, 900))
    def test_waiting_never_makes_it_worse(self, assessment: mn.Assessment, days: int) -> None:
        """With nothing but time passing, the verdict never becomes more cautious."""
        later = attrs.evolve(assessment, on=assessment.on + timedelta(days=days))
        knowledge = mn.load("2026.1")

        assert mn.recommend(later, knowledge).verdict <= mn.recommend(assessment, knowledge).verdict

    @given(assessments())
    def test_a_deferral_ends_on_its_date(self, assessment: mn.Assessment) -> None:
        """On the day it names the deferral is over, and the day before it is not."""
        knowledge = mn.load("2026.1")
        answer = mn.recommend(assessment, knowledge)
        if not isinstance(answer, mn.Defer) or answer.until is None:
            return
        then = attrs.evolve(assessment, on=answer.until)
        before = attrs.evolve(assessment, on=answer.until - timedelta(days=1))

        assert mn.recommend(then, knowledge).verdict < mn.Verdict.DEFER
        assert mn.recommend(before, knowledge).verdict is mn.Verdict.DEFER


class TestEndOfTheCalendar:
    """What is given lies in the years to 2199; what is counted on from it may lie after them."""

    def test_a_waiting_time_ends_when_it_ends(self, knowledge: mn.Knowledge) -> None:
        last = date(2199, 12, 20)
        given_ = mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=last)
        assessment = attrs.evolve(
            case(mn.Indication.MELASMA, None),
            on=date(2199, 12, 31),
            screening=mn.Screening.complete(present=[given_]),
        )
        answer = mn.recommend(assessment, knowledge)

        assert isinstance(answer, mn.Defer)
        wait = knowledge.finding(mn.Finding.DERMAL_FILLER).wait
        assert wait is not None
        assert answer.until == last + timedelta(days=wait.days)
        assert mn.from_json(mn.to_json(answer), mn.Defer) == answer


def test_a_day_that_is_counted_has_the_grade_of_its_wait(knowledge: mn.Knowledge) -> None:
    """Law: a deferral by a waiting time rests on no more than the waiting time does."""
    counted, plain = 0, case(mn.Indication.ACNE_SCAR_ROLLING)
    for rule in knowledge.findings:
        if rule.wait is None or rule.level is not mn.Level.DEFER:
            continue
        present = mn.Exposure(finding=rule.finding, last_on=plain.on)
        held = attrs.evolve(plain, screening=mn.Screening.complete(present=[present]))
        (reason,) = (r for r in mn.recommend(held, knowledge).because if r.finding is rule.finding)
        assert reason.grade is max(rule.grade, rule.wait.grade)
        counted += 1
    assert counted > 5


def test_str_is_the_brief() -> None:
    """Law: printing an answer tells what it says, and never its data."""
    plain = case(mn.Indication.ACNE_SCAR_ROLLING)
    answer = mn.recommend(plain, mn.load("2026.1"))
    assert str(answer) == answer.brief() == f"{answer}"
    assert len(str(answer)) < briefs.MOST * briefs.WIDTH
    visit = mn.recommend_visit(mn.Visit([plain]), mn.load("2026.1"))
    assert str(visit) == visit.brief()
