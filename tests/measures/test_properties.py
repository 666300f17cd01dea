"""What must hold on any edition: counts are conserved, order means nothing, more reports are not more events."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.measures import MEASURES
from tests.editions import make_edition, milestone, record
from tests.measures.rows import rows_of

Row = dict[str, Any]

DATES = ("2012", "2012-03", "2013-Q1", "2013-03-31", "2014-04-01", "2014-12-31?", "2016-05")
STAGES = {
    "agreement": ("negotiating", "signed", "in_force", "ended"),
    "exercise": ("planned", "held", "cancelled"),
    "transfer": ("requested", "contracted", "delivered"),
}
PARTIES = ("JPN PHL", "JPN PHL USA", "JPN VNM", "AUS IDN JPN USA", "PHL USA", "JPN")


@st.composite
def records_drawn(draw: st.DrawFn) -> Row:
    kind = draw(st.sampled_from(sorted(STAGES)))
    steps = st.builds(milestone, st.sampled_from(STAGES[kind]), st.sampled_from(DATES), st.integers(0, 3))
    return record(kind, draw(st.sampled_from(PARTIES)), *draw(st.lists(steps, min_size=1, max_size=3)))


RECORDS = st.lists(records_drawn(), min_size=1, max_size=8)


def measured(records: list[Row], name: str) -> list[Row]:
    with TemporaryDirectory() as folder:
        return rows_of(name, make_edition(Path(folder), records))


@settings(max_examples=10, deadline=None)
@given(RECORDS)
def test_every_kind_of_period_counts_the_same_records(records: list[Row]) -> None:
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in measured(records, "activity"):
        counts[row["period_kind"], row["record_type"], row["partner_code"]] += row["records"]
    years = {key[1:]: count for key, count in counts.items() if key[0] == "year"}
    for kind in ("month", "quarter", "fiscal_year"):
        assert {key[1:]: count for key, count in counts.items() if key[0] == kind} == years
    stages_done = {"signed", "in_force", "held", "contracted", "delivered"}
    completed = sum(any(step["stage"] in stages_done for step in spec["milestones"]) for spec in records)
    assert sum(count for key, count in years.items() if key[1] == "all") == completed


WORLD = [
    record(
        "agreement", "JPN PHL", milestone("negotiating", "2012"), milestone("signed", "2013-Q1", 2), instrument="MOU"
    ),
    record("agreement", "JPN PHL", milestone("signed", "2016-07-08", 2), instrument="RAA"),
    record("agreement", "JPN VNM", milestone("signed", "2013-03-31"), instrument="MOU"),
    record("exercise", "JPN PHL USA", milestone("held", "2014-05", 3, exercise_level="field")),
    record("exercise", "JPN PHL USA", milestone("held", "2014-06-01", exercise_level="port_call")),
    record("exercise", "AUS JPN VNM", milestone("held", "2014", exercise_level="combined")),
    record("transfer", "JPN VNM", milestone("contracted", "2014-12-31?", 0), milestone("delivered", "2015", 4)),
    record("transfer", "JPN PHL", milestone("delivered", "2015-03-01", items=["radar"])),
]


def test_neither_ids_nor_the_order_of_records_mean_anything() -> None:
    named = [spec | {"record_id": f"X{place}"} for place, spec in enumerate(WORLD)]
    renamed = [spec | {"record_id": f"X{9 - place}"} for place, spec in enumerate(WORLD)]
    for name in MEASURES:
        assert measured(named, name) == measured(renamed, name)


def test_telling_everything_twice_doubles_supports_and_nothing_else() -> None:
    twice = [
        spec | {"milestones": [step | {"sources": step["sources"] * 2} for step in spec["milestones"]]}
        for spec in WORLD
    ]
    for name in ("activity", "timing", "ties", "balance", "breadth", "depth", "network"):
        doubled = [
            {column: 2 * value if column.endswith("supports") else value for column, value in row.items()}
            for row in measured(WORLD, name)
        ]
        assert measured(twice, name) == doubled
