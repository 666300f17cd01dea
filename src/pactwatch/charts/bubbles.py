"""Counts in a grid of years and kinds: a disc for each cell, its area the count, written on the large ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import pi
from typing import Any

import altair as alt

from pactwatch.charts.render import tip
from pactwatch.charts.theme import ACCENT, INK, NARROW, PAPER, WIDE, frame, from_rows

LARGEST, SMALLEST = 24.0, 15.0
"""Most and least pixels across the largest disc."""

ROOM = 130
"""Area in square pixels from which a disc has room for its number."""


def chart_bubbles(
    rows: Sequence[Mapping[str, Any]],
    words: tuple[str, str],
    order: Sequence[str],
    width: int = WIDE,
    years: tuple[int, int] | None = None,
) -> alt.LayerChart:
    """Discs by ``year`` (across) and ``kind`` (down, in ``order``) with area in proportion to ``count``."""
    values = [_cell(row) for row in rows]
    told = [one["year"] for one in values] or [2000]
    first, last = years or (min(told), max(told))
    step = (width - 110) / (last - first + 2)
    most = max((one["count"] for one in values), default=1)
    largest = min(max(0.9 * step, SMALLEST), LARGEST) ** 2 * pi / 4
    roomy = [one for one in values if step >= 14 and largest * one["count"] / most >= ROOM]
    size = alt.Size("count:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[0, largest], zero=True))
    x, y = _place_years(first, last, width), _place_kinds(order)
    discs = from_rows().mark_circle(color=ACCENT, opacity=1)
    numbers = from_rows("roomy").mark_text(color=PAPER, fontSize=11)
    layers = [
        discs.encode(x=x, y=y, size=size, description=alt.Description("tip:N")),
        numbers.encode(x=x, y=y, text=alt.Text("count:Q")),
    ]
    return frame(layers, words, (width, alt.Step(28)), {"rows": values, "roomy": roomy})


def _cell(row: Mapping[str, Any]) -> dict[str, Any]:
    told = tip(f"{row['kind']}, {row['year']}: {row['count']}")
    return {"year": int(row["year"]), "kind": str(row["kind"]), "count": int(row["count"]), "tip": told}


def _place_years(first: int, last: int, width: int) -> alt.X:
    axis = alt.Axis(format="d", tickMinStep=1, tickCount=4 if width <= NARROW else 10)
    return alt.X("year:Q", title=None, scale=alt.Scale(domain=[first - 1, last + 1], nice=False), axis=axis)


def _place_kinds(order: Sequence[str]) -> alt.Y:
    axis = alt.Axis(labelColor=INK, labelLimit=120, grid=True)
    return alt.Y("kind:N", sort=list(order), scale=alt.Scale(domain=list(order)), title=None, axis=axis)
