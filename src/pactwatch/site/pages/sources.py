"""The sources: one page, grouped by publisher, with the records that stand on each."""

from __future__ import annotations

from collections import defaultdict

from pactwatch.model.codes import ItemGrade, SourceGrade
from pactwatch.site.reading import Book, Row
from pactwatch.site.words import find_address
from pactwatch.site.writing import Writer


def write_sources(book: Book, writer: Writer) -> None:
    """Write the page of sources."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for source in book.sources.values():
        groups[source["publisher"]].append(source | {"address": find_address(source["url"])})
    ordered = sorted(groups.items(), key=lambda group: (group[0].casefold(), group[0]))
    for _, own in ordered:
        own.sort(key=lambda source: (source["published_edtf"] or "9999", source["source_title"], source["source_id"]))
    writer.write_page(
        "sources/index.html",
        "sources.html",
        groups=ordered,
        source_grades=list(SourceGrade),
        item_grades=list(ItemGrade),
    )
