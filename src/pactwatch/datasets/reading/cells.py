"""Cells to numbers, years and days. What is not read with certainty is a fault with its line, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pactwatch.datasets.reading.notes import Findings

_POINT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_POWER = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+", re.ASCII)
_LIKE_DATE = re.compile(r"\d{1,2}[-. ]?[A-Za-z]{3}|[A-Za-z]{3}[-. ]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?", re.ASCII)
_PARTS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)

_SHOWN_ROUNDED, _SHOWN_DIGITS = 1e6, 6
"""Large numbers that spreadsheets show, and save, in powers of ten have few digits."""

SPREADSHEET_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's day numbers."""


def finds_decimal_comma(cells: Iterable[str]) -> bool:
    """Whether numbers were resaved with decimal commas: some have one, and none has a decimal point."""
    has_comma = False
    for cell in cells:
        if _COMMA.fullmatch(cell) and not _GROUPED.fullmatch(cell):
            has_comma = True
        elif "." in cell and _POINT.fullmatch(cell) and not re.fullmatch(r"\d{1,3}(\.\d{3})+", cell):
            return False
    return has_comma


@dataclass(slots=True)
class Numbers:
    """Reads the numbers of one file. ``has_decimal_comma`` as :func:`finds_decimal_comma` tells."""

    findings: Findings
    has_decimal_comma: bool = False

    @classmethod
    def of(cls, findings: Findings, cells: Iterable[str]) -> Numbers:
        """A reader for these numeric cells; resaving with decimal commas is noted."""
        is_comma = finds_decimal_comma(cells)
        if is_comma:
            findings.note("numbers have decimal commas and were read so")
        return cls(findings, is_comma)

    def number(self, line: int, column: str, cell: str) -> float | None:
        """A number; empty is ``None``; anything else is a fault."""
        text = cell.strip()
        if not text:
            return None
        if self.has_decimal_comma:
            text = text.replace(".", "").replace(",", ".") if _COMMA.fullmatch(text) else text
            if "." in text and "," not in cell:
                self.findings.fault(line, column, cell, "a number", "Thousands and decimals cannot be told apart.")
                return None
        elif _GROUPED.fullmatch(text):
            self.findings.note("commas between thousands were passed over", line)
            text = text.replace(",", "")
        if _POINT.fullmatch(text):
            return float(text)
        if _POWER.fullmatch(text):
            digits = text.lower().partition("e")[0]
            if float(text.replace(",", ".")) >= _SHOWN_ROUNDED and sum(map(str.isdigit, digits)) <= _SHOWN_DIGITS:
                self.findings.note("large numbers in powers of ten, which a spreadsheet may have rounded", line)
            return float(text.replace(",", "."))
        is_date = _LIKE_DATE.fullmatch(text) is not None
        reason = "A spreadsheet made a date of it" if is_date else "It is damaged"
        self.findings.fault(line, column, cell, "a number", f"{reason}; download the file again.")
        return None

    def whole(self, line: int, column: str, cell: str) -> int | None:
        """A whole number; ``12.0`` is one."""
        value = self.number(line, column, cell)
        if value is None:
            return None
        if value != int(value):
            self.findings.fault(line, column, cell, "a whole number", "It is damaged; download the file again.")
            return None
        return int(value)

    def year(self, line: int, column: str, cell: str, bounds: tuple[int, int] = (1800, 2100)) -> int | None:
        """A year within bounds; empty is ``None``."""
        value = self.whole(line, column, cell)
        if value is not None and not bounds[0] <= value <= bounds[1]:
            self.findings.fault(line, column, cell, f"a year from {bounds[0]} to {bounds[1]}", "It is damaged.")
            return None
        return value


def make_day(year: int | None, month: int | None, day: int | None) -> tuple[date, date] | None:
    """The first and last day a date of these parts may be; ``None`` without a year, or for a day that never was."""
    if year is None:
        return None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            following = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), following - timedelta(days=1)
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def write_edtf(year: int | None, month: int | None, day: int | None) -> str | None:
    """A date in EDTF (ISO 8601-2) to the precision told."""
    if year is None:
        return None
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)])


def read_days(rows: Sequence[tuple[int, str]], column: str, findings: Findings) -> list[date | None]:
    """Days of one column, as (line, cell): ISO dates, dates a spreadsheet resaved, or its day numbers.

    Of ``3/4/2018`` the order of day and month is told by the other cells of the column; where none tells it, every such
    cell is a fault.
    """
    order = _find_order([cell for _, cell in rows])
    days = []
    for line, cell in rows:
        day = _read_day(cell.strip(), order)
        if day is None and cell.strip():
            is_open = _PARTS.fullmatch(cell.strip()) is not None and order is None
            expected = "a date whose day and month can be told apart" if is_open else "a date as 2018-06-01"
            findings.fault(line, column, cell, expected, "Download the file again, or write its dates as 2018-06-01.")
        elif day is not None and not _ISO.fullmatch(cell.strip()):
            findings.note(f"dates of {column} were resaved by a spreadsheet and read back", line)
        days.append(day)
    return days


def _find_order(cells: Iterable[str]) -> str | None:
    """``dm`` or ``md``: which part of resaved dates is the day."""
    orders = set()
    for cell in cells:
        parts = _PARTS.fullmatch(cell.strip())
        if parts:
            first, second = int(parts[1]), int(parts[2])
            orders |= {"dm"} if first > 12 else {"md"} if second > 12 else set()
    return orders.pop() if len(orders) == 1 else None


def _read_day(cell: str, order: str | None) -> date | None:
    try:
        if iso := _ISO.fullmatch(cell):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        parts = _PARTS.fullmatch(cell)
        if parts and (order or parts[1] == parts[2]):
            first, second = int(parts[1]), int(parts[2])
            month, day = (second, first) if order == "dm" else (first, second)
            return date(int(parts[3]), month, day)
        if _SERIAL.fullmatch(cell) and 20_000 <= int(cell) <= 70_000:
            return SPREADSHEET_EPOCH + timedelta(days=int(cell))
    except ValueError:
        return None
    return None
