"""Claims that are tested aside while pages are served."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactwatch.claims.finding import ClaimResult
    from pactwatch.site.frame.book import Book

Test = Callable[[Callable[[int], None]], "Sequence[ClaimResult]"]
LONGEST_WAIT = 25.0
"""Seconds that a program waits for verdicts before it is told to come back."""

log = logging.getLogger("pactwatch.site")


class UntestedError(Exception):
    """The claims are still being tested: so many of so many."""

    def __init__(self, done: int, total: int) -> None:
        self.progress = (done, total)
        super().__init__(f"the claims of this edition are still being tested: {done} of {total}")


class LaterVerdicts:
    """Gives tested claims at once or raises :class:`UntestedError`, and sees to it that they are tested.

    ``recall`` gives them where they are kept; ``test`` tests them and is told where to report. One edition of a server
    is tested at a time, whose ``turns`` that needs.
    """

    def __init__(
        self, recall: Callable[[], Sequence[ClaimResult] | None], test: Test, total: int, turns: threading.Lock
    ) -> None:
        self._recall, self._test, self._total, self._turns = recall, test, total, turns
        self._done = 0
        self._lock, self._ended, self._may_begin = threading.Lock(), threading.Event(), threading.Event()
        self._may_begin.set()
        self._thread: threading.Thread | None = None
        self._found: Sequence[ClaimResult] | None = None
        self._failure: Exception | None = None

    def __call__(self) -> Sequence[ClaimResult]:
        """The tested claims; raises :class:`UntestedError` while they are tested, and what testing raised."""
        with self._lock:
            if self._thread is None and self._found is None:
                self._found = self._recall()
            if self._thread is None and self._found is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="claims")
                self._thread.start()
        if self._failure is not None:
            raise self._failure
        if self._found is None:
            raise UntestedError(self._done, self._total)
        return self._found

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Within the block testing does not begin: what somebody waits for already comes first."""
        self._may_begin.clear()
        try:
            yield
        finally:
            self._may_begin.set()

    def wait(self, seconds: float) -> None:
        """Wait until they are tested, or so long."""
        if self._thread is not None:
            self._ended.wait(seconds)

    def _run(self) -> None:
        try:
            self._may_begin.wait()
            with self._turns:
                self._found = self._test(self._report)
        except Exception as error:
            log.exception("the claims could not be tested")
            self._failure = error
        self._ended.set()

    def _report(self, done: int) -> None:
        self._done = done


def hold_back(book: Book) -> AbstractContextManager[None]:
    """Within the block the claims of a book are not yet begun to be tested."""
    return book.test.held_back() if isinstance(book.test, LaterVerdicts) else nullcontext()


def await_results(book: Book, seconds: float = LONGEST_WAIT) -> Sequence[ClaimResult]:
    """The tested claims of a book, waited for where they are being tested; raises :class:`UntestedError` where that
    takes longer."""
    try:
        return book.results
    except UntestedError:
        if isinstance(book.test, LaterVerdicts):
            book.test.wait(seconds)
        return book.results
