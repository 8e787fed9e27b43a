"""Every text that a brief, a question or a hand-out may tell: what catalogues hold."""

from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path

import microneedling as mn
from microneedling.display.handouts.consents import QUESTIONS, in_words
from microneedling.display.handouts.wording import EFFECTS, INDICATIONS, MONTHS, NUMBING
from microneedling.display.headings import ENDINGS
from microneedling.display.labels import english
from microneedling.display.next_steps import HEADLINES
from microneedling.display.options import CLASSES, IN_SESSION
from microneedling.display.questions import ELSE
from microneedling.display.reasons import IF_YES
from microneedling.display.stop_signs import DO, TITLES

EDITION = "2026.1"
HOME = Path(mn.__file__).parent / "display"
# What `label` shows in a brief; skin types are one text with their numeral.
LABELLED: tuple[type[Enum], ...] = (
    *(mn.Role, mn.Indication, mn.Site, mn.Sex, mn.Setting, mn.DeviceKind, mn.EndPoint),
    *(mn.Finding, mn.SideEffectCode, mn.Adjunct, mn.Audience, mn.Grade, mn.Severity),
    *(mn.Anaesthesia, mn.Action),
)
TABLES: dict[str, tuple[str, ...]] = {
    "verdict": tuple(verdict.value.upper() for verdict in mn.Verdict),
    "if_yes": (*IF_YES.values(), ELSE),
    "ending": tuple(ENDINGS.values()),
    "title": tuple(TITLES.values()),
    "stop_signs.do": tuple(DO.values()),
    "rank": tuple(CLASSES.values()),
    "next.headline": tuple(HEADLINES.values()),
    "preference": ("longest downtime days", "numbing", "most visits"),
    "leaflet.effect": tuple(EFFECTS.values()),
    "leaflet.for": tuple(INDICATIONS.values()),
    "leaflet.numbing": tuple(NUMBING.values()),
    "consent.ask": tuple(QUESTIONS.values()),
    "month": MONTHS,
    "fact": ("age", "device", "setting", "severity", "sex", "site", "skin type"),
}


def _questions(knowledge: mn.Knowledge) -> Iterator[str]:
    for rule in knowledge.findings:
        yield rule.question
        yield rule.day_question
    for logic in knowledge.rules:
        yield logic.question


def _musts(knowledge: mn.Knowledge) -> Iterator[str]:
    prescribed = knowledge.rule("prescribed_medicine").why
    for rule in knowledge.findings:
        if rule.nature is mn.Nature.PRESCRIBED:
            yield " ".join(part for part in (rule.must, prescribed) if part)
        yield rule.must


def _shorts(knowledge: mn.Knowledge) -> Iterator[str]:
    for rule in knowledge.findings:
        yield rule.short
    for logic in knowledge.rules:
        yield logic.short
    for indication in knowledge.indications:
        if not indication.documented:
            yield indication.short
    places: list[mn.SiteRule | mn.SettingRule] = [*knowledge.sites, *knowledge.settings]
    for place in places:
        yield getattr(place, "refused_short", "")
        yield from (caution.short for caution in place.cautions)
        if place.ceiling is not None:
            yield f"The longest needle length documented here is {place.ceiling.longest}."
    for need in knowledge.needs:
        whose = need.applies_to.findings or need.applies_to.skin_types
        if whose or need.aspect in IN_SESSION:
            yield need.short
    yield from (step.short for step in knowledge.care)
    yield from (response.short for response in knowledge.responses)


def _patients(knowledge: mn.Knowledge) -> Iterator[str]:
    yield from (step.patient_text for step in knowledge.care)
    yield from (response.patient_text for response in knowledge.responses)


def _needs(knowledge: mn.Knowledge) -> Iterator[str]:
    for need in knowledge.needs:
        if need.published and need.aspect in {mn.NeedAspect.BENEFIT, mn.NeedAspect.ALTERNATIVES}:
            yield in_words(need)


@cache
def of_values() -> frozenset[tuple[str, str]]:
    """Give what comes with values, each text with its kind."""
    knowledge = mn.load(EDITION)
    found = {(f"label.{kind.__name__}", english(code)) for kind in LABELLED for code in kind}
    found |= {(kind, text) for kind, texts in TABLES.items() for text in texts}
    kinds = {
        "question": _questions(knowledge),
        "must": _musts(knowledge),
        "short": _shorts(knowledge),
        "patient": _patients(knowledge),
        "need": _needs(knowledge),
        "limitation": iter(knowledge.edition.limitations),
    }
    found |= {(kind, text) for kind, texts in kinds.items() for text in texts if text}
    return frozenset(found)
