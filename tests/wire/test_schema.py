"""The schemas say of documents all that a schema can, and not more."""

import json
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from jsonschema import Draft202012Validator

import microneedling as mn
from microneedling.wire import schema_files
from microneedling.wire.schema import BEYOND, documents
from tests.conftest import share
from tests.from_schema import drawn_from
from tests.values.test_values import samples

KINDS = documents()
# An edition's tables are one open object to a schema.
CLOSED = sorted(set(KINDS) - {"knowledge"})


def validator(kind: Any) -> Draft202012Validator:  # noqa: ANN401 - a class, or a union
    """Make what judges by a schema."""
    return Draft202012Validator(mn.json_schema(kind))


class TestShipped:
    """Every kind of document has a schema of its own, in a file that ships."""

    def test_one_for_every_public_value(self) -> None:
        public = {name for name in mn.__all__ if isinstance(getattr(mn, name), type)}
        errors = {name for name in public if issubclass(getattr(mn, name), Exception)}
        titles = {mn.json_schema(kind)["title"] for kind in KINDS.values()}
        assert titles == (public - errors) | {"Answer", "Event", "NextStep"}

    @pytest.mark.parametrize("name", KINDS)
    def test_the_file_is_what_the_classes_say(self, name: str) -> None:
        assert schema_files.written(name) == schema_files.text(name)

    @pytest.mark.parametrize("name", KINDS)
    def test_it_is_a_schema_with_its_id(self, name: str) -> None:
        schema = mn.json_schema(KINDS[name])
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"urn:microneedling:schema:1:{name}"
        assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]

    def test_no_file_is_left_over(self) -> None:
        assert schema_files.main(["--check"]) == 0

    def test_what_is_given_is_a_copy(self) -> None:
        mn.json_schema(mn.Interval)["properties"].clear()
        assert mn.json_schema(mn.Interval)["properties"]

    @pytest.mark.parametrize("wrong", [int, dict, None, "Assessment", mn.InputError, []])
    def test_nothing_else_has_one(self, wrong: Any) -> None:  # noqa: ANN401
        with pytest.raises(mn.InputError) as caught:
            mn.json_schema(wrong)
        assert (caught.value.code, caught.value.path) == ("wrong_type", "kind")


class TestNamed:
    """By their names, definitions of many kinds can share one list."""

    @pytest.mark.parametrize("name", documents())
    def test_it_says_what_the_others_say(self, name: str) -> None:
        """Only where it says it differs."""
        named = mn.json_schema(documents()[name], named=True)
        Draft202012Validator.check_schema(named)

        assert set(named) == {"$ref", "$defs"}
        said = _in_place(named, named["$defs"])
        assert said == _in_place(mn.json_schema(documents()[name], inlined=True), {})

    def test_a_name_is_one_definition(self) -> None:
        """Whatever it is asked for with; and a whole document is told from a part."""
        found: dict[str, Any] = {}
        for kind in documents().values():
            for name, part in mn.json_schema(kind, named=True)["$defs"].items():
                assert found.setdefault(name, part) == part, name
        assert {"Offer", "Answer", "Course", "CourseDocument", "Event"} <= found.keys()

    def test_both_at_once_are_refused(self) -> None:
        with pytest.raises(mn.InputError, match="contradiction"):
            mn.json_schema(mn.Site, inlined=True, named=True)


def _in_place(part: Any, parts: Any) -> Any:  # noqa: ANN401 - plain data
    """Put definitions where they are named, and leave out what is said of whole documents."""
    if isinstance(part, list):
        return [_in_place(item, parts) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _in_place(parts[part["$ref"].rpartition("/")[2]], parts)
    if "schema" in part.get("properties", {}) or "oneOf" in part:
        part = {key: held for key, held in part.items() if key not in {"title", "description"}}
    return {key: _in_place(held, parts) for key, held in part.items() if key != "$defs"}


class TestWritten:
    """What is written is valid by the schema of its class, and by those of its families."""

    @pytest.mark.parametrize("name", sorted(set(samples()) - {"Recommendation"}))
    def test_samples(self, name: str) -> None:
        for value in samples()[name]:
            document = json.loads(mn.to_json(value))
            validator(type(value)).validate(document)
            for family in (mn.Answer, mn.Event, mn.NextStep):
                if type(value) in family.__args__:
                    validator(family).validate(document)


class TestAccepted:
    """What a schema accepts is read, or refused for a reason that no schema can state."""

    @pytest.mark.heavy
    @pytest.mark.parametrize("name", CLOSED)
    @given(data=st.data())
    @settings(max_examples=15, suppress_health_check=[*HealthCheck])
    def test_drawn(self, name: str, data: st.DataObject) -> None:
        document = data.draw(drawn_from(mn.json_schema(KINDS[name])))
        assert validator(KINDS[name]).is_valid(document)
        try:
            mn.from_dict(document, KINDS[name])
        except mn.InputError as error:
            codes = {problem.code for problem in error.problems}
            assert codes <= set(BEYOND), codes - set(BEYOND)

    def test_the_reasons_are_told(self) -> None:
        assert all(len(why) > 15 for why in BEYOND.values())
        assert sorted(BEYOND) == list(BEYOND)


ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**9, "", "x", "0.05mm", "2026-02-29"),
    *([], [None], {}, {"schema": 1}),
)
# An answer has thousands of places, and a schema takes a tenth of a second to judge it.
_LARGE = 5_000


class TestRefusedByBoth:
    """What the schema refuses is refused: a document is never more to us than to a schema."""

    @pytest.mark.parametrize("name", sorted(set(samples()) - {"Knowledge", "Recommendation"}))
    def test_one_place_changed(self, name: str) -> None:
        value = samples()[name][0]
        judge = validator(type(value))
        text = mn.to_json(value)
        rng = Random(name)  # noqa: S311 - repeatable, and guards nothing
        changes = [*product(_places(json.loads(text)), ODD)]
        refused = 0
        count = 8 if len(text) > _LARGE else share(150).max_examples
        for path, odd in rng.sample(changes, min(len(changes), count)):
            document = json.loads(text)
            part = document
            for key in path[:-1]:
                part = part[key]
            part[path[-1]] = odd
            if judge.is_valid(document):
                continue
            refused += 1
            with pytest.raises(mn.InputError):
                mn.from_dict(document, type(value))
        assert refused


def _places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401
    found = [path] if path else []
    parts: Any = ()
    if isinstance(document, dict):
        parts = document.items()
    elif isinstance(document, list):
        parts = enumerate(document)
    for key, part in parts:
        found += _places(part, (*path, key))
    return found
