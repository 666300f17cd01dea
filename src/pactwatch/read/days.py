"""The day a document was published, from what its publisher wrote in a field for it. A full day or nothing."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_tz

_ISO = re.compile(r"\s*(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?|([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?),?\s+(\d{4})\b"
)
_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d{2})([-/]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2199


def read_day(text: str) -> date | None:
    """The day of an ISO date or time, an RFC 5322 date, or a day with its month's English name; else ``None``.

    The day is the one written, as the publisher's own place counts it. Orders that could mean two days (03/04/2024)
    give none.
    """
    text = text[:200]
    if told := _ISO.match(text):
        return _day(told[1], told[3], told[4])
    if told := _NAMED.search(text):
        name = (told[2] or told[3]).lower()
        months = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)]
        return _day(told[5], months[0], told[1] or told[4]) if len(months) == 1 or name == "may" else None
    try:
        parts = parsedate_tz(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _day(*parts[:3]) if parts and any(map(str.isalpha, text)) else None


def day_in_path(path: str) -> date | None:
    """The day that a URL's path tells (``/2024/03/15/``); ``None`` where it tells none or several."""
    days = {_day(told[1], told[3], told[4]) for told in _IN_PATH.finditer(path)} - {None}
    return days.pop() if len(days) == 1 else None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        told = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return told if _FIRST_YEAR <= told.year <= _LAST_YEAR else None
