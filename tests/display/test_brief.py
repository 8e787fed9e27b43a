"""What stands on one screen: nothing that may not be left out is, and no code."""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random

import attrs
import pytest
from hypothesis import given, settings

import microneedling as mn
from microneedling.display.labels import label
from microneedling.strategies import next_steps, visit_answers
from microneedling.values.codes import Code
from tests import briefs, plain, space
from tests.conftest import share
from tests.ledgers import FOUR_WEEKLY, START, begun, day, done, recorded, seen

KNOWLEDGE = mn.load("2026.1")
EVERY = 37


def sampled() -> list[mn.Assessment]:
    """Every 37th cell: healthy, with some findings, with some unknown, and with both."""
    askable = sorted(set(mn.Finding) - space.DERIVED)
    found = []
    for indication in space.INDICATIONS:
        for number, cell in enumerate(space.cells(indication)):
            if number % EVERY:
                continue
            random = Random(f"{indication} {number}")  # noqa: S311 - the same every time
            some = frozenset(random.sample(askable, random.randint(1, 4)))
            others = frozenset(random.sample(sorted(set(askable) - some), 6))
            for present, unknown in ((), ()), (some, ()), ((), others), (some, others):
                held = space.screening(frozenset(present), frozenset(unknown))
                kind = random.choice([None, *mn.DeviceKind])
                label_maximum = random.choice([None, *space.LABELS])
                given = space.assessment(cell, held)
                if kind:
                    device = mn.Device(kind=kind, label_maximum=label_maximum)
                    given = attrs.evolve(given, device=device, sex=random.choice([*mn.Sex]))
                found.append(given)
    return found


def test_nothing_that_may_not_be_left_out_is() -> None:
    """Law: over the space every must, limit, stop sign and caution is told, in labels, in form."""
    counts = Counter[str]()
    for assessment in sampled():
        answer = mn.recommend(assessment, KNOWLEDGE)
        briefs.holds(answer)
        counts[answer.verdict.value] += 1
        counts["musts"] += bool(answer.musts)
        counts["limits"] += any(reason.limit for reason in answer.reasons)
        counts["unserved"] += bool(answer.unserved)
    assert counts.keys() >= {verdict.value for verdict in mn.Verdict} | {"musts", "limits"}


def test_plain_patients_fit_on_a_screen() -> None:
    """Law: 25 lines for the healthy; what goes beyond is what is said of this patient."""
    for assessment in (*plain.alone(), *plain.pairs()):
        answer = mn.recommend(assessment, KNOWLEDGE)
        text = briefs.holds(answer)
        assert len(text.splitlines()) <= briefs.MOST or len(assessment.concerns) > 1


def test_the_ten_requests() -> None:
    """Each at most 25 lines; what goes beyond in one is said of this patient alone."""
    told = {
        name: briefs.holds(mn.recommend(request, KNOWLEDGE))
        for name, request in briefs.REQUESTS.items()
    }
    longer = {name for name, text in told.items() if len(text.splitlines()) > briefs.MOST}
    assert longer == {"marks after inflammation, skin type V"}


def test_a_law_that_is_broken_shows() -> None:
    """Without a must, a caution or a sign, or with a code, a brief does not pass."""
    given = attrs.evolve(
        briefs.REQUESTS["rolling scars, moderate, cheek"],
        screening=mn.Screening.complete(present=[mn.Finding.TATTOO, mn.Finding.SMOKING]),
    )
    answer = mn.recommend(given, KNOWLEDGE)
    text = briefs.holds(answer)
    for cut in (
        "Do not needle over the tattoo",
        "No study of needling in smokers",
        "anaphylaxis",
        "granulomas",
        "any expected reaction",
    ):
        assert cut in text
        with pytest.raises(AssertionError):
            briefs.holds(answer, text.replace(cut, ""))
    for wrong in ("acne_scar", "erythema", " " * 81 + "."):
        with pytest.raises(AssertionError):
            briefs.holds(answer, f"{text}\n{wrong}")


def test_every_code_has_a_label() -> None:
    """Law: no underscore; of the indications the label is that of the edition."""
    kinds = Code.__subclasses__()
    for kind in (*kinds, *(one for parent in kinds for one in parent.__subclasses__())):
        names = [label(code) for code in kind]
        assert all(names)
        assert not any("_" in name for name in names), names
        assert len({*names}) == len(names), names
    for held in KNOWLEDGE.indications:
        assert label(held.indication) == held.label


def test_findings_stand_before_what_is_true_of_everybody() -> None:
    """Nothing true of every patient stands before what is true of this one."""
    answer = mn.recommend(briefs.REQUESTS["isotretinoin last month"], KNOWLEDGE)
    titles = [title for title, _ in briefs.blocks(answer.brief()) if title]
    assert titles == ["Heed", "Option 1", "Emergency", "Refer", "Cleared", "Not known"]
    heeded = briefs.row(answer.brief(), "Heed")
    assert heeded.startswith("Heed Isotretinoin")


class TestAsk:
    """The few questions that could end it first, all others named or counted."""

    GIVEN = attrs.evolve(
        briefs.REQUESTS["fine lines, forehead"], screening=mn.Screening(), age_years=None
    )

    def test_the_first_are_spelled_out(self) -> None:
        answer = mn.recommend(self.GIVEN, KNOWLEDGE)
        assert isinstance(answer, mn.Ask)
        text = briefs.holds(answer)
        assert len(text.splitlines()) <= briefs.MOST
        told = briefs.plain(text)
        shown = [question.text in told for question in answer.questions]
        first = shown.index(False)
        assert first >= 3
        assert not any(shown[first:])
        assert f"And {len(shown) - first} more" in told
        counted = briefs.row(text, "And").partition(":")[2]
        assert sum(map(int, re.findall(r"\d+", counted))) == len(shown) - first

    def test_a_few_are_all_spelled_out(self) -> None:
        few = [mn.Finding.SMOKING, mn.Finding.PREGNANCY, mn.Finding.TATTOO]
        held = mn.Screening(absent=set(mn.Finding) - {*few})
        answer = mn.recommend(attrs.evolve(self.GIVEN, screening=held, age_years=34), KNOWLEDGE)
        assert isinstance(answer, mn.Ask)
        assert all(question.text in briefs.plain(answer.brief()) for question in answer.questions)

    def test_of_a_list_each_is_named(self) -> None:
        """Spelled out or by its label, beside what a yes leads to."""
        from microneedling.display import question_list

        asked = mn.questions(
            KNOWLEDGE, indications=[mn.Indication.FINE_LINES], site=mn.Site.FOREHEAD
        )
        text = question_list(asked)
        briefs.holds_form(text)
        told = briefs.plain(text)
        assert all(q.text in told or (q.finding and label(q.finding) in told) for q in asked)
        later = told.partition("later, if: ")[2].partition(", if: ")[0]
        assert label(mn.Finding.PREGNANCY) in later
        assert len(text.splitlines()) < len(asked)


class TestExplain:
    """Section by section; the sources last, and of what is shown alone."""

    ANSWER = mn.recommend(briefs.REQUESTS["icepick and rolling scars"], KNOWLEDGE)

    @pytest.mark.parametrize("sections", [("options",), ("care", "stop"), ("about",), None])
    def test_sources_are_those_of_what_is_shown(self, sections: tuple[str, ...] | None) -> None:
        text = self.ANSWER.explain(sections)
        shown, _, listed = text.partition("\nSources\n")
        known = {source.id for source in KNOWLEDGE.sources}
        named = {name for group in re.findall(r"\[([^\]]+)\]", shown) for name in group.split(",")}
        named = {
            name if name in known else name.rpartition(".")[0] for name in map(str.strip, named)
        }
        assert {*re.findall(r"^  \[([^\]]+)\]", listed, re.MULTILINE)} == named & known
        assert bool(listed) is (sections != ("about",))
        assert max(map(len, shown.splitlines())) <= briefs.WIDTH

    def test_sections_are_parts_of_the_whole(self) -> None:
        whole = self.ANSWER.explain()
        for name in ("options", "why", "cautions", "session", "care", "effects"):
            part = self.ANSWER.explain([name]).partition("\nSources\n")[0]
            body = part.splitlines()[3:]
            assert body
            assert "\n".join(body) in whole
            assert len(part) < len(whole)

    def test_why_of_one_option(self) -> None:
        for place, course in enumerate(self.ANSWER.options, 1):
            text = self.ANSWER.explain(why=place)
            (name,) = re.findall(r"^  \d+\. (.+?) \(school", text, re.MULTILINE)
            assert name == " + ".join(course.protocols)
        assert "Before and after" not in text
        assert "Before and after" in self.ANSWER.explain(["options", "care"], why=1)

    def test_what_is_asked_wrongly(self) -> None:
        refer = mn.recommend(briefs.REQUESTS["pores"], KNOWLEDGE)
        explain, last = self.ANSWER.explain, len(self.ANSWER.options)
        calls: list[Callable[[], str]] = [
            partial(explain, ["nothing"]),
            partial(explain, "care"),
            partial(explain, []),
            partial(explain, why=0),
            partial(explain, why=last + 1),
            partial(refer.explain, why=1),
            partial(explain, audience="nurse"),
            partial(self.ANSWER.brief, audience="nurse"),
        ]
        for wrong in calls:
            with pytest.raises(mn.InputError):
                wrong()

    @pytest.mark.parametrize("audience", mn.Audience)
    def test_for_one_reader(self, audience: mn.Audience) -> None:
        """Care is that of the reader alone, in the words for the patient where one reads."""
        text = briefs.plain(self.ANSWER.explain(["care"], audience=audience))
        assert text == briefs.plain(self.ANSWER.explain(["care"], audience=audience.value))
        for step in self.ANSWER.options[0].care:
            mine = step.patient_text if audience is mn.Audience.PATIENT else step.instruction
            assert (bool(mine) and mine in text) is (step.audience is audience)
        brief = self.ANSWER.brief(audience=audience)
        briefs.holds_form(brief)
        briefs.holds_no_code(brief, briefs.said([self.ANSWER]))
        briefs.holds_all([self.ANSWER], brief)
        firm = {
            step.patient_text if audience is mn.Audience.PATIENT else step.short
            for step in self.ANSWER.options[0].care
            if step.audience is audience and step.strictness is mn.Strictness.MUST
        }
        assert all(step in briefs.row(brief, label(audience).capitalize()) for step in firm)
        stop = briefs.plain(self.ANSWER.explain(["stop"], audience=audience))
        assert all(
            (response.patient_text in stop) is (audience is mn.Audience.PATIENT)
            for response in self.ANSWER.options[0].red_flags
        )


@settings(share(50))
@given(visit_answers())
def test_a_visit(found: mn.VisitAnswer) -> None:
    """Law: what binds all is told once, and nothing of any area is left out."""
    text = found.brief()
    briefs.holds_form(text)
    briefs.holds_no_code(text, {*briefs.said(found.answers), *(r.short for r in found.notices)})
    told = briefs.plain(text)
    for answer in found.answers:
        for reason in answer.reasons:
            assert reason.must in told
            carries = reason.weight and reason.effect not in {mn.Effect.OFFER, mn.Effect.ASK}
            if reason.effect is mn.Effect.CAUTION or (
                carries and answer.verdict is not mn.Verdict.ASK
            ):
                assert reason.short in told, (reason.rule, text)
    briefs.holds_stops([course for one in found.answers for course in one.options], text)


class TestCourses:
    """The same economy in a course: labels, and all that is to be done."""

    def test_a_schedule(self) -> None:
        text = str(mn.schedule(FOUR_WEEKLY, START))
        briefs.holds_form(text)
        assert text.startswith("Rolling acne scars")
        assert FOUR_WEEKLY.protocols[0] not in text

    def test_a_next_step(self) -> None:
        step = mn.next_step(recorded(begun(), done(0), seen(1, 1)), KNOWLEDGE, day(2))
        text = str(step)
        assert text == step.brief()
        briefs.holds_form(text)
        told = briefs.plain(text)
        assert step.responses
        assert all(response.short in told for response in step.responses)
        assert all((reason.question or reason.short) in told for reason in step.why)
        assert all(r.short in told for r in step.notices if r.effect is mn.Effect.CAUTION)
        assert len(text.splitlines()) <= briefs.MOST
        assert "Sources" not in text
        assert step.explain(["why"]) != step.explain()
        assert "Sources" in step.explain(["why"])

    @settings(share(50))
    @given(next_steps())
    def test_any_next_step(self, step: mn.NextStep) -> None:
        """Law: what to do, every must and every caution is told, in labels, in form."""
        text = step.brief()
        briefs.holds_form(text)
        assert "_" not in text
        told = briefs.plain(text)
        assert text.startswith(step.move.value.upper())
        assert all(response.short in briefs.row(text, "Do") for response in step.responses)
        for reason in (*step.why, *step.notices):
            assert reason.must in told
            if reason.effect is mn.Effect.CAUTION or reason.weight:
                assert (reason.question or reason.short) in told, (reason.rule, text)

    def test_a_comparison(self) -> None:
        compared = mn.compare("0.5 mm", "1.0 mm", KNOWLEDGE)
        text = str(compared)
        assert text == compared.brief()
        briefs.holds_form(text)
        assert all(label(aspect).capitalize() in text for aspect in mn.Aspect)
        assert len(text) < len(compared.explain()) / 2
        assert "[article]" in compared.explain()
