"""Verifying a ledger: its chain from the first entry, the guards of its tables, and the database's own checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, create_engine

from pactwatch.ledger.checking import Checker
from pactwatch.ledger.engine import reading
from pactwatch.ledger.errors import LedgerDamagedError
from pactwatch.ledger.ledger import Ledger
from pactwatch.ledger.paging import as_written, follow_rows, unwatched

_GUARDS = {
    "entries_follow": "5401b41e9a7e11fb",
    "entries_remain": "f7894e22a328f091",
    "entries_stay": "f7894e22a328f091",
}
"""The triggers of a server, with the beginning of the SHA-256 of what each does; SQLite's are compared as texts."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: how far the chain is whole (``entries``, the last one's ``digest``), and what is wrong."""

    entries: int
    digest: str
    problems: tuple[str, ...]


def verify_ledger(ledger: Ledger, holds: str = "", advance: Callable[[int], None] = unwatched) -> Verification:
    """Check every entry; the first that is broken is named, for those after it cannot be judged.

    ``holds`` is the digest of an entry noted earlier, or its beginning: that it is still there shows that nothing up to
    it was replaced, not even by somebody who made the whole chain anew. ``advance`` is told the number of sound ones.
    """
    problems = list(_find_unguarded(ledger))
    checker = Checker()
    is_held = not holds
    try:
        for row in _rows(ledger):
            fault = checker.find_fault(as_written(row), row._asdict())
            if fault:
                problems.append(fault)
                break
            is_held = is_held or row.digest.startswith(holds)
            advance(1)
    except LedgerDamagedError as error:
        problems.append(f"entry {checker.seq + 1}: it cannot be read. {error}")
    if not is_held:
        problems.append(f"no entry has the digest {holds}: the chain was replaced, or cut off before that entry")
    return Verification(checker.seq, checker.digest if checker.seq else "", tuple(problems))


def _rows(ledger: Ledger) -> Iterator[Row[Any]]:
    """Rows in their order; where some cannot be read, one by one up to the first of these."""
    after = 0
    try:
        for row in follow_rows(ledger.engine, ledger.location):
            yield row
            after = row.seq
    except LedgerDamagedError:
        yield from follow_rows(ledger.engine, ledger.location, after, most=1)


def _find_unguarded(ledger: Ledger) -> Iterator[str]:
    """What the database itself finds wrong, and guards against change that were taken away."""
    try:
        with reading(ledger.engine, ledger.location) as connection:
            find = _check_server if ledger.location.is_server else _check_file
            yield from find(connection)
    except LedgerDamagedError as error:
        yield str(error)


def _check_server(connection: Connection) -> list[str]:
    found = connection.exec_driver_sql(
        "select tgname, prosrc from pg_trigger join pg_proc on pg_proc.oid = tgfoid "
        "where tgrelid = 'entries'::regclass and tgenabled = 'A'"
    )
    made = {row.tgname: sha256(row.prosrc.encode()).hexdigest()[:16] for row in found}
    return [
        f"the trigger {name}, which guards the entries, is gone, switched off or does something else"
        for name, does in sorted(_GUARDS.items())
        if made.get(name) != does
    ]


def _check_file(connection: Connection) -> list[str]:
    problems = [str(row[0]) for row in connection.exec_driver_sql("pragma integrity_check(10)") if row[0] != "ok"]
    made, expected = _definitions(connection), _expected_definitions()
    wrong = sorted(name for name, text in expected.items() if made.get(name) != text)
    wrong += sorted(name for name in made if name not in expected and name.startswith("trigger "))
    return problems + [f"the {name} is not as pactwatch makes it" for name in wrong]


def _definitions(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("select type, name, sql from sqlite_master where sql is not null")
    return {f"{row.type} {row.name}": row.sql for row in rows}


def _expected_definitions() -> dict[str, str]:
    from pactwatch.ledger.migrating import migrate

    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection)
        return _definitions(connection)
