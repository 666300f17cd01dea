"""Lag: how many days after an event its reports are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.edition import Edition
from pactwatch.measures.shape import ColumnNote, Measure
from pactwatch.model.codes import Precision

if TYPE_CHECKING:
    import ibis

DAY_LENGTH = len("2024-07-08")
"""An EDTF text of this length is a day without a mark of doubt."""


def list_reports(milestones: ibis.Table, supports: ibis.Table, sources: ibis.Table) -> ibis.Table:
    """One row per supporting source of a completed milestone: ``record_id milestone_id year lag_days``.

    ``lag_days`` runs from the milestone's day to the source's; it is missing unless both are told to the day without
    doubt.

    Example: signed on 2024-07-08, page of 2024-07-09: 1; page of 2024-07: missing.
    """
    import ibis

    done = milestones.filter(milestones.is_done)
    is_sure = (done.date_precision == Precision.DAY.value) & (done.date_edtf.length() == DAY_LENGTH)
    done = done.select(
        "record_id",
        "milestone_id",
        year=done.earliest_date.year().cast("int64"),
        day=is_sure.ifelse(done.latest_date, ibis.null("date")),
    )
    is_day = sources.published_edtf.length() == DAY_LENGTH
    published = is_day.ifelse(sources.published_edtf, ibis.null("string")).cast("date")
    dated = sources.select("source_id", published=published)
    reports = done.join(
        supports.filter(supports.relation == "supports").select("milestone_id", "source_id"), "milestone_id"
    )
    reports = reports.left_join(dated, "source_id")
    lag = reports.published.delta(reports.day, unit="day")
    return reports.select("record_id", "milestone_id", "year", lag_days=lag.cast("int64"))


def summarise_lags(reports: ibis.Table) -> ibis.Table:
    """By year of the event: reports with a lag and without, records, quartiles of the lag, share published before the
    event.

    Example: lags -2, 0, 1, 5 days: median 0.5, quartiles -0.5 and 2, before_share 1/4.
    """
    lag = reports.lag_days
    summary = reports.group_by("year").aggregate(
        supports=lag.count(),
        undated_supports=lag.isnull().sum(),
        records=reports.record_id.nunique(where=lag.notnull()),
        first_quartile_days=lag.quantile(0.25).cast("float64"),
        median_days=lag.median().cast("float64"),
        third_quartile_days=lag.quantile(0.75).cast("float64"),
        before=(lag < 0).sum().fill_null(0),
    )
    return summary.mutate(before_share=summary.before / summary.supports.nullif(0)).drop("before")


def summarise_first_reports(reports: ibis.Table) -> ibis.Table:
    """By year, the median lag of each milestone's earliest report.

    Example: one milestone reported after 1 and 400 days, another after 3: median 2.
    """
    first = reports.group_by("milestone_id", "year").aggregate(lag_days=reports.lag_days.min())
    return first.group_by("year").aggregate(first_report_median_days=first.lag_days.median().cast("float64"))


def compute_lag(edition: Edition) -> ibis.Table:
    """The measure on an edition; columns as :data:`LAG` tells."""
    reports = list_reports(edition.table("milestones"), edition.table("supports"), edition.table("sources"))
    return summarise_lags(reports).join(summarise_first_reports(reports), "year")


LAG = Measure(
    name="lag",
    title="Reporting lag",
    definition="Days from the day of a completed milestone to the day a source that supports it was published, "
    "where both are told to the day.",
    unit="days",
    source="Reporting delay as in surveillance statistics: Lawless, 'Adjustments for reporting delays and the "
    "prediction of occurred but not reported events', Canadian Journal of Statistics 22 (1994).",
    cannot_show="The lag of what was never found, or of pages whose day is not told; recent years look fast "
    "because late reports are still to come. A page telling of an old event in passing has a long "
    "lag; first_report_median_days takes each milestone's earliest page alone. Before the event "
    "means a preview, or a date read differently.",
    example="A signing of 8 July 2024 told on pages of 7, 8, 9 and 13 July: lags -1, 0, 1 and 5 days, median "
    "0.5, a quarter before the event.",
    key=("year",),
    columns={
        "year": ColumnNote("year of the event", "year"),
        "supports": ColumnNote("supporting sources with a lag", "rows of evidence"),
        "undated_supports": ColumnNote(
            "supporting sources without one: a day is missing or doubtful", "rows of evidence"
        ),
        "records": ColumnNote("records with at least one lag", "records"),
        "first_quartile_days": ColumnNote("a quarter of the lags are at most this", "days"),
        "median_days": ColumnNote("median lag", "days"),
        "third_quartile_days": ColumnNote("three quarters of the lags are at most this", "days"),
        "before_share": ColumnNote("share of sources published before the event", "share"),
        "first_report_median_days": ColumnNote("median over milestones of the lag of the earliest source", "days"),
    },
    compute=compute_lag,
)
