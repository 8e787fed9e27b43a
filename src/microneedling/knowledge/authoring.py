"""
From the TOML that people write to the canonical form that ships.

``python -m microneedling.knowledge.authoring`` writes the canonical form of every
edition and the record of releases; with ``--check`` it only tells whether what
ships is what the TOML says. A released edition is never edited: once its
digest is recorded, a TOML that gives another one is refused.
"""

import argparse
import json
import tomllib
from datetime import date
from pathlib import Path
from zlib import crc32

from microneedling._foundation.errors import KnowledgeError
from microneedling.knowledge import loading
from microneedling.knowledge.edition_tables import canonical_form
from microneedling.knowledge.knowledge import Knowledge
from microneedling.knowledge.loading import Release
from microneedling.knowledge.reading.rows import Tables

__all__ = ["main", "read_toml", "run"]

_HOME = Path(__file__).parent / "editions"


def _plain(value: object) -> object:
    """Turn what TOML gives into what JSON takes; floats are left to be refused by the row."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def read_toml(folder: Path) -> Tables:
    """
    Read an edition's tables, one file a table.

    Args:
        folder: Holds ``edition.toml`` and one file for each table; each table's
            rows stand under one name.

    Raises:
        KnowledgeError: If a file holds anything but one list of rows.
    """
    tables: dict[str, object] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            content = _plain(tomllib.loads(path.read_text(encoding="utf-8")))
        except ValueError as error:
            raise KnowledgeError(path.stem, "", "", f"is no TOML in UTF-8: {error}") from error
        if path.stem == "edition":
            tables["edition"] = content
        elif isinstance(content, dict) and len(content) == 1:
            tables[path.stem] = next(iter(content.values()))
        else:
            raise KnowledgeError(path.stem, "", "", "write one list of rows under one name")
    return tables


def main(arguments: list[str] | None = None) -> int:
    """Write or check the canonical forms; give 0 when all is well."""
    parser = argparse.ArgumentParser(
        prog="python -m microneedling.knowledge.authoring", description=__doc__
    )
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    parser.add_argument(
        "--unreleased",
        metavar="EDITION",
        help="let this edition's digest change: it is not released yet",
    )
    options = parser.parse_args(arguments)
    releases = dict(loading.releases())
    wrong = 0
    for folder in sorted(path for path in _HOME.iterdir() if path.is_dir()):
        tables = read_toml(folder)
        knowledge: Knowledge = loading.audited(tables)
        shipped = _HOME / f"{folder.name}.json"
        same = shipped.exists() and shipped.read_bytes() == canonical_form(tables)
        release = Release(sha256=knowledge.digest, crc32=crc32(knowledge.canonical))
        released = releases.get(folder.name)
        if knowledge.id != folder.name:
            raise KnowledgeError("edition", knowledge.id, "id", "the folder has another name")
        if same and released == release:
            print(f"{folder.name}: {knowledge.digest}, as shipped")
        elif options.check or (released is not None and options.unreleased != folder.name):
            print(f"{folder.name}: the TOML gives {release['sha256']},", end=" ")
            print(f"recorded is {released['sha256'] if released else 'nothing'},", end=" ")
            print("and the file that ships " + ("agrees with the TOML" if same else "differs"))
            print(f"While it is not released: --unreleased {folder.name}")
            wrong += 1
        else:
            shipped.write_bytes(knowledge.canonical)
            releases[folder.name] = release
            print(f"{folder.name}: {knowledge.digest}, written")
    if not options.check and not wrong:
        text = json.dumps(releases, indent=1, sort_keys=True)
        (_HOME / "releases.json").write_text(f"{text}\n", encoding="ascii")
    return 1 if wrong else 0


def run() -> int:
    """Run as a command: what is no edition is told in a line."""
    try:
        return main()
    except KnowledgeError as wrong:
        print(wrong)
        return 1


if __name__ == "__main__":
    raise SystemExit(run())
