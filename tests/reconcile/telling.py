"""Mentions for tests, written in one line: ``tell("a", "agreement signed", "JPN PHL", date="2024-07-08")``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from pactwatch.model.judgements import Decision, Judgement, RecordRef, identify_mention, refer_to
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Record
from pactwatch.reconcile.items import Told

Side = Told | Record | str

_PRECISIONS = {4: "year", 7: "month", 10: "day"}


def mention(doc: str, what: str, parties: str, **fields: Any) -> Mention:
    """A mention; ``what`` is type and stage, ``things`` one item as category, name and number."""
    type_, stage = what.split()
    day = fields.pop("date", None)
    start = fields.pop("start", 0)
    quote = fields.pop("quote", f"{parties} {type_}")
    things = fields.pop("things", None)
    money = fields.pop("money", None)
    return Mention.model_validate(
        {
            "doc": doc,
            "type": type_,
            "stage": stage,
            "parties": sorted(parties.split()),
            "modality": fields.pop("modality", "actual"),
            "date": day,
            "precision": _PRECISIONS[len(day)] if day else "none",
            "items": [dict(zip(("category", "name", "quantity"), things, strict=True))] if things else [],
            "money": {"amount": money[0], "currency": money[1]} if money else None,
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            "confidence": 0.9,
            "coder": "test",
            **fields,
        }
    )


def tell(doc: str, what: str, parties: str, published: str = "2026-01-01", **fields: Any) -> Told:
    """The same as a mention in force."""
    made = mention(doc, what, parties, **fields)
    return Told(identify_mention(made), made, date.fromisoformat(published), doc)


@dataclass(frozen=True)
class Case:
    """A judgement with its entry."""

    seq: int
    judgement: Judgement
    author: str = "reviewer"
    at: datetime = field(default=datetime(2026, 1, 2, tzinfo=UTC))


def judge(
    seq: int, decision: str, about: Told | Record | str, other: Told | Record | str | None = None, **more: Any
) -> Case:
    """A judgement about mentions or records (by value or id)."""
    return Case(
        seq,
        Judgement(
            decision=Decision(decision),  # type: ignore[call-arg]
            about=_ref(about),
            other=None if other is None else _ref(other),
            **more,
        ),
    )


def _ref(one: Side) -> Any:
    if isinstance(one, Told):
        return refer_to(one.mention)
    return RecordRef(record_id=one if isinstance(one, str) else one.record_id)
