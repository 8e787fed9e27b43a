"""FastAPI: documents as request and response."""

import json
import re
from typing import Annotated, Any

import pytest

import microneedling as mn
from tests.integrations.cases import ASSESSMENT, SECRET, TOLD, TWICE, wrong
from tests.integrations.recipes import recipe

fastapi = pytest.importorskip("fastapi", reason="fastapi is not installed")
pytest.importorskip("httpx2", reason="httpx2, which FastAPI's test client needs, is not installed")
testing = pytest.importorskip("fastapi.testclient", reason="FastAPI's test client is not installed")
openapi = pytest.importorskip(
    "openapi_spec_validator", reason="openapi-spec-validator is not installed"
)
pydantic = pytest.importorskip("pydantic", reason="pydantic is not installed")

ANSWER = mn.recommend(ASSESSMENT, mn.load("2026.1"))
JSON = {"content-type": "application/json"}


class Visit(pydantic.BaseModel):  # type: ignore[misc, name-defined]
    """A clinic's own model."""

    number: int
    assessment: mn.Assessment
    answer: mn.Recommendation | None = None


def keep(visit: Visit) -> Visit:
    return visit


@pytest.fixture(scope="module")
def client() -> Any:
    app = recipe("FastAPI")["app"]
    app.post("/visits")(keep)
    return testing.TestClient(app)


@pytest.fixture(scope="module")
def plain() -> Any:
    """Without the page's handler."""
    app = fastapi.FastAPI()
    app.post("/visits")(keep)
    app.post("/body")(body)
    app.post("/naive")(naive)
    app.post("/event")(event)
    app.post("/step")(step)
    app.post("/answer")(answer)
    return testing.TestClient(app)


def body(assessment: Annotated[mn.Assessment, fastapi.Body()]) -> mn.Assessment:
    return assessment


def event(given: Annotated[mn.Event, fastapi.Body()]) -> mn.Event:
    return given


def step(given: Annotated[mn.NextStep, fastapi.Body()]) -> mn.NextStep:
    return given


def answer(given: Annotated[mn.Answer, fastapi.Body()]) -> mn.Answer:
    return given


def naive(assessment: mn.Assessment) -> mn.Assessment:
    return assessment


@pytest.mark.parametrize("path", ["/recommend", "/strict"])
def test_round_trip(client: Any, path: str) -> None:
    """A document comes in, the answer's document goes out."""
    sent = client.post(path, content=mn.to_json(ASSESSMENT), headers=JSON)

    assert sent.status_code == 200
    assert sent.json() == mn.to_dict(ANSWER)
    assert mn.from_json(sent.content, mn.Recommendation) == ANSWER


def test_canonical_bytes(client: Any) -> None:
    """The strict recipe answers with the very bytes."""
    sent = client.post("/strict", content=mn.to_json(ASSESSMENT), headers=JSON)

    assert sent.content == mn.to_json(ANSWER)
    assert sent.headers["content-type"] == "application/json"


def test_values_in_a_model(client: Any) -> None:
    """A model with values is read and written; null is null."""
    visit = {"number": 1, "assessment": mn.to_dict(ASSESSMENT), "answer": None}

    assert client.post("/visits", json=visit).json() == visit
    visit["answer"] = mn.to_dict(ANSWER)
    assert client.post("/visits", json=visit).json() == visit
    visit["assessment"] = None
    assert client.post("/visits", json=visit).status_code == 422


def test_refusals_are_ours_and_repeat_nothing(plain: Any) -> None:
    """422 with our codes, paths and places; the input is not there, with no handler needed."""
    sent = plain.post("/body", json=wrong())

    assert sent.status_code == 422
    told = sent.json()["detail"]
    assert {(one["type"], one["ctx"]["path"]) for one in told} == TOLD
    assert ["body", "concerns", 1, "severity"] in [one["loc"] for one in told]
    assert SECRET not in sent.text


def test_the_strict_recipe_refuses_as_from_json_does(client: Any) -> None:
    """Codes and paths, a key that stands twice, what is no JSON; nothing is repeated."""
    sent = client.post("/strict", json=wrong())
    assert sent.status_code == 422
    assert {(one["code"], one["path"]) for one in sent.json()["detail"]} == TOLD
    assert SECRET not in sent.text

    for content, code in ((TWICE, "duplicate_key"), (SECRET, "not_json"), ("", "not_json")):
        sent = client.post("/strict", content=content, headers=JSON)
        assert (sent.status_code, sent.json()["detail"][0]["code"]) == (422, code)
        assert SECRET not in sent.text


def test_the_handler_hides_what_models_repeat(client: Any, plain: Any) -> None:
    """A key that is missing beside a document sends the document back, but for the handler."""
    given = {"assessment": wrong()}

    assert SECRET in plain.post("/visits", json=given).text
    hidden = client.post("/visits", json=given)
    assert SECRET not in hidden.text
    assert {"missing", "unknown_code", "unknown_key"} == {
        one["type"] for one in hidden.json()["detail"]
    }


def test_null_is_no_document(client: Any) -> None:
    """Nor is an empty body."""
    for path in ("/recommend", "/strict"):
        for content in ("null", ""):
            assert client.post(path, content=content, headers=JSON).status_code == 422


def test_without_body_a_value_would_stand_in_the_address(plain: Any) -> None:
    """Which is why the page says to write `Body()`."""
    sent = plain.post("/naive", json=mn.to_dict(ASSESSMENT))

    assert sent.json()["detail"][0]["loc"] == ["query", "assessment"]


@pytest.mark.parametrize(
    ("path", "document", "place"),
    [
        ("/event", {"kind": "session_postponed", "on": "2026-12-01"}, "to"),
        ("/event", {"kind": "session_dome", "on": "2026-12-01"}, "kind"),
        ("/step", {"move": "hurry", "shared": {}}, "move"),
        ("/answer", {**mn.to_dict(ANSWER), "verdict": "maybe"}, "verdict"),
    ],
)
def test_one_wrong_field_of_a_union_is_told_once(
    plain: Any, path: str, document: dict[str, object], place: str
) -> None:
    """At its own place in the body, which names nothing of pydantic's."""
    sent = plain.post(path, json={"schema": 1, **document})

    assert sent.status_code == 422
    told = [one["loc"] for one in sent.json()["detail"]]
    # A step that is no step wants for what it shares, too.
    assert [loc for loc in told if "shared" not in loc] == [["body", place]]


def test_openapi_is_valid(client: Any, plain: Any) -> None:
    """By a validator; requests and responses are described, and what they refer to is there."""
    for one in (client, plain):
        described = one.app.openapi()
        openapi.validate(described)
        there = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
        referred = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(described)))
        assert referred
        assert referred <= there
    paths = client.app.openapi()["paths"]
    for path in ("/recommend", "/strict"):
        asked = paths[path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        name = asked.get("$ref", "").rpartition("/")[2]
        assert (
            "concerns" in client.app.openapi()["components"]["schemas"].get(name, asked)["required"]
        )
