"""Quotes: what documents say word for word, where an edition was made of documents that were read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from pactwatch.model.dates import DateError, parse_date
from pactwatch.model.errors import NotFoundError
from pactwatch.site.frame.book import Book, Row
from pactwatch.site.frame.words import find_address, say_code

LONGEST_QUOTE = 1200
"""Characters of a passage that a page shows."""


@dataclass(frozen=True)
class Quote:
    """A passage of a document as one mention tells it, with where it stands."""

    row: Row
    document: Row
    address: str
    marked: Markup
    fields: tuple[str, ...]

    @property
    def is_reviewed(self) -> bool:
        """Whether a person accepted or corrected what was coded."""
        return self.row["decision"] in ("accept", "correct")

    @property
    def status(self) -> str:
        """How it was checked, in words."""
        told = {"accept": "accepted by a reviewer", "correct": "corrected by a reviewer", "reject": "rejected"}
        return told.get(self.row["decision"] or "", "machine-coded, not reviewed")


def read_quotes(book: Book) -> dict[str, list[Quote]]:
    """Quotes by the milestone they tell; none for an edition without documents."""
    mentions = {row["mention_id"]: row for row in _read(book, "mentions")}
    documents = {row["document_id"]: row for row in _read(book, "documents")}
    addresses: dict[str, str] = {}
    for row in _read(book, "addresses"):
        addresses.setdefault(row["document_id"], find_address(row["address"]))
    fields: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _read(book, "evidence"):
        fields[row["milestone_id"], row["mention_id"]].append(row["told_field"])
    found: defaultdict[str, list[Quote]] = defaultdict(list)
    for (milestone_id, mention_id), told in fields.items():
        if mention_id in mentions and mentions[mention_id]["decision"] != "reject":
            row = mentions[mention_id]
            document = documents.get(row["document_id"], {})
            marked = mark_quote(row["quote"][:LONGEST_QUOTE], find_words(book, row))
            address = addresses.get(row["document_id"], "")
            found[milestone_id].append(Quote(row, document, address, marked, tuple(told)))
    return {key: sorted(own, key=_order) for key, own in found.items()}


def find_words(book: Book, mention: Mapping[str, Any]) -> dict[str, list[str]]:
    """The words that a mention's fields may rest on, by field; those that stand in the quote are marked there."""
    codes = [code for code in str(mention["party_codes"] or "").split(";") if code]
    items = [
        part.partition(":")[2].rpartition(" (")[0] or part.partition(":")[2] for part in _split(mention, "told_items")
    ]
    words = {
        "party": [book.name(code) for code in codes],
        "item": [item.strip() for item in items],
        "name": [str(mention["proper_name"] or "")],
        "instrument": [say_code(mention["instrument"])],
        "stage": [say_code(mention["stage"])],
        "date": list(_write_dates(mention["date_edtf"])),
    }
    return {name: [one for one in told if len(one) > 2] for name, told in words.items()}


def mark_quote(quote: str, words: Mapping[str, list[str]]) -> Markup:
    """A passage with the words of each field marked; everything else in it is escaped.

    >>> mark_quote("Japan & Manila", {"party": ["Japan"]})
    Markup('<mark class="f-party" title="party">Japan</mark> &amp; Manila')
    """
    named = {one.casefold(): name for name, told in words.items() for one in told}
    if not named:
        return escape(quote)
    longest = sorted(named, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)", re.IGNORECASE)
    parts, end = [], 0
    for found in pattern.finditer(quote):
        name = named.get(found[0].casefold(), "party")
        parts += [escape(quote[end : found.start()])]
        parts += [Markup('<mark class="f-{0}" title="{0}">{1}</mark>').format(name, found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(quote[end:])])


def _write_dates(edtf: str | None) -> Iterator[str]:
    """Ways in which English texts write a date."""
    if not edtf:
        return
    try:
        told = parse_date(edtf)
    except DateError:
        return
    day: date = told.earliest
    if told.earliest == told.latest:
        yield from (
            f"{day:%B} {day.day}, {day.year}",
            f"{day.day} {day:%B} {day.year}",
            f"{day:%B} {day.day}",
            f"{day.day} {day:%B}",
        )
    yield f"{day:%B} {day.year}"
    yield str(day.year)


def _split(mention: Mapping[str, Any], column: str) -> list[str]:
    return [part for part in str(mention[column] or "").split("; ") if part]


def _order(quote: Quote) -> tuple[bool, str, int]:
    return not quote.is_reviewed, quote.row["document_id"], quote.row["quote_start"]


def _read(book: Book, table: str) -> list[Row]:
    try:
        rows: list[Row] = book.edition.arrow(table).to_pylist()
    except NotFoundError:
        return []
    return rows
