"""Quotes stand in their passage: marked, escaped, hollow until a person accepted them; without documents, nothing."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from pactwatch.charts.press import Press
from pactwatch.edition import Edition
from pactwatch.site.frame.book import read_book
from pactwatch.site.frame.site import Site
from pactwatch.site.pages.quotes import read_quotes
from pactwatch.site.registry import REGISTRY
from tests.site.small import EVIL

MENTION: dict[str, Any] = {
    "mention_id": "m1",
    "document_id": "d1",
    "record_id": "RAA-1",
    "quote": f"On 8 July 2024 PHL and JPN signed a pact {EVIL}.",
    "quote_start": 40,
    "page_number": 3,
    "stage": "signed",
    "modality": "actual",
    "party_codes": "JPN;PHL",
    "proper_name": None,
    "instrument": "RAA",
    "told_items": "",
    "date_edtf": "2024-07-08",
    "speaker": "a minister",
    "decision": None,
}
TABLES: dict[str, list[dict[str, Any]]] = {
    "mentions": [
        MENTION,
        {**MENTION, "mention_id": "m2", "decision": "accept", "quote": "Accepted words.", "quote_start": 90},
        {**MENTION, "mention_id": "m3", "decision": "reject", "quote": "Rejected words."},
    ],
    "documents": [{"document_id": "d1", "publisher": EVIL, "published_edtf": "2024-07", "document_title": "T"}],
    "addresses": [{"document_id": "d1", "address": "javascript:alert(1)"}],
    "evidence": [{"milestone_id": "RAA-1-2", "mention_id": one, "told_field": "stage"} for one in ("m1", "m2", "m3")],
}


class Documented(Edition):
    """An edition that has tables of documents beside its own."""

    def arrow(self, name: str) -> pa.Table:
        return pa.Table.from_pylist(TABLES[name]) if name in TABLES else super().arrow(name)


def test_a_quote_is_marked_in_its_passage_and_hollow_until_accepted(small_edition: Edition) -> None:
    book = read_book(Documented(small_edition.path))
    page = Site(book, REGISTRY, Press()).make("records/RAA-1.html").body.decode()
    quotes = re.findall(r'<blockquote class="quote( hollow)?">(.*?)</blockquote>', page, re.DOTALL)
    assert [hollow for hollow, _ in quotes] == ["", " hollow"], "accepted ones come first; rejected ones are left out"
    assert "Accepted words." in quotes[0][1] and "accepted by a reviewer" in quotes[0][1]
    told = quotes[1][1]
    assert "machine-coded, not reviewed" in told and "page 3" in told and "said by a minister" in told
    assert re.findall(r'<mark class="f-(\w+)"[^>]*>([^<]+)</mark>', told) == [
        ("date", "8 July 2024"),
        ("party", "PHL"),
        ("party", "JPN"),
        ("stage", "signed"),
    ]
    assert "<script>" not in page and "javascript:" not in page
    assert 'href="#passages"' in page and 'id="passages"' in page, "the way of the data leads over the passage"


def test_the_drawer_shows_quotes_with_how_they_were_checked(small_edition: Edition) -> None:
    book = read_book(Documented(small_edition.path))
    told = Site(book, REGISTRY, Press()).make("evidence/RAA-1.js").body.decode()
    assert "Accepted words." in told and "machine-coded, not reviewed" in told


def test_without_documents_there_are_no_quotes(small_edition: Edition) -> None:
    assert read_quotes(read_book(small_edition)) == {}
