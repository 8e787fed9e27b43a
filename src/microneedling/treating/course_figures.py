"""The figures of a course beside those that are offered later: the more cautious hold."""

from microneedling.values.courses import Course, Interval
from microneedling.values.recommendations import Answer

__all__ = ["recovery_days", "same_course", "slower"]


def same_course(course: Course, answer: Answer) -> Course | None:
    """Find a course among what is offered."""
    return next((o for o in answer.options if o.protocols == course.protocols), None)


def recovery_days(course: Course) -> int:
    """Give the days of recovery after a session, as far as they are published."""
    return course.downtime.longest_days if course.downtime else 0


def slower(chosen: Interval | None, offered: Interval | None) -> Interval | None:
    """Give the more cautious of two intervals, figure by figure; what is missing says nothing."""
    if chosen is None or offered is None:
        return chosen or offered
    return Interval(
        minimum_days=max(chosen.minimum_days, offered.minimum_days),
        preferred_days=max(chosen.preferred_days, offered.preferred_days),
        maximum_days=max(chosen.maximum_days, offered.maximum_days),
    )
