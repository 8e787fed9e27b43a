"""
Hostile documents get exactly the problems that they have; right ones are read.

The documents are data, in ``tests/hostile``.
"""

import json
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

import microneedling as mn
from microneedling.deciding.recommending import ENGINE
from microneedling.wire import verifying
from tests import corpus, goldens
from tests.corpus import Case, Problems

NAMES = [*corpus.refused_names()]
MARK = "PATIENT-NAME"
# Less could be part of a message by chance.
LEAST_ECHO = 6
LATEST = mn.load("2026.1")


@pytest.fixture(autouse=True)
def _an_engine_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there had been a version of the logic before this one, "0"."""
    monkeypatch.setattr(verifying, "ENGINES", ("0", ENGINE))


def refused(case: Case, error: mn.InputError) -> Problems:
    """Give what an error tells, after looking at all else that it could carry."""
    assert type(error) is mn.InputError
    assert error.__cause__ is None
    assert error.__context__ is None
    assert not getattr(error, "__notes__", [])
    assert not vars(error).keys() - {"problems"}
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert again.problems == error.problems
    told = f"{error} {error!r} {error.args!r} {error.problems!r}"
    for given in (MARK, *leaves(case.line.get("edits", []))):
        assert given not in told
    assert all(problem.message for problem in error.problems)
    return sorted((problem.code, problem.path) for problem in error.problems)


def leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data
    """Give the texts of edits that no message of ours has a reason to hold."""
    if isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from leaves(part)
    # Messages list codes, and say how a length is written.
    elif isinstance(value, str) and not (value.strip().isidentifier() or "0.5 mm" in value):
        yield from [value] if len(value) >= LEAST_ECHO else []


class TestRefused:
    """A hostile document is refused for all that is wrong with it, and for nothing else."""

    @pytest.mark.parametrize("name", NAMES)
    def test_exactly_these_problems(self, name: str) -> None:
        case = corpus.case(name)
        given = [case.data]
        if isinstance(case.data, str) and case.data.isascii():
            given.append(case.data.encode())
        for data in given:
            with pytest.raises(mn.InputError) as caught:
                mn.from_json(data, case.type)
            assert refused(case, caught.value) == case.problems
        if case.plain is not None:
            with pytest.raises(mn.InputError) as caught:
                mn.from_dict(case.plain, case.type)
            assert refused(case, caught.value) == case.objects

    def test_there_are_enough_of_them(self) -> None:
        cases = [corpus.case(name) for name in NAMES]
        assert len(cases) >= 1000
        assert all(case.problems for case in cases)
        codes = {code for case in cases for code, _ in case.problems}
        assert len(codes) >= 35
        assert len({str(case.type) for case in cases}) >= 25

    def test_no_two_are_one(self) -> None:
        cases = [corpus.case(name) for name in NAMES]
        documents = {(case.data, str(case.type)): case.name for case in cases}
        assert sorted({case.name for case in cases} - {*documents.values()}) == []


class TestRight:
    """What only looks odd is read, as the same value and the same bytes."""

    @pytest.mark.parametrize("name", corpus.lines("accepted"))
    def test_accepted(self, name: str) -> None:
        right = corpus.accepted(name)
        value = mn.from_json(right.data, right.type)
        assert mn.to_json(value) == right.canonical
        assert mn.from_json(right.canonical, right.type) == value
        if right.plain is not None:
            assert mn.from_dict(right.plain, right.type) == value

    @pytest.mark.parametrize("name", corpus.lines("decided"))
    def test_decided(self, name: str) -> None:
        """Odd clinical facts are facts: they are read, and the edition decides."""
        case = corpus.case(name)
        answer = mn.recommend(mn.from_json(case.data, mn.Assessment), LATEST)
        assert answer.verdict.value == case.line["verdict"]
        assert case.line["rule"] in {reason.rule for reason in answer.reasons}
        assert mn.from_json(mn.to_json(answer), mn.Answer) == answer


class TestLists:
    """What would be refused, whatever stands in it, is refused wherever it stands."""

    @pytest.mark.parametrize("name", goldens.names())
    def test_a_key_more_at_every_place(self, name: str) -> None:
        kind = goldens.kind_of(name)
        for path, data in _changed(name, {MARK: MARK}):
            with pytest.raises(mn.InputError) as caught:
                mn.from_dict(data, kind)
            assert ("unknown_key", path) in [p[:2] for p in caught.value.problems], path
            assert MARK not in str(caught.value)

    @pytest.mark.parametrize("name", goldens.names())
    def test_the_schema_at_every_place_but_the_first(self, name: str) -> None:
        kind = goldens.kind_of(name)
        for path, data in _changed(name, {"schema": 1}):
            if path != "$":
                with pytest.raises(mn.InputError) as caught:
                    mn.from_dict(data, kind)
                assert ("unknown_key", path) in [p[:2] for p in caught.value.problems], path


def _changed(name: str, more: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give a golden document with keys more at one place after the other; few of one kind."""
    seen: dict[str, int] = {}
    for path in _objects(json.loads(goldens.document(name)), "$"):
        shape = "".join(sign for sign in path if not sign.isdigit())
        seen[shape] = seen.get(shape, 0) + 1
        if seen[shape] <= 2:
            data = json.loads(goldens.document(name))
            held = data
            for step in path.replace("[", ".[").split(".")[1:]:
                held = held[int(step[1:-1])] if step.startswith("[") else held[step]
            held |= more
            yield path, data


def _objects(value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - plain data
    if isinstance(value, dict):
        yield path
        for key, part in value.items():
            yield from _objects(part, f"{path}.{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _objects(part, f"{path}[{number}]")
