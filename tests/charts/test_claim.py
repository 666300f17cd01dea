"""Every kind's table has a drawing of its own, at both widths, and other tables fall back to bars."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pactwatch.charts import chart_claim, chart_interval
from pactwatch.charts.claim import DRAWINGS, read_told
from pactwatch.charts.interval import number_format
from pactwatch.charts.render import specify
from pactwatch.claims.finding import Variant
from tests.charts.results import TABLES, Rows, draw_file, make_result

CASES = [(kind, table) for kind, tables in TABLES.items() for table in tables]


@pytest.mark.parametrize(("kind", "table"), CASES, ids=[kind for kind, _ in CASES])
def test_a_kind_draws_its_own_table(kind: str, table: Rows) -> None:
    """The drawing itself must not fail: ``chart_claim`` would hide that behind bars."""
    result = make_result(kind, table)
    for width in (680, 340):
        own = DRAWINGS[kind](result, ("A finding.", "n = 3"), width)
        assert own is not None
        assert specify(own)["width"] == width
        chart = chart_claim(result, "test-1", width)
        assert chart is not None
        assert [layer["mark"] for layer in specify(chart)["layer"]] == [
            layer["mark"] for layer in specify(own)["layer"]
        ]


def test_a_table_of_other_columns_becomes_bars() -> None:
    chart = chart_claim(make_result("cluster", [{"place": "Manila", "visits": 3}, {"place": "Cebu", "visits": 1}]))
    assert chart is not None
    svg = draw_file(chart)
    assert "Manila" in svg and "Cebu" in svg


def test_nothing_to_draw_is_no_chart() -> None:
    assert chart_claim(make_result(table=[])) is None
    assert chart_claim(make_result("exists", [{"only": "words"}])) is None
    assert chart_interval(make_result(estimate=None)) is None


def test_bars_start_at_zero() -> None:
    for kind in ("cluster", "share"):
        chart = chart_claim(make_result(kind))
        assert chart is not None
        text = str(specify(chart))
        assert "'zero': False" not in text


def test_the_interval_shows_every_mark_and_choice_with_a_number() -> None:
    chart = chart_interval(make_result(), "test-1")
    assert chart is not None
    svg = draw_file(chart)
    for words in ("as tested", "verified rows only", "every row by itself", "no effect", "smallest worth speaking of"):
        assert words in svg
    assert "nothing left" not in svg, "a choice without an estimate has no place on the scale"
    assert "edition test-1" in svg


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("8 July 2024", "2024-07-08"),
        ("July 2024", "2024-07"),
        ("third quarter of 2024", "2024-35"),
        ("2024", "2024"),
        ("2024 (inferred)", "2024"),
    ],
)
def test_dates_in_words_are_read_to_their_precision(words: str, edtf: str) -> None:
    assert read_told(words).edtf == edtf


@pytest.mark.parametrize("words", ["soon", "32 July", "July", "8 Smarch 2024"])
def test_other_words_are_no_dates(words: str) -> None:
    with pytest.raises(ValueError, match=r"date|day|list"):
        read_told(words)


def test_shares_are_told_in_percent() -> None:
    assert number_format(make_result(unit="change of the share")) == ".0%"
    assert number_format(make_result(unit="ratio of yearly growth factors")) == ".3~f"


COUNTED: dict[str, Any] = {
    "unit": "records",
    "estimate": 4.0,
    "interval": None,
    "no_effect": None,
    "smallest_effect": None,
    "detectable": None,
}


def count_again(*estimates: float | None) -> tuple[Variant, ...]:
    return tuple(
        Variant(choice=f"choice {place}", estimate=one, interval=None, p=None, n=4, agrees=True)
        for place, one in enumerate(estimates)
    )


def test_a_count_that_no_choice_changes_has_no_interval_chart() -> None:
    assert chart_interval(make_result("first", robustness=count_again(4.0, None), **COUNTED)) is None
    assert chart_interval(make_result("first", robustness=(), **COUNTED)) is None


def test_a_count_has_an_axis_of_whole_numbers() -> None:
    svg = draw_file(chart_interval(make_result("first", robustness=count_again(4.0, 1.0), **COUNTED)))
    assert {"1", "2", "3", "4"} <= set(re.findall(r">([\d.]+)</text>", svg))
    assert not re.search(r">\d+\.\d+</text>", svg)


def test_no_line_goes_through_a_name_on_a_phone() -> None:
    chart = chart_interval(make_result(), "test-1", 340)
    assert chart is not None
    drawn = specify(chart)["datasets"]
    names = [row["name_y"] for row in [*drawn["own"], *drawn["others"]]]
    assert len(names) == 6
    for line in drawn["lines"]:
        assert not [name for name in names if line["top"] < name + 7 and name - 7 < line["bottom"]]
    assert {line["value"] for line in drawn["lines"]} == {0.25, 0.34, 0.35}


def test_numbers_at_lines_stand_away_from_the_line_of_no_effect() -> None:
    chart = chart_interval(make_result(unit="index", no_effect=0.0, smallest_effect=-0.05, detectable=-0.06419))
    marks = specify(chart)["datasets"]["marks"] if chart else []
    assert [(mark["value"], mark["side"]) for mark in marks] == [(0.0, "right"), (-0.05, "left"), (-0.06419, "left")]
    svg = draw_file(chart)
    assert "\u22120.064<" in svg, "words keep their decimals when coordinates are rounded"
