"""
Documents in and out: strict JSON read, canonical JSON written, JSON Schema.

The only wing that knows cattrs. It imports everything that has documents: the course in time, the
decision, the knowledge, values.
"""

from microneedling.wire.document_kinds import SCHEMA
from microneedling.wire.reading import from_dict, from_json
from microneedling.wire.schema import json_schema
from microneedling.wire.writing import to_dict, to_json

__all__ = ["SCHEMA", "from_dict", "from_json", "json_schema", "to_dict", "to_json"]
