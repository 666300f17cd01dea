"""Whether two texts are one report: how much they overlap, and whether what differs are the facts.

Overlap is measured over shingles of ``WORDS`` words (Broder 1997). It finds a wire story under another headline, cut at
the end or with a paragraph added, but cannot alone tell it from two releases that fill one form with other facts: those
overlap by up to 0.89. So a pair is a copy only if the shorter text lies mostly within the longer, and at most one
name or number stands in place of another within the text they share.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

WORDS = 5
LEAST_JACCARD = 0.45
LEAST_CONTAINED = 0.8
MOST_EXCHANGED = 1
"""Names and numbers that may be others without the text being another: an agency's Monday is a paper's July."""

FEWEST_WORDS = 25
"""Shorter texts are copies only if all their words agree."""

_GAP = 12
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_NUMBERS = frozenset(re.findall(r"\w+", "two three four five six seven eight nine ten eleven twelve twenty hundred"))


@dataclass(frozen=True)
class Shingled:
    """A text by its words, and its shingles as numbers of 64 bits."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        """The words as written, without marks."""
        return _WORD.findall(self.text)

    @cached_property
    def runs(self) -> list[int]:
        """The shingle that begins at each word; one of all words where there are fewer."""
        words = [word.lower().encode("utf-8", "replace") for word in self.words]
        count = max(1, len(words) - WORDS + 1)
        return [_number(b" ".join(words[start : start + WORDS])) for start in range(count)]

    @cached_property
    def shingles(self) -> frozenset[int]:
        """The shingles, each once."""
        return frozenset(self.runs)


def _number(shingle: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(shingle, digest_size=8).digest(), "little")


def jaccard(first: Shingled, second: Shingled) -> float:
    """Shared shingles over all shingles of two texts: 0 to 1."""
    shared = len(first.shingles & second.shingles)
    return shared / (len(first.shingles) + len(second.shingles) - shared)


def is_copy(first: Shingled, second: Shingled) -> bool:
    """Whether two texts are one report; the same whichever comes first."""
    shared = len(first.shingles & second.shingles)
    shorter = min(len(first.shingles), len(second.shingles))
    if min(len(first.words), len(second.words)) < FEWEST_WORDS:
        return first.shingles == second.shingles
    if jaccard(first, second) < LEAST_JACCARD or shared < LEAST_CONTAINED * shorter:
        return False
    return count_exchanged(first, second) <= MOST_EXCHANGED


def count_exchanged(first: Shingled, second: Shingled) -> int:
    """How many names and numbers of the one stand in place of others in the other, within the text they share.

    One that is written otherwise throughout (Viet Nam, Vietnam) counts once.
    """
    exchanged = {exchange for one, other in _gaps(first, second) for exchange in _exchanges(one, other)}
    return sum(min(len(own), len(others)) for own, others in exchanged)


def _gaps(first: Shingled, second: Shingled) -> Iterator[tuple[list[str], list[str]]]:
    """The short stretches in which two texts differ, between stretches in which they agree or at their beginning."""
    places, own = _places_once(second.runs), _places_once(first.runs)
    at_first, at_second = 0, 0
    for place, shingle in enumerate(first.runs):
        other = places.get(shingle, -1)
        if other < 0 or own[shingle] != place:
            continue
        if 0 < place - at_first <= _GAP and 0 < other - at_second <= _GAP:
            yield first.words[at_first:place], second.words[at_second:other]
        at_first, at_second = place + WORDS, other + WORDS


def _places_once(runs: list[int]) -> dict[int, int]:
    """Where each shingle stands that stands once; -1 for others."""
    places: dict[int, int] = {}
    for place, shingle in enumerate(runs):
        places[shingle] = -1 if shingle in places else place
    return places


def _exchanges(one: list[str], other: list[str]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The numbers, and the names, that only one stretch tells, where the other tells others instead."""
    for tell in (_tells_number, _tells_name):
        facts = frozenset(word.lower() for word in one if tell(word))
        others = frozenset(word.lower() for word in other if tell(word))
        if facts - others and others - facts:
            yield facts - others, others - facts


def _tells_number(word: str) -> bool:
    return any(map(str.isdigit, word)) or word.lower() in _NUMBERS


def _tells_name(word: str) -> bool:
    return word[0].isupper()
