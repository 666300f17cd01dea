"""One telling looked up among milestones at hand: those it may tell, each with the points of the comparison.

Linking asks which tellings are one item; here the milestones stand, and what is asked is which of them a telling may
mean, even where it tells the date or an amount otherwise. So the blocks leave dates out, and the points can be had
without what is at issue. The comparisons and their weights are those of linking.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pactwatch.reconcile.blocking import timeless_keys_of
from pactwatch.reconcile.comparing import gap
from pactwatch.reconcile.levels import comparison_of
from pactwatch.reconcile.scoring import HUNDRED, Scorer
from pactwatch.reconcile.sides import Side
from pactwatch.reconcile.weights import Weights, read_rarity


@dataclass(frozen=True, slots=True)
class Match:
    """A telling beside a milestone.

    ``days`` lie between their dates (0: they overlap; ``None``: one of them has none); ``levels`` are what the
    comparison found, each with its points in hundredths of a natural logarithm; ``base`` is what any two tellings have.
    """

    side: Side
    days: int | None
    base: int
    levels: Mapping[str, int]

    def points(self, without: Collection[str] = ()) -> float:
        """Log-odds (natural logarithm) that both tell one item, by all comparisons but some."""
        counted = [points for level, points in self.levels.items() if comparison_of(level) not in without]
        return (self.base + sum(counted)) / HUNDRED


class Finder:
    """Milestones in blocks, to be asked for tellings; ``weights`` are those of linking."""

    def __init__(self, sides: Iterable[Side], weights: Weights) -> None:
        self._scorer = Scorer(weights, read_rarity())
        self._blocks: dict[str, list[Side]] = {}
        for side in sides:
            for key in timeless_keys_of(side):
                self._blocks.setdefault(key, []).append(side)

    def find(self, told: Side) -> Iterator[Match]:
        """Every milestone of the telling's family that shares two parties with it, or its only one, in order of id.

        A telling without a stage is compared as one of the milestone's own: what is not told is no evidence.
        """
        found = {side.id: side for key in timeless_keys_of(told) for side in self._blocks.get(key, ())}
        for _, side in sorted(found.items()):
            one = told if told.stage else replace(told, stage=side.stage)
            days = gap(one, side) if one.is_dated and side.is_dated else None
            yield Match(side, days, self._scorer.base, self._scorer.weigh(one, side))
