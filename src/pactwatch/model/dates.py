"""Dates that say how much they know.

A :class:`FuzzyDate` is a day, a month, a quarter or a year, perhaps uncertain. It is written in EDTF (ISO 8601-2):
``2024-07-08``, ``2024-07``, ``2024-33`` (first quarter; 33 to 36 are the quarters), ``2024``, each with ``?`` when it
is inferred. A month is never turned into its first day; ``earliest`` and ``latest`` say what it spans.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from pactwatch.model.codes import Precision
from pactwatch.model.errors import PactwatchError

FIRST_YEAR, LAST_YEAR = 1850, 2150
"""Years outside are refused: they are typing errors, or years of another calendar (2567 of the Buddhist era)."""

_SHAPE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?|Q(?P<quarter>[1-4])))?(?P<doubt>\?)?", re.ASCII
)


class DateError(PactwatchError):
    """A text is not a date of the notation."""


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date to the precision told. Build it with :func:`parse_date`, which checks it."""

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    is_uncertain: bool = False

    @property
    def precision(self) -> Precision:
        """How much is told."""
        if self.day is not None:
            return Precision.DAY
        if self.month is not None:
            return Precision.MONTH
        return Precision.YEAR if self.quarter is None else Precision.QUARTER

    @property
    def earliest(self) -> date:
        """First day it may be."""
        month = self.month or (3 * self.quarter - 2 if self.quarter else 1)
        return date(self.year, month, self.day or 1)

    @property
    def latest(self) -> date:
        """Last day it may be."""
        if self.day is not None:
            return self.earliest
        month = self.month or (3 * self.quarter if self.quarter else 12)
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def middle(self) -> date:
        """The day halfway: for drawing and for waiting times, never for display."""
        return self.earliest + timedelta(days=(self.latest - self.earliest).days // 2)

    @property
    def edtf(self) -> str:
        """The date in EDTF level 2."""
        if self.quarter is not None:
            text = f"{self.year:04d}-{32 + self.quarter}"
        else:
            parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
            text = "-".join(parts)
        return text + ("?" if self.is_uncertain else "")

    def __str__(self) -> str:
        """The date in words, to its precision: ``8 July 2024``, ``July 2024``, ``first quarter of 2024``, ``2024``."""
        if self.quarter is not None:
            text = f"{('first', 'second', 'third', 'fourth')[self.quarter - 1]} quarter of {self.year}"
        else:
            month = calendar.month_name[self.month] if self.month else ""
            text = " ".join(part for part in (str(self.day or ""), month, str(self.year)) if part)
        return text + (" (inferred)" if self.is_uncertain else "")


def parse_date(text: str) -> FuzzyDate:
    """Read ``2024-07-08``, ``2024-07``, ``2024-Q1``, EDTF's ``2024-33``, ``2024``, each perhaps with ``?``.

    Raises :class:`DateError` naming what is wrong; nothing is guessed.
    """
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise DateError("a date like 2024-07-08, 2024-07, 2024-Q1 or 2024, with ? after it when inferred")
    year = int(shape["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"a year of the common era between {FIRST_YEAR} and {LAST_YEAR}")
    month = int(shape["month"]) if shape["month"] else None
    day = int(shape["day"]) if shape["day"] else None
    quarter = int(shape["quarter"]) if shape["quarter"] else None
    if month is not None and 33 <= month <= 36 and day is None:  # EDTF's codes for the quarters
        return FuzzyDate(year, quarter=month - 32, is_uncertain=shape["doubt"] is not None)
    if month is not None and not 1 <= month <= 12:
        raise DateError("a month between 01 and 12")
    if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise DateError(
            f"a day between 01 and {calendar.monthrange(year, month)[1]} in {calendar.month_name[month]} {year}"
        )
    return FuzzyDate(year, month, day, quarter, shape["doubt"] is not None)


def fiscal_year(day: date, start_month: int) -> int:
    """The fiscal year a day falls in, named by the calendar year it starts in (Japan's starts in month 4).

    >>> fiscal_year(date(2024, 3, 31), 4), fiscal_year(date(2024, 4, 1), 4)
    (2023, 2024)
    """
    return day.year if day.month >= start_month else day.year - 1
