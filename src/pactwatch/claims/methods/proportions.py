"""How a share changes over the years: a step at a cut or a straight trend, its error made of the years' scatter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Years:
    """Events and how much of them has the feature, by year; ``is_late`` tells the period."""

    year: NDArray[np.int64]
    events: NDArray[np.float64]
    having: NDArray[np.float64]
    is_late: NDArray[np.bool_]

    def totals(self, *, late: bool) -> tuple[float, float]:
        """Events having the feature, and all events, of one period."""
        mask = self.is_late == late
        return float(self.having[mask].sum()), float(self.events[mask].sum())

    def share(self, *, late: bool) -> float:
        """Share of one period's events that have the feature."""
        having, events = self.totals(late=late)
        return having / events


@dataclass(frozen=True)
class Change:
    """A change of the share with its standard errors: without a change (``null_error``) and as it is (``error``)."""

    estimate: float
    null_error: float
    error: float
    dispersion: float
    freedom: int


def fit_step(years: Years) -> Change:
    """The later share less the earlier one.

    The error without a change is the pooled one; the error as it is adds one event with and one without the feature to
    each period (Agresti and Caffo 2000, The American Statistician 54, 280-288), so that shares of 0 or 1 keep a doubt.

    Worked by hand: 2 of 10 and 3 of 10, then 6 of 10 and 7 of 10. The change is 13/20 - 5/20 = 0.4. Pearson's X2 = 2
    x (0.5/10)^2 x 10 / (0.25 x 0.75) + 2 x (0.5/10)^2 x 10 / (0.65 x 0.35) = 0.487 on 2 degrees of freedom, so the
    dispersion is 1, and the error without a change is sqrt(0.45 x 0.55 x (1/20 + 1/20)) = 0.157.
    """
    import numpy as np

    shares = np.where(years.is_late, years.share(late=True), years.share(late=False))
    dispersion = _disperse(years, shares, shares * (1 - shares))
    (k_early, n_early), (k_late, n_late) = years.totals(late=False), years.totals(late=True)
    pooled = (k_early + k_late) / (n_early + n_late)
    null_variance = pooled * (1 - pooled) * (1 / n_early + 1 / n_late)
    padded = [((k + 1) / (n + 2), n + 2) for k, n in ((k_early, n_early), (k_late, n_late))]
    variance = sum(share * (1 - share) / n for share, n in padded)
    estimate = k_late / n_late - k_early / n_early
    return Change(
        estimate, (dispersion * null_variance) ** 0.5, (dispersion * variance) ** 0.5, dispersion, len(years.year) - 2
    )


def fit_trend(years: Years) -> Change:
    """Change of the share that a straight trend makes between the mean years of the two periods.

    Source: the linear trend in proportions of Cochran (1954, Biometrics 10, 417-451) and Armitage (1955, Biometrics
    11, 375-386), which is the score test of a logistic trend, with its variance multiplied by the dispersion about
    the line.
    """
    import numpy as np

    total, pooled = years.events.sum(), years.having.sum() / years.events.sum()
    centred = years.year - (years.events * years.year).sum() / total
    spread = (years.events * centred**2).sum()
    slope = (centred * (years.having - years.events * pooled)).sum() / spread
    means = [
        float(np.average(years.year[years.is_late == late], weights=years.events[years.is_late == late]))
        for late in (False, True)
    ]
    span = means[1] - means[0]
    variance = pooled * (1 - pooled)
    dispersion = _disperse(years, pooled + slope * centred, np.full(len(centred), variance))
    error = float(span * np.sqrt(dispersion * variance / spread))
    return Change(float(slope * span), error, error, dispersion, len(years.year) - 2)


def _disperse(years: Years, fitted: NDArray[np.float64], variance: NDArray[np.float64]) -> float:
    """Pearson's X2 over its degrees of freedom, at least 1; years where the fit leaves no doubt add nothing."""
    import numpy as np

    doubtful = variance > 0
    gaps = (years.having - years.events * fitted)[doubtful]
    return max(1.0, float(np.sum(gaps**2 / (years.events * variance)[doubtful])) / (len(years.year) - 2))
