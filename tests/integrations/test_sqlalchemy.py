"""SQLAlchemy 2: documents in columns, values of a few columns as composites; on SQLite."""

import logging
from typing import Any

import pytest

import microneedling as mn
from tests import ledgers
from tests.integrations.cases import ASSESSMENT, SECRET, answer, own_edition, said
from tests.integrations.recipes import recipe

sa = pytest.importorskip("sqlalchemy", minversion="2.0", reason="SQLAlchemy 2 is not installed")
orm = pytest.importorskip("sqlalchemy.orm", reason="SQLAlchemy 2 is not installed")


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    return recipe("SQLAlchemy")


@pytest.fixture
def engine(page: dict[str, Any]) -> Any:
    made = sa.create_engine("sqlite://", hide_parameters=True)
    page["Base"].metadata.create_all(made)
    yield made
    made.dispose()


def stored(engine: Any, *rows: Any) -> None:
    with orm.Session(engine) as session:
        session.add_all(rows)
        session.commit()


def found(engine: Any, what: Any) -> list[Any]:
    with orm.Session(engine) as session:
        return list(session.scalars(what))


def test_round_trip(page: dict[str, Any], engine: Any) -> None:
    """Every kind of column gives back what was put in; the text is the canonical one."""
    visit = page["Visit"]
    fields = {
        "assessment": ASSESSMENT,
        "needle": mn.NeedleLength(1500),
        "sessions": mn.SessionCount(3, 5),
        "lengths": mn.LengthRange.of(500, 1500),
    }
    stored(engine, visit(id=1, **fields))
    (held,) = found(engine, sa.select(visit))

    assert {name: getattr(held, name) for name in fields} == fields
    with engine.connect() as connection:
        row = connection.execute(sa.text("select * from visits")).one()
    assert row.assessment.encode() == mn.to_json(ASSESSMENT)
    assert (row.needle, row.fewest, row.most, row.shortest, row.longest) == (1500, 3, 5, 500, 1500)


@pytest.mark.parametrize("verdict", mn.Verdict)
def test_every_answer(page: dict[str, Any], verdict: mn.Verdict) -> None:
    """A column of recommendations takes all five."""
    kind = page["Document"](mn.Recommendation)
    value = answer(verdict)
    text = kind.process_bind_param(value, None)

    assert kind.process_result_value(text, None) == value


def test_null(page: dict[str, Any], engine: Any) -> None:
    """None is null, for columns and for composites, and can be asked for."""
    visit = page["Visit"]
    stored(engine, visit(id=1), visit(id=2, assessment=ASSESSMENT))
    nothing = sa.select(visit).where(visit.assessment.is_(None))
    (held,) = found(engine, nothing)

    assert held.id == 1
    assert (held.assessment, held.needle, held.sessions, held.lengths) == (None,) * 4


def test_queries(page: dict[str, Any], engine: Any) -> None:
    """Equality by content, order of lengths, composites, keys of a document."""
    visit = page["Visit"]
    other = mn.recommend(ASSESSMENT, mn.load("2026.1")).assessment
    again = mn.from_json(mn.to_json(ASSESSMENT), mn.Assessment)
    scars = ledgers.SCARS
    stored(
        engine,
        visit(id=1, assessment=other, needle=mn.NeedleLength(500), sessions=mn.SessionCount(3, 5)),
        visit(id=2, assessment=scars, needle=mn.NeedleLength(2000), sessions=mn.SessionCount(1, 1)),
    )

    def by(*terms: Any) -> list[Any]:
        return found(engine, sa.select(visit.id).where(*terms))

    assert by(visit.assessment == again) == [1]
    assert by(visit.assessment.in_([again, scars])) == [1, 2]
    assert by(visit.assessment != again) == [2]
    assert by(visit.needle < mn.NeedleLength(1000)) == [1]
    assert by(visit.needle.between(mn.NeedleLength(1000), mn.NeedleLength.MAX)) == [2]
    assert by(visit.sessions == mn.SessionCount(3, 5)) == [1]
    assert by(sa.func.json_extract(visit.assessment, "$.skin_type") == "III") == [2]
    assert found(engine, sa.select(sa.func.max(visit.needle))) == [mn.NeedleLength(2000)]
    assert found(engine, sa.select(visit.needle).order_by(visit.needle.desc())) == [
        mn.NeedleLength(2000),
        mn.NeedleLength(500),
    ]


def test_only_a_change_is_written(page: dict[str, Any], engine: Any) -> None:
    """An equal value changes nothing; another one does."""
    visit = page["Visit"]
    stored(engine, visit(id=1, assessment=ASSESSMENT, sessions=mn.SessionCount(3, 5)))
    with orm.Session(engine) as session:
        held = session.get(visit, 1)
        _ = (held.assessment, held.sessions)
        held.assessment = mn.from_json(mn.to_json(ASSESSMENT), mn.Assessment)
        held.sessions = mn.SessionCount(3, 5)
        assert not session.is_modified(held)
        held.assessment, held.sessions = ledgers.SCARS, mn.SessionCount(1, 2)
        assert session.is_modified(held)
        session.commit()

    assert found(engine, sa.select(visit.assessment)) == [ledgers.SCARS]
    assert found(engine, sa.select(visit.most)) == [2]


@pytest.mark.parametrize("given", [SECRET, {"site": SECRET}, 5])
@pytest.mark.parametrize("column", ["assessment", "needle"])
def test_other_types_are_refused_and_not_repeated(
    page: dict[str, Any], engine: Any, column: str, given: object
) -> None:
    """Text is no value, even the right text; the error does not have it."""
    with pytest.raises(sa.exc.StatementError) as caught:
        stored(engine, page["Visit"](id=1, **{column: given}))

    assert "give a value of type" in str(caught.value)
    assert SECRET not in said(caught.value)


def test_without_hiding_parameters_errors_repeat(page: dict[str, Any]) -> None:
    """Which is why the page says to hide them."""
    engine = sa.create_engine("sqlite://")
    page["Base"].metadata.create_all(engine)
    with pytest.raises(sa.exc.StatementError) as caught:
        stored(engine, page["Visit"](id=1, assessment=SECRET))

    assert SECRET in said(caught.value)
    engine.dispose()


def test_hidden_parameters_are_not_logged(
    page: dict[str, Any], engine: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor is what is stored, where statements are logged."""
    with caplog.at_level(logging.INFO, logger="sqlalchemy.engine"):
        engine.echo = True
        stored(engine, page["Visit"](id=1, assessment=ASSESSMENT))

    assert "INSERT" in caplog.text
    assert "striae" not in caplog.text


def test_what_was_spoilt_in_the_database_is_refused(page: dict[str, Any], engine: Any) -> None:
    """By the code and the path, as every document, and a composite by its constructor."""
    visit = page["Visit"]
    spoilt = mn.to_json(ASSESSMENT).decode().replace("cheek", SECRET)
    stored(engine, visit(id=1, assessment=ASSESSMENT, sessions=mn.SessionCount(3, 5)))
    with engine.begin() as connection:
        connection.execute(sa.text("update visits set assessment = :a, most = 2"), {"a": spoilt})

    for column, told, kind in (
        (visit.assessment, "unknown_code", mn.StoredDocumentError),
        (visit.sessions, "wrong_order", mn.InputError),
    ):
        with pytest.raises(kind) as caught:
            found(engine, sa.select(column))
        assert type(caught.value) is kind
        assert caught.value.code == told
        assert SECRET not in said(caught.value)


def test_statements_are_cached_by_what_they_read(
    page: dict[str, Any], engine: Any, knowledge: mn.Knowledge
) -> None:
    """Columns of one text but of different kinds or editions are told apart."""
    document = page["Document"]
    kinds = [
        document(mn.Assessment),
        document(mn.Recommendation),
        document(mn.Progress),
        document(mn.Progress, editions=(knowledge,)),
    ]
    text = sa.table("visits", sa.column("assessment", sa.Text)).c.assessment
    stored(engine, page["Visit"](id=1, assessment=ASSESSMENT))

    assert len({kind._static_cache_key for kind in kinds}) == 4  # noqa: SLF001 - what is promised
    assert found(engine, sa.select(text)) == [mn.to_json(ASSESSMENT).decode()]
    assert found(engine, sa.select(sa.type_coerce(text, kinds[0]))) == [ASSESSMENT]
    for kind in kinds[1:]:
        with pytest.raises(mn.StoredDocumentError):
            found(engine, sa.select(sa.type_coerce(text, kind)))


def test_a_ledger_with_its_editions(page: dict[str, Any]) -> None:
    """Those that do not ship stand with the column."""
    own = own_edition()
    kind = page["Document"](mn.Progress, editions=(own,))
    ledger = ledgers.recorded(ledgers.begun(knowledge=own), ledgers.done(0))
    text = kind.process_bind_param(ledger, None)

    assert kind.process_result_value(text, None) == ledger
    with pytest.raises(mn.StoredDocumentError, match="edition_missing"):
        page["Document"](mn.Progress).process_result_value(text, None)


def test_a_composite_of_keywords() -> None:
    """A value that takes keywords only is made by a function, and taken apart in their order."""

    class Base(orm.DeclarativeBase):  # type: ignore[misc, name-defined]
        """Of this test alone."""

    def days(low: int, preferred: int, high: int) -> mn.Interval:
        return mn.Interval(minimum_days=low, preferred_days=preferred, maximum_days=high)

    class Plan(Base):
        """Of three columns."""

        __tablename__ = "plans"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        interval = orm.composite(
            days,
            orm.mapped_column("low", sa.Integer),
            orm.mapped_column("preferred", sa.Integer),
            orm.mapped_column("high", sa.Integer),
        )

    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    value = days(14, 28, 42)
    stored(engine, Plan(id=1, interval=value))

    assert found(engine, sa.select(Plan.interval).where(Plan.interval == value)) == [value]
    engine.dispose()
