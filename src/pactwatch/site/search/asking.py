"""A query read into a search, with every fault named; and a search written as a query, always in one way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from pactwatch.model.dates import DateError, parse_date
from pactwatch.model.errors import PactwatchError
from pactwatch.site.frame.page_types import Query
from pactwatch.site.search.facets import FACETS

FACET_NAMES = tuple(facet.name for facet in FACETS)
SORTS = {
    "latest": "latest first",
    "earliest": "earliest first",
    "title": "by title",
    "type": "by type",
    "sources": "most sources first",
    "relevance": "by words found",
}
PAGE_SIZE = 50
MOST_CHOSEN = 100
"""Values of one facet that may be asked for at once."""
LONGEST_WORDS = 1000
"""Characters of words that may be searched for."""

VIEWS = {"table": "Table", "timeline": "Timeline", "map": "Map"}
"""Ways to look at what was found."""

NAMES = frozenset({*FACET_NAMES, "q", "from", "to", "sort", "page", "view"})
"""Every name a search understands in a query."""


class SearchError(PactwatchError):
    """A query that cannot be answered; ``faults`` gives a sentence for each name that is wrong."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__("; ".join(f"{name}: {words}" for name, words in faults.items()))


@dataclass(frozen=True)
class Search:
    """What is looked for. Values of one facet widen a search, facets narrow it. ``since`` and ``until`` are the EDTF
    texts of the period as they were given; a record is in it when the date of its dating milestone may be."""

    words: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: str = ""
    until: str = ""
    sort: str = "latest"
    page: int = 1
    view: str = "table"
    first_day: date | None = field(default=None, compare=False)
    last_day: date | None = field(default=None, compare=False)

    def of(self, facet: str) -> tuple[str, ...]:
        """Values chosen of a facet."""
        return next((values for name, values in self.chosen if name == facet), ())

    def without(self, facet: str, value: str) -> Search:
        """The same search without one chosen value, from its first page."""
        kept = tuple(
            (name, tuple(one for one in values if (name, one) != (facet, value))) for name, values in self.chosen
        )
        return replace(self, chosen=tuple(pair for pair in kept if pair[1]), page=1)

    def only(self, facet: str, value: str) -> Search:
        """The same search with one value of a facet and no other, from its first page."""
        kept = dict(self.chosen) | {facet: (value,)}
        return replace(self, chosen=tuple((name, kept[name]) for name in FACET_NAMES if name in kept), page=1)

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows it."""
        return not (self.words or self.chosen or self.since or self.until)


def read_search(query: Query) -> Search:
    """A search from a query; raises :class:`SearchError` with every fault. Empty values mean nothing is asked."""
    faults: dict[str, str] = {}
    given: dict[str, list[str]] = {}
    for name, value in query:
        if name in NAMES and value.strip():
            given.setdefault(name, []).append(value.strip())
    words = " ".join(given.get("q", []))
    if len(words) > LONGEST_WORDS:
        faults["q"] = f"words of {len(words)} characters; at most {LONGEST_WORDS} can be searched for"
    chosen = tuple((name, tuple(dict.fromkeys(given[name]))) for name in FACET_NAMES if name in given)
    faults |= {name: f"at most {MOST_CHOSEN} values" for name, values in chosen if len(values) > MOST_CHOSEN}
    days = {name: _read_day(name, given[name][-1], faults) for name in ("from", "to") if name in given}
    search = Search(
        words,
        chosen,
        given.get("from", [""])[-1],
        given.get("to", [""])[-1],
        _read_sort(given, faults),
        _read_page(given, faults),
        _read_view(given, faults),
        days.get("from"),
        days.get("to"),
    )
    if search.first_day and search.last_day and search.first_day > search.last_day:
        faults["to"] = "the period ends before it begins"
    if faults:
        raise SearchError(faults)
    return search


def write_search(search: Search, **changed: str) -> str:
    """A search as a query string, without a question mark: names in one order, nothing that is the default.

    ``changed`` replaces or adds single values ("" takes one out).
    """
    pairs = [("q", search.words), *((name, value) for name, values in search.chosen for value in values)]
    pairs += [("from", search.since), ("to", search.until)]
    pairs += [("sort", search.sort if search.sort != "latest" else "")]
    pairs += [("page", str(search.page) if search.page > 1 else "")]
    pairs += [("view", search.view if search.view != "table" else "")]
    kept = [(name, value) for name, value in pairs if name not in changed]
    return urlencode([(name, value) for name, value in [*kept, *changed.items()] if value])


def _read_day(name: str, text: str, faults: dict[str, str]) -> date | None:
    try:
        told = parse_date(text[:40])
    except (DateError, ValueError):
        faults[name] = f"{text[:40]!r} is no date; give 2024, 2024-07 or 2024-07-08"
        return None
    return told.earliest if name == "from" else told.latest


def _read_sort(given: Mapping[str, list[str]], faults: dict[str, str]) -> str:
    sort = given.get("sort", ["latest"])[-1]
    if sort not in SORTS:
        faults["sort"] = f"{sort[:40]!r} is no order; the orders are {', '.join(SORTS)}"
    return sort


def _read_view(given: Mapping[str, list[str]], faults: dict[str, str]) -> str:
    view = given.get("view", ["table"])[-1]
    if view not in VIEWS:
        faults["view"] = f"{view[:40]!r} is no way to look at records; the ways are {', '.join(VIEWS)}"
    return view


def _read_page(given: Mapping[str, list[str]], faults: dict[str, str]) -> int:
    text = given.get("page", ["1"])[-1]
    if not (text.isascii() and text.isdigit() and int(text[:8]) >= 1 and len(text) <= 7):
        faults["page"] = f"{text[:40]!r} is no page; pages count from 1"
        return 1
    return int(text)
