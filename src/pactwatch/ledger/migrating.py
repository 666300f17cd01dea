"""Bringing a database up to date: alembic runs the migrations that are part of the package."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

REVISION = "0001"
"""The newest migration; a test compares it with those that are there."""

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(connection: Connection) -> None:
    """Run the migrations a database lacks, in the transaction that is open: all of them or none."""
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
