"""The editions on the shelf and what each changed beside the one before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pactwatch.edition import Edition
from pactwatch.site.frame.book import Book
from pactwatch.site.frame.changes import Changed, list_changes
from pactwatch.site.frame.page_types import Ask, PageType, Sheet

MOST_SHOWN = 300
"""Changes of one edition that the page lists; the feeds and the diff on the command line have the rest."""


@dataclass(frozen=True)
class Shelved:
    """An edition with what it changed: counts by kind, the changes shown, and whether there is one before it."""

    edition: Edition
    records: int
    counts: Mapping[str, int]
    changes: list[Changed]
    has_before: bool


def gather_shelf(book: Book) -> list[Shelved]:
    """Every edition known, the latest first."""
    editions = [*book.earlier, book.edition]
    found = []
    for place, edition in enumerate(editions):
        own = [one for one in book.once(list_changes) if one.edition == edition.id] if place else []
        counts = Counter(str(one.kind) for one in own)
        found.append(Shelved(edition, edition.arrow("records").num_rows, counts, own[:MOST_SHOWN], place > 0))
    return found[::-1]


def show_editions(ask: Ask) -> Sheet:
    """The page of editions."""
    return Sheet("editions.html", {"shelf": ask.book.once(gather_shelf)})


PAGES = (PageType("editions", "editions.html", show_editions),)
