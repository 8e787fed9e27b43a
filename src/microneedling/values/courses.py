"""A documented way to treat, matched to an assessment: what may be offered."""

from datetime import date
from typing import Annotated, ClassVar, TypeAlias

from attrs import frozen

from microneedling._foundation import checks, rendering
from microneedling._foundation.field_bounds import AtLeastOne, Whole
from microneedling._foundation.value_class import Value
from microneedling.values.assessments import Concern
from microneedling.values.effects import SideEffect
from microneedling.values.evidence import Citation, Cited, Disagreement, Grade, Source
from microneedling.values.lengths import LengthRange
from microneedling.values.populations import AdjunctUse
from microneedling.values.responses import Response
from microneedling.values.session_rows import CareStep, SessionNeed
from microneedling.values.standing import Standing
from microneedling.values.vocabulary import Anaesthesia, DeviceKind, EndPoint

__all__ = [
    "Course",
    "Downtime",
    "Interval",
    "Note",
    "Passes",
    "SessionCount",
]

_Gap: TypeAlias = Annotated[int, Whole(1, 3650, "days")]
_Sessions: TypeAlias = Annotated[int, Whole(1, 100, "sessions")]
_PassCount: TypeAlias = Annotated[int, Whole(1, 100, "passes")]
_Recovery: TypeAlias = Annotated[int, Whole(0, 365, "days")]


@frozen(kw_only=True, repr=False)
class Interval(Value):
    """
    The days between two sessions.

    Args:
        minimum_days: Never sooner, 1 to 3650.
        preferred_days: What the sources use most.
        maximum_days: The longest published gap.

    Raises:
        InputError: If a figure is outside its bounds or they are out of order.

    >>> str(Interval(minimum_days=28, preferred_days=28, maximum_days=30))
    '28-30 days (preferred 28)'
    """

    minimum_days: _Gap
    preferred_days: _Gap
    maximum_days: _Gap

    def _agree(self) -> None:
        if not self.minimum_days <= self.preferred_days <= self.maximum_days:
            checks.refuse(
                "wrong_order",
                "preferred_days",
                "give minimum, preferred and maximum in rising order",
            )

    def intersection(self, other: "Interval") -> "Interval | None":
        """Give the gaps that both allow, preferring the longer preference, or None."""
        low = max(self.minimum_days, other.minimum_days)
        high = min(self.maximum_days, other.maximum_days)
        if high < low:
            return None
        preferred = min(max(self.preferred_days, other.preferred_days), high)
        return Interval(minimum_days=low, preferred_days=max(low, preferred), maximum_days=high)

    def __str__(self) -> str:
        if self.minimum_days == self.maximum_days:
            return f"{self.minimum_days} days"
        return f"{self.minimum_days}-{self.maximum_days} days (preferred {self.preferred_days})"


class _FewestToMost(Value):
    """What is counted from the fewest to the most."""

    __slots__ = ()
    fewest: int
    most: int

    def _agree(self) -> None:
        if self.most < self.fewest:
            checks.refuse("wrong_order", "most", "give a most not below the fewest")

    def __str__(self) -> str:
        return str(self.fewest) if self.fewest == self.most else f"{self.fewest}-{self.most}"


@frozen(repr=False)
class SessionCount(_FewestToMost):
    """
    How many sessions, from the fewest to the most.

    Args:
        fewest: 1 to 100.
        most: Not below the fewest, at most 100.

    Raises:
        InputError: If a figure is outside its bounds or they are out of order.

    >>> str(SessionCount(6, 10))
    '6-10'
    """

    fewest: _Sessions
    most: _Sessions

    def intersection(self, other: "SessionCount") -> "SessionCount | None":
        """Give the counts that both allow, or None."""
        low, high = max(self.fewest, other.fewest), min(self.most, other.most)
        return None if high < low else SessionCount(low, high)


@frozen(repr=False)
class Passes(_FewestToMost):
    """
    How often the device goes over the skin in one session.

    Args:
        fewest: 1 to 100.
        most: Not below the fewest, at most 100.

    Raises:
        InputError: If a figure is outside its bounds or they are out of order.

    >>> str(Passes(4, 10))
    '4-10'
    """

    fewest: _PassCount
    most: _PassCount


@frozen(repr=False)
class Downtime(Value):
    """
    The days of recovery after a session.

    Args:
        shortest_days: 0 to 365.
        longest_days: Not below the shortest.

    Raises:
        InputError: If a figure is outside its bounds or they are out of order.

    >>> str(Downtime(1, 2))
    '1-2 days'
    """

    shortest_days: _Recovery
    longest_days: _Recovery

    def _agree(self) -> None:
        if self.longest_days < self.shortest_days:
            checks.refuse("wrong_order", "longest_days", "give a longest not below the shortest")

    def __str__(self) -> str:
        if self.shortest_days == self.longest_days:
            return f"{self.shortest_days} days"
        return f"{self.shortest_days}-{self.longest_days} days"


@frozen(kw_only=True, repr=False)
class Note(Value):
    """
    Something to know about a course.

    Args:
        text: In plain words.
        short: The same in at most 15 words.
        citations: At least one.
    """

    text: str
    short: str = ""
    citations: Cited


_FIGURES = ("lengths", "sessions", "interval", "anaesthesia", "end_point", "passes", "downtime")


@frozen(kw_only=True, repr=False)
class Course(rendering.Shown, Value):
    """
    A documented protocol matched to an assessment: one option.

    None in ``sessions``, ``interval``, ``end_point``, ``passes``,
    ``downtime`` or ``anaesthesia`` means that no source read here publishes
    it, never that there is none; with several concerns, that it is not published for each
    of them.

    Args:
        protocols: The protocols behind it, one for each concern or shared by them.
        schools: The school of thought of each protocol.
        concerns: What it treats.
        lengths: The needle lengths, after every limit.
        sessions: How many sessions.
        interval: Days between sessions.
        anaesthesia: What is done against pain.
        end_point: The sign at which a session stops.
        passes: Passes in a session.
        downtime: Recovery after a session at the longest length offered.
        devices: The devices it is documented with; empty where any.
        grade: The weakest evidence among the sources that fix its figures.
        backing: The weaker of what stands at the two ends of its least supported figure.
        assembled: True where no single source reports this combination of figures.
        standing: How it stands to the patient, class by class, and its rank.
        adjuncts: What its studies gave together with needling: no step of the plan.
        not_before: The first day that the interval since the last session of before leaves for
            it; None where none is told that binds it.
        clearances: United States clearances whose scope covers it.
        unmet: The preferences it does not meet.
        notes: What else to know.
        citations: The sources, each with what it supports.
        needs: What each session needs, and what to expect of it.
        care: Before and after each session.
        side_effects: What may follow at these lengths, at such a site.
        red_flags: What may not wait if it follows, the most urgent first.
    """

    _card: ClassVar[str] = "course"

    protocols: Annotated[tuple[str, ...], AtLeastOne("protocol")]
    schools: tuple[str, ...]
    concerns: Annotated[tuple[Concern, ...], AtLeastOne("concern")]
    lengths: LengthRange
    sessions: SessionCount | None
    interval: Interval | None
    anaesthesia: Anaesthesia | None
    end_point: EndPoint | None
    passes: Passes | None
    downtime: Downtime | None
    devices: tuple[DeviceKind, ...]
    grade: Grade
    backing: Grade
    assembled: bool
    standing: Standing
    adjuncts: tuple[AdjunctUse, ...] = ()
    not_before: date | None = None
    clearances: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    citations: Cited
    needs: tuple[SessionNeed, ...]
    care: tuple[CareStep, ...]
    side_effects: tuple[SideEffect, ...]
    red_flags: tuple[Response, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source that the course and its rows for sessions name, each once."""
        held: list[Citation | Disagreement] = [*self.citations]
        for note in self.notes:
            held += note.citations
        rows: tuple[SessionNeed | CareStep, ...] = (*self.needs, *self.care)
        for row in rows:
            held += (*row.citations, *row.disagreements)
        for response in self.red_flags:
            held += response.citations
        for effect in self.side_effects:
            held += effect.citations
            for frequency in effect.frequencies:
                held += frequency.citations
        return tuple({cited.source.id: cited.source for cited in held}.values())

    def cited(self, figure: str) -> tuple[Citation, ...]:
        """
        Give the sources behind one figure.

        Args:
            figure: ``lengths``, ``sessions``, ``interval``, ``anaesthesia``,
                ``end_point``, ``passes`` or ``downtime``.

        Raises:
            InputError: If there is no such figure.
        """
        if figure not in _FIGURES:
            checks.refuse("unknown_code", "figure", f"give one of {', '.join(_FIGURES)}")
        return tuple(citation for citation in self.citations if citation.supports == figure)
