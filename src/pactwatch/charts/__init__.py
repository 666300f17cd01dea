"""Findings and measures as Altair charts, the same for pages, briefs and notebooks.

``theme`` says how they look, a file for each family says what they show, ``claim`` picks the family for a claim,
``render`` makes SVG of them. Each is loaded when it is first asked for: Altair takes most of a second.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactwatch.charts.activity import chart_activity, chart_partner_activity
    from pactwatch.charts.claim import chart_claim
    from pactwatch.charts.interval import chart_interval
    from pactwatch.charts.law import chart_basket, chart_history
    from pactwatch.charts.months import chart_months
    from pactwatch.charts.render import render_svg
    from pactwatch.charts.spans import chart_ties
    from pactwatch.charts.timeline import chart_timeline

_HOMES = {
    "chart_activity": "activity",
    "chart_basket": "law",
    "chart_claim": "claim",
    "chart_history": "law",
    "chart_interval": "interval",
    "chart_months": "months",
    "chart_partner_activity": "activity",
    "chart_ties": "spans",
    "chart_timeline": "timeline",
    "render_svg": "render",
}

__all__ = [
    "chart_activity",
    "chart_basket",
    "chart_claim",
    "chart_history",
    "chart_interval",
    "chart_months",
    "chart_partner_activity",
    "chart_ties",
    "chart_timeline",
    "render_svg",
]


def __getattr__(name: str) -> object:
    """Load a chart's module when the chart is asked for."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
