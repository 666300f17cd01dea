"""Appending a batch: checked against the ledger and against itself, chained, and written in one go or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, insert, select
from sqlalchemy import text as statement

from pactwatch.ledger.bodies import columns_of, kind_of
from pactwatch.ledger.chain import FIRST_PREVIOUS, Written, canonical, write_time
from pactwatch.ledger.errors import RefusedEntryError
from pactwatch.ledger.fitting import require_fit
from pactwatch.ledger.known import Known
from pactwatch.ledger.tables import ENTRIES
from pactwatch.model.entries import Body, EntryKind
from pactwatch.model.errors import shown

Made = tuple[Written, dict[str, Any]]

_LONGEST_AUTHOR = 200
_GROUP_BYTES = 8 * 1024 * 1024  # handed to the database at once
_COLUMNS = ", ".join(ENTRIES.c.keys())
_INSERT_ALL = statement(
    f"insert into entries ({_COLUMNS}) select {_COLUMNS} "  # noqa: S608 - the names of our own columns
    "from json_populate_recordset(null::entries, cast(:rows as json)) order by seq"
)
_LAST = select(ENTRIES.c.seq, ENTRIES.c.digest, ENTRIES.c.at).order_by(ENTRIES.c.seq.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Offered:
    """A body that may become an entry, with its values and its canonical JSON; ``place`` names it in messages."""

    place: str
    kind: EntryKind
    body: Body
    data: dict[str, Any]
    text: str


def write_down(bodies: Sequence[Body]) -> list[Offered]:
    """Bodies as they will be written; done before the writer's turn, so that others wait less."""
    return list(_write_down(bodies))


def append_offered(connection: Connection, offered: Sequence[Offered], author: str, at: datetime | None) -> list[Made]:
    """Append what is new of a batch over a connection that writes; returns the entries made with their bodies' values.

    Raises ``RefusedEntryError`` for a body that does not fit, named by its place in the batch.
    """
    _require_author(author)
    seq, previous, last_at = last_entry(connection)
    moment = max(_moment(at), last_at)  # a clock set back never makes an entry older than the one before
    made: list[Made] = []
    for one in _select_new(connection, offered):
        seq += 1
        written = Written(seq, one.kind, author, moment, previous, one.text).sealed()
        previous = written.digest
        made.append((written, one.data))
    insert_rows(connection, (row_of(one, columns_of(one.kind, data, one.body)) for one, data in made))
    return made


def _write_down(bodies: Sequence[Body]) -> Iterator[Offered]:
    for place, body in enumerate(bodies, 1):
        kind, data = kind_of(body), body.model_dump(mode="json")
        name = f"entry {place} of {len(bodies)} ({kind})"
        with _naming(name):
            text = canonical(data)
        yield Offered(name, kind, body, data, text)


def _select_new(connection: Connection, offered: Sequence[Offered]) -> Iterator[Offered]:
    known = Known(connection)
    known.prepare([one.body for one in offered])
    for one in offered:
        with _naming(one.place):
            is_new = require_fit(one.body, one.text, known)
        if is_new:
            yield one


@contextmanager
def _naming(place: str) -> Iterator[None]:
    try:
        yield
    except RefusedEntryError as error:
        raise RefusedEntryError(f"{place}: {error}; nothing was appended") from None


def last_entry(connection: Connection) -> tuple[int, str, str]:
    """Sequence number, digest and time of the last entry; of an empty ledger, what its first entry follows."""
    row = connection.execute(_LAST).one_or_none()
    return (row.seq, row.digest, row.at) if row else (0, FIRST_PREVIOUS, "")


def row_of(written: Written, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an entry; ``columns`` are those computed from its body."""
    return {
        "seq": written.seq,
        "kind": str(written.kind),
        "author": written.author,
        "at": written.at,
        "previous": written.previous,
        "digest": written.digest,
        "body": written.body,
        **columns,
    }


def insert_rows(connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows in their order, some megabytes at a time."""
    for group in _groups(rows):
        if connection.dialect.name == "postgresql":  # its driver would ask the server three times for each row
            connection.execute(_INSERT_ALL, {"rows": orjson.dumps(group).decode()})
        else:
            connection.execute(insert(ENTRIES), group)


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        group.append(row)
        size += row["size"]
        if size > _GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _require_author(author: str) -> None:
    if not author.strip() or len(author) > _LONGEST_AUTHOR or not author.isprintable():
        raise RefusedEntryError(
            f"an entry's author is a name of 1 to {_LONGEST_AUTHOR} printable letters, not {shown(author)}"
        )


def _moment(at: datetime | None) -> str:
    if at is not None and at.tzinfo is None:
        raise RefusedEntryError(f"the time {at} of an entry has no time zone; give one, such as UTC")
    return write_time(at or datetime.now(UTC))
