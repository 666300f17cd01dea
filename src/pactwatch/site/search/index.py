"""A book's records in columns, so that any facet, period, words and order are answered in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pactwatch.site.frame.book import TYPES, Book, RecordView
from pactwatch.site.search.asking import Search
from pactwatch.site.search.facets import FACETS, Facet
from pactwatch.site.search.words import MOST_RANKED, WordIndex

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Option:
    """A value of a facet that may be chosen: how many records a search finds with it, all else being as asked."""

    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Found:
    """What a search found: the ids of all records in order, and whether they could be put in the order asked for."""

    search: Search
    ids: _Ids
    is_ranked: bool = True

    @property
    def total(self) -> int:
        """How many records were found."""
        return len(self.ids)

    def page(self, size: int) -> list[str]:
        """Ids of the page that was asked for."""
        first = (self.search.page - 1) * size
        return self.ids.take(first, first + size)


class Looks(NamedTuple):
    """What pictures draw of each of some records: first and last day (as ordinals) of the milestone that dates it, its
    type by its place in :data:`TYPES`, and whether that milestone is done and verified."""

    days: Numbers
    types: Numbers
    is_firm: Mask


class _Ids:
    """Ids of records in an order, made into text only where they are looked at."""

    def __init__(self, all_ids: list[str], numbers: Numbers) -> None:
        self._all, self.numbers = all_ids, numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, first: int, last: int | None = None) -> list[str]:
        """Ids from one place up to before another."""
        return [self._all[number] for number in self.numbers[first:last].tolist()]


class _Column:
    """One facet: which records have which value."""

    def __init__(self, facet: Facet, book: Book, records: list[RecordView]) -> None:
        self.facet = facet
        codes: dict[str, int] = {}
        pairs = [
            (number, codes.setdefault(value, len(codes)))
            for number, record in enumerate(records)
            for value in facet.values(book, record)
        ]
        self.values = list(codes)
        self.codes = codes
        table = np.array(pairs, np.int64).reshape(-1, 2)
        self._rows, self._codes = table[:, 0], table[:, 1]
        order = np.argsort(self._codes, kind="stable")
        ends = np.cumsum(np.bincount(self._codes, minlength=len(codes))) if codes else np.empty(0, np.int64)
        self._by_code = np.split(self._rows[order], ends[:-1]) if codes else []
        self._size = len(records)
        self._shown = self._order()

    def mask(self, chosen: tuple[str, ...]) -> Mask:
        """Records with any of the values; none for values nobody has."""
        mask = np.zeros(self._size, bool)
        for value in chosen:
            if value in self.codes:
                mask[self._by_code[self.codes[value]]] = True
        return mask

    def count(self, mask: Mask) -> list[tuple[str, int]]:
        """How many records under a mask have each value, in the order in which they are shown."""
        counts = np.bincount(self._codes[mask[self._rows]], minlength=len(self.values))
        return [(value, int(counts[self.codes[value]])) for value in self._shown]

    def _order(self) -> list[str]:
        if self.facet.order:
            known = [code for code in map(str, self.facet.order) if code in self.codes]
            return known + sorted(set(self.values) - set(known))
        totals = np.bincount(self._codes, minlength=len(self.values))
        return sorted(self.values, key=lambda value: (-int(totals[self.codes[value]]), value))


class Index:
    """The records of a book, to be searched. Records are numbered as the book orders them: earliest first."""

    def __init__(self, book: Book) -> None:
        self._book = book
        records = list(book.records.values())
        self._ids = list(book.records)
        self._columns = [_Column(facet, book, records) for facet in FACETS]
        days = [(record.main.row["earliest_date"], record.main.row["latest_date"]) for record in records]
        self._days = np.array([(one.toordinal(), other.toordinal()) for one, other in days], np.int64).reshape(-1, 2)
        self._firm = np.array([record.is_firm for record in records], bool)
        types = {type_: number for number, type_ in enumerate(TYPES)}
        self._types = np.array([types[record.type] for record in records], np.int64)
        self._orders = _make_orders(records)

    def look(self, found: Found) -> Looks:
        """What pictures draw of the records found."""
        numbers = found.ids.numbers
        return Looks(self._days[numbers], self._types[numbers], self._firm[numbers])

    def count_values(self, found: Found, facet: str) -> list[tuple[str, int]]:
        """How many of the records found have each value of a facet."""
        mask = np.zeros(self.size, bool)
        mask[found.ids.numbers] = True
        return next(column for column in self._columns if column.facet.name == facet).count(mask)

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self._ids)

    def find(self, search: Search) -> Found:
        """All records that a search asks for, in its order. Raises ``TooCostlyError`` for words that take too long."""
        masks, period, words = self._narrow(search)
        numbers, is_ranked = self._sort(_join([*masks.values(), period, words], self.size), search)
        return Found(search, _Ids(self._ids, numbers), is_ranked)

    def list_options(self, search: Search) -> dict[str, list[Option]]:
        """What may be chosen of each facet, with the number of records each choice would find (its own facet apart)."""
        masks, period, words = self._narrow(search)
        options = {}
        for column in self._columns:
            name = column.facet.name
            others = [mask for facet, mask in masks.items() if facet != name]
            chosen = search.of(name)
            counted = column.count(_join([*others, period, words], self.size))
            there = [(value, count) for value, count in counted if count or value in chosen]
            there += [(value, 0) for value in chosen if value not in column.codes]
            options[name] = [
                Option(value, column.facet.say(self._book, value), count, value in chosen) for value, count in there
            ]
        return options

    @cached_property
    def span(self) -> tuple[str, str]:
        """First and last year of a record."""
        if not self.size:
            return "", ""
        first, last = self._days[:, 0].min(), self._days[:, 1].max()
        return str(date.fromordinal(int(first)).year), str(date.fromordinal(int(last)).year)

    def _narrow(self, search: Search) -> tuple[dict[str, Mask], Mask | None, Mask | None]:
        masks = {
            column.facet.name: column.mask(search.of(column.facet.name))
            for column in self._columns
            if search.of(column.facet.name)
        }
        return masks, self._mask_period(search), self._mask_words(search)

    def _mask_period(self, search: Search) -> Mask | None:
        if not (search.first_day or search.last_day):
            return None
        mask = np.ones(self.size, bool)
        if search.first_day:
            mask &= self._days[:, 1] >= search.first_day.toordinal()
        if search.last_day:
            mask &= self._days[:, 0] <= search.last_day.toordinal()
        return mask

    def _mask_words(self, search: Search) -> Mask | None:
        if not search.words:
            return None
        mask = np.zeros(self.size, bool)
        mask[self._book.once(WordIndex).find(search.words)] = True
        return mask

    def _sort(self, mask: Mask | None, search: Search) -> tuple[Numbers, bool]:
        if search.sort == "relevance" and search.words:
            words = self._book.once(WordIndex)
            if len(words.find(search.words)) <= MOST_RANKED:
                ranked = words.rank(search.words)
                return (ranked if mask is None else ranked[mask[ranked]]), True
        order = self._orders.get(search.sort, self._orders["latest"])
        is_ranked = search.sort != "relevance" or not search.words
        return (order if mask is None else order[mask[order]]), is_ranked


def _make_orders(records: list[RecordView]) -> Mapping[str, Numbers]:
    """For each order the numbers of all records in it; latest first decides between equals."""
    size = len(records)
    latest = np.arange(size - 1, -1, -1, dtype=np.int64)

    def by(keys: list[str] | list[int]) -> Numbers:
        return np.array(sorted(latest.tolist(), key=lambda number: keys[number]), np.int64)

    titles = by([record.title.casefold() for record in records])
    types = by([record.type for record in records])
    sources = by([-len(record.sources) for record in records])
    return {"latest": latest, "earliest": latest[::-1], "title": titles, "type": types, "sources": sources}


def _join(masks: list[Mask | None], size: int) -> Mask:
    joined = np.ones(size, bool)
    for mask in masks:
        if mask is not None:
            joined &= mask
    return joined


def read_index(book: Book) -> Index:
    """The index of a book, made when it is first searched."""
    return book.once(Index)
