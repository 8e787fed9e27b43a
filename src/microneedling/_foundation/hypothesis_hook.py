"""
The classes of values, announced when they are made.

So that Hypothesis can learn of our types without loading them. Nobody listens unless its plugin
was set up; this room imports nothing, since everybody who imports Hypothesis pays for it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LISTENERS", "announce"]

LISTENERS: "list[Callable[[type], object]]" = []


def announce(kind: type) -> None:
    """Tell everybody who listens of a class."""
    for tell in LISTENERS:
        tell(kind)
