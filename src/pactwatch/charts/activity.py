"""Records by year: the casebook's partners beside the baseline, and one partner by type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from pactwatch.charts.bubbles import chart_bubbles
from pactwatch.charts.theme import WIDE
from pactwatch.charts.years import chart_lines


def chart_activity(
    rows: Sequence[Mapping[str, Any]], words: tuple[str, str], lines: Sequence[str], width: int = WIDE
) -> alt.LayerChart:
    """Records by ``year``, a line for each column of ``lines``; a year marked ``partial`` is hollow."""
    return chart_lines(rows, words, lines, width)


def chart_partner_activity(
    rows: Sequence[Mapping[str, Any]],
    words: tuple[str, str],
    order: Sequence[str],
    width: int = WIDE,
    years: tuple[int, int] | None = None,
) -> alt.LayerChart:
    """One partner's records by ``year`` and type (``kind``), the area of a disc being their ``count``."""
    return chart_bubbles(rows, words, order, width, years)
