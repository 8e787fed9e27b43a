"""Django: documents in a JSON field; on SQLite."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

import microneedling as mn
from tests import ledgers
from tests.integrations.cases import ASSESSMENT, SECRET, said, wrong
from tests.integrations.recipes import recipe

pytest.importorskip("django", reason="Django is not installed")


@pytest.fixture(scope="module")
def page() -> Iterator[dict[str, Any]]:
    names = recipe("Django")
    yield names
    # Django leaves a database in memory open to the end of the process.
    names["connection"].connection.close()


@pytest.fixture
def visit(page: dict[str, Any]) -> Any:
    page["Visit"].objects.all().delete()
    return page["Visit"]


def refused(page: dict[str, Any], make: Any) -> Any:
    with pytest.raises(page["ValidationError"]) as caught:
        make()
    return caught.value


def test_round_trip(visit: Any) -> None:
    """A value is stored as its document and comes back as itself."""
    made = visit.objects.create(assessment=ASSESSMENT)
    held = visit.objects.get(pk=made.pk)

    assert held.assessment == ASSESSMENT
    held.full_clean()
    held.save()
    made.refresh_from_db()
    assert made.assessment == ASSESSMENT


def test_a_document_is_stored(page: dict[str, Any], visit: Any) -> None:
    """The JSON in the table is the document, and a document may be given."""
    visit.objects.create(assessment=mn.to_dict(ASSESSMENT))
    with page["connection"].cursor() as cursor:
        (text,) = cursor.execute("select assessment from clinic_visit").fetchone()

    assert json.loads(text) == mn.to_dict(ASSESSMENT)
    assert visit.objects.get().assessment == ASSESSMENT


def test_null(visit: Any) -> None:
    """None is null."""
    visit.objects.create(assessment=None)
    visit.objects.create(assessment=ASSESSMENT)

    assert visit.objects.get(assessment__isnull=True).assessment is None
    assert visit.objects.filter(assessment__isnull=False).count() == 1


def test_lookups(visit: Any) -> None:
    """By the whole value, by keys, by keys of keys; what is picked out is plain."""
    visit.objects.create(assessment=ASSESSMENT)
    visit.objects.create(assessment=ledgers.SCARS)
    again = mn.from_json(mn.to_json(ASSESSMENT), mn.Assessment)

    assert visit.objects.get(assessment=again).assessment == ASSESSMENT
    assert visit.objects.filter(assessment__site="cheek").count() == 2
    assert visit.objects.get(assessment__skin_type="III").assessment == ledgers.SCARS
    assert visit.objects.get(assessment__device__label_maximum="1.5 mm").assessment == ASSESSMENT
    assert visit.objects.get(assessment__concerns__0__indication="fine_lines")
    picked = visit.objects.order_by("pk").values_list("assessment__screening__complete", flat=True)
    assert list(picked) == [False, True]


@pytest.mark.parametrize("way", ["create", "save", "update", "bulk_create", "bulk_update"])
def test_bad_input_is_not_written_and_not_repeated(
    page: dict[str, Any], visit: Any, way: str
) -> None:
    """Whichever way it goes, with our codes and paths."""
    held = visit.objects.create(assessment=ASSESSMENT)
    ways = {
        "create": lambda: visit.objects.create(assessment=wrong()),
        "save": lambda: visit(assessment=wrong()).save(),
        "update": lambda: visit.objects.update(assessment=wrong()),
        "bulk_create": lambda: visit.objects.bulk_create([visit(assessment=wrong())]),
        "bulk_update": lambda: visit.objects.bulk_update(
            [visit(pk=held.pk, assessment=wrong())], ["assessment"]
        ),
    }
    error = refused(page, ways[way])

    assert {one.code for one in error.error_list} == {"unknown_code", "unknown_key"}
    assert any("$.concerns[1].severity" in message for message in error.messages)
    assert SECRET not in said(error)
    assert [one.assessment for one in visit.objects.all()] == [ASSESSMENT]


@pytest.mark.parametrize("given", [SECRET, 5, True, [SECRET], mn.NeedleLength(500)])
def test_what_is_no_document_is_refused(page: dict[str, Any], visit: Any, given: object) -> None:
    """Text is not read as a document, and another value is not the right one."""
    error = refused(page, lambda: visit.objects.create(assessment=given))

    assert SECRET not in said(error)
    assert not visit.objects.exists()


def test_cleaning(page: dict[str, Any], visit: Any) -> None:
    """`full_clean` makes a value of a document, and names the field of a bad one."""
    held = visit(assessment=mn.to_dict(ASSESSMENT))
    held.full_clean()
    assert held.assessment == ASSESSMENT

    error = refused(page, visit(assessment=wrong()).full_clean)
    assert set(error.message_dict) == {"assessment"}
    assert SECRET not in said(error)


def test_forms(visit: Any) -> None:
    """A form shows a value as its document, reads it and tells what is wrong."""
    from django.forms import modelform_factory

    form = modelform_factory(visit, fields=["assessment"])
    text = mn.to_json(ASSESSMENT).decode()
    assert '"site": "cheek"' in form(instance=visit(assessment=ASSESSMENT)).as_p().replace(
        "&quot;", '"'
    )
    filled = form({"assessment": text}, instance=visit(assessment=ASSESSMENT))
    assert filled.is_valid()
    assert not filled.has_changed()
    assert filled.save().assessment == ASSESSMENT

    for given in (json.dumps(wrong()), SECRET):
        bad = form({"assessment": given})
        assert not bad.is_valid()
        assert SECRET not in bad.errors.as_json()


def test_dumps_and_loads(visit: Any) -> None:
    """Fixtures hold documents, which the field reads."""
    from django.core import serializers

    visit.objects.create(assessment=ASSESSMENT)
    visit.objects.create(assessment=None)
    data = json.loads(serializers.serialize("json", visit.objects.order_by("pk")))
    dumped = [row["fields"]["assessment"] for row in data]

    assert dumped == [mn.to_dict(ASSESSMENT), None]
    field = visit._meta.get_field("assessment")  # noqa: SLF001 - Django's public way
    assert [field.to_python(one) for one in dumped] == [ASSESSMENT, None]


def test_migrations_name_no_class_of_ours(page: dict[str, Any]) -> None:
    """Only the field, so that our rooms may move."""
    _, path, given, options = page["AssessmentField"](null=True).deconstruct()

    assert path.endswith("AssessmentField")
    assert not given
    assert set(options) == {"null", "encoder"}
