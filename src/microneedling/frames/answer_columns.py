"""What a table tells of an answer, and the columns that it stands in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from microneedling.frames.engines import Column, Kind
from microneedling.values.reasons import Effect, Verdict
from microneedling.values.recommendations import Answer, Offer
from microneedling.values.standing import Fit
from microneedling.values.vocabulary import Anaesthesia

__all__ = [
    "FIGURES",
    "VERDICTS",
    "Figures",
    "course_columns",
    "deciding_of",
    "figures_of",
    "roles_of",
]

# In rising caution; a row that is no assessment is the last of all.
VERDICTS: Final = (*(verdict.value for verdict in Verdict), "invalid")


class Figures(NamedTuple):
    """What is told of the preferred course; nothing where none is offered."""

    shortest_um: int | None = None
    longest_um: int | None = None
    fewest_sessions: int | None = None
    most_sessions: int | None = None
    minimum_days: int | None = None
    preferred_days: int | None = None
    maximum_days: int | None = None
    anaesthesia: str | None = None
    protocol: str | None = None
    # How it fits, how many options share its rank, and what its studies gave besides.
    fit: str | None = None
    sharing_rank: int | None = None
    adjuncts: str | None = None


FIGURES: Final = Figures._fields


def figures_of(answer: Answer) -> Figures:
    """Read off an answer what a table tells of its preferred course."""
    if not isinstance(answer, Offer):
        return Figures()
    reason = next(reason for reason in answer.reasons if reason.course is not None)
    course = answer.options[0]
    sessions, interval = course.sessions, course.interval
    return Figures(
        course.lengths.shortest.um,
        course.lengths.longest.um,
        sessions.fewest if sessions else None,
        sessions.most if sessions else None,
        interval.minimum_days if interval else None,
        interval.preferred_days if interval else None,
        interval.maximum_days if interval else None,
        course.anaesthesia.value if course.anaesthesia else None,
        reason.protocol,
        course.standing.fit.value,
        sum(other.standing.rank == 1 for other in answer.options),
        " ".join(dict.fromkeys(use.adjunct.value for use in course.adjuncts)) or None,
    )


def deciding_of(answer: Answer) -> tuple[str, ...]:
    """Read off an answer the codes of the findings that carry its verdict."""
    return tuple(reason.finding.value for reason in answer.because if reason.finding is not None)


def roles_of(answer: Answer) -> tuple[str, ...]:
    """
    Read off an answer who has to clear the findings that carry its verdict.

    One role for each of them that somebody has to clear, in their order.
    """
    return tuple(
        reason.role.value
        for reason in answer.because
        if reason.finding is not None and reason.role and reason.effect is Effect.CLEAR
    )


def course_columns(told: Sequence[Figures], protocols: Iterable[str]) -> Mapping[str, Column]:
    """Give the columns of figures, by number; the protocols are all of an edition's."""
    known = {
        "anaesthesia": tuple(kind.value for kind in Anaesthesia),
        # Protocols of the same figures are one option, named after all.
        "protocol": tuple(sorted({*protocols} | {one.protocol for one in told if one.protocol})),
        "fit": tuple(fit.value for fit in Fit),
    }
    found = {}
    for name, values in zip(FIGURES, zip(*told, strict=True), strict=True):
        codes, fixed = known.get(name, ()), name != "protocol"
        kind = Kind.TEXT if codes or name == "adjuncts" else Kind.WHOLE
        found[name] = Column(values, kind, codes, fixed)
    return found
