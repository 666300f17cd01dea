"""Near copies among all documents of a ledger. Signatures are kept beside the chain, by the entries they cover, and
computed again where they are missing: what is true is told by the chain alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from pactwatch.model.documents import Document
from pactwatch.model.entries import CopyFound, DocumentRead, EntryKind
from pactwatch.read.copies import SIGNED, Copy, CopyIndex, make_row, sign, signature_kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pactwatch.ledger import Ledger

_SMALL = 2_000
"""Signatures that are written again with the next ones, so that many small runs leave few parts."""

_AT_ONCE = 200


class Comparing:
    """The copy index of a ledger, brought up to its last entry and kept for the next run."""

    def __init__(self, ledger: Ledger, author: str) -> None:
        self._ledger, self._author = ledger, author
        self._texts: dict[str, str] = {}
        self._signatures: dict[str, bytes] = {}
        self._kind = signature_kind()
        self.index = CopyIndex(self._text_of)
        parts, self._covered, self._last = self._load()
        self.index.load(parts, ledger.copies())

    def __contains__(self, doc: str) -> bool:
        return doc in self.index

    def add(self, document: Document, signature: bytes) -> list[CopyFound]:
        """Compare a document that is about to be appended; what is to be appended after it."""
        self._texts[document.id] = document.text
        self._signatures[document.id] = signature
        return _told(self.index.add(make_row(document.id, document.published, signature)))

    def forget_texts(self) -> None:
        """The documents added so far are kept now; their texts can be asked of the ledger."""
        self._texts.clear()

    def catch_up(self) -> int:
        """Compare what others appended since, keep all signatures; returns how many copies that showed."""
        rows: list[NDArray[Any]] = []
        found = 0
        until = self._ledger.last()
        for document in self._appended(until):
            signature = self._signatures.pop(document.id, b"") or sign(document.text)
            row = make_row(document.id, document.published, signature)
            rows.append(row)
            self._texts[document.id] = document.text
            copies = _told(self.index.add(row))
            found += len(self._ledger.append(copies, self._author)) if copies else 0
            if len(self._texts) > _AT_ONCE:
                self._texts.clear()
        self._texts.clear()
        self._keep(rows, until)
        return found

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


def _told(copies: list[Copy]) -> list[CopyFound]:
    return [CopyFound(doc=one.doc, original=one.original, similarity=one.similarity) for one in copies]
