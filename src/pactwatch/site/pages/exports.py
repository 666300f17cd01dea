"""The records for other people's tools: FollowTheMoney, GraphML, GEXF, GeoJSON and schema.org."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from pactwatch.claims.finding import Verdict
from pactwatch.site.frame.book import Book, RecordView
from pactwatch.site.frame.page_types import Ask, File, PageType
from pactwatch.site.frame.places import EDITION_FOLDER, name_file, place_claim, place_pinned, place_record
from pactwatch.site.frame.words import VERDICT_WORDS, find_address
from pactwatch.site.pages.networks import write_gexf, write_graphml

LD = "application/ld+json"


def write_ftm(ask: Ask) -> bytes:
    """FollowTheMoney entities as JSON lines.

    An actor is a ``PublicBody`` or ``Organization``, a source a ``HyperText``, a record an ``Event``, and a transfer
    also an ``UnknownLink`` from supplier to recipient.
    """
    entities = [*_list_actors(ask.book), *_list_documents(ask.book)]
    for record in ask.book.records.values():
        entities += _write_event(record, ask)
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entities).encode("utf-8", "replace")


def _entity(schema: str, kind: str, identifier: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    kept = {name: [value for value in values if value] for name, values in properties.items()}
    return {"id": _name(kind, identifier), "schema": schema, "properties": {k: v for k, v in kept.items() if v}}


def _name(kind: str, identifier: str) -> str:
    return f"pactwatch-{kind}-{name_file(identifier)}"


def _list_actors(book: Book) -> Iterator[dict[str, Any]]:
    for code, row in book.actors.items():
        schema = "PublicBody" if row["actor_kind"] == "state" else "Organization"
        yield _entity(schema, "actor", code, {"name": [row["actor_name"]], "alias": [code]})


def _list_documents(book: Book) -> Iterator[dict[str, Any]]:
    for source_id, row in book.sources.items():
        told = {
            "title": [row["source_title"]],
            "publisher": [row["publisher"]],
            "sourceUrl": [find_address(row["url"])],
        }
        yield _entity("HyperText", "source", source_id, {**told, "publishedAt": [_date(row["published_edtf"])]})


def _write_event(record: RecordView, ask: Ask) -> Iterator[dict[str, Any]]:
    dates = [_date(one.row["date_edtf"]) for one in record.milestones]
    told = {
        "name": [record.title],
        "alias": [record.row["proper_name"] or ""],
        "involved": [_name("actor", code) for code in record.parties if code in ask.book.actors],
        "date": sorted(set(dates)),
        "startDate": [min(dates)],
        "endDate": [max(dates)],
        "summary": list(dict.fromkeys(one.row["what"] or "" for one in record.milestones)),
        "location": sorted({one.row["place"] or "" for one in record.milestones}),
        "keywords": [record.type, record.row["instrument"] or "", str(record.row["review_status"])],
        "proof": [_name("source", source["source_id"]) for source in record.sources],
        "recordId": [record.id],
        "sourceUrl": [_address(ask, place_record(record.id))] if ask.site.address else [],
    }
    yield _entity("Event", "record", record.id, told)
    supplier, recipient = record.row["supplier_code"], record.row["recipient_code"]
    if supplier in ask.book.actors and recipient in ask.book.actors:
        ends = {"subject": [_name("actor", supplier)], "object": [_name("actor", recipient)]}
        link = {**ends, "role": [record.type], "date": [min(dates)], "summary": [record.title], "recordId": [record.id]}
        yield _entity("UnknownLink", "link", record.id, link)


def _date(edtf: str | None) -> str:
    """An EDTF date as a prefix of an ISO date, to the precision told (a quarter becomes its year)."""
    plain = (edtf or "").rstrip("?~%")
    if len(plain) == 7 and not plain[5:].isdigit():
        return plain[:4]
    return plain[:4] if len(plain) == 7 and int(plain[5:]) > 12 else plain


def write_geojson(ask: Ask) -> bytes:
    """Capitals of actors with their records (RFC 7946)."""
    book = ask.book
    features = [
        {
            "type": "Feature",
            "id": code,
            "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
            "properties": {
                "name": row["actor_name"],
                "capital": row["capital"],
                "group": row["actor_group"],
                "records": len(book.with_party(code)),
                "records_by_type": dict(sorted(Counter(one.type for one in book.with_party(code)).items())),
                "edition": book.edition.id,
            },
        }
        for code, row in book.actors.items()
        if row["latitude"] is not None and row["longitude"] is not None
    ]
    return _dump({"type": "FeatureCollection", "features": features})


def write_dataset(ask: Ask) -> bytes:
    """The edition as a schema.org ``Dataset``."""
    book, settings = ask.book, ask.book.edition.settings
    files = [(f"{EDITION_FOLDER}/data/{table.name}.parquet", table.description) for table in book.edition.tables]
    years = [record.year for record in book.records.values()]
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": settings.title,
        "description": f"{len(book.records)} dated, cited records, and what they say of published claims.",
        "identifier": book.edition.id,
        "version": book.edition.id,
        "license": settings.licence,
        "creator": [{"@type": "Organization", "name": editor} for editor in settings.editors],
        "dateModified": settings.as_of,
        "isAccessibleForFree": True,
        "spatialCoverage": [
            {"@type": "Place", "name": book.name(code)} for code in (settings.focus, *settings.partners)
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/vnd.apache.parquet",
                "description": words,
                "contentUrl": _address(ask, path),
            }
            for path, words in files
        ],
    }
    if years:
        told["temporalCoverage"] = f"{min(years)}/{max(years)}"
    if ask.site.address:
        told["url"] = _address(ask, "index.html")
    return _dump(told)


def write_reviews(ask: Ask) -> bytes:
    """Tested claims as schema.org ``ClaimReview``; the verdict is told in words, not put on a scale of truth."""
    settings = ask.book.edition.settings
    author = [{"@type": "Organization", "name": editor} for editor in settings.editors]
    graph = [
        {
            "@type": "ClaimReview",
            "claimReviewed": result.text,
            "itemReviewed": {
                "@type": "Claim",
                "text": result.text,
                "author": {"@type": "Thing", "name": result.said_by},
            },
            "author": author,
            "datePublished": settings.as_of,
            "url": _address(ask, place_claim(result.id)),
            "reviewBody": result.sentence if result.verdict is not Verdict.NOT_TESTABLE else result.why,
            "reviewRating": {"@type": "Rating", "alternateName": VERDICT_WORDS[result.verdict]},
        }
        for result in ask.book.results
    ]
    return _dump({"@context": "https://schema.org", "@graph": graph})


@dataclass(frozen=True)
class Export:
    """A file for other tools: its path, its media type, what it is, and what writes it."""

    path: str
    media_type: str
    description: str
    write: Callable[[Ask], bytes]


EXPORTS = (
    Export("exports/entities.ftm.json", "application/json+ftm", "FollowTheMoney entities, one a line", write_ftm),
    Export(
        "exports/network.graphml", "application/graphml+xml", "network of actors by records, GraphML", write_graphml
    ),
    Export("exports/network.gexf", "application/gexf+xml", "network of actors with its years, GEXF 1.3", write_gexf),
    Export("exports/capitals.geojson", "application/geo+json", "capitals with their records, GeoJSON", write_geojson),
    Export("exports/dataset.jsonld", LD, "the edition as a schema.org Dataset", write_dataset),
    Export("exports/claims.jsonld", LD, "tested claims as schema.org ClaimReview", write_reviews),
)
"""Every export, in the order in which pages list them."""


def take_export(export: Export, ask: Ask) -> File:
    """An export of the edition."""
    return File(export.write(ask), export.media_type)


def _address(ask: Ask, path: str) -> str:
    return ask.site.address + place_pinned(ask.book.edition.id, path) if ask.site.address else path


def _dump(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


PAGES = tuple(PageType(one.path.rpartition("/")[2], one.path, partial(take_export, one)) for one in EXPORTS)
