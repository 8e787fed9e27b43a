"""The columns that a table may have, those that it gets, and what may be wrong with a row."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Final, NamedTuple

from microneedling.frames.answer_columns import FIGURES
from microneedling.frames.finding_columns import FINDING_COLUMNS, Part
from microneedling.values.codes import Code
from microneedling.values.finding_kinds import Role
from microneedling.values.vocabulary import (
    DeviceKind,
    Finding,
    Indication,
    Setting,
    Severity,
    Site,
    SkinType,
)

__all__ = [
    "CODED",
    "CODES_OF",
    "ERRORS",
    "FLAGS",
    "HOLDS",
    "INPUTS",
    "KEYED",
    "LISTS",
    "NEEDS",
    "OUTPUTS",
    "REQUIRED",
    "Holds",
    "Named",
    "Problems",
]


class Holds(Enum):
    """What stands in a column."""

    CODE = auto()
    LIST = auto()
    FLAG = auto()
    DAY = auto()
    WHOLE = auto()


_OF_FINDINGS: Final = {
    Part.FLAG: Holds.FLAG,
    Part.LAST_ON: Holds.DAY,
    Part.ONGOING: Holds.FLAG,
    Part.CLEARED_ON: Holds.DAY,
    Part.CLEARED_BY: Holds.CODE,
}
# What every column that is read holds; where several are wrong, the first one here is told.
HOLDS: Final[Mapping[str, Holds]] = {
    "on": Holds.DAY,
    "indication": Holds.CODE,
    "severity": Holds.CODE,
    "site": Holds.CODE,
    "setting": Holds.CODE,
    "skin_type": Holds.CODE,
    "age_years": Holds.WHOLE,
    "everything_asked": Holds.FLAG,
    "findings": Holds.LIST,
    "absent": Holds.LIST,
    **{name: _OF_FINDINGS[part] for name, (_, part) in FINDING_COLUMNS.items()},
    "device_kind": Holds.CODE,
    "label_maximum_um": Holds.WHOLE,
    "longest_downtime_days": Holds.WHOLE,
    "numbing": Holds.FLAG,
    "most_visits": Holds.WHOLE,
    "earlier_session_on": Holds.DAY,
    "earlier_session_from": Holds.DAY,
    "earlier_session_to": Holds.DAY,
    "earlier_session_site": Holds.CODE,
    "earlier_session_length_um": Holds.WHOLE,
    "earlier_session_setting": Holds.CODE,
    "earlier_session_device": Holds.CODE,
}
INPUTS: Final = tuple(HOLDS)
REQUIRED: Final = ("on", "indication", "site", "setting")
# Every spelling of a flag that is read from text; files of Python and spreadsheets have capitals.
FLAGS: Final = {
    spelt: meant
    for text, meant in (("false", False), ("true", True))
    for spelt in (text, text.capitalize(), text.upper())
}
# What the tables of the decision have numbers for.
CODED: Final = ("indication", "severity", "site", "setting", "skin_type")
LISTS: Final = ("findings", "absent")
# What they do not hold: with one of these, rows are decided key by key.
KEYED: Final = (
    *(Part.CLEARED_ON.of(finding) for finding in Finding),
    *(Part.CLEARED_BY.of(finding) for finding in Finding),
    *INPUTS[INPUTS.index("device_kind") :],
)
CODES_OF: Final[Mapping[str, type[Code]]] = {
    "indication": Indication,
    "severity": Severity,
    "site": Site,
    "setting": Setting,
    "skin_type": SkinType,
    "device_kind": DeviceKind,
    "earlier_session_site": Site,
    "earlier_session_setting": Setting,
    "earlier_session_device": DeviceKind,
    **{Part.CLEARED_BY.of(finding): Role for finding in Finding},
}
_ANY_DAY: Final = ("earlier_session_on", "earlier_session_to", "earlier_session_from")
# What says nothing by itself: one of these has to be told, too.
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    **{Part.CLEARED_ON.of(finding): (Part.CLEARED_BY.of(finding),) for finding in Finding},
    **{Part.CLEARED_BY.of(finding): (Part.CLEARED_ON.of(finding),) for finding in Finding},
    "earlier_session_from": ("earlier_session_to", "earlier_session_on"),
    "earlier_session_to": ("earlier_session_from", "earlier_session_on"),
    "earlier_session_site": _ANY_DAY,
    "earlier_session_length_um": _ANY_DAY,
    "earlier_session_setting": _ANY_DAY,
    "earlier_session_device": _ANY_DAY,
}
OUTPUTS: Final = (
    "verdict",
    "until",
    *FIGURES,
    "deciding_findings",
    "clear_first_roles",
    "assumed_absent",
    "edition",
    "error",
    "error_column",
)


class Named(NamedTuple):
    """
    The columns of one table, by our names.

    Args:
        given: The table's own name of each input that it has.
        made: The name of each column that it gets.
        asked: The findings that count as absent where everything was asked.
    """

    given: Mapping[str, str]
    made: Mapping[str, str]
    asked: frozenset[Finding] = frozenset()

    def has(self, name: str) -> bool:
        """Tell whether the table has an input."""
        return name in self.given


_MISSED: Final = {*REQUIRED, *(needed for names in NEEDS.values() for needed in names)}
_CONTRADICTED: Final = {
    *("findings", "earlier_session_from", "earlier_session_to"),
    *(n for n, (_, p) in FINDING_COLUMNS.items() if p in {Part.FLAG, Part.LAST_ON, Part.ONGOING}),
}


def _possible(name: str) -> Iterator[str]:
    """Say what may be wrong in a column, what is told first first."""
    holds = HOLDS[name]
    yield "unreadable"
    if name in _MISSED:
        yield "missing"
    if holds in {Holds.CODE, Holds.LIST}:
        yield "unknown_code"
    if holds is Holds.DAY:
        yield "not_a_date"
    if holds in {Holds.DAY, Holds.WHOLE}:
        yield "out_of_range"
    if holds is Holds.DAY and name != "on":
        yield "after_assessment"
    if name in _CONTRADICTED:
        yield "contradiction"
    if name == "earlier_session_to":
        yield "wrong_order"


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
