# ruff: noqa: N802 - the fact's id is part of the name
"""The starting article, fact by fact: each is answered by a typed query that names the article."""

from collections.abc import Iterable

import microneedling as mn

SHORT = mn.NeedleLength.parse("0.5 mm")
LONG = mn.NeedleLength.parse("1.0 mm")


def cited(citations: Iterable[mn.Citation]) -> set[str]:
    """Give the ids of the sources of some citations."""
    return {citation.source.id for citation in citations}


def disagreeing(disagreements: Iterable[mn.Disagreement]) -> set[str]:
    """Give the ids of the sources that say otherwise."""
    return {disagreement.source.id for disagreement in disagreements}


def principle(knowledge: mn.Knowledge, code: str) -> mn.Principle:
    """Give a general statement that the article makes."""
    found = knowledge.principle(code)
    assert "article" in cited(found.citations)
    return found


def aspect(knowledge: mn.Knowledge, length: mn.NeedleLength, which: mn.Aspect) -> mn.AspectFact:
    """Give the one statement that the article makes on an aspect of a length."""
    facts = knowledge.aspects_of(length, which)
    (found,) = (fact for fact in facts if "article" in cited(fact.citations))
    return found


def benefit(knowledge: mn.Knowledge, indication: mn.Indication) -> mn.IndicationRule:
    """Give what is held of an indication for which the article claims a benefit."""
    found = knowledge.indication(indication)
    assert "article" in cited(found.citations)
    assert found.support > mn.Support.NONE
    return found


def others(
    knowledge: mn.Knowledge, length: mn.NeedleLength, which: mn.Aspect
) -> dict[str, set[str]]:
    """Give the codes that sources other than the article state, by source."""
    held: dict[str, set[str]] = {}
    for fact in knowledge.aspects_of(length, which):
        for source in cited(fact.citations) - {"article"}:
            held.setdefault(source, set()).add(fact.code)
    return held


def test_A01_minimally_invasive_and_improves_texture(knowledge: mn.Knowledge) -> None:
    """Minimally invasive, for rejuvenation and prevention; texture gets better."""
    statement = principle(knowledge, "minimally_invasive").statement
    assert "minimally invasive" in statement
    assert "rejuvenates" in statement
    assert "prevent" in statement
    assert "texture" in principle(knowledge, "improves_texture").statement
    benefit(knowledge, mn.Indication.PREVENTION)


def test_A02_safe_when_performed_properly(knowledge: mn.Knowledge) -> None:
    """Safe if done properly: the benefit hangs on technique."""
    statement = principle(knowledge, "safe_when_performed_properly").statement
    assert "safe" in statement
    assert "technique" in statement


def test_A03_devices_alike_and_length_decides(knowledge: mn.Knowledge) -> None:
    """Devices give similar results; the needle's length sets how far they go."""
    alike = principle(knowledge, "devices_alike").statement
    assert "devices" in alike
    assert "similar results" in alike
    assert "length" in principle(knowledge, "length_decides_result").statement


def test_A04_two_lengths_are_compared(knowledge: mn.Knowledge) -> None:
    """The lengths set side by side are 0.5 mm and 1.0 mm."""
    found = mn.compare(SHORT, LONG, knowledge)
    assert (found.left.um, found.right.um) == (500, 1000)
    for aspect_ in (mn.Aspect.USES, mn.Aspect.NUMBING, mn.Aspect.REDNESS, mn.Aspect.COLLAGEN):
        row = found.row(aspect_)
        assert any("article" in cited(fact.citations) for fact in row.left)
        assert any("article" in cited(fact.citations) for fact in row.right)


def test_A05_short_needle_for_lines_mild_scars_and_pigment(knowledge: mn.Knowledge) -> None:
    """0.5 mm is for fine lines, mild scars and dark patches."""
    uses = {(use.indication, use.severity) for use in aspect(knowledge, SHORT, mn.Aspect.USES).uses}
    mild = mn.Severity.MILD
    assert uses >= {
        (mn.Indication.FINE_LINES, None),
        (mn.Indication.HYPERPIGMENTATION, None),
        (mn.Indication.ACNE_SCAR_UNSPECIFIED, mild),
        (mn.Indication.SURGICAL_SCAR, mild),
        (mn.Indication.TRAUMATIC_SCAR, mild),
    }
    assert {severity for indication, severity in uses if "scar" in indication} == {mild}


def test_A06_short_needle_raises_absorption(knowledge: mn.Knowledge) -> None:
    """0.5 mm lets more of a product in, wanted most with prescription topicals; others object."""
    fact = aspect(knowledge, SHORT, mn.Aspect.USES)
    assert mn.Indication.PRODUCT_ABSORPTION in {use.indication for use in fact.uses}
    assert "prescription" in fact.text
    rule = benefit(knowledge, mn.Indication.PRODUCT_ABSORPTION)
    assert disagreeing(rule.disagreements) >= {"cfr-878-4430", "soltani14", "fried24"}
    (study,) = (
        study
        for study in knowledge.studies
        if study.source.id == "article" and study.reported == "absorption"
    )
    assert study.lengths_um == mn.Spread(500, 500)


def test_A07_every_length_raises_absorption(knowledge: mn.Knowledge) -> None:
    """Any length opens channels, so any length lets more in; the device class excludes it."""
    found = principle(knowledge, "every_length_raises_absorption")
    assert "every length" in found.statement
    assert "channels" in found.statement
    assert disagreeing(found.disagreements) >= {"cfr-878-4430", "soltani14", "fried24"}


def test_A08_short_needle_hurts_less(knowledge: mn.Knowledge) -> None:
    """0.5 mm hurts less than longer needles do."""
    assert aspect(knowledge, SHORT, mn.Aspect.SENSATION).code == "less_than_longer"


def test_A09_short_needle_needs_no_numbing_as_a_rule(knowledge: mn.Knowledge) -> None:
    """0.5 mm can mostly do without a numbing cream; two experts differ on it."""
    fact = aspect(knowledge, SHORT, mn.Aspect.NUMBING)
    assert (fact.code, fact.followed) == (mn.Anaesthesia.OPTIONAL, True)
    assert fact.why_followed
    assert others(knowledge, SHORT, mn.Aspect.NUMBING)["aad-dw18"] == {"optional", "topical"}
    stated = knowledge.anaesthesia_at(SHORT)
    assert stated is not None
    assert stated.code == mn.Anaesthesia.OPTIONAL
    assert "article" in cited(stated.citations)


def test_A10_short_needle_feels_like_velcro(knowledge: mn.Knowledge) -> None:
    """0.5 mm feels like Velcro rolled over skin, patients say."""
    assert "Velcro" in aspect(knowledge, SHORT, mn.Aspect.SENSATION).text


def test_A11_short_needle_redness_is_expected(knowledge: mn.Knowledge) -> None:
    """0.5 mm: count on redness afterwards."""
    assert aspect(knowledge, SHORT, mn.Aspect.REDNESS).code == "expected"


def test_A12_short_needle_recovery_in_one_to_two_days(knowledge: mn.Knowledge) -> None:
    """0.5 mm: skin settles in a day or two."""
    fact = aspect(knowledge, SHORT, mn.Aspect.RECOVERY)
    assert (fact.code, fact.downtime) == ("days", mn.Downtime(1, 2))
    stated = knowledge.downtime_at(SHORT)
    assert stated is not None
    assert stated.downtime == mn.Downtime(1, 2)
    assert "article" in cited(stated.citations)


def test_A13_short_needle_peeling_and_dryness(knowledge: mn.Knowledge) -> None:
    """0.5 mm: some peel and are dry afterwards."""
    fact = aspect(knowledge, SHORT, mn.Aspect.PEELING)
    assert fact.code == "reported"
    assert "peeling" in fact.text
    assert "dryness" in fact.text


def test_A14_short_needle_triggers_collagen_mildly(knowledge: mn.Knowledge) -> None:
    """0.5 mm can impress, yet sets off collagen only mildly."""
    fact = aspect(knowledge, SHORT, mn.Aspect.COLLAGEN)
    assert fact.code == "mild"
    assert "impressive" in fact.text


def test_A15_short_needle_takes_six_to_ten_sessions(knowledge: mn.Knowledge) -> None:
    """0.5 mm takes six to about ten sessions; trials with longer needles take fewer."""
    fact = aspect(knowledge, SHORT, mn.Aspect.SESSIONS)
    assert (fact.code, fact.count) == ("count", mn.SessionCount(6, 10))
    for name in ("mild-scar-0.5mm", "ageing-0.5mm", "pigment-0.5mm"):
        assert knowledge.protocol(name).sessions == mn.SessionCount(6, 10)
    studies = [study for study in knowledge.studies if study.source.id == "article"]
    counted = [study for study in studies if study.sessions is not None]
    assert {study.sessions for study in counted} == {mn.Spread(6, 10)}
    assert {study.lengths_um for study in counted} == {mn.Spread(500, 500)}
    assert {study.reported for study in counted} == {
        "fine-lines",
        "mild-scarring",
        "hyperpigmentation",
        "signs-of-ageing",
    }
    notes = knowledge.protocol("mild-scar-0.5mm").notes
    assert any("harris-2015" in cited(note.citations) for note in notes)
    median = knowledge.study("harris-2015")
    assert (median.lengths_um, median.sessions) == (mn.Spread(1500, 1500), mn.Spread(3, 3))


def test_A16_short_needle_bleeds_little(knowledge: mn.Knowledge) -> None:
    """0.5 mm: pinpoint bleeding is unlikely, and normal if it comes."""
    fact = aspect(knowledge, SHORT, mn.Aspect.BLEEDING)
    assert fact.code == "minimal"
    assert "normal" in fact.text


def test_A17_every_length_aims_at_controlled_injury(knowledge: mn.Knowledge) -> None:
    """1.0 mm, as any length, sets out to injure a little and under control."""
    statement = principle(knowledge, "controlled_micro_injury").statement
    assert "controlled injury" in statement
    assert "Whatever the length" in statement


def test_A18_body_answers_with_collagen_and_elastin(knowledge: mn.Knowledge) -> None:
    """The body builds collagen and elastin; ageing recedes and is held off."""
    statement = principle(knowledge, "collagen_and_elastin").statement
    assert "collagen and elastin" in statement
    assert "resilient" in statement
    fact = aspect(knowledge, LONG, mn.Aspect.COLLAGEN)
    assert fact.code == "stimulated"
    assert "elastin" in fact.text
    uses = {use.indication for use in aspect(knowledge, LONG, mn.Aspect.USES).uses}
    assert uses == {mn.Indication.AGEING_SKIN, mn.Indication.PREVENTION}


def test_A19_works_like_a_laser_without_heat(knowledge: mn.Knowledge) -> None:
    """It acts as a laser does, but cold."""
    statement = principle(knowledge, "like_laser_without_heat").statement
    assert "laser" in statement
    assert "no heat" in statement


def test_A20_radio_frequency_is_out_of_scope(knowledge: mn.Knowledge) -> None:
    """Needling with radio frequency is hot and not covered."""
    statement = principle(knowledge, "radio_frequency_out_of_scope").statement
    assert "with heat" in statement
    assert "outside" in statement
    assert any("Radio-frequency" in limit for limit in knowledge.edition.limitations)


def test_A21_long_needle_needs_numbing(knowledge: mn.Knowledge) -> None:
    """1.0 mm wants a numbing cream first; one expert disagrees, another agrees."""
    fact = aspect(knowledge, LONG, mn.Aspect.NUMBING)
    assert (fact.code, fact.followed) == (mn.Anaesthesia.TOPICAL, True)
    assert fact.why_followed
    assert others(knowledge, LONG, mn.Aspect.NUMBING)["aad-dw18"] == {"optional", "topical"}
    stated = knowledge.anaesthesia_at(LONG)
    assert stated is not None
    assert stated.code == mn.Anaesthesia.TOPICAL
    assert "article" in cited(stated.citations)


def test_A22_long_needle_reddens_more(knowledge: mn.Knowledge) -> None:
    """1.0 mm reddens more than 0.5 mm."""
    row = mn.compare(SHORT, LONG, knowledge).row(mn.Aspect.REDNESS)
    assert [fact.code for fact in row.left] == ["expected"]
    assert [fact.code for fact in row.right] == ["more_than_shorter"]
    assert "0.5 mm" in row.right[0].text
    assert "article" in cited(row.left[0].citations) & cited(row.right[0].citations)


def test_A23_long_needle_redness_lasts_longer(knowledge: mn.Knowledge) -> None:
    """1.0 mm may stay red some days longer than 0.5 mm."""
    assert "days" in aspect(knowledge, LONG, mn.Aspect.REDNESS).text
    assert aspect(knowledge, LONG, mn.Aspect.RECOVERY).code == "longer_than_shorter"
    row = mn.compare(SHORT, LONG, knowledge).row(mn.Aspect.RECOVERY)
    assert row.right[0].code == "longer_than_shorter"
    short, long = knowledge.downtime_at(SHORT), knowledge.downtime_at(LONG)
    assert short is not None
    assert short.downtime is not None
    assert long is not None
    assert long.downtime is not None
    assert long.downtime.longest_days > short.downtime.longest_days


def test_A24_outcome_depends_on_length(knowledge: mn.Knowledge) -> None:
    """What comes of it depends on the needle's length."""
    found = principle(knowledge, "length_decides_result")
    assert "length" in found.statement
    assert "decides" in found.statement
    row = mn.compare(SHORT, LONG, knowledge).row(mn.Aspect.COLLAGEN)
    assert (row.left[0].code, row.right[0].code) == ("mild", "stimulated")
    assert found.disagreements


def test_A25_benefits_fine_lines_and_deep_wrinkles(knowledge: mn.Knowledge) -> None:
    """Fine lines and deep wrinkles fade as the body heals itself."""
    assert "healing" in benefit(knowledge, mn.Indication.FINE_LINES).statement
    benefit(knowledge, mn.Indication.DEEP_WRINKLES)


def test_A26_benefits_scars(knowledge: mn.Knowledge) -> None:
    """Scars get better."""
    for indication in (
        mn.Indication.ACNE_SCAR_UNSPECIFIED,
        mn.Indication.SURGICAL_SCAR,
        mn.Indication.TRAUMATIC_SCAR,
        mn.Indication.BURN_SCAR,
    ):
        benefit(knowledge, indication)


def test_A27_benefits_pigment_and_photodamage(knowledge: mn.Knowledge) -> None:
    """Dark patches and sun damage are undone."""
    assert "reverses" in benefit(knowledge, mn.Indication.HYPERPIGMENTATION).statement
    assert "reverses" in benefit(knowledge, mn.Indication.PHOTODAMAGE).statement


def test_A28_benefits_ageing_skin(knowledge: mn.Knowledge) -> None:
    """Ageing skin gains."""
    benefit(knowledge, mn.Indication.AGEING_SKIN)


def test_A29_benefits_pores(knowledge: mn.Knowledge) -> None:
    """Pores look smaller; no peer-reviewed protocol stands behind it, and that is said."""
    rule = benefit(knowledge, mn.Indication.ENLARGED_PORES)
    assert rule.support is mn.Support.THIN
    assert "no peer-reviewed protocol" in rule.statement
    assert "open-pores-blog" in cited(rule.citations)
    protocols = [
        protocol
        for protocol in knowledge.protocols
        if mn.Indication.ENLARGED_PORES in protocol.indications
    ]
    assert protocols
    assert {protocol.grade for protocol in protocols} == {mn.Grade.BLOG}


def test_A30_benefits_absorption(knowledge: mn.Knowledge) -> None:
    """More of a product gets in; safety sources object, and the edition follows them."""
    rule = benefit(knowledge, mn.Indication.PRODUCT_ABSORPTION)
    assert "follows the safety sources" in rule.statement
    assert disagreeing(rule.disagreements) >= {"cfr-878-4430", "soltani14", "fried24"}


def test_A31_results_vary(knowledge: mn.Knowledge) -> None:
    """One person's result is not another's."""
    assert "differ" in principle(knowledge, "results_vary").statement


def test_A32_effective_for_ageing_and_its_prevention(knowledge: mn.Knowledge) -> None:
    """It works on the signs of ageing and holds them off; one small trial saw nothing."""
    found = principle(knowledge, "effective_for_ageing_and_prevention")
    assert "signs of ageing" in found.statement
    assert "prevention" in found.statement
    assert "pincelli-2024" in disagreeing(found.disagreements)
    ageing = benefit(knowledge, mn.Indication.AGEING_SKIN)
    assert "pincelli-2024" in disagreeing(ageing.disagreements)
    benefit(knowledge, mn.Indication.PREVENTION)
