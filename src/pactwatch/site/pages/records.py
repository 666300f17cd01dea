"""The records: an index to filter, and a page for each with all it stands on."""

from __future__ import annotations

from typing import Any

from pactwatch.site.places import place_record
from pactwatch.site.reading import TYPES, Book, RecordView
from pactwatch.site.writing import Writer

_WIDTH, _MARGIN = 640, 12

STEP = 22
"""Pixels between two milestones on the line of a record."""


def write_records(book: Book, writer: Writer) -> None:
    """Write the index and the page of every record."""
    ordered = sorted(book.records.values(), key=lambda record: record.order, reverse=True)
    years = sorted({record.year for record in ordered}, reverse=True)
    codes = sorted({code for record in ordered for code in record.parties if code != book.focus}, key=book.name)
    writer.write_page("records/index.html", "records.html", records=ordered, types=TYPES, years=years, codes=codes)
    for record in ordered:
        writer.write_page(place_record(record.id), "record.html", record=record, line=draw_line(record))


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
