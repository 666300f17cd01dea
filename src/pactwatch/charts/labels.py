"""Labels beside points, each on the side where it covers nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Side = Literal["right", "left", "above", "below"]

SIDES: tuple[Side, ...] = ("right", "left", "below", "above")
"""Sides in the order in which they are tried."""

_LETTER, _HEIGHT, _GAP = 7.0, 14.0, 2.0
"""Mean width of a letter, height of a line, and room between the edge of a point and its label, in pixels."""


class Point(NamedTuple):
    """A point with its label; those that come first choose first. ``radius`` is how far it reaches, in pixels;
    ``side`` is where its label has to stand, where it has no choice."""

    x: float
    y: float
    text: str
    radius: float = 5.0
    side: Side | None = None


class Box(NamedTuple):
    """What a label covers."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> float:
        """Area in square pixels that two boxes share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, wide) * max(0.0, high)


def choose_sides(points: Sequence[Point], size: tuple[float, float]) -> list[Side]:
    """A side for the label of each point, inside a picture of that size, where it covers least of other points and of
    labels that have their place already."""
    dots = [Box(one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius) for one in points]
    taken = [bound_label(one, one.side) for one in points if one.side]
    chosen: list[Side] = []
    for place, point in enumerate(points):
        others = taken + dots[:place] + dots[place + 1 :]

        def cost(side: Side, point: Point = point, others: list[Box] = others) -> tuple[float, int]:
            box = bound_label(point, side)
            outside = max(0.0, -box.left) + max(0.0, box.right - size[0])
            outside += max(0.0, -box.top) + max(0.0, box.bottom - size[1])
            return outside * 20 + sum(box.covers(other) for other in others), SIDES.index(side)

        if point.side:
            chosen.append(point.side)
            continue
        side = min(SIDES, key=cost)
        chosen.append(side)
        taken.append(bound_label(point, side))
    return chosen


def bound_label(point: Point, side: Side) -> Box:
    """What a label covers on a side of its point."""
    width, gap = len(point.text) * _LETTER, point.radius + _GAP
    if side in ("right", "left"):
        left = point.x + gap if side == "right" else point.x - gap - width
        return Box(left, point.y - _HEIGHT / 2, left + width, point.y + _HEIGHT / 2)
    top = point.y + gap if side == "below" else point.y - gap - _HEIGHT
    return Box(point.x - width / 2, top, point.x + width / 2, top + _HEIGHT)
