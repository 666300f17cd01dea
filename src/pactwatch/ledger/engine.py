"""Connections: who reads, who writes, and how a writer waits its turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from pactwatch.ledger.location import Location
from pactwatch.ledger.meanings import explained
from pactwatch.ledger.turns import WRITER

PATIENCE = 60.0
"""Seconds a writer waits for another before it gives up."""


def connect(location: Location) -> Engine:
    """An engine for a ledger's database; nothing is opened before it is used."""
    if location.is_server:
        from pactwatch.ledger.postgresql import make_engine
    else:
        from pactwatch.ledger.sqlite import make_engine
    return make_engine(location, PATIENCE)


@contextmanager
def reading(engine: Engine, location: Location) -> Iterator[Connection]:
    """A connection that sees the ledger as it is at its first query; waits for nobody."""
    with explained(location), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, location: Location) -> Iterator[Connection]:
    """A connection that alone may append until the end of the block: all of it is kept then, or nothing."""
    with explained(location), engine.connect().execution_options(**{WRITER: True}) as connection, connection.begin():
        yield connection
