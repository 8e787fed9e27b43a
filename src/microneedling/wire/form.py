"""What documents that are read and those that are written share."""

import re

__all__ = ["KEYS", "KIND", "SCHEMA", "kind_of"]

SCHEMA = 1
# Keys of documents that are not named as the field is.
KEYS = {"everything_asked": "complete"}
# In a document an event says what it is under this key.
KIND = "kind"


def kind_of(event: type) -> str:
    """Name a kind of event as documents do."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", event.__name__).lower()
