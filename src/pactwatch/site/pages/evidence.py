"""What the evidence drawer shows of a record, as a small script: pages opened from disk can load nothing else."""

from __future__ import annotations

from typing import Any

from pactwatch.site.frame.book import Book, MilestoneView, RecordView
from pactwatch.site.frame.page_types import Ask, File, PageType
from pactwatch.site.frame.places import place_record, place_source
from pactwatch.site.frame.words import find_address, say_code, say_date, say_meaning
from pactwatch.site.pages.quotes import read_quotes
from pactwatch.site.pages.record import list_records

SCRIPT = "text/javascript; charset=utf-8"

MOST_QUOTES, LONGEST = 2, 420
"""Quotes of a record that the drawer shows, and characters of each."""


def describe(book: Book, record: RecordView) -> dict[str, Any]:
    """A record in the words of the drawer; links from the root."""
    one = record.main
    return {
        "title": record.title,
        "type": say_code(record.type),
        "stage": say_code(one.row["stage"]),
        "when": say_date(one.row["date_edtf"]),
        "parties": [book.name(code) for code in record.parties],
        "what": one.row["what"] or "",
        "firm": record.is_firm,
        "doubts": [say_meaning("doubt", code) for code in one.doubts],
        "href": place_record(record.id),
        "quotes": _list_quotes(book, one),
        "sources": [
            {
                "title": source["source_title"],
                "by": source["publisher"],
                "when": say_date(source["published_edtf"]) if source["published_edtf"] else "",
                "grade": f"{source['source_grade']}{source['item_grade']}",
                "seen": bool(source["is_seen"]),
                "href": place_source(source["source_id"]),
                "out": find_address(source["url"]),
            }
            for source in record.sources
        ],
        "differing": sum(len(each.conflicts) for each in record.milestones),
    }


def _list_quotes(book: Book, one: MilestoneView) -> list[dict[str, Any]]:
    quotes = book.once(read_quotes).get(one.row["milestone_id"], [])[:MOST_QUOTES]
    return [
        {"text": quote.row["quote"][:LONGEST], "by": quote.document.get("publisher") or "", "status": quote.status}
        for quote in quotes
    ]


def take_evidence(ask: Ask) -> File:
    """A record for the drawer."""
    import orjson

    record = ask.book.find_record(ask.values["slug"])
    told = (
        orjson.dumps(describe(ask.book, record))
        .replace(b"\xe2\x80\xa8", b"\\u2028")
        .replace(b"\xe2\x80\xa9", b"\\u2029")
    )
    return File(b"pactwatchTell(" + orjson.dumps(ask.values["slug"]) + b"," + told + b");\n", SCRIPT)


PAGES = (PageType("evidence", "evidence/{slug}.js", take_evidence, list_records),)
