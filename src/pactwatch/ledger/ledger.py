"""The ledger: append, and what holds now or held at an entry.

``until`` is everywhere the sequence number of an entry: the answer is as it was when that entry was the last;
``None`` is now. Answers are values made anew at each call.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine

from pactwatch.ledger import queries
from pactwatch.ledger.appending import append_offered, last_entry, write_down
from pactwatch.ledger.bodies import KINDS
from pactwatch.ledger.chain import Written, parse, read_time
from pactwatch.ledger.derived import Derived
from pactwatch.ledger.engine import reading, writing
from pactwatch.ledger.errors import LedgerError, MovedOnError
from pactwatch.ledger.location import Location
from pactwatch.ledger.paging import follow
from pactwatch.ledger.queries import Kept, Newest
from pactwatch.model.documents import Document
from pactwatch.model.entries import Alert, Body, Coding, Entry, EntryKind, Fetched, Naming, Publication
from pactwatch.model.errors import NotFoundError, shown
from pactwatch.model.judgements import Judgement
from pactwatch.model.mentions import Mention
from pactwatch.uncollected import uncollected

__all__ = ["Kept", "Ledger"]


class Ledger:
    """An open ledger; made by :func:`pactwatch.ledger.open_ledger`. Threads may share one, forked processes may not.

    Every method raises ``LedgerError`` when the database cannot be used, with what to do.
    """

    def __init__(self, engine: Engine, location: Location) -> None:
        self.engine = engine
        self.location = location
        self.derived = Derived(engine, location)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; the ledger may be used again, which opens new ones."""
        self.engine.dispose()

    def append(
        self, bodies: Iterable[Body], author: str, at: datetime | None = None, *, after: int | None = None
    ) -> tuple[Entry, ...]:
        """Append a batch in one transaction, all or none, and return the entries made.

        Documents, addresses, copies, codings and alerts that are there already (the coding in force, the original last
        told, an alert of the same watchlist) are skipped. ``at`` is now unless given, and never earlier than the entry
        before. Checked before anything is kept: documents carry the id of their text; what is said of a document
        follows it; quotes stand in its text.
        Raises ``RefusedEntryError`` otherwise. With ``after``, the number of an entry, it is appended only while that
        is the last one; raises ``MovedOnError`` otherwise, so that nobody decides on what has changed meanwhile.
        """
        batch = list(bodies)
        with uncollected():
            offered = write_down(batch)
            with writing(self.engine, self.location) as connection:
                if after is not None and (last := last_entry(connection)[0]) != after:
                    raise MovedOnError(f"the ledger's last entry is {last} and no longer {after}")
                made = append_offered(connection, offered, author, at)
        return tuple(_as_entry(written, data) for written, data in made)

    def entries(self, kinds: Collection[EntryKind] = (), after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Entries in their order, of all kinds unless some are named; a few megabytes in memory at a time."""
        found = follow(self.engine, self.location, kinds, after, until)
        return (_as_entry(written, parse(written.body)) for written in found)

    def last(self, as_of: datetime | None = None) -> int:
        """The number of the last entry, or of the last one made at or before a time; 0 where there is none."""
        with reading(self.engine, self.location) as connection:
            return queries.find_last(connection, as_of)

    def has_document(self, doc: str) -> bool:
        """Whether a document is kept."""
        with reading(self.engine, self.location) as connection:
            return queries.is_document(connection, doc)

    def document(self, doc: str) -> Document:
        """A document with its text; raises ``NotFoundError`` where it is not kept."""
        with reading(self.engine, self.location) as connection:
            found = queries.find_document(connection, doc)
        if found is None:
            raise NotFoundError(f"the ledger {self.location.shown} holds no document {shown(doc)}")
        return found

    def documents(self, until: int | None = None, docs: Collection[str] | None = None) -> dict[str, Document]:
        """Documents by id in the order they were read, all or those of some ids, each with an empty text: what is asked
        of many is their heads.
        """
        with reading(self.engine, self.location) as connection:
            return queries.find_heads(connection, until, docs)

    def document_ids(self, until: int | None = None) -> list[str]:
        """The ids of all documents in the order they were read."""
        with reading(self.engine, self.location) as connection:
            return queries.find_ids(connection, until)

    def uncoded(self) -> list[str]:
        """The ids of documents without a coding, sorted."""
        with reading(self.engine, self.location) as connection:
            return queries.find_uncoded(connection)

    def coded(self) -> list[str]:
        """The ids of coded documents."""
        with reading(self.engine, self.location) as connection:
            return queries.find_coded(connection)

    def subjects(
        self, kinds: Collection[EntryKind], after: int = 0, until: int | None = None
    ) -> list[tuple[EntryKind, str]]:
        """Kind and subject of entries of some kinds, in their order; a subject as the index has it."""
        with reading(self.engine, self.location) as connection:
            return queries.find_subjects(connection, kinds, after, until)

    def digest(self, seq: int) -> str:
        """The digest of an entry, which holds the chain before it; empty where there is no such entry."""
        with reading(self.engine, self.location) as connection:
            return queries.find_digest(connection, seq)

    def addresses(self, doc: str) -> tuple[str, ...]:
        """Where a document was found, in the order it was."""
        with reading(self.engine, self.location) as connection:
            return queries.find_addresses(connection, doc)

    def all_addresses(self, until: int | None = None) -> dict[str, tuple[str, ...]]:
        """Where each document was found, by document id, in the order it was."""
        with reading(self.engine, self.location) as connection:
            return queries.find_all_addresses(connection, until)

    def newest(self, kinds: Collection[EntryKind], until: int | None = None) -> Newest | None:
        """Number, digest and time of the last entry of some kinds; ``None`` where there is none."""
        with reading(self.engine, self.location) as connection:
            return queries.find_newest(connection, kinds, until)

    def about(self, kinds: Collection[EntryKind], subject: str) -> tuple[Kept[Any], ...]:
        """Entries of some kinds about one document, record, edition or address, in their order."""
        with reading(self.engine, self.location) as connection:
            return tuple(queries.find_about(connection, kinds, subject))

    def copies(self, until: int | None = None, docs: Collection[str] | None = None) -> dict[str, str]:
        """The original of each document that is a copy; an original is never a copy itself. Of all, or of ``docs``."""
        with reading(self.engine, self.location) as connection:
            return queries.find_copies(connection, until, docs)

    def codings(self, until: int | None = None, docs: Collection[str] | None = None) -> dict[str, Coding]:
        """The coding in force of each coded document, by document id; of all, or of ``docs``."""
        with reading(self.engine, self.location) as connection:
            return queries.find_codings(connection, until, docs)

    def latest_codings(self, until: int | None = None) -> dict[str, str]:
        """The number, as text, of the entry that holds the coding in force of each coded document."""
        with reading(self.engine, self.location) as connection:
            return queries.find_latest(connection, EntryKind.CODING, until)

    def former_mentions(self, until: int | None = None, docs: Collection[str] | None = None) -> list[Mention]:
        """Mentions of codings that a later coding of the same document replaced, in order; of all, or ``docs``."""
        with reading(self.engine, self.location) as connection:
            former = queries.find_former_codings(connection, until, docs)
        return [one for coding in former for one in coding.mentions]

    def coding_of(self, doc: str) -> Coding | None:
        """The coding in force of a document; ``None`` where it was not coded."""
        with reading(self.engine, self.location) as connection:
            return queries.find_coding(connection, doc)

    def coders(self, until: int | None = None) -> dict[str, str]:
        """The coder of the coding in force of each coded document, without its mentions: quick for all of them."""
        with reading(self.engine, self.location) as connection:
            return queries.find_coders(connection, until)

    def judgements(self, until: int | None = None) -> tuple[Kept[Judgement], ...]:
        """Judgements in force in their order: those no withdrawal in force names. Withdrawals are not told."""
        with reading(self.engine, self.location) as connection:
            return queries.find_judgements(connection, until)

    def namings(self, until: int | None = None, record_ids: Collection[str] | None = None) -> tuple[Kept[Naming], ...]:
        """Every naming in its order, or those of some ids; what an id stands for is what its last naming says."""
        return self._kept(EntryKind.NAMING, until, record_ids)

    def publications(self, until: int | None = None) -> tuple[Kept[Publication], ...]:
        """Every edition sealed from the ledger, in order."""
        return self._kept(EntryKind.PUBLICATION, until)

    def alerts(self, until: int | None = None) -> tuple[Kept[Alert], ...]:
        """Every finding of the watchlists, in order."""
        return self._kept(EntryKind.ALERT, until)

    def fetched(self, address: str) -> Kept[Fetched] | None:
        """What an address said when it was last asked; ``None`` where it never was."""
        with reading(self.engine, self.location) as connection:
            return queries.find_fetched(connection, address)

    def _kept(
        self, kind: EntryKind, until: int | None, subjects: Collection[str] | None = None
    ) -> tuple[Kept[Any], ...]:
        with reading(self.engine, self.location) as connection:
            return tuple(queries.find_kept(connection, kind, until, subjects))


def _as_entry(written: Written, body: dict[str, Any]) -> Entry:
    if written.kind not in KINDS:
        raise LedgerError(
            f"entry {written.seq} is of a kind {shown(written.kind)} that a newer pactwatch made; install it"
        )
    return Entry(
        seq=written.seq,
        kind=KINDS[written.kind],
        body=body,
        author=written.author,
        at=read_time(written.at),
        previous=written.previous,
        digest=written.digest,
    )
