"""What a course is kept in: the kinds of documents that have a ledger, read and made longer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from microneedling.cli import documents

if TYPE_CHECKING:
    from microneedling.treating.ledger import Progress

__all__ = ["Kept", "opened"]


class Holder(NamedTuple):
    """
    A kind of document in which a course is kept.

    Args:
        mark: A key that the other kinds do not have, in its quotes.
        kind: The class of its value.
        ledger: Gives the ledger of a value.
        changed: Gives the value with another ledger.
    """

    mark: bytes
    kind: Any
    ledger: "Callable[[Any], Progress]"
    changed: "Callable[[Any, Progress], Any]"


class Kept(NamedTuple):
    """
    A course as it was found in a file.

    Args:
        ledger: Its ledger.
        changed: Gives what the file is to hold with another ledger.
    """

    ledger: "Progress"
    changed: "Callable[[Progress], Any]"


def opened(found: documents.Given) -> Kept:
    """
    Read the course that a file holds.

    Raises:
        InputError: If it holds none.
    """
    holders = _holders()
    # What is none of them is told what the first lacks.
    holder = next((one for one in holders if one.mark in found.data), holders[0])
    value = documents.value(found, holder.kind)
    return Kept(holder.ledger(value), lambda ledger: holder.changed(value, ledger))


def _holders() -> tuple[Holder, ...]:
    from microneedling.treating.ledger import Progress

    return (Holder(b'"entries"', Progress, lambda ledger: ledger, lambda _, ledger: ledger),)
