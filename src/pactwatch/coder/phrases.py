"""A set of phrases found in running words: the longest phrase wins where several start at one word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from pactwatch.coder.tokens import Tokens, cut_tokens
from pactwatch.coder.typography import plain_text

ANY, CAPITAL, EXACT = "any", "capital", "exact"
"""How a phrase must be written: anyhow, with a capital first letter, or letter by letter as given."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a phrase: its kind (``actor``, ``act``, ``noun``, ...) and what the kind needs to know."""

    kind: str
    value: Any
    writing: str = ANY
    phrase: str = ""


@dataclass(slots=True)
class Hit:
    """Readings of the words ``i`` to ``j`` (excluded), and what they say by their kind."""

    i: int
    j: int
    readings: tuple[Reading, ...]
    by_kind: dict[str, tuple[Any, ...]]


@dataclass(slots=True)
class _Entry:
    """A phrase after its first word, with its readings.

    Worked out when first met: ``by_kind``, and ``writing``, how all readings must be written (None where they differ).
    """

    rest: list[str]
    readings: tuple[Reading, ...]
    writing: str | None = None
    by_kind: dict[str, tuple[Any, ...]] | None = None

    def settle(self) -> dict[str, tuple[Any, ...]]:
        """Work out what holds of all readings."""
        writing = self.readings[0].writing
        is_common = writing != EXACT and all(reading.writing == writing for reading in self.readings)
        self.writing = writing if is_common else None
        self.by_kind = _by_kind(self.readings)
        return self.by_kind


_SPACERS = str.maketrans("", "", " -")
_FIGURE_END = re.compile("[.,]")
_NO_WORD = " "
"""No word of any text: what stands after the last."""


@dataclass(slots=True)
class PhraseBook:
    """Phrases by first and second word. Built once; ``find`` is one or two dictionary look-ups per word."""

    _by_first: dict[str, dict[str, list[_Entry]]] = field(default_factory=dict)
    _is_sorted: bool = True

    def add(self, phrase: str, reading: Reading) -> None:
        """Add a phrase; the same phrase may have several readings."""
        words = _words_of(phrase)
        if not words:
            return
        entries = self._by_first.setdefault(words[0], {}).setdefault(words[1] if len(words) > 1 else "", [])
        for entry in entries:
            if entry.rest == words[1:]:
                if reading not in entry.readings:
                    entry.readings += (reading,)
                    entry.by_kind = None
                return
        entries.append(_Entry(words[1:], (reading,)))
        self._is_sorted = False

    def phrases(self) -> Iterator[str]:
        """Every phrase, folded, its words set apart by spaces."""
        for first, by_second in self._by_first.items():
            for entries in by_second.values():
                for entry in entries:
                    yield " ".join([first, *entry.rest])

    def find(self, tokens: Tokens, first: int, stop: int) -> list[Hit]:
        """Longest phrases from left to right, not overlapping, in words ``first`` to ``stop`` (excluded)."""
        if not self._is_sorted:
            self._sort()
        by_first, words = self._by_first, tokens.words
        hits: list[Hit] = []
        free = first
        for i in compress(range(first, stop), map(by_first.__contains__, words[first:stop])):
            if i < free:
                continue
            by_second = by_first[words[i]]
            second = words[i + 1] if i + 1 < stop else _NO_WORD
            hit = _longest(tokens, i, stop, by_second[second]) if second in by_second else None
            if hit is None and "" in by_second:
                hit = _longest(tokens, i, stop, by_second[""])
            if hit is not None:
                hits.append(hit)
                free = hit.j
        return hits

    def _sort(self) -> None:
        for by_second in self._by_first.values():
            for entries in by_second.values():
                entries.sort(key=lambda entry: -len(entry.rest))
        self._is_sorted = True


def _words_of(phrase: str) -> list[str]:
    if phrase.isascii() and phrase.translate(_SPACERS).isalpha() and "- " not in phrase:
        return phrase.lower().replace("-", " ").split()  # most phrases; the long way is ten times slower
    return cut_tokens(plain_text(phrase)).words


def _longest(tokens: Tokens, i: int, stop: int, entries: list[_Entry]) -> Hit | None:
    words = tokens.words
    for entry in entries:
        rest = entry.rest
        more = len(rest)
        j = i + 1 + more
        if more > 1 and (j > stop or words[i + 1 : j] != rest):
            continue
        if j < len(words) and words[j] == "$":  # the US of US$ is no actor
            continue
        by_kind = entry.by_kind or entry.settle()
        if entry.writing == ANY or (entry.writing == CAPITAL and tokens.is_capital(i)):
            return Hit(i, j, entry.readings, by_kind)
        if entry.writing is None:
            fitting = tuple(reading for reading in entry.readings if _is_written(tokens, i, j, reading))
            if fitting:
                return Hit(i, j, fitting, _by_kind(fitting))
    return None


def _by_kind(readings: tuple[Reading, ...]) -> dict[str, tuple[Any, ...]]:
    by_kind: dict[str, tuple[Any, ...]] = {}
    for reading in readings:
        by_kind[reading.kind] = (*by_kind.get(reading.kind, ()), reading.value)
    return by_kind


def _is_written(tokens: Tokens, i: int, j: int, reading: Reading) -> bool:
    if reading.writing == ANY:
        return True
    if reading.writing == CAPITAL:
        return tokens.is_capital(i)
    return tokens.shown(i, j) == reading.phrase


class PhraseGate:
    """A quick look at the words of a sentence: whether any of many phrases may stand there.

    Of each phrase the first two words are looked for; what passes need not hold one, what does not pass holds none.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._alone: set[str] = set()
        self._seconds: dict[str, set[str]] = {}
        for phrase in phrases:
            first, *rest = _words_of(phrase)
            if rest:
                self._seconds.setdefault(first, set()).add(rest[0])
            else:
                self._alone.add(first)

    def passes(self, words: Sequence[str]) -> bool:
        """Whether a sentence is worth a closer look."""
        if not self._alone.isdisjoint(words):
            return True
        if self._seconds.keys().isdisjoint(words):
            return False
        places = (i for i, word in enumerate(words) if word in self._seconds)
        return any(self._is_second(words, i + 1, self._seconds[words[i]]) for i in places)

    def _is_second(self, words: Sequence[str], i: int, seconds: set[str]) -> bool:
        """Whether a word goes on a phrase; a line may break before it, and figures may be run together behind it."""
        while i < len(words) and words[i][0] == "\n":
            i += 1
        if i == len(words):
            return False
        return words[i] in seconds or _FIGURE_END.split(words[i], 1)[0] in seconds
