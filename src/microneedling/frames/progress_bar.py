"""How far long work has come, told to whoever asks."""

from collections.abc import Callable, Sized
from threading import Lock
from typing import TypeAlias, TypeVar

from microneedling._foundation.checks import refuse
from microneedling._foundation.errors import MicroneedlingError

__all__ = ["Progress", "passing", "told_by"]

T = TypeVar("T", bound=Sized)
Progress: TypeAlias = bool | Callable[[int, int | None], object]
"""True for a bar; or a function that is told the rows done and all rows, where these are known."""


def told_by(
    progress: Progress, total: int | None
) -> tuple[Callable[[int], None] | None, Callable[[], None]]:
    """
    Give what is told how many more rows are done, if anything, and what is called at the end.

    Raises:
        InputError: If it is neither a boolean nor a function.
        MicroneedlingError: If a bar is asked for and tqdm is not installed.
    """
    if progress is False:
        return None, _nothing
    if progress is True:
        return _bar(total)
    if not callable(progress):
        refuse("wrong_type", "progress", "give True, False or a function of two numbers")
    return _calling(progress, total), _nothing


def _nothing() -> None:
    """Do nothing."""


def _bar(total: int | None) -> tuple[Callable[[int], None], Callable[[], None]]:
    try:
        from tqdm import tqdm
    except ImportError:
        message = "A bar needs tqdm: install the extra `table`, or give a function."
        raise MicroneedlingError(message) from None
    bar = tqdm(total=total, unit="row", unit_scale=True)

    def tell(rows: int) -> None:
        bar.update(rows)

    return tell, bar.close


def _calling(
    progress: Callable[[int, int | None], object], total: int | None
) -> Callable[[int], None]:
    done, one_at_a_time = 0, Lock()

    def tell(rows: int) -> None:
        nonlocal done
        # Engines work in several threads.
        with one_at_a_time:
            done += rows
            progress(done, total)

    return tell


def passing(tell: Callable[[int], None]) -> Callable[[T], T]:
    """Make a function that gives each batch back as it is, when its rows are told."""

    def passed(batch: T) -> T:
        tell(len(batch))
        return batch

    return passed
