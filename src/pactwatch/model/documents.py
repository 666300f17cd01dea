"""A text as it was read, with what its publisher says about it."""

from __future__ import annotations

import hashlib
from datetime import date

from pactwatch.model.records import Frozen


class Document(Frozen):
    """One text. ``published`` is the day relative dates are resolved against; ``title`` is context, never quoted.

    ``pages`` holds where each page of a paged text begins (offsets into ``text``); empty for text without pages.
    ``media_type`` is that of the bytes it was read from.
    """

    id: str
    text: str
    title: str = ""
    published: date | None = None
    url: str = ""
    language: str = "en"
    publisher: str = ""
    media_type: str = ""
    pages: tuple[int, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The number of the page (from 1) on which an offset stands; ``None`` for text without pages."""
        if not self.pages:
            return None
        return max(1, sum(start <= offset for start in self.pages))


def identify_text(text: str) -> str:
    """The id of the document with this text: a text read twice, under any address, is one document.

    128 bits of SHA-256, so that two texts share an id only if somebody can break the digest.
    """
    return "d" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
