"""Work in a fresh process each, so that memory is given back and its peak is that work's own."""

import json
import subprocess
import sys
from typing import Any

from tests.benchmarks.table import DifferenceError

__all__ = ["DIFFERENT", "MISSING", "UndoneError", "asked", "peak"]

# How a process ends that could not do its work.
DIFFERENT, MISSING = 3, 4


class UndoneError(Exception):
    """What is to be measured is not installed, or did not come to its end; it says why."""


def asked(work: str, **given: object) -> dict[str, Any]:
    """
    Do some work, named as ``module.function`` of this package, in a process of its own.

    Raises:
        DifferenceError: If it finds two to differ that are to be timed.
        UndoneError: If a library is not installed, or the process ends by an error or by force.
    """
    command = [sys.executable, "-m", f"{__package__}.child", work, json.dumps(given)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    last = done.stdout.splitlines()[-1] if done.stdout else ""
    if done.returncode == DIFFERENT:
        raise DifferenceError(last)
    if done.returncode == MISSING:
        message = f"it cannot be imported ({last})"
        raise UndoneError(message)
    if done.returncode:
        # One that takes too much memory is no reason to lose what others gave.
        print(done.stderr, file=sys.stderr)
        message = f"its process ended with {done.returncode}"
        raise UndoneError(message)
    held: dict[str, Any] = json.loads(last)
    return held


def peak() -> float:
    """Give the most memory that this process has held at once, in MiB."""
    try:
        with open("/proc/self/status", encoding="ascii") as lines:
            kibi = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    except OSError:
        # On Linux this starts with what the process that started this one holds, so it is second.
        import resource

        kibi = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kibi / 1024
