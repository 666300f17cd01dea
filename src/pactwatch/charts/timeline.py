"""Milestones on a line of time: a dot for a day, a bar for a month or longer, hollow where planned or unverified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from pactwatch.charts.lanes import BAR, LANE, Packed, pack_lanes
from pactwatch.charts.theme import ACCENT, INK, LINE, NARROW, WIDE, frame, from_rows

LEFT, PHONE_LEFT = 92, 4
"""Pixels left of the first day: room for the names of rows, which on a phone stand above them."""

RIGHT = 14


def chart_timeline(
    milestones: Sequence[Mapping[str, Any]],
    words: tuple[str, str],
    order: Sequence[str],
    width: int = WIDE,
    span: tuple[date, date] | None = None,
) -> alt.LayerChart:
    """Milestones in rows by ``kind`` (in ``order``), stacked in lanes so that none hides another.

    Each has ``kind``, ``earliest`` and ``latest`` (dates), ``is_firm`` (false: tentative or unverified, drawn hollow),
    ``told`` (what the pointer shows) and perhaps ``href``. Those that end before ``span`` begins are not drawn.
    """
    first, last = span or _cover(milestones)
    is_phone = width <= NARROW
    left = PHONE_LEFT if is_phone else LEFT
    shown = [one for one in milestones if one["latest"] >= first]
    packed = pack_lanes(shown, order, first, (width - left - RIGHT) / max(1, (last - first).days))
    if is_phone:
        packed = packed.opened()
    time = alt.Scale(
        type="utc", domain=[first.isoformat(), last.isoformat()], nice=False, range=[left, width - RIGHT + 4]
    )
    x = alt.X("x:T", scale=time, title=None, axis=alt.Axis(format="%Y", tickCount=5 if is_phone else 10))
    bottom = packed.bottom + LANE
    heights = alt.Scale(domain=[bottom, -LANE], range=[bottom + LANE, 0], nice=False, zero=False)
    layers = _draw(x, alt.Y("y:Q", scale=heights, axis=None), packed, width)
    return frame(layers, words, (width, bottom + LANE), _rows(packed, is_phone))


def _draw(x: alt.X, y: alt.Y, packed: Packed, width: int) -> list[alt.Chart]:
    paint: dict[str, Any] = {"fill": alt.Fill("fill:N", scale=None), "description": alt.Description("tip:N")}
    if any("href" in mark for mark in packed.marks):
        paint["href"] = alt.Href("href:N")
    bars = from_rows("bars").mark_rect(stroke=ACCENT, strokeWidth=1)
    dots = from_rows("dots").mark_point(size=26, stroke=ACCENT, strokeWidth=1, opacity=1)
    names = from_rows("names").mark_text(align="left", color=INK)
    return [
        from_rows("lines").mark_rule(color=LINE).encode(x=alt.value(0), x2=alt.value(width - RIGHT + 4), y=y),
        bars.encode(x=x, x2=alt.X2("x2"), y=y, y2=alt.Y2("y2"), **paint),
        dots.encode(x=x, y=y, **paint),
        names.encode(x=alt.value(0), y=y, text=alt.Text("kind:N")),
    ]


def _rows(packed: Packed, is_phone: bool) -> dict[str, list[dict[str, Any]]]:
    """What each layer draws: lines between rows, bars, dots, and the names of rows."""
    lift = 2 * LANE if is_phone else 0.0
    bars = [mark for mark in packed.marks if mark["is_bar"]]
    return {
        "lines": [{"y": top - 1.1 * LANE - lift} for top, _ in packed.rows.values()],
        "bars": [mark | {"y": mark["y"] - BAR / 2, "y2": mark["y"] + BAR / 2} for mark in bars],
        "dots": [mark for mark in packed.marks if not mark["is_bar"]],
        "names": [{"kind": kind, "y": top - (1.5 * LANE if is_phone else 0)} for kind, (top, _) in packed.rows.items()],
    }


def _cover(milestones: Sequence[Mapping[str, Any]]) -> tuple[date, date]:
    """Whole years around all milestones."""
    if not milestones:
        return date(2000, 1, 1), date(2001, 1, 1)
    first, last = min(one["earliest"] for one in milestones), max(one["latest"] for one in milestones)
    return date(first.year, 1, 1), date(last.year, 12, 31)
