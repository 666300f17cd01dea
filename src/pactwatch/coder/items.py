"""Equipment in running text: ``six second-hand patrol vessels``, ``12 more FA-50 light fighters``, ``a Type 31``.

A name is a run of words around a noun that names a kind of thing, or around a designation. Of several nouns the last
decides the category: a missile corvette is a vessel. How many is read from the words before the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.coder.equipment_words import LONGEST_PHRASE, Entry, EquipmentWords, Kind
from pactwatch.coder.item_words import ItemWords, split_words
from pactwatch.coder.numbers import NumberReader
from pactwatch.coder.quantities import QuantityReader
from pactwatch.model.codes import ItemCategory

_SHAPE = re.compile(
    r"[A-Z]{1,5}(?:/[A-Z]{2,5})?[-/]?[0-9]{1,4}(?:[A-Za-z]{1,4}[0-9]{0,2})?(?:[-/][A-Z0-9]{1,6}){0,2}s?"
    r"|[A-Z][a-z]{1,2}-[0-9]{1,4}[A-Z0-9]{0,4}s?"
    r"|[0-9]{2,4}[A-Z]{1,3}(?:/[A-Z]{1,2})?|[0-9]{1,2}x[0-9]{1,2}"
)
_MEASURE = re.compile(r"[0-9][0-9.,]{0,8}-?([a-z]{1,8})(?:-[a-z]{1,6})?")
_SERIES_NUMBER = re.compile(r"[0-9]{1,4}[A-Za-z]{0,3}(?:/[0-9A-Z]{1,4})?|[IVX]{1,4}[AB]?")
_ANCHORS = (Kind.HEAD, Kind.DESIGNATION, Kind.WEAK)
_VAGUE = (Kind.WEAK, Kind.MODIFIER)
_MOST_CAPITALS = 3
_OUT, _MODIFIER, _SHAPED, _CAPITAL = map(Entry, (Kind.OUTSIDE, Kind.MODIFIER, Kind.SHAPE, Kind.CAPITAL))
_CLASS = Entry(Kind.DESIGNATION, ItemCategory.VESSEL)


@dataclass(frozen=True, slots=True)
class ItemSpan:
    """A thing where it stands: ``start`` to ``end`` with its number, ``name_start`` to ``name_end`` without."""

    start: int
    end: int
    category: ItemCategory
    name: str
    quantity: int | None
    name_start: int
    name_end: int
    is_generic: bool


@dataclass(slots=True)
class _Unit:
    """Words ``first`` to ``last`` that are one entry of the lists."""

    first: int
    last: int
    entry: Entry

    @property
    def kind(self) -> Kind:
        """What the words are in a name."""
        return self.entry.kind


class ItemReader:
    """Finds equipment; ``words`` is the parsed ``equipment.toml`` of a language, ``numbers`` the reader of numbers."""

    def __init__(self, words: Mapping[str, Any], numbers: NumberReader) -> None:
        self._lists = EquipmentWords(words)
        self._quantities = QuantityReader(self._lists, numbers)

    def may_hold(self, words: Sequence[str]) -> bool:
        """A quick look at a sentence as :func:`cut_tokens` cuts it: whether any phrase of the lists may stand there."""
        return self._lists.gate.passes(words)

    def find(self, text: str, start: int, end: int) -> list[ItemSpan]:
        """The things of a stretch of text, in order; a short form in brackets after its name is left out."""
        words = split_words(text, start, end)
        items: list[ItemSpan] = []
        for run in self._runs(words):
            item = self._item(text, words, run)
            if item is not None and not (items and self._repeats(text, items[-1], item)):
                items.append(item)
        return items

    def _runs(self, words: ItemWords) -> Iterator[list[_Unit]]:
        """Units side by side that may make one name."""
        joined, listed = words.joined, self._lists.listed
        run: list[_Unit] = []
        free = 0
        for at, (word, small) in enumerate(zip(words.plain, words.small, strict=True)):
            is_listed = word in listed or small in listed
            if at < free or (not is_listed and word.islower() and word.isalpha()):
                continue  # an ordinary word belongs to no name
            entry, length = self._entry(words, at) if is_listed else (self._single(words, at), 1)
            if run and (entry is _OUT or at > run[-1].last + 1 or not joined[at]):
                yield run
                run = []
            if entry is not _OUT:
                run.append(_Unit(at, at + length - 1, entry))
            free = at + length
        if run:
            yield run

    def _entry(self, words: ItemWords, at: int) -> tuple[Entry, int]:
        """What begins at a word, and how many of the words side by side there it takes."""
        word = words.plain[at]
        if word in self._lists.ships:
            return self._ship(words, at)
        room = words.room(at, LONGEST_PHRASE)
        named = self._lists.designations.longest(words.plain, at, room)
        noun = self._lists.nouns.longest(words.small, at, room)
        if named and (noun is None or noun[1] <= named[1]):
            return named
        if noun:
            return noun
        if room > 1 and word in self._lists.series and _SERIES_NUMBER.fullmatch(words.plain[at + 1]):
            return _SHAPED, 2
        return self._single(words, at), 1

    def _single(self, words: ItemWords, at: int) -> Entry:
        """A word of no list, judged by its shape; one that owns what follows (``Japan's``) is outside."""
        word = words.plain[at]
        if word.endswith("'s") or self._lists.passes_over(words.small[at]):
            return _OUT
        if not word.isalpha() and (shaped := self._shaped(word)) is not None:
            return shaped
        return _CAPITAL if self._is_capital(words, at) else _OUT

    def _shaped(self, word: str) -> Entry | None:
        """What figures and hyphens make of a word."""
        if word.endswith(self._lists.class_endings):
            return _CLASS if word[0].isupper() or word[0].isdigit() else _OUT
        if _SHAPE.fullmatch(word):
            return self._lists.base_of(word) or _SHAPED
        measure = _MEASURE.fullmatch(word)
        is_modifier = (measure and measure[1] in self._lists.measures) or ("-" in word and word[1:].islower())
        return _MODIFIER if is_modifier else None

    def _is_capital(self, words: ItemWords, at: int) -> bool:
        """A word with a capital inside a sentence, or a particle between two: ``Thaon di Revel``."""
        word = words.plain[at]
        if word in self._lists.particles and 0 < at < len(words.plain) - 1:
            return words.plain[at - 1][0].isupper() and words.plain[at + 1][0].isupper()
        return word[0].isupper() and not words.opens_sentence(at)

    def _ship(self, words: ItemWords, at: int) -> tuple[Entry, int]:
        """A ship's own name after the prefix of her navy."""
        length = 1
        while length < 4 and at + length < len(words.plain) and words.joined[at + length]:
            if not (words.plain[at + length][0].isupper() or words.small[at + length] in self._lists.particles):
                break
            length += 1
        return (Entry(Kind.DESIGNATION, ItemCategory.VESSEL), length) if length > 1 else (_OUT, 1)

    def _item(self, text: str, words: ItemWords, run: list[_Unit]) -> ItemSpan | None:
        anchors = [index for index, unit in enumerate(run) if unit.kind in _ANCHORS]
        if not anchors:
            return None
        first = self._first(words, run, anchors[0])
        kept = run[first : anchors[-1] + 1]
        category = self._category(words, kept)
        if category is None or self._is_other_thing(words, kept):
            return None
        tail = self._tail(words, run, anchors[-1])
        begin, stop = words.starts[kept[0].first], words.ends[tail]
        quantity, start = self._quantities.before(text, words, kept[0].first, is_plural=kept[-1].entry.is_plural)
        if any(words.plain[unit.first] in self._lists.ships for unit in kept):
            quantity = 1
        elif tail + 1 < len(words) and words.joined[tail + 1] and words.small[tail + 1] in self._lists.dealings:
            quantity = None
        if self._is_shy(kept) and (quantity is None or quantity == 1):
            return None
        name = text[begin:stop]
        is_vague = category is ItemCategory.OTHER and all(unit.kind in _VAGUE for unit in kept)
        is_generic = is_vague or name.lower() in self._lists.generic
        return ItemSpan(min(start, begin), stop, category, name, quantity, begin, stop, is_generic)

    def _first(self, words: ItemWords, run: list[_Unit], anchor: int) -> int:
        """Where the name begins: at most a few capitals before the first noun or designation; nothing before a ship."""
        if words.plain[run[anchor].first] in self._lists.ships:
            return anchor
        capitals, first = 0, anchor
        while first > 0:
            capitals += run[first - 1].kind is Kind.CAPITAL
            if capitals > _MOST_CAPITALS:
                break
            first -= 1
        return first

    def _tail(self, words: ItemWords, run: list[_Unit], last: int) -> int:
        """The last word of the name: ``Batch 2`` and a designation's second name belong to it."""
        if run[last].kind is Kind.HEAD and (stop := self._class_behind(words, run[last].last)):
            return stop
        end = last
        while end + 1 < len(run) and end - last < 2:
            is_named = run[last].kind is Kind.DESIGNATION and run[end + 1].kind is Kind.CAPITAL
            if run[end + 1].kind is not Kind.SHAPE and not is_named:
                break
            end += 1
        return run[end].last

    def _class_behind(self, words: ItemWords, head: int) -> int:
        """The last word of ``frigates of the Hamilton class``; 0 if there is no class behind the noun."""
        at = head + 1
        if at >= len(words) or words.small[at] not in self._lists.of:
            return 0
        at += at + 1 < len(words) and words.small[at + 1] in self._lists.determiners
        for stop in range(at + 2, min(at + 5, len(words))):
            if not words.joined[stop]:
                return 0
            if words.small[stop] in self._lists.class_words:
                return stop
        return 0

    def _category(self, words: ItemWords, units: list[_Unit]) -> ItemCategory | None:
        """The last noun's category, else the designation's, else what a modifier makes of a weak noun."""
        for kind in (Kind.HEAD, Kind.DESIGNATION):
            for unit in reversed(units):
                if unit.kind is kind:
                    return unit.entry.category
        small = [words.small[at] for unit in units for at in range(unit.first, unit.last + 1)]
        for word in reversed(small):
            if word in self._lists.lean:
                return self._lists.lean[word]
        if small[-1] in self._lists.class_words:
            return ItemCategory.VESSEL if len(units) > 1 and units[-2].kind is Kind.CAPITAL else None
        return ItemCategory.OTHER if small[-1] in self._lists.generic else None

    def _is_other_thing(self, words: ItemWords, units: list[_Unit]) -> bool:
        """Whether the words around say that no thing is meant: ``missile defence``, ``think tank``."""
        after, before = units[-1].last + 1, units[0].first - 1
        if before >= 0 and words.joined[units[0].first] and words.small[before] in self._lists.not_after:
            return True
        if after >= len(words) or not words.joined[after]:
            return False
        if " ".join(words.small[after : after + 2]) in self._lists.not_before:
            return True
        return not units[-1].entry.is_plural and words.small[after] in self._lists.not_before

    def _is_shy(self, units: list[_Unit]) -> bool:
        """Whether only everyday words and capitals make the name: ``Swettenham Pier``, ``Cobra``."""
        return all(unit.entry.is_shy or unit.kind is Kind.CAPITAL for unit in units)

    def _repeats(self, text: str, last: ItemSpan, item: ItemSpan) -> bool:
        """Whether a thing is part of the one before, or its short form in brackets."""
        between = text[last.end : item.start].strip()
        if item.name_start < last.end or (between in self._lists.of and item.category is last.category):
            return True
        return between == "(" and text[item.end : item.end + 1] == ")"
