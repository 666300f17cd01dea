"""The score of a pair: points for each level found, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping

from pactwatch.coder.linear import logistic
from pactwatch.reconcile.comparing import compare
from pactwatch.reconcile.items import Link, Part
from pactwatch.reconcile.levels import in_words
from pactwatch.reconcile.sides import Side
from pactwatch.reconcile.weights import RAREST, Weights

HUNDRED = 100
"""Points are added as whole hundredths, so that sums do not depend on their order."""


class Scorer:
    """Scores pairs of tellings with given weights."""

    def __init__(self, weights: Weights, rarity: Mapping[str, int]) -> None:
        self.weights = weights
        self.base = round(weights.base * HUNDRED)
        self.threshold = round(weights.threshold * HUNDRED)
        self._points = {level: round(points * HUNDRED) for level, points in weights.points.items()}
        self._members = {body: frozenset(members) for body, members in weights.bodies.items()}
        self._rarity = rarity

    def levels(self, a: Side, b: Side) -> list[str]:
        """The levels a pair reaches."""
        rarity = self._rarity.get
        shared = sum([rarity(word, RAREST) for word in a.words & b.words])
        return compare(a, b, self._members, shared)

    def points(self, a: Side, b: Side) -> int:
        """The score of a pair in hundredths of a natural logarithm."""
        points = self._points.get
        return self.base + sum([points(level, 0) for level in self.levels(a, b)])

    def weigh(self, a: Side, b: Side) -> dict[str, int]:
        """The levels a pair reaches with what each weighs, in hundredths of a natural logarithm."""
        return {level: self._points.get(level, 0) for level in self.levels(a, b)}

    def link(self, a: Side, b: Side) -> Link:
        """A pair with its score in words, most telling part first; what all pairs start from comes last."""
        first, second = (a, b) if a.id < b.id else (b, a)
        levels = self.levels(first, second)
        parts = [Part(in_words(level, first, second), self._points.get(level, 0) / HUNDRED) for level in levels]
        told = sorted((part for part in parts if part.points), key=lambda part: (-abs(part.points), part.words))
        total = self.points(first, second)
        start = Part("any two tellings", self.base / HUNDRED)
        return Link(first.id, second.id, total / HUNDRED, chance_of(total), (*told, start))


def chance_of(points: int) -> float:
    """The chance that belongs to a score, to four digits."""
    return round(logistic(points / HUNDRED), 4)
