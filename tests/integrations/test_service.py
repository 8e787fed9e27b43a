"""The example of a service is run as it stands: it does what it says, in few lines and bytes."""

import json
import re
import runpy
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import microneedling as mn
from tests.integrations.cases import EXAMPLES, SECRET

pytest.importorskip("fastapi", reason="fastapi is not installed")
pytest.importorskip("httpx2", reason="httpx2, which FastAPI's test client needs, is not installed")
pytest.importorskip("icalendar", reason="icalendar is not installed")
testing = pytest.importorskip("fastapi.testclient", reason="FastAPI's test client is not installed")
openapi = pytest.importorskip(
    "openapi_spec_validator", reason="openapi-spec-validator is not installed"
)

SERVICE = EXAMPLES / "service.py"
OFFER = mn.from_json((EXAMPLES / "offer.json").read_bytes(), mn.Assessment)
START = OFFER.on + timedelta(10)
DONE = mn.SessionDone(on=START, needle_length=mn.NeedleLength(1500))


class Service:
    """The service beside a database of its own."""

    def __init__(self, folder: Path) -> None:
        names = runpy.run_path(str(SERVICE))
        self.app = names["app"]
        self.file = folder / "clinic.sqlite"
        # What a function reads is what its module is left with.
        names["_database"].__globals__["FILE"] = str(self.file)
        self.client = testing.TestClient(self.app, raise_server_exceptions=False)

    def post(self, path: str, value: object) -> Any:
        headers = {"content-type": "application/json"}
        return self.client.post(path, content=mn.to_json(value), headers=headers)

    def begun(self) -> str:
        """Begin the first course that is offered, and give its place."""
        place = self.post("/answers", OFFER).headers["location"]
        sent = self.client.post(f"{place}/courses", params={"start": START.isoformat()})
        assert sent.status_code == 200, sent.text
        return str(sent.headers["location"])


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def test_a_course_from_assessment_to_calendar(service: Service) -> None:
    """What is answered, begun, recorded and asked is what the library says."""
    knowledge = mn.load("2026.1")
    sent = service.post("/answers", OFFER)
    answer = mn.recommend(OFFER, knowledge)
    assert mn.from_json(sent.content, mn.Recommendation) == answer

    place = sent.headers["location"]
    asked = {"start": START.isoformat(), "option": 1}
    sent = service.client.post(f"{place}/courses", params=asked)
    course = answer.options[1]
    planned = mn.schedule(course, START)
    assert mn.from_json(sent.content, mn.Schedule) == planned

    place = sent.headers["location"]
    done = mn.SessionDone(on=START, needle_length=course.lengths.shortest)
    ledger = mn.begin(OFFER, course, knowledge).record(done)
    sent = service.post(f"{place}/events", done)
    told: mn.NextStep = mn.from_json(sent.content, mn.NextStep)
    assert told == mn.next_step(ledger, knowledge, START)

    later = START + timedelta(60)
    sent = service.client.get(place, params={"on": later.isoformat()})
    assert mn.from_json(sent.content, mn.NextStep) == mn.next_step(ledger, knowledge, later)
    sent = service.client.get(f"{place}/calendar", params={"on": later.isoformat()})
    assert sent.content == mn.reschedule(planned, ledger, on=later).to_ics()


def test_what_cannot_be_done_is_a_callers_mistake(service: Service) -> None:
    """422 or 404, nothing is kept of it, and nothing is repeated."""
    place = service.begun()
    assert service.post(f"{place}/events", DONE).status_code == 200
    kept = _kept(service)

    sent = service.post(f"{place}/events", DONE)
    assert (sent.status_code, sent.json()["detail"][0]["code"]) == (422, "same_day")
    sent = service.client.post(f"{place}/events", json={**mn.to_dict(DONE), "note": SECRET * 9})
    assert sent.status_code == 422
    assert SECRET not in sent.text
    for option, start, code in ((99, START, 422), (-1, START, 422), (0, date(2250, 1, 1), 422)):
        asked = {"start": start.isoformat(), "option": option}
        assert service.client.post("/answers/1/courses", params=asked).status_code == code
    for path in ("/courses/77", "/courses/1"):
        assert service.client.get(path, params={"on": "2027-01-01"}).status_code == 404
    assert _kept(service) == kept


def test_a_damaged_document_is_the_services_fault(service: Service) -> None:
    """500, for an answer as for a ledger, and nothing is told of it."""
    place = service.begun()
    with sqlite3.connect(service.file) as database:
        database.execute("update kept set document = replace(document, 'cheek', ?)", [SECRET])
    database.close()
    for sent in (
        service.client.get(place, params={"on": "2027-01-01"}),
        service.client.post("/answers/1/courses", params={"start": START.isoformat()}),
    ):
        assert sent.status_code == 500
        assert SECRET not in sent.text


def test_it_is_small() -> None:
    """Fewer than a hundred lines."""
    assert len(SERVICE.read_text(encoding="utf-8").splitlines()) < 100


def test_its_description_is_small_and_valid(service: Service) -> None:
    """Less than 60 kB of OpenAPI, of which every class is a component that a client can name."""
    described = service.app.openapi()
    openapi.validate(described)
    assert len(json.dumps(described).encode()) < 60_000
    named = described["components"]["schemas"].keys()
    assert {"Offer", "Ask", "Course", "Reason", "Schedule", "Wait", "Event"} <= named
    referred = re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described))
    assert named >= {*referred}


def test_it_uses_what_is_public() -> None:
    """Names of the library that are listed as public, and nothing else of it."""
    used = set(re.findall(r"\bmn\.(\w+)", SERVICE.read_text(encoding="utf-8")))
    assert used <= {*mn.__all__}


def _kept(service: Service) -> list[Any]:
    with sqlite3.connect(service.file) as database:
        rows = database.execute("select * from kept").fetchall()
    database.close()
    return rows
