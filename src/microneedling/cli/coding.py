"""The command ``codes``: the codes that documents and commands take, with an edition's labels."""

import argparse
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from microneedling._foundation.checks import refuse
from microneedling._foundation.public_names import load
from microneedling.cli import documents, showing
from microneedling.cli.command_lines import (
    Commands,
    edition_option,
    examples,
    meant,
    pager_option,
)

if TYPE_CHECKING:
    from microneedling.knowledge.knowledge import Knowledge

__all__ = ["KINDS", "add_to"]

# The public enumeration of each kind, and the name under which an edition has a row a code.
KINDS: Mapping[str, tuple[str, str]] = {
    "findings": ("Finding", "finding"),
    "indications": ("Indication", "indication"),
    "sites": ("Site", "site"),
    "settings": ("Setting", "setting"),
    "severities": ("Severity", ""),
    "skin_types": ("SkinType", ""),
    "sexes": ("Sex", ""),
    "device_kinds": ("DeviceKind", ""),
    "anaesthesia": ("Anaesthesia", ""),
    "roles": ("Role", ""),
    "side_effects": ("SideEffectCode", ""),
    "end_points": ("EndPoint", ""),
    "safeguards": ("Safeguard", ""),
}


def add_to(commands: Commands) -> None:
    """Add the command to a command line."""
    codes = commands.add_parser(
        "codes",
        parents=[edition_option(), pager_option()],
        help="the codes of findings, indications, sites and others, with their labels",
        description="List the codes that documents and commands take; the labels are the "
        "edition's.",
        epilog=f"kinds: {', '.join(KINDS)}".replace(", device", ",\n  device")
        + "\n\n"
        + examples("codes", "codes findings", "codes sites --json"),
    )
    codes.add_argument("kind", metavar="KIND", nargs="?", help="one of the kinds below; else all")
    codes.add_argument("--json", action="store_true", help="the same as JSON")
    codes.set_defaults(run=_codes)


def _codes(options: argparse.Namespace) -> int:
    kinds = [*KINDS]
    if options.kind is not None:
        asked = options.kind.replace("-", "_")
        if asked not in KINDS:
            refuse("unknown_code", "KIND", f"give one of {', '.join(KINDS)}{meant(asked, KINDS)}")
        kinds = [asked]
    knowledge = documents.edition(options)
    listed = {kind: _labels(kind, knowledge) for kind in kinds}
    if options.json:
        held = {
            kind: [{"code": code, "label": label} for code, label in labels.items()]
            for kind, labels in listed.items()
        }
        showing.plain(edition=knowledge.id, digest=knowledge.digest, **held)
    else:
        alone = options.kind is not None
        showing.text(
            lambda: "\n\n".join(_told(*one, alone=alone) for one in listed.items()), options
        )
    return 0


def _labels(kind: str, knowledge: "Knowledge") -> Mapping[str, str | None]:
    name, row = KINDS[kind]
    codes = load(name)
    if not isinstance(codes, type) or not issubclass(codes, Enum):
        raise TypeError(name)
    if not row:
        return {code.value: None for code in codes}
    return {code.value: getattr(knowledge, row)(code).label for code in codes}


def _told(kind: str, labels: Mapping[str, str | None], *, alone: bool) -> str:
    width = max(map(len, labels))
    lines = [f"{code:{width}}  {label or ''}".rstrip() for code, label in labels.items()]
    return "\n".join(lines if alone else [kind, *[f"  {line}" for line in lines]])
