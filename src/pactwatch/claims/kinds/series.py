"""series: does one survey figure rise or fall over the years?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.statistics import ROUNDING, permutation_p
from pactwatch.claims.question import Question
from pactwatch.claims.thresholds import ALPHA, CONFIDENCE, POWER
from pactwatch.claims.words import say_count, say_p

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

LARGEST_LISTED = 8
"""Up to so many figures all orders are gone through (8! = 40,320); above, orders are drawn."""

LEAST_CARRY = 0.3
"""Least lag-1 correlation assumed: opinion is not made afresh each year, and few figures cannot show how far."""

FEWEST = 4
"""Figures below which not even a slope with its doubt is given."""


class Parameters(Question):
    """One series, never several: figures of different surveys, questions or bases do not make one line."""

    series: str
    against: tuple[str, ...] = Field(
        default=(), description="other series whose slopes stand beside it, never mixed in"
    )
    direction: Literal["rises", "falls"] = "rises"
    smallest_slope: float = Field(
        default=0.5, gt=0, description="smallest change a year worth speaking of, in the figure's unit"
    )
    since: int | None = None
    until: int | None = None
    seen_only: bool = Field(default=False, description="only figures whose page was opened")


@dataclass(frozen=True)
class Line:
    """A least-squares slope a year with its standard error, and the lag-1 correlation of what is left."""

    slope: float
    error: float
    carry: float
    freedom: int


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:
    """Test the slope against every order of the figures, and against figures that lean on the year before.

    p is the larger of the permutation p and that of Student's t whose error is widened by the carry-over from figure to
    figure, because opinion is no coin tossed afresh each year. Figures that are all equal show no scatter and so refute
    nothing.
    """
    import numpy as np

    figures = gather_figures(evidence, parameters.series, parameters)
    base = _describe(figures, parameters)
    if len(figures) < FEWEST or figures["basis"].nunique() > 1 or figures["survey_year"].nunique() < FEWEST:
        return base
    years, values = figures["survey_year"].to_numpy(dtype=float), figures["figure_value"].to_numpy(dtype=float)
    if np.ptp(values) <= ROUNDING:
        return _tell_level(base, parameters)
    sign = 1.0 if parameters.direction == "rises" else -1.0
    smallest = sign * parameters.smallest_slope
    line = fit_line(years, values)
    orders = list_orders(len(years), effort.draws, effort.seed)
    p = max(order_p(years, sign * values, orders), _student_p(sign * line.slope, line))
    p_refute = max(
        order_p(years, -sign * (values - smallest * years), orders), _student_p(sign * (smallest - line.slope), line)
    )
    return _conclude(base, line, (smallest, p, p_refute), _tell_others(evidence, parameters))


def gather_figures(evidence: Evidence, series: str, parameters: Parameters) -> pd.DataFrame:
    """The series' figures with a value, by year."""
    rows = evidence.perceptions
    mask = (rows["series_id"] == series) & rows["figure_value"].notna()
    if parameters.since is not None:
        mask &= rows["survey_year"] >= parameters.since
    if parameters.until is not None:
        mask &= rows["survey_year"] <= parameters.until
    if parameters.seen_only:
        mask &= rows["is_seen"].astype(bool)
    return rows[mask].sort_values(["survey_year", "figure_id"], kind="stable")


def fit_line(years: NDArray[np.float64], values: NDArray[np.float64]) -> Line:
    """Least squares, with the error widened because neighbouring figures lean the same way.

    The variance is multiplied by (1 + r) / (1 - r), r being the lag-1 correlation of the residuals (Bartlett 1946,
    Supplement to the Journal of the Royal Statistical Society 8, 27-41), raised by (1 + 4 r) / n for its bias after
    fitting a line and never below LEAST_CARRY.

    Worked by hand: 1, 2, 4 in years 0, 1, 2 have slope 1.5 and residuals 1/6, -1/3, 1/6. The residual variance is 1/6
    on one degree of freedom; r = (-1/18 - 1/18) / (1/6) is below 0, so LEAST_CARRY multiplies the variance by 1.3 /
    0.7: the error of the slope is sqrt(1.857 x 1/6 / 2) = 0.393.
    """
    import numpy as np

    centred, n = years - years.mean(), len(years)
    spread = float(centred @ centred)
    slope = float(centred @ values) / spread
    left = values - values.mean() - slope * centred
    squares = float(left @ left)
    carry = float(left[1:] @ left[:-1]) / squares if squares > ROUNDING else 0.0
    carry = min(0.9, max(LEAST_CARRY, carry + (1 + 4 * carry) / n))
    widened = (1 + carry) / (1 - carry)
    return Line(slope, float(np.sqrt(widened * squares / (n - 2) / spread)), carry, n - 2)


@cache
def list_orders(n: int, draws: int, seed: int) -> NDArray[np.int64]:
    """Orders of ``n`` figures, one per row: all of them up to LARGEST_LISTED, else ``draws`` drawn ones."""
    from itertools import permutations

    import numpy as np

    if n <= LARGEST_LISTED:
        return np.array(list(permutations(range(n))), dtype=np.int64)
    return np.random.default_rng(seed).permuted(np.tile(np.arange(n), (draws, 1)), axis=1)


def order_p(years: NDArray[np.float64], values: NDArray[np.float64], orders: NDArray[np.int64]) -> float:
    """One-sided p that the slope is as steep when the figures are put in any order: exact where all orders are listed.

    With 3 figures rising in order, 1 of 3! = 6 orders is as steep.
    """
    import numpy as np

    centred = years - years.mean()
    observed, shuffled = float(centred @ values), values[orders] @ centred
    slack = ROUNDING * max(1.0, abs(observed))
    if len(years) <= LARGEST_LISTED:
        return float(np.mean(shuffled >= observed - slack))
    return permutation_p(shuffled, observed - slack)


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Figures whose page was opened; where its ends are told, the line begun a year later or ended a year earlier."""
    others: list[tuple[str, Question]] = []
    if not parameters.seen_only:
        others.append(("figures seen on their page only", parameters.model_copy(update={"seen_only": True})))
    if parameters.since is not None:
        others.append((f"from {parameters.since + 1}", parameters.model_copy(update={"since": parameters.since + 1})))
    if parameters.until is not None:
        others.append((f"to {parameters.until - 1}", parameters.model_copy(update={"until": parameters.until - 1})))
    return others


def _student_p(distance: float, line: Line) -> float:
    """One-sided p of a distance from the null, in standard errors of the slope."""
    from scipy.stats import t

    if line.error <= ROUNDING:
        return 0.0 if distance > ROUNDING else 1.0
    return float(t.sf(distance / line.error, line.freedom))


def _describe(figures: pd.DataFrame, parameters: Parameters) -> Finding:
    """The finding before any test: which figures there are, and what is missing."""
    bases = sorted(set(figures["basis"].astype(str)))
    what = (
        "figures of different bases, which must not be mixed"
        if len(bases) > 1
        else f"fewer than the {FEWEST} a slope needs"
    )
    unseen = int((~figures["is_seen"].astype(bool)).sum())
    caveats = [
        "Figures of one survey share its ways and its errors; the margin of each figure is not told and not used."
    ]
    if unseen:
        caveats.append(
            f"No page was opened for {say_count(unseen, 'figure')} of {len(figures)}; background knowledge only."
        )
    return Finding(
        estimate=None,
        unit=f"{_tell_unit(figures)} a year",
        n=len(figures),
        n_unit="survey years",
        sentence=f"Of {_name_series(figures, parameters.series)} there is {say_count(len(figures), 'figure')}: {what}.",
        caveats=tuple(caveats),
        table=tuple(_tabulate(figures)),
    )


def _tell_level(base: Finding, parameters: Parameters) -> Finding:
    """Figures all equal: no slope, every order as steep (p = 1), and no scatter from which a doubt could be told."""
    years = [row["year"] for row in base.table]
    sign = 1.0 if parameters.direction == "rises" else -1.0
    return base.model_copy(
        update={
            "estimate": 0.0,
            "no_effect": 0.0,
            "smallest_effect": sign * parameters.smallest_slope,
            "p": 1.0,
            "sentence": f"{say_count(base.n, 'figure')} from {min(years)} to {max(years)} are all equal; without "
            "scatter it cannot be told how small a change would have been seen.",
        }
    )


def _conclude(base: Finding, line: Line, tested: tuple[float, float, float], others: str) -> Finding:
    from scipy.stats import t

    smallest, p, p_refute = tested
    half = float(t.ppf((1 + CONFIDENCE) / 2, line.freedom)) * line.error
    reach = float(t.ppf(1 - ALPHA, line.freedom) + t.ppf(POWER, line.freedom)) * line.error
    interval = (line.slope - half, line.slope + half)
    years = [row["year"] for row in base.table]
    sentence = (
        f"{say_count(base.n, 'figure')} from {min(years)} to {max(years)} change by {line.slope:+.2f} {base.unit} "
        f"(95 % interval {interval[0]:+.2f} to {interval[1]:+.2f}; {say_p(p)}); "
        f"less than {reach:.2f} a year would probably not have been seen.{others}"
    )
    caveat = (
        f"Each figure is taken to lean on the one before (lag-1 correlation {line.carry:.2f}, at least {LEAST_CARRY}); "
        "the doubt is widened for it."
    )
    return base.model_copy(
        update={
            "estimate": line.slope,
            "interval": interval,
            "no_effect": 0.0,
            "smallest_effect": smallest,
            "p": min(p, 1.0),
            "p_refute": min(p_refute, 1.0),
            "detectable": reach if smallest > 0 else -reach,
            "sentence": sentence,
            "caveats": (*base.caveats, caveat),
        }
    )


def _tell_others(evidence: Evidence, parameters: Parameters) -> str:
    """The slopes of the series it is set against, each by itself."""
    told = []
    for series in parameters.against:
        figures = gather_figures(evidence, series, parameters)
        if len(figures) >= FEWEST and figures["basis"].nunique() == 1:
            line = fit_line(figures["survey_year"].to_numpy(dtype=float), figures["figure_value"].to_numpy(dtype=float))
            told.append(f"{_name_series(figures, series)} {line.slope:+.2f}")
    return f" Beside it: {'; '.join(told)} a year." if told else ""


def _name_series(figures: pd.DataFrame, series: str) -> str:
    """What the latest figure measures; the series' id where there is none."""
    return str(figures["measure"].iloc[-1]) if len(figures) and "measure" in figures else series


def _tell_unit(figures: pd.DataFrame) -> str:
    units = sorted(set(figures["figure_unit"].astype(str)))
    return "points" if units in ([], ["percent"], ["%"]) else " or ".join(units)


def _tabulate(figures: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "year": int(row["survey_year"]),
            "figure": float(row["figure_value"]),
            "unit": str(row["figure_unit"]),
            "basis": str(row["basis"]),
            "page seen": "yes" if row["is_seen"] else "no",
            "figure_id": str(row["figure_id"]),
        }
        for row in figures.to_dict("records")
    ]


KIND = Kind(
    name="series",
    asks="whether one survey series rises or falls over the years",
    null="every order of the figures over the years is as likely, and figures that lean on the year before",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="line",
)
