"""
The door to what is shown: texts and calendar files, made by the wing `display`.

The other of the two ways upwards. Values know how they are asked to show themselves, and nothing
of how that is done.
"""

__all__ = ["calendar_file", "text"]


def text(how: str, value: object, **asked: object) -> str:
    """
    Show a value as text.

    Args:
        how: The name of the function of `display` that does it.
        value: What it is given.
        asked: What is asked for besides: sections, one option, or who reads it.
    """
    from microneedling import display

    return str(getattr(display, how)(value, **asked))


def calendar_file(schedule: object, *, title: str, key: str) -> bytes:
    """Write a schedule as a calendar file; icalendar is loaded only now."""
    from microneedling.display import calendar

    return bytes(calendar.to_ics(schedule, title=title, key=key))  # type: ignore[arg-type]  # its class stands above
