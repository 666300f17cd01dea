"""Values with their reach, one row each: shares with intervals, before and after, ranks with their range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from pactwatch.charts.render import tip
from pactwatch.charts.theme import ACCENT, GREY, INK, MUTED, NARROW, PAPER, SOFT, WIDE, Rows, frame, from_rows, shorten

ROW = 22
"""Height of a row in pixels."""

TALL_ROW = 36
"""Height of a row with a note above its mark."""

Values = list[dict[str, Any]]


def chart_spans(
    rows: Rows, words: tuple[str, str], width: int = WIDE, axis: tuple[str, str] = ("share", ".0%")
) -> alt.LayerChart:
    """A dot at ``value`` and a line from ``low`` to ``high`` for each row, under its ``label``, with its ``note``
    above.

    ``axis`` is the title and number format of the scale, which starts at zero.
    """
    values = [_span(row) for row in rows]
    y = _name_rows([one["label"] for one in values], 110 if width <= NARROW else 240)
    dots = from_rows().mark_circle(size=70, color=ACCENT, opacity=1)
    notes = from_rows().mark_text(dy=-11, color=MUTED, fontSize=11)
    reaches = from_rows().mark_rule(strokeWidth=5, color=SOFT, strokeCap="round")
    x = _place_values("value", axis)
    layers = [
        reaches.encode(x=_place_values("low", axis), x2=alt.X2("high"), y=y),
        dots.encode(x=x, y=y, description=alt.Description("tip:N")),
        notes.encode(x=x, y=y, text=alt.Text("note:N")),
    ]
    return frame(layers, words, (width, alt.Step(TALL_ROW)), {"rows": values})


def chart_change(
    rows: Rows, words: tuple[str, str], periods: tuple[str, str], width: int = WIDE, axis: tuple[str, str] = ("", "")
) -> alt.LayerChart:
    """``before`` (hollow) and ``after`` (filled) for each row of ``label``; ``axis`` as for :func:`chart_spans`."""
    values = [
        {
            "label": shorten(str(row["label"]), 34),
            "before": row["before"],
            "after": row["after"],
            "tip": tip(f"{row['label']}: {row['before']:.3g} in {periods[0]}, {row['after']:.3g} in {periods[1]}"),
        }
        for row in rows
    ]
    y = _name_rows([one["label"] for one in values], 200)
    told = alt.Description("tip:N")
    hollow = from_rows().mark_point(size=60, fill=PAPER, stroke=GREY, opacity=1)
    filled = from_rows().mark_point(size=60, fill=ACCENT, stroke=ACCENT, opacity=1)
    layers = [
        from_rows().mark_rule(color=GREY).encode(x=_place_values("before", axis), x2=alt.X2("after"), y=y),
        hollow.encode(x=alt.X("before:Q"), y=y, description=told),
        filled.encode(x=alt.X("after:Q"), y=y, description=told),
    ]
    return frame(layers, words, (width, alt.Step(ROW)), {"rows": values})


def chart_ties(rows: Rows, words: tuple[str, str], width: int = WIDE) -> alt.LayerChart:
    """Rank of each partner under the casebook's weights (dot) and the ranks it takes under other weights (line).

    Rows have ``partner``, ``rank_in_year``, ``rank_low`` and ``rank_high``; rank 1 stands left.
    """
    values = [_rank(row) for row in sorted(rows, key=lambda row: (row["rank_in_year"], row["partner"]))]
    y = _name_rows([one["label"] for one in values], 150)
    last = max((one["high"] for one in values), default=1.0)
    x = alt.X(
        "value:Q",
        title="rank (1 is the strongest tie)",
        scale=alt.Scale(domain=[0.5, last + 0.5], nice=False),
        axis=alt.Axis(format="d", grid=True, values=[1, *range(5, int(last) + 1, 5)]),
    )
    reaches = from_rows().mark_rule(strokeWidth=7, color=SOFT, strokeCap="round")
    dots = from_rows().mark_circle(size=70, color=ACCENT, opacity=1)
    layers = [
        reaches.encode(x=alt.X("low:Q"), x2=alt.X2("high"), y=y),
        dots.encode(x=x, y=y, description=alt.Description("tip:N")),
    ]
    return frame(layers, words, (width, alt.Step(ROW)), {"rows": values})


def _name_rows(labels: Sequence[str], room: int) -> alt.Y:
    axis = alt.Axis(labelColor=INK, labelLimit=room, grid=False)
    return alt.Y("label:N", sort=list(labels), title=None, axis=axis)


def _place_values(column: str, axis: tuple[str, str]) -> alt.X:
    title, form = axis
    ticks = alt.Axis(format=form, grid=True, tickCount=5)
    return alt.X(f"{column}:Q", title=title or None, scale=alt.Scale(zero=True, nice=True), axis=ticks)


def _span(row: Mapping[str, Any]) -> dict[str, Any]:
    note = str(row.get("note", ""))
    own = {name: row[name] for name in ("value", "low", "high")}
    return {"label": str(row["label"]), "note": note, "tip": tip(f"{row['label']}: {note or row['value']}"), **own}


def _rank(row: Mapping[str, Any]) -> dict[str, Any]:
    """A tie as drawn; the line reaches a little beyond its ranks, so that a single rank shows too."""
    rank, low, high = (int(row[name]) for name in ("rank_in_year", "rank_low", "rank_high"))
    told = tip(f"{row['partner']}: rank {rank}, between {low} and {high} under other weights")
    return {"label": str(row["partner"]), "value": rank, "low": low - 0.25, "high": high + 0.25, "tip": told}
