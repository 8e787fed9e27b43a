"""The figures of options as plain tables: those of an edition, and those of an answer."""

from typing import TYPE_CHECKING, Final

from microneedling.display.citations import citation_key
from microneedling.values.tables import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microneedling.knowledge.knowledge import Knowledge
    from microneedling.knowledge.rules import Protocol
    from microneedling.values.codes import Code
    from microneedling.values.courses import Course
    from microneedling.values.evidence import Citation
    from microneedling.values.recommendations import Recommendation

__all__ = ["answer_table", "edition_options"]

_BETWEEN: Final = " | "
# The same names as in decided tables.
_FIGURES: Final = (
    Column("shortest_mm", "decimal", "The shortest needle length, millimetres, exactly."),
    Column("longest_mm", "decimal", "The longest needle length, millimetres, exactly."),
    Column("shortest_um", "whole", "The shortest needle length, micrometres."),
    Column("longest_um", "whole", "The longest needle length, micrometres."),
    Column("fewest_sessions", "whole", "The fewest sessions; empty where none is published."),
    Column("most_sessions", "whole", "The most sessions; empty where none is published."),
    Column("minimum_days", "whole", "Days between two sessions: never sooner."),
    Column("preferred_days", "whole", "Days between two sessions: what sources use most."),
    Column("maximum_days", "whole", "Days between two sessions: the longest published gap."),
    Column("anaesthesia", "text", "What is done against pain; empty where it is not published."),
    Column("end_point", "text", "The sign at which a session stops; empty where not published."),
    Column("fewest_passes", "whole", "The fewest passes in a session."),
    Column("most_passes", "whole", "The most passes in a session."),
    Column("devices", "list", "The devices it is documented with; empty for any."),
    Column("grade", "text", "The weakest evidence among the sources that fix its figures."),
    Column("backing", "text", "The evidence for its least supported figure."),
    Column("assembled", "flag", "True where no single source stands behind all figures."),
)
_SOURCES: Final = (
    Column("lengths_sources", "list", "Citation keys of the sources of the needle lengths."),
    Column("sessions_sources", "list", "Citation keys of the sources of the session count."),
    Column("interval_sources", "list", "Citation keys of the sources of the interval."),
    Column("sources", "list", "Citation keys of all its sources, as `cite` writes them."),
)
_OF_PROTOCOL: Final = (
    Column("protocol", "text", "The protocol's id."),
    Column("school", "text", "Protocols of one school differ by severity or arm only."),
    Column("indications", "list", "What it treats."),
    Column("severities", "list", "At which severities; empty for all."),
    Column("sites", "list", "Where, parts included."),
    Column("settings", "list", "Where it is documented."),
)
_OF_OPTION: Final = (
    Column("option", "whole", "Its place in the answer, from 1."),
    Column("rank", "whole", "Its rank; equals share one."),
    Column("protocols", "list", "The protocols behind it."),
    Column("indications", "list", "What it treats."),
    Column("fit", "text", "How what is documented fits the patient."),
)


def edition_options(edition: "Knowledge") -> Table:
    """Give every documented way to treat, a row each, in the edition's order."""
    cells = [
        [
            *(one.id, one.school),
            *map(_codes, (one.indications, one.severities, one.sites, one.settings)),
            *_figures(one),
            *_sources(one.citations),
        ]
        for one in edition.protocols
    ]
    return Table("options", (*_OF_PROTOCOL, *_FIGURES, *_SOURCES), cells)


def answer_table(answer: "Recommendation") -> Table:
    """Give the figures of an answer's options, a row each, in their order."""
    cells = [
        [
            *(place, one.standing.rank, _BETWEEN.join(one.protocols)),
            _codes(concern.indication for concern in one.concerns),
            one.standing.fit.value,
            *_figures(one),
            *_sources(one.citations),
        ]
        for place, one in enumerate(answer.options, 1)
    ]
    return Table("figures", (*_OF_OPTION, *_FIGURES, *_SOURCES), cells)


def _codes(codes: "Iterable[Code]") -> str:
    return _BETWEEN.join(code.value for code in codes)


def _figures(one: "Protocol | Course") -> "Iterable[Cell]":
    shortest, longest = one.lengths.shortest, one.lengths.longest
    yield from (shortest.mm, longest.mm, shortest.um, longest.um)
    yield from (one.sessions.fewest, one.sessions.most) if one.sessions else (None, None)
    gap = one.interval
    yield from (gap.minimum_days, gap.preferred_days, gap.maximum_days) if gap else [None] * 3
    yield one.anaesthesia.value if one.anaesthesia else None
    yield one.end_point.value if one.end_point else None
    yield from (one.passes.fewest, one.passes.most) if one.passes else (None, None)
    yield _codes(one.devices)
    yield from (one.grade.value, one.backing.value, one.assembled)


def _sources(citations: "tuple[Citation, ...]") -> "Iterable[Cell]":
    for figure in ("lengths", "sessions", "interval"):
        yield _keys(cited for cited in citations if cited.supports == figure)
    yield _keys(citations)


def _keys(citations: "Iterable[Citation]") -> str:
    return _BETWEEN.join(dict.fromkeys(citation_key(cited.source.id) for cited in citations))
