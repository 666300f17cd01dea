"""shift: did the make-up of what is done change from one period to the next?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.events import Counting, label_events, mean_by_event, name_unit, tell_joining
from pactwatch.claims.methods.proportions import Change, Years, fit_step, fit_trend
from pactwatch.claims.methods.statistics import leaves_room, newcombe_interval
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.thresholds import ALPHA, CONFIDENCE, POWER
from pactwatch.claims.words import say_change, say_count, say_p, say_percent, say_points, say_units, tell_room

if TYPE_CHECKING:
    import pandas as pd

FEWEST_YEARS = 2
"""Years with events that each period needs before the noise from year to year can be told."""


class Parameters(Question):
    """What is counted, what share of it is watched, and where the periods meet. ``called`` completes "events ..."."""

    selection: Selection
    feature: Selection = Field(description="which of the selected have the feature")
    cut: int = Field(description="first year of the later period")
    direction: Literal["rises", "falls"] = "rises"
    smallest_change: float = Field(
        default=0.10, gt=0, lt=1, description="smallest change of the share worth speaking of"
    )
    gradual: bool = Field(default=False, description="fit a straight trend over the years instead of a step at the cut")
    counting: Counting = "event"
    called: str = "have the feature"


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001
    """Compare the shares before and from the cut; the answer is exact arithmetic, no chance is drawn.

    The noise is that of the years, not of coin tosses: the variance of both shares is multiplied by Pearson's
    dispersion over the years (never below 1) and referred to Student's t with as many degrees of freedom as years
    less two (quasi-likelihood: McCullagh and Nelder 1989, Generalized Linear Models, section 4.5; Williams 1982,
    Applied Statistics 31, 144-148). Shuffling years would be too sharp here, because later years hold more events
    than earlier ones.
    """
    rows = evidence.select(parameters.selection)
    years = count_years(evidence, rows, parameters)
    base = _describe(rows, years, parameters)
    few = min((int((years.is_late == late).sum()) for late in (False, True)), default=0)
    if few < FEWEST_YEARS:
        return base
    change = fit_trend(years) if parameters.gradual else fit_step(years)
    return _conclude(base, years, change, parameters)


def count_years(evidence: Evidence, rows: pd.DataFrame, parameters: Parameters) -> Years:
    """Events by year; an event with several rows has the feature as far as its rows have it."""
    import numpy as np

    key = "record_id" if parameters.selection.unit == "record" else "milestone_id"
    has = np.asarray(rows[key].isin(evidence.select(parameters.feature)[key]), dtype=np.float64)
    labels = label_events(rows, evidence.focus, parameters.counting)
    if not len(labels):
        empty = np.zeros(0)
        return Years(empty.astype(np.int64), empty, empty, empty.astype(bool))
    told = np.rint(mean_by_event(labels, rows["year"].to_numpy(dtype=float))).astype(np.int64)
    year, place = np.unique(told, return_inverse=True)
    having = np.asarray(np.bincount(place, weights=mean_by_event(labels, has)), dtype=np.float64)
    return Years(year, np.bincount(place).astype(np.float64), having, year >= parameters.cut)


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Cuts one and two years off, a gradual change, and every row by itself."""
    others: list[tuple[str, Question]] = [
        (f"cut at {parameters.cut + years}", parameters.model_copy(update={"cut": parameters.cut + years}))
        for years in (-2, -1, 1, 2)
    ]
    if not parameters.gradual:
        others.append(("a gradual change", parameters.model_copy(update={"gradual": True})))
    if parameters.counting != "record":
        others.append(("every row by itself", parameters.model_copy(update={"counting": "record"})))
    return others


def _describe(rows: pd.DataFrame, years: Years, parameters: Parameters) -> Finding:
    """The finding before any test: what was counted, and what is missing."""
    n = round(float(years.events.sum()))
    unit = name_unit(len(rows), n, parameters.selection)
    estimate = (
        years.share(late=True) - years.share(late=False) if years.is_late.any() and not years.is_late.all() else None
    )
    return Finding(
        estimate=estimate,
        unit="change of the share",
        n=n,
        n_unit=unit,
        sentence=f"{say_units(n, unit)} in {say_count(len(years.year), 'year')} do not fill two years on each "
        f"side of {parameters.cut}; no change can be tested.",
        caveats=tell_joining(len(rows), n, parameters.counting),
        records=tuple(sorted(set(rows["record_id"].astype(str)))),
        table=tuple(_tabulate(years)),
    )


def _conclude(base: Finding, years: Years, change: Change, parameters: Parameters) -> Finding:
    from scipy.stats import t

    sign = 1.0 if parameters.direction == "rises" else -1.0
    smallest, freedom = sign * parameters.smallest_change, change.freedom
    p = float(t.sf(sign * change.estimate / change.null_error, freedom)) if change.null_error > 0 else 0.5
    p_refute = float(t.cdf(sign * (change.estimate - smallest) / change.error, freedom)) if change.error > 0 else None
    before = years.share(late=False)
    if not leaves_room(before, smallest):
        p_refute = None
    detectable = sign * float(t.ppf(1 - ALPHA, freedom) + t.ppf(POWER, freedom)) * max(change.null_error, change.error)
    detectable = max(-1.0, min(1.0, detectable))
    interval = _span(years, change, parameters)
    tested = {"no_effect": 0.0, "smallest_effect": smallest, "p": p, "p_refute": p_refute, "detectable": detectable}
    sentence = _say(base.n_unit, years, change, (*interval, p, detectable), parameters)
    caveats = (*base.caveats, *tell_room(before, smallest), *_list_caveats(change))
    return base.model_copy(
        update={**tested, "estimate": change.estimate, "interval": interval, "sentence": sentence, "caveats": caveats}
    )


def _span(years: Years, change: Change, parameters: Parameters) -> tuple[float, float]:
    """Newcombe's interval on as many events as the dispersion leaves; of a trend, Wald's."""
    from scipy.stats import norm, t

    wide = float(t.ppf((1 + CONFIDENCE) / 2, change.freedom))
    if parameters.gradual:
        return max(-1.0, change.estimate - wide * change.error), min(1.0, change.estimate + wide * change.error)
    # Newcombe's method takes the normal quantile; fewer events widen it to Student's.
    shrink = change.dispersion * (wide / float(norm.ppf((1 + CONFIDENCE) / 2))) ** 2
    late, early = years.totals(late=True), years.totals(late=False)
    return newcombe_interval((late[0] / shrink, late[1] / shrink), (early[0] / shrink, early[1] / shrink))


def _say(
    unit: str, years: Years, change: Change, tested: tuple[float, float, float, float], parameters: Parameters
) -> str:
    """The sentence; ``tested`` is the interval's ends, p and the detectable change."""
    (early, late), (before, after) = (
        [round(years.totals(late=part)[1]) for part in (False, True)],
        [say_percent(years.share(late=part)) for part in (False, True)],
    )
    claimed = "rise" if parameters.direction == "rises" else "fall"
    fitted = "the fitted trend makes it" if parameters.gradual else "that is"
    counted = f"Of {say_units(early, unit)} before {parameters.cut} {before} {parameters.called}"
    *bounds, p, detectable = tested
    low, high = (f"{100 * bound:.0f}" for bound in bounds)
    return (
        f"{counted}, of {late} from then on {after}: {fitted} {say_change(change.estimate)} "
        f"(95 % interval {low} to {high}; {say_p(p)}); "
        f"a {claimed} under {say_points(detectable)} would probably not have been seen."
    )


def _list_caveats(change: Change) -> tuple[str, ...]:
    caveats = ["A share rises also when the rest falls; it says nothing of numbers."]
    if change.dispersion > 1:
        caveats.append(
            f"Years differ {change.dispersion:.1f} times as much as by chance alone; the doubt is widened for it."
        )
    return tuple(caveats)


def _tabulate(years: Years) -> list[dict[str, Any]]:
    columns = zip(
        years.year.tolist(), years.events.tolist(), years.having.tolist(), years.is_late.tolist(), strict=True
    )
    return [
        {
            "year": int(year),
            "period": "later" if late else "earlier",
            "events": round(float(events), 2),
            "with the feature": round(float(having), 2),
            "share": round(float(having / events), 4),
        }
        for year, events, having, late in columns
    ]


KIND = Kind(
    name="shift",
    asks="whether the share of a feature changed from the years before a cut to the years after",
    null="the same share in both periods, with the noise from year to year that the years show",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="shares",
)
