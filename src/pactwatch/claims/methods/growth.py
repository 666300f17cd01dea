"""Yearly growth of counts, alone or relative to a baseline; its errors allow for years more uneven than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEPS, CLOSE = 100, 1e-9
"""Newton steps at most, and the size of a step that ends them; Firth's penalty makes every fit finite."""

STRONGEST_MEMORY = 0.8
"""Bound of the correlation of neighbouring years; so few years cannot tell a stronger one from a trend."""


@dataclass(frozen=True)
class Growth:
    """Growth on the log scale: ``slope`` a year, its standard ``error``, residual degrees of ``freedom``.

    ``dispersion`` is the variance in units of what chance alone gives, the likeness of neighbouring years included and
    never below 1; ``fitted`` are the model's counts.
    """

    slope: float
    error: float
    freedom: int
    dispersion: float
    fitted: tuple[float, ...]

    def p_above(self, slope: float) -> float:
        """One-sided p of a slope above a value, by Student's t."""
        from scipy.special import stdtr

        return float(stdtr(self.freedom, (slope - self.slope) / self.error))

    def p_below(self, slope: float) -> float:
        """One-sided p of a slope below a value."""
        from scipy.special import stdtr

        return float(stdtr(self.freedom, (self.slope - slope) / self.error))

    def reach(self, chance: float) -> float:
        """The error times the t quantile of a chance."""
        from scipy.special import stdtrit

        return self.error * float(stdtrit(self.freedom, chance))


def fit_growth(years: Sequence[int], counts: Sequence[float]) -> Growth:
    """Growth of counts by Poisson regression on the year.

    >>> fit = fit_growth([2020, 2021, 2022, 2023], [100, 200, 400, 800])
    >>> round(fit.slope, 2), fit.freedom, fit.dispersion  # log 2 = 0.69
    (0.69, 2, 1.0)
    """
    import numpy as np

    return _fit(np.asarray(years, dtype=float), np.asarray(counts, dtype=float), None)


def fit_relative_growth(years: Sequence[int], counts: Sequence[float], baseline: Sequence[float]) -> Growth:
    """Growth of counts beyond that of a baseline counted in the same years; no year may be empty in both.

    Given each year's total, a Poisson model with an effect of its own for every year is a logistic regression of the
    counts' share on the year (McCullagh and Nelder 1989, section 6.4). Whatever multiplies both counts of a year, such
    as news coverage, drops out.

    >>> fit = fit_relative_growth([2020, 2021, 2022, 2023], [100, 400, 1600, 6400], [100, 200, 400, 800])
    >>> round(fit.slope, 2)  # fourfold against twofold: log 2 a year
    0.69
    """
    import numpy as np

    first, second = np.asarray(counts, dtype=float), np.asarray(baseline, dtype=float)
    return _fit(np.asarray(years, dtype=float), first, first + second)


def _fit(years: NDArray[np.float64], counts: NDArray[np.float64], totals: NDArray[np.float64] | None) -> Growth:
    """Quasi-likelihood fit of level and slope (Wedderburn 1974), bias-reduced (Firth 1993, Biometrika 80, 27-38).

    The scale is Pearson's X2 over its degrees of freedom times :func:`judge_memory` of the residuals, and 1 at least:
    years can be more uneven than chance makes them, not more even.
    """
    import numpy as np

    design = np.column_stack([np.ones_like(years), years - years.mean()])
    start = counts.mean() + 0.5 if totals is None else 1.0
    beta = np.array([np.log(start), 0.0])
    for _ in range(STEPS):
        mean, variance, pull = _expect(design @ beta, totals)
        inverse = np.linalg.inv(design.T @ (variance[:, None] * design))
        leverage = variance * np.einsum("ij,jk,ik->i", design, inverse, design)
        step = np.clip(inverse @ (design.T @ (counts - mean + leverage * pull)), -2.0, 2.0)
        beta = beta + step
        if np.abs(step).max() < CLOSE:
            break
    mean, variance, _ = _expect(design @ beta, totals)
    residuals = (counts - mean) / np.sqrt(variance)
    freedom = len(years) - 2
    dispersion = max(1.0, float((residuals**2).sum()) / freedom * judge_memory(residuals))
    inverse = np.linalg.inv(design.T @ (variance[:, None] * design))
    return Growth(
        slope=float(beta[1]),
        error=float(np.sqrt(dispersion * inverse[1, 1])),
        freedom=freedom,
        dispersion=dispersion,
        fitted=tuple(float(value) for value in mean),
    )


def judge_memory(residuals: NDArray[np.float64]) -> float:
    """Factor by which correlated years widen the variance of a slope: (1 + r) / (1 - r), at least 1.

    r is the correlation of neighbouring residuals, to which 2/n is added since residuals of a fitted line lean that
    much to the other side. Source of the factor: Bartlett (1946), Supplement to the J. of the Royal Stat. Society 8.

    >>> import numpy as np
    >>> judge_memory(np.array([1.0, -1.0, 1.0, -1.0]))  # neighbours differ
    1.0
    >>> round(judge_memory(np.array([1.0, 1.0, -1.0, -1.0])), 2)  # r = 1/4 + 2/4
    7.0
    """
    squares = float((residuals**2).sum())
    near = float((residuals[1:] * residuals[:-1]).sum()) / squares if squares else 0.0
    near = min(max(near + 2 / len(residuals), 0.0), STRONGEST_MEMORY)
    return (1 + near) / (1 - near)


def _expect(
    predictor: NDArray[np.float64], totals: NDArray[np.float64] | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mean and variance of the counts, and the pull of Firth's penalty on each per unit of leverage."""
    import numpy as np

    bounded = np.clip(predictor, -25.0, 25.0)
    if totals is None:
        mean = np.exp(bounded)
        return mean, mean, np.full_like(mean, 0.5)
    share = 1 / (1 + np.exp(-bounded))
    return totals * share, totals * share * (1 - share), 0.5 - share
