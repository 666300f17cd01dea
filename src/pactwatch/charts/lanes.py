"""Milestones packed into lanes: each in the highest lane of its row where it hides no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pactwatch.charts.render import tip
from pactwatch.charts.theme import ACCENT, PAPER

DOT = 7
"""Width of a dot in pixels; bars take at least as much room."""

BAR = 5
"""Thickness of a bar in pixels."""

LANE = 9
"""Height of a lane in pixels."""

GAP = 1.4 * LANE
"""Pixels between two rows."""


@dataclass(frozen=True)
class Packed:
    """Marks with a height each, in pixels from the top, and the first and last height of every row that has any."""

    marks: list[dict[str, Any]]
    rows: dict[str, tuple[float, float]]

    @property
    def bottom(self) -> float:
        """The lowest height used."""
        return max((low for _, low in self.rows.values()), default=LANE)

    def opened(self) -> Packed:
        """The same with two lanes of room above every row, for its name."""
        shift = {kind: 2.0 * LANE * (place + 1) for place, kind in enumerate(self.rows)}
        marks = [mark | {"y": mark["y"] + shift[mark["kind"]]} for mark in self.marks]
        return Packed(marks, {kind: (top + shift[kind], low + shift[kind]) for kind, (top, low) in self.rows.items()})


def pack_lanes(
    milestones: Sequence[Mapping[str, Any]], order: Sequence[str], first: date, pixels_per_day: float
) -> Packed:
    """Pack milestones (as :func:`chart_timeline` takes them) row by row in ``order``, earliest first.

    Two milestones of one day come to lie in two lanes; those of other kinds than ``order`` names are left out.
    """
    marks: list[dict[str, Any]] = []
    rows: dict[str, tuple[float, float]] = {}
    top = 0.0
    for kind in dict.fromkeys(order):
        own = sorted((one for one in milestones if one["kind"] == kind), key=_order)
        ends: list[float] = []
        for one in own:
            low, high = _extent(one, first, pixels_per_day)
            lane = next((index for index, end in enumerate(ends) if end <= low), len(ends))
            ends[lane : lane + 1] = [high]
            marks.append(_mark(one, top + lane * LANE, first))
        if own:
            rows[kind] = (top, top + (len(ends) - 1) * LANE)
            top += len(ends) * LANE + GAP
    return Packed(marks, rows)


def _order(one: Mapping[str, Any]) -> tuple[date, date, str]:
    return one["earliest"], one["latest"], one["told"]


def _extent(one: Mapping[str, Any], first: date, pixels_per_day: float) -> tuple[float, float]:
    """Pixels that a mark takes, a little air included."""
    low, high = (one["earliest"] - first).days * pixels_per_day, ((one["latest"] - first).days + 1) * pixels_per_day
    middle, half = (low + high) / 2, max(DOT + 1, high - low + 1) / 2
    return middle - half, middle + half


def _mark(one: Mapping[str, Any], y: float, first: date) -> dict[str, Any]:
    mark = {
        "kind": one["kind"],
        "x": max(first, one["earliest"]).isoformat(),
        "x2": one["latest"].isoformat(),
        "y": y,
        "is_bar": one["earliest"] != one["latest"],
        "fill": ACCENT if one["is_firm"] else PAPER,
        "tip": tip(one["told"]),
    }
    return mark | ({"href": one["href"]} if one.get("href") else {})
