"""What the processes of the tests do; in a file of its own, since they are started anew and import it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import Any

from pactwatch.model.errors import NotFoundError
from pactwatch.read.crew import Work


def work(piece: Any) -> Iterable[Any]:
    """Two answers for a number; a word is an order."""
    if piece == "hang":
        yield "began"
        time.sleep(60)
    elif piece == "die":
        os._exit(3)
    elif piece == "fill":
        yield len(bytearray(8 << 30))
    elif piece == "long":
        for number in range(4):
            time.sleep(1)  # four times, more than the three seconds of its test
            yield number
    else:
        yield piece
        yield b"x" * 200_000


def open_work() -> Work:
    return work


def open_nothing() -> Work:
    raise NotFoundError("there is no such casebook")


def open_dead() -> Work:
    os._exit(1)
