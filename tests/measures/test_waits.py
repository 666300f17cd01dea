"""Pathways, lag and perception by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pactwatch.measures.pathways import Span, estimate_median, gather_waits
from tests.editions import figure, held, make_edition, milestone, record, signed, source
from tests.measures.rows import row_of, rows_of


def test_the_kaplan_meier_median_allows_for_those_still_waiting() -> None:
    median, low, high = estimate_median([3, 5, 8], [10, 12])
    assert (median, low, high) == (8, 3, None)
    assert estimate_median([3, 5, 8], [])[0] == 5
    assert estimate_median([3], [10, 11]) == (None, 3, None)
    assert estimate_median([], [10]) == (None, None, None)


def test_where_dates_may_overlap_the_order_is_not_told() -> None:
    year = Span(date(2020, 1, 1), date(2020, 12, 31))
    july, later = Span(date(2020, 7, 8), date(2020, 7, 8)), Span(date(2021, 7, 8), date(2021, 7, 8))
    partners = [{"MOU": year, "RAA": july}, {"MOU": year, "RAA": later}, {"MOU": later, "RAA": july}, {"MOU": july}]
    waits = gather_waits(partners, "MOU", "RAA", date(2020, 8, 7))
    assert (waits.unordered, waits.reversed) == (1, 1)
    assert waits.followed == pytest.approx([(later.earliest - date(2020, 7, 1)).days / 30.4375], abs=0.05)
    assert waits.waiting == pytest.approx([30 / 30.4375])


def test_a_pathway_over_partners(tmp_path: Path) -> None:
    records = [
        record("agreement", "JPN PHL", signed("2012-01-01"), instrument="MOU"),
        record("agreement", "JPN PHL", signed("2015-01-01"), instrument="MOU"),
        record("agreement", "JPN PHL", milestone("negotiating", "2012-06-01"), signed("2013-01-01"), instrument="RAA"),
        record("agreement", "JPN VNM", signed("2014-01-01"), instrument="MOU"),
        record("agreement", "JPN VNM", milestone("negotiating", "2014-06-01"), instrument="RAA"),
        record("transfer", "JPN VNM", milestone("delivered", "2014-03-01"), instrument="OSA"),
        record("transfer", "JPN VNM", milestone("delivered", "2014-09-01"), instrument="ODA"),
    ]
    edition = make_edition(tmp_path, records, as_of="2016-01-01")
    found = {(row["earlier_step"], row["later_step"]): row for row in rows_of("pathways", edition)}
    assert set(found) == {("MOU", "RAA"), ("MOU", "OSA"), ("MOU", "transfer"), ("OSA", "transfer")}
    pathway = found["MOU", "RAA"]
    assert (pathway["followed_partners"], pathway["waiting_partners"]) == (1, 1)
    assert pathway["median_months"] == pytest.approx(12, abs=0.1)
    assert pathway["km_median_months"] == pathway["median_months"]


def test_lags_by_hand(tmp_path: Path) -> None:
    days = ("2024-07-06", "2024-07-08", "2024-07-09", "2024-07-13", "2024-07", "2024-07-20?", None)
    sources = [source(f"S{place}", day) for place, day in enumerate(days)]
    edition = make_edition(
        tmp_path, [record("agreement", "JPN PHL", signed("2024-07-08", [f"S{n}" for n in range(7)]))], sources
    )
    assert row_of("lag", edition, year=2024) == {
        "supports": 4,
        "undated_supports": 3,
        "records": 1,
        "first_quartile_days": -0.5,
        "median_days": 0.5,
        "third_quartile_days": 2,
        "before_share": 0.25,
        "first_report_median_days": -2,
    }


def test_a_lag_needs_a_completed_milestone_and_a_sure_day(tmp_path: Path) -> None:
    steps = [held("2024-07"), held("2024-07-08?"), milestone("planned", "2024-07-08"), held("2024-07-08", 1)]
    sources = [source("S1", "2024-07-09")]
    records = [record("exercise", "JPN PHL", step | {"sources": ["S1"]}) for step in steps]
    row = row_of("lag", make_edition(tmp_path, records, sources), year=2024)
    assert (row["supports"], row["undated_supports"], row["median_days"]) == (1, 2, 1)


def test_a_change_stays_within_its_series(tmp_path: Path) -> None:
    figures = [
        figure("trust", 2019, 60.0),
        figure("trust", 2020, None),
        figure("trust", 2021, 52.0),
        figure("trust-restated", 2020, 40.0, basis="restated"),
    ]
    rows = rows_of("perception", make_edition(tmp_path, perceptions=reversed(figures)))
    assert [(row["series_id"], row["survey_year"], row["previous_year"], row["change"]) for row in rows] == [
        ("trust", 2019, None, None),
        ("trust", 2021, 2019, -8),
        ("trust-restated", 2020, None, None),
    ]
    assert [row["figures"] for row in rows] == [2, 2, 1]
