"""What a course is kept in: a ledger by itself, or a treatment; read and made longer."""

from typing import TYPE_CHECKING, TypeAlias

from microneedling.cli import documents

if TYPE_CHECKING:
    from microneedling.treating.ledger import Progress
    from microneedling.treating.treatment import Treatment
    from microneedling.values.vocabulary import Site

__all__ = ["Kept", "area", "ledger_of", "opened"]

Kept: TypeAlias = "Progress | Treatment"


def opened(found: documents.Given) -> Kept:
    """
    Read the course that a file holds.

    Raises:
        InputError: If it holds none.
    """
    from microneedling.treating.ledger import Progress
    from microneedling.treating.treatment import Treatment

    # A key that no ledger has. What is none of the two is told what a ledger lacks.
    kind = Treatment if b'"ledgers"' in found.data else Progress
    kept: Kept = documents.value(found, kind)
    return kept


def area(code: str | None) -> "Site | None":
    """Read the area that an option names."""
    from microneedling._foundation.checks import refuse
    from microneedling.values.vocabulary import Site

    if code is None:
        return None
    site = Site._value2member_map_.get(code)
    if not isinstance(site, Site):
        refuse("unknown_code", "--area", "give a site, as `microneedling codes sites` lists it")
    return site


def ledger_of(kept: Kept, site: "Site | None") -> "Progress":
    """Give the ledger of an area; a ledger by itself has one."""
    from microneedling.treating.ledger import Progress

    if isinstance(kept, Progress):
        return kept
    return kept.leading(kept.sites[0] if site is None else site)
