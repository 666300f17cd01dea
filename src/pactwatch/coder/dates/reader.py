"""Finding the dates of a sentence and reading each as told of the past and of the future."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pactwatch.coder.dates import absolute, anaphoric, relative
from pactwatch.coder.dates.fiscal import FiscalYear
from pactwatch.coder.dates.grammar import Grammar, Match
from pactwatch.coder.dates.joining import Joiner
from pactwatch.coder.dates.parts import Parts
from pactwatch.coder.dates.spans import NOTHING, NOTHING_AROUND, Around, DateSpan, Frame, Point, point_of
from pactwatch.coder.dates.tokens import Lexer, Token
from pactwatch.coder.typography import plain_text

Builder = Callable[[Parts, Frame], Point | None]

_BUILDERS: dict[str, Builder] = {
    "whole": absolute.whole,
    "day_month_year": absolute.day_month_year,
    "day_month": absolute.day_month,
    "pair": absolute.pair,
    "month_year": absolute.month_year,
    "month_alone": absolute.month_alone,
    "year_alone": absolute.year_alone,
    "quarter": absolute.quarter,
    "quarter_near": absolute.quarter_near,
    "half": absolute.year_alone,
    "fiscal": absolute.fiscal,
    "fiscal_month": absolute.fiscal_month,
    "iso_week": absolute.iso_week,
    "day_word": relative.day_word,
    "day_from_day_word": relative.day_from_day_word,
    "near_unit": relative.near_unit,
    "ago": relative.ago,
    "ahead": relative.ahead,
    "weekday": relative.weekday,
    "weekday_of_week": relative.weekday_of_week,
    "weekdays_away": relative.weekdays_away,
    "nth_weekday": relative.nth_weekday,
    "month_of": relative.month_of,
    "day_month_of": relative.month_of,
    "month_near": relative.month_near,
    "day_of_near_month": relative.day_of_near_month,
    "season_year": relative.season_year,
    "season_near": relative.season_near,
    "season_alone": relative.season_alone,
    "fiscal_near": relative.fiscal_near,
    "month_of_context": anaphoric.month_of_context,
    "day_month_of_context": anaphoric.month_of_context,
    "shift_back": anaphoric.shift_back,
    "season_of_context": anaphoric.season_of_context,
    "day_of_context": anaphoric.day_of_context,
    "feast": absolute.feast,
    "context_unit": anaphoric.context_unit,
    "context_day": anaphoric.context_day,
    "shift": anaphoric.shift,
    "nth_day": anaphoric.nth_day,
    "duration": anaphoric.nothing,
    "vague": anaphoric.nothing,
    "decade_name": anaphoric.nothing,
}
_SAME_BOTH_WAYS = frozenset(
    {"whole", "day_month_year", "month_year", "year_alone", "quarter", "half", "fiscal", "fiscal_month", "iso_week"}
)
"""Dates that name their year, and mean the same whatever was told before."""
_NO_CONTEXT = frozenset({"edition", "decade", "duration"})
_YEARLESS = {"day_month": "day_month_year", "month_alone": "month_year"}
_LISTED = frozenset({"and", "comma", "the", "of", "in", "on", "day", "nth", "month", "month_unsure"})
_REACH = 8  # tokens to look ahead for the year of a list of dates
_OPENING = frozenset({"mark", "comma", "colon", "dot", "dash", "and"})
_PARTING = frozenset({"mark", "comma"})
_BESIDE = _PARTING | {"in", "on", "the"}
_EMPTY_ALLOWED = frozenset({"duration", "vague", "decade_name"})


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all dates of a sentence before it is read."""

    published: date | None
    fiscal: FiscalYear
    line: Point | None


@dataclass(slots=True)
class _Told:
    """What the sentence has told so far, for one reading."""

    context: Point | None
    binds: bool


class DateReader:
    """Reads dates by the words and shapes of one language."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._lexer = Lexer(words)
        self._grammar = Grammar(words)
        self._joiner = Joiner(words, self._grammar.signs)
        classes = words["gate"]["classes"]
        known = words["classes"] | words["values"]
        self._gate_words = frozenset(plain_text(word).low for kind in classes for word in known[kind])
        self._gate_digits = re.compile(self._lexer.forms.triggers)

    def may_hold(self, words: Iterable[str], text: str, start: int, end: int) -> bool:
        """A quick look at a sentence, its ``words`` as :func:`cut_tokens` cuts them: whether a date may stand there."""
        return not self._gate_words.isdisjoint(words) or self._gate_digits.search(text, start, end) is not None

    def find(
        self,
        text: str,
        start: int,
        end: int,
        *,
        published: date | None,
        around: Around = NOTHING_AROUND,
    ) -> list[DateSpan]:
        """The dates in ``text[start:end]``, in order and not overlapping."""
        tokens, row = self._joiner.joined(self._lexer.tokens(text, start, end))
        known, of_line = point_of(around.last), point_of(around.line)
        if of_line is not None and (known is None or known.year != of_line.year):
            known = of_line
        told = {ahead: _Told(known, of_line is not None) for ahead in (False, True)}
        given = _Known(published, around.fiscal, of_line)
        spans: list[DateSpan] = []
        place, next_start = 0, self._grammar.next_start
        while (place := next_start(row, place)) >= 0:
            match = self._grammar.longest(row, place)
            span = self._span(match, tokens, told, given) if match else None
            if span:
                spans.append(span)
            place = match.last if match and span else place + 1
        return spans

    def _span(self, match: Match, tokens: list[Token], told: dict[bool, _Told], known: _Known) -> DateSpan | None:
        build, kind = match.pattern.build, match.pattern.kind
        parts = Parts([*tokens[match.first : match.last], *_shared_year(tokens, match)])
        build = _YEARLESS.get(build, build) if parts.year else build
        if kind == "partial" and match.first == 1 and _is_fronted(tokens, match.first):
            _bind_to_year(told)
        if kind == "partial" and (year := _year_beside(tokens, match.first)) is not None:
            _bind_to_year(told, year)
        readings = _readings(build, parts, told, known)
        if not any(readings.values()) and not _may_be_empty(build, kind, known.published):
            return None
        if build == "year_alone" and kind == "absolute" and _names_edition(tokens, match.first):
            kind = "edition"
        if kind not in _NO_CONTEXT:
            _remember(told, readings, _binds(match, tokens))
        past, future = (found.when if (found := readings[ahead]) else NOTHING for ahead in (False, True))
        start = tokens[_edge_start(tokens, match.first)].start
        return DateSpan(start, tokens[match.last - 1].end, past, future, kind)


def _readings(build: str, parts: Parts, told: dict[bool, _Told], known: _Known) -> dict[bool, Point | None]:
    """What an expression means, told of the past and of the future."""
    builder = _BUILDERS[build]
    if build in _SAME_BOTH_WAYS:
        return dict.fromkeys(told, builder(parts, Frame(known.published, None, False, False, known.fiscal)))
    return {
        ahead: builder(parts, Frame(known.published, so_far.context, so_far.binds, ahead, known.fiscal, known.line))
        for ahead, so_far in told.items()
    }


def _bind_to_year(told: dict[bool, _Told], year: int | None = None) -> None:
    """What follows lies within the year told before, if a year alone was told (just that ``year``, where one is given).

    So goes on a sentence that opens with a bare month, and a month beside a year: "in 2006, in April".
    """
    for so_far in told.values():
        context = so_far.context
        so_far.binds |= context is not None and context.month is None and year in (None, context.year)


def _year_beside(tokens: list[Token], first: int) -> int | None:
    """The year that stands just before a date, a comma or bracket between them: "2021 (June)"."""
    place = first - 1
    while place >= 0 and tokens[place].kind in _BESIDE:
        place -= 1
    is_parted = any(token.kind in _PARTING for token in tokens[place + 1 : first])
    return tokens[place].value if place >= 0 and is_parted and tokens[place].kind == "year" else None


def _may_be_empty(build: str, kind: str, published: date | None) -> bool:
    """Whether an expression that gives no date is still one: vague, or lacking what it is counted from."""
    if build in _EMPTY_ALLOWED or kind == "anaphoric":
        return True
    return published is None and kind not in {"absolute", "range"}


def _shared_year(tokens: list[Token], match: Match) -> list[Token]:
    """The year told once for several dates: "on 8 July and 12 August 2024"."""
    if match.pattern.build not in _YEARLESS:
        return []
    for token in tokens[match.last : match.last + _REACH]:
        if token.kind == "year":
            return [token]
        if token.kind not in _LISTED:
            return []
    return []


def _binds(match: Match, tokens: list[Token]) -> bool | None:
    """Whether the year told holds for the months after it: "in 2021 ... in May"; None leaves it as it was."""
    kind = match.pattern.kind
    if kind == "partial":
        return None
    if match.pattern.build == "year_alone":
        return _is_fronted(tokens, match.first)
    return kind in {"absolute", "anaphoric"}


def _is_fronted(tokens: list[Token], first: int) -> bool:
    """Whether "in 2021" opens its clause, so that it frames what follows rather than dating one event."""
    if first == 0 or tokens[first - 1].kind != "in":
        return False
    return first == 1 or tokens[first - 2].kind in _OPENING


def _remember(told: dict[bool, _Told], readings: dict[bool, Point | None], binds: bool | None) -> None:
    """A date told is the context of what follows."""
    for ahead, so_far in told.items():
        found = readings[ahead] or readings[not ahead]
        if found is not None:
            so_far.binds = so_far.binds if binds is None else binds
            so_far.context = found


def _edge_start(tokens: list[Token], first: int) -> int:
    """The token where "early", "mid-" or "the end of" begins, if it stands before the date."""
    place = first - 1
    for skipped in ("the", "of", "dash"):
        if place >= 0 and tokens[place].kind == skipped:
            place -= 1
    if place < 0 or tokens[place].kind != "edge":
        return first
    return place


def _names_edition(tokens: list[Token], first: int) -> bool:
    """Whether a year follows a name: Balikatan 2024, Vostok-2018."""
    place = first - 1
    if place >= 0 and tokens[place].kind == "dash":
        place -= 1
    before = tokens[place] if place >= 0 else None
    return (
        before is not None and before.kind == "other" and isinstance(before.value, str) and before.value[:1].isupper()
    )
