"""Pickles name what is public, and no room: rooms may move."""

import io
import pickle
from enum import Enum
from typing import Any

import pytest

import microneedling as mn
from tests.values.test_values import samples

ERRORS = [
    mn.InputError(mn.Problem("a", "b", "c"), mn.Problem("d", "e", "f")),
    mn.StoredDocumentError(mn.Problem("a", "b", "c")),
    mn.KnowledgeError("sites", "cheek", "ceiling", "no source"),
    mn.UnknownEditionError("none"),
    mn.MicroneedlingError("none"),
]
CODES = [
    next(iter(thing))
    for name in mn.__all__
    if isinstance(thing := getattr(mn, name), type) and issubclass(thing, Enum)
]
GIVEN: list[Any] = [
    *(kept[0] for kept in samples().values() if kept),
    *CODES,
    mn.Problem("a", "b", "c"),
    mn.load("2026.1"),
    *ERRORS,
]


class _Reader(pickle.Unpickler):
    """Notes every module that a pickle names."""

    def __init__(self, data: io.BytesIO) -> None:
        super().__init__(data)
        self.modules: set[str] = set()

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - anything may be named
        self.modules.add(module)
        return super().find_class(module, name)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("value", GIVEN, ids=lambda value: type(value).__name__)
def test_no_room_is_named(value: Any, protocol: int) -> None:  # noqa: ANN401 - of any class
    """The bytes hold the one module of ours that makes values again."""
    data = pickle.dumps(value, protocol)

    reader = _Reader(io.BytesIO(data))
    again: Any = reader.load()
    ours = {module for module in reader.modules if module.startswith("microneedling")}
    assert ours == {"microneedling._foundation.pickling"}
    assert type(again) is type(value)
    if isinstance(value, Exception):
        assert (again.args, str(again)) == (value.args, str(value))
    else:
        assert again == value


def test_a_class_of_somebody_elses() -> None:
    """A subclass is pickled as what it is, not as what it is called after."""
    data = pickle.dumps(_Own("a"))

    assert type(pickle.loads(data)) is _Own  # noqa: S301 - ours


class _Own(mn.MicroneedlingError):
    """Somebody's own error."""


def test_notes_on_errors_are_kept() -> None:
    """What was added to an error travels with it."""
    error = mn.InputError(mn.Problem("a", "b", "c"))
    error.add_note("row 7")

    assert pickle.loads(pickle.dumps(error)).__notes__ == ["row 7"]  # noqa: S301 - ours
