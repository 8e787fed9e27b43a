"""Documents are read strictly or refused with a code and a path; answers are written one way."""
# ruff: noqa: ANN401 - values of any type are refused; the class's docstring is the law

import codecs
import json
import os
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

import microneedling as mn

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
NAMES = ("ask", "decline", "defer", "home", "offer", "refer", "two_concerns")
MARK = "PATIENT-NAME"
BIG = 4242424242
GONE = object()

PLAIN: dict[str, Any] = {
    "schema": 1,
    "on": "2026-11-22",
    "site": "cheek",
    "setting": "clinic",
    "concerns": [{"indication": "acne_scar_rolling", "severity": "moderate"}],
    "skin_type": "IV",
    "age_years": 34,
    "screening": {
        "complete": True,
        "present": [{"finding": "isotretinoin", "last_on": "2026-08-01"}],
        "absent": [],
    },
}


def doc(**changes: Any) -> str:
    """Write the plain document with some keys changed, added or gone."""
    fields = {key: value for key, value in {**PLAIN, **changes}.items() if value is not GONE}
    return json.dumps(fields)


def raw(old: str, new: str) -> str:
    """Write the plain document with some text exchanged."""
    text = doc()
    assert old in text
    return text.replace(old, new, 1)


def problems(data: bytes | str) -> list[tuple[str, str]]:
    """Give code and path of everything wrong with a document."""
    with pytest.raises(mn.InputError) as caught:
        mn.assessment_from_json(data)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def concern(**fields: Any) -> str:
    """Write the plain document with one other concern."""
    return doc(concerns=[fields])


def screening(**fields: Any) -> str:
    """Write the plain document with another screening."""
    return doc(screening=fields)


def present(*items: Any) -> str:
    """Write the plain document with other findings present."""
    return doc(screening={"present": list(items)})


def label(text: Any) -> str:
    """Write the plain document with a device and what its label allows."""
    return doc(device={"kind": "pen", "label_maximum": text})


AGE = '"age_years": 34'

# No JSON at all, or none that is taken: there is no path to tell.
NO_DOCUMENT: dict[str, tuple[bytes | str, str]] = {
    "empty": ("", "not_json"),
    "empty bytes": (b"", "not_json"),
    "spaces": ("  \n", "not_json"),
    "byte order mark": (codecs.BOM_UTF8 + doc().encode(), "not_json"),
    "byte order mark in text": ("\ufeff" + doc(), "not_json"),
    "utf-16": (doc().encode("utf-16"), "not_json"),
    "utf-16-le": (doc().encode("utf-16-le"), "not_json"),
    "utf-32": (doc().encode("utf-32"), "not_json"),
    "latin-1": (raw("cheek", "joue\u00e9").encode("latin-1"), "not_json"),
    "overlong utf-8": (doc().encode().replace(b"cheek", b"\xc1\xa3heek"), "not_json"),
    "surrogate in utf-8": (doc().encode().replace(b"cheek", b"\xed\xa0\x80"), "not_json"),
    "trailing garbage": (doc() + "x", "not_json"),
    "trailing nul": (doc() + "\0", "not_json"),
    "two documents": (doc() + "\n" + doc(), "not_json"),
    "line comment": (doc() + " // comment", "not_json"),
    "block comment": ("/* comment */" + doc(), "not_json"),
    "trailing comma": (raw(AGE, AGE + ",,"), "not_json"),
    "single quotes": (doc().replace('"', "'"), "not_json"),
    "bare keys": (raw('"on"', "on"), "not_json"),
    "raw newline in text": (raw("cheek", "che\nek"), "not_json"),
    "raw nul in text": (raw("cheek", "che\0ek"), "not_json"),
    "bad escape": (raw("cheek", "\\x63heek"), "not_json"),
    "half an escape": (raw("cheek", "\\u00"), "not_json"),
    "leading zero": (raw(AGE, '"age_years": 034'), "not_json"),
    "plus sign": (raw(AGE, '"age_years": +34'), "not_json"),
    "hexadecimal": (raw(AGE, '"age_years": 0x22'), "not_json"),
    "underscore": (raw(AGE, '"age_years": 3_4'), "not_json"),
    "full-width digits": (raw(AGE, '"age_years": \uff13\uff14'), "not_json"),
    "True": (raw("true", "True"), "not_json"),
    "undefined": (raw("true", "undefined"), "not_json"),
    "5000 digits": (raw(AGE, '"age_years": ' + "9" * 5000), "not_json"),
    "deep lists": ("[" * 10**5, "not_json"),
    "deep closed lists": ("[" * 10**5 + "]" * 10**5, "not_json"),
    "deep objects": ('{"a":' * 10**5, "not_json"),
    "deep inside a field": (raw('"cheek"', "[" * 10**5 + "]" * 10**5), "not_json"),
    "too large": (" " * 1_000_001, "too_large"),
    "too large in bytes": (doc().encode() + b" " * 1_000_000, "too_large"),
    "duplicate key": (raw(AGE, f"{AGE}, {AGE}"), "duplicate_key"),
    "duplicate schema": (raw('"schema": 1', '"schema": 1, "schema": 1'), "duplicate_key"),
    "duplicate key within": (
        raw('"severity": "moderate"', '"severity": "moderate", "severity": "mild"'),
        "duplicate_key",
    ),
    "duplicate key, escaped": (raw(AGE, AGE + ', "age\\u005fyears": 3'), "duplicate_key"),
    "duplicate key, unknown": (raw(AGE, AGE + ', "x": 1, "x": 2'), "duplicate_key"),
    "float": (raw(AGE, '"age_years": 34.5'), "not_an_integer"),
    "whole float": (raw(AGE, '"age_years": 34.0'), "not_an_integer"),
    "1.0": (raw(AGE, '"age_years": 1.0'), "not_an_integer"),
    "exponent": (raw(AGE, '"age_years": 3e1'), "not_an_integer"),
    "float overflow": (raw(AGE, '"age_years": 1e999'), "not_an_integer"),
    "minus nought": (raw(AGE, '"age_years": -0.0'), "not_an_integer"),
    "NaN": (raw(AGE, '"age_years": NaN'), "not_an_integer"),
    "Infinity": (raw(AGE, '"age_years": Infinity'), "not_an_integer"),
    "-Infinity": (raw(AGE, '"age_years": -Infinity'), "not_an_integer"),
    "schema 1.0": (raw('"schema": 1', '"schema": 1.0'), "not_an_integer"),
}

# JSON, with everything that is wrong in it.
WRONG: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "null": ("null", [("wrong_type", "$")]),
    "list": ("[]", [("wrong_type", "$")]),
    "listed document": (f"[{doc()}]", [("wrong_type", "$")]),
    "number": ("1", [("wrong_type", "$")]),
    "text": ('"x"', [("wrong_type", "$")]),
    "document as text": (json.dumps(doc()), [("wrong_type", "$")]),
    "true": ("true", [("wrong_type", "$")]),
    "empty object": ("{}", [("unknown_schema", "$.schema")]),
    "schema 0": (doc(schema=0), [("unknown_schema", "$.schema")]),
    "schema 2": (doc(schema=2), [("unknown_schema", "$.schema")]),
    "schema text": (doc(schema="1"), [("unknown_schema", "$.schema")]),
    "schema true": (doc(schema=True), [("unknown_schema", "$.schema")]),
    "schema null": (doc(schema=None), [("unknown_schema", "$.schema")]),
    "schema list": (doc(schema=[1]), [("unknown_schema", "$.schema")]),
    "schema missing": (doc(schema=GONE), [("unknown_schema", "$.schema")]),
    "schema in capitals": (raw('"schema"', '"Schema"'), [("unknown_schema", "$.schema")]),
    "schema huge": (doc(schema=10**400), [("unknown_schema", "$.schema")]),
    "on missing": (doc(on=GONE), [("missing_key", "$.on")]),
    "site missing": (doc(site=GONE), [("missing_key", "$.site")]),
    "setting missing": (doc(setting=GONE), [("missing_key", "$.setting")]),
    "concerns missing": (doc(concerns=GONE), [("missing_key", "$.concerns")]),
    "indication missing": (
        concern(severity="mild"),
        [("missing_key", "$.concerns[0].indication")],
    ),
    "finding missing": (
        present({"last_on": "2026-08-01"}),
        [("missing_key", "$.screening.present[0].finding")],
    ),
    "kind missing": (
        doc(device={"label_maximum": "1.5 mm"}),
        [("missing_key", "$.device.kind")],
    ),
    "unknown key": (doc(name=MARK), [("unknown_key", "$")]),
    "prototype key": (raw(AGE, AGE + ', "__proto__": {}'), [("unknown_key", "$")]),
    "empty key": (raw(AGE, AGE + ', "": 1'), [("unknown_key", "$")]),
    "padded key": (doc(**{"on ": "2026-11-22"}), [("unknown_key", "$")]),
    "key with nul": (doc(**{"on\0": 1}), [("unknown_key", "$")]),
    "surrogate key": (doc(**{"\ud800": 1}), [("unknown_key", "$")]),
    "homoglyph key": (raw(AGE, AGE + ', "sit\u0435": "cheek"'), [("unknown_key", "$")]),
    "unknown key in concern": (
        concern(indication="striae", grade="mild"),
        [("unknown_key", "$.concerns[0]")],
    ),
    "unknown key in screening": (screening(done=True), [("unknown_key", "$.screening")]),
    "the attribute's name": (
        screening(everything_asked=True),
        [("unknown_key", "$.screening")],
    ),
    "unknown key in exposure": (
        present({"finding": "tattoo", "since": "2026-01-01"}),
        [("unknown_key", "$.screening.present[0]")],
    ),
    "unknown key in device": (doc(device={"kind": "pen", "x": 1}), [("unknown_key", "$.device")]),
    "unknown key in preferences": (
        doc(preferences={"x": 1}),
        [("unknown_key", "$.preferences")],
    ),
    "schema within": (screening(schema=1), [("unknown_key", "$.screening")]),
    "age true": (doc(age_years=True), [("wrong_type", "$.age_years")]),
    "age text": (doc(age_years="34"), [("wrong_type", "$.age_years")]),
    "age list": (doc(age_years=[34]), [("wrong_type", "$.age_years")]),
    "age object": (doc(age_years={}), [("wrong_type", "$.age_years")]),
    "age -1": (doc(age_years=-1), [("out_of_range", "$.age_years")]),
    "age 131": (doc(age_years=131), [("out_of_range", "$.age_years")]),
    "age huge": (doc(age_years=10**4000), [("out_of_range", "$.age_years")]),
    "site in capitals": (doc(site="CHEEK"), [("unknown_code", "$.site")]),
    "site capitalised": (doc(site="Cheek"), [("unknown_code", "$.site")]),
    "site padded": (doc(site=" cheek"), [("unknown_code", "$.site")]),
    "site padded behind": (doc(site="cheek\n"), [("unknown_code", "$.site")]),
    "site with a zero-width space": (doc(site="cheek\u200b"), [("unknown_code", "$.site")]),
    "site by homoglyph": (doc(site="ch\u0435ek"), [("unknown_code", "$.site")]),
    "site full width": (doc(site="\uff43heek"), [("unknown_code", "$.site")]),
    "site mistyped": (doc(site="cheak"), [("unknown_code", "$.site")]),
    "site empty": (doc(site=""), [("unknown_code", "$.site")]),
    "site null": (doc(site=None), [("unknown_code", "$.site")]),
    "site number": (doc(site=1), [("unknown_code", "$.site")]),
    "site list": (doc(site=["cheek"]), [("unknown_code", "$.site")]),
    "site object": (doc(site={"cheek": 1}), [("unknown_code", "$.site")]),
    "site surrogate": (doc(site="\ud800"), [("unknown_code", "$.site")]),
    "site nul": (doc(site="cheek\0"), [("unknown_code", "$.site")]),
    "site of another vocabulary": (doc(site="striae"), [("unknown_code", "$.site")]),
    "setting unknown": (doc(setting="hospital"), [("unknown_code", "$.setting")]),
    "skin type lower": (doc(skin_type="iv"), [("unknown_code", "$.skin_type")]),
    "skin type number": (doc(skin_type=4), [("unknown_code", "$.skin_type")]),
    "skin type as one character": (doc(skin_type="\u2163"), [("unknown_code", "$.skin_type")]),
    "skin type VII": (doc(skin_type="VII"), [("unknown_code", "$.skin_type")]),
    "indication unknown": (
        concern(indication="wrinkles"),
        [("unknown_code", "$.concerns[0].indication")],
    ),
    "severity unknown": (
        concern(indication="striae", severity="medium"),
        [("unknown_code", "$.concerns[0].severity")],
    ),
    "severity rank": (
        concern(indication="striae", severity=1),
        [("unknown_code", "$.concerns[0].severity")],
    ),
    "finding unknown": (
        present({"finding": "roaccutane"}),
        [("unknown_code", "$.screening.present[0].finding")],
    ),
    "absent unknown": (
        screening(absent=["tattoo", "Tattoo"]),
        [("unknown_code", "$.screening.absent[1]")],
    ),
    "absent as objects": (
        screening(absent=[{"finding": "tattoo"}]),
        [("unknown_code", "$.screening.absent[0]")],
    ),
    "device kind unknown": (doc(device={"kind": "laser"}), [("unknown_code", "$.device.kind")]),
    "concerns null": (doc(concerns=None), [("wrong_type", "$.concerns")]),
    "concerns text": (doc(concerns="striae"), [("wrong_type", "$.concerns")]),
    "concerns object": (doc(concerns={"indication": "striae"}), [("wrong_type", "$.concerns")]),
    "concerns of codes": (doc(concerns=["striae"]), [("wrong_type", "$.concerns[0]")]),
    "concerns of lists": (doc(concerns=[["striae"]]), [("wrong_type", "$.concerns[0]")]),
    "concerns of null": (doc(concerns=[None]), [("wrong_type", "$.concerns[0]")]),
    "concerns empty": (doc(concerns=[]), [("empty", "$.concerns")]),
    "two severities": (
        doc(concerns=[{"indication": "striae", "severity": "mild"}, {"indication": "striae"}]),
        [("indication_twice", "$.concerns")],
    ),
    "screening null": (doc(screening=None), [("wrong_type", "$.screening")]),
    "screening list": (doc(screening=[]), [("wrong_type", "$.screening")]),
    "screening true": (doc(screening=True), [("wrong_type", "$.screening")]),
    "complete as number": (screening(complete=1), [("wrong_type", "$.screening.complete")]),
    "complete as text": (screening(complete="true"), [("wrong_type", "$.screening.complete")]),
    "complete null": (screening(complete=None), [("wrong_type", "$.screening.complete")]),
    "present null": (screening(present=None), [("wrong_type", "$.screening.present")]),
    "present object": (screening(present={}), [("wrong_type", "$.screening.present")]),
    "present of codes": (present("tattoo"), [("wrong_type", "$.screening.present[0]")]),
    "absent text": (screening(absent="tattoo"), [("wrong_type", "$.screening.absent")]),
    "absent of numbers": (screening(absent=[1]), [("unknown_code", "$.screening.absent[0]")]),
    "device text": (doc(device="pen"), [("wrong_type", "$.device")]),
    "preferences null": (doc(preferences=None), [("wrong_type", "$.preferences")]),
    "numbing as number": (
        doc(preferences={"numbing": 0}),
        [("wrong_type", "$.preferences.numbing")],
    ),
    "visits as text": (
        doc(preferences={"most_visits": "5"}),
        [("wrong_type", "$.preferences.most_visits")],
    ),
    "visits 0": (
        doc(preferences={"most_visits": 0}),
        [("out_of_range", "$.preferences.most_visits")],
    ),
    "downtime 61": (
        doc(preferences={"longest_downtime_days": 61}),
        [("out_of_range", "$.preferences.longest_downtime_days")],
    ),
    "present and absent": (
        screening(present=[{"finding": "tattoo"}], absent=["tattoo"]),
        [("contradiction", "$.screening.present[0]")],
    ),
    "one finding, two days": (
        present({"finding": "tattoo"}, {"finding": "tattoo", "last_on": "2026-01-01"}),
        [("finding_twice", "$.screening.present[1]")],
    ),
    "exposure after": (
        present({"finding": "tattoo", "last_on": "2026-11-23"}),
        [("after_assessment", "$.screening.present[0].last_on")],
    ),
    "exposure too early": (
        present({"finding": "tattoo", "last_on": "1899-12-31"}),
        [("out_of_range", "$.screening.present[0].last_on")],
    ),
    "exposure on a date-time": (
        present({"finding": "tattoo", "last_on": "2026-01-01T00:00:00"}),
        [("not_a_date", "$.screening.present[0].last_on")],
    ),
    "year too early": (doc(on="1899-12-31"), [("out_of_range", "$.on")]),
    "year too late": (doc(on="2200-01-01"), [("out_of_range", "$.on")]),
}

WRONG_DAYS: tuple[Any, ...] = (
    "2026-W47-7",  # as long as a calendar date
    "2026-W47",
    "2026W477",
    "20261122",
    "2026-326",
    "2026-11",
    "2026-11-2",
    "2026-1-222",
    "26-11-22",
    "22.11.2026",
    "22/11/2026",
    "2026/11/22",
    "2026-11-22T00:00:00",
    "2026-11-22T00:00:00Z",
    "2026-11-22 ",
    " 2026-11-22",
    "2026-11-22\n",
    "2026-02-29",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "0000-01-01",
    "-026-11-22",
    "2026\u201311\u201322",
    "\u0662\u0660\u0662\u0666-11-22",
    "\uff12\uff10\uff12\uff16-11-22",
    "today",
    "",
    None,
    20261122,
    1_795_305_600,
    True,
    ["2026-11-22"],
    {"year": 2026},
)

WRONG_LABELS: tuple[str, ...] = (
    *("", "0.5", "500", "0,5 mm", ".5mm", "0.5 mm\n", " 0.5 mm", "0.5 mm ", "0.5\u00a0mm"),
    *("\u0660.\u0665 mm", "\uff10.\uff15 mm", "1/2 mm", "\u00bd mm", "0.5-1.5 mm", "0.5 MM"),
    *("0.5\u20131.5 mm", "-0.5 mm", "\u22120.5 mm", ">=0.5 mm", "5e-4 m", "0.02 inch"),
    *("0.5 mm 500 um", "NaN mm", "0.0005 mm", "1" * 100_000 + " mm", "\ud800", "0.5 mm\0"),
)


class TestNoDocument:
    """What is not one strict JSON document is refused before anything in it is looked at."""

    @pytest.mark.parametrize("case", list(NO_DOCUMENT))
    def test_refused(self, case: str) -> None:
        data, code = NO_DOCUMENT[case]
        assert problems(data) == [(code, "")]

    def test_every_truncation(self) -> None:
        data = (EXAMPLES / "defer.json").read_bytes().strip()
        assert mn.assessment_from_json(data).age_years == 34
        for end in range(len(data)):
            assert problems(data[:end]) == [("not_json", "")]
            assert problems(data[:end].decode()) == [("not_json", "")]

    def test_every_flipped_byte(self) -> None:
        data = (EXAMPLES / "defer.json").read_bytes()
        for place in range(len(data)):
            for mask in (0x01, 0x20, 0x80):
                flipped = bytearray(data)
                flipped[place] ^= mask
                try:
                    made = mn.assessment_from_json(bytes(flipped))
                except mn.InputError:
                    continue
                assert type(made) is mn.Assessment

    def test_one_limit_for_text_and_bytes(self) -> None:
        text = json.dumps({**PLAIN, "\u20ac" * 400_000: 1}, ensure_ascii=False)
        assert problems(text.encode()) == [("too_large", "")]
        assert problems(text) == [("too_large", "")]

    def test_the_limit_itself_is_accepted(self) -> None:
        data = doc().encode()
        assert mn.assessment_from_json(data + b" " * (1_000_000 - len(data))).age_years == 34


class TestWrong:
    """Nothing in a document is coerced, guessed or passed over; each refusal tells where."""

    def test_the_tables_are_long_enough(self) -> None:
        total = len(NO_DOCUMENT) + len(WRONG) + len(WRONG_DAYS) + len(WRONG_LABELS)
        assert total >= 60

    @pytest.mark.parametrize("case", list(WRONG))
    def test_refused(self, case: str) -> None:
        data, expected = WRONG[case]
        assert problems(data) == expected
        assert problems(data.encode()) == expected

    @pytest.mark.parametrize("day", WRONG_DAYS, ids=ascii)
    def test_days_are_written_one_way(self, day: Any) -> None:
        assert problems(doc(on=day)) == [("not_a_date", "$.on")]

    @pytest.mark.parametrize("day", [d for d in WRONG_DAYS if d is not None], ids=ascii)
    def test_days_of_exposures_too(self, day: Any) -> None:
        expected = [("not_a_date", "$.screening.present[0].last_on")]
        assert problems(present({"finding": "tattoo", "last_on": day})) == expected

    @pytest.mark.parametrize("text", WRONG_LABELS, ids=lambda text: ascii(text[:20]))
    def test_lengths_are_written_with_a_unit(self, text: str) -> None:
        assert problems(label(text)) == [("unreadable", "$.device.label_maximum")]

    @pytest.mark.parametrize("value", [500, True, ["0.5 mm"], {"um": 500}], ids=repr)
    def test_lengths_are_text(self, value: Any) -> None:
        assert problems(label(value)) == [("wrong_type", "$.device.label_maximum")]

    @pytest.mark.parametrize("text", ["49 um", "3501 um", "9 mm", "0 mm"])
    def test_a_length_out_of_bounds_is_told_at_its_key(self, text: str) -> None:
        assert problems(label(text)) == [("out_of_range", "$.device.label_maximum")]

    @pytest.mark.parametrize("vocabulary", ["site", "setting", "skin_type"])
    def test_only_exact_codes(self, vocabulary: str) -> None:
        code = str(PLAIN[vocabulary])
        for near in (
            code.swapcase(),
            f" {code}",
            f"{code} ",
            f"{code}\u00a0",
            f"{code}.",
            code * 2,
        ):
            assert problems(doc(**{vocabulary: near})) == [("unknown_code", f"$.{vocabulary}")]


class TestPaths:
    """Paths are those of the document as it was given."""

    def test_a_later_exposure_is_told_where_it_stands(self) -> None:
        first = {"finding": "tattoo", "last_on": "2026-11-23"}
        assert problems(present(first, {"finding": "anticoagulant"})) == [
            ("after_assessment", "$.screening.present[0].last_on")
        ]

    def test_a_contradiction_is_told_where_it_stands(self) -> None:
        given_ = [{"finding": "tattoo"}, {"finding": "anticoagulant"}]
        assert problems(screening(present=given_, absent=["tattoo"])) == [
            ("contradiction", "$.screening.present[0]")
        ]

    def test_deep_in_a_list(self) -> None:
        concerns = [{"indication": code.value} for code in mn.Indication][:12]
        concerns[11] = {"indication": "striae", "severity": "x"}
        assert problems(doc(concerns=concerns)) == [("unknown_code", "$.concerns[11].severity")]


class TestTogether:
    """All that is wrong is told at once."""

    def test_many_problems(self) -> None:
        wrong = doc(
            on=3,
            site="x",
            setting=GONE,
            concerns=[{"indication": "striae", "severity": "x"}, {"grade": 1}, 5],
            age_years=True,
            name=MARK,
            screening={
                "complete": 1,
                "present": [{"finding": "x", "last_on": "y"}, {"finding": "tattoo"}, {}],
                "absent": ["tattoo", "x"],
            },
            device={"kind": "x", "label_maximum": "9"},
            preferences={"numbing": "x", "most_visits": "x", "longest_downtime_days": "x"},
        )
        assert sorted(problems(wrong)) == sorted(
            [
                ("not_a_date", "$.on"),
                ("unknown_code", "$.site"),
                ("missing_key", "$.setting"),
                ("unknown_code", "$.concerns[0].severity"),
                ("missing_key", "$.concerns[1].indication"),
                ("unknown_key", "$.concerns[1]"),
                ("wrong_type", "$.concerns[2]"),
                ("wrong_type", "$.age_years"),
                ("unknown_key", "$"),
                ("wrong_type", "$.screening.complete"),
                ("unknown_code", "$.screening.present[0].finding"),
                ("not_a_date", "$.screening.present[0].last_on"),
                ("missing_key", "$.screening.present[2].finding"),
                ("unknown_code", "$.screening.absent[1]"),
                ("unknown_code", "$.device.kind"),
                ("unreadable", "$.device.label_maximum"),
                ("wrong_type", "$.preferences.numbing"),
                ("wrong_type", "$.preferences.most_visits"),
                ("wrong_type", "$.preferences.longest_downtime_days"),
            ]
        )

    def test_two_figures_out_of_bounds(self) -> None:
        wrong = doc(preferences={"most_visits": 0, "longest_downtime_days": 61})
        assert sorted(problems(wrong)) == [
            ("out_of_range", "$.preferences.longest_downtime_days"),
            ("out_of_range", "$.preferences.most_visits"),
        ]

    def test_an_empty_object_lacks_all_it_needs(self) -> None:
        assert problems('{"schema": 1}') == [
            ("missing_key", f"$.{key}") for key in ("on", "site", "setting", "concerns")
        ]


ECHOES: tuple[bytes | str, ...] = (
    MARK,
    f'"{MARK}"',
    doc() + MARK,
    doc(**{MARK: MARK}),
    raw(AGE, f'"{MARK}": 1, "{MARK}": 2'),
    raw(AGE, f'"age_years": {BIG}.5'),
    raw(AGE, f'"age_years": {BIG}'),
    raw(AGE, f'"age_years": "{MARK}"'),
    doc(on=MARK),
    doc(on=BIG),
    doc(site=MARK),
    doc(site=[MARK]),
    doc(site={MARK: MARK}),
    doc(schema=MARK),
    doc(schema=BIG),
    doc(concerns=MARK),
    doc(concerns=[MARK]),
    concern(indication=MARK, severity=MARK),
    doc(screening=MARK),
    screening(complete=MARK),
    screening(absent=[MARK]),
    present({"finding": MARK, "last_on": MARK}),
    present({MARK: MARK}),
    label(MARK),
    label(f"{BIG} um"),
    doc(preferences={"most_visits": BIG, "numbing": MARK}),
    doc(site=MARK).encode("utf-16"),
    MARK.encode() + b"\xff",
)


class TestNoEcho:
    """A refusal never repeats what was given, nor carries an error that does."""

    @pytest.mark.parametrize("data", ECHOES, ids=range(len(ECHOES)))
    def test_no_input_in_the_error(self, data: bytes | str) -> None:
        with pytest.raises(mn.InputError) as caught:
            mn.assessment_from_json(data)
        error = caught.value
        for shown in (str(error), repr(error), repr(vars(error)), repr(error.args)):
            assert MARK not in shown
            assert str(BIG) not in shown
        assert error.__cause__ is None
        assert error.__context__ is None


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from([code.value for kind in (mn.Site, mn.Finding, mn.Severity) for code in kind])
    | st.sampled_from(["2026-11-22", "0.5 mm", "9 mm", "2026-W47-7"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["finding", "last_on", "indication", "kind", "complete", "x"]), inner
        )
    ),
    max_leaves=12,
)


def read_or_refused(data: bytes | str) -> None:
    """Demand an assessment or the one error, with something to say in every problem."""
    try:
        made = mn.assessment_from_json(data)
    except mn.InputError as error:
        found = error.problems
    else:
        assert type(made) is mn.Assessment
        assert attrs.evolve(made) == made
        return
    assert found
    assert all(problem.code and problem.message for problem in found)


class TestTotal:
    """Whatever is given, an assessment comes out or an `InputError`, and nothing else."""

    @given(st.binary(max_size=200))
    def test_any_bytes(self, data: bytes) -> None:
        read_or_refused(data)

    @given(st.text(max_size=200))
    def test_any_text(self, data: str) -> None:
        read_or_refused(data)

    @given(json_values)
    def test_any_json(self, value: Any) -> None:
        read_or_refused(json.dumps(value))

    @given(st.sampled_from([*PLAIN, "device", "preferences", "x"]), json_values)
    def test_any_value_at_any_key(self, key: str, value: Any) -> None:
        read_or_refused(json.dumps({**PLAIN, key: value}))

    @given(
        st.sampled_from(["present", "absent", "complete", "everything_asked"]),
        json_values | st.lists(json_values),
    )
    def test_any_value_within_the_screening(self, key: str, value: Any) -> None:
        read_or_refused(screening(**{key: value}))

    @given(st.lists(json_values, max_size=4))
    def test_any_concerns(self, values: list[Any]) -> None:
        read_or_refused(doc(concerns=values))


class TestGood:
    """A right document gives exactly the assessment that is written by hand."""

    def test_the_plain_document(self) -> None:
        expected = mn.Assessment(
            on=date(2026, 11, 22),
            site=mn.Site.CHEEK,
            setting=mn.Setting.CLINIC,
            concerns=[
                mn.Concern(
                    indication=mn.Indication.ACNE_SCAR_ROLLING, severity=mn.Severity.MODERATE
                )
            ],
            skin_type=mn.SkinType.IV,
            age_years=34,
            screening=mn.Screening.complete(
                present=[mn.Exposure(finding=mn.Finding.ISOTRETINOIN, last_on=date(2026, 8, 1))]
            ),
        )
        for data in (doc(), doc().encode(), (EXAMPLES / "defer.json").read_bytes()):
            made = mn.assessment_from_json(data)
            assert made == expected
            assert hash(made) == hash(expected)

    def test_every_field(self) -> None:
        made = mn.assessment_from_json(
            doc(
                concerns=[{"indication": "striae"}, {"indication": "melasma", "severity": "mild"}],
                screening={"present": [{"finding": "rosacea"}], "absent": ["tattoo", "pregnancy"]},
                device={"kind": "roller", "label_maximum": "500 \u00b5m"},
                preferences={"longest_downtime_days": 2, "numbing": False, "most_visits": 5},
            )
        )
        assert made == mn.Assessment(
            on=date(2026, 11, 22),
            site=mn.Site.CHEEK,
            setting=mn.Setting.CLINIC,
            concerns=[
                mn.Concern(indication=mn.Indication.MELASMA, severity=mn.Severity.MILD),
                mn.Concern(indication=mn.Indication.STRIAE),
            ],
            skin_type=mn.SkinType.IV,
            age_years=34,
            screening=mn.Screening(
                present=[mn.Finding.ROSACEA], absent=[mn.Finding.TATTOO, mn.Finding.PREGNANCY]
            ),
            device=mn.Device(kind=mn.DeviceKind.ROLLER, label_maximum=mn.NeedleLength(500)),
            preferences=mn.Preferences(longest_downtime_days=2, numbing=False, most_visits=5),
        )

    def test_the_least_document(self) -> None:
        least = {key: PLAIN[key] for key in ("schema", "on", "site", "setting")}
        made = mn.assessment_from_json(
            json.dumps({**least, "concerns": [{"indication": "striae"}]})
        )
        assert made == mn.Assessment(
            on=date(2026, 11, 22),
            site=mn.Site.CHEEK,
            setting=mn.Setting.CLINIC,
            concerns=[mn.Concern(indication=mn.Indication.STRIAE)],
        )

    def test_null_is_unknown_where_that_is_meant(self) -> None:
        made = mn.assessment_from_json(
            doc(
                skin_type=None,
                age_years=None,
                device={"kind": "pen", "label_maximum": None},
                concerns=[{"indication": "striae", "severity": None}],
                screening={"present": [{"finding": "tattoo", "last_on": None}]},
                preferences={"numbing": None, "most_visits": None, "longest_downtime_days": None},
            )
        )
        assert (made.skin_type, made.age_years) == (None, None)
        assert made.device == mn.Device(kind=mn.DeviceKind.PEN)
        assert made.preferences == mn.Preferences()

    def test_order_of_keys_and_items_is_no_matter(self) -> None:
        concerns = [{"indication": "striae"}, {"severity": "mild", "indication": "melasma"}]
        given_ = json.loads(doc(concerns=concerns))
        turned = {key: given_[key] for key in reversed(given_)} | {"concerns": concerns[::-1]}
        assert mn.assessment_from_json(json.dumps(given_)) == mn.assessment_from_json(
            json.dumps(turned)
        )

    def test_spacing_and_escapes_are_no_matter(self) -> None:
        expected = mn.assessment_from_json(doc())
        assert mn.assessment_from_json(json.dumps(PLAIN, indent=3)) == expected
        assert mn.assessment_from_json(raw("cheek", "\\u0063heek")) == expected
        assert mn.assessment_from_json(f"\n\t {doc()}\r\n") == expected

    def test_two_spellings_of_one_length(self) -> None:
        made = {mn.assessment_from_json(label(text)) for text in ("1.5 mm", "1500 um", "1.50mm")}
        assert len(made) == 1

    @pytest.mark.parametrize(
        ("codes", "write"),
        [
            (mn.Site, lambda code: doc(site=code)),
            (mn.Setting, lambda code: doc(setting=code)),
            (mn.SkinType, lambda code: doc(skin_type=code)),
            (mn.Indication, lambda code: concern(indication=code)),
            (mn.Severity, lambda code: concern(indication="striae", severity=code)),
            (mn.Finding, lambda code: present({"finding": code})),
            (mn.Finding, lambda code: screening(absent=[code])),
            (mn.DeviceKind, lambda code: doc(device={"kind": code})),
        ],
    )
    def test_every_code_is_read(self, codes: Any, write: Any) -> None:
        made = [mn.assessment_from_json(write(code.value)) for code in codes]
        assert len(set(made)) == len(codes)

    @pytest.mark.parametrize("name", NAMES)
    def test_the_examples_are_read(self, name: str) -> None:
        made = mn.assessment_from_json((EXAMPLES / f"{name}.json").read_bytes())
        assert made.on == date(2026, 11, 22)

    def test_every_example_is_named_here(self) -> None:
        assert {path.stem for path in EXAMPLES.glob("*.json")} == set(NAMES)


@cache
def answered(name: str) -> mn.Answer:
    """Answer an example."""
    assessment = mn.assessment_from_json((EXAMPLES / f"{name}.json").read_bytes())
    return mn.recommend(assessment, mn.load("2026.1"))


@pytest.mark.parametrize("name", NAMES)
class TestAnswers:
    """An answer is written whole, as sorted ASCII JSON, the same bytes each time."""

    def test_json_that_is_canonical(self, name: str) -> None:
        data = mn.to_json(answered(name))
        assert data.isascii()
        assert data.endswith(b"}\n")
        assert data.count(b"\n") == 1
        again = json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"))
        assert data == f"{again}\n".encode("ascii")

    def test_deterministic(self, name: str) -> None:
        assessment = mn.assessment_from_json((EXAMPLES / f"{name}.json").read_bytes())
        anew = mn.recommend(assessment, mn.load("2026.1"))
        assert mn.to_json(anew) == mn.to_json(answered(name))
        assert mn.to_json(mn.replay(anew)) == mn.to_json(anew)

    def test_all_of_the_answer_is_there(self, name: str, knowledge: mn.Knowledge) -> None:
        answer = answered(name)
        written = json.loads(mn.to_json(answer))
        assert written["schema"] == 1
        assert written["verdict"] == answer.verdict.value
        assert written["provenance"]["edition"] == knowledge.id == "2026.1"
        assert written["provenance"]["digest"] == knowledge.digest
        assert written["provenance"]["intended_use"] == knowledge.edition.intended_use
        assert written["provenance"]["limitations"] == list(knowledge.edition.limitations)
        assert [reason["rule"] for reason in written["reasons"]] == [
            reason.rule for reason in answer.reasons
        ]
        assert [(step["stage"], step["rule"], step["outcome"]) for step in written["trace"]] == [
            (step.stage.value, step.rule, step.outcome) for step in answer.trace
        ]
        assert written["reasons"]
        assert written["trace"]
        assert written["ignored"] == list(answer.ignored)

    def test_options_stand_in_an_offer_only(self, name: str) -> None:
        answer = answered(name)
        written = json.loads(mn.to_json(answer))
        assert bool(written["options"]) is (answer.verdict is mn.Verdict.OFFER)
        assert [option["protocols"] for option in written["options"]] == [
            list(option.protocols) for option in answer.options
        ]

    def test_whatever_is_cited_is_listed(self, name: str) -> None:
        written = json.loads(mn.to_json(answered(name)))
        cited = set()

        def collect(value: Any) -> None:
            if isinstance(value, dict):
                if isinstance(source := value.get("source"), str):
                    cited.add(source)
                for part in value.values():
                    collect(part)
            elif isinstance(value, list):
                for part in value:
                    collect(part)

        collect([written["reasons"], written["options"]])
        assert cited <= set(written["sources"])
        for option in written["options"]:
            assert set(option["care"]) <= set(written["care"])
            assert set(option["side_effects"]) <= set(written["side_effects"])

    def test_the_assessment_is_written_as_values(self, name: str) -> None:
        answer = answered(name)
        written = json.loads(mn.to_json(answer))["assessment"]
        assert written["on"] == answer.assessment.on.isoformat()
        assert written["site"] == answer.assessment.site.value
        assert [concern["indication"] for concern in written["concerns"]] == [
            concern.indication.value for concern in answer.assessment.concerns
        ]


class TestAnswersElsewhere:
    """The bytes do not hang on the process that writes them."""

    def test_the_end_of_a_deferral(self) -> None:
        assert json.loads(mn.to_json(answered("defer")))["until"] == "2027-01-28"
        assert json.loads(mn.to_json(answered("offer")))["until"] is None

    @pytest.mark.parametrize("seed", ["0", "1", "4242"])
    def test_the_same_under_every_hash_seed(self, seed: str) -> None:
        script = (
            "import sys, microneedling as mn\n"
            "for path in sys.argv[1:]:\n"
            "    made = mn.assessment_from_json(open(path, 'rb').read())\n"
            "    sys.stdout.buffer.write(mn.to_json(mn.recommend(made, mn.load('2026.1'))))\n"
        )
        paths = [str(EXAMPLES / f"{name}.json") for name in NAMES]
        done = subprocess.run(
            [sys.executable, "-c", script, *paths],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert done.stdout == b"".join(mn.to_json(answered(name)) for name in NAMES)


class TestSaved:
    """What was answered can be asked again."""

    @pytest.mark.parametrize(
        "name", ["offer", "ask", "defer", "refer", "decline", "home", "two_concerns"]
    )
    def test_a_saved_assessment_is_read_again(self, knowledge: mn.Knowledge, name: str) -> None:
        path = os.path.join(os.path.dirname(__file__), "..", "docs", "examples", f"{name}.json")
        with open(path, encoding="utf-8") as file:
            answer = mn.recommend(mn.assessment_from_json(file.read()), knowledge)
        saved = json.dumps(json.loads(mn.to_json(answer))["assessment"])
        again = mn.assessment_from_json(saved)

        assert again == answer.assessment
        assert mn.to_json(mn.recommend(again, knowledge)) == mn.to_json(answer)
