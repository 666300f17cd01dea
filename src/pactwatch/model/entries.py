"""What the ledger keeps: entries of a few kinds, never changed, each chained to the one before.

An entry's body is one of the classes below. Whatever else pactwatch knows about documents, mentions and records is
computed from the entries and may be computed again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from pactwatch.model.codes import Code
from pactwatch.model.documents import Document
from pactwatch.model.judgements import Judgement
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Frozen


class EntryKind(Code):
    """What an entry tells."""

    DOCUMENT = "document", "a text was read"
    ADDRESS = "address", "a document was found under an address"
    COPY = "copy", "a document is a near copy of another, so both count as one report"
    CODING = "coding", "a coder said what a document tells; replaces that document's earlier coding"
    JUDGEMENT = "judgement", "a person decided"
    NAMING = "naming", "a record was given its permanent id, or one id came to stand for another"
    PUBLICATION = "publication", "an edition was sealed"
    FETCH = "fetch", "an address or feed was asked; keeps what is needed to ask only for news"
    ALERT = "alert", "a watchlist found something"


class DocumentRead(Frozen):
    """A text with what its publisher says about it; kept once, under the digest of its text."""

    document: Document


class AddressFound(Frozen):
    """Where a document was found: a URL, or the path as given. The same document may have many."""

    doc: str
    address: str


class CopyFound(Frozen):
    """``doc`` repeats ``original``: their shingles overlap by ``similarity`` (estimated Jaccard index, 0 to 1)."""

    doc: str
    original: str
    similarity: float = Field(ge=0, le=1)


class Coding(Frozen):
    """All mentions that a coder found in a document; none is an answer too."""

    doc: str
    coder: str
    mentions: tuple[Mention, ...]


class Naming(Frozen):
    """A permanent id for a record. ``founder`` is the id of the mention the record is known by.

    With ``becomes`` the id stands for another record from now on (merged); with ``becomes`` empty again after that, for
    itself (split).
    """

    record_id: str
    founder: str = ""
    becomes: str = ""


class Publication(Frozen):
    """A sealed edition and the last entry it was made from."""

    edition: str
    casebook: str
    until: int


class Fetched(Frozen):
    """What a server said when it was asked: status, validators for the next time, how often the feed is to be asked."""

    address: str
    status: int
    etag: str = ""
    last_modified: str = ""


class Alert(Frozen):
    """A watchlist's finding: which list, which document, which mentions, and why in words."""

    watchlist: str
    doc: str
    mentions: tuple[str, ...] = ()
    words: str


Body = DocumentRead | AddressFound | CopyFound | Coding | Judgement | Naming | Publication | Fetched | Alert

BODY_OF: dict[EntryKind, type[Frozen]] = {
    EntryKind.DOCUMENT: DocumentRead,
    EntryKind.ADDRESS: AddressFound,
    EntryKind.COPY: CopyFound,
    EntryKind.CODING: Coding,
    EntryKind.JUDGEMENT: Judgement,
    EntryKind.NAMING: Naming,
    EntryKind.PUBLICATION: Publication,
    EntryKind.FETCH: Fetched,
    EntryKind.ALERT: Alert,
}


class Entry(Frozen):
    """One entry as the ledger keeps it. ``seq`` counts from 1 without gaps; ``digest`` covers all else and the
    ``previous`` entry's digest.
    """

    seq: int = Field(ge=1)
    kind: EntryKind
    body: dict[str, Any]
    author: str
    at: datetime
    previous: str
    digest: str
