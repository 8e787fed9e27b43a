"""The shipped edition against an independent transcription of what was read."""

import csv
import math
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import microneedling as mn

Row = dict[str, str]

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read(name: str) -> list[Row]:
    """Read a table of the transcription."""
    with open(os.path.join(HERE, "evidence", name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PROTOCOLS = read("protocols.csv")
CONTRAINDICATIONS = read("contraindications.csv")
SIDE_EFFECTS = read("side_effects.csv")
FIGURE = re.compile(r"\d+(?:\.\d+)?")

# The transcription of safety sources has short names of its own.
RENAMED = {
    "ALAM14": "alam-2014",
    "AUST08": "aust-2008",
    "CFR-878": "cfr-878-4430",
    "COHEN16": "cohen-elbuluk-2016",
    "DERMAPEN4": "dermapen4-manual",
    "DODDA09": "doddaballapur-2009",
    "DOGRA14": "dogra-2014",
    "HAIR22": "english-2022",
    "HARRIS15": "harris-2015",
    "VAR-CASE": "varicella-case",
}
# The transcriber completed this row's use from memory, so the edition does not have it.
COMPLETED_FROM_MEMORY = {("dermaroller-types", "scars-any"): "not-stated"}
# Remembered by the transcriber and never read, so the edition does not have it.
NEVER_READ = {"YADAV16"}


def sources_of(row: Row) -> list[str]:
    """Give the library's ids of the sources of a row."""
    names = [name for name in row["sources"].split(";") if name not in NEVER_READ]
    return [RENAMED.get(name, name.lower()) for name in names]


def cited(citations: Iterable[mn.Citation]) -> set[str]:
    """Give the ids of the sources of some citations."""
    return {citation.source.id for citation in citations}


def micrometres(millimetres: str) -> int | None:
    """Read millimetres exactly; a blank stays blank."""
    return int(Decimal(millimetres) * 1000) if millimetres else None


def whole(text: str) -> int | None:
    """Read a whole number; a blank stays blank."""
    return int(text) if text else None


def spread(low: int | None, high: int | None) -> mn.Spread | None:
    """Make a spread of two figures, or nothing of two blanks."""
    return None if low is None and high is None else mn.Spread(low, high)


def text(*path: str) -> str:
    """Read a file beside this one."""
    with open(os.path.join(HERE, *path), encoding="utf-8") as file:
        return file.read()


def test_each_fact_of_the_article_has_its_test() -> None:
    """Law: the starting article's facts and their tests match one to one."""
    facts = re.findall(r"^\| (A\d\d) \|", text("evidence", "article.md"), re.MULTILINE)
    tests = re.findall(r"^def test_(A\d\d)_", text("knowledge", "test_article.py"), re.MULTILINE)
    assert facts == tests == [f"A{number:02d}" for number in range(1, 33)]


class TestStudies:
    """What a source reports is held as reported, and nothing is added."""

    @pytest.mark.parametrize("source", sorted({row["source"] for row in PROTOCOLS}))
    def test_rows_are_held_as_reported(self, knowledge: mn.Knowledge, source: str) -> None:
        """Law: every figure and every blank of a source is kept, in the source's order."""
        held = [
            (
                study.reported,
                study.severity,
                study.zone,
                study.lengths_um,
                study.sessions,
                study.interval_days,
                study.device,
                study.setting,
                study.anaesthesia,
            )
            for study in knowledge.studies
            if study.source.id == source
        ]
        assert held == [
            (
                COMPLETED_FROM_MEMORY.get((source, row["indication"]), row["indication"]),
                row["severity"],
                row["zone"],
                spread(micrometres(row["length_min_mm"]), micrometres(row["length_max_mm"])),
                spread(whole(row["sessions_min"]), whole(row["sessions_max"])),
                spread(whole(row["interval_min_days"]), whole(row["interval_max_days"])),
                row["device"],
                row["setting"],
                row["anaesthesia"],
            )
            for row in PROTOCOLS
            if row["source"] == source
        ]

    @pytest.mark.parametrize("source", sorted({row["source"] for row in PROTOCOLS}))
    def test_figures_in_notes_are_kept(self, knowledge: mn.Knowledge, source: str) -> None:
        """Law: no figure of a caveat is lost or changed, whatever its wording."""
        held = [study.note for study in knowledge.studies if study.source.id == source]
        told = [row["note"] for row in PROTOCOLS if row["source"] == source]
        assert [FIGURE.findall(note) for note in held] == [FIGURE.findall(note) for note in told]
        assert [not note for note in held] == [not note for note in told]

    def test_no_study_from_elsewhere(self, knowledge: mn.Knowledge) -> None:
        """Law: besides the transcribed rows only the starting article has studies."""
        others = [study for study in knowledge.studies if study.source.id != "article"]
        assert len(others) == len(PROTOCOLS)
        assert {s.source.id for s in others} == {row["source"] for row in PROTOCOLS}

    def test_sources_say_what_they_are(self, knowledge: mn.Knowledge) -> None:
        """Law: a study's source has a title, a grade and what of it was read."""
        for study in knowledge.studies:
            assert study.source.title.strip(), study.id
            assert study.source.grade in mn.Grade, study.id
            assert study.source.grade is not mn.Grade.EDITORIAL, study.id
            assert study.source.read in mn.Access, study.id


FINDINGS = {
    "active bacterial, viral or fungal infection at site (incl. warts)": (
        mn.Finding.ACTIVE_INFECTION
    ),
    "active herpes simplex lesion at or near site": mn.Finding.ACTIVE_HERPES,
    "history of recurrent cold sores, no current lesion": mn.Finding.HERPES_HISTORY,
    "open wound, sore, rash or irritated skin at site": mn.Finding.OPEN_WOUND,
    "active skin cancer at site": mn.Finding.SKIN_CANCER,
    "actinic (solar) keratosis at site": mn.Finding.ACTINIC_KERATOSIS,
    "mole, raised lesion or birthmark at site": mn.Finding.RAISED_LESION,
    "bleeding disorder or haemostatic dysfunction": mn.Finding.BLEEDING_DISORDER,
    "anticoagulant or antiplatelet drug": mn.Finding.ANTICOAGULANT,
    "keloid or strong keloid tendency": mn.Finding.KELOID_TENDENCY,
    "hypertrophic scar history": mn.Finding.HYPERTROPHIC_SCAR_HISTORY,
    "isotretinoin, currently taking": mn.Finding.ISOTRETINOIN,
    "isotretinoin, stopped within 6 months": mn.Finding.ISOTRETINOIN,
    "active inflammatory acne at site": mn.Finding.ACTIVE_ACNE,
    "rosacea, papulopustular or flaring": mn.Finding.ROSACEA,
    "eczema or psoriasis at site": mn.Finding.ECZEMA_PSORIASIS,
    "vitiligo or other Koebner-prone disease": mn.Finding.KOEBNER_DISEASE,
    "scleroderma, collagen vascular or autoimmune skin disease": (
        mn.Finding.AUTOIMMUNE_SKIN_DISEASE
    ),
    "impaired wound healing": mn.Finding.IMPAIRED_HEALING,
    "diabetes, unregulated": mn.Finding.DIABETES_UNREGULATED,
    "diabetes, controlled": mn.Finding.DIABETES_CONTROLLED,
    "immunosuppression": mn.Finding.IMMUNOSUPPRESSION,
    "chemotherapy, radiotherapy or high-dose corticosteroid": mn.Finding.CYTOTOXIC_TREATMENT,
    "systemic infection (viral hepatitis, HIV)": mn.Finding.SYSTEMIC_INFECTION,
    "pregnancy": mn.Finding.PREGNANCY,
    "breastfeeding": mn.Finding.BREASTFEEDING,
    "stainless-steel or metal allergy": mn.Finding.METAL_ALLERGY,
    "allergy to local anaesthetic": mn.Finding.ANAESTHETIC_ALLERGY,
    "liver disease, methaemoglobinaemia, pseudocholinesterase deficiency, "
    "PABA or sulphonamide allergy, antiarrhythmics": mn.Finding.TOPICAL_ANAESTHETIC_BARRED,
    "dermal filler at site": mn.Finding.DERMAL_FILLER,
    "botulinum toxin at site": mn.Finding.BOTULINUM_TOXIN,
    "plastic surgery at site": mn.Finding.PLASTIC_SURGERY,
    "young scar or stretch mark": mn.Finding.YOUNG_SCAR,
    "laser or IPL at site": mn.Finding.LASER_OR_IPL,
    "chemical peel at site, superficial to medium": mn.Finding.CHEMICAL_PEEL,
    "deep peel or dermabrasion at site": mn.Finding.DEEP_PEEL,
    "sunburn or fresh tan at site": mn.Finding.SUNBURN_OR_TAN,
    "topical retinoid use": mn.Finding.TOPICAL_RETINOID,
    "tattoo or permanent make-up at site": mn.Finding.TATTOO,
    "cardiac abnormality": mn.Finding.CARDIAC_ABNORMALITY,
    "age under 22": mn.Finding.AGE_UNDER_22,
    "Fitzpatrick IV-VI": mn.Finding.SKIN_TYPE_IV_TO_VI,
    "eyelid or area inside orbital rim": mn.Finding.INSIDE_ORBITAL_RIM,
    "serum or active not made for intradermal use": mn.Finding.UNSUITABLE_SERUM,
    "shared or re-used needle cartridge or roller": mn.Finding.SHARED_NEEDLE,
}
LEVELS = {
    "absolute": mn.Level.DECLINE,
    "temporary": mn.Level.DEFER,
    "caution": mn.Level.CAUTION,
}

each_contraindication = pytest.mark.parametrize(
    "row", [pytest.param(row, id=row["finding"][:30]) for row in CONTRAINDICATIONS]
)


EXPECTATIONS: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent.parent / "evidence" / "expectations.toml").read_text(encoding="utf-8")
)["expectation"]


class TestPopulations:
    """Whom a study treated stands in fields; what is not stated is never filled in."""

    def test_every_study_behind_a_figure_was_read(self, knowledge: mn.Knowledge) -> None:
        """Law: no figure stands on people of whom nobody looked who they were."""
        figures = {"lengths", "sessions", "interval"}
        behind = {
            c.locator for p in knowledge.protocols for c in p.citations if c.supports in figures
        }
        assert len(behind) > 60
        assert all(knowledge.study(study).population is not None for study in behind)

    @pytest.mark.parametrize(
        ("study", "adjuncts"),
        [
            # What the abstracts say, and the review found to read as needling alone.
            ("lima-2017-melasma", {"triple_cream", "sunscreen"}),
            ("dhurat-2013", {"minoxidil"}),
            ("faghihi-2021.1", {"minoxidil"}),
            ("chawla-2014.2", {"vitamin_c"}),
            ("sharad-2011.2", {"peel_glycolic"}),
            ("kontochristopoulos-periorb", {"peel_tca"}),
            ("salerno-2019", {"platelet_rich_plasma", "hyaluronic_acid"}),
            ("afra-2018", set()),
        ],
    )
    def test_what_came_with_needling(
        self, study: str, adjuncts: set[str], knowledge: mn.Knowledge
    ) -> None:
        """Law: a combined treatment is never told as needling alone, nor the other way round."""
        population = knowledge.study(study).population
        assert population is not None
        assert population.adjuncts is not None
        assert {use.adjunct.value for use in population.adjuncts} == adjuncts

    def test_not_stated_is_not_alone(self, knowledge: mn.Knowledge) -> None:
        """Law: a study that does not say whether anything else was given says neither."""
        silent = knowledge.study("ablon-2018.1").population
        assert silent is not None
        assert silent.adjuncts is None
        assert silent.allocation is mn.Allocation.NOT_RANDOMISED


class TestFindings:
    """A finding is as strict and as long-lasting as its sources, and shows where they differ."""

    def test_every_finding_is_transcribed(self) -> None:
        """Law: what was transcribed has a finding, and what a reader expects besides has one."""
        assert {row["finding"] for row in CONTRAINDICATIONS} == set(FINDINGS)
        expected = {mn.Finding(row["finding"]) for row in EXPECTATIONS}
        own = {"shared_needle_exposure", "piercing", "implant_under_skin"}
        by_clinics = {
            mn.Finding(code)
            for row in read("../published/kinds.csv")
            if row["group"] == "contraindication"
            for code in row["code"].split(";")
            if code in {finding.value for finding in mn.Finding}
        } | {mn.Finding.FRAGILE_SKIN}
        assert set(mn.Finding) - set(FINDINGS.values()) - expected - by_clinics <= own

    @each_contraindication
    def test_wait(self, knowledge: mn.Knowledge, row: Row) -> None:
        """Law: no waiting time is invented, and no level is stricter than the transcribed one."""
        finding = FINDINGS[row["finding"]]
        rule = knowledge.finding(finding)
        strictest = mn.Level.CLEAR_FIRST if row["level"] == "caution" else LEVELS[row["level"]]
        assert rule.level <= strictest
        days = 180 if finding is mn.Finding.ISOTRETINOIN else whole(row["wait_days"])
        assert (rule.wait.days if rule.wait else None) == days
        assert rule.question.endswith("?")

    @pytest.mark.parametrize("row", EXPECTATIONS, ids=[row["row"] for row in EXPECTATIONS])
    def test_level(self, knowledge: mn.Knowledge, row: dict[str, str]) -> None:
        """Law: the level is what a careful reader expects, or it is said why it is not."""
        rule = knowledge.finding(mn.Finding(row["finding"]))
        expected = row["expected"].removeprefix("after: ")
        given = rule.wait.level if "after: " in row["expected"] and rule.wait else rule.level
        assert (given.value == expected) is ("adjudicated" not in row)

    def test_every_level_has_its_findings(self, knowledge: mn.Knowledge) -> None:
        """Law: what an offer can stand with, and what somebody can clear, are no rarities."""
        levels = Counter(rule.level for rule in knowledge.findings)
        for level in (mn.Level.CHANGE_OF_PLAN, mn.Level.LIMIT, mn.Level.CLEAR_FIRST):
            assert levels[level] >= 8, level
        assert levels[mn.Level.DECLINE] <= 3

    @each_contraindication
    def test_sources_are_kept(self, knowledge: mn.Knowledge, row: Row) -> None:
        """Law: every source that was read speaks, for the finding or against it."""
        rule = knowledge.finding(FINDINGS[row["finding"]])
        held = cited(rule.citations) | {said.source.id for said in rule.disagreements}
        if rule.wait is not None:
            held |= cited(rule.wait.citations)
        assert set(sources_of(row)) <= held

    @each_contraindication
    def test_own_picks_and_disagreements_are_open(self, knowledge: mn.Knowledge, row: Row) -> None:
        """Law: a picked wait is called editorial, and a disagreement is never averaged away."""
        rule = knowledge.finding(FINDINGS[row["finding"]])
        told = f"{row['why']} {row['seen']}"
        if rule.wait is not None:
            assert (rule.wait.grade is mn.Grade.EDITORIAL) == ("editorial pick" in told)
        else:
            assert "editorial pick" not in told
        if "SOURCES DISAGREE" in told:
            assert rule.disagreements

    @each_contraindication
    def test_grade_is_of_a_source(self, knowledge: mn.Knowledge, row: Row) -> None:
        """Law: a level rests on a cited source of that grade, or is called editorial."""
        rule = knowledge.finding(FINDINGS[row["finding"]])
        own = "level editorial" in row["seen"] or FINDINGS[row["finding"]] is mn.Finding.YOUNG_SCAR
        assert (rule.grade is mn.Grade.EDITORIAL) == own
        assert rule.grade in {citation.source.grade for citation in rule.citations}
        if rule.wait is not None:
            assert rule.wait.grade in {citation.source.grade for citation in rule.wait.citations}


EFFECTS = {
    "erythema": mn.SideEffectCode.ERYTHEMA,
    "transient procedural effects as a group": mn.SideEffectCode.TRANSIENT_EFFECTS,
    "oedema": mn.SideEffectCode.OEDEMA,
    "pain": mn.SideEffectCode.PAIN,
    "burning or stinging": mn.SideEffectCode.BURNING_OR_STINGING,
    "pinpoint bleeding": mn.SideEffectCode.PINPOINT_BLEEDING,
    "crusting or flaking": mn.SideEffectCode.CRUSTING_OR_FLAKING,
    "dryness": mn.SideEffectCode.DRYNESS,
    "tightness or sensitivity": mn.SideEffectCode.TIGHTNESS_OR_SENSITIVITY,
    "itching": mn.SideEffectCode.ITCHING,
    "bruising or small haematoma": mn.SideEffectCode.BRUISING,
    "lymphadenopathy": mn.SideEffectCode.LYMPHADENOPATHY,
    "irritant contact dermatitis": mn.SideEffectCode.IRRITANT_DERMATITIS,
    "post-inflammatory hyperpigmentation": mn.SideEffectCode.POST_INFLAMMATORY_HYPERPIGMENTATION,
    "tram-track scarring": mn.SideEffectCode.TRAM_TRACK_SCARRING,
    "milia": mn.SideEffectCode.MILIA,
    "acne flare": mn.SideEffectCode.ACNE_FLARE,
    "herpes simplex reactivation": mn.SideEffectCode.HERPES_REACTIVATION,
    "bacterial infection": mn.SideEffectCode.BACTERIAL_INFECTION,
    "non-tuberculous mycobacterial infection": mn.SideEffectCode.MYCOBACTERIAL_INFECTION,
    "blood-borne virus transmission": mn.SideEffectCode.BLOOD_BORNE_VIRUS,
    "granulomatous or allergic reaction to needled-in topical": (
        mn.SideEffectCode.GRANULOMATOUS_REACTION
    ),
    "systemic hypersensitivity": mn.SideEffectCode.SYSTEMIC_HYPERSENSITIVITY,
    "metal (nickel) contact dermatitis": mn.SideEffectCode.METAL_DERMATITIS,
    "koebnerisation of vitiligo": mn.SideEffectCode.KOEBNERISATION,
    "keloid or hypertrophic scar": mn.SideEffectCode.RAISED_SCAR,
    "serious adverse event (scalp)": mn.SideEffectCode.SERIOUS_ADVERSE_EVENT,
    "local-anaesthetic systemic toxicity": mn.SideEffectCode.ANAESTHETIC_TOXICITY,
}
# Red flags of the edition's own: no needling source was read on them.
OWN_EFFECTS = {
    mn.SideEffectCode.ANAPHYLAXIS,
    mn.SideEffectCode.EYE_INJURY,
    mn.SideEffectCode.PERSISTENT_BLEEDING,
}

# Named by lists of clinics, sellers and others, without a rate.
LISTED_EFFECTS = {
    mn.SideEffectCode.HYPOPIGMENTATION,
    mn.SideEffectCode.PERSISTENT_ERYTHEMA,
    mn.SideEffectCode.WARMTH,
    mn.SideEffectCode.SUN_SENSITIVITY,
    mn.SideEffectCode.ALLERGIC_REACTION,
    mn.SideEffectCode.RASH_OR_HIVES,
    mn.SideEffectCode.BLISTERING,
    mn.SideEffectCode.SKIN_NECROSIS,
    mn.SideEffectCode.NERVE_INJURY,
    mn.SideEffectCode.SLOW_HEALING,
    mn.SideEffectCode.SCARRING,
    mn.SideEffectCode.SKIN_TEAR,
}

each_side_effect = pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row['effect'][:30]}-{row['sources']}") for row in SIDE_EFFECTS]
)


def effect_of(knowledge: mn.Knowledge, row: Row) -> mn.SideEffect:
    """Give the one side effect that stands for a row: same effect, same first source."""
    first = sources_of(row)[0]
    (found,) = (
        effect
        for effect in knowledge.effects_of(EFFECTS[row["effect"]])
        if effect.citations[0].source.id == first
    )
    return found


def hours(low: str, high: str) -> mn.HourWindow | None:
    """Make a window of hours, or nothing of two blanks."""
    return mn.HourWindow(whole(low), whole(high)) if low or high else None


def share(frequency: mn.Frequency) -> Fraction:
    """Give a frequency as an exact fraction."""
    if frequency.percent is not None:
        return Fraction(frequency.percent, 100)
    assert frequency.events is not None
    assert frequency.out_of is not None
    return Fraction(frequency.events, frequency.out_of)


class TestSideEffects:
    """A side effect says what was read of it, and no figure more."""

    def test_every_effect_is_transcribed(self, knowledge: mn.Knowledge) -> None:
        """Law: rows and effects match one to one, but for the edition's own red flags."""
        assert set(mn.SideEffectCode) == {*EFFECTS.values()} | OWN_EFFECTS | LISTED_EFFECTS
        own = [effect for effect in knowledge.effects if effect.effect in OWN_EFFECTS]
        assert {effect.effect for effect in own} == OWN_EFFECTS
        assert all(cited(effect.citations) == {"editorial"} for effect in own)
        listed = [effect for effect in knowledge.effects if effect.effect in LISTED_EFFECTS]
        assert not any(effect.frequencies for effect in listed)
        matched = {effect_of(knowledge, row).id for row in SIDE_EFFECTS}
        assert len(matched) == len(SIDE_EFFECTS)
        assert matched == {e.id for e in knowledge.effects} - {e.id for e in (*own, *listed)}

    @each_side_effect
    def test_class_lengths_and_times(self, knowledge: mn.Knowledge, row: Row) -> None:
        """Law: class, lengths, onset and duration are the published ones, blanks included."""
        effect = effect_of(knowledge, row)
        low, high = micrometres(row["length_min_mm"]), micrometres(row["length_max_mm"])
        lengths = None if low is None or high is None else mn.LengthRange.of(low, high)
        assert row["class"] in {"expected", "adverse"}
        assert effect.expected is (row["class"] == "expected")
        assert effect.lengths == lengths
        assert effect.onset == hours(row["onset_hours_min"], row["onset_hours_max"])
        assert effect.duration == hours(row["duration_hours_min"], row["duration_hours_max"])

    @each_side_effect
    def test_sources_and_indirectness(self, knowledge: mn.Knowledge, row: Row) -> None:
        """Law: every source that was read is cited, and borrowed evidence is called so."""
        effect = effect_of(knowledge, row)
        assert set(sources_of(row)) <= cited(effect.citations)
        assert effect.indirect is ("indirect" in row["seen"])

    @each_side_effect
    def test_frequencies(self, knowledge: mn.Knowledge, row: Row) -> None:
        """Law: a frequency exists only where one was published, and is that one."""
        shares = [share(frequency) for frequency in effect_of(knowledge, row).frequencies]
        if not row["frequency_low"]:
            assert not shares
            return
        published = (Fraction(row["frequency_low"]), Fraction(row["frequency_high"]))
        assert (round(min(shares), 3), round(max(shares), 3)) == published

    def test_frequencies_are_sourced(self, knowledge: mn.Knowledge) -> None:
        """Law: counts are the transcribed ones, with a population and a source of the effect."""
        for effect in knowledge.effects:
            first = effect.citations[0].source.id
            told = [row["note"] for row in SIDE_EFFECTS if sources_of(row)[0] == first]
            figures = set(FIGURE.findall(" ".join(told)))
            for frequency in effect.frequencies:
                assert frequency.population, effect.id
                assert cited(frequency.citations) <= cited(effect.citations), effect.id
                if frequency.percent is None:
                    assert str(frequency.out_of) in figures, effect.id


DAYS = range(61)
RED_FLAGS = (
    mn.SideEffectCode.BACTERIAL_INFECTION,
    mn.SideEffectCode.HERPES_REACTIVATION,
    mn.SideEffectCode.GRANULOMATOUS_REACTION,
    mn.SideEffectCode.SYSTEMIC_HYPERSENSITIVITY,
    mn.SideEffectCode.MYCOBACTERIAL_INFECTION,
    mn.SideEffectCode.TRAM_TRACK_SCARRING,
    mn.SideEffectCode.RAISED_SCAR,
    mn.SideEffectCode.KOEBNERISATION,
    mn.SideEffectCode.ANAESTHETIC_TOXICITY,
    mn.SideEffectCode.ANAPHYLAXIS,
    mn.SideEffectCode.BLOOD_BORNE_VIRUS,
    mn.SideEffectCode.EYE_INJURY,
    mn.SideEffectCode.PERSISTENT_BLEEDING,
)
BEYOND_A_WEEK = (
    mn.SideEffectCode.ERYTHEMA,
    mn.SideEffectCode.TRANSIENT_EFFECTS,
    mn.SideEffectCode.OEDEMA,
    mn.SideEffectCode.PAIN,
    mn.SideEffectCode.BURNING_OR_STINGING,
    mn.SideEffectCode.PINPOINT_BLEEDING,
    mn.SideEffectCode.CRUSTING_OR_FLAKING,
    mn.SideEffectCode.DRYNESS,
    mn.SideEffectCode.TIGHTNESS_OR_SENSITIVITY,
    mn.SideEffectCode.ITCHING,
    mn.SideEffectCode.BRUISING,
    mn.SideEffectCode.LYMPHADENOPATHY,
    mn.SideEffectCode.IRRITANT_DERMATITIS,
)


class TestResponses:
    """Whatever follows a session, there is one answer, and worse is never answered more mildly."""

    @pytest.mark.parametrize("effect", mn.SideEffectCode)
    def test_total_and_single(self, knowledge: mn.Knowledge, effect: mn.SideEffectCode) -> None:
        """Law: each effect, severity and day has exactly one response, with advice and source."""
        for severity in mn.Severity:
            for day in DAYS:
                found = [r for r in knowledge.responses if r.covers(effect, severity, day)]
                assert found == [knowledge.response(effect, severity, day)], (severity, day)
                assert found[0].advice
                assert found[0].citations

    @pytest.mark.parametrize("effect", mn.SideEffectCode)
    def test_monotone_in_severity(self, knowledge: mn.Knowledge, effect: mn.SideEffectCode) -> None:
        """Law: a more severe effect is never answered more mildly."""
        for day in DAYS:
            for milder, worse in pairwise(mn.Severity):
                first = knowledge.response(effect, milder, day)
                second = knowledge.response(effect, worse, day)
                assert first.action <= second.action, (milder, worse, day)
                assert first.red_flag <= second.red_flag, (milder, worse, day)

    @pytest.mark.parametrize("effect", mn.SideEffectCode)
    def test_monotone_in_time(self, knowledge: mn.Knowledge, effect: mn.SideEffectCode) -> None:
        """Law: an effect that lasts is never answered more mildly than the day before."""
        for severity in mn.Severity:
            for day, next_day in pairwise(DAYS):
                first = knowledge.response(effect, severity, day)
                second = knowledge.response(effect, severity, next_day)
                assert first.action <= second.action, (severity, day)
                assert first.red_flag <= second.red_flag, (severity, day)

    def test_red_flags_refer(self, knowledge: mn.Knowledge) -> None:
        """Law: where waiting may harm, the least that is done is to refer."""
        flagged = [response for response in knowledge.responses if response.red_flag]
        assert flagged
        assert all(response.action >= mn.Action.REFER for response in flagged)

    @pytest.mark.parametrize("effect", RED_FLAGS)
    def test_red_flags_never_wait(self, knowledge: mn.Knowledge, effect: mn.SideEffectCode) -> None:
        """Law: what is a red flag by its nature is one on any day at any severity."""
        for severity in mn.Severity:
            for day in DAYS:
                assert knowledge.response(effect, severity, day).red_flag, (severity, day)

    @pytest.mark.parametrize("effect", BEYOND_A_WEEK)
    def test_no_transient_effect_goes_on_for_ever(
        self, knowledge: mn.Knowledge, effect: mn.SideEffectCode
    ) -> None:
        """Law: past the seven days reported for transient effects the course pauses at least."""
        for severity in mn.Severity:
            assert knowledge.response(effect, severity, 8).action >= mn.Action.PAUSE


# Hundredths of a millimetre, male and female: epidermis, then dermis.
ULTRASOUND = {
    mn.Site.FOREHEAD: ("forehead", (22, 20), (117, 86)),
    mn.Site.GLABELLA: ("glabella", (21, 19), (114, 90)),
    mn.Site.TEMPLE: ("temple", (19, 18), (106, 80)),
    mn.Site.PERIORBITAL: ("eyelid", (18, 17), (67, 58)),
    mn.Site.NOSE: ("nasal dorsum", (20, 19), (103, 93)),
    mn.Site.CHEEK: ("zygoma", (19, 20), (114, 87)),
    mn.Site.CHIN: ("submandibular", (21, 18), (102, 91)),
    mn.Site.NECK: ("neck", (19, 17), (98, 99)),
}

# Nanometres by source: layer, sex, least, most.
OTHER_THICKNESS = {
    "chopra-2015": {
        ("dermis", "any", 758_900, 758_900),
        ("dermis", "any", 1_969_200, 1_969_200),
        ("dermis", "any", 758_900, 1_969_200),
        ("epidermis", "any", 62_600, 62_600),
        ("epidermis", "any", 29_600, 62_600),
    },
    "korea": {
        ("dermis", "any", 1_318_000, 1_586_000),
        ("dermis", "any", 1_942_000, 1_942_000),
        ("total", "any", 1_977_000, 1_977_000),
        ("total", "any", 521_000, 626_000),
    },
    "oltulu-2018": {
        ("dermis", "female", 2_115_000, 2_115_000),
        ("dermis", "any", 2_115_000, 5_888_000),
    },
    "selcuk-thickness": {
        ("total", "male", 1_756_000, 2_022_500),
        ("total", "female", 1_234_830, 1_599_330),
    },
}


class TestThickness:
    """Skin thickness is the published mean, with its method and its landmark."""

    @pytest.mark.parametrize("site", ULTRASOUND)
    def test_ultrasound_means(self, knowledge: mn.Knowledge, site: mn.Site) -> None:
        """Law: the ultrasound table's means are held exactly, in nanometres, under its words."""
        landmark, *layers = ULTRASOUND[site]
        held = {
            (row.layer, row.sex): (row.min_nm, row.max_nm, row.method, row.landmark)
            for row in knowledge.thickness
            if row.site is site and row.source.id == "us-thickness-2022"
        }
        assert held == {
            (layer, sex): (mean * 10_000, mean * 10_000, "ultrasound", landmark)
            for layer, means in zip(("epidermis", "dermis"), layers, strict=True)
            for sex, mean in zip(("male", "female"), means, strict=True)
        }

    def test_no_other_site_was_measured(self, knowledge: mn.Knowledge) -> None:
        """Law: no site has an ultrasound mean but the eight, and the lid's own skin once more."""
        held: dict[mn.Site, set[tuple[str, str, int, int]]] = {}
        for row in knowledge.thickness:
            if row.source.id == "us-thickness-2022":
                found = (row.layer, row.sex, row.min_nm, row.max_nm)
                held.setdefault(row.site, set()).add(found)
        assert set(held) == {*ULTRASOUND, mn.Site.INSIDE_ORBITAL_RIM}
        assert held[mn.Site.INSIDE_ORBITAL_RIM] == held[mn.Site.PERIORBITAL]

    @pytest.mark.parametrize("source", OTHER_THICKNESS)
    def test_other_methods(self, knowledge: mn.Knowledge, source: str) -> None:
        """Law: what other methods measured stands beside it, in the figures of its source."""
        held = {
            (row.layer, row.sex, row.min_nm, row.max_nm)
            for row in knowledge.thickness
            if row.source.id == source
        }
        assert held == OTHER_THICKNESS[source]
        methods = {row.method for row in knowledge.thickness if row.source.id == source}
        assert len(methods) == 1
        assert "ultrasound" not in methods


# Hours, the least and the most that any source gives.
PUBLISHED_CARE = {
    "pause_topical_retinoid": (12, 240),
    "pause_acids_and_scrubs": (24, 240),
    "pause_elective_nsaid": (24, 336),
    "avoid_sun_before": (4, 672),
    "start_antiviral_if_cold_sores": (0, 48),
    "protect_from_contamination_and_uv": (48, 72),
    "no_pool_or_sauna": (48, 72),
    "no_peel_hair_removal_or_self_tan": (48, 72),
    "no_heavy_exercise": (12, 96),
    "no_make_up": (12, 168),
    "start_sunscreen": (0, 72),
    "avoid_sun_after": (12, 504),
    "hold_retinoid_and_acids_after": (48, 240),
    "no_self_tan_before": (48, 672),
    "sunscreen_before": (168, 336),
    "pause_supplements": (24, 336),
    "pause_vitamin_c_before": (72, 168),
    "no_alcohol_before": (24, 120),
    "shave_before_session": (24, 24),
    "drink_water": (24, 24),
    "come_with_clean_skin": (0, 24),
    "no_elective_nsaid_after": (24, 168),
    "no_hair_wash": (8, 24),
    "no_alcohol_after": (24, 48),
    "no_heat": (24, 504),
    "no_scrubs_after": (24, 168),
    "no_vitamin_c_after": (72, 168),
    "moisturise_at_home": (168, 168),
    "no_alcohol_or_fragrance_on_skin": (72, 336),
    "no_picking": (24, 168),
    "plan_downtime": (24, 168),
    "use_provider_products_only": (24, 168),
    "no_injections_after": (24, 336),
    "no_other_treatments_after": (48, 730),
    "hyaluronic_acid_after": (24, 48),
    "cleanse_gently": (24, 96),
    "rest_the_skin": (8, 48),
    "no_caffeine_before": (4, 120),
    "keep_hair_off_the_area": (24, 24),
}


class TestCare:
    """Care before and after stays within what leaflets and labels say."""

    def test_published_hours(self, knowledge: mn.Knowledge) -> None:
        """Law: the spread of hours is the published one, and none is invented."""
        held = {
            step.code: (step.published_min_hours, step.published_max_hours)
            for step in knowledge.care
            if step.published_min_hours is not None or step.published_max_hours is not None
        }
        assert held == PUBLISHED_CARE

    @pytest.mark.parametrize("code", PUBLISHED_CARE)
    def test_days_within_published_hours(self, knowledge: mn.Knowledge, code: str) -> None:
        """Law: a step reaches as far from the session as some source says, and no farther."""
        (step,) = (step for step in knowledge.care if step.code == code)
        shortest, longest = (math.ceil(Fraction(h, 24)) for h in PUBLISHED_CARE[code])
        near, far = sorted((abs(step.from_day), abs(step.to_day)))
        assert shortest <= far <= longest
        assert near <= 1

    def test_every_strictness_is_used(self, knowledge: mn.Knowledge) -> None:
        """Law: care says how firmly it is asked for: must, should and may all occur."""
        assert {step.strictness for step in knowledge.care} == set(mn.Strictness)

    def test_musts_are_not_leaflets(self, knowledge: mn.Knowledge) -> None:
        """Law: nothing is a must on the word of a clinic leaflet alone."""
        for step in knowledge.care:
            if step.strictness is mn.Strictness.MUST:
                assert cited(step.citations) - {"clinics", "editorial"}, step.code


# Device, sites, skin types and micrometres as the records state them: all types where a record
# names none, no length where none was seen.
ALL_TYPES = ("I", "II", "III", "IV", "V", "VI")
CLEARANCES = {
    "DEN160029": ("SkinPen Precision", ("face",), ALL_TYPES, 1500),
    "K202243": ("SkinPen Precision", ("neck",), ("II", "III", "IV"), 2500),
    "K202243-acne-scars": ("SkinPen Precision", ("face",), ALL_TYPES, None),
    "K180778": ("Exceed", ("glabella", "periorbital", "cheek"), ("I", "II", "III"), 1500),
    "K182407": ("Exceed", ("face",), ("I", "II", "III", "IV"), 1500),
    "K192138": ("Rejuvapen NXT", ("periorbital",), ("I", "II", "III", "IV"), 2500),
    "K200044": ("SkinStylus SteriLock", ("abdomen",), ALL_TYPES, 2500),
    "K230420": ("Dr.pen Microneedling System", ("face",), ALL_TYPES, 2000),
    "K243800": ("PRO Pen", ("face",), ALL_TYPES, 1500),
    "K233709": ("Exceed Unlimited", ("glabella", "periorbital", "cheek"), ("I", "II", "III"), 1500),
    "K233709-acne-scars": ("Exceed Unlimited", ("face",), ("I", "II", "III", "IV"), 1500),
    "K253002": ("SkinStylus SteriLock MicroSystem (MP1209SL)", ("periorbital",), ALL_TYPES, 2500),
}


class TestClearances:
    """A United States clearance covers what the regulator's record says, and no more."""

    def test_all_are_present(self, knowledge: mn.Knowledge) -> None:
        """Law: all files of the list are held, and what was not seen of one covers nothing."""
        seen = {c.id for c in knowledge.clearances if c.skin_types}
        assert seen == set(CLEARANCES)
        assert len({c.id.partition("-")[0] for c in knowledge.clearances}) == 26
        for clearance in knowledge.clearances:
            assert clearance.decided_on is not None
            if clearance.id not in seen:
                assert clearance.device_kind is None

    @pytest.mark.parametrize("number", CLEARANCES)
    def test_scope(self, knowledge: mn.Knowledge, number: str) -> None:
        """Law: device, sites, skin types, length and age of a clearance are the record's."""
        (held,) = (row for row in knowledge.clearances if row.id == number)
        device, sites, skin_types, longest = CLEARANCES[number]
        assert held.device == device
        assert held.sites == tuple(mn.Site(code) for code in sites)
        assert held.skin_types == tuple(mn.SkinType(code) for code in skin_types)
        assert (held.longest.um if held.longest else None) == longest
        assert held.youngest_years == (34 if number == "K253002" else 22)
        if number == "K253002":
            assert cited(held.citations) == {"qai-list", "qai-notes"}
            return
        assert number.lower().partition("-")[0] in cited(held.citations)
