"""What the errors of databases mean to a user, and what to do about each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from pactwatch.ledger.errors import LedgerBusyError, LedgerDamagedError, LedgerError
from pactwatch.ledger.location import Location

_Meaning = tuple[type[LedgerError], str]

_BUSY: _Meaning = (
    LedgerBusyError,
    "another process has been writing for a minute and more; wait for it or end it, and try again",
)
_DAMAGED = "put a copy of it back, or import an export (`pactwatch ledger import`) into another folder"
_UNWRITABLE: _Meaning = (LedgerError, "the ledger or its folder cannot be written; check the permissions")

_SQLITE: tuple[tuple[str, _Meaning], ...] = (
    ("locked", _BUSY),
    ("not a database", (LedgerDamagedError, f"the file is no SQLite database; {_DAMAGED}")),
    ("malformed", (LedgerDamagedError, f"the file is damaged; {_DAMAGED}")),
    ("unable to open", (LedgerError, "the file cannot be opened; check the folder and its permissions")),
    ("readonly", _UNWRITABLE),
    ("disk is full", (LedgerError, "the disk is full; nothing of this step was kept. Free some space and try again")),
    ("disk I/O", (LedgerDamagedError, "the disk could not be read or written; nothing of this step was kept")),
)

_POSTGRESQL: dict[str, _Meaning] = {
    "28P01": (LedgerError, "the server refused the password; check user and password in --home or PGPASSWORD"),
    "28000": (LedgerError, "the server refused the user; check its pg_hba.conf, or ask who runs it"),
    "3D000": (LedgerError, "there is no such database; make it with: createdb NAME"),
    "3F000": (LedgerError, "there is no such schema; make it with: create schema NAME"),
    "42501": (LedgerError, "the user may not do this; ask who runs the server for the rights"),
    "53100": (LedgerError, "the server's disk is full; nothing of this step was kept"),
    "53300": (LedgerError, "the server has no connection left; try again later"),
    "55P03": _BUSY,
    "57P01": (LedgerError, "the server was shut down; nothing of this step was kept. Try again when it runs"),
    "57P03": (LedgerError, "the server is starting or stopping; try again in a moment"),
}


@contextmanager
def explained(location: Location) -> Iterator[None]:
    """Turn a database's errors into a message that says what to do; addresses in it hold no password."""
    try:
        yield
    except DBAPIError as error:
        raise explain(error.orig, location) from None  # the cause holds whole texts, and perhaps an address


def explain(error: BaseException | None, location: Location) -> LedgerError:
    """What an error of a database means."""
    words = str(error)
    if isinstance(error, sqlite3.Error):
        for part, (kind, advice) in _SQLITE:
            if part in words:
                return kind(f"{location.shown}: {advice}")
    details = error.args[0] if error is not None and error.args else None
    if isinstance(details, dict):
        kind, advice = _POSTGRESQL.get(details.get("C", ""), (LedgerError, ""))
        said = details.get("M", "")
        return kind(f"{location.shown}: {advice} ({said})" if advice else f"{location.shown}: {said}")
    if "network error" in words:
        return LedgerError(f"{location.shown}: the server went away; nothing of this step was kept. Try again")
    return LedgerError(f"{location.shown}: {words}")
