"""Litestar: documents as request and response, by a DTO of our own."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest

import microneedling as mn
from tests.integrations.cases import ASSESSMENT, SECRET, TOLD, TWICE, answer, wrong
from tests.integrations.recipes import recipe

litestar = pytest.importorskip("litestar", reason="litestar is not installed")
params = pytest.importorskip("litestar.params", reason="litestar is not installed")
testing = pytest.importorskip("litestar.testing", reason="Litestar's test client is not installed")
openapi = pytest.importorskip(
    "openapi_spec_validator", reason="openapi-spec-validator is not installed"
)

JSON_BODY = params.Body(media_type="application/json")
ANSWER = mn.recommend(ASSESSMENT, mn.load("2026.1"))
JSON = {"content-type": "application/json"}


async def screen(data: Annotated[mn.Screening, JSON_BODY]) -> dict[str, int]:
    return {"present": len(data.present)}


async def offer() -> mn.Offer:
    value = answer(mn.Verdict.OFFER)
    assert isinstance(value, mn.Offer)
    return value


async def told(data: Annotated[mn.Assessment, JSON_BODY]) -> mn.Recommendation:
    return mn.recommend(data, mn.load("2026.1"))


def running(*handlers: Any, **options: Any) -> Any:
    app = litestar.Litestar(handlers, **options)
    return testing.TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    return recipe("Litestar")


@pytest.fixture(scope="module")
def client(page: dict[str, Any]) -> Iterator[Any]:
    dto = page["DocumentDTO"]
    explicit = litestar.post(
        "/explicit",
        status_code=200,
        dto=dto[mn.Assessment],
        return_dto=dto[mn.Recommendation],
    )(told)
    plugin = page["Documents"](mn.Assessment, mn.Recommendation, mn.Offer)
    handlers = (page["recommend"], explicit, litestar.get("/offer")(offer))
    with running(*handlers, plugins=[plugin]) as one:
        yield one


@pytest.fixture(scope="module")
def native() -> Iterator[Any]:
    handlers = (
        litestar.post("/screen")(screen),
        litestar.get("/offer")(offer),
        litestar.post("/told")(told),
    )
    with running(*handlers) as one:
        yield one


@pytest.mark.parametrize("path", ["/recommend", "/explicit"])
def test_round_trip(client: Any, path: str) -> None:
    """A document comes in, and the answer's canonical bytes go out."""
    sent = client.post(path, content=mn.to_json(ASSESSMENT), headers=JSON)

    assert sent.status_code == 200
    assert sent.content == mn.to_json(ANSWER)
    assert sent.headers["content-type"] == "application/json"


def test_an_answer_of_one_verdict(client: Any) -> None:
    """Where it is named, it is sent."""
    assert client.get("/offer").content == mn.to_json(answer(mn.Verdict.OFFER))


@pytest.mark.parametrize("path", ["/recommend", "/explicit"])
def test_refusals_are_ours_and_repeat_nothing(client: Any, path: str) -> None:
    """400 with our codes and paths, also for a key that stands twice and for what is no JSON."""
    sent = client.post(path, json=wrong())

    assert sent.status_code == 400
    assert {(one["code"], one["path"]) for one in sent.json()["extra"]} == TOLD
    assert SECRET not in sent.text
    for content, code in ((TWICE, "duplicate_key"), (SECRET, "not_json"), ("null", "wrong_type")):
        sent = client.post(path, content=content, headers=JSON)
        assert (sent.status_code, sent.json()["extra"][0]["code"]) == (400, code)
        assert SECRET not in sent.text


def test_other_bodies_are_refused(client: Any) -> None:
    """None at all, a form, another encoding: the content type changes nothing."""
    for given in (
        {"content": b""},
        {"data": {"site": SECRET}},
        {"content": b"\x81\xa6schema\x01", "headers": {"content-type": "application/x-msgpack"}},
    ):
        sent = client.post("/recommend", **given)
        assert sent.status_code == 400
        assert SECRET not in sent.text


def test_openapi_is_valid(client: Any) -> None:
    """By a validator; requests and responses are described as documents."""
    held = client.app.openapi_schema.to_schema()

    openapi.validate(held)
    for path in ("/recommend", "/explicit"):
        asked = held["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        assert "schema" in asked["schema"]["required"]
    assert "Assessment" not in held.get("components", {}).get("schemas", {})


class TestNatively:
    """What happens without the DTO, which the page warns of."""

    def test_documents_are_refused(self, native: Any) -> None:
        """The fields of the class are asked for, and even what is derived of them."""
        sent = native.post("/told", json=mn.to_dict(ASSESSMENT))

        assert sent.status_code == 400

    def test_a_finding_gets_lost(self, native: Any) -> None:
        """A key that is not known is ignored."""
        sent = native.post("/screen", json={"presnt": [{"finding": "rosacea"}]})

        assert sent.json() == {"present": 0}

    def test_codes_are_repeated(self, native: Any) -> None:
        """A code that is not known is told as it was given."""
        given = {"present": [{"finding": SECRET}]}

        assert SECRET in native.post("/screen", json=given).text

    def test_answers_cannot_be_sent(self, native: Any) -> None:
        """Since msgspec does not know a class that inherits its fields."""
        assert native.get("/offer").status_code == 500
