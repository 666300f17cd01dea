"""What holds at an entry, asked of the entries: each question is one query over an index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row, Select, func, select

from pactwatch.ledger.bodies import index_key, read_body
from pactwatch.ledger.chain import parse, read_time, write_time
from pactwatch.ledger.tables import ENTRIES
from pactwatch.model.documents import Document
from pactwatch.model.entries import Coding, EntryKind, Fetched
from pactwatch.model.judgements import Judgement

B_co = TypeVar("B_co", covariant=True)

_LONGEST_CODER = 400
_CODER = re.compile(r'\{"coder":("(?:[^"\\]|\\.)*")')

_KEPT = (ENTRIES.c.seq, ENTRIES.c.author, ENTRIES.c.at, ENTRIES.c.body)


@dataclass(frozen=True, slots=True)
class Kept(Generic[B_co]):
    """A body with the entry that keeps it: its number, who told it and when."""

    seq: int
    author: str
    at: datetime
    body: B_co


def find_last(connection: Connection, as_of: datetime | None) -> int:
    """The number of the last entry, or of the last one at a time; 0 where there is none."""
    query = select(ENTRIES.c.seq).order_by(ENTRIES.c.at.desc(), ENTRIES.c.seq.desc()).limit(1)
    if as_of is not None:
        query = query.where(ENTRIES.c.at <= write_time(as_of))
    return connection.execute(query).scalar() or 0


def is_document(connection: Connection, doc: str) -> bool:
    """Whether a document is kept."""
    return connection.execute(_about(select(ENTRIES.c.seq), EntryKind.DOCUMENT, doc).limit(1)).scalar() is not None


def find_document(connection: Connection, doc: str) -> Document | None:
    """A document with its text."""
    text = connection.execute(_about(select(ENTRIES.c.body), EntryKind.DOCUMENT, doc).limit(1)).scalar()
    return None if text is None else read_body(EntryKind.DOCUMENT, text).document  # type: ignore[union-attr]


def find_heads(connection: Connection, until: int | None) -> dict[str, Document]:
    """Documents without their texts, by id, in the order they were read."""
    rows = connection.execute(_of_kind(select(ENTRIES.c.head), EntryKind.DOCUMENT, until).order_by(ENTRIES.c.seq))
    heads = (Document.model_validate(parse(row.head)) for row in rows)
    return {head.id: head for head in heads}


def find_addresses(connection: Connection, doc: str) -> tuple[str, ...]:
    """Where a document was found, in the order it was."""
    rows = connection.execute(_about(select(ENTRIES.c.body), EntryKind.ADDRESS, doc).order_by(ENTRIES.c.seq))
    return tuple(parse(row.body)["address"] for row in rows)


def find_copies(connection: Connection, until: int | None) -> dict[str, str]:
    """The original of each copy; where an original was later found to be a copy, that one's original."""
    rows = connection.execute(_of_kind(select(ENTRIES.c.body), EntryKind.COPY, until).order_by(ENTRIES.c.seq))
    told = {data["doc"]: data["original"] for data in (parse(row.body) for row in rows)}
    resolved = {}
    for doc, original in told.items():
        passed = {doc}
        while original in told and original not in passed:
            passed.add(original)
            original = told[original]  # noqa: PLW2901 - follows the chain to its end
        resolved[doc] = original
    return resolved


def find_codings(connection: Connection, until: int | None) -> dict[str, Coding]:
    """The coding in force of each document, in the order of the entries that hold."""
    newest = _of_kind(select(func.max(ENTRIES.c.seq)), EntryKind.CODING, until).group_by(ENTRIES.c.subject)
    rows = connection.execute(select(ENTRIES.c.body).where(ENTRIES.c.seq.in_(newest)).order_by(ENTRIES.c.seq))
    codings = (_as_coding(row.body) for row in rows)
    return {coding.doc: coding for coding in codings}


def find_coding(connection: Connection, doc: str) -> Coding | None:
    """The coding in force of one document."""
    query = _about(select(ENTRIES.c.body), EntryKind.CODING, doc).order_by(ENTRIES.c.seq.desc()).limit(1)
    text = connection.execute(query).scalar()
    return None if text is None else _as_coding(text)


def find_coders(connection: Connection, until: int | None) -> dict[str, str]:
    """Who coded each coded document last, without reading the mentions: canonical JSON begins with the coder."""
    start = func.substr(ENTRIES.c.body, 1, _LONGEST_CODER).label("start")
    rows = connection.execute(
        _of_kind(select(ENTRIES.c.subject, start), EntryKind.CODING, until).order_by(ENTRIES.c.seq)
    )
    return {row.subject: str(parse(found[1])) for row in rows if (found := _CODER.match(row.start))}


def find_judgements(connection: Connection, until: int | None) -> tuple[Kept[Judgement], ...]:
    """Judgements in force, in their order: those no withdrawal in force names. Withdrawals themselves are not told."""
    kept: list[Kept[Judgement]] = find_kept(connection, EntryKind.JUDGEMENT, until)
    withdrawn: set[int] = set()
    for one in reversed(kept):  # later ones first, so that a withdrawal may itself be withdrawn
        if one.body.withdraws is not None and one.seq not in withdrawn:
            withdrawn.add(one.body.withdraws)
    return tuple(one for one in kept if one.body.withdraws is None and one.seq not in withdrawn)


def find_fetched(connection: Connection, address: str) -> Kept[Fetched] | None:
    """What an address said when it was last asked."""
    query = _about(select(*_KEPT), EntryKind.FETCH, address).order_by(ENTRIES.c.seq.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else _as_kept(row, EntryKind.FETCH)


def find_kept(connection: Connection, kind: EntryKind, until: int | None) -> list[Kept[Any]]:
    """All bodies of a kind in their order."""
    rows = connection.execute(_of_kind(select(*_KEPT), kind, until).order_by(ENTRIES.c.seq))
    return [_as_kept(row, kind) for row in rows]


def _about(query: Select[Any], kind: EntryKind, subject: str) -> Select[Any]:
    return query.where(ENTRIES.c.kind == kind.value, ENTRIES.c.subject == index_key(subject))


def _of_kind(query: Select[Any], kind: EntryKind, until: int | None) -> Select[Any]:
    query = query.where(ENTRIES.c.kind == kind.value)
    return query if until is None else query.where(ENTRIES.c.seq <= until)


def _as_kept(row: Row[Any], kind: EntryKind) -> Kept[Any]:
    return Kept(row.seq, row.author, read_time(row.at), read_body(kind, row.body))


def _as_coding(text: str) -> Coding:
    return read_body(EntryKind.CODING, text)  # type: ignore[return-value]
