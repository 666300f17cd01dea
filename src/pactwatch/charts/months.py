"""Months of the year: how many fell in each, beside how many the length of the months (or a reference) would have
it."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from pactwatch.charts.render import tip
from pactwatch.charts.theme import ACCENT, INK, NARROW, SOFT, WIDE, frame, from_rows

MONTHS = list(month_name)[1:]


def chart_months(
    rows: Sequence[Mapping[str, Any]], words: tuple[str, str], width: int = WIDE, count: str = "records"
) -> alt.LayerChart:
    """Bars from zero, one per month of the year, and a mark at what was expected.

    Rows have ``month`` (1-12 or its English name), ``count`` (a column of that name), ``expected`` on the same scale,
    and
    perhaps ``claimed`` (``yes`` for the months a claim names; without it all are drawn alike).
    """
    values = [_row(row, count) for row in sorted(rows, key=lambda row: _number(row["month"]))]
    letters = 1 if width <= NARROW else 3
    labels = alt.Axis(labelExpr=f"slice(datum.label, 0, {letters})", labelAngle=0, title=None)
    months = alt.X(
        "month:N", sort=MONTHS, axis=labels, scale=alt.Scale(domain=MONTHS, paddingInner=0.25, paddingOuter=0.1)
    )
    base = from_rows().encode(x=months)
    height = alt.Y("count:Q", title=count, axis=alt.Axis(tickCount=4, format="d", tickMinStep=1))
    shades = alt.Color("part:N", scale=alt.Scale(domain=["claimed", "other"], range=[ACCENT, SOFT]), legend=None)
    bars = base.mark_bar().encode(y=height, color=shades, description=alt.Description("tip:N"))
    numbers = base.mark_text(dy=-6, baseline="bottom").encode(y=alt.Y("top:Q"), text=alt.Text("count:Q", format="d"))
    marks = base.mark_tick(color=INK, thickness=2, bandSize=30 if width > NARROW else 16).encode(
        y=alt.Y("expected:Q"), description=alt.Description("tip:N")
    )
    return frame([bars, marks, numbers], words, (width, 210), {"rows": values})


def _row(row: Mapping[str, Any], count: str) -> dict[str, Any]:
    number = _number(row["month"])
    found, expected = float(row[count]), row.get("expected")
    told = f"{MONTHS[number - 1]}: {found:.0f} {count}" + ("" if expected is None else f", expected {expected:.1f}")
    return {
        "month": MONTHS[number - 1],
        "count": found,
        "expected": expected,
        "top": max(found, expected or 0.0),
        "part": "claimed" if row.get("claimed", "yes") == "yes" else "other",
        "tip": tip(told),
    }


def _number(month: Any) -> int:
    return MONTHS.index(month) + 1 if isinstance(month, str) and month in MONTHS else int(month)
