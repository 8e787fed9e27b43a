"""What is public is whole: every name, its documentation, its examples."""

import inspect
import json
import re
import tomllib
from enum import Enum
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import attrs
import pytest

import microneedling as mn

ROOT = Path(__file__).parent.parent
# Unions, for annotations and `match`.
ALIASES = {"Answer", "Event", "NextStep"}
VALUES = [
    value for name in mn.__all__ if inspect.isclass(value := getattr(mn, name)) and attrs.has(value)
]


def test_names_are_sorted_and_found() -> None:
    """`__all__` is sorted, complete and what `dir` tells; an unknown name is an AttributeError."""
    assert mn.__all__ == sorted(mn.__all__)
    assert dir(mn) == mn.__all__
    assert all(getattr(mn, name) is not None for name in mn.__all__)
    with pytest.raises(AttributeError):
        _ = mn.no_such_name  # type: ignore[attr-defined]  # type checkers know it, too


def test_the_version_is_the_packages() -> None:
    """One version in the package, its metadata and `pyproject.toml`."""
    assert mn.__version__ == version("microneedling")
    if (ROOT / "pyproject.toml").exists():
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert "version" in project["dynamic"]
        assert f"\nversion: {mn.__version__}\n" in (ROOT / "CITATION.cff").read_text(
            encoding="utf-8"
        )
        changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        assert changes.partition("\n## [")[2].partition("]")[0] == mn.__version__


@pytest.mark.parametrize("name", [n for n in mn.__all__ if n not in ALIASES | {"__version__"}])
def test_every_public_thing_is_documented(name: str) -> None:
    """Each has a docstring; each value names its arguments in it."""
    thing = getattr(mn, name)
    text = inspect.getdoc(thing) or ""

    assert len(text) > 20
    if (
        inspect.isclass(thing)
        and attrs.has(thing)
        and thing not in set(get_args(get_args(mn.Answer)[0]))
    ):
        for field in attrs.fields(thing):
            if field.init:
                assert re.search(rf"\b{field.name}\b", text), (name, field.name)


@pytest.mark.parametrize("value", VALUES)
def test_every_value_is_frozen_and_slotted(value: type) -> None:
    """Nothing can be set, and more than one field is given by keyword unless they are a pair."""
    assert any("__setattr__" in vars(base) for base in value.__mro__[:-1])
    assert "__slots__" in vars(value) or value is mn.Knowledge
    pairs = {"LengthRange", "SessionCount", "Passes", "Downtime", "HourWindow", "Spread", "Step"}
    fields = [field for field in attrs.fields(value) if field.init]
    if len(fields) > 1 and value.__name__ not in pairs:
        assert all(field.kw_only for field in fields)


def codes() -> dict[str, list[str]]:
    """Give the codes of every enumeration."""
    return {
        name: [member.value for member in thing]
        for name in mn.__all__
        if inspect.isclass(thing := getattr(mn, name)) and issubclass(thing, Enum)
    }


def test_codes_are_stable() -> None:
    """The codes of every enumeration: none may change or vanish; new ones are added here."""
    assert codes() == json.loads(CODES.read_text(encoding="utf-8"))


CODES = Path(__file__).parent / "codes.json"
SIGNATURES = Path(__file__).parent / "signatures.json"


def signatures() -> dict[str, list[str]]:
    """Give the names of what each constructor and function takes."""
    return {
        name: [parameter.name for parameter in inspect.signature(thing).parameters.values()]
        for name in mn.__all__
        if callable(thing := getattr(mn, name))
        and not (inspect.isclass(thing) and issubclass(thing, (Enum, Exception)))
        and name not in ALIASES
    }


def test_signatures_are_stable() -> None:
    """The constructors and functions: a change shows here, so that it is never by accident."""
    assert signatures() == json.loads(SIGNATURES.read_text(encoding="utf-8"))
