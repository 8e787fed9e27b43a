"""Ways to run a command: in this process, in one of its own, and on a terminal."""

import errno
import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from microneedling.cli import main

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"
MARK = "PATIENT-NAME"


class Told(NamedTuple):
    """What a command came to."""

    status: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Told:
    """Run a command in this process."""
    try:
        status = main(words)
    except SystemExit as ended:
        status = int(str(ended.code))
    return Told(status, *capsys.readouterr())


def on_terminal(
    *words: str, columns: int = 80, rows: int = 24, env: Mapping[str, str] | None = None
) -> Told:
    """Run a command whose output goes to a terminal of a size; what the terminal got is given."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "PAGER", "LESS"}}
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "microneedling", *words],
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=subprocess.PIPE,
        env={**kept, "TERM": "xterm", **(env or {})},
    )
    os.close(slave)
    got = bytearray()
    try:
        while part := _read(master):
            got += part
        assert process.stderr is not None
        err = process.stderr.read().decode()
        status = process.wait(10)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        assert process.stderr is not None
        process.stderr.close()
        os.close(master)
    return Told(status, got.decode().replace("\r\n", "\n"), err)


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65_536)
    except OSError as error:
        # So Linux says that nobody holds the other end any more.
        if error.errno != errno.EIO:
            raise
        return b""
