"""The columns that a table may have, those that it gets, and what may be wrong with a row."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from microneedling.frames.answer_columns import FIGURES
from microneedling.values.vocabulary import Finding

__all__ = [
    "CODED",
    "ERRORS",
    "INPUTS",
    "KEYED",
    "LISTS",
    "OUTPUTS",
    "REQUIRED",
    "Named",
    "Problems",
    "is_day",
    "is_finding",
    "is_flag",
    "is_whole",
    "last_day",
]

REQUIRED: Final = ("on", "indication", "site", "setting")
CODED: Final = ("indication", "severity", "site", "setting", "skin_type")
LISTS: Final = ("findings", "absent")
# What the tables of the decision do not hold: with them rows are decided key by key.
KEYED: Final = ("label_maximum_um", "longest_downtime_days", "numbing", "most_visits")


def last_day(finding: Finding) -> str:
    """
    Name the column of a finding's last day.

    >>> last_day(Finding.ISOTRETINOIN)
    'isotretinoin_last_on'
    """
    return f"{finding.value}_last_on"


def is_day(name: str) -> bool:
    """
    Tell whether an input is a day.

    >>> is_day("on"), is_day("tattoo")
    (True, False)
    """
    return name == "on" or name.endswith("_last_on")


_FLAGS: Final = tuple(finding.value for finding in Finding)
_DAYS: Final = tuple(map(last_day, Finding))
INPUTS: Final = (
    "on",
    *CODED,
    "age_years",
    "everything_asked",
    *LISTS,
    *_FLAGS,
    *_DAYS,
    *KEYED,
)
OUTPUTS: Final = (
    "verdict",
    "until",
    *FIGURES,
    "deciding_findings",
    "edition",
    "error",
    "error_column",
)


def is_flag(name: str) -> bool:
    """
    Tell whether an input is yes or no.

    >>> is_flag("tattoo"), is_flag("on")
    (True, False)
    """
    return name in _FLAGS or name in {"everything_asked", "numbing"}


def is_finding(name: str) -> bool:
    """
    Tell whether an input says of a finding whether it is there.

    >>> is_finding("tattoo"), is_finding("everything_asked")
    (True, False)
    """
    return name in _FLAGS


def is_whole(name: str) -> bool:
    """
    Tell whether an input is a whole number.

    >>> is_whole("age_years"), is_whole("on")
    (True, False)
    """
    return name == "age_years" or (name in KEYED and name != "numbing")


class Named(NamedTuple):
    """
    The columns of one table, by our names.

    Args:
        given: The table's own name of each input that it has.
        made: The name of each column that it gets.
    """

    given: Mapping[str, str]
    made: Mapping[str, str]

    def has(self, name: str) -> bool:
        """Tell whether the table has an input."""
        return name in self.given


def _possible(name: str) -> Iterator[str]:
    """Say what may be wrong in a column, what is told first first."""
    yield "unreadable"
    if name in REQUIRED:
        yield "missing"
    if name in CODED or name in LISTS:
        yield "unknown_code"
    if is_day(name):
        yield "not_a_date"
    if name in {"on", "age_years"} or name in _DAYS or name in KEYED:
        yield "out_of_range"
    if name in _DAYS:
        yield "after_assessment"
    if name == "findings" or name in _FLAGS or name in _DAYS:
        yield "contradiction"


# Whatever the columns of a table are.
ERRORS: Final = tuple(sorted({code for name in INPUTS for code in _possible(name)}))


class Problems:
    """
    What may be wrong with a row, each with a number; 0 is nothing.

    Of several the one with the highest number is told: that of the first column.
    """

    def __init__(self, named: Named) -> None:
        told = [(c, n) for n in INPUTS if named.has(n) for c in _possible(n)]
        self.numbers: dict[tuple[str, str], int] = {
            pair: len(told) - place for place, pair in enumerate(told)
        }
        self.codes: tuple[str | None, ...] = (None, *(code for code, _ in reversed(told)))
        self.columns: tuple[str | None, ...] = (
            None,
            *(named.given[name] for _, name in reversed(told)),
        )
        self.known_columns: tuple[str, ...] = tuple(
            dict.fromkeys(named.given[name] for _, name in told)
        )

    def number(self, code: str, name: str) -> int:
        """Give the number of a problem with an input; of one that the table lacks, 0."""
        return self.numbers.get((code, name), 0)
