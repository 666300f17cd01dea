"""PostgreSQL: one schema of a database, appended to by whoever holds its advisory lock."""

from __future__ import annotations

import os
import socket
import ssl
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from pactwatch.ledger.errors import LedgerError
from pactwatch.ledger.location import Location
from pactwatch.ledger.turns import is_writer

_CONNECT_SECONDS = 10.0
_PORT = 5432
_LOCK = 0x70616374  # "pact": our part of a database's advisory locks; the other part names the schema


def make_engine(location: Location, patience: float) -> Engine:
    """An engine for a server's ledger; a writer waits ``patience`` seconds for another."""
    try:
        import pg8000  # noqa: F401
    except ImportError:
        raise LedgerError(
            "a ledger on a PostgreSQL server needs pg8000; install it with: pip install 'pactwatch[postgres]'"
        ) from None
    engine = create_engine(location.url, creator=lambda: _open(location, patience))
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    if is_writer(connection):
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")


def _open(location: Location, patience: float) -> Any:
    import pg8000.dbapi

    url = location.url
    settings = {"lock_timeout": f"{patience:.0f}s"}
    if location.schema:
        settings["search_path"] = '"' + location.schema.replace('"', '""') + '"'
    return pg8000.dbapi.connect(
        user=url.username or "",
        password=url.password or os.environ.get("PGPASSWORD"),
        database=url.database,
        host=url.host or "localhost",
        sock=_reach(location),
        ssl_context=_encryption(location),
        application_name="pactwatch",
        startup_params=settings,
    )


def _reach(location: Location) -> socket.socket:
    """A socket to the server. Reaching it is bounded in time; what it is asked then may take longer."""
    host = str(location.url.query.get("host") or location.url.host or "localhost")
    port = location.url.port or _PORT
    try:
        if host.startswith("/"):
            reached = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            reached.settimeout(_CONNECT_SECONDS)
            reached.connect(f"{host}/.s.PGSQL.{port}")
        else:
            reached = socket.create_connection((host, port), _CONNECT_SECONDS)
            reached.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    except OSError as error:
        raise LedgerError(
            f"{location.shown}: the server cannot be reached ({error.strerror or error}); is it running, and are host "
            "and port right?"
        ) from None
    reached.settimeout(None)
    return reached


def _encryption(location: Location) -> ssl.SSLContext | bool | None:
    """How ``sslmode`` is meant: encrypted where the server can (``prefer``), surely, surely and to the named host."""
    mode = str(location.url.query.get("sslmode", "prefer"))
    if str(location.url.query.get("host", "")).startswith("/") or mode == "disable":
        return False
    if mode == "verify-full":
        return ssl.create_default_context()
    if mode in {"prefer", "require"}:
        return True if mode == "require" else None
    raise LedgerError(f"sslmode {mode!r} is not known; known are: disable, prefer, require, verify-full")
