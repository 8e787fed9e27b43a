"""A store for what recurs."""

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(dict[K, V]):
    """
    A dictionary that forgets all it holds when it is full.

    So what is made once can be shared without memory growing for ever. What it holds must
    follow from its key alone: forgetting costs time and changes nothing.

    Args:
        most: How many entries are kept.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= self._most:
            self.clear()
        super().__setitem__(key, value)
