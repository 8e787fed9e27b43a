"""
Values as text for people. Reads values, decides nothing.

It stands below the values in the order of imports, so that they can render
themselves; it knows them by their types alone.
"""

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microneedling.comparing import Comparison
    from microneedling.courses import Course
    from microneedling.effects import SideEffect
    from microneedling.evidence import Citation, Disagreement, Grade, Source
    from microneedling.knowledge.facts import AspectFact
    from microneedling.knowledge.model import Knowledge
    from microneedling.recommendations import Reason, Recommendation

__all__ = ["comparison", "explain", "knowledge", "summary"]

_WIDTH = 96
_NOT_PUBLISHED = "not published in what was read"
_HEADLINES = {
    "offer": "OFFER: documented options, the preferred first",
    "ask": "ASK: not everything is known that could change the answer",
    "defer": "DEFER: later",
    "refer": "REFER: outside what is documented here",
    "decline": "DECLINE: a finding or the site speaks against needling",
}


def _wrapped(text: str, indent: str, first: str | None = None) -> str:
    return fill(
        text,
        _WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _ids(citations: "Iterable[Citation]") -> str:
    found = dict.fromkeys(
        f"{citation.source.id}"
        if citation.locator in {"", citation.source.id}
        else citation.locator
        for citation in citations
    )
    return f"[{', '.join(found)}]" if found else ""


def _headline(answer: "Recommendation") -> str:
    line = _HEADLINES[answer.verdict.value]
    if answer.verdict.value == "defer":
        until = getattr(answer, "until", None)
        line += f", not before {until.isoformat()}" if until else "; no date can be given"
    return line


def _subject(answer: "Recommendation") -> str:
    assessment = answer.assessment
    concerns = ", ".join(
        f"{c.indication.value} ({c.severity.value if c.severity else 'not graded'})"
        for c in assessment.concerns
    )
    return (
        f"{concerns}; {assessment.site.value}; {assessment.setting.value}; "
        f"{assessment.on.isoformat()}"
    )


def _course_line(course: "Course") -> str:
    sessions = f"{course.sessions} sessions" if course.sessions else "sessions not published"
    interval = f"every {course.interval}" if course.interval else "interval not published"
    return f"{course.lengths}, {sessions}, {interval}"


def summary(answer: "Recommendation") -> str:
    """Render an answer in a few lines."""
    lines = [_headline(answer), f"  {_subject(answer)}"]
    if answer.options:
        lines += [
            f"  {place}. {_course_line(course)} ({course.backing.value}){_unmet(course)}"
            for place, course in enumerate(answer.options[:5], 1)
        ]
    else:
        shown = answer.because[:3]
        lines += [_wrapped(_because(reason), "    ", "  - ") for reason in shown]
        if len(answer.because) > len(shown):
            lines.append(f"  ... and {len(answer.because) - len(shown)} more")
    if answer.cautions:
        lines.append(f"  To be heeded: {len(answer.cautions)} caution(s), in the whole text.")
    lines.append(f"  Edition {answer.edition}. The professional decides; the whole text says why.")
    return "\n".join(lines)


def _unmet(course: "Course") -> str:
    wanted = ", ".join(course.unmet).replace("_", " ")
    return f"; not known to meet: {wanted}" if wanted else ""


def _because(reason: "Reason") -> str:
    name = reason.rule.partition(".")[2].replace("_", " ").replace(".", ": ")
    if reason.question:
        return reason.question
    waits = [f"wait {reason.wait_days} days"] if reason.wait_days is not None else []
    if reason.until:
        waits.append(f"until {reason.until.isoformat()}")
    waiting = f" ({', '.join(waits)})" if waits else ""
    return f"{name}{waiting}: {reason.why}"


def _reason(reason: "Reason", number: int | None = None) -> list[str]:
    first = f"  {number}. " if number is not None else "  - "
    grade = _grade(reason.grade)
    facts = f" Fact: {', '.join(reason.facts)}." if reason.facts else ""
    lines = [
        _wrapped(f"{_because(reason)}{facts} {_ids(reason.citations)} {grade}", "     ", first)
    ]
    if reason.question:
        lines.append(_wrapped(f"Why: {reason.why}", "       ", "     "))
    lines += _disagreements(reason.disagreements)
    return lines


def _grade(grade: "Grade") -> str:
    return f"({grade.value})"


def _disagreements(others: "Sequence[Disagreement]") -> list[str]:
    return [
        _wrapped(f"disagrees: [{other.source.id}] {other.says}", "         ", "     ")
        for other in others
    ]


def _course(course: "Course", place: int) -> list[str]:
    def figure(name: str, value: object | None, key: str) -> str:
        text = missing if value is None else str(value)
        return _wrapped(f"{name}: {text} {_ids(course.cited(key))}", "         ", "     ")

    missing = _NOT_PUBLISHED if len(course.concerns) == 1 else "not published for every concern"
    names = " + ".join(course.protocols)
    lines = [
        f"  {place}. {names} (school: {', '.join(dict.fromkeys(course.schools))})",
        figure("needle length", course.lengths, "lengths"),
        figure("sessions", course.sessions, "sessions"),
        figure("interval", course.interval, "interval"),
        figure(
            "anaesthesia", course.anaesthesia.value if course.anaesthesia else None, "anaesthesia"
        ),
        figure("recovery", course.downtime, "downtime"),
    ]
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
    if course.unmet:
        lines.append(f"     preferences not known to be met: {', '.join(course.unmet)}")
    lines += [
        _wrapped(f"note: {note.text} {_ids(note.citations)}", "       ", "     ")
        for note in course.notes
    ]
    return lines


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def explain(answer: "Recommendation") -> str:
    """Render the whole answer."""
    lines = [_headline(answer), f"  {_subject(answer)}"]
    if answer.options:
        options = [line for n, c in enumerate(answer.options, 1) for line in _course(c, n)]
        lines += _section("Options", options)
        basis = {(r.why, r.citations): r for r in answer.because}.values()
        lines += _section(
            "What the sources say of the indication",
            [
                line
                for reason in basis
                for line in (
                    _wrapped(f"{reason.why} {_ids(reason.citations)}", "    ", "  - "),
                    *_disagreements(reason.disagreements),
                )
            ],
        )
        limits = [r for r in answer.reasons if r.effect.value == "limit"]
        lines += _section(
            "Limits that bind",
            [
                line
                for r in limits
                for line in (
                    _wrapped(f"{r.limit} ({r.rule}): {r.why} {_ids(r.citations)}", "    ", "  - "),
                    *_disagreements(r.disagreements),
                )
            ],
        )
    else:
        title = "Questions, the weightiest first" if answer.verdict.value == "ask" else "Why"
        because = [line for n, r in enumerate(answer.because, 1) for line in _reason(r, n)]
        lines += _section(title, because)
    others = [
        reason
        for reason in answer.reasons
        if 0 < reason.effect.weight < answer.verdict.rank + 1 and reason.effect.value != "ask"
    ]
    lines += _section("Besides", [line for reason in others for line in _reason(reason)])
    lines += _section("To be heeded", [line for r in answer.cautions for line in _reason(r)])
    if answer.verdict.value != "ask":
        lines += _section("Not known", [line for r in answer.unknowns for line in _reason(r)])
    else:
        more = [r for r in answer.unknowns if r.effect.value == "unknown"]
        lines += _section("Not known either", [line for r in more for line in _reason(r)])
    lines += _section("Waiting time over", [line for r in answer.lifted for line in _reason(r)])
    lines += _section(
        "Documented but not offered",
        [
            _wrapped(f"{r.protocol}: {r.why} ({', '.join(r.facts)})", "    ", "  - ")
            for r in answer.excluded
        ],
    )
    if answer.options:
        lines += _care(answer.options[0])
        lines += _effects(
            answer.options[-1] if len(answer.options) == 1 else _longest(answer.options)
        )
    if answer.ignored:
        lines += _section("Inputs that made no difference", [f"  {', '.join(answer.ignored)}"])
    return "\n".join([*lines, *_footer(answer)])


def _longest(options: "Sequence[Course]") -> "Course":
    return max(options, key=lambda course: course.lengths.longest)


def _care(course: "Course") -> list[str]:
    def days(first: int, last: int) -> str:
        return f"day {first}" if first == last else f"day {first} to {last}"

    lines = []
    for step in course.care:
        told = f"{days(step.from_day, step.to_day)}: {step.instruction} {_ids(step.citations)}"
        lines.append(
            _wrapped(f"{told} ({step.strictness.value}, {step.grade.value})", "    ", "  - ")
        )
        if step.note:
            lines.append(_wrapped(f"note: {step.note}", "       ", "     "))
        lines += _disagreements(step.disagreements)
    return _section("Before and after each session (the session is day 0)", lines)


def _effects(course: "Course") -> list[str]:
    lines = []
    for expected, title in ((True, "expected"), (False, "adverse")):
        found: dict[str, list[SideEffect]] = {}
        for effect in course.side_effects:
            if effect.expected is expected:
                found.setdefault(effect.effect.value.replace("_", " "), []).append(effect)
        lines.append(f"  {title}")
        for name, held in found.items():
            cited = _ids(citation for effect in held for citation in effect.citations)
            # Of other procedures, unless at least one source is about this one.
            indirect = " (known from other procedures)" if all(e.indirect for e in held) else ""
            lines.append(_wrapped(f"{name}{indirect} {cited}", "      ", "    - "))
            lines += [
                _wrapped(f"{figure} {_ids(figure.citations)}", "          ", "        ")
                for effect in held
                for figure in effect.frequencies
            ]
    title = f"Side effects up to {course.lengths.longest}, and the frequencies published in whom"
    return _section(title, lines)


def _footer(answer: "Recommendation") -> list[str]:
    provenance = answer.provenance
    return [
        *_section("Intended use", [_wrapped(provenance.intended_use, "  ")]),
        *_section(
            "Limitations", [_wrapped(text, "    ", "  - ") for text in provenance.limitations]
        ),
        *_section("Sources", [_wrapped(_source(s), "    ", "  ") for s in answer.sources]),
        "",
        f"Edition {provenance.edition}, digest {provenance.digest}, engine {provenance.engine}.",
    ]


def _source(source: "Source") -> str:
    return f"{source.reference} {source.note}".rstrip()


def comparison(found: "Comparison") -> str:
    """Render two needle lengths side by side."""
    lines = [f"{found.left} and {found.right}, by edition {found.edition}"]
    sources: dict[str, Source] = {}
    for row in found.rows:
        lines += ["", row.aspect.value]
        for length, cells in ((found.left, row.left), (found.right, row.right)):
            if not cells:
                lines.append(f"  {length}: {_NOT_PUBLISHED}")
            lines += [_wrapped(_cell(fact, str(length)), "      ", "  ") for fact in cells]
            sources.update((c.source.id, c.source) for fact in cells for c in fact.citations)
    lines += ["", "Sources"]
    lines += [_wrapped(sources[key].reference, "    ", "  ") for key in sorted(sources)]
    return "\n".join(lines)


def _cell(fact: "AspectFact", length: str) -> str:
    mark = "" if fact.followed else "(also) "
    return f"{length}: {mark}{fact.text} {_ids(fact.citations)}"


def knowledge(edition: "Knowledge") -> str:
    """Render what an edition holds."""
    about = edition.edition
    counts = {
        "sources": edition.sources,
        "studies": edition.studies,
        "indications": edition.indications,
        "protocols": edition.protocols,
        "clearances": edition.clearances,
        "findings": edition.findings,
        "sites": edition.sites,
        "length aspects": edition.aspects,
        "principles": edition.principles,
        "skin thickness figures": edition.thickness,
        "side effects": edition.effects,
        "care steps": edition.care,
        "responses": edition.responses,
    }
    return "\n".join(
        [
            f"Edition {about.id}, released {about.released_on.isoformat()}, by {about.authors}",
            f"Literature read until {about.literature_read_until.isoformat()}",
            f"Digest {edition.digest}",
            *(f"{len(rows):5} {name}" for name, rows in counts.items()),
            *_section("Intended use", [_wrapped(about.intended_use, "  ")]),
            *_section(
                "Limitations", [_wrapped(text, "    ", "  - ") for text in about.limitations]
            ),
            *_section("Sources", [_wrapped(s.reference, "    ", "  ") for s in edition.sources]),
        ]
    )
