"""From a casebook to the rows of an edition's tables. Pure: same casebook, same rows in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pactwatch.casebook import Casebook
from pactwatch.edition import schema
from pactwatch.edition.arrays import make_array
from pactwatch.model.codes import DONE_STAGES
from pactwatch.model.records import Actor, Milestone, Record, Source

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]


def compile_tables(casebook: Casebook) -> dict[str, pa.Table]:
    """Every table of the edition of a casebook without a ledger, by name, rows sorted by key."""
    rows: dict[str, Iterable[Row]] = {
        **compile_context(casebook, casebook.actors),
        "sources": source_rows(casebook.sources),
        **compile_records(casebook.records),
    }
    return {table.name: build_table(table, rows[table.name]) for table in schema.TABLES}


def compile_context(casebook: Casebook, actors: Iterable[Actor]) -> dict[str, Iterable[Row]]:
    """The rows that no document changes, but for further ``actors``."""
    return {
        "actors": _actors(casebook, actors),
        "officeholders": _officeholders(casebook),
        "perceptions": _perceptions(casebook),
    }


def compile_records(records: Iterable[Record]) -> dict[str, Iterable[Row]]:
    """The rows of records in every table that tells of them."""
    records = tuple(records)
    return {
        "records": (_record(record) for record in records),
        "parties": _parties(records),
        "milestones": (_milestone(record, one) for record in records for one in record.milestones),
        "items": _items(records),
        "supports": _supports(records),
    }


def build_table(table: schema.Table, rows: Iterable[Row]) -> pa.Table:
    """An Arrow table of exactly the declared columns; empty text becomes missing where a column may be empty.

    Raises ``ValueError`` when a column that must not be empty is.
    """
    import pyarrow as pa

    ordered = sorted(rows, key=lambda row: tuple(row[name] for name in table.key))
    told = zip(*([row[column.name] for column in table.columns] for row in ordered), strict=True)  # each row once
    arrays = []
    for column, cells in zip(table.columns, told if ordered else [()] * len(table.columns), strict=True):
        values = make_array(column.type, [cell or None for cell in cells] if column.type == "string" else cells)
        if not column.is_nullable and values.null_count:
            raise ValueError(f"{table.name}.{column.name} must not be empty")
        arrays.append(values)
    fields = [
        pa.field(column.name, one.type, nullable=column.is_nullable)
        for column, one in zip(table.columns, arrays, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _actors(casebook: Casebook, actors: Iterable[Actor]) -> Iterator[Row]:
    settings = casebook.settings
    groups = dict.fromkeys(settings.baseline, "baseline") | dict.fromkeys(settings.partners, "partner")
    groups[settings.focus] = "focus"
    for actor in actors:
        yield {
            "actor_code": actor.code,
            "actor_name": actor.name,
            "actor_kind": str(actor.kind),
            "actor_group": groups.get(actor.code, "other"),
            "region": actor.region,
            "capital": actor.capital,
            "latitude": actor.latitude,
            "longitude": actor.longitude,
        }


def source_rows(sources: Iterable[Source]) -> Iterator[Row]:
    """The rows of sources."""
    for source in sources:
        yield {
            "source_id": source.source_id,
            "publisher": source.publisher,
            "source_title": source.title or source.publisher,
            "url": source.url,
            "published_edtf": source.published.edtf if source.published else None,
            "source_grade": str(source.grade),
            "item_grade": str(source.item_grade),
            "is_seen": source.is_seen,
            "source_note": source.note,
        }


def _record(record: Record) -> Row:
    return {
        "record_id": record.record_id,
        "record_type": str(record.type),
        "title": record.title,
        "proper_name": record.name,
        "instrument": str(record.instrument) if record.instrument else None,
        "party_codes": ";".join(record.parties),
        "party_count": len(record.parties),
        "supplier_code": record.supplier,
        "recipient_code": record.recipient,
        "review_status": str(record.review_status),
        "milestone_count": len(record.milestones),
    }


def _parties(records: Iterable[Record]) -> Iterator[Row]:
    for record in records:
        for code in record.parties:
            yield {"record_id": record.record_id, "actor_code": code}


def _milestone(record: Record, milestone: Milestone) -> Row:
    money = milestone.money
    return {
        "milestone_id": milestone.milestone_id,
        "record_id": record.record_id,
        "stage": str(milestone.stage),
        "is_tentative": milestone.is_tentative,
        "is_done": milestone.stage in DONE_STAGES,
        "date_edtf": milestone.date.edtf,
        "date_precision": str(milestone.date.precision),
        "earliest_date": milestone.date.earliest,
        "latest_date": milestone.date.latest,
        "what": milestone.what,
        "money_amount": float(money.amount) if money else None,
        "currency_code": money.currency if money else None,
        "exercise_level": str(milestone.level) if milestone.level else None,
        "is_hadr": milestone.is_hadr,
        "place": "; ".join(milestone.places),
        "domain": str(milestone.domain),
        "legal_basis": milestone.legal_basis,
        "is_verified": milestone.is_verified,
        "source_count": len(milestone.source_ids),
        "doubt_codes": ";".join(sorted(milestone.doubts)),
        "note": milestone.note,
    }


def _items(records: Iterable[Record]) -> Iterator[Row]:
    for milestone in (one for record in records for one in record.milestones):
        for number, item in enumerate(milestone.items, 1):
            yield {
                "milestone_id": milestone.milestone_id,
                "item_number": number,
                "item_category": str(item.category),
                "item_name": item.name,
                "quantity_low": item.low,
                "quantity_high": item.high,
                "is_approximate": item.is_approximate,
            }


def _supports(records: Iterable[Record]) -> Iterator[Row]:
    empty = {"source_id": None, "conflict_field": None, "conflict_value": None, "told_by": None}
    for milestone in (one for record in records for one in record.milestones):
        rows: list[Row] = [{**empty, "relation": "supports", "source_id": source} for source in milestone.source_ids]
        for conflict in milestone.conflicts:
            told = {"conflict_field": conflict.field, "conflict_value": conflict.value, "told_by": conflict.told_by}
            rows.append({**empty, "relation": "conflicts", **told})
        for number, row in enumerate(rows, 1):
            yield {"milestone_id": milestone.milestone_id, "support_number": number, **row}


def _officeholders(casebook: Casebook) -> Iterator[Row]:
    for holder in casebook.officeholders:
        yield {
            "actor_code": holder.actor,
            "office": str(holder.office),
            "holder_name": holder.name,
            "from_edtf": holder.from_date.edtf,
            "to_edtf": holder.to_date.edtf if holder.to_date else None,
            "certainty": holder.certainty,
        }


def _perceptions(casebook: Casebook) -> Iterator[Row]:
    for figure in casebook.perceptions:
        yield {
            "figure_id": figure.figure_id,
            "series_id": figure.series,
            "survey_year": figure.year,
            "survey": figure.survey,
            "population": figure.population,
            "question": figure.question or figure.measure,
            "measure": figure.measure,
            "figure_value": figure.value,
            "figure_unit": figure.unit or "not told",
            "basis": figure.basis,
            "source_id": figure.source_id,
            "is_seen": figure.is_seen,
            "figure_note": figure.note,
        }
