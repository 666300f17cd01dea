"""Near copies among all documents of a ledger. Signatures are kept beside the chain, by the entries they cover, and
computed again where they are missing: what is true is told by the chain alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pactwatch.ledger.errors import RefusedEntryError
from pactwatch.model.documents import Document
from pactwatch.model.entries import Body, CopyFound, DocumentRead, Entry, EntryKind
from pactwatch.read.copies import SIGNED, Copy, CopyIndex, make_row, sign, signature_kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pactwatch.ledger import Ledger

_SMALL = 2_000
"""Signatures that are written again with the next ones, so that many small runs leave few parts."""


class Comparing:
    """The copy index of a ledger, brought up to its last entry and kept for the next run."""

    def __init__(self, ledger: Ledger, author: str) -> None:
        self._ledger, self._author = ledger, author
        self._texts: dict[str, str] = {}
        self._signatures: dict[str, bytes] = {}
        self._kind = signature_kind()
        self.index = CopyIndex(self._text_of)
        rows, self._covered, self._last = self._load()
        tail = list(self._sign_rest(ledger.last()))
        self.index.load(np.concatenate([rows, *tail]), ledger.copies())
        self._compare(tail)

    def __contains__(self, doc: str) -> bool:
        return doc in self.index

    def add(self, document: Document, signature: bytes) -> list[CopyFound]:
        """Compare a document that is about to be appended; what is to be appended after it."""
        self._texts[document.id] = document.text
        self._signatures[document.id] = signature
        return _told(self.index.add(make_row(document.id, document.published, signature)))

    def append(self, batch: Sequence[Body]) -> tuple[Entry, ...]:
        """Append a batch; where others found copies meanwhile, what is said of copies is said of their originals."""
        try:
            entries = self._ledger.append(batch, self._author)
        except RefusedEntryError:
            originals = self._ledger.copies()
            entries = self._ledger.append([one for one in _mend(batch, originals) if one is not None], self._author)
            self.index.renew(self._ledger.copies())
        self._texts.clear()
        return entries

    def catch_up(self) -> int:
        """Compare what others appended since, keep all signatures; returns how many copies that showed."""
        until = self._ledger.last()
        rows = list(self._sign_rest(until))
        foreign = [row for row in rows if row["id"][0].decode() not in self.index]
        if foreign:
            self.index.renew(self._ledger.copies())
        for row in foreign:
            self.index.take_in(row)
        found = self._compare(foreign)
        self._keep(rows, until)
        return found

    def _compare(self, rows: list[NDArray[Any]]) -> int:
        copies = [copy for row in rows for copy in _told(self.index.compare(row))]
        return len(self.append(copies)) if copies else 0

    def _sign_rest(self, until: int) -> Iterator[NDArray[Any]]:
        """The signatures of documents after those that are kept."""
        for document in self._appended(until):
            signature = self._signatures.pop(document.id, b"") or sign(document.text)
            yield make_row(document.id, document.published, signature)

    def _appended(self, until: int) -> Iterator[Document]:
        for entry in self._ledger.entries((EntryKind.DOCUMENT,), after=self._covered, until=until):
            yield DocumentRead.model_validate(entry.body).document

    def _load(self) -> tuple[NDArray[Any], int, tuple[str, NDArray[Any]] | None]:
        """Signatures from the first entry on without a gap, the entry they reach to, and the last part of them."""
        parts: list[NDArray[Any]] = []
        covered, last = 0, None
        spans = sorted((tuple(map(int, key.split("-"))), key) for key in self._ledger.derived.keys(self._kind))
        for (start, _stop), key in sorted(spans, key=lambda one: (one[0][0], -one[0][1])):
            value = self._ledger.derived.get(self._kind, key) if start == covered else None
            if value is not None and len(value) % SIGNED.itemsize == 0:
                parts.append(np.frombuffer(value, SIGNED))
                covered, last = int(key.split("-")[1]), (key, parts[-1])
        return np.concatenate(parts) if parts else np.zeros(0, SIGNED), covered, last

    def _keep(self, rows: list[NDArray[Any]], until: int) -> None:
        if not rows:
            return
        start, old = self._covered, ""
        if self._last and len(self._last[1]) < _SMALL:
            old = self._last[0]
            rows = [self._last[1], *rows]
            start = int(old.split("-")[0])
        part = np.concatenate(rows)
        key = f"{start:012d}-{until:012d}"
        self._ledger.derived.put(self._kind, key, part.tobytes())
        if old and old != key:
            self._ledger.derived.drop(self._kind, old)
        self._covered, self._last = until, (key, part)

    def _text_of(self, doc: str) -> str:
        return self._texts.get(doc) or self._ledger.document(doc).text


def _mend(batch: Sequence[Body], originals: dict[str, str]) -> Iterator[Body | None]:
    """The batch with each copy's original as it stands now; what became pointless is left out."""
    for body in batch:
        if not isinstance(body, CopyFound):
            yield body
            continue
        original = originals.get(body.original, body.original)
        yield None if original == body.doc else body.model_copy(update={"original": original})


def _told(copies: list[Copy]) -> list[CopyFound]:
    return [CopyFound(doc=one.doc, original=one.original, similarity=one.similarity) for one in copies]
