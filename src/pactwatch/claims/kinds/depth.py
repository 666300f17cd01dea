"""depth: did exercises climb the ladder from port calls to combined drills as the years went on?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.events import Counting, label_events, name_unit, tell_joining
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.thresholds import ALPHA, CONFIDENCE, MINIMUM_N, POWER
from pactwatch.claims.words import say_count, say_p, say_units
from pactwatch.model.codes import LEVEL_ORDER

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


class Parameters(Question):
    """Which exercises, and how strong an order is worth speaking of."""

    selection: Selection
    direction: Literal["deepens", "flattens"] = "deepens"
    smallest_tau: float = Field(default=0.2, gt=0, lt=1, description="smallest Kendall tau-b worth speaking of")
    counting: Counting = "event"


@dataclass(frozen=True)
class Order:
    """Kendall's tau-b with its standard error and the degrees of freedom that the groups allow."""

    tau: float
    error: float
    freedom: float


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001
    """Test the order of year and level; the answer is arithmetic, no chance is drawn.

    A yearly exercise keeps its level from year to year, and a cruise makes many port calls in one year: neither is
    fresh evidence each time. The standard error therefore lets rows of one named series, and rows of one year, go
    together.
    """
    rows = evidence.select(parameters.selection)
    told = rows[rows["level_rank"].notna()]
    events = label_events(told, evidence.focus, parameters.counting)
    n = int(events.max()) + 1 if len(events) else 0
    base = _describe(rows, told, n, parameters)
    if n < MINIMUM_N or told["year"].nunique() < 3 or told["level_rank"].nunique() < 2:
        return base
    weights = _weigh(events)
    years, levels = told["year"].to_numpy(dtype=float), told["level_rank"].to_numpy(dtype=float)
    series = label_events(told, evidence.focus, "name")
    order = measure_order(years, levels, weights, (series, told["year"].to_numpy(dtype=int), events))
    return _conclude(base, order, _floor_error(n), parameters)


def measure_tau(
    years: NDArray[np.float64], levels: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Kendall's tau-b of weighted rows, and what each row's weight adds to it (its influence, which sums to 0).

    tau-b = S / sqrt(A B): S sums the sign agreement over all pairs of rows, A and B count the pairs that differ in
    year and in level. Source: Kendall (1945), Biometrika 33, 239-251; the influence is the derivative in the row's
    weight.

    Worked by hand: years 1, 2, 3 with levels 0, 2, 1 have two pairs in order and one against it: S = 1, A = B = 3,
    tau = 1/3.
    """
    import numpy as np

    year_signs, level_signs = np.sign(years[:, None] - years), np.sign(levels[:, None] - levels)
    agreement = (year_signs * level_signs) @ weights
    by_year, by_level = np.abs(year_signs) @ weights, np.abs(level_signs) @ weights
    total, a, b = (float(weights @ sums) / 2 for sums in (agreement, by_year, by_level))
    scale = (a * b) ** 0.5
    tau = total / scale
    return tau, weights * (agreement / scale - tau / 2 * (by_year / a + by_level / b))


def measure_order(
    years: NDArray[np.float64],
    levels: NDArray[np.float64],
    weights: NDArray[np.float64],
    groups: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
) -> Order:
    """tau-b with a standard error robust to dependence within series and within years.

    ``groups`` are the rows' series, years and events. The variance is the larger of that by series and the two-way
    one, series plus years less events (Cameron, Gelbach and Miller 2011, Journal of Business and Economic Statistics
    29, 238-249). The degrees of freedom are those of the effective number of groups, (sum u2)2 / sum u4, which is
    small when a few groups decide.
    """
    tau, influence = measure_tau(years, levels, weights)
    by_series, by_year, by_event = (_sum_squares(influence, labels) for labels in groups)
    variance = max(by_series[0], by_series[0] + by_year[0] - by_event[0])
    return Order(tau, variance**0.5, max(1.0, min(by_series[1], by_year[1]) - 1))


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Later and earlier starts where one is told, two parties only, and every row by itself."""
    selection = parameters.selection
    others: list[tuple[str, Question]] = []
    if selection.since is not None:
        shifted = [
            (year, selection.model_copy(update={"since": year})) for year in (selection.since - 2, selection.since + 2)
        ]
        others += [(f"from {year}", parameters.model_copy(update={"selection": other})) for year, other in shifted]
    if selection.multilateral is None:
        alone = selection.model_copy(update={"multilateral": False})
        others.append(("two parties only", parameters.model_copy(update={"selection": alone})))
    if parameters.counting != "record":
        others.append(("every row by itself", parameters.model_copy(update={"counting": "record"})))
    return others


def _weigh(labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weights by which every event counts once."""
    import numpy as np

    return np.asarray(1.0 / np.bincount(labels)[labels])


def _sum_squares(influence: NDArray[np.float64], labels: NDArray[np.int64]) -> tuple[float, float]:
    """Variance from independent groups, with the small-sample factor, and the effective number of groups."""
    import numpy as np

    _, place = np.unique(labels, return_inverse=True)
    squares = np.bincount(place, weights=influence) ** 2
    count, total = len(squares), float(squares.sum())
    if count < 2 or total == 0:
        return 0.0, float(count)
    return total * count / (count - 1), total**2 / float((squares**2).sum())


def _floor_error(n: int) -> float:
    """Standard error of tau among ``n`` independent rows without order: the least doubt there can be.

    Source: Kendall (1938), Biometrika 30, 81-93.

    >>> round(_floor_error(10), 4)
    0.2485
    """
    return float((2 * (2 * n + 5) / (9 * n * (n - 1))) ** 0.5)


def _describe(rows: pd.DataFrame, told: pd.DataFrame, n: int, parameters: Parameters) -> Finding:
    """The finding before any test: what was counted, and what is missing."""
    untold, unit = len(rows) - len(told), name_unit(len(told), n, parameters.selection)
    caveats = [
        "Levels are an order, not a scale: port call to goodwill need not be the step that field to combined is."
    ]
    if untold:
        caveats.append(f"No level told, and so left out: {say_count(untold, 'exercise')} of {len(rows)}.")
    return Finding(
        estimate=None,
        unit="Kendall's tau-b",
        n=n,
        n_unit=unit,
        sentence=f"{say_units(n, unit)} with a level told, in {say_count(int(told['year'].nunique()), 'year')}, "
        f"at {say_count(int(told['level_rank'].nunique()), 'level')}: too few to speak of an order.",
        caveats=(*caveats, *tell_joining(len(told), n, parameters.counting)),
        records=tuple(sorted(set(told["record_id"].astype(str)))),
        table=tuple(_tabulate(told)),
    )


def _conclude(base: Finding, order: Order, floor: float, parameters: Parameters) -> Finding:
    from scipy.stats import t

    sign = 1.0 if parameters.direction == "deepens" else -1.0
    smallest, null_error, error = sign * parameters.smallest_tau, max(order.error, floor), max(order.error, 1e-6)
    p = float(t.sf(sign * order.tau / null_error, order.freedom))
    p_refute = float(t.cdf(sign * (order.tau - smallest) / error, order.freedom))
    reach = float(t.ppf(1 - ALPHA, order.freedom) + t.ppf(POWER, order.freedom)) * null_error
    interval = _span(order, floor)
    return base.model_copy(
        update={
            "estimate": order.tau,
            "interval": interval,
            "no_effect": 0.0,
            "smallest_effect": smallest,
            "p": p,
            "p_refute": p_refute,
            "detectable": sign * min(1.0, reach),
            "sentence": _say(base, order, interval, p, min(1.0, reach)),
        }
    )


def _span(order: Order, floor: float) -> tuple[float, float]:
    """Interval of tau on Fisher's z scale, so that it stays between -1 and 1."""
    from math import atanh, tanh

    from scipy.stats import t

    tau = max(-0.999, min(0.999, order.tau))
    half = float(t.ppf((1 + CONFIDENCE) / 2, order.freedom)) * max(order.error / (1 - tau**2), floor)
    return tanh(atanh(tau) - half), tanh(atanh(tau) + half)


def _say(base: Finding, order: Order, interval: tuple[float, float], p: float, reach: float) -> str:
    years = [row["year"] for row in base.table]
    low, high = (f"{bound:.2f}" for bound in interval)
    return (
        f"Over {say_units(base.n, base.n_unit)} from {min(years)} to {max(years)} Kendall's tau-b of year and level is "
        f"{order.tau:.2f} (0: no order; 1: the later, the more demanding, always; 95 % interval {low} to {high}; "
        f"{say_p(p)}); an order weaker than {reach:.2f} would probably not have been seen."
    )


def _tabulate(told: pd.DataFrame) -> list[dict[str, Any]]:
    counts = Counter(zip(told["year"].astype(int).tolist(), told["level_rank"].astype(int).tolist(), strict=True))
    names = [str(level).replace("_", " ") for level in LEVEL_ORDER]
    return [
        {"year": year, "level": names[rank], "level rank": rank, "exercises": count}
        for (year, rank), count in sorted(counts.items())
    ]


KIND = Kind(
    name="depth",
    asks="whether exercises climb from port calls towards combined drills as the years go on",
    null="no order between year and level, with rows of one series and of one year going together",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="levels",
)
