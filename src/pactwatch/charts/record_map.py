"""Records by party on a schematic map: circles at capitals with areas in proportion to the records.

Written as SVG directly, since any search has one and a script changes its circles on static pages; places never move,
so that two searches can be laid side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt
from typing import Any

from pactwatch.charts.geography import Place, Window, draw_net, edge_side, find_window, spread_edge
from pactwatch.charts.labels import Point, Side, choose_sides
from pactwatch.charts.theme import shorten

WIDTHS = {"wide": 760, "narrow": 360}
"""Pixels across: for a page and for a phone."""

LARGEST = {"wide": 26.0, "narrow": 15.0}
"""Radius in pixels of the circle with most records; a script reads it from the picture."""

SMALLEST = 2.5
"""Radius in pixels of any circle that stands for a record."""


@dataclass(frozen=True)
class Spot:
    """A party where it is drawn: pixels across and down, whether its place lies outside the map, and the side of its
    label."""

    place: Place
    x: float
    y: float
    is_outside: bool
    label: str
    side: Side


@dataclass(frozen=True)
class Layout:
    """A map without its records: the same for every search of an edition."""

    size: str
    height: int
    spots: tuple[Spot, ...]
    net: str


def scale_radius(count: int, most: int, size: str) -> float:
    """Radius of a circle whose area is in proportion to the records.

    >>> scale_radius(4, 4, "wide"), scale_radius(1, 4, "wide"), scale_radius(0, 4, "wide")
    (26.0, 13.0, 0.0)
    """
    if count <= 0 or most <= 0:
        return 0.0
    return round(max(SMALLEST, LARGEST[size] * sqrt(count / most)), 1)


def lay_out(places: Sequence[Place], size: str) -> Layout:
    """Where each party stands on a map, ``wide`` or ``narrow``. ``strength`` of a place is the records of the whole
    edition: by it labels find their sides, whatever is searched for."""
    window, width = find_window(places), WIDTHS[size]
    height = round(width * (window.north - window.south) * window.stretch / (window.east - window.west))
    height = max(round(width * 0.5), min(height, round(width * (0.8 if size == "wide" else 1.2))))
    most = round(max((one.strength for one in places if one.part != "focus"), default=1))
    rows: list[dict[str, Any]] = []
    for one in sorted(places, key=lambda one: (one.part != "focus", -one.strength, one.name)):
        x, y, is_inside = window.hold(one)
        radius = 5.0 if one.part == "focus" else scale_radius(round(one.strength), most, size)
        rows.append({"x": x, "y": y, "is_outside": not is_inside, "place": one, "reach": max(8.0, radius + 1)})
    spread_edge(rows, window, height)
    labels = [_shorten(one["place"], size) for one in rows]
    points = [
        Point(
            *_find_pixel(row["x"], row["y"], window, (width, height)),
            f"{label} 000",
            row["reach"] - 1,
            edge_side(row, window),
        )
        for row, label in zip(rows, labels, strict=True)
    ]
    sides = choose_sides(points, (width, height))
    spots = []
    for row, point, label, side in zip(rows, points, labels, sides, strict=True):
        spots.append(Spot(row["place"], round(point.x, 1), round(point.y, 1), row["is_outside"], label, side))
    return Layout(size, height, tuple(spots), _draw_net(window, (width, height), spots))


def _shorten(place: Place, size: str) -> str:
    """A party's name on the map; its code on a phone, and where a long name matters less."""
    if place.part != "focus" and (size == "narrow" or (place.part == "other" and len(place.name) > 12)):
        return place.code
    return shorten(place.name, 24 if size == "wide" else 14)


def _find_pixel(x: float, y: float, window: Window, size: tuple[int, int]) -> tuple[float, float]:
    across = (x - window.west) / (window.east - window.west) * size[0]
    return across, (window.north - y) / (window.north - window.south) * size[1]


def draw_map(layout: Layout, counts: Mapping[str, int], hrefs: Mapping[str, str], title: str) -> str:
    """The picture as SVG for a page; ``counts`` are the records found by code, ``hrefs`` where each party leads to.
    Every text is escaped."""
    size = layout.size
    placed = [one.place.code for one in layout.spots if one.place.part != "focus"]
    most = max((counts.get(code, 0) for code in placed), default=0)
    name = f"map-{size}"
    head = (
        f'<svg class="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTHS[size]} {layout.height}" '
        f'role="group" aria-labelledby="{name}" data-largest="{LARGEST[size]:g}" data-smallest="{SMALLEST:g}">'
        f'<title id="{name}">{escape(title)}</title>'
    )
    drawn = [
        _draw_focus(one)
        if one.place.part == "focus"
        else _draw_spot(one, counts.get(one.place.code, 0), most, (hrefs.get(one.place.code, ""), size))
        for one in sorted(layout.spots, key=lambda one: -counts.get(one.place.code, 0))
    ]
    return f"{head}{layout.net}{''.join(drawn)}</svg>"


def _draw_net(window: Window, size: tuple[int, int], spots: Sequence[Spot]) -> str:
    width, height = size
    span = window.north - window.south
    taken = [window.north - one.y / height * span for one in spots if one.x > 0.9 * width]
    drawn = []
    for line in draw_net(window, taken):
        x, y = _find_pixel(line["x"], line["y"], window, size)
        if line["is_x"]:
            ends = f'x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height}"'
            told = f'x="{x + 3:.1f}" y="12"'
        else:
            ends = f'x1="0" x2="{width}" y1="{y:.1f}" y2="{y:.1f}"'
            told = f'x="{width - 2}" y="{y - 3:.1f}" text-anchor="end"'
        drawn.append(f'<line {ends} stroke="var(--line)"/>')
        if line["told"]:
            drawn.append(f'<text {told} font-size="10" fill="var(--muted)">{line["told"]}</text>')
    return "".join(drawn)


def _draw_focus(spot: Spot) -> str:
    dot = f'<circle cx="{spot.x}" cy="{spot.y}" r="5" fill="var(--accent)" stroke="var(--paper)" stroke-width="2"/>'
    return f'<g class="focus">{dot}{_label(spot, spot.label, 5.0, "bold")}</g>'


def _draw_spot(spot: Spot, count: int, most: int, told: tuple[str, str]) -> str:
    """A party with its circle and its number; without a record it is there, unseen, for the script."""
    href, size = told
    place, radius = spot.place, scale_radius(count, most, size)
    colour = "accent" if place.part == "partner" else "grey"
    dash = ' stroke-dasharray="3 2"' if spot.is_outside else ""
    look = f'fill="var(--{colour})" fill-opacity="{0.12 if spot.is_outside else 0.3}" stroke="var(--{colour})"{dash}'
    circle = f'<circle cx="{spot.x}" cy="{spot.y}" r="{radius:g}" {look} stroke-width="1.5"/>'
    label = _label(spot, f"{spot.label} {count}", radius)
    hidden = "" if count else ' visibility="hidden"'
    data = f'data-code="{escape(place.code)}" data-x="{spot.x}" data-y="{spot.y}" data-label="{escape(spot.label)}"'
    title = f"<title>{escape(place.name)}: {count} record{'' if count == 1 else 's'}</title>"
    return f'<a class="spot" href="{escape(href)}" {data} data-side="{spot.side}"{hidden}>{title}{circle}{label}</a>'


def _label(spot: Spot, text: str, radius: float, weight: str = "normal") -> str:
    x, y, anchor = place_label(spot, radius)
    halo = 'stroke="var(--paper)" stroke-width="3" paint-order="stroke" stroke-linejoin="round"'
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-weight="{weight}" {halo} fill="var(--ink)">'
        f"{escape(text)}</text>"
    )


def place_label(spot: Spot, radius: float) -> tuple[float, float, str]:
    """Where the label of a circle stands: across, down, and the end of it that is there."""
    gap = radius + 4
    if spot.side in ("right", "left"):
        x = spot.x + gap if spot.side == "right" else spot.x - gap
        return round(x, 1), round(spot.y + 4, 1), "start" if spot.side == "right" else "end"
    return spot.x, round(spot.y + gap + 9 if spot.side == "below" else spot.y - gap, 1), "middle"
