"""What each edition added, changed and withdrew, record by record, told from the editions before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pactwatch.edition import Edition
from pactwatch.edition.diff import TableDifference, compare_tables
from pactwatch.site.frame.book import Book

MOST_EDITIONS = 12
"""Editions back that changes are told of."""

_BY_RECORD = ("records", "parties")
_BY_MILESTONE = ("milestones", "items", "supports")
_NUMBERED = ("parties", "items", "supports")


@dataclass(frozen=True)
class Changed:
    """A record that an edition added, changed or withdrew; ``what`` names the columns that differ, with their table."""

    edition: str
    as_of: str
    record: str
    kind: Literal["new", "changed", "withdrawn"]
    title: str
    what: tuple[str, ...] = ()


def list_changes(book: Book) -> list[Changed]:
    """Changes up to the book's edition, the latest edition first, in an edition the latest record first.

    Of the first edition every record is new.
    """
    editions = [*book.earlier[-MOST_EDITIONS:], book.edition]
    found: list[Changed] = []
    for before, after in reversed(list(pairwise(editions))):
        found += _compare(before, after, book)
    if len(editions) > MOST_EDITIONS:
        return found
    first = editions[0]
    titles = _read_titles(first)
    order = [record_id for record_id in reversed(list(book.records)) if record_id in titles]
    order += sorted(titles.keys() - set(order))
    return found + [Changed(first.id, first.settings.as_of, one, "new", titles[one]) for one in order]


def _compare(before: Edition, after: Edition, book: Book) -> list[Changed]:
    old, new = _read_titles(before), _read_titles(after)
    records_of = {**_read_records_of(before), **_read_records_of(after)}
    touched: dict[str, dict[str, None]] = {}
    for difference in compare_tables(before, after):
        for record_id, cell in _list_touched(difference, records_of):
            touched.setdefault(record_id, {})[cell] = None
    places = {record_id: place for place, record_id in enumerate(book.records)}
    order = sorted(touched.keys() | (old.keys() ^ new.keys()), key=lambda one: (-places.get(one, -1), one))
    found = []
    for record_id in order:
        if record_id not in old and record_id not in new:
            continue
        kind: Literal["new", "changed", "withdrawn"] = (
            "new" if record_id not in old else "withdrawn" if record_id not in new else "changed"
        )
        what = tuple(touched.get(record_id, ())) if kind == "changed" else ()
        title = new.get(record_id) or old[record_id]
        found.append(Changed(after.id, after.settings.as_of, record_id, kind, title, what))
    return found


def _list_touched(difference: TableDifference, records_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Records that a table's differences touch, and what differs."""
    table = difference.table
    if table not in (*_BY_RECORD, *_BY_MILESTONE):
        return
    told = [(key, f"{table}: added") for key in difference.added]
    told += [(key, f"{table}: withdrawn") for key in difference.withdrawn]
    told += [(key, f"{table}: {one.column}") for key, changes in difference.changed.items() for one in changes]
    for key, what in told:
        owner = key.rpartition("/")[0] if table in _NUMBERED else key
        record_id = records_of.get(owner) if table in _BY_MILESTONE else owner
        if record_id is not None:
            yield record_id, what


def _read_titles(edition: Edition) -> dict[str, str]:
    rows = edition.arrow("records").select(["record_id", "title"]).to_pylist()
    return {row["record_id"]: row["title"] for row in rows}


def _read_records_of(edition: Edition) -> dict[str, str]:
    rows = edition.arrow("milestones").select(["milestone_id", "record_id"]).to_pylist()
    return {row["milestone_id"]: row["record_id"] for row in rows}
