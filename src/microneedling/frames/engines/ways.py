"""What every engine can do."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, Final, NamedTuple, Protocol

import narwhals.stable.v2 as nw

__all__ = ["NO_CODE", "Column", "Engine", "Kind", "Text"]

# Counted for a text in a list that is none of those known; no sum of others outweighs it.
NO_CODE: Final = -1_000_000


class Text(NamedTuple):
    """A column of texts, and the texts that have a number: their places."""

    column: str
    texts: Sequence[str]


class Kind(Enum):
    """What a column holds that is looked up."""

    WHOLE = "whole"
    TEXT = "text"
    DAY = "day"


class Column(NamedTuple):
    """
    What is looked up, by number.

    Args:
        values: The value of each number.
        kind: What they are.
        codes: Where only these texts may stand there, all of them, in their order.
    """

    values: Sequence[int | str | date | None]
    kind: Kind = Kind.WHOLE
    codes: tuple[str, ...] = ()


class Engine(Protocol):
    """
    One library's own ways with its frames.

    Args:
        most: How many numbers may be looked up at once.
        day: The type of a day that is looked up; None where texts cannot be read as days.
    """

    most: int
    day: nw.dtypes.DType | None

    def numbered(self, frame: Any, texts: Mapping[str, Text]) -> Any:  # noqa: ANN401 - its frames
        """Add each text's number; one more than the last for null, two more for any other."""

    def looked_up(self, frame: Any, number: str, columns: Mapping[str, Column]) -> Any:  # noqa: ANN401
        """Add what stands at a number."""

    def listed(self, frame: Any, column: str, sums: Mapping[str, Mapping[str, int]]) -> Any:  # noqa: ANN401
        """Add up what the texts of a list count, every text once, `NO_CODE` for any other."""
