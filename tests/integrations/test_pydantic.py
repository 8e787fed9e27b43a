"""pydantic v2: values as fields of models."""

import json
import subprocess
import sys
from typing import Any, get_args

import pytest

import microneedling as mn
from tests import ledgers
from tests.integrations.cases import (
    ASSESSMENT,
    SECRET,
    TOLD,
    TWICE,
    answer,
    own_edition,
    said,
    wrong,
)
from tests.integrations.recipes import recipe

pydantic = pytest.importorskip("pydantic", reason="pydantic is not installed")
jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")

VALUES = [
    (mn.Assessment, ASSESSMENT),
    (mn.Concern, ASSESSMENT.concerns[0]),
    (mn.NeedleLength, mn.NeedleLength(1500)),
    (mn.LengthRange, mn.LengthRange.of(500, 1500)),
    (mn.SessionCount, mn.SessionCount(3, 5)),
    *((mn.Recommendation, answer(verdict)) for verdict in mn.Verdict),
]


@pytest.fixture(scope="module")
def visit() -> Any:
    return recipe("pydantic")["Visit"]


def refused(make: Any) -> Any:
    with pytest.raises(pydantic.ValidationError) as caught:
        make()
    return caught.value


def test_pydantic_is_not_imported() -> None:
    """Values and answers are made without pydantic, where it is installed, too."""
    code = (
        "import sys\nimport microneedling as mn\nmn.NeedleLength(500)\nmn.load('2026.1')\n"
        "print([m for m in sys.modules if 'pydantic' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout == "[]\n"


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_round_trip(kind: type, value: object) -> None:
    """An instance is taken as it is; as Python and as JSON the document is written and read."""
    held = pydantic.TypeAdapter(kind)

    assert held.validate_python(value) is value
    assert held.dump_python(value) == json.loads(held.dump_json(value)) == mn.to_dict(value)
    assert held.validate_python(held.dump_python(value)) == value
    assert held.validate_json(held.dump_json(value)) == value
    assert held.validate_json(mn.to_json(value)) == value


@pytest.mark.parametrize("verdict", mn.Verdict)
def test_the_union_of_answers(verdict: mn.Verdict) -> None:
    """The union tells its members apart, and a member takes no other's document."""
    value = answer(verdict)

    assert pydantic.TypeAdapter(mn.Answer).validate_json(mn.to_json(value)) == value
    for kind in {mn.Offer, mn.Ask, mn.Defer, mn.Refer, mn.Decline} - {type(value)}:
        refused(lambda kind=kind: pydantic.TypeAdapter(kind).validate_json(mn.to_json(value)))
        refused(lambda kind=kind: pydantic.TypeAdapter(kind).validate_python(value))


@pytest.mark.parametrize(
    ("kind", "document", "place"),
    [
        (mn.Event, {"kind": "session_postponed", "on": "2026-12-01"}, "to"),
        (mn.Event, {"kind": "course_stopped", "on": "2026-12-01", "note": 3}, "note"),
        (mn.Event, {"kind": "session_dome", "on": "2026-12-01"}, "kind"),
        (mn.NextStep, {"move": "hurry"}, "move"),
        (mn.Answer, {**mn.to_dict(answer(mn.Verdict.ASK)), "verdict": "maybe"}, "verdict"),
    ],
)
def test_one_wrong_field_of_a_union_is_told_once(
    kind: Any, document: dict[str, object], place: str
) -> None:
    """At its own place, not once for each member that the document might have been of."""
    error = refused(lambda: pydantic.TypeAdapter(kind).validate_python({"schema": 1, **document}))

    told = [problem["loc"] for problem in error.errors()]
    # A step that is no step wants for its sources, too.
    assert [loc for loc in told if loc != ("shared",)] == [(place,)]


def test_models_hold_values(visit: Any) -> None:
    """A frozen model with values is equal, hashed and copied by content; null is null."""
    one = visit(number=1, assessment=ASSESSMENT)
    same = visit.model_validate_json(one.model_dump_json())

    assert one == same
    assert hash(one) == hash(same)
    assert one.model_copy(deep=True) == one
    assert one.answer is None
    assert json.loads(one.model_dump_json())["answer"] is None
    assert refused(lambda: visit(number=1, assessment=None)).errors()[0]["type"] == "wrong_type"


@pytest.mark.parametrize("mode", ["python", "json"])
def test_refusals_are_ours_and_repeat_nothing(visit: Any, mode: str) -> None:
    """Codes, places and paths are those of `InputError`; the input is nowhere."""
    given = {"number": 1, "assessment": wrong()}
    if mode == "python":
        error = refused(lambda: visit.model_validate(given))
    else:
        error = refused(lambda: visit.model_validate_json(json.dumps(given)))

    assert {(one["type"], one["ctx"]["path"]) for one in error.errors()} == TOLD
    assert ("assessment", "concerns", 1, "severity") in {one["loc"] for one in error.errors()}
    assert all(one["input"] is None for one in error.errors())
    assert SECRET not in said(error) + repr(error.errors()) + error.json()


@pytest.mark.parametrize("given", [SECRET, [SECRET], {SECRET: SECRET}, {"schema": SECRET}, 7.25])
@pytest.mark.parametrize("strict", [False, True])
def test_what_is_no_document_is_not_repeated(given: object, *, strict: bool) -> None:
    """Whatever is given, in whatever mode, the error does not have it."""
    held = pydantic.TypeAdapter(mn.Assessment)
    errors = (
        refused(lambda: held.validate_python(given, strict=strict)),
        refused(lambda: held.validate_json(json.dumps(given), strict=strict)),
    )

    for error in errors:
        everything = said(error) + repr(error.errors()) + error.json()
        assert SECRET not in everything
        assert "7.25" not in everything


def test_what_pydantic_itself_repeats(visit: Any) -> None:
    """A model's own error has the whole model in `errors()`, unless it is asked to leave it out."""
    error = refused(lambda: visit.model_validate({"assessment": wrong() | {"number": SECRET}}))
    missing = next(one for one in error.errors() if one["type"] == "missing")

    assert SECRET in repr(missing["input"])
    assert SECRET not in str(error)
    assert SECRET not in repr(error.errors(include_input=False))
    assert SECRET not in error.json(include_input=False)


def test_strict_takes_instances_from_python_and_documents_from_json() -> None:
    """As pydantic's strict mode has it for classes of all kinds."""
    held = pydantic.TypeAdapter(mn.Assessment)

    assert held.validate_python(ASSESSMENT, strict=True) is ASSESSMENT
    assert held.validate_json(mn.to_json(ASSESSMENT), strict=True) == ASSESSMENT
    error = refused(lambda: held.validate_python(mn.to_dict(ASSESSMENT), strict=True))
    assert error.errors()[0]["type"] == "wrong_type"


def test_a_key_that_stands_twice_is_lost_before_us() -> None:
    """Its parser keeps the last, as the page says; `from_json` refuses."""
    twice = mn.to_json(ASSESSMENT).replace(b'"schema":1', b'"schema":2,"schema":1')

    assert pydantic.TypeAdapter(mn.Assessment).validate_json(twice) == ASSESSMENT
    with pytest.raises(mn.InputError, match="duplicate_key"):
        mn.from_json(TWICE, mn.Assessment)


def test_a_ledger_is_read_with_its_editions() -> None:
    """The context brings those that do not ship; without them the ledger is refused."""
    own = own_edition()
    held = pydantic.TypeAdapter(mn.Progress)
    ledger = ledgers.recorded(ledgers.begun(knowledge=own), ledgers.done(0))
    data = held.dump_json(ledger)

    assert held.validate_json(data, context={"editions": [own]}) == ledger
    contexts: list[Any] = [None, {}, {"editions": []}, [own]]
    for context in contexts:
        error = refused(lambda context=context: held.validate_json(data, context=context))
        assert error.errors()[0]["type"] == "edition_missing"


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_the_schema_describes_documents(kind: type, value: object) -> None:
    """It is JSON Schema, the same for reading and for writing, and documents keep it."""
    model = pydantic.create_model("Holder", held=(kind, ...))
    schema = model.model_json_schema()

    assert schema == model.model_json_schema(mode="serialization")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate({"held": mn.to_dict(value)})


def test_definitions_have_names_and_stand_once() -> None:
    """A class is one definition wherever it stands; one that is called the same is another."""
    course = pydantic.create_model("Course", title=(str, ...))
    held = {"offer": mn.Offer, "course": mn.Course, "any": mn.Answer, "own": course}
    model = pydantic.create_model("Holder", **{name: (kind, ...) for name, kind in held.items()})
    schema = model.model_json_schema()

    defined = schema["$defs"]
    of = {name: place["$ref"].rpartition("/")[2] for name, place in schema["properties"].items()}
    assert (of["offer"], of["course"], of["any"]) == ("Offer", "CourseDocument", "Answer")
    assert {"$ref": "#/$defs/Offer"} in defined["Answer"]["oneOf"]
    assert defined[of["own"]]["properties"].keys() == {"title"}
    assert "schema" in defined["CourseDocument"]["properties"]
    part = defined["Offer"]["properties"]["options"]["items"]["$ref"].rpartition("/")[2]
    assert part != of["own"]
    assert {"lengths", "schema"} - defined[part]["properties"].keys() == {"schema"}


def test_a_value_is_written_though_its_type_was_not_told() -> None:
    """Under `Any`, and where a model is dumped by what its fields hold."""
    holder = pydantic.create_model("Holder", held=(Any, ...))
    model = pydantic.create_model("Told", held=(mn.Assessment, ...))
    document = mn.to_dict(ASSESSMENT)

    assert holder(held=ASSESSMENT).model_dump() == {"held": document}
    assert json.loads(holder(held=[ASSESSMENT]).model_dump_json()) == {"held": [document]}
    told = model(held=ASSESSMENT)
    assert model.model_validate_json(told.model_dump_json(serialize_as_any=True)) == told
    assert told.model_dump(serialize_as_any=True) == {"held": document}


def test_the_schema_refuses_what_reading_refuses() -> None:
    """At least what has no schema number or misses a key."""
    for kind in (mn.Answer, mn.Event, mn.NextStep):
        described = pydantic.TypeAdapter(kind).json_schema()
        assert described["$defs"]
        assert len(described["oneOf"]) == len(get_args(get_args(kind)[0]))
    schema = pydantic.TypeAdapter(mn.Assessment).json_schema()
    document = mn.to_dict(ASSESSMENT)

    for key in ("schema", "concerns"):
        less = {name: part for name, part in document.items() if name != key}
        assert list(jsonschema.Draft202012Validator(schema).iter_errors(less))
