"""The law over time: the outcome of one case, and how much of a basket of cases was allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt

from pactwatch.charts.render import tip
from pactwatch.charts.theme import ACCENT, COLOURS, INK, NARROW, SOFT, WIDE, Rows, frame, from_rows, shorten

OUTCOMES: dict[str, tuple[str, str]] = {
    "allowed": ("supported", "●"),
    "conditional": ("mixed", "◐"),
    "unknown": ("grey", "○"),
    "denied": ("contradicted", "◆"),
}
"""Colour by role and shape of each outcome, from the most to the least permissive."""

ROW, BAR = 30, 16
"""Height of a row and thickness of its bars, in pixels."""


def chart_history(periods: Sequence[Mapping[str, Any]], words: tuple[str, str], width: int = WIDE) -> alt.LayerChart:
    """A case's outcome over time: a row for each outcome, a bar for each stretch of days.

    Periods have ``first`` and ``last`` (dates, both included), ``outcome`` and ``why``.
    """
    rows = [_bar(one) for one in periods]
    labels = [f"{shape} {name}" for name, (_, shape) in OUTCOMES.items()]
    axis = alt.Axis(labelColor=INK, grid=False, labelLimit=110)
    y = alt.Y("label:N", sort=labels, scale=alt.Scale(domain=labels), title=None, axis=axis)
    x = alt.X("x:T", title=None, scale=alt.Scale(type="utc", nice=False), axis=_time_axis(width))
    marks = from_rows().mark_bar(size=BAR)
    told = alt.Description("tip:N")
    layers = [marks.encode(x=x, x2=alt.X2("x2"), y=y, fill=alt.Fill("fill:N", scale=None), description=told)]
    return frame(layers, words, (width, ROW * len(labels)), {"rows": rows})


def chart_basket(rows: Rows, words: tuple[str, str], width: int = WIDE) -> alt.LayerChart:
    """How many cases of the basket were allowed (dark) and conditional (light) from each day of change on.

    Rows have ``date`` (ISO text), ``allowed``, ``conditional``, ``denied`` and ``unknown``; the scale runs from zero to
    all cases, and each step that changed the count allowed is labelled with it.
    """
    total = sum(int(rows[0][name]) for name in OUTCOMES) if rows else 0
    steps = [_step(row, rows[place + 1] if place + 1 < len(rows) else None) for place, row in enumerate(rows)]
    x = alt.X("x:T", title=None, scale=alt.Scale(type="utc", nice=False), axis=_time_axis(width))
    heights = alt.Scale(domain=[0, total], nice=False)
    y = alt.Y("allowed:Q", title=f"of {total} typical cases", scale=heights, axis=alt.Axis(tickCount=5))
    told = alt.Description("tip:N")
    upper = alt.Y("both:Q", scale=heights)
    labels = from_rows("labels").mark_text(dy=-7, dx=3, align="left", color=INK, fontSize=11)
    span = {"x": x, "x2": alt.X2("x2"), "y2": alt.Y2(datum=0), "description": told}
    light, dark = (from_rows().mark_rect(color=one, stroke=one, strokeWidth=0.7) for one in (SOFT, ACCENT))
    layers = [
        light.encode(y=upper, **span),
        dark.encode(y=y, **span),
        labels.encode(x=x, y=upper, text=alt.Text("allowed:Q")),
    ]
    named = {"rows": steps, "labels": _choose_labels(steps, width)}
    return frame(layers, words, (width, 240 if width > NARROW else 210), named)


def chart_cases(rows: Rows, words: tuple[str, str], columns: tuple[str, str], width: int = WIDE) -> alt.LayerChart:
    """Each case under its outcome then and now, by colour and shape; rows have ``case`` and the two columns."""
    marks = [
        {
            "label": shorten(str(row["case"]).replace("-", " "), 34),
            "column": name,
            "sign": OUTCOMES[str(row[name])][1],
            "fill": COLOURS[OUTCOMES[str(row[name])][0]],
            "told": f"{OUTCOMES[str(row[name])][1]} {row[name]}",
            "tip": tip(f"{row['case']}, {name}: {row[name]}"),
        }
        for row in rows
        for name in columns
    ]
    axis = alt.Axis(labelColor=INK, labelLimit=150 if width <= NARROW else 240, grid=False)
    y = alt.Y("label:N", sort=None, title=None, axis=axis)
    x = alt.X(
        "column:N", sort=list(columns), title=None, axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False)
    )
    text = from_rows().mark_text(fontSize=12, align="center")
    layer = text.encode(
        x=x, y=y, text=alt.Text("told:N"), color=alt.Color("fill:N", scale=None), description=alt.Description("tip:N")
    )
    return frame([layer], words, (width, alt.Step(20)), {"rows": marks})


def _bar(one: Mapping[str, Any]) -> dict[str, Any]:
    role, shape = OUTCOMES[str(one["outcome"])]
    told = f"{one['first']} to {one['last']}: {one['outcome']}; {one['why']}"
    return {
        "label": f"{shape} {one['outcome']}",
        "x": _iso(one["first"]),
        "x2": _iso(one["last"], 1),
        "fill": COLOURS[role],
        "tip": tip(told),
    }


def _step(row: Mapping[str, Any], after: Mapping[str, Any] | None) -> dict[str, Any]:
    end = _iso(after["date"]) if after else _iso(row["date"], 366)
    told = f"{row['date']}: {row['allowed']} allowed, {row['conditional']} conditional, {row['denied']} denied"
    both = int(row["allowed"]) + int(row["conditional"])
    return {"x": _iso(row["date"]), "x2": end, "allowed": int(row["allowed"]), "both": both, "tip": tip(told)}


def _choose_labels(steps: Sequence[Mapping[str, Any]], width: int) -> list[dict[str, Any]]:
    """Steps wide enough for their label, 18 pixels; the last always has one."""
    if not steps:
        return []
    first, last = date.fromisoformat(steps[0]["x"]), date.fromisoformat(steps[-1]["x2"])
    per_day = (width - 60) / max(1, (last - first).days)
    return [dict(one) for one in steps if one is steps[-1] or _days(one) * per_day >= 18]


def _days(step: Mapping[str, Any]) -> int:
    return (date.fromisoformat(step["x2"]) - date.fromisoformat(step["x"])).days


def _iso(day: date | str, later: int = 0) -> str:
    whole = date.fromisoformat(day) if isinstance(day, str) else day
    return (whole + timedelta(days=later)).isoformat()


def _time_axis(width: int) -> alt.Axis:
    return alt.Axis(format="%Y", tickCount=5 if width <= NARROW else 9, grid=False)
