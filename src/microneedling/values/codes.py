"""What a code is: a member of a closed enumeration, with or without an order."""

from enum import StrEnum
from typing import Any, NoReturn, Self

from microneedling._foundation import checks
from microneedling._foundation.pickling import reduced

__all__ = ["Code", "OrderedCode"]


class Code(StrEnum):
    """
    A coded enumeration: a member is its code, and equals the same text.

    Raises:
        InputError: If no member has the code. It lists those there are, not what was given.

    >>> import microneedling as mn
    >>> mn.Severity("mild")
    <Severity.MILD: 'mild'>
    """

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return reduced(self, self.value)

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:  # noqa: ARG003 - never repeated
        checks.unknown_code(cls)


class OrderedCode(Code):
    """
    A coded enumeration whose members are ordered as they are written.

    Without it the members would compare as text, and ``"moderate" < "mild"``
    would pass unseen.

    >>> import microneedling as mn
    >>> mn.Severity.MILD < mn.Severity.MODERATE < mn.Severity.SEVERE
    True
    """

    rank: int

    def __init__(self, _code: str) -> None:
        self.rank = len(type(self).__members__)

    def _ranks(self, other: object) -> tuple[int, int]:
        if type(other) is not type(self):
            message = f"{type(self).__name__} has an order only among its own members"
            raise TypeError(message)
        return self.rank, other.rank

    def __lt__(self, other: Self) -> bool:  # type: ignore[override]  # narrower than str on purpose
        mine, theirs = self._ranks(other)
        return mine < theirs

    def __le__(self, other: Self) -> bool:  # type: ignore[override]  # likewise
        mine, theirs = self._ranks(other)
        return mine <= theirs

    def __gt__(self, other: Self) -> bool:  # type: ignore[override]  # likewise
        mine, theirs = self._ranks(other)
        return mine > theirs

    def __ge__(self, other: Self) -> bool:  # type: ignore[override]  # likewise
        mine, theirs = self._ranks(other)
        return mine >= theirs
