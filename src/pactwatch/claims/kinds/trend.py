"""``trend``: do records of one kind grow in number, faster than a baseline where one is named?"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Finding
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.methods.events import first_of_each, label_events, name_unit, tell_joining
from pactwatch.claims.methods.growth import Growth, fit_growth, fit_relative_growth
from pactwatch.claims.question import Question, Selection
from pactwatch.claims.thresholds import ALPHA, CONFIDENCE, MINIMUM_N, POWER
from pactwatch.claims.words import say_p, say_percent

if TYPE_CHECKING:
    import pandas as pd

MINIMUM_YEARS = 6
"""Fewer years with an event leave too little to tell how uneven years are."""


class Parameters(Question):
    """What is counted by year, against what, and over which years."""

    selection: Selection = Field(description="the records counted by year")
    baseline: Selection | None = Field(
        default=None, description="records that share the news coverage; those also in `selection` are not counted here"
    )
    first_year: int | None = Field(default=None, description="none: the first year with an event on each side")
    last_year: int | None = Field(default=None, description="none: the last complete year at the edition's date")
    smallest_growth: float = Field(default=0.05, gt=0, lt=1, description="smallest growth a year worth speaking of")
    direction: Literal["rises", "falls"] = "rises"
    counting: Literal["event", "record"] = Field(default="event", description="what counts as one observation")
    later_start: int = Field(default=0, ge=0, description="years cut off at the beginning")
    earlier_end: int = Field(default=0, ge=0, description="years cut off at the end")

    @property
    def smallest_effect(self) -> float:
        """The yearly growth factor, or ratio of factors, at the smallest effect."""
        return 1 + self.smallest_growth if self.direction == "rises" else 1 / (1 + self.smallest_growth)


@dataclass(frozen=True)
class Series:
    """Events by year: ``counts`` of the selection and ``baseline`` (none where the claim names none)."""

    years: tuple[int, ...]
    counts: tuple[int, ...]
    baseline: tuple[int, ...] | None
    rows: int
    record_ids: tuple[str, ...]
    undated: int

    @property
    def events(self) -> int:
        """Events on both sides."""
        return sum(self.counts) + sum(self.baseline or ())

    @property
    def filled(self) -> list[int]:
        """Positions of the years with an event on either side: only they can tell a share."""
        return [i for i, count in enumerate(self.counts) if self.baseline is None or count + self.baseline[i] > 0]


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001 - nothing is drawn
    """Growth factor a year of the events, divided by that of the baseline's."""
    series = count_years(evidence, parameters)
    finding = _describe(series, parameters)
    if sum(series.counts) < MINIMUM_N or (series.baseline is not None and sum(series.baseline) < MINIMUM_N):
        return finding
    if len(series.filled) < MINIMUM_YEARS:
        return finding
    growth = fit(series)
    sign, smallest = 1 if parameters.direction == "rises" else -1, log(parameters.smallest_effect)
    above, below = growth.p_above(0.0), growth.p_below(0.0)
    half = growth.reach((1 + CONFIDENCE) / 2)
    reach = growth.reach(1 - ALPHA) + growth.reach(POWER)
    p = above if sign > 0 else below
    return finding.model_copy(
        update={
            "estimate": exp(growth.slope),
            "interval": (exp(growth.slope - half), exp(growth.slope + half)),
            "p": p,
            "p_refute": growth.p_below(smallest) if sign > 0 else growth.p_above(smallest),
            "detectable": exp(sign * reach),
            "sentence": _say(series, growth, p, exp(sign * reach), parameters),
            "caveats": (*finding.caveats, *_tell_unevenness(growth)),
            "table": _tabulate(series, growth),
        }
    )


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """Other spans of years, every row by itself, and growth without the baseline."""
    others: list[tuple[str, Question]] = [
        ("from two years later", parameters.model_copy(update={"later_start": parameters.later_start + 2})),
        ("from four years later", parameters.model_copy(update={"later_start": parameters.later_start + 4})),
        ("to one year earlier", parameters.model_copy(update={"earlier_end": parameters.earlier_end + 1})),
    ]
    counting, words = (
        ("record", "every row by itself")
        if parameters.counting == "event"
        else ("event", "one event per date and partner")
    )
    others.append((words, parameters.model_copy(update={"counting": counting})))
    if parameters.baseline is not None:
        others.append(("without the baseline", parameters.model_copy(update={"baseline": None})))
    return others


def count_years(evidence: Evidence, parameters: Parameters) -> Series:
    """Events by year on both sides, over complete years only."""
    rows = evidence.select(parameters.selection)
    others = None if parameters.baseline is None else evidence.select(parameters.baseline)
    if others is not None:
        others = others[~others["record_id"].isin(list(rows["record_id"]))]
    sides = [_date(side, evidence.focus, parameters) for side in (rows, others) if side is not None]
    first, last = _find_span(evidence, parameters, [years for years, _ in sides])
    years = tuple(range(first, last + 1))
    used = [side[(side["year"] >= first) & (side["year"] <= last)] for _, side in sides]
    counts = [tuple(found.count(year) for year in years) for found, _ in sides]
    return Series(
        years=years,
        counts=counts[0],
        baseline=counts[1] if len(counts) > 1 else None,
        rows=sum(len(side) for side in used),
        record_ids=tuple(sorted({record for side in used for record in side["record_id"]})),
        undated=sum(int(side["year"].isna().sum()) for side in (rows, others) if side is not None),
    )


def fit(series: Series) -> Growth:
    """The growth of a series, relative to its baseline where it has one."""
    kept = series.filled
    years, counts = [series.years[i] for i in kept], [series.counts[i] for i in kept]
    if series.baseline is None:
        return fit_growth(years, counts)
    return fit_relative_growth(years, counts, [series.baseline[i] for i in kept])


def _date(rows: pd.DataFrame, focus: str, parameters: Parameters) -> tuple[list[int], pd.DataFrame]:
    """The year of every event, and the dated rows."""
    dated = rows[rows["year"].notna()]
    chosen = dated.iloc[first_of_each(label_events(dated, focus, parameters.counting))]
    return [int(year) for year in chosen["year"]], dated


def _find_span(evidence: Evidence, parameters: Parameters, sides: list[list[int]]) -> tuple[int, int]:
    """First and last year: as asked, else from where each side has an event to the last complete year."""
    is_complete = (evidence.as_of.month, evidence.as_of.day) == (12, 31)
    last = evidence.as_of.year if is_complete else evidence.as_of.year - 1
    if parameters.last_year is not None:
        last = min(last, parameters.last_year)
    first = parameters.first_year
    if first is None:
        first = max((min(years) for years in sides if years), default=last)
    return first + parameters.later_start, last - parameters.earlier_end


def _describe(series: Series, parameters: Parameters) -> Finding:
    """What can be said before any test."""
    sides = f"{sum(series.counts)} {_name_unit(series, parameters)}" + (
        "" if series.baseline is None else f" and {sum(series.baseline)} of the baseline"
    )
    span = f"{series.years[0]}-{series.years[-1]}" if series.years else "no complete year"
    return Finding(
        estimate=None,
        unit="yearly growth factor" if series.baseline is None else "ratio of yearly growth factors",
        no_effect=1.0,
        smallest_effect=parameters.smallest_effect,
        n=sum(series.counts),
        n_unit=_name_unit(series, parameters),
        sentence=(
            f"{sides} in {len(series.filled)} years with any ({span}); a trend takes {MINIMUM_N} on each side "
            f"and {MINIMUM_YEARS} such years."
        ),
        caveats=_list_caveats(series),
        records=series.record_ids,
        table=_tabulate(series, None),
    )


def _name_unit(series: Series, parameters: Parameters) -> str:
    return name_unit(series.rows, series.events, parameters.selection)


def _list_caveats(series: Series) -> tuple[str, ...]:
    caveats = tell_joining(series.rows, series.events)
    if series.undated:
        caveats += (f"{series.undated} rows without a year are left out.",)
    if series.baseline is None:
        caveats += ("Without a baseline, growing news coverage looks like growing activity.",)
    return caveats


def _tell_unevenness(growth: Growth) -> tuple[str, ...]:
    if growth.dispersion == 1:
        return ()
    return (
        f"Years scatter, and resemble their neighbours, more than chance has it: "
        f"the variance is taken {growth.dispersion:.1f} times as large.",
    )


def _say(series: Series, growth: Growth, p: float, reach: float, parameters: Parameters) -> str:
    change = exp(growth.slope) - 1
    verbs, beside, unit = ("fell", "grew"), "", _name_unit(series, parameters)
    if series.baseline is not None:
        verbs, beside = ("fell behind", "gained"), f"relative to {sum(series.baseline)} {unit} of the baseline, "
    limit = "growth" if parameters.direction == "rises" else "a fall"
    return (
        f"In {series.years[0]}-{series.years[-1]}, {beside}{sum(series.counts)} {unit} "
        f"{verbs[change >= 0]} by {say_percent(abs(change))} a year "
        f"({say_p(p)}); only {limit} of {say_percent(abs(reach - 1))} a year or more would show four times in five."
    )


def _tabulate(series: Series, growth: Growth | None) -> tuple[dict[str, object], ...]:
    fitted = dict(zip(series.filled, growth.fitted, strict=True)) if growth else {}
    rows: list[dict[str, object]] = []
    for i, year in enumerate(series.years):
        row: dict[str, object] = {"year": year, "events": series.counts[i]}
        if series.baseline is not None:
            row["baseline events"] = series.baseline[i]
        rows.append(row | {"fitted": fitted.get(i)})
    return tuple(rows)


KIND = Kind(
    name="trend",
    asks="Do the events of `selection` grow (or fall) in number by year, relative to `baseline` where one is named?",
    null="Both sides grow at one rate (without a baseline: the number stays level); years may vary more than chance.",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="lines",
)
