"""What every coder promises, grammar or language model alike."""

from __future__ import annotations

from typing import Protocol

from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention


class Coder(Protocol):
    """Reads one document and says what it tells, each mention grounded in its passage."""

    @property
    def name(self) -> str:
        """Name and version, kept with every mention."""
        ...

    def code(self, document: Document) -> tuple[Mention, ...]:
        """The mentions of a document in order of their passages; none is a good answer."""
        ...
