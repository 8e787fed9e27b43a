"""Documents are read strictly or refused with a code and a path; answers are written one way."""
# ruff: noqa: ANN401 - values of any type are refused; the class's docstring is the law

import json
import os
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

import microneedling as mn

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
NAMES = ("ask", "decline", "defer", "home", "offer", "refer", "two_concerns")
MARK = "PATIENT-NAME"
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
        "present": [{"finding": "dermal_filler", "last_on": "2026-08-01"}],
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


def refused(data: bytes | str, kind: Any) -> list[tuple[str, str]]:
    """Give code and path of everything wrong with a document."""
    with pytest.raises(mn.InputError) as caught:
        mn.from_json(data, kind)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def problems(data: bytes | str) -> list[tuple[str, str]]:
    """Give code and path of everything wrong with an assessment's document."""
    return refused(data, mn.Assessment)


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


class TestCaps:
    """What is too large, too deep or has too many items is refused before anything is read."""

    def test_one_limit_for_text_and_bytes(self) -> None:
        text = json.dumps({**PLAIN, "\u20ac" * 400_000: 1}, ensure_ascii=False)
        assert problems(text.encode()) == [("too_large", "")]
        assert problems(text) == [("too_large", "")]

    def test_the_limit_itself_is_accepted(self) -> None:
        data = doc().encode()
        full = data + b" " * (1_000_000 - len(data))
        assert mn.from_json(full, mn.Assessment).age_years == 34
        assert mn.from_json(full.decode(), mn.Assessment).age_years == 34
        assert problems(full + b" ") == [("too_large", "")]

    def test_as_many_items_as_may_be(self) -> None:
        # The document, the concern and the rest have seventeen.
        screened = {**PLAIN["screening"], "absent": ["tattoo"] * (50_000 - 17)}
        assert mn.from_json(doc(screening=screened), mn.Assessment).screening.absent
        screened["absent"].append("tattoo")
        assert problems(doc(screening=screened)) == [("too_many", "")]

    def test_what_stands_in_a_text_is_not_counted(self) -> None:
        title = '\\",[{"' * 40_000
        source = {"schema": 1, "id": "a", "title": title, "grade": "rct", "read": "full"}
        assert mn.from_json(json.dumps(source), mn.Source).title == title
        assert mn.from_dict(source, mn.Source).title == title

    @pytest.mark.parametrize("kind", [mn.Progress, mn.Knowledge])
    def test_a_ledger_and_an_edition_may_be_larger(self, kind: Any) -> None:
        assert refused(b" " * 1_000_001 + b"{}", kind) == [("unknown_schema", "$.schema")]
        assert refused(b" " * 32_000_001, kind) == [("too_large", "")]

    @pytest.mark.parametrize(
        "data",
        [
            b"[" * 32_000_000,
            b"[" * 33 + b'"' * 31_000_000,
            b"[" * 33 + b'"' + b'\\"' * 15_000_000,
            b'{"schema":1,"protocols":[' + b"1," * 90_000 + b"1]}",
            b'{"schema":1,"editions":[' + b"{}," * 30_000 + b"{}]}",
            b'{"schema":1,"entries":[' + b"1," * 2_001 + b"1]}",
            b'{"schema":1' + b"".join(b',"%d":1' % n for n in range(90_000)) + b"}",
        ],
        ids=["brackets", "empty texts", "open text", "items", "objects", "entries", "keys"],
    )
    def test_nothing_takes_long(self, data: bytes) -> None:
        """The bounds are loose: they tell seconds from minutes."""
        start = perf_counter()
        assert refused(data, mn.Progress)
        assert perf_counter() - start < 20

    @pytest.mark.parametrize(
        "data",
        [None, 1, [], {}, bytearray(b"{}"), memoryview(b"{}"), open],
        ids=lambda data: type(data).__name__,
    )
    def test_only_bytes_and_text_are_documents(self, data: Any) -> None:
        assert refused(data, mn.Assessment) == [("wrong_type", "")]


class TestTogether:
    """All that is wrong is told at once, wherever it stands."""

    def test_problems_of_the_text_and_of_the_value(self) -> None:
        text = raw('"cheek"', '"chin2", "site": "chin3"').replace("34", "1e999")
        assert sorted(problems(text)) == [
            ("duplicate_key", "$"),
            ("not_an_integer", "$.age_years"),
            ("unknown_code", "$.site"),
        ]

    def test_problems_of_what_is_shared_and_of_the_rest(self) -> None:
        data = json.loads(mn.to_json(answered("offer")))
        data["shared"]["sources"][0]["title"] = None
        data["shared"]["care"].append(data["shared"]["care"][0])
        data["options"][0]["lengths"]["longest"] = "9 mm"
        data["extra"] = MARK
        assert sorted(refused(json.dumps(data), mn.Answer)) == [
            ("id_twice", f"$.shared.care[{len(data['shared']['care']) - 1}]"),
            ("out_of_range", "$.options[0].lengths.longest"),
            ("unknown_key", "$"),
            ("wrong_type", "$.shared.sources[0].title"),
        ]

    def test_what_hangs_on_another_problem_is_not_told_again(self) -> None:
        """Whoever names a source that could not be read does nothing wrong."""
        data = json.loads(mn.to_json(answered("offer")))
        wholes: tuple[Any, ...] = (None, {}, "x", 1)
        for wrong in wholes:
            data["shared"]["sources"] = wrong
            assert refused(json.dumps(data), mn.Answer) == [("wrong_type", "$.shared.sources")]
        data["shared"]["sources"] = [None]
        assert refused(json.dumps(data), mn.Answer) == [("wrong_type", "$.shared.sources[0]")]

    def test_a_duplicate_key_does_not_hide_a_contradiction(self) -> None:
        text = mn.to_json(answered("decline")).decode()
        text = text.replace('"verdict":"decline"', '"verdict":"decline","verdict":"refer"')
        assert refused(text, mn.Answer) == [("duplicate_key", "$"), ("contradiction", "$.reasons")]


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
        made = mn.from_json(data, mn.Assessment)
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
                present=[mn.Exposure(finding=mn.Finding.DERMAL_FILLER, last_on=date(2026, 8, 1))]
            ),
        )
        for data in (doc(), doc().encode(), (EXAMPLES / "defer.json").read_bytes()):
            made = mn.from_json(data, mn.Assessment)
            assert made == expected
            assert hash(made) == hash(expected)

    def test_every_field(self) -> None:
        made = mn.from_json(
            doc(
                concerns=[{"indication": "striae"}, {"indication": "melasma", "severity": "mild"}],
                screening={"present": [{"finding": "rosacea"}], "absent": ["tattoo", "pregnancy"]},
                device={"kind": "roller", "label_maximum": "500 \u00b5m"},
                preferences={"longest_downtime_days": 2, "numbing": False, "most_visits": 5},
            ),
            mn.Assessment,
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
        made = mn.from_json(
            json.dumps({**least, "concerns": [{"indication": "striae"}]}), mn.Assessment
        )
        assert made == mn.Assessment(
            on=date(2026, 11, 22),
            site=mn.Site.CHEEK,
            setting=mn.Setting.CLINIC,
            concerns=[mn.Concern(indication=mn.Indication.STRIAE)],
        )

    def test_null_is_unknown_where_that_is_meant(self) -> None:
        made = mn.from_json(
            doc(
                skin_type=None,
                age_years=None,
                device={"kind": "pen", "label_maximum": None},
                concerns=[{"indication": "striae", "severity": None}],
                screening={"present": [{"finding": "tattoo", "last_on": None}]},
                preferences={"numbing": None, "most_visits": None, "longest_downtime_days": None},
            ),
            mn.Assessment,
        )
        assert (made.skin_type, made.age_years) == (None, None)
        assert made.device == mn.Device(kind=mn.DeviceKind.PEN)
        assert made.preferences == mn.Preferences()

    def test_order_of_keys_and_items_is_no_matter(self) -> None:
        concerns = [{"indication": "striae"}, {"severity": "mild", "indication": "melasma"}]
        given_ = json.loads(doc(concerns=concerns))
        turned = {key: given_[key] for key in reversed(given_)} | {"concerns": concerns[::-1]}
        assert mn.from_json(json.dumps(given_), mn.Assessment) == mn.from_json(
            json.dumps(turned), mn.Assessment
        )

    def test_spacing_and_escapes_are_no_matter(self) -> None:
        expected = mn.from_json(doc(), mn.Assessment)
        assert mn.from_json(json.dumps(PLAIN, indent=3), mn.Assessment) == expected
        assert mn.from_json(raw("cheek", "\\u0063heek"), mn.Assessment) == expected
        assert mn.from_json(f"\n\t {doc()}\r\n", mn.Assessment) == expected

    def test_two_spellings_of_one_length(self) -> None:
        made = {
            mn.from_json(label(text), mn.Assessment) for text in ("1.5 mm", "1500 um", "1.50mm")
        }
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
        made = [mn.from_json(write(code.value), mn.Assessment) for code in codes]
        assert len(set(made)) == len(codes)

    @pytest.mark.parametrize("name", NAMES)
    def test_the_examples_are_read(self, name: str) -> None:
        made = mn.from_json((EXAMPLES / f"{name}.json").read_bytes(), mn.Assessment)
        assert made.on == date(2026, 11, 22)

    def test_every_example_is_named_here(self) -> None:
        assert {path.stem for path in EXAMPLES.glob("*.json")} == set(NAMES)


@cache
def answered(name: str) -> mn.Answer:
    """Answer an example."""
    assessment = mn.from_json((EXAMPLES / f"{name}.json").read_bytes(), mn.Assessment)
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
        assessment = mn.from_json((EXAMPLES / f"{name}.json").read_bytes(), mn.Assessment)
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

    def test_what_has_an_id_stands_once(self, name: str) -> None:
        """What is named is listed, what is listed is named, each list is sorted by ids."""
        written = json.loads(mn.to_json(answered(name)))
        lists = ("sources", "needs", "care", "side_effects", "responses")
        named: dict[str, set[str]] = {name: set() for name in lists}

        def collect(value: Any) -> None:
            if isinstance(value, dict):
                for key, part in value.items():
                    if key == "source":
                        named["sources"].add(part)
                    elif key in {*named, "red_flags"} and all(isinstance(row, str) for row in part):
                        named["responses" if key == "red_flags" else key].update(part)
                    collect(part)
            elif isinstance(value, list):
                for part in value:
                    collect(part)

        collect(written)
        for key, idents in named.items():
            ident = "code" if key == "care" else "id"
            assert [row[ident] for row in written["shared"][key]] == sorted(idents)

    def test_read_again(self, name: str) -> None:
        answer = answered(name)
        data = mn.to_json(answer)
        for kind in (type(answer), mn.Answer, mn.Recommendation):
            assert mn.from_json(data, kind) == answer
            assert mn.from_dict(mn.to_dict(answer), kind) == answer
        assert mn.replay(mn.from_json(data, type(answer))) == answer
        for other in {mn.Offer, mn.Ask, mn.Defer, mn.Refer, mn.Decline} - {type(answer)}:
            assert refused(data, other) == [("wrong_kind", "$.verdict")]

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
            "    made = mn.from_json(open(path, 'rb').read(), mn.Assessment)\n"
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
        path = EXAMPLES / f"{name}.json"
        with open(path, encoding="utf-8") as file:
            answer = mn.recommend(mn.from_json(file.read(), mn.Assessment), knowledge)
        saved = {"schema": 1, **json.loads(mn.to_json(answer))["assessment"]}
        again = mn.from_json(json.dumps(saved), mn.Assessment)

        assert again == answer.assessment
        assert mn.to_json(mn.recommend(again, knowledge)) == mn.to_json(answer)
