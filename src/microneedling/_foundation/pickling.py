"""How values, codes and errors are pickled: by their public names, so that rooms may move."""

from typing import Any

from microneedling._foundation.public_names import is_public, load

__all__ = ["reduced", "restored"]


def reduced(value: object, *args: object, **fields: object) -> tuple[Any, ...]:
    """
    Give what `pickle` and `copy` ask a value for: by what call it is made again.

    Args:
        value: The value.
        args: What its class is called with, by place.
        fields: And by name.
    """
    kind = type(value)
    return restored, (kind.__name__ if is_public(kind) else kind, args, fields)


def restored(kind: Any, args: tuple[Any, ...], fields: dict[str, Any]) -> Any:  # noqa: ANN401 - any class of ours
    """
    Make a value again. Pickles name this function: it keeps its name and its room.

    Args:
        kind: A public name, or a class that is not public.
        args: What it is called with, by place.
        fields: And by name.
    """
    made: Any = load(kind) if isinstance(kind, str) else kind
    return made(*args, **fields)
