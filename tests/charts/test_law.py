"""The law's charts say what their rows say."""

from __future__ import annotations

from datetime import date
from typing import Any

from pactwatch.charts.law import chart_basket, chart_cases, chart_history
from pactwatch.charts.render import render_svg, specify

PERIODS = [
    {"first": date(1947, 1, 1), "last": date(2014, 3, 31), "outcome": "denied", "why": "an older rule"},
    {"first": date(2014, 4, 1), "last": date(2026, 7, 3), "outcome": "conditional", "why": "a newer <rule>"},
]
BASKET = [
    {"date": "1976-02-27", "allowed": 1, "conditional": 0, "denied": 3, "unknown": 0},
    {"date": "2014-04-01", "allowed": 2, "conditional": 1, "denied": 1, "unknown": 0},
]


def rows(chart: Any, name: str = "rows") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = specify(chart)["datasets"][name]
    return found


def test_a_history_has_a_bar_for_each_period_and_a_row_for_each_outcome() -> None:
    chart = chart_history(PERIODS, ("title", "subtitle"))
    bars = rows(chart)
    assert [(one["x"], one["x2"], one["label"]) for one in bars] == [
        ("1947-01-01", "2014-04-01", "◆ denied"),
        ("2014-04-01", "2026-07-04", "◐ conditional"),
    ]
    assert "newer &lt;rule" in render_svg(chart)


def test_a_basket_is_drawn_to_its_whole_and_ends_with_its_last_count() -> None:
    for width in (680, 340):
        chart = chart_basket(BASKET, ("title", "subtitle"), width)
        assert [(one["allowed"], one["both"]) for one in rows(chart)] == [(1, 1), (2, 3)]
        assert rows(chart, "labels")[-1]["allowed"] == 2
        assert render_svg(chart).startswith("<svg")


def test_cases_show_both_outcomes_by_word_and_shape() -> None:
    chart = chart_cases([{"case": "own-warship", "then": "denied", "now": "allowed"}], ("t", "s"), ("then", "now"))
    assert [one["told"] for one in rows(chart)] == ["◆ denied", "● allowed"]
