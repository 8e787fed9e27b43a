"""The package out of an archive, as it is put on some servers."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import microneedling as mn

SOURCE = Path(mn.__file__).parent
CODE = """
import sys
sys.path.insert(0, sys.argv[1])
import microneedling as mn
assert sys.argv[1] in mn.__file__
print(mn.load("2026.1").digest, len(mn.json_schema(mn.Assessment)["properties"]))
"""


def test_imported_from_a_zip(tmp_path: Path) -> None:
    """Law: editions are read where no file of theirs lies on a disk."""
    archive = tmp_path / "library.zip"
    with zipfile.ZipFile(archive, "w") as held:
        for path in SOURCE.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                held.write(path, Path("microneedling") / path.relative_to(SOURCE))
    # What is in the archive is measured where it lies in the tree.
    plain = {name: told for name, told in os.environ.items() if not name.startswith("COVERAGE")}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", CODE, str(archive)],
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    schema = mn.json_schema(mn.Assessment)
    assert run.stdout.split() == [mn.load("2026.1").digest, str(len(schema["properties"]))]
