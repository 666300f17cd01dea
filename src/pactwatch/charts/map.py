"""A schematic map: capitals by their coordinates on a graticule, ties with the focus actor as lines of their weight.

No coast is drawn: the records say who, not where at sea, and a map of borders would say more than they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians
from typing import Any

import altair as alt

from pactwatch.charts.labels import Point, Side, choose_sides
from pactwatch.charts.render import LINK_BASE, tip
from pactwatch.charts.theme import ACCENT, GREY, INK, LINE, MUTED, NARROW, PAPER, WIDE, frame, from_rows, shorten

THICKEST, THINNEST = 7.0, 0.8
"""Width in pixels of the strongest and of the weakest tie."""

WIDEST = 560
"""Pixels across the map: it stands beside other things."""

EDGE_ROOM = 16.0
"""Pixels between two rings at one side of the map."""

MARGIN = 8.0
"""Degrees of room around the capitals that the map is drawn for."""


@dataclass(frozen=True)
class Place:
    """A capital: whose it is, where it is, what stands beside it, how strong its tie with the focus actor is (0 for
    that one), its part (``focus``, ``partner``, ``baseline`` or ``other``) and the page it leads to from the root."""

    code: str
    name: str
    latitude: float
    longitude: float
    strength: float
    part: str
    label: str
    tip: str
    href: str


@dataclass(frozen=True)
class Window:
    """What a map shows, in degrees; longitudes run from ``west`` eastwards and may pass 180."""

    west: float
    east: float
    south: float
    north: float

    @property
    def stretch(self) -> float:
        """How much longer a degree of latitude is drawn than one of longitude, true at the middle of the map."""
        return 1 / max(0.3, cos(radians((self.south + self.north) / 2)))

    def hold(self, place: Place) -> tuple[float, float, bool]:
        """Longitude and latitude at which a place is drawn, and whether that is its own: what lies outside is drawn
        where the way to it from the middle leaves the map."""
        middle = (self.west + self.east) / 2
        x = (place.longitude - middle + 180) % 360 - 180 + middle
        y = place.latitude
        if self.west <= x <= self.east and self.south <= y <= self.north:
            return x, y, True
        half_x, half_y = (self.east - self.west) / 2, (self.north - self.south) / 2
        dx, dy = x - middle, y - (self.south + self.north) / 2
        share = min(half_x / abs(dx) if dx else 99, half_y / abs(dy) if dy else 99) * 0.97
        return middle + dx * share, (self.south + self.north) / 2 + dy * share, False


def find_window(places: Sequence[Place]) -> Window:
    """The window around the focus actor and the partners (all places where there are none), with room in the west
    where several places stand at that edge."""
    inner = [one for one in places if one.part in ("focus", "partner")] or list(places)
    centre = next((one.longitude for one in inner if one.part == "focus"), inner[0].longitude)
    turned = [(one.longitude - centre + 180) % 360 - 180 + centre for one in inner]
    latitudes = [one.latitude for one in inner]
    window = Window(
        min(turned) - MARGIN, max(turned) + MARGIN, max(-85, min(latitudes) - MARGIN), min(85, max(latitudes) + MARGIN)
    )
    held = [window.hold(one) for one in places]
    is_crowded = sum(x < (window.west + window.east) / 2 for x, _, is_inside in held if not is_inside) > 1
    return replace(window, west=window.west - 2 * MARGIN) if is_crowded else window


def chart_map(places: Sequence[Place], words: tuple[str, str], width: int = WIDE) -> alt.LayerChart:
    """Capitals and their ties with the focus actor; an open ring at the edge stands for a place outside the map."""
    window = find_window(places)
    width = min(width, WIDEST)
    height = round(width * (window.north - window.south) * window.stretch / (window.east - window.west))
    height = max(round(width * 0.5), min(height, width))
    ordered = sorted(places, key=lambda one: (one.part != "focus", -one.strength, one.name))
    rows = [_describe(one, window, max(place.strength for place in places) or 1.0) for one in ordered]
    _spread_edge(rows, window, height)
    _place_labels(rows, window, (width, height))
    home = next((row for row in rows if row["part"] == "focus"), None)
    ties = [row | {"x2": home["x"], "y2": home["y"]} for row in rows if home and row["weight"]]
    named = {"rows": rows, "ties": ties[::-1], "net": _draw_net(window)}
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
        "label": place.label,
        "short": place.label if place.part in ("focus", "partner") else place.code,
        "tip": tip(place.tip),
        "href": LINK_BASE + place.href,
    }


def _spread_edge(rows: list[dict[str, Any]], window: Window, height: int) -> None:
    """Move rings that stand at the same side of the map apart, so that each can have its label."""
    step = EDGE_ROOM * (window.north - window.south) / height
    middle = (window.west + window.east) / 2
    for is_west in (True, False):
        side = sorted(
            (row for row in rows if row["fill"] == PAPER and (row["x"] < middle) is is_west), key=lambda one: -one["y"]
        )
        near = [row["y"] for row in rows if row["fill"] != PAPER and _is_near(row["x"], window, is_west=is_west)]
        top = window.north
        for row in side:
            row["y"] = min(row["y"], top)
            for taken in sorted(near, reverse=True):
                if abs(row["y"] - taken) < step:
                    row["y"] = taken - step
            row["y"], top = round(row["y"], 2), row["y"] - step
        excess = window.south + step - min((row["y"] for row in side), default=window.north)
        for row in side if excess > 0 else ():
            row["y"] = round(row["y"] + excess, 2)


def _is_near(x: float, window: Window, *, is_west: bool) -> bool:
    """Whether a place inside the map lies where labels of rings at a side run to."""
    room = 0.22 * (window.east - window.west)
    return x < window.west + room if is_west else x > window.east - room


def _place_labels(rows: list[dict[str, Any]], window: Window, size: tuple[int, int]) -> None:
    """Give each row the side of its label, and shorten labels on small pictures."""
    width, height = size
    points = [
        Point(
            (row["x"] - window.west) / (window.east - window.west) * width,
            (window.north - row["y"]) / (window.north - window.south) * height,
            shorten(row["label"] if width > NARROW else row["short"], 22 if width > NARROW else 14),
        )
        for row in rows
    ]
    for row, point, side in zip(rows, points, choose_sides(points, (width, height)), strict=True):
        is_outside, is_west = row["fill"] == PAPER, row["x"] < (window.west + window.east) / 2
        row["label"], row["side"] = point.text, ("right" if is_west else "left") if is_outside else side


def _draw_net(window: Window) -> list[dict[str, Any]]:
    """Lines of the graticule every ten degrees (every thirty on large maps)."""
    step = 10 if window.east - window.west <= 120 else 30
    lines = []
    for degree in range(-180, 541, step):
        if window.west < degree < window.east:
            name = (degree + 180) % 360 - 180
            told = f"{abs(name)}°{'E' if name > 0 else 'W' if name < 0 else ''}"
            lines.append({"x": degree, "x2": degree, "y": window.south, "y2": window.north, "told": told, "is_x": 1})
    for degree in range(-80, 81, step):
        if window.south < degree < window.north - 5:
            told = f"{abs(degree)}°{'N' if degree > 0 else 'S' if degree < 0 else ''}"
            lines.append({"x": window.west, "x2": window.east, "y": degree, "y2": degree, "told": told, "is_x": 0})
    return lines


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
