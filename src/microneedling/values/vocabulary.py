"""
The words of the field as closed, coded enumerations.

A member's value is its code: stable, never reused, the same in documents,
tables and messages. The wording shown to people is kept elsewhere, in the
knowledge, so that it can be translated without touching identity.
"""

from enum import unique

from microneedling.values.codes import Code, OrderedCode

__all__ = [
    "Anaesthesia",
    "DeviceKind",
    "EndPoint",
    "Finding",
    "Indication",
    "Setting",
    "Severity",
    "Sex",
    "SideEffectCode",
    "Site",
    "SkinType",
]


@unique
class Indication(Code):
    """
    What is treated, or is asked about.

    Some are named so that they can be asked about: see `IndicationRule.never_offered`.

    >>> Indication("melasma")
    <Indication.MELASMA: 'melasma'>
    """

    FINE_LINES = "fine_lines"
    DEEP_WRINKLES = "deep_wrinkles"
    LAXITY = "laxity"
    AGEING_SKIN = "ageing_skin"
    PREVENTION = "prevention"
    PHOTODAMAGE = "photodamage"
    HYPERPIGMENTATION = "hyperpigmentation"
    POST_INFLAMMATORY_HYPERPIGMENTATION = "post_inflammatory_hyperpigmentation"
    MELASMA = "melasma"
    ENLARGED_PORES = "enlarged_pores"
    PRODUCT_ABSORPTION = "product_absorption"
    ACNE_SCAR_UNSPECIFIED = "acne_scar_unspecified"
    ACNE_SCAR_ROLLING = "acne_scar_rolling"
    ACNE_SCAR_BOXCAR = "acne_scar_boxcar"
    ACNE_SCAR_ICEPICK = "acne_scar_icepick"
    SURGICAL_SCAR = "surgical_scar"
    TRAUMATIC_SCAR = "traumatic_scar"
    BURN_SCAR = "burn_scar"
    STRIAE = "striae"
    ANDROGENETIC_ALOPECIA = "androgenetic_alopecia"
    STRIAE_RED = "striae_red"
    STRIAE_WHITE = "striae_white"
    PERIORBITAL_PIGMENTATION = "periorbital_pigmentation"
    VARICELLA_SCAR = "varicella_scar"
    LIP_SCAR = "lip_scar"
    ALOPECIA_AREATA = "alopecia_areata"
    HYPERTROPHIC_SCAR = "hypertrophic_scar"
    KELOID_SCAR = "keloid_scar"
    VITILIGO = "vitiligo"
    ACTINIC_KERATOSIS = "actinic_keratosis"
    ACNE = "acne"
    ROSACEA = "rosacea"
    WARTS = "warts"


@unique
class Severity(OrderedCode):
    """
    How marked a condition or a side effect is: mild, moderate or severe.

    >>> [severity.value for severity in Severity]
    ['mild', 'moderate', 'severe']
    """

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


@unique
class Site(Code):
    """
    The anatomical treatment area.

    Some are named so that they can be refused: no edition of the knowledge supports needling
    inside the orbital rim, on the vermilion or on mucous membrane.

    >>> Site("decolletage")
    <Site.DECOLLETAGE: 'decolletage'>
    """

    FOREHEAD = "forehead"
    GLABELLA = "glabella"
    TEMPLE = "temple"
    PERIORBITAL = "periorbital"
    NOSE = "nose"
    CHEEK = "cheek"
    PERIORAL = "perioral"
    CHIN = "chin"
    FACE = "face"
    NECK = "neck"
    DECOLLETAGE = "decolletage"
    HAND = "hand"
    ABDOMEN = "abdomen"
    TRUNK = "trunk"
    LIMB = "limb"
    SCALP = "scalp"
    INSIDE_ORBITAL_RIM = "inside_orbital_rim"
    VERMILION = "vermilion"
    MUCOSA = "mucosa"
    JAWLINE = "jawline"
    BEARD = "beard"
    EYEBROW = "eyebrow"
    UPPER_LIP_SKIN = "upper_lip_skin"
    EAR_LOBE = "ear_lobe"
    CHEST = "chest"
    BREAST = "breast"
    BACK = "back"
    FLANK = "flank"
    BUTTOCK = "buttock"
    UPPER_ARM = "upper_arm"
    THIGH = "thigh"
    KNEE = "knee"
    LOWER_LEG = "lower_leg"


@unique
class SkinType(Code):
    """
    The Fitzpatrick skin type, I to VI.

    >>> SkinType("IV")
    <SkinType.IV: 'IV'>
    """

    I = "I"  # noqa: E741 - the Roman numeral is the type's name
    II = "II"
    III = "III"
    IV = "IV"
    V = "V"
    VI = "VI"


@unique
class Sex(Code):
    """
    The sex, as far as it is recorded.

    >>> Sex("female")
    <Sex.FEMALE: 'female'>
    """

    FEMALE = "female"
    MALE = "male"
    INTERSEX = "intersex"


@unique
class Setting(Code):
    """
    Where the needling is done.

    >>> [setting.value for setting in Setting]
    ['clinic', 'home']
    """

    CLINIC = "clinic"
    HOME = "home"


@unique
class DeviceKind(Code):
    """
    What holds the needles.

    >>> [kind.value for kind in DeviceKind]
    ['pen', 'roller', 'stamp', 'radiofrequency']
    """

    PEN = "pen"
    ROLLER = "roller"
    STAMP = "stamp"
    RADIOFREQUENCY = "radiofrequency"


@unique
class Anaesthesia(OrderedCode):
    """
    What is done against pain, in rising order.

    ``optional`` means that a numbing cream is usually not needed.

    >>> [kind.value for kind in Anaesthesia]
    ['none', 'optional', 'topical', 'tumescent', 'general']
    """

    NONE = "none"
    OPTIONAL = "optional"
    TOPICAL = "topical"
    TUMESCENT = "tumescent"
    GENERAL = "general"


@unique
class EndPoint(Code):
    """
    The visible sign at which a session's needling stops.

    >>> EndPoint("mild_erythema")
    <EndPoint.MILD_ERYTHEMA: 'mild_erythema'>
    """

    PINKNESS = "pinkness"
    MILD_ERYTHEMA = "mild_erythema"
    PINPOINT_BLEEDING = "pinpoint_bleeding"


@unique
class Finding(Code):
    """
    A fact about the patient that may speak against or limit treatment.

    What each one means, how it is asked for and how long to wait is data: see
    `Knowledge.findings`.

    >>> Finding("isotretinoin")
    <Finding.ISOTRETINOIN: 'isotretinoin'>
    """

    ACTIVE_INFECTION = "active_infection"
    ACTIVE_HERPES = "active_herpes"
    HERPES_HISTORY = "herpes_history"
    OPEN_WOUND = "open_wound"
    SKIN_CANCER = "skin_cancer"
    ACTINIC_KERATOSIS = "actinic_keratosis"
    RAISED_LESION = "raised_lesion"
    BLEEDING_DISORDER = "bleeding_disorder"
    ANTICOAGULANT = "anticoagulant"
    KELOID_TENDENCY = "keloid_tendency"
    HYPERTROPHIC_SCAR_HISTORY = "hypertrophic_scar_history"
    ISOTRETINOIN = "isotretinoin"
    ACTIVE_ACNE = "active_acne"
    ROSACEA = "rosacea"
    ECZEMA_PSORIASIS = "eczema_psoriasis"
    KOEBNER_DISEASE = "koebner_disease"
    AUTOIMMUNE_SKIN_DISEASE = "autoimmune_skin_disease"
    IMPAIRED_HEALING = "impaired_healing"
    DIABETES_UNREGULATED = "diabetes_unregulated"
    DIABETES_CONTROLLED = "diabetes_controlled"
    IMMUNOSUPPRESSION = "immunosuppression"
    CYTOTOXIC_TREATMENT = "cytotoxic_treatment"
    SYSTEMIC_INFECTION = "systemic_infection"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    METAL_ALLERGY = "metal_allergy"
    ANAESTHETIC_ALLERGY = "anaesthetic_allergy"
    TOPICAL_ANAESTHETIC_BARRED = "topical_anaesthetic_barred"
    DERMAL_FILLER = "dermal_filler"
    BOTULINUM_TOXIN = "botulinum_toxin"
    PLASTIC_SURGERY = "plastic_surgery"
    YOUNG_SCAR = "young_scar"
    LASER_OR_IPL = "laser_or_ipl"
    CHEMICAL_PEEL = "chemical_peel"
    DEEP_PEEL = "deep_peel"
    SUNBURN_OR_TAN = "sunburn_or_tan"
    TOPICAL_RETINOID = "topical_retinoid"
    TATTOO = "tattoo"
    CARDIAC_ABNORMALITY = "cardiac_abnormality"
    AGE_UNDER_18 = "age_under_18"
    AGE_UNDER_22 = "age_under_22"
    SKIN_TYPE_IV_TO_VI = "skin_type_iv_to_vi"
    INSIDE_ORBITAL_RIM = "inside_orbital_rim"
    UNSUITABLE_SERUM = "unsuitable_serum"
    SHARED_NEEDLE = "shared_needle"
    FEW_PIMPLES = "few_pimples"
    CHANGING_LESION = "changing_lesion"
    ACTINIC_KERATOSES_MANY = "actinic_keratoses_many"
    SKIN_CANCER_TREATED = "skin_cancer_treated"
    KELOID_ELSEWHERE = "keloid_elsewhere"
    INFECTION_SPREADING = "infection_spreading"
    SHARED_NEEDLE_EXPOSURE = "shared_needle_exposure"
    ANTICOAGULANT_COMBINED = "anticoagulant_combined"
    NSAID_BY_CHOICE = "nsaid_by_choice"
    VIRAL_INFECTION_CONTROLLED = "viral_infection_controlled"
    ECZEMA_PSORIASIS_ELSEWHERE = "eczema_psoriasis_elsewhere"
    ROSACEA_QUIET = "rosacea_quiet"
    MORPHEA_AT_SITE = "morphea_at_site"
    NEEDLE_REACTION = "needle_reaction"
    IRRADIATED_SITE = "irradiated_site"
    KOEBNER_ACTIVE = "koebner_active"
    AUTOIMMUNE_ACTIVE = "autoimmune_active"
    ABLATIVE_LASER = "ablative_laser"
    HAIR_REMOVAL = "hair_removal"
    PRESCRIBED_TOPICAL_RETINOID = "prescribed_topical_retinoid"
    SMOKING = "smoking"
    BODY_DYSMORPHIA = "body_dysmorphia"
    CONTACT_ALLERGY = "contact_allergy"
    PHOTOSENSITISER = "photosensitiser"
    MELASMA_NOT_TREATED = "melasma_not_treated"
    PIERCING = "piercing"
    IMPLANT_UNDER_SKIN = "implant_under_skin"
    AUTOIMMUNE_ELSEWHERE = "autoimmune_elsewhere"
    OTHER_SKIN_DISEASE = "other_skin_disease"
    EXFOLIANT_USE = "exfoliant_use"
    SEVERE_ALLERGY = "severe_allergy"
    TOPICAL_MEDICINE = "topical_medicine"
    SENSITIVE_SKIN = "sensitive_skin"
    BLEEDING_SUPPLEMENT = "bleeding_supplement"
    PIH_HISTORY = "pih_history"
    CANCER_ELSEWHERE = "cancer_elsewhere"
    TELANGIECTASIA = "telangiectasia"
    OTHER_SYSTEMIC_DISEASE = "other_systemic_disease"
    HYPERTENSION = "hypertension"
    SYSTEMIC_ANTIBIOTIC = "systemic_antibiotic"
    FRAGILE_SKIN = "fragile_skin"


@unique
class SideEffectCode(Code):
    """
    A response to needling that may follow a session.

    >>> SideEffectCode("erythema")
    <SideEffectCode.ERYTHEMA: 'erythema'>
    """

    ERYTHEMA = "erythema"
    TRANSIENT_EFFECTS = "transient_effects"
    OEDEMA = "oedema"
    PAIN = "pain"
    BURNING_OR_STINGING = "burning_or_stinging"
    PINPOINT_BLEEDING = "pinpoint_bleeding"
    CRUSTING_OR_FLAKING = "crusting_or_flaking"
    DRYNESS = "dryness"
    TIGHTNESS_OR_SENSITIVITY = "tightness_or_sensitivity"
    ITCHING = "itching"
    BRUISING = "bruising"
    LYMPHADENOPATHY = "lymphadenopathy"
    IRRITANT_DERMATITIS = "irritant_dermatitis"
    POST_INFLAMMATORY_HYPERPIGMENTATION = "post_inflammatory_hyperpigmentation"
    TRAM_TRACK_SCARRING = "tram_track_scarring"
    MILIA = "milia"
    ACNE_FLARE = "acne_flare"
    HERPES_REACTIVATION = "herpes_reactivation"
    BACTERIAL_INFECTION = "bacterial_infection"
    MYCOBACTERIAL_INFECTION = "mycobacterial_infection"
    BLOOD_BORNE_VIRUS = "blood_borne_virus"
    GRANULOMATOUS_REACTION = "granulomatous_reaction"
    SYSTEMIC_HYPERSENSITIVITY = "systemic_hypersensitivity"
    METAL_DERMATITIS = "metal_dermatitis"
    KOEBNERISATION = "koebnerisation"
    RAISED_SCAR = "raised_scar"
    SERIOUS_ADVERSE_EVENT = "serious_adverse_event"
    ANAESTHETIC_TOXICITY = "anaesthetic_toxicity"
    ANAPHYLAXIS = "anaphylaxis"
    EYE_INJURY = "eye_injury"
    PERSISTENT_BLEEDING = "persistent_bleeding"
    HYPOPIGMENTATION = "hypopigmentation"
    PERSISTENT_ERYTHEMA = "persistent_erythema"
    WARMTH = "warmth"
    SUN_SENSITIVITY = "sun_sensitivity"
    ALLERGIC_REACTION = "allergic_reaction"
    RASH_OR_HIVES = "rash_or_hives"
    BLISTERING = "blistering"
    SKIN_NECROSIS = "skin_necrosis"
    NERVE_INJURY = "nerve_injury"
    SLOW_HEALING = "slow_healing"
    SCARRING = "scarring"
    SKIN_TEAR = "skin_tear"
