"""What a leaflet and a sheet for a talk both tell, sentence by sentence."""

from itertools import groupby
from typing import TYPE_CHECKING

from microneedling.display.handouts.parts import BLANK, Kind, Section, Sentence
from microneedling.display.handouts.wording import (
    NUMBING,
    at_hours,
    between,
    day_told,
    millimetres,
    names,
    treated,
    upper,
)
from microneedling.display.labels import label
from microneedling.display.languages import counted, say, told, unread
from microneedling.values.session_rows import NeedAspect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from microneedling.display.handouts.choice import Area, Chosen
    from microneedling.values.courses import Course
    from microneedling.values.effects import SideEffect
    from microneedling.values.evidence import Citation
    from microneedling.values.session_rows import SessionNeed

__all__ = ["clinic", "effects_of", "ids", "not_known", "ours", "small", "usual", "what"]

_UNREVIEWED = "No clinician has reviewed this edition."


def ids(citations: "Iterable[Citation]") -> tuple[str, ...]:
    """Give the ids of sources, each once."""
    return tuple(dict.fromkeys(cited.source.id for cited in citations))


def ours(key: str, english: str, **values: object) -> Sentence:
    """Tell a sentence of our own, which no source stands behind."""
    return Sentence(key=key, text=say(key, english, **values))


def what(chosen: "Chosen") -> list[Section]:
    """Say what will be done, in each area."""
    several = len(chosen.areas) > 1
    first = ours("leaflet.needling", "Fine needles make many tiny holes in the skin.")
    title = say("leaflet.what", "What will be done")
    if not several:
        return [Section(title=title, sentences=(first, *_area(chosen.areas[0])))]
    sections = [Section(title=title, sentences=(first,))]
    for area in chosen.areas:
        named = upper(label(area.site)) if area.site else title
        sections.append(Section(title=named, sentences=tuple(_area(area)), level=3))
    return sections


def _area(area: "Area") -> "Iterator[Sentence]":
    course = area.course
    if area.site is None:
        yield ours("leaflet.where", "Where: {site}", site=BLANK)
    else:
        yield ours("leaflet.where", "Where: {site}", site=label(area.site) + ".")
    aims = ", ".join(dict.fromkeys(treated(held.indication) for held in course.concerns))
    yield ours("leaflet.for", "What for: {aims}.", aims=aims)
    low, high = millimetres(course.lengths.shortest), millimetres(course.lengths.longest)
    yield _figure(
        *("leaflet.lengths", course, "lengths"),
        say("leaflet.lengths", "The needles are {span} mm long.", span=between(low, high)),
    )
    yield from _sessions(area)
    if area.goes_on:
        yield from _before_each(course)
    if course.downtime is not None:
        rest = course.downtime
        span = between(rest.shortest_days, rest.longest_days)
        text = counted(
            "leaflet.downtime",
            "Your skin needs {span} day to calm down.",
            "Your skin needs {span} days to calm down.",
            rest.longest_days,
            span=span,
        )
        yield _figure("leaflet.downtime", course, "downtime", text)


def _before_each(course: "Course") -> "Iterator[Sentence]":
    """Say how long it is from one session to the next, and how the skin is numbed."""
    if course.interval is not None:
        gap = course.interval
        span = between(gap.minimum_days, gap.maximum_days)
        text = say("leaflet.interval", "From one session to the next it is {span} days.", span=span)
        yield _figure("leaflet.interval", course, "interval", text)
    own = [need for need in course.needs if _is_own_numbing(need)]
    if own:
        yield Sentence(
            key="leaflet.numbing.own",
            text=say("leaflet.numbing.own", "The clinic tells you if and how it numbs your skin."),
            sources=ids(cited for need in own for cited in need.citations),
        )
    elif course.anaesthesia is not None:
        key = f"leaflet.numbing.{course.anaesthesia.value}"
        text = told("leaflet.numbing", NUMBING[course.anaesthesia])
        yield _figure(key, course, "anaesthesia", text)


def _is_own_numbing(need: "SessionNeed") -> bool:
    """Tell whether numbing is another one for this patient than for others."""
    return need.aspect is NeedAspect.NUMBING and bool(need.applies_to.findings)


def _figure(key: str, course: "Course", figure: str, text: str) -> Sentence:
    return Sentence(key=key, text=text, sources=ids(course.cited(figure)))


def _sessions(area: "Area") -> "Iterator[Sentence]":
    """Say how many sessions there are, and their days where they have some."""
    documented = area.course.sessions
    if area.plan is None:
        if documented is not None:
            text = counted(
                "leaflet.sessions",
                "You have {span} session.",
                "You have {span} sessions.",
                documented.most,
                span=between(documented.fewest, documented.most),
            )
            yield _figure("leaflet.sessions", area.course, "sessions", text)
        return
    for session in area.held:
        day = day_told(session.day)
        yield ours("leaflet.held", "Session {n}: {day}, done.", n=session.number, day=day)
    for session in area.to_come:
        day = day_told(session.day)
        yield ours("leaflet.day", "Session {n}: {day}.", n=session.number, day=day)
    if area.to_come:
        yield ours(
            "leaflet.tentative",
            "Your skin is looked at before each session. The days may change.",
        )
    elif area.plan.paused:
        yield ours(
            "leaflet.paused",
            "Your next session is on hold. Have none until the clinic tells you to.",
        )
    else:
        yield ours("leaflet.over", "No more sessions are planned.")


def effects_of(chosen: "Chosen", *, expected: bool) -> "list[SideEffect]":
    """Give what may follow in any of the areas: what is normal, or what is not."""
    held = {e.id: e for area in chosen.areas for e in area.course.side_effects}
    return [effect for effect in held.values() if effect.expected is expected]


def usual(chosen: "Chosen") -> Section:
    """Say what is normal and until when: of each effect the longest that any source tells."""
    longest: dict[str, tuple[int, list[SideEffect]]] = {}
    for effect in effects_of(chosen, expected=True):
        hours, rows = longest.get(effect.effect.value, (0, []))
        ends = effect.duration.max_hours if effect.duration else None
        longest[effect.effect.value] = max(hours, ends or 0), [*rows, effect]
    ordered = sorted(longest.values(), key=lambda held: held[0])
    sentences = []
    for hours, group in groupby(ordered, key=lambda held: held[0]):
        rows = [effect for _, effects in group for effect in effects]
        named = upper(names(row.effect for row in rows))
        if hours:
            key = f"leaflet.normal.{hours}"
            text = say(
                "leaflet.normal",
                "{effects}: for up to {span}, by the longest report.",
                effects=named,
                span=at_hours(hours),
            )
        else:
            key = "leaflet.normal.unknown"
            text = say(
                "leaflet.normal.unknown",
                "{effects}: for a short time; no report says how long.",
                effects=named,
            )
        cited = ids(cited for row in rows for cited in row.citations)
        sentences.append(Sentence(key=key, text=text, sources=cited))
    title = say("leaflet.normal.title", "What is normal, and for how long")
    return Section(title=title, sentences=tuple(sentences))


def not_known(chosen: "Chosen") -> Section:
    """Say what no source read tells, of the course and of its side effects."""
    found: dict[str, Sentence] = {}
    for area in chosen.areas:
        for one in _missing(area.course):
            found.setdefault(one.key, one)
    uncounted = [e for e in effects_of(chosen, expected=False) if not e.frequencies]
    if uncounted:
        text = say("leaflet.unknown.how_often", "How often most side effects come is not known.")
        found["leaflet.unknown.how_often"] = Sentence(
            key="leaflet.unknown.how_often",
            text=text,
            sources=ids(cited for effect in uncounted for cited in effect.citations),
        )
    promise = ours("leaflet.unknown.result", "No one can tell before how much it will help you.")
    title = say("leaflet.unknown.title", "What is not known")
    return Section(title=title, sentences=(promise, *found.values()))


def _missing(course: "Course") -> "Iterator[Sentence]":
    if course.sessions is None:
        yield ours("leaflet.unknown.sessions", "How many sessions are best is not known.")
    if course.interval is None:
        yield ours(
            "leaflet.unknown.interval",
            "How long to wait from one session to the next is not known.",
        )
    if course.downtime is None:
        yield ours(
            "leaflet.unknown.downtime", "How many days your skin needs to calm down is not known."
        )
    if course.assembled:
        yield ours(
            "leaflet.unknown.assembled",
            "The figures above come from more than one report; no report tried them all at once.",
        )
    if course.standing.no_benefit:
        yield ours(
            "leaflet.unknown.no_benefit",
            "The studies with a fair comparison found no benefit.",
        )
    if course.adjuncts:
        yield ours(
            "leaflet.unknown.adjuncts",
            "It was studied along with other treatment, so part of the effect may come from that.",
        )


def clinic(name: str, telephone: str) -> tuple[Sentence, Sentence]:
    """Name the clinic and its telephone, or leave lines to write them on."""
    return (
        ours("leaflet.clinic", "Clinic: {name}", name=name or BLANK),
        ours("leaflet.telephone", "Telephone: {number}", number=telephone or BLANK),
    )


def small(chosen: "Chosen", above: "Iterable[Section]") -> Section:
    """Say at the end which edition it is from, who has read it, and the ids of its sources."""
    sources = sorted({s for section in above for one in section.sentences for s in one.sources})
    return Section(
        title=say("leaflet.small.title", "Where this comes from"),
        sentences=(
            ours(
                "leaflet.small.chosen",
                "A health professional chose this for you. It takes the place of no talk.",
            ),
            *_read_by(chosen),
            ours("leaflet.small.edition", "Edition {ids}.", ids=", ".join(chosen.editions)),
            Sentence(
                key="leaflet.small.sources",
                text=say("leaflet.small.sources", "Sources: {ids}.", ids=", ".join(sources)),
                sources=tuple(sources),
            ),
        ),
        kind=Kind.SMALL,
    )


def _read_by(chosen: "Chosen") -> "Iterator[Sentence]":
    """Say what no clinician has read: the translation, and the edition where that says so."""
    if unread():
        yield ours(
            "leaflet.small.machine",
            "This sheet was translated by machine. No clinician has read it.",
        )
    if _UNREVIEWED in chosen.limitations:
        text = told("limitation", _UNREVIEWED)
        yield Sentence(key="leaflet.small.unreviewed", text=text)
