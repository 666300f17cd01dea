"""What a search found, over time: bars by type, the parts of time to go to, the rows behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book, Row
from pactwatch.site.frame.page_types import CSV, SVG, Ask, File, PageType
from pactwatch.site.frame.tables import format_csv
from pactwatch.site.frame.words import capitalise, count_words, say_date, say_number
from pactwatch.site.search import NAMES, Search, read_index, read_search, write_search
from pactwatch.site.search.periods import EARLIEST, LATEST, Bin, Cut, cut, write_days
from pactwatch.site.search.timeline import Timeline, Wide, sum_timeline, unbound

if TYPE_CHECKING:
    from pactwatch.charts.record_timeline import Line, Picture, Strip

_TICKS = {1: (1, 3, 6, 12, 24, 60, 120), 3: (1, 2, 4, 8, 20, 40), 12: (1, 2, 5, 10, 20, 50)}
"""Parts from one tick to the next that may be chosen, by months of a part."""
MOST_TICKS = 8


@dataclass(frozen=True)
class TimelineView:
    """A timeline as a template shows it; ``moves`` are words and queries of the periods beside the one shown."""

    title: str
    subtitle: str
    wide: Markup
    narrow: Markup
    rows: list[Row]
    moves: list[tuple[str, str]]
    is_day: bool


def view_timeline(ask: Ask, search: Search) -> TimelineView | None:
    """The timeline of a search; nothing where nothing is found."""
    from pactwatch.charts.record_timeline import draw_timeline

    summed = _sum(ask.book, search)
    if summed is None:
        return None
    title = say_finding(summed)
    picture = plan_picture(summed, search, title)
    wide, narrow = (Markup(draw_timeline(picture, size)) for size in ("wide", "narrow"))  # noqa: S704 - ours, escaped
    told = list_rows(summed), list_moves(summed, search), not summed.cut.months
    return TimelineView(title, say_measure(summed, ask.book), wide, narrow, *told)


def _sum(book: Book, search: Search) -> Timeline | None:
    index = read_index(book)
    return sum_timeline(index, index.find(search))


def say_finding(summed: Timeline) -> str:
    """What the picture shows, in one sentence."""
    totals, bins = summed.totals, summed.cut.bins
    most = int(totals.max())
    records = count_words(summed.total, "record")
    if not most:
        return f"{records}, {'none' if summed.total > 1 else 'not'} known to the {summed.cut.unit}"
    top = say_part(bins[int(totals.argmax())])
    if summed.total == 1:
        return f"1 record, of {top}"
    if most == 1:
        return f"{records}, no two of them in one {summed.cut.unit}"
    ties = int((totals == most).sum())
    also = "more than any other" if ties == 1 else f"as many as {count_words(ties - 1, 'other')}"
    return f"{capitalise(top)} has {say_number(most)} of the {records}, {also}"


def say_measure(summed: Timeline, book: Book) -> str:
    """Measure, unit, period, n and edition."""
    bins = summed.cut.bins
    told = (
        f"Records by the date of the milestone that dates them, {say_part(bins[0], bins[-1])}; one bar: a "
        f"{summed.cut.unit}; filled: done and verified, hollow: intended, or no page read; "
        f"n = {say_number(summed.total)}"
    )
    if summed.wide_count:
        told += f", {say_number(summed.wide_count)} of them known to no single {summed.cut.unit} and drawn as lines"
    return f"{told}; {book.edition_words}"


def say_part(first: Bin, last: Bin | None = None) -> str:
    """A part of the time, or all from one to another, in words.

    >>> day = date(2024, 7, 1).toordinal()
    >>> say_part(Bin(day, day + 30, "2024-07", "2024-07")), say_part(Bin(day, day + 91, "2024-07", "2024-09"))
    ('July 2024', 'July 2024 to September 2024')
    """
    since, until = first.since, (last or first).until
    return say_date(since) if since == until else f"{say_date(since)} to {say_date(until)}"


def list_rows(summed: Timeline) -> list[Row]:
    """The parts with any record, then the stretches of dates told less finely."""
    rows = []
    for number, one in enumerate(summed.cut.bins):
        cell = summed.counts[:, number, :]
        if cell.any():
            by_type = {name: int(cell[place].sum()) for place, name in enumerate(summed.types)}
            told = {"records": int(cell.sum()), "done and verified": int(cell[:, 1].sum()), **by_type}
            rows.append({"from": one.since, "to": one.until, **told})
    wide = [write_days(one.first, one.last) for one in summed.wide]
    rows += [
        {"from": since, "to": until, "records": one.count}
        for (since, until), one in zip(wide, summed.wide, strict=True)
    ]
    return rows


def list_moves(summed: Timeline, search: Search) -> list[tuple[str, str]]:
    """Periods beside the one that is shown: nearer, wider, earlier, later, all."""
    first, last = summed.cut.bins[0].first, summed.cut.bins[-1].last
    span = last - first + 1
    moves = []
    if span > 2:
        moves.append(("Zoom in", _frame(search, first + span // 4, last - span // 4)))
    if search.since or search.until:
        moves.append(("Zoom out", _frame(search, first - span // 2, last + span // 2)))
        moves.append(("Earlier", _frame(search, first - max(1, span // 2), last - max(1, span // 2))))
        moves.append(("Later", _frame(search, first + max(1, span // 2), last + max(1, span // 2))))
        moves.append(("Whole time", write_search(unbound(search))))
    return moves


def _frame(search: Search, first: int, last: int) -> str:
    """The search with another period, made of whole parts of it."""
    first = min(LATEST, max(EARLIEST, first))
    bins = cut(first, max(first, min(LATEST, last))).bins
    since, until = write_days(bins[0].first, bins[-1].last)
    return write_search(replace(search, since=since, until=until, page=1))


def plan_picture(summed: Timeline, search: Search, title: str) -> Picture:
    """What is drawn of a timeline."""
    from pactwatch.charts.record_timeline import Lane, Part, Picture

    def lead(part: Bin) -> str:
        view = "table" if part.first == part.last else search.view
        return "index.html?" + write_search(replace(search, since=part.since, until=part.until, page=1, view=view))

    parts = []
    for number, one in enumerate(summed.cut.bins):
        cell = summed.counts[:, number, :].sum(axis=1)
        by_type = ", ".join(f"{count} {name}" for name, count in zip(summed.types, cell.tolist(), strict=True) if count)
        told = f"{say_part(one)}: {count_words(int(cell.sum()), 'record')}{': ' + by_type if by_type else ''}"
        parts.append(Part(told, one.since, one.until, lead(one)))
    lanes = [
        Lane(name, summed.counts[place, :, 1].tolist(), summed.counts[place, :, 0].tolist())
        for place, name in enumerate(summed.types)
    ]
    lines = [_plan_line(one, summed.cut) for one in summed.wide]
    strip = _plan_strip(summed, lead) if search.since or search.until else None
    return Picture(title, parts, lanes, list_ticks(summed.cut), lines, summed.wide_count, strip)


def _plan_line(one: Wide, made: Cut) -> Line:
    from pactwatch.charts.record_timeline import Line

    since, until = write_days(one.first, one.last)
    told = f"{say_part(Bin(one.first, one.last, since, until))}, no more is told: {count_words(one.count, 'record')}"
    return Line(share_of(one.first, made), share_of(one.last + 1, made), told)


def _plan_strip(summed: Timeline, lead: Any) -> Strip:
    from pactwatch.charts.record_timeline import Part, Strip

    bins, counts = summed.whole.bins, summed.whole_counts.tolist()
    parts = [
        Part(f"{say_part(one)}: {count_words(count, 'record')}", one.since, one.until, lead(one))
        for one, count in zip(bins, counts, strict=True)
    ]
    ends = (share_of(summed.cut.bins[0].first, summed.whole), share_of(summed.cut.bins[-1].last + 1, summed.whole))
    start, end = (min(1.0, max(0.0, share)) for share in ends)
    return Strip(counts, start, end, parts, say_date(bins[0].since), say_date(bins[-1].until))


def share_of(day: int, made: Cut) -> float:
    """Where a day stands, as a share of the parts, which are drawn equally wide: 0 at the first day of the first."""
    bins = made.bins
    if day <= bins[0].first:
        return 0.0
    if day > bins[-1].last:
        return 1.0
    number = next(place for place, one in enumerate(bins) if day <= one.last)
    one = bins[number]
    return (number + (day - one.first) / (one.last - one.first + 1)) / len(bins)


def list_ticks(made: Cut) -> list[tuple[float, str]]:
    """Ticks at round parts, with their words: a year where it begins one, else a month, else a day."""
    bins = made.bins
    if not made.months:
        step = max(1, -(-len(bins) // 6))
        return [(place / len(bins), say_date(bins[place].since)) for place in range(0, len(bins), step)]
    steps = _TICKS.get(made.months, (1, 2, 5, 10))
    step = next((one for one in steps if len(bins) / one <= MOST_TICKS), steps[-1])
    ticks = []
    for place, one in enumerate(bins):
        if (made.number + place) % step == 0:
            is_year = date.fromordinal(one.first).month == 1
            ticks.append((place / len(bins), one.since[:4] if is_year else say_date(one.since[:7])))
    return ticks


def take_timeline(ending: str, ask: Ask) -> File:
    """The picture of a search's timeline, or the rows behind it."""
    from pactwatch.charts.bare import save_bare
    from pactwatch.charts.record_timeline import draw_timeline

    search = read_search(ask.query)
    summed = _sum(ask.book, search)
    if summed is None:
        raise NotFoundError("nothing is found, so there is no timeline; change the search")
    if ending == "csv":
        rows = list_rows(summed)
        columns = ("from", "to", "records", "done and verified", *summed.types)
        return File(format_csv(rows, columns).encode(), CSV, "timeline.csv")
    title = say_finding(summed)
    picture = draw_timeline(plan_picture(summed, search, title), "wide")
    return File(save_bare(picture, title, say_measure(summed, ask.book)).encode(), SVG, "timeline.svg")


PAGES = tuple(
    PageType(
        f"records-timeline-{ending}",
        f"records/timeline.{ending}",
        partial(take_timeline, ending),
        lambda site: ({},) if site.book.records else (),
        query=NAMES,
    )
    for ending in ("svg", "csv")
)
