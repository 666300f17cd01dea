"""How large a part a sentence tells in figures: "31 per cent", "a third", "two of the eleven", "just under half"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pactwatch.audit.reading.lexicon import AuditLexicon
from pactwatch.audit.reading.numbers import ABOUT, Number, bound_of, is_measure, numbers_of, spans_of
from pactwatch.audit.reading.sentences import Seen
from pactwatch.coder.numbers import NumberSpan

_BETWEEN, _BEHIND_COMMA = 6, 25
"""Words between the whole and its part ("of the 22 projects begun before 2017, 19"); a comma may set it off."""
_DETERMINERS = 3
_LARGEST_WHOLE = 100_000
_SMALLEST = 0.005
"""A part that is none, or all but the whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of something, in words ``i`` to ``j`` (excluded): ``value`` between 0 and 1, and how it is bounded."""

    i: int
    j: int
    value: float
    bound: str = ABOUT


def read_part(seen: Seen, lexicon: AuditLexicon) -> Part | None:
    """The first part that a sentence tells in figures or in words of number; ``None`` where it tells none."""
    found = sorted(_parts_in(seen, lexicon), key=lambda one: (one.i, -one.j))
    first = next((one for one in found if _SMALLEST < one.value < 1 - _SMALLEST), None)
    if first is None:
        return None
    return Part(first.i, first.j, round(first.value, 4), bound_of(seen, first.i, first.j))


def _parts_in(seen: Seen, lexicon: AuditLexicon) -> Iterator[Part]:
    spans, settings = spans_of(seen, lexicon.numbers), lexicon.settings
    yield from _of_hundred(seen, spans)
    yield from _fractions(seen, settings)
    numbers = [one for one in numbers_of(seen, spans) if one.value <= _LARGEST_WHOLE]
    for one, two in pairwise(numbers):
        yield from _of_whole(seen, one, two, settings)
        yield from _whole_first(seen, one, two, settings)


def _of_hundred(seen: Seen, spans: Sequence[NumberSpan]) -> Iterator[Part]:
    """Numbers before words for a hundredth; the number may have decimals."""
    starts = seen.tokens.starts
    ends = {bisect_left(starts, one.end): one for one in spans if not one.is_ordinal}
    for hit in seen.hits.get("hundredths", ()):
        number = ends.get(hit.i)
        if number is not None:
            yield Part(bisect_left(starts, number.start), hit.j, float(number.value) / 100)


def _fractions(seen: Seen, settings: Mapping[str, Any]) -> Iterator[Part]:
    """Words for a fraction, where nothing behind them says that they count or order something else."""
    words, stop = seen.tokens.words, seen.sentence.stop
    for hit in seen.hits.get("fraction", ()):
        behind = words[hit.j] if hit.j < stop else ""
        if hit.payload.get("anywhere") or not behind.isalnum() or behind in settings["behind_fraction"]:
            yield Part(hit.i, hit.j, float(hit.payload["part"]) * (hit.values[0] if hit.values else 1))


def _of_whole(seen: Seen, part: Number, whole: Number, settings: Mapping[str, Any]) -> Iterator[Part]:
    """The part before its whole: "two of the eleven", "nine times out of ten", "all but two of the eleven"."""
    words, first = seen.tokens.words, seen.sentence.first
    between = words[part.j : whole.i]
    links = [place for place, word in enumerate(between) if word in settings["part_links"]]
    if not links or not 0 < part.value < whole.value or is_measure(seen, whole, settings):
        return
    link = between[links[0]]
    rest = [word for word in between[links[0] + 1 :] if word not in settings["part_links"]]
    if links[0] > settings["part_links"][link] or any(word not in settings["part_determiners"] for word in rest):
        return
    is_member = part.value == 1 and settings["part_links"][link] == 0
    if is_member or len(rest) > _DETERMINERS:
        return  # "one of the three navies" is a navy, no third
    is_rest = part.i - 2 >= first and words[part.i - 2 : part.i] == settings["all_but"]
    value = part.value / whole.value
    yield Part(part.i, whole.j, 1 - value if is_rest else value)


def _whole_first(seen: Seen, whole: Number, part: Number, settings: Mapping[str, Any]) -> Iterator[Part]:
    """The whole before its part: "of the 22 projects begun before 2017, 19 consisted of lectures"."""
    words, first = seen.tokens.words, seen.sentence.first
    i = max(whole.i - 1, first)
    while i > first and words[i] in settings["part_determiners"]:
        i -= 1
    opens = words[i] == settings["of_whole"] and (i <= seen.opening or words[i - 1] in settings["before_whole"])
    reach = _BEHIND_COMMA if words[part.i - 1] == "," else _BETWEEN
    is_near = part.i - whole.j <= reach and not is_measure(seen, part, settings)
    if opens and is_near and 0 < part.value < whole.value:
        yield Part(part.i, part.j, part.value / whole.value)
