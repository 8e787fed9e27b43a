"""Care before and after the sessions of a schedule, day by day. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, ClassVar

from attrs import evolve, frozen

from microneedling._foundation import checks, rendering
from microneedling._foundation.field_bounds import AtLeastOne, Whole
from microneedling._foundation.value_class import Value
from microneedling.values.schedules import Schedule
from microneedling.values.session_rows import Boundary, CareStep

__all__ = ["CarePlan", "DatedCare", "care_plan"]

_HOURS = 24


@frozen(kw_only=True, repr=False)
class DatedCare(Value):
    """
    One instruction and the days it is for.

    Args:
        step: The instruction, with its sources and who says otherwise.
        sessions: The numbers of the sessions it belongs to; several where their days meet.
        first: The first day.
        last: The last day, included.
        sources_from: Where sources differ on when it begins, the earliest and the latest day
            they say, for the first of its sessions; None elsewhere.
        sources_to: Where sources differ on when it ends, the earliest and the latest day they
            say, for the last of its sessions; None elsewhere.
    """

    step: CareStep
    sessions: Annotated[
        tuple[Annotated[int, Whole(1, 100_000, "sessions")], ...], AtLeastOne("session")
    ]
    first: date
    last: date
    sources_from: tuple[date, date] | None = None
    sources_to: tuple[date, date] | None = None

    def _agree(self) -> None:
        for first, last, name in (
            (self.first, self.last, "last"),
            (*(self.sources_from or (self.first, self.first)), "sources_from"),
            (*(self.sources_to or (self.first, self.first)), "sources_to"),
        ):
            if last < first:
                checks.refuse("wrong_order", name, "give a last day not before the first")


@frozen(kw_only=True, repr=False)
class CarePlan(rendering.Shown, Value):
    """
    The dated instructions of a schedule, in order of their first days.

    Args:
        items: The instructions.
    """

    _card: ClassVar[str] = "care_plan"

    items: tuple[DatedCare, ...]

    def on(self, day: date) -> tuple[DatedCare, ...]:
        """
        Give what holds on a day.

        Raises:
            InputError: If it is given anything but a plain date.
        """
        day = checks.day(day, "day")
        return tuple(item for item in self.items if item.first <= day <= item.last)

    def to_svg(self, *, edition: str = "") -> str:
        """
        Draw the care on a time line; `Schedule.to_svg` draws it together with the sessions.

        Args:
            edition: The id of the edition, which the care does not keep.

        Raises:
            InputError: If the edition is no text.

        >>> CarePlan(items=()).to_svg()[:4]
        '<svg'
        """
        checks.text(edition, "edition")
        return rendering.picture("care", self, edition=edition)

    def __str__(self) -> str:
        return rendering.text("care_plan", self)


def care_plan(schedule: Schedule) -> CarePlan:
    """
    Date the care before and after every session of a schedule.

    A session begins the care after it anew: what is left of the care after the session
    before ends on its eve, so that no day is told two things. Care before a session does not
    reach back beyond the session before, whose own it is. One instruction whose days meet
    stands once. Sessions that were held count from the day they were held; while the schedule is
    paused there is no care before a session.

    Args:
        schedule: The schedule.

    Raises:
        InputError: If it is given anything else, or a day would leave the years 1900 to 2199.
    """
    checks.instance(schedule, "schedule", Schedule)
    found = [item for step in schedule.course.care for item in _merged(_of(step, schedule))]
    return CarePlan(items=tuple(sorted(found, key=lambda i: (i.first, i.last, i.step.code))))


def _of(step: CareStep, schedule: Schedule) -> Iterator[DatedCare]:
    """Date one instruction for every session, each within its own days."""
    held = [session.day for session in schedule.sessions if session.held_on]
    days = [*held, *(session.day for session in schedule.to_come)]
    for place, day in enumerate(days):
        first, last = _later(day, step.from_day), _later(day, step.to_day)
        if place and step.from_day < 0:
            first = max(first, days[place - 1])
        if step.to_day >= 0 and place + 1 < len(days):
            last = min(last, _later(days[place + 1], -1))
        if first > last:
            continue
        yield DatedCare(
            step=step,
            sessions=(place + 1,),
            first=first,
            last=last,
            sources_from=_published(step, day, Boundary.START),
            sources_to=_published(step, day, Boundary.END),
        )


def _later(day: date, days: int) -> date:
    return checks.later(day, days, "schedule")


def _published(step: CareStep, day: date, bound: Boundary) -> tuple[date, date] | None:
    """Give the days between which sources differ; hours are widened to whole days."""
    low, high = step.published_min_hours, step.published_max_hours
    if step.published_of is not bound or low is None or high is None or low == high:
        return None
    sign = -1 if (step.from_day if bound is Boundary.START else step.to_day) < 0 else 1
    ends = (_later(day, sign * (low // _HOURS)), _later(day, sign * -(-high // _HOURS)))
    return min(ends), max(ends)


def _merged(items: Iterator[DatedCare]) -> Iterator[DatedCare]:
    """Join what follows on without a gap."""
    held: DatedCare | None = None
    for item in items:
        if held is None:
            held = item
        elif item.first <= held.last + timedelta(days=1):
            held = evolve(
                held,
                sessions=held.sessions + item.sessions,
                last=max(held.last, item.last),
                sources_to=item.sources_to,
            )
        else:
            yield held
            held = item
    if held is not None:
        yield held
