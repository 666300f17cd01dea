"""The Herfindahl-Hirschman index of events, unbiased, and the test of its change between two periods.

Events come as profiles (rows of shares that add up to 1: one partner, or several that share an event) and how often
each profile occurs. ``counts`` may hold many draws at once: its last axis runs over the profiles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactwatch.claims.methods.statistics import permutation_p
from pactwatch.claims.thresholds import ALPHA, CONFIDENCE, Z_POWER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEEPEST = 30.0
"""Bound of the exponential tilt; events of one period are all alike long before."""

SMALLEST_ERROR = 1e-6
"""Floor of the error: where every event has the same partner the jackknife sees no variation at all."""


@dataclass(frozen=True)
class Change:
    """An index before and after, with the change's interval, one-sided p values and detectable size (signed)."""

    before: float
    after: float
    interval: tuple[float, float]
    p: float
    p_refute: float
    detectable: float


def measure_concentration(profiles: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chance-corrected index: the mean overlap of two different events, 0 to 1.

    With one partner an event it is (n H - 1) / (n - 1), H being the sum of squared shares: without bias however few the
    events (Simpson 1949, Nature 163, 688).

    >>> import numpy as np
    >>> float(measure_concentration(np.eye(2), np.array([2, 2])).round(4))  # H = 1/2; (4/2 - 1) / 3
    0.3333
    """
    import numpy as np

    weights = counts.astype(float)
    n = weights.sum(axis=-1)
    sums = weights @ profiles
    own = weights @ (profiles**2).sum(axis=1)
    return np.asarray(((sums**2).sum(axis=-1) - own) / (n * (n - 1)))


def jackknife_error(profiles: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Standard error of the index, every event left out in turn (Efron and Stein 1981, Annals of Statistics 9,
    586-596).

    >>> import numpy as np
    >>> float(jackknife_error(np.eye(2), np.array([3, 1])).round(4))  # left out: 1/3 three times, 1 once
    0.5
    """
    import numpy as np

    weights = counts.astype(float)
    n = weights.sum(axis=-1)
    overlap = (weights @ profiles) @ profiles.T - (profiles**2).sum(axis=1)
    weighted = weights * overlap
    squares = (weighted * overlap).sum(axis=-1) - weighted.sum(axis=-1) ** 2 / n
    variance = 4 * np.maximum(squares, 0.0) / (n * (n - 1) * (n - 2) ** 2)
    return np.asarray(np.maximum(np.sqrt(variance), SMALLEST_ERROR))


def judge_change(
    profiles: NDArray[np.float64],
    periods: tuple[NDArray[np.int64], NDArray[np.int64]],
    smallest: float,
    rng: np.random.Generator,
    draws: int,
) -> Change:
    """Test the change from the first period to the second in units of its error; ``smallest`` is signed as claimed.

    ``p``: the period of events is permuted. Studentising keeps the level where the partners change but their
    concentration does not (Chung and Romano 2013, Annals of Statistics 41, 484-507). Events of one profile are alike,
    so a permutation is a draw from the multivariate hypergeometric distribution. The larger p of the change with and
    without its error counts: with few events the error is itself a guess.
    ``p_refute``: events are drawn again from both periods, tilted until the change is the smallest worth speaking of;
    the interval is drawn untilted (bootstrap-t and tilting: Efron 1981, Canadian Journal of Statistics 9, 139-172).
    """
    import numpy as np

    before, after = periods
    sign = 1.0 if smallest > 0 else -1.0
    drawn = rng.multivariate_hypergeometric(before + after, int(before.sum()), size=draws, method="marginals")
    changes, errors = _change_and_error(profiles, drawn, before + after - drawn)
    permuted = changes / errors
    change, error = (float(value) for value in _change_and_error(profiles, before, after))
    around = _resample(profiles, periods, 0.0, rng, draws)
    small = _resample(profiles, periods, _find_tilt(profiles, periods, smallest), rng, draws)
    low, high = (float(edge) for edge in np.quantile(around, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]))
    return Change(
        before=float(measure_concentration(profiles, before)),
        after=float(measure_concentration(profiles, after)),
        interval=(max(change - high * error, -1.0), min(change - low * error, 1.0)),
        p=max(permutation_p(sign * permuted, sign * change / error), permutation_p(sign * changes, sign * change)),
        p_refute=permutation_p(-sign * small, -sign * (change - smallest) / error),
        detectable=sign * (_critical(sign * permuted, sign * changes, error) + Z_POWER * error),
    )


def _critical(permuted: NDArray[np.float64], changes: NDArray[np.float64], error: float) -> float:
    """The change that both permuted statistics would call rarer than ALPHA."""
    import numpy as np

    return max(float(np.quantile(permuted, 1 - ALPHA)) * error, float(np.quantile(changes, 1 - ALPHA)))


def _change_and_error(
    profiles: NDArray[np.float64], before: NDArray[np.int64], after: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    change = measure_concentration(profiles, after) - measure_concentration(profiles, before)
    return change, np.hypot(jackknife_error(profiles, before), jackknife_error(profiles, after))


def _tilted(profiles: NDArray[np.float64], counts: NDArray[np.int64], tilt: float) -> NDArray[np.float64]:
    """Chances of the profiles, those of the common partners raised (``tilt`` above 0) or lowered."""
    import numpy as np

    shares = counts / counts.sum()
    closeness = profiles @ (shares @ profiles)
    weights = shares * np.exp(tilt * (closeness - closeness.mean()))
    return np.asarray(weights / weights.sum())


def _true_change(
    profiles: NDArray[np.float64], periods: tuple[NDArray[np.int64], NDArray[np.int64]], tilt: float
) -> float:
    """The change of the index that the chances have, the first period tilted down and the second up."""
    before, after = (_tilted(profiles, counts, way * tilt) for counts, way in zip(periods, (-1, 1), strict=True))
    return float(((after @ profiles) ** 2).sum() - ((before @ profiles) ** 2).sum())


def _find_tilt(
    profiles: NDArray[np.float64], periods: tuple[NDArray[np.int64], NDArray[np.int64]], change: float
) -> float:
    """The tilt that gives the change, or the nearest to it that can be reached."""
    low, high = -STEEPEST, STEEPEST
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _true_change(profiles, periods, middle) < change else (low, middle)
    return (low + high) / 2


def _resample(
    profiles: NDArray[np.float64],
    periods: tuple[NDArray[np.int64], NDArray[np.int64]],
    tilt: float,
    rng: np.random.Generator,
    draws: int,
) -> NDArray[np.float64]:
    """Changes of redrawn periods less the true one, in units of their errors."""
    before, after = (
        rng.multinomial(int(counts.sum()), _tilted(profiles, counts, way * tilt), size=draws)
        for counts, way in zip(periods, (-1, 1), strict=True)
    )
    change, error = _change_and_error(profiles, before, after)
    return (change - _true_change(profiles, periods, tilt)) / error
