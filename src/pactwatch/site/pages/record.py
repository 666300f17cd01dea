"""The page of a record, with all it stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pactwatch.measures import MEASURES, Measure
from pactwatch.site.frame.book import Book, MilestoneView, RecordView, Row
from pactwatch.site.frame.changes import Changed, list_changes
from pactwatch.site.frame.page_types import Ask, PageType, Sheet, Values
from pactwatch.site.frame.places import name_file, place_record
from pactwatch.site.frame.site import Site
from pactwatch.site.frame.words import say_code, say_date
from pactwatch.site.pages.paths import find_ladder, find_neighbours
from pactwatch.site.pages.quotes import read_quotes

_WIDTH, _MARGIN = 640, 12

STEP = 22
"""Pixels between two milestones on the line of a record."""


def list_records(site: Site) -> Iterator[Values]:
    """Name of the page of every record."""
    return ({"slug": name_file(record_id)} for record_id in site.book.records)


def show_record(ask: Ask) -> Sheet:
    """A record with all it stands on."""
    record = ask.book.find_record(ask.values["slug"])
    before, after = find_neighbours(ask.book, record)
    quotes = ask.book.once(read_quotes)
    awaits = ask.book.awaited
    told = {
        "record": record,
        "line": draw_line(record),
        "claims": [] if awaits else ask.book.claims_of(record.id),
        "measures": list_measures(record),
        "ladder": find_ladder(ask.book, record),
        "before": before,
        "after": after,
        "history": ask.book.once(gather_history).get(record.id, []),
        "differing": {one.row["milestone_id"]: group_conflicts(one) for one in record.milestones},
        "quotes": {one.row["milestone_id"]: quotes.get(one.row["milestone_id"], []) for one in record.milestones},
    }
    citation = ask.cite(record.title, place_record(record.id))
    return Sheet("record.html", {**told, "citation": citation}, awaits=awaits)


def group_conflicts(one: MilestoneView) -> list[tuple[str, list[Row]]]:
    """Values that differ by the field they are told for, in the order in which they stand."""
    found: dict[str, list[Row]] = {}
    for conflict in one.conflicts:
        found.setdefault(conflict["conflict_field"] or "value", []).append(conflict)
    return list(found.items())


def gather_history(book: Book) -> dict[str, list[Changed]]:
    """What each edition changed of each record, latest first."""
    found: defaultdict[str, list[Changed]] = defaultdict(list)
    for change in book.once(list_changes):
        found[change.record].append(change)
    return dict(found)


def list_measures(record: RecordView) -> list[Measure]:
    """Measures that count a record: those of completed records, where it is one of several parties."""
    if record.first_done is None:
        return []
    names = ["activity", "timing"] + (["ties", "network"] if len(record.parties) > 1 else [])
    names += ["pathways"] if record.row["instrument"] and len(record.parties) > 1 else []
    return [MEASURES[name] for name in names if name in MEASURES]


def cite_record(ask: Ask) -> Mapping[str, str]:
    """What may have been cited of a record: its head and each of its milestones."""
    record = ask.book.find_record(ask.values["slug"])
    head = {
        "title": record.title,
        "type": record.type,
        "instrument": say_code(record.row["instrument"]) or "none",
        "parties": ", ".join(map(ask.book.name, record.parties)),
        "status": record.row["review_status"],
    }
    for one in record.milestones:
        told = [say_date(one.row["date_edtf"]), one.row["what"] or "", *(str(item["item_name"]) for item in one.items)]
        named = ", ".join(source["source_id"] for source in one.sources)
        doubts = ", ".join(map(say_code, one.doubts))
        text = "; ".join(part for part in (*told, named and f"sources {named}", doubts and f"doubts: {doubts}") if part)
        name = say_code(one.row["stage"])
        head[name] = f"{head[name]} | {text}" if name in head else text
    return head


def draw_line(record: RecordView) -> dict[str, Any] | None:
    """Places of a record's milestones on a line of time, in pixels; ``None`` for a single one.

    A day is a dot, a month or longer a bar over all days it may be. The line runs over whole years.
    """
    if len(record.milestones) < 2:
        return None
    first = min(one.row["earliest_date"] for one in record.milestones).year
    last = max(one.row["latest_date"] for one in record.milestones).year
    days = (last - first + 1) * 365.25
    marks = []
    for place, one in enumerate(record.milestones):
        low, high = (_days(one.row[name], first) for name in ("earliest_date", "latest_date"))
        left, right = (_MARGIN + (_WIDTH - 2 * _MARGIN) * value / days for value in (low, high + 1))
        marks.append(
            {
                "x": round(left, 1),
                "width": round(max(right - left, 2.0), 1),
                "middle": round((left + right) / 2, 1),
                "y": 14 + STEP * place,
                "is_day": low == high,
                "is_firm": one.is_firm,
                "is_late": (left + right) / 2 > _WIDTH * 0.62,
                "milestone": one,
            }
        )
    step = max(1, (last - first + 1) // 8 + ((last - first + 1) % 8 > 0))
    ticks = [
        (year, round(_MARGIN + (_WIDTH - 2 * _MARGIN) * (year - first) * 365.25 / days, 1))
        for year in range(first, last + 2, step)
    ]
    return {"marks": marks, "ticks": ticks, "width": _WIDTH, "height": 14 + STEP * len(marks) + 24}


def _days(day: Any, first_year: int) -> float:
    return float((day.year - first_year) * 365.25 + day.timetuple().tm_yday - 1)


PAGES = (PageType("record", "records/{slug}.html", show_record, list_records, cite=cite_record),)
