"""How well a clustering agrees with labels: pairwise and B-cubed precision, recall and F1.

B-cubed: Bagga and Baldwin, Algorithms for scoring coreference chains (1998); pairwise: pairs in one cluster against
pairs of one item. Intervals: 2,000 resamplings of the items, 2.5th to 97.5th percentile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 with a 95 % interval of F1."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float

    def __str__(self) -> str:
        span = f"{self.low:.3f} to {self.high:.3f}"
        return f"{self.f1:.3f} ({span}), precision {self.precision:.3f}, recall {self.recall:.3f}"


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _tables(items: Mapping[str, str], clusters: Mapping[str, str]) -> tuple[list[str], np.ndarray]:
    """For each item: mentions, sum of B-cubed precision and recall, pairs found right, found, and there."""
    sizes = Counter(clusters[one] for one in items)
    truths = Counter(items.values())
    cells = Counter((items[one], clusters[one]) for one in items)
    names = sorted(truths)
    rows = {name: np.zeros(6) for name in names}
    for (item, cluster), count in cells.items():
        row = rows[item]
        row[0] += count
        row[1] += count * count / sizes[cluster]
        row[2] += count * count / truths[item]
        row[3] += count * (count - 1) / 2
        row[4] += count * (sizes[cluster] - 1) / 2
    for item, count in truths.items():
        rows[item][5] = count * (count - 1) / 2
    return names, np.array([rows[name] for name in names])


def score(items: Mapping[str, str], clusters: Mapping[str, str]) -> dict[str, Score]:
    """Scores of ``clusters`` (cluster by mention) against ``items`` (item by mention)."""
    _, table = _tables(items, clusters)
    random = np.random.default_rng(20260703)
    drawn = random.integers(0, len(table), (RESAMPLES, len(table)))
    found = {}
    for name, (right, told, there) in {"b_cubed": (None, None, None), "pairwise": (3, 4, 5)}.items():

        def measure(
            total: np.ndarray, right: int | None = right, told: int | None = told, there: int | None = there
        ) -> tuple[float, float]:
            if right is None or told is None or there is None:
                return float(total[1] / total[0]), float(total[2] / total[0])
            precision = total[right] / total[told] if total[told] else 1.0
            return float(precision), float(total[right] / total[there]) if total[there] else 1.0

        precision, recall = measure(table.sum(axis=0))
        spread = [_f1(*measure(table[rows].sum(axis=0))) for rows in drawn]
        low, high = np.percentile(spread, [2.5, 97.5])
        found[name] = Score(precision, recall, _f1(precision, recall), float(low), float(high))
    return found
