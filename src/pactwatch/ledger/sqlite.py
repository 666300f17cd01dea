"""SQLite: a file with a write-ahead log, so that readers go on while one writes."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from pactwatch.ledger.location import Location
from pactwatch.ledger.turns import is_writer


def make_engine(location: Location, patience: float) -> Engine:
    """An engine for the ledger's file; a writer waits ``patience`` seconds for another."""
    # the driver would begin transactions by its own rules; we begin them, so that a writer can wait at the start
    engine = create_engine(location.url, connect_args={"timeout": patience, "isolation_level": None})
    event.listen(engine, "begin", _begin)

    @event.listens_for(engine, "connect")
    def settle(connection: Any, _record: object) -> None:
        _use_write_ahead_log(connection, patience)
        connection.execute("pragma synchronous = full")  # a power cut loses nothing that was acknowledged
        connection.execute("pragma recursive_triggers = on")  # `insert or replace` then meets the triggers of removal

    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("begin immediate" if is_writer(connection) else "begin")


def _use_write_ahead_log(connection: Any, patience: float) -> None:
    """Turn the log on. SQLite does not wait when two processes do so at once; we do."""
    until = time.monotonic() + patience
    while connection.execute("pragma journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("pragma journal_mode = wal").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
