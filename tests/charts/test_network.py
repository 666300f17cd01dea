"""The network picture: everyone in a place that does not move, lines as thick as ties are strong."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from pactwatch.charts.bare import save_bare
from pactwatch.charts.network import THICKEST, THINNEST, Actor, Tie, draw_network, lay_out

EVIL = '<script>alert("x")</script>'
ACTORS = [
    Actor("JPN", "Japan", "focus", ""),
    Actor("PHL", "Philippines", "partner", "partners/PHL.html"),
    Actor("USA", EVIL, "baseline", 'x"y.html'),
]
TIES = [Tie("JPN", "PHL", 4.0, "four"), Tie("JPN", "USA", 1.0, EVIL), Tie("PHL", "USA", 0.0, "none")]


def widths(svg: str) -> dict[str, float]:
    found = re.findall(r'data-pair="([^"]+)"[^>]*stroke-width="([\d.]+)"', svg)
    return {pair: float(width) for pair, width in found}


def test_the_focus_actor_is_in_the_middle_and_the_first_of_the_others_on_top() -> None:
    places = lay_out(ACTORS)
    assert places["JPN"] == (0.0, 0.0)
    assert places["PHL"][0] == 0.0 and places["PHL"][1] < 0
    assert places["USA"][1] > 0


def test_width_is_in_proportion_and_no_tie_is_no_line() -> None:
    assert widths(draw_network(ACTORS, TIES, "t")) == {"JPN-PHL": THICKEST, "JPN-USA": THICKEST / 4, "PHL-USA": 0.0}
    weak = [TIES[0], Tie("JPN", "USA", 0.001, "")]
    assert widths(draw_network(ACTORS, weak, "t"))["JPN-USA"] == THINNEST


def test_hostile_words_stay_words_on_the_page_and_in_the_file() -> None:
    svg = draw_network(ACTORS, TIES, EVIL)
    for text in (svg, save_bare(svg)):
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}  # noqa: S314 - our own
        assert not tags & {"script", "img"}
    assert "<a" not in save_bare(svg) and "var(--" not in save_bare(svg)
