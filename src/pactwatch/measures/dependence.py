"""Dependence: how much of a state's arms imports comes from few suppliers, by spans of five years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.shape import ColumnNote, Measure

if TYPE_CHECKING:
    import ibis

SPAN = 5
"""Years of a span: deliveries fluctuate, and SIPRI compares spans of five years for that reason."""

NEEDS = ("sipri-register",)

HOW_SURE = {
    "estimate_share": ColumnNote("share of the volume that is marked uncertain or split here", "share"),
    "split_share": ColumnNote("share of the volume that is split evenly over years here", "share"),
}
"""The columns by which every measure of volumes says how sure they are."""


def list_deliveries(edition: Edition) -> ibis.Table:
    """Deliveries of the register: ``supplier recipient year tiv is_estimate is_split``.

    ``supplier`` and ``recipient`` are actor codes, or the register's own name where there is none (armed groups,
    unknown suppliers), so that nobody's deliveries are dropped. The year in which the register was made is left out:
    it was not over.
    """
    from pactwatch.datasets import open_library

    library = open_library(edition)
    rows = library.table("sipri-register", "arms_deliveries")
    made = library.used("sipri-register")[0].details["vintage"][:4]
    rows = rows.filter(rows.delivery_year < int(made)) if made.isdecimal() else rows
    return rows.select(
        supplier=rows.supplier_code.coalesce(rows.supplier_name),
        recipient=rows.recipient_code.coalesce(rows.recipient_name),
        year=rows.delivery_year,
        tiv=rows.tiv_delivered.fill_null(0.0),
        is_estimate=rows.is_estimate.fill_null(False),
        is_split=rows.is_split,
    )


def place_in_spans(deliveries: ibis.Table) -> ibis.Table:
    """Deliveries with the first and last year of their span; the last span ends with the last year of any delivery. A
    span that begins before the first delivery of all is not whole and is left out.

    Example: with 2023 as the last year, 2019 and 2023 lie in 2019-2023, 2018 in 2014-2018; with 1990 as the first, 1992
    in no span, since 1989-1993 is not whole.
    """
    first, last = deliveries.year.min().as_scalar(), deliveries.year.max().as_scalar()
    end = (last - ((last - deliveries.year) // SPAN) * SPAN).cast("int64")
    placed = deliveries.mutate(last_year=end, first_year=end - (SPAN - 1))
    return placed.filter(placed.first_year >= first)


def sum_suppliers(placed: ibis.Table) -> ibis.Table:
    """Volume and share of each supplier in a recipient's imports of a span; spans without volume have no rows."""
    by = ("recipient", "first_year", "last_year")
    sums = placed.group_by(*by, "supplier").aggregate(
        tiv=placed.tiv.sum(),
        estimated=placed.tiv.sum(where=placed.is_estimate).fill_null(0.0),
        split=placed.tiv.sum(where=placed.is_split).fill_null(0.0),
    )
    total = sums.tiv.sum().over(group_by=[sums.recipient, sums.last_year])
    return sums.mutate(share=sums.tiv / total.nullif(0)).filter(total > 0)


def concentrate(sums: ibis.Table, focus: str) -> ibis.Table:
    """Herfindahl-Hirschman index, number and largest of the suppliers by recipient and span.

    With s the share of a supplier: index = sum s ** 2, 1 for a single supplier, 1/n for n equal ones (Hirschman 1945;
    Herfindahl 1950).

    Example: shares 1/2, 1/4, 1/4 give 0.375 and a largest supplier with 1/2.
    """
    top = sums.share.max().over(group_by=[sums.recipient, sums.last_year])
    marked = sums.mutate(is_top=sums.share == top)
    grouped = marked.group_by("recipient", "first_year", "last_year").aggregate(
        tiv=marked.tiv.sum(),
        suppliers=(marked.tiv > 0).sum().cast("int64"),
        hhi=(marked.share**2).sum(),
        top_supplier=marked.supplier.min(where=marked.is_top),
        top_share=marked.share.max(),
        focus_share=marked.share.sum(where=marked.supplier == focus).fill_null(0.0),
        estimated=marked.estimated.sum(),
        split=marked.split.sum(),
    )
    return grouped.mutate(estimate_share=grouped.estimated / grouped.tiv, split_share=grouped.split / grouped.tiv)


def compute_dependence(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`DEPENDENCE` tells."""
    found = concentrate(_sums_of(edition), edition.settings.focus)
    return found.rename(recipient_code="recipient", top_supplier_code="top_supplier")


def compute_suppliers(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`SUPPLIERS` tells."""
    sums = _sums_of(edition)
    told = sums.filter(sums.tiv > 0)
    told = told.mutate(estimate_share=told.estimated / told.tiv, split_share=told.split / told.tiv)
    return told.rename(recipient_code="recipient", supplier_code="supplier")


def _sums_of(edition: Edition) -> ibis.Table:
    """Suppliers' sums for the recipients of the casebook."""
    settings = edition.settings
    actors = [settings.focus, *settings.partners, *settings.baseline]
    placed = place_in_spans(list_deliveries(edition))
    return sum_suppliers(placed.filter(placed.recipient.isin(actors)))


_SOURCE = (
    "Hirschman, National Power and the Structure of Foreign Trade (1945); Herfindahl, Concentration in the Steel "
    "Industry (1950); spans of five years as in SIPRI's Trends in International Arms Transfers. Data: SIPRI Arms "
    "Transfers Database, trade register, as imported."
)
_CANNOT = (
    "Money or military worth: the trend-indicator value is a volume. Small arms, most services and what a state makes "
    "itself are not in the register. A register with one row per order has its deliveries split evenly over years here "
    "(split_share tells how much); SIPRI marks much as uncertain (estimate_share)."
)

DEPENDENCE = Measure(
    name="dependence",
    title="Dependence on arms suppliers",
    definition="Volume of arms imports by recipient of the casebook and span of five years, with the concentration of "
    "its suppliers (Herfindahl-Hirschman index), the largest supplier's share and the focus actor's.",
    unit="million TIV; index from 0 to 1; shares",
    source=_SOURCE,
    cannot_show=_CANNOT,
    example="A state that takes 50, 25 and 25 million TIV from three suppliers has an index of 0.375 and a largest "
    "supplier with half.",
    key=("recipient_code", "last_year"),
    columns={
        "recipient_code": ColumnNote("who receives: the casebook's focus, partners and baseline", "code"),
        "first_year": ColumnNote("first year of the span", "year"),
        "last_year": ColumnNote("last year of the span", "year"),
        "tiv": ColumnNote("volume delivered", "million TIV"),
        "suppliers": ColumnNote("suppliers with a volume; unknown suppliers count as one", "suppliers"),
        "hhi": ColumnNote("Herfindahl-Hirschman index of the suppliers' shares", "index 0-1"),
        "top_supplier_code": ColumnNote("largest supplier, or its name in the register", "code"),
        "top_share": ColumnNote("the largest supplier's share", "share"),
        "focus_share": ColumnNote("the focus actor's share", "share"),
        **HOW_SURE,
    },
    compute=compute_dependence,
    needs=NEEDS,
    types={
        "recipient_code": "string",
        "first_year": "int64",
        "last_year": "int64",
        "tiv": "float64",
        "suppliers": "int64",
        "hhi": "float64",
        "top_supplier_code": "string",
        "top_share": "float64",
        "focus_share": "float64",
        "estimate_share": "float64",
        "split_share": "float64",
    },
)

SUPPLIERS = Measure(
    name="suppliers",
    title="Arms suppliers by recipient",
    definition="Each supplier's volume and share in a casebook recipient's arms imports, by spans of five years.",
    unit="million TIV; share",
    source=_SOURCE,
    cannot_show=_CANNOT,
    example="Of 1,410 million TIV to one recipient, 519 from one supplier are a share of 0.368.",
    key=("recipient_code", "last_year", "supplier_code"),
    columns={
        "recipient_code": ColumnNote("who receives", "code"),
        "first_year": ColumnNote("first year of the span", "year"),
        "last_year": ColumnNote("last year of the span", "year"),
        "supplier_code": ColumnNote("who supplies, or its name in the register where it has no code", "code"),
        "tiv": ColumnNote("volume delivered", "million TIV"),
        "share": ColumnNote("share in the recipient's imports of the span", "share"),
        **HOW_SURE,
    },
    compute=compute_suppliers,
    needs=NEEDS,
    types={
        "recipient_code": "string",
        "first_year": "int64",
        "last_year": "int64",
        "supplier_code": "string",
        "tiv": "float64",
        "share": "float64",
        "estimate_share": "float64",
        "split_share": "float64",
    },
)
