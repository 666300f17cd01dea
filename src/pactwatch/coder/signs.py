"""Signs of defence: how near to a passage the text names something of it, how often around it, and whether at all.

Trade, aid and culture are told in the words of defence: signed, handed over, exchanged notes, held talks. What tells
them apart is often that nothing near them, or nowhere in the text, is named that is of defence or security; and where
a chronicle of civil dealings names a former barracks once, that it does so once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pactwatch.coder.items import ItemSpan
from pactwatch.coder.spans import Sentence
from pactwatch.coder.tokens import Tokens
from pactwatch.model.codes import ItemCategory

NONE, VAGUE, CLEAR = 0, 1, 2

_ARMS = frozenset({ItemCategory.MISSILE, ItemCategory.AMMUNITION, ItemCategory.RADAR})
"""Things that only forces have; ships, aircraft, vehicles and radios others have too."""
_CLEAR_NAMES = frozenset({"force", "flag", "ship_prefix"})
"""Kinds of names of actors that only forces bear."""
_CIVIL_INSTRUMENTS = frozenset({None, "other", "MOU", "LOI", "treaty", "joint_statement", "contract", "ODA"})
"""Instruments that civil dealings have too, or that do not say which they are."""


@dataclass(frozen=True, slots=True)
class SignWords:
    """The words of a language that are of defence, and those that may be (``relevance.toml``).

    Of the latter some are civil behind a certain word ("in force"), or behind any of ``civil_before``, and some before
    any of ``civil_after``.
    """

    clear: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    civil_pairs: frozenset[tuple[str, str]] = frozenset()
    civil_before: frozenset[str] = frozenset()
    civil_after: frozenset[str] = frozenset()

    @classmethod
    def from_toml(cls, content: dict[str, Any]) -> SignWords:
        """The words as ``relevance.toml`` lists them."""
        pairs = frozenset((first, second) for first, second in map(str.split, content["civil_pairs"]))
        before, after = frozenset(content["civil_before"]), frozenset(content["civil_after"])
        return cls(frozenset(content["clear"]), frozenset(content["vague"]), pairs, before, after)

    def may_tell(self, words: Sequence[str]) -> bool:
        """Whether some words hold a vague one that nothing beside it makes civil."""
        if self.vague.isdisjoint(words):
            return False
        around = zip(words, ["", *words], [*words[1:], ""], strict=False)
        return any(word in self.vague and not self._is_civil(before, word, after) for word, before, after in around)

    def _is_civil(self, before: str, word: str, after: str) -> bool:
        return before in self.civil_before or after in self.civil_after or (before, word) in self.civil_pairs


AROUND = 6
"""Sentences before and after one that are the text around it."""
_STEPS = (0.1, 0.2, 0.35, 0.6)
"""Shares of those sentences, from each of which on signs are a step denser."""

Part = tuple[Tokens, Sequence[Sentence]]
"""Some sentences, and the words they are of."""


@dataclass(slots=True)
class Signs:
    """The signs in a text and its title; looked for when they are first asked for."""

    text: Part | None = None
    title: Part | None = None
    words: SignWords = SignWords()
    _own: list[int] = field(default_factory=list, repr=False)
    _whole: int = NONE

    @property
    def are_there(self) -> bool:
        """Whether the text or its title names anything at all that is of defence, or may be."""
        self._look()
        return self._whole > NONE

    def own(self, index: int) -> int:
        """The clearest sign in a sentence."""
        return self._look()[index]

    def near(self, index: int) -> str:
        """The clearest signs in a sentence, in it and the two beside it, and in the text: a digit each."""
        own = self._look()
        return f"{own[index]}{max(own[max(0, index - 1) : index + 2])}{self._whole}"

    def density(self, index: int) -> int:
        """How many of the sentences around one, it among them, have a sign: 0, fewer than one in ten, to 4, most."""
        around = self._look()[max(0, index - AROUND) : index + AROUND + 1]
        return bisect_right(_STEPS, sum(map(bool, around)) / len(around))

    def _look(self) -> list[int]:
        """The clearest sign in each sentence, looked for once."""
        if not self._own:
            self._own = [*_signs(self.text, self.words)]
            self._whole = max([*self._own, *_signs(self.title, self.words)], default=NONE)
        return self._own


def _signs(part: Part | None, words: SignWords) -> Iterator[int]:
    """The clearest sign in each sentence."""
    if part is None:
        return
    tokens, sentences = part
    for one in sentences:
        own = tokens.words[one.first : one.stop]
        if not words.clear.isdisjoint(own) or _names_defence(one, tokens, words):
            yield CLEAR
        else:
            yield VAGUE if words.may_tell(own) or _may_name_defence(one, tokens, words) else NONE


def _names_defence(sentence: Sentence, tokens: Tokens, words: SignWords) -> bool:
    return (
        any(item.category in _ARMS for item in _things(sentence, tokens, words))
        or any(actor.surface in _CLEAR_NAMES for actor in sentence.actors)
        or any(noun.exercise is not None for noun in sentence.nouns)
        or any(word.instrument not in _CIVIL_INSTRUMENTS for noun in sentence.nouns for word in noun.words)
    )


def _things(sentence: Sentence, tokens: Tokens, words: SignWords) -> Iterator[ItemSpan]:
    """The things named that no word before them makes civil ("unexploded bombs")."""
    for item in sentence.items:
        place = bisect_left(tokens.starts, item.name_start)
        if not place or tokens.words[place - 1] not in words.civil_before:
            yield item


def _may_name_defence(sentence: Sentence, tokens: Tokens, words: SignWords) -> bool:
    """Things that forces have too; people in office, of whom some are ministers of defence; nouns of several words."""
    return (
        any(item.category is not ItemCategory.OTHER or not item.is_generic for item in _things(sentence, tokens, words))
        or any(actor.surface == "person" for actor in sentence.actors)
        or any(word.lemma in words.vague for noun in sentence.nouns for word in noun.words)
    )
