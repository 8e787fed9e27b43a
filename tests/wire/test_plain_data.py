"""Objects of Python are read as strictly as text: nothing passes for plain data."""
# ruff: noqa: ANN401 - anything may be given; the class's docstring is the law

import json
import pickle
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Never, get_args

import pytest

import microneedling as mn
from tests import goldens

MARK = "PATIENT-NAME"
ON = date(2026, 11, 22)


class Text(str):
    """Text of another class."""

    __slots__ = ()


class Number(int):
    """A number of another class."""


class Listed(list[Any]):
    """A list of another class."""


class Fields(dict[str, Any]):
    """A dictionary of another class."""


class One(IntEnum):
    """A number with a name."""

    ONE = 1


class Hostile(str):
    """Text that does not want to be compared."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> Never:
        raise RuntimeError(MARK)

    __ne__ = __eq__


class Unhashable:
    """What cannot be hashed, and says whose it is."""

    def __hash__(self) -> Never:
        raise RuntimeError(MARK)


PLAIN: dict[str, Any] = {
    "schema": 1,
    "on": "2026-11-22",
    "site": "cheek",
    "setting": "clinic",
    "age_years": 34,
    "concerns": [{"indication": "striae", "severity": "mild"}],
}


def problems(document: Any, kind: Any, *editions: Any) -> list[tuple[str, str]]:
    """Give code and path of all that is wrong with an object; nothing of it is repeated."""
    with pytest.raises(mn.InputError) as caught:
        mn.from_dict(document, kind, *editions)
    assert MARK not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems  # noqa: S301
    return [(problem.code, problem.path) for problem in caught.value.problems]


def problems_of_text(text: str) -> list[tuple[str, str]]:
    """Give code and path of all that is wrong with an assessment's text."""
    with pytest.raises(mn.InputError) as caught:
        mn.from_json(text, mn.Assessment)
    return [(problem.code, problem.path) for problem in caught.value.problems]


# What stands at a place of the plain document, and what that gets.
LOOK_ALIKES: dict[str, tuple[str, Any, list[tuple[str, str]]]] = {
    "a member": ("site", mn.Site.CHEEK, [("unknown_code", "$.site")]),
    "a member of another enumeration": (
        "site",
        mn.Finding.INSIDE_ORBITAL_RIM,
        [("unknown_code", "$.site")],
    ),
    "text of another class": ("site", Text("cheek"), [("unknown_code", "$.site")]),
    "text that compares itself": ("site", Hostile("cheek"), [("unknown_code", "$.site")]),
    "bytes": ("site", b"cheek", [("unknown_code", "$.site")]),
    "no hash": ("site", Unhashable(), [("unknown_code", "$.site")]),
    "a day as text of another class": ("on", Text("2026-11-22"), [("not_a_date", "$.on")]),
    "a day that compares itself": ("on", Hostile("20261122"), [("not_a_date", "$.on")]),
    "a day": ("on", ON, [("not_a_date", "$.on")]),
    "a number of another class": ("age_years", Number(34), [("not_an_integer", "$.age_years")]),
    "a named number": ("age_years", One.ONE, [("not_an_integer", "$.age_years")]),
    "a float": ("age_years", 34.0, [("not_an_integer", "$.age_years")]),
    "NaN": ("age_years", float("nan"), [("not_an_integer", "$.age_years")]),
    "a huge number": ("age_years", 10**5000, [("out_of_range", "$.age_years")]),
    "a tuple": ("concerns", ({"indication": "striae"},), [("wrong_type", "$.concerns")]),
    "a list of another class": (
        "concerns",
        Listed([{"indication": "striae"}]),
        [("wrong_type", "$.concerns")],
    ),
    "an iterator": ("concerns", iter([{"indication": "striae"}]), [("wrong_type", "$.concerns")]),
    "a value": (
        "concerns",
        [mn.Concern(indication=mn.Indication.STRIAE)],
        [("wrong_type", "$.concerns[0]")],
    ),
    "a dictionary of another class": (
        "concerns",
        [Fields(indication="striae")],
        [("wrong_type", "$.concerns[0]")],
    ),
    "an ordered dictionary": (
        "concerns",
        [OrderedDict(indication="striae")],
        [("wrong_type", "$.concerns[0]")],
    ),
    "a number as a schema": ("schema", One.ONE, [("unknown_schema", "$.schema")]),
    "True as a schema": ("schema", True, [("unknown_schema", "$.schema")]),
    "another number as a key": (
        "concerns",
        [{"indication": "striae", 1: MARK}],
        [("wrong_type", "$.concerns[0]")],
    ),
    "a member as a key": (
        "concerns",
        [{mn.Use: "striae"}],
        [("wrong_type", "$.concerns[0]")],
    ),
    "text of another class as a key": (
        "concerns",
        [{Text("indication"): "striae"}],
        [("wrong_type", "$.concerns[0]")],
    ),
    "a key that compares itself": (
        "concerns",
        [{Hostile("indication"): "striae"}],
        [("wrong_type", "$.concerns[0]")],
    ),
}

ROOTS: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "None": (None, [("wrong_type", "$")]),
    "text": (MARK, [("wrong_type", "$")]),
    "bytes": (b"{}", [("wrong_type", "$")]),
    "a list": ([PLAIN], [("wrong_type", "$")]),
    "pairs": (list(PLAIN.items()), [("wrong_type", "$")]),
    "a tuple of pairs": (tuple(PLAIN.items()), [("wrong_type", "$")]),
    "a tuple of nothing": ((), [("wrong_type", "$")]),
    "a dictionary of another class": (Fields(PLAIN), [("wrong_type", "$")]),
    "an ordered dictionary": (OrderedDict(PLAIN), [("wrong_type", "$")]),
    "a view": (MappingProxyType(PLAIN), [("wrong_type", "$")]),
    "a key that compares itself": ({Hostile("schema"): 1}, [("wrong_type", "$")]),
    "a key of another class": ({**PLAIN, None: 1}, [("wrong_type", "$")]),
    "an assessment": (mn.from_dict(PLAIN, mn.Assessment), [("wrong_type", "$")]),
}


class TestLookAlikes:
    """Only plain dictionaries, lists, text, whole numbers, booleans and None are plain data."""

    @pytest.mark.parametrize("case", LOOK_ALIKES)
    def test_refused(self, case: str) -> None:
        key, value, expected = LOOK_ALIKES[case]
        assert problems({**PLAIN, key: value}, mn.Assessment) == expected

    @pytest.mark.parametrize("case", ROOTS)
    def test_no_document(self, case: str) -> None:
        document, expected = ROOTS[case]
        assert problems(document, mn.Assessment) == expected

    def test_pairs_are_no_object(self) -> None:
        """Wherever a dictionary belongs, at the root and within."""
        pairs: Any = (("schema", 1), ("finding", "tattoo"))
        assert problems(pairs, mn.Exposure) == [("wrong_type", "$")]
        inner = {**PLAIN, "concerns": [(("indication", "striae"),)]}
        assert problems(inner, mn.Assessment) == [("wrong_type", "$.concerns[0]")]
        shared = {"schema": 1, "source": "a", "shared": (("sources", []),)}
        assert problems(shared, mn.Citation) == [("wrong_type", "$.shared")]

    def test_a_member_of_another_vocabulary_of_equal_value(self) -> None:
        document = {"schema": 1, "finding": mn.Site.INSIDE_ORBITAL_RIM}
        assert problems(document, mn.Exposure) == [("unknown_code", "$.finding")]

    @pytest.mark.parametrize("tag", [mn.Move.STOP, Text("course_stopped"), b"course_stopped"])
    def test_a_tag(self, tag: object) -> None:
        document = {"schema": 1, "kind": tag, "on": "2026-11-22", "note": ""}
        assert problems(document, mn.CourseStopped) == [("unknown_code", "$.kind")]

    @pytest.mark.parametrize("value", [mn.Move.PAUSE, Text("pause"), ["pause"], None])
    def test_a_code_by_itself(self, value: object) -> None:
        assert problems({"schema": 1, "value": value}, mn.Move) == [("unknown_code", "$.value")]

    def test_tables_of_an_edition(self) -> None:
        """What JSON would write as something else is no table."""
        tables: dict[Any, Any] = mn.load("2026.1").plain()  # type: ignore[assignment]
        assert mn.from_dict({"schema": 1, "tables": tables}, mn.Knowledge) == mn.load("2026.1")
        row = tables["sources"][0]
        itself: list[Any] = []
        itself.append(itself)
        for wrong in (
            {**tables, "sources": (*tables["sources"],)},
            {**tables, "sources": [*tables["sources"][1:], Fields(row)]},
            {
                **tables,
                "sources": [*tables["sources"][1:], {**row, "grade": mn.Grade(row["grade"])}],
            },
            {**tables, "sources": [*tables["sources"][1:], {**row, "year": Number(row["year"])}]},
            {**tables, 1: []},
            tuple(tables.items()),
            {**tables, "sources": float("nan")},
            itself,
        ):
            assert problems({"schema": 1, "tables": wrong}, mn.Knowledge) == [
                ("no_edition", "$.tables") if wrong is not itself else ("too_deep", "")
            ]


class TestCaps:
    """Objects have the caps of text, looked at before any work is done."""

    def test_itself(self) -> None:
        itself: list[Any] = []
        itself.append(itself)
        assert problems({**PLAIN, "concerns": itself}, mn.Assessment) == [("too_deep", "")]
        wide: list[Any] = []
        wide += [wide] * 10
        assert problems({**PLAIN, "concerns": wide}, mn.Assessment) == [("too_many", "")]
        held: dict[str, Any] = dict(PLAIN)
        held["device"] = held
        assert problems(held, mn.Assessment) == [("too_deep", "")]

    def test_depth(self) -> None:
        inner: Any = 1
        for _ in range(31):
            inner = [inner]
        assert problems({**PLAIN, "age_years": inner}, mn.Assessment) == [
            ("not_an_integer", "$.age_years")
        ]
        assert problems({**PLAIN, "age_years": [inner]}, mn.Assessment) == [("too_deep", "")]

    def test_items(self) -> None:
        # Seven keys, one concern and two keys of it.
        few = {**PLAIN, "absent": [0] * (50_000 - 10)}
        assert problems(few, mn.Assessment) == [("unknown_key", "$")]
        assert problems_of_text(json.dumps(few)) == [("unknown_key", "$")]
        few["absent"].append(0)
        assert problems(few, mn.Assessment) == [("too_many", "")]
        assert problems_of_text(json.dumps(few)) == [("too_many", "")]

    def test_text(self) -> None:
        source = {"schema": 1, "id": "a", "grade": "rct", "read": "full", "title": "x" * 900_000}
        assert mn.from_dict(source, mn.Source).title == source["title"]
        assert problems({**source, "title": "x" * 1_000_001}, mn.Source) == [("too_large", "")]


def _kinds() -> dict[str, Any]:
    return {
        "None": None,
        "text": "Assessment",
        "a value": mn.NeedleLength(500),
        "a list": [],
        "no hash": Unhashable(),
        "object": object,
        "dict": dict,
        "a function": mn.recommend,
        "the library": mn,
        "an error": mn.InputError,
        "optional": mn.Assessment | None,
        "a list of them": list[mn.Assessment],
        "some of the answers": mn.Offer | mn.Ask,
        "a tuple of the answers": tuple[mn.Offer, mn.Ask, mn.Defer, mn.Refer, mn.Decline],
        "a class of the same name": type("Assessment", (), {}),
        "a class that is not public": type(mn.load("2026.1")).__mro__[1],
    }


class TestKinds:
    """Only public classes and the three unions are read."""

    @pytest.mark.parametrize("case", _kinds())
    def test_refused(self, case: str) -> None:
        assert problems({"schema": 1}, _kinds()[case]) == [("wrong_type", "kind")]

    def test_the_order_of_a_union_is_no_matter(self) -> None:
        """Unions that are equal are read alike, whichever is asked for first."""
        turned: Any = mn.Decline | mn.Refer | mn.Defer | mn.Ask | mn.Offer
        assert turned == get_args(mn.Answer)[0]
        assert problems({"schema": 1}, turned) == problems({"schema": 1}, mn.Answer)
        assert ("wrong_type", "kind") not in problems({"schema": 1}, mn.Answer)

    def test_another_class_of_the_family(self) -> None:
        stopped = mn.to_dict(mn.CourseStopped(on=ON))
        assert problems(stopped, mn.CourseBegun) == [("wrong_kind", "$.kind")]


class TestWritten:
    """What is written can be read."""

    @pytest.mark.parametrize(
        "wrong",
        [
            mn.Problem(1, "$", "x"),  # type: ignore[arg-type]
            mn.Problem("a", 2.5, "x"),  # type: ignore[arg-type]
            mn.Problem("a", "$", "\ud800"),
        ],
    )
    def test_a_problem_that_is_none(self, wrong: mn.Problem) -> None:
        with pytest.raises(mn.InputError):
            mn.to_json(wrong)


class TestEditions:
    """An edition that was never looked at is refused, not what fails in it."""

    @pytest.mark.parametrize("name", ["decline", "progress", "comparison", "pause"])
    @pytest.mark.parametrize(
        "canonical", [b"garbage", b"[]", b'{"edition":{"id":"2026.1"}}', b'{"edition":1}']
    )
    def test_no_edition_at_all(self, name: str, canonical: bytes) -> None:
        data, kind = goldens.document(name), goldens.kind_of(name)
        unsound = mn.Knowledge(canonical)
        # It is not asked for unless it is named.
        assert mn.from_json(data, kind, unsound) == mn.from_json(data, kind)
        named = data.replace(mn.load("2026.1").digest.encode(), unsound.digest.encode())
        reads: tuple[Callable[[], object], ...] = (
            lambda: mn.from_json(named, kind, unsound),
            lambda: mn.from_dict(json.loads(named), kind, unsound),
        )
        for read in reads:
            with pytest.raises(mn.InputError) as caught:
                read()
            found = [(problem.code, problem.path) for problem in caught.value.problems]
            assert found == [("no_edition", "editions")]
            assert caught.value.__context__ is None

    def test_an_edition_without_its_rules(self) -> None:
        tables = json.loads(mn.load("2026.1").canonical)
        tables["rules"] = []
        unsound = mn.Knowledge(json.dumps(tables).encode())
        data = goldens.document("pause")
        named = data.replace(mn.load("2026.1").digest.encode(), unsound.digest.encode())
        with pytest.raises(mn.InputError) as caught:
            mn.from_json(named, mn.Pause, unsound)
        assert (caught.value.code, caught.value.path) == ("no_edition", "editions")
