"""cattrs: a converter that was taught reads documents, strictly, wherever they stand."""

import subprocess
import sys
from typing import Any

import attrs
import cattrs
import pytest

import microneedling as mn
from tests.integrations.cases import ASSESSMENT, SECRET, answer, said, wrong
from tests.integrations.recipes import recipe

# What a plain converter takes: a finding misspelt, text for a flag, and a length with a fraction.
LOST = (
    (mn.Screening, {"everything_asked": True, "presnt": [{"finding": "pregnancy"}]}),
    (mn.Screening, {"everything_asked": "false"}),
    (mn.NeedleLength, {"um": 1500.9}),
)


@attrs.frozen
class Visit:
    """A clinic's own class."""

    number: int
    assessments: list[mn.Assessment]
    answer: mn.Answer | None = None
    event: mn.Event | None = None


STOPPED = mn.CourseStopped(on=ASSESSMENT.on)
VISIT = Visit(1, [ASSESSMENT], answer(mn.Verdict.OFFER), STOPPED)


@pytest.fixture(params=[cattrs.Converter, cattrs.BaseConverter, lambda: cattrs.global_converter])
def converter(request: pytest.FixtureRequest) -> Any:
    made = request.param()
    if made is not cattrs.global_converter:
        mn.teach_cattrs(made)
    return made


def test_the_page() -> None:
    assert recipe("cattrs")


def test_round_trip(converter: Any) -> None:
    """Values stand as documents in classes of others, in lists, in unions and for themselves."""
    plain = converter.unstructure(VISIT)

    assert plain["assessments"] == [mn.to_dict(ASSESSMENT)]
    assert plain["answer"] == mn.to_dict(VISIT.answer)
    assert converter.structure(plain, Visit) == VISIT
    assert converter.structure(mn.to_dict(ASSESSMENT), mn.Assessment) == ASSESSMENT


@pytest.mark.parametrize(("kind", "given"), LOST)
def test_nothing_is_lost(converter: Any, kind: type, given: dict[str, Any]) -> None:
    """Law: a taught converter takes nothing that `from_dict` refuses."""
    for document in (given, {"schema": 1, **given}):
        with pytest.raises(mn.InputError):
            converter.structure(document, kind)


def test_refusals_are_ours_and_repeat_nothing(converter: Any) -> None:
    with pytest.raises(mn.InputError) as caught:
        converter.structure(wrong(), mn.Assessment)
    assert {problem.code for problem in caught.value.problems} == {"unknown_code", "unknown_key"}
    assert SECRET not in said(caught.value)


@pytest.mark.parametrize(
    "before",
    [
        "import cattrs, microneedling as mn",
        "import microneedling as mn, cattrs",
        "import microneedling as mn; mn.to_json(mn.NeedleLength(500)); import cattrs",
    ],
)
def test_the_global_one_is_taught_by_itself(before: str) -> None:
    """Whichever of the two is imported first."""
    code = f"{before}\ntry: print(cattrs.structure({LOST[0][1]!r}, mn.Screening))\n"
    code += "except mn.InputError as error: print(error.code)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout == "unknown_schema\n"
