"""A side effect after a session, from the first report to its end."""

from collections.abc import Mapping
from datetime import date

from attrs import evolve, frozen

from microneedling.values.vocabulary import Severity, SideEffectCode

__all__ = ["Episode"]


@frozen(repr=False)
class Episode:
    """One side effect after one session, and all that it was ever counted as."""

    effect: SideEffectCode
    session: int
    began: date
    # The last day after the session of which something was reported, and how marked it was then;
    # of several reports of that day the worst.
    last_day: int
    severity: Severity
    # For each severity, the last day on which it was seen or counted as unchanged. A response
    # never grows milder with days, so the earlier ones say nothing more; and nothing is taken
    # back by what is reported later.
    seen: Mapping[Severity, int]
    # Day after the session from which on it was over, while it is.
    resolved: int | None = None

    def is_open(self, on: date) -> bool:
        """Tell whether it was not known to be over on a day."""
        return self.resolved is None or (on - self.began).days < self.resolved

    def day_on(self, on: date) -> int:
        """Count the days since the session, or up to what was reported last."""
        return max((on - self.began).days, self.last_day)

    def reported(self, day: int, severity: Severity) -> "Episode":
        """Add a report; what it does not say of the days before counts as unchanged."""
        seen = _counted(self.seen, severity, day)
        if self.resolved is not None and day < self.resolved:
            # Told late, of the days before its end, and does not open it again.
            seen = _counted(seen, severity, self.resolved - 1 if day > self.last_day else day)
            return evolve(self, seen=seen)
        if day < self.last_day:
            return evolve(self, seen=_counted(seen, severity, self.last_day - 1))
        if day == self.last_day and self.resolved is None:
            return evolve(self, seen=seen, severity=max(self.severity, severity))
        if self.resolved is None:
            seen = _counted(seen, self.severity, day - 1)
        return evolve(self, seen=seen, last_day=day, severity=severity, resolved=None)

    def ended(self, day: int) -> "Episode":
        """End it; up to the eve of that day it counts as unchanged."""
        last = max(self.last_day, day - 1)
        return evolve(self, seen=_counted(self.seen, self.severity, last), resolved=day)


def _counted(seen: Mapping[Severity, int], severity: Severity, day: int) -> Mapping[Severity, int]:
    return {**seen, severity: max(day, seen.get(severity, 0))}
