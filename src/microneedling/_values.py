"""What all values share."""

from attrs import fields

__all__ = ["Row", "Value"]


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


class Row(Value):
    """
    Compares itself as attrs would; for what is seldom compared.

    Written once here for the same reason. A class that is compared often leaves it to attrs.
    """

    __slots__ = ()

    def _compared(self) -> tuple[object, ...]:
        held = fields(type(self))  # type: ignore[arg-type]
        return tuple([getattr(self, field.name) for field in held if field.eq])

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash((type(self), *self._compared()))
