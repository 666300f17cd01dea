"""Going through entries in their order, a few megabytes at a time, holding no lock in between."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from pactwatch.ledger.chain import Written
from pactwatch.ledger.engine import reading
from pactwatch.ledger.location import Location
from pactwatch.ledger.tables import ENTRIES

_MOST_ENTRIES = 2000
_MOST_BYTES = 8 * 1024 * 1024

WRITTEN = [ENTRIES.c[name] for name in ("seq", "kind", "author", "at", "previous", "body", "digest")]


def follow(
    engine: Engine, location: Location, kinds: Collection[str] = (), after: int = 0, until: int | None = None
) -> Iterator[Written]:
    """The entries after one and up to another, all kinds unless some are named.

    Entries appended meanwhile are followed too where ``until`` is ``None``.
    """
    while True:
        with reading(engine, location) as connection:
            page = _page(connection, kinds, after, until)
        if not page:
            return
        yield from page
        after = page[-1].seq


def _page(connection: Connection, kinds: Collection[str], after: int, until: int | None) -> list[Written]:
    sizes = _limit(select(ENTRIES.c.seq, ENTRIES.c.size), kinds, after, until)
    last, total = None, 0
    for row in connection.execute(sizes.limit(_MOST_ENTRIES)):
        total += row.size
        if last is not None and total > _MOST_BYTES:
            break
        last = row.seq
    if last is None:
        return []
    rows = connection.execute(_limit(select(*WRITTEN), kinds, after, last))
    return [Written(*row) for row in rows]


def _limit(query: Select[Any], kinds: Collection[str], after: int, until: int | None) -> Select[Any]:
    query = query.where(ENTRIES.c.seq > after).order_by(ENTRIES.c.seq)
    if kinds:
        query = query.where(ENTRIES.c.kind.in_([str(kind) for kind in kinds]))
    return query if until is None else query.where(ENTRIES.c.seq <= until)
