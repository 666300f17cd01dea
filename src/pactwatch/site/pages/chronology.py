"""Time: every milestone on one line, and the months of the year."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

import altair as alt

from pactwatch.charts.months import MONTHS, chart_months
from pactwatch.charts.timeline import chart_timeline
from pactwatch.site.figures import Plan, Studio
from pactwatch.site.pages.partners import FIRST_DRAWN, describe_milestone, list_milestones
from pactwatch.site.reading import TYPES, Book
from pactwatch.site.words import count_words, say_code
from pactwatch.site.writing import Writer

ALL = "all"


def plan_timeline(book: Book, studio: Studio) -> Plan | None:
    """Start drawing all milestones since the first year drawn."""
    last = int(book.edition.settings.as_of[:4])
    span = date(FIRST_DRAWN, 1, 1), date(last, 12, 31)
    shown = [
        (one, record)
        for record in book.records.values()
        for one in record.milestones
        if one.row["latest_date"] >= span[0]
    ]
    if not shown:
        return None
    words = (
        f"{count_words(len(shown), 'milestone')} since {FIRST_DRAWN}, by type of record",
        f"Dot: day; bar: month or longer; hollow: intention, unverified or unreviewed; {book.edition_words}",
    )
    milestones = [describe_milestone(one, record) for one, record in shown]

    def draw(width: int) -> alt.LayerChart:
        return chart_timeline(milestones, words, TYPES, width, span)

    return studio.plan("timeline", draw, list_milestones(shown))


def write_timeline(book: Book, writer: Writer, studio: Studio, plan: Plan | None) -> None:
    """Write the page with the line and the list by year, latest first."""
    pairs = [(one, record) for record in book.records.values() for one in record.milestones]
    pairs.sort(key=lambda pair: pair[0].order, reverse=True)
    years = [(year, list(own)) for year, own in groupby(pairs, key=lambda pair: pair[0].row["earliest_date"].year)]
    writer.write_page("timeline.html", "timeline.html", years=years, figure=studio.place(plan, "timeline.html", writer))


def plan_months(book: Book, studio: Studio, timing: list[dict[str, Any]]) -> dict[str, Plan | None]:
    """Start drawing the months of all records and of each type with any; ``timing`` are the rows of that measure."""
    kinds = [ALL, *(type_ for type_ in TYPES if any(row["record_type"] == type_ and row["records"] for row in timing))]
    return {
        kind: _plan_kind(book, studio, kind, [row for row in timing if row["record_type"] == kind]) for kind in kinds
    }


def write_months(book: Book, writer: Writer, studio: Studio, plans: dict[str, Plan | None]) -> None:
    """Write the page of months."""
    figures = [(kind, studio.place(plan, "months.html", writer)) for kind, plan in plans.items()]
    related = [result for result in book.results if result.kind == "cluster"]
    writer.write_page("months.html", "months.html", figures=figures, related=related)


def _plan_kind(book: Book, studio: Studio, kind: str, timing: list[dict[str, Any]]) -> Plan | None:
    total = sum(row["records"] for row in timing)
    if not total:
        return None
    rows = [
        {
            "month": MONTHS[int(row["month"]) - 1],
            "records": int(row["records"]),
            "expected": round(float(row["expected_share"]) * total, 2),
        }
        for row in sorted(timing, key=lambda row: row["month"])
    ]
    top = max(rows, key=lambda row: (row["records"], row["month"]))
    noun = "records" if kind == ALL else f"{say_code(kind)} records"
    words = (
        f"{top['month']} has most {noun}: {top['records']} of {total}; an even spread gives {top['expected']:.0f}",
        f"Records by month of their first completed milestone, all years; line: even spread over days; "
        f"n = {total} with a month told; {book.edition_words}",
    )

    def draw(width: int) -> alt.LayerChart:
        return chart_months([row | {"claimed": "no"} for row in rows], words, width)

    return studio.plan(f"months-{kind}", draw, rows)
