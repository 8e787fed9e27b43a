"""
The checks of values, by what their fields declare.

Of a class that is made often, one test of all fields is compiled; what that does not tell to be
right, the checks decide, and say what is wrong.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeAlias

from microneedling._foundation import checks
from microneedling._foundation.errors import InputError, Problem
from microneedling._foundation.field_bounds import Shape, declared

__all__ = ["COMPILED", "check", "checker"]

Check: TypeAlias = Callable[[Any, str], object]


@cache
def checker(held: Shape) -> Check:
    """Make the check of one shape: given a value and its place, it raises or does nothing."""
    tests: list[Check] = [rule.check for rule in held.rules]
    # A rule of a number, a text or a day looks at its type, too, and says more.
    if not tests or not (held.kind in {int, str} or held.is_day):
        tests.insert(0, _of_collection(held) if held.parts else _of_kind(held.kinds))
    if len(tests) == 1 and not held.optional:
        return tests[0]

    def checked(value: object, path: str) -> None:
        if value is None and held.optional:
            return
        for one in tests:
            one(value, path)

    return checked


def _of_kind(kinds: tuple[type, ...]) -> Check:
    kind = kinds[0]
    if checks.is_day(kind):
        return checks.day
    if len(kinds) > 1:
        names = ", ".join(one.__name__ for one in kinds)

        def one_of(value: object, path: str) -> None:
            if type(value) not in kinds:
                checks.refuse("wrong_type", path, f"give one of {names}")

        return one_of
    plain: dict[type, Check] = {
        bool: checks.flag,
        str: checks.text,
    }
    if kind in plain:
        return plain[kind]
    refuse: Callable[..., None] = checks.member if issubclass(kind, Enum) else checks.instance

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
            checks.refuse("wrong_type", path, f"give a {wanted}")
        problems: list[Problem] = []
        for number, part in enumerate(value):
            try:
                each[number if fixed else 0](part, "")
            except InputError as error:
                problems += checks.placed(f"{path}[{number}].", error.problems)
        if problems:
            raise InputError(*problems)

    return collected


class _Checks:
    """
    All checks of one class.

    Args:
        kind: The class.
    """

    __slots__ = ("_days", "_each", "_fields", "_get", "made", "right")

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 - any class of ours
        self._fields = declared(kind)
        get = attrgetter(*self._fields)
        self._get: Callable[[object], tuple[Any, ...]] = (
            get if len(self._fields) > 1 else lambda value: (get(value),)
        )
        self._each = [(name, checker(held)) for name, held in self._fields.items()]
        self._days = [(name, held) for name, held in self._fields.items() if _has_days(held)]
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
        for name, held in self._days:
            given = getattr(value, name)
            plain = _in_plain_days(given, held)
            if plain is not given:
                object.__setattr__(value, name, plain)
        self.made += 1
        # At least, since threads may step over it.
        if self.right is None and self.made >= _MANY:
            self.right = _compiled(self._fields)


def _has_days(held: Shape) -> bool:
    return held.is_day or any(map(_has_days, held.parts))


def _in_plain_days(value: Any, held: Shape) -> Any:  # noqa: ANN401 - of the field's type
    """Give what was checked with every day as a plain one; itself where they are."""
    if value is None or not _has_days(held):
        return value
    if held.is_day:
        return checks.any_day(value, "")
    parts = held.parts if held.fixed else held.parts * len(value)
    plain = held.kind(map(_in_plain_days, value, parts))
    return value if all(one is other for one, other in zip(value, plain, strict=True)) else plain


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


def _compiled(fields: Mapping[str, Shape]) -> Callable[[object], bool]:
    """Compile one test of all fields, true only where all are right; else their checks tell."""
    known: dict[str, object] = {"first": checks.FIRST_DATE, "last": checks.LAST_DATE}
    tests: list[str] = []
    for number, (field, held) in enumerate(fields.items()):
        # Read once, where it is first asked for.
        name = f"x{number}"
        test = _test(name, held, known)
        tests.append(f"({test.replace(name, f'({name} := value.{field})', 1)})")
    bound = ", ".join(f"{name}={name}" for name in known)
    made: dict[str, Any] = {}
    text = f"def right(value, {bound}):\n return {' and '.join(tests)}"
    # Of our own annotations, as attrs does it.
    exec(compile(text, COMPILED, "exec"), known, made)  # noqa: S102 - our own text
    right: Callable[[object], bool] = made["right"]
    return right


def _test(name: str, held: Shape, known: dict[str, object]) -> str:
    """Write the test of one field."""
    kinds = f"k{len(known)}"
    known[kinds] = frozenset(held.kinds)
    tests = [f"type({name}) in {kinds}"]
    if held.is_day and not held.rules:
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
    if held.fixed or part.optional or part.parts or part.rules or part.is_day:
        return f"not {name}"
    only = f"k{len(known)}"
    known[only] = frozenset(part.kinds).issuperset
    told = f"{only}(map(type, {name}))"
    return f"{told} and all(map(str.isascii, {name}))" if part.kind is str else told
