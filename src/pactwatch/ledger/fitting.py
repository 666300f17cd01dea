"""What an entry must agree with before it is appended: documents by their text, quotes by their place, and so on."""

from __future__ import annotations

from pactwatch.ledger.errors import RefusedEntryError
from pactwatch.ledger.known import Known
from pactwatch.model.documents import Document, identify_text
from pactwatch.model.entries import (
    AddressFound,
    Alert,
    Body,
    Coding,
    CopyFound,
    DocumentRead,
    EntryKind,
    Naming,
    Publication,
)
from pactwatch.model.errors import shown
from pactwatch.model.judgements import Decision, Judgement, MentionRef


def require_fit(body: Body, text: str, known: Known) -> bool:
    """Check one body of a batch, ``text`` being its canonical JSON; whether it tells something new.

    Raises ``RefusedEntryError`` where it does not fit.
    """
    match body:
        case DocumentRead(document=document):
            _require_identity(document)
            return known.add_document(document.id, document.text)
        case AddressFound(doc=doc, address=address):
            _require_document(doc, known)
            return known.add_once(EntryKind.ADDRESS, doc, address)
        case Alert(doc=doc, watchlist=watchlist):
            _require_document(doc, known)
            return known.add_once(EntryKind.ALERT, doc, watchlist)
        case CopyFound():
            _require_copy(body, known)
            return known.add_latest(EntryKind.COPY, body.doc, text)
        case Coding():
            _require_grounded(body, known)
            return known.add_latest(EntryKind.CODING, body.doc, text)
        case _:
            _require_references(body, known)
            return True


def _require_references(body: Body, known: Known) -> None:
    match body:
        case Judgement():
            _require_subject(body, known)
        case Publication(until=until) if not 0 <= until <= known.last:
            raise RefusedEntryError(f"the edition rests on entry {until}, but the last one is {known.last}")
        case Naming(record_id=""):
            raise RefusedEntryError("a naming gives a record an id that is not empty")
        case _:
            pass


def _require_identity(document: Document) -> None:
    expected = identify_text(document.text)
    if document.id != expected:
        raise RefusedEntryError(f"the id {shown(document.id)} is not that of the document's text, {expected}")


def _require_document(doc: str, known: Known) -> None:
    if not known.has_document(doc):
        raise RefusedEntryError(f"the document {shown(doc)} is not in the ledger; append it first")


def _require_copy(found: CopyFound, known: Known) -> None:
    _require_document(found.doc, known)
    _require_document(found.original, known)
    if found.doc == found.original:
        raise RefusedEntryError(f"the document {found.doc} is called a copy of itself")
    further = known.original_of(found.original)
    if further is not None:
        raise RefusedEntryError(f"{found.original} is itself a copy; name its original, {further}")


def _require_grounded(coding: Coding, known: Known) -> None:
    _require_document(coding.doc, known)
    for mention in coding.mentions:
        if mention.doc != coding.doc:
            raise RefusedEntryError(f"a mention of {shown(mention.doc)} stands in the coding of {coding.doc}")
        if known.text_of(coding.doc)[mention.start : mention.end] != mention.quote:
            raise RefusedEntryError(
                f"the quote {shown(mention.quote)} does not stand in the text of {coding.doc} at {mention.start}"
            )


def _require_subject(judgement: Judgement, known: Known) -> None:
    if judgement.decision is Decision.WITHDRAW and judgement.withdraws not in known.judgements:
        raise RefusedEntryError(f"entry {judgement.withdraws} is no judgement, so it cannot be withdrawn")
    for side in (judgement.about, judgement.other):
        if isinstance(side, MentionRef):
            _require_document(side.doc, known)
