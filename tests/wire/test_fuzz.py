"""A small share of what the heavy command tries, and a look at whether it would find a fault."""

from collections.abc import Callable
from typing import Any

import pytest

import microneedling as mn
from microneedling.wire import reading, verifying
from tests import fuzz, goldens
from tests.holding import Counts, hold, hold_plain, says


class TestFuzz:
    """`python -m tests.fuzz` tries a million documents; these are a few of them."""

    @pytest.mark.parametrize("number", range(4))
    def test_changed_documents(self, number: int) -> None:
        counts = fuzz.chunk(4, number, 500)
        assert counts.well, str(counts)
        assert counts.documents == counts.accepted + counts.refused == 500
        assert counts.accepted > 10

    @pytest.mark.parametrize("name", goldens.MEANINGS)
    def test_every_truncation(self, name: str) -> None:
        kind, counts = goldens.kind_of(name), Counts()
        for data in fuzz.truncations(name):
            hold(data, kind, counts)
        assert counts.well, str(counts)
        assert counts.accepted == 0
        assert counts.refused == len(goldens.document(name)) - 1
        assert counts.by_code == {"not_json": counts.refused}

    @pytest.mark.parametrize("name", ["exposure", "interval", "needle_length"])
    def test_every_change_of_one_byte(self, name: str) -> None:
        counts = Counts()
        for data in fuzz.changes(name):
            hold(data, goldens.kind_of(name), counts)
        assert counts.well, str(counts)
        assert counts.documents == 255 * len(goldens.document(name))

    @pytest.mark.parametrize("name", sorted({*goldens.MEANINGS} - {"decline"}))
    def test_one_change_of_every_byte(self, name: str) -> None:
        data, counts = goldens.document(name), Counts()
        for place, byte in enumerate(data):
            for other in {byte ^ 1, byte ^ 0x10, byte ^ 0x80}:
                changed = data[:place] + bytes([other]) + data[place + 1 :]
                hold(changed, goldens.kind_of(name), counts)
        assert counts.well, str(counts)


def _tried(name: str, change: Callable[[Any], None]) -> Counts:
    """Try a golden document with a change of what it says."""
    data = mn.to_dict(mn.from_json(goldens.document(name), goldens.kind_of(name)))
    change(data)
    counts = Counts()
    hold_plain(data, goldens.kind_of(name), counts)
    return counts


def _loosen(monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], Any]) -> None:
    """Let the quick way change a document before it looks at it."""
    strict = reading._quickly  # noqa: SLF001 - what is tested is that this would be found

    def loose(document: Any, kind: Any, editions: Any) -> Any:  # noqa: ANN401 - plain data
        return strict(change(dict(document)), kind, editions)

    monkeypatch.setattr(reading, "_quickly", loose)


class TestItWouldFindFaults:
    """With one check of ours taken away, what must hold no longer does, and that is told."""

    def test_a_forged_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(verifying, "unbacked_answer", lambda *_: ())
        counts = _tried("decline", lambda data: data["reasons"][0].update(why="Go ahead."))
        assert not counts.well

    def test_a_key_that_is_passed_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _loosen(monkeypatch, lambda pairs: {k: v for k, v in pairs.items() if k != "more"})
        assert not _tried("exposure", lambda data: data.update(more=1)).well

    def test_a_coercion(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _loosen(monkeypatch, lambda pairs: {k: int(v) for k, v in pairs.items()})
        assert not _tried("interval", lambda data: data.update(minimum_days=True)).well
        assert not _tried("interval", lambda data: data.update(minimum_days="28")).well

    def test_a_crash(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise KeyError

        monkeypatch.setattr(reading, "_told", broken)
        assert _tried("interval", lambda data: data.update(minimum_days=0)).crashes

    @pytest.mark.parametrize(
        ("given", "written"),
        [
            ({"age_years": True}, {"age_years": 1}),
            ({"age_years": 1.0}, {"age_years": 1}),
            ({"age_years": "1"}, {"age_years": 1}),
            ({"on": "20261122"}, {"on": "2026-11-22"}),
            ({"site": "Cheek"}, {"site": "cheek"}),
            ({"um": "0.5 mm"}, {"um": "0.51 mm"}),
            ({"um": "0.5"}, {"um": "0.5 mm"}),
            ({"x": 1}, {}),
            ({}, {"age_years": 34}),
            ({"entries": [1, 1]}, {"entries": [1]}),
            ({"entries": [1, 2]}, {"entries": [2, 1]}),
            ({"care": ["a", "b"]}, {"care": ["b", "a"]}),
            ({"absent": ["a"]}, {"absent": ["a", "b"]}),
        ],
    )
    def test_what_does_not_say_the_same(self, given: Any, written: Any) -> None:  # noqa: ANN401
        assert not says(given, written)

    @pytest.mark.parametrize(
        ("given", "written"),
        [
            ({"um": "500 um"}, {"um": "0.5 mm"}),
            ({"um": "0.50mm"}, {"um": "0.5 mm"}),
            ({}, {"age_years": None, "note": "", "absent": [], "optional": False}),
            ({"absent": ["b", "a", "a"]}, {"absent": ["a", "b"]}),
        ],
    )
    def test_what_says_the_same(self, given: Any, written: Any) -> None:  # noqa: ANN401
        assert says(given, written)
