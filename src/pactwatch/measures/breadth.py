"""Breadth: over how many partners and types the year's records spread, and who is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.completed import list_completed, list_partners, list_years
from pactwatch.measures.shape import ColumnNote, Measure

if TYPE_CHECKING:
    import ibis


def weigh_categories(rows: ibis.Table, category: str, weight: ibis.Value) -> ibis.Table:
    """Sum of a weight by ``year`` and ``category``, from one row per record and category.

    Example: a record shared by two partners, at 1/2 each, and a bilateral one with the first: weights 1.5 and 0.5.
    """
    weighed = rows.select("year", category=rows[category], weight=weight)
    return weighed.group_by("year", "category").aggregate(weight=weighed.weight.sum())


def spread_over(weights: ibis.Table) -> ibis.Table:
    """Categories, Shannon entropy in bits, evenness and Herfindahl-Hirschman index by year.

    With p the share of a category in its year: entropy = -sum p log2 p, evenness = entropy / log2(categories), empty
    for a single category, index = sum p ** 2. Sources: Shannon, "A Mathematical Theory of Communication" (1948);
    Hirschman, National Power and the Structure of Foreign Trade (1945); Herfindahl, Concentration in the Steel
    Industry (1950).

    Example: shares 1/2, 1/4, 1/4 give 1.5 bits, evenness 1.5 / log2(3) = 0.946, index 0.375.
    """
    share = weights.weight / weights.weight.sum().over(group_by=weights.year)
    shared = weights.mutate(share=share).filter(weights.weight > 0)
    spread = shared.group_by("year").aggregate(
        categories=shared.count(), entropy=(-(shared.share * shared.share.log2())).sum(), hhi=(shared.share**2).sum()
    )
    return spread.mutate(evenness=spread.entropy / spread.categories.log2().nullif(0))


def count_new_partners(partners: ibis.Table) -> ibis.Table:
    """By year, the partners whose first completed record ever falls in it.

    Example: PHL in 2012 and 2015, IDN in 2015: one new partner in 2012 and one in 2015.
    """
    first = partners.group_by("partner_code").aggregate(year=partners.year.min())
    return first.group_by("year").aggregate(new_partners=first.count())


def join_years(years: ibis.Table, by_year: ibis.Table) -> ibis.Table:
    """All years, with the columns of another table where it has the year."""
    return years.left_join(by_year, "year").drop("year_right")


def compute_breadth(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`BREADTH` tells."""
    import ibis

    records = list_completed(edition)
    partners = list_partners(records, edition.table("parties"), edition.settings.focus)
    by_partner = spread_over(weigh_categories(partners, "partner_code", 1 / partners.partner_count))
    by_type = spread_over(weigh_categories(records, "record_type", ibis.literal(1.0)))
    totals = records.group_by("year").aggregate(records=records.count(), supports=records.supports.sum().cast("int64"))
    wide = list_years(records, int(edition.settings.as_of[:4]))
    for part in (
        totals,
        by_partner.rename("partner_{name}").rename(year="partner_year", partners="partner_categories"),
        by_type.rename("type_{name}").rename(year="type_year", types="type_categories"),
        count_new_partners(partners),
    ):
        wide = join_years(wide, part)
    counts = ("records", "supports", "partners", "types", "new_partners")
    filled = wide.mutate(**{name: wide[name].fill_null(0) for name in counts})
    running = filled.new_partners.sum().over(order_by=filled.year, rows=(None, 0))
    return filled.mutate(cumulative_partners=running.cast("int64"))


BREADTH = Measure(
    name="breadth",
    title="Breadth",
    definition="Entropy and concentration of a year's records over the focus actor's partners and over types, "
    "and partners that are new. A record with several partners is shared equally among them.",
    unit="bits; index from 0 to 1; partners",
    source="Shannon, Bell System Technical Journal 27 (1948); Hirschman, National Power and the Structure of "
    "Foreign Trade (1945); Herfindahl, Concentration in the Steel Industry (1950).",
    cannot_show="Importance of partners. In years with few records entropy is low for want of records, so "
    "compare years with like counts. A partner is new when the records first show it, which need not "
    "be when cooperation began. Entropy and index count records, never rows of evidence.",
    example="Records shared 2 : 1 : 1 over PHL, IDN and VNM: 1.5 bits, evenness 0.946, index 0.375.",
    key=("year",),
    columns={
        "year": ColumnNote("year of the first completed milestone; years without records are there too", "year"),
        "records": ColumnNote("records first completed in the year", "records"),
        "supports": ColumnNote("sources that support their completed milestones", "rows of evidence"),
        "partners": ColumnNote("partners of the focus actor in them", "actors"),
        "partner_entropy": ColumnNote("Shannon entropy over partners", "bits"),
        "partner_evenness": ColumnNote("that entropy divided by the greatest possible for so many partners", "share"),
        "partner_hhi": ColumnNote("Herfindahl-Hirschman index over partners; 1 is a single partner", "index"),
        "types": ColumnNote("record types in them", "types"),
        "type_entropy": ColumnNote("Shannon entropy over types", "bits"),
        "type_evenness": ColumnNote("that entropy divided by the greatest possible for so many types", "share"),
        "type_hhi": ColumnNote("Herfindahl-Hirschman index over types; 1 is a single type", "index"),
        "new_partners": ColumnNote("partners with their first completed record in the year", "actors"),
        "cumulative_partners": ColumnNote("partners with a completed record up to the year", "actors"),
    },
    compute=compute_breadth,
)
