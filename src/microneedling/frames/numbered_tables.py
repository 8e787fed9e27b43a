"""
The tables of an edition, numbered for the columns that a table has.

Every column that is told of by a few values is a number of its own; what some of them come to
together stands in a list, at the place that they make. What is wrong has a place there, too.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from microneedling.frames.answer_columns import Figures
from microneedling.frames.column_names import CODED, REQUIRED, Named, Problems
from microneedling.frames.decision_tables import (
    AGES,
    INDICATIONS,
    SETTINGS,
    SEVERITIES,
    SITES,
    SKIN_TYPES,
    Cell,
    Context,
    Tables,
)
from microneedling.frames.finding_columns import Part
from microneedling.frames.finding_groups import Group, Said, both, grouped
from microneedling.values.vocabulary import Finding

__all__ = ["CODES", "TREATED", "Numbers", "Pair", "numbers_of"]

# The texts of what is coded; what is missing has the number after the last.
CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "indication": tuple(code.value for code in INDICATIONS),
    "severity": tuple(code.value for code in SEVERITIES if code is not None),
    "site": tuple(code.value for code in SITES),
    "setting": tuple(code.value for code in SETTINGS),
    "skin_type": tuple(code.value for code in SKIN_TYPES if code is not None),
}
TREATED: Final = CODED[:4]
_NO_CELL: Final = Cell(0, Figures())


class Pair(NamedTuple):
    """
    Two voices that are joined.

    Args:
        first: The name of the one.
        second: The name of the other.
        width: How many numbers the first has.
        meant: The number of what both say, for each number ``first + width * second``.
    """

    first: str
    second: str
    width: int
    meant: Sequence[int]

    @property
    def name(self) -> str:
        """Name what both say."""
        return f"{self.first}_{self.second}"


class Numbers:
    """
    What the numbers of a table's rows mean.

    Args:
        tables: The edition's.
        named: The table's columns.
        most: How many numbers may be looked up at once.
    """

    def __init__(self, tables: Tables, named: Named, most: int) -> None:
        self._named = named
        self.edition: str = tables.edition
        self.protocols: tuple[str, ...] = tables.protocols
        self.problems: Problems = Problems(named)
        # How long each finding is waited for that a last day is told of, and what it does then.
        self.waits: dict[Finding, tuple[int | None, int]] = {
            finding: (effects[0].wait, effects[0].active.weight)
            for finding, effects in tables.effects.items()
            if named.has(Part.LAST_ON.of(finding))
        }
        persons = self._read_persons(tables)
        contexts = self._read_contexts(tables)
        self._read_cells(tables)
        self.groups: list[Group] = grouped(tables, named, self.problems, persons, contexts, most)
        self._join(most)

    def _read_persons(self, tables: Tables) -> list[tuple[int, ...]]:
        """Number what ages and skin types say of findings; give what each number says."""
        ages = len(AGES) if self._named.has("age_years") else 1
        skins = len(SKIN_TYPES) if self._named.has("skin_type") else 1
        classes: dict[tuple[int, ...], int] = {}
        self.persons: list[int] = []
        # What of each is held against studies.
        self.fits: list[int] = []
        self.person_problems: list[int] = []
        # Each has one number more, for what is wrong.
        for a, s in product(range(ages + 1), range(skins + 1)):
            wrong = [
                self.problems.number("out_of_range", "age_years") if a == ages else 0,
                self.problems.number("unknown_code", "skin_type") if s == skins else 0,
            ]
            # Where a column is missing, the one number is that of what is not known.
            place = (min(a - ages, -1) + len(AGES), min(s - skins, -1) + len(SKIN_TYPES))
            known = tables.persons[place]
            self.persons.append(classes.setdefault(known, len(classes)))
            self.fits.append(tables.fits[place])
            self.person_problems.append(max(wrong))
        self.skins: int = skins
        return list(classes)

    def _read_contexts(self, tables: Tables) -> list[Context]:
        """Number what of the treatment matters to findings; where a code is wrong, anything."""
        classes: dict[Context, int] = {}
        self.contexts: list[int] = []
        heights = (len(INDICATIONS) + 2, len(SITES) + 2, len(SETTINGS) + 2)
        for i, k, m in product(*map(range, heights)):
            known = tables.contexts.get((i, k, m), tables.contexts[0, 0, 0])
            self.contexts.append(classes.setdefault(known, len(classes)))
        return list(classes)

    def _read_cells(self, tables: Tables) -> None:
        """Number what is treated by what comes of it, and that for each that studies tell apart."""
        outcomes: dict[Figures, int] = {Figures(): 0}
        said: dict[Said, int] = {}
        kinds: dict[tuple[Cell, ...], int] = {}
        # What is wrong has no outcome.
        self.width: int = 1 + max(tables.fits.values())
        none = (_NO_CELL,) * self.width
        self.kinds: list[int] = []
        self.cell_problems: list[int] = []
        for i, j, k, m in product(*(range(len(CODES[n]) + 2) for n in TREATED)):
            cells = tables.cells.get((i, j, k, m), none)
            self.cell_problems.append(0 if cells is not none else self._problem((i, j, k, m)))
            self.kinds.append(kinds.setdefault(cells, len(kinds)))
        self.meant: list[int] = []
        self.outcomes: list[int] = []
        for cell in (cell for cells in kinds for cell in cells):
            self.meant.append(said.setdefault(Said(cell.weight), len(said)))
            self.outcomes.append(outcomes.setdefault(cell.figures, len(outcomes)))
        self.figures: list[Figures] = list(outcomes)
        self.cells_said: tuple[Said, ...] = tuple(said)

    def _problem(self, numbers: tuple[int, ...]) -> int:
        """Say what is wrong with the first column that is."""
        found = [0]
        for name, number in zip(TREATED, numbers, strict=True):
            known = len(CODES[name])
            if number == known + 1:
                found.append(self.problems.number("unknown_code", name))
            if number == known and name in REQUIRED:
                found.append(self.problems.number("missing", name))
        return max(found)

    def _join(self, most: int) -> None:
        """Join what groups and cells say, two at a time, as far as the tables stay small."""
        waiting = [(f"voice_{n}", group.said) for n, group in enumerate(self.groups)]
        waiting.append(("voice_cell", self.cells_said))
        self.pairs: list[Pair] = []
        # What is left, by name, and what its numbers say.
        self.voices: dict[str, Sequence[Said]] = {}
        name, said = waiting.pop(0)
        said = _of_findings(said)
        for other, held in waiting:
            more = _of_findings(held)
            if len(said) * len(more) > most:
                self.voices[name] = said
                name, said = other, more
                continue
            meant, after = both(said, more)
            pair = Pair(name, other, len(said), meant)
            self.pairs.append(pair)
            name, said = pair.name, after
        self.voices[name] = said


def _of_findings(said: Sequence[Said]) -> tuple[Said, ...]:
    # Problems are looked up by themselves.
    return tuple(one._replace(problem=0) for one in said)


def numbers_of(tables: Tables, named: Named, most: int) -> Numbers:
    """Give the numbers for a table's columns; those used of late are kept."""
    return _kept(tables, tuple(named.given.items()), named.asked, most)


@lru_cache(maxsize=16)
def _kept(
    tables: Tables, given: tuple[tuple[str, str], ...], asked: frozenset[Finding], most: int
) -> Numbers:
    return Numbers(tables, Named(dict(given), {}, asked), most)
