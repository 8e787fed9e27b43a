"""A strict cursor over one row of a table: every key is asked for, or the row is refused."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import NoReturn, Self, TypeVar

from microneedling._foundation.errors import InputError, KnowledgeError

__all__ = ["MOST_WORDS", "Keyed", "Row", "Table", "Tables", "rows"]

E = TypeVar("E", bound=Enum)
T = TypeVar("T")
Table = list[Mapping[str, object]]
Tables = Mapping[str, object]

_BIGGEST = 100_000_000
# Of a sentence that is read at a glance.
MOST_WORDS = 15


class Row:
    """
    One row, or a part of one, that is read field by field.

    Used as a context manager: leaving it refuses what was not asked for, and
    turns a constructor's refusal into an error that names table, row and field.
    """

    __slots__ = ("_data", "_prefix", "_unread", "name", "table")

    def __init__(self, table: str, name: str, data: object, prefix: str = "") -> None:
        self.table: str = table
        self.name: str = name
        self._prefix = prefix
        if not isinstance(data, Mapping):
            raise KnowledgeError(table, name, prefix.rstrip("."), "write this as a table of fields")
        self._data: Mapping[str, object] = data
        self._unread = set(data)

    def refuse(self, field: str, message: str) -> NoReturn:
        """Raise an error that names this row."""
        raise KnowledgeError(self.table, self.name, f"{self._prefix}{field}", message)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, InputError):
            path = f"{self._prefix}{error.path}"
            raise KnowledgeError(self.table, self.name, path, error.message) from error
        if error is None and self._unread:
            self.refuse(min(self._unread), "no such field is known here; correct or remove it")

    def has(self, field: str) -> bool:
        """Tell whether the row gives a field."""
        return field in self._data

    def lists(self, field: str, code: str) -> bool:
        """Tell whether a list of the row holds a code, without reading it."""
        held = self._data.get(field)
        return isinstance(held, list) and code in held

    def _get(self, field: str) -> object:
        if field not in self._data:
            self.refuse(field, "is missing; give it")
        self._unread.discard(field)
        return self._data[field]

    def text(self, field: str) -> str:
        """Read non-empty text."""
        value = self._get(field)
        if type(value) is not str or not value:
            self.refuse(field, "write text here, not empty")
        return value

    def text_or_empty(self, field: str) -> str:
        """Read text that may be missing or empty."""
        if field not in self._data:
            return ""
        value = self._get(field)
        if type(value) is not str:
            self.refuse(field, "write text here")
        return value

    def short(self, field: str, name: str = "short") -> str:
        """Read the short sentence beside a longer one; one that is short stands for itself."""
        text = self.text_or_empty(name) or self.text(field)
        if len(text.split()) > MOST_WORDS:
            self.refuse(name, f"say it in at most {MOST_WORDS} words")
        return text

    def texts(self, field: str) -> tuple[str, ...]:
        """Read a list of texts, at least one, none twice."""
        values = self._get(field)
        if type(values) is not list or set(map(type, values)) != {str}:
            self.refuse(field, "write a list of texts here, at least one")
        if len(set(values)) < len(values):
            self.refuse(field, "the same entry stands here twice; keep one")
        return tuple(values)

    def whole(self, field: str) -> int:
        """Read a whole number."""
        value = self._get(field)
        if type(value) is not int or not -_BIGGEST <= value <= _BIGGEST:
            self.refuse(field, "write a whole number here")
        return value

    def whole_or_none(self, field: str) -> int | None:
        """Read a whole number that may be missing."""
        return self.whole(field) if field in self._data else None

    def flag(self, field: str) -> bool:
        """Read true or false; missing means false."""
        value = self._get(field) if field in self._data else False
        if value is not True and value is not False:
            self.refuse(field, "write true or false here")
        return value

    def _member(self, field: str, value: object, codes: type[E]) -> E:
        found = codes._value2member_map_.get(value) if type(value) is str else None
        if not isinstance(found, codes):
            self.refuse(field, f"write a code of {codes.__name__} here")
        return found

    def code(self, field: str, codes: type[E]) -> E:
        """Read a code of an enumeration."""
        return self._member(field, self._get(field), codes)

    def code_or_none(self, field: str, codes: type[E]) -> E | None:
        """Read a code that may be missing."""
        return self.code(field, codes) if field in self._data else None

    def codes(self, field: str, codes: type[E]) -> tuple[E, ...]:
        """Read a list of codes, at least one."""
        return tuple([self._member(field, value, codes) for value in self.texts(field)])

    def codes_or_none(self, field: str, codes: type[E]) -> tuple[E, ...]:
        """Read a list of codes that may be missing."""
        return self.codes(field, codes) if field in self._data else ()

    def part(self, field: str) -> "Row":
        """Read a table inside the row."""
        return Row(self.table, self.name, self._get(field), f"{self._prefix}{field}.")

    def parts(self, field: str) -> Iterator["Row"]:
        """Read a list of tables inside the row; missing means none."""
        if field not in self._data:
            return
        values = self._get(field)
        if type(values) is not list:
            self.refuse(field, "write a list of tables here")
        for number, value in enumerate(values):
            yield Row(self.table, self.name, value, f"{self._prefix}{field}[{number}].")


class Keyed(Mapping[str, T]):
    """
    The rows of a table by their key, each read when it is first asked for.

    Args:
        tables: All tables.
        table: The name of this one.
        key: The field that names its rows.
        reader: Makes a value of a row.

    Raises:
        KnowledgeError: If two rows have one key.
    """

    def __init__(
        self, tables: Tables, table: str, key: str, reader: Callable[[Row], T], **only: str
    ) -> None:
        self._reader = reader
        self._rows: dict[str, Row] = {}
        self._read: dict[str, T] = {}
        for row in rows(tables, table, key, **only):
            if self._rows.setdefault(row.name, row) is not row:
                raise KnowledgeError(table, row.name, key, "two rows have this key; keep one")

    def __getitem__(self, key: str) -> T:
        held = self._read.get(key)
        if held is None:
            held = self._read[key] = self._reader(self._rows[key])
        return held

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def having(self, field: str) -> Iterator[T]:
        """Read the rows that hold a field."""
        for key, row in self._rows.items():
            if row.has(field):
                yield self[key]

    def naming(self, field: str, code: str) -> Iterator[T]:
        """Read the rows of which a list holds a code."""
        for key, row in self._rows.items():
            if row.lists(field, code):
                yield self[key]


def rows(tables: Tables, table: str, key: str, **only: str) -> Iterator[Row]:
    """Go through a table, or through the rows with some codes; each is named by its key."""
    values = tables.get(table)
    if type(values) is not list:
        raise KnowledgeError(table, "", "", "this table is missing; give it as a list of rows")
    for number, value in enumerate(values):
        held = value if isinstance(value, Mapping) else {}
        if only and any(held.get(field) != code for field, code in only.items()):
            continue
        name = held.get(key)
        yield Row(table, name if type(name) is str else f"row {number + 1}", value)
