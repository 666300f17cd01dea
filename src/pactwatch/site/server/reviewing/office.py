"""A desk for each reviewer on one ledger, opened when somebody first sits down."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.flow.publishing import open_casebook

if TYPE_CHECKING:
    from pactwatch.casebook import Casebook
    from pactwatch.flow.sitting import Sitting
    from pactwatch.ledger import Ledger


class Office:
    """The desks of one server. A reviewer has one desk and one sitting, in however many tabs and browsers; one request
    at a time is at it."""

    def __init__(self, casebook: str, ledger: Path | str) -> None:
        self._casebook_name, self._place = casebook, ledger
        self._lock = threading.Lock()
        self._opened: tuple[Casebook, Ledger] | None = None
        self._sittings: dict[str, Sitting] = {}
        self._turns: dict[str, threading.Lock] = {}

    @contextmanager
    def sit(self, reviewer: str) -> Iterator[Sitting]:
        """The reviewer's sitting, with what others did meanwhile, for them alone until the end of the block.

        Raises what opening a casebook or a ledger raises, and ``NotFoundError`` where the ledger tells nothing yet.
        """
        with self._lock:
            turn = self._turns.setdefault(reviewer, threading.Lock())
        with turn:
            sitting = self._sittings.get(reviewer)
            if sitting is None:
                sitting = self._sittings[reviewer] = self._begin(reviewer)
            else:
                sitting.desk.catch_up()
            yield sitting

    def close(self) -> None:
        """Close the ledger."""
        with self._lock:
            if self._opened is not None:
                self._opened[1].close()

    def _begin(self, reviewer: str) -> Sitting:
        from pactwatch.flow.desk import Desk
        from pactwatch.flow.sitting import Sitting

        casebook, ledger = self._open()
        return Sitting(Desk(casebook, ledger, reviewer))

    def _open(self) -> tuple[Casebook, Ledger]:
        from pactwatch.ledger import open_ledger

        with self._lock:
            if self._opened is None:
                self._opened = open_casebook(self._casebook_name), open_ledger(self._place, create=False)
            return self._opened
