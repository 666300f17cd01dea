"""Statistics that several claim kinds share: exact intervals and tests of shares, permutation p, sums of events.

Successes and trials may be fractional: an event whose records differ counts as the share of them that has the
feature, and an effective number of trials is rarely whole. The beta form of the binomial then interpolates (Korn and
Graubard 1998, Survey Methodology 24, 193-201).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pactwatch.claims.thresholds import ALPHA, CONFIDENCE, POWER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROUNDING = 1e-9
"""Slack under which two values of a statistic count as equal."""

NUISANCE_STEPS = 60
"""Values of the unknown common share over which an unconditional p value is maximised."""


def exact_interval(successes: float, trials: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Exact binomial interval of a share (Clopper and Pearson 1934, Biometrika 26, 404-413).

    >>> [round(bound, 3) for bound in exact_interval(5, 10)]
    [0.187, 0.813]
    """
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    low = float(betaincinv(successes, trials - successes + 1, tail)) if successes > 0 else 0.0
    high = float(betaincinv(successes + 1, trials - successes, 1 - tail)) if successes < trials else 1.0
    return low, high


def upper_tail(successes: float, trials: float, share: float) -> float:
    """Chance of at least so many successes: P(X >= k), X binomial.

    >>> round(upper_tail(2, 2, 0.5), 6), round(upper_tail(0, 2, 0.5), 6)
    (0.25, 1.0)
    """
    from scipy.special import betainc

    return 1.0 if successes <= 0 else float(betainc(successes, trials - successes + 1, share))


def lower_tail(successes: float, trials: float, share: float) -> float:
    """Chance of at most so many successes: P(X <= k).

    >>> round(lower_tail(0, 2, 0.5), 6), round(lower_tail(2, 2, 0.5), 6)
    (0.25, 1.0)
    """
    return upper_tail(trials - successes, trials, 1 - share)


def detectable_share(trials: float, share: float) -> float | None:
    """Smallest share above ``share`` that an exact one-sided test at ALPHA would show with chance POWER.

    ``None`` when even a share of 1 would not show. The critical count k solves P(X >= k | share) <= ALPHA, the answer
    P(X >= k | answer) = POWER.

    >>> round(detectable_share(10, 0.5), 3)  # 9 of 10 are needed: P(X >= 9) = 0.011, P(X >= 8) = 0.055
    0.917
    """
    from scipy.special import betaincinv

    whole = int(trials)
    critical = next((k for k in range(whole + 1) if upper_tail(k, whole, share) <= ALPHA), None)
    return None if critical is None else float(betaincinv(critical, whole - critical + 1, POWER))


def wilson_interval(successes: float, trials: float) -> tuple[float, float]:
    """Score interval of a share at CONFIDENCE (Wilson 1927, J. of the American Statistical Association 22, 209-212).

    >>> [round(bound, 3) for bound in wilson_interval(5, 10)]
    [0.237, 0.763]
    """
    from math import sqrt

    from scipy.special import ndtri

    z = float(ndtri(1 - (1 - CONFIDENCE) / 2))
    share = successes / trials
    centre = share + z * z / (2 * trials)
    half = z * sqrt(max(share * (1 - share), 0.0) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max((centre - half) / scale, 0.0), min((centre + half) / scale, 1.0)


def newcombe_interval(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float]:
    """Interval of the first share minus the second, each given as (successes, trials).

    Source: method 10 of Newcombe (1998), Statistics in Medicine 17, 873-890.

    >>> [round(bound, 4) for bound in newcombe_interval((56, 70), (48, 80))]  # the paper's case (a)
    [0.0524, 0.3339]
    """
    from math import hypot

    one, two = first[0] / first[1], second[0] / second[1]
    (low_one, high_one), (low_two, high_two) = wilson_interval(*first), wilson_interval(*second)
    return one - two - hypot(one - low_one, high_two - two), one - two + hypot(high_one - one, two - low_two)


def unconditional_p(first: tuple[float, int], second: tuple[float, int], margin: float = 0.0) -> float:
    """Exact p of "the first share exceeds the second by more than ``margin``", each given as (successes, trials).

    Tables are ordered by the z of Agresti and Caffo (2000, The American Statistician 54, 280-288); the chance of
    a table at least as extreme is maximised over the unknown second share, as Barnard (1945) proposed and Chan and
    Zhang (1999, Biometrics 55, 1202-1209) did for a margin.

    >>> round(1 / unconditional_p((3, 3), (0, 3)), 6)  # no other table is as extreme; at 1/2 it has the chance 1/64
    64.0
    """
    observed = float(_shrunken_z(first[0], first[1], second[0], second[1], margin))
    return _build_tables(first[1], second[1], margin).chance(observed)


def detectable_difference(first_trials: int, second_trials: int, share: float) -> float | None:
    """Smallest first share above the second that :func:`unconditional_p` would show at ALPHA with chance POWER.

    ``share`` is the second share; ``None`` when even a first share of 1 would not show.
    """
    import numpy as np

    tables = _build_tables(first_trials, second_trials, 0.0)
    below = _summed(_binomial(second_trials, np.array([share])))[0, tables.cut(tables.critical_z())]
    candidates = np.linspace(share, 1.0, 201)
    enough = np.flatnonzero((_binomial(first_trials, candidates) * below).sum(axis=1) >= POWER)
    return float(candidates[enough[0]]) if len(enough) else None


def permutation_p(draws: NDArray[np.float64], observed: float) -> float:
    """One-sided p of a statistic among its values under permutation, itself counted once.

    Source: Phipson and Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9, 39.

    >>> import numpy as np
    >>> permutation_p(np.array([1.0, 2.0, 3.0]), 3.0)
    0.5
    """
    import numpy as np

    return float((1 + np.count_nonzero(draws >= observed - ROUNDING)) / (1 + len(draws)))


def spread_of_sum(groups: Iterable[tuple[int, int, float]]) -> NDArray[np.float64]:
    """Chances of every value of a sum of independent weighted 0/1 draws: ``(weight, how many, chance of 1)`` each.

    >>> spread_of_sum([(1, 1, 0.5), (2, 1, 0.5)]).round(6).tolist()  # 0, 1, 2, 3 are equally likely
    [0.25, 0.25, 0.25, 0.25]
    """
    import numpy as np

    total = np.ones(1)
    for weight, count, chance in groups:
        spaced = np.zeros(weight * count + 1)
        spaced[::weight] = _binomial(count, np.array([chance]))[0]
        total = np.convolve(total, spaced)
    return total


def _binomial(trials: int, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Binomial chances, one row per share, one column per count of successes."""
    import numpy as np
    from scipy.special import gammaln, xlog1py, xlogy

    count, share = np.arange(trials + 1)[None, :], shares[:, None]
    ways = gammaln(trials + 1) - gammaln(count + 1) - gammaln(trials - count + 1)
    return np.asarray(np.exp(ways + xlogy(count, share) + xlog1py(trials - count, -share)))


def _shrunken_z(
    k1: float | NDArray[np.int64], n1: int, k2: float | NDArray[np.int64], n2: int, margin: float
) -> NDArray[np.float64]:
    """z of the difference of two shares, a success and a failure added to each side.

    Never above 0 where the shares themselves differ by no more than the margin: what is added to sides of unequal size
    must not make a difference out of none.
    """
    import numpy as np

    first, second = np.asarray(k1), np.asarray(k2)
    one, two = (first + 1) / (n1 + 2), (second + 1) / (n2 + 2)
    z = (one - two - margin) / np.sqrt(one * (1 - one) / (n1 + 2) + two * (1 - two) / (n2 + 2))
    return np.asarray(np.where(first / n1 - second / n2 <= margin + ROUNDING, np.minimum(z, 0.0), z))


def _summed(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chances of fewer than 0, 1, 2, ... successes."""
    import numpy as np

    return np.asarray(np.pad(np.cumsum(chances, axis=1), ((0, 0), (1, 0))))


@dataclass(frozen=True)
class _Tables:
    """All pairs of counts: their z, and the chances of either count over the values of the unknown second share.

    ``second`` is summed up, see :func:`_summed`. Down each row z never rises again: a pair with a lower second count is
    never the less extreme one (Barnard's convexity).
    """

    scores: NDArray[np.float64]
    first: NDArray[np.float64]
    second: NDArray[np.float64]

    def cut(self, z: float) -> NDArray[np.int64]:
        """For every first count, how many second counts, from 0 on, make a pair whose z is at least ``z``."""
        import numpy as np

        return np.asarray((self.scores >= z - ROUNDING).sum(axis=1), dtype=np.int64)

    def chance(self, z: float) -> float:
        """Largest chance, over the unknown second share, of a pair at least as extreme as ``z``."""
        return float(min((self.first * self.second[:, self.cut(z)]).sum(axis=1).max(), 1.0))

    def critical_z(self) -> float:
        """Smallest z, to a thousandth, whose pairs have a chance of at most ALPHA."""
        low, high = 1.0, 4.0
        while high - low > 0.001:
            middle = (low + high) / 2
            low, high = (low, middle) if self.chance(middle) <= ALPHA else (middle, high)
        return high


@lru_cache(maxsize=8)
def _build_tables(first_trials: int, second_trials: int, margin: float) -> _Tables:
    import numpy as np

    one, two = np.arange(first_trials + 1)[:, None], np.arange(second_trials + 1)[None, :]
    scores = _shrunken_z(one, first_trials, two, second_trials, margin)
    share = np.linspace(max(0.0, -margin), min(1.0, 1.0 - margin), NUISANCE_STEPS + 1)
    return _Tables(
        scores=np.maximum.accumulate(scores[:, ::-1], axis=1)[:, ::-1],
        first=_binomial(first_trials, np.clip(share + margin, 0.0, 1.0)),
        second=_summed(_binomial(second_trials, share)),
    )


def leaves_room(share: float, change: float) -> bool:
    """Whether a share can change by so much and still be a share; where it cannot, no result can speak against it.

    >>> leaves_room(0.957, 0.10), leaves_room(0.25, 0.10), leaves_room(0.04, -0.10)
    (False, True, False)
    """
    return 0 <= share + change <= 1
