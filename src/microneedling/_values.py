"""What all values share."""

from attrs import fields

__all__ = ["Value"]


class Value:
    """
    Shows itself as attrs would.

    Written once here, since attrs would compile it again for every class, and that takes a
    tenth of the time from import to the first recommendation.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(type(self))  # type: ignore[arg-type]
            if field.repr
        )
        return f"{type(self).__qualname__}({shown})"
