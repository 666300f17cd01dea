"""Ctrl-C as a wish: the work comes to a good end; a second one ends it at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pactwatch.cli.output import say


@contextmanager
def wish_to_stop() -> Iterator[Callable[[], bool]]:
    """Tells whether Ctrl-C or a termination signal came; what came in till then is to be kept.

    An interrupt that struck in the middle of the work could be swallowed by a library, or end a commit.
    """
    wish = threading.Event()

    def stop(*_: object) -> None:
        if wish.is_set():
            raise KeyboardInterrupt
        wish.set()
        say("\nstopping; what is done is kept (press again to stop at once)")

    signals = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = [(number, signal.signal(number, stop)) for number in signals]
    try:
        yield wish.is_set
    finally:
        for number, handler in before:
            signal.signal(number, handler)
