"""
The answer: a verdict, its reasons and where everything in it comes from.

A recommendation is its reasons. Verdict, options, questions and dates are read off
them, so that no answer can contradict its own reasons, and replaying the
reasons gives the answer again.
"""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from attrs import field, fields, frozen

from microneedling._foundation import checks, rendering
from microneedling._foundation.field_bounds import Line
from microneedling._foundation.value_class import AsOne, Row, Value
from microneedling.values.assessments import Assessment
from microneedling.values.courses import Course
from microneedling.values.evidence import Source
from microneedling.values.reasons import Effect, Question, Reason, Step, Verdict
from microneedling.values.session_rows import Audience

if TYPE_CHECKING:
    from microneedling.values.tables import Table

__all__ = [
    "Ask",
    "Decline",
    "Defer",
    "Offer",
    "Provenance",
    "Recommendation",
    "Refer",
    "replay",
]


@frozen(kw_only=True, repr=False, eq=False)
class Provenance(Row):
    """
    What made the answer, and what it may be used for.

    Args:
        edition: The edition's id.
        digest: SHA-256 of the edition's canonical form.
        engine: The version of the decision logic.
        intended_use: Who may use it for what.
        limitations: What it cannot do.
    """

    edition: str
    digest: str
    engine: Annotated[str, Line(20)]
    intended_use: str
    limitations: tuple[str, ...]


_WEIGHT = attrgetter("weight")
_OFFERS = Effect.OFFER.weight


@frozen(kw_only=True, repr=False)
class Recommendation(rendering.Shown, Value):
    """
    What every answer carries, whatever its verdict.

    The reader is a health professional, who decides. This is no medical
    device and gives no orders.

    Args:
        assessment: The inputs.
        provenance: Edition, digest, engine, intended use, limitations.
        reasons: In a stable order; they are the answer.
        ignored: Inputs that were given and made no difference, as far as is known.
        trace: Every rule that was looked at, also those that did not apply.

    Raises:
        InputError: If the reasons do not lead to this verdict.
    """

    _card: ClassVar[str] = "answer"

    assessment: Assessment
    provenance: Provenance
    reasons: tuple[Reason, ...]
    ignored: tuple[str, ...] = ()
    trace: tuple[Step, ...] = field(default=(), repr=False)

    def _agree(self) -> None:
        if type(self) is Recommendation:
            message = "make one of Offer, Ask, Defer, Refer and Decline"
            raise TypeError(message)
        weights = [*map(_WEIGHT, self.reasons)]
        if not isinstance(self, ANSWERS.get(max(weights, default=0), ())):
            checks.refuse("contradiction", "reasons", "give the reasons of this very verdict")
        if not isinstance(self, Offer) and _OFFERS in weights:
            checks.refuse("contradiction", "reasons", "offer a course in an offer only")
        for number, reason in enumerate(self.reasons):
            if (reason.course is None) is (reason.effect is Effect.OFFER):
                path = f"reasons[{number}].course"
                message = "give a course with each reason that offers one, and with no other"
                checks.refuse("contradiction", path, message)

    def _with(self, *effects: Effect) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.effect in effects)

    @property
    def edition(self) -> str:
        """The id of the edition that gave the answer."""
        return self.provenance.edition

    @property
    def digest(self) -> str:
        """The digest of the edition that gave the answer."""
        return self.provenance.digest

    @property
    def because(self) -> tuple[Reason, ...]:
        """The reasons that carry the verdict."""
        worst = max(map(_WEIGHT, self.reasons))
        return tuple(reason for reason in self.reasons if reason.weight == worst)

    @property
    def cautions(self) -> tuple[Reason, ...]:
        """What is to be heeded."""
        return self._with(Effect.CAUTION)

    @property
    def musts(self) -> tuple[Reason, ...]:
        """What has to be done or left, whatever the verdict; each with a ``must``."""
        return tuple(reason for reason in self.reasons if reason.must)

    @property
    def to_clear(self) -> tuple[Reason, ...]:
        """The findings that somebody has to clear first, each with the role."""
        return self._with(Effect.CLEAR)

    @property
    def earliest(self) -> date | None:
        """
        Not before this day: the latest end of what is dated; None where nothing is.

        Where something else has to heal, to be over or to be cleared, it is not enough.
        """
        days = [r.until for r in self._with(Effect.DEFER) if r.until is not None]
        return max(days, default=None)

    @property
    def lifted(self) -> tuple[Reason, ...]:
        """The findings whose waiting time is over."""
        return self._with(Effect.LIFTED)

    @property
    def excluded(self) -> tuple[Reason, ...]:
        """The documented protocols that are not offered, each with its reason."""
        return self._with(Effect.EXCLUDE)

    @property
    def unserved(self) -> tuple[Reason, ...]:
        """The concerns that some or all of the courses on offer leave out, each with why."""
        return self._with(Effect.UNSERVED)

    @property
    def unknowns(self) -> tuple[Reason, ...]:
        """The facts that are not known and could change the answer."""
        return self._with(Effect.ASK, Effect.UNKNOWN)

    @property
    def options(self) -> tuple[Course, ...]:
        """The courses on offer, the preferred first; empty unless the verdict is offer."""
        return ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source the answer stands on or is contradicted by, sorted by id."""
        found: dict[str, Source] = {}
        for reason in self.reasons:
            cited = [citation.source for citation in reason.citations]
            cited += [other.source for other in reason.disagreements]
            if reason.course is not None:
                cited += reason.course.sources
            found.update((source.id, source) for source in cited)
        return tuple(found[key] for key in sorted(found))

    def brief(self, *, audience: Audience | str | None = None, language: str = "en") -> str:
        """
        Render the answer on one screen: about 25 lines of 80 columns.

        What has to be done or left, limits, stop signs and this patient's cautions are never
        left out for it: options are, and then it grows.

        Args:
            audience: For whom it also says what to do before and after a session.
            language: In which one, of those that ship; no decision and no figure changes with
                it. What is of safety has its English beside it.

        Raises:
            InputError: If there is no such audience or language.
        """
        return rendering.text("brief", self, language=language, audience=audience)

    # As drafts before the first release called it.
    summary = brief

    def explain(
        self,
        sections: Iterable[str] | None = None,
        *,
        why: int | None = None,
        audience: Audience | str | None = None,
    ) -> str:
        """
        Render the answer as text with its reasons, and last the sources of what is shown.

        Args:
            sections: Which ones, of ``musts``, ``options``, ``basis``, ``why``, ``limits``,
                ``cautions``, ``unknown``, ``excluded``, ``session``, ``care``, ``stop``,
                ``effects``, ``inputs`` and ``about``; all if not given.
            why: Of one option alone, by its place from 1; without sections its figures and what
                the sources say of the indication.
            audience: Who reads what is to be done before and after a session, and when to call;
                all if not given.

        Raises:
            InputError: If there is no such section, option or audience.
        """
        return rendering.text("explain", self, sections=sections, why=why, audience=audience)

    def to_svg(self) -> str:
        """
        Draw the options as a map: lengths, sessions and intervals, with what is not offered.

        `Knowledge.protocols_svg` draws all that is published, with these options marked.

        >>> import microneedling as mn
        >>> found = mn.recommend(
        ...     mn.Assessment(
        ...         on=date(2026, 11, 22),
        ...         site=mn.Site.CHEEK,
        ...         setting=mn.Setting.CLINIC,
        ...         concerns=[mn.Concern(indication=mn.Indication.ACNE_SCAR_ROLLING)],
        ...         skin_type=mn.SkinType.III,
        ...         age_years=34,
        ...         screening=mn.Screening.complete(),
        ...     ),
        ...     mn.load("2026.1"),
        ... )
        >>> found.to_svg().count('class="protocol"') == len(found.options)
        True
        """
        return rendering.picture("answer", self)

    # Never the data: an answer holds health data by the page.
    def table(self) -> "Table":
        """
        Give the figures of its options as a plain table, for a paper, a file or a frame.

        A row is an option: its rank, needle lengths in exact millimetres, sessions, the days
        between them, the grade behind them, and the keys under which `Source.cite` has its sources.

        >>> import datetime
        >>> import microneedling as mn
        >>> answer = mn.recommend(
        ...     mn.Assessment(
        ...         on=datetime.date(2026, 11, 22),
        ...         concerns=(
        ...             mn.Concern(indication=mn.Indication.STRIAE, severity=mn.Severity.MILD),
        ...         ),
        ...         site=mn.Site.ABDOMEN,
        ...         setting=mn.Setting.CLINIC,
        ...         age_years=34,
        ...         screening=mn.Screening.complete(present=[]),
        ...     ),
        ...     mn.load("2026.1"),
        ... )
        >>> [(row["rank"], str(row["longest_mm"])) for row in answer.table()][:1]
        [(1, '1.5')]
        """
        made: Table = rendering.table("answer_table", self)
        return made

    def __str__(self) -> str:
        return self.brief()


class Offer(Recommendation):
    """Documented options, the preferred first; the professional chooses."""

    __slots__ = ()
    verdict: ClassVar[Literal[Verdict.OFFER]] = Verdict.OFFER

    @property
    def options(self) -> tuple[Course, ...]:
        """The courses on offer, the preferred first."""
        return tuple(r.course for r in self.reasons if r.course is not None)


class Ask(Recommendation):
    """A fact is unknown that could change the verdict: the questions to put."""

    __slots__ = ()
    verdict: ClassVar[Literal[Verdict.ASK]] = Verdict.ASK

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions, in the order of a careful intake; what could end it comes first."""
        return tuple(reason.asked for reason in self.because if reason.asked is not None)


class Defer(Recommendation):
    """Not now: a finding has to end, or its waiting time to pass, first."""

    __slots__ = ()
    verdict: ClassVar[Literal[Verdict.DEFER]] = Verdict.DEFER

    @property
    def until(self) -> date | None:
        """
        The first day on which no deferring finding holds any more.

        None where at least one goes on, or its day or waiting time is not known.
        """
        if any(reason.wait_days and reason.effect is Effect.ASK for reason in self.reasons):
            # Of another finding only the day is not known.
            return None
        days = [reason.until for reason in self.because]
        return None if None in days else max(day for day in days if day is not None)


class Refer(Recommendation):
    """Outside what is documented: for a specialist, or another treatment."""

    __slots__ = ()
    verdict: ClassVar[Literal[Verdict.REFER]] = Verdict.REFER


class Decline(Recommendation):
    """A finding or a site speaks against needling."""

    __slots__ = ()
    verdict: ClassVar[Literal[Verdict.DECLINE]] = Verdict.DECLINE


_AnyAnswer: TypeAlias = Offer | Ask | Defer | Refer | Decline
Answer: TypeAlias = Annotated[_AnyAnswer, AsOne(_AnyAnswer, "Answer")]
"""What `recommend` gives; a match over its five members is exhaustive."""

_NEW = object.__new__
_write_assessment, _write_provenance, _write_reasons, _write_ignored, _write_trace = (
    vars(Recommendation)[held.name].__set__ for held in fields(Recommendation)
)

# By the weight of the effect that carries the verdict.
ANSWERS: dict[int, type[Answer]] = {
    answer.verdict.rank + 1: answer for answer in (Offer, Ask, Defer, Refer, Decline)
}


def known_answer(
    weight: int,
    assessment: Assessment,
    reasons: tuple[Reason, ...],
    ignored: tuple[str, ...],
    trace: tuple[Step, ...],
    provenance: Provenance,
) -> Answer:
    """
    Make the answer to reasons whose weightiest is known, without weighing them again.

    For the decision alone, which these checks would slow by a quarter. That its answers pass
    them is a law, tested over the whole space by replaying each.
    """
    answer = _NEW(ANSWERS[weight])
    _write_assessment(answer, assessment)
    _write_provenance(answer, provenance)
    _write_reasons(answer, reasons)
    _write_ignored(answer, ignored)
    _write_trace(answer, trace)
    return answer


def replay(answer: Answer) -> Answer:
    """Read an answer off its reasons anew; equal to the answer it is given."""
    worst = max(reason.weight for reason in answer.reasons)
    return ANSWERS[worst](
        assessment=answer.assessment,
        provenance=answer.provenance,
        reasons=answer.reasons,
        ignored=answer.ignored,
        trace=answer.trace,
    )
