"""What a record leads to and follows from: the ladder of instruments with its partner, its series, its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.measures.pathways import Span
from pactwatch.site.frame.book import Book, MilestoneView, RecordView
from pactwatch.site.frame.words import count_words
from pactwatch.site.pages.partners import find_firsts

NEAREST = 2
"""Neighbours in time that are shown on either side."""


@dataclass(frozen=True)
class Rung:
    """A first of an instrument with one partner; ``gap`` says how long before or after the record it came."""

    instrument: str
    record: RecordView
    milestone: MilestoneView
    is_this: bool
    gap: str


@dataclass(frozen=True)
class Ladder:
    """The firsts of every instrument with one partner, earliest first."""

    partner: str
    rungs: list[Rung]


def find_ladder(book: Book, record: RecordView) -> Ladder | None:
    """The ladder of a record's partner, where the record is a rung of it and there are others."""
    partners = [code for code in record.parties if code != book.focus]
    if len(partners) != 1 or book.focus not in record.parties:
        return None
    firsts = find_firsts([one for one in book.with_party(partners[0]) if book.focus in one.parties])
    here = next((first for first in firsts if first["record"].id == record.id), None)
    if here is None or len(firsts) < 2:
        return None
    span = _span(here["milestone"])
    rungs = [
        Rung(
            first["instrument"],
            first["record"],
            first["milestone"],
            first is here,
            "this record" if first is here else say_gap(span, _span(first["milestone"])),
        )
        for first in firsts
    ]
    return Ladder(partners[0], rungs)


def say_gap(here: Span, other: Span) -> str:
    """How long before or after, in words and no finer than both dates allow.

    >>> from datetime import date
    >>> day = lambda *told: Span(date(*told), date(*told))
    >>> say_gap(day(2020, 1, 1), day(2021, 7, 1)), say_gap(day(2020, 1, 1), day(2019, 12, 1))
    ('18 months after', '1 month before')
    """
    if here.earliest <= other.latest and other.earliest <= here.latest:
        return "about the same time"
    months = here.months_until(other)
    size = abs(months)
    word = "after" if months > 0 else "before"
    if size < 1:
        return f"less than a month {word}"
    return (
        f"{count_words(round(size), 'month')} {word}"
        if size < 36
        else f"{count_words(round(size / 12), 'year')} {word}"
    )


def find_neighbours(book: Book, record: RecordView) -> tuple[list[RecordView], list[RecordView]]:
    """Records before and after it, nearest first: of its series where it has one, else of the same parties."""
    name = record.row["proper_name"]
    line = [one for one in book.records.values() if one.row["proper_name"] == name] if name else []
    if len(line) < 2:
        parties = set(record.parties)
        line = [one for one in book.with_party(record.parties[-1]) if set(one.parties) == parties]
    place = next((number for number, one in enumerate(line) if one.id == record.id), None)
    if place is None:
        return [], []
    return line[max(0, place - NEAREST) : place][::-1], line[place + 1 : place + 1 + NEAREST]


def _span(one: MilestoneView) -> Span:
    return Span(one.row["earliest_date"], one.row["latest_date"])
