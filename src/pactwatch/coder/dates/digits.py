"""Dates written in digits, read by their form alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pactwatch.coder.dates.spans import Point, point

_BETWEEN = r"[ ]?"
_LAST_OF_CENTURY = 60  # '59 is 2059, '60 is 1960


def full_year(short: int) -> int:
    """The year meant by its last two digits."""
    return short + (2000 if short < _LAST_OF_CENTURY else 1900)


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


class DigitForms:
    """The forms of one language: which patterns, and what each means."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._month_first: bool = words["month_first"]
        self._ordinals = frozenset(words["ordinal_suffixes"])
        self._decades = frozenset(words["decade_suffixes"])
        self._quarter_letters = frozenset(letter.upper() for letter in words["letters"]["quarter"])
        self._romans = {roman: number for number, roman in enumerate(words["roman_months"], 1)}
        self._eras: dict[str, int] = words["signed_eras"]
        year, month, day = (_any_of(words[f"{unit}_signs"]) for unit in ("year", "month", "day"))
        first, eras, gap = _any_of(words["first_year_signs"]), _any_of(list(self._eras)), _BETWEEN
        self._signed = re.compile(
            rf"({eras})?{gap}(\d{{1,4}}|{first}){gap}(?:{year})(?:{gap}(\d{{1,2}}){gap}(?:{month})(?:{gap}(\d{{1,2}}){gap}(?:{day}))?)?"
        )
        romans = _any_of(words["roman_months"])
        after = r"(?!\d|[-/.]\d)"
        self.ascii_patterns = (
            rf"(?P<ymd>\d{{4}}-\d{{1,2}}-\d{{1,2}}{after}|\d{{4}}/\d{{1,2}}/\d{{1,2}}{after}|\d{{4}}\.\d{{1,2}}\.\d{{1,2}}{after})",
            rf"(?P<roman>\d{{1,2}}[-/. ](?:{romans})[-/. ]\d{{4}}{after})",
            rf"(?P<dmy>\d{{1,2}}(?:-\d{{1,2}}-|/\d{{1,2}}/|\.\d{{1,2}}\.)(?:\d{{4}}|\d{{2}}){after})",
            r"(?P<week>\d{4}-?W\d{2}(?:-?[1-7])?(?!\w))",
            r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)",
            r"(?P<amount>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+\.\d+)",
            rf"(?P<span>\d{{4}}[-/]\d{{2}}(?:\d{{2}})?(?!\w){after})",
            rf"(?P<pair>\d{{1,2}}/\d{{1,2}}(?!\w| ?[A-Z]){after})",
            r"(?P<short>(?<!\w)'\d{2}(?!\w))",
        )
        self.patterns = (f"(?P<signed>{re.sub(r'[(](?![?])', '(?:', self._signed.pattern)})", *self.ascii_patterns)
        self.triggers = f"[\\d{''.join(re.escape(sign[0]) for sign in words['year_signs'])}]"

    def read(self, group: str, piece: str) -> tuple[str, Any]:
        """The class and value of a piece that matched a pattern."""
        reader = getattr(self, f"_read_{group}", None)
        return reader(piece) if reader else ("other", piece)

    def _read_signed(self, piece: str) -> tuple[str, Any]:
        found = self._signed.fullmatch(piece)
        if found is None:
            return "other", piece
        era, number, month, day = found.groups()
        year = self._eras.get(era or "", 0) + (int(number) if number.isdigit() else 1)
        return _whole(point(year, int(month) if month else None, int(day) if day else None), piece)

    def _read_ymd(self, piece: str) -> tuple[str, Any]:
        year, month, day = (int(part) for part in re.split(r"[-/.]", piece))
        return _whole(point(year, month, day), piece)

    def _read_roman(self, piece: str) -> tuple[str, Any]:
        day, month, year = re.split(r"[-/. ]", piece)
        return _whole(point(int(year), self._romans[month], int(day)), piece)

    def _read_dmy(self, piece: str) -> tuple[str, Any]:
        first, second, year = (int(part) for part in re.split(r"[-/.]", piece))
        year = full_year(year) if year < 100 else year
        month_first = self._month_first and "." not in piece
        month, day = (first, second) if month_first else (second, first)
        return _whole(point(year, month, day) or point(year, day, month), piece)

    def _read_pair(self, piece: str) -> tuple[str, Any]:
        first, second = (int(part) for part in piece.split("/"))
        month, day = (first, second) if self._month_first else (second, first)
        month, day = (month, day) if month <= 12 else (day, month)
        if point(2024, month, day) is None:
            return "other", piece
        return "pair_sure" if day > 12 else "pair", (month, day)

    def _read_week(self, piece: str) -> tuple[str, Any]:
        digits = re.sub(r"\D", "", piece)
        weekday = int(digits[6]) if len(digits) > 6 else 4
        try:
            day = date.fromisocalendar(int(digits[:4]), int(digits[4:6]), weekday)
        except ValueError:
            return "other", piece
        return _whole(point(day.year, day.month, day.day if len(digits) > 6 else None), piece)

    def _read_span(self, piece: str) -> tuple[str, Any]:
        first, second = int(piece[:4]), int(piece[5:])
        if len(piece) == 7 and second <= first % 100 and 1 <= second <= 12:  # 2024-07, but 2007-08 is two years
            return _whole(point(first, second), piece)
        last = second if len(piece) > 7 else first - first % 100 + second
        is_span = point(first) and (0 < last - first <= 60 or (len(piece) == 7 and first % 100 == 99 and second == 0))
        return ("span", first) if is_span else ("other", piece)

    def _read_short(self, piece: str) -> tuple[str, Any]:
        return "short_year", full_year(int(piece[1:]))

    def _read_digits(self, piece: str) -> tuple[str, Any]:
        length = next((place for place, sign in enumerate(piece[:5]) if not sign.isdecimal()), len(piece))
        if length > 4:
            return "other", piece
        digits, suffix = piece[:length], piece[length:].lower()
        number = int(digits)
        if suffix in self._ordinals and 1 <= number <= 31:
            return "nth", number
        if suffix in self._decades and len(digits) in {2, 4} and number % 10 == 0:
            return "decade_name", number
        if suffix:
            is_quarter = piece[length:] in self._quarter_letters and number <= 4
            return ("quarter_code", number) if is_quarter else ("other", piece)
        if len(digits) == 4 and point(number):
            return "year", number
        return ("day" if 1 <= number <= 31 and len(digits) <= 2 else "number"), number


def _whole(found: Point | None, piece: str) -> tuple[str, Any]:
    if found is None:
        return "other", piece
    return ("whole" if found.day else "year_month" if found.month else "year"), found if found.month else found.year
