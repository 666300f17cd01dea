"""Processes that work at once, each bounded: one that takes too long or dies costs only the piece it was at.

The pool of the standard library cannot stop a task that hangs inside a C library, and breaks whole when a process
dies. Here each worker has a pipe of its own; it answers piece by piece, and whoever stops answering is replaced.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from pactwatch.model.errors import PactwatchError

Work = Callable[[Any], Iterable[Any]]
"""What a worker does with a piece: its answers, one by one."""

_MOST_AT_ONCE = 16
_START_SECONDS = 120.0
_FAILED_STARTS = 3


class CrewError(PactwatchError):
    """No worker can be started."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to a piece."""

    piece: Any
    answer: Any


@dataclass(frozen=True, slots=True)
class Done:
    """A piece has no more answers; ``lost`` says why, where its worker did not come to the end."""

    piece: Any
    lost: str = ""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    pieces: deque[Any] = field(default_factory=deque)
    heard: float = field(default_factory=time.monotonic)
    is_ready: bool = False


class Crew:
    """Up to ``jobs`` worker processes; ``open_work`` is called once in each (so it must be picklable) and gives what is
    done with each piece. ``seconds`` bounds the time from one answer to the next, ``memory`` the bytes of a process.
    """

    def __init__(self, open_work: Callable[[], Work], jobs: int, seconds: float, memory: int = 0) -> None:
        self._open_work, self._jobs, self._seconds, self._memory = open_work, max(1, jobs), seconds, memory
        self._waiting: deque[Any] = deque()
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._context = get_context("spawn")

    def __enter__(self) -> Crew:
        """Use it in a ``with`` block: it holds processes."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop all workers at once, whatever they are doing."""
        for worker in self._workers:
            self._stop(worker)
        self._workers.clear()

    @property
    def has_room(self) -> bool:
        """Whether more pieces should be handed in, so that nobody waits and little is held."""
        return len(self._waiting) < 2 * _MOST_AT_ONCE * self._jobs

    @property
    def is_idle(self) -> bool:
        """Whether nothing is waiting or being worked on."""
        return not self._waiting and not any(worker.pieces for worker in self._workers)

    def submit(self, piece: Any) -> None:
        """Hand in a piece."""
        self._waiting.append(piece)

    def poll(self, patience: float) -> Iterator[Answered | Done]:
        """What came in, waiting at most ``patience`` seconds for something."""
        self._hand_out()
        ready = wait([worker.pipe for worker in self._workers if worker.pieces or not worker.is_ready], patience)
        for worker in [one for one in self._workers if one.pipe in ready]:
            yield from self._hear(worker)
        now = time.monotonic()
        for worker in list(self._workers):
            limit = self._seconds if worker.is_ready else _START_SECONDS
            if (worker.pieces or not worker.is_ready) and now - worker.heard > limit:
                yield from self._lose(worker, f"more than {limit:,.0f} seconds of work")

    def _hand_out(self) -> None:
        """Give waiting pieces to whoever has few; start a further worker only if there is work for it."""
        wanted = min(self._jobs, len(self._workers) + len(self._waiting))
        while len(self._workers) < wanted and (not self._workers or len(self._waiting) > 2):
            self._workers.append(self._start())
        for worker in self._workers:
            share = max(1, min(_MOST_AT_ONCE, len(self._waiting) // (2 * self._jobs)))
            if worker.is_ready and not worker.pieces:  # one that still answers might not read, and both would wait
                pieces = [self._waiting.popleft() for _ in range(min(share, len(self._waiting)))]
                if pieces:
                    self._send(worker, pieces)

    def _send(self, worker: _Worker, pieces: Sequence[Any]) -> None:
        if not worker.pieces:
            worker.heard = time.monotonic()
        worker.pieces.extend(pieces)
        with suppress(OSError):  # one that died is noticed when it is listened to
            worker.pipe.send(pieces)

    def _hear(self, worker: _Worker) -> Iterator[Answered | Done]:
        """Everything a worker has said so far."""
        try:
            while worker.pipe.poll():
                kind, answer = worker.pipe.recv()
                worker.heard = time.monotonic()
                if kind == "ready":
                    worker.is_ready, self._failed_starts = True, 0
                elif kind == "answer":
                    yield Answered(worker.pieces[0], answer)
                else:
                    yield Done(worker.pieces.popleft())
        except (EOFError, OSError):
            yield from self._lose(worker, "more memory than allowed, or a crash of the reading library")

    def _lose(self, worker: _Worker, why: str) -> Iterator[Done]:
        """Replace a worker; its piece is given up, those after it are handed to others."""
        self._stop(worker)
        self._workers.remove(worker)
        if not worker.is_ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise CrewError(f"a working process cannot be started ({why}); try --jobs 1 and close other programs")
        elif worker.pieces:
            yield Done(worker.pieces.popleft(), why)
        self._waiting.extendleft(reversed(worker.pieces))

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        arguments = (theirs, self._open_work, self._memory)
        process = self._context.Process(target=_work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _stop(self, worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        worker.process.close()


def _work(pipe: Connection, open_work: Callable[[], Work], memory: int) -> None:
    """A worker's life: bound itself, open its tools, answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _bound_memory(memory)
    work = open_work()
    pipe.send(("ready", None))
    with suppress(EOFError, OSError):  # the parent has gone
        while True:
            for piece in pipe.recv():
                for answer in work(piece):
                    pipe.send(("answer", answer))
                pipe.send(("done", None))


def _bound_memory(memory: int) -> None:
    if memory and os.name == "posix":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        with suppress(ValueError, OSError):  # some systems know the limit and do not take it
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
