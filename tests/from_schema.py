"""Documents drawn from a JSON Schema: whatever it accepts, within the keywords that ours use."""

from collections.abc import Callable
from typing import Any, TypeAlias

from hypothesis import strategies as st

__all__ = ["drawn_from"]

Json: TypeAlias = Any


def drawn_from(schema: Json) -> st.SearchStrategy[Json]:
    """Draw what a schema accepts; lists are short."""
    return _Drawn(schema.get("$defs", {})).of(schema)


class _Drawn:
    """
    One schema's parts, each made once.

    Args:
        parts: Its definitions.
    """

    def __init__(self, parts: dict[str, Json]) -> None:
        self._parts = parts
        self._made: dict[str, st.SearchStrategy[Json]] = {}

    def of(self, schema: Json) -> st.SearchStrategy[Json]:
        if "$ref" in schema:
            return self._named(schema["$ref"].removeprefix("#/$defs/"))
        if "const" in schema:
            # To a schema 1.0 is 1.
            like = [float(schema["const"])] if type(schema["const"]) is int else []
            return st.sampled_from([schema["const"], schema["const"], *like])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        several = schema.get("oneOf") or schema.get("anyOf")
        if several:
            return st.one_of([self.of(one) for one in several])
        kinds = schema["type"]
        if isinstance(kinds, list):
            return st.one_of([self.of({**schema, "type": kind}) for kind in kinds])
        make: dict[str, Callable[[Json], st.SearchStrategy[Json]]] = {
            "array": self._array,
            "boolean": lambda _: st.booleans(),
            "integer": _integer,
            "null": lambda _: st.none(),
            "object": self._object,
            "string": _string,
        }
        return make[kinds](schema)

    def _named(self, name: str) -> st.SearchStrategy[Json]:
        if name not in self._made:
            self._made[name] = st.deferred(lambda: self.of(self._parts[name]))
        return self._made[name]

    def _array(self, schema: Json) -> st.SearchStrategy[Json]:
        if "prefixItems" in schema:
            return st.tuples(*[self.of(one) for one in schema["prefixItems"]]).map(list)
        least = schema.get("minItems", 0)
        return st.lists(self.of(schema["items"]), min_size=least, max_size=max(least, 2))

    def _object(self, schema: Json) -> st.SearchStrategy[Json]:
        if "properties" not in schema:
            return st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
        assert schema["additionalProperties"] is False
        needed = set(schema["required"])
        fields = {name: self.of(part) for name, part in schema["properties"].items()}
        return st.fixed_dictionaries(
            {name: part for name, part in fields.items() if name in needed},
            optional={name: part for name, part in fields.items() if name not in needed},
        )


def _integer(schema: Json) -> st.SearchStrategy[Json]:
    whole = st.integers(schema["minimum"], schema["maximum"])
    return st.one_of(whole, whole, whole, whole.map(float))


def _string(schema: Json) -> st.SearchStrategy[Json]:
    least, most = schema.get("minLength", 0), schema.get("maxLength", 20)
    if "pattern" in schema and least == 0:
        return st.from_regex(schema["pattern"])
    text = st.text(min_size=least, max_size=min(most, 20))
    return text if least == 0 else text.filter(lambda held: bool(held.strip()))
