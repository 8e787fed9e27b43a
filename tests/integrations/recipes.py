"""The recipes are those of the page: each section is run as it stands there."""

import doctest
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "frameworks.md"


def recipe(title: str) -> dict[str, Any]:
    """Run the examples under a heading, demand what they show, and give the names they make."""
    page = PAGE.read_text(encoding="utf-8")
    before, found, after = page.partition(f"\n## {title}\n")
    assert found, title
    section = after.partition("\n## ")[0]
    names: dict[str, Any] = {"__name__": "__main__"}
    examples = doctest.DocTestParser().get_doctest(
        section, names, title, PAGE.name, before.count("\n") + 1
    )
    told: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(examples, out=told.append, clear_globs=False)
    assert not told, "".join(told)
    assert examples.examples, title
    return examples.globs
