"""Where things stand on a schematic map: capitals by their coordinates, far ones at the edge on the way to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, radians
from typing import Any

from pactwatch.charts.labels import Side

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


def spread_edge(rows: list[dict[str, Any]], window: Window, height: int) -> None:
    """Move places outside the map (``is_outside``) that stand at the same side of it apart, so that each can have its
    label; ``x`` and ``y`` are degrees, ``reach`` is how far one reaches down and up in pixels (8 where that is not
    told), ``height`` is that of the picture in pixels."""
    pixel = (window.north - window.south) / height
    middle = (window.west + window.east) / 2
    for is_west in (True, False):
        side = sorted(
            (row for row in rows if row["is_outside"] and (row["x"] < middle) is is_west), key=lambda one: -one["y"]
        )
        near = [row["y"] for row in rows if not row["is_outside"] and _is_near(row["x"], window, is_west=is_west)]
        top = window.north + (_reach(side[0]) * pixel if side else 0)
        for row in side:
            reach = _reach(row) * pixel
            row["y"] = min(row["y"], top - reach)
            for taken in sorted(near, reverse=True):
                if abs(row["y"] - taken) < reach + EDGE_ROOM / 2 * pixel:
                    row["y"] = taken - reach - EDGE_ROOM / 2 * pixel
            row["y"], top = round(row["y"], 2), row["y"] - reach
        excess = max((window.south + 2 * _reach(row) * pixel - row["y"] for row in side[-1:]), default=0)
        for row in side if excess > 0 else ():
            row["y"] = round(row["y"] + excess, 2)


def _reach(row: Mapping[str, Any]) -> float:
    return float(row.get("reach", EDGE_ROOM / 2))


def _is_near(x: float, window: Window, *, is_west: bool) -> bool:
    """Whether a place inside the map lies where labels of rings at a side run to."""
    room = 0.22 * (window.east - window.west)
    return x < window.west + room if is_west else x > window.east - room


def edge_side(row: Mapping[str, Any], window: Window) -> Side | None:
    """The side of the label of a place outside the map: the one that is inside; nothing for the others."""
    if not row["is_outside"]:
        return None
    return "right" if row["x"] < (window.west + window.east) / 2 else "left"


def draw_net(window: Window, taken: Sequence[float] = ()) -> list[dict[str, Any]]:
    """Lines of the graticule every ten degrees (every thirty on large maps), with their words; none beside latitudes
    that are ``taken`` at the eastern edge, where the words of parallels stand."""
    step = 10 if window.east - window.west <= 120 else 30
    lines = []
    for degree in range(-180, 541, step):
        if window.west < degree < window.east:
            name = (degree + 180) % 360 - 180
            told = f"{abs(name)}°{'E' if name > 0 else 'W' if name < 0 else ''}"
            lines.append({"x": degree, "x2": degree, "y": window.south, "y2": window.north, "told": told, "is_x": 1})
    for degree in range(-80, 81, step):
        if window.south < degree < window.north - 5:
            is_free = all(abs(degree - one) > 3.5 for one in taken)
            told = f"{abs(degree)}°{'N' if degree > 0 else 'S' if degree < 0 else ''}" if is_free else ""
            lines.append({"x": window.west, "x2": window.east, "y": degree, "y2": degree, "told": told, "is_x": 0})
    return lines
