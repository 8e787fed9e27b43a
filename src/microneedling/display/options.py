"""An option as text: one line that says what it was studied with, and all of its figures."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from microneedling.display.text import NOT_PUBLISHED, ids, wrapped

if TYPE_CHECKING:
    from microneedling.values.assessments import Concern
    from microneedling.values.courses import Course

__all__ = ["option_line", "option_lines"]

# What people say where the code alone would not be read.
_ADJUNCTS = {
    "peel_glycolic": "glycolic acid peel",
    "peel_other": "another peel",
    "peel_tca": "trichloroacetic acid peel",
    "platelet_rich_plasma": "platelet-rich plasma",
    "topical_other": "another product on the skin",
    "triple_cream": "triple-combination cream",
    "vitamin_c": "vitamin C",
}
_FITS = {
    "documented": "documented for such a patient",
    "not_stated": "in whom it was studied is not stated",
    "others": "documented for others",
}
_CLASSES = {
    "no_benefit": "a controlled study that found a benefit, or none at all",
    "fit": "how it fits this patient",
    "benefit": "what its studies found",
    "harm": "the harm that was counted",
    "backing": "what stands behind its figures",
    "completeness": "one source that reports its figures together",
    "preferences": "the preferences it meets",
    "gentler": "being gentler: shorter needles, longer gaps, fewer sessions",
}


def _figures(course: "Course") -> str:
    sessions = f"{course.sessions} sessions" if course.sessions else "sessions not published"
    interval = f"every {course.interval}" if course.interval else "interval not published"
    return f"{course.lengths}, {sessions}, {interval}"


def _words(code: str) -> str:
    return code.replace("_", " ")


def _adjuncts(course: "Course") -> str:
    named = (use.adjunct.value for use in course.adjuncts)
    return ", ".join(dict.fromkeys(_ADJUNCTS.get(name, _words(name)) for name in named))


def _remarks(course: "Course", concerns: "Sequence[Concern]") -> Iterator[str]:
    """Say what has to be known of an option before its figures are believed."""
    if len(course.concerns) < len(concerns):
        served = ", ".join(_words(concern.indication.value) for concern in course.concerns)
        yield f"serves {served}"
    if course.adjuncts:
        yield f"studied with {_adjuncts(course)}"
    if course.standing.no_benefit:
        yield "NO BENEFIT FOUND by the controlled studies there are"
    if course.assembled:
        yield "put together from several sources"
    if course.standing.differs:
        yield f"documented for others ({_differs(course)})"
    yield from _unmet(course)


def _differs(course: "Course") -> str:
    return "; ".join(_words(told) for told in course.standing.differs)


def _unmet(course: "Course") -> Iterator[str]:
    """Say which preferences it does not meet, and of which that is not known."""
    known = {
        "longest_downtime_days": course.downtime,
        "numbing": course.anaesthesia,
        "most_visits": course.sessions,
    }
    for told, is_known in (("does not meet", True), ("not known to meet", False)):
        names = [_words(name) for name in course.unmet if (known[name] is not None) is is_known]
        if names:
            yield f"{told}: {', '.join(names)}"


def option_line(course: "Course", concerns: "Sequence[Concern]") -> str:
    """Render an option in one line: figures, what they rest on, and what to know first."""
    return "; ".join([f"{_figures(course)} ({course.backing.value})", *_remarks(course, concerns)])


def _fit(course: "Course") -> str:
    held = course.standing
    facts = ", ".join(map(_words, held.documented))
    return f"{_FITS[held.fit.value]}{f' (as documented: {facts})' if facts else ''}"


def _standing(course: "Course") -> list[str]:
    """Say how an option stands, and what sets it before the next."""
    held = course.standing
    classes = (
        *(_fit(course), f"benefit {_words(held.benefit.value)}"),
        f"harm in comparable patients {_words(held.harm.value)}",
        f"backing of the {('first', 'second', 'third')[held.band - 1]} band",
    )
    told = f"rank {held.rank}: {'; '.join(classes)}"
    if held.decided_by:
        told += f". Before the next by {_CLASSES[held.decided_by.value]}"
    return [wrapped(told, "       ", "     ")]


def option_lines(course: "Course", concerns: "Sequence[Concern]", place: int) -> list[str]:
    """Render all of an option."""

    def figure(name: str, value: object | None, key: str) -> str:
        text = missing if value is None else str(value)
        return wrapped(f"{name}: {text} {ids(course.cited(key))}", "         ", "     ")

    missing = NOT_PUBLISHED if len(course.concerns) == 1 else "not published for every concern"
    names = " + ".join(course.protocols)
    school = ", ".join(dict.fromkeys(course.schools))
    known = "; ".join(_remarks(course, concerns))
    lines = [
        f"  {place}. {names} (school: {school})",
        *([wrapped(known, "       ", "     ")] if known else []),
        *_standing(course),
        figure("needle length", course.lengths, "lengths"),
        figure("sessions", course.sessions, "sessions"),
        figure("interval", course.interval, "interval"),
        figure(
            "anaesthesia", course.anaesthesia.value if course.anaesthesia else None, "anaesthesia"
        ),
        figure("recovery", course.downtime, "downtime"),
    ]
    if course.not_before:
        began = course.not_before.isoformat()
        lines.append(f"     not before: {began}, by the interval since the last session of before")
    if course.end_point:
        lines.append(figure("end point", course.end_point.value, "end_point"))
    if course.passes:
        lines.append(figure("passes", course.passes, "passes"))
    if course.devices:
        lines.append(f"     documented with: {', '.join(kind.value for kind in course.devices)}")
    lines.append(
        f"     evidence for length, sessions and interval: {course.backing.value} for the least "
        f"supported, {course.grade.value} at the weakest"
    )
    cleared = ", ".join(course.clearances) or "none that is known to cover it"
    lines.append(f"     United States clearances: {cleared}")
    lines += [
        wrapped(f"note: {note.text} {ids(note.citations)}", "       ", "     ")
        for note in course.notes
    ]
    return lines
