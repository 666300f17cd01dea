"""An alert as people are told of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pactwatch.model.documents import Document
from pactwatch.model.entries import Alert


@dataclass(frozen=True, slots=True)
class Notice:
    """An alert with its entry's number and time, the list's title and the document it is about."""

    seq: int
    at: datetime
    alert: Alert
    title: str
    document: Document

    @property
    def id(self) -> str:
        """The same for the same list and document, whoever asks (a version 5 UUID)."""
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'pactwatch:alert:{self.alert.watchlist}:{self.alert.doc}')}"

    def as_values(self) -> dict[str, Any]:
        """The notice as plain values."""
        document = self.document
        return {
            "id": self.id,
            "watchlist": self.alert.watchlist,
            "title": self.title,
            "words": self.alert.words,
            "at": self.at.isoformat(),
            "mentions": list(self.alert.mentions),
            "document": {
                "id": document.id,
                "title": document.title,
                "url": document.url,
                "publisher": document.publisher,
                "published": document.published.isoformat() if document.published else None,
            },
        }
