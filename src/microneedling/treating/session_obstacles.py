"""What is known of a course on its way, what speaks against a session, and when it may be held."""

from datetime import date, timedelta
from typing import NamedTuple

from attrs import frozen

from microneedling.values.assessments import Assessment
from microneedling.values.courses import Course, Interval
from microneedling.values.next_steps import Move
from microneedling.values.reasons import Reason
from microneedling.values.sessions import Safeguard
from microneedling.values.vocabulary import Finding

__all__ = ["Block", "Case", "Window"]


@frozen(kw_only=True, repr=False)
class Case:
    """What does not change while a course goes on."""

    assessment: Assessment
    course: Course
    # The digest of the edition it began under, and the findings that edition asks for.
    digest: str
    asked: frozenset[Finding]


class Block(NamedTuple):
    """Something that speaks against a session."""

    move: Move
    reason: Reason
    # Under which name a professional may override it; None where it is no matter of safety.
    safeguard: Safeguard | None
    # The first day on which it no longer holds; None where that hangs on something unknown.
    until: date | None


class Window(NamedTuple):
    """The days on which a session may be held."""

    earliest: date
    preferred: date
    # By the longest gap that is documented; a session put off may come after it.
    longest: date | None

    @classmethod
    def after(cls, last: date, interval: Interval) -> "Window":
        """Count the days of an interval from the last session."""
        return cls(
            last + timedelta(days=interval.minimum_days),
            last + timedelta(days=interval.preferred_days),
            last + timedelta(days=interval.maximum_days),
        )

    def not_before(self, day: date) -> "Window":
        """Give what is left of it from a day on; the longest gap stays as it is documented."""
        earliest = max(self.earliest, day)
        return Window(earliest, max(self.preferred, earliest), self.longest)

    def days_beyond(self, day: date) -> int:
        """Count the days past the longest gap."""
        return 0 if self.longest is None else max(0, (day - self.longest).days)
