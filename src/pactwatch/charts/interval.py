"""The small picture of a finding: the estimate with its 95 % interval, what it is read against, and other choices
below."""

from __future__ import annotations

from typing import Any

import altair as alt

from pactwatch.charts.render import tip
from pactwatch.charts.theme import ACCENT, GREY, INK, LINE, MUTED, NARROW, PAPER, WIDE, frame, from_rows, shorten
from pactwatch.claims.finding import ClaimResult, Variant, asks_nearness

ROW = 22
"""Height of a row in pixels."""

PHONE_ROW = 40
"""Height of a row on a phone, where its name stands above it."""

PHONE_MARK = 9
"""Pixels above and below the middle of a row on a phone that lines may take; the rest is for the name alone."""

NUMBER_ROOM = 46
"""Pixels kept at the side for the number written at a line."""

Values = list[dict[str, Any]]


def chart_interval(result: ClaimResult, edition: str = "", width: int = WIDE) -> alt.LayerChart | None:
    """Forest plot of a claim's estimate and of its robustness grid on one scale.

    ``None`` where nothing was estimated, or where there is no interval and no other choice gives another estimate.
    Upright lines stand at no effect, at the smallest effect worth speaking of, and at the smallest value that so many
    data would have shown. Other choices that point another way than the main test are hollow; those that cannot
    tell are grey.
    """
    if not _has_spread(result):
        return None
    rows, marks = _list_rows(result), _list_marks(result)
    is_phone = width <= NARROW
    step = PHONE_ROW if is_phone else ROW
    for place, row in enumerate([*marks, *rows]):
        row |= {"y": place * step, "name_y": place * step - (20 if is_phone else 0)}
    bottom = step * (len(rows) + len(marks))
    lines = _draw_pieces(marks, rows) if is_phone else [mark | {"top": mark["y"], "bottom": bottom} for mark in marks]
    x = _place_values([*rows, *marks], number_format(result), width)
    named = {"rows": rows, "marks": marks, "lines": lines, "own": rows[:1], "others": rows[1:] + marks}
    return frame(_draw(x, _place_heights(bottom, step)), _title(result, edition), (width, bottom + step), named)


def number_format(result: ClaimResult) -> str:
    """The d3 format for values of a result: shares and their changes in percent, counts whole, others to at most three
    decimals."""
    return "d" if _is_count(result) else ".0%" if "share" in result.unit else ".3~f"


def _draw(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    form = x["axis"]["format"]
    colour, fill = alt.Color("stroke:N", scale=None), alt.Fill("fill:N", scale=None)
    rows = from_rows()
    right, left = alt.datum.side == "right", alt.datum.side == "left"
    look = {"fill": fill, "stroke": alt.Stroke("stroke:N", scale=None), "size": alt.Size("size:Q", scale=None)}
    number, told = from_rows("marks"), alt.Text("value:Q", format=form)
    bold = from_rows("own").mark_text(align="left", fontWeight="bold", color=INK)
    plain = from_rows("others").mark_text(align="left", color=INK)
    name = {"x": alt.value(0), "y": alt.Y("name_y:Q", axis=None), "text": alt.Text("name:N")}
    return [
        from_rows("lines")
        .mark_rule(strokeDash=[3, 3])
        .encode(x=x, y=alt.Y("top:Q", axis=None), y2=alt.Y2("bottom"), color=colour),
        number.mark_text(align="left", dx=5, color=MUTED).transform_filter(right).encode(x=x, y=y, text=told),
        number.mark_text(align="right", dx=-5, color=MUTED).transform_filter(left).encode(x=x, y=y, text=told),
        rows.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2=alt.X2("high"), y=y, color=colour),
        rows.mark_point(opacity=1, strokeWidth=1.5).encode(x=x, y=y, description=alt.Description("tip:N"), **look),
        bold.encode(**name),
        plain.encode(**name),
    ]


def _place_values(rows: Values, form: str, width: int) -> alt.X:
    """The scale of the estimate: all that is drawn, with a little air, beside the names (on a phone below them)."""
    told = [value for row in rows for value in (row["value"], row.get("low"), row.get("high")) if value is not None]
    air = (max(told) - min(told)) * 0.06 or abs(told[0]) * 0.1 or 1.0
    is_phone = width <= NARROW
    left = (10 if is_phone else 250) + (NUMBER_ROOM if any(row.get("side") == "left" for row in rows) else 0)
    domain = [min(told) - air, max(told) + air]
    scale = alt.Scale(domain=domain, nice=False, zero=False, range=[left, width - NUMBER_ROOM])
    axis = alt.Axis(format=form, tickCount=4 if is_phone else 6, grid=not is_phone)
    if form == "d":
        axis["tickMinStep"] = 1
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
    return [row | {"tip": tip(f"{row['name']}: {_say(row['value'], result.unit)}")} for row in rows]


def _say(value: float, unit: str) -> str:
    return f"{100 * value:.1f} %" if "share" in unit else f"{round(value, 3) + 0.0:g}"


def _has_spread(result: ClaimResult) -> bool:
    """Whether there is an estimate with an interval, or with another choice that gives another one."""
    others = {variant.estimate for variant in result.robustness} - {None, result.estimate}
    return result.estimate is not None and (result.interval is not None or bool(others))


def _is_count(result: ClaimResult) -> bool:
    """Whether the estimate is a number of things: whole throughout, and without an interval."""
    told = [result.estimate, *(variant.estimate for variant in result.robustness)]
    return result.interval is None and all(value is None or float(value).is_integer() for value in told)


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
    """The upright lines, those nearest to no effect first, each with the side of its number: away from no effect, so
    that no line from above goes through a number below."""
    is_near = asks_nearness(result.unit)
    told = (
        ("no longer near" if is_near else "no effect", result.no_effect, INK),
        ("as told" if is_near else "smallest worth speaking of", result.smallest_effect, GREY),
        ("could have been seen from", result.detectable, LINE),
    )
    zero = result.no_effect or 0.0
    marks = [
        {"name": name, "value": value, "stroke": stroke, "side": "left" if value < zero else "right"}
        for name, value, stroke in told
        if value is not None
    ]
    return sorted(marks, key=lambda mark: abs(float(str(mark["value"])) - zero))


def _draw_pieces(marks: Values, rows: Values) -> Values:
    """The upright lines cut at the names of rows, which on a phone stand across the whole width."""
    heights = [float(row["y"]) for row in [*marks, *rows]]
    return [
        mark | {"top": height - PHONE_MARK, "bottom": height + PHONE_MARK}
        for mark in marks
        for height in heights
        if height >= mark["y"]
    ]
