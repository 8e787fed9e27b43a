"""What is not installed is left out, and is said once: here."""

import pytest

from tests.frames import kinds

LIBRARIES = sorted({package for kind in kinds.MORE for package in kind.needs})


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library(library: str) -> None:
    """Tables of a library that is not here are not tried: it is in the group `dataframes`."""
    top = library.partition(".")[0]
    assert pytest.importorskip(top, reason=f"{top} is not installed")
