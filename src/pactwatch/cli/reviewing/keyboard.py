"""Single keys from a terminal, as they are pressed."""

from __future__ import annotations

import os
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager

BACKSPACE = "\x7f"
ENTER = "\n"
REDRAW = "\x0c"
END = ""
"""What is read when the terminal went away."""

_SAME = {"\x08": BACKSPACE, "\r": ENTER}


@contextmanager
def single_keys() -> Iterator[None]:
    """Within the block keys come one by one, unshown; the terminal is as before after it, whatever happens."""
    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    try:
        tty.setcbreak(fd)
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


@contextmanager
def lines() -> Iterator[None]:
    """Within the block the terminal edits whole lines and shows what is typed; after it keys come one by one again."""
    fd = sys.stdin.fileno()
    before = termios.tcgetattr(fd)
    whole = termios.tcgetattr(fd)
    whole[3] |= termios.ICANON | termios.ECHO
    try:
        termios.tcsetattr(fd, termios.TCSADRAIN, whole)
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


def forget_typed() -> None:
    """Drop keys pressed until now: what was typed before a screen was shown decides nothing on it."""
    termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def read_key() -> str:
    """The next key, as one character; keys that send several (arrows) come as a blank name that means nothing."""
    raw = os.read(sys.stdin.fileno(), 64)
    if not raw:
        return END
    text = raw.decode("utf-8", "replace")
    return _SAME.get(text, text) if len(text) == 1 else "\x00"
