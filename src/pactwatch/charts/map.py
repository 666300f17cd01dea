"""A schematic map: capitals by their coordinates on a graticule, ties with the focus actor as lines of their weight.

No coast is drawn: the records say who, not where at sea, and a map of borders would say more than they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from pactwatch.charts.geography import Place, Window, draw_net, edge_side, find_window, spread_edge
from pactwatch.charts.labels import Point, Side, choose_sides
from pactwatch.charts.render import LINK_BASE, tip
from pactwatch.charts.theme import ACCENT, GREY, INK, LINE, MUTED, NARROW, PAPER, WIDE, frame, from_rows, shorten

THICKEST, THINNEST = 7.0, 0.8
"""Width in pixels of the strongest and of the weakest tie."""

WIDEST = 560
"""Pixels across the map: it stands beside other things."""


def chart_map(places: Sequence[Place], words: tuple[str, str], width: int = WIDE) -> alt.LayerChart:
    """Capitals and their ties with the focus actor; an open ring at the edge stands for a place outside the map."""
    window = find_window(places)
    width = min(width, WIDEST)
    height = round(width * (window.north - window.south) * window.stretch / (window.east - window.west))
    height = max(round(width * 0.5), min(height, width))
    ordered = sorted(places, key=lambda one: (one.part != "focus", -one.strength, one.name))
    rows = [_describe(one, window, max(place.strength for place in places) or 1.0) for one in ordered]
    spread_edge(rows, window, height)
    _place_labels(rows, window, (width, height))
    home = next((row for row in rows if row["part"] == "focus"), None)
    ties = [row | {"x2": home["x"], "y2": home["y"]} for row in rows if home and row["weight"]]
    named = {
        "rows": rows,
        "ties": ties[::-1],
        "net": draw_net(
            window, [row["y"] for row in rows if row["x"] > window.east - 0.1 * (window.east - window.west)]
        ),
    }
    return frame(
        [*_net_layers(window), *_tie_layers(window), *_place_layers(window, width)], words, (width, height), named
    )


def _describe(place: Place, window: Window, most: float) -> dict[str, Any]:
    x, y, is_inside = window.hold(place)
    weight = place.strength and max(THINNEST, THICKEST * place.strength / most)
    colour = ACCENT if place.part in ("focus", "partner") else GREY
    return {
        "x": round(x, 2),
        "y": round(y, 2),
        "part": place.part,
        "weight": round(weight, 2),
        "colour": colour,
        "fill": colour if is_inside else PAPER,
        "is_outside": not is_inside,
        "label": place.label,
        "short": place.label if place.part in ("focus", "partner") else place.code,
        "tip": tip(place.tip),
        "href": LINK_BASE + place.href,
    }


def _place_labels(rows: list[dict[str, Any]], window: Window, size: tuple[int, int]) -> None:
    """Give each row the side of its label, and shorten labels on small pictures."""
    width, height = size
    points = [
        Point(
            (row["x"] - window.west) / (window.east - window.west) * width,
            (window.north - row["y"]) / (window.north - window.south) * height,
            shorten(row["label"] if width > NARROW else row["short"], 22 if width > NARROW else 14),
            side=edge_side(row, window),
        )
        for row in rows
    ]
    for row, point, side in zip(rows, points, choose_sides(points, (width, height)), strict=True):
        row["label"], row["side"] = point.text, side


def _axes(window: Window, column: str = "x", row: str = "y") -> tuple[alt.X, alt.Y]:
    """Places across and down by the names of their columns."""
    across = alt.Scale(domain=[window.west, window.east], nice=False, zero=False)
    down = alt.Scale(domain=[window.south, window.north], nice=False, zero=False)
    x = alt.X(f"{column}:Q", title=None, axis=None, scale=across)
    return x, alt.Y(f"{row}:Q", title=None, axis=None, scale=down)


def _net_layers(window: Window) -> list[alt.Chart]:
    x, y = _axes(window)
    net = from_rows("net")
    text: dict[str, Any] = {"color": MUTED, "fontSize": 10}
    lines = net.mark_rule(color=LINE, strokeWidth=1).encode(x=x, y=y, x2=alt.X2("x2"), y2=alt.Y2("y2"))
    east = net.transform_filter("datum.is_x").mark_text(**text, align="left", baseline="top", dx=3, dy=3)
    north = net.transform_filter("!datum.is_x").mark_text(**text, align="right", baseline="bottom", dx=-1, dy=-2)
    right, top = _axes(window, "x2", "y2")
    return [lines, east.encode(x=x, y=top, text="told:N"), north.encode(x=right, y=y, text="told:N")]


def _tie_layers(window: Window) -> list[alt.Chart]:
    x, y = _axes(window)
    width = alt.StrokeWidth("weight:Q", scale=None, legend=None)
    colour = alt.Stroke("colour:N", scale=None)
    rules = from_rows("ties").mark_rule(opacity=0.75, strokeCap="round")
    told = alt.Description("tip:N")
    return [
        rules.encode(x=x, y=y, x2=alt.X2("x2"), y2=alt.Y2("y2"), strokeWidth=width, stroke=colour, description=told)
    ]


def _place_layers(window: Window, width: int) -> list[alt.Chart]:
    x, y = _axes(window)
    rows = from_rows()
    dots = rows.mark_point(size=46 if width > NARROW else 32, strokeWidth=1.6, opacity=1, filled=False)
    layers = [
        dots.encode(
            x=x,
            y=y,
            stroke=alt.Stroke("colour:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            href=alt.Href("href:N"),
            description=alt.Description("tip:N"),
        )
    ]
    looks: dict[Side, dict[str, Any]] = {
        "right": {"align": "left", "dx": 7},
        "left": {"align": "right", "dx": -7},
        "above": {"align": "center", "dy": -12},
        "below": {"align": "center", "dy": 13},
    }
    for side, look in looks.items():
        chosen = rows.transform_filter(f"datum.side == '{side}'")
        halo = chosen.mark_text(**look, stroke=PAPER, strokeWidth=3, color=PAPER, fontSize=12 if width > NARROW else 11)
        text = chosen.mark_text(**look, color=INK, fontSize=12 if width > NARROW else 11)
        layers += [halo.encode(x=x, y=y, text="label:N"), text.encode(x=x, y=y, text="label:N")]
    return layers
