"""Handing articles to workers: a few at a time, who comes then is told to come back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from pactwatch.read.crew import Answered, Crew, Work
from pactwatch.site.auditing.work import Kind, Task, Told

MOST_AT_ONCE = 2
"""Articles that are audited at once: an audit keeps one core busy for seconds."""
LONGEST_AUDIT = 45.0
"""Seconds that one may take."""
LONGEST_START = 30.0
"""Seconds more that the first one may take, whose worker has to start."""


class BusyError(Exception):
    """As many articles are being audited as may be."""


class AuditDesk:
    """Worker processes, started when they are first needed, each with one article at a time."""

    def __init__(self, open_work: Callable[[], Work], most: int = MOST_AT_ONCE, seconds: float = LONGEST_AUDIT) -> None:
        """``open_work`` gives what a worker does with a :class:`Task`; it is called in the worker."""
        self._open, self._seconds = open_work, seconds
        self._free = [self._make_crew() for _ in range(most)]
        self._pool = ThreadPoolExecutor(max(1, most), thread_name_prefix="audit")
        self._is_closed = False

    @property
    def has_room(self) -> bool:
        """Whether an article would be taken now."""
        return bool(self._free) and not self._is_closed

    async def audit(self, task: Task) -> Told:
        """What comes of an article; raises :class:`BusyError` at once where nobody is free."""
        if not self.has_room:
            raise BusyError
        crew = self._free.pop()  # the one used last, which is warm
        try:
            running = asyncio.get_running_loop().run_in_executor(self._pool, self._run, crew, task)
        except RuntimeError:
            raise BusyError from None  # closed meanwhile
        return await running

    def close(self) -> None:
        """Stop all workers, whatever they are doing."""
        self._is_closed = True
        self._pool.shutdown(wait=True)
        for crew in self._free:
            crew.__exit__()
        self._free.clear()

    def _make_crew(self) -> Crew:
        return Crew(self._open, 1, self._seconds)

    def _run(self, crew: Crew, task: Task) -> Told:
        """Wait in a thread for one article; also when nobody waits for it any more, its worker is busy until then."""
        is_sound = False
        try:
            told = self._follow(crew, task)
            is_sound = crew.is_idle
            return told
        finally:
            if not is_sound:
                crew.__exit__()
            self._free.append(crew if is_sound else self._make_crew())

    def _follow(self, crew: Crew, task: Task) -> Told:
        told = None
        crew.submit(task)
        while not self._is_closed:
            for one in crew.poll(0.2):
                if isinstance(one, Answered):
                    told = one.answer
                elif one.lost:
                    return Told(Kind.LOST, one.lost)
                elif isinstance(told, Told):
                    return told
        return Told(Kind.LOST, "the server is stopping")
