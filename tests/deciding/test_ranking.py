"""
The order of options: by classes that each has on its own.

The laws are those of an order: it is total, an option more or less changes nothing between the
others, names decide nothing, and where it stands never decides whether it is offered.
"""

import json
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import combinations, pairwise, product

import attrs
import pytest

import microneedling as mn
from microneedling.deciding.ranking import Ranked, in_ranks
from microneedling.knowledge.edition_tables import canonical_form
from tests import space

SITES = {
    mn.Indication.STRIAE: mn.Site.ABDOMEN,
    mn.Indication.ANDROGENETIC_ALOPECIA: mn.Site.SCALP,
}


def _assessments() -> list[mn.Assessment]:
    """Every indication where it is usually treated, in two skin types, by three devices."""
    kinds = (None, mn.DeviceKind.PEN, mn.DeviceKind.ROLLER)
    skins = (mn.SkinType.II, mn.SkinType.III, mn.SkinType.V)
    found = []
    for indication, severity, skin, kind in product(mn.Indication, mn.Severity, skins, kinds):
        site = SITES.get(indication, mn.Site.CHEEK)
        cell = (indication, severity, site, skin, mn.Setting.CLINIC)
        given = space.assessment(cell, space.screening())
        device = None if kind is None else mn.Device(kind=kind)
        found.append(attrs.evolve(given, device=device, sex=mn.Sex.FEMALE))
    return found


ASSESSMENTS = _assessments()


def _offers(knowledge: mn.Knowledge) -> list[tuple[mn.Course, ...]]:
    return [mn.recommend(given, knowledge).options for given in ASSESSMENTS]


def _figures(course: mn.Course) -> tuple[object, ...]:
    return course.lengths, course.sessions, course.interval, course.concerns


def _ranks(options: tuple[mn.Course, ...]) -> Counter[tuple[object, ...]]:
    """Give the ranks as sets: what stands in each, whatever it is called."""
    return Counter((course.standing.rank, *_figures(course)) for course in options)


def test_a_third_option_decides_nothing_between_two(knowledge: mn.Knowledge) -> None:
    """Independent of irrelevant options: two stand to each other as they do alone."""
    seen = 0
    for options in _offers(knowledge):
        held = [_ranked(course, knowledge) for course in options]
        for one, other in combinations(range(len(held)), 2):
            alone = {place: s.rank for place, s in in_ranks([held[one], held[other]])}
            ranks = options[one].standing.rank, options[other].standing.rank
            assert (alone[0] < alone[1]) is (ranks[0] < ranks[1])
            assert (alone[0] == alone[1]) is (ranks[0] == ranks[1])
            seen += 1
    assert seen > 200


def _ranked(course: mn.Course, knowledge: mn.Knowledge) -> tuple[Ranked, mn.Standing]:
    protocols = tuple(knowledge.protocol(name) for name in course.protocols)
    return Ranked(
        concerns=course.concerns,
        protocols=protocols,
        lengths=course.lengths,
        sessions=course.sessions,
        interval=course.interval,
        assembled=course.assembled,
        regulated=frozenset(
            cited.source.id
            for held in knowledge.clearances
            if held.id in course.clearances
            for cited in held.citations
        ),
        unmet=len(course.unmet),
    ), course.standing


def test_names_decide_nothing(knowledge: mn.Knowledge) -> None:
    """With every protocol called otherwise, in the opposite order, the ranks are the same sets."""
    tables = json.loads(knowledge.canonical)
    names = sorted(row["id"] for row in tables["protocols"])
    called = dict(zip(names, (f"p{n:03}" for n in range(len(names), 0, -1)), strict=True))
    for row in tables["protocols"]:
        row["id"] = called[row["id"]]
    renamed = mn.Knowledge(canonical_form(tables))

    assert list(map(_ranks, _offers(knowledge))) == list(map(_ranks, _offers(renamed)))


def test_the_order_never_decides_what_is_offered(knowledge: mn.Knowledge) -> None:
    """With all grades in one band the verdict and what is offered are the same."""
    tables = json.loads(knowledge.canonical)
    tables["edition"]["controlled_grades"] = [grade.value for grade in mn.Grade]
    tables["edition"]["observed_grades"] = ["blog"]
    level = mn.Knowledge(canonical_form(tables))
    for given in ASSESSMENTS:
        one, other = (mn.recommend(given, held) for held in (knowledge, level))
        assert one.verdict is other.verdict
        assert {*map(_figures, one.options)} == {*map(_figures, other.options)}


@pytest.mark.parametrize("worse", ["no_benefit", "harm"])
def test_a_study_that_found_nothing_or_harm_moves_an_option_back(
    worse: str, knowledge: mn.Knowledge
) -> None:
    """What was found counts, by the study's own words: never the other way round."""
    tables = json.loads(knowledge.canonical)
    row = next(r for r in tables["studies"] if r["id"] == "salerno-2019")
    assert row["population"]["harm"] == "none_found"
    if worse == "harm":
        row["population"]["harm"] = "found"
    else:
        covered = {t["term"] for t in tables["terms"] if "photodamage" in t.get("indications", ())}
        for study in tables["studies"]:
            if study["reported"] in covered and "population" in study:
                study["population"] |= {"controlled": True, "benefit": "none"}
                study["population"].pop("outcomes", None)
    cell = (mn.Indication.PHOTODAMAGE, mn.Severity.MILD, mn.Site.CHEEK, mn.SkinType.III)
    given = space.assessment((*cell, mn.Setting.CLINIC), space.screening())
    answers = [
        mn.recommend(given, held) for held in (knowledge, mn.Knowledge(canonical_form(tables)))
    ]
    ranked = [{c.protocols[0]: c.standing for c in answer.options} for answer in answers]

    assert ranked[0].keys() == ranked[1].keys()
    if worse == "harm":
        assert ranked[0]["photodamage-3-sessions"].harm is mn.HarmCount.NONE_FOUND
        assert all(standing.harm is mn.HarmCount.FOUND for standing in ranked[1].values())
    else:
        assert not any(standing.no_benefit for standing in ranked[0].values())
        assert all(standing.no_benefit for standing in ranked[1].values())
        assert "NO BENEFIT FOUND" in answers[1].brief()


def test_types_and_devices_make_a_difference(knowledge: mn.Knowledge) -> None:
    """Where studies state skin types or devices, options for types and devices differ."""
    offers = dict(zip(ASSESSMENTS, _offers(knowledge), strict=True))
    by_type, by_device = defaultdict[mn.Indication, set[object]](set), set[mn.Indication]()
    for given, options in offers.items():
        told = [(course.protocols, attrs.astuple(course.standing)) for course in options]
        for other, others in offers.items():
            if given.concerns != other.concerns or told == [
                (course.protocols, attrs.astuple(course.standing)) for course in others
            ]:
                continue
            indication = given.concerns[0].indication
            if given.device == other.device:
                by_type[indication].add(frozenset({given.skin_type, other.skin_type}))
            elif given.skin_type is other.skin_type and given.device and other.device:
                by_device.add(indication)
    # Of severe acne scars one study states IV and V, of stretch marks one I to V; of melasma and
    # of marks after inflammation only III and IV are stated.
    far = frozenset({mn.SkinType.II, mn.SkinType.V})
    assert far in by_type[mn.Indication.ACNE_SCAR_ROLLING]
    for indication in (mn.Indication.MELASMA, mn.Indication.POST_INFLAMMATORY_HYPERPIGMENTATION):
        assert frozenset({mn.SkinType.II, mn.SkinType.III}) in by_type[indication]
    # Of stretch marks the lengths were studied with both, and it makes no difference.
    assert {mn.Indication.ACNE_SCAR_ROLLING, mn.Indication.FINE_LINES} <= by_device
    assert mn.Indication.STRIAE not in by_device


def test_every_class_decides_somewhere(
    knowledge: mn.Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    """How many pairs of neighbours each class decided, printed; most do, and it is told."""
    counts = Counter(
        before.standing.decided_by
        for options in _offers(knowledge)
        for before, after in pairwise(options)
        if before.standing.rank < after.standing.rank
    )
    told = ", ".join(f"{c.value} {counts[c]}" for c in mn.RankClass)
    with capsys.disabled():
        print(f"\npairs of options decided by: {told}")
    assert None not in counts
    assert {mn.RankClass.FIT, mn.RankClass.BENEFIT, mn.RankClass.BACKING} <= counts.keys()


def test_equal_figures_are_one_option(knowledge: mn.Knowledge) -> None:
    """A second protocol of the same figures gives no second option: the one names both."""
    tables = json.loads(knowledge.canonical)
    row = next(r for r in tables["protocols"] if r["id"] == "acne-scar-2-weekly")
    tables["protocols"].append({**row, "id": "again", "school": "again"})
    doubled = mn.Knowledge(canonical_form(tables))
    cell = (mn.Indication.ACNE_SCAR_ROLLING, mn.Severity.MODERATE, mn.Site.CHEEK, mn.SkinType.II)
    given = space.assessment((*cell, mn.Setting.CLINIC), space.screening())
    before, after = (mn.recommend(given, held).options for held in (knowledge, doubled))

    assert list(map(_figures, before)) == list(map(_figures, after))
    (both,) = [course for course in after if "again" in course.protocols]
    assert both.protocols == ("acne-scar-2-weekly", "again")
    assert not both.assembled
    assert [c.standing for c in before] == [c.standing for c in after]


def test_counts_of_harm_are_printed_as_they_are(knowledge: mn.Knowledge) -> None:
    """Rates of different denominators stand side by side, each with its source."""
    cell = (mn.Indication.STRIAE, mn.Severity.MILD, mn.Site.TRUNK, mn.SkinType.V)
    answer = mn.recommend(
        space.assessment((*cell, mn.Setting.CLINIC), space.screening()), knowledge
    )

    texts = [answer.explain(why=place) for place in range(1, len(answer.options) + 1)]
    for told in ("PIH 7 of 32 (21.9%)", "(25 patients)", "PIH n=1 with PRP (15)"):
        assert all(told in " ".join(text.split()) for text in (*texts, answer.explain()))
    held = {c.source.id for o in answer.options for n in o.notes for c in n.citations}
    assert {"striae-alba-2023", "alster-li-striae-2020", "kaur-2024"} <= held


def _face(*indications: mn.Indication, kind: mn.DeviceKind | None = None) -> mn.Assessment:
    cell = (indications[0], mn.Severity.MILD, mn.Site.FOREHEAD, mn.SkinType.III)
    given = space.assessment((*cell, mn.Setting.CLINIC), space.screening())
    concerns = [mn.Concern(indication=one, severity=mn.Severity.MILD) for one in indications]
    device = None if kind is None else mn.Device(kind=kind)
    return attrs.evolve(given, concerns=concerns, device=device)


def test_of_equal_figures_the_one_that_fits_stands(knowledge: mn.Knowledge) -> None:
    """A course of several concerns is not told by the roller's study to who has a pen."""
    pen = _face(
        *(mn.Indication.FINE_LINES, mn.Indication.LAXITY, mn.Indication.HYPERPIGMENTATION),
        kind=mn.DeviceKind.PEN,
    )
    (course,) = mn.recommend(attrs.evolve(pen, age_years=40), knowledge).options
    assert {"ageing-1.0mm", "wrinkles-monthly"} <= {*course.protocols}
    assert not course.standing.differs


def test_regulatory_is_only_what_its_own_clearance_covers(knowledge: mn.Knowledge) -> None:
    """Another device's clearance makes no study of this one regulatory; nor does none at all."""
    cell = (mn.Indication.FINE_LINES, mn.Severity.MODERATE, mn.Site.PERIORBITAL, mn.SkinType.IV)
    given = space.assessment((*cell, mn.Setting.CLINIC), space.screening())
    pen = attrs.evolve(given, device=mn.Device(kind=mn.DeviceKind.PEN))
    courses = mn.recommend(pen, knowledge).options
    assert any("K192138" in course.clearances for course in courses)
    assert mn.Grade.REGULATORY not in {grade for c in courses for grade in (c.backing, c.grade)}
    for given in ASSESSMENTS:
        for course in mn.recommend(given, knowledge).options:
            regulatory = mn.Grade.REGULATORY in {course.backing, course.grade}
            assert course.clearances or not regulatory


def test_several_concerns_have_the_least_that_each_has(knowledge: mn.Knowledge) -> None:
    """Ten patients of one concern do not vouch for the other."""
    both = _face(mn.Indication.PHOTODAMAGE, mn.Indication.HYPERPIGMENTATION)
    for course in mn.recommend(both, knowledge).options:
        if {"pigment-1.0mm", "photodamage-3-sessions"} == {*course.protocols}:
            assert course.standing.benefit is mn.Benefit.NOT_MEASURED
            assert course.standing.harm is not mn.HarmCount.NONE_FOUND


def test_intersex_is_not_what_was_studied_in_women_and_men(knowledge: mn.Knowledge) -> None:
    """A known fact is held against those stated; only an unknown one may be everybody."""
    given = attrs.evolve(_face(mn.Indication.ACNE_SCAR_ROLLING), sex=mn.Sex.INTERSEX)
    for course in mn.recommend(given, knowledge).options:
        assert "sex" not in course.standing.documented


def test_a_clinic_is_told_of_home_only_where_home_would_offer(knowledge: mn.Knowledge) -> None:
    """And where nothing else is documented: a label that is too short is another matter."""
    pores = mn.Indication.ENLARGED_PORES
    for site, rule in (
        (mn.Site.FOREHEAD, "rules.documented_at_home_only"),
        (mn.Site.PERIORBITAL, "rules.no_documented_option"),
    ):
        answer = mn.recommend(attrs.evolve(_face(pores), site=site), knowledge)
        assert [reason.rule for reason in answer.because] == [rule]
    short = mn.Device(kind=mn.DeviceKind.PEN, label_maximum=mn.NeedleLength(500))
    given = attrs.evolve(_face(pores), site=mn.Site.CHEEK, device=short)
    answer = mn.recommend(given, knowledge)
    assert [reason.rule for reason in answer.because] == ["rules.no_documented_option"]


def test_after_a_session_what_is_left_out_is_told_of_what_is_left(knowledge: mn.Knowledge) -> None:
    """With earlier sessions nothing is offered and excluded at once, nor served and unserved."""
    pairs = combinations(
        (mn.Indication.FINE_LINES, mn.Indication.MELASMA, mn.Indication.PHOTODAMAGE), 2
    )
    for both, days in product(pairs, (15, 20, 29)):
        last = mn.EarlierSession.on(space.ON - timedelta(days=days), site=mn.Site.FOREHEAD)
        answer = mn.recommend(attrs.evolve(_face(*both), earlier_sessions=[last]), knowledge)
        offered = {name for course in answer.options for name in course.protocols}
        assert offered.isdisjoint(reason.protocol for reason in answer.excluded)
        left = {fact for reason in answer.unserved for fact in reason.facts}
        for concern in answer.assessment.concerns:
            everywhere = all(concern in course.concerns for course in answer.options)
            told = f"indication={concern.indication.value}" in left
            assert not answer.options or told is not everywhere


def test_never_to_what_is_more_severe_than_was_studied(knowledge: mn.Knowledge) -> None:
    """Also where the protocol names no severity, but every study of a figure does."""
    tables = json.loads(knowledge.canonical)
    study = next(row for row in tables["studies"] if row["id"] == "belis-pigment")
    study["population"]["severities"] = ["mild"]
    changed = mn.Knowledge(canonical_form(tables))
    for severity, offered in ((mn.Severity.MILD, True), (mn.Severity.MODERATE, False)):
        cell = (mn.Indication.HYPERPIGMENTATION, severity, mn.Site.CHEEK, mn.SkinType.III)
        given = space.assessment((*cell, mn.Setting.CLINIC), space.screening())
        named = {p for c in mn.recommend(given, changed).options for p in c.protocols}
        assert ("pigment-1.0mm" in named) is offered


def test_what_an_option_names_agrees(knowledge: mn.Knowledge) -> None:
    """Protocols that say otherwise are no one option, also where a third leaves the figure open."""
    wrinkles = (mn.Indication.FINE_LINES, mn.Indication.DEEP_WRINKLES)
    answer = mn.recommend(_face(*wrinkles, mn.Indication.HYPERPIGMENTATION), knowledge)
    assert any(course.sessions is None for course in answer.options)
    for course in answer.options:
        counts = [knowledge.protocol(name).sessions for name in course.protocols]
        told = [count for count in counts if count is not None]
        assert max(c.fewest for c in told) <= min(c.most for c in told), course.protocols
