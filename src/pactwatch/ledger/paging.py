"""Going through entries in their order, a few megabytes at a time, holding no lock in between."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, select

from pactwatch.ledger.chain import Written
from pactwatch.ledger.engine import reading
from pactwatch.ledger.location import Location
from pactwatch.ledger.tables import ENTRIES

_MOST_ENTRIES = 2000
_MOST_BYTES = 8 * 1024 * 1024

_SIZES = select(ENTRIES.c.seq, ENTRIES.c.size)
_ROWS = select(ENTRIES)


def follow(
    engine: Engine, location: Location, kinds: Collection[str] = (), after: int = 0, until: int | None = None
) -> Iterator[Written]:
    """The entries after one and up to another, all kinds unless some are named.

    Entries appended meanwhile are followed too where ``until`` is ``None``.
    """
    for page in _pages(engine, location, _Wanted(tuple(kinds), until), after):
        yield from map(as_written, page)


def follow_rows(engine: Engine, location: Location, after: int = 0, most: int = _MOST_ENTRIES) -> Iterator[Row[Any]]:
    """The rows of all entries after one with every column, at most so many at a time."""
    for page in _pages(engine, location, _Wanted(most=most), after):
        yield from page


def as_written(row: Row[Any]) -> Written:
    """The entry of a row."""
    return Written(row.seq, row.kind, row.author, row.at, row.previous, row.body, row.digest)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which entries are gone through, and how many of them at a time."""

    kinds: tuple[str, ...] = ()
    until: int | None = None
    most: int = _MOST_ENTRIES

    def limit(self, query: Select[Any], after: int, until: int | None) -> Select[Any]:
        """A query for these entries only."""
        query = query.where(ENTRIES.c.seq > after).order_by(ENTRIES.c.seq)
        if self.kinds:
            query = query.where(ENTRIES.c.kind.in_([str(kind) for kind in self.kinds]))
        return query if until is None else query.where(ENTRIES.c.seq <= until)


def _pages(engine: Engine, location: Location, wanted: _Wanted, after: int) -> Iterator[list[Row[Any]]]:
    while True:
        with reading(engine, location) as connection:
            page = _page(connection, wanted, after)
        if not page:
            return
        yield page
        after = page[-1].seq


def _page(connection: Connection, wanted: _Wanted, after: int) -> list[Row[Any]]:
    last, total = None, 0
    for row in connection.execute(wanted.limit(_SIZES, after, wanted.until).limit(wanted.most)):
        total += row.size
        if last is not None and total > _MOST_BYTES:
            break
        last = row.seq
    return [] if last is None else list(connection.execute(wanted.limit(_ROWS, after, last)))


def unwatched(_amount: int) -> None:
    """For long work that nobody watches: takes each amount done and tells nobody."""
