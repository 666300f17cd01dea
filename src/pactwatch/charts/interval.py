"""The small picture of a finding: the estimate with its 95 % interval, what it is read against, and other choices
below."""

from __future__ import annotations

from typing import Any

import altair as alt

from pactwatch.charts.render import tip
from pactwatch.charts.theme import ACCENT, GREY, INK, LINE, MUTED, NARROW, PAPER, WIDE, frame, from_rows, shorten
from pactwatch.claims.finding import ClaimResult, Variant

ROW = 22
"""Height of a row in pixels."""

PHONE_ROW = 37
"""Height of a row on a phone, where its name stands above it."""

Values = list[dict[str, Any]]


def chart_interval(result: ClaimResult, edition: str = "", width: int = WIDE) -> alt.LayerChart | None:
    """Forest plot of a claim's estimate and of its robustness grid on one scale; ``None`` where nothing was estimated.

    Upright lines stand at no effect, at the smallest effect worth speaking of, and at the smallest value that so many
    data would have shown. Other choices that do not point the way of the verdict are hollow; those that cannot
    tell are grey.
    """
    rows, marks = _list_rows(result), _list_marks(result)
    if result.estimate is None:
        return None
    step = PHONE_ROW if width <= NARROW else ROW
    for place, row in enumerate([*marks, *rows]):
        row |= {"y": place * step, "name_y": place * step - (12 if width <= NARROW else 0)}
    bottom = step * (len(rows) + len(marks))
    lines = [mark | {"bottom": bottom} for mark in marks]
    layers = _draw(_place_values([*rows, *marks], number_format(result.unit), width), _place_heights(bottom, step))
    named = {"rows": rows, "lines": lines, "own": rows[:1], "others": rows[1:] + marks}
    return frame(layers, _title(result, edition), (width, bottom + step), named)


def number_format(unit: str) -> str:
    """The d3 format for values of a unit: shares and their changes in percent, others to three digits.

    >>> number_format("share of events"), number_format("points a year")
    ('.0%', '.3~g')
    """
    return ".0%" if "share" in unit else ".3~g"


def _draw(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    form = x["axis"]["format"]
    colour, fill = alt.Color("stroke:N", scale=None), alt.Fill("fill:N", scale=None)
    lines, rows = from_rows("lines"), from_rows()
    look = {"fill": fill, "stroke": alt.Stroke("stroke:N", scale=None), "size": alt.Size("size:Q", scale=None)}
    bold = from_rows("own").mark_text(align="left", fontWeight="bold", color=INK)
    plain = from_rows("others").mark_text(align="left", color=INK)
    name = {"x": alt.value(0), "y": alt.Y("name_y:Q", axis=None), "text": alt.Text("name:N")}
    return [
        lines.mark_rule(strokeDash=[3, 3]).encode(x=x, y=y, y2=alt.Y2("bottom"), color=colour),
        lines.mark_text(align="left", dx=5, color=MUTED).encode(x=x, y=y, text=alt.Text("value:Q", format=form)),
        rows.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2=alt.X2("high"), y=y, color=colour),
        rows.mark_point(opacity=1, strokeWidth=1.5).encode(x=x, y=y, description=alt.Description("tip:N"), **look),
        bold.encode(**name),
        plain.encode(**name),
    ]


def _place_values(rows: Values, form: str, width: int) -> alt.X:
    """The scale of the estimate: all that is drawn, with a little air, beside the names (on a phone below them)."""
    told = [value for row in rows for value in (row["value"], row.get("low"), row.get("high")) if value is not None]
    air = (max(told) - min(told)) * 0.06 or abs(told[0]) * 0.1 or 1.0
    left = 10 if width <= NARROW else 250
    domain = [min(told) - air, max(told) + air]
    scale = alt.Scale(domain=domain, nice=False, zero=False, range=[left, width - 46])
    axis = alt.Axis(format=form, tickCount=4 if width <= NARROW else 6, grid=True)
    return alt.X("value:Q", scale=scale, title=None, axis=axis)


def _place_heights(bottom: float, step: float) -> alt.Y:
    scale = alt.Scale(domain=[bottom, -step], range=[bottom + step, 0], nice=False, zero=False)
    return alt.Y("y:Q", scale=scale, axis=None)


def _title(result: ClaimResult, edition: str) -> tuple[str, str]:
    title = "How sure the estimate is, and what other choices give" if result.interval else "What other choices give"
    parts = [result.unit, "95 % interval" if result.interval else "", f"n = {result.n} {result.n_unit}"]
    parts.append(f"edition {edition}" if edition else "")
    return title, "; ".join(part for part in parts if part)


def _list_rows(result: ClaimResult) -> Values:
    own = {"name": "as tested", "value": result.estimate, "fill": ACCENT, "stroke": ACCENT, "size": 90}
    rows = [own | _reach(result.interval)]
    rows += [_row(variant) for variant in result.robustness if variant.estimate is not None]
    return [row | {"tip": tip(f"{row['name']}: {row['value']}")} for row in rows]


def _row(variant: Variant) -> dict[str, Any]:
    stroke = GREY if variant.agrees is None else ACCENT
    fill = PAPER if variant.agrees is False else stroke
    name = shorten(variant.choice, 42)
    return {"name": name, "value": variant.estimate, "fill": fill, "stroke": stroke, "size": 45} | _reach(
        variant.interval
    )


def _reach(interval: tuple[float, float] | None) -> dict[str, Any]:
    return {"low": interval[0] if interval else None, "high": interval[1] if interval else None}


def _list_marks(result: ClaimResult) -> Values:
    told = (
        ("no effect", result.no_effect, INK),
        ("smallest worth speaking of", result.smallest_effect, GREY),
        ("could have been seen from", result.detectable, LINE),
    )
    return [{"name": name, "value": value, "stroke": stroke} for name, value, stroke in told if value is not None]
