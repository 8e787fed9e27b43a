"""
Draw valid values of every public type, and print how many.

``python tests/every_type.py`` needs nothing but the package and its extra ``hypothesis``, and
imports no strategy: that Hypothesis knows the types by itself is what is shown.
"""

import copy
from typing import Any, get_args

from hypothesis import given, settings, strategies as st

import microneedling as mn

UNIONS = {"Answer", "Event", "NextStep"}
drawn = 0


def draw_some(kind: Any) -> None:  # noqa: ANN401 - a class, or a union of them
    """Draw values, each of which can be made anew and read from its own document."""
    # Of a public union, the one that it says more about.
    classes = kind if isinstance(kind, type) else get_args(kind)[0]

    @settings(max_examples=20, database=None, deadline=None)
    @given(st.from_type(kind))
    def valid(value: object) -> None:
        global drawn  # noqa: PLW0603 - all that this script keeps
        assert isinstance(value, classes)
        if not isinstance(value, Exception):
            assert copy.copy(value) == value
            assert mn.from_json(mn.to_json(value), type(value)) == value
        drawn += 1

    valid()


if __name__ == "__main__":
    named = {name: getattr(mn, name) for name in mn.__all__}
    kinds = [kind for name, kind in named.items() if isinstance(kind, type) or name in UNIONS]
    for kind in kinds:
        draw_some(kind)
    print(f"{drawn} valid values of {len(kinds)} types, each read again from its document")
