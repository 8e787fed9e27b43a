"""
The catalogues of translations: collected, updated, compiled and checked.

``python -m tests.house.catalogues`` brings every ``.po`` up to date and compiles it; with
``--check`` it only tells what is wrong. ``--missing LANGUAGE`` prints what has no translation, as
JSON, and ``--apply LANGUAGE FILE`` puts such a file, with the translations, into the catalogue.
Needs Babel, of the group ``lint``; users read what it compiles by the standard library alone.
"""

import argparse
import json
import re
import sys
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from microneedling.display.languages import languages
from tests.house.needed_texts import HOME, of_values

CATALOGUES = HOME / "catalogues"
# The key is the context; of what is counted both forms are taken.
_KEYWORDS = {"say": ((1, "c"), 2), "counted": ((1, "c"), 2, 3), "ours": ((1, "c"), 2)}
_EPOCH = datetime(2026, 11, 22, tzinfo=UTC)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PLACE = re.compile(r"\{\w*\}")
Key = tuple[str, str | tuple[str, str]]


class _Told(Catalog):
    """A catalogue that says whether a clinician has read it."""

    clinician = "no"
    # Enough for both: what Spanish has besides is for whole millions.
    num_plurals, plural_expr = 2, "(n != 1)"

    def _headers(self) -> list[tuple[str, str]]:
        # Of no use, or another on every machine.
        left = ("Date", "Report", "Translator", "Team", "Generated")
        held = [
            (name, told)
            for name, told in Catalog._get_mime_headers(self)  # noqa: SLF001 - as it is read back
            if not any(word in name for word in left)
        ]
        return [*held, ("Clinician-Read", self.clinician)]

    mime_headers = property(_headers, Catalog._set_mime_headers)  # noqa: SLF001 - likewise


def _of_code() -> set[Key]:
    """Collect what the modules of the display say by themselves."""
    found: set[Key] = set()
    for path in sorted([*HOME.glob("*.py"), *HOME.glob("handouts/*.py")]):
        with path.open("rb") as file:
            for _, said, _, context in extract("python", file, keywords=_KEYWORDS):
                if context is None or path.name == "languages.py":
                    continue
                found.add((context, said if isinstance(said, str) else (said[0], said[1])))
    return found


def needed() -> list[Key]:
    """Give the key and the English of every text, in order."""
    return sorted({*_of_code(), *of_values()}, key=lambda key: (key[0], str(key[1])))


def _read(language: str) -> _Told:
    path = CATALOGUES / f"{language}.po"
    told = path.read_text("utf-8") if path.exists() else ""
    held = read_po(BytesIO(told.encode()), locale=language)
    fresh = _Told(
        locale=language,
        project="microneedling",
        version="0",
        header_comment="# Translations of briefs, questions and patients' sentences.",
        creation_date=_EPOCH,
        revision_date=_EPOCH,
        fuzzy=False,
    )
    clinician = re.search(r"Clinician-Read: (\w+)", told)
    fresh.clinician = clinician[1] if clinician else "no"
    for context, english in needed():
        name = english if isinstance(english, str) else english[0]
        known = held.get(name, context)
        same = known is not None and known.id == english and not known.fuzzy
        fresh.add(english, known.string if same and known else None, context=context)
    return fresh


def _files(catalogue: _Told) -> dict[str, bytes]:
    text, compiled = BytesIO(), BytesIO()
    write_po(text, catalogue, width=100, omit_header=False)
    write_mo(compiled, catalogue)
    return {"po": text.getvalue(), "mo": compiled.getvalue()}


def _forms(said: object) -> list[str]:
    return [said] if isinstance(said, str) else [str(form) for form in said or ()]  # type: ignore[attr-defined]  # a tuple


def wrong(message: Message) -> str:
    """Say what is wrong with a translation; nothing where it is right."""
    english, others = _forms(message.id), _forms(message.string)
    if len(others) != len(english) or not all(others):
        return "not translated"
    # Of what is counted the singular may do without its number.
    for one, other in zip(english, others, strict=True):
        for pattern, what in ((_PLACE, "placeholders"), (_NUMBER, "numbers")):
            if Counter(pattern.findall(one)) != Counter(pattern.findall(other)):
                return f"{what} differ"
    return ""


def _problems(catalogue: _Told) -> list[str]:
    return [
        f"{message.context}: {_forms(message.id)[0]}: {told}"
        for message in catalogue
        if message.id and (told := wrong(message))
    ]


def _missing(catalogue: _Told) -> list[dict[str, object]]:
    return [
        {"context": message.context, "english": message.id, "told": message.string}
        for message in catalogue
        if message.id and wrong(message)
    ]


def _apply(catalogue: _Told, path: Path) -> None:
    for entry in json.loads(path.read_text("utf-8")):
        english = entry["english"]
        name = english if isinstance(english, str) else english[0]
        held = catalogue.get(name, entry["context"])
        if held is not None:
            said = entry["told"]
            held.string = said if isinstance(said, str) else tuple(said)


def main() -> int:
    """Update, or check."""
    parser = argparse.ArgumentParser(prog="python -m tests.house.catalogues", description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--missing", metavar="LANGUAGE")
    parser.add_argument("--apply", nargs=2, metavar=("LANGUAGE", "FILE"))
    options = parser.parse_args()
    if options.missing:
        missing = _missing(_read(options.missing))
        print(json.dumps(missing, ensure_ascii=False, indent=1))
        return 0
    failed = False
    for language in languages()[1:]:
        catalogue = _read(language)
        if options.apply and options.apply[0] == language:
            _apply(catalogue, Path(options.apply[1]))
        files, problems = _files(catalogue), _problems(catalogue)
        for kind, told in files.items():
            path = CATALOGUES / f"{language}.{kind}"
            if options.check and (not path.exists() or path.read_bytes() != told):
                print(f"{path.name} is not up to date: python -m tests.house.catalogues")
                failed = True
            elif not options.check:
                path.write_bytes(told)
        every = sum(bool(message.id) for message in catalogue)
        done = every - len(problems)
        share = f"{100 * done // every} %"
        print(f"{language}: {done} of {every} told, {share}", *problems[:5], sep="\n  ")
        failed = failed or bool(options.check and problems)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
