"""What a batch must know of the ledger before it is appended: what is there already, and what the texts say.

Asked in groups, and kept up as the batch goes on, so that a batch may hold a document and what is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from pactwatch.ledger.batches import batched
from pactwatch.ledger.bodies import index_key
from pactwatch.ledger.chain import parse
from pactwatch.ledger.tables import ENTRIES
from pactwatch.model.entries import AddressFound, Alert, Body, Coding, CopyFound, DocumentRead, EntryKind
from pactwatch.model.judgements import Judgement, MentionRef

_GROUP = 500  # subjects asked for at once

_OF_KIND = ENTRIES.c.kind == bindparam("kind")
_AMONG = ENTRIES.c.subject.in_(bindparam("subjects", expanding=True))
_SUBJECTS = select(ENTRIES.c.subject).where(_OF_KIND, _AMONG)
_BODIES = select(ENTRIES.c.subject, ENTRIES.c.body).where(_OF_KIND, _AMONG)
_NEWEST = select(func.max(ENTRIES.c.seq)).where(_OF_KIND, _AMONG).group_by(ENTRIES.c.subject)
_LATEST = select(ENTRIES.c.subject, ENTRIES.c.body).where(ENTRIES.c.seq.in_(_NEWEST))
_JUDGED = select(ENTRIES.c.seq).where(_OF_KIND, ENTRIES.c.seq.in_(bindparam("seqs", expanding=True)))
_LAST = select(func.coalesce(func.max(ENTRIES.c.seq), 0))


class Known:
    """Documents, addresses, copies, codings and judgements that a batch touches; ``last`` is the last entry's seq."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._documents: set[str] = set()
        self._text: tuple[str, str] = ("", "")
        self._fresh: dict[str, str] = {}
        self._once: set[tuple[EntryKind, str, str]] = set()
        self._latest: dict[tuple[EntryKind, str], str] = {}
        self.judgements: set[int] = set()
        self.last: int = connection.execute(_LAST).scalar_one()

    def prepare(self, bodies: Sequence[Body]) -> None:
        """Ask for what the ledger has of all that a batch names."""
        named = {doc for body in bodies for doc in _documents_named(body)}
        self._documents.update(row.subject for row in self._ask(_SUBJECTS, EntryKind.DOCUMENT, named))
        found = {body.doc for body in bodies if isinstance(body, AddressFound)}
        alerted = {body.doc for body in bodies if isinstance(body, Alert)}
        for kind, docs, what in ((EntryKind.ADDRESS, found, "address"), (EntryKind.ALERT, alerted, "watchlist")):
            rows = self._ask(_BODIES, kind, docs & self._documents)
            self._once.update((kind, row.subject, parse(row.body)[what]) for row in rows)
        copied = {doc for body in bodies if isinstance(body, CopyFound) for doc in (body.doc, body.original)}
        coded = {body.doc for body in bodies if isinstance(body, Coding)}
        for kind, docs in ((EntryKind.COPY, copied), (EntryKind.CODING, coded)):
            rows = self._ask(_LATEST, kind, docs & self._documents)
            self._latest.update(((kind, row.subject), row.body) for row in rows)
        withdrawn = {body.withdraws for body in bodies if isinstance(body, Judgement)} - {None}
        for seqs in batched(withdrawn, _GROUP):
            rows = self._connection.execute(_JUDGED, {"kind": EntryKind.JUDGEMENT.value, "seqs": seqs})
            self.judgements.update(row.seq for row in rows)

    def has_document(self, doc: str) -> bool:
        """Whether a document is there, or was told earlier in the batch."""
        return doc in self._documents

    def text_of(self, doc: str) -> str:
        """The text of a document that is there."""
        if doc in self._fresh:
            return self._fresh[doc]
        if self._text[0] != doc:  # one at a time: what is said of a document comes together
            (row,) = self._ask(_BODIES, EntryKind.DOCUMENT, {index_key(doc)})
            self._text = (doc, parse(row.body)["document"]["text"])
        return self._text[1]

    def original_of(self, doc: str) -> str | None:
        """What a document was last said to be a copy of."""
        body = self._latest.get((EntryKind.COPY, doc))
        return None if body is None else str(parse(body)["original"])

    def add_document(self, doc: str, text: str) -> bool:
        """Note a document; whether it is new."""
        is_new = doc not in self._documents
        if is_new:
            self._documents.add(doc)
            self._fresh[doc] = text
        return is_new

    def add_once(self, kind: EntryKind, doc: str, what: str) -> bool:
        """Note what is told of a document once: an address it was found at, a watchlist that waits for it; whether it
        is new.
        """
        is_new = (kind, doc, what) not in self._once
        self._once.add((kind, doc, what))
        return is_new

    def add_latest(self, kind: EntryKind, doc: str, body: str) -> bool:
        """Note what holds of a document from now on; whether it is other than before."""
        is_new = self._latest.get((kind, doc)) != body
        self._latest[kind, doc] = body
        return is_new

    def _ask(self, query: Select[Any], kind: EntryKind, subjects: set[str]) -> Iterator[Row[Any]]:
        for group in batched(subjects, _GROUP):
            yield from self._connection.execute(query, {"kind": kind.value, "subjects": group})


def _documents_named(body: Body) -> Iterator[str]:
    match body:
        case DocumentRead():
            yield body.document.id
        case AddressFound() | Coding() | Alert():
            yield body.doc
        case CopyFound():
            yield body.doc
            yield body.original
        case Judgement():
            yield from (side.doc for side in (body.about, body.other) if isinstance(side, MentionRef))
        case _:
            pass
