"""A small casebook and documents that tell of it, coded by hand, for tests from the ledger to the edition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pactwatch import flow
from pactwatch.casebook import Casebook
from pactwatch.casebook.template import write_template
from pactwatch.ledger import Ledger
from pactwatch.model.documents import Document, identify_text
from pactwatch.model.entries import AddressFound, Body, Coding, CopyFound, DocumentRead
from pactwatch.model.mentions import Mention

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
CODER = "by hand"


def make_casebook(folder: Path, **settings: str) -> Casebook:
    """The starter casebook, with keys added to its head."""
    write_template(folder)
    head = folder / "casebook.toml"
    head.write_text("".join(f"{key} = {value}\n" for key, value in settings.items()) + head.read_text("utf-8"), "utf-8")
    return flow.open_casebook(str(folder))


def tell(text: str, *mentions: dict[str, Any], published: str = "2026-02-20", title: str = "") -> list[Body]:
    """A document with its address and its coding; a mention's ``quote`` is found in the text."""
    document = Document(
        id=identify_text(text),
        text=text,
        title=title or text[:30],
        published=date.fromisoformat(published),
        publisher="The Gazette",
        media_type="text/plain",
    )
    found = AddressFound(doc=document.id, address=f"https://gazette.example/{document.id[:8]}")
    coded = tuple(code(document, **fields) for fields in mentions)
    return [DocumentRead(document=document), found, Coding(doc=document.id, coder=CODER, mentions=coded)]


def code(document: Document, quote: str = "", coder: str = CODER, **fields: Any) -> Mention:
    """A mention of a document; of the whole text where no quote is given."""
    quote = quote or document.text
    start = document.text.index(quote)
    values = {
        **{"doc": document.id, "type": "exercise", "stage": "held", "parties": ("JPN", "PHL"), "modality": "actual"},
        **{"date": "2026-02-18", "precision": "day", "quote": quote, "start": start, "end": start + len(quote)},
        **{"confidence": 0.6, "coder": coder},
    }
    return Mention.model_validate(values | fields)


def exercise(name: str, day: str, words: str = "", **fields: Any) -> list[Body]:
    """A report of an exercise."""
    text = words or f"Japan and the Philippines held the exercise {name} on {day}."
    return tell(text, {"name": name, "date": day, **fields})


def append(ledger: Ledger, stories: Iterable[list[Body]], first: int = 0) -> None:
    """Keep stories one by one, each a day after the one before."""
    for number, bodies in enumerate(stories, first):
        ledger.append(bodies, "reader", START + timedelta(days=number))


def copy_of(bodies: list[Body], text: str) -> list[Body]:
    """A reprint of a story under another address, with the same mention."""
    original = bodies[0]
    assert isinstance(original, DocumentRead)
    coding = bodies[2]
    assert isinstance(coding, Coding)
    (mention,) = coding.mentions
    fields = mention.model_dump(exclude={"doc", "quote", "start", "end", "spans"})
    told = tell(text, {**fields, "quote": mention.quote}, published="2026-02-21")
    head = told[0]
    assert isinstance(head, DocumentRead)
    return [*told, CopyFound(doc=head.document.id, original=original.document.id, similarity=0.9)]
