"""
The notebook of the docs, run as a notebook is: ``python -m tests.display.notebook`` writes it anew.

What a cell gives is shown as JupyterLab chooses: HTML before a picture before text.
"""

import ast
import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

PLACE = Path(__file__).parents[2] / "docs" / "examples" / "notebook.ipynb"
_WAYS = {"text/html": "_repr_html_", "image/svg+xml": "_repr_svg_"}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _shown(value: object) -> dict[str, list[str]]:
    for kind, way in _WAYS.items():
        if hasattr(value, way):
            return {kind: _lines(getattr(value, way)())}
    return {"text/plain": _lines(repr(value))}


def _outputs(source: str, names: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """Run a cell; what it prints, and what its last line gives."""
    body = ast.parse(source).body
    last = ast.Expression(body.pop().value) if isinstance(body[-1], ast.Expr) else None  # type: ignore[attr-defined]  # an expression has one
    printed, value = StringIO(), None
    with redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "<cell>", "exec"), names)  # noqa: S102 - our own page
        if last is not None:
            value = eval(compile(last, "<cell>", "eval"), names)  # noqa: S307 - likewise
    found: list[dict[str, Any]] = []
    if printed.getvalue():
        told = _lines(printed.getvalue())
        found.append({"output_type": "stream", "name": "stdout", "text": told})
    if value is not None:
        data = {"data": _shown(value), "metadata": {}, "execution_count": count}
        found.append({"output_type": "execute_result", **data})
    return found


def run() -> str:
    """Run the cells one after the other, and give the notebook with what they show."""
    notebook = json.loads(PLACE.read_text("utf-8"))
    names: dict[str, Any] = {}
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for count, cell in enumerate(cells, 1):
        cell["execution_count"] = count
        cell["outputs"] = _outputs("".join(cell["source"]), names, count)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PLACE.write_text(run(), "utf-8")
