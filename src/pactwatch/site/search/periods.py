"""Cutting a stretch of days into equal parts that people count in: days, months, quarters, years, decades."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from pactwatch.model.dates import FIRST_YEAR, LAST_YEAR

MOST_BINS = 80
"""Parts of one stretch."""
MOST_DAYS = 124
"""Parts of one stretch where they are days."""

_MONTHS = (1, 3, 12, 120)
"""Lengths of the parts that are longer than a day, in months."""
_WORDS = {0: "day", 1: "month", 3: "quarter", 12: "year", 120: "decade"}

EARLIEST, LATEST = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
"""Days that dates may tell; no part goes beyond them."""


@dataclass(frozen=True)
class Bin:
    """A part: its first and its last day, and these two as they stand in a query, no finer than need be."""

    first: int
    last: int
    since: str
    until: str


@dataclass(frozen=True)
class Cut:
    """Days (as ordinals) cut into parts of so many months (0: of a day); parts are whole, so that they may begin before
    ``first`` and end after ``last``."""

    first: int
    last: int
    months: int

    @property
    def unit(self) -> str:
        """The name of a part."""
        return _WORDS[self.months]

    @cached_property
    def bins(self) -> list[Bin]:
        """The parts in order."""
        if not self.months:
            return [_make_bin(day, day) for day in range(self.first, self.last + 1)]
        first, last = (_count_months(day) // self.months for day in (self.first, self.last))
        starts = [_start(number * self.months) for number in range(first, last + 2)]
        return [_make_bin(start, min(LATEST, after - 1)) for start, after in pairwise(starts)]

    @property
    def number(self) -> int:
        """The place of the first part among all there are since the year 0, or of the first day."""
        return _count_months(self.first) // self.months if self.months else self.first


def cut(first: int, last: int) -> Cut:
    """The finest cut of a stretch of days that is not too fine to be seen."""
    if last - first < MOST_DAYS:
        return Cut(first, last, 0)
    for months in _MONTHS:
        made = Cut(first, last, months)
        if _count_months(last) // months - _count_months(first) // months < MOST_BINS:
            return made
    return Cut(first, last, _MONTHS[-1])


def write_days(first: int, last: int) -> tuple[str, str]:
    """Two days as a period's ends in a query: as years or months where they are whole.

    >>> day = lambda *told: date(*told).toordinal()
    >>> write_days(day(2020, 1, 1), day(2021, 12, 31)), write_days(day(2020, 2, 1), day(2020, 2, 29))
    (('2020', '2021'), ('2020-02', '2020-02'))
    >>> write_days(day(2020, 2, 1), day(2020, 2, 28))
    ('2020-02-01', '2020-02-28')
    """
    since, until = date.fromordinal(first), date.fromordinal(last)
    if since.day > 1 or not _ends_month(until):
        return since.isoformat(), until.isoformat()
    if since.month > 1 or until.month < 12:
        return since.isoformat()[:7], until.isoformat()[:7]
    return since.isoformat()[:4], until.isoformat()[:4]


def _make_bin(first: int, last: int) -> Bin:
    return Bin(first, last, *write_days(first, last))


def _ends_month(day: date) -> bool:
    return (day + timedelta(1)).day == 1


def _count_months(ordinal: int) -> int:
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month - 1


def _start(months: int) -> int:
    """The first day of a month, counted since the year 0."""
    year, month = divmod(months, 12)
    return date(year, month + 1, 1).toordinal()
