"""
What pydantic asks a value for: to be read from a document, written as one and described.

pydantic is imported only when it asks, and never by us before.
"""

import re
from collections.abc import Iterable
from functools import cache
from types import UnionType
from typing import Any, NoReturn

from microneedling._foundation.errors import InputError
from microneedling._foundation.public_names import PACKAGE, load

__all__ = ["core_schema", "serializer"]

_PLACE = re.compile(r"\[([0-9]+)\]|([^.\[\]$]+)")


def core_schema(kind: type[Any] | UnionType, name: str) -> Any:  # noqa: ANN401 - pydantic's types are not at hand
    """
    Tell pydantic how a kind of value is read and written.

    From Python an instance is taken as it is and a dictionary as a document, in strict mode
    an instance only; from JSON a document is taken, in every mode. The editions that a document
    needs to be read are taken from the validation's context, under ``editions``.
    """
    from pydantic_core import core_schema as pydantic

    from_dict: Any = load("from_dict")
    to_dict: Any = load("to_dict")

    def take(given: Any, info: Any) -> object:  # noqa: ANN401 - pydantic calls it
        if isinstance(given, kind):
            return given
        editions = info.context.get("editions", ()) if isinstance(info.context, dict) else ()
        try:
            return from_dict(given, kind, *editions)
        except InputError as error:
            problems = error.problems
        # Outside the block: what was caught there may carry a document.
        return _refuse(name, problems)

    def keep(given: object) -> object:
        if isinstance(given, kind):
            return given
        return _refuse(name, [("wrong_type", "$", f"give a value of type {name}")])

    lax = pydantic.with_info_plain_validator_function(take)
    strict = pydantic.no_info_plain_validator_function(keep)
    return pydantic.json_or_python_schema(
        json_schema=lax,
        python_schema=pydantic.lax_or_strict_schema(lax_schema=lax, strict_schema=strict),
        serialization=pydantic.plain_serializer_function_ser_schema(to_dict),
        metadata={_DESCRIBED_BY: [lambda _, handler: _json_schema(kind, handler)]},
    )


@cache
def serializer() -> Any:  # noqa: ANN401 - pydantic's types are not at hand
    """Make what pydantic writes any value with of which it knows no type, such as under `Any`."""
    from pydantic_core import SchemaSerializer, core_schema as pydantic

    to_dict: Any = load("to_dict")
    write = pydantic.plain_serializer_function_ser_schema(to_dict)
    return SchemaSerializer(pydantic.any_schema(serialization=write))


def _refuse(name: str, problems: Iterable[tuple[str, str, str]]) -> NoReturn:
    """Raise what pydantic merges into its own error: a line for each problem, without the input."""
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

    lines = [
        InitErrorDetails(
            # Literal they are, codes and messages, only not for a type checker.
            type=PydanticCustomError(code, message, {"path": path}),  # pyright: ignore[reportArgumentType]
            loc=tuple(int(number) if number else key for number, key in _PLACE.findall(path)),
            # pydantic wants an input to show. None, so that it has none of the patient's.
            input=None,
        )
        for code, path, message in problems
    ]
    raise ValidationError.from_exception_data(name, lines)


# Those that pydantic keeps the references of.
_DESCRIBED_BY = "pydantic_js_annotation_functions"
_DEFINED = "#/$defs/"


def _json_schema(kind: type[Any] | UnionType, handler: Any) -> Any:  # noqa: ANN401 - pydantic's types are not at hand
    """Describe the documents of a kind of value, each part once, under its own name."""
    from pydantic_core import core_schema as pydantic

    describe: Any = load("json_schema")
    whole: dict[str, Any] = describe(kind, named=True)
    parts = [_described(name, part) for name, part in whole["$defs"].items()]
    return handler(pydantic.definitions_schema(_reference(whole["$ref"]), parts))


def _described(name: str, part: Any) -> Any:  # noqa: ANN401 - pydantic's type
    """Make a definition, named so that pydantic tells it from a model that is called the same."""
    from pydantic_core import core_schema as pydantic

    return pydantic.any_schema(
        ref=f"{PACKAGE}.{name}",
        metadata={_DESCRIBED_BY: [lambda _, handler: _placed(part, handler)]},
    )


def _reference(ref: str) -> Any:  # noqa: ANN401 - pydantic's type
    from pydantic_core import core_schema as pydantic

    return pydantic.definition_reference_schema(f"{PACKAGE}.{ref.removeprefix(_DEFINED)}")


def _placed(part: Any, handler: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Exchange every reference for that by which pydantic knows the definition."""
    if isinstance(part, list):
        return [_placed(item, handler) for item in part]
    if not isinstance(part, dict):
        return part
    placed = {key: _placed(held, handler) for key, held in part.items() if key != "$ref"}
    return {**placed, **handler(_reference(part["$ref"]))} if "$ref" in part else placed
