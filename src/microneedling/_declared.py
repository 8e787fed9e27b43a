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

__all__ = [
    "AtLeastOne",
    "Each",
    "Line",
    "NoteCode",
    "Reckoned",
    "Rule",
    "Shape",
    "Whole",
    "check",
    "checker",
    "shape",
]

Check: TypeAlias = Callable[[Any, str], None]


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

    def check(self, value: int, path: str) -> None:
        """Refuse other numbers, and whatever is no plain int."""
        _checks.whole(value, path, self.low, self.high, self.unit)

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

    def check(self, value: str, path: str) -> None:
        """Refuse other text."""
        _checks.words(value, path, self.most)

    def test(self, name: str) -> str:
        """Write what is true of plain words."""
        plain = f"{name}.isascii() and {name}.isprintable() and not {name}.isspace()"
        return f"{plain} and 0 < len({name}) <= {self.most}"


class NoteCode(Rule):
    """A code that points to a note kept elsewhere, or nothing."""

    __slots__ = ()

    def check(self, value: str, path: str) -> None:
        """Refuse other text."""
        _checks.note_code(value, path)

    def test(self, name: str) -> str:
        """Write what is true where there is none."""
        return f"not {name}"


class Reckoned(Rule):
    """A day that was counted on from another, so that it may lie after the years one can give."""

    __slots__ = ()

    def check(self, value: date, path: str) -> None:
        """Refuse what is no plain date."""
        if type(value) is not date:
            _checks.refuse("not_a_date", path, "give a datetime.date, with no time of day")

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

    def check(self, value: Collection[object], path: str) -> None:
        """Refuse an empty one."""
        if not value:
            _checks.refuse(self.code, path, f"name at least one {self.of}")

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

    def check(self, value: Collection[object], path: str) -> None:
        """Refuse one with two that agree; what is given twice alike is one."""
        if len({getattr(part, self.name) for part in value}) < len({*value}):
            _checks.refuse(self.code, path, self.message)

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


@cache
def checker(held: Shape) -> Check:
    """Make the check of one shape: given a value and its place, it raises or does nothing."""
    checks: list[Check] = [rule.check for rule in held.rules]
    # A rule of a number, a text or a day looks at its type, too, and says more.
    if not checks or held.kind not in {int, str, date}:
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
    refuse: Callable[..., None] = _checks.member if issubclass(kind, Enum) else _checks.instance

    def exactly(value: object, path: str) -> None:
        if type(value) is not kind:
            refuse(value, path, kind)

    return exactly


def _of_collection(held: Shape) -> Check:
    kind, fixed, count = held.kind, held.fixed, len(held.parts)
    each = [checker(part) for part in held.parts]

    def collected(value: Any, path: str) -> None:  # noqa: ANN401 - told by its type
        given: Any = type(value)
        if given is not kind or (fixed and len(value) != count):
            wanted = f"{kind.__name__} of {count}" if fixed else kind.__name__
            _checks.refuse("wrong_type", path, f"give a {wanted}")
        problems: list[Problem] = []
        for number, part in enumerate(value):
            try:
                each[number if fixed else 0](part, "")
            except InputError as error:
                problems += _at(f"{path}[{number}]", error.problems)
        if problems:
            raise InputError(*problems)

    return collected


def _at(place: str, problems: Iterable[Problem]) -> Iterable[Problem]:
    return (Problem(p.code, f"{place}.{p.path}".rstrip("."), p.message) for p in problems)


class _Checks:
    """
    All checks of one class.

    Args:
        kind: The class.
    """

    __slots__ = ("_each", "_fields", "_get", "made", "right")

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 - any class of ours
        self._fields = [(f.name, shape(f.type)) for f in kind.__attrs_attrs__ if f.init]
        get = attrgetter(*[name for name, _ in self._fields])
        self._get: Callable[[object], tuple[Any, ...]] = (
            get if len(self._fields) > 1 else lambda value: (get(value),)
        )
        self._each = [(name, checker(held)) for name, held in self._fields]
        self.made = 0
        self.right: Callable[[object], bool] | None = None

    def run(self, value: object) -> None:
        """Check every field, and raise one error with all that was found."""
        problems: list[Problem] = []
        for part, (name, holds) in zip(self._get(value), self._each, strict=True):
            try:
                holds(part, name)
            except InputError as error:
                problems += error.problems
        if problems:
            raise InputError(*problems)
        self.made += 1
        # At least, since threads may step over it.
        if self.right is None and self.made >= _MANY:
            self.right = _compiled(self._fields)


COMPILED = "<checks of microneedling>"
# A class of which so many values were made gets a test of its own, compiled: that takes as
# long as to check about as many of them.
_MANY = 50
_CHECKS: dict[type, _Checks] = {}


def check(value: object) -> None:
    """Check every field of a value, and raise one error with all that was found."""
    kind = type(value)
    held = _CHECKS.get(kind)
    if held is None:
        held = _CHECKS[kind] = _Checks(kind)
    if held.right is None or not held.right(value):
        held.run(value)


def _compiled(fields: Iterable[tuple[str, Shape]]) -> Callable[[object], bool]:
    """Compile one test of all fields, true only where all are right; else their checks tell."""
    known: dict[str, object] = {"first": _checks.FIRST_DATE, "last": _checks.LAST_DATE}
    tests: list[str] = []
    for number, (field, held) in enumerate(fields):
        # Read once, where it is first asked for.
        name = f"x{number}"
        test = _test(name, held, known)
        tests.append(f"({test.replace(name, f'({name} := value.{field})', 1)})")
    bound = ", ".join(f"{name}={name}" for name in known)
    made: dict[str, Any] = {}
    text = f"def right(value, {bound}):\n return {' and '.join(tests)}"
    # Of our own annotations, as attrs does it.
    exec(compile(text, COMPILED, "exec"), known, made)  # noqa: S102
    right: Callable[[object], bool] = made["right"]
    return right


def _test(name: str, held: Shape, known: dict[str, object]) -> str:
    """Write the test of one field."""
    kinds = f"k{len(known)}"
    known[kinds] = frozenset(held.kinds)
    tests = [f"type({name}) in {kinds}"]
    if held.kind is date and not held.rules:
        tests.append(f"first <= {name} <= last")
    if held.kind is str and not held.rules:
        tests.append(f"{name}.isascii()")
    if held.parts:
        tests.append(_test_of_parts(name, held, known))
    tests += [rule.test(name) for rule in held.rules]
    joined = " and ".join(tests)
    return f"{name} is None or {joined}" if held.optional else joined


def _test_of_parts(name: str, held: Shape, known: dict[str, object]) -> str:
    part = held.parts[0]
    if held.fixed or part.optional or part.parts or part.rules or part.kind is date:
        return f"not {name}"
    only = f"k{len(known)}"
    known[only] = frozenset(part.kinds).issuperset
    told = f"{only}(map(type, {name}))"
    return f"{told} and all(map(str.isascii, {name}))" if part.kind is str else told
