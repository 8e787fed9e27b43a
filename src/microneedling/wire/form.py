"""What documents that are read and those that are written share."""

import re

__all__ = ["KEYS", "KIND", "MOST_BYTES", "MOST_LEDGER_BYTES", "SCHEMA", "kind_of"]

SCHEMA = 1
MOST_BYTES = 1_000_000
# Enough for the most entries there can be, each with the longest text in it.
MOST_LEDGER_BYTES = 32_000_000
# Keys of documents that are not named as the field is.
KEYS = {"everything_asked": "complete"}
# In a document an event says what it is under this key.
KIND = "kind"


def kind_of(event: type) -> str:
    """Name a kind of event as documents do."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", event.__name__).lower()
