"""What the ledger needs to know of an entry's body: its kind, what it is about, and how it is read back."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from pydantic import ValidationError

from pactwatch.ledger.chain import canonical, parse
from pactwatch.ledger.errors import LedgerDamagedError
from pactwatch.model.entries import BODY_OF, Body, EntryKind

KINDS: dict[str, EntryKind] = {kind.value: kind for kind in EntryKind}
KIND_OF: dict[type, EntryKind] = {body: kind for kind, body in BODY_OF.items()}

_SUBJECT_FIELD = {
    EntryKind.ADDRESS: "doc",
    EntryKind.COPY: "doc",
    EntryKind.CODING: "doc",
    EntryKind.NAMING: "record_id",
    EntryKind.PUBLICATION: "edition",
    EntryKind.FETCH: "address",
    EntryKind.ALERT: "doc",
}
_LONGEST_SUBJECT = 200  # letters; an index of PostgreSQL takes 2,700 bytes
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def kind_of(body: Body) -> EntryKind:
    """The kind of entry a body makes."""
    return KIND_OF[type(body)]


def columns_of(kind: str, data: dict[str, Any], text: str) -> dict[str, Any]:
    """The columns that are computed from a body: ``data`` are its values, ``text`` its canonical JSON."""
    return {"subject": subject_of(kind, data), "head": head_of(kind, data), "size": len(text.encode())}


def subject_of(kind: str, data: dict[str, Any]) -> str:
    """What an entry is about, as the index has it: a document, record, edition or address, whatever the kind says."""
    if kind == EntryKind.DOCUMENT:
        return index_key(data["document"]["id"])
    if kind == EntryKind.JUDGEMENT:
        about = data["about"] or {}
        return index_key(about.get("doc") or about.get("record_id") or "")
    return index_key(data[_SUBJECT_FIELD[KINDS[kind]]])


def index_key(subject: str) -> str:
    """A subject as the index can hold it: a long one, or one with letters databases refuse, by its digest."""
    if len(subject) <= _LONGEST_SUBJECT and not _UNKEEPABLE.search(subject):
        return subject
    return "sha256:" + hashlib.sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()


def head_of(kind: str, data: dict[str, Any]) -> str:
    """A document without its text, as canonical JSON; empty for other kinds."""
    if kind != EntryKind.DOCUMENT:
        return ""
    return canonical({**data["document"], "text": ""})


def read_body(kind: EntryKind, text: str) -> Body:
    """The body of an entry as its class; raises ``LedgerDamagedError`` where the text is not of that class."""
    model = BODY_OF[kind]
    try:
        try:
            return model.model_validate_json(text)  # type: ignore[return-value]
        except ValidationError:
            return model.model_validate(parse(text))  # type: ignore[return-value] # escaped halves of surrogate pairs
    except ValueError as error:
        raise LedgerDamagedError(
            f"an entry of kind {kind} cannot be read; `pactwatch verify` tells which. It may be from a newer pactwatch"
        ) from error
