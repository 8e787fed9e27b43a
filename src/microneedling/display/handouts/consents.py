"""A sheet for the talk before consent: what is done, what it may do, and what else there is."""

from typing import TYPE_CHECKING

from microneedling._foundation import checks
from microneedling.display.handouts.choice import contact, spoken, taken
from microneedling.display.handouts.hand_out import HandOut
from microneedling.display.handouts.in_both import in_both
from microneedling.display.handouts.parts import BLANK, Section, Sentence
from microneedling.display.handouts.told import (
    clinic as named_clinic,
    effects_of,
    ids,
    not_known,
    ours,
    small,
    usual,
    what,
)
from microneedling.display.handouts.wording import effect, names, upper
from microneedling.display.labels import labels
from microneedling.display.languages import LANGUAGE, SOURCE, in_language, say, told
from microneedling.values.applicability import EVERYBODY
from microneedling.values.session_rows import NeedAspect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microneedling.display.handouts.choice import Chosen
    from microneedling.knowledge.knowledge import Knowledge
    from microneedling.treating.treatment import Treatment
    from microneedling.values.courses import Course
    from microneedling.values.effects import Frequency, SideEffect
    from microneedling.values.schedules import Schedule
    from microneedling.values.session_rows import SessionNeed
    from microneedling.values.vocabulary import Site

__all__ = ["QUESTIONS", "consent", "in_words"]

_LINES = 6
QUESTIONS = {
    "result": "What can I hope for, and when will I see it?",
    "nothing": "What happens if I do nothing?",
    "others": "What else could I do, and what speaks for it?",
    "who": "Who will do it, and how often have they done it before?",
    "pain": "How much will it hurt, and what is done about that?",
    "harm": "Who helps me if something goes wrong, by day and by night?",
    "cost": "What does it cost in all?",
}


def consent(
    chosen: "Treatment | Schedule | Course",
    *,
    language: str = "en",
    chosen_by: str | None = None,
    knowledge: "Knowledge | None" = None,
    site: "Site | None" = None,
    clinic: str | None = None,
    telephone: str | None = None,
) -> HandOut:
    """
    Make a sheet for the talk before consent, of what a professional chose. It is no legal form.

    It says what is done, the benefits that are documented, what may follow and how often that was
    seen in whom, what is not known, the alternatives that the edition names, and questions to ask,
    with room for notes. Alternatives and benefits are told in the words that the edition has for
    the professional, who explains them.

    Args:
        chosen: As for `leaflet`.
        language: One of `languages`. Where no clinician has read the translation, the English
            stands beside each sentence of safety.
        chosen_by: As for `leaflet`.
        knowledge: As for `leaflet`.
        site: As for `leaflet`.
        clinic: The clinic's name; a line to write on where left out.
        telephone: Its telephone; a line to write on where left out.

    Raises:
        InputError: As for `leaflet`; or if no session is to come, so that there is nothing to
            consent to.

    >>> import datetime
    >>> import microneedling as mn
    >>> knowledge = mn.load("2026.1")
    >>> patient = mn.Assessment(
    ...     on=datetime.date(2026, 11, 22),
    ...     site=mn.Site.ABDOMEN,
    ...     setting=mn.Setting.CLINIC,
    ...     concerns=[mn.Concern(indication=mn.Indication.STRIAE, severity=mn.Severity.MILD)],
    ...     age_years=34,
    ...     screening=mn.Screening.complete(),
    ... )
    >>> course = mn.recommend(patient, knowledge).options[0]
    >>> sheet = mn.consent(course, chosen_by="dr-7", knowledge=knowledge, site=mn.Site.ABDOMEN)
    >>> print(sheet.sentences[0].text)
    This sheet is for a talk with your health professional. It is not a legal form.
    """
    with in_language(spoken(language)):
        held = taken(chosen, chosen_by, knowledge, site)
        if not any(area.goes_on for area in held.areas):
            message = "no session is to come; wait until the pause is over"
            checks.refuse("nothing_to_tell", "chosen", message)
        name, number = contact(clinic, "clinic"), contact(telephone, "telephone")
        sections = in_both(
            lambda: [
                _about(named_clinic(name, number)),
                *what(held),
                _benefits(held),
                usual(held),
                _harms(held),
                not_known(held),
                _alternatives(held),
                _questions(),
                _notes(),
            ]
        )
        return HandOut(
            title=say("consent.title", "Skin needling: a sheet for our talk"),
            language=language,
            sections=(*sections, small(held, sections)),
            editions=held.editions,
            chosen_by=held.by,
        )


def _about(clinic: tuple[Sentence, Sentence]) -> Section:
    sentences = (
        ours(
            "consent.no_form",
            "This sheet is for a talk with your health professional. It is not a legal form.",
        ),
        ours("consent.free", "You are free to say no, now or later, and to take your time."),
        *clinic,
    )
    return Section(title=say("consent.about", "What this sheet is"), sentences=sentences)


def _needs(chosen: "Chosen", aspect: NeedAspect) -> "list[SessionNeed]":
    held = {need.id: need for area in chosen.areas for need in area.course.needs}
    return [need for need in held.values() if need.aspect is aspect]


def in_words(need: "SessionNeed") -> str:
    """Give what is published; the short form of what is true of everybody is for professionals."""
    return need.says if need.applies_to == EVERYBODY else need.short


def _need(need: "SessionNeed") -> Sentence:
    text = told("need", in_words(need))
    return Sentence(key=f"needs.{need.id}", text=text, sources=ids(need.citations))


def _benefits(chosen: "Chosen") -> Section:
    held = []
    for need in _needs(chosen, NeedAspect.BENEFIT):
        if need.published:
            held.append(_need(need))
        else:
            text = say(
                "consent.no_figure", "How large the gain is was not published in what was read."
            )
            cited = ids(need.citations)
            held.append(Sentence(key="consent.no_figure", text=text, sources=cited))
    for area in chosen.areas:
        if area.course.adjuncts:
            besides = labels(use.adjunct for use in area.course.adjuncts)
            held.append(ours("consent.with", "It was studied together with: {what}.", what=besides))
    if not held:
        held.append(ours("consent.no_benefit", "No benefit is documented in what was read."))
    title = say("consent.benefits", "What may get better")
    return Section(title=title, sentences=tuple(held))


def _harms(chosen: "Chosen") -> Section:
    """Say what may follow besides what is normal, and how often that was seen, of whom."""
    found = effects_of(chosen, expected=False)
    rest = [held for held in found if not held.frequencies]
    sentences = [one for held in found for one in _counted(held)]
    alike = [held for held in rest if not held.indirect]
    if alike:
        text = say(
            "consent.uncounted",
            "{effects}: how often is not published in what was read.",
            effects=_effects(alike),
        )
        sentences.append(Sentence(key="consent.uncounted", text=text, sources=_cited(alike)))
    alike = [held for held in rest if held.indirect]
    if alike:
        text = say(
            "consent.indirect",
            "{effects}: known from other treatments of the skin.",
            effects=_effects(alike),
        )
        sentences.append(Sentence(key="consent.indirect", text=text, sources=_cited(alike)))
    title = say("consent.harms", "What may go wrong")
    return Section(title=title, sentences=tuple(sentences))


def _effects(alike: "list[SideEffect]") -> str:
    return upper(names(held.effect for held in alike))


def _cited(alike: "list[SideEffect]") -> tuple[str, ...]:
    return ids(cited for held in alike for cited in held.citations)


def _counted(held: "SideEffect") -> "Iterator[Sentence]":
    for number, figure in enumerate(held.frequencies, start=1):
        text = say(
            "consent.counted",
            "{effect}: seen in {share}. Of whom: {whom}.",
            effect=upper(effect(held.effect)),
            share=_share(figure),
            whom=figure.population,
        )
        yield Sentence(
            key=f"effects.{held.id}.{number}",
            text=text,
            sources=ids((*figure.citations, *held.citations)),
            # Of whom is as the source has it, and stands at the end.
            english="" if LANGUAGE.get() == SOURCE else f"{figure.population}.",
        )


def _share(figure: "Frequency") -> str:
    if figure.percent is not None:
        return say("consent.percent", "{percent}%", percent=figure.percent)
    return say("consent.out_of", "{events} of {all}", events=figure.events, all=figure.out_of)


def _alternatives(chosen: "Chosen") -> Section:
    held = _needs(chosen, NeedAspect.ALTERNATIVES)
    sentences = [_need(need) for need in held if need.published]
    cited = ids(cited for need in held if not need.published for cited in need.citations)
    text = say(
        "consent.compared",
        "What was read does not compare needling with all else that could be done.",
    )
    sentences.append(Sentence(key="consent.compared", text=text, sources=cited))
    sentences.append(ours("consent.nothing", "To leave it as it is, is a choice, too."))
    title = say("consent.alternatives", "What else there is")
    return Section(title=title, sentences=tuple(sentences))


def _questions() -> Section:
    asked = [
        Sentence(key=f"consent.ask.{name}", text=told("consent.ask", english))
        for name, english in QUESTIONS.items()
    ]
    return Section(title=say("consent.questions", "Questions to ask"), sentences=tuple(asked))


def _notes() -> Section:
    lines = [Sentence(key=f"consent.note.{number}", text=BLANK) for number in range(1, _LINES + 1)]
    return Section(title=say("consent.notes", "Notes"), sentences=tuple(lines))
