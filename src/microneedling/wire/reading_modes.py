"""The two ways of reading: quickly, or so that all that is wrong is found."""

from typing import Any, Protocol, TypeAlias

from microneedling._foundation.checks import refuse
from microneedling._foundation.errors import Problem
from microneedling.wire.problems import problems_of
from microneedling.wire.structuring import NotQuickError, is_object, quick, quick_fields, thorough

__all__ = ["Fields", "Kind", "Quick", "Thorough", "Way"]

# A class, or a union of them.
Kind: TypeAlias = Any
Fields: TypeAlias = dict[str, Any]


class Way(Protocol):
    """How a document is read: quickly, or so that all that is wrong is found."""

    # Whether some part was not read.
    broken: bool

    def fields(self, value: object, path: str) -> Fields:
        """Take an object apart."""
        ...

    def part(self, kind: Kind, fields: object, path: str) -> Any:  # noqa: ANN401 - of that kind
        """Read a part; None where something is wrong with it, and told."""

    def wrong(self, *problems: Problem) -> None:
        """Tell what is wrong."""


class Quick:
    """Raises something at the first thing that is wrong, or not told to be right quickly."""

    broken: bool = False

    def fields(self, value: Any, path: str) -> Fields:  # noqa: ANN401, ARG002 - as a `Way` has it
        """Take an object apart."""
        return quick_fields(value)

    def part(self, kind: Kind, fields: object, path: str) -> Any:  # noqa: ANN401, ARG002 - as a `Way` has it
        """Read a part."""
        return quick(kind)(fields)

    def wrong(self, *problems: Problem) -> None:
        """Tell what is wrong."""
        if problems:
            raise NotQuickError


class Thorough:
    """Finds all that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems: list[Problem] = problems
        self.broken: bool = False

    def fields(self, value: Any, path: str) -> Fields:  # noqa: ANN401 - told by its type
        """Take an object apart."""
        if not is_object(value):
            refuse("wrong_type", path, "give one JSON object, with text for its keys")
        return dict(value)

    def part(self, kind: Kind, fields: object, path: str) -> Any:  # noqa: ANN401 - of that kind
        """Read a part."""
        try:
            return thorough(kind)(fields)
        except Exception as error:  # noqa: BLE001 - what cattrs and the constructors found
            self.problems += problems_of(error, path)
        self.broken = True
        return None

    def wrong(self, *problems: Problem) -> None:
        """Tell what is wrong."""
        self.problems += problems
