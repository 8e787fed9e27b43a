"""
Microneedling with solid needles, as typed values and one pure recommendation.

>>> import microneedling as mn
>>> mn.NeedleLength.parse("0.5 mm").um
500

Everything public is here; each name is loaded when it is first used, so that
importing this package costs next to nothing.
"""

from microneedling._foundation.public_names import HOME as _HOME, load as _load

__version__ = "0.1.0"

# What type checkers and editors read is the stub beside this module, made of the same list.
__all__ = sorted([*_HOME, "__version__"])  # noqa: PLE0605 - it is a list


def __getattr__(name: str) -> object:
    """Load a public name from its room."""
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = globals()[name] = _load(name)
    return value


def __dir__() -> list[str]:
    return __all__
