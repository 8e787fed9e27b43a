"""An option as text: a line or two that say what it rests on, and all of its figures."""

from typing import TYPE_CHECKING

from microneedling.display.labels import label, labels, stated, words
from microneedling.display.languages import counted, say, told as tell, within
from microneedling.display.text import NOT_PUBLISHED, WIDTH, Page, wrapped
from microneedling.values.session_rows import NeedAspect
from microneedling.values.standing import Fit, RankClass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from microneedling.values.assessments import Concern
    from microneedling.values.courses import Course, Downtime, Note

__all__ = [
    "CLASSES",
    "caveats",
    "cells",
    "column_names",
    "columns",
    "figures",
    "option_lines",
    "option_rows",
    "places",
    "remarks",
    "session",
    "shared_notes",
]

_COLUMNS = "     {:<12}{:<9}{:<16}{}"
# What the line of a session tells of what it needs.
IN_SESSION = (NeedAspect.NUMBING, NeedAspect.END_POINT)
_FIGURES = ("lengths", "sessions", "interval")
_FITS = {
    Fit.DOCUMENTED: "documented for such a patient",
    Fit.NOT_STATED: "in whom it was studied is not stated",
    Fit.OTHERS: "documented for others",
}
CLASSES = {
    RankClass.NO_BENEFIT: "a controlled study that found a benefit, or the lack of any",
    RankClass.FIT: "how it fits this patient",
    RankClass.BENEFIT: "what its studies found",
    RankClass.HARM: "the harm that was counted",
    RankClass.BACKING: "what stands behind its figures",
    RankClass.COMPLETENESS: "one source that reports its figures together",
    RankClass.PREFERENCES: "the preferences it meets",
    RankClass.GENTLER: "being gentler: shorter needles, longer gaps, fewer sessions",
}


def places(options: "Sequence[Course]") -> "list[tuple[int, Course]]":
    """Number options by their ranks; equals have the same number."""
    return [(course.standing.rank, course) for course in options]


def column_names() -> tuple[str, ...]:
    """Name the columns of options."""
    return (
        say("options.Needle", "Needle"),
        say("options.Sessions", "Sessions"),
        say("options.Every", "Every"),
        say("options.Rests", "Rests on at least"),
    )


def columns() -> str:
    """Give what stands above options."""
    return _COLUMNS.format(*column_names())


def cells(course: "Course") -> tuple[str, ...]:
    """Give what stands in the columns of an option."""
    sources = len({c.source.id for name in _FIGURES for c in course.cited(name)})
    return (
        str(course.lengths),
        str(course.sessions or say("options.untold", "not told")),
        _interval(course),
        f"{label(course.backing)}, {_read(sources, together=course.assembled)}",
    )


def remarks(course: "Course", concerns: "Sequence[Concern]") -> str:
    """Say what to know of an option before it is believed; nothing where there is nothing."""
    return "; ".join(caveats(course, concerns))


def served(options: "Sequence[Course]", concerns: "Sequence[Concern]") -> "Sequence[Concern]":
    """Give what an option has to serve to need no remark: all, or what all of them serve."""
    alike = {course.concerns for course in options}
    return next(iter(alike)) if len(alike) == 1 else concerns


def option_rows(course: "Course", concerns: "Sequence[Concern]") -> list[str]:
    """Render an option in a line, and in a second one what to know before it is believed."""
    told = _COLUMNS.format(*cells(course))
    first = f"  {course.standing.rank}. {told.lstrip()}"
    lines = wrapped(first, " " * 42, "").splitlines() if len(first) > WIDTH.get() else [first]
    known = remarks(course, concerns)
    return [*lines, *(wrapped(known, "     ").splitlines() if known else [])]


def _read(sources: int, *, together: bool) -> str:
    if together:
        return counted("options.together", "{count} put together", "{count} put together", sources)
    return counted("options.read", "{count} read", "{count} read", sources)


def _days(days: object) -> str:
    return say("options.days", "{days} days", days=days)


def _interval(course: "Course") -> str:
    """Give the gap, without what is preferred where that is the shortest."""
    gap = course.interval
    if gap is None:
        return say("options.untold", "not told")
    if gap.minimum_days == gap.maximum_days:
        return _days(gap.minimum_days)
    span = f"{gap.minimum_days}-{gap.maximum_days}"
    if gap.preferred_days == gap.minimum_days:
        return _days(span)
    return _days(f"{gap.preferred_days} ({span})")


def _recovery(found: "Downtime") -> str:
    if found.shortest_days == found.longest_days:
        return _days(found.shortest_days)
    return _days(f"{found.shortest_days}-{found.longest_days}")


def figures(course: "Course") -> str:
    """Give length, sessions and interval in words."""
    sessions = f"{course.sessions} sessions" if course.sessions else "sessions not published"
    interval = f"every {_interval(course)}" if course.interval else "interval not published"
    return f"{course.lengths}, {sessions}, {interval}"


def caveats(course: "Course", concerns: "Sequence[Concern]") -> "Iterator[str]":
    """Say what has to be known of an option before its figures are believed."""
    if len(course.concerns) < len(concerns):
        names = labels(held.indication for held in course.concerns)
        yield say("options.serves", "serves {names}", names=names)
    if course.standing.no_benefit:
        yield say("options.no_benefit", "NO BENEFIT FOUND by the controlled studies there are")
    if course.adjuncts:
        names = labels(use.adjunct for use in course.adjuncts)
        yield say("options.with", "studied with {names}", names=names)
    if course.standing.differs:
        facts = "; ".join(map(stated, course.standing.differs))
        yield say("options.others", "documented for others ({facts})", facts=facts)
    if course.not_before:
        day = course.not_before.isoformat()
        yield say("options.earlier", "not before {day}, by earlier needling", day=day)
    yield from _unmet(course)


def _unmet(course: "Course") -> "Iterator[str]":
    """Say which preferences it does not meet, and of which that is not known."""
    known = {
        "longest_downtime_days": course.downtime,
        "numbing": course.anaesthesia,
        "most_visits": course.sessions,
    }
    for told, is_known in (
        (say("options.unmet", "does not meet"), True),
        (say("options.unknown", "not known to meet"), False),
    ):
        names = [
            tell("preference", words(name))
            for name in course.unmet
            if (known[name] is not None) is is_known
        ]
        if names:
            yield f"{told}: {', '.join(names)}"


def why_first(options: "Sequence[Course]") -> str:
    """Say what sets the first option before the next rank."""
    first = options[0].standing
    if first.decided_by is None or len(options) == 1:
        return ""
    equals = sum(course.standing.rank == first.rank for course in options)
    why = tell("rank", CLASSES[first.decided_by])
    if equals == 1:
        return say("options.first", "1 first by {why}.", why=why)
    return say(
        "options.equals", "The {equals} numbered 1 first, equals, by {why}.", equals=equals, why=why
    )


def session(course: "Course") -> str:
    """Tell a session in one line: numbing, end point, passes."""
    numbing = label(course.anaesthesia) if course.anaesthesia else ""
    end = ""
    if course.end_point:
        end = say("session.to", "to {end_point}", end_point=label(course.end_point))
    told = [
        _needed(course, NeedAspect.NUMBING, numbing)
        or say("session.numbing", "numbing not published"),
        _needed(course, NeedAspect.END_POINT, end)
        or say("session.end_point", "end point not published"),
    ]
    if course.passes:
        told.append(say("session.passes", "{passes} passes", passes=course.passes))
    if course.downtime:
        days = _recovery(course.downtime)
        told.append(say("session.recovery", "recovery {days}", days=days))
    else:
        told.append(say("session.no_recovery", "recovery not published"))
    return "; ".join(told)


def _needed(course: "Course", aspect: NeedAspect, figure: str) -> str:
    """Tell what such a patient needs, else the figure, else what any session needs."""
    held = [need for need in course.needs if need.aspect is aspect]
    own = [tell("short", need.short) for need in held if need.applies_to.findings]
    if figure and not own:
        return figure
    told = own or [tell("short", need.short) for need in held if need.published]
    return "; ".join(within(text).rstrip(".") for text in told)


def _fit(course: "Course") -> str:
    held = course.standing
    facts = ", ".join(map(words, held.documented))
    return f"{_FITS[held.fit]}{f' (as documented: {facts})' if facts else ''}"


def _standing(course: "Course") -> list[str]:
    """Say how an option stands, and what sets it before the next."""
    held = course.standing
    classes = (
        *(_fit(course), f"benefit {label(held.benefit)}"),
        f"harm in comparable patients {label(held.harm)}",
        f"backing of the {('first', 'second', 'third')[held.band - 1]} band",
    )
    told = f"rank {held.rank}: {'; '.join(classes)}"
    if held.decided_by:
        told += f". Before the next by {CLASSES[held.decided_by]}"
    return [wrapped(told, "       ", "     ")]


def shared_notes(options: "Sequence[Course]") -> "list[Note]":
    """Give the notes that all of several options have; they are told once."""
    if len(options) < 2:  # noqa: PLR2004 - nothing is shared by one
        return []
    return [note for note in options[0].notes if all(note in other.notes for other in options[1:])]


def note_line(page: Page, note: "Note", indent: str = "     ") -> str:
    """Tell a note with its sources."""
    return wrapped(f"note: {note.text} {page.ids(note.citations)}", f"{indent}  ", indent)


def option_lines(
    page: Page, course: "Course", concerns: "Sequence[Concern]", told: "Sequence[Note]" = ()
) -> list[str]:
    """Render all of an option, without the notes that are told elsewhere."""

    def figure(name: str, value: object | None, key: str) -> str:
        text = missing if value is None else str(value)
        return wrapped(f"{name}: {text} {page.ids(course.cited(key))}", "         ", "     ")

    missing = NOT_PUBLISHED if len(course.concerns) == 1 else "not published for every concern"
    names = " + ".join(course.protocols)
    school = ", ".join(dict.fromkeys(course.schools))
    together = ["put together from several sources"] if course.assembled else []
    known = "; ".join([*caveats(course, concerns), *together])
    numbing = label(course.anaesthesia) if course.anaesthesia else None
    lines = [
        wrapped(f"{names} (school: {school})", "     ", f"  {course.standing.rank}. "),
        *([wrapped(known, "       ", "     ")] if known else []),
        *_standing(course),
        figure("needle length", course.lengths, "lengths"),
        figure("sessions", course.sessions, "sessions"),
        figure("interval", course.interval, "interval"),
        figure("anaesthesia", numbing, "anaesthesia"),
        figure("recovery", course.downtime, "downtime"),
    ]
    if course.not_before:
        began = course.not_before.isoformat()
        lines.append(f"     not before: {began}, by the interval since the last session of before")
    if course.end_point:
        lines.append(figure("end point", label(course.end_point), "end_point"))
    if course.passes:
        lines.append(figure("passes", course.passes, "passes"))
    if course.devices:
        lines.append(f"     documented with: {labels(course.devices)}")
    rests = (
        f"evidence for length, sessions and interval: {label(course.backing)} for the least "
        f"supported, {label(course.grade)} at the weakest"
    )
    cleared = ", ".join(course.clearances) or "none that is known to cover it"
    lines += [
        wrapped(rests, "       ", "     "),
        wrapped(f"United States clearances: {cleared}", "       ", "     "),
    ]
    return lines + [note_line(page, note) for note in course.notes if note not in told]
