"""Surveys: imported survey series, each with the change since the figure before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.perception import add_changes
from pactwatch.measures.shape import ColumnNote, Measure

if TYPE_CHECKING:
    import ibis


def compute_surveys(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`SURVEYS` tells."""
    from pactwatch.datasets import open_library

    rows = open_library(edition).table("survey", "survey_figures")
    keyed = rows.mutate(
        series_id=rows.series + " / " + rows.country_name,
        figure_id=rows.series,
        survey_year=rows.year,
        figure_value=rows.figure,
    )
    return add_changes(keyed.distinct(on=("series", "country_name", "year"), keep="first"))


SURVEYS = Measure(
    name="surveys",
    title="Imported survey series",
    definition="Each imported survey figure with the change since the one before in the same series and country.",
    unit="as each figure's own unit",
    source="What a series must share follows the items to be disclosed by the AAPOR Code of Professional Ethics "
    "and Practices. Data: survey series as imported.",
    cannot_show="Whether a change is more than sampling error, or that a series kept its question: the file is taken "
    "at its word. Nothing may be compared between series.",
    example="A series with 60 in 2019 and 52 in 2021 has a change of -8 in 2021; the first figure has none.",
    key=("series", "country_name", "year"),
    columns={
        "series": ColumnNote("series; only figures within one may be compared", "name"),
        "country_name": ColumnNote("where it was asked", "name"),
        "actor_code": ColumnNote("actor code of that country", "code"),
        "year": ColumnNote("year of the survey", "year"),
        "figure": ColumnNote("the figure", "its own unit"),
        "figure_unit": ColumnNote("its unit as told", "name"),
        "previous_year": ColumnNote("year of the figure before; empty for the first", "year"),
        "change": ColumnNote("figure less the figure before", "its own unit"),
    },
    compute=lambda edition: compute_surveys(edition).rename(figure_unit="unit"),
    needs=("survey",),
    types={
        "series": "string",
        "country_name": "string",
        "actor_code": "string",
        "year": "int64",
        "figure": "float64",
        "figure_unit": "string",
        "previous_year": "int64",
        "change": "float64",
    },
)
