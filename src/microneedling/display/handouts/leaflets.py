"""A leaflet for the patient: what will be done, what is normal, what to do, and when to call."""

import re
from typing import TYPE_CHECKING, TypeAlias

from microneedling._foundation import checks
from microneedling.display.handouts.choice import contact, spoken, taken
from microneedling.display.handouts.hand_out import HandOut
from microneedling.display.handouts.in_both import in_both
from microneedling.display.handouts.parts import BLANK, Kind, Section, Sentence
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
from microneedling.display.handouts.wording import days_told, from_to, names, upper, window
from microneedling.display.labels import label, sentence
from microneedling.display.languages import counted, in_language, in_source, say, told
from microneedling.treating.care import care_plan
from microneedling.values.responses import Action
from microneedling.values.session_rows import Audience

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microneedling.display.handouts.choice import Area, Chosen
    from microneedling.knowledge.knowledge import Knowledge
    from microneedling.treating.treatment import Treatment
    from microneedling.values.courses import Course
    from microneedling.values.responses import Response
    from microneedling.values.schedules import Schedule
    from microneedling.values.session_rows import CareStep
    from microneedling.values.vocabulary import SideEffectCode, Site

__all__ = ["leaflet"]

# The first and the last day of some care, by which it is ordered.
_Place: TypeAlias = tuple[int, int]
# A leaflet names no medicine to take and no dose: what an edition says of one is for the talk.
_MEDICINE = re.compile(
    r"paracetamol|ibuprofen|dexpanthenol|\d\s*(?:%|mg\b|ml\b|g\b)", re.IGNORECASE
)


def leaflet(
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
    Make a leaflet for the patient of what a professional chose, as text, web page and PDF.

    It says what will be done, what is normal and until when, what to do before and after, when to
    call, and what is not known, in the patient texts of the edition. There is no room in it for a
    patient's name.

    Args:
        chosen: A treatment that was begun; or a course, or its schedule, with ``chosen_by``. While
            a treatment is paused no session is told, only what follows those that were held.
        language: One of `languages`. Where no clinician has read the translation, the English
            stands beside each sentence of safety.
        chosen_by: Who chose it, as a code of one's own; it is kept and not printed.
        knowledge: The edition that offered the course; of a treatment it is known.
        site: Where a course is done; of a treatment the one area to tell of, all where left out.
        clinic: The clinic's name; a line to write on where left out.
        telephone: Its telephone; a line to write on where left out.

    Raises:
        InputError: If it is an answer, of which nothing was chosen yet, if nobody says to have
            chosen a course, if no session was held and none is to come, or if there is no such
            language.

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
    >>> answer = mn.recommend(patient, knowledge)
    >>> begun = mn.begin_treatment(
    ...     answer, answer.options[0], knowledge, start=datetime.date(2026, 12, 1), sessions=3
    ... )
    >>> told = mn.leaflet(begun, clinic="Skin Clinic", telephone="0123 456")
    >>> [section.title for section in told.sections if section.level == 2][:3]
    ['What will be done', 'What is normal, and for how long', 'Before the session']
    >>> next(s for s in told.sentences if s.key == "leaflet.day").text
    'Session 1: 1 December 2026.'
    """
    with in_language(spoken(language)):
        held = taken(chosen, chosen_by, knowledge, site)
        if not any(area.held or area.goes_on for area in held.areas):
            message = "no session was held and none is to come; wait until the pause is over"
            checks.refuse("nothing_to_tell", "chosen", message)
        name, number = contact(clinic, "clinic"), contact(telephone, "telephone")

        def written() -> list[Section]:
            call = _call(held, named_clinic(name, number))
            return [*what(held), usual(held), *_care(held), *call, not_known(held)]

        sections = in_both(written)
        return HandOut(
            title=say("leaflet.title", "Your skin needling"),
            language=language,
            sections=(*sections, small(held, sections)),
            editions=held.editions,
            chosen_by=held.by,
        )


def _care(chosen: "Chosen") -> "Iterator[Section]":
    """Say what to do before, on the day and after, by date where there are dates."""
    held: dict[tuple[int, str], dict[str, CareStep]] = {}
    places: dict[tuple[int, str], _Place] = {}
    left: dict[str, CareStep] = {}
    apart = _days_differ(chosen)
    for area in chosen.areas:
        for part, place, days, step in _steps(area):
            heading = _of_area(area, days) if apart and days else days
            if _MEDICINE.search(step.patient_text):
                left[step.code] = step
                continue
            places.setdefault((part, heading), place)
            held.setdefault((part, heading), {})[step.code] = step
    titles = (
        say("leaflet.before", "Before the session"),
        say("leaflet.on_the_day", "On the day of the session"),
        say("leaflet.after", "After the session"),
    )
    # Told in any case, above all else.
    opening = [
        ours("leaflet.medicines", "Keep taking your prescribed medicines."),
        *_left(left),
        *_days_of(chosen),
    ]
    last = len(titles) - 1
    first = min(
        (part for part, _ in held),
        default=0 if any(area.goes_on for area in chosen.areas) else last,
    )
    for part, title in enumerate(titles):
        lead = opening if part == first else []
        found = sorted((one for one in held if one[0] == part), key=places.__getitem__)
        if found and not found[0][1]:
            lead = [*lead, *map(_instruction, held[found.pop(0)].values())]
        if found or lead:
            yield Section(title=title, sentences=tuple(lead))
        for key in found:
            sentences = tuple(map(_instruction, held[key].values()))
            yield Section(title=key[1], sentences=sentences, level=3)


def _days_differ(chosen: "Chosen") -> bool:
    """Tell whether areas have days of their own: what is right at one is then wrong at another."""
    plans = {area.plan.sessions if area.plan else () for area in chosen.areas}
    return len({tuple(session.day for session in sessions) for sessions in plans}) > 1


def _of_area(area: "Area", days: str) -> str:
    where = sentence(label(area.site)) if area.site else BLANK
    return say("leaflet.area_days", "{area}, {days}", area=where, days=days)


def _days_of(chosen: "Chosen") -> "Iterator[Sentence]":
    """Say which sessions the days are those of."""
    plans = [area for area in chosen.areas if area.plan is not None]
    if any(len(area.to_come) > 1 for area in plans):
        yield ours(
            "leaflet.later",
            "The days below are those of the next session. Count in the same way for later ones.",
        )
    elif not plans:
        yield ours("leaflet.day_0", "Days are counted from the day of the session on.")


def _left(steps: "dict[str, CareStep]") -> "Iterator[Sentence]":
    """Send to the clinic for what is said of medicines, which a leaflet does not name."""
    if steps:
        yield Sentence(
            key="leaflet.ask_about_medicines",
            text=say(
                "leaflet.ask_about_medicines",
                "Ask the clinic before you use a pain pill or a numbing or skin cream.",
            ),
            sources=ids(cited for step in steps.values() for cited in step.citations),
        )


def _instruction(step: "CareStep") -> Sentence:
    text = told("patient", step.patient_text)
    return Sentence(key=f"care.{step.code}", text=text, sources=ids(step.citations))


def _steps(area: "Area") -> "Iterator[tuple[int, _Place, str, CareStep]]":
    """Give each step with its part, its place in it, and the days it stands under."""
    if area.plan is None:
        for step in area.course.care:
            if step.audience is Audience.PATIENT:
                days = (step.from_day, step.to_day)
                yield _part(step), days, _days(*days), step
        return
    # Those of the last session that was held and of the next; the others are counted alike.
    coming = {session.number for session in area.to_come[:1]}
    shown = coming | {session.number for session in area.held[-1:]}
    for item in care_plan(area.plan).items:
        step = item.step
        # What ends with a session is done with once that is held.
        own = coming if step.from_day < 0 and step.to_day <= 0 else shown
        if step.audience is not Audience.PATIENT or not own.intersection(item.sessions):
            continue
        # What is said of skin that is not calm counts as long as it is not.
        lasts = area.unhealed and 0 <= step.from_day < step.to_day
        if area.since is None or item.last >= area.since or lasts:
            dates = (item.first.toordinal(), item.last.toordinal())
            yield _part(step), dates, days_told(item.first, item.last), step


def _part(step: "CareStep") -> int:
    if step.from_day < 0:
        return 0
    return 1 if step.to_day == 0 else 2


def _days(first: int, last: int) -> str:
    """Name the days of a step, counted from the session's own; that day itself needs no name."""
    if first == last:
        return upper(_day(first)) if first else ""
    return from_to(_day(first), _day(last))


def _day(number: int) -> str:
    if number == 0:
        return say("leaflet.day_of", "the day of the session")
    if number > 0:
        return say("leaflet.day_after", "day {count}", count=number)
    return counted("leaflet.day_before", "the day before", "{count} days before", -number)


def _call(chosen: "Chosen", clinic: tuple[Sentence, Sentence]) -> "Iterator[Section]":
    """Say when to call: for emergency help, and the clinic."""
    found = {r.id: r for area in chosen.areas for r in area.course.red_flags}
    normal = {effect.effect for effect in effects_of(chosen, expected=True)}
    urgent = [r for r in found.values() if r.action is Action.EMERGENCY]
    others = [r for r in found.values() if r.action is not Action.EMERGENCY]
    first = ours("leaflet.emergency", "Call for emergency help at once if you see one of these:")
    if urgent:
        yield Section(
            title=say("leaflet.emergency.title", "Emergency"),
            sentences=(first, *_signs(urgent, normal)),
            kind=Kind.EMERGENCY,
        )
    again = ours(
        "leaflet.call", "Call the same day if you see one of these, or if you are not sure:"
    )
    yield Section(
        title=say("leaflet.call.title", "Call the clinic the same day"),
        sentences=(*clinic, again, *_signs(others, normal)),
        kind=Kind.CALL,
    )


def _signs(responses: "list[Response]", normal: "set[SideEffectCode]") -> "Iterator[Sentence]":
    """Tell signs, those that ask for the same in the same words together."""
    alike: dict[str, list[Response]] = {}
    for one in responses:
        alike.setdefault(one.patient_text, []).append(one)
    for text, held in alike.items():
        signs = _named(held, normal)
        # Whether they are named there is told by the English, so that it is alike in all.
        named = text.casefold().startswith(in_source(lambda: _named(held, normal)).casefold())  # noqa: B023 - called at once
        words = told("patient", text)
        cited = ids(cited for one in held for cited in one.citations)
        key = ", ".join(f"responses.{one.id}" for one in held)
        yield Sentence(key=key, text=words if named else f"{upper(signs)}. {words}", sources=cited)


def _named(held: "list[Response]", normal: "set[SideEffectCode]") -> str:
    return "; ".join(dict.fromkeys(_sign(one, normal) for one in held))


def _sign(response: "Response", normal: "set[SideEffectCode]") -> str:
    """Name a sign; what is normal at first is told in one word where all of it is meant."""
    several = len(response.effects) > 3 and normal.issuperset(response.effects)  # noqa: PLR2004 - a line
    named = (
        say("leaflet.any_normal", "anything of what is normal")
        if several
        else names(response.effects)
    )
    how = window(response.severities, response.from_day, response.to_day)
    return f"{named}, {how}" if how else named
