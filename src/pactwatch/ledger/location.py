"""Where a ledger is: a folder's ``ledger.sqlite``, or a schema of a PostgreSQL database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.ledger.errors import LedgerError
from pactwatch.model.errors import shown

if TYPE_CHECKING:
    from sqlalchemy import URL

FILE_NAME = "ledger.sqlite"
SERVER_SCHEMES = ("postgresql://", "postgres://", "postgresql+pg8000://")
_QUERY_KEYS = {"host", "schema", "sslmode"}


@dataclass(frozen=True, slots=True)
class Location:
    """A ledger's place. ``shown`` names it in messages and never holds a password."""

    url: URL
    shown: str
    file: Path | None = None
    schema: str = ""

    @property
    def is_server(self) -> bool:
        """Whether the ledger is kept by a PostgreSQL server."""
        return self.file is None

    def __repr__(self) -> str:
        return f"Location({self.shown})"


def is_server(home: object) -> bool:
    """Whether a ``--home`` names a server rather than a folder."""
    return str(home).startswith(SERVER_SCHEMES)


def locate(home: Path | str) -> Location:
    """The ledger of a folder or server; raises ``LedgerError`` for an address that is not understood."""
    return _locate_server(str(home)) if is_server(home) else _locate_file(Path(home))


def has_ledger(home: Path | str) -> bool:
    """Whether there is something to open: any server, or a folder that holds a ledger's file."""
    return is_server(home) or (Path(home) / FILE_NAME).exists()


def _locate_file(folder: Path) -> Location:
    from sqlalchemy import URL

    file = folder / FILE_NAME
    return Location(URL.create("sqlite", database=str(file)), str(file), file)


def _locate_server(address: str) -> Location:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise LedgerError(
            "the address of the PostgreSQL server cannot be understood; write "
            "postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for @ and %2F for / inside a password"
        ) from None  # the cause shows the address, and with it the password
    unknown = sorted(set(url.query) - _QUERY_KEYS)
    if unknown:
        raise LedgerError(
            f"the address of the PostgreSQL server has an option {shown(unknown[0])}; known are: "
            + ", ".join(sorted(_QUERY_KEYS))
        )
    if not url.database or not url.username:
        raise LedgerError(
            f"the address of the PostgreSQL server names no {'database' if url.username else 'user'}; write "
            "postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
        )
    schema = str(url.query.get("schema", ""))
    safe = url.set(drivername="postgresql", password="***" if url.password else None)
    return Location(url.set(drivername="postgresql+pg8000"), safe.render_as_string(hide_password=True), None, schema)
