"""Plain words of hand-outs: days, spans of time, counts, and side effects as patients know them."""

from typing import TYPE_CHECKING

from microneedling.display.labels import label
from microneedling.display.languages import counted, say, told
from microneedling.values.lengths import NeedleLength
from microneedling.values.vocabulary import Anaesthesia, Indication, Severity, SideEffectCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

__all__ = [
    "EFFECTS",
    "INDICATIONS",
    "MONTHS",
    "NUMBING",
    "at_hours",
    "between",
    "day_told",
    "days_told",
    "effect",
    "from_to",
    "millimetres",
    "names",
    "treated",
    "upper",
    "window",
]

_HOURS = 24
_MICROMETRES = 1000
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
EFFECTS: dict[SideEffectCode, str] = {
    SideEffectCode.ERYTHEMA: "redness",
    SideEffectCode.TRANSIENT_EFFECTS: "other short-lived effects",
    SideEffectCode.OEDEMA: "swelling",
    SideEffectCode.PAIN: "pain",
    SideEffectCode.BURNING_OR_STINGING: "burning or stinging",
    SideEffectCode.PINPOINT_BLEEDING: "tiny spots of blood",
    SideEffectCode.CRUSTING_OR_FLAKING: "crusts or flakes",
    SideEffectCode.DRYNESS: "dry skin",
    SideEffectCode.TIGHTNESS_OR_SENSITIVITY: "tight or tender skin",
    SideEffectCode.ITCHING: "itching",
    SideEffectCode.BRUISING: "bruises",
    SideEffectCode.LYMPHADENOPATHY: "swollen glands",
    SideEffectCode.IRRITANT_DERMATITIS: "skin that is sore from a product",
    SideEffectCode.POST_INFLAMMATORY_HYPERPIGMENTATION: "dark marks",
    SideEffectCode.TRAM_TRACK_SCARRING: "rows of scars",
    SideEffectCode.MILIA: "tiny white bumps",
    SideEffectCode.ACNE_FLARE: "more acne",
    SideEffectCode.HERPES_REACTIVATION: "cold sores",
    SideEffectCode.BACTERIAL_INFECTION: "skin infection",
    SideEffectCode.MYCOBACTERIAL_INFECTION: "slow skin infection",
    SideEffectCode.BLOOD_BORNE_VIRUS: "harm from a used or shared needle",
    SideEffectCode.GRANULOMATOUS_REACTION: "lumps in the skin from a product",
    SideEffectCode.SYSTEMIC_HYPERSENSITIVITY: "a reaction of the whole body",
    SideEffectCode.METAL_DERMATITIS: "a rash from metal",
    SideEffectCode.KOEBNERISATION: "new white patches",
    SideEffectCode.RAISED_SCAR: "raised scars",
    SideEffectCode.SERIOUS_ADVERSE_EVENT: "any other serious harm",
    SideEffectCode.ANAESTHETIC_TOXICITY: "harm from numbing cream",
    SideEffectCode.ANAPHYLAXIS: "allergic shock",
    SideEffectCode.EYE_INJURY: "harm to the eye",
    SideEffectCode.PERSISTENT_BLEEDING: "bleeding that does not stop",
    SideEffectCode.HYPOPIGMENTATION: "light marks",
    SideEffectCode.PERSISTENT_ERYTHEMA: "redness that stays",
    SideEffectCode.WARMTH: "warm skin",
    SideEffectCode.SUN_SENSITIVITY: "skin that burns fast in the sun",
    SideEffectCode.ALLERGIC_REACTION: "allergy",
    SideEffectCode.RASH_OR_HIVES: "rash or hives",
    SideEffectCode.BLISTERING: "blisters",
    SideEffectCode.SKIN_NECROSIS: "skin that dies",
    SideEffectCode.NERVE_INJURY: "a numb or odd feeling",
    SideEffectCode.SLOW_HEALING: "skin that heals slowly",
    SideEffectCode.SCARRING: "new scars",
    SideEffectCode.SKIN_TEAR: "torn skin",
}
NUMBING: dict[Anaesthesia, str] = {
    Anaesthesia.NONE: "Your skin is not numbed.",
    Anaesthesia.OPTIONAL: "As a rule your skin need not be numbed.",
    Anaesthesia.TOPICAL: "Your skin is numbed first with a cream.",
    Anaesthesia.TUMESCENT: "Your skin is numbed first with a fluid under the skin.",
    Anaesthesia.GENERAL: "You are asleep while it is done.",
}
INDICATIONS: dict[Indication, str] = {
    Indication.STRIAE: "stretch marks",
    Indication.STRIAE_RED: "red stretch marks",
    Indication.STRIAE_WHITE: "white stretch marks",
    Indication.HYPERPIGMENTATION: "dark patches",
    Indication.POST_INFLAMMATORY_HYPERPIGMENTATION: "dark marks that sore skin left behind",
    Indication.ACNE_SCAR_UNSPECIFIED: "acne scars",
}


def upper(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def effect(code: SideEffectCode) -> str:
    """Name a side effect as patients know it."""
    return told("leaflet.effect", EFFECTS[code])


def names(codes: "Iterable[SideEffectCode]") -> str:
    """Name several, each once."""
    return ", ".join(dict.fromkeys(map(effect, codes)))


def treated(code: Indication) -> str:
    """Name what is treated as patients know it."""
    return told("leaflet.for", INDICATIONS[code]) if code in INDICATIONS else label(code)


def window(severities: "Sequence[Severity]", first: int, last: int | None) -> str:
    """Say of a sign how marked it is, and from which day it counts; nothing where any does."""
    held = []
    if severities == (Severity.SEVERE,):
        held.append(say("leaflet.if.severe", "if severe"))
    elif Severity.MILD not in severities:
        held.append(say("leaflet.if.moderate", "if more than mild"))
    elif len(severities) < len(Severity):
        # What is severe stands elsewhere, as more urgent.
        held.append(say("leaflet.if.mild", "even if mild"))
    if last is not None:
        held.append(say("leaflet.days", "day {first} to {last}", first=first, last=last))
    elif first:
        held.append(say("leaflet.from_day", "from day {first} on", first=first))
    return ", ".join(held)


def between(low: object, high: object) -> str:
    """Give a span of figures in words; one figure where both are alike."""
    if low == high:
        return str(low)
    return say("join.to", "{low} to {high}", low=low, high=high)


def millimetres(length: NeedleLength) -> str:
    """Give a length without its unit, as numbers are written in the language."""
    whole, _, part = str(length.um / _MICROMETRES).partition(".")
    return say("number.decimal", "{whole}.{part}", whole=whole, part=part)


def at_hours(hours: int) -> str:
    """Give a span of hours as patients count: hours up to a day, then days."""
    if hours <= _HOURS:
        return counted("time.hours", "{count} hour", "{count} hours", hours)
    return counted("time.days", "{count} day", "{count} days", -(-hours // _HOURS))


def day_told(day: "date") -> str:
    """Give a date in words."""
    month = told("month", MONTHS[day.month - 1])
    return say("date.long", "{day} {month} {year}", day=day.day, month=month, year=day.year)


def days_told(first: "date", last: "date") -> str:
    """Give the days of some care, by date."""
    if first == last:
        return upper(day_told(first))
    return from_to(day_told(first), day_told(last))


def from_to(first: str, last: str) -> str:
    """Give the days of some care, in words."""
    return say("leaflet.from_to", "From {first} to {last}", first=first, last=last)
