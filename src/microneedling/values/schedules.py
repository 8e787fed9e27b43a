"""The days of a course."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar

from attrs import frozen

from microneedling._foundation import checks, rendering
from microneedling._foundation.field_bounds import AtLeastOne, Whole
from microneedling._foundation.value_class import Value
from microneedling.values.courses import Course
from microneedling.values.reasons import Reason

__all__ = ["PlannedSession", "Schedule"]


@frozen(kw_only=True, repr=False)
class PlannedSession(Value):
    """
    One session and the days on which it may be held.

    Args:
        number: From 1.
        earliest: Not before this day.
        preferred: The day that is planned.
        latest: Not after this day, by the longest gap that is documented; None where
            nothing says how late, as for the first session. Where the clinic is closed
            on every documented day, it is the planned day.
        days_beyond: By how many days the planned day exceeds the longest documented gap.
        optional: Whether the fewest sessions that are documented are done before it.
        held_on: The day it was held; None while it was not.
        cancelled: Whether it will not be held: the course has ended, or ends before it.

    Raises:
        InputError: If the days are out of order, or it is both held and cancelled.
    """

    number: Annotated[int, Whole(1, 100_000, "sessions")]
    earliest: date
    preferred: date
    latest: date | None = None
    days_beyond: Annotated[int, Whole(0, 100_000, "days")] = 0
    optional: bool = False
    held_on: date | None = None
    cancelled: bool = False

    def _agree(self) -> None:
        if self.cancelled and self.held_on:
            checks.refuse("contradiction", "cancelled", "a session that was held is not cancelled")
        if self.preferred < self.earliest or (self.latest and self.latest < self.preferred):
            checks.refuse(
                "wrong_order", "preferred", "give earliest, preferred and latest in rising order"
            )

    @property
    def day(self) -> date:
        """The day it was held, or else is planned."""
        return self.held_on or self.preferred


@frozen(kw_only=True, repr=False)
class Schedule(rendering.Shown, Value):
    """
    The dated sessions of a course.

    Args:
        course: The course.
        start: The day it was to begin, as it was asked for.
        sessions: In order: those that were held, those to come, those that are cancelled.
        revision: How often it was changed since it was made.
        revised_on: The day of the last change; None where there was none.
        paused: Why no day can be given now; nothing while days can be. Those to come keep the
            days for which they were planned last, and count as withdrawn.

    Raises:
        InputError: If numbers or days are out of order.
    """

    _card: ClassVar[str] = "schedule"

    course: Course
    start: date
    sessions: Annotated[tuple[PlannedSession, ...], AtLeastOne("session")]
    revision: Annotated[int, Whole(0, 1_000_000, "revisions")] = 0
    revised_on: date | None = None
    paused: tuple[Reason, ...] = ()

    def _agree(self) -> None:
        for place, session in enumerate(self.sessions):
            if session.number != place + 1:
                checks.refuse("wrong_order", f"sessions[{place}].number", "number them from 1")
            before = self.sessions[place - 1] if place else None
            if before is None:
                continue
            if session.held_on and not before.held_on:
                checks.refuse("wrong_order", f"sessions[{place}].held_on", "skip no session")
            if before.cancelled and not session.cancelled:
                checks.refuse("wrong_order", f"sessions[{place}].cancelled", "cancel the last")
            # What is withdrawn keeps a day that may be past.
            withdrawn = session.cancelled or (self.paused and session.held_on is None)
            if not withdrawn and session.day <= before.day:
                checks.refuse("wrong_order", f"sessions[{place}]", "give days in rising order")

    @property
    def next(self) -> PlannedSession | None:
        """The first session that is to come, if any; while it is paused none is."""
        return next(iter(self.to_come), None)

    @property
    def to_come(self) -> tuple[PlannedSession, ...]:
        """The sessions that are to come; while it is paused none is."""
        if self.paused:
            return ()
        return tuple([s for s in self.sessions if s.held_on is None and not s.cancelled])

    def to_ics(self, *, title: str = "Microneedling session", key: str = "") -> bytes:
        """
        Write the sessions as an iCalendar file (RFC 5545): whole days, tentative, private.

        The same schedule gives the same bytes. A session keeps its UID when the schedule
        is changed, and SEQUENCE rises, so that a calendar that is told again moves it; while
        the schedule is paused, those to come are withdrawn. DTSTAMP and LAST-MODIFIED are the day
        of the last change.
        Needs the extra ``calendar``.

        Args:
            title: What each session is called, in any language; its number is put after it.
                It is shown in calendars, so it should name no patient.
            key: Tells apart courses that are alike and begin on one day; any text of one's
                own, such as a random token. Only a hash of it is written.

        Raises:
            InputError: If the title is empty or no printable line, or the key is no text.
        """
        return rendering.calendar_file([self], title=title, key=key)

    def to_svg(self, *, closed: Iterable[date] = (), edition: str = "") -> str:
        """
        Draw the course on a time line: sessions, healing, care, days of stop signs, closed days.

        The same schedule gives the same bytes. The picture says the same in words.

        Args:
            closed: Days on which the clinic is closed; a schedule does not keep them.
            edition: The id of the edition, which a schedule does not keep, such as
                ``answer.edition``.

        Raises:
            InputError: If the closed days are no collection of days, or the edition is no text.

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
        >>> dated = mn.schedule(found.options[0], date(2026, 12, 1), sessions=3)
        >>> drawn = dated.to_svg(closed={date(2026, 12, 24)}, edition=found.edition)
        >>> drawn[:4], "closed: 2026-12-24" in drawn
        ('<svg', True)
        """
        days = checks.collected_days(closed, "closed")
        checks.text(edition, "edition")
        return rendering.picture("schedule", self, closed=days, edition=edition)

    def __str__(self) -> str:
        return rendering.text("schedule", self)
