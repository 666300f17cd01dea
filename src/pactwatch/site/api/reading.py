"""A book's views as the plain values of the API."""

from __future__ import annotations

from typing import Any

from pactwatch.claims.finding import ClaimResult
from pactwatch.edition import Edition
from pactwatch.measures import Measure
from pactwatch.site.frame.book import Book, MilestoneView, RecordView, Row
from pactwatch.site.frame.places import (
    name_file,
    place_actor,
    place_claim,
    place_measure,
    place_pinned,
    place_record,
)
from pactwatch.site.frame.testing import await_results

Plain = dict[str, Any]


class Writing:
    """Writes values of one edition with the addresses of their pages and of the API."""

    def __init__(self, book: Book, address: str) -> None:
        self.book, self.address = book, address
        self.edition = book.edition.id
        self._pages = address + place_pinned(self.edition, "")
        self._api = f"{address}api/v1/"

    def head(self, record: RecordView) -> Plain:
        """A record in a list."""
        row = record.main.row
        return {
            "id": record.id,
            "type": record.type,
            "title": record.title,
            "instrument": record.row["instrument"],
            "parties": record.parties,
            "stage": row["stage"],
            "date": row["date_edtf"],
            "earliest": row["earliest_date"],
            "latest": row["latest_date"],
            "is_verified": row["is_verified"],
            "review": record.row["review_status"],
            "best_source_grade": record.best_grade or None,
            "source_count": len(record.sources),
            "url": self._pages + place_record(record.id),
            "api": f"{self._api}records/{name_file(record.id)}?edition={self.edition}",
        }

    def record(self, record: RecordView) -> Plain:
        """A record in full, with the claims that use it, which are waited for."""
        await_results(self.book)
        return {
            **self.head(record),
            "proper_name": record.row["proper_name"],
            "supplier": record.row["supplier_code"],
            "recipient": record.row["recipient_code"],
            "milestones": [write_milestone(one) for one in record.milestones],
            "sources": [write_source(source) for source in record.sources],
            "claims": [result.id for result in self.book.claims_of(record.id)],
        }

    def actor(self, row: Row) -> Plain:
        """An actor; one without a record has no page."""
        code = row["actor_code"]
        count = len(self.book.with_party(code))
        is_shown = bool(count) and code != self.book.focus
        return {
            "code": code,
            "name": row["actor_name"],
            "kind": row["actor_kind"],
            "group": row["actor_group"],
            "records": count,
            "url": self._pages + place_actor(code) if is_shown else None,
        }

    def claim(self, result: ClaimResult) -> Plain:
        """A claim in a list."""
        told = {name: getattr(result, name) for name in ("id", "text", "kind", "verdict", "estimate", "unit", "n")}
        api = f"{self._api}claims/{name_file(result.id)}?edition={self.edition}"
        return {**told, "sentence": result.sentence, "url": self._pages + place_claim(result.id), "api": api}

    def measure(self, measure: Measure) -> Plain:
        """A measure without its rows."""
        told = {name: getattr(measure, name) for name in ("name", "title", "definition", "unit", "cannot_show")}
        api = f"{self._api}measures/{name_file(measure.name)}?edition={self.edition}"
        return {**told, "url": self._pages + place_measure(measure.name), "api": api}

    def link(self, path: str) -> str:
        """The address of a page or file in this edition."""
        return self._pages + path


def write_edition(edition: Edition, address: str, is_latest: bool) -> Plain:
    """An edition."""
    settings = edition.settings
    return {
        "id": edition.id,
        "title": settings.title,
        "as_of": settings.as_of,
        "licence": settings.licence,
        "software": str(edition.metadata.get("software", "")),
        "rows": edition.metadata.get("row_count", {}),
        "is_latest": is_latest,
        "url": address + place_pinned(edition.id, "index.html"),
    }


def write_milestone(one: MilestoneView) -> Plain:
    """A milestone with what it stands on."""
    row = one.row
    money = {"amount": row["money_amount"], "currency": row["currency_code"]}
    same = (
        "stage",
        "is_done",
        "is_tentative",
        "is_verified",
        "what",
        "is_hadr",
        "domain",
        "place",
        "legal_basis",
        "note",
    )
    return {
        "id": row["milestone_id"],
        "date": row["date_edtf"],
        "precision": row["date_precision"],
        "earliest": row["earliest_date"],
        "latest": row["latest_date"],
        **{name: row[name] for name in same},
        "items": [write_item(item) for item in one.items],
        "money": money if row["money_amount"] is not None else None,
        "level": row["exercise_level"],
        "doubts": one.doubts,
        "sources": [source["source_id"] for source in one.sources],
        "conflicts": [
            {"field": told["conflict_field"], "value": told["conflict_value"], "told_by": told["told_by"]}
            for told in one.conflicts
        ],
    }


def write_item(row: Row) -> Plain:
    """A thing named in a milestone."""
    same = {name: row[name] for name in ("quantity_low", "quantity_high", "is_approximate")}
    return {"category": row["item_category"], "name": row["item_name"], **same}


def write_source(row: Row) -> Plain:
    """A source."""
    return {
        "id": row["source_id"],
        "publisher": row["publisher"],
        "title": row["source_title"],
        "url": row["url"],
        "published": row["published_edtf"],
        "source_grade": row["source_grade"],
        "item_grade": row["item_grade"],
        "is_seen": row["is_seen"],
        "note": row["source_note"],
    }
