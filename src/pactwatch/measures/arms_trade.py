"""Arms trade: the focus actor's imports and exports of major arms, by year and partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.completed import ALL
from pactwatch.measures.dependence import HOW_SURE, NEEDS, list_deliveries
from pactwatch.measures.shape import ColumnNote, Measure, make_table

if TYPE_CHECKING:
    import ibis


def sum_trade(deliveries: ibis.Table, focus: str) -> ibis.Table:
    """Volume by year, direction and partner, and for all partners together.

    Example: 10 from USA and 2 from FRA in one year give imports of 10, 2 and, for all, 12.
    """
    imports, exports = deliveries.recipient == focus, deliveries.supplier == focus
    inward = deliveries.filter(imports).mutate(direction=_text("import"), partner_code=deliveries.supplier)
    outward = deliveries.filter(exports).mutate(direction=_text("export"), partner_code=deliveries.recipient)
    both = inward.union(outward)
    rows = both.union(both.mutate(partner_code=_text(ALL)))
    sums = rows.group_by("direction", "year", "partner_code").aggregate(
        tiv=rows.tiv.sum(),
        estimated=rows.tiv.sum(where=rows.is_estimate).fill_null(0.0),
        split=rows.tiv.sum(where=rows.is_split).fill_null(0.0),
    )
    return sums.mutate(estimate_share=sums.estimated / sums.tiv.nullif(0), split_share=sums.split / sums.tiv.nullif(0))


def fill_years(sums: ibis.Table, years: tuple[int, int]) -> ibis.Table:
    """The sums with a zero for all partners together in years without a delivery, so that a trend sees them."""
    every = [
        {"direction": direction, "year": year, "partner_code": ALL}
        for direction in ("import", "export")
        for year in range(years[0], years[1] + 1)
    ]
    grid = make_table(every, {"direction": "string", "year": "int64", "partner_code": "string"})
    key = ("direction", "year", "partner_code")
    empty = grid.anti_join(sums, key).mutate(tiv=0.0, estimate_share=_nothing(), split_share=_nothing())
    columns = (*key, "tiv", "estimate_share", "split_share")
    return sums.select(*columns).union(empty.select(*columns))


def compute_arms_trade(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`ARMS_TRADE` tells."""
    deliveries = list_deliveries(edition)
    span = deliveries.aggregate(first=deliveries.year.min(), last=deliveries.year.max()).to_pyarrow().to_pylist()[0]
    sums = sum_trade(deliveries, edition.settings.focus)
    return sums if span["first"] is None else fill_years(sums, (span["first"], span["last"]))


def _text(value: str) -> ibis.Value:
    import ibis

    return ibis.literal(value)


def _nothing() -> ibis.Value:
    import ibis

    return ibis.null("float64")


ARMS_TRADE = Measure(
    name="arms_trade",
    title="Arms imports and exports",
    definition="Volume of major arms the focus actor received and supplied, by year of delivery and partner; years "
    "without any delivery stand as zero for all partners together.",
    unit="million TIV",
    source="SIPRI Arms Transfers Database, trade register, as imported; SIPRI, Sources and methods: the "
    "trend-indicator "
    "value.",
    cannot_show="Money, small arms, services, or what is made at home, under licence included unless SIPRI counts it "
    "as a "
    "transfer. Yearly volumes fluctuate with single ships and aircraft.",
    example="Two aircraft of 5 million TIV each from USA in 2010 give an import of 10 from USA and of 10 from all.",
    key=("direction", "year", "partner_code"),
    columns={
        "direction": ColumnNote("import (to the focus actor) or export (from it)", "code"),
        "year": ColumnNote("year of delivery", "year"),
        "partner_code": ColumnNote("the other side, by code or the register's name; all: every partner", "code"),
        "tiv": ColumnNote("volume delivered", "million TIV"),
        **HOW_SURE,
    },
    compute=compute_arms_trade,
    needs=NEEDS,
    types={
        "direction": "string",
        "year": "int64",
        "partner_code": "string",
        "tiv": "float64",
        "estimate_share": "float64",
        "split_share": "float64",
    },
)
