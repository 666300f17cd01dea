"""How a connection says that it is to write, so that its database makes it wait its turn when it begins."""

from __future__ import annotations

from sqlalchemy import Connection

WRITER = "is_writer"
"""The option of a connection that writes."""


def is_writer(connection: Connection) -> bool:
    """Whether a connection is to write."""
    return bool(connection.get_execution_options().get(WRITER, False))
