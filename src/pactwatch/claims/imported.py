"""Claims on imported data: which rows of a joined measure a claim speaks of, and the finding where it is not there."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan
from typing import TYPE_CHECKING, Any

from pydantic import Field, field_validator

from pactwatch.claims.evidence import Evidence, Joined
from pactwatch.claims.finding import Fact, Finding
from pactwatch.claims.question import Question
from pactwatch.measures import MEASURES

if TYPE_CHECKING:
    import pandas as pd

ESTIMATES = 0.5
"""Share of estimates from which on a caveat tells them."""


class Imported(Question):
    """Rows of a measure that joins imported data sets."""

    measure: str = Field(description="a measure that joins imported data sets")
    column: str = Field(description="its column that the claim speaks of")
    where: dict[str, str] = Field(default_factory=dict, description="columns of codes and the value each must have")

    @field_validator("measure")
    @classmethod
    def _joins(cls, name: str) -> str:
        names = [one for one, measure in MEASURES.items() if measure.needs]
        if name not in names:
            raise ValueError(f"one of {', '.join(names)}")
        return name


def find_rows(evidence: Evidence, parameters: Imported) -> tuple[pd.DataFrame, Joined | None]:
    """The rows a claim speaks of, in their order; with the measure where it is missing or was never computed."""
    joined = evidence.joined.get(parameters.measure)
    if joined is None or joined.missing:
        return _nothing(), joined or Joined(_nothing(), f"the measure {parameters.measure} was not computed")
    rows = joined.rows
    for column, value in parameters.where.items():
        rows = rows[rows[column] == (evidence.focus if value == "focus" else value)]
    return rows[rows[parameters.column].notna()], None


def tell_missing(joined: Joined, unit: str, n_unit: str) -> Finding:
    """The finding where the data set is not imported: no test, and how to import it."""
    return Finding(
        estimate=None, unit=unit, n=0, n_unit=n_unit, fact=Fact.MISSING, sentence=f"Not tested: {joined.missing}."
    )


def tell_data(evidence: Evidence, parameters: Imported, rows: pd.DataFrame) -> tuple[str, ...]:
    """Caveats on the data: which were used, and how much of them is estimated."""
    joined = evidence.joined[parameters.measure]
    caveats = [f"Computed from {joined.vintages}; another vintage may give other figures."]
    share = mean_of(rows.get("estimate_share"))
    if share is not None and share >= ESTIMATES:
        caveats.append(f"On average {share:.0%} of each volume is marked uncertain by its source or split here.")
    split = mean_of(rows.get("split_share"))
    if split is not None and split > 0:
        caveats.append(f"On average {split:.0%} of each volume is split evenly over its delivery years.")
    return tuple(caveats)


def draw_row(year: object, value: float, unit: str) -> dict[str, Any]:
    """A row of a chart's table: shares in percent, other figures in their unit."""
    is_share = unit == "share"
    return {"year": int(str(year)), "figure": 100 * value if is_share else value, "unit": "%" if is_share else unit}


def mean_of(values: Iterable[Any] | None) -> float | None:
    """The mean of the values that are there."""
    known = [] if values is None else [float(value) for value in values if value is not None and not isnan(value)]
    return sum(known) / len(known) if known else None


def _nothing() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame()
