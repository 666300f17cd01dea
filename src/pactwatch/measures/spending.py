"""Spending: defence spending of the casebook's actors, as a share of GDP and in constant dollars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.shape import ColumnNote, Measure

if TYPE_CHECKING:
    import ibis

SHARE, CONSTANT, CURRENT = "share_of_gdp", "constant_usd", "current_usd"


def lay_out(figures: ibis.Table) -> ibis.Table:
    """One row per actor and year of the long table of figures; years without any figure are left out, and so are zeros,
    with which the workbook fills years it could not convert.

    Example: a share of 0.012 and 50,161 million current dollars of 2023 stand in one row.
    """
    known = figures.filter((figures.figure > 0) & figures.actor_code.notnull())
    is_share = known.series == SHARE
    return known.group_by("actor_code", "year").aggregate(
        gdp_share=known.figure.max(where=is_share),
        constant_usd=known.figure.max(where=known.series == CONSTANT),
        price_year=known.price_year.max(where=known.series == CONSTANT),
        current_usd=known.figure.max(where=known.series == CURRENT),
        certainty=known.certainty.max(where=is_share),
    )


def compute_spending(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`SPENDING` tells."""
    from pactwatch.datasets import open_library

    settings = edition.settings
    actors = [settings.focus, *settings.partners, *settings.baseline]
    rows = open_library(edition).table("sipri-milex", "military_spending")
    laid = lay_out(rows.filter(rows.actor_code.isin(actors) & rows.series.isin([SHARE, CONSTANT, CURRENT])))
    return laid.filter(laid.gdp_share.notnull() | laid.constant_usd.notnull() | laid.current_usd.notnull())


SPENDING = Measure(
    name="spending",
    title="Defence spending",
    definition="Military expenditure of the casebook's actors by year: share of gross domestic product, and US "
    "dollars at "
    "constant and current prices.",
    unit="share of GDP; million US dollars",
    source="SIPRI Military Expenditure Database, as imported; SIPRI, Sources and methods: definition of military "
    "expenditure.",
    cannot_show="What a government itself calls its defence budget, or NATO's definition: SIPRI counts pensions and "
    "paramilitary forces too. Spending says nothing of what was bought.",
    example="A row with gdp_share 0.012 tells that 1.2 % of the year's GDP was spent.",
    key=("actor_code", "year"),
    columns={
        "actor_code": ColumnNote("who spends", "code"),
        "year": ColumnNote("calendar year, or the one a financial year starts in", "year"),
        "gdp_share": ColumnNote("share of gross domestic product", "share"),
        "constant_usd": ColumnNote("spending at constant prices and exchange rates", "million US dollars"),
        "price_year": ColumnNote("year whose prices those are", "year"),
        "current_usd": ColumnNote("spending at current prices", "million US dollars"),
        "certainty": ColumnNote("of the share: told, estimate or uncertain; unknown where the file lost it", "code"),
    },
    compute=compute_spending,
    needs=("sipri-milex",),
    types={
        "actor_code": "string",
        "year": "int64",
        "gdp_share": "float64",
        "constant_usd": "float64",
        "price_year": "int64",
        "current_usd": "float64",
        "certainty": "string",
    },
)
