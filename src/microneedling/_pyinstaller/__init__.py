"""What PyInstaller is told of the package, so that a frozen program needs nothing told to it."""

from os.path import dirname, join

from microneedling._foundation.public_names import PACKAGE

__all__ = ["CATALOGUES", "EDITIONS", "hook_dirs"]

# The files that are read, and where they lie in a frozen program.
EDITIONS: tuple[str, str] = (
    join(dirname(dirname(__file__)), "knowledge", "editions", "*.json"),
    f"{PACKAGE}/knowledge/editions",
)
CATALOGUES: tuple[str, str] = (
    join(dirname(dirname(__file__)), "display", "catalogues", "*.mo"),
    f"{PACKAGE}/display/catalogues",
)


def hook_dirs() -> list[str]:
    """Give the folder with the hooks: PyInstaller asks for it by an entry point."""
    return [dirname(__file__)]
