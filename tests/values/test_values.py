"""Values are frozen, compared by what they hold, and refused where they are wrong."""
# ruff: noqa: ANN401 - values of any type are refused; the class's docstring is the law

import copy
import operator
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from functools import cache
from typing import Any, cast

import attrs
import pytest
from hypothesis import given, strategies as st

import microneedling as mn
from microneedling.strategies import intervals, session_counts
from tests import goldens, ledgers

ON = date(2026, 11, 22)
MARK = "PATIENT-NAME"
BIG = 4242424242
NAN = float("nan")
STRIAE = mn.Concern(indication=mn.Indication.STRIAE)
POSITIONAL = {"LengthRange", "SessionCount", "Passes", "Downtime", "HourWindow", "Spread", "Step"}

PUBLIC_TYPES: dict[str, type] = {
    name: value for name in mn.__all__ if isinstance(value := getattr(mn, name), type)
}
VALUE_CLASSES: dict[str, type[attrs.AttrsInstance]] = {
    name: kind for name, kind in PUBLIC_TYPES.items() if attrs.has(kind)
}
CODES: dict[str, type[StrEnum]] = {
    name: kind for name, kind in PUBLIC_TYPES.items() if issubclass(kind, StrEnum)
}
ORDERS: dict[type[StrEnum], str] = {
    mn.Severity: "mild moderate severe",
    mn.Anaesthesia: "none optional topical tumescent general",
    mn.Action: "go_on watch pause refer emergency",
    mn.Strictness: "may should must",
    mn.Grade: "systematic_review guideline rct cohort regulatory case_report narrative_review "
    "laboratory expert_opinion manufacturer blog editorial",
    mn.Verdict: "offer ask defer refer decline",
    mn.Level: "caution change_of_plan limit clear_first defer refer decline",
    mn.Urgency: "routine same_day",
    mn.QuestionGroup: "always skin medicines history plan",
    mn.Scope: "area region person",
    mn.Support: "none thin moderate strong",
    mn.NeedAspect: "consent photographs test_area antisepsis numbing sharps eye_protection passes "
    "pressure end_point haemostasis dark_marks taking_up_again judging stopping benefit "
    "alternatives",
    mn.Fit: "documented not_stated others",
    mn.RankClass: "no_benefit fit benefit harm backing completeness preferences gentler",
    mn.Benefit: "shown mixed not_measured none",
    mn.HarmCount: "none_found not_counted not_stated found",
    mn.Move: "proceed wait pause complete stop",
}


def assessment(**fields: Any) -> mn.Assessment:
    """Make an assessment with some fields other than the plainest."""
    plain: dict[str, Any] = {
        "on": ON,
        "site": mn.Site.FACE,
        "setting": mn.Setting.CLINIC,
        "concerns": [STRIAE],
    }
    return mn.Assessment(**{**plain, **fields})


def dated(finding: mn.Finding, day: int) -> mn.Exposure:
    """Make an exposure of some day in October."""
    return mn.Exposure(finding=finding, last_on=date(2026, 10, day))


def _walk(value: object, seen: dict[int, object]) -> Iterator[object]:
    if id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, (tuple, list, frozenset)):
        for part in value:
            yield from _walk(part, seen)
    elif attrs.has(type(value)):
        yield value
        for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
            yield from _walk(getattr(value, field.name), seen)


@cache
def samples() -> dict[str, list[Any]]:
    """Collect up to four values of every public class, from an edition and its answers."""
    knowledge = mn.load("2026.1")
    clean = mn.Screening.complete()
    rolling = mn.Concern(indication=mn.Indication.ACNE_SCAR_ROLLING, severity=mn.Severity.MODERATE)
    filler = mn.Screening.complete(
        present=[mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=date(2026, 8, 1))]
    )
    bleeding = mn.Screening.complete(present=[mn.Finding.BLEEDING_DISORDER])
    cleared = mn.MedicalClearance(
        finding=mn.Finding.BLEEDING_DISORDER, by=mn.Role.HAEMATOLOGIST, on=date(2026, 11, 1)
    )
    before = mn.EarlierSession.in_month(2026, 8, site=mn.Site.CHEEK)
    full: dict[str, Any] = {
        "site": mn.Site.CHEEK,
        "concerns": [rolling],
        "skin_type": mn.SkinType.III,
        "age_years": 34,
    }
    device = mn.Device(kind=mn.DeviceKind.PEN, label_maximum=mn.NeedleLength(2000))
    answers = [
        mn.recommend(given_, knowledge)
        for given_ in (
            assessment(**full, screening=clean, device=device),
            assessment(**full, screening=filler),
            assessment(**full, screening=bleeding, clearances=[cleared], earlier_sessions=[before]),
            assessment(**full),
            assessment(**{**full, "site": mn.Site.MUCOSA}, screening=clean),
            assessment(
                **{**full, "concerns": [mn.Concern(indication=mn.Indication.ACNE_SCAR_ICEPICK)]},
                screening=clean,
            ),
        )
    ]
    tables = [
        getattr(knowledge, name)
        for name in dir(type(knowledge))
        if not name.startswith("_") and not callable(getattr(knowledge, name))
    ]
    compared = mn.compare(mn.NeedleLength(500), mn.NeedleLength(1000), knowledge)
    found: dict[str, list[Any]] = {name: [] for name in VALUE_CLASSES}
    in_time = ledgers.a_bit_of_everything()
    visited = mn.recommend_visit(goldens.visit(), knowledge)
    asked = [reason.asked for reason in answers[3].reasons if reason.asked]
    for value in _walk(
        [*answers, visited, visited.visit, *asked, *tables, compared, knowledge, *in_time], {}
    ):
        held = found.get(type(value).__name__)
        if held is not None and len(held) < 4:
            held.append(value)
    return found


# The root of the answers has no verdict of its own, so there is no value of it.
SAMPLED = sorted(set(VALUE_CLASSES) - {"Recommendation"})


class TestEveryValue:
    """Whatever is public and holds data is a frozen value, equal by content."""

    def test_every_class_is_sampled(self) -> None:
        assert len(SAMPLED) >= 50
        assert [name for name in SAMPLED if not samples()[name]] == []

    @pytest.mark.parametrize("name", SAMPLED)
    def test_frozen(self, name: str) -> None:
        for value in samples()[name]:
            for field in attrs.fields(type(value)):
                with pytest.raises(attrs.exceptions.FrozenInstanceError):
                    setattr(value, field.name, getattr(value, field.name))
                with pytest.raises(attrs.exceptions.FrozenInstanceError):
                    delattr(value, field.name)
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                value.something_else = 1
            # An edition keeps what was read of it; that is no part of it, as its pickle shows.
            assert hasattr(value, "__dict__") is (name == "Knowledge")

    @pytest.mark.parametrize("name", sorted(VALUE_CLASSES))
    def test_fields_are_named_unless_it_is_a_plain_pair(self, name: str) -> None:
        fields = [field for field in attrs.fields(VALUE_CLASSES[name]) if field.init]
        if len(fields) > 1:
            assert {field.kw_only for field in fields} == {name not in POSITIONAL}

    @pytest.mark.parametrize("name", SAMPLED)
    def test_copies_are_equal_and_hash_alike(self, name: str) -> None:
        for value in samples()[name]:
            for again in (
                copy.copy(value),
                copy.deepcopy(value),
                pickle.loads(pickle.dumps(value)),  # noqa: S301 - our own bytes
                attrs.evolve(value),
            ):
                assert type(again) is type(value)
                assert again == value
                assert not again != value  # noqa: SIM202 - both operators are the law
                assert hash(again) == hash(value)

    @pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
    def test_every_pickle_protocol(self, protocol: int) -> None:
        for name in SAMPLED:
            value = samples()[name][0]
            assert pickle.loads(pickle.dumps(value, protocol)) == value  # noqa: S301

    @pytest.mark.parametrize("name", SAMPLED)
    def test_nothing_mutable_inside(self, name: str) -> None:
        for value in samples()[name]:
            for field in attrs.fields(type(value)):
                held = getattr(value, field.name)
                assert not isinstance(held, (list, dict, set, bytearray))

    def test_values_of_different_classes_are_never_equal(self) -> None:
        pairs: list[object] = [mn.SessionCount(2, 3), mn.Passes(2, 3), mn.Downtime(2, 3)]
        pairs += [mn.Spread(2, 3), mn.HourWindow(2, 3), (2, 3)]
        assert all((one == two) is (one is two) for one in pairs for two in pairs)
        values: list[object] = [mn.Finding.TATTOO, mn.Exposure(finding=mn.Finding.TATTOO)]
        assert values[0] != values[1]


# Of every refusal: how, the code and the path it gets, and what no message may repeat.
REFUSALS: dict[str, tuple[Callable[[], object], str, str, str]] = {
    "assessment on datetime": (
        lambda: assessment(on=datetime(2026, 11, 22, 4, 24, 42, tzinfo=UTC)),
        *("not_a_date", "on", "04:24:42"),
    ),
    "assessment on text": (lambda: assessment(on="2026-11-22"), "not_a_date", "on", "2026-11-22"),
    "assessment on None": (lambda: assessment(on=None), "not_a_date", "on", "NoneType"),
    "assessment on too early": (
        lambda: assessment(on=date(1842, 4, 2)),
        *("out_of_range", "on", "1842"),
    ),
    "assessment on too late": (
        lambda: assessment(on=date(9999, 12, 31)),
        *("out_of_range", "on", "9999"),
    ),
    "site text": (lambda: assessment(site="face"), "unknown_code", "site", "'face'"),
    "site unknown": (lambda: assessment(site=MARK), "unknown_code", "site", MARK),
    "site list": (lambda: assessment(site=[MARK]), "unknown_code", "site", MARK),
    "site None": (lambda: assessment(site=None), "unknown_code", "site", "NoneType"),
    "site of equal value": (
        lambda: assessment(site=mn.Finding.INSIDE_ORBITAL_RIM),
        *("unknown_code", "site", "inside_orbital_rim"),
    ),
    "setting text": (lambda: assessment(setting="home"), "unknown_code", "setting", "home"),
    "setting unknown": (lambda: assessment(setting=MARK), "unknown_code", "setting", MARK),
    "skin type text": (lambda: assessment(skin_type="VI"), "unknown_code", "skin_type", "VI"),
    "skin type number": (lambda: assessment(skin_type=BIG), "unknown_code", "skin_type", str(BIG)),
    "age float": (lambda: assessment(age_years=34.125), "not_an_integer", "age_years", "34.125"),
    "age whole float": (lambda: assessment(age_years=34.0), "not_an_integer", "age_years", "34"),
    "age bool": (lambda: assessment(age_years=True), "not_an_integer", "age_years", "True"),
    "age NaN": (lambda: assessment(age_years=NAN), "not_an_integer", "age_years", "nan"),
    "age text": (lambda: assessment(age_years=MARK), "not_an_integer", "age_years", MARK),
    "age -1": (lambda: assessment(age_years=-1), "out_of_range", "age_years", "-1"),
    "age 131": (lambda: assessment(age_years=131), "out_of_range", "age_years", "131"),
    "age 200": (lambda: assessment(age_years=200), "out_of_range", "age_years", "200"),
    "age huge": (lambda: assessment(age_years=BIG), "out_of_range", "age_years", str(BIG)),
    "age too long to print": (
        lambda: assessment(age_years=10**5000),
        *("out_of_range", "age_years", "00000"),
    ),
    "concerns empty": (lambda: assessment(concerns=[]), "empty", "concerns", "[]"),
    "concerns text": (lambda: assessment(concerns=MARK), "wrong_type", "concerns", MARK),
    "concerns bytes": (lambda: assessment(concerns=b"x"), "wrong_type", "concerns", "b'x'"),
    "concerns None": (lambda: assessment(concerns=None), "wrong_type", "concerns", "NoneType"),
    "concerns one": (lambda: assessment(concerns=STRIAE), "wrong_type", "concerns", "striae"),
    "concerns of text": (
        lambda: assessment(concerns=[STRIAE, MARK]),
        *("wrong_type", "concerns[1]", MARK),
    ),
    "concerns of codes": (
        lambda: assessment(concerns=[mn.Indication.STRIAE]),
        *("wrong_type", "concerns[0]", "striae"),
    ),
    "two severities": (
        lambda: assessment(
            concerns=[STRIAE, attrs.evolve(STRIAE, severity=mn.Severity.MILD)],
        ),
        *("indication_twice", "concerns", "striae"),
    ),
    "screening None": (
        lambda: assessment(screening=None),
        *("wrong_type", "screening", "NoneType"),
    ),
    "screening text": (lambda: assessment(screening=MARK), "wrong_type", "screening", MARK),
    "device text": (lambda: assessment(device="pen"), "wrong_type", "device", "pen"),
    "device code": (
        lambda: assessment(device=mn.DeviceKind.ROLLER),
        *("wrong_type", "device", "roller"),
    ),
    "preferences None": (
        lambda: assessment(preferences=None),
        *("wrong_type", "preferences", "NoneType"),
    ),
    "exposure after": (
        lambda: assessment(
            screening=mn.Screening(
                present=[mn.Exposure(finding=mn.Finding.TATTOO, last_on=date(2026, 11, 23))]
            )
        ),
        *("after_assessment", "screening.present[0].last_on", "2026-11-23"),
    ),
    "exposure finding text": (
        lambda: mn.Exposure(finding=cast("mn.Finding", "tattoo")),
        *("unknown_code", "finding", "tattoo"),
    ),
    "exposure finding of equal value": (
        lambda: mn.Exposure(finding=cast("mn.Finding", mn.Site.INSIDE_ORBITAL_RIM)),
        *("unknown_code", "finding", "inside_orbital_rim"),
    ),
    "exposure datetime": (
        lambda: mn.Exposure(
            finding=mn.Finding.TATTOO, last_on=datetime(2026, 1, 2, 4, 24, 42, tzinfo=UTC)
        ),
        *("not_a_date", "last_on", "04:24:42"),
    ),
    "exposure text": (
        lambda: mn.Exposure(finding=mn.Finding.TATTOO, last_on=cast("date", MARK)),
        *("not_a_date", "last_on", MARK),
    ),
    "exposure too early": (
        lambda: mn.Exposure(finding=mn.Finding.TATTOO, last_on=date(1842, 4, 2)),
        *("out_of_range", "last_on", "1842"),
    ),
    "present and absent": (
        lambda: mn.Screening(present=[mn.Finding.TATTOO], absent=[mn.Finding.TATTOO]),
        *("contradiction", "present[0]", "tattoo"),
    ),
    "one finding, two days": (
        lambda: mn.Screening(present=[dated(mn.Finding.TATTOO, 1), dated(mn.Finding.TATTOO, 2)]),
        *("finding_twice", "present[1]", "tattoo"),
    ),
    "one finding, a day and none": (
        lambda: mn.Screening(present=[dated(mn.Finding.TATTOO, 1), mn.Finding.TATTOO]),
        *("finding_twice", "present[1]", "tattoo"),
    ),
    "present text": (
        lambda: mn.Screening(present=cast("Any", MARK)),
        *("wrong_type", "present", MARK),
    ),
    "present None": (
        lambda: mn.Screening(present=cast("Any", None)),
        *("wrong_type", "present", "NoneType"),
    ),
    "present one": (
        lambda: mn.Screening(present=cast("Any", dated(mn.Finding.TATTOO, 1))),
        *("wrong_type", "present", "tattoo"),
    ),
    "present of text": (
        lambda: mn.Screening(present=[mn.Finding.ROSACEA, cast("Any", MARK)]),
        *("wrong_type", "present[1]", MARK),
    ),
    "present of sites": (
        lambda: mn.Screening(present=[cast("Any", mn.Site.INSIDE_ORBITAL_RIM)]),
        *("wrong_type", "present[0]", "inside_orbital_rim"),
    ),
    "absent text": (
        lambda: mn.Screening(absent=cast("Any", MARK)),
        *("wrong_type", "absent", MARK),
    ),
    "absent of text": (
        lambda: mn.Screening(absent=[mn.Finding.TATTOO, cast("Any", MARK)]),
        *("unknown_code", "absent[1]", MARK),
    ),
    "absent of sites": (
        lambda: mn.Screening(absent=[cast("Any", mn.Site.INSIDE_ORBITAL_RIM)]),
        *("unknown_code", "absent[0]", "inside_orbital_rim"),
    ),
    "absent of exposures": (
        lambda: mn.Screening(absent=[cast("Any", dated(mn.Finding.TATTOO, 1))]),
        *("unknown_code", "absent[0]", "tattoo"),
    ),
    "everything asked as a number": (
        lambda: mn.Screening(everything_asked=cast("bool", 1)),
        *("not_a_boolean", "everything_asked", "1"),
    ),
    "everything asked as text": (
        lambda: mn.Screening(everything_asked=cast("bool", MARK)),
        *("not_a_boolean", "everything_asked", MARK),
    ),
    "concern text": (
        lambda: mn.Concern(indication=cast("Any", "striae")),
        *("unknown_code", "indication", "striae"),
    ),
    "concern of equal value": (
        lambda: mn.Concern(
            indication=cast("Any", mn.SideEffectCode.POST_INFLAMMATORY_HYPERPIGMENTATION)
        ),
        *("unknown_code", "indication", "post_inflammatory"),
    ),
    "severity text": (
        lambda: mn.Concern(indication=mn.Indication.STRIAE, severity=cast("Any", "severe")),
        *("unknown_code", "severity", "severe"),
    ),
    "severity of another order": (
        lambda: mn.Concern(
            indication=mn.Indication.STRIAE, severity=cast("Any", mn.Support.MODERATE)
        ),
        *("unknown_code", "severity", "moderate"),
    ),
    "device kind text": (
        lambda: mn.Device(kind=cast("Any", "roller")),
        *("unknown_code", "kind", "roller"),
    ),
    "label as text": (
        lambda: mn.Device(kind=mn.DeviceKind.PEN, label_maximum=cast("Any", "1.5 mm")),
        *("wrong_type", "label_maximum", "1.5 mm"),
    ),
    "label as number": (
        lambda: mn.Device(kind=mn.DeviceKind.PEN, label_maximum=cast("Any", 1500)),
        *("wrong_type", "label_maximum", "1500"),
    ),
    "label as depth": (
        lambda: mn.Device(
            kind=mn.DeviceKind.PEN, label_maximum=cast("Any", mn.PenetrationDepth(424_242))
        ),
        *("wrong_type", "label_maximum", "424"),
    ),
    "downtime days float": (
        lambda: mn.Preferences(longest_downtime_days=cast("int", 2.125)),
        *("not_an_integer", "longest_downtime_days", "2.125"),
    ),
    "downtime days bool": (
        lambda: mn.Preferences(longest_downtime_days=True),
        *("not_an_integer", "longest_downtime_days", "True"),
    ),
    "downtime days -1": (
        lambda: mn.Preferences(longest_downtime_days=-1),
        *("out_of_range", "longest_downtime_days", "-1"),
    ),
    "downtime days 61": (
        lambda: mn.Preferences(longest_downtime_days=61),
        *("out_of_range", "longest_downtime_days", "61"),
    ),
    "numbing number": (
        lambda: mn.Preferences(numbing=cast("bool", 0)),
        *("not_a_boolean", "numbing", "0"),
    ),
    "numbing text": (
        lambda: mn.Preferences(numbing=cast("bool", MARK)),
        *("not_a_boolean", "numbing", MARK),
    ),
    "visits NaN": (
        lambda: mn.Preferences(most_visits=cast("int", NAN)),
        *("not_an_integer", "most_visits", "nan"),
    ),
    "visits 0": (
        lambda: mn.Preferences(most_visits=0),
        *("out_of_range", "most_visits", " 0"),
    ),
    "visits 101": (
        lambda: mn.Preferences(most_visits=101),
        *("out_of_range", "most_visits", "101"),
    ),
    "interval float": (
        lambda: mn.Interval(minimum_days=cast("int", 28.5), preferred_days=30, maximum_days=30),
        *("not_an_integer", "minimum_days", "28.5"),
    ),
    "interval bool": (
        lambda: mn.Interval(minimum_days=1, preferred_days=True, maximum_days=30),
        *("not_an_integer", "preferred_days", "True"),
    ),
    "interval zero": (
        lambda: mn.Interval(minimum_days=0, preferred_days=28, maximum_days=30),
        *("out_of_range", "minimum_days", " 0"),
    ),
    "interval huge": (
        lambda: mn.Interval(minimum_days=1, preferred_days=28, maximum_days=BIG),
        *("out_of_range", "maximum_days", str(BIG)),
    ),
    "interval out of order": (
        lambda: mn.Interval(minimum_days=42, preferred_days=28, maximum_days=44),
        *("wrong_order", "preferred_days", "42"),
    ),
    "sessions float": (
        lambda: mn.SessionCount(cast("int", 2.0), 3),
        *("not_an_integer", "fewest", "2.0"),
    ),
    "sessions bool": (lambda: mn.SessionCount(1, True), "not_an_integer", "most", "True"),  # noqa: FBT003
    "sessions text": (
        lambda: mn.SessionCount(cast("int", MARK), 3),
        *("not_an_integer", "fewest", MARK),
    ),
    "sessions 0": (lambda: mn.SessionCount(0, 3), "out_of_range", "fewest", " 0"),
    "sessions 101": (lambda: mn.SessionCount(1, 101), "out_of_range", "most", "101"),
    "sessions out of order": (lambda: mn.SessionCount(42, 24), "wrong_order", "most", "42"),
    "passes out of order": (lambda: mn.Passes(42, 24), "wrong_order", "most", "42"),
    "passes float": (lambda: mn.Passes(1, cast("int", 2.5)), "not_an_integer", "most", "2.5"),
    "downtime out of order": (
        lambda: mn.Downtime(42, 24),
        *("wrong_order", "longest_days", "42"),
    ),
    "downtime negative": (lambda: mn.Downtime(-1, 2), "out_of_range", "shortest_days", "-1"),
    "hours missing": (lambda: mn.HourWindow(None, None), "empty", "min_hours", "None"),
    "hours out of order": (lambda: mn.HourWindow(42, 24), "wrong_order", "max_hours", "42"),
    "hours float": (
        lambda: mn.HourWindow(None, cast("int", 2.5)),
        *("not_an_integer", "max_hours", "2.5"),
    ),
    "spread missing": (lambda: mn.Spread(None, None), "empty", "lowest", "None"),
    "spread out of order": (lambda: mn.Spread(42, 24), "wrong_order", "highest", "42"),
    "spread bool": (lambda: mn.Spread(True, 24), "not_an_integer", "lowest", "True"),  # noqa: FBT003
    "frequency events above": (
        lambda: mn.Frequency(events=42, out_of=24, population="x", citations=a_citation()),
        *("out_of_range", "events", "42"),
    ),
    "frequency without a denominator": (
        lambda: mn.Frequency(events=42, population="x", citations=a_citation()),
        *("not_an_integer", "out_of", "42"),
    ),
    "frequency twice": (
        lambda: mn.Frequency(
            events=1, out_of=2, percent=42, population="x", citations=a_citation()
        ),
        *("contradiction", "percent", "42"),
    ),
    "frequency unsourced": (
        lambda: mn.Frequency(percent=42, population="x", citations=()),
        *("unsourced", "citations", "42"),
    ),
}


def a_citation() -> tuple[mn.Citation, ...]:
    """Make something to cite."""
    source = mn.Source(id="s", title="t", grade=mn.Grade.BLOG, read=mn.Access.SNIPPET)
    return (mn.Citation(source=source),)


def refused(make: Callable[[], object]) -> mn.InputError:
    """Give the one error that a refusal raises."""
    with pytest.raises(mn.InputError) as caught:
        make()
    return caught.value


class TestRefusals:
    """A wrong value never becomes an object, and its refusal tells where, not what."""

    @pytest.mark.parametrize("case", list(REFUSALS))
    def test_refused_with_code_and_path(self, case: str) -> None:
        make, code, path, _ = REFUSALS[case]
        error = refused(make)
        assert (error.code, error.path) == (code, path)
        assert [problem[:2] for problem in error.problems] == [(code, path)]

    @pytest.mark.parametrize("case", list(REFUSALS))
    def test_the_value_is_not_repeated(self, case: str) -> None:
        make, _, path, given_ = REFUSALS[case]
        error = refused(make)
        assert given_ not in error.message.replace(path, "")
        assert error.__cause__ is None
        assert error.__context__ is None

    @pytest.mark.parametrize("case", list(REFUSALS))
    def test_attrs_cannot_switch_it_off(self, case: str) -> None:
        make, code, path, _ = REFUSALS[case]
        with attrs.validators.disabled():
            error = refused(make)
        assert (error.code, error.path) == (code, path)

    def test_evolve_checks_again(self) -> None:
        valid = assessment(age_years=34)
        assert refused(lambda: attrs.evolve(valid, age_years=131)).code == "out_of_range"
        assert refused(lambda: attrs.evolve(valid, concerns=())).code == "empty"
        dated_ = mn.Screening(present=[dated(mn.Finding.TATTOO, 1)])
        early = assessment(on=date(2026, 10, 1), screening=dated_)
        assert refused(lambda: attrs.evolve(early, on=date(2026, 9, 30))).path == (
            "screening.present[0].last_on"
        )

    @pytest.mark.parametrize("flags", [["-O"], ["-OO"]], ids=" ".join)
    def test_an_optimised_interpreter_refuses_the_same(self, flags: list[str]) -> None:
        script = """
import datetime, microneedling as mn
S, F, D = mn.Screening, mn.Finding, datetime.date
def assess(**f):
    c = [mn.Concern(indication=mn.Indication.STRIAE)]
    return mn.Assessment(**{"on": D(2026, 11, 22), "site": mn.Site.FACE,
                            "setting": mn.Setting.CLINIC, "concerns": c, **f})
late = S(present=[mn.Exposure(finding=F.TATTOO, last_on=D(2026, 11, 23))])
tries = [
    lambda: assess(age_years=131), lambda: assess(age_years=True), lambda: assess(age_years=1.0),
    lambda: assess(site="face"), lambda: assess(concerns=[]), lambda: assess(concerns="x"),
    lambda: assess(on=datetime.datetime(2026, 11, 22)), lambda: assess(screening=late),
    lambda: S(present=[F.TATTOO], absent=[F.TATTOO]), lambda: S(everything_asked=1),
    lambda: mn.NeedleLength(49), lambda: mn.NeedleLength.parse("0.5"),
    lambda: mn.LengthRange.of(2, 1), lambda: mn.SessionCount(2, 1),
    lambda: mn.Interval(minimum_days=3, preferred_days=2, maximum_days=1),
    lambda: mn.Preferences(most_visits=0), lambda: mn.Device(kind="pen"),
    lambda: mn.from_json('{"schema": 1}', mn.Assessment),
]
codes = []
for attempt in tries:
    try:
        attempt()
    except mn.InputError as error:
        codes.append(error.code)
    else:
        codes.append("accepted")
assess()
print(__debug__, len(codes), codes.count("accepted"))
"""
        done = subprocess.run(
            [sys.executable, *flags, "-c", script], capture_output=True, text=True, check=False
        )
        assert (done.stdout.split(), done.stderr) == (["False", "18", "0"], "")


class TestBounds:
    """What lies on a bound is accepted."""

    @pytest.mark.parametrize("age", [0, 17, 18, 130])
    def test_age(self, age: int) -> None:
        assert assessment(age_years=age).age_years == age

    def test_an_exposure_on_the_very_day(self) -> None:
        exposure = mn.Exposure(finding=mn.Finding.TATTOO, last_on=ON)
        assert assessment(screening=mn.Screening(present=[exposure])).screening.present == (
            exposure,
        )

    @pytest.mark.parametrize("day", [date(1900, 1, 1), date(2028, 2, 29), date(2199, 12, 31)])
    def test_days(self, day: date) -> None:
        assert assessment(on=day).on == day

    def test_pairs_of_one_figure(self) -> None:
        assert str(mn.SessionCount(100, 100)) == "100"
        assert str(mn.Passes(1, 1)) == "1"
        assert str(mn.Downtime(0, 0)) == "0 days"
        longest = mn.Interval(minimum_days=3650, preferred_days=3650, maximum_days=3650)
        assert str(longest) == "3650 days"

    @pytest.mark.parametrize(("days", "visits"), [(0, 1), (60, 100)])
    def test_preferences(self, days: int, visits: int) -> None:
        made = mn.Preferences(longest_downtime_days=days, most_visits=visits)
        assert (made.longest_downtime_days, made.most_visits) == (days, visits)


class TestOrderFree:
    """Order and repetition of what is a set in nature make no difference."""

    @given(st.lists(st.sampled_from(mn.Indication), min_size=1, max_size=5), st.randoms())
    def test_concerns(self, indications: list[mn.Indication], random: Any) -> None:
        concerns = [mn.Concern(indication=indication) for indication in indications]
        shuffled = [*concerns, *concerns]
        random.shuffle(shuffled)
        one, two = assessment(concerns=concerns), assessment(concerns=iter(shuffled))
        assert one == two
        assert hash(one) == hash(two)
        assert repr(one) == repr(two)

    @given(st.lists(st.sampled_from(mn.Finding), max_size=8), st.randoms())
    def test_findings(self, findings: list[mn.Finding], random: Any) -> None:
        shuffled: list[mn.Exposure | mn.Finding] = [*findings]
        shuffled += [mn.Exposure(finding=finding) for finding in findings]
        random.shuffle(shuffled)
        assert mn.Screening(present=findings) == mn.Screening(present=shuffled)
        assert hash(mn.Screening(present=findings)) == hash(mn.Screening(present=shuffled))
        one = mn.Screening(absent=findings)
        two = mn.Screening(absent=[*reversed(findings), *findings])
        assert one == two
        assert hash(one) == hash(two)

    def test_a_listed_collection_is_not_shared(self) -> None:
        concerns = [STRIAE]
        made = assessment(concerns=concerns)
        concerns.clear()
        assert made.concerns == (STRIAE,)


class TestScreening:
    """Unknown is not "no"."""

    @given(st.sets(st.sampled_from(mn.Finding)), st.sets(st.sampled_from(mn.Finding)))
    def test_absent_is_named_or_everything_was_asked(
        self, present: set[mn.Finding], absent: set[mn.Finding]
    ) -> None:
        absent -= present
        partial = mn.Screening(present=present, absent=absent)
        complete = mn.Screening.complete(present=present, absent=absent)
        for finding in mn.Finding:
            assert partial.is_absent(finding) is (finding in absent)
            assert complete.is_absent(finding) is (finding not in present)

    def test_nothing_given_is_nothing_asked(self) -> None:
        assert assessment().screening == mn.Screening()
        assert not any(mn.Screening().is_absent(finding) for finding in mn.Finding)


class TestIntersections:
    """Figures that two sources allow are those that each of them allows."""

    @given(session_counts(), session_counts(), st.integers(1, 100))
    def test_session_counts(
        self, left: mn.SessionCount, right: mn.SessionCount, count: int
    ) -> None:
        both = left.intersection(right)
        assert both == right.intersection(left)
        assert left.intersection(left) == left
        inside = all(one.fewest <= count <= one.most for one in (left, right))
        assert (both is not None and both.fewest <= count <= both.most) is inside

    @given(intervals(), intervals())
    def test_intervals(self, left: mn.Interval, right: mn.Interval) -> None:
        both = left.intersection(right)
        assert both == right.intersection(left)
        assert left.intersection(left) == left
        shortest = max(left.minimum_days, right.minimum_days)
        longest = min(left.maximum_days, right.maximum_days)
        assert (both is None) is (longest < shortest)
        if both is not None:
            assert (both.minimum_days, both.maximum_days) == (shortest, longest)


class TestCodes:
    """A code is stable, written one way, and ordered only where the order is meant."""

    def test_there_are_codes(self) -> None:
        assert len(CODES) >= 23
        assert {kind for kind in CODES.values() if kind.__lt__ is not str.__lt__} == set(ORDERS)

    @pytest.mark.parametrize("name", sorted(CODES))
    def test_unique_and_lower_snake_case(self, name: str) -> None:
        codes = CODES[name]
        assert len(codes.__members__) == len(list(codes)) == len({code.value for code in codes})
        for code in codes:
            roman = codes is mn.SkinType
            assert re.fullmatch("[IV]+" if roman else "[a-z][a-z0-9]*(_[a-z0-9]+)*", code.value)
            assert code.name == (code.value if roman else code.value.upper())
            assert codes(code.value) is code
            assert str(code) == code.value

    @pytest.mark.parametrize("name", sorted(CODES))
    def test_nothing_else_is_a_code(self, name: str) -> None:
        codes = CODES[name]
        first = next(iter(codes)).value
        wrong: tuple[Any, ...] = ("", first.swapcase(), f" {first}", f"{first}\n", 0, True, None)
        for value in (*wrong, [first], {first: 1}, f"{first}\u200b"):
            with pytest.raises(ValueError, match="give a code of"):
                codes(value)

    @pytest.mark.parametrize("name", sorted(CODES))
    def test_codes_survive_copying(self, name: str) -> None:
        for code in CODES[name]:
            assert copy.deepcopy(code) is code
            assert pickle.loads(pickle.dumps(code)) is code  # noqa: S301 - our own bytes

    @pytest.mark.parametrize("codes", list(ORDERS), ids=lambda codes: codes.__name__)
    def test_ordered_as_written(self, codes: type[StrEnum]) -> None:
        members = [codes(value) for value in ORDERS[codes].split()]
        assert list(codes) == members
        for i, one in enumerate(members):
            for j, two in enumerate(members):
                for compare in (operator.lt, operator.le, operator.gt, operator.ge):
                    assert compare(one, two) is compare(i, j)
        assert sorted(set(members)) == members

    @pytest.mark.parametrize("codes", list(ORDERS), ids=lambda codes: codes.__name__)
    def test_no_order_with_text_or_other_codes(self, codes: type[StrEnum]) -> None:
        one: Any = next(iter(codes))
        others = [next(iter(kind)) for kind in CODES.values() if kind is not codes]
        for other in (*others, one.value, "z", 1, None):
            for compare in (operator.lt, operator.le, operator.gt, operator.ge):
                with pytest.raises(TypeError):
                    compare(one, other)

    @pytest.mark.parametrize("codes", list(ORDERS), ids=lambda codes: codes.__name__)
    def test_nor_the_other_way_round(self, codes: type[StrEnum]) -> None:
        one: Any = next(iter(codes))
        others = [next(iter(kind)) for kind in ORDERS if kind is not codes]
        for other in (*others, one.value, "z", 1, None):
            for compare in (operator.lt, operator.le, operator.gt, operator.ge):
                with pytest.raises(TypeError):
                    compare(other, one)

    def test_effects_weigh_what_their_verdict_does(self) -> None:
        for verdict in mn.Verdict:
            assert mn.Effect(verdict.value).weight == list(mn.Verdict).index(verdict) + 1
        rest = {effect for effect in mn.Effect if effect.value not in set(mn.Verdict)}
        assert {effect.weight for effect in rest - {mn.Effect.CLEAR}} == {0}
        # Who clears something is asked by a referral.
        assert mn.Effect.CLEAR.weight == mn.Effect.REFER.weight


ERRORS: list[mn.MicroneedlingError] = [
    mn.InputError(mn.Problem("a", "b.c", "d")),
    mn.InputError(mn.Problem("a", "", "d"), mn.Problem("e", "f[0]", "g")),
    mn.StoredDocumentError(mn.Problem("a", "", "d"), mn.Problem("e", "f[0]", "g")),
    mn.KnowledgeError("protocols", "row", "field", "say what"),
    mn.KnowledgeError("protocols", "", "", "say what"),
    mn.UnknownEditionError("no such edition"),
]


class TestErrors:
    """All that is raised on purpose has one root, says where, and travels."""

    @pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
    def test_errors_survive_copying(self, error: mn.MicroneedlingError) -> None:
        for again in (
            pickle.loads(pickle.dumps(error)),  # noqa: S301 - our own bytes
            copy.copy(error),
            copy.deepcopy(error),
        ):
            assert type(again) is type(error)
            assert again.args == error.args
            assert str(again) == str(error)
            assert vars(again) == vars(error)

    def test_one_root(self) -> None:
        for kind in map(type, ERRORS):
            assert issubclass(kind, mn.MicroneedlingError)
        assert issubclass(mn.InputError, ValueError)
        assert issubclass(mn.KnowledgeError, ValueError)
        assert issubclass(mn.UnknownEditionError, LookupError)
        assert not issubclass(mn.MicroneedlingError, ValueError)
        # Frameworks answer a ValueError as a mistake of whoever asked.
        assert not issubclass(mn.StoredDocumentError, (mn.InputError, ValueError))

    def test_the_first_problem_speaks_for_the_error(self) -> None:
        error = mn.InputError(mn.Problem("a", "", "d"), mn.Problem("e", "f[0]", "g"))
        assert (error.code, error.path, error.message) == ("a", "", "d")
        assert str(error) == "input: d [a]\nf[0]: g [e]"
        assert [problem.code for problem in error.problems] == ["a", "e"]

    @pytest.mark.parametrize("edition", ["", "1999.1", "../2026.1", "2026.1 ", MARK, "releases"])
    def test_an_unknown_edition_is_refused_by_the_root(self, edition: str) -> None:
        with pytest.raises(mn.UnknownEditionError) as caught:
            mn.load(edition)
        assert "2026.1" in str(caught.value)
        assert MARK not in str(caught.value)


class TestPublicNames:
    """What is listed is there, and nothing else is."""

    def test_every_listed_name_loads(self) -> None:
        assert len(set(mn.__all__)) == len(mn.__all__)
        assert all(getattr(mn, name) is not None for name in mn.__all__)
        assert set(dir(mn)) == set(mn.__all__)

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match="no_such_name"):
            getattr(mn, "no_such_name")  # noqa: B009 - mypy knows that it is not there

    def test_every_enumeration_is_one_of_codes(self) -> None:
        assert all(issubclass(k, StrEnum) for k in PUBLIC_TYPES.values() if issubclass(k, Enum))
