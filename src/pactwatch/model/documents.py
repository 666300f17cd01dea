"""A text as it was read, with what its publisher says about it."""

from __future__ import annotations

from datetime import date

from pactwatch.model.records import Frozen


class Document(Frozen):
    """One text. ``published`` is the day relative dates are resolved against; ``title`` is context, never quoted."""

    id: str
    text: str
    title: str = ""
    published: date | None = None
    url: str = ""
    language: str = "en"
