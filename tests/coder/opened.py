"""The coder as the package opens it, and texts read with it."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from pactwatch.casebook import find_casebook
from pactwatch.coder.grammar import WEIGHTS_FILE, GrammarCoder, open_coder
from pactwatch.coder.lexicon import BASE_LEXICONS
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention

PUBLISHED = date(2025, 6, 16)
"""A Monday."""
NEEDS_WEIGHTS = pytest.mark.skipif(
    not (BASE_LEXICONS / "en" / WEIGHTS_FILE).is_file(), reason="the package has no fitted weights yet"
)


@cache
def coder() -> GrammarCoder:
    return open_coder(find_casebook("japan-asean"))


def mentions(text: str, title: str = "") -> tuple[Mention, ...]:
    return coder().code(Document(id="d", text=text, title=title, published=PUBLISHED))
