"""What a caller says about the columns of a table, checked before any of them is looked at."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from microneedling._foundation.checks import code_of, refuse
from microneedling._foundation.errors import InputError, Problem
from microneedling.frames.column_names import INPUTS, OUTPUTS
from microneedling.values.vocabulary import Finding

__all__ = ["Choices", "made_names", "renamed"]


class Choices(NamedTuple):
    """
    What a caller says about columns.

    Args:
        columns: The table's own names for ours, read or made.
        keep: Columns that pass untouched though they are called nearly like one that is read.
        asked: Findings that were asked about though the table has no column for them.
        assume_absent: Whether every finding without a column counts as asked about.
        strict: Whether a column that is neither read nor kept is refused.
    """

    columns: Mapping[str, str]
    keep: frozenset[str] = frozenset()
    asked: frozenset[Finding] = frozenset()
    assume_absent: bool = False
    strict: bool = False

    @classmethod
    def of(
        cls,
        columns: Mapping[str, str] | None = None,
        keep: Collection[str] = (),
        asked: Iterable[Finding | str] = (),
        *,
        assume_absent: bool = False,
        strict: bool = False,
    ) -> "Choices":
        """
        Check what a caller says.

        Raises:
            InputError: With what has a wrong type, or names no column or finding.
        """
        for name, told in (("assume_absent", assume_absent), ("strict", strict)):
            if not isinstance(told, bool):
                refuse("not_a_boolean", name, "give True or False")
        return cls(renamed(columns), _names(keep), _findings(asked), assume_absent, strict)


def renamed(columns: Mapping[str, str] | None) -> Mapping[str, str]:
    """Check the names that a user gives for ours."""
    if columns is None:
        return {}
    given: object = columns
    if not isinstance(given, Mapping) or not all(
        isinstance(text, str) for pair in given.items() for text in pair
    ):
        message = "give a mapping of our names to the table's, or leave it out"
        raise InputError(Problem("wrong_type", "columns", message))
    problems = [
        Problem("unknown_key", "columns", f"{name} is no column that is read or made")
        for name in columns
        if name not in INPUTS and name not in OUTPUTS
    ]
    if problems:
        raise InputError(*problems)
    return columns


def made_names(columns: Mapping[str, str] | None) -> list[str]:
    """Name the columns that a table gets."""
    names = renamed(columns)
    return [names.get(name, name) for name in OUTPUTS]


def _names(keep: object) -> frozenset[str]:
    # A text is a collection of letters, and surely not meant so.
    if isinstance(keep, (str, bytes)) or not isinstance(keep, Collection):
        refuse("wrong_type", "keep", "give a list of the table's columns")
    if not all(isinstance(name, str) for name in keep):
        refuse("wrong_type", "keep", "give columns by their names")
    return frozenset(keep)


def _findings(asked: object) -> frozenset[Finding]:
    if isinstance(asked, (str, bytes)) or not isinstance(asked, Iterable):
        refuse("wrong_type", "asked", "give a list of findings")
    return frozenset(
        one if isinstance(one, Finding) else code_of(one, Finding, "asked") for one in asked
    )
