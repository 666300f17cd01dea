"""Timing: in which calendar months records are completed, beside what month lengths alone would give."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.completed import add_all, list_completed
from pactwatch.measures.shape import ColumnNote, Measure, make_table

if TYPE_CHECKING:
    import ibis


def keep_month_known(records: ibis.Table) -> ibis.Table:
    """Records whose month is told, with ``month`` from 1 to 12.

    Example: 2024-03-08 and 2024-03 stay with month 3; the first quarter of 2024 and 2024 go.
    """
    first, last = records.earliest_date, records.latest_date
    is_told = (first.year() == last.year()) & (first.month() == last.month())
    return records.mutate(month=first.month().cast("int64")).filter(is_told)


def share_days_by_month(first_day: date, last_day: date) -> list[float]:
    """Share of the days from first to last, both included, that lie in each of the twelve months.

    Example: over 2023, a year of 365 days, January has 31/365 and February 28/365.
    """
    days = [0] * 12
    for offset in range((last_day - first_day).days + 1):
        days[(first_day + timedelta(days=offset)).month - 1] += 1
    return [count / sum(days) for count in days]


def count_by_month(records: ibis.Table, expected: list[float]) -> ibis.Table:
    """Records and supports by type and calendar month, all twelve months of each type, with the shares observed and
    expected.

    Example: of four agreements, three in March: records 3, record_share 0.75, expected_share about 31/365.
    """
    rows = [{"month": month, "expected_share": share} for month, share in enumerate(expected, start=1)]
    months = make_table(rows, {"month": "int64", "expected_share": "float64"})
    grid = records.select("record_type").distinct().cross_join(months)
    counted = records.group_by("record_type", "month").aggregate(
        records=records.count(), supports=records.supports.sum()
    )
    filled = grid.left_join(counted, ["record_type", "month"]).select(
        "record_type",
        "month",
        "expected_share",
        records=counted.records.fill_null(0),
        supports=counted.supports.fill_null(0).cast("int64"),
    )
    total = filled.records.sum().over(group_by=filled.record_type)
    return filled.mutate(record_share=filled.records / total.nullif(0))


def compute_timing(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`TIMING` tells."""
    known = keep_month_known(list_completed(edition))
    span = known.aggregate(first=known.earliest_date.min(), last=known.latest_date.max()).to_pyarrow().to_pylist()[0]
    as_of = date.fromisoformat(edition.settings.as_of)
    if span["first"] is None:
        expected = [1 / 12] * 12  # no record has a month, so there is no span, and no row to set a share beside
    else:
        expected = share_days_by_month(date(span["first"].year, 1, 1), max(as_of, span["last"]))
    return count_by_month(add_all(known, known, "record_type"), expected)


TIMING = Measure(
    name="timing",
    title="Timing within the year",
    definition="Distribution over the calendar months of records at their first completed milestone, where the "
    "month is told.",
    unit="share of records",
    source="Observed beside expected counts by month as in Edwards, 'The recognition and estimation of cyclic trends', "
    "Annals of Human Genetics 25 (1961); expecting by month length is ours.",
    cannot_show="Why a month is full; whether the difference is more than chance (the claims test that); "
    "anything of records dated only to a quarter or year. The expected share supposes an even rate "
    "over the span, from 1 January of the first record's year to the day up to which records were "
    "gathered.",
    example="Four agreements, three of them in March: March has record_share 0.75 against an expected_share of "
    "about 0.085.",
    key=("record_type", "month"),
    columns={
        "record_type": ColumnNote("type of the records, or all", "code"),
        "month": ColumnNote("calendar month, 1 is January", "month"),
        "records": ColumnNote("records first completed in this month of any year", "records"),
        "record_share": ColumnNote("their share of the type's records with a month told", "share"),
        "expected_share": ColumnNote("share of the days of the covered span that lie in the month", "share"),
        "supports": ColumnNote("sources that support their completed milestones", "rows of evidence"),
    },
    compute=compute_timing,
)
