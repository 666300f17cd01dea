"""Small values for tests of the ledger: documents, codings and judgements that fit each other."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pactwatch.model.codes import Modality, Precision, RecordType, Stage
from pactwatch.model.documents import Document, identify_text
from pactwatch.model.entries import AddressFound, Body, Coding, DocumentRead
from pactwatch.model.judgements import Decision, Judgement, refer_to
from pactwatch.model.mentions import Mention

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def document(text: str, **fields: object) -> Document:
    """A document with the id of its text."""
    return Document.model_validate(
        {"id": identify_text(text), "text": text, "published": date(2026, 2, 28), "publisher": "The Gazette", **fields}
    )


def mention(told: Document, quote: str, **fields: object) -> Mention:
    """A mention whose quote stands in a document."""
    start = told.text.index(quote)
    values = {
        "doc": told.id,
        "type": RecordType.AGREEMENT,
        "stage": Stage.SIGNED,
        "parties": ("JPN", "PHL"),
        "modality": Modality.ACTUAL,
        "date": "2026-02-27",
        "precision": Precision.DAY,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "spans": {"act": ((start, start + 3),)},
        "confidence": 0.75,
        "coder": "grammar",
        "why": {"act": 1.5},
    }
    return Mention.model_validate({**values, **fields})


def coding(told: Document, *quotes: str, coder: str = "grammar") -> Coding:
    """What a coder said of a document: a mention for each quote."""
    return Coding(doc=told.id, coder=coder, mentions=tuple(mention(told, quote, coder=coder) for quote in quotes))


def accept(one: Mention) -> Judgement:
    """A person says that a mention is coded right."""
    return Judgement(decision=Decision.ACCEPT, about=refer_to(one), reason="it says so")


def story(number: int, sentences: int = 1) -> tuple[Document, list[Body]]:
    """A document of its own, and the bodies by which it is read, found and coded."""
    quotes = [f"Japan and the Philippines signed pact {number}-{one}." for one in range(sentences)]
    told = document("\n".join(quotes), title=f"Story {number}")
    bodies: list[Body] = [
        DocumentRead(document=told),
        AddressFound(doc=told.id, address=f"https://gazette.example/{number}"),
        coding(told, *quotes),
    ]
    return told, bodies
