"""Appending a batch: checked against the ledger and against itself, chained, and written in one go or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from pactwatch.ledger.bodies import columns_of, kind_of
from pactwatch.ledger.chain import FIRST_PREVIOUS, Written, canonical, write_time
from pactwatch.ledger.errors import RefusedEntryError
from pactwatch.ledger.fitting import require_fit
from pactwatch.ledger.known import Known
from pactwatch.ledger.tables import ENTRIES
from pactwatch.model.entries import Body
from pactwatch.model.errors import shown

_LONGEST_AUTHOR = 200
_GROUP = 1000  # rows handed to the database at once
_LAST = select(ENTRIES.c.seq, ENTRIES.c.digest, ENTRIES.c.at).order_by(ENTRIES.c.seq.desc()).limit(1)


def append_bodies(connection: Connection, bodies: Iterable[Body], author: str, at: datetime | None) -> list[Written]:
    """Append what is new of a batch over a connection that writes; returns the entries made.

    Raises ``RefusedEntryError`` for a body that does not fit, named by its place in the batch.
    """
    _require_author(author)
    offered = list(bodies)
    known = Known(connection)
    known.prepare(offered)
    seq, previous, last_at = last_entry(connection)
    moment = max(_moment(at), last_at)  # a clock set back never makes an entry older than the one before
    rows: list[dict[str, Any]] = []
    made: list[Written] = []
    for place, body in enumerate(offered, 1):
        kind = kind_of(body)
        data = body.model_dump(mode="json")
        try:
            text = canonical(data)
            is_new = require_fit(body, text, known)
        except RefusedEntryError as error:
            raise RefusedEntryError(
                f"entry {place} of {len(offered)} ({kind}): {error}; nothing was appended"
            ) from None
        if is_new:
            seq += 1
            written = Written(seq, kind, author, moment, previous, text).sealed()
            previous = written.digest
            made.append(written)
            rows.append(row_of(written, data))
    insert_rows(connection, rows)
    return made


def last_entry(connection: Connection) -> tuple[int, str, str]:
    """Sequence number, digest and time of the last entry; of an empty ledger, what its first entry follows."""
    row = connection.execute(_LAST).one_or_none()
    return (row.seq, row.digest, row.at) if row else (0, FIRST_PREVIOUS, "")


def row_of(written: Written, data: dict[str, Any]) -> dict[str, Any]:
    """The row of an entry; ``data`` are the values of its body."""
    return {
        "seq": written.seq,
        "kind": str(written.kind),
        "author": written.author,
        "at": written.at,
        "previous": written.previous,
        "digest": written.digest,
        "body": written.body,
        **columns_of(written.kind, data, written.body),
    }


def insert_rows(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows in their order."""
    for group in _groups(rows):
        connection.execute(insert(ENTRIES), group)


def _groups(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(rows), _GROUP):
        yield rows[start : start + _GROUP]


def _require_author(author: str) -> None:
    if not author.strip() or len(author) > _LONGEST_AUTHOR or not author.isprintable():
        raise RefusedEntryError(
            f"an entry's author is a name of 1 to {_LONGEST_AUTHOR} printable letters, not {shown(author)}"
        )


def _moment(at: datetime | None) -> str:
    if at is not None and at.tzinfo is None:
        raise RefusedEntryError(f"the time {at} of an entry has no time zone; give one, such as UTC")
    return write_time(at or datetime.now(UTC))
