"""imported_level: does a figure of imported data reach a level by a year?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from pactwatch.claims.evidence import Evidence
from pactwatch.claims.finding import Fact, Finding
from pactwatch.claims.imported import Imported, draw_row, find_rows, tell_data, tell_missing
from pactwatch.claims.kinds.imported_trend import TIMES
from pactwatch.claims.kinds.shape import Effort, Kind
from pactwatch.claims.question import Question
from pactwatch.claims.words import say_percent
from pactwatch.measures import MEASURES

if TYPE_CHECKING:
    import pandas as pd


class Parameters(Imported):
    """The level, and the year by which it was to be reached."""

    level: float = Field(description="the level in the figure's unit")
    since: int = Field(description="first year that counts: when it was announced")
    by: int = Field(description="last year that counts")
    rounded_to: float = Field(default=0.0, ge=0, description="how far below the level still counts as reached")
    called: str = Field(default="the figure", description="names the figure as the sentence says it")


def test(evidence: Evidence, parameters: Parameters, effort: Effort) -> Finding:  # noqa: ARG001
    """Look the level up; nothing is estimated and no chance is drawn.

    Reached in a year that counts: holds. Not reached though the data cover the last year: fails. Else it is not
    settled.
    """
    rows, missing = find_rows(evidence, parameters)
    if missing is not None:
        return tell_missing(missing, "", "years")
    time = next(name for name in TIMES if name in MEASURES[parameters.measure].columns)
    chosen = rows[(rows[time] >= parameters.since) & (rows[time] <= parameters.by)].sort_values(time)
    years = [(int(row[time]), float(row[parameters.column])) for row in chosen.to_dict("records")]
    reached = next((year for year, value in years if value >= parameters.level - parameters.rounded_to), None)
    return Finding(
        estimate=years[-1][1] if years else None,
        unit=_unit_of(parameters),
        n=len(years),
        n_unit="years",
        fact=settle(reached, years, parameters.by),
        sentence=_write(reached, years, parameters),
        caveats=tell_data(evidence, parameters, chosen),
        table=_tabulate(rows, time, parameters),
    )


def settle(reached: int | None, years: list[tuple[int, float]], by: int) -> Fact:
    """Whether the level was reached, was not, or cannot be known yet.

    >>> settle(2026, [(2026, 0.02)], 2027), settle(None, [(2027, 0.018)], 2027), settle(None, [(2023, 0.012)], 2027)
    (<Fact.HOLDS: 'holds'>, <Fact.FAILS: 'fails'>, <Fact.UNKNOWN: 'unknown'>)
    """
    if reached is not None:
        return Fact.HOLDS
    return Fact.FAILS if years and years[-1][0] >= by else Fact.UNKNOWN


def alternatives(parameters: Parameters) -> list[tuple[str, Question]]:
    """A year more to reach it."""
    return [(f"by {parameters.by + 1}", parameters.model_copy(update={"by": parameters.by + 1}))]


def _write(reached: int | None, years: list[tuple[int, float]], parameters: Parameters) -> str:
    called = parameters.called[:1].upper() + parameters.called[1:]
    if not years:
        return f"{called}: the imported data have no figure from {parameters.since} to {parameters.by}."
    last, now, level = years[-1][0], _say(years[-1][1], parameters), _say(parameters.level, parameters)
    if reached is not None:
        return f"{called} reached {level} in {reached}; it stood at {now} in {last}."
    more = "" if last >= parameters.by else f"; the imported data end before {parameters.by}"
    return f"{called} stood at {now} in {last}, below {level}{more}."


def _tabulate(rows: pd.DataFrame, time: str, parameters: Parameters) -> tuple[dict[str, object], ...]:
    ordered = rows.sort_values(time).to_dict("records")
    unit = _unit_of(parameters)
    return tuple(draw_row(row[time], float(row[parameters.column]), unit) for row in ordered)


def _unit_of(parameters: Parameters) -> str:
    return MEASURES[parameters.measure].columns[parameters.column].unit


def _say(value: float, parameters: Parameters) -> str:
    return say_percent(value) if _unit_of(parameters) == "share" else f"{value:.4g} {_unit_of(parameters)}"


KIND = Kind(
    name="imported_level",
    asks="whether a figure of imported data reached a level by a year",
    null="none: the figures are looked up",
    parameters=Parameters,
    test=test,
    alternatives=alternatives,
    chart="line",
)
