"""Documents that were kept: what is wrong with them is no caller's mistake."""

import json
from random import Random
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

import microneedling as mn
from microneedling.deciding.recommending import ENGINE
from microneedling.wire import verifying
from tests import mutations
from tests.integrations.cases import answer
from tests.ledgers import SCARS

MARK = "PATIENT-NAME"
DAMAGED = {**mn.to_dict(SCARS), "site": MARK, "age_years": 34.5, MARK: MARK}


@pytest.mark.parametrize("read", [mn.from_json, mn.from_dict])
def test_a_damaged_one_is_no_input_error(read: Any) -> None:  # noqa: ANN401 - either function
    """It tells the same problems, as an error that is none of a caller's, with nothing of it."""
    given = json.dumps(DAMAGED) if read is mn.from_json else DAMAGED
    with pytest.raises(mn.InputError) as sent:
        read(given, mn.Assessment)
    with pytest.raises(mn.StoredDocumentError) as kept:
        read(given, mn.Assessment, stored=True)

    error = kept.value
    assert error.problems == sent.value.problems
    assert (error.code, error.path, error.message) == error.problems[0]
    assert str(error) == str(sent.value)
    assert error.__cause__ is None
    assert error.__context__ is None
    assert MARK not in f"{error}{error!r}"


@pytest.mark.parametrize("data", [b"", b"{", b'{"schema":2}', b"\xff", 7])
def test_whatever_keeps_it_from_being_read(data: Any) -> None:  # noqa: ANN401 - a caller's mistakes
    """Law: a document that is read as stored is refused by no other error."""
    with pytest.raises(mn.StoredDocumentError):
        mn.from_json(data, mn.Assessment, stored=True)


def test_a_right_one_is_read() -> None:
    """As any other, and by the editions that are given."""
    knowledge = mn.load("2026.1")
    answer = mn.recommend(SCARS, knowledge)
    assert mn.from_json(mn.to_json(answer), mn.Answer, knowledge, stored=True) == answer
    assert mn.from_dict(mn.to_dict(SCARS), mn.Assessment, stored=True) == SCARS


OFFER = answer(mn.Verdict.OFFER)
REFERENCE = mn.to_dict(OFFER, form="reference")


def own_edition() -> mn.Knowledge:
    """Give an edition that does not ship."""
    tables: Any = json.loads(mn.load("2026.1").canonical)
    tables["edition"]["id"] = "own-1"
    return mn.from_tables(tables)


def told(document: Any, kind: Any = mn.Answer) -> list[tuple[str, str]]:  # noqa: ANN401 - plain data
    """Give what is wrong with a document, as code and path."""
    with pytest.raises(mn.InputError) as caught:
        mn.from_dict(document, kind)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    assert MARK not in f"{error}{error!r}"
    return [(problem.code, problem.path) for problem in error.problems]


class TestReference:
    """An answer is kept as what it is rebuilt of, and is the very one again, or none."""

    @pytest.mark.parametrize("verdict", mn.Verdict)
    def test_round_trip(self, verdict: mn.Verdict) -> None:
        """By every class that reads it, in every way; small, and valid by its schema."""
        given = answer(verdict)
        data = mn.to_json(given, form="reference")
        assert len(data) < 1_500
        assert data == mn.to_json(mn.from_json(data, mn.Answer), form="reference")
        for kind in (mn.Answer, mn.Recommendation, type(given)):
            assert mn.from_json(data, kind, stored=True) == given
            for schema in (mn.json_schema(kind, form="reference"), _named(kind)):
                Draft202012Validator(schema).validate(json.loads(data))

    def test_with_an_edition_of_ones_own(self) -> None:
        """It has to be given, as to every document that names it."""
        own = own_edition()
        given = mn.recommend(SCARS, own)
        data = mn.to_json(given, form="reference")
        assert mn.from_json(data, mn.Answer, own) == given
        with pytest.raises(mn.StoredDocumentError, match="edition_missing"):
            mn.from_json(data, mn.Answer, stored=True)

    @pytest.mark.parametrize(
        ("changed", "problems"),
        [
            ({"form": MARK}, [("unknown_code", "$.form")]),
            ({"form": "whole"}, [("unknown_code", "$.form")]),
            ({"form": None}, [("unknown_code", "$.form")]),
            ({"verdict": "decline"}, [("contradiction", "$.verdict")]),
            ({"verdict": MARK}, [("unknown_code", "$.verdict")]),
            ({"edition": "2025.1"}, [("edition_missing", "$.digest")]),
            ({"digest": "0" * 64}, [("edition_missing", "$.digest")]),
            ({"digest": 5}, [("wrong_type", "$.digest")]),
            ({"engine": "77"}, [("unknown_engine", "$.engine")]),
            ({"sha256": "0" * 64}, [("contradiction", "$.sha256")]),
            ({"sha256": MARK}, [("contradiction", "$.sha256")]),
            ({"schema": 2}, [("unknown_schema", "$.schema")]),
            ({MARK: MARK}, [("unknown_key", "$")]),
            ({"reasons": []}, [("unknown_key", "$")]),
            (
                {"assessment": {}},
                [
                    ("missing_key", f"$.assessment.{key}")
                    for key in ("on", "site", "setting", "concerns")
                ],
            ),
            (
                {"assessment": {**REFERENCE["assessment"], "age_years": 35}},
                [("contradiction", "$.sha256")],
            ),
        ],
        ids=str,
    )
    def test_damage(self, changed: dict[str, Any], problems: list[tuple[str, str]]) -> None:
        """Each is refused at its place."""
        assert told({**REFERENCE, **changed}) == problems

    @pytest.mark.parametrize("key", [key for key in REFERENCE if key not in {"schema", "form"}])
    def test_a_missing_key(self, key: str) -> None:
        """Without its form it is a whole answer, of which most is missing."""
        less = {name: part for name, part in REFERENCE.items() if name != key}
        assert told(less) == [("missing_key", f"$.{key}")]
        assert told({key: part for key, part in REFERENCE.items() if key != "form"})

    def test_read_as_another_class(self) -> None:
        assert told(REFERENCE, mn.Decline) == [("wrong_kind", "$.verdict")]
        assert ("unknown_key", "$") in told(REFERENCE, mn.Assessment)

    def test_nothing_else_is_referred_to(self) -> None:
        def described(value: object, form: Any) -> object:  # noqa: ANN401 - one is refused
            return mn.json_schema(type(value), form=form)

        for ask in (mn.to_json, mn.to_dict, described):
            with pytest.raises(mn.InputError):
                ask(SCARS, form="reference")
            with pytest.raises(mn.InputError):
                ask(OFFER, form=MARK)  # type: ignore[arg-type]  # refused

    def test_an_earlier_engine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What it said is read where this one says the same, and is refused, as such, if not."""
        monkeypatch.setattr(verifying, "ENGINES", ("0", ENGINE))
        before = evolve(OFFER, provenance=evolve(OFFER.provenance, engine="0"))
        document = mn.to_dict(before, form="reference")
        assert mn.from_dict(document, mn.Answer) == before
        other = evolve(before, trace=())
        assert told(mn.to_dict(other, form="reference")) == [("contradiction", "$.sha256")]

    def test_hostile(self) -> None:
        """Law: whatever is changed, it is the very answer or refused."""
        random = Random(7)  # noqa: S311 - no secret
        kept = mn.to_json(answer(mn.Verdict.DECLINE), form="reference")
        right = mn.from_json(kept, mn.Answer)
        read = 0
        for _ in range(400):
            data: Any = mutations.of_bytes(kept, random, kept)
            if random.random() < 0.5:
                data = json.dumps(mutations.of_data(json.loads(kept), random, REFERENCE))
            try:
                found = mn.from_json(data, mn.Answer)
            except mn.InputError:
                continue
            read += 1
            assert found == right
        assert read < 200


def _named(kind: Any) -> Any:  # noqa: ANN401 - a class, or a union of them
    return mn.json_schema(kind, form="reference", named=True)
