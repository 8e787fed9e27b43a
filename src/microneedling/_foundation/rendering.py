"""
The door to what is shown: texts, pictures and calendar files, made by the wing `display`.

The other of the two ways upwards. Values know how they are asked to show themselves, and nothing
of how that is done.
"""

__all__ = ["calendar_file", "picture", "text"]


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


def picture(how: str, value: object, **asked: object) -> str:
    """
    Show a value as a picture; what draws is loaded only now.

    Args:
        how: The name of the function of `display.pictures` that does it.
        value: What it is given.
        asked: What is asked for besides.
    """
    from microneedling import display

    return display.picture(how, value, **asked)


def calendar_file(schedules: object, sites: object = (), *, title: str, key: str) -> bytes:
    """Write schedules as one calendar file, of one or more sites; icalendar is loaded only now."""
    from microneedling.display import calendar

    return bytes(calendar.to_ics(schedules, sites, title=title, key=key))  # type: ignore[arg-type]  # their classes stand above
