"""Whether entries are as they were appended: one by one, each against the one before and against what it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pactwatch.ledger.bodies import KINDS, columns_of
from pactwatch.ledger.chain import FIRST_PREVIOUS, Written, parse, read_time
from pactwatch.model.documents import identify_text
from pactwatch.model.entries import EntryKind

_ABOUT_DOCUMENTS = frozenset({EntryKind.ADDRESS, EntryKind.COPY, EntryKind.CODING, EntryKind.ALERT})


class Checker:
    """Goes along a chain from its first entry. After a fault it is of no further use."""

    def __init__(self) -> None:
        self.seq = 0
        self.digest = FIRST_PREVIOUS
        self.at = ""
        self.columns: dict[str, Any] = {}
        self._documents: set[str] = set()

    def find_fault(self, written: Written, columns: Mapping[str, Any] | None = None) -> str:
        """What is wrong with the next entry, in words that name it; empty where nothing is.

        ``columns`` are what a database holds beside the entry, computed from its body; afterwards ``self.columns``
        are what they should be.
        """
        fault = self._find_break(written) or self._find_misfit(written)
        if not fault and columns is not None:
            wrong = sorted(name for name, value in self.columns.items() if columns[name] != value)
            if wrong:
                fault = f"the column {wrong[0]} is not what its body says"
        if fault:
            return f"entry {written.seq}: {fault}"
        self.seq, self.digest, self.at = written.seq, written.digest, written.at
        return ""

    def _find_break(self, written: Written) -> str:
        expected = self.seq + 1
        if written.seq != expected:
            missing = str(expected) if written.seq == expected + 1 else f"{expected} to {written.seq - 1}"
            return f"entry {missing} before it is missing" if written.seq > expected else "it stands in the wrong place"
        if written.sealed().digest != written.digest:
            return "it was changed: its digest is not that of what it says"
        if written.previous != self.digest:
            return "it does not follow the entry before: it was made to follow another"
        if written.at < self.at or not _is_time(written.at):
            return f"its time {written.at!r} is none, or earlier than that of the entry before"
        return ""

    def _find_misfit(self, written: Written) -> str:
        """What an entry with a right digest can still have wrong, if somebody else than pactwatch appended it."""
        kind = KINDS.get(written.kind)
        if kind is None:
            return f"its kind {written.kind!r} is not known to this version"
        try:
            data = parse(written.body)
            self.columns = columns_of(kind, data, written.body)
        except (ValueError, KeyError, TypeError, AttributeError):
            return f"its body is not that of a {kind}"
        if kind is EntryKind.DOCUMENT:
            return self._find_impostor(data["document"])
        if kind in _ABOUT_DOCUMENTS and data["doc"] not in self._documents:
            return f"it tells of the document {data['doc']!r}, which no earlier entry holds"
        return ""

    def _find_impostor(self, document: Mapping[str, Any]) -> str:
        if document["id"] != identify_text(document["text"]):
            return f"the id {document['id']!r} is not that of the document's text"
        if document["id"] in self._documents:
            return f"the document {document['id']} is kept already"
        self._documents.add(document["id"])
        return ""


def _is_time(text: str) -> bool:
    try:
        read_time(text)
    except ValueError:
        return False
    return True
