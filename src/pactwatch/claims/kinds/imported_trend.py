"""imported_trend: does a yearly figure of imported data rise or fall over the years?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding
from pactwatch.claims.imported import Imported, draw_row, find_rows, tell_data, tell_missing
from pactwatch.claims.kinds.series import FEWEST, fit_line, list_orders, order_p
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.growth import fit_growth
from pactwatch.claims.question import Question
from pactwatch.claims.thresholds import ALPHA, CONFIDENCE, POWER
from pactwatch.claims.words import say_count, say_p
from pactwatch.measures import MEASURES

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

TIMES = ("year", "last_year")
"""Columns that may hold the time of a row."""

ROUNDING = 1e-9


class Parameters(Imported):
    """A column of one row a year, and the change that would matter."""

    direction: Literal["rises", "falls"] = "rises"
    scale: Literal["amount", "count"] = Field(
        default="amount",
        description="amount: a line in the figure's unit; count: growth of a count, as a factor a year",
    )
    smallest_change: float = Field(
        gt=0, description="smallest change a year worth speaking of: in the figure's unit, or as growth (0.05 is 5 %)"
    )
    since: int | None = None
    until: int | None = None
    called: str = Field(default="the figure", description="names the figure as the sentence says it")


@dataclass(frozen=True)
class Slope:
    """A slope a year on the scale of its test, with its error and degrees of freedom."""

    value: float
    error: float
    freedom: int
    order_p: float = 0.0
    order_p_refute: float = 0.0


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:
    """Test the slope of the yearly figures against none, and against the smallest worth speaking of.

    Amounts: least squares with the error widened for the carry-over from year to year, and the larger of its p and that
    of every order of the figures (as for survey series). Counts: Poisson regression with scale and memory of the years.
    """
    rows, missing = find_rows(evidence, parameters)
    if missing is not None:
        return tell_missing(missing, _unit(parameters), "years")
    rows = _within(rows, parameters)
    base = _describe(rows, evidence, parameters)
    if len(rows) < FEWEST:
        return base
    years, values = _vectors(rows, parameters)
    sign = 1.0 if parameters.direction == "rises" else -1.0
    slope = _fit(years, values, sign, parameters, effort)
    if slope.error <= ROUNDING:
        return base
    return _conclude(base, slope, sign, parameters)


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """The line begun a few years later or ended a few years earlier."""
    others: list[tuple[str, Question]] = []
    if parameters.since is not None:
        later = parameters.since + 3
        others.append((f"from {later}", parameters.model_copy(update={"since": later})))
    if parameters.until is not None:
        earlier = parameters.until - 3
        others.append((f"to {earlier}", parameters.model_copy(update={"until": earlier})))
    return others


def _fit(
    years: NDArray[np.float64], values: NDArray[np.float64], sign: float, parameters: Parameters, effort: Effort
) -> Slope:
    """The slope on the scale asked; only amounts have the p of orders."""
    if parameters.scale == "count":
        growth = fit_growth([int(year) for year in years], [float(value) for value in values])
        return Slope(growth.slope, growth.error, growth.freedom)
    line = fit_line(years, values)
    orders = list_orders(len(years), effort.draws, effort.seed)
    smallest = sign * parameters.smallest_change
    return Slope(
        line.slope,
        line.error,
        line.freedom,
        order_p(years, sign * values, orders),
        order_p(years, -sign * (values - smallest * years), orders),
    )


def _conclude(base: Finding, slope: Slope, sign: float, parameters: Parameters) -> Finding:
    import math

    from scipy.stats import t

    is_count = parameters.scale == "count"
    smallest = sign * (math.log1p(parameters.smallest_change) if is_count else parameters.smallest_change)
    p = max(float(t.sf(sign * slope.value / slope.error, slope.freedom)), slope.order_p)
    refute = max(float(t.sf(sign * (smallest - slope.value) / slope.error, slope.freedom)), slope.order_p_refute)
    half = float(t.ppf((1 + CONFIDENCE) / 2, slope.freedom)) * slope.error
    reach = sign * float(t.ppf(1 - ALPHA, slope.freedom) + t.ppf(POWER, slope.freedom)) * slope.error
    low, high, estimate, least, seen = (
        math.expm1(value) if is_count else value
        for value in (slope.value - half, slope.value + half, slope.value, smallest, reach)
    )
    told = ".1%" if is_count else "+.3g"
    sentence = (
        f"{base.sentence} It changes by {estimate:{told}} a year (95 % interval {low:{told}} to {high:{told}}; "
        f"{say_p(min(p, 1.0))}); less than {abs(seen):{told.replace('+', '')}} a year would probably not have been "
        f"seen."
    )
    return base.model_copy(
        update={
            "estimate": estimate,
            "interval": (low, high),
            "no_effect": 0.0,
            "smallest_effect": least,
            "p": min(p, 1.0),
            "p_refute": min(refute, 1.0),
            "detectable": seen,
            "sentence": sentence,
        }
    )


def _describe(rows: pd.DataFrame, evidence: Evidence, parameters: Parameters) -> Finding:
    """The finding before any test."""
    time = _time_of(parameters)
    years = [int(year) for year in rows[time]] if len(rows) else []
    told = f" from {min(years)} to {max(years)}" if years else ""
    called = parameters.called[:1].upper() + parameters.called[1:]
    return Finding(
        estimate=None,
        unit=_unit(parameters),
        n=len(rows),
        n_unit="years",
        sentence=f"{called}: {say_count(len(rows), 'yearly figure')}{told}.",
        caveats=tell_data(evidence, parameters, rows),
        table=tuple(
            draw_row(row[time], float(row[parameters.column]), _unit_of(parameters)) for row in rows.to_dict("records")
        ),
    )


def _within(rows: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    time = _time_of(parameters)
    if parameters.since is not None:
        rows = rows[rows[time] >= parameters.since]
    if parameters.until is not None:
        rows = rows[rows[time] <= parameters.until]
    return rows.sort_values(time, kind="stable")


def _vectors(rows: pd.DataFrame, parameters: Parameters) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    years = rows[_time_of(parameters)].to_numpy(dtype=float)
    return years, rows[parameters.column].to_numpy(dtype=float)


def _time_of(parameters: Imported) -> str:
    return next(name for name in TIMES if name in MEASURES[parameters.measure].columns)


def _unit_of(parameters: Imported) -> str:
    note: Any = MEASURES[parameters.measure].columns.get(parameters.column)
    return str(note.unit) if note else ""


def _unit(parameters: Parameters) -> str:
    return "growth a year" if parameters.scale == "count" else f"{_unit_of(parameters)} a year"


KIND = Kind(
    name="imported_trend",
    asks="whether a yearly figure of imported data rises or falls over the years",
    null="every order of the figures over the years is as likely (amounts); a steady rate of events (counts)",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="line",
)
