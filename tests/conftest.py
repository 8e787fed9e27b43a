"""What all tests share."""

import pytest
from hypothesis import settings

import microneedling as mn

settings.register_profile("laws", deadline=None, derandomize=True, max_examples=300)
settings.load_profile("laws")


@pytest.fixture(scope="session")
def knowledge() -> mn.Knowledge:
    """The first edition."""
    return mn.load("2026.1")
