"""Dates that open a line and hold for what it tells: "2016: ... enters into force on 26 April", or "2020" as a heading.

Chronicles, yearbooks and fact sheets name a year once, before a colon or a dash or on a line of its own, and tell the
days of their entries without it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from pactwatch.coder.dates.reader import DateReader
from pactwatch.coder.dates.spans import DateSpan, point_of
from pactwatch.model.codes import Precision

OPENS_LINE = "opens_line"
"""The kind of a date that opens a line, among the dates of its sentence."""
_YEAR = re.compile(r"(?<![\d,])(?:1[89]|2[01])\d\d(?!\d)")
_REACH = 32
"""Characters before a year in which its line must begin: room for a list's mark, a weekday, a day and a month."""
_OPENING = re.compile(
    r"""(?:\A|\n|[.!?][ ]+)               # the text, a line or a sentence begins
    ((?:[^\w\n]*\(?\w{1,2}[.)][ ])?[^\w\n]*)  # marks, perhaps a number of a list
    (?:[\w']+[^\w\n:;!?|]{1,3}){0,4}\Z      # a few words before the year: of its day and month""",
    re.VERBOSE,
)
_CLOSING = re.compile(
    r"""[ ]*(?:[)\]*_]+(?=[ ])|[)\]*_]*[ ]*(?:
    [:|\u2014] | -{1,2}(?=[ ]) | (?=\n|\Z)
    | (?P<stop>\.(?=[ ]))
    | (?P<nothing>(?<![ ])(?=[ ][^\W\d_a-z]))))""",
    re.VERBOSE,
)
_BLANK = re.compile(r"[^\w\n]*(?=\n|\Z)")
_MARKS = re.compile(r"[^\w\n]*")
_ENDS_SENTENCE = (".", "!", "?", ";", ":", ",", '"', ")", "]")
_LONGEST_HEADING = 80
_FEWEST = 3
"""Lines that a year opens with no mark behind it, from which on a text is taken for a list of years."""


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A stretch of text for which a date holds; ``span`` is the date itself."""

    start: int
    stop: int
    span: DateSpan

    @property
    def year(self) -> int:
        """The year that dates without one lie in."""
        return _year_of(self.span)


class DatedLines:
    """The dated lines of a text, in order; they do not overlap."""

    def __init__(self, lines: Sequence[DatedLine]) -> None:
        self._lines = lines

    def at(self, place: int) -> DatedLine | None:
        """The line whose date holds at a character of the text."""
        number = bisect_right(self._lines, place, key=attrgetter("start")) - 1
        return self._lines[number] if number >= 0 and place < self._lines[number].stop else None


def find_dated_lines(text: str, dates: DateReader, published: date | None) -> DatedLines:
    """The dated lines of a text in plain typography.

    A line that a year or a day opens, with a mark behind it, is dated to its end, and with it the lines below that open
    with a month or a day; so are lines that bare years open, if they are several in their order.
    A year alone on a line is a heading, and holds until the next date of that kind, the next heading or the end. A day
    of the year of publication is taken for a dateline, which says when a report was written, not what it tells.
    """
    openings = [one for one in _settled([*_openings(text, dates)]) if not _is_dateline(one.span, published)]
    lines = []
    for number, one in enumerate(openings):
        limit = openings[number + 1].start if number + 1 < len(openings) else len(text)
        lines.append(DatedLine(one.start, _stop(text, (one.end, limit), one.span, dates), one.span))
    return DatedLines(lines)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a line begins, where the mark after its date ends, and the date; a ``bare`` one has no mark."""

    start: int
    end: int
    span: DateSpan
    is_bare: bool


def _settled(openings: Sequence[_Opening]) -> list[_Opening]:
    """All but the bare ones, and these too where they are several years in their order."""
    years = [_year_of(one.span) for one in openings if one.is_bare]
    is_list = len(years) >= _FEWEST and (years == sorted(years) or years == sorted(years, reverse=True))
    return [one for one in openings if is_list or not one.is_bare]


def _is_dateline(span: DateSpan, published: date | None) -> bool:
    return published is not None and span.past.precision != Precision.YEAR and _year_of(span) == published.year


def _year_of(span: DateSpan) -> int:
    told = point_of(span.past)
    return told.year if told is not None else 0


def _openings(text: str, dates: DateReader) -> Iterator[_Opening]:
    done = 0
    for found in _YEAR.finditer(text):
        opened = _opened(text, found.start(), dates) if found.start() >= done else None
        if opened is not None:
            done = opened.end
            yield opened


def _opened(text: str, year: int, dates: DateReader) -> _Opening | None:
    """The opening that a year belongs to, if nothing but a date stands before it in its line or sentence."""
    look = max(0, year - _REACH)
    while (before := _OPENING.search(text, look, year)) is not None:
        span = _read(text, before.end(1), dates)
        after = _CLOSING.match(text, span.end) if span is not None else None
        if span is not None and after is not None:
            return _checked(text, _Opening(before.start(1), after.end(), span, after["nothing"] is not None), after)
        look = before.start(1) + 1
    return None


def _checked(text: str, opened: _Opening, after: re.Match[str]) -> _Opening | None:
    """The same, unless a year without a mark stands elsewhere, or a full stop may end a sentence of the line before."""
    start = opened.start
    if opened.is_bare:
        begins_line = start == 0 or text[start - 1] == "\n"
        return opened if begins_line and opened.span.past.precision == Precision.YEAR else None
    return None if after["stop"] is not None and _goes_on_before(text, start) else opened


def _goes_on_before(text: str, start: int) -> bool:
    """Whether the line before breaks off in the midst of a sentence, so that this one goes on with it."""
    before = text[max(0, start - 3) : start].rstrip(" ")
    return before.endswith("\n") and before[:-1].rstrip(" ")[-1:].isalnum()


def _read(text: str, start: int, dates: DateReader) -> DateSpan | None:
    """The date that begins just there, if it names its year and no stretch of years."""
    end = text.find("\n", start, start + 2 * _REACH)
    spans = dates.find(text, start, end if end >= 0 else min(len(text), start + 2 * _REACH), published=None)
    if not spans or spans[0].start != start or spans[0].kind != "absolute":
        return None
    return spans[0] if point_of(spans[0].past) is not None else None


def _stop(text: str, bounds: tuple[int, int], span: DateSpan, dates: DateReader) -> int:
    """Where a date that opened a line no longer holds: somewhere between where its mark ends and the next such date."""
    end, limit = bounds
    is_heading = span.past.precision == Precision.YEAR and _BLANK.match(text, end) is not None
    place = _line_end(text, end)
    while place < limit:
        following, stop = place + 1, _line_end(text, place + 1)
        if is_heading and _is_heading(text, following, stop):
            return following
        if not is_heading and not _goes_on(text, following, stop, dates):
            return place
        place = stop
    return limit


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return end if end >= 0 else len(text)


def _is_heading(text: str, start: int, stop: int) -> bool:
    """Whether a line is another heading: marked as one, or a few words between blank lines that end no sentence."""
    line = text[start : min(stop, start + _LONGEST_HEADING + 1)].strip()
    if line.startswith("#"):
        return True
    is_alone = text[start - 2 : start] == "\n\n" and text[stop : stop + 2] in ("\n\n", "\n", "")
    return is_alone and 0 < len(line) <= _LONGEST_HEADING and line[0].isalnum() and not line.endswith(_ENDS_SENTENCE)


def _goes_on(text: str, start: int, stop: int, dates: DateReader) -> bool:
    """Whether a line opens with a month or a day whose year the line before told."""
    marks = _MARKS.match(text, start, stop)
    first = marks.end() if marks else start
    spans = dates.find(text, first, min(stop, first + _REACH), published=date(2000, 1, 1))
    return bool(spans) and spans[0].start == first and spans[0].kind == "partial"
