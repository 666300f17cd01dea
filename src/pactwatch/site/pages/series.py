"""Exercise series: exercises that bear one name over the years, who took part when, and how far they went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from pactwatch.model.codes import RecordType
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book, RecordView
from pactwatch.site.frame.page_types import Ask, PageType, Sheet, Values
from pactwatch.site.frame.places import place_series
from pactwatch.site.frame.site import Site
from pactwatch.site.pages.trends import count_years


def gather_series(book: Book) -> Mapping[str, tuple[str, list[RecordView]]]:
    """Name and records, earliest first, of every series by the name of its page; those with most records first."""
    found: defaultdict[str, list[RecordView]] = defaultdict(list)
    for record in book.records.values():
        if record.type == RecordType.EXERCISE and record.row["proper_name"]:
            found[str(record.row["proper_name"])].append(record)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].casefold(), pair[0]))
    return {place_series(name)[len("series/") : -len(".html")]: (name, records) for name, records in ordered}


def list_series(site: Site) -> Iterator[Values]:
    """Name of the page of every series."""
    return ({"slug": slug} for slug in site.book.once(gather_series))


def show_all_series(ask: Ask) -> Sheet:
    """The index of series."""
    found = ask.book.once(gather_series)
    exercises = [record for record in ask.book.records.values() if record.type == RecordType.EXERCISE]
    unnamed = [record for record in exercises if not record.row["proper_name"]]
    return Sheet("all_series.html", {"found": list(found.values()), "exercises": exercises, "unnamed": unnamed})


def show_series(ask: Ask) -> Sheet:
    """A series: who took part in which year, at which level."""
    book = ask.book
    found = book.once(gather_series).get(ask.values["slug"])
    if found is None:
        raise NotFoundError("no exercise series of this edition has this name")
    name, records = found
    counts = Counter(code for record in records for code in record.parties)
    order = sorted(counts, key=lambda code: (code != book.focus, -counts[code], code))
    years = sorted({record.year for record in records})
    taking = {(code, record.year): record for record in reversed(records) for code in record.parties}
    levels = Counter(
        str(one.row["exercise_level"]) for record in records for one in record.milestones if one.row["exercise_level"]
    )
    told = {
        "name": name,
        "records": list(reversed(records)),
        "years": years,
        "bars": count_years(records, book),
        "actors": order,
        "taking": taking,
        "levels": levels.most_common(),
        "newest": sorted(
            {code for code in counts if _first_year(records, code) == years[-1]} if len(years) > 1 else ()
        ),
    }
    return Sheet("series.html", told)


def _first_year(records: list[RecordView], code: str) -> int:
    return min(record.year for record in records if code in record.parties)


PAGES = (
    PageType("all-series", "series/index.html", show_all_series),
    PageType("series", "series/{slug}.html", show_series, list_series),
)
