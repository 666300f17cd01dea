"""Labels beside points: each on a side where it covers nothing, inside the picture."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.charts.labels import SIDES, Point, bound_label, choose_sides

SIZE = (400.0, 300.0)


def test_a_label_near_the_right_edge_stands_on_the_left() -> None:
    assert choose_sides([Point(390, 150, "Washington")], SIZE) == ["left"]
    assert choose_sides([Point(10, 150, "Washington")], SIZE) == ["right"]


def test_two_close_points_do_not_cover_each_other() -> None:
    points = [Point(200, 150, "Vientiane"), Point(212, 152, "Hanoi")]
    sides = choose_sides(points, SIZE)
    boxes = [bound_label(point, side) for point, side in zip(points, sides, strict=True)]
    assert boxes[0].covers(boxes[1]) == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=2, max_size=12, unique=True))
def test_points_far_from_each_other_have_labels_that_cover_nothing(cells: list[tuple[int, int]]) -> None:
    points = [Point(40 + 95 * x, 30 + 48 * y, f"P{number}") for number, (x, y) in enumerate(cells)]
    sides = choose_sides(points, SIZE)
    assert set(sides) <= set(SIDES)
    boxes = [bound_label(point, side) for point, side in zip(points, sides, strict=True)]
    assert all(one.covers(other) == 0 for one, other in combinations(boxes, 2))
