"""Fiscal years: the month they begin in, and which of two calendar years names them, state by state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pactwatch.model.dates import fiscal_year


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A fiscal year that begins in a month; ``is_named_by_end`` where the year it ends in names it."""

    starts: int = 4
    is_named_by_end: bool = False

    def of(self, day: date) -> int:
        """The fiscal year of a day, as it is named: 1 February 2024 lies in Japan's 2023 and in America's 2024."""
        return fiscal_year(day, self.starts) + (self.is_named_by_end and self.starts > 1)


JAPANESE = FiscalYear()


class FiscalYears:
    """The fiscal years of the states whose year is not the calendar's."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        told = words["fiscal_years"]
        self._known = {
            code: FiscalYear(month, is_named_by_end=name == "named_by_end")
            for name, states in told.items()
            for code, month in states.items()
        }

    def of_first(self, states: Iterable[str]) -> FiscalYear | None:
        """The fiscal year of the first of some states that has one of its own.

        Whoever keeps the calendar's says nothing: "Malaysia is on this fiscal year's list" is said of the giver's.
        """
        return next((self._known[code] for code in states if code in self._known), None)
