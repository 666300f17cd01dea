"""The words of equipment, made ready for looking up: each phrase with what it is and its category."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pactwatch.coder.phrases import PhraseGate
from pactwatch.model.codes import ItemCategory

_BASE = re.compile(r"[A-Z]{1,4}[a-z]{0,2}(?:-[0-9]{1,4}|[0-9]{2,4})(?![0-9])")

_CATEGORIES = {category.value: category for category in ItemCategory}

LONGEST_PHRASE = 4
"""Words of the longest phrase of the lists."""


class Kind(Enum):
    """What a word is in the name of a thing."""

    HEAD = "names a thing"
    DESIGNATION = "names a make of thing"
    WEAK = "leans on the word before"
    MODIFIER = "says which"
    SHAPE = "looks like a designation"
    CAPITAL = "a word with a capital"
    OUTSIDE = "belongs to no name"


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of the lists; ``is_shy`` when it needs other words of equipment beside it."""

    kind: Kind
    category: ItemCategory | None = None
    is_shy: bool = False
    is_plural: bool = False


def plural(phrase: str) -> str:
    """The regular plural of a phrase's last word."""
    if phrase.endswith("y") and phrase[-2] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + ("es" if phrase.endswith(("s", "x", "ch", "sh")) else "s")


class Phrases:
    """Phrases by their words, found by their first word."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.lengths: dict[str, int] = {}
        """How many words the longest phrase has that begins with a word."""

    def add(self, phrase: str, entry: Entry) -> None:
        """Add a phrase unless it is there already."""
        words = phrase.split()
        if len(words) <= LONGEST_PHRASE and phrase not in self.entries:
            self.entries[phrase] = entry
            self.lengths[words[0]] = max(self.lengths.get(words[0], 0), len(words))

    def longest(self, words: list[str], at: int, room: int) -> tuple[Entry, int] | None:
        """The longest phrase of at most ``room`` words that begins at a word, and how many words it has."""
        for length in range(min(self.lengths.get(words[at], 0), room), 0, -1):
            entry = self.entries.get(" ".join(words[at : at + length]))
            if entry is not None:
                return entry, length
        return None


class EquipmentWords:
    """The lists of ``equipment.toml``; nouns are found in small letters, designations as written."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        lists = words["words"]
        self.nouns, self.designations = Phrases(), Phrases()
        self._add_heads(words["heads"], frozenset(lists["shy_heads"]))
        self._add_designations(words["designations"], frozenset(lists["shy_designations"]))
        for weak in words["weak"]["heads"]:
            self.nouns.add(weak, Entry(Kind.WEAK))
            self.nouns.add(plural(weak), Entry(Kind.WEAK, is_plural=True))
        for modifier in lists["modifiers"]:
            self.nouns.add(modifier, Entry(Kind.MODIFIER))
        self.lean: dict[str, ItemCategory] = {
            word: _CATEGORIES[name] for name, all_ in words["weak"]["modifiers"].items() for word in all_
        }
        self.generic = frozenset(lists["generic"])
        self.outside = frozenset(lists["not_in_name"])
        self.skipped = frozenset(lists["skipped"]) | frozenset(lists["not_in_name"])
        self.of, self.joiners = frozenset(lists["of"]), frozenset(lists["joiners"])
        self.part_links, self.dealings = frozenset(lists["part_links"]), frozenset(lists["dealings"])
        self.crowds, self.determiners = frozenset(lists["crowds"]), frozenset(lists["determiners"])
        self.singular, self.both = frozenset(lists["singular"]), frozenset(lists["both"])
        self.series, self.class_words = frozenset(lists["series"]), frozenset(lists["class_words"])
        self.not_before, self.not_after = frozenset(lists["not_before"]), frozenset(lists["not_after"])
        self.origin_endings = tuple(lists["origin_endings"])
        self.class_endings = tuple(f"-{word}" for word in lists["class_words"])
        self.ships = frozenset(words["ships"]["prefixes"])
        self.particles = frozenset(words["ships"]["particles"])
        self.measures = frozenset(lists["measures"])
        self.listed = frozenset(
            [*self.nouns.lengths, *self.designations.lengths, *self.ships, *self.series, *self.particles]
        )
        """Words that may be something other than their shape says."""
        self.gate = self._gate()

    def passes_over(self, small: str) -> bool:
        """Whether a word never belongs to a name: a state, an adjective of condition, ``Japanese-made``."""
        return small in self.skipped or ("-" in small and small.endswith(self.origin_endings))

    def _add_heads(self, heads: Mapping[str, Iterable[str]], shy: frozenset[str]) -> None:
        for name, phrases in heads.items():
            category = _CATEGORIES[name]
            for phrase in phrases:
                self.nouns.add(phrase, Entry(Kind.HEAD, category, phrase in shy))
        for name, phrases in heads.items():
            category = _CATEGORIES[name]
            for phrase in map(plural, phrases):
                self.nouns.add(phrase, Entry(Kind.HEAD, category, phrase in shy, is_plural=True))

    def _add_designations(self, designations: Mapping[str, Iterable[str]], shy: frozenset[str]) -> None:
        for name, phrases in designations.items():
            category = _CATEGORIES[name]
            many = Entry(Kind.DESIGNATION, category, is_plural=True)
            for phrase in phrases:
                one = Entry(Kind.DESIGNATION, category, phrase in shy)
                for form in {phrase, phrase.upper() if len(phrase) > 4 else phrase}:
                    self.designations.add(form, one)
                    self.designations.add(form + "s", many)
                for form in _other_spellings(phrase):
                    self.designations.add(form, one)

    def base_of(self, shape: str) -> Entry | None:
        """The make of which a word that looks like a designation is a version: ``F-16I`` is an ``F-16``."""
        base = _BASE.match(shape)
        return self.designations.entries.get(base[0]) if base and base[0] != shape else None

    def _gate(self) -> PhraseGate:
        """Lets sentences pass that may hold a head, a weak head, a designation, a ship or a class."""
        nouns = (phrase for phrase, entry in self.nouns.entries.items() if entry.kind is not Kind.MODIFIER)
        return PhraseGate([*nouns, *self.designations.entries, *self.ships, *self.class_words, "®", "™"])


def _other_spellings(phrase: str) -> list[str]:
    """``F16`` and ``F 16`` of ``F-16``; ``Leopard-2A4`` of ``Leopard 2A4``."""
    if re.search("[A-Z]-[0-9]", phrase):
        return [phrase.replace("-", "", 1), phrase.replace("-", " ", 1)]
    return [phrase.replace(" ", "-", 1)] if re.search(" [0-9]", phrase) else []
