"""Phrases of the audit's lexicon found in running words: every group by itself, so that none hides another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pactwatch.coder.tokens import Tokens, cut_tokens
from pactwatch.coder.typography import plain_text

YEAR, NUMBER, WORDS = "{year}", "{number}", "{words}"
"""Slots of a phrase: a year in digits, a number in digits or words, and a few words of any kind between marks."""

MOST_WORDS = 8
"""Words that one slot for any words may hold."""

_SLOTS = {"(year)": YEAR, "(number)": NUMBER, "(words)": WORDS}
_MARKS = frozenset(',;:.()"')
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
MUTE = "mute"
"""Payload key of a longer phrase that keeps the shorter ones of its group from being found in it."""


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """Words ``i`` to ``j`` (excluded) that belong to a group of the lexicon, with what the lexicon says of them."""

    group: str
    i: int
    j: int
    payload: Mapping[str, Any]
    values: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    group: str
    payload: Mapping[str, Any]
    is_capital: bool


@dataclass(slots=True)
class Phrases:
    """Phrases by their first word; ``numbers`` are number words with their values."""

    numbers: Mapping[str, int]
    _by_first: defaultdict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))

    def add(self, phrase: str, group: str, payload: Mapping[str, Any], *, is_capital: bool = False) -> None:
        """Add a phrase to a group."""
        shown = phrase.replace("{", "(").replace("}", ")")
        words = _fold_slots(cut_tokens(plain_text(shown)).words)
        entry = _Phrase(tuple(words), group, payload, is_capital)
        if words and entry not in self._by_first[words[0]]:
            self._by_first[words[0]].append(entry)

    def find(self, tokens: Tokens, first: int, stop: int) -> dict[str, list[Hit]]:
        """The hits in words ``first`` to ``stop`` (excluded) by group; within a group the longer phrase wins."""
        found: defaultdict[str, list[Hit]] = defaultdict(list)
        for i in range(first, stop):
            for hit in self._at(tokens, i, stop):
                found[hit.group].append(hit)
        return {group: kept for group, hits in found.items() if (kept := _keep_longest(hits))}

    def _at(self, tokens: Tokens, i: int, stop: int) -> Iterator[Hit]:
        word = tokens.words[i]
        begun = [
            *self._by_first.get(word, ()),
            *(self._by_first.get(NUMBER, ()) if self._value(word) is not None else ()),
        ]
        for phrase in begun:
            found = self._match(phrase.words, tokens.words, i, stop)
            if found is not None and (not phrase.is_capital or tokens.is_capital(i)):
                yield Hit(phrase.group, i, found[1], phrase.payload, found[0])

    def _match(
        self, phrase: tuple[str, ...], words: list[str], i: int, stop: int
    ) -> tuple[tuple[int, ...], int] | None:
        """The values of a phrase's slots and where it ends, if it stands from word ``i`` on."""
        values: tuple[int, ...] = ()
        for place, wanted in enumerate(phrase):
            if wanted == WORDS:
                return self._match_gap(phrase[place + 1 :], words, i, stop, values)
            if i >= stop:
                return None
            word = words[i]
            if wanted in (YEAR, NUMBER):
                value = self._value(word)
                if value is None or (wanted == YEAR) != (_FIRST_YEAR <= value <= _LAST_YEAR):
                    return None
                values = (*values, value)
            elif wanted != word:
                return None
            i += 1
        return values, i

    def _match_gap(
        self, rest: tuple[str, ...], words: list[str], i: int, stop: int, values: tuple[int, ...]
    ) -> tuple[tuple[int, ...], int] | None:
        """The same for what follows a slot for any words: the nearest place where it stands."""
        for start in range(i, min(i + MOST_WORDS, stop)):
            if words[start] in _MARKS:
                return None
            found = self._match(rest, words, start + 1, stop)
            if found is not None:
                return (*values, *found[0]), found[1]
        return None

    def _value(self, word: str) -> int | None:
        if word.isascii() and word.isdigit() and len(word) <= 4:
            return int(word)
        return self.numbers.get(word)


def _fold_slots(words: list[str]) -> list[str]:
    """Words with ``( year )`` made one slot again."""
    folded: list[str] = []
    for word in words:
        folded.append(word)
        slot = "".join(folded[-3:])
        if slot in _SLOTS:
            folded[-3:] = [_SLOTS[slot]]
    return folded


def _keep_longest(hits: list[Hit]) -> list[Hit]:
    """Hits of one group in order. One inside a longer one is left out, and so is one that a muting phrase overlaps."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.i - one.j, MUTE not in one.payload, one.i)):
        is_inside = any(other.i <= hit.i and hit.j <= other.j for other in kept)
        is_muted = any(MUTE in other.payload and other.i < hit.j and hit.i < other.j for other in kept)
        if not is_inside and not is_muted:
            kept.append(hit)
    return sorted((hit for hit in kept if MUTE not in hit.payload), key=lambda one: one.i)
