"""The page of recipes: nothing on it is unrun."""

import re
from pathlib import Path

from tests.integrations.recipes import PAGE

HERE = Path(__file__).parent


def test_every_section_is_run() -> None:
    """Each heading of the page is a recipe that one of the tests takes."""
    titles = re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    tests = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))

    assert sorted(titles) == sorted(re.findall(r'\brecipe\("([^"]+)"\)', tests))
