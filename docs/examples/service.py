"""
A clinic's service: an assessment is answered, a course begun, and what happens recorded.

pip install "microneedling[calendar]" fastapi uvicorn; uvicorn service:app
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse

import microneedling as mn

FILE = "clinic.sqlite"
TABLE = "create table if not exists kept (id integer primary key, kind, document, start)"
KNOWLEDGE = mn.load("2026.1")
app = FastAPI(title="Clinic")


@app.exception_handler(mn.InputError)
def refused(_: Request, error: mn.InputError) -> JSONResponse:
    """Answer what cannot be done; a damaged document of ours is no such error, and gives 500."""
    told = [problem._asdict() for problem in error.problems]
    return JSONResponse({"detail": told}, status_code=422)


def _database() -> Iterator[sqlite3.Connection]:
    # All that is done for a request, or nothing of it; one that changes after the other.
    with closing(sqlite3.connect(FILE, check_same_thread=False)) as database, database:
        database.execute(TABLE)
        database.execute("begin immediate")
        yield database


Database = Annotated[sqlite3.Connection, Depends(_database, scope="function")]


def _read(database: sqlite3.Connection, number: int, kind: type) -> tuple[Any, date]:
    query = "select document, start from kept where id = ? and kind = ?"
    for document, start in database.execute(query, [number, kind.__name__]):
        return mn.from_json(document, kind, stored=True), date.fromisoformat(start)
    raise HTTPException(404)


def _keep(database: sqlite3.Connection, kind: type, document: bytes, start: date) -> int | None:
    new = [kind.__name__, document, start.isoformat()]
    return database.execute("insert into kept values (null, ?, ?, ?)", new).lastrowid


@app.post("/answers")
def answer(
    given: Annotated[mn.Assessment, Body()], sent: Response, database: Database
) -> mn.Answer:
    """Answer an assessment; the header `Location` tells where it is kept."""
    made = mn.recommend(given, KNOWLEDGE)
    number = _keep(database, mn.Recommendation, mn.to_json(made, form="reference"), given.on)
    sent.headers["Location"] = f"/answers/{number}"
    return made


@app.post("/answers/{number}/courses")
def begin(
    number: int, start: date, sent: Response, database: Database, option: int = 0
) -> mn.Schedule:
    """Begin a course that was offered, and give its days."""
    made, _ = _read(database, number, mn.Recommendation)
    if not 0 <= option < len(made.options):
        raise HTTPException(422, "this is not on offer")
    course = made.options[option]
    ledger = mn.to_json(mn.begin(made.assessment, course, KNOWLEDGE))
    sent.headers["Location"] = f"/courses/{_keep(database, mn.Progress, ledger, start)}"
    return mn.schedule(course, start)


@app.post("/courses/{number}/events")
def record(number: int, event: Annotated[mn.Event, Body()], database: Database) -> mn.NextStep:
    """Record what happened, and tell what comes next."""
    ledger = _read(database, number, mn.Progress)[0].record(event)
    new = [mn.to_json(ledger), number]
    database.execute("update kept set document = ? where id = ?", new)
    return mn.next_step(ledger, KNOWLEDGE, event.on)


@app.get("/courses/{number}")
def next_step(number: int, on: date, database: Database) -> mn.NextStep:
    """Tell what comes next on a day."""
    return mn.next_step(_read(database, number, mn.Progress)[0], KNOWLEDGE, on)


@app.get("/courses/{number}/calendar")
def calendar(number: int, on: date, database: Database) -> Response:
    """Give the days of a course, as they are on a day, as an iCalendar file."""
    ledger, start = _read(database, number, mn.Progress)
    planned = mn.reschedule(mn.schedule(ledger.course, start), ledger, on=on)
    return Response(planned.to_ics(), media_type="text/calendar")
