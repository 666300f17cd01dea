"""Asking servers while others read: several hosts at once, each host one request at a time."""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from threading import Thread
from urllib.parse import urlsplit

from pactwatch.read.fetch import Fetched, Fetcher
from pactwatch.read.pieces import Hints, ReadError

_HOSTS_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Question:
    """An address to be asked for: what is known of it, what it said last, and the feed that pointed at it."""

    address: str
    hints: Hints
    etag: str = ""
    last_modified: str = ""
    feed: str = ""


class Asking:
    """Questions under way."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._waiting: dict[str, deque[Question]] = {}
        self._running: dict[Future[Fetched], tuple[str, Question]] = {}

    @property
    def is_idle(self) -> bool:
        """Whether nothing is waiting or under way."""
        return not self._waiting and not self._running

    def ask(self, question: Question) -> None:
        """Line a question up."""
        try:
            host = urlsplit(question.address).netloc
        except ValueError:
            host = ""
        self._waiting.setdefault(host, deque()).append(question)

    def poll(self, patience: float) -> list[tuple[Question, Fetched | ReadError]]:
        """The answers that came, waiting at most ``patience`` seconds for the first."""
        self._start()
        if not self._running:
            return []
        done, _ = wait(self._running, patience, FIRST_COMPLETED)
        answers = []
        for future in done:
            _, question = self._running.pop(future)
            error = future.exception()
            if error is not None and not isinstance(error, ReadError):
                error = ReadError(f"a failure of asking ({error})", "an answer", "Please report it.")
            answers.append((question, error if error is not None else future.result()))
        return answers

    def close(self) -> None:
        """Ask no more; what is under way is not waited for, not even by the end of the process."""
        self._waiting.clear()
        self._running.clear()

    def _start(self) -> None:
        busy = {host for host, _ in self._running.values()}
        for host in [one for one in self._waiting if one not in busy]:
            if len(self._running) >= _HOSTS_AT_ONCE:
                return
            question = self._waiting[host].popleft()
            if not self._waiting[host]:
                del self._waiting[host]
            self._running[self._begin(question)] = (host, question)

    def _begin(self, question: Question) -> Future[Fetched]:
        """Ask in a thread that dies with the process: those of a pool would be joined at its end."""
        answer: Future[Fetched] = Future()

        def get() -> None:
            try:
                answer.set_result(self._fetcher.get(question.address, question.etag, question.last_modified))
            except BaseException as error:  # whatever it is, who waits for the answer is told
                answer.set_exception(error)

        Thread(target=get, name="fetch", daemon=True).start()
        return answer
