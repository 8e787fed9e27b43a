"""What all tests share."""

from importlib.util import find_spec

import pytest
from hypothesis import Phase, settings

import microneedling as mn

# Doctests import every module; without the benchmarks' group this one cannot be.
collect_ignore = [] if find_spec("pydantic") and find_spec("msgspec") else ["benchmarks/peers.py"]

# To explain a failure takes longer than to find it, and the examples that are tested find many.
PHASES = [phase for phase in Phase if phase is not Phase.explain]

settings.register_profile("laws", deadline=None, derandomize=True, max_examples=300, phases=PHASES)
settings.register_profile("thorough", settings.get_profile("laws"), max_examples=5000)
settings.load_profile("laws")


@pytest.fixture(scope="session")
def knowledge() -> mn.Knowledge:
    """The first edition."""
    return mn.load("2026.1")
