"""What all values share."""

import sys
from types import UnionType
from typing import Any

from attrs import fields

from microneedling._foundation import constructor_checks
from microneedling._foundation.hypothesis_hook import announce
from microneedling._foundation.pickling import reduced
from microneedling._foundation.public_names import load

__all__ = ["AsOne", "Row", "Value"]

# Of a field, in IPython and in what Hypothesis reports: an answer with all its sources runs to
# a hundred thousand characters.
_LONGEST_SHOWN = 2_000


_TAUGHT: list[object] = []


def _teach() -> None:
    """Teach the global converter of cattrs, if that is there: by itself it loses misspelt keys."""
    cattrs: Any = sys.modules.get("cattrs")
    if cattrs is not None and not _TAUGHT:
        teach: Any = load("teach_cattrs")
        _TAUGHT.append(cattrs)
        teach(cattrs.global_converter)


class Value:
    """
    Checks itself by what its fields declare, however it is made, and shows itself as attrs would.

    Written once here, since attrs would compile it again for every class, and that takes a
    tenth of the time from import to the first recommendation.
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        # attrs makes a class twice; the one that counts has slots.
        if "__slots__" in vars(cls):
            announce(cls)
            _teach()

    def __attrs_post_init__(self) -> None:
        # Not as validators, which attrs lets anyone switch off for the whole process.
        constructor_checks.check(self)
        self._agree()

    def _agree(self) -> None:
        """Refuse fields that are right one by one but not together."""

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy or a pickle is made anew and so checked, as everything else that is made.
        kind: Any = type(self)
        held = {field.name: getattr(self, field.name) for field in fields(kind) if field.init}
        return reduced(self, **held)

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(type(self))  # type: ignore[arg-type]  # attrs makes every class
            if field.repr
        )
        return f"{type(self).__qualname__}({shown})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:  # noqa: ANN401 - pydantic calls it
        """Let pydantic read, write and describe the documents of this kind of value."""
        from microneedling._foundation import pydantic_hooks

        return pydantic_hooks.core_schema(cls, cls.__name__)

    @property
    def __pydantic_serializer__(self) -> Any:  # noqa: ANN401 - pydantic asks for it
        """Let pydantic write the document of a value whose type it was not told."""
        from microneedling._foundation import pydantic_hooks

        return pydantic_hooks.serializer()

    def __composite_values__(self) -> tuple[Any, ...]:
        """Give the fields in the order of the constructor, as SQLAlchemy's `composite` asks."""
        kind: Any = type(self)
        return tuple([getattr(self, field.name) for field in fields(kind) if field.init])

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: ANN401, FBT001 - IPython's
        """Show it to people, without what runs to pages."""
        with printer.group(4, f"{type(self).__qualname__}(", ")"):
            for place, field in enumerate(fields(type(self))):  # type: ignore[arg-type]  # attrs makes every class
                if field.repr:
                    held = getattr(self, field.name)
                    if place:
                        printer.text(",")
                        printer.breakable()
                    printer.text(f"{field.name}=")
                    if len(repr(held)) > _LONGEST_SHOWN:
                        printer.text("...")
                    else:
                        printer.pretty(held)


class AsOne:
    """
    Stands beside a union of values, so that pydantic reads its documents as one kind.

    Without it pydantic tries each member in turn, and tells each one's refusal.

    Args:
        union: The members.
        name: What its documents are called.
    """

    __slots__ = ("name", "union")

    def __init__(self, union: UnionType, name: str) -> None:
        self.union, self.name = union, name

    def __repr__(self) -> str:
        return self.name

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:  # noqa: ANN401 - pydantic calls it
        """Let pydantic read, write and describe the documents of any member."""
        from microneedling._foundation import pydantic_hooks

        return pydantic_hooks.core_schema(self.union, self.name)


class Row(Value):
    """
    Compares itself as attrs would; for what is seldom compared.

    Written once here for the same reason. A class that is compared often leaves it to attrs.
    """

    __slots__ = ()

    def _compared(self) -> tuple[object, ...]:
        held = fields(type(self))  # type: ignore[arg-type]  # attrs makes every class
        return tuple([getattr(self, field.name) for field in held if field.eq])

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash((type(self), *self._compared()))
