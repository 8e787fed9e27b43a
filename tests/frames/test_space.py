"""A part of the whole space; all of it is gone through by ``python -m tests.frames.space``."""

import pytest
from hypothesis import settings

import microneedling as mn
from tests.conftest import LAWS
from tests.frames.space import PARTS, compared, engines


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("indication", [mn.Indication.ACNE_SCAR_ROLLING, mn.Indication.LAXITY])
def test_tables_and_function_agree(part: str, indication: mn.Indication) -> None:
    """Whatever is treated where, a table says what the one function says."""
    # What a finding does that is over depends on the setting alone.
    every = 39 if part == "what goes on" or settings().max_examples < LAWS else 13
    counts = compared(part, indication, every=every)

    assert {f"rows on {name}" for name in engines()} < counts.keys()
    assert counts["rows on polars"] >= 12 * 20
