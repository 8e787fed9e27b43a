"""Several areas in one visit: each is answered as `recommend` answers it, with what is joined."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings, strategies as st

import microneedling as mn
from microneedling.knowledge.edition_tables import canonical_form
from microneedling.strategies import recommendations, visit_answers, visits
from tests.conftest import share
from tests.ledgers import KNOWLEDGE, ON, refused

PERSON = {r.finding for r in KNOWLEDGE.findings if r.scope is mn.Scope.PERSON}
LOCAL = {r.finding for r in KNOWLEDGE.findings} - PERSON
DERIVED = {r.finding for r in KNOWLEDGE.findings if r.age_under_years or r.skin_types}
OPEN = mn.Screening()
COMPLETE = mn.Screening.complete()


def area(
    site: mn.Site = mn.Site.CHEEK,
    screening: mn.Screening = OPEN,
    **told: Any,  # noqa: ANN401
) -> mn.Assessment:
    """Give an area of an adult of whom little is known."""
    plain: dict[str, Any] = {
        "on": ON,
        "site": site,
        "setting": mn.Setting.CLINIC,
        "concerns": [mn.Concern(indication=mn.Indication.FINE_LINES, severity=mn.Severity.MILD)],
        "screening": screening,
    }
    return mn.Assessment(**(plain | told))


def present(*findings: mn.Finding | mn.Exposure) -> mn.Screening:
    """Say what is present, and nothing else."""
    return mn.Screening(present=findings)


def joined(*areas: mn.Assessment, knowledge: mn.Knowledge = KNOWLEDGE) -> list[mn.Assessment]:
    """Give the areas as they are answered."""
    return [one.assessment for one in mn.recommend_visit(mn.Visit(areas), knowledge).answers]


def contradicts(path: str, *areas: mn.Assessment, code: str = "contradiction") -> None:
    """Hold that areas are refused when they are answered."""
    visit = mn.Visit(areas)
    refused(code, f"visit.assessments{path}", lambda: mn.recommend_visit(visit, KNOWLEDGE))


class TestVisit:
    """A visit is of one person and one day, an assessment a site."""

    def test_what_it_takes(self) -> None:
        sites = [site for site in mn.Site if site is not mn.Site.FACE]
        refused("empty", "assessments", lambda: mn.Visit([]))
        refused("too_many", "assessments", lambda: mn.Visit(map(area, sites[:9])))
        assert len(mn.Visit(map(area, sites[:8])).assessments) == 8

    def test_a_site_is_assessed_once(self) -> None:
        refused("site_twice", "assessments[1].site", lambda: mn.Visit([area(), area()]))

    @pytest.mark.parametrize(
        ("name", "one", "other"),
        [
            ("on", ON, ON - timedelta(days=1)),
            ("age_years", 34, 35),
            ("skin_type", mn.SkinType.II, mn.SkinType.III),
            ("sex", mn.Sex.FEMALE, mn.Sex.MALE),
        ],
    )
    def test_one_person(self, name: str, one: Any, other: Any) -> None:  # noqa: ANN401
        """Two that are known and differ are refused; also where nothing stands between them."""
        areas = [
            area(mn.Site.CHEEK, **{name: one}),
            area(mn.Site.CHIN),
            area(mn.Site.NECK, **{name: other}),
        ]
        refused("contradiction", f"assessments[2].{name}", lambda: mn.Visit(areas))
        if name != "on":
            for order in permutations(areas[:2]):
                assert {getattr(held, name) for held in joined(*order)} == {one}


class TestJoined:
    """What is of the person is known in every area, and what is of an area stays there."""

    @pytest.mark.parametrize("finding", [*mn.Finding])
    def test_a_finding(self, finding: mn.Finding) -> None:
        found = joined(area(screening=present(finding)), area(mn.Site.NECK))
        told = [{one.finding for one in held.screening.present} for held in found]
        assert told == [{finding}, {finding} if finding in PERSON else set()]

    @pytest.mark.parametrize("finding", [*mn.Finding])
    def test_a_finding_that_is_absent(self, finding: mn.Finding) -> None:
        _, neck = joined(area(screening=mn.Screening(absent=[finding])), area(mn.Site.NECK))
        assert neck.screening.absent == ({finding} if finding in PERSON else set())

    def test_who_asked_everything_says_no_for_the_person(self) -> None:
        """But not of what follows from age or skin type: that is known only where these are."""
        _, neck = joined(area(screening=COMPLETE), area(mn.Site.NECK))
        assert neck.screening == mn.Screening(absent=PERSON - DERIVED)

    def test_present_is_not_absent(self) -> None:
        """Neither by name nor where all was asked: which is true nobody here can tell."""
        sick = area(screening=present(mn.Finding.PREGNANCY))
        for denied in (COMPLETE, mn.Screening(absent=[mn.Finding.PREGNANCY])):
            neck = area(mn.Site.NECK, denied)
            contradicts("[1].screening", sick, neck)
            contradicts("[0].screening", neck, sick)

    def test_what_is_local_contradicts_nothing(self) -> None:
        cheek = area(screening=mn.Screening.complete(present=[mn.Finding.TATTOO]))
        neck = area(mn.Site.NECK, COMPLETE)
        assert joined(cheek, neck) == [cheek, neck]

    def test_age_is_known_in_no_area_by_asking_everything(self) -> None:
        """A complete screening of which the age is not known denies no minor."""
        minor = area(screening=present(mn.Finding.AGE_UNDER_18))
        _, neck = joined(minor, area(mn.Site.NECK, COMPLETE))
        assert neck.screening == mn.Screening.complete(present=[mn.Finding.AGE_UNDER_18])

    def test_days(self) -> None:
        """A day beside none is known; two are refused, and so is one beside what goes on."""
        day, other = date(2026, 10, 1), date(2026, 10, 2)
        drug = mn.Finding.CYTOTOXIC_TREATMENT
        dated = area(screening=present(mn.Exposure(finding=drug, last_on=day)))
        for more in (mn.Exposure(finding=drug), mn.Exposure(finding=drug, ongoing=False)):
            both = joined(dated, area(mn.Site.NECK, present(more)))
            assert {held.screening.present[0].last_on for held in both} == {day}
        place = "[1].screening.present[0]"
        for wrong, name in (
            (mn.Exposure(finding=drug, last_on=other), "last_on"),
            (mn.Exposure(finding=drug, ongoing=True), "ongoing"),
        ):
            contradicts(f"{place}.{name}", dated, area(mn.Site.NECK, present(wrong)))
        over, going = (present(mn.Exposure(finding=drug, ongoing=told)) for told in (False, True))
        contradicts(f"{place}.ongoing", area(screening=over), area(mn.Site.NECK, going))

    def test_clearances(self) -> None:
        """Of the person they count everywhere: of one role the latest, of two none is chosen."""
        bleeding = present(mn.Finding.BLEEDING_DISORDER)
        early, late = (
            mn.MedicalClearance(
                finding=mn.Finding.BLEEDING_DISORDER, by=mn.Role.HAEMATOLOGIST, on=date(2026, 11, n)
            )
            for n in (1, 9)
        )
        here = mn.MedicalClearance(
            finding=mn.Finding.SKIN_CANCER_TREATED, by=mn.Role.DERMATOLOGIST, on=ON
        )
        cheek = area(screening=bleeding, clearances=[early, here])
        neck = area(mn.Site.NECK, clearances=[late])
        assert [held.clearances for held in joined(cheek, neck)] == [
            attrs.evolve(cheek, clearances=[late, here]).clearances,
            (late,),
        ]
        assert joined(neck, cheek) == joined(cheek, neck)[::-1]
        by_another = attrs.evolve(early, by=mn.Role.PRESCRIBER)
        contradicts(
            "[1].clearances[0]",
            cheek,
            area(mn.Site.NECK, clearances=[by_another]),
            code="finding_twice",
        )

    def test_earlier_sessions(self) -> None:
        """They are the person's; but what was asked of the cheek was not asked of the neck."""
        on_cheek, on_neck = (
            mn.EarlierSession.on(date(2026, 11, 1), site=site)
            for site in (mn.Site.CHEEK, mn.Site.NECK)
        )
        cheek = area(earlier_sessions=[on_cheek])
        assert joined(cheek, area(mn.Site.NECK))[1].earlier_sessions is None
        for asked in (area(mn.Site.NECK, earlier_sessions=[]), area(mn.Site.NECK, COMPLETE)):
            assert joined(cheek, asked)[1].earlier_sessions == (on_cheek,)
        both = area(earlier_sessions=[on_cheek, on_neck])
        assert len(joined(both, area(mn.Site.NECK))[1].earlier_sessions or ()) == 2

    def test_a_part_beside_the_whole(self) -> None:
        cheek, face = area(), area(mn.Site.FACE)
        contradicts("[1].site", cheek, face, code="sites_meet")
        contradicts("[1].site", face, cheek, code="sites_meet")

    def test_other_editions(self) -> None:
        """The edition tells what is of the person and where it is asked; of a younger code none."""
        tables: dict[str, Any] = json.loads(KNOWLEDGE.canonical)
        rows = {row["code"]: row for row in tables["findings"]}
        rows["tattoo"]["scope"] = "person"
        rows["smoking"]["sites"] = ["scalp"]
        tables["findings"].remove(rows["piercing"])
        other = mn.Knowledge(canonical_form(tables))
        for finding in (mn.Finding.SMOKING, mn.Finding.PIERCING):
            # No intake asks for it at the neck, so that its silence there denies nothing.
            found = joined(
                area(screening=present(finding)), area(mn.Site.NECK, COMPLETE), knowledge=other
            )
            assert found[1].screening == mn.Screening.complete(present=[finding])
        complete, silent = joined(area(screening=COMPLETE), area(mn.Site.NECK), knowledge=other)
        assert mn.Finding.TATTOO in silent.screening.absent
        assert mn.Finding.SMOKING not in silent.screening.absent
        assert complete.screening == COMPLETE


def without_days(held: mn.Assessment) -> object:
    """Give what joining could make milder but by an answer to a question."""
    days = [(e.finding, e.last_on, e.ongoing) for e in held.screening.present]
    return sorted(days), held.clearances


class TestLaws:
    """What holds of every visit."""

    @given(visits())
    def test_each_area_is_answered_by_itself(self, visit: mn.Visit) -> None:
        """Answer by answer what `recommend` says; joined again nothing changes."""
        found = mn.recommend_visit(visit, KNOWLEDGE)
        assert [one.assessment.site for one in found.answers] == [a.site for a in visit.assessments]
        for answer in found.answers:
            assert answer == mn.recommend(answer.assessment, KNOWLEDGE)
        assert mn.recommend_visit(found.visit, KNOWLEDGE) == found

    @given(recommendations())
    def test_one_area(self, answer: mn.Answer) -> None:
        """Exactly as without a visit, and nothing is told of areas together."""
        found = mn.recommend_visit(mn.Visit([answer.assessment]), KNOWLEDGE)
        assert found.answers == (answer,)
        assert found.notices == ()

    @given(visits(), st.randoms(use_true_random=False))
    def test_the_order_does_not_matter(self, visit: mn.Visit, random: Any) -> None:  # noqa: ANN401
        shuffled = [*visit.assessments]
        random.shuffle(shuffled)
        one, other = (mn.recommend_visit(held, KNOWLEDGE) for held in (visit, mn.Visit(shuffled)))
        for area_ in shuffled:
            assert one.at(area_.site) == other.at(area_.site)
        assert (one.binding, one.notices) == (other.binding, other.notices)

    @given(visits())
    def test_never_milder(self, visit: mn.Visit) -> None:
        """Unless a question was answered, a day told or a finding cleared: no area is milder."""
        found = mn.recommend_visit(visit, KNOWLEDGE)
        for own, answer in zip(visit.assessments, found.answers, strict=True):
            alone = mn.recommend(own, KNOWLEDGE)
            known = {exposure.finding for exposure in own.screening.present}
            here = attrs.evolve(
                answer.assessment,
                screening=attrs.evolve(
                    answer.assessment.screening,
                    present=[e for e in answer.assessment.screening.present if e.finding in known],
                ),
            )
            if without_days(here) == without_days(own):
                assert answer.verdict >= alone.verdict or alone.verdict is mn.Verdict.ASK

    @given(visits(), st.sampled_from(sorted(PERSON)))
    def test_a_finding_more_of_the_person(self, visit: mn.Visit, finding: mn.Finding) -> None:
        """Told with one area it is answered in all, and none is milder than without it."""
        areas = visit.assessments
        assume(all(finding not in absent(a) for a in areas))
        assume(all(finding not in {one.finding for one in known(a)} for a in areas))
        with_it = [
            attrs.evolve(a, screening=attrs.evolve(a.screening, present=[*known(a), finding]))
            if a is areas[0] or a.screening.everything_asked
            else a
            for a in areas
        ]
        without = [
            attrs.evolve(a, screening=attrs.evolve(a.screening, absent=[*absent(a), finding]))
            for a in areas
        ]
        more, less = (
            mn.recommend_visit(mn.Visit(held), KNOWLEDGE).answers for held in (with_it, without)
        )
        for one, other in zip(more, less, strict=True):
            assert one.verdict >= other.verdict
            assert finding in {exposure.finding for exposure in known(one.assessment)}

    @given(visit_answers())
    def test_what_binds_all(self, found: mn.VisitAnswer) -> None:
        """Each reason once, of a finding of the person, in every answer; and none is left out."""
        assert len({*found.binding}) == len(found.binding)
        every = set.intersection(*({*answer.reasons} for answer in found.answers))
        bound = {
            reason
            for reason in every
            if reason.finding in PERSON
            and (
                reason.weight or reason.must or reason.effect in {mn.Effect.CHANGE, mn.Effect.LIMIT}
            )
        }
        assert {*found.binding} == bound

    @settings(share(100))
    @given(visit_answers())
    def test_the_texts(self, found: mn.VisitAnswer) -> None:
        """
        Each answer stands in the whole text as it does by itself, and no verdict over all.

        Wherever there is more than one area, what is not covered is told, with its source.
        """
        text, several = found.explain(), len(found.answers) > 1
        for answer in found.answers:
            alone = answer.explain()
            assert alone[: alone.index("\nIntended use")].rstrip() in text
            assert answer.brief().splitlines()[0] in found.brief()
        assert text.count("\nIntended use") == 1
        assert not hasattr(found, "verdict")
        rules = [reason.rule for reason in found.notices if reason.citations]
        assert rules == ["rules.anaesthesia_over_areas"] * several
        assert ("What anaesthetics on all areas" in text) is several
        assert ("The total anaesthetic over all areas" in found.brief()) is several


def known(held: mn.Assessment) -> Iterable[mn.Exposure]:
    """Give what is present."""
    return held.screening.present


def absent(held: mn.Assessment) -> Iterable[mn.Finding]:
    """Give what is absent by name."""
    return held.screening.absent


class TestAnswer:
    """The answers of one visit: one person, one day, one edition."""

    CHEEK = area(screening=COMPLETE, skin_type=mn.SkinType.III, age_years=34)
    NECK = area(mn.Site.NECK, COMPLETE)
    FOUND = mn.recommend_visit(mn.Visit([CHEEK, NECK]), KNOWLEDGE)

    def test_what_it_takes(self) -> None:
        found, answers = self.FOUND, self.FOUND.answers
        newer = attrs.evolve(answers[1].provenance, edition="2099.1")
        other = attrs.evolve(answers[1], provenance=newer)
        older = mn.recommend(attrs.evolve(self.NECK, age_years=35), KNOWLEDGE)
        for code, path, changed in (
            ("empty", "answers", {"answers": ()}),
            ("too_many", "answers", {"answers": answers * 5}),
            ("site_twice", "answers[1].assessment.site", {"answers": answers[:1] * 2}),
            ("contradiction", "answers[1].provenance", {"answers": (answers[0], other)}),
            ("contradiction", "answers[1].assessment.age_years", {"answers": (answers[0], older)}),
            ("contradiction", "binding[0]", {"binding": answers[0].because[:1]}),
        ):
            refused(code, path, lambda changed=changed: attrs.evolve(found, **changed))  # type: ignore[misc]

    def test_at(self) -> None:
        assert self.FOUND.at(mn.Site.NECK) is self.FOUND.answers[1]
        refused("other_site", "site", lambda: self.FOUND.at(mn.Site.CHIN))
        refused("unknown_code", "site", lambda: self.FOUND.at("neck"))  # type: ignore[arg-type]

    def test_shared(self) -> None:
        """Of the courses that are chosen: what all of them document, or None."""
        cheek, neck = (answer.options for answer in self.FOUND.answers)
        for one in cheek:
            for other in neck:
                chosen = {mn.Site.CHEEK: one, mn.Site.NECK: other}
                held = one.interval and other.interval and one.interval.intersection(other.interval)
                assert self.FOUND.shared(chosen) == held
        assert self.FOUND.shared({mn.Site.NECK: neck[0]}) == neck[0].interval

    def test_shared_with_an_interval_that_is_not_published(self) -> None:
        scar = area(
            mn.Site.ABDOMEN,
            COMPLETE,
            concerns=[mn.Concern(indication=mn.Indication.SURGICAL_SCAR)],
        )
        found = mn.recommend_visit(mn.Visit([self.CHEEK, scar]), KNOWLEDGE)
        untold = [course for course in found.answers[1].options if course.interval is None]
        assert untold
        choices = {mn.Site.CHEEK: found.answers[0].options[0], mn.Site.ABDOMEN: untold[0]}
        assert found.shared(choices) is None

    def test_choices(self) -> None:
        """Only what is offered in that very area."""
        mucosa = area(mn.Site.MUCOSA, COMPLETE)
        found = mn.recommend_visit(mn.Visit([self.CHEEK, mucosa, self.NECK]), KNOWLEDGE)
        course = found.at(mn.Site.NECK).options[0]
        other = found.at(mn.Site.CHEEK).options[-1]
        choices: dict[Any, Any]
        for code, path, choices in (
            ("empty", "choices", {}),
            ("not_offered", "choices[1]", {mn.Site.NECK: course, mn.Site.MUCOSA: course}),
            ("not_offered", "choices[0]", {mn.Site.CHIN: course}),
            ("not_offered", "choices[0]", {mn.Site.NECK: other}),
            ("unknown_code", "choices[0]", {"neck": course}),
            ("wrong_type", "choices[0]", {mn.Site.NECK: None}),
        ):
            refused(code, path, lambda choices=choices: found.shared(choices))  # type: ignore[misc]
        refused("wrong_type", "choices", lambda: found.shared([course]))  # type: ignore[arg-type]

    def test_what_recommend_visit_takes(self) -> None:
        for wrong in ([self.CHEEK], None, self.CHEEK):
            refused("wrong_type", "visit", lambda wrong=wrong: mn.recommend_visit(wrong, KNOWLEDGE))  # type: ignore[misc]
        visit = mn.Visit([self.CHEEK])
        refused("wrong_type", "knowledge", lambda: mn.recommend_visit(visit, "2026.1"))  # type: ignore[arg-type]
