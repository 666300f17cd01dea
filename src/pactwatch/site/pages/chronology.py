"""Time: every milestone on one line, and the months of the year."""

from __future__ import annotations

from calendar import month_name
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from pactwatch.site.frame.book import TYPES, Book
from pactwatch.site.frame.figures import Drawing
from pactwatch.site.frame.page_types import Ask, FigureType, PageType, Sheet, Values
from pactwatch.site.frame.words import count_words, say_code
from pactwatch.site.pages.measures import read_measure
from pactwatch.site.pages.partners import FIRST_DRAWN, describe_milestone, list_milestones

if TYPE_CHECKING:
    import altair as alt

ALL = "all"


def plan_timeline(book: Book, _: Values) -> Drawing | None:
    """All milestones since the first year drawn."""
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
        from pactwatch.charts.timeline import chart_timeline

        return chart_timeline(milestones, words, TYPES, width, span)

    return Drawing(draw, list_milestones(shown))


def show_timeline(ask: Ask) -> Sheet:
    """The page with the line and the list by year, latest first."""
    pairs = [(one, record) for record in ask.book.records.values() for one in record.milestones]
    pairs.sort(key=lambda pair: pair[0].order, reverse=True)
    years = [(year, list(own)) for year, own in groupby(pairs, key=lambda pair: pair[0].row["earliest_date"].year)]
    return Sheet("timeline.html", {"years": years, "figure": ask.site.figure("timeline")})


def list_kinds(book: Book) -> list[Values]:
    """All records, and each type with any."""
    timing = read_measure(book, "timing").rows
    there = {row["record_type"] for row in timing if row["records"]}
    return [{"kind": kind} for kind in (ALL, *(type_ for type_ in TYPES if type_ in there))]


def show_months(ask: Ask) -> Sheet:
    """The page of months."""
    kinds = [values["kind"] for values in list_kinds(ask.book)]
    figures = [(kind, ask.site.figure(f"months-{kind}")) for kind in kinds]
    awaits = ask.book.awaited
    related = [] if awaits else [result for result in ask.book.results if result.kind == "cluster"]
    return Sheet("months.html", {"figures": figures, "related": related}, awaits=awaits)


def plan_months(book: Book, values: Values) -> Drawing | None:
    """Records by month, of all types or of one, beside an even spread."""
    kind = values["kind"]
    timing = [row for row in read_measure(book, "timing").rows if row["record_type"] == kind]
    total = sum(row["records"] for row in timing)
    if not total:
        return None
    rows = [
        {
            "month": month_name[int(row["month"])],
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
        from pactwatch.charts.months import chart_months

        return chart_months([row | {"claimed": "no"} for row in rows], words, width)

    return Drawing(draw, rows)


PAGES = (
    PageType("timeline", "timeline.html", show_timeline),
    PageType("months", "months.html", show_months),
)
FIGURES = (
    FigureType("timeline", plan_timeline),
    FigureType("months-{kind}", plan_months, list_kinds),
)
