"""
What people call what the codes stand for.

An answer is shown without an edition at hand, and in the same words under each edition: so the
words are those of the code itself, and stand here where these alone would not be understood.
"""

from collections.abc import Iterable
from enum import Enum

from microneedling.display.languages import say, told
from microneedling.values.evidence import Grade
from microneedling.values.finding_kinds import Role
from microneedling.values.populations import Adjunct
from microneedling.values.vocabulary import (
    Anaesthesia,
    DeviceKind,
    EndPoint,
    Finding,
    Indication,
    Setting,
    Severity,
    Sex,
    SideEffectCode,
    Site,
    SkinType,
)

__all__ = ["english", "label", "labels", "sentence", "stated", "words"]

# By the enumeration first: members of two that have one code are equal, and not the same thing.
_LABELS: dict[type[Enum], dict[Enum, str]] = {
    Indication: {
        Indication.LAXITY: "lax skin",
        Indication.PREVENTION: "prevention of skin ageing",
        Indication.POST_INFLAMMATORY_HYPERPIGMENTATION: "post-inflammatory hyperpigmentation",
        Indication.PRODUCT_ABSORPTION: "absorption of products",
        Indication.ACNE_SCAR_UNSPECIFIED: "atrophic acne scars",
        Indication.ACNE_SCAR_ROLLING: "rolling acne scars",
        Indication.ACNE_SCAR_BOXCAR: "boxcar acne scars",
        Indication.ACNE_SCAR_ICEPICK: "icepick acne scars",
        Indication.SURGICAL_SCAR: "surgical scars",
        Indication.TRAUMATIC_SCAR: "traumatic scars",
        Indication.BURN_SCAR: "burn scars",
        Indication.STRIAE_RED: "red stretch marks",
        Indication.STRIAE_WHITE: "white stretch marks",
        Indication.PERIORBITAL_PIGMENTATION: "dark circles around the eyes",
        Indication.VARICELLA_SCAR: "chickenpox scars",
        Indication.LIP_SCAR: "scars of the lip",
        Indication.HYPERTROPHIC_SCAR: "hypertrophic scars",
        Indication.KELOID_SCAR: "keloids",
        Indication.ACTINIC_KERATOSIS: "actinic (solar) keratoses",
        Indication.ACNE: "active acne",
    },
    Site: {
        Site.PERIORBITAL: "around the eyes",
        Site.PERIORAL: "around the mouth",
        Site.FACE: "whole face",
        Site.HAND: "back of the hand",
        Site.LIMB: "arm or leg",
        Site.VERMILION: "red of the lips",
        Site.MUCOSA: "mucous membrane",
        Site.BEARD: "beard area",
        Site.UPPER_LIP_SKIN: "skin of the upper lip",
        Site.FLANK: "flank or hip",
    },
    DeviceKind: {
        DeviceKind.PEN: "needle pen",
        DeviceKind.ROLLER: "needle roller",
        DeviceKind.STAMP: "needle stamp",
        DeviceKind.RADIOFREQUENCY: "radio-frequency device",
    },
    Anaesthesia: {
        Anaesthesia.NONE: "no numbing",
        Anaesthesia.OPTIONAL: "numbing cream usually not needed",
        Anaesthesia.TOPICAL: "numbing cream",
        Anaesthesia.TUMESCENT: "tumescent anaesthesia",
        Anaesthesia.GENERAL: "general anaesthesia",
    },
    EndPoint: {
        EndPoint.PINKNESS: "faint redness",
        EndPoint.MILD_ERYTHEMA: "mild redness",
    },
    Adjunct: {
        Adjunct.PEEL_GLYCOLIC: "glycolic acid peel",
        Adjunct.PEEL_OTHER: "another peel",
        Adjunct.PEEL_TCA: "trichloroacetic acid peel",
        Adjunct.PLATELET_RICH_PLASMA: "platelet-rich plasma",
        Adjunct.ORAL_OTHER: "something by mouth",
        Adjunct.TOPICAL_OTHER: "another product on the skin",
        Adjunct.TRIPLE_CREAM: "triple-combination cream",
        Adjunct.VITAMIN_C: "vitamin C",
        Adjunct.OTHER: "something else",
    },
    Grade: {
        Grade.SYSTEMATIC_REVIEW: "systematic reviews",
        Grade.GUIDELINE: "guidelines",
        Grade.RCT: "randomised trials",
        Grade.COHORT: "cohorts or series",
        Grade.REGULATORY: "regulators' records",
        Grade.CASE_REPORT: "case reports",
        Grade.NARRATIVE_REVIEW: "narrative reviews",
        Grade.LABORATORY: "laboratory work",
        Grade.EXPERT_OPINION: "expert opinion",
        Grade.MANUFACTURER: "manufacturers",
        Grade.BLOG: "web pages",
        Grade.EDITORIAL: "inference of this edition",
    },
    Finding: {
        Finding.RAISED_LESION: "mole or raised lesion",
        Finding.ANTICOAGULANT: "anticoagulant or antiplatelet drug",
        Finding.KOEBNER_DISEASE: "vitiligo or other Koebner-prone disease",
        Finding.ECZEMA_PSORIASIS: "eczema or psoriasis at the site",
        Finding.ECZEMA_PSORIASIS_ELSEWHERE: "eczema or psoriasis elsewhere or quiet",
        Finding.IMPAIRED_HEALING: "impaired healing or long corticosteroid",
        Finding.DIABETES_UNREGULATED: "poorly controlled diabetes",
        Finding.DIABETES_CONTROLLED: "controlled diabetes",
        Finding.CYTOTOXIC_TREATMENT: "cytotoxic treatment",
        Finding.SYSTEMIC_INFECTION: "infection of the blood, not known controlled",
        Finding.VIRAL_INFECTION_CONTROLLED: "hepatitis or HIV, controlled",
        Finding.LASER_OR_IPL: "laser or IPL",
        Finding.SUNBURN_OR_TAN: "sunburn or fresh tan",
        Finding.TOPICAL_RETINOID: "topical retinoid by choice",
        Finding.TATTOO: "tattoo or permanent make-up",
        Finding.SKIN_TYPE_IV_TO_VI: "skin type IV to VI",
        Finding.ACTINIC_KERATOSES_MANY: "several actinic keratoses",
        Finding.ACTINIC_KERATOSIS: "one actinic keratosis",
        Finding.SKIN_CANCER_TREATED: "treated skin cancer",
        Finding.INFECTION_SPREADING: "fever or spreading infection",
        Finding.SHARED_NEEDLE_EXPOSURE: "a shared needle was used on this patient",
        Finding.ANTICOAGULANT_COMBINED: "anticoagulant with antiplatelet, or INR out of range",
        Finding.NSAID_BY_CHOICE: "painkiller (NSAID) by choice",
        Finding.ROSACEA_QUIET: "quiet rosacea",
        Finding.KOEBNER_ACTIVE: "spreading vitiligo or the like",
        Finding.AUTOIMMUNE_ACTIVE: "autoimmune disease active on the skin",
        Finding.AUTOIMMUNE_ELSEWHERE: "autoimmune disease, not of the skin",
        Finding.BODY_DYSMORPHIA: "body dysmorphia",
        Finding.PHOTOSENSITISER: "light-sensitising drug",
        Finding.MELASMA_NOT_TREATED: "melasma that is not what is treated",
        Finding.IMPLANT_UNDER_SKIN: "implant under the skin",
        Finding.BLEEDING_SUPPLEMENT: "supplement held to thin the blood",
        Finding.PIH_HISTORY: "marks after inflammation in the past",
        Finding.CANCER_ELSEWHERE: "cancer, not of the skin",
        Finding.HYPERTENSION: "high blood pressure",
        Finding.SYSTEMIC_ANTIBIOTIC: "antibiotic by mouth",
        Finding.TELANGIECTASIA: "widened vessels or lasting redness",
    },
    SideEffectCode: {
        SideEffectCode.ERYTHEMA: "redness",
        SideEffectCode.TRANSIENT_EFFECTS: "passing effects",
        SideEffectCode.OEDEMA: "swelling",
        SideEffectCode.LYMPHADENOPATHY: "swollen lymph nodes",
        SideEffectCode.POST_INFLAMMATORY_HYPERPIGMENTATION: "dark marks",
        SideEffectCode.TRAM_TRACK_SCARRING: "tram-track scars",
        SideEffectCode.BLOOD_BORNE_VIRUS: "needlestick or shared needle",
        SideEffectCode.GRANULOMATOUS_REACTION: "granulomas",
        SideEffectCode.SYSTEMIC_HYPERSENSITIVITY: "general hypersensitivity",
        SideEffectCode.KOEBNERISATION: "koebnerised vitiligo",
        SideEffectCode.RAISED_SCAR: "raised scars",
        SideEffectCode.SERIOUS_ADVERSE_EVENT: "any serious event",
        SideEffectCode.ANAPHYLAXIS: "anaphylaxis",
        SideEffectCode.PERSISTENT_BLEEDING: "unstopped bleeding",
        SideEffectCode.HYPOPIGMENTATION: "light marks",
        SideEffectCode.SKIN_NECROSIS: "dying skin",
        SideEffectCode.SKIN_TEAR: "skin tears",
        SideEffectCode.SCARRING: "new scars",
        SideEffectCode.PERSISTENT_ERYTHEMA: "lasting redness",
        SideEffectCode.HERPES_REACTIVATION: "herpes",
        SideEffectCode.ALLERGIC_REACTION: "allergy",
    },
    Role: {
        Role.MENTAL_HEALTH_PROFESSIONAL: "mental-health professional",
    },
}


_STATED: dict[str, type[Enum]] = {
    "device": DeviceKind,
    "setting": Setting,
    "severity": Severity,
    "sex": Sex,
    "site": Site,
}


def words(code: str) -> str:
    """Take a code as the words it is made of."""
    return code.replace("_", " ").replace(".", ": ")


def stated(held: str) -> str:
    """Take a fact with the codes of whom it was documented for, ``fact: codes``, as words."""
    fact, _, codes = held.partition(": ")
    kind = _STATED.get(fact)
    tell = _age if kind is None else lambda code: label(kind(code))
    named = ", ".join(map(tell, codes.split(", ")))
    return f"{told('fact', words(fact))}: {named}"


def _age(stated_ages: str) -> str:
    """Tell ages as a study states them; what is no such words is told as it stands."""
    if stated_ages.endswith(" or older"):
        return say("fact.older", "{age} or older", age=stated_ages.removesuffix(" or older"))
    if stated_ages.startswith("up to "):
        return say("fact.up_to", "up to {age}", age=stated_ages.removeprefix("up to "))
    return stated_ages


def label(code: Enum) -> str:
    """Name what a code stands for."""
    if isinstance(code, SkinType):
        return say("label.SkinType", "skin type {type}", type=code.value)
    return told(f"label.{type(code).__name__}", english(code))


def english(code: Enum) -> str:
    """Give the label that is the source of all others."""
    return _LABELS.get(type(code), {}).get(code) or words(str(code.value))


def labels(codes: "Iterable[Enum]", joined: str = ", ") -> str:
    """Name several, each once."""
    return joined.join(dict.fromkeys(map(label, codes)))


def sentence(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
