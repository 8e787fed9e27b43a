"""
What pydantic asks a value for: to be read from a document, written as one and described.

pydantic is imported only when it asks, and never by us before.
"""

import re
from collections.abc import Iterable
from types import UnionType
from typing import Any, NoReturn

from microneedling._foundation.errors import InputError
from microneedling._foundation.public_names import load

__all__ = ["core_schema", "json_schema"]

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
    )


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


def json_schema(kind: type[Any] | UnionType) -> dict[str, Any]:
    """Describe the documents of a kind of value so that it stands in any other schema."""
    describe: Any = load("json_schema")
    described: dict[str, Any] = describe(kind, inlined=True)
    return described
