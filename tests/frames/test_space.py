"""A part of the whole space; all of it is gone through by ``python -m tests.frames.space``."""

import pytest
from hypothesis import settings

import microneedling as mn
from tests import space
from tests.conftest import LAWS
from tests.frames.space import EVERYWHERE, PARTS, compared, engines


# Days take as long as all the rest, and are gone through by the command.
@pytest.mark.parametrize(
    "part", [pytest.param(p, marks=pytest.mark.heavy) if p == "days" else p for p in PARTS]
)
@pytest.mark.parametrize(
    "indication",
    [
        mn.Indication.ACNE_SCAR_ROLLING,
        mn.Indication.STRIAE_RED,
        *(
            pytest.param(indication, marks=pytest.mark.heavy)
            for indication in (
                mn.Indication.LAXITY,
                mn.Indication.KELOID_SCAR,
                mn.Indication.VITILIGO,
            )
        ),
    ],
)
def test_tables_and_function_agree(part: str, indication: mn.Indication) -> None:
    """Whatever is treated where, a table says what the one function says."""
    # What a finding does that is over depends on the setting alone.
    every = 39 if part == "what goes on" or settings().max_examples < LAWS else 13
    whole = part != EVERYWHERE and indication in space.INDICATIONS
    counts = compared(part, indication, every=every if whole else 1)

    assert {f"rows on {name}" for name in engines()} < counts.keys()
    assert counts["rows on polars"] >= 12 * 20
