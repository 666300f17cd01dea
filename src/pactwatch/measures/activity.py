"""Activity: how many records were completed in each month, quarter, year and fiscal year, by type and partner."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.completed import add_all, list_completed, list_partners
from pactwatch.measures.shape import ColumnNote, Measure

if TYPE_CHECKING:
    import ibis


def name_month(day: ibis.Value) -> ibis.Value:
    """``2024-03``."""
    return day.year().cast("string") + "-" + day.month().cast("string").lpad(2, "0")


def name_quarter(day: ibis.Value) -> ibis.Value:
    """``2024-Q1``."""
    return day.year().cast("string") + "-Q" + ((day.month() + 2) // 3).cast("string")


def name_year(day: ibis.Value) -> ibis.Value:
    """``2024``."""
    return day.year().cast("string")


def name_fiscal_year(day: ibis.Value, start_month: int) -> ibis.Value:
    """``FY2023`` for a day in the fiscal year that began in 2023.

    Example: with Japan's start in month 4, 31 March 2024 is in FY2023 and 1 April 2024 in FY2024.
    """
    import ibis

    return "FY" + (day.year() - ibis.ifelse(day.month() < start_month, 1, 0)).cast("string")


def place_in_periods(records: ibis.Table, fiscal_year_start: int) -> ibis.Table:
    """One row per record and kind of period, with ``period_kind``, ``period`` and ``is_undated``.

    A record belongs to a period when all days its date may be lie in it. Where they don't, the date is not told to
    that kind of period: the row is undated and its period is the calendar year.

    Example: a record dated 2024-05 is in month 2024-05, quarter 2024-Q2, year 2024 and FY2024; one dated 2024 is in
    the year 2024 and undated for the other three.
    """
    import ibis

    kinds: dict[str, Callable[[ibis.Value], ibis.Value]] = {
        "month": name_month,
        "quarter": name_quarter,
        "year": name_year,
        "fiscal_year": lambda day: name_fiscal_year(day, fiscal_year_start),
    }
    placed = []
    for kind, name in kinds.items():
        first, last = name(records.earliest_date), name(records.latest_date)
        period = ibis.ifelse(first == last, first, name_year(records.earliest_date))
        placed.append(records.mutate(period_kind=ibis.literal(kind), period=period, is_undated=first != last))
    return ibis.union(*placed)


def count_by_period(placed: ibis.Table) -> ibis.Table:
    """Records and supports in each period, by type and partner.

    Example: two exercises with PHL in 2024-05, on one source and on three, give records 2 and supports 4.
    """
    return placed.group_by("period_kind", "period", "is_undated", "record_type", "partner_code").aggregate(
        records=placed.count(), supports=placed.supports.sum().cast("int64")
    )


def compute_activity(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`ACTIVITY` tells."""
    settings = edition.settings
    records = list_completed(edition)
    by_partner = add_all(list_partners(records, edition.table("parties"), settings.focus), records, "partner_code")
    return count_by_period(place_in_periods(by_partner, settings.fiscal_year_start))


ACTIVITY = Measure(
    name="activity",
    title="Activity",
    definition="Records by the period of their first completed milestone, by type and by partner of the focus actor.",
    unit="records; rows of evidence",
    source="Counting events and reports apart follows the event-data literature (Schrodt and Gerner, Analyzing "
    "International Event Data, 2000; Weidmann, 'On the Accuracy of Media-based Conflict Event Data', "
    "Journal of Conflict Resolution 59, 2015).",
    cannot_show="Growth in what was done apart from growth in what was reported; recent months are incomplete. A "
    "record whose date is not told to the month stands in no month: it is in the rows marked "
    "is_undated. Periods without a record have no row. A record with several partners counts for "
    "each of them and once for 'all'.",
    example="An agreement of JPN and PHL signed on 8 July 2024 on two sources: one record and two supports in "
    "2024-07, 2024-Q3, 2024 and FY2024, for PHL and for 'all'.",
    key=("period_kind", "period", "is_undated", "record_type", "partner_code"),
    columns={
        "period_kind": ColumnNote("month, quarter, year or fiscal_year", "code"),
        "period": ColumnNote("the period, such as 2024-03, 2024-Q1, 2024, FY2024; the year where undated", "label"),
        "is_undated": ColumnNote("whether the dates are not told to this kind of period", "boolean"),
        "record_type": ColumnNote("type of the records; each record has one", "code"),
        "partner_code": ColumnNote(
            "partner of the focus actor, or all: every record once, with or without partner", "code"
        ),
        "records": ColumnNote("records first completed in the period", "records"),
        "supports": ColumnNote("sources that support their completed milestones, of any date", "rows of evidence"),
    },
    compute=compute_activity,
)
