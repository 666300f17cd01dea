"""What comes first: first dates compared, and how often chance alone would put them in the order found.

A thing that happens often is likely to happen first. Every null here therefore shuffles all dates of a partner, not
its two first dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Any

from pactwatch.claims.thresholds import ALPHA, POWER
from pactwatch.claims.words import say_row_date

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Row = dict[Any, Any]
"""One milestone as plain values; pandas is slow at the many small tables that partners make."""

STEPS = 40
"""Halvings of a bisection."""


@dataclass(frozen=True)
class First:
    """The first of several dates: the days it may have been, in words, and how many different dates there are."""

    earliest: pd.Timestamp
    latest: pd.Timestamp
    middle: pd.Timestamp
    told: str
    dates: int


@dataclass(frozen=True)
class Steps:
    """All dates of one partner, earliest first: which rung each is, and the days (by number) it may have been."""

    rungs: NDArray[np.int64]
    earliest: NDArray[np.int64]
    latest: NDArray[np.int64]


def find_first(rows: Sequence[Row]) -> First | None:
    """The first of rows sorted by date; it came by the smallest latest day of all, since any of them would do."""
    if not rows:
        return None
    top, latest = rows[0], min(row["latest"] for row in rows)
    dates = {(row["earliest"], row["latest"]) for row in rows}
    return First(top["earliest"], latest, top["middle"], say_row_date(top), len(dates))


def is_before(one: First, other: First) -> bool | None:
    """Whether one certainly came first; ``None`` where the days they may have been overlap."""
    if one.latest < other.earliest:
        return True
    return False if other.latest < one.earliest else None


def chance_of_order(earlier: First, later: First) -> float:
    """Chance that the first of all dates is one of ``earlier`` when kinds are shuffled: its share of the dates.

    With 1 agreement and 3 transfers, one order in four has the agreement first.
    """
    return earlier.dates / (earlier.dates + later.dates)


def spread_of_orders(chances: Sequence[float]) -> NDArray[np.float64]:
    """Chances of 0, 1, 2, ... partners in the claimed order (the Poisson binomial distribution).

    >>> spread_of_orders([0.5, 0.25]).round(3).tolist()  # 3/8, 4/8, 1/8
    [0.375, 0.5, 0.125]
    """
    import numpy as np

    spread = np.ones(1)
    for chance in chances:
        spread = np.convolve(spread, np.array([1 - chance, chance]))
    return spread


def tilt_chances(chances: Sequence[float], mean: float) -> list[float]:
    """The chances moved equally on the logit scale until their mean is ``mean``.

    >>> [round(chance, 3) for chance in tilt_chances([0.5, 0.5], 0.7)]
    [0.7, 0.7]
    """
    odds = [chance / (1 - chance) for chance in chances]
    low, high = -30.0, 30.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        moved = [1 / (1 + exp(-middle) / each) for each in odds]
        low, high = (middle, high) if sum(moved) / len(moved) < mean else (low, middle)
    return moved


def detectable_order(chances: Sequence[float]) -> float | None:
    """Smallest share in the claimed order that the exact test shows with chance POWER; ``None`` where none would do."""
    null = spread_of_orders(chances)
    needed = next((k for k in range(len(null)) if null[k:].sum() <= ALPHA), None)
    if needed is None:
        return None
    low, high = sum(chances) / len(chances), 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        power = float(spread_of_orders(tilt_chances(chances, middle))[needed:].sum())
        low, high = (middle, high) if power < POWER else (low, middle)
    return high


def count_pairs(steps: Steps, rungs: NDArray[np.int64], height: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of first dates in the order of the ladder and against it, for each row of ``rungs`` (draws by dates).

    Pairs whose days overlap count for neither. Rungs are numbered from 0 at the foot; ``height`` is their number.
    """
    import numpy as np

    present = [rung for rung in range(height) if rung in steps.rungs]
    places = {rung: np.argmax(rungs == rung, axis=1) for rung in present}
    with_ladder = np.zeros(len(rungs), dtype=np.int64)
    against = np.zeros(len(rungs), dtype=np.int64)
    for index, low in enumerate(present):
        for high in present[index + 1 :]:
            with_ladder += steps.latest[places[low]] < steps.earliest[places[high]]
            against += steps.latest[places[high]] < steps.earliest[places[low]]
    return with_ladder, against


def share_of_pairs(partners: Sequence[Steps], height: int) -> tuple[int, int]:
    """Pairs of first dates in the order of the ladder, and all clear pairs, over the partners."""
    counted = [count_pairs(steps, steps.rungs[None, :], height) for steps in partners]
    with_ladder = sum(int(pairs[0][0]) for pairs in counted)
    return with_ladder, with_ladder + sum(int(pairs[1][0]) for pairs in counted)


def shuffle_within(
    partners: Sequence[Steps], height: int, draws: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Share of clear pairs in the order of the ladder when each partner's rungs and dates are shuffled."""
    import numpy as np

    with_ladder, against = np.zeros(draws), np.zeros(draws)
    for steps in partners:
        rungs = generator.permuted(np.tile(steps.rungs, (draws, 1)), axis=1)
        pairs = count_pairs(steps, rungs, height)
        with_ladder += pairs[0]
        against += pairs[1]
    return np.asarray(with_ladder / np.maximum(with_ladder + against, 1))


def shuffle_across(
    partners: Sequence[Steps], height: int, draws: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """The same with each rung's first dates shuffled among its partners: the calendar stays, the ladder goes."""
    import numpy as np

    firsts = np.full((2, height, len(partners)), -1, dtype=np.int64)
    for column, steps in enumerate(partners):
        for rung in set(steps.rungs.tolist()):
            place = int(np.argmax(steps.rungs == rung))
            firsts[:, rung, column] = steps.earliest[place], steps.latest[place]
    has = firsts[0] >= 0
    drawn = np.tile(firsts, (draws, 1, 1, 1))
    for rung in range(height):
        holders = np.flatnonzero(has[rung])
        order = generator.permuted(np.tile(np.arange(len(holders)), (draws, 1)), axis=1)
        drawn[:, :, rung, holders] = np.swapaxes(firsts[:, rung, holders][:, order], 0, 1)
    with_ladder, against = np.zeros(draws), np.zeros(draws)
    for low in range(height):
        for high in range(low + 1, height):
            both = has[low] & has[high]
            with_ladder += (drawn[:, 1, low] < drawn[:, 0, high])[:, both].sum(axis=1)
            against += (drawn[:, 1, high] < drawn[:, 0, low])[:, both].sum(axis=1)
    return np.asarray(with_ladder / np.maximum(with_ladder + against, 1))


def median_wait(days: Sequence[float], is_over: Sequence[bool]) -> float | None:
    """Median of waiting times in days, some of which are not over yet; ``None`` where fewer than half have ended.

    Source: the product-limit estimate of Kaplan and Meier (1958), Journal of the American Statistical Association 53,
    457-481.

    >>> median_wait([10, 20, 30, 40], [True, True, False, False])  # 3/4 wait longer than 10, 1/2 longer than 20
    20.0
    """
    from scipy.stats import CensoredData, ecdf

    if not any(is_over):
        return None
    ended = [time for time, over in zip(days, is_over, strict=True) if over]
    open_ = [time for time, over in zip(days, is_over, strict=True) if not over]
    curve = ecdf(CensoredData(uncensored=ended, right=open_)).sf
    below = curve.quantiles[curve.probabilities <= 0.5 + 1e-12]
    return float(below[0]) if len(below) else None
