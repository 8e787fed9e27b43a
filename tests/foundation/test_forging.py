"""A value that exists is valid: nothing forged survives a copy, a pickle or a document."""

import copy
import json
import pickle
import random
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

import attrs
import pytest

import microneedling as mn
from microneedling._foundation import constructor_checks
from microneedling._foundation.constructor_checks import checker
from microneedling._foundation.field_bounds import AtLeastOne, Each, Line, NoteCode, Whole, shape
from tests.values.test_values import samples

# `Recommendation` itself has no values.
NAMES = sorted(name for name, held in samples().items() if held)
# Wrong in every field there is, but for a text or a flag, where one of them is right.
WRONG: tuple[object, ...] = (1.5, ["x"], object(), b"x")
# An edition is bytes, of which the tables are read when they are asked for.
LAZY = "Knowledge"

ROUND_TRIPS: dict[str, Callable[[Any], Any]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda value: pickle.loads(pickle.dumps(value)),  # noqa: S301 - our own bytes
    "document": lambda value: mn.from_json(mn.to_json(value), type(value)),
}


def forged(value: Any, field: str, part: object) -> Any:  # noqa: ANN401 - any value of ours
    """Make a value with one field set past its constructor."""
    again = object.__new__(type(value))
    for one in attrs.fields(type(value)):
        object.__setattr__(again, one.name, getattr(value, one.name))
    object.__setattr__(again, field, part)
    return again


def fields(name: str) -> list[Any]:
    """Give the fields that a constructor takes."""
    kind: Any = type(samples()[name][0])
    return [field for field in attrs.fields(kind) if field.init]


@pytest.mark.parametrize("name", NAMES)
class TestForged:
    """Whatever the field, what no constructor takes comes out of no round trip."""

    def test_a_field_of_a_wrong_type(self, name: str) -> None:
        value = samples()[name][0]
        for field in fields(name):
            for trip, again in ROUND_TRIPS.items():
                for wrong in WRONG[:1] if trip == "document" else WRONG[:3]:
                    # What was forged may not even be written, and then anything may be raised.
                    with pytest.raises((ValueError, TypeError, AttributeError, KeyError)):
                        again(forged(value, field.name, wrong))

    def test_evolve_and_the_constructor_refuse_it(self, name: str) -> None:
        value = samples()[name][0]
        held = {field.name: getattr(value, field.name) for field in fields(name)}
        for field in held:
            for wrong in WRONG[:3] if name == LAZY else WRONG:
                with pytest.raises(mn.MicroneedlingError):
                    attrs.evolve(value, **{field: wrong})
                with pytest.raises(mn.MicroneedlingError):
                    type(value)(**{**held, field: wrong})

    def test_a_derived_field_is_derived_anew(self, name: str) -> None:
        value = samples()[name][0]
        for field in attrs.fields(type(value)):
            if not field.init:
                for again in ROUND_TRIPS.values():
                    held = again(forged(value, field.name, "forged"))
                    assert getattr(held, field.name) == getattr(value, field.name)


class TestOutOfBounds:
    """Types alone are not enough."""

    @pytest.mark.parametrize("trip", ROUND_TRIPS)
    def test_figures(self, trip: str) -> None:
        again = ROUND_TRIPS[trip]
        for value, field, part in (
            (mn.NeedleLength(500), "um", 49),
            (mn.SessionCount(3, 6), "most", 2),
            (mn.Interval(minimum_days=1, preferred_days=2, maximum_days=3), "minimum_days", 0),
            (mn.Override(safeguards=[mn.Safeguard.FINDING], author="a", reason="b"), "author", ""),
        ):
            with pytest.raises(mn.InputError):
                again(forged(value, field, part))

    @pytest.mark.parametrize("trip", ROUND_TRIPS)
    def test_an_answer_that_contradicts_its_reasons(self, trip: str) -> None:
        offer = samples()["Offer"][0]
        defer = samples()["Defer"][0]
        for wrong in (forged(offer, "reasons", defer.reasons), forged(defer, "reasons", ())):
            with pytest.raises(ValueError):  # noqa: PT011 - ours is one, too
                ROUND_TRIPS[trip](wrong)

    def test_an_answer_that_its_edition_does_not_give(self) -> None:
        """A constructor knows no edition; a document names one."""
        offer = samples()["Offer"][0]
        fewer = attrs.evolve(offer, reasons=(*offer.reasons[1:],))
        older = attrs.evolve(offer, provenance=attrs.evolve(offer.provenance, digest="0" * 64))
        # Whoever claims another logic is not judged by ours, so there must have been such a logic.
        strange = attrs.evolve(offer, provenance=attrs.evolve(offer.provenance, engine="9"))
        for wrong, code in (
            (fewer, "contradiction"),
            (older, "edition_missing"),
            (strange, "unknown_engine"),
        ):
            with pytest.raises(mn.InputError) as caught:
                mn.from_json(mn.to_json(wrong), mn.Offer)
            assert caught.value.code == code


def test_a_vast_error_is_cut_short() -> None:
    """What is wrong many times over is told a thousand times, and then counted."""
    document = json.loads(mn.to_json(samples()["Assessment"][0]))
    document["screening"]["absent"] = ["x"] * 5_000
    with pytest.raises(mn.InputError) as caught:
        mn.from_dict(document, mn.Assessment)
    assert len(caught.value.problems) == 1_001
    assert caught.value.problems[-1].code == "more"


class TestAgreement:
    """Equal values have one hash and one document; other values have others."""

    @pytest.mark.parametrize("name", NAMES)
    def test_equal_hash_and_bytes(self, name: str) -> None:
        held = samples()[name]
        for one in held:
            for other in held:
                assert (one == other) == (mn.to_json(one) == mn.to_json(other))
                assert one != other or hash(one) == hash(other)

    def test_what_makes_no_difference_is_written_one_way(self) -> None:
        rng = random.Random(1)  # noqa: S311 - repeatable, and guards nothing
        days = [mn.Exposure(finding=f, last_on=date(2026, 1, 1)) for f in (*mn.Finding,)[:9]]
        concerns = [mn.Concern(indication=code) for code in (*mn.Indication,)[:4]]
        seen = set()
        for _ in range(20):
            rng.shuffle(days)
            rng.shuffle(concerns)
            value = mn.Assessment(
                on=date(2026, 11, 22),
                site=mn.Site.CHEEK,
                setting=mn.Setting.CLINIC,
                concerns=concerns,
                screening=mn.Screening(present=[*days, days[0]]),
            )
            seen.add((value, mn.to_json(value)))
        assert len(seen) == 1


def refused(annotation: Any, value: object) -> list[tuple[str, str]]:  # noqa: ANN401
    """Give what is wrong with a value by an annotation."""
    try:
        checker(shape(annotation))(value, "x")
    except mn.InputError as error:
        return [(problem.code, problem.path) for problem in error.problems]
    return []


ANNOTATIONS: dict[str, tuple[Any, list[Any], list[tuple[Any, list[tuple[str, str]]]]]] = {
    "flag": (
        bool,
        [True, False],
        [(1, [("not_a_boolean", "x")]), (None, [("not_a_boolean", "x")])],
    ),
    "text": (str, ["", "\u00e9"], [("\ud800", [("wrong_text", "x")]), (1, [("wrong_type", "x")])]),
    "day": (
        date,
        [date(2026, 1, 1)],
        [
            (date(1899, 12, 31), [("out_of_range", "x")]),
            (datetime(2026, 1, 1), [("not_a_date", "x")]),  # noqa: DTZ001
        ],
    ),
    "code": (mn.Site, [mn.Site.CHEEK], [("cheek", [("unknown_code", "x")])]),
    "value": (mn.Passes, [mn.Passes(1, 2)], [(mn.SessionCount(1, 2), [("wrong_type", "x")])]),
    "or None": (mn.Passes | None, [None], [(0, [("wrong_type", "x")])]),
    "one of several": (
        mn.Passes | mn.Downtime | None,
        [None, mn.Passes(1, 2), mn.Downtime(0, 1)],
        [(mn.SessionCount(1, 2), [("wrong_type", "x")])],
    ),
    "whole": (
        Annotated[int, Whole(1, 3, "things")],
        [1, 3],
        [
            (0, [("out_of_range", "x")]),
            (4, [("out_of_range", "x")]),
            (True, [("not_an_integer", "x")]),
        ],
    ),
    "whole or None": (
        Annotated[int, Whole(1, 3, "things")] | None,
        [None, 2],
        [(1.0, [("not_an_integer", "x")])],
    ),
    "line": (
        Annotated[str, Line(3)],
        ["abc", "\u00e9"],
        [(wrong, [("wrong_text", "x")]) for wrong in ("", " ", "abcd", "a\n", "a\x85", "\u2028")],
    ),
    "note": (Annotated[str, NoteCode()], ["", "a-1"], [("A", [("wrong_text", "x")])]),
    "many": (
        tuple[str, ...],
        [(), ("a",)],
        [
            (["a"], [("wrong_type", "x")]),
            (("a", 1, "b", None), [("wrong_type", "x[1]"), ("wrong_type", "x[3]")]),
        ],
    ),
    "at least one": (
        Annotated[tuple[str, ...], AtLeastOne("thing", "none_there")],
        [("a",)],
        [((), [("none_there", "x")])],
    ),
    "each": (
        Annotated[tuple[mn.Passes, ...], Each("fewest", "fewest_twice", "keep one")],
        [(), (mn.Passes(1, 2), mn.Passes(2, 2))],
        [((mn.Passes(1, 2), mn.Passes(1, 3)), [("fewest_twice", "x")])],
    ),
    "a pair": (
        tuple[date, date],
        [(date(2026, 1, 1), date(2026, 1, 2))],
        [((date(2026, 1, 1),), [("wrong_type", "x")])],
    ),
    "a set": (
        frozenset[mn.Finding],
        [frozenset(), frozenset({mn.Finding.TATTOO})],
        [({mn.Finding.TATTOO}, [("wrong_type", "x")])],
    ),
}


class TestDeclared:
    """An annotation is the check: of every form it takes what it says and nothing else."""

    @pytest.mark.parametrize("name", ANNOTATIONS)
    def test_taken_and_refused(self, name: str) -> None:
        annotation, right, wrong = ANNOTATIONS[name]
        for value in right:
            assert refused(annotation, value) == []
        for value, problems in wrong:
            assert refused(annotation, value) == problems

    @pytest.mark.parametrize("name", ANNOTATIONS)
    def test_compiled_it_takes_nothing_more(self, name: str) -> None:
        """It may leave a right value to the check, but most it takes at once."""
        annotation, right, wrong = ANNOTATIONS[name]
        test = constructor_checks._compiled({"held": shape(annotation)})  # noqa: SLF001 - the other half
        taken = [bool(test(Held(value))) for value in right]
        assert any(taken) or name == "a pair"
        assert not any(test(Held(value)) for value, _ in wrong)

    def test_every_number_has_bounds_and_a_unit(self) -> None:
        for name in NAMES:
            for field in fields(name):
                held = shape(field.type)
                for part in (held, *held.parts):
                    if part.kind is int:
                        assert any(isinstance(rule, Whole) for rule in part.rules), field.name

    def test_all_is_told_at_once(self) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.Source(id="", title=1, year=0, grade="rct", read=mn.Access.FULL)  # type: ignore[arg-type]
        assert [(p.code, p.path) for p in caught.value.problems] == [
            ("wrong_text", "id"),
            ("wrong_type", "title"),
            ("out_of_range", "year"),
            ("unknown_code", "grade"),
        ]

    def test_the_compiled_test_tells_the_same(self) -> None:
        """After many were made, as before."""
        for _ in range(60):
            mn.SessionCount(1, 2)
        for wrong in (0, 101, True, 1.0, "1", None):
            with pytest.raises(mn.InputError) as caught:
                mn.SessionCount(wrong, 101)  # type: ignore[arg-type]
            assert [problem.path for problem in caught.value.problems] == ["fewest", "most"]


class Held:
    """Stands for a value with one field."""

    def __init__(self, held: object) -> None:
        self.held = held


def test_documents_of_problems() -> None:
    """What is wrong can be sent on."""
    with pytest.raises(mn.InputError) as caught:
        mn.from_json("{}", mn.Assessment)
    problem = caught.value.problems[0]
    assert mn.from_json(mn.to_json(problem), mn.Problem) == problem
    assert json.loads(mn.to_json(problem))["code"] == "unknown_schema"
