"""From what a ledger tells to the rows of tables that only editions with documents have. Pure, as ``compile`` is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from pactwatch.edition.ledger_view import ReadDocument, ToldMention, publish_address
from pactwatch.model.codes import Precision
from pactwatch.model.dates import DateError, parse_date
from pactwatch.model.documents import Document
from pactwatch.model.mentions import Mention, MentionItem
from pactwatch.reconcile.items import Evidence

Row = dict[str, Any]


def compile_documents(
    documents: Iterable[ReadDocument], mentions: Iterable[ToldMention], record_ids: Collection[str]
) -> dict[str, list[Row]]:
    """The rows of documents and what they tell, by table; what belongs to no published record points nowhere."""
    documents = tuple(documents)
    heads = {one.head.id: one.head for one in documents}
    return {
        "documents": [_document(one) for one in documents],
        "addresses": [row for one in documents for row in _addresses(one)],
        "mentions": [_mention(one, heads[one.mention.doc], record_ids) for one in mentions],
    }


def alias_rows(aliases: Mapping[str, str], record_ids: Collection[str]) -> list[Row]:
    """The rows of ids that stand for published records."""
    return [{"alias_id": old, "record_id": new} for old, new in aliases.items() if new in record_ids]


def _document(one: ReadDocument) -> Row:
    head = one.head
    return {
        "document_id": head.id,
        "document_title": head.title,
        "publisher": head.publisher,
        "published_edtf": head.published.isoformat() if head.published else None,
        "language_code": head.language,
        "media_type": head.media_type,
        "report_id": one.report,
        "mention_count": one.mention_count,
    }


def _addresses(one: ReadDocument) -> Iterator[Row]:
    for address in sorted({publish_address(address) for address in one.addresses}):
        yield {"document_id": one.head.id, "address": address}


def _mention(told: ToldMention, head: Document, record_ids: Collection[str]) -> Row:
    mention = told.mention
    return {
        "mention_id": told.id,
        "document_id": mention.doc,
        "record_id": told.record_id if told.record_id in record_ids else None,
        "quote": mention.quote,
        "quote_start": mention.start,
        "quote_end": mention.end,
        "page_number": head.page_at(mention.start),
        **_coded(mention),
        "confidence": mention.confidence,
        "coder": mention.coder,
        "decision": str(told.decision) if told.decision else None,
    }


def _coded(mention: Mention) -> Row:
    return {
        "record_type": str(mention.type),
        "stage": str(mention.stage),
        "party_codes": ";".join(mention.parties),
        "supplier_code": mention.supplier,
        "recipient_code": mention.recipient,
        "instrument": str(mention.instrument) if mention.instrument else None,
        "proper_name": mention.name,
        "told_items": "; ".join(_item(item) for item in mention.items),
        "money_amount": float(mention.money.amount) if mention.money else None,
        "currency_code": mention.money.currency if mention.money else None,
        "date_edtf": write_edtf(mention),
        "exercise_level": str(mention.level) if mention.level else None,
        "is_hadr": mention.hadr,
        "modality": str(mention.modality),
        "speaker": mention.speaker,
    }


def write_edtf(mention: Mention) -> str | None:
    """The date a mention tells, in EDTF to its precision; ``None`` where it tells none."""
    if mention.date is None or mention.precision is Precision.NONE:
        return None
    try:
        return parse_date(mention.date).edtf
    except DateError:  # of a year that no record may have
        return None


def _item(item: MentionItem) -> str:
    return f"{item.category}: {item.name}" + (f" ({item.quantity})" if item.quantity is not None else "")


def evidence_rows(told: Mapping[str, Evidence], milestone_ids: Iterable[str]) -> Iterator[Row]:
    """The rows of what published milestones stand on."""
    for milestone_id in milestone_ids:
        evidence = told.get(milestone_id)
        if evidence is not None:
            fields = {"stage": evidence.mentions, **evidence.fields, "denial": evidence.denials}
            yield from _tell(milestone_id, fields.items())


def _tell(milestone_id: str, told: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Row]:
    for field, mentions in told:
        for mention_id in mentions:
            yield {"milestone_id": milestone_id, "mention_id": mention_id, "told_field": field}
