"""Findings and measures as Altair charts, the same for pages, briefs and notebooks.

``theme`` says how they look, a file for each family says what they show, ``claim`` picks the family for a claim,
``render`` makes SVG of them.
"""

from pactwatch.charts.activity import chart_activity, chart_partner_activity
from pactwatch.charts.claim import chart_claim
from pactwatch.charts.interval import chart_interval
from pactwatch.charts.law import chart_basket, chart_history
from pactwatch.charts.months import chart_months
from pactwatch.charts.render import render_svg
from pactwatch.charts.spans import chart_ties
from pactwatch.charts.timeline import chart_timeline

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
