"""
The command line.

Exit status: 0 offer, 10 ask, 11 defer, 12 refer, 13 decline, of a visit that of the area that
calls for the most caution; of ``next`` 0 proceed,
20 wait, 21 pause, 22 complete, 23 stop; of ``record`` 30 where a safeguard speaks against a
session; of ``table`` 3 where some rows are no assessment; 1 for input that cannot be read, 2 for a
wrong command line, 130 where it was interrupted. Otherwise it is 0 when all is well.

It may import everything, and is imported by nothing but ``python -m microneedling``. This module
imports nothing itself, so that from the first moment on an interruption is quiet.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_INTERRUPTED = 130


def main(arguments: "Sequence[str] | None" = None) -> int:
    """
    Run one command.

    Args:
        arguments: As on the command line; those of the process if not given.

    Returns:
        The exit status.

    Raises:
        SystemExit: For a wrong command line, with status 2, and after ``--help`` or ``--version``.
    """
    try:
        from microneedling.cli.running import run

        return run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
