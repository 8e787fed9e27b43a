"""
What is like another: sites that inherit, kinds of an indication, what is only asked about.

Proven here once, so that `tests.space` need not go through all of it for each of them.
"""

import json
from itertools import product

import attrs
import pytest

import microneedling as mn
from tests import space
from tests.knowledge.test_knowledge import row

K = mn.load("2026.1")
INHERITING = [row.site for row in K.sites if row.inherits]
REFUSED = [row.site for row in K.sites if row.refused_because]
KINDS = [row.indication for row in K.indications if row.kind_of]
ASKED_ABOUT = [row.indication for row in K.indications if row.never_offered]
UNSUPPORTED = [row.indication for row in K.indications if not row.documented]
BESIDE = mn.Indication.SURGICAL_SCAR


def _answer(
    indication: mn.Indication,
    severity: mn.Severity | None,
    site: mn.Site,
    setting: mn.Setting,
    held: mn.Screening | None = None,
) -> mn.Answer:
    cell = (indication, severity, site, mn.SkinType.II, setting)
    return mn.recommend(space.assessment(cell, held or space.screening()), K)


def _course(course: mn.Course) -> mn.Course:
    """A course, but for what it is for and what was counted in whom."""
    held = attrs.evolve(course.standing, harm=mn.HarmCount.NOT_COUNTED)
    concerns = [mn.Concern(indication=mn.Indication.STRIAE)]
    return attrs.evolve(course, concerns=tuple(concerns), notes=(), standing=held)


def test_what_was_counted_in_white_striae_is_not_told_of_red_ones() -> None:
    """One series of white ones found pigmentation; red ones have no count of their own."""
    red, white = (
        _answer(kind, mn.Severity.MILD, mn.Site.ABDOMEN, mn.Setting.CLINIC)
        for kind in (mn.Indication.STRIAE_RED, mn.Indication.STRIAE_WHITE)
    )
    assert any("7 of 32" in note.text for course in white.options for note in course.notes)
    assert not any("7 of 32" in note.text for course in red.options for note in course.notes)


def _without(course: mn.Course | None, site: mn.Site) -> mn.Course | None:
    """A course without the rows for sessions that are for some sites only."""
    if course is None:
        return None
    return attrs.evolve(
        course,
        needs=tuple(row for row in course.needs if site not in row.applies_to.sites),
        care=tuple(row for row in course.care if site not in row.applies_to.sites),
        side_effects=tuple(row for row in course.side_effects if site not in row.applies_to.sites),
        red_flags=tuple(row for row in course.red_flags if site not in row.applies_to.sites),
    )


def _bare(answer: mn.Answer, own: set[str], prefix: str, site: mn.Site) -> list[object]:
    """All that an answer says, but for what is its site's own and where words are from."""
    here = f"site={answer.assessment.site.value}"
    found: list[object] = []
    for reason in answer.reasons:
        if reason.rule not in own:
            facts = tuple(fact for fact in reason.facts if fact != here)
            why = reason.why.removeprefix(prefix)
            course = _without(reason.course, site)
            found.append((attrs.evolve(reason, facts=facts, why=why, course=course), course))
    return found


@pytest.mark.parametrize("site", INHERITING)
def test_a_site_that_inherits_gets_the_answers_of_the_larger_one(site: mn.Site) -> None:
    """The same, reason for reason, but for its own cautions and where the words are from."""
    larger = K.ruling(site)
    assert larger.site is not site
    own = {f"sites.{site.value}.{caution.code}" for caution in K.site(site).cautions}
    own.add("rules.part_of_larger_site")
    for indication, severity, setting in product(mn.Indication, space.SEVERITIES, mn.Setting):
        mine = _answer(indication, severity, site, setting)
        theirs = _answer(indication, severity, larger.site, setting)
        where = (indication, severity, setting)
        if any(site in protocol.sites for protocol in K.protocols_for(indication)):
            # Documented there, and not at the larger one.
            assert mine.verdict <= theirs.verdict, where
            continue
        assert mine.verdict is theirs.verdict, where
        assert own <= {reason.rule for reason in mine.cautions}, where
        prefix = f"Inherited from {larger.label}: "
        assert _bare(mine, own, prefix, site) == _bare(theirs, set(), "", site), where


@pytest.mark.parametrize("site", INHERITING)
def test_findings_do_at_a_site_that_inherits_what_they_do_at_the_larger_one(site: mn.Site) -> None:
    """Present and unknown, in every setting."""
    ruling = K.ruling(site).site
    for finding, setting in product(mn.Finding, mn.Setting):
        states = [space.screening(frozenset({finding}))]
        if finding not in space.DERIVED:
            states.append(space.screening(unknown=frozenset({finding})))
        for held in states:
            mine, theirs = (
                _answer(mn.Indication.STRIAE, mn.Severity.MILD, where, setting, held)
                for where in (site, ruling)
            )
            assert mine.verdict is theirs.verdict, (finding, setting)
            assert [r for r in mine.reasons if r.finding] == [
                r for r in theirs.reasons if r.finding
            ], (finding, setting)


@pytest.mark.parametrize("site", INHERITING)
def test_what_is_inherited_says_so(site: mn.Site) -> None:
    """The limit and each caution name the larger site, and that thickness is not known."""
    larger = K.ruling(site)
    answer = _answer(mn.Indication.BURN_SCAR, mn.Severity.MILD, site, mn.Setting.CLINIC)
    said = [r for r in answer.reasons if r.rule.startswith(f"sites.{larger.site.value}")]

    assert all(reason.why.startswith(f"Inherited from {larger.label}: ") for reason in said)
    assert all(f"site={site.value}" in reason.facts for reason in said)
    assert "rules.part_of_larger_site" in {reason.rule for reason in answer.cautions}


def test_an_inherited_limit_is_told_with_where_it_is_from() -> None:
    """A ceiling that cuts an offer short says of which site it is."""
    answer = _answer(
        mn.Indication.SURGICAL_SCAR, mn.Severity.MILD, mn.Site.UPPER_LIP_SKIN, mn.Setting.CLINIC
    )
    shorter = _answer(mn.Indication.LAXITY, None, mn.Site.UPPER_LIP_SKIN, mn.Setting.CLINIC)
    limits = [reason for reason in shorter.reasons if reason.limit is not None]

    assert answer.options
    assert [reason.rule for reason in limits] == ["sites.perioral"]
    assert limits[0].why.startswith("Inherited from around the mouth")
    assert limits[0].facts == ("site=upper_lip_skin",)


def test_a_protocol_of_a_part_does_not_count_for_the_whole() -> None:
    """Down the chain and never up: one for the back is none for the trunk or the thigh."""
    tables = json.loads(K.canonical)
    row(tables, "protocols", "striae-monthly-mild")["sites"] = ["back"]
    tables["edition"]["id"] = "own-1"
    other = mn.from_tables(tables)

    def offered(site: mn.Site) -> set[str]:
        cell = (mn.Indication.STRIAE, mn.Severity.MILD, site, None, mn.Setting.CLINIC)
        answer = mn.recommend(space.assessment(cell, space.screening()), other)
        return {name for course in answer.options for name in course.protocols}

    assert "striae-monthly-mild" in offered(mn.Site.BACK)
    assert not offered(mn.Site.TRUNK) & {"striae-monthly-mild"}
    assert not offered(mn.Site.THIGH) & {"striae-monthly-mild"}


def test_the_areola_is_left_out_in_words() -> None:
    """Whatever is offered at the breast."""
    answer = _answer(mn.Indication.STRIAE, mn.Severity.MILD, mn.Site.BREAST, mn.Setting.CLINIC)

    assert answer.verdict is mn.Verdict.OFFER
    assert any("areola" in reason.why for reason in answer.cautions)
    assert "areola" in K.site(mn.Site.BREAST).label


@pytest.mark.parametrize("site", REFUSED)
def test_nothing_is_offered_at_a_refused_site(site: mn.Site) -> None:
    """Whatever is asked for, with and without a finding."""
    held = [space.screening(), space.screening(frozenset({mn.Finding.ROSACEA})), mn.Screening()]
    places = product(mn.Indication, space.SEVERITIES, mn.Setting, held)
    for indication, severity, setting, state in places:
        answer = _answer(indication, severity, site, setting, state)
        assert answer.verdict is mn.Verdict.DECLINE, (indication, severity, setting)


@pytest.mark.parametrize("indication", KINDS)
def test_a_kind_is_offered_what_is_documented_for_the_general_one(
    indication: mn.Indication,
) -> None:
    """
    The same courses at every site, but that they are for the kind; and the kind's statement.

    What was counted in another kind is not told of this one.
    """
    general = K.kinds(indication)[1]
    for severity, site, setting in product(space.SEVERITIES, mn.Site, mn.Setting):
        mine = _answer(indication, severity, site, setting)
        theirs = _answer(general, severity, site, setting)
        where = (severity, site, setting)
        assert mine.verdict is theirs.verdict, where
        assert list(map(_course, mine.options)) == list(map(_course, theirs.options)), where
        for reason in mine.reasons:
            if reason.effect is mn.Effect.OFFER:
                assert reason.why == K.indication(indication).statement, where


def test_a_protocol_of_a_kind_does_not_count_for_the_general_one() -> None:
    """One for white striae is none for striae as such, nor for red ones."""
    tables = json.loads(K.canonical)
    row(tables, "protocols", "striae-monthly-mild")["indications"] = ["striae_white"]
    row(tables, "terms", "striae")["indications"] = ["striae", "striae_white"]
    tables["edition"]["id"] = "own-1"
    other = mn.from_tables(tables)
    named = {
        code: "striae-monthly-mild" in {p.id for p in other.protocols_for(code)}
        for code in (mn.Indication.STRIAE, mn.Indication.STRIAE_RED, mn.Indication.STRIAE_WHITE)
    }

    assert list(named.values()) == [False, False, True]


@pytest.mark.parametrize("indication", UNSUPPORTED)
def test_what_no_protocol_may_name_is_referred_everywhere(indication: mn.Indication) -> None:
    """With the statement, its sources and to whom, at every site and at home, also if declined."""
    held = K.indication(indication)
    for severity, site, setting in product(space.SEVERITIES, mn.Site, mn.Setting):
        answer = _answer(indication, severity, site, setting)
        where = (severity, site, setting)
        assert answer.verdict >= mn.Verdict.REFER, where
        assert not answer.options, where
        said = [r for r in answer.reasons if r.rule == f"indications.{indication.value}"]
        if answer.verdict is mn.Verdict.REFER or held.never_offered:
            (reason,) = said
            assert reason.why == held.statement, where
            assert reason.citations == held.citations, where
            assert reason.role is held.role is not None, where


@pytest.mark.parametrize("indication", ASKED_ABOUT)
def test_asking_for_it_is_never_milder_than_having_it(indication: mn.Indication) -> None:
    """What it does as a finding holds as well: its verdict, what must be done, who clears it."""
    finding = K.indication(indication).finding
    if finding is None:
        return
    for site, setting in product(mn.Site, mn.Setting):
        having = _answer(BESIDE, None, site, setting, space.screening(frozenset({finding})))
        asking = _answer(indication, None, site, setting)
        where = (site, setting)
        alone = [r for r in having.reasons if r.finding is finding]
        assert asking.verdict >= having.verdict, where
        assert {m.must for m in having.musts} <= {m.must for m in asking.musts}, where
        (mine,), (theirs,) = [r for r in asking.reasons if r.finding is finding], alone
        assert attrs.evolve(mine, facts=theirs.facts) == theirs, where
        # It need not be told, and saying no to it changes nothing.
        open_one = _answer(
            indication, None, site, setting, space.screening(unknown=frozenset({finding}))
        )
        told = _answer(indication, None, site, setting, space.screening(frozenset({finding})))
        assert open_one.verdict is asking.verdict, where
        assert finding not in {r.finding for r in open_one.unknowns}, where
        assert told.verdict >= asking.verdict, where


def test_what_comes_with_the_concern_is_not_asked() -> None:
    """Neither by an open screening nor by the list of questions."""
    site = mn.Site.CHEEK
    for indication in ASKED_ABOUT:
        finding = K.indication(indication).finding
        listed = mn.questions(K, indications=[BESIDE, indication], site=site)
        answer = _answer(indication, None, site, mn.Setting.CLINIC, mn.Screening())
        asked = {question.finding for question in listed} | {r.finding for r in answer.unknowns}
        assert finding is None or finding not in asked, indication


def test_a_concern_that_is_a_bar_declines_beside_another(knowledge: mn.Knowledge) -> None:
    """A keloid to be treated bars needling as keloid tendency does, whatever else is wanted."""
    cell = (BESIDE, None, mn.Site.CHEEK, mn.SkinType.II, mn.Setting.CLINIC)
    given = space.assessment(cell, space.screening())
    both = attrs.evolve(
        given, concerns=[*given.concerns, mn.Concern(indication=mn.Indication.KELOID_SCAR)]
    )
    answer = mn.recommend(both, knowledge)

    assert mn.recommend(given, knowledge).verdict is mn.Verdict.OFFER
    assert answer.verdict is mn.Verdict.DECLINE
    assert "indications.keloid_scar" in {reason.rule for reason in answer.reasons}


def test_varicella_scars_are_offered_as_the_case_has_it_and_no_wider() -> None:
    """At forehead and cheek, and in skin type V, where it was done; elsewhere it refers."""
    offered = set()
    for site, skin in product(mn.Site, mn.SkinType):
        cell = (mn.Indication.VARICELLA_SCAR, None, site, skin, mn.Setting.CLINIC)
        answer = mn.recommend(space.assessment(cell, space.screening()), K)
        if answer.options:
            offered.add((site, skin))
            assert answer.options[0].standing.differs[0].startswith("age: 15")

    assert offered == {(site, mn.SkinType.V) for site in (mn.Site.FOREHEAD, mn.Site.CHEEK)}


def test_the_referral_of_icepick_scars_says_what_for() -> None:
    """To whom, and for which technique."""
    answer = _answer(mn.Indication.ACNE_SCAR_ICEPICK, None, mn.Site.CHEEK, mn.Setting.CLINIC)
    (reason,) = answer.because

    assert reason.role is mn.Role.DERMATOLOGIST
    assert "CROSS" in reason.why
    assert "punch" in reason.why
