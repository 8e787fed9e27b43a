"""
The schemas as files: ``python -m microneedling.wire.schema_files``, and ``--check``.

They ship in the wheel, one file a kind of document, for programs in other languages.
"""

import json
import os
import sys

from microneedling.wire.document_kinds import SCHEMA
from microneedling.wire.schema import documents, json_schema

__all__ = ["FOLDER", "text", "written"]

FOLDER = os.path.join(os.path.dirname(__file__), "schemas", str(SCHEMA))


def text(name: str) -> str:
    """Give the schema of a kind of document as it is shipped and printed."""
    return json.dumps(json_schema(documents()[name]), indent=1, ensure_ascii=True) + "\n"


def written(name: str) -> str | None:
    """Give the content of the file that ships, or None where there is none."""
    try:
        with open(os.path.join(FOLDER, f"{name}.json"), encoding="ascii", newline="") as file:
            return file.read()
    except OSError:
        return None


def main(arguments: list[str]) -> int:
    """Write every schema, or tell which file is not what the classes say."""
    found = [name for name in documents() if written(name) != text(name)]
    kept = {f"{name}.json" for name in documents()}
    stale = sorted({*os.listdir(FOLDER)} - kept) if os.path.isdir(FOLDER) else []
    if arguments == ["--check"]:
        for name in (*found, *stale):
            print(
                f"{name}: not what the classes say; run python -m microneedling.wire.schema_files"
            )
        return int(bool(found or stale))
    os.makedirs(FOLDER, exist_ok=True)
    for name in found:
        with open(os.path.join(FOLDER, f"{name}.json"), "w", encoding="ascii", newline="") as file:
            file.write(text(name))
    for name in stale:
        os.remove(os.path.join(FOLDER, name))
    print(f"{len(documents())} schemas, {len(found)} written, {len(stale)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
