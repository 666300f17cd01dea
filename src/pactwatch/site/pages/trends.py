"""Records by year as small bars that a page draws without a chart of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.site.frame.book import Book, RecordView

MOST_YEARS = 30
"""Years of a small picture; what is older stands in the list."""


@dataclass(frozen=True)
class Bar:
    """A year with its records: how many, how many of them are done and verified, and the height of both in per cent
    of the tallest."""

    year: int
    count: int
    firm: int
    height: float
    firm_height: float


def count_years(records: Sequence[RecordView], book: Book) -> list[Bar]:
    """A bar for every year from the first record (at most :data:`MOST_YEARS` back) to the edition's own."""
    if not records:
        return []
    last = max(int(book.edition.settings.as_of[:4]), *(record.year for record in records))
    first = max(min(record.year for record in records), last - MOST_YEARS + 1)
    counts = Counter(record.year for record in records)
    firm = Counter(record.year for record in records if record.is_firm)
    most = max((counts[year] for year in range(first, last + 1)), default=1) or 1
    return [
        Bar(year, counts[year], firm[year], round(100 * counts[year] / most, 1), round(100 * firm[year] / most, 1))
        for year in range(first, last + 1)
    ]
