"""Precision, recall and F1 with bootstrap intervals over documents.

Each document is one row of counts; documents are drawn with replacement inside their own file, because files (writers,
sources) are the design and documents are the sample (Efron & Tibshirani 1993, stratified percentile bootstrap).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
SEED = 20240708
LEVEL = 0.95
BLOCK = 500_000
"""Documents drawn at once."""

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """Mentions people found, mentions coded, and how many of them are pairs."""

    gold: int = 0
    coded: int = 0
    paired: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.gold + other.gold, self.coded + other.coded, self.paired + other.paired)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with its 95 % interval; ``None`` where there is nothing to take a rate of."""

    value: float | None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one set of counts."""

    counts: Counts | None
    precision: Rate
    recall: Rate
    f1: Rate


def rates(table: Table) -> Table:
    """Precision, recall and F1 from rows of (gold, coded, paired).

    Nothing coded where something was told has precision 0, and the other way about; only where neither side has a
    mention is there no rate (NaN).

    >>> rates(np.array([[4.0, 2.0, 1.0]])).tolist()
    [[0.5, 0.25, 0.3333333333333333]]
    """
    gold, coded, paired = (table[..., column] for column in range(3))
    is_something = gold + coded > 0
    parts = [(paired, coded), (paired, gold), (2 * paired, gold + coded)]
    shares = [np.where(is_something, above / np.maximum(below, 1), np.nan) for above, below in parts]
    return np.stack(shares, axis=-1)


def score_rows(rows: Mapping[str, Sequence[Counts]], seed: int = SEED) -> tuple[Score, dict[str, Score], Score]:
    """Scores over all documents, of each file, and the mean over files; ``rows`` holds a file's documents' counts.

    The mean weighs every file alike, however many documents it has. A file without any mention on either side has no
    rate and is left out of the mean.
    """
    random = np.random.default_rng(seed)
    tables = {name: _table(counts) for name, counts in rows.items()}
    totals = {name: table.sum(axis=0) for name, table in tables.items()}
    draws = {name: _draw(table, random) for name, table in tables.items()}
    by_file = {name: _score(rates(totals[name]), rates(draws[name]), totals[name]) for name in tables}
    total, drawn = sum(totals.values(), np.zeros(3)), sum(draws.values(), np.zeros((DRAWS, 3)))
    overall = _score(rates(total), rates(drawn), total)
    means = _mean([rates(one) for one in totals.values()]), _mean([rates(one) for one in draws.values()])
    return overall, by_file, _score(*means, None)


def _table(counts: Iterable[Counts]) -> Table:
    return np.array([(one.gold, one.coded, one.paired) for one in counts], dtype=float).reshape(-1, 3)


def _draw(table: Table, random: np.random.Generator) -> Table:
    """Sums of the table over documents drawn anew, one row a draw; in blocks, so that memory stays bounded."""
    size = len(table)
    block = max(1, BLOCK // size)
    drawn = (random.integers(0, size, (min(block, DRAWS - done), size)) for done in range(0, DRAWS, block))
    return np.concatenate([table[rows].sum(axis=1) for rows in drawn])


def _mean(parts: list[Table]) -> Table:
    """The mean over files of rates that exist."""
    stacked = np.stack(parts) if parts else np.full((1, 3), np.nan)
    there = ~np.isnan(stacked)
    number = there.sum(axis=0)
    return np.where(number > 0, np.where(there, stacked, 0).sum(axis=0) / np.maximum(number, 1), np.nan)


def _score(values: Table, drawn: Table, total: Table | None) -> Score:
    columns = [_rate(values[column], drawn[..., column].reshape(-1)) for column in range(3)]
    counts = None if total is None else Counts(*(int(part) for part in total))
    return Score(counts, *columns)


def _rate(value: Any, drawn: Table) -> Rate:
    known = drawn[~np.isnan(drawn)]
    if np.isnan(value):
        return Rate(None)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(known, [tail, 1 - tail]) if known.size else (value, value)
    return Rate(float(value), (float(low), float(high)))
