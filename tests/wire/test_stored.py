"""Documents that were kept: what is wrong with them is no caller's mistake."""

import json
from typing import Any

import pytest

import microneedling as mn
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
