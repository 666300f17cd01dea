"""Milestones on a line of time: none hides another, and a month is as wide as a month."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.charts.lanes import LANE, pack_lanes
from pactwatch.charts.render import specify
from pactwatch.charts.timeline import chart_timeline

FIRST = date(2020, 1, 1)


def one(earliest: date, latest: date | None = None, kind: str = "exercise", is_firm: bool = True) -> dict[str, Any]:
    return {"kind": kind, "earliest": earliest, "latest": latest or earliest, "is_firm": is_firm, "told": "x"}


def test_two_of_one_day_take_two_lanes_and_rows_do_not_meet() -> None:
    day = date(2020, 6, 1)
    packed = pack_lanes([one(day), one(day), one(day, kind="training")], ["exercise", "training"], FIRST, 1.0)
    assert [mark["y"] for mark in packed.marks] == [0, LANE, 2 * LANE + 1.4 * LANE]
    assert packed.rows["exercise"] == (0, LANE)


def test_far_apart_share_a_lane() -> None:
    packed = pack_lanes([one(date(2020, 1, 1)), one(date(2020, 3, 1))], ["exercise"], FIRST, 1.0)
    assert {mark["y"] for mark in packed.marks} == {0}


def test_a_month_is_a_bar_and_a_day_a_dot() -> None:
    month = one(date(2024, 3, 1), date(2024, 3, 31), is_firm=False)
    chart = chart_timeline([month, one(date(2024, 5, 3))], ("Two.", ""), ["exercise"])
    rows = specify(chart)["datasets"]
    assert [(bar["x"], bar["x2"]) for bar in rows["bars"]] == [("2024-03-01", "2024-03-31")]
    assert len(rows["dots"]) == 1
    assert rows["bars"][0]["fill"] != rows["dots"][0]["fill"], "doubtful ones are hollow"


days = st.integers(0, 3650).map(lambda number: date.fromordinal(FIRST.toordinal() + number))


@given(st.lists(st.tuples(days, st.integers(0, 60)), max_size=40), st.floats(0.02, 2))
def test_no_mark_hides_another(spans: list[tuple[date, int]], scale: float) -> None:
    milestones = [one(day, date.fromordinal(day.toordinal() + length)) for day, length in spans]
    packed = pack_lanes(milestones, ["exercise"], FIRST, scale)
    assert len(packed.marks) == len(milestones)
    by_lane: dict[float, list[tuple[float, float]]] = {}
    for mark in packed.marks:
        low, high = (date.fromisoformat(mark[end]).toordinal() * scale for end in ("x", "x2"))
        by_lane.setdefault(mark["y"], []).append((low, high))
    for own in by_lane.values():
        own.sort()
        assert all(later[0] > earlier[1] for earlier, later in itertools.pairwise(own))
