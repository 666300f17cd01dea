"""Activity, timing and coverage by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pactwatch.claims.evidence import gather_evidence
from pactwatch.claims.question import Selection
from pactwatch.measures.timing import share_days_by_month
from pactwatch.model.codes import DONE_STAGES, STAGES, Stage
from tests.editions import Row, held, make_edition, milestone, record, signed, source
from tests.measures.rows import row_of, rows_of


def test_a_record_counts_once_at_its_first_completed_milestone(tmp_path: Path) -> None:
    steps = (milestone("negotiating", "2023-11", 5), signed("2024-03-31", 2), milestone("in_force", "2025-09", 1))
    steps[1]["conflicts"] = 3
    edition = make_edition(tmp_path, [record("agreement", "JPN PHL", *steps)])
    found = {(row["period_kind"], row["period"]): row for row in rows_of("activity", edition, partner_code="PHL")}
    assert set(found) == {("month", "2024-03"), ("quarter", "2024-Q1"), ("year", "2024"), ("fiscal_year", "FY2023")}
    assert {(row["records"], row["supports"]) for row in found.values()} == {(1, 3)}


@pytest.mark.parametrize(
    ("steps", "first"),
    [
        (
            (milestone("in_force", "2021"), signed("2021-09-11")),
            "2021-09",
        ),  # the year begins earlier, the stage is later
        ((milestone("approved", "2021"), milestone("approved", "2021-09-11")), "2021-09"),  # the more precise
        ((milestone("approved", "2022-05-01"), signed("2023-01-10")), "2022-05"),  # dates that are clear decide
    ],
)
def test_a_vague_date_of_a_later_stage_does_not_come_first(tmp_path: Path, steps: tuple[Row, Row], first: str) -> None:
    edition = make_edition(tmp_path, [record("agreement", "JPN VNM", *steps)])
    (row,) = rows_of("activity", edition, period_kind="month", partner_code="VNM")
    assert row["period"] == first
    ((earliest, record_id),) = gather_evidence(edition).select(Selection())[["earliest", "record_id"]].to_numpy()
    assert f"{earliest:%Y-%m}" == first and record_id


def test_stages_are_listed_in_an_order_that_fits_every_type() -> None:
    listed = list(Stage)
    for stages in STAGES.values():
        done = [listed.index(stage) for stage in stages if stage in DONE_STAGES]
        assert done == sorted(done)


def test_a_multilateral_record_counts_for_each_partner_and_once_for_all(tmp_path: Path) -> None:
    edition = make_edition(tmp_path, [record("exercise", "JPN PHL USA", held("2024-05-03", 2))])
    months = rows_of("activity", edition, period_kind="month")
    assert [(row["partner_code"], row["records"], row["supports"]) for row in months] == [
        ("PHL", 1, 2),
        ("USA", 1, 2),
        ("all", 1, 2),
    ]


def test_a_record_without_the_focus_actor_counts_only_for_all(tmp_path: Path) -> None:
    edition = make_edition(tmp_path, [record("exercise", "PHL USA", held("2024-05-03"))])
    assert [row["partner_code"] for row in rows_of("activity", edition, period_kind="month")] == ["all"]


def test_a_date_is_placed_only_in_periods_it_is_told_to(tmp_path: Path) -> None:
    records = [record("dialogue", "JPN PHL", held(told)) for told in ("2024", "2024-Q1", "2024-12", "2024-04-01?")]
    edition = make_edition(tmp_path, records)
    placed = rows_of("activity", edition, partner_code="all")
    assert [(row["period_kind"], row["period"], row["is_undated"], row["records"]) for row in placed] == [
        ("fiscal_year", "2024", True, 1),
        ("fiscal_year", "FY2023", False, 1),
        ("fiscal_year", "FY2024", False, 2),
        ("month", "2024", True, 2),
        ("month", "2024-04", False, 1),
        ("month", "2024-12", False, 1),
        ("quarter", "2024", True, 1),
        ("quarter", "2024-Q1", False, 1),
        ("quarter", "2024-Q2", False, 1),
        ("quarter", "2024-Q4", False, 1),
        ("year", "2024", False, 4),
    ]


@pytest.mark.parametrize(("start", "expected"), [(1, "FY2024"), (3, "FY2024"), (4, "FY2023"), (10, "FY2023")])
def test_a_fiscal_year_is_named_by_the_year_it_starts_in(tmp_path: Path, start: int, expected: str) -> None:
    edition = make_edition(tmp_path, [record("dialogue", "JPN PHL", held("2024-03-31"))], fiscal_year_start=start)
    assert {row["period"] for row in rows_of("activity", edition, period_kind="fiscal_year")} == {expected}


def test_timing_sets_the_observed_beside_the_expected(tmp_path: Path) -> None:
    days = ("2023-03-01", "2023-03", "2022-03-31", "2023-07-01", "2023", "2023-Q3")
    edition = make_edition(
        tmp_path, [record("agreement", "JPN PHL", signed(day, 2)) for day in days], as_of="2023-12-31"
    )
    rows = rows_of("timing", edition, record_type="agreement")
    assert [row["month"] for row in rows] == list(range(1, 13))
    assert rows[2] == {
        "record_type": "agreement",
        "month": 3,
        "records": 3,
        "record_share": 0.75,
        "expected_share": pytest.approx(62 / 730),
        "supports": 6,
    }
    assert rows[1]["records"] == 0
    assert rows[1]["expected_share"] == pytest.approx(56 / 730)
    assert {row["record_type"] for row in rows_of("timing", edition)} == {"agreement", "all"}


def test_days_of_a_span_share_out_over_months() -> None:
    shares = share_days_by_month(date(2024, 1, 1), date(2024, 3, 10))
    assert shares == pytest.approx([31 / 70, 29 / 70, 10 / 70, *[0] * 9])


def test_coverage_by_publisher_and_for_all(tmp_path: Path) -> None:
    sources = [source("A", publisher="Gazette"), source("B", publisher="Herald"), source("C", publisher="Herald")]
    records = [
        record("agreement", "JPN PHL", signed("2024-07-08", ["A", "B"]), milestone("in_force", "2025", ["C"])),
        record("exercise", "JPN PHL", milestone("planned", "2024-09", ["B", "B"], is_verified=False)),
        record("exercise", "JPN PHL", held("2024-10", 0, is_verified=False)),
    ]
    edition = make_edition(tmp_path, records, sources)
    assert row_of("coverage", edition, year=2024, publisher="all") == {
        "milestones": 3,
        "records": 3,
        "supports": 4,
        "sources": 2,
        "publishers": 2,
        "verified_share": pytest.approx(1 / 3),
        "single_source_share": pytest.approx(1 / 3),
    }
    assert row_of("coverage", edition, year=2024, publisher="Herald") == {
        "milestones": 2,
        "records": 2,
        "supports": 3,
        "sources": 1,
        "publishers": 1,
        "verified_share": 0.5,
        "single_source_share": 0.5,
    }
    assert row_of("coverage", edition, year=2025, publisher="Herald")["single_source_share"] == 1
