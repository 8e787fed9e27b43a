"""Laws of documents, over values of every public class."""
# ruff: noqa: ANN401 - values of any class are written and read; the class's docstring is the law

import copy
import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from hypothesis import given, strategies as st

import microneedling as mn
from microneedling import strategies
from microneedling.wire import structuring, writing
from microneedling.wire.document_kinds import is_public
from tests import goldens, mutations
from tests.conftest import share
from tests.holding import Counts, hold, hold_plain, quickly, says, thoroughly
from tests.values.test_values import samples

LATEST = mn.load("2026.1")
KINDS: dict[str, Any] = {
    name: getattr(mn, name)
    for name in mn.__all__
    if isinstance(getattr(mn, name), type) and is_public(getattr(mn, name))
}
# The root of the answers has no values of its own; an edition is one value, and a long one.
DRAWN = sorted(KINDS.keys() - {"Recommendation", "Knowledge"})


def held_by(value: Any) -> None:
    """Demand that a value is written one way and read as itself."""
    kind = type(value)
    data, document = mn.to_json(value), mn.to_dict(value)
    again = mn.from_json(data, kind)
    assert again == value
    assert type(again) is kind
    assert hash(again) == hash(value)
    assert mn.to_json(again) == data
    assert mn.from_json(data.decode(), kind) == value
    assert mn.from_dict(document, kind) == value
    # Canonical: ASCII, one line, keys sorted, no spaces; and no other form of the same value.
    assert data.isascii()
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    assert data == f"{text}\n".encode("ascii")
    assert json.loads(data) == document
    for copied in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301
        assert mn.to_json(copied) == data
    assert quickly(data, kind) == thoroughly(data, kind) == value


class TestRoundTrip:
    """`from_json(to_json(v), T) == v`, the bytes are canonical, and both ways of reading agree."""

    def test_every_class_is_drawn(self) -> None:
        assert len(DRAWN) >= 90
        assert {type(value) for values_ in samples().values() for value in values_} <= {
            *KINDS.values()
        }

    @pytest.mark.parametrize("name", DRAWN)
    def test_every_class(self, name: str) -> None:
        @given(st.from_type(KINDS[name]))
        @share(25)
        def law(value: Any) -> None:
            held_by(value)

        law()

    @given(strategies.answers())
    @share(60)
    def test_any_answer(self, answer: mn.Answer) -> None:
        held_by(answer)
        assert mn.from_json(mn.to_json(answer), mn.Recommendation) == answer

    def test_an_edition(self) -> None:
        assert mn.from_dict(mn.to_dict(LATEST), mn.Knowledge) == LATEST


def turned(value: Any, random: Random) -> Any:
    """Put the keys of all objects into another order, and what is shared, too."""
    if isinstance(value, dict):
        names = [*value]
        random.shuffle(names)
        return {name: turned(value[name], random) for name in names}
    if isinstance(value, list):
        parts = [turned(part, random) for part in value]
        if parts and isinstance(parts[0], dict) and "grade" in parts[0] and "id" in parts[0]:
            # Sources: of what stands once, the order is no matter.
            random.shuffle(parts)
        return parts
    return value


class TestOneMeaning:
    """Neither order nor spacing of a document makes a difference; whatever else does."""

    @given(st.sampled_from(goldens.names()), st.randoms(use_true_random=False))
    @share(120)
    def test_the_order_of_keys(self, name: str, random: Random) -> None:
        kind, data = goldens.kind_of(name), goldens.document(name)
        document = turned(json.loads(data), random)
        value = mn.from_json(json.dumps(document, indent=random.choice((None, 1))), kind)
        assert value == mn.from_dict(document, kind) == mn.from_json(data, kind)
        assert mn.to_json(value) == data

    @given(st.sampled_from(goldens.names()), st.sampled_from(goldens.names()))
    def test_no_document_is_of_two_classes(self, name: str, other: str) -> None:
        """But where two classes have the same keys and the same codes."""
        data, kind = goldens.document(name), goldens.kind_of(other)
        try:
            value = mn.from_json(data, kind)
        except mn.InputError:
            return
        assert says(json.loads(data), json.loads(mn.to_json(value)))
        assert mn.to_json(value) == data

    @given(st.sampled_from(goldens.names()), st.randoms(use_true_random=False))
    @share(400)
    def test_a_changed_document_is_refused_or_another_value(
        self, name: str, random: Random
    ) -> None:
        """All that the fuzzer demands; among it that the quick and the thorough way agree."""
        data, kind, counts = goldens.document(name), goldens.kind_of(name), Counts()
        other = goldens.document("assessment")
        changed = mutations.of_data(json.loads(data), random, json.loads(other))
        hold_plain(changed, kind, counts)
        hold(json.dumps(changed), kind, counts)
        hold(mutations.of_bytes(data, random, other), kind, counts)
        assert counts.well, str(counts)


_WRITE_ALL = """
import locale, sys
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
import microneedling as mn
from hashlib import sha256
for name, path in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(path, "rb") as file:
        data = file.read()
    value = mn.from_json(data, getattr(mn, name))
    again = mn.to_json(value)
    if again != data or mn.from_dict(mn.to_dict(value), type(value)) != value:
        sys.exit(name)
    if isinstance(value, mn.Assessment):
        again = mn.to_json(mn.recommend(value, mn.load("2026.1")))
    print(name, sha256(again).hexdigest())
"""


def written(*flags: str, **env: str) -> str:
    """Read and write every golden document in a process of its own."""
    given_ = [
        part
        for name in goldens.names()
        for part in (goldens.kind_of(name).__name__, str(goldens.HOME / f"{name}.json"))
    ]
    done = subprocess.run(
        [sys.executable, *flags, "-c", _WRITE_ALL, *given_],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **env},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


class TestElsewhere:
    """The same value is the same bytes in every process, locale, time zone and thread."""

    def test_the_same_in_every_process(self) -> None:
        plain = written(PYTHONHASHSEED="0")
        assert len(plain.splitlines()) == len(goldens.names())
        for flags, env in (
            (("-O",), {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}),
            (("-OO",), {"PYTHONHASHSEED": "7", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
            ((), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}),
            (("-W", "error"), {"PYTHONHASHSEED": "4242", "PYTHONINTMAXSTRDIGITS": "0"}),
        ):
            assert written(*flags, **env) == plain, (flags, env)

    def test_in_threads(self) -> None:
        """Documents that are read and written at once do not get into each other's way."""
        names = [n for n in goldens.names() if len(goldens.document(n)) < 10_000] * 4
        wrong = goldens.document("course").replace(b'"shared"', b'"sharde"')

        def once(name: str) -> bool:
            with pytest.raises(mn.InputError):
                mn.from_json(wrong, mn.Course)
            value = mn.from_json(goldens.document(name), goldens.kind_of(name))
            return mn.to_json(value) == goldens.document(name)

        with ThreadPoolExecutor(16) as pool:
            assert all(pool.map(once, names))

    def test_nothing_is_left_behind(self) -> None:
        """Neither by what is refused nor by what is read."""
        course = goldens.document("course")
        for data in (course, course[:-3], course.replace(b'"aust-2008"', b'"x"', 1), b"{}"):
            for kind in (mn.Course, mn.Source, mn.Answer):
                with suppress(mn.InputError):
                    mn.to_json(mn.from_json(data, kind))
                with pytest.raises(LookupError):
                    structuring._PARTS.get()  # noqa: SLF001 - whether it is set is the test
                with pytest.raises(LookupError):
                    writing._HELD.get()  # noqa: SLF001

    def test_a_low_limit_of_calls(self) -> None:
        """There is no third thing: the value, or a refusal that says what is missing."""
        script = """
import sys, microneedling as mn
held = []
for name, path in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(path, "rb") as file:
        data = file.read()
    kind = getattr(mn, name)
    held.append((data, kind, mn.from_json(data, kind)))
for limit in (20, 25, 30, 40, 50, 80):
    counts = [0, 0]
    for data, kind, value in held:
        sys.setrecursionlimit(limit)
        try:
            right, code = mn.from_json(data, kind) == value, ""
        except mn.InputError as error:
            right, code = None, error.code
        sys.setrecursionlimit(1000)
        if right is False or code not in ("", "too_deep"):
            sys.exit(f"{kind} {limit} {right} {code}")
        counts[bool(code)] += 1
    print(limit, *counts)
"""
        given_ = [
            part
            for name in goldens.names()
            for part in (goldens.kind_of(name).__name__, str(goldens.HOME / f"{name}.json"))
        ]
        done = subprocess.run(
            [sys.executable, "-c", script, *given_], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        lines = done.stdout.splitlines()
        assert len(lines) == 6
        for limit, read, refused in (map(int, line.split()) for line in lines):
            assert read + refused == len(goldens.names())
            assert read > 80
            assert limit < 50 or not refused
