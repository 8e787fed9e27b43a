"""
What can go wrong, as one root error with few, telling children.

Every error carries a stable code and says where it happened and what to do.
No message repeats the refused value: it may be a patient's.
"""

from typing import Any, NamedTuple

from microneedling._foundation.hypothesis_hook import announce
from microneedling._foundation.pickling import reduced

__all__ = [
    "InputError",
    "KnowledgeError",
    "MicroneedlingError",
    "Problem",
    "StoredDocumentError",
    "UnknownEditionError",
]


class MicroneedlingError(Exception):
    """The root of every error this library raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (*reduced(self, *self.args), vars(self) or None)


class Problem(NamedTuple):
    """
    One thing that is wrong with an input.

    Args:
        code: Stable, for programs.
        path: Where it is, e.g. ``concerns[0].severity``.
        message: What was expected and what to do; never the refused value.
    """

    code: str
    path: str
    message: str

    def __reduce__(self) -> tuple[Any, ...]:
        return reduced(self, *self)


class _RefusalError(MicroneedlingError):
    """What tells problems, one or more."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    @property
    def code(self) -> str:
        """The first problem's code."""
        return self.problems[0].code

    @property
    def path(self) -> str:
        """The first problem's path."""
        return self.problems[0].path

    @property
    def message(self) -> str:
        """The first problem's message."""
        return self.problems[0].message

    def __str__(self) -> str:
        return "\n".join(
            f"{problem.path or 'input'}: {problem.message} [{problem.code}]"
            for problem in self.problems
        )


class InputError(_RefusalError, ValueError):
    """
    A value or document that cannot be accepted.

    ``problems`` holds everything found; ``code``, ``path`` and ``message``
    are those of the first.

    >>> import microneedling as mn
    >>> try:
    ...     mn.NeedleLength(40)
    ... except mn.InputError as error:
    ...     print(error.code, error.path)
    out_of_range um
    """


class StoredDocumentError(_RefusalError):
    """
    A document that was kept, and cannot be read any more: nothing that a caller gave.

    It holds what an `InputError` holds, and is none, nor a ValueError: what answers a caller's
    mistake does not take it for one.

    >>> import microneedling as mn
    >>> try:
    ...     mn.from_json(b'{"schema": 1}', mn.NeedleLength, stored=True)
    ... except mn.StoredDocumentError as error:
    ...     print(error.code, error.path)
    missing_key $.value
    """


class KnowledgeError(MicroneedlingError, ValueError):
    """
    Tables that are no edition: names the table, the row and the field.

    Args:
        table: Such as ``protocols``.
        row: The row's id, or its number where it has none.
        field: The field, or ``""`` for the whole row.
        message: What is wrong and what to do.
    """

    def __init__(self, table: str, row: str, field: str, message: str) -> None:
        super().__init__(table, row, field, message)
        self.table = table
        self.row = row
        self.field = field
        self.message = message

    def __str__(self) -> str:
        where = " / ".join(part for part in (self.table, self.row, self.field) if part)
        return f"{where}: {self.message}"


class UnknownEditionError(MicroneedlingError, LookupError):
    """An edition this release does not ship."""


for _kind in (
    MicroneedlingError,
    Problem,
    InputError,
    StoredDocumentError,
    KnowledgeError,
    UnknownEditionError,
):
    announce(_kind)
