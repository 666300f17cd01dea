"""What can go wrong with a ledger, each with what to do about it."""

from __future__ import annotations

from pactwatch.model.errors import PactwatchError


class LedgerError(PactwatchError):
    """The ledger cannot be opened or used as asked."""


class LedgerBusyError(LedgerError):
    """Another process has held the ledger for longer than anybody should wait."""


class LedgerDamagedError(LedgerError):
    """The database itself cannot be read; a broken chain is another matter, which ``verify`` tells."""


class MovedOnError(LedgerError):
    """Somebody appended since the entry that was to be the last; nothing of the batch was appended."""


class RefusedEntryError(LedgerError):
    """An entry does not fit what the ledger holds; nothing of the batch was appended."""
