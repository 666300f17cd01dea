"""A line on the terminal that tells how far long work has come; nothing when piped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic


@contextmanager
def telling(form: Callable[[int], str]) -> Iterator[Callable[[int], None]]:
    """Yields what is called with each amount done; ``form`` makes the line of their sum, five times a second.

    The line is taken away at the end.
    """
    is_shown = sys.stderr.isatty()
    total, due = 0, 0.0

    def advance(amount: int) -> None:
        nonlocal total, due
        total += amount
        if is_shown and monotonic() >= due:
            due = monotonic() + 0.2
            print(f"\r\x1b[K{form(total)}", end="", file=sys.stderr, flush=True)

    try:
        yield advance
    finally:
        if is_shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
