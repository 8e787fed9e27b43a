"""Files out: several or none, whole or not at all, and no ledger written over unasked."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from microneedling._foundation.errors import MicroneedlingError
from microneedling.cli.words import named

__all__ = ["Output", "replace", "write"]

_THERE = "there is one already, and a ledger is not written over"


class Output(NamedTuple):
    """
    A file that is to be written.

    Args:
        kind: What it is, as messages say.
        path: Where it is written to.
        data: What it holds.
        new: Whether it must not be there yet.
    """

    kind: str
    path: str
    data: bytes
    new: bool = False


def write(outputs: Sequence[Output]) -> None:
    """
    Write several files or none: each is written beside its place, and then put there at once.

    Raises:
        MicroneedlingError: If one cannot be written; all is then as it was before.
    """
    parts: list[str] = []
    claimed: list[str] = []
    try:
        for output in outputs:
            with _telling(output, _THERE):
                parts.append(f"{output.path}.{os.getpid()}.part")
                with open(parts[-1], "wb") as file:
                    _fill(file.fileno(), output.data)
                if output.new:
                    # Nobody else can make it from here on.
                    with open(output.path, "xb"):
                        claimed.append(output.path)
        for output, part in zip(outputs, parts, strict=True):
            with _telling(output, _THERE):
                os.replace(part, output.path)
        claimed.clear()
    finally:
        for path in (*parts, *claimed):
            with suppress(OSError, ValueError):
                os.remove(path)


def replace(path: str, before: bytes, after: bytes) -> None:
    """
    Put a longer ledger in the place of the one that was read.

    It is written beside it and put there at once; nobody who asks for it here can do so meanwhile.

    Args:
        path: Where it is.
        before: What was read there.
        after: What is to be there.

    Raises:
        MicroneedlingError: If it cannot be written, or is not any more what was read.
    """
    path = os.path.realpath(path)
    lock = f"{path}.lock"
    taken = f"another command is writing it; if none is, remove {named(lock)}"
    with _telling(Output("ledger", path, after), taken):
        with open(lock, "xb"):
            pass
        try:
            _rewrite(path, lock, before, after)
        except BaseException:
            os.remove(lock)
            raise


def _rewrite(path: str, lock: str, before: bytes, after: bytes) -> None:
    with open(path, "rb") as file:
        same = file.read() == before
    if not same:
        message = f"The ledger was changed meanwhile: {named(path)}. Give the command again."
        raise MicroneedlingError(message)
    with open(lock, "wb") as file:
        _fill(file.fileno(), after)
    os.chmod(lock, stat.S_IMODE(os.stat(path).st_mode))
    os.replace(lock, path)


def _fill(descriptor: int, data: bytes) -> None:
    """Write all of it, and have it kept before it is named."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)


@contextmanager
def _telling(output: Output, exists: str) -> Iterator[None]:
    """Say which file cannot be written, and why."""
    try:
        yield
    except FileExistsError:
        reason = exists
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
    except ValueError:
        reason = "there can be no such file"
    else:
        return
    message = f"The {output.kind} cannot be written: {named(output.path)}: {reason}."
    raise MicroneedlingError(message)
