"""The sources: one page, grouped by publisher, with the records that stand on each."""

from __future__ import annotations

from collections import defaultdict

from pactwatch.model.codes import ItemGrade, SourceGrade
from pactwatch.site.frame.book import Row
from pactwatch.site.frame.page_types import Ask, PageType, Sheet
from pactwatch.site.frame.words import find_address


def show_sources(ask: Ask) -> Sheet:
    """The page of sources."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for source in ask.book.sources.values():
        groups[source["publisher"]].append(source | {"address": find_address(source["url"])})
    ordered = sorted(groups.items(), key=lambda group: (group[0].casefold(), group[0]))
    for _, own in ordered:
        own.sort(key=lambda source: (source["published_edtf"] or "9999", source["source_title"], source["source_id"]))
    grades = {"source_grades": list(SourceGrade), "item_grades": list(ItemGrade)}
    return Sheet("sources.html", {"groups": ordered, **grades})


PAGES = (PageType("sources", "sources/index.html", show_sources),)
