"""The records found, summed over time: what a timeline draws, however many they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pactwatch.site.frame.book import TYPES
from pactwatch.site.search.asking import Search
from pactwatch.site.search.index import Found, Index, Looks
from pactwatch.site.search.periods import Cut, cut

Counts = npt.NDArray[np.int64]

MOST_WIDE = 60
"""Stretches of dates told less finely that are kept, those with most records first."""


@dataclass(frozen=True)
class Wide:
    """Records whose dates are told less finely than a part: all days they may be, and how many."""

    first: int
    last: int
    count: int


@dataclass(frozen=True)
class Timeline:
    """Records found in a stretch of days.

    ``counts`` has a row for each type found (``types``), a column for each part, and in it how many records are done
    and verified and how many are not. ``wide`` are those not told finely enough to be in a part; ``whole`` is the cut
    of all days of the search without its period, ``whole_counts`` its records by part.
    """

    cut: Cut
    types: tuple[str, ...]
    counts: Counts
    wide: tuple[Wide, ...]
    wide_count: int
    whole: Cut
    whole_counts: Counts

    @property
    def totals(self) -> Counts:
        """Records of each part."""
        return np.asarray(self.counts.sum(axis=(0, 2)), np.int64)

    @property
    def total(self) -> int:
        """All records, also those that no part holds."""
        return int(self.counts.sum()) + self.wide_count


def sum_timeline(index: Index, found: Found) -> Timeline | None:
    """The timeline of what a search found; nothing where that is nothing."""
    if not found.total:
        return None
    search, looks = found.search, index.look(found)
    is_bounded = bool(search.first_day or search.last_day)
    whole_looks = index.look(index.find(unbound(search))) if is_bounded else looks
    whole = _cut_all(whole_looks)
    first, last = (int(looks.days[:, 0].min()), int(looks.days[:, 1].max()))
    first = search.first_day.toordinal() if search.first_day else first
    last = search.last_day.toordinal() if search.last_day else last
    made = cut(min(first, last), max(first, last))
    there = np.flatnonzero(np.bincount(looks.types, minlength=len(TYPES)))
    counts, is_wide = _count(made, looks)
    whole_counts, _ = _count(whole, whole_looks)
    wide = _gather_wide(looks.days[is_wide])
    types = tuple(TYPES[number] for number in there)
    return Timeline(made, types, counts[there], wide, int(is_wide.sum()), whole, whole_counts.sum(axis=(0, 2)))


def unbound(search: Search) -> Search:
    """The search without its period."""
    return replace(search, since="", until="", first_day=None, last_day=None, page=1)


def _cut_all(looks: Looks) -> Cut:
    return cut(int(looks.days[:, 0].min()), int(looks.days[:, 1].max()))


def _count(made: Cut, looks: Looks) -> tuple[Counts, npt.NDArray[np.bool_]]:
    """Records by type, part and firmness; and which of them no single part holds."""
    starts = np.array([one.first for one in made.bins], np.int64)
    low, high = (np.searchsorted(starts, looks.days[:, side], side="right") - 1 for side in (0, 1))
    is_inside = (low == high) & (low >= 0) & (looks.days[:, 1] <= made.bins[-1].last)
    shape = len(TYPES), len(starts), 2
    places = np.ravel_multi_index(
        (looks.types[is_inside], low[is_inside], looks.is_firm[is_inside].astype(np.int64)), shape
    )
    return np.bincount(places, minlength=int(np.prod(shape))).reshape(shape), ~is_inside


def _gather_wide(days: Counts) -> tuple[Wide, ...]:
    if not len(days):
        return ()
    keys, counts = np.unique(days[:, 0] * 10_000_000 + days[:, 1], return_counts=True)
    kept = np.argsort(-counts, kind="stable")[:MOST_WIDE]
    told = [Wide(int(keys[one]) // 10_000_000, int(keys[one]) % 10_000_000, int(counts[one])) for one in kept]
    return tuple(sorted(told, key=lambda one: (one.first, one.last)))
