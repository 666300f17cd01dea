"""Any two actors that share records without being the focus actor and a partner (those have a partner's page)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import TYPES, Book, RecordView
from pactwatch.site.frame.page_types import Ask, PageType, Sheet, Values
from pactwatch.site.frame.places import place_pair
from pactwatch.site.frame.site import Site
from pactwatch.site.pages.trends import count_years


def gather_pairs(book: Book) -> dict[str, tuple[str, str]]:
    """Pairs without the focus actor that share a record, by the name of their page."""
    pairs = {
        pair for record in book.records.values() for pair in combinations(sorted(set(record.parties) - {book.focus}), 2)
    }
    return {place_pair(*pair).removeprefix("pairs/").removesuffix(".html"): pair for pair in sorted(pairs)}


def gather_records(book: Book) -> Mapping[tuple[str, str], list[RecordView]]:
    """Records of every such pair, earliest first."""
    found: defaultdict[tuple[str, str], list[RecordView]] = defaultdict(list)
    for record in book.records.values():
        for first, second in combinations(sorted(set(record.parties) - {book.focus}), 2):
            found[first, second].append(record)
    return found


def list_pairs(site: Site) -> Iterator[Values]:
    """Name of the page of every pair."""
    return ({"slug": slug} for slug in site.book.once(gather_pairs))


def show_pair(ask: Ask) -> Sheet:
    """Two actors: what they share, with and without the focus actor."""
    book = ask.book
    pair = book.once(gather_pairs).get(ask.values["slug"])
    if pair is None:
        raise NotFoundError("these two share no record of this edition")
    records = book.once(gather_records)[pair]
    counts = Counter(record.type for record in records)
    others = Counter(code for record in records for code in record.parties if code not in (*pair, book.focus))
    told = {
        "pair": pair,
        "records": list(reversed(records)),
        "with_focus": [record for record in records if book.focus in record.parties],
        "by_type": [(type_, [one for one in records if one.type == type_]) for type_ in TYPES if counts[type_]],
        "others": others.most_common(8),
        "years": count_years(records, book),
    }
    return Sheet("pair.html", told)


PAGES = (PageType("pair", "pairs/{slug}.html", show_pair, list_pairs),)
