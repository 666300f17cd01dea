"""One row's cells, read by kind: codes, dates, lists, flags, money. A bad cell is noted and read as absent."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import TypeVar

from pactwatch.casebook.sheets import FaultList, Row
from pactwatch.model.amounts import AmountError, Item, Money, parse_items, parse_money
from pactwatch.model.codes import Code
from pactwatch.model.dates import DateError, FuzzyDate, parse_date
from pactwatch.model.errors import PactwatchError

C = TypeVar("C", bound=Code)
T = TypeVar("T")

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2150
"""Years a survey may have been made in."""


class Cells:
    """Reads the cells of one row; each method returns ``None`` (or nothing) after noting a fault."""

    def __init__(self, row: Row, faults: FaultList) -> None:
        self.row = row
        self.faults = faults

    def fault(self, column: str, expected: str, fix: str) -> None:
        """Note a fault in a cell of this row."""
        self.faults.add(self.row.line, column, self.row.cells[column], expected, fix)

    def text(self, column: str) -> str:
        """The cell as it stands; may be empty."""
        return self.row.cells[column]

    def required(self, column: str) -> str:
        """A cell that must not be empty."""
        value = self.row.cells[column]
        if not value:
            self.fault(column, "a value", "Fill it in.")
        return value

    def code(self, column: str, vocabulary: type[C], *, is_required: bool = False) -> C | None:
        """A value of a vocabulary."""
        value = self.required(column) if is_required else self.row.cells[column]
        return self._look_up(column, value, vocabulary) if value else None

    def codes(self, column: str, vocabulary: type[C]) -> frozenset[C]:
        """A ``;``-list of values of a vocabulary."""
        found = (self._look_up(column, value, vocabulary) for value in self.parts(column))
        return frozenset(code for code in found if code is not None)

    def known(
        self, column: str, names: Collection[str], what: str, fix: str, *, is_required: bool = False
    ) -> str | None:
        """A cell that must name one of ``names``; empty is ``None``, and a fault where it is required."""
        value = self.required(column) if is_required else self.row.cells[column]
        return self._check_known(column, value, names, (what, fix)) if value else None

    def known_parts(self, column: str, names: Collection[str], what: str, fix: str) -> tuple[str, ...]:
        """A ``;``-list of which every part must be among ``names``."""
        found = (self._check_known(column, part, names, (what, fix)) for part in self.parts(column))
        return tuple(part for part in found if part is not None)

    def parts(self, column: str) -> tuple[str, ...]:
        """The parts of a ``;``-list, stripped, empty ones dropped; a part told twice is a fault."""
        parts = tuple(part.strip() for part in self.row.cells[column].split(";") if part.strip())
        if len(set(parts)) < len(parts):
            self.fault(column, "each part once", "Remove the part that stands twice.")
        return parts

    def flag(self, column: str) -> bool:
        """``yes`` or ``no``."""
        value = self.row.cells[column]
        if value not in ("yes", "no"):
            self.fault(column, "yes or no", "Write yes or no.")
        return value == "yes"

    def date(self, column: str, *, is_required: bool = False) -> FuzzyDate | None:
        """A fuzzy date."""
        value = self.required(column) if is_required else self.row.cells[column]
        return self._parse(column, parse_date, value, DateError) if value else None

    def money(self, column: str) -> Money | None:
        """An amount of money."""
        value = self.row.cells[column]
        return self._parse(column, parse_money, value, AmountError) if value else None

    def items(self, column: str) -> tuple[Item, ...]:
        """A list of items."""
        return self._parse(column, parse_items, self.row.cells[column], AmountError) or ()

    def number(self, column: str, low: float, high: float) -> float | None:
        """A number between two bounds."""
        value = self.row.cells[column]
        if not value:
            return None
        number = float(value) if _NUMBER.fullmatch(value) else float("nan")
        if not low <= number <= high:
            self.fault(column, f"a number from {low:g} to {high:g}", "Use a full stop for decimals and no separators.")
            return None
        return number

    def year(self, column: str) -> int | None:
        """A year of four digits, which must be there."""
        value = self.required(column)
        if not value:
            return None
        if not _YEAR.fullmatch(value) or not FIRST_YEAR <= int(value) <= LAST_YEAR:
            self.fault(column, f"a whole year from {FIRST_YEAR} to {LAST_YEAR}", "Write the year in four digits.")
            return None
        return int(value)

    def _look_up(self, column: str, value: str, vocabulary: type[C]) -> C | None:
        by_value = {str(member): member for member in vocabulary}
        name = self._check_known(column, value, by_value, (f"one of {', '.join(by_value)}", ""))
        return None if name is None else by_value[name]

    def _check_known(self, column: str, value: str, names: Collection[str], words: tuple[str, str]) -> str | None:
        if value in names:
            return value
        what, fix = words
        near = get_close_matches(value, names, n=1)
        advice = fix or "Use a value of the codebook."
        self.faults.add(
            self.row.line, column, value, what, f"Did you mean {near[0]!r}? If not: {advice}" if near else advice
        )
        return None

    def _parse(self, column: str, parse: Callable[[str], T], value: str, error: type[PactwatchError]) -> T | None:
        try:
            return parse(value)
        except error as problem:
            self.fault(column, str(problem), "See docs/codebook.md for the notation.")
            return None
