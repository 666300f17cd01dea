"""One picture for light and dark, small, with its words as words and nothing alive in it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date

from pactwatch.charts import chart_months, chart_timeline, render_svg
from pactwatch.charts.press import Press
from pactwatch.charts.render import LINK_BASE, draw_body, specify
from pactwatch.charts.theme import COLOURS, break_lines, shorten
from tests.charts.results import draw_file

EVIL = '</title><script>alert("1")</script>'
ROWS = [{"month": month, "records": month, "expected": 6.5} for month in range(1, 13)]


def months(title: str = "December has most.") -> str:
    return render_svg(chart_months(ROWS, (title, "n = 78")), description="Bars, one per month")


def test_colours_become_variables_and_words_stay_words() -> None:
    svg = months()
    assert not [colour for colour in COLOURS.values() if f'"{colour}"' in svg]
    assert "var(--ink)" in svg and "var(--accent)" in svg
    assert ">December has most.</text>" in svg
    assert 'role="img"' in svg and "<desc" in svg
    ET.fromstring(svg)  # noqa: S314 - our own picture; it must be well-formed


def test_ids_are_unique_to_the_picture_and_the_same_each_time() -> None:
    one, other = months(), months("January has most.")
    assert one == months()
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (one, other)]
    assert ids[0]
    assert ids[1]
    assert not ids[0] & ids[1]


def test_hostile_words_stay_words() -> None:
    milestone = {
        "kind": EVIL,
        "earliest": date(2024, 1, 1),
        "latest": date(2024, 1, 1),
        "is_firm": True,
        "told": EVIL,
        "href": LINK_BASE + "records/R1.html",
    }
    svg = render_svg(chart_timeline([milestone], (EVIL, EVIL), [EVIL]), description=EVIL, root="../")
    assert "<script" not in svg
    assert 'href="../records/R1.html"' in svg
    assert 'role="group"' in svg, "what holds links must not be hidden from assistive tools as one image"
    ET.fromstring(svg)  # noqa: S314


def test_a_mark_shows_its_tip() -> None:
    assert "<title>March: 3 records, expected 6.5</title>" in months()


def test_the_file_has_its_title_and_plain_colours() -> None:
    svg = draw_file(chart_months(ROWS, ("December has most.", "n = 78")))
    assert "December has most." in svg and COLOURS["ink"] in svg
    assert "var(" not in svg and "<a " not in svg


def test_the_press_draws_what_would_be_drawn_here() -> None:
    specifications = [specify(chart_months(ROWS, (title, "n"), width)) for title, width in (("A", 680), ("B", 340))]
    with Press() as press:
        tickets = [press.submit(specification) for specification in specifications]
        drawn = [press.collect(ticket) for ticket in reversed(tickets)]
    assert drawn == [draw_body(specification) for specification in reversed(specifications)]


def test_the_press_draws_here_when_no_process_can_be_had() -> None:
    specification = specify(chart_months(ROWS, ("A", "n")))
    press = Press()  # never entered: there is no process
    assert press.collect(press.submit(specification)) == draw_body(specification)


def test_lines_break_at_blanks_only() -> None:
    assert break_lines("edition japan-asean-1.0.0", 80, 10) == ["edition", "japan-asean-1.0.0"]
    assert break_lines("", 80, 10) == [""]
    assert shorten("Acquisition", 6) == "Acqui…"
