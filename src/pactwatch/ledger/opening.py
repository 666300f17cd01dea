"""Opening a ledger: its place is found, its tables are made or brought up to date, whoever else does so just now."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from pactwatch.ledger.engine import connect, reading, writing
from pactwatch.ledger.errors import LedgerError
from pactwatch.ledger.ledger import Ledger
from pactwatch.ledger.location import Location, has_ledger, locate
from pactwatch.ledger.migrating import REVISION, migrate


def open_ledger(home: Path | str, *, create: bool = True) -> Ledger:
    """The ledger of a workspace folder (``ledger.sqlite``) or of a server (``postgresql://USER:PASSWORD@HOST/DB``).

    It is made where there is none, unless ``create`` is false, and brought up to date where it is older; two processes
    may do so at once. Use it in ``with``, or close it. Raises ``LedgerError`` when it cannot be opened.
    """
    location = locate(home)
    if location.file is not None:
        _prepare_folder(location.file.parent, create=create)
        if not create and not has_ledger(home):
            raise LedgerError(f"{location.file.parent} holds no ledger yet; `pactwatch read` begins one")
    engine = connect(location)
    try:
        _bring_up_to_date(engine, location)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine, location)


def _prepare_folder(folder: Path, *, create: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise LedgerError(f"{folder} is a file; --home names a folder, or a server as postgresql://USER@HOST/DATABASE")
    if create:
        folder.mkdir(parents=True, exist_ok=True)


def _bring_up_to_date(engine: Engine, location: Location) -> None:
    with reading(engine, location) as connection:
        if _revision_of(connection, location) == REVISION:
            return
    with writing(engine, location) as connection:
        if _revision_of(connection, location) != REVISION:  # nobody else did it while we waited
            migrate(connection)


def _revision_of(connection: Connection, location: Location) -> str | None:
    """The migration a database is at, ``None`` for an empty one; refuses what this version does not know."""
    tables = inspect(connection).get_table_names()  # asked once: between two questions somebody may make the ledger
    if "alembic_version" not in tables:
        if tables:
            raise LedgerError(f"{location.shown} holds other tables ({', '.join(sorted(tables)[:3])}) and no ledger")
        return None
    revision = connection.execute(text("select version_num from alembic_version")).scalar()
    if revision is not None and revision > REVISION:
        raise LedgerError(
            f"{location.shown} was written by a newer pactwatch (schema {revision}; this one knows {REVISION}); "
            "install that version or a later one"
        )
    return str(revision) if revision is not None else None
