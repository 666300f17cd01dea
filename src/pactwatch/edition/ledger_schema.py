"""The tables that an edition has beside the others when documents were read: what they tell, word for word, and which
milestone stands on which of it. Declared once, as in ``schema``.
"""

from __future__ import annotations

from pactwatch.edition.schema import MILESTONES, RECORDS, TABLES, Column, Table, column, maybe
from pactwatch.model.codes import Doubt


def _same(table: Table, name: str, *, is_nullable: bool = False) -> Column:
    """A column that means what it means in another table."""
    found = next(one for one in table.columns if one.name == name)
    return Column(found.name, found.type, found.description, is_nullable or found.is_nullable, found.unit)


DOCUMENTS = Table(
    "documents",
    "The documents that were read, without their texts.",
    ("document_id",),
    (
        column("document_id", "string", "permanent identifier of the document: d and 128 bits of its text's SHA-256"),
        maybe("document_title", "string", "its title"),
        maybe("publisher", "string", "who published it"),
        maybe("published_edtf", "string", "its date in EDTF, to the precision known"),
        maybe("language_code", "string", "ISO 639-1 code of its language"),
        maybe("media_type", "string", "media type of the bytes it was read from"),
        column("report_id", "string", "the document it repeats, or itself: documents of one report count once"),
        column("mention_count", "integer", "how many mentions were coded in it"),
    ),
    {"report_id": "documents.document_id"},
)
ADDRESSES = Table(
    "addresses",
    "Where each document was found: web addresses, and of files on a disk the name alone.",
    ("document_id", "address"),
    (
        column("document_id", "string", "permanent identifier of the document: d and 128 bits of its text's SHA-256"),
        column("address", "string", "a web address, or a file's name without its folder"),
    ),
    {"document_id": "documents.document_id"},
)
MENTIONS = Table(
    "mentions",
    "One event as one passage of one document tells it, with the passage word for word.",
    ("mention_id",),
    (
        column("mention_id", "string", "identifier of the mention, made from its passage and its coded fields"),
        column("document_id", "string", "permanent identifier of the document: d and 128 bits of its text's SHA-256"),
        maybe("record_id", "string", "permanent identifier of the record"),
        column("quote", "string", "the passage, word for word"),
        column("quote_start", "integer", "where the passage begins in the document's text, in characters from 0"),
        column("quote_end", "integer", "where the passage ends: the place after its last character"),
        maybe("page_number", "integer", "the page on which the passage begins, from 1, where there are pages"),
        _same(RECORDS, "record_type"),
        _same(MILESTONES, "stage"),
        _same(RECORDS, "party_codes"),
        _same(RECORDS, "supplier_code"),
        _same(RECORDS, "recipient_code"),
        _same(RECORDS, "instrument"),
        _same(RECORDS, "proper_name"),
        maybe("told_items", "string", "things transferred, as category: name (quantity), joined by ;"),
        _same(MILESTONES, "money_amount"),
        _same(MILESTONES, "currency_code"),
        _same(MILESTONES, "date_edtf", is_nullable=True),
        _same(MILESTONES, "exercise_level"),
        _same(MILESTONES, "is_hadr"),
        column("modality", "string", "actual, planned, possible or denied"),
        maybe("speaker", "string", "whom the text credits with the statement"),
        column("confidence", "number", "chance that it is coded right, as the coder estimates it"),
        column("coder", "string", "who coded it"),
        maybe("decision", "string", "what a person decided: accept, correct or reject; empty where none did"),
    ),
    {"document_id": "documents.document_id", "record_id": "records.record_id"},
)
EVIDENCE = Table(
    "evidence",
    "Which mention tells which milestone, and which of its values.",
    ("milestone_id", "mention_id", "told_field"),
    (
        _same(MILESTONES, "milestone_id"),
        column("mention_id", "string", "identifier of the mention, made from its passage and its coded fields"),
        column("told_field", "string", "stage for the step itself, else the value it tells: date, items, money, ..."),
    ),
    {"milestone_id": "milestones.milestone_id", "mention_id": "mentions.mention_id"},
)
ALIASES = Table(
    "aliases",
    "Identifiers that stand for another record since two records turned out to be one.",
    ("alias_id",),
    (
        column("alias_id", "string", "an identifier given earlier; it is never given again"),
        _same(RECORDS, "record_id"),
    ),
    {"record_id": "records.record_id"},
)

LEDGER_TABLES: tuple[Table, ...] = (DOCUMENTS, ADDRESSES, MENTIONS, EVIDENCE, ALIASES)
"""The tables of an edition with documents, in the order in which the documentation prints them."""

ALL_TABLES = (*TABLES, *LEDGER_TABLES)

LEDGER_CODES = frozenset({Doubt.UNREVIEWED})
"""Codes that only editions with documents use."""
