"""
The hostile corpus: documents as data, each with all that is wrong with it.

``tests/hostile`` holds them, one a line. A document is written out or is a golden document of
schema 1 with edits; a document that nobody would write out is a recipe. See its README.
"""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import microneedling as mn
from tests import goldens

HOME = Path(__file__).parent / "hostile"
Problems: TypeAlias = list[tuple[str, str]]


@dataclass(frozen=True)
class Case:
    """
    One hostile document.

    Args:
        name: Of its file and its own.
        type: What it is read as.
        data: The document as it is given to `mn.from_json`.
        plain: The document as it is given to `mn.from_dict`; None where it is no plain data.
        problems: All that is wrong with it.
        objects: All that is wrong with it as plain data.
        line: Its line in the file.
    """

    name: str
    type: Any
    data: bytes | str
    plain: Any
    problems: Problems
    objects: Problems
    line: dict[str, Any]


# Edits of plain data.


def _place(data: Any, path: list[Any]) -> tuple[Any, Any]:  # noqa: ANN401 - plain data
    for step in path[:-1]:
        data = data[step]
    return data, path[-1]


def _edit(data: Any, edit: list[Any]) -> Any:  # noqa: ANN401 - plain data
    what, path, *more = edit
    if not path:
        return more[0]
    held, key = _place(data, path)
    if what == "set":
        held[key] = more[0]
    elif what == "drop":
        del held[key]
    elif what == "rename":
        held[more[0]] = held.pop(key)
    elif what == "add":
        held[key].append(more[0])
    elif what == "twice":
        held.insert(key, copy.deepcopy(held[key]))
    elif what == "swap":
        held[key], held[more[0]] = held[more[0]], held[key]
    elif what == "many":
        held[key] = [more[0]] * more[1]
    elif what == "long":
        held[key] = more[0] * more[1]
    else:
        raise ValueError(what)
    return data


_OF_DATA = {"set", "drop", "rename", "add", "twice", "swap", "many", "long"}


# Edits of text, and at last of bytes.


def _rewritten(text: bytes | str, edit: list[Any]) -> bytes | str:
    what = edit[0]
    more: list[Any] = edit[1:]
    if what == "hex":
        data = text if isinstance(text, bytes) else text.encode()
        old, new = more[0].encode(), bytes.fromhex(more[1])
        assert data.count(old) == 1, more
        return data.replace(old, new)
    assert isinstance(text, str)
    if what == "text":
        old, new = more
        assert text.count(old) == 1, more
        return text.replace(old, new)
    if what == "before":
        return str(more[0]) + text
    if what == "after":
        return text + str(more[0])
    if what == "repeat":
        return text.replace("@@", str(more[0]) * more[1])
    if what == "encode":
        return text.encode(str(more[0]))
    raise ValueError(what)


def _made(name: str, line: dict[str, Any]) -> Case:
    data: Any = None
    text: bytes | str | None = line.get("text")
    if "base" in line:
        data = _base(line["base"])
    for edit in line.get("edits", ()):
        if edit[0] in _OF_DATA:
            assert text is None, name
            data = _edit(data, edit)
        else:
            text = _rewritten(json.dumps(data) if text is None else text, edit)
    problems = [(code, path) for code, path in line.get("problems", ())]
    objects = [(code, path) for code, path in line.get("objects", problems)]
    return Case(
        name=name,
        type=getattr(mn, line["type"]),
        data=json.dumps(data) if text is None else text,
        plain=data if text is None else None,
        problems=sorted(problems),
        objects=sorted(objects),
        line=line,
    )


def _base(name: str) -> Any:  # noqa: ANN401 - plain data
    if name == "knowledge":
        return mn.to_dict(mn.load("2026.1"))
    return json.loads(goldens.document(name))


@cache
def lines(file: str) -> dict[str, dict[str, Any]]:
    """Give the lines of one file by their names."""
    found: dict[str, dict[str, Any]] = {}
    for text in (HOME / f"{file}.jsonl").read_text(encoding="ascii").splitlines():
        line = json.loads(text)
        name = f"{file}: {line['name']}"
        assert name not in found, name
        found[name] = line
    return found


@dataclass(frozen=True)
class Right:
    """
    One document that is read.

    Args:
        type: What it is read as.
        data: The document as it is given to `mn.from_json`.
        plain: The document as it is given to `mn.from_dict`; None where it is no plain data.
        canonical: What `mn.to_json` writes of it.
    """

    type: Any
    data: bytes | str
    plain: Any
    canonical: bytes


def accepted_from(name: str, line: dict[str, Any]) -> Right:
    """Make a document that is right of its line."""
    made, same = _made(name, line), _base(line["same"])
    for edit in line["as"]:
        same = _edit(same, edit)
    text = json.dumps(same, sort_keys=True, separators=(",", ":"))
    return Right(made.type, made.data, made.plain, f"{text}\n".encode("ascii"))


# Documents that are right.
RIGHT = ("accepted", "decided")


def refused_names() -> Iterator[str]:
    """Name every document that is refused."""
    for path in sorted(HOME.glob("*.jsonl")):
        if path.stem not in RIGHT:
            yield from lines(path.stem)


def case(name: str) -> Case:
    """Make one document of the corpus."""
    return _made(name, lines(name.partition(":")[0])[name])


def accepted(name: str) -> Right:
    """Make one document that is right."""
    return accepted_from(name, lines("accepted")[name])
