"""The values that pass between the parts: points in time, what is known while reading, and the spans found."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pactwatch.coder.dates.fiscal import JAPANESE, FiscalYear
from pactwatch.model.codes import Precision
from pactwatch.model.dates import FIRST_YEAR, LAST_YEAR

_WRITTEN = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """What a date expression may mean; ``date`` is None where nothing is known."""

    date: str | None
    precision: Precision


NOTHING = When(None, Precision.NONE)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the time around a sentence.

    ``last`` is the last date told before it; ``line`` the date that opens its line, whose year holds for months and
    days told without one (:func:`~pactwatch.coder.dates.lines.find_dated_lines`); ``fiscal`` whose fiscal year "this
    fiscal year" is.
    """

    last: When | None = None
    line: When | None = None
    fiscal: FiscalYear = JAPANESE


NOTHING_AROUND = Around()


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date expression in a text, read both ways."""

    start: int
    end: int
    past: When
    future: When
    kind: str


@dataclass(frozen=True, slots=True)
class Point:
    """A year, month, quarter or day; checked by :func:`point`."""

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    @property
    def as_date(self) -> date | None:
        """The day, if one is known."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def when(self) -> When:
        """The point in the notation of the codebook."""
        return _written(self.year, self.month, self.day, self.quarter)


@lru_cache(maxsize=8192)
def _written(year: int, month: int | None, day: int | None, quarter: int | None) -> When:
    """A point in the notation of the codebook; the same few days come again and again."""
    if quarter:
        return When(f"{year:04d}-Q{quarter}", Precision.QUARTER)
    if not month:
        return When(f"{year:04d}", Precision.YEAR)
    if not day:
        return When(f"{year:04d}-{month:02d}", Precision.MONTH)
    return When(f"{year:04d}-{month:02d}-{day:02d}", Precision.DAY)


@lru_cache(maxsize=8192)
def point(year: int, month: int | None = None, day: int | None = None, quarter: int | None = None) -> Point | None:
    """A point that exists, or None (31 February; a year nobody means)."""
    if not FIRST_YEAR <= year <= LAST_YEAR or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and (month is None or not 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return Point(year, month, day, quarter)


def point_of(when: When | None) -> Point | None:
    """The point a :class:`When` names."""
    return _read(when.date) if when and when.date else None


@lru_cache(maxsize=8192)
def _read(written: str) -> Point | None:
    """The point of a date in the notation of the codebook."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    year, quarter, month, day = (int(part) if part else None for part in found.groups())
    return point(year or 0, month, day, quarter)


def day_point(day: date) -> Point:
    """The point of a day."""
    return Point(day.year, day.month, day.day)


def add_days(day: date, days: int) -> date | None:
    """A day so many days on, or None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(start: Point, months: int) -> Point | None:
    """The month so many months on, without its day."""
    if start.month is None:
        return None
    count = start.year * 12 + start.month - 1 + months
    return point(count // 12, count % 12 + 1)


@dataclass(slots=True)
class Frame:
    """What an expression is read against."""

    published: date | None
    context: Point | None
    binds: bool  # the context's year holds for a month or day told without one
    ahead: bool  # the event lies ahead
    fiscal: FiscalYear
    line: Point | None = None  # the date that opens the line, or the year that heads the section
