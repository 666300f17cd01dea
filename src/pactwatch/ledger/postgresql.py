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
    engine = create_engine(location.url, creator=lambda: _open(location, patience), pool_pre_ping=True)
    event.listen(engine, "begin", _begin)
    _notice_resets(engine.dialect)
    return engine


def _notice_resets(dialect: Any) -> None:
    """Have the ping before use take a reset socket for a lost connection.

    The driver passes the system's own error on, which SQLAlchemy takes for no error of a database and lets through.
    """
    ping = dialect.do_ping

    def do_ping(connection: Any) -> bool:
        try:
            return bool(ping(connection))
        except OSError:
            return False

    dialect.do_ping = do_ping


def _begin(connection: Connection) -> None:
    """A writer waits its turn and then sees the newest; a reader sees one moment through all its questions."""
    if is_writer(connection):
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")
    else:
        connection.exec_driver_sql("set transaction isolation level repeatable read")


def _open(location: Location, patience: float) -> Any:
    import pg8000.dbapi

    url = location.url
    settings = {"lock_timeout": f"{patience:.0f}s"}
    if location.schema:
        settings["search_path"] = '"' + location.schema.replace('"', '""') + '"'
    encryption = _encryption(location)
    reached = _reach(location)
    try:
        return pg8000.dbapi.connect(
            user=url.username or "",
            password=url.password or os.environ.get("PGPASSWORD") or "",
            database=url.database,
            host=url.host or "localhost",
            sock=reached,
            ssl_context=encryption,
            application_name="pactwatch",
            startup_params=settings,
        )
    except pg8000.dbapi.Error as error:
        reached.close()
        raise _said_by_server(error) from None
    except OSError as error:
        reached.close()
        raise LedgerError(f"{location.shown}: no connection could be agreed on: {error}") from None


def _said_by_server(error: BaseException) -> BaseException:
    """What the server said before it went, which the driver hides behind a further failure."""
    import pg8000.dbapi

    cause: BaseException | None = error
    while cause is not None:
        if type(cause) is pg8000.dbapi.DatabaseError:
            break
        cause = cause.__cause__ or cause.__context__
    return cause or error


def _reach(location: Location) -> socket.socket:
    """A socket to the server. Reaching it is bounded in time; what it is asked then may take longer."""
    host = str(location.url.query.get("host") or location.url.host or "localhost")
    port = location.url.port or _PORT
    try:
        if host.startswith("/"):
            reached = _reach_socket(f"{host}/.s.PGSQL.{port}")
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


def _reach_socket(path: str) -> socket.socket:
    reached = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        reached.settimeout(_CONNECT_SECONDS)
        reached.connect(path)
    except OSError:
        reached.close()
        raise
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
