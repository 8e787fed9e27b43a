"""Documents in and out: strict JSON read, canonical JSON written."""

from microneedling.wire.form import SCHEMA
from microneedling.wire.reading import (
    assessment_from_json,
    progress_from_json,
    schedule_from_json,
)
from microneedling.wire.writing import to_json

__all__ = ["SCHEMA", "assessment_from_json", "progress_from_json", "schedule_from_json", "to_json"]
