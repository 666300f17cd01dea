"""What people decide about mentions and records, named so that it survives coding a document again.

A judgement names a mention by its passage and its fields, not only by its id: when a document is coded anew, the
judgement goes with the mention that stands there now.
"""

from __future__ import annotations

import hashlib
from typing import Any

from pydantic import Field, model_validator

from pactwatch.model.codes import Code, RecordType, Stage
from pactwatch.model.mentions import Mention
from pactwatch.model.records import Frozen


class Decision(Code):
    """What a person can decide."""

    ACCEPT = "accept", "the mention is coded right"
    CORRECT = "correct", "the mention tells an event, but some fields are to be as the person gives them"
    REJECT = "reject", "the passage tells no such event"
    SAME = "same", "both tell one real-world item"
    DIFFERENT = "different", "they tell two real-world items"
    WITHDRAW = "withdraw", "an earlier judgement no longer holds"


PAIRED = frozenset({Decision.SAME, Decision.DIFFERENT})


class MentionRef(Frozen):
    """A mention named by its passage and by what it tells."""

    mention_id: str
    doc: str
    start: int
    end: int
    type: RecordType
    stage: Stage
    parties: tuple[str, ...]


class RecordRef(Frozen):
    """A record named by its permanent id, one of the casebook's or one given by the ledger."""

    record_id: str


class Judgement(Frozen):
    """One decision of one person, with the reason if one was given.

    ``other`` is the second side of ``same`` and ``different``; ``correction`` the fields that are to be otherwise, by
    name as in a mention; ``withdraws`` the sequence number of the judgement's entry that no longer holds.
    """

    decision: Decision
    about: MentionRef | RecordRef | None = None
    other: MentionRef | RecordRef | None = None
    correction: dict[str, Any] = Field(default_factory=dict)
    withdraws: int | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _says_what_it_needs(self) -> Judgement:
        if (self.decision is Decision.WITHDRAW) != (self.withdraws is not None):
            raise ValueError("a withdrawal names the entry it withdraws, and nothing else does")
        if self.decision is not Decision.WITHDRAW and self.about is None:
            raise ValueError("a decision is about a mention or a record")
        if (self.decision in PAIRED) != (self.other is not None):
            raise ValueError("same and different name two sides, other decisions one")
        if (self.decision is Decision.CORRECT) != bool(self.correction):
            raise ValueError("a correction gives the fields it corrects, and no other decision gives any")
        return self


def identify_mention(mention: Mention) -> str:
    """The id of a mention: the same passage coded the same way has the same id, in whatever order it arrives."""
    told = "|".join(
        (
            mention.doc,
            str(mention.start),
            str(mention.end),
            mention.type,
            mention.stage,
            ";".join(mention.parties),
            mention.modality,
            mention.date or "",
            mention.name or "",
            mention.instrument or "",
        )
    )
    return "m" + hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def refer_to(mention: Mention) -> MentionRef:
    """A mention as a judgement names it."""
    return MentionRef(
        mention_id=identify_mention(mention),
        doc=mention.doc,
        start=mention.start,
        end=mention.end,
        type=mention.type,
        stage=mention.stage,
        parties=mention.parties,
    )
