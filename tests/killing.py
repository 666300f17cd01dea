"""Jobs in processes that are killed at random points, and jobs that run at once.

A job is a function ``(report, *words)`` named as ``module:function``. It calls ``report.begins()`` when it is ready,
from where on it may be killed, and ``report.done(text)`` when something is done for good. One helper process loads the
modules once, calls ``warm_up()`` of those that have it, and forks a child for each job, so that a kill costs
milliseconds. Children are killed with SIGKILL, at a call of their own (repeatable; any function of Python, or of C
called from Python) or after a time (anywhere, in the middle of a system call too).
"""

from __future__ import annotations

import gc
import json
import os
import random
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

PATIENCE = 300.0
"""Seconds a job may take before it counts as stuck."""

_SIZE = 65536


@dataclass(frozen=True, slots=True)
class Job:
    """A job; killed at its ``at_call``-th call, or ``after`` so many seconds, from where it begins; 0 is never.

    ``counts`` has calls counted without a kill, to learn how many there are.
    """

    name: str
    words: tuple[str, ...] = ()
    at_call: int = 0
    after: float = 0.0
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended: what it said was done, whether it was killed, the error it failed with, and what it took."""

    done: tuple[str, ...]
    was_killed: bool
    error: str
    calls: int
    seconds: float


class Killer:
    """The helper process; made by :func:`killer`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, *jobs: Job) -> list[Ended]:
        """Run jobs at once, each in a process of its own, and tell how each ended."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps([asdict(job) for job in jobs]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the helper process ended"
        return [Ended(**{**one, "done": tuple(one["done"])}) for one in json.loads(line)]

    def storm(self, name: str, words: Callable[[int], Sequence[str]], kills: int, seed: int) -> Iterator[Ended]:
        """Run a job again and again, killed each time at a random point of its way.

        ``words`` gives the job's words by the number of the run. Run 0 goes to its end, counting its calls, run 1 to
        its end as fast as it can; both are yielded like the others, of which every other is killed at a call.
        """
        chance = random.Random(seed)
        (counted,) = self.run(Job(name, tuple(words(0)), counts=True))
        yield counted
        (timed,) = self.run(Job(name, tuple(words(1))))
        yield timed
        for number in range(kills):
            at_call, after = chance.randint(1, max(1, counted.calls)), chance.uniform(1e-4, timed.seconds)
            kind = {"at_call": at_call} if number % 2 else {"after": after}
            (ended,) = self.run(Job(name, tuple(words(number + 2)), **kind))
            if not ended.was_killed:
                timed = ended  # how long one takes now: the machine may have become faster or slower
            yield ended


@contextmanager
def killer(*modules: str) -> Iterator[Killer]:
    """A helper process that has loaded these modules."""
    root = Path(__file__).parents[1]
    command = [sys.executable, "-W", "error", "-m", "tests.killing", *modules]
    process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        yield Killer(process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(PATIENCE)


def serve() -> None:
    """What the helper process does: fork a child for each job of a line, and tell on a line how they ended."""
    for name in sys.argv[1:]:
        getattr(import_module(name), "warm_up", lambda: None)()
    gc.freeze()  # what is loaded is no garbage; children need not copy it to find that out
    for line in sys.stdin:
        started = [_start(Job(**{**one, "words": tuple(one["words"])})) for one in json.loads(line)]
        sys.stdout.write(json.dumps([asdict(ended) for ended in _watch(started)]) + "\n")
        sys.stdout.flush()


@dataclass
class _Child:
    job: Job
    pid: int
    pipe: int
    begun: float
    until: float
    told: bytes = b""
    seconds: float = 0.0

    def hear(self, said: bytes) -> None:
        """Note what it says; when it begins, so does its time."""
        if b'["begins"' in said and b'["begins"' not in self.told:
            self.begun = time.monotonic()
            self.until = self.begun + (self.job.after or PATIENCE)
        self.told += said


def _start(job: Job) -> _Child:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        os.setpgid(0, 0)  # what a job starts goes with it
        Report(job, writing).perform()
        os._exit(0)
    with suppress(PermissionError, ProcessLookupError):  # whichever of the two comes first
        os.setpgid(pid, pid)
    os.close(writing)
    now = time.monotonic()
    return _Child(job, pid, reading, now, now + PATIENCE)


class Report:
    """What a job tells of itself."""

    def __init__(self, job: Job, pipe: int) -> None:
        self._job = job
        self._pipe = pipe
        self._calls = 0

    def begins(self) -> None:
        """From here on the job may be killed."""
        self.tell("begins", "")
        if self._job.at_call or self._job.counts:
            sys.setprofile(self._count)

    def done(self, text: str) -> None:
        """Something was done for good."""
        self.tell("done", text)

    def tell(self, kind: str, text: object) -> None:
        """A line to the helper process; short ones arrive whole or not at all."""
        os.write(self._pipe, json.dumps([kind, text]).encode() + b"\n")

    def perform(self) -> None:
        """Do the job; errors are told, not raised."""
        try:
            module, function = self._job.name.split(":")
            perform = getattr(import_module(module), function)
            perform(self, *self._job.words)
            sys.setprofile(None)
            self.tell("calls", self._calls)
        except BaseException:
            sys.setprofile(None)
            self.tell("error", traceback.format_exc()[-3000:])

    def _count(self, _frame: object, event: str, _argument: object) -> None:
        """Count a call, and die if it is the last one the job may make."""
        if event in {"call", "c_call"}:
            self._calls += 1
            if self._calls == self._job.at_call:
                os.kill(os.getpid(), signal.SIGKILL)


def _watch(children: list[_Child]) -> Iterator[Ended]:
    """Read what children tell, kill those whose time is up, and wait for every one."""
    running = {child.pipe: child for child in children}
    while running:
        rest = max(0.0, min(child.until for child in running.values()) - time.monotonic())
        for pipe in select.select(list(running), [], [], rest)[0]:
            said = os.read(pipe, _SIZE)
            running[pipe].hear(said)
            if not said:
                running[pipe].seconds = time.monotonic() - running[pipe].begun
                del running[pipe]
        for child in running.values():
            if time.monotonic() >= child.until:
                os.killpg(child.pid, signal.SIGKILL)
                child.until += PATIENCE
    return map(_end, children)


def _end(child: _Child) -> Ended:
    os.close(child.pipe)
    _, status = os.waitpid(child.pid, 0)
    told: list[tuple[str, Any]] = [tuple(json.loads(line)) for line in child.told.splitlines()]
    return Ended(
        done=tuple(str(text) for kind, text in told if kind == "done"),
        was_killed=os.WIFSIGNALED(status),
        error="".join(str(text) for kind, text in told if kind == "error"),
        calls=sum(int(text) for kind, text in told if kind == "calls"),
        seconds=child.seconds,
    )


if __name__ == "__main__":
    serve()
