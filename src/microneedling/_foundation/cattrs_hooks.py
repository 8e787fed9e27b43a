"""
What cattrs is told of values: to read and to write their documents.

It would read them by itself, as it does any class of attrs, and then a misspelt key is dropped
unseen. This room does not import cattrs; only the wing `wire` does.
"""

from collections.abc import Callable
from typing import Any, Protocol

from microneedling._foundation.public_names import load
from microneedling._foundation.value_class import AsOne, Value

__all__ = ["teach_cattrs"]


class _Converter(Protocol):
    """What a converter of cattrs has, of every kind."""

    def register_structure_hook_func(
        self, check_func: Callable[[Any], bool], func: Callable[[Any, Any], Any], /
    ) -> None: ...

    def register_unstructure_hook_func(
        self, check_func: Callable[[Any], bool], func: Callable[[Any], Any], /
    ) -> None: ...


def teach_cattrs(converter: _Converter) -> None:
    """
    Have a converter of cattrs read and write values as their documents, wherever they stand.

    Do it with every converter that comes upon a value. The global one is taught by itself, unless
    cattrs is imported only when all that is used of this package was used before.

    Args:
        converter: A `cattrs.Converter`, or one of `cattrs.preconf`.

    >>> import cattrs
    >>> import microneedling as mn
    >>> converter = cattrs.Converter()
    >>> mn.teach_cattrs(converter)
    >>> converter.structure([{"schema": 1, "fewest": 3, "most": 6}], list[mn.SessionCount])
    [SessionCount(fewest=3, most=6)]
    """
    converter.register_structure_hook_func(_is_ours, _read)
    converter.register_unstructure_hook_func(_is_ours, _write)


def _read(document: object, kind: Any) -> object:  # noqa: ANN401 - a class, or a union of them
    from_dict: Any = load("from_dict")
    return from_dict(document, kind)


def _write(value: object) -> object:
    to_dict: Any = load("to_dict")
    return to_dict(value)


def _is_ours(kind: Any) -> bool:  # noqa: ANN401 - anything may be asked for
    if isinstance(kind, type):
        return issubclass(kind, Value)
    return any(isinstance(mark, AsOne) for mark in getattr(kind, "__metadata__", ()))
