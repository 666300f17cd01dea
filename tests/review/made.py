"""Small values for tests of review: mentions of one text, links between them, judgements with their entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pactwatch.model.codes import RecordType
from pactwatch.model.documents import Document, identify_text
from pactwatch.model.judgements import Decision, Judgement, identify_mention
from pactwatch.model.mentions import Mention
from pactwatch.reconcile.items import Item, Link, Part, Reconciliation, Told
from pactwatch.review.questions import refer_to_told
from pactwatch.review.queue import Matter
from pactwatch.review.usefulness import Watch

TEXT = (
    "The ministers met in Manila on Monday. Japan and the Philippines signed a reciprocal access agreement on 8 July "
    "2024. It is the first of its kind in Asia."
)
QUOTE = "Japan and the Philippines signed a reciprocal access agreement on 8 July 2024."
DOCUMENT = Document(id=identify_text(TEXT), text=TEXT, title="Access pact", published=date(2024, 7, 9))
WATCH = Watch("JPN", frozenset({"PHL", "VNM"}), {RecordType.AGREEMENT: 4.0, RecordType.DIALOGUE: 1.0})


@dataclass(frozen=True)
class Entry:
    """A judgement with its entry."""

    seq: int
    author: str
    judgement: Judgement
    at: datetime = datetime(2026, 3, 1, tzinfo=UTC)


def mention(document: Document = DOCUMENT, quote: str = QUOTE, **fields: Any) -> Mention:
    """A mention whose quote stands in a document."""
    start = document.text.index(quote)
    values = {
        **{"doc": document.id, "type": "agreement", "stage": "signed", "parties": ("JPN", "PHL")},
        **{"modality": "actual", "date": "2024-07-08", "precision": "day", "quote": quote, "start": start},
        **{"end": start + len(quote), "confidence": 0.5, "coder": "grammar 1", "instrument": "RAA"},
    }
    return Mention.model_validate(values | fields)


def told(decision: Decision | None = None, report: str = "", **fields: Any) -> Told:
    """A mention in force."""
    one = mention(**fields)
    return Told(identify_mention(one), one, date(2024, 7, 9), report or one.doc, decision, "ana" if decision else "")


def link(a: str, b: str, chance: float) -> Link:
    """A comparison of two mentions."""
    return Link(min(a, b), max(a, b), 0.0, chance, (Part("same parties", 3.1), Part("dates 2 days apart", 1.4)))


def matter(many: Sequence[Told], *, near: Sequence[Link] = (), **fields: Any) -> Matter:
    """What a queue is made of: each mention an item of its own unless items are given."""
    items = fields.pop("items", None) or tuple(Item(f"PW-{one.id[:6]}", (one.id,), (), None, one.id) for one in many)
    values: dict[str, Any] = {"titles": {}, "owners": {}} | fields
    return Matter(tuple(many), Reconciliation(tuple(items), tuple(near)), **values)


def decide(seq: int, author: str, one: Told, decision: Decision, **fields: Any) -> Entry:
    """A judgement about a mention."""
    return Entry(seq, author, Judgement(decision=decision, about=refer_to_told(one), **fields))
