"""What holds at an entry, asked of the entries: each question is one query over an index."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection, Row, Select, func, select

from pactwatch.ledger.batches import batched
from pactwatch.ledger.bodies import KINDS, index_key, read_body
from pactwatch.ledger.chain import parse, read_time, write_time
from pactwatch.ledger.tables import ENTRIES
from pactwatch.model.documents import Document
from pactwatch.model.entries import Coding, EntryKind, Fetched
from pactwatch.model.judgements import Judgement
from pactwatch.uncollected import uncollected

B_co = TypeVar("B_co", covariant=True)

_KEPT = (ENTRIES.c.seq, ENTRIES.c.author, ENTRIES.c.at, ENTRIES.c.body)
_CODED = select(ENTRIES.c.seq, ENTRIES.c.body)
_GROUP = 500  # subjects asked for at once


@dataclass(frozen=True, slots=True)
class Kept(Generic[B_co]):
    """A body with the entry that keeps it: its number, who told it and when."""

    seq: int
    author: str
    at: datetime
    body: B_co


class Newest(NamedTuple):
    """The last entry of what is asked: its number, digest and time."""

    seq: int
    digest: str
    at: datetime


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


def find_digest(connection: Connection, seq: int) -> str:
    """The digest of an entry; empty where there is none."""
    return connection.execute(select(ENTRIES.c.digest).where(ENTRIES.c.seq == seq)).scalar() or ""


def find_subjects(
    connection: Connection, kinds: Collection[EntryKind], after: int, until: int | None
) -> list[tuple[EntryKind, str]]:
    """Kind and subject of entries of some kinds, in their order."""
    query = select(ENTRIES.c.kind, ENTRIES.c.subject).where(ENTRIES.c.seq > after)
    query = query.where(ENTRIES.c.kind.in_([kind.value for kind in kinds]))
    query = query if until is None else query.where(ENTRIES.c.seq <= until)
    return [(KINDS[row.kind], row.subject) for row in connection.execute(query.order_by(ENTRIES.c.seq))]


def find_uncoded(connection: Connection) -> list[str]:
    """Documents without a coding, sorted."""
    documents, codings = (_subjects_of(kind, None) for kind in (EntryKind.DOCUMENT, EntryKind.CODING))
    return sorted(connection.execute(documents.except_(codings)).scalars().all())


def find_coded(connection: Connection) -> list[str]:
    """Documents with a coding, each once."""
    return [*connection.execute(_subjects_of(EntryKind.CODING, None).distinct()).scalars().all()]


def find_ids(connection: Connection, until: int | None) -> list[str]:
    """The ids of all documents in the order they were read."""
    rows = connection.execute(_subjects_of(EntryKind.DOCUMENT, until).order_by(ENTRIES.c.seq))
    return [*rows.scalars().all()]


def _subjects_of(kind: EntryKind, until: int | None) -> Select[Any]:
    return _of_kind(select(ENTRIES.c.subject), kind, until)


def find_latest(connection: Connection, kind: EntryKind, until: int | None) -> dict[str, str]:
    """The number of the last entry of a kind about each subject, as text."""
    query = _of_kind(select(ENTRIES.c.subject, func.max(ENTRIES.c.seq).label("last")), kind, until)
    return {row.subject: str(row.last) for row in connection.execute(query.group_by(ENTRIES.c.subject))}


def find_heads(connection: Connection, until: int | None, docs: Collection[str] | None = None) -> dict[str, Document]:
    """Documents without their texts, by id, in the order they were read; all of them, or some."""
    query = _of_kind(select(ENTRIES.c.seq, ENTRIES.c.head), EntryKind.DOCUMENT, until)
    heads = (Document.model_validate(parse(row.head)) for row in _among(connection, query, docs))
    return {head.id: head for head in heads}


def find_addresses(connection: Connection, doc: str) -> tuple[str, ...]:
    """Where a document was found, in the order it was."""
    rows = connection.execute(_about(select(ENTRIES.c.body), EntryKind.ADDRESS, doc).order_by(ENTRIES.c.seq))
    return tuple(parse(row.body)["address"] for row in rows)


def find_all_addresses(connection: Connection, until: int | None) -> dict[str, tuple[str, ...]]:
    """Where each document was found, by document."""
    rows = connection.execute(_of_kind(select(ENTRIES.c.body), EntryKind.ADDRESS, until).order_by(ENTRIES.c.seq))
    found: dict[str, list[str]] = {}
    for row in rows:
        data = parse(row.body)
        found.setdefault(data["doc"], []).append(data["address"])
    return {doc: tuple(addresses) for doc, addresses in found.items()}


def find_newest(connection: Connection, kinds: Collection[EntryKind], until: int | None) -> Newest | None:
    """The last entry of some kinds."""
    query = select(ENTRIES.c.seq, ENTRIES.c.digest, ENTRIES.c.at).where(
        ENTRIES.c.kind.in_([kind.value for kind in kinds])
    )
    query = query if until is None else query.where(ENTRIES.c.seq <= until)
    row = connection.execute(query.order_by(ENTRIES.c.seq.desc()).limit(1)).one_or_none()
    return None if row is None else Newest(row.seq, row.digest, read_time(row.at))


def find_about(connection: Connection, kinds: Collection[EntryKind], subject: str) -> list[Kept[Any]]:
    """Entries of some kinds about one document, record or address, in their order."""
    found = []
    for kind in kinds:
        rows = connection.execute(_about(select(*_KEPT), kind, subject).order_by(ENTRIES.c.seq))
        found += [_as_kept(row, kind) for row in rows]
    return sorted(found, key=lambda one: one.seq)


def find_copies(connection: Connection, until: int | None, docs: Collection[str] | None = None) -> dict[str, str]:
    """The original of each copy; where an original was later found to be a copy, that one's original. Of all, or of
    some documents.
    """
    told: dict[str, str] = {}
    query = _of_kind(select(ENTRIES.c.seq, ENTRIES.c.body), EntryKind.COPY, until)
    asked = None if docs is None else {*docs}
    while asked is None or asked:
        found = (parse(row.body) for row in _among(connection, query, asked))
        fresh = {data["doc"]: data["original"] for data in found}
        told |= fresh
        if asked is None:
            break
        asked = {original for original in fresh.values() if original not in told}
    resolved = {}
    for doc in told if docs is None else [doc for doc in docs if doc in told]:
        original, passed = told[doc], {doc}
        while original in told and original not in passed:
            passed.add(original)
            original = told[original]
        resolved[doc] = original
    return resolved


def find_codings(connection: Connection, until: int | None, docs: Collection[str] | None = None) -> dict[str, Coding]:
    """The coding in force of each document, of all or of some, in the order of the entries that hold."""
    newest = _of_kind(select(func.max(ENTRIES.c.seq)), EntryKind.CODING, until).group_by(ENTRIES.c.subject)
    with uncollected():
        codings = (_as_coding(row.body) for row in _among(connection, _CODED, docs, newest))
        return {coding.doc: coding for coding in codings}


def find_former_codings(connection: Connection, until: int | None, docs: Collection[str] | None = None) -> list[Coding]:
    """Codings that a later one replaced, of all documents or of some, in the order of the entries."""
    newest = _of_kind(select(func.max(ENTRIES.c.seq)), EntryKind.CODING, until).group_by(ENTRIES.c.subject)
    query = _of_kind(_CODED, EntryKind.CODING, until).where(ENTRIES.c.seq.not_in(newest))
    with uncollected():
        return [_as_coding(row.body) for row in _among(connection, query, docs)]


def _among(
    connection: Connection, query: Select[Any], docs: Collection[str] | None, within: Select[Any] | None = None
) -> list[Row[Any]]:
    """The rows of a query, in order of their entries, about all documents or some; with ``within`` the query asks for
    entries whose numbers that gives, and it is that which is about the documents.
    """
    rows: list[Row[Any]] = []
    for group in [None] if docs is None else batched([*map(index_key, docs)], _GROUP):
        inner = query if within is None else within
        inner = inner if group is None else inner.where(ENTRIES.c.subject.in_(group))
        asked = inner if within is None else query.where(ENTRIES.c.seq.in_(inner))
        rows += connection.execute(asked.order_by(ENTRIES.c.seq))
    return rows if docs is None else sorted(rows, key=lambda row: row.seq)


def find_coding(connection: Connection, doc: str) -> Coding | None:
    """The coding in force of one document."""
    query = _about(select(ENTRIES.c.body), EntryKind.CODING, doc).order_by(ENTRIES.c.seq.desc()).limit(1)
    text = connection.execute(query).scalar()
    return None if text is None else _as_coding(text)


def find_coders(connection: Connection, until: int | None) -> dict[str, str]:
    """Who coded each coded document last, without reading the mentions."""
    heads = connection.execute(_of_kind(select(ENTRIES.c.head), EntryKind.CODING, until).order_by(ENTRIES.c.seq))
    return {head["doc"]: head["coder"] for head in (parse(row.head) for row in heads)}


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


def find_kept(
    connection: Connection, kind: EntryKind, until: int | None, subjects: Collection[str] | None = None
) -> list[Kept[Any]]:
    """All bodies of a kind in their order, or those about some subjects."""
    return [_as_kept(row, kind) for row in _among(connection, _of_kind(select(*_KEPT), kind, until), subjects)]


def _about(query: Select[Any], kind: EntryKind, subject: str) -> Select[Any]:
    return query.where(ENTRIES.c.kind == kind.value, ENTRIES.c.subject == index_key(subject))


def _of_kind(query: Select[Any], kind: EntryKind, until: int | None) -> Select[Any]:
    query = query.where(ENTRIES.c.kind == kind.value)
    return query if until is None else query.where(ENTRIES.c.seq <= until)


def _as_kept(row: Row[Any], kind: EntryKind) -> Kept[Any]:
    return Kept(row.seq, row.author, read_time(row.at), read_body(kind, row.body))


def _as_coding(text: str) -> Coding:
    return read_body(EntryKind.CODING, text)  # type: ignore[return-value]
