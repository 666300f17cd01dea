"""What one passage of one document tells about one event.

A mention is grounded: ``text[start:end] == quote``, and each value read from the text has its own offsets in ``spans``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import Field, field_serializer, model_validator

from pactwatch.model.codes import STAGES, Instrument, ItemCategory, Level, Modality, Precision, RecordType, Stage
from pactwatch.model.records import Frozen


class MentionItem(Frozen):
    """A thing transferred: its name as the text has it, and how many where the text says so."""

    category: ItemCategory
    name: str
    quantity: int | None = None


class MentionMoney(Frozen):
    """An amount in units of an ISO 4217 currency."""

    amount: Decimal
    currency: str = Field(pattern="^[A-Z]{3}$")

    @field_serializer("amount", when_used="json")
    def _as_number(self, amount: Decimal) -> int | float:
        return int(amount) if amount == amount.to_integral_value() else float(amount)


class Mention(Frozen):
    """One event as one passage tells it (CODEBOOK: fields of a mention)."""

    doc: str
    type: RecordType
    stage: Stage
    parties: tuple[str, ...]
    modality: Modality
    supplier: str | None = None
    recipient: str | None = None
    instrument: Instrument | None = None
    name: str | None = None
    items: tuple[MentionItem, ...] = ()
    money: MentionMoney | None = None
    date: str | None = None
    precision: Precision = Precision.NONE
    level: Level | None = None
    hadr: bool = False
    speaker: str | None = None
    quote: str
    start: int = Field(ge=0)
    end: int
    spans: dict[str, tuple[tuple[int, int], ...]] = Field(default_factory=dict)
    confidence: float = Field(ge=0, le=1)
    coder: str
    why: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Mention:
        if self.stage not in STAGES[self.type]:
            raise ValueError(f"stage {self.stage} does not belong to type {self.type}")
        if list(self.parties) != sorted(set(self.parties)) or not self.parties:
            raise ValueError("parties are sorted, each once, at least one")
        if self.end - self.start != len(self.quote):
            raise ValueError("the offsets do not span the quote")
        if (self.date is None) != (self.precision is Precision.NONE):
            raise ValueError("a date has a precision, and no date has precision none")
        return self
