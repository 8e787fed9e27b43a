"""
What a field may hold, as its annotation declares it.

One declaration serves whoever needs it: the constructor checks by it, the JSON Schema is
made of it, and so is what Hypothesis draws.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from microneedling import _checks
from microneedling.errors import InputError, Problem

__all__ = ["AtLeastOne", "Each", "Line", "NoteCode", "Rule", "Shape", "Whole", "check", "shape"]

# Raises, and says nothing where all is right.
Check: TypeAlias = Callable[[Any, str], object]


class Rule:
    """What a value of some type must keep besides, as part of an annotation."""

    __slots__ = ()

    def check(self, value: Any, path: str) -> None:  # noqa: ANN401 - each rule knows its type
        """Refuse what breaks the rule."""
        raise NotImplementedError


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

    def check(self, value: int, path: str) -> None:
        """Refuse other numbers, and whatever is no plain int."""
        _checks.whole(value, path, self.low, self.high, self.unit)


class Line(Rule):
    """
    A line of text that says something.

    Args:
        most: The most characters.
    """

    __slots__ = ("most",)

    def __init__(self, most: int) -> None:
        self.most = most

    def check(self, value: str, path: str) -> None:
        """Refuse other text."""
        _checks.words(value, path, self.most)


class NoteCode(Rule):
    """A code that points to a note kept elsewhere, or nothing."""

    __slots__ = ()

    def check(self, value: str, path: str) -> None:
        """Refuse other text."""
        _checks.note_code(value, path)


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

    def check(self, value: Collection[object], path: str) -> None:
        """Refuse an empty one."""
        if not value:
            _checks.refuse(self.code, path, f"name at least one {self.of}")


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

    def check(self, value: Collection[object], path: str) -> None:
        """Refuse one with two that agree."""
        if len({getattr(part, self.name) for part in value}) < len(value):
            _checks.refuse(self.code, path, self.message)


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


@cache
def shape(annotation: Any) -> Shape:  # noqa: ANN401 - annotations have no common type
    """Take an annotation apart."""
    origin, given = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner, *marks = given
        held = shape(inner)
        rules = tuple(mark for mark in marks if isinstance(mark, Rule))
        return Shape(
            held.kinds,
            optional=held.optional,
            parts=held.parts,
            fixed=held.fixed,
            rules=held.rules + rules,
        )
    if origin is Union or origin is UnionType:
        members = [shape(part) for part in given if part is not NoneType]
        if len(members) == 1:
            held = members[0]
            return Shape(
                held.kinds, optional=True, parts=held.parts, fixed=held.fixed, rules=held.rules
            )
        kinds = tuple(kind for part in members for kind in part.kinds)
        return Shape(kinds, optional=NoneType in given)
    if origin in {tuple, frozenset}:
        inside = tuple(shape(part) for part in given if part is not ...)
        return Shape((origin,), parts=inside, fixed=origin is tuple and ... not in given)
    return Shape((annotation,))


def _check(held: Shape) -> Check:
    """Make the check of one shape."""
    checks: list[Check] = [rule.check for rule in held.rules]
    # A rule of a number or a text looks at its type, too, and says more.
    if not checks or held.kind not in {int, str}:
        checks.insert(0, _of_collection(held) if held.parts else _of_kind(held.kinds))
    if len(checks) == 1 and not held.optional:
        return checks[0]

    def checked(value: object, path: str) -> None:
        if value is None and held.optional:
            return
        for one in checks:
            one(value, path)

    return checked


def _of_kind(kinds: tuple[type, ...]) -> Check:
    kind = kinds[0]
    if len(kinds) > 1:
        names = ", ".join(one.__name__ for one in kinds)

        def one_of(value: object, path: str) -> None:
            if type(value) not in kinds:
                _checks.refuse("wrong_type", path, f"give one of {names}")

        return one_of
    plain: dict[type, Check] = {bool: _checks.flag, str: _checks.text, date: _checks.day}
    if kind in plain:
        return plain[kind]
    if issubclass(kind, Enum):
        return lambda value, path: type(value) is kind or _checks.member(value, path, kind)
    return lambda value, path: type(value) is kind or _checks.instance(value, path, kind)


def _of_collection(held: Shape) -> Check:
    kind, fixed, count = held.kind, held.fixed, len(held.parts)
    each = [_check(part) for part in held.parts]
    only = each[0]
    # Most are of values of one class, which their types alone tell to be right.
    told: set[type] = set()
    if not fixed and _told_by_type(held.parts[0]):
        told.update(held.parts[0].kinds)

    def collected(value: Any, path: str) -> None:  # noqa: ANN401 - told by its type
        given: Any = type(value)
        if given is not kind or (fixed and len(value) != count):
            wanted = f"{kind.__name__} of {count}" if fixed else kind.__name__
            _checks.refuse("wrong_type", path, f"give a {wanted}")
        if not value or (told and told.issuperset(map(type, value))):
            return
        problems: list[Problem] = []
        for number, part in enumerate(value):
            try:
                (each[number] if fixed else only)(part, "")
            except InputError as error:
                problems += _at(f"{path}[{number}]", error.problems)
        if problems:
            raise InputError(*problems)

    return collected


def _at(place: str, problems: Iterable[Problem]) -> Iterable[Problem]:
    return (Problem(p.code, f"{place}.{p.path}".rstrip("."), p.message) for p in problems)


def _told_by_type(held: Shape, *, optional: bool = False) -> bool:
    """Tell whether whatever has the right type is right."""
    if held.parts or held.rules or held.kind in {str, date}:
        return False
    return optional or not held.optional


class _Plan:
    """
    How the values of a class are checked.

    Most of a value is right by its types alone, and values of one class have few combinations
    of them: what one combination leaves open is worked out once.

    Args:
        kind: The class.
    """

    __slots__ = ("_checks", "_get", "_open", "_shapes")

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 - any class of ours
        declared = [(f.name, shape(f.type)) for f in kind.__attrs_attrs__ if f.init]
        names = [name for name, _ in declared]
        get = attrgetter(*names)
        self._get: Callable[[object], tuple[Any, ...]] = (
            get if len(names) > 1 else lambda value: (get(value),)
        )
        self._shapes = [held for _, held in declared]
        self._checks = [(place, name, _check(held)) for place, (name, held) in enumerate(declared)]
        self._open: dict[tuple[type, ...], tuple[list[int], list[tuple[int, str, Check]]]] = {}

    def check(self, value: object) -> None:
        """Check every field, and raise one error with all that was found."""
        parts: tuple[Any, ...] = self._get(value)
        types = (*map(type, parts),)
        texts, others = self._open.get(types) or (_NO_PLACES, self._checks)
        for place in texts:
            if not parts[place].isascii():
                others = self._checks
                break
        problems: list[Problem] = []
        for place, name, holds in others:
            try:
                holds(parts[place], name)
            except InputError as error:
                problems += error.problems
        if problems:
            raise InputError(*problems)
        if types not in self._open:
            self._open[types] = self._left_open(types)

    def _left_open(self, types: tuple[type, ...]) -> tuple[list[int], list[tuple[int, str, Check]]]:
        """Give the places of plain text, and the checks of what types do not tell."""
        texts, others = [], []
        for one in self._checks:
            place = one[0]
            held = self._shapes[place]
            if types[place] is str and not held.rules and str in held.kinds:
                texts.append(place)
            elif types[place] is not NoneType and not _told_by_type(held, optional=True):
                others.append(one)
        return texts, others


_NO_PLACES: list[int] = []
_PLANS: dict[type, _Plan] = {}


def check(value: object) -> None:
    """Check every field of a value, and raise one error with all that was found."""
    kind = type(value)
    plan = _PLANS.get(kind)
    if plan is None:
        plan = _PLANS[kind] = _Plan(kind)
    plan.check(value)
