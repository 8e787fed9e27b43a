"""
What a field may hold, as its annotation declares it.

One declaration serves whoever needs it: constructors check by it (`constructor_checks`), the JSON
Schema is made of it, and so is what Hypothesis draws.
"""

from collections.abc import Collection
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from microneedling._foundation import checks

__all__ = [
    "AtLeastOne",
    "Each",
    "Line",
    "NoteCode",
    "Reckoned",
    "Rule",
    "Shape",
    "Whole",
    "declared",
    "shape",
]


class Rule:
    """What a value of some type must keep besides, as part of an annotation."""

    __slots__ = ()

    def check(self, value: Any, path: str) -> None:  # noqa: ANN401 - each rule knows its type
        """Refuse what breaks the rule."""
        raise NotImplementedError

    def test(self, name: str) -> str:  # noqa: ARG002 - each rule may know better
        """
        Write an expression that is true only of what keeps the rule.

        It may be false of what keeps it, too: then `check` decides.

        Args:
            name: What stands for the value, of which the type is right.
        """
        return "False"


class Whole(Rule):
    """
    A whole number between two bounds.

    Args:
        low: The least.
        high: The most.
        unit: What is counted, in the plural.
    """

    __slots__ = ("high", "low", "unit")

    def __init__(self, low: int, high: int, unit: str) -> None:
        self.low, self.high, self.unit = low, high, unit

    def __repr__(self) -> str:
        return f"{self.low} to {self.high} {self.unit}"

    def check(self, value: int, path: str) -> None:
        """Refuse other numbers, and whatever is no plain int."""
        checks.whole(value, path, self.low, self.high, self.unit)

    def test(self, name: str) -> str:
        """Write the comparison."""
        return f"{self.low} <= {name} <= {self.high}"


class Line(Rule):
    """
    A line of text that says something.

    Args:
        most: The most characters.
    """

    __slots__ = ("most",)

    def __init__(self, most: int) -> None:
        self.most = most

    def __repr__(self) -> str:
        return f"one line of 1 to {self.most} characters"

    def check(self, value: str, path: str) -> None:
        """Refuse other text."""
        checks.words(value, path, self.most)

    def test(self, name: str) -> str:
        """Write what is true of plain words."""
        plain = f"{name}.isascii() and {name}.isprintable() and not {name}.isspace()"
        return f"{plain} and 0 < len({name}) <= {self.most}"


class NoteCode(Rule):
    """A code that points to a note kept elsewhere, or nothing."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "a code that points to a note, or nothing"

    def check(self, value: str, path: str) -> None:
        """Refuse other text."""
        checks.note_code(value, path)

    def test(self, name: str) -> str:
        """Write what is true where there is none."""
        return f"not {name}"


class Reckoned(Rule):
    """A day that was counted on from another, so that it may lie after the years one can give."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "may lie after the last year that can be given"

    def check(self, value: date, path: str) -> None:
        """Refuse what is no plain date."""
        checks.any_day(value, path)

    def test(self, name: str) -> str:  # noqa: ARG002 - its type tells
        """Write what is always true."""
        return "True"


class AtLeastOne(Rule):
    """
    A collection that is not empty.

    Args:
        of: What to name.
        code: Of the refusal.
    """

    __slots__ = ("code", "of")

    def __init__(self, of: str, code: str = "empty") -> None:
        self.of, self.code = of, code

    def __repr__(self) -> str:
        return f"at least one {self.of}"

    def check(self, value: Collection[object], path: str) -> None:
        """Refuse an empty one."""
        if not value:
            checks.refuse(self.code, path, f"name at least one {self.of}")

    def test(self, name: str) -> str:
        """Write the question."""
        return name


class Each(Rule):
    """
    A collection in which no two agree in something.

    Args:
        name: The attribute in which they differ.
        code: Of the refusal.
        message: What to do.
    """

    __slots__ = ("code", "message", "name")

    def __init__(self, name: str, code: str, message: str) -> None:
        self.name, self.code, self.message = name, code, message

    def __repr__(self) -> str:
        return f"no two with the same {self.name}"

    def check(self, value: Collection[object], path: str) -> None:
        """Refuse one with two that agree; what is given twice alike is one."""
        if len({getattr(part, self.name) for part in value}) < len({*value}):
            checks.refuse(self.code, path, self.message)

    def test(self, name: str) -> str:
        """Write what is true of a single one."""
        return f"len({name}) < 2"


class Shape:
    """
    An annotation, taken apart.

    Args:
        kinds: The types of which it takes one; of a collection, the collection's.
        optional: Whether it takes None as well.
        parts: Of a collection, the shapes of its parts: one for any number of them.
        fixed: Of a collection, whether there is exactly one part a shape.
        rules: What it must keep besides.
    """

    __slots__ = ("fixed", "kinds", "optional", "parts", "rules")

    def __init__(
        self,
        kinds: tuple[type, ...],
        *,
        optional: bool = False,
        parts: "tuple[Shape, ...]" = (),
        fixed: bool = False,
        rules: tuple[Rule, ...] = (),
    ) -> None:
        self.kinds, self.optional, self.parts = kinds, optional, parts
        self.fixed, self.rules = fixed, rules

    @property
    def kind(self) -> type:
        """The one type, or the first."""
        return self.kinds[0]

    @property
    def is_day(self) -> bool:
        """Whether it takes days."""
        return checks.is_day(self.kind)

    def but(
        self, *, optional: bool | None = None, rules: tuple[Rule, ...] | None = None
    ) -> "Shape":
        """Give the same shape, but optional or with other rules."""
        return Shape(
            self.kinds,
            optional=self.optional if optional is None else optional,
            parts=self.parts,
            fixed=self.fixed,
            rules=self.rules if rules is None else rules,
        )


@cache
def shape(annotation: Any) -> Shape:  # noqa: ANN401 - annotations have no common type
    """Take an annotation apart."""
    origin, given = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner, *marks = given
        held = shape(inner)
        return held.but(rules=(*held.rules, *[mark for mark in marks if isinstance(mark, Rule)]))
    if origin is Union or origin is UnionType:
        members = [shape(part) for part in given if part is not NoneType]
        if len(members) == 1:
            return members[0].but(optional=True)
        kinds = tuple(kind for part in members for kind in part.kinds)
        return Shape(kinds, optional=NoneType in given)
    if origin in {tuple, frozenset}:
        inside = tuple(shape(part) for part in given if part is not ...)
        return Shape((origin,), parts=inside, fixed=origin is tuple and ... not in given)
    # While the clock is stopped, `date` may be another name.
    return Shape((checks.plain_class(annotation),))


@cache
def declared(kind: Any) -> dict[str, Shape]:  # noqa: ANN401 - any class of ours
    """Give the shape of every field that a constructor takes, by its name."""
    return {field.name: shape(field.type) for field in kind.__attrs_attrs__ if field.init}
