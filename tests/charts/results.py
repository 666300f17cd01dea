"""Claim results written by hand: one table of each shape that the kinds of test give."""

from __future__ import annotations

from typing import Any

import altair as alt

from pactwatch.charts.render import draw_body, save_svg, specify
from pactwatch.claims.finding import ClaimResult, Variant, Verdict

Rows = list[dict[str, Any]]

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

TABLES: dict[str, list[Rows]] = {
    "cluster": [
        [
            {"month": month, "events": place, "expected": 5.5, "claimed": "yes" if month == "March" else "no"}
            for place, month in enumerate(MONTHS)
        ]
    ],
    "share": [[{"year": 2020, "of the kind": 2, "all": 5}, {"year": 2023, "of the kind": 4, "all": 4}]],
    "shift": [
        [
            {"year": 2019, "period": "earlier", "events": 4.0, "with the feature": 1.0, "share": 0.25},
            {"year": 2021, "period": "later", "events": 2.0, "with the feature": 2.0, "share": 1.0},
        ]
    ],
    "compare": [
        [
            {"group": "selection", "rows": 9, "events": 8, "share": 0.5, "lowest": 0.2, "highest": 0.8},
            {"group": "against", "rows": 0, "events": 0, "share": None, "lowest": None, "highest": None},
        ]
    ],
    "trend": [
        [
            {"year": 2020, "events": 3, "baseline events": 1, "fitted": 2.5},
            {"year": 2021, "events": 4, "baseline events": 0, "fitted": None},
        ]
    ],
    "series": [
        [
            {
                "year": 2020,
                "figure": 61.2,
                "unit": "percent",
                "basis": "restated",
                "page seen": "yes",
                "figure_id": "F1",
            },
            {
                "year": 2021,
                "figure": 68.0,
                "unit": "percent",
                "basis": "restated",
                "page seen": "no",
                "figure_id": "F2",
            },
        ]
    ],
    "concentration": [
        [{"partner": "PHL", "2014-2019": 3.0, "2020-2025": 9.0}, {"partner": "VNM", "2014-2019": 3.0, "2020-2025": 1.0}]
    ],
    "depth": [[{"year": 2019, "level": "port call", "level rank": 0, "exercises": 3}]],
    "network": [
        [
            {
                "period": "before 2020",
                "actor": "JPN",
                "partners": 3,
                "strength": 2.0,
                "share of ties": "50 %",
                "betweenness": 0.1,
                "brokerage": 0.2,
            },
            {
                "period": "from 2020",
                "actor": "PHL",
                "partners": 2,
                "strength": 1.0,
                "share of ties": "20 %",
                "betweenness": 0.0,
                "brokerage": 0.1,
            },
        ]
    ],
    "exists": [
        [
            {
                "part": "selected",
                "date": "March 2024",
                "year": 2024,
                "record": "Radar",
                "stage": "delivered",
                "verified": "no",
                "record_id": "R0001",
            }
        ]
    ],
    "first": [
        [
            {
                "instrument": "RAA",
                "place": "first",
                "actor": "PHL",
                "date": "8 July 2024",
                "first other": "VNM",
                "date of the first other": "2025",
                "actors with it": 2,
                "record_id": "R0001",
            }
        ]
    ],
    "precedes": [
        [
            {
                "partner": "PHL",
                "first earlier step": "first quarter of 2016",
                "first later step": None,
                "order": "later not yet",
            }
        ],
        [
            {
                "partner": "PHL",
                "instrument": "MOU",
                "rung": 0,
                "date": "29 January 2015",
                "year": 2015,
                "record_id": "R0001",
            }
        ],
        [
            {
                "date": "2024",
                "year": 2024,
                "record": "Boats",
                "parties": "JPN PHL",
                "accompanied": "yes",
                "record_id": "R0001",
            }
        ],
    ],
}
"""Tables by kind."""


def make_result(kind: str = "cluster", table: Rows | None = None, **fields: Any) -> ClaimResult:
    """A result with plausible numbers; ``fields`` replace any."""
    given: dict[str, Any] = {
        "id": f"claim-{kind}",
        "text": "Deals cluster in March.",
        "said_by": "commentary",
        "reading": "The share of deals that falls in March.",
        "kind": kind,
        "verdict": Verdict.MIXED,
        "why": "The records show a part of it.",
        "estimate": 0.29,
        "unit": "share of events",
        "interval": (0.21, 0.38),
        "no_effect": 0.25,
        "smallest_effect": 0.35,
        "p": 0.31,
        "p_adjusted": 0.4,
        "p_refute": 0.02,
        "p_refute_adjusted": 0.05,
        "n": 108,
        "n_unit": "events",
        "detectable": 0.34,
        "sentence": "31 of 108 dated events fell in January-March (29 %; p = 0.31).",
        "robustness": (
            Variant(choice="verified rows only", estimate=0.31, interval=(0.2, 0.4), p=0.2, n=90, agrees=True),
            Variant(
                choice="every row by itself", estimate=0.2, interval=None, p=0.7, n=120, agrees=False, note="Fewer."
            ),
            Variant(choice="nothing left", estimate=None, interval=None, p=None, n=0, agrees=None),
        ),
        "caveats": ("Two rows have no month.",),
        "records": (),
        "table": tuple(TABLES[kind][0] if table is None else table),
    }
    return ClaimResult(**(given | fields))


def draw_file(chart: alt.LayerChart | None) -> str:
    """A chart as the file a reader saves."""
    assert chart is not None
    specification = specify(chart)
    return save_svg(draw_body(specification), specification)
