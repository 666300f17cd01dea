"""Plain bars, for tables that have no chart of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from pactwatch.charts.render import tip
from pactwatch.charts.theme import ACCENT, INK, WIDE, Rows, frame, from_rows, shorten

MOST = 24
"""So many rows are drawn; the rest stands in the table."""


def chart_bars(rows: Rows, words: tuple[str, str], columns: tuple[str, str], width: int = WIDE) -> alt.LayerChart:
    """A bar from zero for each row: ``columns`` names the label and the number."""
    label, number = columns
    values: list[dict[str, Any]] = [
        {
            "label": shorten(str(row[label]), 34),
            "value": float(row[number]),
            "tip": tip(f"{row[label]}: {row[number]}"),
        }
        for row in rows[:MOST]
        if row[number] is not None
    ]
    names = alt.Axis(labelLimit=220, labelColor=INK)
    y = alt.Y("label:N", sort=[one["label"] for one in values], title=None, axis=names)
    x = alt.X("value:Q", title=number, axis=alt.Axis(grid=True, tickCount=5))
    bars = from_rows().mark_bar(color=ACCENT, height=14).encode(x=x, y=y, description=alt.Description("tip:N"))
    texts = from_rows().mark_text(align="left", dx=4).encode(x=x, y=y, text=alt.Text("value:Q", format=".3~g"))
    return frame([bars, texts], words, (width, alt.Step(22)), {"rows": values})


def guess_columns(rows: Rows) -> tuple[str, str] | None:
    """The first column of words (or the year or month) and the first of numbers, if there are both."""
    if not rows:
        return None
    first = rows[0]
    label = next((name for name, value in first.items() if isinstance(value, str)), None)
    label = label or next((name for name in first if name in ("year", "month")), None)
    number = next((name for name in first if name != label and _is_number(first, name)), None)
    return (label, number) if label and number else None


def _is_number(row: Mapping[str, Any], name: str) -> bool:
    return isinstance(row[name], int | float) and not isinstance(row[name], bool)
