"""Reading short texts on the default casebook, opened once for all tests of the room."""

from __future__ import annotations

from datetime import date
from functools import cache

from pactwatch.audit.reading import (
    AuditLexicon,
    Places,
    Reading,
    SeenArticle,
    make_places,
    read_article,
    read_audit_lexicon,
    see_article,
)
from pactwatch.casebook import find_casebook, load_casebook
from pactwatch.coder.grammar import GrammarCoder, open_coder
from pactwatch.model.documents import Document, identify_text

PUBLISHED = date(2025, 6, 3)


@cache
def tools() -> tuple[GrammarCoder, AuditLexicon, Places, date]:
    folder = find_casebook("japan-asean")
    casebook = load_casebook(folder)
    settings = casebook.settings
    actors = ((one.code, one.name, one.region) for one in casebook.actors)
    places = make_places(settings.focus, (settings.partners, settings.baseline), actors)
    return open_coder(folder), read_audit_lexicon(), places, settings.as_of


def read(text: str, title: str = "", published: date | None = PUBLISHED) -> tuple[SeenArticle, tuple[Reading, ...]]:
    coder, lexicon, places, as_of = tools()
    document = Document(id=identify_text(text), text=text, title=title, published=published)
    seen = see_article(document, coder, lexicon)
    return seen, read_article(seen, lexicon, places, as_of)


def read_last(text: str, title: str = "") -> Reading:
    return read(text, title)[1][-1]
