"""Figures by year: counts as lines with their labels at the end, or parts of a whole as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from pactwatch.charts.render import tip
from pactwatch.charts.theme import ACCENT, GREY, INK, NARROW, PAPER, SOFT, WIDE, Rows, frame, from_rows

FITTED = "fitted"
"""Column of a line that a test fitted, drawn dashed and without dots."""

Values = list[dict[str, Any]]


def chart_lines(
    rows: Rows, words: tuple[str, str], lines: Sequence[str], width: int = WIDE, unit: str = "records"
) -> alt.LayerChart:
    """A line per column named in ``lines`` over ``year``: the first in the accent, the others grey, labelled at the
    end.

    A row with ``partial`` true (a year not over yet, a figure no page was opened for) is drawn hollow and no line leads
    to it. The vertical axis starts at zero.
    """
    colours = dict(zip(lines, [ACCENT] + [GREY] * (len(lines) - 1), strict=True))
    values = [_point(row, name, unit) for name in lines for row in rows if row.get(name) is not None]
    whole = [one for one in values if not one["is_partial"]]
    ends = _place_labels(whole, lines) if len(lines) > 1 else []
    dots = [one | {"fill": PAPER if one["is_partial"] else colours[one["line"]]} for one in values]
    named = {"whole": whole, "dots": [one for one in dots if one["line"] != FITTED], "ends": ends}
    x = _place_years(values, width, 7.5 * max((len(one["label"]) for one in ends), default=0) + 12)
    y = alt.Y("value:Q", title=unit, axis=alt.Axis(tickCount=4), scale=alt.Scale(zero=True))
    colour = alt.Scale(domain=list(lines), range=list(colours.values()))
    layers = _draw_lines(x, y, colour, lines)
    return frame(layers, words, (width, 230 if width > NARROW else 210), named)


def chart_parts(
    rows: Rows, words: tuple[str, str], columns: tuple[str, str], width: int = WIDE, cut: float | None = None
) -> alt.LayerChart:
    """Bars by ``year`` from zero: the first column (the part) before the second (the whole).

    A line stands at ``cut``, where two periods meet.
    """
    values = [_part(row, columns) for row in rows if row.get("year") is not None]
    years = [one["year"] for one in values] or [0]
    thickness = max(3.0, min(24.0, (width - 50) / (max(years) - min(years) + 1) * 0.7))
    scale = alt.Scale(domain=[min(years) - 0.6, max(years) + 0.6], nice=False)
    x = alt.X("year:Q", title=None, axis=_year_axis(width), scale=scale)
    wholes = from_rows().mark_bar(size=thickness, color=SOFT)
    parts = from_rows().mark_bar(size=thickness, color=ACCENT)
    told = alt.Description("tip:N")
    layers = [
        wholes.encode(x=x, y=alt.Y("whole:Q", title="events", axis=alt.Axis(tickCount=4)), description=told),
        parts.encode(x=x, y=alt.Y("part:Q"), description=told),
        from_rows("cut").mark_rule(color=INK, strokeDash=[3, 3]).encode(x=alt.X("cut:Q")),
    ]
    return frame(layers, words, (width, 220), {"rows": values, "cut": [] if cut is None else [{"cut": cut - 0.5}]})


def _draw_lines(x: alt.X, y: alt.Y, colours: alt.Scale, lines: Sequence[str]) -> list[alt.Chart]:
    colour = alt.Color("line:N", legend=None, scale=colours)
    stroke = alt.Stroke("line:N", legend=None, scale=colours)
    text = from_rows("ends").mark_text(align="left", baseline="middle", dx=9, fontWeight="bold")
    dots = from_rows("dots").mark_point(size=26, opacity=1, strokeWidth=1.5)
    return [
        from_rows("whole").mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=_dashes(lines)),
        dots.encode(x=x, y=y, stroke=stroke, fill=alt.Fill("fill:N", scale=None), description=alt.Description("tip:N")),
        text.encode(x=x, y=alt.Y("label_y:Q"), text=alt.Text("label:N"), color=colour),
    ]


def _place_years(values: Values, width: int, room: float) -> alt.X:
    """The years, with ``room`` in pixels left for labels at their end."""
    years = [one["year"] for one in values] or [0]
    scale = alt.Scale(domain=[min(years), max(years)], nice=False, range=[6, width - room - 44])
    return alt.X("year:Q", title=None, axis=_year_axis(width), scale=scale)


def _year_axis(width: int) -> alt.Axis:
    return alt.Axis(format="d", tickMinStep=1, tickCount=5 if width <= NARROW else 10)


def _point(row: Mapping[str, Any], name: str, unit: str) -> dict[str, Any]:
    is_partial = bool(row.get("partial"))
    told = tip(f"{row['year']}: {_number(row[name])} {unit}, {name}" + (", not complete" if is_partial else ""))
    return {"year": int(row["year"]), "value": float(row[name]), "line": name, "is_partial": is_partial, "tip": told}


def _part(row: Mapping[str, Any], columns: tuple[str, str]) -> dict[str, Any]:
    part, whole = (row[column] for column in columns)
    told = tip(f"{row['year']}: {_number(part)} of {_number(whole)}")
    return {"year": int(row["year"]), "part": float(part), "whole": float(whole), "tip": told}


def _place_labels(values: Values, lines: Sequence[str]) -> Values:
    """The last point of each line with a height for its label at which no two labels overlap."""
    ends = [own[-1] for name in lines if (own := [one for one in values if one["line"] == name])]
    span = max((one["value"] for one in values), default=1.0) or 1.0
    placed: Values = []
    for one in sorted(ends, key=lambda end: float(end["value"])):
        floor = placed[-1]["label_y"] + span * 0.09 if placed else 0.0
        placed.append(one | {"label": one["line"], "label_y": max(one["value"], floor)})
    return placed


def _dashes(lines: Sequence[str]) -> alt.StrokeDash:
    patterns = [[4, 3] if name == FITTED else [1, 0] for name in lines]
    return alt.StrokeDash("line:N", legend=None, scale=alt.Scale(domain=list(lines), range=patterns))


def _number(value: Any) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
