"""The answers for a visit as documents: each what the edition gives, and all of them joined."""

import attrs
import pytest
from hypothesis import given, settings

import microneedling as mn
from microneedling.strategies import visit_answers
from microneedling.wire.document_kinds import MOST_BYTES
from tests import goldens
from tests.conftest import share
from tests.ledgers import KNOWLEDGE


class TestRead:
    """Nothing is read that `recommend_visit` does not give."""

    def test_answers_that_are_right_by_themselves_and_not_joined(self) -> None:
        """What one area knows of the person the other must know."""
        alone = tuple(mn.recommend(area, KNOWLEDGE) for area in goldens.visit().assessments)
        apart = mn.VisitAnswer(answers=alone, notices=_found().notices)
        with pytest.raises(mn.InputError) as caught:
            mn.from_json(mn.to_json(apart), mn.VisitAnswer)
        assert ("contradiction", "$.answers") in {p[:2] for p in caught.value.problems}

    def test_areas_that_contradict_each_other(self) -> None:
        cheek, neck = goldens.visit().assessments
        well = attrs.evolve(neck, screening=mn.Screening.complete())
        alone = tuple(mn.recommend(area, KNOWLEDGE) for area in (cheek, well))
        apart = mn.VisitAnswer(answers=alone, notices=_found().notices)
        with pytest.raises(mn.InputError) as caught:
            mn.from_json(mn.to_json(apart), mn.VisitAnswer)
        assert [p[:2] for p in caught.value.problems] == [("contradiction", "$.answers")]

    def test_each_answer_has_the_form_of_its_own_document(self) -> None:
        found = _found()
        document = mn.to_dict(found)
        for answer, held in zip(found.answers, document["answers"], strict=True):
            alone = mn.to_dict(answer)
            assert held == {key: alone[key] for key in alone.keys() - {"schema", "shared"}}

    @settings(share(60))
    @given(visit_answers())
    def test_whatever_is_answered(self, found: mn.VisitAnswer) -> None:
        assert mn.from_json(mn.to_json(found), mn.VisitAnswer) == found
        assert mn.from_json(mn.to_json(found.visit), mn.Visit) == found.visit

    def test_the_largest_visit_fits_in(self) -> None:
        """All sites that a visit takes, each with the most concerns and whatever is heeded."""
        sites = [row.site for row in KNOWLEDGE.sites if row.part_of is mn.Site.FACE]
        mild = {mn.Level.CAUTION, mn.Level.CHANGE_OF_PLAN, mn.Level.LIMIT}
        present = [rule.finding for rule in KNOWLEDGE.findings if rule.level in mild]
        area = attrs.evolve(
            goldens.assessment(),
            concerns=[mn.Concern(indication=one) for one in [*mn.Indication][:8]],
            screening=mn.Screening.complete(present=present),
        )
        visit = mn.Visit([attrs.evolve(area, site=site) for site in sites[:8]])
        found = mn.recommend_visit(visit, KNOWLEDGE)
        data = mn.to_json(found)
        assert len(data) < MOST_BYTES
        assert mn.from_json(data, mn.VisitAnswer) == found


def _found() -> mn.VisitAnswer:
    return mn.recommend_visit(goldens.visit(), KNOWLEDGE)
