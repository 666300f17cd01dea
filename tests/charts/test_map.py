"""The map: capitals where their coordinates say, far ones at the edge, lines as thick as ties are strong."""

from __future__ import annotations

from typing import Any

import pytest

from pactwatch.charts.geography import Place, Window, find_window
from pactwatch.charts.map import THICKEST, chart_map
from pactwatch.charts.render import render_svg

TOKYO = Place("JPN", "Japan", 35.7, 139.7, 0.0, "focus", "Japan", "Japan", "partners/index.html")
MANILA = Place(
    "PHL", "Philippines", 14.6, 121.0, 8.0, "partner", "Philippines 1", "Philippines: 8", "partners/PHL.html"
)
HANOI = Place("VNM", "Vietnam", 21.0, 105.9, 2.0, "partner", "Vietnam 2", "Vietnam: 2", "partners/VNM.html")
LONDON = Place("GBR", "United Kingdom", 51.5, -0.1, 1.0, "baseline", "United Kingdom 3", "UK: 1", "partners/GBR.html")


def rows_of(places: list[Place], name: str = "rows") -> dict[str, dict[str, Any]]:
    chart = chart_map(places, ("Title", "Subtitle"))
    return {
        row["label"].rpartition(" ")[0] or row["label"]: row for row in chart.to_dict(validate=False)["datasets"][name]
    }


def test_capitals_stand_at_their_coordinates_and_far_ones_hollow_at_the_edge() -> None:
    rows = rows_of([TOKYO, MANILA, HANOI, LONDON])
    assert (rows["Philippines"]["x"], rows["Philippines"]["y"]) == (121.0, 14.6)
    window = find_window([TOKYO, MANILA, HANOI, LONDON])
    london = rows["United Kingdom"]
    assert window.west <= london["x"] < rows["Vietnam"]["x"], "what lies west stands at the western edge"
    assert london["fill"] != london["colour"], "a place outside the map is an open ring"


def test_lines_are_as_thick_as_ties_are_strong() -> None:
    ties = rows_of([TOKYO, MANILA, HANOI, LONDON], "ties")
    assert ties["Philippines"]["weight"] == THICKEST
    assert ties["Vietnam"]["weight"] == pytest.approx(THICKEST / 4)
    assert "Japan" not in ties, "the focus actor has no line to itself"


def test_a_map_may_cross_the_date_line() -> None:
    fiji = Place("FJI", "Fiji", -18.1, 178.4, 1.0, "partner", "Fiji 1", "Fiji", "f.html")
    tonga = Place("TON", "Tonga", -21.1, -175.2, 1.0, "partner", "Tonga 2", "Tonga", "t.html")
    window = find_window([fiji, tonga])
    assert window.east - window.west < 40
    assert window.hold(tonga)[0] == pytest.approx(184.8)


def test_what_lies_outside_leaves_the_map_on_the_way_to_it() -> None:
    window = Window(0, 100, 0, 50)
    x, y, is_inside = window.hold(Place("FAR", "far", 25, 170, 1, "baseline", "", "", ""))
    assert not is_inside and x == pytest.approx(98.5) and y == pytest.approx(25)


def test_words_in_a_map_stay_words() -> None:
    evil = Place("XXX", "<b>", 10, 120, 1.0, "partner", '<script>"x"', "<img src=x>", 'a"b.html')
    svg = render_svg(chart_map([TOKYO, evil], ("<i>T", "S")))
    assert "<script" not in svg and "<img" not in svg and "&lt;script" in svg
