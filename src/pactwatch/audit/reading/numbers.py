"""Numbers that may count something in a sentence, and what bounds them: at least, at most, about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.audit.reading.sentences import Seen
from pactwatch.coder.numbers import NumberReader, NumberSpan

LEAST, MOST, ABOUT = "least", "most", "about"
"""How a figure bounds what it tells of: not less, not more, or near it."""

_BEFORE = 3
"""Words between what bounds a figure and the figure ("more than a good third")."""
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number in words ``i`` to ``j`` (excluded) that may count something: no ordinal and no year."""

    i: int
    j: int
    value: int


def spans_of(seen: Seen, reader: NumberReader) -> list[NumberSpan]:
    """All numbers of a sentence, with their offsets in the plain text; "three of four" are two."""
    text, start, found = seen.tokens.plain.text, seen.sentence.start, list[NumberSpan]()
    while spans := reader.find(text, start, seen.sentence.end):
        found.append(spans[0])
        start = spans[0].end
    return found


def numbers_of(seen: Seen, spans: Sequence[NumberSpan]) -> list[Number]:
    """Those of a sentence's numbers that may count something, in order."""
    starts = seen.tokens.starts
    found = []
    for one in spans:
        is_year = one.value in _YEARS and one.end - one.start == 4 and not one.is_words
        if not one.is_ordinal and not is_year and one.value == one.value.to_integral_value():
            found.append(Number(bisect_left(starts, one.start), bisect_left(starts, one.end), int(one.value)))
    return found


def is_measure(seen: Seen, number: Number, settings: Mapping[str, Any]) -> bool:
    """Whether a number tells years, months or the like, or hundredths."""
    return number.j < seen.sentence.stop and seen.tokens.words[number.j] in settings["measures"]


def bound_of(seen: Seen, i: int, j: int) -> str:
    """What bounds a figure in words ``i`` to ``j`` (excluded): the words right before it, or right behind it."""
    hits = seen.hits.get("bound", ())
    before = [hit for hit in hits if 0 <= i - hit.j < _BEFORE and not hit.payload.get("behind")]
    behind = [hit for hit in hits if hit.i == j and hit.payload.get("behind")]
    told = before[-1:] or behind[:1]
    return str(told[0].payload["bound"]) if told else ABOUT
