"""Changes of documents for the fuzzer: of their bytes, and of what they say."""

import copy
from random import Random
from typing import Any

__all__ = ["MARK", "of_bytes", "of_data", "twice"]

MARK = "PATIENT-NAME"

_TOKENS = (
    b"null", b"true", b"false", b"NaN", b"Infinity", b"-0", b"1e3", b"1.0", b"[", b"]", b"{", b"}",
    b'"', b",", b":", b"\\", b"\\u0000", b"\\ud800", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xc0\xaf",
    b"\xc2\xb5", b" ", b"\n", b"0", b"9" * 25, b"[" * 40, b'"schema":1,', b'"PATIENT-NAME":1,',
)  # fmt: skip

# What is put in a leaf's place: of every type, on bounds, and nearly right.
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 3, 99, 100, 101, 3650, 3651, 10**19, 10**20, -(10**19),
    0.0, 1.0, 1.5, "", " ", "x", MARK, f"{MARK}\n", "\ud800", "\u0000", "1", "true", "null",
    "2026-11-22", "2026-12-29", "20261122", "2026-02-30", "1899-12-31", "2026-11-22T00:00:00",
    "0.5 mm", "1.5 mm", "500 um", "1.50 mm", "9 mm", "0,5 mm", "0.5", "152.5 um",
    [], {}, [None], [[]], {"x": 1}, {"id": "x"}, [MARK], {MARK: MARK},
    "mild", "severe", "tattoo", "cheek", "clinic", "striae", "offer", "decline", "ask", "defer",
    "refer", "proceed", "stop", "pause", "session_done", "course_stopped", "rct", "2026.1", "1",
)  # fmt: skip


def of_bytes(data: bytes, random: Random, other: bytes) -> bytes:
    """Change some bytes of a document; of another one something may be put in."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        if not changed:
            break
        place = random.randrange(len(changed))
        end = min(len(changed), place + random.choice((1, 1, 2, 4, 8, 32)))
        start = random.randrange(len(other))
        token = random.choice(_TOKENS)
        # From where, to where, and what stands there then; a printable sign is most often JSON.
        first, last, new = random.choice(
            (
                (place, end, bytes([random.randrange(256)])),
                (place, place + 1, bytes([changed[place] ^ 1 << random.randrange(8)])),
                (place, place + 1, bytes([random.randrange(32, 127)])),
                (place, place + 1, bytes([random.randrange(32, 127)])),
                (place, end, b""),
                (place, place, token),
                (place, end, token),
                (place, place, bytes(changed[place:end])),
                (place, len(changed), b""),
                (place, end, other[start : start + random.choice((4, 16, 64))]),
            )
        )
        changed[first:last] = new
    return bytes(changed)


def of_data(data: Any, random: Random, other: Any) -> Any:  # noqa: ANN401 - plain data
    """Change one to three places of a document; of another one something may be put in."""
    changed = copy.deepcopy(data)
    for _ in range(random.choice((1, 1, 1, 1, 2, 3))):
        changed = _changed(changed, random, other)
    return changed


def _changed(data: Any, random: Random, other: Any) -> Any:  # noqa: ANN401 - plain data
    places = _places(data)
    if not places:
        return _value(random)
    held, key = place = random.choice(places)
    if random.random() < _LEAVES:
        held[key] = _near(held[key], random)
    elif random.random() < _SWAPS:
        there, name = random.choice(places)
        held[key], there[name] = there[name], held[key]
    elif random.random() < _SWAPS:
        held[key] = copy.deepcopy(_part(random.choice(random.choice((places, _places(other))))))
    else:
        (_in_object if isinstance(held, dict) else _in_list)(place, data, random)
    # A part may have been put into itself.
    return data if _is_shallow(data) else copy.deepcopy(other)


# How often a leaf is changed, and how often something else is put in a place; else keys and items
# come and go.
_LEAVES = 0.45
_SWAPS = 0.2


def _in_object(place: tuple[Any, Any], data: Any, random: Random) -> None:  # noqa: ANN401
    held, key = place
    name = random.choice((MARK, "schema", "kind", key.upper(), f"{key} ", _key(data, random)))
    if random.random() < 1 / 3:
        del held[key]
    elif random.random() < 1 / 2:
        held[name] = held[key]
    else:
        held[name] = held.pop(key)


def _in_list(place: tuple[Any, Any], _: Any, random: Random) -> None:  # noqa: ANN401
    held, key = place
    held[:] = random.choice(
        (
            held[:key] + held[key + 1 :],
            [*held[:key], copy.deepcopy(held[key]), *held[key:]],
            held[::-1],
            held[:key],
            [*held, _value(random)],
            [*held, copy.deepcopy(held[key])],
        )
    )


def _near(value: Any, random: Random) -> Any:  # noqa: ANN401 - plain data
    """Give what is nearly a leaf's value, or not at all."""
    if random.random() < 1 / 2 or isinstance(value, dict | list):
        return _value(random)
    if type(value) is int:
        return random.choice((value + 1, value - 1, -value, value * 10, float(value), str(value)))
    if type(value) is str and value:
        place = random.randrange(len(value))
        sign = random.choice(
            ("", value[place] * 2, value[place].swapcase(), "0", "9", "a", "\u0660")
        )
        return value[:place] + sign + value[place + 1 :]
    return _value(random)


def _value(random: Random) -> Any:  # noqa: ANN401 - plain data
    return copy.deepcopy(random.choice(_VALUES))


def _places(data: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - plain data
    found: list[tuple[Any, Any]] = []
    rest = [data]
    while rest:
        held = rest.pop()
        keys: Any = list(held) if isinstance(held, dict) else range(len(held))
        for key in keys:
            found.append((held, key))
            if isinstance(held[key], dict | list):
                rest.append(held[key])
    return found


def _part(place: tuple[Any, Any]) -> Any:  # noqa: ANN401 - plain data
    held, key = place
    return held[key]


def _key(data: Any, random: Random) -> str:  # noqa: ANN401 - plain data
    keys = [key for _, key in _places(data) if isinstance(key, str)]
    return random.choice(keys) if keys else MARK


def _is_shallow(data: Any, left: int = 40) -> bool:  # noqa: ANN401 - plain data
    """Tell whether it is no deeper than so, and not within itself."""
    if not isinstance(data, dict | list):
        return True
    parts = data.values() if isinstance(data, dict) else data
    return left > 0 and all(_is_shallow(part, left - 1) for part in parts)


def twice(text: str, random: Random) -> str:
    """Give one key of a document twice."""
    keys = [place for place in range(len(text)) if text.startswith('":', place)]
    if not keys:
        return text
    end = random.choice(keys)
    start = text.rindex('"', 0, end)
    value = random.choice(("null", "1", '"x"', f'"{MARK}"'))
    return f"{text[:start]}{text[start : end + 2]}{value},{text[start:]}"
