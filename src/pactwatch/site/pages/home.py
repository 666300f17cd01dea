"""The first page: what this is, the map, the ladder of verdicts, what changed, one chart, how to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pactwatch.claims.finding import Verdict
from pactwatch.site.frame.book import Book
from pactwatch.site.frame.changes import Changed, list_changes
from pactwatch.site.frame.figures import Drawing
from pactwatch.site.frame.markdown import render_markdown
from pactwatch.site.frame.page_types import Ask, FigureType, PageType, Sheet, Values
from pactwatch.site.frame.words import VERDICT_MEANINGS, count_words, say_date
from pactwatch.site.pages.mapping import FIGURE as MAP

if TYPE_CHECKING:
    import altair as alt

YEARS_SHOWN = 20
"""Years before that of the edition which the chart shows."""

FIGURE = "activity-by-year"

NEWS_SHOWN, LATEST_SHOWN = 8, 6
"""Changes and latest records that the page shows."""


def plan_activity(book: Book, _: Values) -> Drawing:
    """Records by year, those with the casebook's partners apart from those with the baseline alone."""
    settings = book.edition.settings
    lines = [count_words(len(settings.partners), "partner"), "baseline only"]
    rows = count_by_year(book, lines)
    last, before = rows[-2], rows[max(0, len(rows) - 12)]
    told = [f"{before[line]} in {before['year']} and {last[line]} in {last['year']}" for line in lines]
    title = f"Records with a partner: {told[0]}; with the baseline alone: {told[1]}"
    n = sum(row[lines[0]] + row[lines[1]] for row in rows)
    subtitle = (
        f"Records by the year of their first completed milestone; n = {n}; "
        f"{rows[-1]['year']} hollow: only until {say_date(settings.as_of)}; {book.edition_words}"
    )

    def draw(width: int) -> alt.LayerChart:
        from pactwatch.charts.activity import chart_activity

        return chart_activity(rows, (title, subtitle), lines, width)

    return Drawing(draw, rows, f"{title}. More records may also mean more reporting.")


def count_by_year(book: Book, lines: list[str]) -> list[dict[str, Any]]:
    """Completed records by year: with any partner, and with a baseline actor but no partner; the edition's own year
    is ``partial``."""
    settings = book.edition.settings
    partners, baseline = set(settings.partners), set(settings.baseline)
    last = int(settings.as_of[:4])
    counts: Counter[tuple[int, str]] = Counter()
    for record in book.records.values():
        if record.first_done is None:
            continue
        if partners & set(record.parties):
            counts[record.year, lines[0]] += 1
        elif baseline & set(record.parties):
            counts[record.year, lines[1]] += 1
    years = range(last - YEARS_SHOWN, last + 1)
    return [
        {
            "year": year,
            **{line: counts[year, line] for line in lines},
            "partial": year == last and not settings.as_of.endswith("12-31"),
        }
        for year in years
    ]


@dataclass(frozen=True)
class News:
    """What an edition changed beside the one before it, by kind, and the changes that are shown first."""

    before: str
    counts: Mapping[str, int]
    shown: list[Changed]


def gather_news(book: Book) -> News | None:
    """What this edition changed; nothing where no earlier one is known."""
    if not book.earlier:
        return None
    own = [one for one in book.once(list_changes) if one.edition == book.edition.id]
    return News(book.earlier[-1].id, Counter(str(one.kind) for one in own), own[:NEWS_SHOWN])


def show_home(ask: Ask) -> Sheet:
    """The first page."""
    book = ask.book
    changes = book.edition.path / "CHANGES.md"
    awaits = book.awaited
    results = () if awaits else book.results
    ladder = [(verdict, [one for one in results if one.verdict is verdict]) for verdict in Verdict]
    decided = [one for verdict, own in ladder[:3] for one in own]
    told = {
        "map": ask.site.figure(MAP),
        "figure": ask.site.figure(FIGURE),
        "results": results,
        "ladder": ladder,
        "decided": decided,
        "meanings": VERDICT_MEANINGS,
        "news": book.once(gather_news),
        "latest": list(book.records.values())[::-1][:LATEST_SHOWN],
        "changes": render_markdown(changes.read_text("utf-8").split("\n", 1)[-1], lower=1) if changes.is_file() else "",
        "milestone_count": sum(len(record.milestones) for record in book.records.values()),
    }
    return Sheet("home.html", told, awaits=awaits)


PAGES = (PageType("home", "index.html", show_home),)
FIGURES = (FigureType(FIGURE, plan_activity),)
