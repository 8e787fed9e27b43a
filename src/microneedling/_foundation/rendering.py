"""
The door to what is shown: texts, tables, pictures and calendar files; frames by `frames`.

The other of the two ways upwards. Values know how they are asked to show themselves, and nothing
of how that is done.
"""

from typing import Any, ClassVar

from microneedling._foundation.public_names import load

__all__ = ["Picture", "Shown", "calendar_file", "frame", "picture", "table", "text"]


class Picture(str):
    """A picture as the text of its SVG, which notebooks show as what it is."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)


class Shown:
    """Shows itself with headings, tables and links: as HTML, as Markdown, and in notebooks."""

    __slots__ = ()
    # As what `display` shows it.
    _card: ClassVar[str]

    def to_html(self) -> str:
        """
        Render it as a whole page of HTML: the brief first, the rest folded, and last the sources.

        The page needs nothing else: no script, no file besides it. It prints unfolded.

        >>> import microneedling as mn
        >>> page = mn.compare("0.5 mm", "1.0 mm").to_html()
        >>> page.splitlines()[:2]
        ['<!doctype html>', '<html lang="en">']
        """
        return _rich(self, self._card, "page")

    def to_markdown(self) -> str:
        """
        Render it as Markdown, with what the page of HTML says.

        >>> import microneedling as mn
        >>> print(mn.compare("0.5 mm", "1.0 mm").to_markdown().splitlines()[0])
        # 0.5 mm and 1.0 mm
        """
        return _rich(self, self._card, "markdown")

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        return _rich(self, self._card, "fragment")

    def _repr_markdown_(self) -> str:
        """Show it where a notebook is written as Markdown."""
        return self.to_markdown()


def _rich(value: object, card: str, form: str) -> str:
    from microneedling import display

    return display.rich(value, card, form)


def text(how: str, value: object, *, language: str | None = None, **asked: object) -> str:
    """
    Show a value as text.

    Args:
        how: The name of the function of `display` that does it.
        value: What it is given.
        language: In which one it is told; that of the source if not given.
        asked: What is asked for besides: sections, one option, or who reads it.
    """
    from microneedling import display

    show = getattr(display, how)
    if language is None:
        return str(show(value, **asked))
    with display.in_language(language):
        return str(show(value, **asked))


def picture(how: str, value: object, **asked: object) -> Picture:
    """
    Show a value as a picture; what draws is loaded only now.

    Args:
        how: The name of the function of `display.pictures` that does it.
        value: What it is given.
        asked: What is asked for besides.
    """
    from microneedling import display

    return Picture(display.picture(how, value, **asked))


def calendar_file(schedules: object, sites: object = (), *, title: str, key: str) -> bytes:
    """Write schedules as one calendar file, of one or more sites; icalendar is loaded only now."""
    from microneedling.display import calendar

    return bytes(calendar.to_ics(schedules, sites, title=title, key=key))  # type: ignore[arg-type]  # their classes stand above


def table(how: str, value: object, **asked: object) -> Any:  # noqa: ANN401 - its class stands above
    """Make a plain table of a value, by the function of `display` that does it."""
    from microneedling import display

    return getattr(display, how)(value, **asked)


def frame(table: object, engine: object) -> Any:  # noqa: ANN401 - a frame of any library
    """
    Make a frame of a plain table; the dataframe library is loaded only now.

    A program that PyInstaller makes has the wing `frames` where it imports that itself.
    """
    try:
        from microneedling.frames import table_frames
    except ModuleNotFoundError as error:
        root: Any = load("MicroneedlingError")
        message = f"Frames need {error.name}; install the extra: microneedling[frames]"
        raise root(message) from None
    return table_frames.frame_of(table, engine)  # type: ignore[arg-type]  # its class stands above
