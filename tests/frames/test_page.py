"""The page on other libraries: all that it shows is run."""

import doctest
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "clusters.md"


@pytest.mark.cluster
@pytest.mark.filterwarnings("ignore::FutureWarning:pyspark")
def test_the_page(spark: Any) -> None:
    """DuckDB, ibis, pandas, Dask and PySpark give what the page says, in one go."""
    for library in ("duckdb", "ibis", "pandas", "dask"):
        pytest.importorskip(library, reason=f"{library} is not installed")
    assert spark, "its session is the one that the page gets"
    told: list[str] = []
    examples = doctest.DocTestParser().get_doctest(
        PAGE.read_text(encoding="utf-8"), {}, PAGE.name, str(PAGE), 0
    )
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(examples, out=told.append)

    assert not told, "".join(told)
    assert len(examples.examples) >= 15
