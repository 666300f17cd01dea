"""What draws under the null say of an observed value: p values, an interval, the smallest effect that would show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactwatch.claims.methods.statistics import permutation_p
from pactwatch.claims.thresholds import ALPHA, CONFIDENCE, Z_POWER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Chance:
    """What follows from the null's draws, on the scale of the observed value; the fields are those of a finding."""

    no_effect: float
    smallest_effect: float
    p: float
    p_refute: float
    interval: tuple[float, float]
    detectable: float


def judge_draws(
    observed: float, draws: NDArray[np.float64], smallest: float, bounds: tuple[float, float] = (0.0, 1.0)
) -> Chance:
    """Compare a value with draws under no effect; ``smallest`` is the smallest effect's signed distance from it.

    An effect is taken to move the draws as a whole, which gives ``p_refute``, the interval (by inverting both tests)
    and ``detectable``. A smallest effect out of ``bounds`` is set halfway between no effect and the bound.

    >>> import numpy as np
    >>> chance = judge_draws(0.9, np.linspace(0.0, 1.0, 101), 0.3)
    >>> round(chance.no_effect, 3), round(chance.smallest_effect, 3)
    (0.5, 0.8)
    >>> round(chance.p, 3)  # 11 draws of 101 are as high; with the observed one, 12 of 102
    0.118
    """
    import numpy as np

    sign = 1.0 if smallest >= 0 else -1.0
    centre, bound = float(draws.mean()), bounds[1] if smallest >= 0 else bounds[0]
    smallest = smallest if abs(smallest) < abs(bound - centre) else (bound - centre) / 2
    low, high = (float(edge) for edge in np.quantile(draws - centre, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]))
    reach = float(np.quantile(sign * (draws - centre), 1 - ALPHA)) + Z_POWER * float(draws.std())
    return Chance(
        no_effect=centre,
        smallest_effect=centre + smallest,
        p=permutation_p(sign * draws, sign * observed),
        p_refute=permutation_p(-sign * (draws + smallest), -sign * observed),
        interval=(max(bounds[0], observed - high), min(bounds[1], observed - low)),
        detectable=min(bounds[1], max(bounds[0], centre + sign * reach)),
    )
