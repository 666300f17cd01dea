"""The sources: an index by publisher, and a page for each with every milestone that stands on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pactwatch.model.codes import ItemGrade, SourceGrade
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book, MilestoneView, RecordView, Row, slugs_of
from pactwatch.site.frame.page_types import Ask, PageType, Sheet, Values
from pactwatch.site.frame.places import name_file
from pactwatch.site.frame.site import Site
from pactwatch.site.frame.words import find_address


def show_sources(ask: Ask) -> Sheet:
    """The index of sources, grouped by publisher."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for source in ask.book.sources.values():
        groups[source["publisher"]].append(source)
    ordered = sorted(groups.items(), key=lambda group: (group[0].casefold(), group[0]))
    for _, own in ordered:
        own.sort(key=lambda source: (source["published_edtf"] or "9999", source["source_title"], source["source_id"]))
    most = sorted(ordered, key=lambda group: (-len(group[1]), group[0]))[:12]
    grades = {"source_grades": list(SourceGrade), "item_grades": list(ItemGrade)}
    unseen = sum(not source["is_seen"] for source in ask.book.sources.values())
    return Sheet("sources.html", {"groups": ordered, "most": most, "unseen": unseen, **grades})


def list_sources(site: Site) -> Iterator[Values]:
    """Name of the page of every source."""
    return ({"slug": name_file(source_id)} for source_id in site.book.sources)


def source_slugs(book: Book) -> dict[str, str]:
    """Sources by the names of their pages."""
    return slugs_of(book.sources)


def show_source(ask: Ask) -> Sheet:
    """A source: what it is, how it is graded, and each milestone it supports."""
    book = ask.book
    source_id = book.once(source_slugs).get(ask.values["slug"])
    if source_id is None:
        raise NotFoundError("no source of this edition has this name")
    source = book.sources[source_id]
    records = book.using(source_id)
    told: list[tuple[MilestoneView, RecordView]] = [
        (one, record)
        for record in records
        for one in record.milestones
        if any(each["source_id"] == source_id for each in one.sources)
    ]
    told.sort(key=lambda pair: pair[0].order, reverse=True)
    alone = [pair for pair in told if len(pair[0].sources) == 1]
    others = [one for one in book.sources.values() if one["publisher"] == source["publisher"]]
    values = {"source": source, "address": find_address(source["url"]), "records": records, "told": told}
    return Sheet("source.html", {**values, "alone": alone, "others": others})


PAGES = (
    PageType("sources", "sources/index.html", show_sources),
    PageType("source", "sources/{slug}.html", show_source, list_sources),
)
