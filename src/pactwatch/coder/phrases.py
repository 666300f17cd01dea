"""A set of phrases found in running words: the longest phrase wins where several start at one word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
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
    """Readings of the words ``i`` to ``j`` (excluded)."""

    i: int
    j: int
    readings: tuple[Reading, ...]


@dataclass(slots=True)
class _Entry:
    """A phrase after its first word, with its readings."""

    rest: list[str]
    readings: list[Reading]


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
                    entry.readings.append(reading)
                return
        entries.append(_Entry(words[1:], [reading]))
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
        words, by_first = tokens.words, self._by_first
        hits: list[Hit] = []
        i = first
        while i < stop:
            by_second = by_first.get(words[i])
            if by_second is not None:
                hit = _longest(tokens, i, stop, by_second)
                if hit is not None:
                    hits.append(hit)
                    i = hit.j
                    continue
            i += 1
        return hits

    def _sort(self) -> None:
        for by_second in self._by_first.values():
            for entries in by_second.values():
                entries.sort(key=lambda entry: -len(entry.rest))
        self._is_sorted = True


def _words_of(phrase: str) -> list[str]:
    if phrase.isascii() and phrase.replace(" ", "").isalpha():  # most phrases; the long way is ten times slower
        return phrase.lower().split()
    return cut_tokens(plain_text(phrase)).words


def _longest(tokens: Tokens, i: int, stop: int, by_second: dict[str, list[_Entry]]) -> Hit | None:
    words = tokens.words
    if i + 1 < stop:
        for entry in by_second.get(words[i + 1], ()):
            j = i + 1 + len(entry.rest)
            if j <= stop and words[i + 1 : j] == entry.rest:
                hit = _fitting(tokens, i, j, entry)
                if hit is not None:
                    return hit
    for entry in by_second.get("", ()):
        hit = _fitting(tokens, i, i + 1, entry)
        if hit is not None:
            return hit
    return None


def _fitting(tokens: Tokens, i: int, j: int, entry: _Entry) -> Hit | None:
    if j < len(tokens.words) and tokens.words[j] == "$":  # the US of US$ is no actor
        return None
    fitting = tuple(reading for reading in entry.readings if _is_written(tokens, i, j, reading))
    return Hit(i, j, fitting) if fitting else None


def _is_written(tokens: Tokens, i: int, j: int, reading: Reading) -> bool:
    if reading.writing == ANY:
        return True
    if reading.writing == CAPITAL:
        return tokens.is_capital(i)
    return tokens.shown(i, j) == reading.phrase
