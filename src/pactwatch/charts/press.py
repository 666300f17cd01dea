"""Drawing many charts beside other work: a second process does the drawing, since the drawing holds Python's lock."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from queue import Queue
from types import TracebackType
from typing import Any


class Press:
    """Draws specifications one after the other in a process of its own; in this one when that cannot be had.

    Used as a context: :meth:`submit` hands a specification in and returns its ticket, :meth:`collect` waits for the
    drawing of a ticket.
    """

    def __init__(self) -> None:
        self._pending: dict[int, dict[str, Any]] = {}
        self._drawn: dict[int, str] = {}
        self._arrived = threading.Condition()
        self._orders: Queue[str | None] = Queue()
        self._worker: subprocess.Popen[str] | None = None
        self._is_running = False

    def __enter__(self) -> Press:
        try:
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "pactwatch.charts.press"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        except OSError:
            return self
        self._is_running = True
        for work in (self._send, self._receive):
            threading.Thread(target=work, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._orders.put(None)
        process = self._worker
        if process is not None:
            if kind is not None:
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):  # what was still to be sent to a killed process
                        stream.close()

    def submit(self, specification: dict[str, Any]) -> int:
        """Hand in a specification; returns its ticket."""
        ticket = len(self._pending)
        self._pending[ticket] = specification
        self._orders.put(json.dumps([ticket, specification]))
        return ticket

    def collect(self, ticket: int) -> str:
        """The drawn body of a ticket, as :func:`draw_body` gives it."""
        with self._arrived:
            while ticket not in self._drawn and self._is_running:
                self._arrived.wait()
            if ticket in self._drawn:
                return self._drawn[ticket]
        return _draw(self._pending[ticket])

    def _send(self) -> None:
        process = self._worker
        if process is None or process.stdin is None:
            return
        try:
            while (order := self._orders.get()) is not None:
                process.stdin.write(order + "\n")
                process.stdin.flush()
            process.stdin.close()
        except OSError:  # the process is gone; what is left is drawn here
            return

    def _receive(self) -> None:
        process = self._worker
        if process is None or process.stdout is None:
            return
        for line in process.stdout:
            ticket, body = json.loads(line)
            with self._arrived:
                self._drawn[ticket] = body
                self._arrived.notify_all()
        with self._arrived:
            self._is_running = False
            self._arrived.notify_all()


def _draw(specification: dict[str, Any]) -> str:
    from pactwatch.charts.render import draw_body  # it loads Altair

    return draw_body(specification)


def serve_drawings() -> None:
    """Read ``[ticket, specification]`` lines and answer each with ``[ticket, drawing]`` until the input ends."""
    for line in sys.stdin:
        ticket, specification = json.loads(line)
        sys.stdout.write(json.dumps([ticket, _draw(specification)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked; this one ends with its input
    serve_drawings()
