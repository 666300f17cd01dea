"""How every chart looks: colours by role, type, and the frame of title and subtitle.

The colours are those of light pages. ``render`` turns each into a CSS variable, so a role must have a colour of its
own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

COLOURS: dict[str, str] = {
    "paper": "#fbfaf7",
    "ink": "#1d2433",
    "muted": "#565c66",
    "line": "#dcd8cf",
    "accent": "#1f4e79",
    "accent-soft": "#c9d8e6",
    "grey": "#7a7f87",
    "supported": "#1b7f79",
    "contradicted": "#c8502d",
    "mixed": "#b98300",
}
"""Colour of each role in light mode."""

PAPER, INK, MUTED, LINE = COLOURS["paper"], COLOURS["ink"], COLOURS["muted"], COLOURS["line"]
ACCENT, SOFT, GREY = COLOURS["accent"], COLOURS["accent-soft"], COLOURS["grey"]

FILE_SANS = "Helvetica Neue, Arial, Liberation Sans, Noto Sans, Noto Sans CJK JP, sans-serif"
FILE_SERIF = "Charter, Bitstream Charter, Source Serif 4, Noto Serif, Georgia, Liberation Serif, serif"

SANS, SERIF = "sans-serif", "serif"
"""Names by which a chart asks for type; pages and saved files put the whole stacks in their place (measuring many
names is slow)."""

WIDE, NARROW = 680, 340
"""Widths of a chart in pixels: for a page and for a phone."""

TITLE_SIZE, TEXT_SIZE = 15, 12
_LETTER = 0.5
"""Mean width of a letter as a share of its size, for breaking lines before the fonts are known."""

CHART_CONFIG: dict[str, Any] = {
    "background": PAPER,
    "font": SANS,
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": TEXT_SIZE,
        "titleFontSize": TEXT_SIZE,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelPadding": 5,
        "titlePadding": 8,
    },
    "axisY": {"domain": False, "ticks": False},
    "axisX": {"grid": False},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "font": SERIF,
        "fontSize": TITLE_SIZE,
        "fontWeight": "bold",
        "color": INK,
        "lineHeight": 19,
        "subtitleFont": SANS,
        "subtitleFontSize": TEXT_SIZE,
        "subtitleColor": MUTED,
        "subtitleLineHeight": 16,
        "subtitlePadding": 6,
        "offset": 14,
    },
    "text": {"fontSize": TEXT_SIZE, "color": INK},
}
"""Vega-Lite configuration shared by all charts."""

_CONFIG = alt.Config(**CHART_CONFIG)

Rows = Sequence[Mapping[str, Any]]


def from_rows(name: str = "rows") -> alt.Chart:
    """A chart of the rows of that name, which :func:`frame` is given (kept outside, or every layer would copy them)."""
    return alt.Chart(alt.NamedData(name))


def frame(
    layers: Sequence[alt.Chart], words: tuple[str, str], size: tuple[int, float | alt.Step], rows: Mapping[str, Rows]
) -> alt.LayerChart:
    """Layers as one chart with its title and subtitle, broken into lines that fit, and the common look.

    ``size`` is width and height in pixels; ``rows`` are the rows of the layers by the names they ask for.
    """
    title, subtitle = words
    width, height = size
    head = alt.TitleParams(text=break_lines(title, width, TITLE_SIZE), subtitle=break_lines(subtitle, width, TEXT_SIZE))
    fitted = alt.AutoSizeParams(type="fit-x", contains="padding")
    framed = alt.LayerChart(layer=list(layers), title=head, width=width, height=height, autosize=fitted)
    framed.config = _CONFIG
    framed.datasets = {name: list(values) for name, values in rows.items()}
    return framed


def break_lines(text: str, width: float, size: float) -> list[str]:
    """A text in lines that are about as wide as ``width`` pixels at a letter ``size``; never empty."""
    return textwrap.wrap(
        text, max(12, int(width / (size * _LETTER))), break_on_hyphens=False, break_long_words=False
    ) or [""]


def shorten(text: str, letters: int) -> str:
    """A label cut to so many letters, with an ellipsis where something is left out.

    >>> shorten("Acquisition", 6), shorten("radar", 6)
    ('Acqui…', 'radar')
    """
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
