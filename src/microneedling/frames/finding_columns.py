"""The columns that speak of one finding: what they are called, and what they come to together."""

from collections.abc import Mapping
from enum import Enum, unique
from typing import Final, NamedTuple

from microneedling.values.vocabulary import Finding

__all__ = ["FINDING_COLUMNS", "Claims", "Part"]


@unique
class Part(Enum):
    """
    What a column says of a finding; it is called by the finding's code and this.

    >>> Part.LAST_ON.of(Finding.ISOTRETINOIN)
    'isotretinoin_last_on'
    """

    FLAG = ""
    LAST_ON = "_last_on"
    ONGOING = "_ongoing"
    CLEARED_ON = "_cleared_on"
    CLEARED_BY = "_cleared_by"

    def of(self, finding: Finding) -> str:
        """Name the column that says it of a finding."""
        return f"{finding.value}{self.value}"


FINDING_COLUMNS: Final[Mapping[str, tuple[Finding, Part]]] = {
    part.of(finding): (finding, part) for part in Part for finding in Finding
}


class Claims(NamedTuple):
    """
    What a row says of one finding.

    Args:
        flag: Whether it is there, by its own column.
        dated: Whether a last day is told.
        ongoing: Whether it goes on.
        listed: Whether it is in the list of what is present.
        ruled_out: Whether it is in the list of what is absent.
    """

    flag: bool | None = None
    dated: bool = False
    ongoing: bool | None = None
    listed: bool = False
    ruled_out: bool = False

    @property
    def absent(self) -> bool:
        """Tell whether the row says that it is not there."""
        return self.flag is False or self.ruled_out

    @property
    def present(self) -> bool:
        """
        Tell whether it is there, or was.

        What does not go on was there, unless the row says that it was not.
        """
        return self._claimed or (self.ongoing is False and not self.absent)

    @property
    def _claimed(self) -> bool:
        return bool(self.flag or self.dated or self.ongoing or self.listed)

    def contradiction(self, finding: Finding) -> str | None:
        """Name the first input that says it is there where another says it is not, or is over."""
        if self._claimed and self.absent:
            said = {
                Part.FLAG.of(finding): self.flag,
                Part.LAST_ON.of(finding): self.dated,
                Part.ONGOING.of(finding): self.ongoing,
            }
            return next((name for name, holds in said.items() if holds), "findings")
        return Part.ONGOING.of(finding) if self.dated and self.ongoing else None
