"""Perception: survey figures in their own series, with the change since the figure before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.shape import ColumnNote, Measure

if TYPE_CHECKING:
    import ibis


def add_changes(figures: ibis.Table) -> ibis.Table:
    """Figures that have a value, each with the one before it in its own series and the change since; never across
    series.

    Example: 60 in 2019, 52 in 2021 of one series: previous_year 2019, change -8. A first figure has neither.
    """
    import ibis

    known = figures.filter(figures.figure_value.notnull())
    in_series = ibis.window(group_by=known.series_id, order_by=[known.survey_year, known.figure_id])
    previous = known.figure_value.lag().over(in_series)
    return known.mutate(
        figures=known.count().over(group_by=known.series_id),
        previous_year=known.survey_year.lag().over(in_series),
        previous_value=previous,
        change=known.figure_value - previous,
    )


def compute_perception(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`PERCEPTION` tells."""
    return add_changes(edition.table("perceptions"))


PERCEPTION = Measure(
    name="perception",
    title="Survey figures",
    definition="Each survey figure with the change since the one before in the same series: same survey, "
    "question, population, measure and basis.",
    unit="as each figure's own unit",
    source="What a series must share follows the items to be disclosed by the AAPOR Code of Professional Ethics and "
    "Practices: sponsor and survey, question wording, population and measure.",
    cannot_show="Whether a change is more than sampling error: the sizes of the samples are not in the edition. "
    "Nothing may be compared between series, restated and first-published figures included. Figures "
    "without a value are left out.",
    example="A series with 60 in 2019 and 52 in 2021 has a change of -8 in 2021, since 2019; the first figure "
    "has none.",
    key=("series_id", "survey_year", "figure_id"),
    columns={
        "series_id": ColumnNote("series; only figures within one may be compared", "identifier"),
        "survey_year": ColumnNote("year of the survey", "year"),
        "figure_id": ColumnNote("the figure", "identifier"),
        "survey": ColumnNote("name of the survey", "name"),
        "population": ColumnNote("whose answers", "text"),
        "measure": ColumnNote("what the figure is", "text"),
        "figure_value": ColumnNote("the figure", "figure_unit"),
        "figure_unit": ColumnNote("its unit", "code"),
        "basis": ColumnNote("first_published, restated or as_published", "code"),
        "figures": ColumnNote("figures with a value in the series", "figures"),
        "previous_year": ColumnNote("year of the figure before; empty for the first", "year"),
        "previous_value": ColumnNote("the figure before; empty for the first", "figure_unit"),
        "change": ColumnNote("figure less the figure before", "figure_unit"),
        "is_seen": ColumnNote("whether the page was opened and read", "boolean"),
    },
    compute=compute_perception,
)
