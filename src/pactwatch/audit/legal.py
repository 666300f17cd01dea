"""What the law room has for a sentence on law: the rules in force on the day of publication that bear on it.

A sentence about law names no case, and without a case the law room answers nothing: so it gets no verdict here, only
what it would have to be held against.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactwatch.law.lawbook import Lawbook
    from pactwatch.law.rules import Rule

MOST_RULES = 3
LEAST_SCORE = 2.2
"""Weight of shared words from which on a rule bears on a sentence: one rare word, or two common ones."""

_WORD = re.compile(r"[a-z]{4,}|\d+")
_ARTICLE = re.compile(r"\bart(?:icle|\.)? ?(\d+)")
"""An article by its number, as prose and as titles of rules write it."""
_ENDINGS = re.compile(r"(?:ations?|ions?|ments?|ings?|ally|ed|es|s)$")


@dataclass(frozen=True, slots=True)
class BearingRule:
    """A rule version that bears on a sentence."""

    id: str
    title: str
    valid_from: date
    valid_to: date | None
    says: str
    certainty: str
    publisher: str
    url: str


@dataclass(frozen=True)
class Bookshelf:
    """The rules of an edition, found by their words. Rare words count more (inverse document frequency)."""

    lawbook: Lawbook

    def find(self, sentence: str, day: date, jurisdiction: str) -> list[BearingRule]:
        """The rules in force on a day that share most with a sentence, those of its state first."""
        wanted = _stems(sentence)
        scored = []
        for rule in self._in_force(day):
            shared = wanted & self._words[rule.id]
            score = sum(self._weights[word] for word in shared)
            score += 0.5 if rule.head.jurisdiction == jurisdiction else -1.5
            if score >= LEAST_SCORE:
                scored.append((-score, rule.id, rule))
        return [_describe(rule) for _, _, rule in sorted(scored)[:MOST_RULES]]

    def _in_force(self, day: date) -> list[Rule]:
        return [rule for rule in self.lawbook.rules if rule.is_in_force(day)]

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        return {rule.id: _stems(_text_of(rule)) for rule in self.lawbook.rules}

    @cached_property
    def _weights(self) -> dict[str, float]:
        counts = Counter(word for words in self._words.values() for word in words)
        return {word: log(1 + len(self._words) / count) / 2 for word, count in counts.items()}


def tell_rules(found: list[BearingRule], day: date) -> str:
    """What is said of a sentence on law."""
    if not found:
        return (
            "No rule in the casebook bears on it by its words. What is allowed depends on a case: `pactwatch check` "
            "asks one. This is research, not legal advice."
        )
    named = "; ".join(f"{rule.title} ({rule.id}): {rule.says}" for rule in found)
    return (
        f"In force on {day.isoformat()} and bearing on it: {named} Whether a step was allowed depends on the case; "
        "`pactwatch check` asks one. This is research, not legal advice."
    )


def _text_of(rule: Rule) -> str:
    return " ".join([rule.head.title, rule.head.regime.replace("_", " "), *(one.words for one in rule.clauses)])


def _stems(text: str) -> set[str]:
    folded = text.lower().replace("defense", "defence")
    words = {_ENDINGS.sub("", word) for word in _WORD.findall(folded)} - _PLAIN
    return words | {f"article {number}" for number in _ARTICLE.findall(folded)}


_PLAIN = frozenset(
    {"that", "this", "with", "from", "have", "been", "will", "were", "which", "their", "they", "what", "when", "where"}
    | {"such", "also", "than", "into", "only", "other", "some", "more", "most", "many", "must", "under", "over", "case"}
    | {
        "cases",
        "japan",
        "japanese",
        "state",
        "states",
        "country",
        "countri",
        "government",
        "any",
        "each",
        "both",
        "them",
    }
    | {"these", "those", "does", "after", "before", "between", "about", "against", "rule", "rules"}
)
"""Words too common to tell one rule from another."""


def _describe(rule: Rule) -> BearingRule:
    head = rule.head
    return BearingRule(
        rule.id,
        head.title,
        head.valid_from,
        head.valid_to,
        head.says,
        head.certainty,
        head.source.publisher,
        head.source.url,
    )
