"""A real terminal for tests: a command at one end, keys and what is shown at the other."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

PATIENCE = 300.0

_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]")


class Terminal:
    """The person's end of a terminal."""

    def __init__(self, fd: int, process: subprocess.Popen[bytes]) -> None:
        self.fd = fd
        self.process = process
        self.raw = ""
        self._mark = 0

    def press(self, keys: str) -> None:
        """Press keys."""
        self._mark = len(self.raw)
        os.write(self.fd, keys.encode())

    def wait_for(self, *words: str) -> str:
        """What is shown since the last key press, once these words are among it, one after the other; fails when they
        never come.

        What is still on its way when a key is pressed is shown after that press: a test that looks at the next
        screen waits for the end of this one first.
        """
        until = time.monotonic() + PATIENCE
        while not _in_order(words, shown := self.shown()):
            assert time.monotonic() < until, f"{words!r} never came; shown:\n{shown}"
            if select.select([self.fd], [], [], 0.2)[0]:
                try:
                    self.raw += os.read(self.fd, 65536).decode("utf-8", "replace")
                except OSError:  # the command ended
                    assert _in_order(words, self.shown()), f"{words!r} never came; shown:\n{self.shown()}"
            elif self.process.poll() is not None and not _in_order(words, self.shown()):
                raise AssertionError(f"it ended without {words!r}; shown:\n{self.shown()}")
        return shown

    def shown(self) -> str:
        """What was written since the last key press, without the codes that colour and place it."""
        return _CODES.sub("", self.raw[self._mark :]).replace("\r\n", "\n")


def _in_order(words: tuple[str, ...], shown: str) -> bool:
    return re.search(".*?".join(map(re.escape, words)), shown, re.DOTALL) is not None


@contextmanager
def terminal(*words: str, columns: int = 120, env: Mapping[str, str] | None = None) -> Iterator[Terminal]:
    """Run pactwatch on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    settings = {**os.environ, "TERM": "xterm", "COLUMNS": str(columns), **(env or {})}
    command = [sys.executable, "-m", "pactwatch", *words]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=settings, close_fds=True)
    os.close(theirs)
    try:
        yield Terminal(ours, process)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
